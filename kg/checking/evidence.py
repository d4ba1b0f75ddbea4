"""Does every statement of a document's graph reach the characters that say so?

What was minted from a span is founded, and so are the text and the document it realises; from what is founded, the
statements named here lead on to bodies, areas, documents, programs. A statement whose subject is not reached so has
no evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.graph import Graph
from kg.statements.link import graph as graph_iri
from ontology.terms import DCT, EK, ELI, NIF, PROV, RDF

__all__ = ["Unfounded", "unfounded", "unfounded_of"]

# 从有据的节点，沿这些关系走到的东西也有据：证据就是那个节点的证据。
_LEADS = frozenset(
    {
        *(EK.refersTo, EK.citedDocument, EK.citingDocument, EK.issuedDocument, EK.issuingAgency, EK.firstIssuer),
        *(EK.aboutProgram, EK.contextProgram, EK.place, EK.population, EK.candidate, EK.issuerByCode, EK.scope),
        *(
            EK.member,
            EK.jurisdiction,
            EK.parentArea,
            EK.dutyOf,
            EK.setBy,
            EK.issuedBy,
            EK.mainRecipient,
            EK.ccRecipient,
        ),
        *(EK.respondsTo, EK.submittedTo, ELI.publisher_agent, ELI.realizes, RDF.subject, RDF.object, DCT.relation),
        PROV.wasAssociatedWith,
    }
)


class Unfounded(NamedTuple):
    """A statement without evidence."""

    subject: str
    predicate: str
    object: str


def unfounded(graph: Graph) -> Iterator[Unfounded]:
    """Statements of the documents' graphs that no characters stand for."""
    for name in graph.store.graphs():
        if name.startswith(graph_iri("src-")):
            yield from unfounded_of(graph.store.quads(name))


def unfounded_of(quads: Any) -> Iterator[Unfounded]:
    """Those of one document's statements (quads or triples) that no characters stand for."""
    statements = [(q.subject.value, q.predicate.value, q.object.value) for q in quads]
    leads: dict[str, list[str]] = {}
    reached: list[str] = []
    for subject, predicate, value in statements:
        if predicate in _LEADS:
            leads.setdefault(subject, []).append(value)
        if predicate in (EK.evidence, NIF.referenceContext, NIF.isString):
            reached.append(subject)
    founded = set(reached)
    while reached:
        for value in leads.get(reached.pop(), ()):
            if value not in founded:
                founded.add(value)
                reached.append(value)
    for statement in statements:
        if statement[0] not in founded:
            yield Unfounded(*statement)
