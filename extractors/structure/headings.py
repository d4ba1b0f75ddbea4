"""Headings at the beginning of a line: 第一章, 第一条, 一、（一）1.（1）①; and lines that only list headings."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.structure.lines import Line

__all__ = ["CONTENTS", "Marker", "attachment_names", "contents_lines", "find_marker"]

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
CONTENTS = re.compile(r"目 *[录次]$")
_NAMES = re.compile(r"附 ?[件表录]：")
_NAME_KINDS = ("first", "third", "fourth")
_CONTENTS_LINES = 400
_DOTS = re.compile(r"[\s.·…-]+\d*$|\s+")


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
