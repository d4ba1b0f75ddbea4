"""Tables with a document a row: CSV, JSON Lines, Parquet. One column is the text, others may be taken along."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extractors.readers import plain_text
from extractors.readers.item import Item
from extractors.readers.refusals import refusal

__all__ = ["csv_items", "jsonl_items", "parquet_items"]

_TEXT_COLUMNS = ("text", "正文", "content", "内容", "全文", "body", "文本")
_NAME_COLUMNS = ("id", "doc", "编号", "name", "文件名")
_MAX_ROWS = 1_000_000
_MAX_PARQUET = 2 * 1024 * 1024 * 1024
_FIELD_SIZE = 1 << 26
_MAX_TEXT = 1_000_000_000


def csv_items(
    data: bytes, name: str, *, text_column: str = "", meta: Sequence[str] = (), **_: object
) -> Iterator[Item]:
    """The rows of a CSV file (RFC 4180; tabs where its first line has them)."""
    text = plain_text.text_of(data, name).removeprefix("\ufeff")
    head = text[: text.find("\n")] if "\n" in text else text
    csv.field_size_limit(_FIELD_SIZE)
    reader = csv.DictReader(io.StringIO(text), delimiter="\t" if "\t" in head else ",", strict=True)
    try:
        yield from _items(reader, name, text_column, meta)
    except csv.Error as error:
        raise refusal(name, "damaged", error=f"line {reader.line_num}: {error}") from None


def jsonl_items(
    data: bytes, name: str, *, text_column: str = "", meta: Sequence[str] = (), **_: object
) -> Iterator[Item]:
    """The lines of a JSON Lines file, each an object."""
    yield from _items(_objects(plain_text.text_of(data, name), name), name, text_column, meta)


def _objects(text: str, name: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                found = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise refusal(name, "damaged", error=f"line {number}: {error}") from None
            if not isinstance(found, dict):
                raise refusal(name, "damaged", error=f"line {number} is no JSON object")
            yield found


def parquet_items(
    data: bytes, name: str, *, text_column: str = "", meta: Sequence[str] = (), **_: object
) -> Iterator[Item]:
    """The rows of a Parquet file, batch by batch."""
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
        groups = [file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)]
        if sum(group.total_byte_size for group in groups) > _MAX_PARQUET:
            raise refusal(name, "bomb", part="the file", limit=_MAX_PARQUET)
        rows = (row for batch in file.iter_batches(batch_size=64) for row in batch.to_pylist())
        yield from _items(rows, name, text_column, meta)
    except (pyarrow.ArrowException, OSError) as error:
        raise refusal(name, "damaged", error=error) from None


def _items(rows: Iterable[Mapping[str, Any]], name: str, text_column: str, meta: Sequence[str]) -> Iterator[Item]:
    """An item a row that has text, named by the row's own name or number."""
    size = 0
    for number, row in enumerate(rows, 1):
        if number > _MAX_ROWS or size > _MAX_TEXT:
            raise refusal(name, "too_many", limit=_MAX_ROWS, things="rows, or longer ones than any table of documents")
        column = text_column or next((column for column in _TEXT_COLUMNS if column in row), "")
        if column not in row:
            known = ", ".join(str(key) for key in row)[:200]
            raise refusal(name, "no_column", column=column or _TEXT_COLUMNS[0], known=known)
        text = row[column]
        if text is None or not str(text).strip():
            continue
        size += len(str(text))
        own = next((str(row[key]) for key in _NAME_COLUMNS if row.get(key)), str(number))
        fields = {key: str(row[key]) for key in meta if row.get(key) is not None}
        yield Item(f"{name}#{own}", str(text).encode("utf-8", "surrogatepass"), "utf-8", fields, ".txt")
