"""Numbers as official documents write them: Arabic, Chinese, mixed (``1500余万``, ``三点五亿``, ``1,200``)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

__all__ = ["NUMERAL", "Numeral", "as_written", "chinese_number", "plain", "read_numeral", "simplified"]

# Numerals, units and words of approximation in traditional characters, as papers before 1956 print them.
_TRADITIONAL = "兩萬億餘個條項張間處戶歲週輛兒頭幾種類畝層雙場學時噸貳參陸點達約滿過於屆單聯組臺隻棟幢顆冊塊"
_SIMPLIFIED = "两万亿余个条项张间处户岁周辆儿头几种类亩层双场学时吨贰叁陆点达约满过于届单联组台只栋幢颗册块"
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
# Only texts in traditional characters have one of these, so that the others are not copied.
_SIGNS = ("個", "萬", "兩", "億")

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_POWERS = {"十": 10, "百": 100, "千": 1000, "佰": 100, "仟": 1000, "拾": 10}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_MULTIPLIERS = _POWERS | _MYRIADS

_DIGIT_HAN = "〇零一二两三四五六七八九"
# 千 of 千瓦 and 百 of 百分 belong to the unit.
_POWER = r"(?:[十万亿]|百(?!分[点之])|千(?![瓦米克伏赫帕焦]))"
# 余、多、来、几 stand before or after the multiplier: 1500余万, 3万余, 二十多, 十几.
# 1万6千, 3亿5000万: more than one multiplier among Arabic digits.
NUMERAL = re.compile(
    rf"""(?:
      (?P<mixed>\d+亿(?:\d{{1,4}}|\d千\d?百?)万(?!\d)|\d+万(?:\d千(?:\d百)?|\d{{3,4}}(?![\d.])))
    | (?P<arabic>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?(?!\d)|\d{{1,3}}(?:[ ]\d{{3}})+(?![\d.])|\d+(?:\.\d+)?)
    | (?P<han>(?:[{_DIGIT_HAN}]|{_POWER})+(?:点[{_DIGIT_HAN}]+)?)
    )
    (?P<inner>[ ]?[余多来几](?=[ ]?{_POWER}))?
    (?:[ ]?(?P<multiplier>{_POWER}{{1,3}}))?
    (?:[ ]?(?P<outer>[余多来几]))?""",
    re.X,
)
_MORE = {"余": "gt", "多": "gt", "几": "gt", "来": "approx"}


class Numeral(NamedTuple):
    """A number in the text: ``value`` in ones, ``base`` before the multiplier, ``more`` the bound that 余 states."""

    start: int
    end: int
    value: Decimal
    base: Decimal
    multiplier: int
    han: str
    more: str


def chinese_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral, None where it is none (``三五``) or only powers (``百``).

    >>> chinese_number("一千五百零三"), chinese_number("二十三亿"), chinese_number("三点五")
    (Decimal('1503'), Decimal('2300000000'), Decimal('3.5'))
    """
    whole, _, fraction = text.partition("点")
    if fraction:
        head = chinese_number(whole)
        return None if head is None else head + Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    if len(whole) > 1 and not any(c in _MULTIPLIERS for c in whole):
        # Digit by digit, as years and page numbers are written; two alone are a guess between (三五个).
        read = ("〇" in whole or len(whole) > 2) and "两" not in whole
        return Decimal("".join(str(_DIGITS[c]) for c in whole)) if read else None
    total = section = 0
    digit: int | None = None
    for char in whole:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _POWERS:
            section += (1 if digit is None and char == "十" else digit or 0) * _POWERS[char]
            digit = None
        else:
            section += digit or 0
            if not section and not total:
                return None
            total = (total + section) * _MYRIADS[char] if char == "亿" else total + section * _MYRIADS[char]
            section, digit = 0, None
    value = total + section + (digit or 0)
    return Decimal(value) if value or whole in ("〇", "零") else None


def read_numeral(match: re.Match[str], approximated: bool = False) -> Numeral | None:
    """The number of a NUMERAL match; ``approximated`` allows powers alone (近百, 逾千, 上万), as 余 and 多 do."""
    multiplier = 1
    for char in match["multiplier"] or "":
        multiplier *= _MULTIPLIERS[char]
    more = _MORE.get((match["inner"] or match["outer"] or "").strip(), "")
    han = match["han"] or ""
    if match["mixed"]:
        total = _mixed(match["mixed"])
        return Numeral(match.start(), match.end(), total, total / 10**4, 10**4, "", more)
    if not han:
        base = Decimal(re.sub("[,， ]", "", match["arabic"]))
        return Numeral(match.start(), match.end(), base * multiplier, base, multiplier, "", more)
    if han[0] in "百千万亿" and (approximated or more):
        han = "一" + han
    value = chinese_number(han)
    if value is None:
        return None
    if multiplier == 1:
        tail = re.search(r"(?<=[一二两三四五六七八九十百千])[万亿]+$", han)
        for char in tail[0] if tail else "":
            multiplier *= _MYRIADS[char]
        return Numeral(match.start(), match.end(), value, value / multiplier, multiplier, han, more)
    return Numeral(match.start(), match.end(), value * multiplier, value, multiplier, han, more)


def _mixed(written: str) -> Decimal:
    """``1万6千``, ``3亿5000万`` in ones."""
    total = section = Decimal(0)
    for digits, sign in re.findall(r"(\d*)([百千万亿]?)", written):
        if sign in _MYRIADS:
            total, section = total + (section + Decimal(digits or 0)) * _MYRIADS[sign], Decimal(0)
        elif digits:
            section += Decimal(digits) * _POWERS.get(sign, 1)
    return total + section


def simplified(text: str) -> str:
    """``text`` with the characters that figures are written with simplified, one for one; texts without them as is."""
    return text.translate(_TO_SIMPLIFIED) if any(sign in text for sign in _SIGNS) else text


def as_written(unit: str | None, written: str) -> str | None:
    """The unit in the characters of the text: ``个`` as ``個`` where the text has it so."""
    if unit is None or unit in written:
        return unit
    at = written.translate(_TO_SIMPLIFIED).find(unit)
    return written[at : at + len(unit)] if at >= 0 else unit


def plain(value: Decimal) -> int | float:
    """A Decimal as JSON has it: int where it is whole.

    >>> plain(Decimal("2.50")), plain(Decimal("3E+2"))
    (2.5, 300)
    """
    return int(value) if value == value.to_integral_value() else float(value)
