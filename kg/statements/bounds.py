"""What a stated quantity asserts: the interval its words of comparison leave open, and the period it speaks of.

以上, 以下, 以内 include the number; 不满, 超过 do not (民法典 第一千二百五十九条). 余 and 多 stay below the next step
of the digit they follow: 1500余万 is in [1500万, 1600万). 约 and 近 assert no bound.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

__all__ = ["Interval", "interval", "number", "plain"]

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
# The number as written, the multiplier behind it, and 余 or 多 before or after that multiplier.
_SOME_MORE = re.compile(
    r"(?P<digits>[\d,.]+|[〇零一二两三四五六七八九]?[一二两三四五六七八九十百千]*)"
    r"(?P<before>万亿|亿|万|千|百)?(?P<more>余|多)(?P<after>万亿|亿|万|千|百)?"
)
_MULTIPLIER = re.compile(r"[\d.一二两三四五六七八九十百千余多几]\s*(万亿|亿|万)")
_OVER = re.compile(r"超|逾|突破|高于|多于|大于|以外")
_NEARLY = re.compile(r"近|接近|将近")


class Interval(NamedTuple):
    """The comparator's code, the bounds (None where none is asserted) and the multiplier that is written (万, 亿)."""

    comparator: str
    lower: Decimal | None
    upper: Decimal | None
    multiplier: int | None


def number(value: object) -> Decimal | None:
    """The value of an attribute, exactly; None where it is no number."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None


def plain(value: Decimal) -> str:
    """Canonical xsd:decimal, without exponent or needless zeros.

    >>> plain(Decimal("1E+3")), plain(Decimal("17.20")), plain(Decimal("-0.0"))
    ('1000', '17.2', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _step(match: re.Match[str]) -> Decimal:
    """How far 余 may reach: the place of the last digit it follows, or the multiplier it follows."""
    digits = match["digits"].replace(",", "")
    if match["before"]:
        fraction = len(digits.partition(".")[2])
        return Decimal(_MULTIPLIERS[match["before"]]).scaleb(-fraction)
    if digits and digits[-1] in _MULTIPLIERS:
        place = Decimal(_MULTIPLIERS[digits[-1]])
    elif "." in digits:
        place = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    else:
        place = Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if digits.strip("0") else Decimal(1)
    return place * _MULTIPLIERS.get(match["after"] or "", 1)


def interval(surface: str, comparator: str, value: Decimal, value_max: Decimal | None = None) -> Interval:
    """The interval that the words assert.

    >>> interval("1500余万元", "gt", Decimal(15000000))[:3]
    ('plus', Decimal('15000000'), Decimal('16000000'))
    >>> interval("超2347万", "gt", Decimal(23470000))[:3]
    ('over', Decimal('23470000'), None)
    """
    written = _MULTIPLIER.search(surface)
    multiplier = _MULTIPLIERS[written[1]] if written else None
    if comparator == "range" or value_max is not None:
        return Interval("range", value, value_max, multiplier)
    if comparator == "gt":
        some_more = _SOME_MORE.search(surface)
        if some_more and not _OVER.search(surface) and (some_more["digits"] or some_more["before"]):
            return Interval("plus", value, value + _step(some_more), multiplier)
        return Interval("over", value, None, multiplier)
    if comparator == "approx":
        return Interval("nearly" if _NEARLY.search(surface) else "about", None, None, multiplier)
    kinds = {
        "ge": Interval("atleast", value, None, multiplier),
        "le": Interval("atmost", None, value, multiplier),
        "lt": Interval("below", None, value, multiplier),
    }
    return kinds.get(comparator, Interval("exact", value, value, multiplier))
