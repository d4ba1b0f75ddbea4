"""任何文字都读得下来：不报错、不越界、不留空范围，两次结果一样。"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import extract, read
from extractors.model import BadDocument, Document, Extraction
from extractors.reading import fold
from extractors.structure.layout import find_layout

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
# 公文里的碎片，随意拼接最容易碰出没闭合的括号、断开的数字和文号。
PIECES = (
    *"《》〈〉（）〔〕[]“”、，。；：—-~０９％一二十百千万亿零〇○两半成余多约近超至到自起底年月日号第令条款120%元岁个家张户‰区县函",
    *("\n", "\t", "\r\n", " ", "\u3000", "\u00a0", "\ufeff", "\x00", "\x0b", "\x1c", "\x85", "\u2028"),
    *("08", "2023", "1,200", "3.5", "1.5.3", "1" + "0" * 30, "1/3", "1/0", "0/0", "万元", "人次", "平方米", "周岁"),
    *("以上", "以下", "以内", "截至", "2023年", "十二月", "“十四五”", "期间", "以来", "今年", "上年", "去年"),
    *("民政部", "民政局", "国务院", "省政府", "市委", "自治区", "我市", "全省", "浙江省", "重庆市渝北区", "有关部门"),
    *(
        "财政",
        "医保局",
        "领导小组",
        "民发",
        "国办发〔2019〕5号",
        "GB/T",
        "关于",
        "印发",
        "转发",
        "通知",
        "意见",
        "办法",
    ),
    *("条例", "规划", "方案", "复函", "批复", "提案", "建议", "第355号", "附件：", "抄送：", "联系人：", "电话：000"),
    *("一、", "（一）", "1.", "（1）", "第一条", "第一章"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
ANY_TEXTS = st.text(max_size=300)  # 连落单的代理码位也有
SCRAPS = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
SLOW_MACHINE = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def unread(text: str) -> Document:
    """A document past the reader, which would refuse most of these texts: the extractors must stand any."""
    folded = fold(text)
    return Document(name="any.txt", text=text, folded=folded, sha256="", layout=find_layout(folded))


def check(extraction: Extraction) -> None:
    """What holds for every extraction, whatever the text."""
    text = extraction.doc.text
    for mention in extraction.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        surface = text[mention.start : mention.end]
        assert surface == surface.strip()
        assert 0 < mention.confidence <= 1 and "." in mention.rule
    for relation in extraction.relations:
        assert 0 <= relation.start <= relation.end <= len(text)
        assert relation.subject and relation.object
    spans = [(m.start, m.end, m.type) for m in extraction.mentions]
    assert len(spans) == len(set(spans)), "one span twice"
    json.dumps(extraction.as_annotation(), ensure_ascii=False, allow_nan=False)


@given(TEXTS | SCRAPS)
@SLOW_MACHINE
def test_fold_keeps_length_and_lines(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(folded[i] == "\n" for i, char in enumerate(text) if char == "\n")
    assert fold(folded) == folded


@given(ANY_TEXTS | SCRAPS)
@SLOW_MACHINE
def test_any_text_is_extracted(text: str) -> None:
    check(extract(unread(text)))


@given(TEXTS | SCRAPS)
@SLOW_MACHINE
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        doc = read(text.encode("utf-8"), "any.txt")
    except BadDocument as error:
        assert "any.txt" in str(error)
    else:
        assert len(doc.folded) == len(doc.text)


@given(st.data())
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_a_sample_cut_anywhere_is_read(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SAMPLES)).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    check(extract(unread(text[start:end])))


@pytest.mark.parametrize("surrogate", ["\ud800", "\udfff", "养\udc80老"])
def test_lone_surrogates_are_refused_with_a_reason(surrogate: str) -> None:
    data = f"民政部关于{surrogate}的通知".encode("utf-8", "surrogatepass")
    with pytest.raises(BadDocument, match=r"lone\.txt"):
        read(data, "lone.txt")


def seconds(text: str) -> float:
    start = time.process_time()
    check(extract(unread(text)))
    return time.process_time() - start


def test_a_line_of_a_megabyte_is_read() -> None:
    once = "根据《养老机构管理办法》（民政部令第66号），2023年全市新增床位1200张，同比增长3.5%，由市民政局负责；"
    once += "各单位要把这项工作摆上重要位置，层层压实责任，细化工作举措，及时总结经验，推动各项任务落到实处。" * 10
    line = once * (1_000_000 // len(once))
    extraction = extract(read(line.encode("utf-8"), "long.txt"))
    numbers = sum(mention.type == "DOCUMENT_NUMBER" for mention in extraction.mentions)
    assert numbers == len(line) // len(once)


@pytest.mark.parametrize(
    "piece", [*"《》（“1一第、关年，。市\u3000\n", "〔2020〕", "民政局、", "1.", "《关于", "2020年", "（一）"]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    """一小片重复几万遍，会回溯的正则在这里露馅：文字八倍，用时远不到六十四倍。"""
    short, long = 4_000, 32_000
    seconds(piece * (short // len(piece)))
    before = seconds("甲" + piece * (short // len(piece)))
    # 取两次里快的：垃圾回收恰好轮到其中一次，不是文字的事。
    after = min(seconds("甲" + piece * (long // len(piece))) for _ in range(2))
    assert after < max(0.5, 24 * before), f"{before:.3f} s → {after:.3f} s"


def test_results_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "import json, sys\n"
        "from extractors import extract, read\n"
        "for path in sys.argv[1:]:\n"
        "    print(json.dumps(extract(read(path)).as_annotation(), ensure_ascii=False))\n"
    )
    outputs = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run(
            [sys.executable, "-c", script, *map(str, SAMPLES[:8])],
            env=environment,
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            check=True,
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1
