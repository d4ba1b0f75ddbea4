"""Quotations that can be cited: each with its document's title and number. These functions run in workers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.graph import Graph
from kg.server.naming import names_of
from ontology.terms import BASE

__all__ = ["evidence_of", "sources"]

_SOURCES = """SELECT ?text ?doc ?number WHERE { VALUES ?text { %s } ?text eli:realizes ?doc
  OPTIONAL { ?doc ek:documentNumber ?number } } ORDER BY ?text ?doc ?number"""


def sources(graph: Graph, texts: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By the hash of a text: its document's ``iri``, ``title`` and ``number``."""
    nodes = " ".join(f"<{BASE}id/src/{sha}>" for sha in dict.fromkeys(texts))
    rows = graph.query(_SOURCES % nodes).rows if nodes else ()
    names = names_of(graph, (str(doc) for _, doc, _ in rows))
    told: dict[str, dict[str, Any]] = {}
    for text, doc, number in rows:
        sha = str(text).rpartition("/")[2]
        told.setdefault(sha, {"iri": doc, "title": names[str(doc)].label, "number": number})
    return told


def evidence_of(graph: Graph, iris: list[str], most: int = 2) -> dict[str, Any]:
    """For each thing the first places that say so: ``evidence`` by IRI, and ``documents`` by text."""
    evidence = {iri: [_told(quote) for quote in graph.evidence(iri, most=most)] for iri in iris}
    shas = [quote["text"] for quotes in evidence.values() for quote in quotes]
    return {"evidence": {iri: quotes for iri, quotes in evidence.items() if quotes}, "documents": sources(graph, shas)}


def _told(quote: Any) -> dict[str, Any]:
    sha = quote.text.rpartition("/")[2]
    return {"text": sha, "start": quote.start, "end": quote.end, "words": quote.words, "sentence": quote.sentence}
