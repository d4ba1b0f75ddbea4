"""Which document a title, a number or an anaphor means."""

from __future__ import annotations

from typing import Any

from extractors.model import Document, Mention

__all__ = ["resolve"]


def resolve(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> list[Mention]:
    """All mentions; DOCUMENT_TITLE and DOCUMENT_NUMBER with their ``document`` key."""
    return mentions
