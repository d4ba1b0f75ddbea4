"""标题：书名号里是不是文件，没有书名号的标题，题中之题，残缺的书名号。"""

from __future__ import annotations

from typing import Any

import pytest

from extractors import read
from extractors.citations.doc_numbers import find as find_numbers
from extractors.citations.title_tails import tail_status
from extractors.citations.titles import find
from extractors.model import Found
from ontology import table


def titles(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Every title below the heading, with its attributes."""
    doc = read(f"云门市民政局关于有关情况的函\n\n市政府：\n{text}\n特此函告，请予审阅。\n".encode(), "case.txt")
    found = Found(len(doc.text))
    found.add(find_numbers(doc, found))
    return [
        (doc.text[m.start : m.end], m.attributes)
        for m in sorted(find(doc, found), key=lambda m: (m.start, -m.end))
        if not m.attributes.get("self")
    ]


def names(text: str) -> list[str]:
    return [name for name, _ in titles(text)]


def test_every_example_of_the_table_has_its_status() -> None:
    for row in table("document_nouns"):
        assert tail_status(row["example"].strip("《》")) == row["status"], row["noun"]


@pytest.mark.parametrize(
    "title",
    [
        "中华人民共和国慈善法",
        "刑法",
        "云门市养老服务条例（2021年修订）",
        "云门市老龄事业发展规划(2023-2025年)",
        "“健康云门2030”规划纲要",
        "关于清理整顿社会团体的报告",
        "云门市民政局 云门市财政局关于发放津贴的通知",
        "云门市支持养老服务发展二十条",
        "中国工会章程",
    ],
)
def test_documents(title: str) -> None:
    assert names(f"认真学习《{title}》，抓好各项工作。") == [title]


@pytest.mark.parametrize(
    "name",
    [
        "医师执业证书",
        "医疗机构执业许可证",
        "清理整顿报告书",
        "老年人能力评估表",
        "养老服务合同",
        "人民日报",
        "新闻联播",
        "茉莉花",
        "章程",
        "毛泽东选集",
        "云门市人民代表大会常务委员会公报",
    ],
)
def test_others(name: str) -> None:
    assert titles(f"请填写或者订阅《{name}》。") == []


def test_a_doubtful_name_is_a_title_where_a_number_follows() -> None:
    assert names("执行《建筑安装工程费项目组成》（建标〔2013〕44号）。") == ["建筑安装工程费项目组成"]


def test_short_forms_are_anaphors() -> None:
    found = dict(titles("印发《云门市助餐办法》（以下简称《助餐办法》），《办法》共十条，《助餐办法》已生效。"))
    assert found["云门市助餐办法"] == {}
    assert found["助餐办法"] == {"anaphor": True}
    assert found["办法"] == {"anaphor": True}


def test_a_form_with_a_short_form_is_no_anaphor() -> None:
    assert titles("申领《医疗机构执业许可证》（以下简称《许可证》），换发《许可证》。") == []


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("《云门市政府印发〈云门市助餐方案〉的通知》", ("云门市助餐方案", {"nested": True})),
        ("《关于公布《云门市收费目录》的公告》", ("云门市收费目录", {"nested": True})),
        ("《关于印发云门市助餐实施方案的通知》", ("云门市助餐实施方案", {"nested": True, "bare": True})),
        (
            "《关于贯彻落实云门市老龄工作实施意见的通知》",
            ("云门市老龄工作实施意见", {"nested": True, "bare": True}),
        ),
    ],
)
def test_titles_inside_titles(text: str, inner: tuple[str, dict[str, Any]]) -> None:
    assert titles(f"下发了{text}，请认真抓好。")[1] == inner


@pytest.mark.parametrize(
    "text",
    ["《关于进一步完善和落实积极生育支持措施的指导意见》", "《关于延续实施促进消费有关措施的通知》"],
)
def test_what_is_carried_out_need_not_be_a_document(text: str) -> None:
    assert len(titles(f"下发了{text}。")) == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("您提出的《关于加装电梯的建议》收悉。", "关于加装电梯的建议"),
        ("委员提出的《关于发展银发经济》的提案（第12号）收悉。", "关于发展银发经济"),
    ],
)
def test_proposals(text: str, title: str) -> None:
    assert titles(text) == [(title, {"kind": "proposal"})]


def test_a_bare_proposal() -> None:
    text = "你们提出的关于发展互助养老、改善服务的提案收悉，现答复如下。"
    assert titles(text) == [("关于发展互助养老、改善服务的提案", {"bare": True, "kind": "proposal"})]


def test_the_partys_suggestion_is_no_proposal() -> None:
    assert titles("学习《中共中央关于制定国民经济和社会发展规划的建议》。")[0][1] == {}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("正在起草重庆市智慧养老三年行动计划，年底公布。", "重庆市智慧养老三年行动计划"),
        ("正在编制国家“十五五”规划，明年印发。", "国家“十五五”规划"),
        ("按照中华人民共和国慈善法的规定开展募捐。", "中华人民共和国慈善法"),
        ("为贯彻全国民政工作会议纪要精神，我们做了部署。", "全国民政工作会议纪要"),
    ],
)
def test_bare_titles(text: str, title: str) -> None:
    assert titles(text) == [(title, {"bare": True})]


@pytest.mark.parametrize(
    "text",
    [
        "制定本行政区域养老服务发展规划，报市政府批准。",
        "各区县制定实施方案，有关部门抓好落实。",
        "根据国家有关规定和规划，制定具体实施办法。",
        "中华人民共和国公民必须遵守宪法和法律。",
    ],
)
def test_no_bare_titles(text: str) -> None:
    assert titles(text) == []


def test_lists_of_attachments_hold_documents_not_tables() -> None:
    text = "附件：1.云门市助餐服务实施方案\n2.养老机构申请表\n3.云门市民政局关于助餐情况的报告"
    assert names(text) == ["云门市助餐服务实施方案", "云门市民政局关于助餐情况的报告"]


def test_a_year_at_the_head_of_an_attachment_is_no_list_number() -> None:
    assert names("附件：2020年云门市助餐服务实施方案") == ["2020年云门市助餐服务实施方案"]


def test_a_title_named_in_marks_counts_again_as_a_line_of_its_own() -> None:
    text = "现将《云门市助餐服务实施方案》印发给你们。\n\n云门市助餐\n服务实施方案\n\n为做好助餐工作，制定本方案。"
    assert [name.replace("\n", "") for name in names(text)] == ["云门市助餐服务实施方案"] * 2


def test_broken_marks() -> None:
    assert names("落实《云门市养老服务条例（云发〔2020〕3号），抓好工作。") == ["云门市养老服务条例"]
    assert names("坚持《以人为本”的理念，落实《云门市养老服务条例》。") == ["云门市养老服务条例"]
    assert names("发布<<云门市养老服务发展报告>>。") == ["云门市养老服务发展报告"]
    assert names("执行《[[中华人民共和国慈善法]]》。") == ["中华人民共和国慈善法"]


def test_marks_that_never_close_do_not_hide_what_comes_after() -> None:
    assert names("各类养老服务机构" * 900 + "《" * 900 + "\n\n\n《云门市养老服务条例》已经施行。") == [
        "云门市养老服务条例"
    ]
