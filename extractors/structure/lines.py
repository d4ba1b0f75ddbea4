"""The lines of a text: what stands between line breaks, without the white space round it."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Line", "split_lines", "squeeze"]

# Pages that lost their line breaks keep the two-character indent of the next paragraph.
_SOFT_BREAK = re.compile(
    r"(?<=[。；！？]) {2,}(?=[^ ])"
    r"|(?<=：) {2,}(?=[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、])"
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
    lines: list[Line] = []
    begin = 0
    for raw in folded.split("\n"):
        if "  " in raw:
            for start, end in _pieces(raw):
                _append(lines, begin + start, raw[start:end])
        else:
            _append(lines, begin, raw)
        begin += len(raw) + 1
    return lines


def _pieces(raw: str) -> list[tuple[int, int]]:
    """A line parted at lost line breaks."""
    breaks = [(m.start(), m.end()) for m in _SOFT_BREAK.finditer(raw)]
    return list(zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(raw)], strict=True))


def _append(lines: list[Line], begin: int, raw: str) -> None:
    text = raw.strip()
    if text:
        indent = 0 if raw[0] == text[0] else len(raw) - len(raw.lstrip())
        lines.append(Line(begin + indent, begin + indent + len(text), text, indent))


def squeeze(text: str) -> str:
    """The text without any white space: letter-spaced names (``财 政 局``) read as words."""
    return _SPACE.sub("", text)
