"""Units and measure words after a number, and words that bound a number, as the tables have them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ontology import table

__all__ = ["Bound", "Unit", "after_bound", "before_bound", "follows_number", "idioms", "outside_bound", "unit_at"]


class Unit(NamedTuple):
    """A unit: its word, its ``value_unit`` (个月 → 月), dimension, and which numerals make a count with it."""

    word: str
    value_unit: str
    dimension: str
    numerals: str
    not_before: re.Pattern[str] | None


class Bound(NamedTuple):
    """A word that bounds a number (不少于, 以上): where it stands and the comparator it states."""

    start: int
    end: int
    comparator: str


@cache
def _units() -> dict[str, list[Unit]]:
    """Units by their first character, long ones first."""
    units: dict[str, list[Unit]] = {}
    for row in sorted(table("units"), key=lambda row: -len(row["unit"])):
        not_before = re.compile(f"(?:{row['not_before']})") if row["not_before"] else None
        unit = Unit(row["unit"], row["value_unit"], row["dimension"], row["numerals"], not_before)
        units.setdefault(unit.word[0], []).append(unit)
    return units


@cache
def _bounds(place: str) -> tuple[dict[str, str], tuple[int, ...]]:
    words = {row["word"]: row["comparator"] for row in table("bounds") if row["place"] == place}
    return words, tuple(sorted({len(word) for word in words}, reverse=True))


@cache
def _first_characters(place: str) -> frozenset[str]:
    return frozenset(word[0] for word in _bounds(place)[0])


@cache
def idioms() -> re.Pattern[str]:
    """Set phrases that begin with a numeral and count nothing (四个全面, 三位一体); to be matched at the numeral."""
    return re.compile(f"(?:{'|'.join(re.escape(row['phrase']) for row in table('number_idioms'))})(?!岁)")


@cache
def follows_number() -> frozenset[str]:
    """Characters that may stand right after a number that is a count or begins one: of units, ranges, bounds."""
    return frozenset(set(_units()) | set("点.,至到~-以及左上多余来几十百千万亿分半/ （或和"))


def unit_at(text: str, position: int) -> Unit | None:
    """The longest unit that stands at ``position``, None where there is none or the next word forbids it (10部门).

    A unit in Latin letters must end there: ``5G`` has no gram, ``135m`` has its metre.
    """
    for unit in _units().get(text[position : position + 1], ()):
        if not text.startswith(unit.word, position):
            continue
        end = position + len(unit.word)
        if unit.word[-1].isascii() and unit.word[-1].isalnum():
            following = text[end : end + 1]
            if following.isascii() and following.isalnum():
                continue
        if unit.not_before is None or not unit.not_before.match(text, end):
            return unit
    return None


def before_bound(text: str, position: int, *, floor: int = 0) -> Bound | None:
    """The comparator word that ends at ``position`` (spaces between allowed), not reaching before ``floor``."""
    bound = _ending("before", text, position, floor)
    if bound and bound.end - bound.start == 1 and (outside := _ending("outside", text, position, floor)):
        # 满 bounds the number, 年满 and 届满 are verbs.
        return None if outside.start < bound.start else bound
    return bound


def outside_bound(text: str, position: int, *, floor: int = 0) -> Bound | None:
    """A verb that bounds the number but stands outside its span (年满, 限购)."""
    return _ending("outside", text, position, floor)


@cache
def _last_characters(place: str) -> frozenset[str]:
    return frozenset(word[-1] for word in _bounds(place)[0])


def _ending(place: str, text: str, position: int, floor: int) -> Bound | None:
    while position > floor and text[position - 1] in " \n":
        position -= 1
    if position <= floor or text[position - 1] not in _last_characters(place):
        return None
    words, lengths = _bounds(place)
    broken = text.rfind("\n", max(floor, position - lengths[0]), position)
    if broken > floor:
        # 不⏎大于: a line that breaks within the word.
        joined = text[max(floor, position - lengths[0] - 1) : broken] + text[broken + 1 : position]
        for length in lengths:
            if length > position - broken - 1 and (comparator := words.get(joined[-length:])):
                return Bound(position - length - 1, position, comparator)
    for length in lengths:
        start = position - length
        if start >= floor and (comparator := words.get(text[start:position])):
            return Bound(start, position, comparator)
    return None


# 内 of 内设, 内部 … and 多 of 多元, 多个 are no bounds.
_NOT_BOUND = re.compile(
    r"(?<=[人户名家个])[多余](?![月年])|内(?=[部容外设环地陆蒙涵河审控需资燃径科])|[多余](?=[元种样项个方功层名家处次人数部起])"
    r"|以下(?=简称|统称|[一二三四五六七八九几])"
)


def after_bound(text: str, position: int) -> Bound | None:
    """The comparator word that begins at ``position``."""
    if text[position : position + 1] not in _first_characters("after"):
        return None
    words, lengths = _bounds("after")
    for length in lengths:
        word = text[position : position + length]
        comparator = words.get(word)
        if comparator and not _NOT_BOUND.match(text, position):
            return Bound(position, position + len(word), comparator)
    return None
