"""What the graph knows of one name, with the sentences that say so."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from kg.graph import Graph, Quotation
from kg.statements import link

__all__ = ["Card", "Fact", "find", "show", "similar"]

_NAMED = "skos:prefLabel|dct:title|ek:documentNumber|rdfs:label|ek:proposalNumber"
_FIND = f"""SELECT DISTINCT ?thing ?class ?name ?wanted WHERE {{
  ?thing {_NAMED} ?name ; a ?class .
  VALUES ?class {{ ek:Agency ek:PolicyDocument ek:ReplyDocument ek:Program ek:Proposal ek:Organization
                  ek:AdministrativeArea ek:PopulationGroup ek:UnresolvedAlias }}
  FILTER((%s) && (?class = ek:UnresolvedAlias) = %s) }} ORDER BY ?class ?name ?thing"""
_FACTS = """SELECT DISTINCT ?way ?property ?value ?node WHERE {
  { ?node ?property ?thing BIND("→" AS ?way) } UNION { ?thing ?property ?node BIND("←" AS ?way) }
  FILTER(?property NOT IN (rdf:type, ek:refersTo, ek:candidate, ek:resolvedTo, rdf:subject, rdf:object,
                           ek:citedDocument, ek:citingDocument, ek:issuedDocument, ek:issuingAgency, eli:realizes))
  OPTIONAL { ?thing skos:prefLabel|dct:title ?label } OPTIONAL { ?thing ek:documentNumber ?code }
  OPTIONAL { ?thing ek:what ?what ; ek:value ?number OPTIONAL { ?thing ek:unit/skos:prefLabel ?unit }
             BIND(CONCAT(?what, " ", STR(?number), COALESCE(STR(?unit), "")) AS ?count) }
  BIND(STR(COALESCE(?label, ?code, ?count, ?thing)) AS ?value)
} ORDER BY ?way ?property ?value"""
# Statements of documents stand on citations, issuances and claims: these point at their evidence.
_SAID = """SELECT DISTINCT ?said ?node WHERE {
  ?said ek:citedDocument|ek:issuedDocument|ek:issuingAgency|rdf:subject|rdf:object|ek:aboutProgram ?node
} ORDER BY ?said"""


# So many mentions are looked up by one query.
_AT_ONCE = 500


class Fact(NamedTuple):
    """A property of the thing (``→``), or of another that points at it (``←``)."""

    way: str
    property: str
    value: str


class Card(NamedTuple):
    """One thing: its IRI, class and name, what is said of it, and where."""

    iri: str
    kind: str
    name: str
    facts: tuple[Fact, ...]
    quotations: tuple[Quotation, ...]


def find(graph: Graph, name: str) -> list[tuple[str, str, str]]:
    """Things called so: IRI, class, name. Of this very name; with it in their name; called so in a text; unsettled."""
    exact, part = "STR(?name) = ?wanted", "CONTAINS(STR(?name), ?wanted)"
    return (
        _things(graph, name, exact)
        or _things(graph, name, part)
        or _called(graph, name)
        or _things(graph, name, exact, unresolved=True)
        or _things(graph, name, part, unresolved=True)
    )


def _things(graph: Graph, name: str, condition: str, *, unresolved: bool = False) -> list[tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for thing, kind, label, _ in graph.query(_FIND % (condition, str(unresolved).lower()), wanted=name):
        found.setdefault(str(thing), (str(thing), str(kind).rpartition("#")[2], str(label)))
    return list(found.values())


def _called(graph: Graph, surface: str) -> list[tuple[str, str, str]]:
    """Things that some text calls so: short names, back-references."""
    wanted = [
        f"<{link.span(sha, found.start(), found.end())}>"
        for sha in graph.manifest.documents
        for found in re.finditer(re.escape(surface), graph.text(sha))
    ]
    things: dict[str, tuple[str, str, str]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = " ".join(wanted[start : start + _AT_ONCE])
        condition = f"EXISTS {{ VALUES ?mention {{ {some} }} ?mention ek:refersTo ?thing }}"
        things.update((thing[0], thing) for thing in _things(graph, surface, condition))
    return list(things.values())


def similar(graph: Graph, name: str, most: int = 5) -> list[str]:
    """Names in the graph that look like this one."""
    names = [str(row[2]) for row in graph.query(_FIND % ("true", "false"), wanted=name)]
    return get_close_matches(name, dict.fromkeys(names), most, cutoff=0.4)


def show(graph: Graph, iri: str, kind: str, name: str) -> Card:
    """The card of one thing."""
    import pyoxigraph as ox

    node = ox.NamedNode(iri)
    facts = {
        Fact(str(way), _short(str(property)), str(value)) for way, property, value, _ in graph.query(_FACTS, node=node)
    }
    quotations = {q[:3]: q for q in graph.evidence(iri)}
    for said, _ in graph.query(_SAID, node=node):
        quotations.update({q[:3]: q for q in graph.evidence(str(said))})
    ordered = sorted(facts, key=lambda fact: (fact.way != "→", fact.property, fact.value))
    return Card(iri, kind, name, tuple(ordered), tuple(quotations[key] for key in sorted(quotations)))


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
