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
_POINTING_BACK = re.compile(r"[这该上述]+[两三四五六七八九十\d]*次")
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


def time_of(text: str, count: Mention, setting: Setting, start: int, rank: tuple[int, int]) -> str | None:
    """The ISO time that a count holds for: the last time stated before it in its sentence, comparisons left out.

    ``start`` is where the sentence begins; ``rank`` the count's place in a list of counts and the list's length: in
    ``18日、19日分别为1.8级和2.5级`` each has its own day. ``这两次`` looks back into the sentence before.
    """
    times = _times_before(text, count, setting, start)
    if not times and start and _POINTING_BACK.search(text, start, count.end):
        times = _times_before(text, count, setting, sentence_start(text, start - 1))
    if not times:
        return None
    last = times[-1]
    if _TIMELESS.search(text, last.end, count.start):
        return None
    if not text.startswith(("到", "至"), last.start) and _YEARLY.search(text, last.end, count.start):
        return None
    run = _linked(text, times)
    if len(run) > 1 and rank[1] == len(run):
        last = run[rank[0]]
    elif len(run) > 1 and count.attributes["unit"] == "次" and count.attributes["value"] == len(run):
        first, final = _day(run[0].attributes.get("iso")), _day(last.attributes.get("iso"))
        return f"{first}/{final}" if first and final and "/" not in first + final else final
    return _day(last.attributes.get("iso"))


def _times_before(text: str, count: Mention, setting: Setting, start: int) -> list[Mention]:
    """The times from ``start`` to the count, without those compared with or standing in another bracket."""
    bracket = _bracket(text, start, count.start)
    first, end = bisect_left(setting.time_starts, start), bisect_left(setting.time_starts, count.start)
    return [
        time
        for time in setting.times[first:end]
        if _bracket(text, start, time.start) in (bracket, -1)
        and not _COMPARED.search(text, max(0, time.start - 2), time.start)
        and not _COMPARED_AFTER.match(text, time.end)
    ]


def _linked(text: str, times: list[Mention]) -> list[Mention]:
    """The last times of a list, as far as they are joined by 和 or 、."""
    run = times[-1:]
    for time in reversed(times[:-1]):
        if not _LINKED.fullmatch(text, time.end, run[0].start):
            break
        run.insert(0, time)
    return run


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
