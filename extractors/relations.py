"""Relations that a document states: between documents (``citing``), and of programs (``instruments``)."""

from __future__ import annotations

from typing import Any

from extractors import citing, instruments
from extractors.model import Document, Mention, Relation

__all__ = ["find_relations"]


def find_relations(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> list[Relation]:
    """Relations by the annotation guidelines, each triple once, with the first span that states it."""
    first: dict[tuple[str, str, str], Relation] = {}
    for relation in [*citing.find(doc, header, mentions), *instruments.find(doc, header, mentions)]:
        first.setdefault(relation[:3], relation)
    return list(first.values())
