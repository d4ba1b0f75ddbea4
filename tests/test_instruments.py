"""项目的关系：谁办（runs）、哪个数说它（measures）。"""

from __future__ import annotations

import re
from typing import Any

import pytest

from extractors.instruments import find
from extractors.model import Document, Layout, Mention
from extractors.reading import fold

_MARK = re.compile(r"<([APC]):([^>]+)>")
_TYPES = {"A": "AGENCY", "P": "PROGRAM", "C": "COUNT"}


def relations(marked: str, header: dict[str, Any] | None = None) -> set[tuple[str, str, str]]:
    """Relations of a text in which <A:…>, <P:…> and <C:…> mark agencies, programs and counts; counts by surface."""
    text, mentions, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        attributes = {} if mark[1] == "C" else {"canonical": mark[2]}
        mentions.append(Mention(len(text), len(text) + len(mark[2]), _TYPES[mark[1]], "test", 1.0, attributes))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    doc = Document("t", text, fold(text), "", Layout({}, (), ()))
    counts = {str(m.start): text[m.start : m.end] for m in mentions}
    return {(counts.get(r.subject, r.subject), r.predicate, r.object) for r in find(doc, header or {}, mentions)}


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("<A:县民政局>、<A:县财政局>联合实施<P:暖巢行动>。", {("县民政局", "暖巢行动"), ("县财政局", "暖巢行动")}),
        ("<A:县民政局>\t开展<P:暖巢行动>。\t老有所养\n", {("县民政局", "暖巢行动")}),
        ("<A:专家组>受<A:县政府>委托，开展<P:健康审查>。", {("专家组", "健康审查")}),
        ("实施<P:暖巢行动>。（<A:县民政局>、<A:县财政局>按职责分工负责）", set()),
        ("（<A:县民政局>负责）\n实施<P:暖巢行动>。", set()),
        ("按照<A:县民政局>要求，实施<P:暖巢行动>。", set()),
        ("联合<A:县民政局>发放<P:高龄津贴>。", set()),
    ],
)
def test_runs(text: str, runs: set[tuple[str, str]]) -> None:
    assert {(s, o) for s, p, o in relations(text) if p == "runs"} == runs


@pytest.mark.parametrize(
    ("text", "issuers", "runs"),
    [
        ("下一步，我们将加大投入，实施<P:暖巢行动>。", ["县民政局"], {("县民政局", "runs", "暖巢行动")}),
        ("实施<P:暖巢行动>。", ["县民政局"], set()),
        ("我们将实施<P:暖巢行动>。", ["县民政局", "县财政局"], set()),
        ("我们高度重视<P:暖巢行动>。", ["县民政局"], set()),
    ],
)
def test_the_issuer_speaks(text: str, issuers: list[str], runs: set[tuple[str, str, str]]) -> None:
    assert relations(text, {"issuers": issuers}) == runs


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("投入<C:300万元>发放<P:高龄津贴>、<P:护理补贴>，惠及老年人<C:2万人>。",
         {("300万元", "高龄津贴"), ("300万元", "护理补贴"), ("2万人", "高龄津贴"), ("2万人", "护理补贴")}),
        ("完成<P:适老化改造><C:90户>，新建助餐点<C:8个>。", {("90户", "适老化改造")}),
        ("推进<P:适老化改造>。全县有养老机构<C:8家>。", set()),
        ("推进<P:适老化改造>，养老机构达到<C:8家>。", set()),
    ],
)  # fmt: skip
def test_measures(text: str, measures: set[tuple[str, str]]) -> None:
    assert {(s, o) for s, p, o in relations(text) if p == "measures"} == measures
