"""TIME: dates and periods, with the words that bound them (``截至2023年底``, ``“十四五”以来``), and their ISO form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.date_parts import Day, Interval, iso_of, join, read_point
from extractors.model import Document, Found, Mention
from ontology import table

__all__ = ["find"]

_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇零一二三四五六七八九OoО]{3}|(?:1[89]|20)\d ?\d)"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)"
_CLOCK = (
    r"(?: ?(?:上午|下午|晚上?|凌晨|中午|早上?|清晨|夜间)? ?"
    r"(?:\d{1,2} ?[时点](?: ?\d{1,2} ?分)?(?:整)?|\d{1,2}:\d{2}(?::\d{2})?|(?:二?十[一二三四五六七八九]?|[一二三四五六七八九〇零])[时点](?:[二三四五]?十?[一二三四五六七八九]?分)?))"
)
_DAY_PART = rf" ?{_DAY} ?[日号](?!令|文|楼|线|院|机|桥|厂|路|站|地)"
_MONTH_TAIL = rf"(?: ?份|{_DAY_PART}{_CLOCK}?| ?[上中下]旬| ?[底末初](?![期次])| ?中旬)"
_SHORT = rf"{_MONTH} ?月(?![龄球饼租供薪均经票嫂子度]|革命){_MONTH_TAIL}?"
_SEASON = r"(?:[上下]半年|前?[一二三四1-4]个?季度|第 ?[一二三四1-4] ?季度|[一二三四](?:季度)|前三季度)"
_RELATIVE = r"(?:今年|去年|前年|明年|后年|本年度?|上年|上一?年度|本世纪(?:初|末|中叶|头\d*[十]?年)|上世纪|[12]\d世纪)"
_POINT = (
    rf"(?:{_YEAR} ?年(?![级])(?:度(?![假量])| ?年?[底末初](?![期次])| ?年?中(?![国央小心学等共华])| ?年内|{_SEASON}| ?{_SHORT})?"
    rf"|(?:今年|去年|前年|明年|后年|本年(?![度])|上年(?= ?[底末初\d一二三四五六七八九十]))(?:度| ?年?[底末初]| ?年?中(?!国)| ?年内|{_SEASON}| ?{_SHORT})?)"
)
_DASHED = r"(?:19|20)\d{2}(?P<sep>[-./])(?:1[0-2]|0?[1-9])(?P=sep)(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_RANGE = r" ?(?:起?至|到|起到|-{1,2}|~{1,2}) ?"
_TAIL = (
    r"(?: ?(?:以来|开始|期间|(?:之|以)[前后]|[起前后止](?![草诉因点诉来程往期置述续勤果备])|[起止]|年?内(?![部容外设环地陆蒙涵河审控]))|(?=$))"
)
_DATE = re.compile(
    rf"(?<!\d)(?:{_YEAR}(?: ?年)?{_RANGE}{_YEAR} ?年(?:度)?(?!{_MONTH} ?月)"
    rf"|{_YEAR} ?年 ?{_MONTH}(?: ?月)?{_RANGE}{_MONTH} ?月(?![龄份]|{_DAY_PART})"
    rf"|(?:{_POINT}|{_SHORT}|(?<![一-鿿每])第?[一二三四]季度|(?<![每一-鿿])[上下]半年)(?:{_RANGE}(?:当月|同月|次年|当年|同年)?(?:{_POINT}|{_SHORT}|{_DAY_PART}{_CLOCK}?|{_SEASON}))?"
    rf"|{_DASHED}(?:{_RANGE}(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d))?)"
)
_AFTER = re.compile(r" ?(?:以来|开始|期间|年内|(?:之|以)[前后]|起(?![草诉因点来程])|前(?![往期置述款])|后(?![续勤果备])|止|内(?![部容外设环地陆蒙涵河审控]))")
_BEFORE = re.compile(r"(?:截至到?|截止到?|截止至|自|(?<!来)自从|(?<![来各独])自|从|(?<![达报直收得受回找遇感送做])到(?=$))$")
_FROM = ("自", "从", "自从")
_MORE_DAYS = re.compile(rf" ?(?:和|、|及|，|与|或|以及|至|-) ?({_DAY} ?日(?:{_CLOCK})?)(?![内以前后之])")
_DECADE = re.compile(r"(?:(?P<century>(?:20|二十)世纪|上(?:个)?世纪|19)? ?(?P<decade>[二三四五六七八九]十|[2-9]0)年代)(?:初期?|中期|末期?|后期|以来|中后期)?")
_SPAN = re.compile(
    r"(?:(?:最?近|过去的?|未来|今后)(?:[一二两三四五六七八九十]+|\d{1,2})(?:个?年(?![级制期])|个月|天|个?季度|个?五年)(?:多)?(?:来|间|里|以来|时间)?(?!以?内|之内))"
    r"|(?<![\d〇零一二三四五六七八九])(?:[一二两三四五六七八九十]{1,3}|\d{1,2})(?:多)?年(?:多)?(?:以)?来|今明两年|今后一个时期|当前和今后一个时期|改革开放(?:[一二两三四五六七八九十]+|\d{1,2})?多?年?以?来|新中国成立以来|新冠(?:肺炎)?疫情(?:防控)?期间|疫情(?:防控)?期间"
)
_EACH = re.compile(r"每(?:年|月|个|季度|学年|周)?(?:的)?$|每年[^，。；]{0,6}$")
_CLOCK_ALONE = re.compile(r"\d{1,2} ?[时点] ?\d{1,2} ?分|\d{1,2}:\d{2}(?::\d{2})?|[一二三四五六七八九十]{1,3}[时点][一二三四五六七八九十]{1,3}分")


_RECURRING = re.compile(r"(?:当年|次年|翌年|每年|该年|上一?年|年度|同年)的?$")
# 一九八〇年223号文件 is a document, not a date.
_FILE_NUMBER = re.compile(r" ?第? ?\d+ ?号")
_TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?年")
_ARTICLE = re.compile(r"^ ?第[一二三四五六七八九十百]+条", re.M)


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """Dates and periods of the document in text order; times of day alone are claimed, not returned."""
    text = doc.folded
    written = _written(doc)
    spans = sorted([*_plan_periods(text, found), *_decades(text, found), *_loose_periods(text, found)])
    for start, end, _, _ in spans:
        found.claim(start, end)
    dates = list(_dates(text, found, written, _title_year(doc) or written))
    for clock in _CLOCK_ALONE.finditer(text):
        found.claim(clock.start(), clock.end())
    for start, end, iso, rule in sorted([*spans, *dates]):
        yield Mention(start, end, "TIME", f"dates.{rule}", 0.95 if iso else 0.8, {"iso": iso})


Read = tuple[int, int, "str | None", str]


def _written(doc: Document) -> Day:
    """The day the document is written, as far as it tells: 成文日期, else the page's date, else its last full date."""
    unknown = Day(None, None, None)
    for name in ("date", "published", "printed_date"):
        if span := doc.layout.first(name):
            point = read_point(doc.folded[span.start : span.end].strip(), unknown)
            if point and point.start.year:
                return point.start
    for stretch in (doc.folded[-400:], doc.folded[:300]):
        days = [point.start for match in _DATE.finditer(stretch) if (point := read_point(match[0], Day(None, None, None)))]
        full = [day for day in days if day.day and day.year]
        if full:
            return full[-1]
    return _title_year(doc) or Day(None, None, None)


def _title_year(doc: Document) -> Day | None:
    """The year that the title is about (``2019年部分节假日安排``), where it names just one."""
    span = doc.layout.first("title")
    years = set(_TITLE_YEAR.findall(doc.folded[span.start : span.end] if span else doc.folded[:40]))
    return Day(int(years.pop()), None, None) if len(years) == 1 else None


def _dates(text: str, found: Found, written: Day, about: Day) -> Iterator[Read]:
    last: Day | None = None
    paragraph = 0
    undated = Day(None, None, None)
    if len(_ARTICLE.findall(text, 0, 20000)) > 4:
        # A law's days without a year are days of every year.
        about = undated
    for match in _DATE.finditer(text):
        start, end = match.span()
        if not found.is_free(start, end):
            continue
        if (line := text.rfind("\n", paragraph, start)) >= paragraph:
            paragraph, last = line + 1, None
        if _is_no_date(text, start, match[0]) or _FILE_NUMBER.match(text, end):
            found.claim(start, end)
            continue
        context = last if last and last.year else undated if _RECURRING.search(text[max(0, start - 6) : start]) else about
        interval = _interval(match[0], context, written)
        if interval is None:
            continue
        last = interval.end or interval.start
        begin, finish, iso, rule = _bounded(text, start, end, interval)
        found.claim(begin, finish)
        yield begin, finish, iso, rule
        while more := _MORE_DAYS.match(text, finish):
            point = read_point(more[1], last) if last.day else None
            if point is None or not found.is_free(more.start(1), more.end(1)):
                break
            last, finish = point.start, more.end()
            found.claim(more.start(1), finish)
            yield more.start(1), finish, iso_of(point), "day"


def _is_no_date(text: str, start: int, matched: str) -> bool:
    """A day of every year (``每年9月1日``), or a month that is part of a duration or a name."""
    if start and (text[start - 1] in "/=" or text.startswith("（含", start - 2)):
        return True
    if "年" in matched[:6] or matched[:2] in ("19", "20"):
        return False
    if matched in ("一月", "三月", "六月") and text[start - 1 : start] == "“":
        return True
    return bool(_EACH.search(text[max(0, start - 12) : start])) or text[start - 1 : start] in ("第", "个", "每", "一")


def _interval(matched: str, context: Day, written: Day) -> Interval | None:
    """The interval that a matched date or range covers; a range's second half takes what it leaves out from the first."""
    dashed = re.match(_DASHED, matched)
    parts = re.split(r" ?(?:起?至|到|~) ?" if dashed else _RANGE, matched, maxsplit=1)
    if len(parts) == 2:
        if re.fullmatch(_YEAR, parts[0].strip()):
            parts[0] += "年"
        elif re.fullmatch(rf"{_YEAR} ?年 ?{_MONTH}", parts[0].strip()):
            parts[0] += "月"
        first = read_point(parts[0], context, written)
        second = read_point(parts[1], first.start, written) if first else None
        return join(first, second) if first and second else first
    return read_point(matched, context, written)


def _bounded(text: str, start: int, end: int, interval: Interval) -> Read:
    """The span with its boundary words, and the ISO form they give it."""
    before = _BEFORE.search(text[max(0, start - 4) : start])
    after = _AFTER.match(text, end)
    word = after[0].strip() if after else ""
    front = before[0] if before else ""
    if front in _FROM and not (word in ("起", "以来", "开始", "之后", "以后", "后") or interval.end):
        front = ""
    if word in ("以来", "起", "开始", "后", "之后", "以后"):
        since = iso_of(interval.start_only())
        iso, rule = since and f"{since}/..", "since"
    elif word in ("前", "之前", "以前") or front.startswith("截"):
        iso, rule = iso_of(interval), "until"
    else:
        iso, rule = iso_of(interval), "range" if interval.end else "point"
    finish = after.end() if after else end
    if word in ("止",) and not interval.end:
        rule = "until"
    return start - len(front), finish, iso, rule


@cache
def _periods() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    rows = {row["name"]: (row["start"], row["end"]) for row in table("periods")}
    names = "|".join(sorted(map(re.escape, rows), key=len, reverse=True))
    return (
        re.compile(
            rf"(?P<front>到|截至|自|从)?(?P<open>[“\"『「]?)(?P<name>{names})(?P<close>[”\"』」]?)(?P<word>以来|[期时]间?期?间?|时期|期末|末期?|初期?|中期|后期|前期|开局之年|收官之年)?"
        ),
        rows,
    )


def _plan_periods(text: str, found: Found) -> Iterator[Read]:
    """Five-year plans and named periods (``“十四五”期间``). A plan's name alone is claimed: it is no number."""
    pattern, rows = _periods()
    for match in pattern.finditer(text):
        if not found.is_free(*match.span("name")):
            continue
        start, end = rows[match["name"]]
        word = match["word"] or ""
        plan = end != ".."
        quoted = bool(match["open"] and match["close"])
        if plan and not quoted and match["name"] in ("一五", "二五", "三五", "四五", "五五", "六五", "七五", "八五", "九五", "十五"):
            continue
        if word in ("以来",) or (not plan and word):
            iso = f"{start}/.."
        elif word in ("期间", "时期"):
            iso = f"{start}/{end}"
        elif word.startswith("末") or word in ("期末", "收官之年"):
            iso = end
        elif word.startswith("初") or word == "开局之年":
            iso = start
        elif word:
            iso = f"{start}/{end}"
        else:
            found.claim(*match.span("name"))
            continue
        begin = match.start("open") if not match["front"] or match["front"] in ("自", "从") else match.start()
        yield begin, match.end(), iso, "period"


def _decades(text: str, found: Found) -> Iterator[Read]:
    for match in _DECADE.finditer(text):
        if found.is_free(*match.span()):
            tens = match["decade"][0]
            decade = int(tens) if tens.isdigit() else "〇一二三四五六七八九".index(tens)
            end = ".." if match[0].endswith("以来") else f"19{decade}9"
            yield match.start(), match.end(), f"19{decade}0/{end}", "decade"


def _loose_periods(text: str, found: Found) -> Iterator[Read]:
    """Periods that move with the reader (``近三年``, ``未来五年``): a time, without an ISO form."""
    for match in _SPAN.finditer(text):
        if found.is_free(*match.span()):
            yield match.start(), match.end(), None, "loose"
