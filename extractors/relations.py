"""Relations that a document states: between documents (``citing``), and of programs (``instruments``)."""

from __future__ import annotations

from typing import Any

from extractors.citations import citing
from extractors.model import Document, Mention, Relation
from extractors.policy import instruments

__all__ = ["find_relations"]


def find_relations(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> list[Relation]:
    """Relations by the annotation guidelines: a triple once for each span that states it, in the order found.

    Two sentences may name different issuers of one document; ``Extraction.as_annotation`` gives each triple once.
    """
    stated: dict[tuple[str, str, str, int, int], Relation] = {}
    for relation in [*citing.find(doc, header, mentions), *instruments.find(doc, header, mentions)]:
        stated.setdefault(relation[:5], relation)
    return list(stated.values())
