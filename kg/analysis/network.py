"""The graph as a network for analysis: bodies, documents, programs, proposals and counts, joined by what is said."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg.query.answers import Answer
from ontology.terms import BASE

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph import Graph

__all__ = ["KINDS", "project"]

# kind of node -> the query that lists its nodes: ?node, ?label, and typed attributes.
_NODES = {
    "agency": """SELECT ?node ?label ?area ?level WHERE {
        ?node a ek:Agency ; skos:prefLabel ?label .
        OPTIONAL { ?node ek:jurisdiction ?where . ?where skos:prefLabel ?area
                   OPTIONAL { ?where ek:areaLevel ?code BIND(STRAFTER(STR(?code), "level-") AS ?level) } } }""",
    "document": """SELECT ?node ?label ?number ?date ?genre ?level ?held WHERE {
        VALUES ?class { ek:PolicyDocument ek:ReplyDocument } ?node a ?class .
        OPTIONAL { ?node skos:prefLabel ?title } OPTIONAL { ?node ek:documentNumber ?number }
        OPTIONAL { ?node eli:date_document ?date }
        OPTIONAL { ?node eli:type_document ?code BIND(STRAFTER(STR(?code), "genre-") AS ?genre) }
        OPTIONAL { ?node ek:issuedBy/ek:jurisdiction/ek:areaLevel ?tier
                   BIND(STRAFTER(STR(?tier), "level-") AS ?level) }
        BIND(EXISTS { ?text eli:realizes ?node } AS ?held)
        BIND(STR(COALESCE(?title, ?number, "")) AS ?label) }""",
    "program": "SELECT ?node ?label WHERE { ?node a ek:Program ; skos:prefLabel ?label }",
    "proposal": """SELECT ?node ?label ?number WHERE { ?node a ek:Proposal .
        OPTIONAL { ?node dct:title ?title } OPTIONAL { ?node ek:proposalNumber ?number }
        BIND(STR(COALESCE(?title, ?number, "")) AS ?label) }""",
    "count": """SELECT ?node ?value ?unit ?what ?comparator ?lower ?upper ?period ?place ?kind WHERE {
        ?node ek:value ?value ; ek:comparator ?code ; ek:quantityKind ?sort .
        OPTIONAL { ?node ek:unit/skos:prefLabel ?unit } OPTIONAL { ?node ek:what ?what }
        OPTIONAL { ?node ek:lowerBound ?lower } OPTIONAL { ?node ek:upperBound ?upper }
        OPTIONAL { ?node ek:period ?period } OPTIONAL { ?node ek:place/skos:prefLabel ?place }
        BIND(STRAFTER(STR(?code), "cmp-") AS ?comparator) BIND(STRAFTER(STR(?sort), "kind-") AS ?kind) }""",
}
# relation -> the query that lists its edges: ?from, ?to, ?times.
_EDGES = {
    "issued_by": "SELECT ?from ?to (COUNT(*) AS ?times) WHERE { ?from ek:issuedBy ?to } GROUP BY ?from ?to",
    "cites": """SELECT ?from ?to (COUNT(DISTINCT ?citation) AS ?times) WHERE {
        ?citation ek:citingDocument ?from ; ek:citedDocument ?to
        FILTER NOT EXISTS { ?citation ek:citationRole c:role-basis } } GROUP BY ?from ?to""",
    "based_on": """SELECT ?from ?to (COUNT(DISTINCT ?citation) AS ?times) WHERE {
        ?citation ek:citingDocument ?from ; ek:citedDocument ?to ; ek:citationRole c:role-basis } GROUP BY ?from ?to""",
    "promulgates": "SELECT ?from ?to (COUNT(*) AS ?times) WHERE { ?from ek:promulgates ?to } GROUP BY ?from ?to",
    "repeals": "SELECT ?from ?to (COUNT(*) AS ?times) WHERE { ?from eli:repeals ?to } GROUP BY ?from ?to",
    "amends": "SELECT ?from ?to (COUNT(*) AS ?times) WHERE { ?from eli:amends ?to } GROUP BY ?from ?to",
    "responds_to": "SELECT ?from ?to (COUNT(*) AS ?times) WHERE { ?from ek:respondsTo ?to } GROUP BY ?from ?to",
    "operated_by": """SELECT ?from ?to (COUNT(DISTINCT ?claim) AS ?times) WHERE {
        ?claim rdf:subject ?from ; rdf:predicate ek:operatedBy ; rdf:object ?to } GROUP BY ?from ?to""",
    "measures": "SELECT ?from ?to (COUNT(*) AS ?times) WHERE { ?from ek:aboutProgram ?to } GROUP BY ?from ?to",
    "stated_in": """SELECT ?from ?to (COUNT(*) AS ?times) WHERE {
        ?from ek:value ?value ; ek:evidence/nif:referenceContext/eli:realizes ?to } GROUP BY ?from ?to""",
    "mentions": """SELECT ?from ?to (COUNT(DISTINCT ?mention) AS ?times) WHERE {
        VALUES ?class { ek:Agency ek:Program } ?to a ?class .
        ?mention ek:refersTo ?to ; nif:referenceContext/eli:realizes ?from } GROUP BY ?from ?to""",
}
# What each kind of projection holds: kinds of node, relations.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "all": (tuple(_NODES), tuple(_EDGES)),
    "citations": (("document",), ("cites", "based_on", "promulgates", "repeals", "amends")),
    "issuing": (("document", "agency"), ("issued_by",)),
    "co-issuing": (("agency",), ("co_issued",)),
}


# One type for one name: a reader of GraphML takes the first value's type for all.
_FLOATS = ("value", "lower", "upper")


def _typed(name: str, cell: Any) -> str | int | float | bool:
    return float(cell) if name in _FLOATS or isinstance(cell, Decimal) else cell


def _count_label(row: dict[str, Any]) -> str:
    value = row["value"]
    number = f"{value:,}" if isinstance(value, int) else str(value)
    return f"{row.get('what') or ''} {number}{row.get('unit') or ''}".strip()


def _rows(answer: Answer) -> list[dict[str, Any]]:
    """Rows without their empty cells, in the order of their nodes."""
    rows = [{name: cell for name, cell in row.items() if cell not in (None, "")} for row in answer.dicts()]
    return sorted(rows, key=lambda row: [str(cell) for cell in row.values()])


def project(graph: Graph, kind: str = "all") -> nx.Graph:
    """The network. Nodes are keyed by IRI (without our base) and have ``kind``, ``label`` and typed attributes:

    - agency: ``area``, ``level`` (nation, province, prefecture, county)
    - document: ``number``, ``date``, ``genre``, ``level`` of its first issuer, ``held`` (its text is in the graph)
    - proposal: ``number``
    - count: ``value``, ``lower``, ``upper`` (float), ``unit``, ``what``, ``comparator``, ``period``, ``place``,
      ``quantity_kind``

    An attribute that the texts do not tell is absent. It is a MultiDiGraph whose edges are keyed by ``relation`` and
    have ``weight``, the number of places that say so; only ``co-issuing`` is a Graph of agencies, undirected, whose
    edges have ``weight``, the number of documents that both issued, and ``documents``, their labels.

    Raises:
        ValueError: no such kind of projection.
    """
    import networkx as nx

    if kind not in KINDS:
        raise ValueError(f"no projection {kind!r}; there are: {', '.join(KINDS)}")
    if kind == "co-issuing":
        return _co_issuing(project(graph, "issuing"))
    network = nx.MultiDiGraph()
    nodes, relations = KINDS[kind]
    for sort in nodes:
        for row in _rows(graph.query(_NODES[sort])):
            key = str(row.pop("node")).removeprefix(BASE + "id/")
            if key not in network:
                label = row.pop("label", "") or (_count_label(row) if sort == "count" else key)
                # GraphML readers keep one type for a name: what a count's kind is stands under its own.
                if "kind" in row:
                    row["quantity_kind"] = row.pop("kind")
                network.add_node(
                    key, kind=sort, label=label, **{name: _typed(name, cell) for name, cell in row.items()}
                )
    for relation in relations:
        for row in _rows(graph.query(_EDGES[relation])):
            start, end = (str(row[side]).removeprefix(BASE + "id/") for side in ("from", "to"))
            if start in network and end in network:
                network.add_edge(start, end, key=relation, relation=relation, weight=int(row["times"]))
    return network


def _co_issuing(issuing: nx.MultiDiGraph) -> nx.Graph:
    """Agencies joined by the documents that they issued together."""
    import networkx as nx

    joined = nx.Graph()
    joined.add_nodes_from((node, dict(facts)) for node, facts in issuing.nodes(data=True) if facts["kind"] == "agency")
    for node, facts in issuing.nodes(data=True):
        if facts["kind"] != "document":
            continue
        for one, other in combinations(sorted(set(issuing.successors(node))), 2):
            documents = [*joined.get_edge_data(one, other, {"documents": []})["documents"], facts["label"]]
            joined.add_edge(one, other, relation="co_issued", weight=len(documents), documents=documents)
    return joined
