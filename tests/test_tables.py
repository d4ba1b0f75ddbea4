"""知识表：每个 CSV 合乎 ontology/data/schema.toml 里自己那一节，且写成唯一的规范形式。

FIX_TABLES=1 时先把各表改写成规范形式（引号、换行、单元格首尾空白），再检查。
"""

from __future__ import annotations

import csv
import io
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parent.parent / "ontology" / "data"
SCHEMA: dict[str, dict[str, Any]] = tomllib.loads((DATA / "schema.toml").read_text(encoding="utf-8"))
FILES = {path.stem for path in DATA.glob("*.csv")}
TABLES = sorted(FILES & set(SCHEMA))
FORM = {"columns", "key", "optional", "lists", "patterns", "references", "example"}


def grid(name: str) -> list[list[str]]:
    """The header and the rows of a table, cells as written."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def rows(name: str) -> list[dict[str, str]]:
    head, *body = grid(name)
    return [dict(zip(head, row, strict=True)) for row in body]


def values(name: str, row: dict[str, str], column: str) -> list[str]:
    """The values of a cell: none if it is empty, several where the column holds lists."""
    if not row[column]:
        return []
    return row[column].split("|") if column in SCHEMA[name].get("lists", []) else [row[column]]


def canonical(cells: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[cell.strip() for cell in row] for row in cells])
    return out.getvalue()


def test_every_table_has_a_schema_and_every_schema_a_table() -> None:
    assert set(SCHEMA) == FILES


@pytest.mark.parametrize("name", sorted(SCHEMA))
def test_schema_entry_is_well_formed(name: str) -> None:
    entry = SCHEMA[name]
    assert set(entry) <= FORM, f"unknown keys: {set(entry) - FORM}"
    columns = entry["columns"]
    assert "source" in columns and entry["key"]
    assert "source" not in entry.get("optional", []), "every row needs a source"
    named = [*entry["key"], *entry.get("optional", []), *entry.get("lists", []), *entry.get("example", [])]
    named += [*entry.get("patterns", {}), *entry.get("references", {})]
    assert set(named) <= set(columns), f"columns that are not there: {set(named) - set(columns)}"
    assert "example" in columns or "example" not in entry
    for target in entry.get("references", {}).values():
        table, column = target.split(".")
        assert column in SCHEMA[table]["columns"], target


@pytest.mark.parametrize("name", TABLES)
def test_table_is_in_canonical_form(name: str) -> None:
    path = DATA / f"{name}.csv"
    if os.environ.get("FIX_TABLES"):
        path.write_text(canonical(grid(name)), encoding="utf-8", newline="")
    text = path.read_bytes().decode("utf-8")
    assert text == canonical(grid(name)), "run once with FIX_TABLES=1"
    # The loader splits at every line boundary Python knows, so none may stand inside a cell.
    assert len(text.splitlines()) == len(grid(name))


@pytest.mark.parametrize("name", TABLES)
def test_columns_and_keys(name: str) -> None:
    entry = SCHEMA[name]
    assert grid(name)[0] == entry["columns"]
    assert [i for i, row in enumerate(grid(name), 1) if len(row) != len(entry["columns"])] == []
    seen: dict[tuple[str, ...], int] = {}
    for line, row in enumerate(rows(name), 2):
        key = tuple(row[column] for column in entry["key"])
        assert key not in seen, f"line {line} repeats the key of line {seen[key]}: {key}"
        seen[key] = line


@pytest.mark.parametrize("name", TABLES)
def test_required_cells_are_filled(name: str) -> None:
    optional = set(SCHEMA[name].get("optional", []))
    empty = [(line, c) for line, row in enumerate(rows(name), 2) for c in row if not row[c] and c not in optional]
    assert empty == []


@pytest.mark.parametrize("name", TABLES)
def test_patterns_and_lists(name: str) -> None:
    entry = SCHEMA[name]
    patterns = {column: re.compile(pattern) for column, pattern in entry.get("patterns", {}).items()}
    wrong = []
    for line, row in enumerate(rows(name), 2):
        for column in row:
            items = values(name, row, column)
            if len(set(items)) < len(items) or not all(items):
                wrong.append((line, column, "repeated or empty item", row[column]))
            if column in patterns:
                wrong += [
                    (line, column, patterns[column].pattern, v) for v in items if not patterns[column].fullmatch(v)
                ]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in TABLES if SCHEMA[name].get("references")])
def test_references_point_to_rows(name: str) -> None:
    dangling = []
    for column, target in SCHEMA[name]["references"].items():
        table, other = target.split(".")
        known = {value for row in rows(table) for value in values(table, row, other)}
        dangling += [
            (line, column, v)
            for line, row in enumerate(rows(name), 2)
            for v in values(name, row, column)
            if v not in known
        ]
    assert dangling == []


@pytest.mark.parametrize("name", [name for name in TABLES if SCHEMA[name].get("example")])
def test_examples_show_what_the_row_says(name: str) -> None:
    shown_by = SCHEMA[name]["example"]
    wrong = []
    for line, row in enumerate(rows(name), 2):
        words = [word for column in shown_by for word in values(name, row, column)]
        if row["example"] and not any(word in row["example"] for word in words):
            wrong.append((line, words, row["example"]))
    assert wrong == []
