"""Tables whose cells are ruled (PDF, OFD): what stands in one cell belongs together, however it is broken into lines.

Lengths are in the page's own unit; y grows upwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from extractors.readers.glyphs import Glyph, Row, rows_of

__all__ = ["rows_within"]

# Rules that miss each other by so much, in sizes of the type, still meet; a rule is no thicker.
_SLACK = 0.2


class _Rule(NamedTuple):
    """A rule: where it lies across, and from where to where it runs."""

    place: float
    start: float
    end: float


class _Grid(NamedTuple):
    """The rules of a page by their place, and by how much they may miss each other."""

    upright: list[_Rule]
    level: list[_Rule]
    slack: float


class _Cell(NamedTuple):
    """A cell by its four edges."""

    top: float
    bottom: float
    left: float
    right: float


def rows_within(glyphs: list[Glyph], rules: Iterable[Sequence[float]]) -> list[Row]:
    """The lines of a page from top to bottom, a table's row as one line with tabs between its cells.

    Args:
        rules: left, right, lower and upper edge of each rule drawn on the page.
    """
    grid = _grid(rules, _SLACK * median(glyph.size for glyph in glyphs) if glyphs else 0.0)
    if len(grid.upright) < 3 or len(grid.level) < 2:
        return rows_of(glyphs)
    cells: dict[_Cell, list[Glyph]] = {}
    free: list[Glyph] = []
    for glyph in glyphs:
        cell = _cell_of(glyph, grid)
        (cells.setdefault(cell, []) if cell else free).append(glyph)
    bands: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda cell: (-cell.top, cell.left)):
        if bands and bands[-1][0].top - cell.top <= grid.slack:
            bands[-1].append(cell)
        else:
            bands.append([cell])
    rows: list[Row] = []
    for band in bands:
        if len(band) == 1 and not any(_side_by_side(band[0], other, grid.slack) for other in cells):
            free += cells[band[0]]
        else:
            rows += _row(sorted(band, key=lambda cell: cell.left), cells, grid)
    return _in_order([*rows_of(free), *rows]) if rows else rows_of(glyphs)


def _grid(rules: Iterable[Sequence[float]], slack: float) -> _Grid:
    """Upright and level rules, by their place."""
    upright, level = [], []
    for left, right, low, high in rules:
        if right - left < slack and high - low > right - left:
            upright.append(_Rule((left + right) / 2, low, high))
        elif high - low < slack:
            level.append(_Rule((low + high) / 2, left, right))
    return _Grid(sorted(upright), sorted(level), slack)


def _cell_of(glyph: Glyph, grid: _Grid) -> _Cell | None:
    """The cell in which a character stands, None where it is not shut in on four sides."""
    x = (glyph.left + glyph.right) / 2
    sides = _nearest(grid.upright, x, glyph.middle, grid.slack)
    ends = _nearest(grid.level, glyph.middle, x, grid.slack)
    if sides is None or ends is None:
        return None
    return _Cell(round(ends[1]), round(ends[0]), round(sides[0]), round(sides[1]))


def _nearest(rules: list[_Rule], place: float, along: float, slack: float) -> tuple[float, float] | None:
    """The nearest rules on either side of a place that pass it."""
    middle = bisect_left(rules, (place,))
    before = next((r.place for r in reversed(rules[:middle]) if r.start - slack <= along <= r.end + slack), None)
    after = next((r.place for r in rules[middle:] if r.start - slack <= along <= r.end + slack), None)
    return None if before is None or after is None else (before, after)


def _side_by_side(one: _Cell, other: _Cell, slack: float) -> bool:
    """Whether two cells stand in one row, as a cell over several rows and one of them do."""
    return one != other and min(one.top, other.top) - max(one.bottom, other.bottom) > slack


def _row(band: list[_Cell], cells: dict[_Cell, list[Glyph]], grid: _Grid) -> list[Row]:
    """The line of a row: its cells joined by tabs, one more for each empty cell between."""
    read = [rows_of(cells[cell]) for cell in band]
    every = [row for rows in read for row in rows]
    if not every:
        return []
    text = ""
    for number, (cell, rows) in enumerate(zip(band, read, strict=True)):
        if number:
            text += "\t" * _rules_between(grid, band[number - 1], cell)
        text += "".join(row.text.replace("\t", " ") for row in rows)
    top = max(row.middle for row in every)
    return [Row(text, every[0].left, max(row.right for row in every), top, every[0].size)]


def _rules_between(grid: _Grid, left: _Cell, right: _Cell) -> int:
    """How many rules part two cells of a row; an edge drawn twice is one."""
    height = (min(left.top, right.top) + max(left.bottom, right.bottom)) / 2
    count, last = 0, float("-inf")
    for rule in grid.upright:
        if left.right - grid.slack <= rule.place <= right.left + grid.slack and rule.start <= height <= rule.end:
            count += rule.place - last > 2 * grid.slack
            last = rule.place
    return max(count, 1)


def _in_order(rows: list[Row]) -> list[Row]:
    """Rows from top to bottom; those at one height keep their order."""
    return sorted(rows, key=lambda row: -row.middle)
