"""An open graph: query it, quote it, turn it into rdflib or networkx."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import shelve
from kg.answers import Answer, Value
from kg.files import printable
from kg.manifest import Manifest, NotAGraph, read_manifest, text_file
from kg.store import BadQuery, OxigraphStore, open_store

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

__all__ = ["BadQuery", "Graph", "Quotation", "open_graph"]

# What was minted from a span has evidence; what documents share has mentions.
_EVIDENCE = """
SELECT DISTINCT ?text ?start ?end ?rule ?confidence ?node WHERE {
  { ?node ek:evidence ?mention ; ek:readBy ?reading } UNION { ?mention ek:refersTo ?node ; ek:readBy ?reading }
  ?mention nif:referenceContext ?text ; nif:beginIndex ?start ; nif:endIndex ?end .
  ?reading ek:rule ?rule ; ek:confidence ?confidence .
} ORDER BY ?text ?start ?end ?rule
"""


class Quotation(NamedTuple):
    """The characters that say so: ``words`` is ``text[start:end]``, ``sentence`` what stands round them."""

    text: str
    start: int
    end: int
    words: str
    sentence: str
    rule: str | None
    confidence: Value


class Graph:
    """A graph folder, read only. Close it, or use it in a ``with`` statement."""

    def __init__(self, folder: Path, manifest: Manifest, store: OxigraphStore) -> None:
        self.folder = folder
        self.manifest = manifest
        self.store = store

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store's files."""
        self.store.close()

    def query(self, sparql: str, **values: Any) -> Answer:
        """Run SPARQL over the union of all documents' graphs; the project's prefixes need no declaration.

        Args:
            values: terms for variables that the query selects, safely bound: a str or number as a literal.

        Raises:
            BadQuery: the query cannot be read; the message says where.
        """
        import pyoxigraph as ox

        bound = {
            name: term if isinstance(term, ox.NamedNode | ox.Literal) else ox.Literal(term)
            for name, term in values.items()
        }
        return Answer.of(self.store.query(sparql, bound))

    @cached_property
    def _keys(self) -> dict[str, str]:
        """From a text's hash, IRI, document's IRI, number, title or file name to the hash; the first one wins."""
        found: dict[str, str] = {}
        for sha, entry in self.manifest.documents.items():
            found.setdefault(sha, sha)
            for name in entry.names:
                found.setdefault(name, sha)
                found.setdefault(name.rpartition("/")[2], sha)
        rows = self.query(
            "SELECT ?text ?doc ?number ?title WHERE { ?text eli:realizes ?doc"
            " OPTIONAL { ?doc ek:documentNumber ?number } OPTIONAL { ?doc dct:title ?title } } ORDER BY ?text"
        )
        for row in rows:
            sha = str(row[0]).rpartition("/")[2]
            for known in row:
                if known is not None:
                    found.setdefault(str(known), sha)
        return found

    def text(self, document: str) -> str:
        """The text of a document as it may be shown, by its number, title, file name, hash or IRI.

        Raises:
            KeyError: no text of that name is in the graph.
        """
        if document not in self._keys:
            raise KeyError(f"no text of {document!r} in {printable(self.folder)}")
        path = text_file(self.folder, self.manifest.documents[self._keys[document]].stem)
        return path.read_bytes().decode()

    def evidence(self, node: str) -> list[Quotation]:
        """The places that say so: of a count, citation, issuance or claim its evidence, of a thing its mentions."""
        import pyoxigraph as ox

        rows = self.query(_EVIDENCE, node=ox.NamedNode(node))
        return [
            self.quote(str(text), int(str(start)), int(str(end)), None if rule is None else str(rule), confidence)
            for text, start, end, rule, confidence, _ in rows
        ]

    def quote(self, text: str, start: int, end: int, rule: str | None = None, confidence: Value = None) -> Quotation:
        """``[start, end)`` of a text and the sentence round it."""
        whole = self.text(text)
        left = max(whole.rfind(mark, 0, start) for mark in "。！？；\n") + 1
        stops = [place for place in (whole.find(mark, max(end - 1, start)) for mark in "。！？；\n") if place >= 0]
        right = min(stops) + 1 if stops else len(whole)
        return Quotation(text, start, end, whole[start:end], whole[left:right].strip(), rule, confidence)

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy as an rdflib Dataset, one named graph for each document, the default graph their union."""
        import pyoxigraph as ox
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        graphs = {name: dataset.graph(rdflib.URIRef(name)) for name in self.store.graphs()}
        for subject, predicate, term, name in self.store.named_quads():
            value: rdflib.URIRef | rdflib.Literal
            if isinstance(term, ox.Literal):
                kind = None if term.language else rdflib.URIRef(term.datatype.value)
                value = rdflib.Literal(term.value, lang=term.language, datatype=kind, normalize=False)
            else:
                value = rdflib.URIRef(term.value)
            graphs[name.value].add((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), value))
        return dataset

    def to_networkx(self, kind: str = "all") -> nx.MultiDiGraph:
        """The projection of ``kg.network``: ``all``, ``citations`` or ``issuing``."""
        from kg.network import project

        return project(self, kind)


def open_graph(path: str | Path) -> Graph:
    """Open a graph folder that ``build`` has made. Its store is made anew from the N-Quads where it is missing.

    Raises:
        NotAGraph: there is no graph at ``path``.
    """
    folder = Path(path)
    manifest = read_manifest(folder) if folder.is_dir() else None
    if manifest is None:
        raise NotAGraph(
            f"{printable(folder)}: no graph here; make one with: eldercare-kg build PATH -o {printable(folder)}"
        )
    shelve.make_store(folder, None, manifest)
    return Graph(folder, manifest, open_store("oxigraph", folder / manifest.store, read_only=True))
