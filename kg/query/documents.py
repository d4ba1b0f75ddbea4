"""One document of a graph: its head, and all that is said by it and of it, each with the characters that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.query.answers import Answer, Value

if TYPE_CHECKING:
    from kg.graph import Graph, Quotation

__all__ = ["PolicyDocument", "Statement", "document"]

_NAME = """OPTIONAL { %(of)s ek:documentNumber ?number } OPTIONAL { %(of)s skos:prefLabel ?title }"""
_HEAD = """SELECT ?doc ?number ?title ?genre ?written ?published ?text WHERE {
  ?doc ?any ?value . FILTER(?any = rdf:type)
  OPTIONAL { ?doc ek:documentNumber ?number } OPTIONAL { ?doc skos:prefLabel ?title }
  OPTIONAL { ?doc eli:type_document ?code BIND(STRAFTER(STR(?code), "genre-") AS ?genre) }
  OPTIONAL { ?doc eli:date_document ?written } OPTIONAL { ?doc eli:date_publication ?published }
  OPTIONAL { ?text eli:realizes ?doc }
} ORDER BY ?title ?text"""
_ISSUERS = "SELECT DISTINCT ?doc ?name WHERE { ?doc ek:issuedBy/skos:prefLabel ?name } ORDER BY ?name"
_OF_FILE = """SELECT DISTINCT ?doc ?file WHERE {
  ?text eli:realizes ?doc . OPTIONAL { ?text ek:fileName ?name }
  FILTER(STR(?name) = ?file || STRENDS(STR(?name), CONCAT("/", ?file))
         || STRENDS(STR(?text), CONCAT("/", ?file))) }"""
# group -> query: ?node bears the evidence, ?number ?title ?role and the like make its caption.
_STATEMENTS = {
    "issued": """SELECT ?doc ?node (GROUP_CONCAT(DISTINCT ?name; separator="、") AS ?title) WHERE {
  ?node a ek:Issuance ; ek:issuedDocument ?doc ; ek:issuingAgency/skos:prefLabel ?name } GROUP BY ?doc ?node""",
    "cited_by": f"""SELECT ?doc ?node ?number ?title ?role WHERE {{
  ?node ek:citedDocument ?doc ; ek:citingDocument ?other ; ek:citationRole ?code . {_NAME % {"of": "?other"}}
  BIND(STRAFTER(STR(?code), "role-") AS ?role) }}""",
    "cites": f"""SELECT ?doc ?node ?number ?title ?role WHERE {{
  ?node ek:citingDocument ?doc ; ek:citedDocument ?other ; ek:citationRole ?code . {_NAME % {"of": "?other"}}
  BIND(STRAFTER(STR(?code), "role-") AS ?role) }}""",
    "figures": """SELECT ?doc ?node ?title ?role WHERE {
  ?node ek:value ?value ; ek:quantityKind ?code ; ek:evidence/nif:referenceContext/eli:realizes ?doc .
  OPTIONAL { ?node ek:what ?what } OPTIONAL { ?node ek:unit/skos:prefLabel ?unit }
  OPTIONAL { ?node ek:period ?period }
  BIND(CONCAT(COALESCE(?what, ""), " ", STR(?value), COALESCE(STR(?unit), ""),
              COALESCE(CONCAT("，", ?period), "")) AS ?title)
  BIND(STRAFTER(STR(?code), "kind-") AS ?role) }""",
}


class Statement(NamedTuple):
    """One thing said: ``group`` is issued, cited_by, cites or figures, ``node`` its IRI in the graph.

    ``role`` is a citation's role or a figure's kind. ``quotations`` are the places that say so, in the order of texts.
    """

    group: str
    node: str
    caption: str
    role: str | None
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """A document and what the graph knows of it. In Jupyter it shows itself as a card with its evidence.

    ``texts`` are the hashes of the texts that are held; a document that others only cite has none. Dates are ISO.
    ``files`` tells the file of each text that is quoted, by the text's IRI.
    """

    iri: str
    number: str | None
    title: str | None
    genre: str | None
    written: str | None
    published: str | None
    issuers: tuple[str, ...]
    texts: tuple[str, ...]
    statements: tuple[Statement, ...]
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """Number, else title, else IRI."""
        return self.number or self.title or self.iri

    def of(self, group: str) -> Iterator[Statement]:
        """The statements of one group, in the order of their places."""
        return (statement for statement in self.statements if statement.group == group)

    def evidence(self) -> Answer:
        """All statements as a table, a row for each place that says so."""
        columns = ("group", "caption", "role", "words", "sentence", "text", "start", "end", "rule", "confidence")
        rows = tuple(
            (said.group, said.caption, said.role, q.words, q.sentence, q.text, q.start, q.end, q.rule, q.confidence)
            for said in self.statements
            for q in said.quotations
        )
        return Answer(columns, rows)

    def __str__(self) -> str:
        return "　".join(part for part in (self.number, self.title) if part) or self.iri

    def _repr_html_(self) -> str:
        from kg.analysis.cards import card

        return card(self)


def document(graph: Graph, name: str) -> PolicyDocument:
    """The document called so: by its number in any brackets, title or a part of it, file name, hash of text, or IRI.

    Raises:
        UnknownName: no document of the graph is called so, or several are; the message lists them.
    """
    import pyoxigraph as ox

    from kg.query.meanings import UnknownName

    iri = _one(graph, name)
    rows = graph.query(_HEAD, doc=ox.NamedNode(iri)).dicts()
    if not rows:
        raise UnknownName(f"no document {name!r} in this graph")
    head: dict[str, Any] = {}
    for row in rows:
        for column, cell in row.items():
            head.setdefault(column, cell) if cell is not None else None
    texts = sorted({str(row["text"]).rpartition("/")[2] for row in rows if row["text"]})
    statements = tuple(said for group in _STATEMENTS for said in _said(graph, group, iri))
    quoted = {quotation.text for said in statements for quotation in said.quotations}
    return PolicyDocument(
        iri=iri,
        **{column: head.get(column) for column in ("number", "title", "genre", "written", "published")},
        issuers=tuple(str(row[1]) for row in graph.query(_ISSUERS, doc=ox.NamedNode(iri))),
        texts=tuple(texts),
        statements=statements,
        files={text: _file(graph, text) for text in sorted(quoted)},
    )


def _file(graph: Graph, text: str) -> str:
    """The name of the file that a text was read from."""
    sha = text.rpartition("/")[2]
    names = graph.manifest.documents[sha].names if sha in graph.manifest.documents else ()
    return names[0].rpartition("/")[2] if names else sha


def _one(graph: Graph, name: str) -> str:
    """The IRI of the only document of that name."""
    import pyoxigraph as ox

    from kg.query.meanings import UnknownName, meanings

    try:
        found = [str(getattr(term, "value", term)) for term in meanings(graph, "document", name)]
    except UnknownName:
        found = [str(row[0]) for row in graph.query(_OF_FILE, file=ox.Literal(name))]
        if not found:
            raise
    if len(found) > 1:
        raise UnknownName(
            f"{name!r} may be one of {len(found)} documents; give more of its name: {', '.join(found[:5])}"
        )
    return found[0]


def _said(graph: Graph, group: str, iri: str) -> list[Statement]:
    import pyoxigraph as ox

    statements: dict[str, Statement] = {}
    for row in graph.query(_STATEMENTS[group], doc=ox.NamedNode(iri)).dicts():
        node = str(row["node"])
        caption = "　".join(str(row[part]) for part in ("number", "title") if row.get(part))
        role: Value = row.get("role")
        if node not in statements:
            quotations = tuple(sorted(graph.evidence(node), key=lambda q: q[:3]))
            statements[node] = Statement(group, node, caption.strip(), None if role is None else str(role), quotations)
    return sorted(statements.values(), key=lambda said: [*(q[:3] for q in said.quotations), (said.node, 0, 0)])
