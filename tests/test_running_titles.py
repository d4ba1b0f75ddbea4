"""正文里没有书名号的题目：要做的事开头的方案、国家的规划和预案、五年规划、国家标准、政府工作报告、别处有全名的文件。"""

from __future__ import annotations

import pytest

from extractors import read
from extractors.citations.bare_titles import inside_title
from extractors.citations.doc_numbers import find as find_numbers
from extractors.citations.running_titles import find_running, starts_with_place
from extractors.citations.titles import find
from extractors.model import Found, Span
from ontology import table


def running(text: str) -> list[str]:
    return [text[start:end] for start, end, *_ in sorted(find_running(text))]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("出台促进社区助餐发展总体工作方案，清理不合理规定。", ["促进社区助餐发展总体工作方案"]),
        ("制定降低养老机构运营成本实施方案，力争两年见效。", ["降低养老机构运营成本实施方案"]),
        ("印发了加快培育护理人才若干措施。", ["加快培育护理人才若干措施"]),
        (
            "抓好国家养老服务设施布局规划、国家康复医院能力建设规划的落实。",
            ["国家养老服务设施布局规划", "国家康复医院能力建设规划"],
        ),
        ("加强国家重特大疫情救治应急预案和演练的管理。", ["国家重特大疫情救治应急预案"]),
        ("颁布实施全国老龄事业发展规划，惠及亿万家庭。", ["全国老龄事业发展规划"]),
        ("就制定成都市国民经济和社会发展“十五五”规划提出以下建议。", ["成都市国民经济和社会发展“十五五”规划"]),
        ("配餐间油烟不得超过饮食业油烟排放标准；", ["饮食业油烟排放标准"]),
        ("会议审议了省长所作的政府工作报告。", ["政府工作报告"]),
        ("会议决定批准市长作的政府工作报告。", ["政府工作报告"]),
    ],
)
def test_full_names_behind_a_cue(text: str, titles: list[str]) -> None:
    assert running(text) == titles


@pytest.mark.parametrize(
    "text",
    [
        "制定年度工作方案，明确责任人。",
        "制定推进落实的具体实施方案，报上级备案。",
        "各地区要制定完善配套实施方案。",
        "国家制定养老服务发展规划，各地遵照执行。",
        "按照国家有关规定编制养老设施布局规划。",
        "国家级老年大学规划由省里确定。",
        "我代表市人民政府向大会作政府工作报告，请予审议。",
        "完善水上搜救规划和预案体系。",
        "提高饮食业油烟排放标准的宣传力度。",
        "第一条 为了规范管理，制定本条例。\n第二条 实施全国老龄事业发展规划，应当公开。\n",
    ],
)
def test_kinds_of_plans_are_no_titles(text: str) -> None:
    assert running(text) == []


def test_every_standard_of_the_table_is_read_in_its_example() -> None:
    for row in table("standard_names"):
        assert running(row["example"] + "。") == [row["name"]], row["name"]


def test_places() -> None:
    assert starts_with_place("杭州市养老服务条例")
    assert not starts_with_place("养老服务条例")


@pytest.mark.parametrize(
    ("title", "inner"),
    [
        ("关于印发助餐服务管理办法的通知", "助餐服务管理办法"),
        ("省政府办公厅转发省民政厅、省财政厅关于做好助餐工作意见的通知", "关于做好助餐工作意见"),
        ("国务院批转民政部关于福利院改革请示的通知", "关于福利院改革请示"),
        ("市政府办公室转发市民政局等部门关于助餐补贴建议的通知", "关于助餐补贴建议"),
        ("市委关于制定杭州市国民经济和社会发展第十四个五年规划的建议", "杭州市国民经济和社会发展第十四个五年规划"),
        ("省民政厅转发民政部关于做好助餐工作的通知", None),
        ("关于落实有关措施的通知", None),
    ],
)
def test_the_title_inside_a_title(title: str, inner: str | None) -> None:
    span = inside_title(title, Span(0, len(title)))
    assert (title[span.start : span.end] if span else None) == inner


def titles_of(text: str) -> list[tuple[str, bool]]:
    """Every title but the heading, and whether it stands without marks."""
    doc = read(text.encode(), "case.txt")
    found = Found(len(doc.text))
    found.add(find_numbers(doc, found))
    mentions = sorted(find(doc, found), key=lambda m: (m.start, -m.end))
    return [
        (doc.text[m.start : m.end], bool(m.attributes.get("bare"))) for m in mentions if not m.attributes.get("self")
    ]


def notice(body: str, after: str = "") -> str:
    return f"杭州市民政局关于有关事项的通知\n\n各区民政局：\n{body}\n\n杭州市民政局\n2023年5月6日\n{after}"


def test_a_full_title_counts_again_without_marks() -> None:
    text = notice("现将《杭州市社区助餐服务实施方案》印发给你们。\n各区要对照杭州市社区助餐服务实施方案抓好落实。")
    assert titles_of(text) == [("杭州市社区助餐服务实施方案", False), ("杭州市社区助餐服务实施方案", True)]


def test_another_document_of_a_longer_name_is_not_it() -> None:
    text = notice("学习《社区助餐服务实施方案和标准管理办法》，制定本地区社区助餐服务实施方案和标准管理办法。")
    assert titles_of(text) == [("社区助餐服务实施方案和标准管理办法", False)]


def test_model_contracts_are_documents_and_contracts_are_not() -> None:
    text = notice("推行《养老机构服务合同（示范文本）》，双方签订《养老机构服务合同》。")
    assert titles_of(text) == [("养老机构服务合同（示范文本）", False)]


def test_technical_files_are_no_titles_nor_are_their_short_names() -> None:
    assert titles_of(notice("定期修订《院区消防安全分析报告》《应急预案》。")) == []


def test_a_licence_counts_where_it_is_attached_with_its_number() -> None:
    after = "\n附件\n\n临平老年医院放射装置运行许可证\n浙核安证字第2001号\n持证单位：临平老年医院\n"
    found = titles_of(notice("决定颁发临平老年医院放射装置运行许可证。", after))
    assert found == [("临平老年医院放射装置运行许可证", True)] * 2
    assert titles_of(notice("决定颁发临平老年医院放射装置运行许可证。")) == []


def test_a_number_in_brackets_stays_outside_a_listed_title() -> None:
    text = notice("请遵照执行。\n\n附件：1.养老服务合同（示范文本）（GF-2021-2601）\n2.养老机构助餐服务实施方案")
    assert titles_of(text) == [("养老服务合同（示范文本）", True), ("养老机构助餐服务实施方案", True)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("深入落实国家和省上关于扩大助餐消费的若干措施，进一步激发活力。", ["关于扩大助餐消费的若干措施"]),
        ("市公积金中心近日发布关于调整提取政策的通知。", ["关于调整提取政策的通知"]),
        ("根据省人大常委会关于批准养老规划的决定，现批复如下。", ["关于批准养老规划的决定"]),
        ("制定成都市老旧小区加装电梯补助办法，年底实施。", ["成都市老旧小区加装电梯补助办法"]),
        ("按照国家关于档案移交的规定办理。", []),
        ("印发关于各区助餐点建设的通知。", []),
    ],
)
def test_titles_that_say_what_they_are_about(text: str, titles: list[str]) -> None:
    assert running(text) == titles
