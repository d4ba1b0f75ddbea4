"""Relations of programs: which agency runs one, which count measures one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.model import Document, Mention, Relation

__all__ = ["find"]


def find(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> Iterator[Relation]:
    """Relations in text order; the caller keeps each triple once."""
    yield from ()
