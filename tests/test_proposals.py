"""提案号、建议号：span 为“第…号”，命令和公告的号不是。"""

from __future__ import annotations

import pytest

from extractors import read
from extractors.citations.doc_numbers import find as find_numbers
from extractors.citations.proposals import find
from extractors.model import Found


def proposals(text: str) -> list[str]:
    doc = read(f"关于办理情况的说明\n\n{text}\n特此说明，请审阅。\n".encode(), "case.txt")
    found = Found(len(doc.text))
    found.add(find_numbers(doc, found))
    return [doc.text[m.start : m.end] for m in find(doc, found)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("对第355号提案的答复", "第355号"),
        ("第0205号建议收悉", "第0205号"),
        ("您提出的《关于发展助餐服务的建议》（第87号）收悉", "第87号"),
        ("区政协第十六届三次会议第20230045号提案", "第20230045号"),
        ("人大议案第12号已列入计划", "第12号"),
        ("第02345号（社会管理类240号）提案", "第02345号"),
        ("第T355号重点提案", "第T355号"),
        ("第355、356号提案", "第355、356号"),
    ],
)
def test_numbers(text: str, number: str) -> None:
    assert proposals(text) == [number]


@pytest.mark.parametrize("text", ["国务院令第722号公布", "民政部公告第523号建议先行学习", "第3号楼", "提案共十二件"])
def test_others(text: str) -> None:
    assert proposals(text) == []
