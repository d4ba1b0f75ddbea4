"""Names of bodies and places resolved by the jurisdiction of the document's issuer."""

from __future__ import annotations

from extractors.model import Document, Found, Jurisdiction, Mention

__all__ = ["infer", "resolve"]


def infer(doc: Document, found: Found) -> Jurisdiction | None:
    """The territory of the document's issuer, or None where the text does not tell it."""
    return None


def resolve(doc: Document, found: Found, jurisdiction: Jurisdiction | None) -> list[Mention]:
    """All mentions; AGENCY and REGION with their ``canonical`` names, None where the text cannot settle it."""
    return list(found)
