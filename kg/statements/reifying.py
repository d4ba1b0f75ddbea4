"""The graph as RDF 1.2: what a node with evidence states is a triple term, which the node reifies.

In the store a claim has ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``, as RDF 1.1 must; here it has
``rdf:reifies <<( s p o )>>`` in their place, and citations and issuances reify what they state. Whoever has the
triple so has its evidence in one step. Few tools read it yet (Oxigraph does, rdflib
does not), hence an export of its own.

Authority: RDF 1.2 Concepts, W3C (triple terms in object position only).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ontology.terms import EK, ELI, RDF

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["REIFIES", "reified"]

REIFIES = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
_PARTS = frozenset((RDF.subject, RDF.predicate, RDF.object))
# 节点的两个属性合起来说的是哪一句：引用说引用，印发说发文机关。
_STATED = (
    (EK.citingDocument, ELI.cites, EK.citedDocument),
    (EK.issuedDocument, EK.issuedBy, EK.issuingAgency),
)


def reified(graph: Graph) -> Iterator[ox.Quad]:
    """All quads of the named graphs with reification by triple terms, in a settled order."""
    for name in graph.store.graphs():
        quads = graph.store.store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        yield from _of_graph(sorted(quads, key=str))


def _of_graph(quads: list[ox.Quad]) -> Iterator[ox.Quad]:
    values: dict[Any, dict[str, list[Any]]] = {}
    wanted = _PARTS | {term for first, _, last in _STATED for term in (first, last)}
    for quad in quads:
        if quad.predicate.value in wanted:
            values.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
        if quad.predicate.value not in _PARTS:
            yield quad
    name = quads[0].graph_name if quads else ox.DefaultGraph()
    for node, said in values.items():
        for stated in _triples(said):
            yield ox.Quad(node, REIFIES, stated, name)


def _triples(said: dict[str, list[Any]]) -> Iterator[ox.Triple]:
    """What a node states, by the parts of its triple or by the properties that amount to one."""
    for subject in said.get(RDF.subject, ()):
        for predicate in said.get(RDF.predicate, ()):
            yield from (ox.Triple(subject, predicate, value) for value in said.get(RDF.object, ()))
    for first, between, last in _STATED:
        for subject in said.get(first, ()):
            yield from (ox.Triple(subject, ox.NamedNode(between), value) for value in said.get(last, ()))
