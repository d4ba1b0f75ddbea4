"""The lines of a text: what stands between line breaks, without the white space round it."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Line", "split_lines", "squeeze"]

# Pages that lost their line breaks keep the two-character indent of the next paragraph.
_BREAK = re.compile(
    r"\n|(?<=[。；！？]) {2,}(?=[^ \n])|(?<=：) {2,}(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、])"
)
_SPACE = re.compile(r"\s+")


class Line(NamedTuple):
    """A line's ``[start, end)`` without outer white space, its folded text, and its indent in characters."""

    start: int
    end: int
    text: str
    indent: int


def split_lines(folded: str) -> list[Line]:
    """Lines that are not blank, in text order.

    >>> [line.text for line in split_lines("　通知\\n\\n 一、目标。  二、任务 ".replace("　", " "))]
    ['通知', '一、目标。', '二、任务']
    """
    lines = []
    begin = 0
    for stop, after in [*((m.start(), m.end()) for m in _BREAK.finditer(folded)), (len(folded), len(folded))]:
        raw = folded[begin:stop]
        text = raw.strip()
        if text:
            indent = len(raw) - len(raw.lstrip())
            start = begin + indent
            lines.append(Line(start, start + len(text), text, indent))
        begin = after
    return lines


def squeeze(text: str) -> str:
    """The text without any white space: letter-spaced names (``财 政 局``) read as words."""
    return _SPACE.sub("", text)
