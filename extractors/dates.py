"""To be written by its owner."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, Found, Mention


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """Mentions of one kind."""
    yield from ()
