"""The triples in which the service describes itself and its data; written and counted in a worker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.graph import Graph
from kg.server.answering import TRIPLES
from ontology.terms import BASE, DCT, PREFIXES, RDF, XSD

__all__ = ["counts", "rdf"]

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "N-Quads", "TriG", "RDF_XML"),
)


def counts(graph: Graph) -> dict[str, Any]:
    """How much the graph holds: triples, named graphs, and uses of each class and property."""

    def uses(pattern: str) -> dict[str, int]:
        answer = graph.query(f"SELECT ?x (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?x")
        return {str(name): int(str(number)) for name, number in answer}

    properties = uses("?s ?x ?o")
    return {
        "triples": sum(properties.values()),
        "documents": len(graph.manifest.documents),
        "graphs": len(graph.store.graphs()),
        "classes": uses("?s a ?x"),
        "properties": properties,
    }


def rdf(graph: Graph, root: str, counted: dict[str, Any], licence: str | None, format: str) -> bytes:
    """Service Description and VoID in one, in a format of ``kg.server.answering.TRIPLES``."""
    triples = [ox.Triple(*triple) for triple in _said(graph, root, counted, licence)]
    prefixes = {**PREFIXES, "sd": SD, "void": VOID}
    return ox.serialize(triples, format=TRIPLES[format], prefixes=prefixes) or b""


def _said(graph: Graph, root: str, counted: dict[str, Any], licence: str | None) -> Iterator[tuple[Any, Any, Any]]:
    service, data = ox.NamedNode(f"{root}/sparql"), ox.NamedNode(f"{root}/void#data")
    whole = ox.NamedNode(f"{root}/void#default")
    yield service, _node(RDF.type), _node(SD + "Service")
    yield service, _node(SD + "endpoint"), service
    yield service, _node(SD + "supportedLanguage"), _node(SD + "SPARQL11Query")
    yield service, _node(SD + "feature"), _node(SD + "UnionDefaultGraph")
    for name in _RESULT_FORMATS:
        yield service, _node(SD + "resultFormat"), _node(FORMATS + name)
    yield service, _node(SD + "defaultDataset"), data
    yield data, _node(RDF.type), _node(SD + "Dataset")
    yield data, _node(RDF.type), _node(VOID + "Dataset")
    yield data, _node(SD + "defaultGraph"), whole
    yield whole, _node(RDF.type), _node(SD + "Graph")
    yield whole, _node(VOID + "triples"), _number(counted["triples"])
    yield data, _node(DCT.title), ox.Literal("养老政策知识图谱", language="zh")
    yield data, _node(DCT.title), ox.Literal("Chinese eldercare policy knowledge graph", language="en")
    yield data, _node(DCT.identifier), ox.Literal(graph.manifest.store.removeprefix("store-"))
    if licence:
        yield data, _node("http://purl.org/dc/terms/license"), _node(licence)
    yield data, _node(VOID + "sparqlEndpoint"), service
    yield data, _node(VOID + "uriSpace"), ox.Literal(BASE)
    yield data, _node(VOID + "triples"), _number(counted["triples"])
    yield data, _node(VOID + "documents"), _number(counted["documents"])
    yield data, _node(VOID + "classes"), _number(len(counted["classes"]))
    yield data, _node(VOID + "properties"), _number(len(counted["properties"]))
    for iri in PREFIXES.values():
        if any(name.startswith(iri) for name in counted["properties"]):
            yield data, _node(VOID + "vocabulary"), _node(iri)
    yield from _partitions(data, root, "class", "classPartition", "entities", counted["classes"])
    yield from _partitions(data, root, "property", "propertyPartition", "triples", counted["properties"])


def _partitions(
    data: ox.NamedNode, root: str, way: str, link: str, measure: str, uses: dict[str, int]
) -> Iterator[tuple[Any, Any, Any]]:
    for number, (name, count) in enumerate(sorted(uses.items()), 1):
        part = ox.NamedNode(f"{root}/void#{way}-{number}")
        yield data, _node(VOID + link), part
        yield part, _node(VOID + way), _node(name)
        yield part, _node(VOID + measure), _number(count)


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD.integer))
