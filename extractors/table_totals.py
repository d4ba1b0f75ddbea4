"""Totals of tables: a row 合计 under rows of figures, each column added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from extractors.arithmetic import Check
from extractors.model import Mention

__all__ = ["totals"]

_TOTAL = re.compile(r"^(?:合\s?计|总\s?计|共\s?计)$")
_PART = re.compile(r"小\s?计|其中|合\s?计|总\s?计")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_RATIO = re.compile(r"率|比|%|均|人均|标准|序号|编号|年份|指数")


class _Cell(NamedTuple):
    start: int
    end: int
    text: str


def totals(text: str, counts: list[Mention]) -> Iterator[Check]:
    """A check for each column of figures under which a total stands. Folding loses the tabs, so ``text`` it is."""
    if "\t" not in text:
        return
    by_start = {count.start: count for count in counts}
    for rows in _tables(text):
        for index, row in enumerate(rows):
            if index < 3 or not any(_TOTAL.match(cell.text) for cell in row[:3]):
                continue
            yield from _columns(rows[:index], row, by_start)
            break


def _tables(text: str) -> Iterator[list[list[_Cell]]]:
    """Runs of lines with tabs."""
    rows: list[list[_Cell]] = []
    for match in re.finditer(r"[^\n]*\n?", text):
        if "\t" in match[0]:
            rows.append(_cells(match[0], match.start()))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _cells(line: str, offset: int) -> list[_Cell]:
    cells: list[_Cell] = []
    place = 0
    for piece in line.rstrip("\n").split("\t"):
        bare = piece.strip()
        start = offset + place + (len(piece) - len(piece.lstrip()))
        cells.append(_Cell(start, start + len(bare), bare))
        place += len(piece) + 1
    return cells


def _columns(rows: list[list[_Cell]], total: list[_Cell], by_start: dict[int, Mention]) -> Iterator[Check]:
    width = len(rows[0])
    body = rows[1:]
    if any(len(row) != width for row in body) or any(_PART.search(cell.text) for row in body for cell in row):
        return
    # 合计一行常把前几格并成一格，所以从右边对齐。
    shift = width - len(total)
    for column in range(1, width):
        place = column - shift
        head = rows[0][column].text
        if not 0 <= place < len(total) or _RATIO.search(head):
            continue
        stated = _value(total[place].text)
        parts = [_value(row[column].text) for row in body]
        known = [value for value in parts if value is not None]
        if stated is None or len(known) != len(parts) or len(known) < 2:
            continue
        whole = sum(known, Decimal(0))
        verdict = "exact" if whole == stated else "wrong"
        operands = tuple(by_start[row[column].start] for row in body if row[column].start in by_start)
        cell = total[place]
        yield Check("total", cell.start, cell.end, by_start.get(cell.start), operands, whole, "eq", verdict, 0.9)


def _value(text: str) -> Decimal | None:
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
