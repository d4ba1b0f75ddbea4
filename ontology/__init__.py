"""What we know: tables of facts (CSV) and the vocabulary (Turtle), with one small loader.

Standard library only. A table is a CSV file in ``ontology/data``; its columns, keys, patterns and references are
declared in ``schema.toml`` and checked by ``tests/test_tables.py``. Loading is lazy and cached: nothing happens at
import.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["fingerprint", "resource", "table"]

Row = dict[str, str]


def resource(name: str) -> Any:
    """The packaged file ``name`` below ``ontology/`` (an ``importlib.resources`` Traversable)."""
    return files("ontology").joinpath(name)


@cache
def table(name: str) -> tuple[Row, ...]:
    """Rows of ``ontology/data/{name}.csv`` in file order; every value a string, empty where the cell is empty.

    >>> table("genres")[0]["name"]
    '通知'

    Raises:
        ValueError: no such table; the message lists those there are.
    """
    path = resource("data") / f"{name}.csv"
    if not path.is_file():
        known = sorted(entry.name[:-4] for entry in resource("data").iterdir() if entry.name.endswith(".csv"))
        raise ValueError(f"no table {name!r} in ontology/data; there are: {', '.join(known)}")
    return tuple(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@cache
def fingerprint() -> str:
    """SHA-256 (hex) over every file of knowledge: a graph built from other knowledge is stale."""
    digest = hashlib.sha256()
    for folder in ("data", "rules"):
        for entry in sorted(resource(folder).iterdir(), key=lambda item: str(item.name)):
            if entry.is_file():
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return digest.hexdigest()
