"""Figures of one document that follow from each other, and whether they do.

Growth (较2022年增长17.2%（2022年完成546人）), shares of a whole (38%、21%、45%), sums (共3600户，其中…), totals of a
table (合计), terms (2021年3月1日施行，2025年12月31日失效，有效期5年), amounts a head. A check names the figures it
takes and what comes out; ``verdict`` grades the stated figure. Where the words do not settle which figures belong
together, there is no check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from extractors.model import Extraction, Mention

__all__ = ["Check", "amount", "figures", "growth", "ordered", "rate", "rate_of_growth", "same_unit", "sentence_of"]

_PERSONS = {"人", "名", "位", "人口"}
_COUNTED = {"个", "家", "所", "处"}
# Words of approximation leave the figure open: nothing can be checked to the digit.
_EXACT = ("eq", None)
_BASE_BEFORE = re.compile(r"(?:比|较|同比|环比|相比|相较)[^，。；（）]{0,14}$")
_BACK = re.compile(r"(?:由|从)[^，。；]{0,16}$")
_UP_TO = re.compile(r"(?:增加|增长|提高|上升|扩大|发展|下降|减少|降|升|提升|增|减)(?:到|至|为|了)[^，。；]{0,6}$")
_BASE_IN_BRACKET = re.compile(r"[（(][^（）()]{0,14}$")
_UP_TO_NEXT = re.compile(r"(?:增加|增长|提高|上升|扩大|发展|下降|减少)(?:到|至|为)$|增至$|升至$|降至$")
# 年均、可比价、扣除物价的增幅，用这两个数推不出来。
_OTHER_MEASURE = re.compile(r"年均|平均|每年|可比|不变价|实际|扣除|同口径|名义|一半|翻|倍|分之一|百分点")
_INCREMENT = re.compile(r"(?:增加|增长|减少|下降|提高|增|减|多|少)了?$")
_GROWS = re.compile(r"(?:增长|增加|增幅|提高|上升|下降|减少|降低|降幅)[^，。；]{0,6}$")


class Check(NamedTuple):
    """What is checked: the kind, the stated figure, the figures it follows from, the value that follows, the verdict.

    ``verdict`` is exact, rounded, truncated or wrong; ``derived`` where nothing is stated and the value is new.
    """

    kind: str
    start: int
    end: int
    stated: Mention | None
    operands: tuple[Mention, ...]
    computed: Decimal
    comparator: str
    verdict: str
    confidence: float


def figures(extraction: Extraction) -> list[Mention]:
    """Counts with a value, in text order."""
    return sorted(
        (m for m in extraction.mentions if m.type == "COUNT" and m.attributes.get("value") is not None),
        key=lambda m: m.start,
    )


def amount(count: Mention) -> Decimal:
    """The value of a count, exactly."""
    return Decimal(str(count.attributes["value"]))


def same_unit(one: Mention, other: Mention) -> bool:
    """True for figures that can be added or divided: one unit, or two measure words for people."""
    first, second = one.attributes.get("unit"), other.attributes.get("unit")
    return first == second or {first, second} <= _PERSONS or {first, second} <= _COUNTED


def rate(stated: Decimal, computed: Decimal) -> str:
    """How well a stated figure stands to the one computed: exact, rounded, truncated, wrong.

    >>> rate(Decimal("17.2"), Decimal(94) / Decimal(546) * 100)
    'rounded'
    >>> rate(Decimal("26.8"), Decimal(25) / Decimal(93) * 100)
    'truncated'
    """
    exponent = stated.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    if stated == computed:
        return "exact"
    if computed.quantize(step, ROUND_HALF_UP) == stated:
        return "rounded"
    if computed.quantize(step, ROUND_DOWN) == stated:
        return "truncated"
    return "wrong"


def rate_of_growth(stated: Decimal, now: Mention, base: Mention, *, down: bool) -> tuple[Decimal, str]:
    """The growth that follows, and how the stated one stands to it.

    Figures in 万 and 亿 are themselves rounded; both at the far end of their rounding at once is unlikely, so half of
    it is allowed for.
    """
    sign = -1 if down else 1
    after, before = amount(now), amount(base)
    computed = (after - before) / before * 100 * sign
    verdict = rate(stated, computed)
    if verdict != "wrong":
        return computed, verdict
    slack = min(_step(now), _step(base)) / 4
    ends = [(a - b) / b * 100 * sign for a in (after - slack, after + slack) for b in (before - slack, before + slack)]
    return computed, "rounded" if min(ends) <= stated <= max(ends) else "wrong"


def _step(count: Mention) -> Decimal:
    """The place of the last digit that is not nought, where that is a thousand or more or a fraction; else nothing."""
    exponent = amount(count).normalize().as_tuple().exponent
    place = exponent if isinstance(exponent, int) else 0
    return Decimal(1).scaleb(place) if place >= 3 or place < 0 else Decimal(0)


def sentence_of(folded: str, place: int) -> tuple[int, int]:
    """Start and end of the sentence that holds a place; a closing bracket behind the stop belongs to it."""
    near, far = max(0, place - 300), min(len(folded), place + 300)
    start = max(folded.rfind(mark, near, place) for mark in "。！？\n")
    stops = [at for at in (folded.find(mark, place, far) for mark in "。！？\n") if at >= 0]
    return max(start, near - 1) + 1, min(stops, default=far)


def growth(folded: str, counts: list[Mention], at: int) -> tuple[Mention, Mention] | None:
    """The figure that grew and its base, for the growth rate ``counts[at]``; None where the words do not settle it."""
    stated = counts[at]
    start, end = sentence_of(folded, stated.start)
    before = [c for c in counts[max(0, at - 6) : at] if c.start >= start and _is_level(c)]
    after = [c for c in counts[at + 1 : at + 3] if c.start < end and _is_level(c)]
    if after and _BASE_IN_BRACKET.fullmatch(folded, stated.end, after[0].start):
        # …640名…，较2022年增长17.2%（2022年完成546人）
        return _pair(before[-1:], after[0])
    if len(before) < 2:
        return None
    last, previous = before[-1], before[-2]
    between = folded[last.end : stated.start]
    if not _GROWS.search(between) or between.count("，") > 1 or _OTHER_MEASURE.search(folded, previous.end, stated.end):
        return None
    parts = folded.count("；", previous.end, stated.start)
    if _INCREMENT.search(folded, start, last.start):
        # 比上年增加439亿元，增长17.6%: 439亿元是增加额，不是基数。
        return None
    if not parts and _BASE_BEFORE.search(folded, start, last.start):
        # 4.3万张，比上年末的4万张增长9.5%
        return _pair([previous], last)
    if not parts and _BACK.search(folded, start, previous.start) and _UP_TO.search(folded, previous.end, last.start):
        # 由4万张增加到4.3万张，增长7.5%
        return _pair([last], previous)
    if parts <= 1 and _UP_TO_NEXT.search(folded, previous.end, last.start) and _years_apart(previous, last):
        # 2022年…546人；2023年增加到640名，增幅17.2%
        return _pair([last], previous)
    return None


def _is_level(count: Mention) -> bool:
    """A plain figure, neither share nor growth nor age."""
    facts = count.attributes
    return facts.get("unit") not in ("%", "‰", "岁", "年", "月", "个百分点", "百分点") and facts.get("kind") in (
        "actual",
        "target",
    )


def _pair(now: list[Mention], base: Mention) -> tuple[Mention, Mention] | None:
    if not now or not same_unit(now[0], base) or amount(base) == 0:
        return None
    if any(c.attributes.get("comparator") not in _EXACT for c in (now[0], base)):
        return None
    return now[0], base


def _years_apart(earlier: Mention, later: Mention) -> bool:
    first, second = (str(c.attributes.get("time") or "")[:4] for c in (earlier, later))
    return first.isdigit() and second.isdigit() and int(second) - int(first) == 1


def ordered(checks: Iterable[Check]) -> Iterator[Check]:
    """Checks in text order."""
    yield from sorted(checks, key=lambda check: (check.start, check.end, check.kind))
