"""没有署名时的发文机关：所代表的机关、开头的会议、编号的机关代字。"""

from __future__ import annotations

import pytest

from extractors import extract, read


def header(text: str) -> dict[str, object]:
    return extract(read(text.encode(), "case.txt")).header


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("政府工作报告\n\n各位代表：\n\n现在，我代表国务院，向大会报告政府工作，请予审议。\n", ["国务院"]),
        ("各位代表：\n\n我受国务院委托，向大会报告老龄工作情况。\n\n一、主要工作\n", ["国务院"]),
        ("国办发〔2015〕36号\n各省、自治区、直辖市人民政府：\n为发展助餐服务，现提出如下意见。\n", ["国务院办公厅"]),
        ("国发〔2017〕37号\n\n各省、自治区、直辖市人民政府：\n\n现就养老服务提出如下意见。\n", ["国务院"]),
        ("宁政发〔2017〕37号\n\n各区人民政府：\n\n现就养老服务提出如下意见。\n", None),
        (
            "第十三届全国人民代表大会第三次会议听取和审议了有关部门的说明。会议决定批准这个方案。\n",
            ["全国人民代表大会"],
        ),
        ("经某某养老服务委员会第三次会议审议通过，现将办法公布如下。\n一、总则\n", None),
        (
            "国务院、中央军委一九八七年征兵命令\n国发〔1987〕80号\n\n为做好征兵工作，命令如下：\n",
            ["国务院", "中央军事委员会"],
        ),
    ],
)
def test_without_a_signature(text: str, issuers: list[str] | None) -> None:
    assert header(text)["issuers"] == issuers


def test_a_sentence_that_a_link_broke_is_no_heading() -> None:
    text = "第十三届全国人民代表大会第三次会议听取和审议了省长所作的\n政府工作报告\n。会议充分肯定过去一年的工作。\n"
    read_header = header(text)
    assert read_header["title"] is None
    assert read_header["genre"] is None


def test_a_campaign_names_itself() -> None:
    assert header("附件4\n\n海南省老年健康促进专项\n行动\n\n老年健康是大事。\n一、目标\n")["genre"] == "行动"


@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("1993年12月5日 中华人民共和国国务院令第133号发布", "中华人民共和国国务院令第133号"),
        ("2016年6月8日 宁波市人民代表大会常务委员会公告第18号公布", "宁波市人民代表大会常务委员会公告第18号"),
        ("2024年7月10日 中华人民共和国国务院令第786号修订", None),
    ],
)
def test_the_order_that_promulgates_a_statute(note: str, number: str | None) -> None:
    assert header(f"社区助餐条例\n\n{note}\n\n第一条 为了规范助餐，制定本条例。\n")["number"] == number
