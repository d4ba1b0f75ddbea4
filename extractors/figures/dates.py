"""TIME: dates and periods, with the words that bound them (``截至2023年底``, ``“十四五”以来``), and their ISO form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.figures.date_parts import Day, Interval, iso_of, join, read_point
from extractors.figures.named_periods import TimeSpan, named_periods
from extractors.figures.numerals import chinese_number
from extractors.model import Document, Found, Mention

__all__ = ["find", "written_day"]

_HAN = "一二三四五六七八九"
_YEAR = rf"(?:(?:19|20)\d{{2}}|[一二][〇零{_HAN}OoО]{{3}}|(?:1[89]|20)\d ?\d)"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_HAN}元])"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[{_HAN}]?|[{_HAN}]|廿[{_HAN}]?)"
_HOUR = rf"(?:\d{{1,2}}|二?十[{_HAN}]?|[{_HAN}〇零])"
_CLOCK = (
    r"(?: ?(?:上午|下午|晚上?|凌晨|中午|早上?|清晨|夜间)? ?"
    rf"(?:{_HOUR} ?[时点](?: ?(?:\d{{1,2}}|[二三四五]?十?[{_HAN}]?) ?分)?(?:整)?|\d{{1,2}}:\d{{2}}(?::\d{{2}})?))"
)
_DAY_PART = rf" ?{_DAY} ?[日号](?!令|文|楼|线|院|机|桥|厂|路|站|地)"
_SHORT = (
    rf"{_MONTH} ?月(?![龄球饼租供薪均经票嫂子度]|革命)"
    rf"(?: ?份|{_DAY_PART}{_CLOCK}?| ?[上中下]旬| ?[底末初](?![期次]))?"
)
_SEASON = r"(?:(?:[上下]半年|第? ?[一二三四1-4] ?季度|前[一二三]个?季度)[末底]?)"
_PART_OF_YEAR = rf"度(?![假量])| ?年?[底末初](?![期次])| ?年?中(?![国央小心学等共华])| ?年内|{_SEASON}| ?{_SHORT}"
_POINT = (
    rf"(?:{_YEAR} ?年(?!级)(?:{_PART_OF_YEAR})?"
    rf"|(?:今年|去年|前年|明年|后年|本年(?!度)|上年(?= ?[底末初\d{_HAN}十]))(?:{_PART_OF_YEAR})?)"
)
_DASHED = (
    r"(?:19|20)\d{2}(?P<sep>[-./])(?:1[0-2]|0?[1-9])(?P=sep)"
    r"(?:(?:3[01]|[12]\d|0?[1-9])(?!\d)|(?:3[01]|[012]\d)(?=\d\d:\d\d))"
)
_RANGE = r" ?(?:起?至|到|-{1,2}|~{1,2}) ?"
# Tried only where _ANCHOR has found a number before 年, 月 or a range, so that most of the text costs one look.
_DATE = re.compile(
    rf"(?:{_YEAR}(?: ?年)?{_RANGE}{_YEAR} ?年(?:度)?(?!{_MONTH} ?月)"
    rf"|{_YEAR} ?年 ?{_MONTH}(?: ?月)?{_RANGE}{_MONTH} ?月(?![龄份]|{_DAY_PART})"
    rf"|{_MONTH}{_RANGE}{_MONTH} ?月(?![龄份]|{_DAY_PART})"
    rf"|(?:{_POINT}|{_SHORT}|{_SEASON})"
    rf"(?:{_RANGE}(?:当月|同月|次年|当年|同年)?(?:{_POINT}|{_SHORT}|{_DAY_PART}{_CLOCK}?|{_SEASON}))?"
    rf"|{_DASHED}(?:{_RANGE}(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d))?)"
)
_ANCHOR = re.compile(
    # Not far: a page of digits must not be read once for each of them. No look behind, which would stop the quick scan.
    rf"[\d〇零{_HAN}十元OoО][\d〇零{_HAN}十OoО ]{{0,12}}(?:[年月季]|[-~至到./])"
    r"|[今去明后]年|前年|本年|上年|上半年|下半年|第 ?[一二三四1-4] ?季度|前[一二三]个?季度"
)
_AFTER = re.compile(
    r" ?(?:以来|开始|期间|年内|(?:之|以)[前后]|起(?![草诉因点来程])|前(?![往期置述款])|后(?![续勤果备])|止"
    r"|内(?![部容外设环地陆蒙涵河审控]))"
)
_SINCE = ("以来", "起", "开始", "后", "之后", "以后")
_BEFORE = re.compile(r"(?:截至到?|截止到?|截止至|自从?|从|到)$")
_NO_FRONT = re.compile(r"(?:[来各独]自|[达报直收得受回找遇感送做]到)$")
_FROM = ("自", "从", "自从")
_MORE_DAYS = re.compile(rf" ?(?:和|、|及|，|与|或|以及|至|-) ?({_DAY} ?日(?:{_CLOCK})?)(?![内以前后之])")
_EACH = re.compile(r"每(?:年|月|个|季度|学年|周)?的?$|每年[^，。；]{0,6}$")
_RECURRING = re.compile(r"(?:当年|次年|翌年|每年|该年|上一?年|年度|同年)的?$")
# 一九八〇年223号文件 is a document, not a date.
_FILE_NUMBER = re.compile(r" ?第? ?\d+ ?号")
_CLOCK_ALONE = re.compile(
    rf"\d\d? ?[时点] ?\d{{1,2}} ?分|\d\d?:\d{{2}}(?::\d{{2}})?|[{_HAN}十]{{1,3}}[时点][{_HAN}十]{{1,3}}分"
)
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?年")
_ARTICLE = re.compile(r"\n ?第[一二三四五六七八九十百]+条")
_PAST_YEARS = re.compile(rf"过去的?([{_HAN}十])个?年")
_REPORTING_MONTHS = 4
_UNDATED = Day(None, None, None)


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """Dates and periods of the document in text order; times of day alone are claimed, not returned."""
    text = doc.folded
    written = written_day(doc)
    periods = [_years_past(text, period, written) for period in named_periods(text, found)]
    for period in periods:
        found.claim(period.start, period.end)
    dates = list(_dates(doc, found, written))
    for clock in _CLOCK_ALONE.finditer(text):
        found.claim(clock.start(), clock.end())
    for start, end, iso, rule in sorted([*periods, *dates], key=lambda time: time[:2]):
        yield Mention(start, end, "TIME", f"dates.{rule}", 0.95 if iso else 0.8, {"iso": iso})


def _years_past(text: str, period: TimeSpan, written: Day) -> TimeSpan:
    """过去一年 and 过去五年 in a report made in the first months of a year are the years before it."""
    match = _PAST_YEARS.match(text, period.start) if period.rule == "loose" else None
    years = chinese_number(match[1]) if match else None
    if not years or not written.year or (written.month or 12) > _REPORTING_MONTHS:
        return period
    first, last = written.year - int(years), written.year - 1
    return period._replace(iso=str(last) if first == last else f"{first}/{last}")


def written_day(doc: Document) -> Day:
    """The day the document is written, as far as it tells: 成文日期, else the page's date, else a full date at its end
    or head, else the year of its title, else the one year that the text names."""
    for name in ("date", "published", "printed_date"):
        if span := doc.layout.first(name):
            point = read_point(doc.folded[span.start : span.end].strip(), _UNDATED)
            if point and point.start.year:
                return point.start
    for stretch in (doc.folded[-400:], doc.folded[:300]):
        points = [read_point(match[0], _UNDATED) for match in _matches(stretch)]
        if full := [point.start for point in points if point and point.start.day and point.start.year]:
            return full[-1]
    return _title_year(doc) or _only_year(doc.folded) or _UNDATED


def _only_year(text: str) -> Day | None:
    years = set(_TITLE_YEAR.findall(text)) if "今年" in text else set()
    return Day(int(years.pop()), None, None) if len(years) == 1 else None


def _title_year(doc: Document) -> Day | None:
    """The year that the title is about (``2019年部分节假日安排``), where it names just one."""
    span = doc.layout.first("title")
    head = doc.folded[span.start : span.end] if span else doc.folded[:40].partition("\n\n")[0]
    years = set(_TITLE_YEAR.findall(head))
    return Day(int(years.pop()), None, None) if len(years) == 1 else None


def _matches(text: str) -> Iterator[re.Match[str]]:
    end = 0
    for anchor in _ANCHOR.finditer(text):
        start = anchor.start()
        if start < end or (start and text[start - 1].isdigit() and text[start].isdigit()):
            continue
        # A run of digits may hold more than the date (一九八〇年 in 第二、一九八〇年).
        if match := _DATE.match(text, start):
            end = match.end()
            yield match


def _dates(doc: Document, found: Found, written: Day) -> Iterator[TimeSpan]:
    text = doc.folded
    # In a law, days without a year are days of every year.
    about = _UNDATED if _is_law(text) else _title_year(doc) or written
    last: Day | None = None
    paragraph = 0
    for match in _matches(text):
        start, end = match.span()
        if not found.is_free(start, end):
            continue
        if (line := text.rfind("\n", paragraph, start)) >= paragraph:
            paragraph, last = line + 1, None
        if _is_no_date(text, start, match[0]) or _FILE_NUMBER.match(text, end):
            found.claim(start, end)
            continue
        recurring = _RECURRING.search(text, max(0, start - 4), start)
        context = last if last and last.year else _UNDATED if recurring else about
        interval = _interval(match[0], context, written)
        if interval is None:
            continue
        last = interval.end or interval.start
        time = _bounded(text, start, end, interval)
        found.claim(time.start, time.end)
        yield time
        for day in _further_days(text, time.end, last, found):
            last = day[0]
            yield day[1]


def _is_law(text: str) -> bool:
    return sum(1 for _ in zip(range(5), _ARTICLE.finditer(text), strict=False)) == 5


def _further_days(text: str, position: int, last: Day, found: Found) -> Iterator[tuple[Day, TimeSpan]]:
    """Days that take month and year from the date before them (``2004年4月13日和15日``)."""
    while last.day and (more := _MORE_DAYS.match(text, position)):
        point = read_point(more[1], last)
        if point is None or not found.is_free(more.start(1), more.end(1)):
            return
        last, position = point.start, more.end()
        found.claim(more.start(1), position)
        yield last, TimeSpan(more.start(1), position, iso_of(point), "day")


def _is_no_date(text: str, start: int, matched: str) -> bool:
    """A day of every year (``每年9月1日``), or a month that is part of a duration, an address or a name."""
    before = text[max(0, start - 12) : start]
    if before.endswith(("/", "=", "（含")):
        return True
    if "年" in matched[:6] or matched[:2] in ("19", "20"):
        return False
    if before.endswith("“") and matched.endswith("月"):
        return True
    if matched.endswith("半年"):
        return not before or "一" <= before[-1] <= "鿿"
    return bool(_EACH.search(before)) or before.endswith(("第", "个", "每", "一"))


def _interval(matched: str, context: Day, written: Day) -> Interval | None:
    """The interval that a date or range covers; a range's second half takes what it leaves out from the first."""
    dashed = re.match(_DASHED, matched)
    parts = re.split(r" ?(?:起?至|到|~) ?" if dashed else _RANGE, matched, maxsplit=1)
    if len(parts) == 1:
        return read_point(matched, context, written)
    if re.fullmatch(_YEAR, parts[0].strip()):
        parts[0] += "年"
    elif re.fullmatch(rf"(?:{_YEAR} ?年 ?)?{_MONTH}", parts[0].strip()):
        parts[0] += "月"
    first = read_point(parts[0], context, written)
    second = read_point(parts[1], first.start, written) if first else None
    return join(first, second) if first and second else first


def _bounded(text: str, start: int, end: int, interval: Interval) -> TimeSpan:
    """The span with its boundary words, and the ISO form they give it."""
    before = _BEFORE.search(text, max(0, start - 4), start)
    after = _AFTER.match(text, end)
    word = after[0].strip() if after else ""
    front = before[0] if before and not _NO_FRONT.search(text, max(0, start - 4), start) else ""
    if word == "开始" and front not in _FROM:
        word, after = "", None
    if front in _FROM and not (word in _SINCE or interval.end):
        front = ""
    finish = after.end() if after else end
    if word in _SINCE:
        since = iso_of(interval.start_only())
        return TimeSpan(start - len(front), finish, since and f"{since}/..", "since")
    until = word in ("前", "之前", "以前", "止") or front.startswith("截")
    rule = "until" if until else "range" if interval.end else "point"
    return TimeSpan(start - len(front), finish, iso_of(interval), rule)
