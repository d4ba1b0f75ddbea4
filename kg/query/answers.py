"""Answers to queries: rows, triples, or yes and no; as Python values, tables, CSV, JSON, Turtle."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.analysis import frames
from ontology.terms import PREFIXES, XSD

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["Answer", "safe_cell", "value"]

Value = str | int | float | bool | Decimal | None
# A spreadsheet runs a cell that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# So many rows are shown in a notebook.
_SHOWN = 60


def value(term: Any) -> Value:
    """An RDF term as a Python value: IRIs and strings as str, numbers as numbers."""
    if not isinstance(term, ox.Literal):
        return None if term is None else str(getattr(term, "value", term))
    kind, text = term.datatype.value, term.value
    if kind == XSD.integer:
        return int(text)
    if kind == XSD.decimal:
        exact = Decimal(text)
        return int(exact) if exact == exact.to_integral_value() else exact
    if kind == XSD.boolean:
        return text == "true"
    if kind.endswith(("#double", "#float")):
        return float(text)
    return text


def safe_cell(cell: Value) -> Value:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell


def _jsonable(cell: Value) -> str | int | float | bool | None:
    return float(cell) if isinstance(cell, Decimal) else cell


def _shown(cell: Value) -> str:
    return "" if cell is None else html.escape(str(cell))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query yields. ``columns`` and ``rows`` for SELECT, ``triples`` for CONSTRUCT, ``truth`` for ASK.

    Iterating gives the rows, each a tuple of Python values in the order of ``columns``.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    triples: tuple[Any, ...] | None = None
    truth: bool | None = None

    @classmethod
    def of(cls, result: Any) -> Answer:
        """Read what the store's ``query`` returned."""
        if isinstance(result, ox.QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            return cls(columns, tuple(tuple(value(term) for term in row) for row in result))
        if isinstance(result, ox.QueryTriples | list):
            return cls(triples=tuple(result))
        return cls(("answer",), ((bool(result),),), truth=bool(result))

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows if self.triples is None else self.triples)

    def dicts(self) -> list[dict[str, Value]]:
        """The rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def where(self, keep: Callable[[dict[str, Value]], bool]) -> Answer:
        """The rows for which ``keep`` is true of the row as a dictionary.

        >>> Answer(("unit", "value"), (("张", 40), ("%", 70))).where(lambda row: row["unit"] == "张").rows
        (('张', 40),)
        """
        rows = (row for row, facts in zip(self.rows, self.dicts(), strict=True) if keep(facts))
        return Answer(self.columns, tuple(rows))

    def to_csv(self) -> str:
        """CSV that Excel opens in Chinese (byte order mark) and that runs no formula."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([safe_cell(cell) for cell in row] for row in self.rows)
        return "\ufeff" + stream.getvalue()

    def to_json(self) -> str:
        """A list of objects."""
        rows = [{name: _jsonable(cell) for name, cell in row.items()} for row in self.dicts()]
        return json.dumps(rows, ensure_ascii=False, indent=1)

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table with typed columns: int64, float64, bool or string, empty cells as nulls.

        Raises:
            ValueError: the query was a CONSTRUCT or DESCRIBE, which has triples and no rows.
        """
        if self.triples is not None:
            raise ValueError("a table is for SELECT and ASK; the triples of CONSTRUCT and DESCRIBE go to_turtle()")
        return frames.to_arrow(self.columns, self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame; types as in ``to_arrow``, a gap among numbers is NaN.

        Raises:
            ImportError: pandas is not installed; it comes with ``eldercare-kg[notebooks]``.
            ValueError: the query was a CONSTRUCT or DESCRIBE.
        """
        return frames.to_pandas(self.to_arrow())

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars frame; types as in ``to_arrow``, gaps are nulls.

        Raises:
            ImportError: Polars is not installed; it comes with ``eldercare-kg[notebooks]``.
            ValueError: the query was a CONSTRUCT or DESCRIBE.
        """
        return frames.to_polars(self.to_arrow())

    def _repr_html_(self) -> str:
        """The rows as a notebook shows them: escaped, the first sixty."""
        if self.triples is not None:
            return f"<pre>{html.escape(self.to_turtle())}</pre>"
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        cells = ("".join(f"<td>{_shown(cell)}</td>" for cell in row) for row in self.rows[:_SHOWN])
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        rest = f"，只列前 {_SHOWN} 行" if len(self.rows) > _SHOWN else ""
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"{table}<p>共 {len(self.rows)} 行{rest}</p>"

    def to_turtle(self) -> str:
        """The triples of a CONSTRUCT as Turtle.

        Raises:
            ValueError: the query was no CONSTRUCT or DESCRIBE.
        """
        if self.triples is None:
            raise ValueError("turtle is for CONSTRUCT and DESCRIBE; ask SELECT for table, csv or json")
        ordered = sorted(self.triples, key=str)
        data: bytes | None = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
        return (data or b"").decode()
