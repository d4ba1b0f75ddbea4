"""The heading tree: 第一章, 第一条, 一、（一）1.（1）①, and run-in 一是…二是…, 首先…其次…."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.lines import Line
from extractors.model import Section, Span

__all__ = ["CONTENTS", "Marker", "attachment_names", "contents_lines", "find_marker", "find_sections"]

_NUMERAL = "〇零一二三四五六七八九十百千"
_MARKER = re.compile(
    rf"(?:第 ?[{_NUMERAL}\d]{{1,7}} ?(?:(?P<part>分?编|部分|篇)|(?P<chapter>章)|(?P<division>节))"
    rf"(?=[ ：]|$|[^的、和至第])"
    rf"|(?P<article>第 ?[{_NUMERAL}\d]{{1,7}} ?条(?:之[一二三四五六七八九十])?)"
    rf"(?=[ 【〔（:：]|$|(?![第规所的、和至与及或之中，。]))"
    rf"|(?P<first>[{_NUMERAL}]{{1,4}} ?、)"
    rf"|(?P<second>（ ?[{_NUMERAL}]{{1,4}} ?）)"
    rf"|(?P<third>\d{{1,3}} ?(?:[、．]|\.(?!\d)))"
    rf"|(?P<fourth>（ ?\d{{1,3}} ?）|\d{{1,3}} ?）)"
    rf"|(?P<fifth>[①-⑳]))"
)
_FIRST = frozenset("第（0123456789" + _NUMERAL + "".join(chr(0x2460 + i) for i in range(20)))
# kind -> (rank for nesting, level at the least). Ranks only say what may stand in what.
_KINDS = {
    "part": (0, 1),
    "chapter": (1, 1),
    "division": (2, 2),
    "article": (3, 3),
    "first": (4, 1),
    "second": (5, 2),
    "third": (6, 3),
    "fourth": (7, 4),
    "fifth": (8, 5),
}
_RUN_IN_RANK = 9
_RUN_IN_LEVEL = 5
_LONGEST_HEADING = 60
_LONGEST_LEAD = 45
CONTENTS = re.compile(r"目 *[录次]$")
_NAMES = re.compile(r"附 ?[件表录]：")
_NAME_KINDS = ("first", "third", "fourth")
_CONTENTS_LINES = 400
_DOTS = re.compile(r"[\s.·…-]+\d*$|\s+")

_ORDINALS = "一二三四五六七八九十"
_RUN_IN = re.compile(
    r"(?:(?<=[。；：，、！？\n ”）])|^)(?:(?P<numeral>[一二三四五六七八九十]{1,2})(?:是|要(?!求|件))"
    r"|第(?P<ordinal>[一二三四五六七八九十]{1,2})，|(?P<word>首先|其次|再次|再者|最后)，?)"
)
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}


class Marker(NamedTuple):
    """A heading's marker at the beginning of a line: its kind, and its end within the line."""

    kind: str
    end: int


def find_marker(text: str) -> Marker | None:
    """The marker that a line begins with.

    >>> find_marker("（一）总体要求"), find_marker("1.5万人")
    (Marker(kind='second', end=3), None)
    """
    found = _MARKER.match(text) if text[:1] in _FIRST else None
    return Marker(found.lastgroup or "", found.end()) if found else None


def contents_lines(lines: list[Line], begin: int) -> set[int]:
    """Indices of the lines of tables of contents, which repeat headings and are none."""
    listed: set[int] = set()
    for index in range(begin, len(lines)):
        if lines[index].text[0] == "目" and index not in listed and CONTENTS.match(lines[index].text):
            listed.update(range(index, _contents_end(lines, index)))
    return listed


def _contents_end(lines: list[Line], index: int) -> int:
    """A table of contents ends where its first heading comes again, else with its last heading."""
    last = min(index + _CONTENTS_LINES, len(lines))
    if index + 1 >= last:
        return index + 1
    first = _DOTS.sub("", lines[index + 1].text)
    for end in range(index + 2, last):
        if _DOTS.sub("", lines[end].text) == first:
            return end
    for end in range(index + 1, last):
        marker = find_marker(lines[end].text)
        if marker is None or marker.kind == "article":
            return end
    return last


def attachment_names(lines: list[Line], begin: int) -> set[int]:
    """Indices of the lines 附件：1.… 2.… that name attachments before the sign-off (GB/T 9704-2012 7.3.4)."""
    named: set[int] = set()
    for index in range(begin, len(lines)):
        if (lines[index].text[0] == "附" and _NAMES.match(lines[index].text)) or (
            index - 1 in named and (marker := find_marker(lines[index].text)) and marker.kind in _NAME_KINDS
        ):
            named.add(index)
    return named


def find_sections(
    folded: str, lines: list[Line], skip: set[int], texts: list[Section], signed: int
) -> tuple[Section, ...]:
    """All numbered parts in text order, the whole document first.

    Args:
        lines: the lines in which headings may stand.
        skip: indices of lines that only list headings: a table of contents, the names of attachments.
        texts: attached texts as sections of level 0; numbering starts anew in each.
        signed: where the sign-off begins, which ends every part of the document itself.
    """
    opened: list[tuple[int, int, int, str, Span]] = [(-1, 0, 0, "", Span(0, 0))]
    opened += [(-1, text.start, 0, text.marker, text.title) for text in texts]
    for index, line in enumerate(lines):
        if index not in skip and (marker := find_marker(line.text)):
            rank, level = _KINDS[marker.kind]
            opened.append((rank, line.start, level, line.text[: marker.end].replace(" ", ""), _title(line, marker)))
    opened += _run_in(folded, lines[0].start if lines else len(folded))
    opened.sort(key=lambda part: (part[1], part[0]))
    return tuple(
        part._replace(end=signed) if index and part.start < signed < part.end else part
        for index, part in enumerate(_close(folded, opened))
    )


def _title(line: Line, marker: Marker) -> Span:
    """The heading's words: the rest of a short line, or its first short sentence; empty where the part has none."""
    rest = line.text[marker.end :]
    begin = marker.end + len(rest) - len(rest.lstrip(" ：:"))
    rest = line.text[begin:]
    if marker.kind == "article":
        bracket = re.match(r"[【〔（]([^】〕）]{1,30})[】〕）]", rest)
        return Span(line.start + begin + 1, line.start + begin + bracket.end() - 1) if bracket else _none(line)
    stop = re.search(r"[。；！？]", rest[: _LONGEST_HEADING + 1])
    if stop is None:
        fits = rest and len(rest) <= _LONGEST_HEADING and not rest.endswith(("，", "：", "、"))
        return Span(line.start + begin, line.end) if fits else _none(line)
    lead = rest[: stop.start()]
    if stop[0] == "。" and len(lead) <= _LONGEST_LEAD and (stop.end() < len(rest) or len(lead) <= 25):
        return Span(line.start + begin, line.start + begin + stop.start())
    return _none(line)


def _none(line: Line) -> Span:
    return Span(line.start, line.start)


def _run_in(folded: str, begin: int) -> list[tuple[int, int, int, str, Span]]:
    """Series 一是…二是… that count up from one within a paragraph."""
    parts: list[tuple[int, int, int, str, Span]] = []
    series: list[re.Match[str]] = []
    wanted, form, line_end = 1, "", -1

    def keep() -> None:
        if len(series) > 1:
            parts.extend(
                (_RUN_IN_RANK, m.start(), _RUN_IN_LEVEL, m[0].rstrip("，"), Span(m.start(), m.start())) for m in series
            )

    for found in _RUN_IN.finditer(folded, begin):
        kind = found.lastgroup or ""
        value = _WORDS[found["word"]] if kind == "word" else _value(found["numeral"] or found["ordinal"])
        if value == 1:
            keep()
            series, wanted, form = [found], 2, kind + found[0][-1]
            line_end = folded.find("\n", found.start())
        elif (series and kind + found[0][-1] == form) or (series and kind == "word" == form[:4]):
            same_line = line_end < 0 or found.start() < line_end
            if same_line and (value == wanted or (kind == "word" and value > wanted - 1)):
                series.append(found)
                wanted = value + 1
    keep()
    return parts


def _value(numeral: str) -> int:
    """1 to 19 of 一 to 十九."""
    if len(numeral) == 1:
        return _ORDINALS.index(numeral) + 1
    return 10 + _ORDINALS.index(numeral[1]) + 1 if numeral[0] == "十" else 0


def _close(folded: str, opened: list[tuple[int, int, int, str, Span]]) -> tuple[Section, ...]:
    """Give every part its end and its level: a part ends where one of its own rank or higher begins."""
    ends = [len(folded)] * len(opened)
    levels = [part[2] for part in opened]
    stack: list[int] = []
    for index, (rank, start, level, _, _) in enumerate(opened):
        while len(stack) > 1 and opened[stack[-1]][0] >= rank:
            _end(folded, opened, ends, stack.pop(), start)
        levels[index] = 0 if rank < 0 else max(level, levels[stack[-1]] + 1)
        stack.append(index)
    while len(stack) > 1:
        _end(folded, opened, ends, stack.pop(), len(folded))
    return tuple(
        Section(start, end, level, marker, title)
        for (_, start, _, marker, title), end, level in zip(opened, ends, levels, strict=True)
    )


def _end(folded: str, opened: list[tuple[int, int, int, str, Span]], ends: list[int], index: int, limit: int) -> None:
    """A run-in part ends with its paragraph at the latest."""
    if opened[index][0] == _RUN_IN_RANK:
        line_end = folded.find("\n", opened[index][1])
        limit = min(limit, line_end if line_end >= 0 else limit)
    ends[index] = min(ends[index], limit)
