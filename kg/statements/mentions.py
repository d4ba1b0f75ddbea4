"""Names in the text to nodes: what each names, or why that cannot be told."""

from __future__ import annotations

from extractors.model import Mention
from kg.statements import link
from kg.statements.heads import proposal_iri
from kg.statements.rdf import chinese, string
from kg.statements.sheet import Sheet
from ontology.terms import DCT, EK, RDF, RDFS

__all__ = ["state_mentions"]


def state_mentions(sheet: Sheet) -> None:
    """A node for every name of a body, document, proposal, program or organisation, and what it refers to.

    Counts are stated by ``figures``. Times, places and groups have no node of their own: they are said of figures.
    """
    for mention in sheet.extraction.mentions:
        if sheet.is_masked(mention.start, mention.end):
            continue
        target = _target(sheet, mention)
        if target is None:
            continue
        node = sheet.mention(mention.start, mention.end)
        sheet.add(node, EK.refersTo, target)
        sheet.read_by(node, mention.rule, mention.confidence)


def _target(sheet: Sheet, mention: Mention) -> str | None:
    facts = mention.attributes
    surface = sheet.shown(mention.start, mention.end)
    if mention.type == "AGENCY":
        return sheet.agency(facts["canonical"]) if facts.get("canonical") else _unresolved(sheet, surface, mention)
    if mention.type == "PROGRAM":
        return sheet.named("program", str(facts.get("canonical") or surface))
    if mention.type == "ORGANIZATION":
        return sheet.named("organization", str(facts.get("canonical") or surface))
    if mention.type == "PROPOSAL_NUMBER":
        return _proposal(sheet, number=surface)
    if mention.type in ("DOCUMENT_TITLE", "DOCUMENT_NUMBER"):
        if facts.get("kind") == "proposal":
            return _proposal(sheet, title=str(facts.get("document") or surface))
        return sheet.document(str(facts["document"])) if facts.get("document") else _unresolved(sheet, surface, mention)
    return None


def _unresolved(sheet: Sheet, surface: str, mention: Mention) -> str:
    """A name that the text does not settle stays so, with the reason, and can be listed."""
    iri = link.alias(sheet.doc.sha256, surface)
    sheet.add(iri, RDF.type, EK.UnresolvedAlias)
    sheet.add(iri, RDFS.label, chinese(surface))
    candidates = mention.attributes.get("candidates") or ()
    sheet.add(iri, EK.resolutionStatus, link.code("res", "ambiguous" if candidates else "unresolved"))
    for candidate in candidates:
        sheet.add(iri, EK.candidate, sheet.agency(str(candidate)))
    if mention.attributes.get("reason"):
        sheet.add(iri, EK.unresolvedReason, string(str(mention.attributes["reason"])))
    return iri


def _proposal(sheet: Sheet, *, number: str | None = None, title: str | None = None) -> str | None:
    """The proposal that is answered, where this is it; another by its title; a number alone names none."""
    answered = sheet.extraction.header.get("replies_to") or {}
    if title is None:
        digits = "".join(c for c in number or "" if c.isdigit())
        same = answered.get("number") and str(answered["number"]).lstrip("0") == digits.lstrip("0")
        return proposal_iri(answered) if same else None
    if answered.get("title") == title:
        return proposal_iri(answered)
    iri = link.proposal("提案", None, None, None, title)
    sheet.add(iri, RDF.type, EK.Proposal)
    sheet.add(iri, DCT.title, chinese(title))
    return iri
