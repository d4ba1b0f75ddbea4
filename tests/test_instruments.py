"""项目的关系：谁办（runs）、哪个数说它（measures）。"""

from __future__ import annotations

import re
from typing import Any

import pytest

from extractors.model import Document, Layout, Mention
from extractors.policy.instruments import find
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
        (
            "落实<A:县委>“<P:千村暖巢>”部署，接入<A:县民政局><P:满意度调查平台>。",
            {("县委", "千村暖巢"), ("县民政局", "满意度调查平台")},
        ),
        ("按照<A:县民政局>要求，实施<P:暖巢行动>。", set()),
        ("联合<A:县民政局>发放<P:高龄津贴>。", set()),
        ("<A:县民政局>会同<A:县财政局>举办<P:护理竞赛>。", {("县民政局", "护理竞赛"), ("县财政局", "护理竞赛")}),
        ("<A:县民政局>决定在部分乡镇（街道）开展“<P:暖巢试点>”。", {("县民政局", "暖巢试点")}),
        ("<A:县医保局>支持东镇推进<P:照护试点>。", set()),
        ("用好<A:联席会议>这一平台，实施<P:暖巢行动>。", set()),
        ("<A:县医保局>建立惩戒机制，查处骗取<P:长期护理保险>的行为。", set()),
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
        ("<P:松柏工程>是我局实施的项目。", ["县民政局"], {("县民政局", "runs", "松柏工程")}),
        ("我局实施<P:暖巢行动>和“<P:松柏行动>”。", ["县民政局"],
         {("县民政局", "runs", "暖巢行动"), ("县民政局", "runs", "松柏行动")}),
    ],
)  # fmt: skip
def test_the_issuer_speaks(text: str, issuers: list[str], runs: set[tuple[str, str, str]]) -> None:
    assert relations(text, {"issuers": issuers}) == runs


def test_a_government_reports_on_its_work() -> None:
    text = "我代表<A:柳江市人民政府>，向大会报告工作。\n一年来，深入实施<P:暖巢行动>。关心<P:松柏行动>。"
    assert relations(text, {"genre": "报告"}) == {("柳江市人民政府", "runs", "暖巢行动")}


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("投入<C:300万元>发放<P:高龄津贴>、<P:护理补贴>，惠及老年人<C:2万人>。",
         {("300万元", "高龄津贴"), ("300万元", "护理补贴"), ("2万人", "高龄津贴"), ("2万人", "护理补贴")}),
        ("完成<P:适老化改造><C:90户>，新建助餐点<C:8个>。", {("90户", "适老化改造")}),
        ("推进<P:适老化改造>。全县有养老机构<C:8家>。", set()),
        ("推进<P:适老化改造>，养老机构达到<C:8家>。", set()),
        # 实施引出的项目，管到后面几个分句
        ("实施<P:暖巢行动>，推动村村设点，带动<C:30家>医院开诊。", {("30家", "暖巢行动")}),
        ("举办<P:购物节>等活动，培育<C:30个>基地。", set()),
        # 话题在句首的“将”字后
        ("将<P:技能补贴>申领条件由参加<P:失业保险><C:3年>放宽至<C:1年>。", {("3年", "技能补贴"), ("1年", "技能补贴")}),
        # 钱在前，用途在后
        ("安排资金<C:2亿元>，支持开展<P:暖巢行动>。", {("2亿元", "暖巢行动")}),
        # 标题、引出的列举、接着说的一句
        ("（一）完善<P:高龄津贴>制度。对八旬老人每月发放<C:100元>。", {("100元", "高龄津贴")}),
        ("对下列老人给予<P:助餐补贴>：\n（一）特困人员每餐<C:八元>；\n（二）其他老人每餐<C:二元>。",
         {("八元", "助餐补贴"), ("二元", "助餐补贴")}),
        ("完成<P:适老化改造><C:90户>。其中，东镇<C:40户>。", {("90户", "适老化改造"), ("40户", "适老化改造")}),
        ("延长<P:购房补贴>适用期。对首套住房补贴<C:5000元>。", {("5000元", "购房补贴")}),
        ("增加<P:公积金贷款>倍数。符合条件的，按<P:公积金>账户余额的<C:15倍>计算。", {("15倍", "公积金贷款")}),
        # 尺子和总数不是量的结果
        ("收入不超过<P:最低生活保障>标准<C:两倍>的老人。", set()),
        ("实施<P:甲行动>、<P:乙行动>等<C:2个>专项行动。", set()),
    ],
)  # fmt: skip
def test_measures(text: str, measures: set[tuple[str, str]]) -> None:
    assert {(s, o) for s, p, o in relations(text) if p == "measures"} == measures
