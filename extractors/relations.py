"""Relations that a document states, as triples of keys."""

from __future__ import annotations

from typing import Any

from extractors.model import Document, Mention, Relation

__all__ = ["find_relations"]


def find_relations(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> list[Relation]:
    """Relations by the annotation guidelines, each once."""
    return []
