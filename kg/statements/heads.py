"""The head of a document's graph: the text, the document it realises, its header fields, its numbered parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from kg.statements import link
from kg.statements.rdf import chinese, date, integer, string
from kg.statements.sheet import Sheet
from ontology.terms import DCT, EK, ELI, NIF, RDF, RDFS

__all__ = ["part_of", "state_header", "state_sections", "state_source"]

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_ITEMS = (3, 4)
_RUN_IN = 5
_SPACES = re.compile(r"\s+")


def state_source(sheet: Sheet) -> None:
    """The text as it may be shown, its hash, and the document it realises."""
    sheet.add(sheet.source, RDF.type, EK.SourceText)
    sheet.add(sheet.source, DCT.identifier, string(f"sha256:{sheet.doc.sha256}"))
    sheet.add(sheet.source, ELI.realizes, sheet.document("self"))
    sheet.add(sheet.source, NIF.isString, string(sheet.text))


def state_header(sheet: Sheet) -> None:
    """The fields of GB/T 9704-2012 that the text gives."""
    header, own = sheet.extraction.header, sheet.document("self")
    sheet.add(own, RDF.type, EK.ReplyDocument if header.get("replies_to") else EK.PolicyDocument)
    if header.get("title"):
        sheet.add(own, DCT.title, chinese(sheet.clean(_SPACES.sub(" ", header["title"]))))
    if header.get("number"):
        sheet.add(own, EK.documentNumber, string(header["number"]))
    if header.get("genre"):
        sheet.add(own, ELI.type_document, link.code("genre", header["genre"]))
    if header.get("openness"):
        sheet.add(own, DCT.accessRights, link.code("openness", header["openness"]))
    issuers = list(header.get("issuers") or [])
    for issuer in issuers:
        sheet.add(own, EK.issuedBy, sheet.agency(issuer))
    if len(issuers) > 1:
        sheet.add(own, EK.firstIssuer, sheet.agency(issuers[0]))
    for field, term in (
        ("written_date", ELI.date_document),
        ("published_date", ELI.date_publication),
        ("printed_date", DCT.issued),
    ):
        if _DAY.fullmatch(header.get(field) or ""):
            sheet.add(own, term, date(header[field]))
    if header.get("printed_by"):
        sheet.add(own, ELI.publisher_agent, sheet.agency(header["printed_by"]))
    _state_recipients(sheet, own)
    if header.get("replies_to"):
        _state_proposal(sheet, own, header["replies_to"])


def _state_recipients(sheet: Sheet, own: str) -> None:
    """主送机关 and 抄送机关: as written, and the bodies meant where they are known."""
    header = sheet.extraction.header
    bodies = {
        sheet.doc.text[m.start : m.end]: m.attributes["canonical"]
        for m in sheet.extraction.mentions
        if m.type == "AGENCY" and m.attributes.get("canonical")
    }
    for field, written, body in (
        ("addressees", EK.addressedTo, EK.mainRecipient),
        ("cc", EK.copiedTo, EK.ccRecipient),
    ):
        for name in header.get(field) or ():
            sheet.add(own, written, string(sheet.clean(name)))
            if name in bodies:
                sheet.add(own, body, sheet.agency(bodies[name]))


def _state_proposal(sheet: Sheet, own: str, answered: dict[str, Any]) -> None:
    """The proposal that a reply answers."""
    iri = proposal_iri(answered)
    sheet.add(own, EK.respondsTo, iri)
    sheet.add(iri, RDF.type, EK.Proposal)
    if answered.get("kind"):
        sheet.add(iri, EK.proposalKind, link.code("proposal", answered["kind"]))
    if answered.get("number"):
        sheet.add(iri, EK.proposalNumber, string(answered["number"]))
    if answered.get("session"):
        sheet.add(iri, EK.session, string(answered["session"]))
    if answered.get("title"):
        sheet.add(iri, DCT.title, chinese(sheet.clean(answered["title"])))
    if answered.get("body"):
        sheet.add(iri, EK.submittedTo, sheet.agency(answered["body"]))


def proposal_iri(answered: dict[str, Any]) -> str:
    """The IRI of the proposal in a header's ``replies_to``."""
    kind = answered.get("kind") or "提案"
    return link.proposal(
        kind, answered.get("body"), answered.get("session"), answered.get("number"), answered.get("title")
    )


def state_sections(sheet: Sheet) -> None:
    """Numbered parts and attachments.

    Articles and items (第X条, 1., （1）) only where something was read in them: a code has a thousand of them.
    """
    said = sorted(sheet.starts)
    spans = {
        (s.start, s.end): s
        for s in sheet.doc.layout.sections
        if s.marker and s.end > s.start and (s.level not in _ITEMS or _any_within(said, s.start, s.end))
    }
    for (start, end), section in spans.items():
        iri = part_of(sheet, start, end)
        if section.level == _RUN_IN:
            # 一是…二是…没有标题，层级和编号看文字就知道。
            continue
        sheet.add(iri, EK.sectionLevel, integer(section.level))
        title = sheet.shown(section.start, section.title.end) if section.title.end > section.start else ""
        sheet.add(iri, RDFS.label, chinese(title or section.marker))
        if section.level == 0:
            sheet.add(iri, EK.sectionKind, link.code("part", "attachment"))


def _any_within(places: list[int], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end


def part_of(sheet: Sheet, start: int, end: int) -> str:
    """The node of a part of the text."""
    iri = link.span(sheet.doc.sha256, start, end, "section")
    sheet.add(iri, RDF.type, EK.Section)
    sheet.add(iri, NIF.referenceContext, sheet.source)
    sheet.add(iri, NIF.beginIndex, integer(start))
    sheet.add(iri, NIF.endIndex, integer(end))
    return iri
