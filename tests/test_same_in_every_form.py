"""同样的二十份公文，文本、GBK 文本、网页、DOCX、PDF、OFD 读出来一样：提及、文头、表里的数都在。"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from extractors import Extraction, extract, read

pytest.importorskip("docx")
pytest.importorskip("reportlab")
from forms import by_chromium, by_libreoffice, ofd, pdf, printable_page, web_page, word

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
WITH_TABLES = {
    "表一": """海棠市民政局关于2023年养老服务资金分配结果的公示
海民函〔2023〕41号

各区县民政局：
现将2023年养老服务补助资金分配结果公示如下：

区县	养老机构（家）	床位（张）	补助资金（万元）
青河区	12	1340	56.8
石桥县	7	820	31.25
云岭县	5	466	19.4

公示期5个工作日，自2023年6月1日起至2023年6月7日止。

海棠市民政局
2023年5月31日
""",
    "表二": """海棠市人民政府办公室关于印发海棠市养老服务体系建设三年行动方案的通知
海政办发〔2024〕15号

各县（市、区）人民政府，市政府各部门：
《海棠市养老服务体系建设三年行动方案（2024—2026年）》已经市政府同意，现印发给你们，请认真组织实施。

海棠市人民政府办公室
2024年4月2日

海棠市养老服务体系建设三年行动方案（2024—2026年）

一、工作目标
到2026年底，全市养老机构护理型床位占比达到60%以上，建成社区食堂300个，培训养老护理员5000人次。
二、任务分工

任务	目标	牵头单位
建设社区食堂	300个	市民政局
培训养老护理员	5000人次	市人力资源和社会保障局
适老化改造	1.2万户	市住房和城乡建设局
""",
    "表三": """海棠市医疗保障局公告
2023年第9号

根据《海棠市长期护理保险实施办法》（海政规〔2022〕6号），现将2023年第三季度长期护理保险运行情况公告如下：
一、参保情况
截至2023年9月30日，全市参保人数为312.5万人。
二、待遇享受情况

失能等级	享受人数（人）	支付金额（元）
重度一级	2310	4158000
重度二级	1875	3937500

三、下一步，市医疗保障局将会同市财政局扩大试点范围，力争年底前新增定点机构20家。

海棠市医疗保障局
2023年10月18日
""",
}
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in SAMPLES} | WITH_TABLES
LEAST_OVERLAP = 0.99


def squeezed(text: str) -> str:
    return "".join(text.split())


def places(found: Extraction) -> list[tuple[str, int, int]]:
    """Type and place of each mention, in characters that are no white space."""
    visible, count = [], 0
    for char in found.doc.text:
        visible.append(count)
        count += not char.isspace()
    visible.append(count)
    return [(m.type, visible[m.start], visible[m.end]) for m in found.mentions]


def overlap_f1(one: list[tuple[str, int, int]], other: list[tuple[str, int, int]]) -> float:
    """F1 of mentions of one type that share more than half of their union, paired one to one."""
    left, hits = list(other), 0
    for kind, start, end in one:
        for rival in left:
            shared = min(end, rival[2]) - max(start, rival[1])
            union = max(end, rival[2]) - min(start, rival[1])
            if rival[0] == kind and 2 * shared > union:
                left.remove(rival)
                hits += 1
                break
    return 2 * hits / (len(one) + len(other)) if one or other else 1.0


@cache
def from_text(name: str) -> Extraction:
    return extract(read(TEXTS[name].encode(), f"{name}.txt"))


Maker = Callable[[Path], Mapping[str, bytes]]
MAKERS: dict[str, tuple[str, Maker]] = {
    "GBK text": (".txt", lambda _: {name: text.encode("gb18030") for name, text in TEXTS.items()}),
    "page": (".html", lambda _: {name: web_page(text) for name, text in TEXTS.items()}),
    "Word by python-docx": (".docx", lambda _: {name: word(text) for name, text in TEXTS.items()}),
    "PDF by reportlab": (".pdf", lambda _: {name: pdf(text) for name, text in TEXTS.items()}),
    "OFD": (".ofd", lambda _: {name: ofd(text) for name, text in TEXTS.items()}),
    "PDF by Chromium": (".pdf", lambda _: by_chromium({name: printable_page(text) for name, text in TEXTS.items()})),
    "PDF by LibreOffice": (
        ".pdf",
        lambda folder: by_libreoffice({f"{name}.docx": word(text) for name, text in TEXTS.items()}, "pdf", folder),
    ),
    "Word by LibreOffice": (
        ".docx",
        lambda folder: by_libreoffice(
            {f"{name}.html": printable_page(text).encode() for name, text in TEXTS.items()},
            "docx:MS Word 2007 XML",
            folder,
        ),
    ),
}
NEEDED = {"Chromium": "chromium", "LibreOffice": "soffice"}


@pytest.mark.parametrize("form", MAKERS)
def test_twenty_documents_are_the_same_in_this_form(form: str, tmp_path: Path) -> None:
    for maker, program in NEEDED.items():
        if maker in form and shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    if "Chromium" in form:
        pytest.importorskip("playwright")
    suffix, make = MAKERS[form]
    made = make(tmp_path)
    assert len(made) == len(TEXTS) == 20
    scores, wrong = [], []
    for name, data in made.items():
        base, found = from_text(name), extract(read(data, f"{name}{suffix}"))
        if squeezed(found.doc.text) != squeezed(base.doc.text):
            wrong.append(f"{name}: another text")
        scores.append(overlap_f1(places(base), places(found)))
        if scores[-1] < LEAST_OVERLAP:
            apart = sorted(set(places(base)) ^ set(places(found)), key=lambda place: place[1])
            wrong.append(f"{name}: overlap {scores[-1]:.3f} {apart[:8]}")
        for field, value in base.header.items():
            if squeezed(repr(found.header[field])) != squeezed(repr(value)):
                wrong.append(f"{name} {field}: {found.header[field]} for {value}")
    assert not wrong, "\n".join(wrong)
    assert sum(scores) / len(scores) >= LEAST_OVERLAP


@pytest.mark.parametrize("name", WITH_TABLES)
def test_the_figures_of_tables_are_among_what_is_compared(name: str) -> None:
    found = from_text(name)
    rows = [line for line in TEXTS[name].split("\n") if "\t" in line][1:]
    text, start = found.doc.text, TEXTS[name].index(rows[0])
    counts = {text[m.start : m.end] for m in found.mentions if m.type == "COUNT" and m.start >= start}
    cells = {cell for row in rows for cell in row.split("\t")[1:] if cell[0].isdigit()}
    assert cells <= counts
