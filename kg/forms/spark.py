"""Many documents at once, on Spark: a DataFrame of texts in, a DataFrame of annotations out. Extra: ``spark``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extractors import extract
from extractors.model import BadDocument
from extractors.readers.item import Item
from extractors.reading import read_text
from kg.incoming.work import Options, seen

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

__all__ = ["extract_documents"]

_COLUMNS = "name string, text string, annotation string, notes array<string>, error string"


def extract_documents(frame: DataFrame, *, text: str = "text", name: str = "name") -> DataFrame:
    """Read the documents of a Spark DataFrame, a row each, where the rows are.

    What comes back has a row for each row, with the columns ``name`` and ``text`` as they may be shown (persons are
    masked before anything is extracted; offsets point into this text), ``annotation`` (JSON in the annotation format),
    ``notes`` (what to know of the document) and ``error``. A document that cannot be read, or bears a mark of secrecy,
    has its name and ``error`` alone.

    Args:
        frame: its workers must have this package.
        text: the column of the texts: plain text, not HTML.
        name: the column of the names of the documents.
    """
    from pyspark.sql import functions

    # Empty, not null: what pandas makes of null differs from version to version.
    columns = [
        functions.coalesce(functions.col(column).cast("string"), functions.lit("")).alias(alias)
        for column, alias in ((name, "name"), (text, "text"))
    ]
    return frame.select(*columns).mapInPandas(_read, _COLUMNS)


def _read(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """What Spark runs on the rows of a partition."""
    import pandas as pd

    names = [part.partition(" ")[0] for part in _COLUMNS.split(", ")]
    for frame in frames:
        rows = [_row(name, text) for name, text in zip(frame["name"], frame["text"], strict=True)]
        yield pd.DataFrame(rows, columns=names)


def _row(name: str, text: str) -> tuple[Any, ...]:
    try:
        may_be_shown = seen(Item(name, text.encode(), "utf-8", kind=".txt"), Options())
    except BadDocument as error:
        return name, None, None, [], str(error)
    doc = read_text(may_be_shown.text, may_be_shown.name)
    annotation = json.dumps(extract(doc).as_annotation(), ensure_ascii=False)
    return doc.name, doc.text, annotation, list(may_be_shown.notes), None
