"""Parts of a date to ISO: years, months, days, ends and beginnings of periods, clock times."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from extractors.figures.numerals import chinese_number

__all__ = ["Day", "Interval", "iso_of", "join", "read_point"]


class Day(NamedTuple):
    """A date as exact as the text has it; ``clock`` is ``T20:40``."""

    year: int | None
    month: int | None
    day: int | None
    clock: str = ""


class Interval(NamedTuple):
    """From ``start`` to ``end``; ``end`` is None where the start alone is the date (a year, a month, a day)."""

    start: Day
    end: Day | None

    def start_only(self) -> Interval:
        return Interval(self.start, None)


_ODD_ZERO = str.maketrans({"零": "〇", "O": "〇", "o": "〇", "О": "〇"})
_HAN = "一二三四五六七八九"
_POINT = re.compile(
    rf" ?(?:(?P<year>\d ?\d ?\d ?\d|[一二][〇零OoО{_HAN}]{{3}}) ?年?"
    r"|(?P<relative>今年|去年|前年|明年|后年|本年|上年|次年|当年|同年)|当月|同月)?(?P<yearly>度| ?年内)?"
    rf"(?: ?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[{_HAN}元]) ?月份?)?"
    rf"(?: ?(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二?十[{_HAN}]?|[{_HAN}]|廿[{_HAN}]?) ?[日号])?"
    r"(?P<part> ?年?[底末初中]|[上中下]旬|(?:[上下]半年|第? ?[一二三四1-4] ?季度|前[一二三]个?季度)[末底]?)?"
    r"(?: ?(?P<half>上午|下午|晚上?|凌晨|中午|早上?|清晨|夜间)? ?"
    rf"(?P<hour>\d{{1,2}}|[{_HAN}十〇零]{{1,3}}) ?[时点:](?: ?(?P<minute>\d{{1,2}}|[{_HAN}十]{{1,3}}))?.*)?$"
)
_DASHED = re.compile(r"((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})$")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}


def _number(text: str | None) -> int | None:
    if not text:
        return None
    text = text.replace(" ", "").translate(_ODD_ZERO)
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    value = chinese_number(text.replace("廿", "二十"))
    return int(value) if value is not None else None


def read_point(text: str, context: Day, written: Day | None = None) -> Interval | None:
    """The interval that one date covers; what it leaves out (year, month) is taken from ``context``.

    今年 and 去年 count from the day the document was ``written``, 上年 from the date before it. None where the text is
    no date, or has no day of that number.
    """
    if dashed := _DASHED.match(text.strip()):
        return _checked(Day(int(dashed[1]), int(dashed[2]), int(dashed[3])))
    match = _POINT.match(text.strip())
    if match is None or not match[0].strip():
        return None
    year = _number(match["year"])
    if match["relative"] == "上年" and match["yearly"]:
        return Interval(Day(None, None, None), None)
    if year is None:
        base = written.year if written else None
        if match["relative"] == "上年" and context.year:
            # 截至2023年底…，比上年末: the year before the one spoken of.
            year = context.year - 1
        elif match["relative"] in _RELATIVE:
            year = base + _RELATIVE[match["relative"]] if base else None
        elif match["relative"] == "次年":
            year = context.year + 1 if context.year else None
        else:
            year = context.year
    month, day = _number(match["month"]), _number(match["day"])
    if month is None and day is not None:
        month = context.month
    part = (match["part"] or "").strip()
    if part:
        return _part(Day(year, month, None), part)
    return _checked(Day(year, month, day, _clock(match)))


def _checked(day: Day) -> Interval | None:
    if day.month and not 1 <= day.month <= 12:
        return None
    if day.day and day.month and not 1 <= day.day <= calendar.monthrange(day.year or 2000, day.month)[1]:
        return None
    return Interval(day, None)


def _clock(match: re.Match[str]) -> str:
    hour = _number(match["hour"])
    if hour is None:
        return ""
    if match["half"] and match["half"][0] in "下晚夜" and hour < 12:
        hour += 12
    return f"T{hour:02d}:{_number(match['minute']) or 0:02d}"


def _part(day: Day, part: str) -> Interval | None:
    """Beginnings, ends and stretches of a year or month: 底, 下旬, 上半年, 第三季度."""
    year, month = day.year, day.month
    days = calendar.monthrange(year or 2000, month)[1] if month else 31
    if part[:-1].endswith(("半年", "季度")):
        stretch = _part(day, part[:-1])
        end = stretch.end if stretch else None
        last = calendar.monthrange(year or 2000, end.month)[1] if end and end.month else None
        return Interval(end._replace(day=last), None) if end else None
    if part[-1] in "底末":
        return Interval(Day(year, month or 12, days), None)
    if part[-1] == "初":
        return Interval(Day(year, month or 1, None), None)
    if part[-1] == "中":
        return Interval(Day(year, 6, None), None) if not month else Interval(Day(year, month, None), None)
    if part.endswith("旬") and month:
        first, last = {"上": (1, 10), "中": (11, 20), "下": (21, days)}[part[0]]
        return Interval(Day(year, month, first), Day(year, month, last))
    if part.endswith("半年"):
        first, last = (1, 6) if part[0] == "上" else (7, 12)
    elif part.startswith("前"):
        first, last = 1, 3 * (_number(part[1]) or 1)
    else:
        quarter = _number(part.lstrip("第 ")[0]) or 1
        first, last = 3 * quarter - 2, 3 * quarter
    return Interval(Day(year, first, None), Day(year, last, None))


def join(first: Interval, second: Interval) -> Interval:
    """The interval from the beginning of ``first`` to the end of ``second``; clock times stay with single dates."""
    return Interval(first.start._replace(clock=""), (second.end or second.start)._replace(clock=""))


def _iso(day: Day) -> str | None:
    if day.year is None:
        return None
    if day.month is None:
        return f"{day.year}"
    if day.day is None:
        return f"{day.year}-{day.month:02d}"
    return f"{day.year}-{day.month:02d}-{day.day:02d}{day.clock}"


def iso_of(interval: Interval) -> str | None:
    """``2023``, ``2023-05-21``, ``1997-04/1997-06``; None where the year is not known."""
    start = _iso(interval.start)
    if interval.end is None or start is None:
        return start
    return f"{start}/{_iso(interval.end)}"
