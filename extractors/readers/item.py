"""One of the documents that a file holds: its name, its bytes, and what the file says about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["Item"]

_NOTHING: Mapping[str, str] = {}


class Item(NamedTuple):
    """``encoding`` is the declared one, if any; ``fields`` are the other columns of a row asked for.

    ``kind`` is the suffix of its kind where its name does not tell.
    """

    name: str
    data: bytes
    encoding: str | None = None
    fields: Mapping[str, str] = _NOTHING
    kind: str | None = None
