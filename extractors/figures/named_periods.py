"""Periods with a name or a length instead of dates: five-year plans, decades, ``近三年``, ``改革开放以来``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractors.model import Found
from ontology import table

__all__ = ["TimeSpan", "named_periods"]


class TimeSpan(NamedTuple):
    """A time found in the text: its span, its ISO form (None where it has none), and the rule that read it."""

    start: int
    end: int
    iso: str | None
    rule: str


_HAN = "一二三四五六七八九十"
# 七五普法 is no plan: the old plans' names count only in quotation marks.
_SHORT_NAMES = frozenset(("一五", "二五", "三五", "四五", "五五", "六五", "七五", "八五", "九五", "十五"))
_PERIOD_WORD = re.compile(r"([”\"』」]?)(以来|期间|时期|期末|末期?|初期?|中期|后期|前期|开局之年|收官之年)?")
_FRONT = re.compile(r"(到|截至)?([“\"『「])?$")
_DECADE = re.compile(
    rf"((?:20|二十)世纪|上个?世纪|19)?([{_HAN[1:9]}]十|[2-9]0)年代(?:初期?|中期|末期?|中?后期)?(?:以来)?"
)
_COUNTED = rf"(?:[{_HAN}两]{{1,3}}|\d{{1,2}})"
_LOOSE = re.compile(
    rf"近{_COUNTED}(?:个?年|个月|天|个?季度)多?(?:来|间|里|以来|时间)?(?![内级制期]|以内|之内)"
    rf"|过去的?{_COUNTED}个?年(?:多)?(?:来|间|里|时间)?(?![内级制期]|以内|之内)"
    rf"|未来的?{_COUNTED}(?:个?年|个月)(?:间|里|时间)?(?![内级制期]|以内|之内)"
    rf"|今后的?{_COUNTED}(?:个?年|个月)(?:间|里|时间)?(?![内级制期]|以内|之内)"
    r"|今明两年|疫情(?:防控)?期间|改革开放以来"
)
_SINCE = re.compile(rf"(?<![\d〇零{_HAN}]){_COUNTED}多?年多?(?:以来|来)")
_BEFORE_LOOSE = re.compile(r"(?:新冠(?:肺炎)?|最)$")


def named_periods(text: str, found: Found) -> Iterator[TimeSpan]:
    """Every period of these kinds whose characters are free, not in text order."""
    yield from _plans(text, found)
    if "年代" in text:
        yield from _decades(text, found)
    yield from _loose(text, found)


@cache
def _rows() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows = {row["name"]: (row["start"], row["end"]) for row in table("periods")}
    return re.compile("|".join(sorted(map(re.escape, rows), key=len, reverse=True))), rows


def _plans(text: str, found: Found) -> Iterator[TimeSpan]:
    """Five-year plans and named periods (``“十四五”期间``). A plan's name alone is claimed: it is no number."""
    pattern, rows = _rows()
    for match in pattern.finditer(text):
        name, (start, end) = match[0], match.span()
        front = _FRONT.search(text, max(0, start - 3), start)
        tail = _PERIOD_WORD.match(text, end)
        if front is None or tail is None or not found.is_free(start, end):
            continue
        first, last = rows[name]
        word, quoted = tail[2] or "", bool(front[2] and tail[1])
        if name in _SHORT_NAMES and not quoted:
            continue
        if not word:
            if last != "..":
                found.claim(start, end)
            continue
        begin = front.start() if front[1] else front.start(2) if quoted else start
        yield TimeSpan(begin, tail.end(), _plan_iso(first, last, word), "period")


def _plan_iso(first: str, last: str, word: str) -> str:
    if word == "以来" or last == "..":
        return f"{first}/.."
    if word in ("期末", "收官之年") or word.startswith("末"):
        return last
    if word == "开局之年" or word.startswith("初"):
        return first
    return f"{first}/{last}"


def _decades(text: str, found: Found) -> Iterator[TimeSpan]:
    for anchor in re.finditer("年代", text):
        match = _DECADE.search(text, max(0, anchor.start() - 7), anchor.end() + 3)
        if match and found.is_free(*match.span()):
            tens = match[2][0]
            decade = int(tens) if tens.isdigit() else _HAN.index(tens) + 1
            end = ".." if match[0].endswith("以来") else f"19{decade}9"
            yield TimeSpan(match.start(), match.end(), f"19{decade}0/{end}", "decade")


def _loose(text: str, found: Found) -> Iterator[TimeSpan]:
    """Periods that move with the reader (``近三年``, ``五年来``): a time, without an ISO form."""
    for match in _LOOSE.finditer(text):
        longer = _BEFORE_LOOSE.search(text, max(0, match.start() - 4), match.start())
        start = longer.start() if longer else match.start()
        if found.is_free(start, match.end()):
            iso = "1978-12/.." if match[0] == "改革开放以来" else None
            yield TimeSpan(start, match.end(), iso, "loose")
    for anchor in re.finditer("来", text):
        if text[anchor.start() - 1 : anchor.start()] in ("年", "以", "多"):
            since = _SINCE.search(text, max(0, anchor.start() - 7), anchor.end())
            if since and since.end() == anchor.end() and found.is_free(*since.span()):
                yield TimeSpan(since.start(), since.end(), None, "loose")
