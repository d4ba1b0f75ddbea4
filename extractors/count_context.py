"""What a count counts, when, where, and of which kind."""

from __future__ import annotations

from extractors.model import Document, Jurisdiction, Mention

__all__ = ["resolve"]


def resolve(doc: Document, jurisdiction: Jurisdiction | None, mentions: list[Mention]) -> list[Mention]:
    """All mentions; COUNT with ``what``, ``time``, ``region`` and ``kind``."""
    return mentions
