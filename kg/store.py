"""Where graphs are held and queried: one small protocol, and the STORES that keep it.

The embedded store is Oxigraph, on disk. The master of a graph is its N-Quads files; a store is made from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Protocol

import pyoxigraph as ox

from ontology.terms import PREFIXES

__all__ = ["STORES", "BadQuery", "OxigraphStore", "Store", "open_store"]

# name -> "module:class". Loaded when first needed.
STORES: dict[str, str] = {
    "oxigraph": "kg.store:OxigraphStore",
}

# Deeper nesting than any real query has makes the parser overflow its stack and takes the process with it.
_DEEPEST = 60


class BadQuery(ValueError):
    """A query that cannot be run; the message says where and why."""


class Store(Protocol):
    """What a store must do. Graphs are named by IRI, quads come and go as N-Quads."""

    def load(self, quads: IO[bytes] | bytes) -> None:
        """Take in many quads at once."""

    def replace(self, graph: str, quads: bytes) -> None:
        """Put these quads in the place of a named graph's."""

    def remove(self, graph: str) -> None:
        """Drop a named graph."""

    def query(self, sparql: str, values: dict[str, Any] | None = None) -> Any:
        """Run SPARQL over the union of all graphs; ``values`` binds variables to terms."""

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
            self._store = ox.Store.read_only(str(folder))
        else:
            self._store = ox.Store(str(folder))

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
        """Load Turtle into a named graph."""
        self.store.load(data, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))

    def replace(self, graph: str, quads: bytes) -> None:
        """Put these quads in the place of a named graph's."""
        self.remove(graph)
        self.store.load(quads, format=ox.RdfFormat.N_QUADS)

    def remove(self, graph: str) -> None:
        """Drop a named graph."""
        self.store.remove_graph(ox.NamedNode(graph))

    def query(self, sparql: str, values: dict[str, Any] | None = None) -> Any:
        """Run SPARQL; the project's prefixes need no declaration.

        Raises:
            BadQuery: with the parser's own words on where it stumbled.
        """
        _guard(sparql)
        bound = {ox.Variable(name): term for name, term in (values or {}).items()}
        try:
            return self.store.query(
                sparql, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=bound or None
            )
        except (SyntaxError, UnicodeEncodeError, RuntimeError) as error:
            raise BadQuery(f"the query cannot be read: {error}") from error

    def construct(self, sparql: str, graph: str) -> int:
        """Put what a CONSTRUCT query yields over the union of all graphs into a named graph; how many triples."""
        name = ox.NamedNode(graph)
        quads = [ox.Quad(t.subject, t.predicate, t.object, name) for t in self.query(sparql)]
        self.store.extend(quads)
        return len(quads)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self.store.named_graphs() if isinstance(name, ox.NamedNode))

    def dump(self, graph: str | None = None) -> bytes:
        """All quads (of one graph) as sorted N-Quads."""
        quads: Iterable[ox.Quad] = self.store.quads_for_pattern(
            None, None, None, ox.NamedNode(graph) if graph else None
        )
        data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        return b"".join(sorted((data or b"").splitlines(keepends=True)))

    def backup(self, folder: Path) -> None:
        """A copy that shares this store's files where it can."""
        self.store.backup(str(folder))

    def close(self) -> None:
        """Let go of the files."""
        self._store = None

    def __len__(self) -> int:
        return len(self.store)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self.store)


def _guard(sparql: str) -> None:
    depth = deepest = 0
    for character in sparql:
        if character in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "})]":
            depth -= 1
    if deepest > _DEEPEST:
        raise BadQuery(f"the query nests brackets {deepest} deep; at most {_DEEPEST} are allowed")


def open_store(name: str, folder: Path | None = None, *, read_only: bool = False) -> Any:
    """A store of the STORES table."""
    if name not in STORES:
        raise ValueError(f"no store {name!r}; there are: {', '.join(STORES)}")
    module, attribute = STORES[name].split(":")
    return getattr(import_module(module), attribute)(folder, read_only=read_only)
