"""Folders and files that hold several documents: each is read, and what cannot be read is told, not hidden."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath

from extractors.model import BadDocument, Document
from extractors.readers.item import Item
from extractors.readers.kinds import kind_of
from extractors.readers.refusals import refusal
from extractors.reading import MAX_BYTES, bytes_of, read

__all__ = ["COLLECTIONS", "items_of", "read_all"]

Split = Callable[..., Iterator[Item]]

# suffix -> "module:function", a function (bytes, name, text_column=, meta=) -> Items.
COLLECTIONS: dict[str, str] = {
    ".zip": "extractors.readers.zip_files:items_of",
    ".eml": "extractors.readers.mail:items_of",
    ".csv": "extractors.readers.rows:csv_items",
    ".tsv": "extractors.readers.rows:csv_items",
    ".jsonl": "extractors.readers.rows:jsonl_items",
    ".parquet": "extractors.readers.rows:parquet_items",
}
_MAX_NESTING = 3


def read_all(
    *paths: str | Path, text_column: str = "", meta: Sequence[str] = (), max_bytes: int = MAX_BYTES
) -> Iterator[tuple[Item, Document | BadDocument]]:
    """Read every document of files and folders, in the order of their names.

    Args:
        text_column: the column that holds the text, of tables; text, 正文, content … by default.
        meta: further columns to take along, in ``Item.fields``.
        max_bytes: a larger file is refused.

    Yields:
        What was read (its bytes as they came, its fields), and the Document or why there is none.
    """
    for path, name in _files(paths):
        try:
            data = bytes_of(path, name, max_bytes)
            items = items_of(Item(name, data), text_column=text_column, meta=meta)
            while (item := next(items, None)) is not None:
                yield item, _read(item, max_bytes)
        except BadDocument as error:
            yield Item(name, b""), error


def _read(item: Item, max_bytes: int) -> Document | BadDocument:
    try:
        return read(item.data, item.name, kind=item.kind, encoding=item.encoding, max_bytes=max_bytes)
    except BadDocument as error:
        return error


def items_of(item: Item, *, text_column: str = "", meta: Sequence[str] = (), depth: int = 0) -> Iterator[Item]:
    """The documents that a file holds, itself if it is one; archives in archives to a depth of three.

    Raises:
        BadDocument: the file cannot be taken apart.
    """
    kind = kind_of(item.data, item.name)
    if kind not in COLLECTIONS:
        yield item
        return
    if depth == _MAX_NESTING:
        raise refusal(item.name, "nested", limit=_MAX_NESTING)
    for part in _load(COLLECTIONS[kind])(item.data, item.name, text_column=text_column, meta=meta):
        if part.encoding is None:
            yield from items_of(part, text_column=text_column, meta=meta, depth=depth + 1)
        else:
            yield part


@cache
def _load(path: str) -> Split:
    module, function = path.split(":")
    split: Split = getattr(import_module(module), function)
    return split


def _files(paths: Sequence[str | Path]) -> Iterator[tuple[Path, str]]:
    """Files, and the files of folders with their path from there; hidden ones and links to folders are left out."""
    for path in map(Path, paths):
        if not path.is_dir():
            yield path, path.name
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith("."):
                    file = Path(folder, name)
                    yield file, str(PurePath(path.name, file.relative_to(path)).as_posix())
