"""SPARQL answered in a worker: over the dataset that was asked for, in the format that was asked for, or not at all."""

from __future__ import annotations

import io
from typing import Any

import pyoxigraph as ox

from kg.graph import Graph
from kg.query.guard import BadQuery
from kg.server.problems import Problem
from ontology.terms import BASE, PREFIXES

__all__ = ["RESULTS", "TRIPLES", "TooLarge", "named_graph", "sparql"]

# Name -> what the store calls the format. For SELECT and ASK, and for CONSTRUCT and DESCRIBE.
RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


class TooLarge(Problem):
    """An answer of more bytes than are sent."""

    def __init__(self, most: int) -> None:
        super().__init__(413, f"the answer is larger than {most:,} bytes; ask for less, or with LIMIT and OFFSET")


class _Capped(io.BytesIO):
    """A buffer that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self._most:
            raise TooLarge(self._most)
        return super().write(data)


def sparql(
    graph: Graph, text: str, format: str, default: list[str], named: list[str], asked: list[str], most: int
) -> bytes:
    """Run a query that ``kg.query.guard.check`` let through.

    Args:
        format: a key of RESULTS or TRIPLES, as the query's form demands.
        default: IRIs of the graphs to take for the default graph.
        named: IRIs of the graphs that GRAPH sees. Where either is given, both stand in place of the query's own.
        asked: IRIs of the graphs that the query itself names after FROM.
        most: at most so many bytes.

    Raises:
        BadQuery: the query cannot be read, or one of the graphs is not there.
        TooLarge: the answer has more bytes.
    """
    store = graph.store.store
    dataset: dict[str, Any] = {}
    if default or named:
        dataset = {"default_graph": _nodes(store, default), "named_graphs": _nodes(store, named)}
    else:
        _nodes(store, asked)
    out = _Capped(most)
    try:
        found = store.query(text, base_iri=BASE, prefixes=_used(text), **dataset)
        if isinstance(found, ox.QueryTriples):
            ox.serialize(found, out, format=TRIPLES[format], prefixes=PREFIXES)
        else:
            found.serialize(out, format=RESULTS[format])
    except (SyntaxError, UnicodeEncodeError, RuntimeError) as error:
        raise BadQuery(f"the query cannot be run: {error}") from error
    return out.getvalue()


def _used(text: str) -> dict[str, str]:
    """The prefixes that a query may use: the store reads each one's IRI anew for each query."""
    if "\\" in text:  # a prefix may be written by its code points
        return PREFIXES
    return {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}


def named_graph(graph: Graph, name: str | None, format: str, most: int) -> bytes:
    """All triples of a named graph, or of the default graph.

    Raises:
        KeyError: there is no such graph.
        TooLarge: they take more bytes.
    """
    store = graph.store.store
    if name is not None and not (_is_iri(name) and store.contains_named_graph(ox.NamedNode(name))):
        raise KeyError(f"there is no graph {name!r} here")
    out = _Capped(most)
    where = ox.NamedNode(name) if name else ox.DefaultGraph()
    store.dump(out, format=TRIPLES[format], from_graph=where, prefixes=PREFIXES)
    return out.getvalue()


def _is_iri(name: str) -> bool:
    try:
        ox.NamedNode(name)
    except ValueError:
        return False
    return True


def _nodes(store: ox.Store, names: list[str]) -> list[ox.NamedNode]:
    for name in names:
        if not (_is_iri(name) and store.contains_named_graph(ox.NamedNode(name))):
            raise BadQuery(f"there is no graph {name!r} here; SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} lists them")
    return [ox.NamedNode(name) for name in names]
