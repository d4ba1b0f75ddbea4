"""The forms of a stated quantity: number and unit, shares, ranges, words of approximation and bounds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from extractors.figures.numerals import NUMERAL, Numeral, chinese_number, read_numeral
from extractors.figures.units import Bound, Unit, after_bound, before_bound, outside_bound, unit_at

__all__ = ["Quantity", "read_quantity"]

_SHARE = re.compile(
    r"(?P<of>[百千万]|[二三四五六七八九十]+)分之 ?"
    r"(?:(?P<han>[〇零一二两三四五六七八九十百]+(?:点[〇零一二三四五六七八九]+)?)|(?P<arabic>\d+(?:\.\d+)?))"
)
_FRACTION = re.compile(r"(?<![\d/.])([1-9]\d?)/([2-9]|[1-9]\d)(?![\d/.年月日])")
_SHARE_UNITS = {"百": ("%", 1), "千": ("‰", 1), "万": ("‱", 1)}
_SEPARATOR = re.compile(r" ?(?:-{1,2}|~|至|到) ?")
# 两三个, 七八家: two neighbours name a range.
_NEIGHBOURS = re.compile(
    r"(?<![十百千万亿])(?:(一)两|(一)二|([二两])三|(三)四|(四)五|(五)六|(六)七|(七)八|(八)九"
    r"|(?<![第\n])(?:(一)、二|(二)、三|(三)、四|(四)、五|(五)、六|(六)、七|(七)、八|(八)、九)(?=[百千万亿]?(?:个|天|年(?!级)|人|次)))"
    r"(?=[百千万亿]?[个名位家户项次天年人所间])"
)
# 一半 is a share; 百个 and 千家 are round numbers.
_HALF = re.compile(r"一半(?![径天年月截个])")
_ROUND = re.compile(
    r"(?<![〇零一二两三四五六七八九十百千万亿\d数几上近成])[百千](?=(?:个|名|场|项|户)(?!万|百|千|榜)|家(?![万争号姓万灯]))"
)
# 18个月（不含）—36个月, 5年以上至10年: whether an end belongs to the range stands between.
_INCLUSIVE = re.compile(r"(?:以上|以下)? ?(?:（不?包?含[^（）\n]{0,12}）)?(?:以上|以下)?(?= ?(?:-{1,2}|~|至|到))")
# 144（含144）平方米以上: the aside stands before the unit.
_BEFORE_UNIT = re.compile(r"（不?包?含(?:本数|\d{1,4})?）(?=平方|万?元|岁|周岁|个月|人|米|层|年|套|%)")
# 50人（不含）以下, 144平方米以下（不含144平方米）: whether the bound itself counts.
_ASIDE = re.compile(r"（(不?)包?含[^（）\n]{0,12}）")
_STRICT = {"le": "lt", "ge": "gt"}
_INCLUDING = {"lt": "le", "gt": "ge"}
_LARGE = 10**4
# 两个或者两个以上 says 两个以上.
_OR = re.compile(r"或者?|和|及")
# 五个多月 is more than five months.
_MORE_THAN = re.compile(r"个[多余](月|小时|星期)")
_SECOND_BOUND = re.compile(r"(?:但)?(?:不满|不足|未满|不到|不超过|低于|不高于)")


# 近两年内: 近 is recent here, not nearly.
_RECENT = re.compile(r"[一二两三四五六七八九十\d]+(?:个?年|个月|天|周)")


class Quantity(NamedTuple):
    """A quantity as the text states it: ``start`` to ``end`` is its span, ``number`` where its first digit stands."""

    start: int
    number: int
    end: int
    value: Decimal
    value_max: Decimal | None
    comparator: str
    unit: Unit | None
    value_unit: str | None
    han: str
    multiplier: int
    bounded: bool


class _Part(NamedTuple):
    end: int
    numeral: Numeral
    unit: Unit | None
    value_unit: str | None


def _share(text: str, position: int) -> _Part | None:
    """``百分之十五``, ``三分之一``, ``1/3`` as a part whose unit is already plain."""
    if match := _SHARE.match(text, position):
        han = "一百" if match["han"] == "百" else match["han"]
        value = Decimal(match["arabic"]) if match["arabic"] else chinese_number(han)
        if value is None:
            return None
        unit, base = _SHARE_UNITS.get(match["of"], ("%", 0))
        if not base:
            whole = chinese_number(match["of"])
            if not whole or not match["han"]:
                return None
            value = round(value * 100 / whole, 2)
    elif match := _HALF.match(text, position):
        unit, value = "%", Decimal(50)
    elif match := _FRACTION.match(text, position):
        numerator, denominator = int(match[1]), int(match[2])
        if numerator >= denominator:
            return None
        unit, value = "%", round(Decimal(numerator * 100) / denominator, 2)
    else:
        return None
    numeral = Numeral(match.start(), match.end(), value, value, 1, "", "")
    return _Part(match.end(), numeral, Unit(unit, unit, "share", "any", None), unit)


def _part(text: str, position: int, approximated: bool) -> _Part | None:
    if part := _share(text, position):
        return part
    if round_number := _ROUND.match(text, position):
        size = Decimal(100 if round_number[0] == "百" else 1000)
        numeral: Numeral | None = Numeral(position, position + 1, size, size, 1, round_number[0], "")
    else:
        match = NUMERAL.match(text, position)
        numeral = read_numeral(match, approximated) if match else None
    if numeral is None:
        return None
    end = numeral.end
    if aside := _BEFORE_UNIT.match(text, end):
        end = aside.end()
    unit = unit_at(text, end + (text[end : end + 1] == " "))
    if unit is None:
        return _Part(end, numeral, None, None)
    if unit.word == "个" and (more := _MORE_THAN.match(text, end)):
        unit = Unit(more[0], more[1], "time", "any", None)
        numeral = numeral._replace(more="gt")
    value, value_unit = numeral.value, unit.value_unit
    if unit.word == "成":
        numeral, value_unit = numeral._replace(value=value * 10), "%"
    if unit.dimension != "bare":
        end += (text[end] == " ") + len(unit.word)
    return _Part(end, numeral, unit, value_unit)


def _second(text: str, first: _Part, opened: bool) -> tuple[_Part, int] | None:
    """The upper end of a range that begins with ``first``: ``2-3个``, ``二万元以上十万元以下``; and where it ends.

    ``opened`` is true where a word before the number has stated its lower end (``已满十四周岁不满十八周岁``,
    ``高于50亩（含）低于100亩``).
    """
    aside = _INCLUSIVE.match(text, first.end)
    if separator := _SEPARATOR.match(text, aside.end() if aside else first.end):
        second = _part(text, separator.end(), False)
        if second and second.unit is None and first.numeral.end == first.end and first.value_unit in ("%", "‰"):
            # 百分之二到三: the upper end takes its unit from the lower.
            second = second._replace(unit=first.unit, value_unit=first.value_unit)
        if second and _same_unit(first, second):
            bound = after_bound(text, second.end)
            return second, bound.end if bound else second.end
        return None
    low = Bound(first.end, first.end, "ge") if opened else after_bound(text, first.end)
    if low is None or low.comparator != "ge":
        return None
    position = low.end + (text[low.end : low.end + 1] in ("，", " "))
    if opened and (held := _ASIDE.match(text, low.end)):
        position = held.end()
    word = _SECOND_BOUND.match(text, position)
    if position != low.end and not word and text[low.end] == "，":
        return None
    if opened and not word:
        return None
    second = _part(text, word.end() if word else position, False)
    if second is None or not _same_unit(first, second):
        return None
    high = after_bound(text, second.end)
    if high and high.comparator == "le":
        return second, high.end
    if opened and (held := _ASIDE.match(text, second.end)):
        return second, held.end()
    return (second, second.end) if word else None


def _stated_twice(text: str, first: _Part) -> _Part | None:
    """The second of two equal parts of which a bound rules the latter: ``两个或者两个以上``."""
    word = _OR.match(text, first.end) if first.unit else None
    second = _part(text, word.end(), False) if word else None
    if second is None or second.numeral.value != first.numeral.value or second.value_unit != first.value_unit:
        return None
    return second if after_bound(text, second.end) else None


def _same_unit(first: _Part, second: _Part) -> bool:
    if second.unit is None and first.unit is None:
        # 处10万以上20万以下的罚款: money, as its multiplier makes plain.
        return min(first.numeral.multiplier, second.numeral.multiplier) >= _LARGE
    if second.unit is None or second.unit.dimension == "bare":
        return False
    return first.unit is None or first.value_unit == second.value_unit or first.unit.dimension == "bare"


def _span_start(text: str, number: int, floor: int) -> tuple[int, Bound | None]:
    """Where the words of approximation before a number begin, and the last of them (``约为``).

    A word that bounds ends the span: 最高 in ``最高不超过`` says no more than 不超过.
    """
    bound = before_bound(text, number, floor=floor)
    if bound is None:
        return number, None
    start = bound.start
    while more := before_bound(text, start, floor=floor):
        if "approx" not in (bound.comparator, more.comparator):
            break
        start = more.start
    return start, bound


def read_quantity(text: str, number: int, *, floor: int = 0) -> Quantity | None:
    """The quantity whose first digit stands at ``number``, or None where no number with a value begins there.

    Words of approximation are not looked for before ``floor``. A quantity without a unit has ``unit`` None.
    """
    if match := _NEIGHBOURS.match(text, number):
        return _neighbours(text, number, floor, match)
    start, bound = _span_start(text, number, floor)
    if bound and text[bound.start : bound.end] == "近" and _RECENT.match(text, number):
        start, bound = number, None
    if text[number - 1 : number] == "上" and bound is None and text[number] in "百千万亿":
        start, bound = number - 1, Bound(number - 1, number, "ge")
    first = _part(text, number, bound is not None)
    if first is None:
        return None
    outside = outside_bound(text, number, floor=floor) if bound is None else None
    opened = (outside or bound) is not None and text[number - 1] == "满"
    opened = opened or (bound is not None and bound.comparator in ("gt", "ge"))
    if found := _second(text, first, opened):
        second, end = found
        value = first.numeral.value
        if first.unit is None and first.numeral.multiplier == 1 and value < second.numeral.base:
            value *= second.numeral.multiplier
        if value < second.numeral.value:
            return Quantity(
                start, number, end, value, second.numeral.value, "range", second.unit, second.value_unit,
                first.numeral.han, second.numeral.multiplier, True,
            )  # fmt: skip
    if twice := _stated_twice(text, first):
        first = twice
    after = _after(text, first) if first.unit or first.numeral.multiplier > 1 or bound else None
    stated = bound or outside or after
    comparator = first.numeral.more or (stated.comparator if stated else "eq")
    if bound and bound.comparator != "approx":
        comparator = bound.comparator
    elif first.numeral.more and after:
        comparator = after.comparator
    end = after.end if after else first.end
    if bound and comparator in _INCLUDING and (held := _ASIDE.match(text, end)) and not held[1]:
        # 超过100套（含）: the bracket makes another bound of the word before.
        comparator, end = _INCLUDING[comparator], held.end()
    return Quantity(
        start, number, end, first.numeral.value, None, comparator, first.unit,
        first.value_unit, first.numeral.han, first.numeral.multiplier, stated is not None,
    )  # fmt: skip


def _after(text: str, first: _Part) -> Bound | None:
    """The bound behind a number; one said not to hold itself (``50人（不含）以下``) is strict."""
    end = first.end
    aside = _ASIDE.match(text, end)
    bound = after_bound(text, aside.end() if aside else end)
    if bound is None:
        return None
    aside = aside or _ASIDE.match(text, bound.end) or _ASIDE.match(text, first.numeral.end)
    return (
        bound._replace(comparator=_STRICT[bound.comparator])
        if aside and aside[1] and bound.comparator in _STRICT
        else bound
    )


def _neighbours(text: str, number: int, floor: int, match: re.Match[str]) -> Quantity | None:
    low = chinese_number(next(filter(None, match.groups())))
    part = _part(text, match.end() - 1, False)
    if low is None or part is None or part.unit is None:
        return None
    start, _ = _span_start(text, number, floor)
    scale = part.numeral.multiplier
    return Quantity(
        start, number, part.end, low * scale, part.numeral.value, "range", part.unit, part.value_unit,
        match[0], scale, True,
    )  # fmt: skip
