"""哪一件文件：标题旁边的文号，同题异写，简称和回指，分不清就不定。"""

from __future__ import annotations

import pytest

from extractors import extract, read
from extractors.citations.coreference import core


def keys(text: str) -> list[tuple[str, str | None]]:
    """Titles below the heading, inner ones too, and the document each means."""
    doc = read(f"云门市民政局关于有关情况的函\n\n市政府：\n{text}\n特此函告，请予审阅。\n".encode(), "case.txt")
    return [
        (doc.text[m.start : m.end], m.attributes["document"])
        for m in extract(doc).mentions
        if m.type == "DOCUMENT_TITLE" and not m.attributes.get("self")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "执行《云门市助餐办法》（云政发〔2020〕3号）。",
        "执行《云门市助餐办法》 (云政发[2020]3 号)。",
        "执行《云门市助餐办法》（试行）（云政发〔2020〕3号）。",
        "执行《云门市助餐办法》（以下简称《办法》，云政发〔2020〕3号）。",
        "执行云政发〔2020〕3号《云门市助餐办法》。",
        "执行云政发〔2020〕3号文件《云门市助餐办法》。",
        "执行《云门市助餐办法》〔云政发〔2020〕3号〕。",
        "根据市政府印发《云门市助餐办法》的通知（云政发〔2020〕3号）。",
        "先有《云门市助餐办法》（云政发〔2020〕3号）。后来修改了《云门市助餐办法》。",
        "先有《云门市政府关于印发云门市助餐办法的通知》，云政发〔2020〕3号《云门市助餐办法》另行印发。",
    ],
)
def test_a_number_beside_a_title_is_its_key(text: str) -> None:
    assert {key for title, key in keys(text) if title == "云门市助餐办法" or title == "办法"} >= {"云政发〔2020〕3号"}


@pytest.mark.parametrize("text", ["学习《兵役法》。", "按照兵役法的有关规定处理。"])
def test_a_law_is_meant_by_its_full_name(text: str) -> None:
    assert keys(text) == [("兵役法", "中华人民共和国兵役法")]


def test_each_title_of_a_list_has_its_own_number() -> None:
    text = "根据《甲办法通知》（云民发〔2020〕1号）、《乙细则》（云民发〔2020〕2号）和国发〔2013〕35号《丙意见》。"
    assert keys(text) == [
        ("甲办法通知", "云民发〔2020〕1号"),
        ("乙细则", "云民发〔2020〕2号"),
        ("丙意见", "国发〔2013〕35号"),
    ]


def test_a_title_far_from_a_number_does_not_take_it() -> None:
    text = "《云门市助餐办法》已经施行，另见云政发〔2020〕3号文件。"
    assert keys(text) == [("云门市助餐办法", "云门市助餐办法")]


def test_long_and_short_forms_of_one_title_share_a_key() -> None:
    text = (
        "根据《中华人民共和国慈善法》。违反《慈善法》的。落实《云门市民政局关于助餐的通知》。《关于助餐的通知》明确。"
    )
    assert keys(text) == [
        ("中华人民共和国慈善法", "中华人民共和国慈善法"),
        ("慈善法", "中华人民共和国慈善法"),
        ("云门市民政局关于助餐的通知", "云门市民政局关于助餐的通知"),
        ("关于助餐的通知", "云门市民政局关于助餐的通知"),
    ]


def test_the_same_words_from_two_issuers_are_two_documents() -> None:
    text = "《民政部关于助餐工作的通知》和《财政部关于助餐工作的通知》都已印发。"
    assert len({key for _, key in keys(text)}) == 2


@pytest.mark.parametrize(
    ("text", "anaphor", "key"),
    [
        ("印发《云门市助餐办法》（以下简称《办法》）。另有《乙县办法》。按照《办法》执行。", "办法", "云门市助餐办法"),
        ("印发《云门市助餐方案》。《方案》提出三项任务。", "方案", "云门市助餐方案"),
        ("印发《云门市规划纲要（草案）》。《纲要草案》提出目标。", "纲要草案", "云门市规划纲要（草案）"),
        ("先有《甲县助餐方案》。后有《乙县助餐方案》。《方案》提出目标。", "方案", "乙县助餐方案"),
        ("出台《甲县助餐方案》和《乙县助餐方案》。《方案》提出目标。", "方案", None),
        ("《意见》提出目标。", "意见", None),
        ("本《函》抄送财政局，本《通知》同时公布。", "通知", "云门市民政局关于有关情况的函"),
    ],
)
def test_anaphors(text: str, anaphor: str, key: str | None) -> None:
    assert [found for title, found in keys(text) if title == anaphor][-1] == key


def test_a_proposal_is_keyed_by_its_title() -> None:
    text = "您提出的《关于加装电梯的建议》（第87号）收悉。"
    assert keys(text) == [("关于加装电梯的建议", "关于加装电梯的建议")]


def test_a_title_over_two_lines_is_one() -> None:
    assert keys("执行《云门市助餐\n服务办法》。") == [("云门市助餐\n服务办法", "云门市助餐服务办法")]


def test_core_leaves_issuer_and_small_words_out() -> None:
    assert core("云门市政府关于加强助餐的实施方案")[1] == core("加强助餐实施方案")[1]
    assert core("云门市政府关于助餐的意见")[0] == "云门市政府"
    assert core("关于助餐的意见")[0] == ""
