"""The tree of numbered parts: 章, 条, 一、（一）1.（1）①, run-in 一是…二是… and 首先…其次…, attached texts."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.model import Section, Span
from extractors.structure.headings import Marker, find_marker
from extractors.structure.lines import Line

__all__ = ["find_sections"]

# kind -> (rank for nesting, level at the least). A rank only says what may stand in what.
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
_TEXT_RANK = -1
_ARTICLE_RANK = 3
_RUN_IN_RANK = 9
_RUN_IN_LEVEL = 5
_LONGEST_HEADING = 60
_LONGEST_LEAD = 45
_SHORT_HEADING = 25

_ORDINALS = "一二三四五六七八九十"
_RUN_IN = re.compile(
    r"(?:(?<=[。；：，、！？\n ”）])|^)(?:(?P<numeral>[一二三四五六七八九十]{1,2})(?P<verb>是|要(?!求|件))"
    r"|第(?P<ordinal>[一二三四五六七八九十]{1,2})，|(?P<word>首先|其次|再次|再者|最后)，?)"
)
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}


class _Part(NamedTuple):
    """A part before its end is known."""

    rank: int
    start: int
    level: int
    marker: str
    title: Span


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
    parts = [_Part(_TEXT_RANK, 0, 0, "", Span(0, 0))]
    parts += [_Part(_TEXT_RANK, text.start, 0, text.marker, text.title) for text in texts]
    for index, line in enumerate(lines):
        if index not in skip and (marker := find_marker(line.text)):
            rank, level = _KINDS[marker.kind]
            name = line.text[: marker.end].replace(" ", "")
            parts.append(_Part(rank, line.start, level, name, _title(line, marker)))
    parts += _run_in(folded, lines[0].start if lines else len(folded))
    parts.sort(key=lambda part: (part.start, part.rank))
    return tuple(
        part._replace(end=signed) if index and part.start < signed < part.end else part
        for index, part in enumerate(_close(folded, parts))
    )


def _title(line: Line, marker: Marker) -> Span:
    """The heading's words: the rest of a short line, or its first short sentence; empty where the part has none."""
    rest = line.text[marker.end :]
    begin = marker.end + len(rest) - len(rest.lstrip(" ：:"))
    rest = line.text[begin:]
    none = Span(line.start, line.start)
    if marker.kind == "article":
        bracket = re.match(r"[【〔（]([^】〕）]{1,30})[】〕）]", rest)
        return Span(line.start + begin + 1, line.start + begin + bracket.end() - 1) if bracket else none
    stop = re.search(r"[。；！？]", rest[: _LONGEST_HEADING + 1])
    if stop is None:
        fits = rest and len(rest) <= _LONGEST_HEADING and not rest.endswith(("，", "：", "、"))
        return Span(line.start + begin, line.end) if fits else none
    lead = rest[: stop.start()]
    if stop[0] == "。" and len(lead) <= _LONGEST_LEAD and (stop.end() < len(rest) or len(lead) <= _SHORT_HEADING):
        return Span(line.start + begin, line.start + begin + stop.start())
    return none


def _run_in(folded: str, begin: int) -> list[_Part]:
    """Series 一是…二是… that count up from one within a paragraph."""
    parts: list[_Part] = []
    series: list[re.Match[str]] = []
    form, last, line_end = "", 0, -1
    for found in _RUN_IN.finditer(folded, begin):
        value = _WORDS[found["word"]] if found["word"] else _value(found["numeral"] or found["ordinal"])
        kind = found["verb"] or ("，" if found["ordinal"] else "先")
        if value == 1:
            parts += _series(series)
            series, form, last = [found], kind, 1
            line_end = folded.find("\n", found.start())
            continue
        near = series and kind == form and (line_end < 0 or found.start() < line_end)
        if near and (value == last + 1 or (found["word"] and value > last)):
            series.append(found)
            last = value
    return parts + _series(series)


def _series(found: list[re.Match[str]]) -> list[_Part]:
    """The parts of a series; one alone is none."""
    if len(found) < 2:
        return []
    return [_Part(_RUN_IN_RANK, m.start(), _RUN_IN_LEVEL, m[0].rstrip("，"), Span(m.start(), m.start())) for m in found]


def _value(numeral: str) -> int:
    """1 to 19 of 一 to 十九."""
    if len(numeral) == 1:
        return _ORDINALS.index(numeral) + 1
    return 10 + _ORDINALS.index(numeral[1]) + 1 if numeral[0] == "十" else 0


def _close(folded: str, parts: list[_Part]) -> list[Section]:
    """Give every part its end and its level: a part ends where one of its own rank or higher begins."""
    ends = [len(folded)] * len(parts)
    levels = [part.level for part in parts]
    parents = [0] * len(parts)
    in_article = [False] * len(parts)
    stack = [0]
    for index, part in enumerate(parts[1:], 1):
        while len(stack) > 1 and parts[stack[-1]].rank >= part.rank:
            ends[stack.pop()] = part.start
        above = parents[index] = stack[-1]
        levels[index] = 0 if part.rank == _TEXT_RANK else max(part.level, levels[above] + 1)
        in_article[index] = in_article[above] or parts[above].rank == _ARTICLE_RANK
        stack.append(index)
    _end_with_paragraph(folded, parts, ends, parents, in_article)
    return [
        Section(
            part.start, ends[i], levels[i], part.marker, Span(part.start, part.start) if in_article[i] else part.title
        )
        for i, part in enumerate(parts)
    ]


def _end_with_paragraph(
    folded: str, parts: list[_Part], ends: list[int], parents: list[int], in_article: list[bool]
) -> None:
    """Run-in parts and the 项 of a 条 are one paragraph each: what follows unnumbered belongs to the part above."""
    inner = [0] * len(parts)
    for index in range(len(parts) - 1, 0, -1):
        if parts[index].rank == _RUN_IN_RANK or in_article[index]:
            line_end = folded.find("\n", parts[index].start)
            paragraph = line_end if line_end >= 0 else len(folded)
            ends[index] = min(ends[index], max(paragraph, inner[index]))
        inner[parents[index]] = max(inner[parents[index]], ends[index])
