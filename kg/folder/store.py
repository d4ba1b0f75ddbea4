"""Where graphs are held and queried: one small protocol, and the STORES that keep it.

The embedded store is Oxigraph, on disk. The master of a graph is its N-Quads files; a store is made from them.

The default graph holds every triple of the named graphs once. Two documents that name the same body both label it; a
union taken at query time would count that label twice, a real graph counts it once, as SPARQL means it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Protocol

import pyoxigraph as ox

from kg.query.guard import BadQuery, check
from ontology.terms import PREFIXES

__all__ = ["STORES", "BadQuery", "OxigraphStore", "Store", "open_store", "with_union"]

# name -> "module:class". Loaded when first needed.
STORES: dict[str, str] = {
    "oxigraph": "kg.folder.store:OxigraphStore",
}


class Store(Protocol):
    """What a store must do. Graphs are named by IRI, quads come and go as N-Quads."""

    def load(self, quads: IO[bytes] | bytes) -> None:
        """Take in many quads at once, named and default graphs' (see ``with_union``)."""

    def replace(self, graph: str, quads: bytes) -> None:
        """Put these quads in the place of a named graph's."""

    def remove(self, graph: str) -> None:
        """Drop a named graph."""

    def query(self, sparql: str, values: dict[str, Any] | None = None) -> Any:
        """Run SPARQL; without GRAPH it sees every triple once. ``values`` binds variables to terms."""

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""

    def dump(self, graph: str | None = None) -> bytes:
        """All quads (of one graph) as sorted N-Quads."""

    def close(self) -> None:
        """Write what is pending and let go of the files."""


class OxigraphStore:
    """Oxigraph on disk, or in memory where no folder is given."""

    def __init__(self, folder: Path | None = None, *, read_only: bool = False) -> None:
        if folder is None:
            self._store: ox.Store | None = ox.Store()
        elif read_only:
            self._store = ox.Store.read_only(_path(folder))
        else:
            self._store = ox.Store(_path(folder))

    @property
    def store(self) -> ox.Store:
        """The store itself, for what the protocol does not offer."""
        if self._store is None:
            raise ValueError("the graph is closed")
        return self._store

    def load(self, quads: IO[bytes] | bytes) -> None:
        """Bulk load N-Quads."""
        self.store.bulk_load(quads, format=ox.RdfFormat.N_QUADS)

    def load_turtle(self, data: bytes, graph: str) -> None:
        """Put Turtle in the place of a named graph's quads."""
        name = ox.NamedNode(graph)
        triples = ox.parse(data, format=ox.RdfFormat.TURTLE)
        self._put(name, [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples])

    def replace(self, graph: str, quads: bytes) -> None:
        """Put these quads in the place of a named graph's."""
        self._put(ox.NamedNode(graph), list(ox.parse(quads, format=ox.RdfFormat.N_QUADS)))

    def remove(self, graph: str) -> None:
        """Drop a named graph, and from the default graph what no other graph says."""
        self._put(ox.NamedNode(graph), [])
        self.store.remove_graph(ox.NamedNode(graph))

    def _put(self, name: ox.NamedNode, quads: list[ox.Quad]) -> None:
        """Make these the quads of the graph, and keep the default graph the union of all."""
        old = set(self.store.quads_for_pattern(None, None, None, name))
        new = set(quads)
        self.store.extend(copy for quad in quads for copy in (quad, _unnamed(quad)))
        for quad in old - new:
            self.store.remove(quad)
            triple = _unnamed(quad)
            others = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(other == triple for other in others):
                self.store.remove(triple)

    def query(self, sparql: str, values: dict[str, Any] | None = None) -> Any:
        """Run SPARQL; the project's prefixes need no declaration.

        Raises:
            BadQuery: with the parser's own words on where it stumbled.
        """
        check(sparql)
        bound = {ox.Variable(name): term for name, term in (values or {}).items()}
        try:
            return self.store.query(sparql, prefixes=PREFIXES, substitutions=bound or None)
        except (SyntaxError, UnicodeEncodeError, RuntimeError) as error:
            raise BadQuery(f"the query cannot be read: {error}") from error

    def construct(self, sparql: str, graph: str) -> int:
        """Add what a CONSTRUCT query yields to a named graph; how many triples."""
        name = ox.NamedNode(graph)
        triples = list(self.query(sparql))
        for graph_name in (name, ox.DefaultGraph()):
            self.store.extend(ox.Quad(t.subject, t.predicate, t.object, graph_name) for t in triples)
        return len(triples)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self.store.named_graphs() if isinstance(name, ox.NamedNode))

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """The quads of a named graph."""
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def dump(self, graph: str | None = None) -> bytes:
        """All quads of the named graphs (or of one) as sorted N-Quads."""
        quads = self.quads(graph) if graph else self.named_quads()
        data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        return b"".join(sorted((data or b"").splitlines(keepends=True)))

    def named_quads(self) -> Iterator[ox.Quad]:
        """The quads of the named graphs."""
        quads = self.store.quads_for_pattern(None, None, None, None)
        return (quad for quad in quads if quad.graph_name != ox.DefaultGraph())

    def backup(self, folder: Path) -> None:
        """A copy that shares this store's files where it can."""
        self.store.backup(_path(folder))

    def close(self) -> None:
        """Let go of the files."""
        self._store = None

    def __len__(self) -> int:
        return len(self.store)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self.store)


def _path(folder: Path) -> str:
    """The folder as Oxigraph takes it: UTF-8, whatever the locale made of its name."""
    return os.fsencode(folder).decode("utf-8", "surrogateescape")


def _unnamed(quad: ox.Quad) -> ox.Quad:
    """The same triple in the default graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def with_union(quads: bytes, graph: str) -> bytes:
    """The N-Quads of one named graph, and the same triples for the default graph."""
    return quads + quads.replace(f" <{graph}> .\n".encode(), b" .\n")


def open_store(name: str, folder: Path | None = None, *, read_only: bool = False) -> Any:
    """A store of the STORES table."""
    if name not in STORES:
        raise ValueError(f"no store {name!r}; there are: {', '.join(STORES)}")
    module, attribute = STORES[name].split(":")
    return getattr(import_module(module), attribute)(folder, read_only=read_only)
