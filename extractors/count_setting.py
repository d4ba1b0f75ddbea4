"""When and where a count holds: the time and place that its sentence states for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from extractors.clauses import sentence_start
from extractors.model import Jurisdiction, Mention

__all__ = ["Setting", "region_of", "time_of"]

_COMPARED = re.compile(r"(?:较|比|与|同|对比|相比|高于|低于)$")
_COMPARED_AFTER = re.compile(r"(?:相比|同期|的基础上|基础上|价格|水平)")
_TIMELESS = re.compile(r"每月|每日|目前|近年来|近几年|现有|现已|当前|现在|常年|历年|截至目前")
_YEARLY = re.compile(r"年均|每年")
_LINKED = re.compile(r"(?:和|、|与|及)")
_FROM = re.compile(r"(?:[距离隔赴属至到]|位于)$")
_CLOCK = re.compile(r"T\d\d:\d\d")


def _start(mention: Mention) -> int:
    return mention.start


class Setting(NamedTuple):
    """Times and places of a document in text order, with their starts for bisection."""

    times: list[Mention]
    time_starts: list[int]
    places: list[Mention]
    place_starts: list[int]

    @classmethod
    def of(cls, mentions: list[Mention]) -> Setting:
        times = sorted((m for m in mentions if m.type == "TIME"), key=_start)
        named = (m for m in mentions if m.type == "REGION" and m.attributes.get("canonical"))
        places = sorted(named, key=_start)
        return cls(times, [m.start for m in times], places, [m.start for m in places])


def _bracket(text: str, start: int, position: int) -> int:
    """Where the bracket that holds ``position`` opens, or -1."""
    opened = text.rfind("（", start, position)
    return opened if opened > text.rfind("）", start, position) else -1


def _day(iso: str | None) -> str | None:
    return _CLOCK.sub("", iso) if iso else None


def time_of(text: str, count: Mention, setting: Setting, start: int) -> str | None:
    """The ISO time that a count holds for: the last time stated before it in its sentence, comparisons left out.

    ``start`` is where the sentence begins.
    """
    bracket = _bracket(text, start, count.start)
    index = bisect_left(setting.time_starts, count.start)
    chosen: Mention | None = None
    before: Mention | None = None
    while index and setting.times[index - 1].start >= start:
        index -= 1
        time = setting.times[index]
        inside = _bracket(text, start, time.start)
        if inside != bracket and inside != -1:
            continue
        if _COMPARED.search(text[max(0, time.start - 2) : time.start]) or _COMPARED_AFTER.match(text, time.end):
            continue
        if chosen is None:
            chosen = time
            continue
        before = time
        break
    if chosen is None:
        return None
    if _TIMELESS.search(text, chosen.end, count.start):
        return None
    if not text.startswith(("到", "至"), chosen.start) and _YEARLY.search(text, chosen.end, count.start):
        return None
    iso = _day(chosen.attributes.get("iso"))
    if before and iso and count.attributes["unit"] == "次" and _LINKED.fullmatch(text[before.end : chosen.start]):
        first = _day(before.attributes.get("iso"))
        return f"{first}/{iso}" if first and "/" not in first + iso else iso
    return iso


def region_of(text: str, count: Mention, setting: Setting, start: int, jurisdiction: Jurisdiction | None) -> str | None:
    """The place a count holds for: the last place named before it in its sentence, or a part of the jurisdiction
    named in the sentence before; else the document's own territory."""
    home = jurisdiction.name if jurisdiction else None
    place = _last_place(text, setting, start, count.start)
    if place:
        return str(place.attributes["canonical"])
    if start and text[start - 1] not in "\n":
        before = sentence_start(text, start - 1)
        place = _last_place(text, setting, before, start)
        if place and _is_within(str(place.attributes["canonical"]), home):
            return str(place.attributes["canonical"])
    return home


def _is_within(name: str, home: str | None) -> bool:
    if home is None or home == "中国":
        return name != "中国"
    return name.startswith(home) and name != home


def _last_place(text: str, setting: Setting, start: int, end: int) -> Mention | None:
    index = bisect_left(setting.place_starts, end)
    while index and setting.places[index - 1].start >= start:
        index -= 1
        place = setting.places[index]
        if place.end <= end and not _FROM.search(text[max(0, place.start - 2) : place.start]):
            return place
    return None
