"""Known instruments of the field by name: one Aho-Corasick pass over the table ``programs``.

A name may grow to the right by what makes another instrument of it (长期护理保险 + 制度试点, 老旧小区改造 + 工程);
its canonical name then is the surface, unless the table says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick

from extractors.bodies.gazetteer import halves
from extractors.reading import fold
from ontology import table

__all__ = ["Candidate", "is_known", "known_names"]


class Candidate(NamedTuple):
    """A stretch that may be a program: ``canonical`` is its usual full name, ``rule`` who says so."""

    start: int
    end: int
    canonical: str
    rule: str
    confidence: float


# 名后再接这些词，是另一件（或更全的）工具：制度、改革、试点、工程……；后面又是文件名词的不接。
_GROWTH = re.compile(
    r"(?:制度)?(?:综合)?(?:改革)?(?:提升|促进|推进|攻坚|示范|惠民)?(?:专项行动|行动计划|行动|试点(?:(?:城市|地区|县)(?:和[一-鿿]{2})?建设)?|工程(?:攻坚战)?|战略|示范项目|示范工程|攻坚战|专项借款|专项整治)"
    r"|(?<=试点)(?:城市|地区|县)(?:和[一-鿿]{2})?建设"
    r"|制度改革(?!开放|发展|创新)|(?<=制度)改革(?!开放|发展|创新)|(?<!战略)(?<!防控)(?:协作|联动|协调|帮扶)?机制(?=[，。；、）]|$)"
    r"(?!实?施?(?:方案|规划|意见|细则|办法|计划|城市|纲要|指南))"
)
# 名后紧接这些字，名字不在这里结束：社会保险法、养老保险公司、工程师。
_CONTINUED = re.compile(
    r"法(?!定|律)|条例|公司|股份|局|厅|(?<=保险)业|领导小组|委员会|师|(?<=供养)(?:服务)?(?:设施|机构)|"
    r"(?<=公积金)(?:管理)?(?:中心|机构|管委会|分中心)|(?<=社会保险)费|(?<=保险)(?:征收|经办|行政|监督管理)?(?:机构|部门)|"
    r"(?<=援助)(?:机构|通知书|律师|人员|中心)|(?<=许可)证|(?<=救助)(?:管理)?(?:站|机构)|(?<=现房销售)备案|(?<=监测)对象|(?<=制度)化|(?:发放|资格|申领|审核|申请)*(?:申请表|审批表|确认表)|(?<=运动)会(?!议)|”?原则|(?<=评估)专家组|(?<=战略)实施计划|"
    r"(?<=医学证明)(?:、|材料|原件|复印件)"
)
# 两者的首字：先看一个字，省得处处试。
_GROWTH_FIRST = frozenset("制综改提促推攻示惠专行试工战城地县机协联帮")
_CONTINUED_FIRST = frozenset(
    "法条公股局厅领委师业服设机管中分费征经办行政监通律人证站申备对会化发资审”原专实、，。；或和材原复"
)
_SYSTEM = "制度"


@cache
def _automaton() -> tuple[ahocorasick.Automaton, frozenset[str]]:
    automaton = ahocorasick.Automaton()
    quoted = set()
    for row in table("programs"):
        name = fold(row["name"])
        automaton.add_word(halves(name), (name, row["canonical"] or row["name"]))
        if row["quoted"]:
            quoted.add(name)
    automaton.make_automaton()
    return automaton, frozenset(quoted)


def is_known(name: str) -> bool:
    """True for a name of the table, as it stands there or folded."""
    return halves(name) in _automaton()[0]


def known_names(folded: str) -> Iterator[Candidate]:
    """Names of the table, longest first at each place, each grown to the right."""
    automaton, quoted = _automaton()
    for last, (name, canonical) in automaton.iter_long(halves(folded)):
        end = (last + 1) // 2
        start = end - len(name)
        if name in quoted and not (folded[start - 1 : start] == "“" and folded[end : end + 1] == "”"):
            continue
        after = folded[end : end + 1]
        if after in _CONTINUED_FIRST and _CONTINUED.match(folded, end):
            continue
        if after in _GROWTH_FIRST and (grown := _GROWTH.match(folded, end)):
            full = folded[start : grown.end()]
            yield Candidate(start, grown.end(), full.replace("“", "").replace("”", ""), "programs.name_grown", 0.9)
        else:
            if folded.startswith(_SYSTEM, end) and not name.endswith(_SYSTEM):
                end += len(_SYSTEM)
            if name[-1] == "”" and (quote := name.find("“")) > 0:  # 住房“以旧换新”：只有一部分带引号，范围是引号里的
                start, end = start + quote + 1, end - 1
            yield Candidate(start, end, canonical, "programs.name", 0.85)
