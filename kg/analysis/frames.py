"""Rows as columns with types: Arrow, and from it pandas and Polars. Each library is imported only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from kg.query.answers import Value

__all__ = ["to_arrow", "to_pandas", "to_polars"]

_REMEDY = "{name} is not installed; install it with: pip install 'eldercare-kg[notebooks]'"


def to_arrow(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> pa.Table:
    """An Arrow table, one typed column for each name, empty cells as nulls.

    A column of whole numbers is ``int64``, of numbers ``float64``, of truths ``bool``; any other is ``string``, and so
    is a column without a value.
    """
    import pyarrow as pa

    cells = zip(*rows, strict=True) if rows else [()] * len(columns)
    return pa.table([_array(list(column)) for column in cells], names=list(columns))


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """A pandas frame of an Arrow table; a gap in a column of numbers is NaN.

    Raises:
        ImportError: pandas is not installed; the message tells how to install it.
    """
    if find_spec("pandas") is None:
        raise ImportError(_REMEDY.format(name="pandas"))
    frame: pd.DataFrame = table.to_pandas()
    return frame


def to_polars(table: pa.Table) -> pl.DataFrame:
    """A Polars frame of an Arrow table; a gap is null.

    Raises:
        ImportError: Polars is not installed; the message tells how to install it.
    """
    if find_spec("polars") is None:
        raise ImportError(_REMEDY.format(name="Polars"))
    import polars as pl

    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def _array(cells: list[Any]) -> pa.Array:
    import pyarrow as pa

    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds and kinds <= {bool}:
        return pa.array(cells, pa.bool_())
    if kinds and kinds <= {int} and all(cell is None or -(2**63) <= cell < 2**63 for cell in cells):
        return pa.array(cells, pa.int64())
    if not kinds or kinds & {str, bool}:
        return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
    return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())
