"""Figures in table cells: bare numbers whose unit stands in the head of their column, in a column of units, or over the
table (单位：万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from extractors.figures.numerals import plain
from extractors.figures.units import unit_at
from extractors.model import Document, Found, Mention

__all__ = ["RULE", "cells", "kind_of_cell", "time_of_cell"]

RULE = "quantities.cell"
_NUMBER = re.compile(r"[ ]*(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)[ ]*")
# 床位数（张）, 资金（万元）, 补助标准（元/人·月)
_LABELLED = re.compile(r"[ ]*(?P<name>[^（）()]{1,24}?)[ ]*[（(](?:单位[:：])?(?P<unit>[^（）()]{1,10})[)）][ ]*")
_TABLE_UNIT = re.compile(r"单位[:：][ ]?(?P<unit>[^\s、，,；;（）()]{1,8})")
_MULTIPLIER = re.compile(r"百万|千万|[百千万亿]")
_MULTIPLIERS = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
# What a column without a unit counts, by its name.
_COUNTED = (("人次", "人次"), ("人数", "人"), ("户数", "户"), ("床位数", "张"), ("占比", "%"))
_NO_FIGURES = re.compile(r"序号|编号|年份|年度$|电话|代码|邮编|备注|文号|日期|时间|号码|证号|名称|地址")
_UNITS_HEAD = re.compile(r"(?:计量)?单位")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:度|底|末)?(?!\d)")
_AIM = re.compile(r"目标|计划|任务|预期|规划")
_PRICE = re.compile(r"标准|单价|价格|限额|定额|费率")
_CAPTION_LINES = 4


class _Column(NamedTuple):
    name: str
    unit: str
    multiplier: int


class _Line(NamedTuple):
    """A line of a table: where it begins, and its cells with where each begins."""

    start: int
    cells: tuple[tuple[int, str], ...]


def cells(doc: Document, found: Found) -> Iterator[Mention]:
    """COUNT for each number in a column of known unit; ``what`` is the column's name."""
    text = doc.text
    if "\t" not in text and "|" not in text:
        return
    for caption, table in _tables(text):
        unit = _TABLE_UNIT.search(caption)
        columns = _columns(table[0], unit["unit"] if unit else None)
        heads = [cell.strip() for _, cell in table[0].cells]
        for line in table[1:]:
            row = _of_row(heads, line) or columns
            for (start, cell), column in zip(line.cells, row, strict=False):
                number = _NUMBER.fullmatch(cell) if column else None
                if column is None or number is None:
                    continue
                low, high = start + number.start(1), start + number.end(1)
                if found.is_free(low, high):
                    yield _figure(low, high, number[1], column)


def _figure(start: int, end: int, number: str, column: _Column) -> Mention:
    value = Decimal(number.replace(",", "")) * column.multiplier
    attributes = {"value": plain(value), "comparator": "eq", "unit": column.unit, "what": column.name}
    return Mention(start, end, "COUNT", RULE, 0.85, attributes)


def _tables(text: str) -> Iterator[tuple[str, list[_Line]]]:
    """Runs of lines with equally many cells, and the lines over each."""
    table: list[_Line] = []
    start = 0
    for line in text.split("\n"):
        mark = "\t" if "\t" in line else "|" if line.count("|") > 1 else ""
        if mark:
            table.append(_split(line, start, mark))
        elif table:
            yield _caption(text, table[0].start), table
            table = []
        start += len(line) + 1
    if table:
        yield _caption(text, table[0].start), table


def _split(line: str, start: int, mark: str) -> _Line:
    row, at = [], start
    for cell in line.split(mark):
        row.append((at, cell))
        at += len(cell) + 1
    if mark == "|" and not row[0][1].strip():
        row = row[1:]
    return _Line(start, tuple(row))


def _caption(text: str, start: int) -> str:
    return "\n".join(text[max(0, start - 200) : start].rstrip().split("\n")[-_CAPTION_LINES:])


def _columns(head: _Line, table_unit: str | None) -> list[_Column | None]:
    """For each column of a table its name and unit, None where its cells are not figures of a known unit."""
    columns: list[_Column | None] = []
    for _, cell in head.cells:
        labelled = _LABELLED.fullmatch(cell)
        name = (labelled["name"] if labelled else cell).strip()
        label = labelled["unit"] if labelled else table_unit or _counted(name)
        columns.append(_column(name, label) if label and name and not _NO_FIGURES.search(name) else None)
    if any(_NUMBER.fullmatch(cell) for _, cell in head.cells):
        return []
    return columns


def _of_row(heads: list[str], line: _Line) -> list[_Column | None] | None:
    """The columns of a row that names its own thing and unit (``指标｜单位｜2025年``); None without such."""
    at = next((n for n, head in enumerate(heads) if _UNITS_HEAD.fullmatch(head)), None)
    if at is None or at >= len(line.cells):
        return None
    named = [cell.strip() for _, cell in line.cells[:at] if not _NUMBER.fullmatch(cell) and cell.strip()]
    column = _column(named[-1], line.cells[at][1]) if named else None
    after = [None if _NO_FIGURES.search(head) and not _YEAR.search(head) else column for head in heads[at + 1 :]]
    return [None] * (at + 1) + after


def _counted(name: str) -> str | None:
    return next((unit for ending, unit in _COUNTED if name.endswith(ending)), None)


def _column(name: str, label: str) -> _Column | None:
    """The column of a label like 万元 or 元/人·月: what it is counted per stays outside."""
    label = label.strip().partition("/")[0]
    match = _MULTIPLIER.match(label)
    multiplier = _MULTIPLIERS[match[0]] if match and match.end() < len(label) else 1
    rest = label[match.end() :] if match and multiplier > 1 else label
    unit = unit_at(rest, 0)
    if unit is None or unit.word != rest:
        return None
    return _Column(re.sub(r"(?<=.{2})数$", "", name), unit.value_unit or rest, multiplier)


def time_of_cell(text: str, count: Mention, title: str) -> str | None:
    """The one year that the head of the column, the lines over the table or the document's title name."""
    for words in (_head_over(text, count), _caption(text, _table_start(text, count.start)), title):
        years = set(_YEAR.findall(words))
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _table_start(text: str, position: int) -> int:
    """Where the table that holds ``position`` begins: the first of the lines in cells above it."""
    line = text.rfind("\n", 0, position) + 1
    while line:
        above = text.rfind("\n", 0, line - 1) + 1
        if not {"\t", "|"} & set(text[above:line]):
            break
        line = above
    return line


def _head_over(text: str, count: Mention) -> str:
    """The first cell of the column that a figure stands in."""
    top, line = _table_start(text, count.start), text.rfind("\n", 0, count.start) + 1
    mark = "\t" if "\t" in text[line : text.find("\n", count.start)] else "|"
    heads = text[top : text.find("\n", top)].split(mark)
    column = text.count(mark, line, count.start)
    return heads[column] if column < len(heads) else ""


def kind_of_cell(text: str, count: Mention, default: str, *, past: bool) -> str:
    """By the head of its column; else what a plan sets for a time to come, or a fact."""
    name = (count.attributes.get("what") or "") + _head_over(text, count)
    if _PRICE.search(name):
        return "standard"
    return "target" if _AIM.search(name) or (default == "target" and not past) else "actual"
