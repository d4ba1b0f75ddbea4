"""An open graph: query it, quote it, turn it into rdflib or networkx."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.files import printable
from kg.folder import shelve
from kg.folder.manifest import Manifest, NotAGraph, read_manifest, text_file
from kg.folder.store import BadQuery, OxigraphStore, open_store
from kg.query.answers import Answer, Value

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.query.documents import PolicyDocument

__all__ = ["BadQuery", "Graph", "Quotation", "open_graph"]

# What was minted from a span has evidence; what documents share has mentions.
# Each branch whole, so that it is walked from the node; a union joined to the rest is walked through the whole graph.
_EVIDENCE = """
SELECT DISTINCT ?text ?start ?end ?rule ?confidence ?node WHERE {
  { ?node ek:evidence ?mention ; ek:readBy ?reading .
    ?mention nif:referenceContext ?text ; nif:beginIndex ?start ; nif:endIndex ?end .
    ?reading ek:rule ?rule ; ek:confidence ?confidence }
  UNION
  { ?mention ek:refersTo ?node ; ek:readBy ?reading ;
             nif:referenceContext ?text ; nif:beginIndex ?start ; nif:endIndex ?end .
    ?reading ek:rule ?rule ; ek:confidence ?confidence }
} ORDER BY ?text ?start ?end ?rule
"""


class Quotation(NamedTuple):
    """The characters that say so: ``words`` is ``text[start:end]``, ``sentence`` what stands round them.

    ``offset`` is where the words begin in the sentence.
    """

    text: str
    start: int
    end: int
    words: str
    sentence: str
    rule: str | None
    confidence: Value
    offset: int = 0

    def parts(self) -> tuple[str, str, str]:
        """The sentence as what stands before the words, the words, and what stands after them."""
        after = self.offset + len(self.words)
        return self.sentence[: self.offset], self.sentence[self.offset : after], self.sentence[after:]


class Graph:
    """A graph folder, read only. Close it, or use it in a ``with`` statement."""

    def __init__(self, folder: Path, manifest: Manifest, store: OxigraphStore) -> None:
        self.folder = folder
        self.name = printable(folder)
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
        path = text_file(self.folder, self.manifest.documents[self.sha(document)].stem)
        return path.read_bytes().decode()

    def sha(self, document: str) -> str:
        """The hash (its first 16 digits) of the text of a document, named as for ``text``.

        Raises:
            KeyError: no text of that name is in the graph.
        """
        if document in self.manifest.documents:
            return document
        if document not in self._keys:
            raise KeyError(f"no text of {document!r} in {self.name}")
        return self._keys[document]

    def evidence(self, node: str, most: int | None = None) -> list[Quotation]:
        """The places that say so (the first ``most``): of a count, citation, issuance or claim its evidence, of a thing
        its mentions."""
        import pyoxigraph as ox

        limit = "" if most is None else f"LIMIT {most}"
        rows = self.query(_EVIDENCE + limit, node=ox.NamedNode(node))
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
        sentence = whole[left:right]
        offset = start - left - (len(sentence) - len(sentence.lstrip()))
        return Quotation(text, start, end, whole[start:end], sentence.strip(), rule, confidence, max(offset, 0))

    def document(self, name: str) -> PolicyDocument:
        """One document with all that is said by it and of it; in Jupyter it shows as a card with its evidence.

        Args:
            name: its number in any brackets, title or a part of it, a text's file name or hash, or its IRI.

        Raises:
            UnknownName: no document is called so, or several are; the message lists them.
        """
        from kg.query.documents import document

        return document(self, name)

    def figures(
        self,
        *,
        indicator: str | None = None,
        region: str | None = None,
        document: str | None = None,
        kind: str | None = None,
        unit: str | None = None,
        within: bool = False,
    ) -> Answer:
        """The counts that the documents state, with bounds, unit, time, place, kind and evidence, ready to compare.

        See ``kg.analysis.comparing.figures``, which tells what the columns mean.

        Args:
            indicator: what is counted, or the program it measures, has this in its name: ``养老床位``.
            region: the place a figure holds for, in full or short: ``重庆市渝北区``, ``渝北区``.
            document: only what this document says.
            kind: only actual, growth, target, standard or eligibility.
            unit: only figures in this unit.
            within: with the places inside ``region``, too.

        Raises:
            UnknownName: ``region`` or ``document`` names nothing in the graph.
        """
        from kg.analysis.comparing import figures

        return figures(self, indicator=indicator, region=region, document=document, kind=kind, unit=unit, within=within)

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

    def to_networkx(self, kind: str = "all") -> nx.Graph:
        """The graph as a network, its nodes and edges with typed attributes (see ``kg.analysis.network.project``).

        Args:
            kind: ``all``; ``citations``, documents joined by what they cite, repeal and amend; ``issuing``, documents
                and the agencies that issued them; ``co-issuing``, agencies joined by what they issued together.

        Raises:
            ValueError: no such kind; the message lists those there are.
        """
        from kg.analysis.network import project

        return project(self, kind)

    def to_pyvis(self, center: str, hops: int = 1, max_nodes: int = 300) -> Any:
        """A thing and what is round it as a pyvis network: offline, in fixed places, names only text.

        Args:
            center: a name, title, number or IRI.
            hops: so many steps from it.

        Raises:
            UnknownName: nothing, or more than one thing, is called so.
            ValueError: it is more than ``max_nodes``; the message says what else to do.
        """
        from kg.analysis.page import to_pyvis

        return to_pyvis(self, center, hops=hops, max_nodes=max_nodes)


def open_graph(path: str | Path) -> Graph:
    """Open a graph folder that ``build`` has made; its store is made anew from the N-Quads where it is missing.

    Args:
        path: the folder, or the URL of a SPARQL service that holds the graph (see ``kg.query.remote``).

    Raises:
        NotAGraph: there is no graph at ``path``.
        Unreachable: the service cannot be asked.
    """
    if str(path).startswith(("http://", "https://")):
        from kg.query.remote import open_remote

        return open_remote(str(path))
    folder = Path(path)
    manifest = read_manifest(folder) if folder.is_dir() else None
    if manifest is None:
        raise NotAGraph(
            f"{printable(folder)}: no graph here; make one with: eldercare-kg build PATH -o {printable(folder)}"
        )
    shelve.make_store(folder, None, manifest)
    return Graph(folder, manifest, open_store("oxigraph", folder / manifest.store, read_only=True))
