"""The header of an annotated document: the document's own number, title, issuers, dates."""

from __future__ import annotations

from typing import Any

from extractors.model import Document, Jurisdiction, Mention

__all__ = ["read_header"]


def read_header(doc: Document, mentions: list[Mention], jurisdiction: Jurisdiction | None) -> dict[str, Any]:
    """Header fields by the annotation guidelines; None where the text does not give one."""
    return {}
