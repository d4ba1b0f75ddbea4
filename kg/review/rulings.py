"""What people have decided, in the graph: each correction with who, why, what it changed; or why it was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kg.review.correcting import FINDINGS, Ruling, human_rule
from kg.review.corrections import Correction, to_line
from kg.statements import link
from kg.statements.model import Evidence
from kg.statements.rdf import string
from kg.statements.sheet import Sheet
from ontology.terms import BASE, DCT, EK, NIF, PROV, RDF, RDFS

__all__ = ["node", "state_rulings"]


def state_rulings(sheet: Sheet, rulings: Iterable[Ruling]) -> None:
    """A node for each correction; doubts, checks and the like that a person has dropped leave the graph."""
    dropped = set()
    for ruling in rulings:
        correction = ruling.correction
        _state(sheet, ruling)
        if correction.verdict == "drop" and FINDINGS.fullmatch(correction.what) and not ruling.refused:
            dropped.add(link.span(sheet.doc.sha256, correction.start, correction.end, correction.what))
    if dropped:
        sheet.statements = [s for s in sheet.statements if s.subject not in dropped and s.object not in dropped]


def node(correction: Correction) -> str:
    """The IRI of a correction: by its text and what it decides."""
    key = hashlib.sha256(to_line(correction._replace(document="")).encode()).hexdigest()[:12]
    return f"{BASE}id/correction/{correction.text}/{key}"


def _state(sheet: Sheet, ruling: Ruling) -> None:
    correction = ruling.correction
    iri = node(correction)
    placed = not ruling.refused and ruling.end > ruling.start and not sheet.is_masked(ruling.start, ruling.end)
    if placed:
        sheet.evidenced(iri, Evidence(ruling.start, ruling.end, human_rule(correction.who), 1.0))
    sheet.add(iri, RDF.type, EK.Correction)
    sheet.add(iri, DCT.identifier, string(correction.id))
    sheet.add(iri, NIF.referenceContext, sheet.source)
    sheet.add(iri, EK.correctionKind, link.code("correction", correction.verdict))
    for term, words in (
        (EK.before, ruling.before),
        (EK.after, ruling.after),
        (EK.refusedBecause, ruling.refused),
        (RDFS.comment, correction.note),
    ):
        if words:
            sheet.add(iri, term, string(sheet.clean(words)))
    if correction.who:
        person = f"{BASE}id/reviewer/{link.segment(correction.who)}"
        sheet.add(iri, PROV.wasAssociatedWith, person)
        sheet.add(person, RDF.type, PROV.Person)
        sheet.add(person, RDFS.label, string(correction.who))
