"""When a count holds: the time that its sentence states for it, or that a sentence, heading or title before it set."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.figures.clauses import line_start, sentence_start
from extractors.figures.count_setting import Setting, open_bracket
from extractors.figures.date_parts import Day
from extractors.model import Mention, Section, Span

__all__ = ["inherited_time", "stated_time", "tense_of", "time_of_title"]

_COMPARED = re.compile(r"(?:较|比|与|同|对比|相比|高于|低于)$")
_COMPARED_AFTER = re.compile(r"(?:相比|同期|的基础上|基础上|价格|水平)")
# 2025年6月底前缴纳契税的业主，: a time within what qualifies a noun is not the time of the figures after the comma.
_OF_CLAUSE = re.compile(
    r"(?:（[^（）\n]{1,6}）)?(?:以?[前后]|起|(?<=[前后起]))(?:[^，。；：\n的]{1,20}，)?[^，。；：\n]{1,24}的"
    r"[^，。；：\n的每免减征达为\d]{1,14}，"
)
_UP_TO = re.compile(r"截至|截止|至|到")
_TIMELESS = re.compile(r"目前|近年来|近几年|现有|现已|当前|现在|常年|历年|截至目前")
_YEARLY = re.compile(r"年均|每[年月日]")
_LINKED = re.compile(r"(?:和|、|与|及)")
_POINTING_BACK = re.compile(r"[这该上述]+[两三四五六七八九十\d]*次")
_CLOCK = re.compile(r"T\d\d:\d\d")
_SERIES = re.compile(r"[；：。，:][一二三四五六七八九十]是|[；。]第[二三四五六七八九]，")
_ITEMS = re.compile(r"[—-]{2}|[●○■◆▪•·]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、]|[①-⑳]")
_FIRST_ITEM = re.compile(rf"(?<=\n)(?:{_ITEMS.pattern})")
_DUE = re.compile(r"[到至]|力争到")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年度?(?![\d至—-])")
_FROM_ISSUE = re.compile(r"自[^，。；\n]{0,16}(?:发布|印发|公布|下发|发文)之日起至?$")
_LEAD_REACH = 600
_FULL_DAY = "2024-01-01"


def _day(iso: str | None) -> str | None:
    return _CLOCK.sub("", iso) if iso else None


def _iso(time: Mention) -> str | None:
    return _day(time.attributes.get("iso"))


def stated_time(text: str, count: Mention, setting: Setting, start: int, rank: tuple[int, int]) -> str | None:
    """The ISO time that a count's own sentence states: the last before it, comparisons left out.

    ``start`` is where the sentence begins; ``rank`` the count's place in a list of counts and the list's length: in
    ``18日、19日分别为1.8级和2.5级`` each has its own day. ``这两次`` looks back into the sentence before.
    """
    times = _times_before(text, setting, start, count.start)
    if not times and start and _POINTING_BACK.search(text, start, count.end):
        times = _times_before(text, setting, sentence_start(text, start - 1), count.start)
    if not times:
        return None
    last = times[-1]
    if is_timeless(text, last.end, count.start):
        return None
    iso = _iso(last)
    due = text.startswith(("到", "至"), last.start)
    if iso and not due and "/" not in iso and _YEARLY.search(text, last.end, count.start) and not _is_year(iso):
        return None
    run = _linked(text, times)
    if len(run) > 1 and rank[1] == len(run):
        return _iso(run[rank[0]])
    if len(run) > 1 and count.attributes["unit"] == "次" and count.attributes["value"] == len(run):
        first, final = _iso(run[0]), iso
        return f"{first}/{final}" if first and final and "/" not in first + final else final
    return iso


def is_timeless(text: str, start: int, end: int) -> bool:
    """True where the stretch says that what follows holds at no stated time (``目前``)."""
    return bool(_TIMELESS.search(text, start, end))


def _is_year(iso: str) -> bool:
    return len(iso) == 4


def _times_before(text: str, setting: Setting, start: int, end: int) -> list[Mention]:
    """The times from ``start`` to ``end``, without those compared with or standing in another bracket.

    In ``比上年末的4万张增长9.5%`` the time compared with is that of the figure right behind it.
    """
    bracket = open_bracket(text, start, end)
    first, last = bisect_left(setting.time_starts, start), bisect_left(setting.time_starts, end)
    return [
        time
        for time in setting.times[first:last]
        if open_bracket(text, start, time.start) in (bracket, -1)
        and (not _COMPARED.search(text, max(0, time.start - 2), time.start) or text[time.end : end] in ("", "的"))
        and not _COMPARED_AFTER.match(text, time.end)
        and not _is_of_clause(text, time, end)
    ]


def _is_of_clause(text: str, time: Mention, end: int) -> bool:
    clause = _OF_CLAUSE.match(text, time.end)
    return clause is not None and clause.end() <= end and not _UP_TO.match(text, time.start)


def _linked(text: str, times: list[Mention]) -> list[Mention]:
    """The last times of a list, as far as they are joined by 和 or 、."""
    run = times[-1:]
    for time in reversed(times[:-1]):
        if not _LINKED.fullmatch(text, time.end, run[0].start):
            break
        run.insert(0, time)
    return run


def inherited_time(
    text: str, count: Mention, setting: Setting, start: int, sections: Sequence[Section], kind: str | None
) -> str | None:
    """The time set for a count whose sentence has none: by its paragraph, the lead of its list, a heading over it.

    A goal takes a date to reach it by, a reported fact a time gone by; a standard only the days it is in force.
    """
    if is_timeless(text, start, count.start):
        return None
    if kind is None or kind in ("standard", "eligibility"):
        return _in_force(text, setting, start, sections)
    if text.find("累计", start, count.start) >= 0 and kind != "target":
        return None
    line = line_start(text, start)
    if not _SERIES.search(text, line, start):
        for time in reversed(_times_before(text, setting, line, start)):
            return _iso(time) if _fits(text, time, kind) else None
    if kind == "target" and _ITEMS.match(text, line):
        above = [section for section in sections if section.start < line]
        section = max(above[-1].title.end if above else 0, line - _LEAD_REACH)
        for time in reversed(_times_before(text, setting, section, _lead_end(text, section, line))):
            return _iso(time) if _DUE.match(text, time.start) else None
    for section_ in reversed(sections):
        title = section_.title
        times = _times_before(text, setting, title.start, title.end) if title.end > title.start else []
        if len(times) == 1 and (iso := _iso(times[0])) and (_is_year(iso) or _DUE.match(text, times[0].start)):
            return iso
    return None


def _lead_end(text: str, start: int, line: int) -> int:
    """Where the lead of a list ends: at its first item; a date in one item is not that of the next."""
    first = _FIRST_ITEM.search(text, start, line)
    return first.start() if first else line


def _in_force(text: str, setting: Setting, start: int, sections: Sequence[Section]) -> str | None:
    """From which day to which a rule holds, where the section says so before its list of rates."""
    line = line_start(text, start)
    if not _ITEMS.match(text, line):
        return None
    for section in reversed(sections[1:]):
        times = _times_before(text, setting, max(section.title.end, line - _LEAD_REACH), line)
        for time in reversed(times):
            iso = _iso(time) or ""
            return iso if len(iso) == 2 * len(_FULL_DAY) + 1 else None
    return None


def _fits(text: str, time: Mention, kind: str) -> bool:
    iso = _iso(time)
    if iso is None or iso.endswith(".."):
        # 2021年以来 tells of what was done since, not of how things stand in the sentences after it.
        return False
    return kind != "target" or bool(_DUE.match(text, time.start)) or _is_year(iso)


def time_of_title(text: str, title: Span | None, default: str) -> str | None:
    """The one year that the title of a report tells of (``2019年工作情况的报告``); a government's report bears the year
    in which it was given."""
    if title is None or default != "actual" or text.find("政府工作报告", title.start, title.end) >= 0:
        return None
    years = set(_TITLE_YEAR.findall(text, title.start, title.end))
    return str(years.pop()) if len(years) == 1 else None


def tense_of(time: str | None, written: Day) -> str:
    """``past`` or ``future`` where a time ended before the document was written or begins after; else empty."""
    if time is None or written.year is None:
        return ""
    begin, _, end = time.partition("/")
    if end and len(begin) == len(_FULL_DAY):
        # From a day to a day a rule is in force; that tells nothing of what was done.
        return ""
    day = f"{written.year}-{written.month or 0:02d}-{written.day or 0:02d}" if written.month else str(written.year)
    end = end or begin
    if end != ".." and end < day[: len(end)]:
        return "past"
    if begin != ".." and begin > day[: len(begin)]:
        return "future"
    return "future" if end != ".." and end > day[: len(end)] else ""


def valid_until(text: str, count: Mention, setting: Setting, start: int, time: str | None, written: Day) -> str | None:
    """The time of a standard: one that holds until a day (``2027年底前减按50%计征``) has no beginning.

    ``自本政策发布之日起至2027年12月31日`` begins with the day on which the document was ``written``.
    """
    times = _times_before(text, setting, start, count.start)
    until = bool(times) and time is not None and _iso(times[-1]) == time and "/" not in time
    if until and time and written.day and _FROM_ISSUE.search(text, start, times[-1].start):
        since = f"{written.year}-{written.month:02d}-{written.day:02d}"
        # 成文在止期之后的，成文日期不是起点。
        return f"{since}/{time}" if since[: len(time)] <= time else f"../{time}"
    if (
        time
        and times
        and times[-1].rule == "dates.until"
        and not text.startswith("截", times[-1].start)
        and _iso(times[-1]) == time
        and "/" not in time
    ):
        return f"../{time}"
    return time
