"""What was read to what is stated: an Extraction becomes the named graph of its document.

Every statement reaches its characters by one of five paths: its subject was minted from a span and has
``ek:evidence``; or is a mention or part of the text itself; or is what a mention or evidenced node of this graph speaks
of; or it is an edge that an ``ek:Claim`` tells; or it is the head of the document whose text this is.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Extraction
from kg.review.correcting import Ruling
from kg.review.rulings import state_rulings
from kg.statements.citations import state_citations, state_claims, state_documents, state_issuances
from kg.statements.figures import state_figures
from kg.statements.findings import (
    state_checks,
    state_doubts,
    state_duties,
    state_memberships,
    state_steps,
    state_targets,
)
from kg.statements.heads import state_header, state_sections, state_source
from kg.statements.mentions import state_mentions
from kg.statements.rdf import n_quads
from kg.statements.sheet import Sheet

__all__ = ["graph_of", "relate"]


def relate(extraction: Extraction, text: str, rulings: Iterable[Ruling] = ()) -> Sheet:
    """The statements of a document.

    Args:
        text: its text as it may be shown: same length, what is personal masked.
        rulings: what has become of the corrections that ``extraction`` was corrected by.
    """
    if len(text) != len(extraction.doc.text):
        raise ValueError(f"{extraction.doc.name}: the masked text has another length; offsets would not hold")
    sheet = Sheet(extraction, text)
    for state in (
        state_source,
        state_header,
        state_mentions,
        state_figures,
        state_documents,
        state_citations,
        state_issuances,
        state_claims,
        state_steps,
        state_duties,
        state_memberships,
        state_targets,
        state_doubts,
        state_checks,
        state_sections,
    ):
        state(sheet)
    state_rulings(sheet, rulings)
    return sheet


def graph_of(extraction: Extraction, text: str) -> bytes:
    """The document's named graph as sorted N-Quads."""
    sheet = relate(extraction, text)
    return n_quads(sheet.statements, sheet.graph)
