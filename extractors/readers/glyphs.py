"""Characters at places on pages (PDF, OFD) made lines again: rows of glyphs, columns, cells.

Lengths are in the page's own unit; y grows upwards. Everything is judged in multiples of the character's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import NamedTuple

__all__ = ["Glyph", "Row", "rows_of"]


class Glyph(NamedTuple):
    """A character, its left and right edge, the height of its middle, and its size."""

    char: str
    left: float
    right: float
    middle: float
    size: float


class Row(NamedTuple):
    """A line of a page: its text (cells apart by a tab), where it stands, and its characters' size."""

    text: str
    left: float
    right: float
    middle: float
    size: float


_SAME_LINE = 0.5
_CELL_GAP = 2.3
_SPACE_GAP = 0.5
_LATIN_GAP = 0.2
_SAME = 0.3
_LATIN = re.compile("[A-Za-z]")
_LEAST_COLUMN_ROWS = 8
_LEAST_COLUMN_CHARS = 10


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """The lines of a page from top to bottom; of a page in two columns, the left column first."""
    lines = [line for line in _lines([glyph for glyph in glyphs if glyph.size > 0]) if line]
    gutter = _gutter(lines)
    if gutter is None:
        return [_row(line) for line in lines]
    rows: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for line in lines:
        if any(glyph.left < gutter < glyph.right for glyph in line):
            rows += [*left, *right, _row(line)]
            left, right = [], []
            continue
        for side, column in (
            ([g for g in line if g.right <= gutter], left),
            ([g for g in line if g.left >= gutter], right),
        ):
            column += [_row(side)] if any(not glyph.char.isspace() for glyph in side) else []
    return [*rows, *left, *right]


def _lines(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs of about one height together, each line from left to right, what is printed twice (mock bold) once."""
    lines: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda g: -g.middle):
        if lines and abs(glyph.middle - middle) <= _SAME_LINE * min(glyph.size, lines[-1][0].size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            middle = glyph.middle
    return [_once(sorted(line, key=lambda g: g.left)) for line in lines]


def _once(line: list[Glyph]) -> list[Glyph]:
    """The glyphs that show something, each once; a space is kept between two of them."""
    kept: list[Glyph] = []
    for glyph in line:
        if glyph.char.isspace():
            if kept and not kept[-1].char.isspace():
                kept.append(glyph)
        elif not kept or glyph.char != kept[-1].char or glyph.left - kept[-1].left > _SAME * (glyph.right - glyph.left):
            kept.append(glyph)
    return kept[:-1] if kept and kept[-1].char.isspace() else kept


def _row(line: list[Glyph]) -> Row:
    """The text of a line, with spaces and tabs where the gaps between its characters are wide."""
    shown = [glyph for glyph in line if not glyph.char.isspace()]
    spaced = {last.left for last, glyph in pairwise(line) if glyph.char.isspace()}
    parts = [shown[0].char]
    for last, glyph in pairwise(shown):
        gap = (glyph.left - last.right) / max(last.size, glyph.size)
        latin = _LATIN.match(last.char) and _LATIN.match(glyph.char)
        if gap > _CELL_GAP:
            parts.append("\t")
        elif gap > (_LATIN_GAP if latin else _SPACE_GAP) or last.left in spaced:
            parts.append(" ")
        parts.append(glyph.char)
    size = median(glyph.size for glyph in shown)
    return Row("".join(parts), shown[0].left, max(g.right for g in shown), shown[0].middle, size)


def _gutter(lines: list[list[Glyph]]) -> float | None:
    """Where the gap between two columns of running text is, None on a page of one column or of tables."""
    lines = [[glyph for glyph in line if not glyph.char.isspace()] for line in lines]
    gaps = [
        (last.right, glyph.left)
        for line in lines
        for last, glyph in pairwise(line)
        if glyph.left - last.right > 1.2 * max(last.size, glyph.size)
    ]
    if len(gaps) < _LEAST_COLUMN_ROWS:
        return None
    middle = median((start + end) / 2 for start, end in gaps)
    sides = [([g for g in line if g.right <= middle], [g for g in line if g.left >= middle]) for line in lines]
    both = [(left, right) for left, right in sides if left and right and right[0].left - left[-1].right > left[-1].size]
    if len(both) < max(_LEAST_COLUMN_ROWS, len(lines) // 2):
        return None
    edge, start = max(left[-1].right for left, _ in both), median(right[0].left for _, right in both)
    full = sum(left[-1].right > edge - 1.5 * left[-1].size for left, _ in both)
    aligned = sum(abs(right[0].left - start) < 2.5 * right[0].size for _, right in both)
    long = median(min(len(left), len(right)) for left, right in both) >= _LEAST_COLUMN_CHARS
    return middle if long and full > 0.5 * len(both) and aligned > 0.7 * len(both) else None
