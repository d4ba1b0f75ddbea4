"""Relations between documents and their issuers: issued_by, replies_to, based_on, cites, issues_text_of, repeals, amends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.model import Document, Mention, Relation

__all__ = ["find"]


def find(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> Iterator[Relation]:
    """Relations in text order; the caller keeps each triple once."""
    yield from ()
