"""What a graph says of one thing, every fact with the characters that say so. These functions run in workers.

A fact of a node that was minted from a span rests on that span. Between shared things it rests on the node that states
it (a citation, an issuance, a claim), else on the place where the text of the one names the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.graph import Graph
from kg.server.naming import names_of
from ontology.terms import BASE, DCT, EK, ELI, NIF, RDF, RDFS, SKOS

__all__ = ["MEDIA", "describe", "thing"]

MEDIA = {
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "ntriples": "application/n-triples",
}
_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}
# Who names the thing is told by quotations; a statement's own node says less than what it states; the other
# direction of a relation stands among the thing's own facts.
_HIDDEN_IN = frozenset(
    {
        *(EK.refersTo, EK.candidate, EK.resolvedTo, RDF.subject, RDF.object, EK.citedDocument, EK.citingDocument),
        *(EK.issuedDocument, EK.issuingAgency, NIF.referenceContext, ELI.cites, ELI.cited_by, ELI.based_on),
        *(ELI.basis_for, ELI.realizes, ELI.is_realized_by, EK.readBy),
    }
)
_HIDDEN_OUT = frozenset({RDF.type, NIF.isString, EK.evidence, EK.readBy})
_PLACE = re.compile(re.escape(f"{BASE}id/src/") + r"([0-9a-f]{16})/(\d+)-(\d+)$")
_MOST_INCOMING = 1000


class _Fact(NamedTuple):
    way: str
    property: str
    term: Any


def thing(graph: Graph, iri: str, most: int = 20, quotes: int = 20) -> dict[str, Any]:
    """All of a thing that a page shows.

    Args:
        most: so many facts of one property are listed; ``count`` tells how many there are.
        quotes: so many of the places that name it.

    Returns:
        ``iri``, ``label``, ``classes``, ``groups`` of facts by property, ``quotations``, ``graphs``. A fact has
        ``value``, ``iri`` where it is a thing, and ``evidence``, a list of quotations.

    Raises:
        KeyError: the graph says nothing of it.
    """
    node = _node(iri)
    counts, facts = _facts(graph, node, most)
    if not facts and not counts:
        raise KeyError(iri)
    others = [fact.term.value for fact in facts if isinstance(fact.term, ox.NamedNode)]
    own = [fact.term.value for fact in facts if fact.property == EK.evidence and fact.way == "out"]
    names = names_of(graph, [iri, *others, *(fact.property for fact in facts)])
    stated = _stated(graph, node, own, others)
    quoted = [_quote(graph, place) for place in own] or [_quotation(one) for one in graph.evidence(iri, most=quotes)]
    shown = [fact for fact in facts if fact.way == "in" or not _said_already(fact, names[iri].label)]
    return {
        "iri": iri,
        "label": names[iri].label,
        "classes": [{"iri": kind, **names[kind]._asdict()} for kind in _classes(facts)],
        "groups": [_group(graph, key, shown, counts, names, stated, own) for key in _keys(shown)],
        "quotations": [one for one in quoted if one],
        "mentions": _count(graph, f"?mention ek:refersTo {node}"),
        "text": _text_of(iri),
    }


def _node(iri: str) -> str:
    """The IRI as SPARQL writes it.

    Raises:
        ValueError: it is no IRI.
    """
    return str(ox.NamedNode(iri))


def _rows(graph: Graph, sparql: str) -> Any:
    return graph.store.query(sparql)


def _count(graph: Graph, pattern: str) -> int:
    ((number,),) = graph.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(str(number))


def _facts(graph: Graph, node: str, most: int) -> tuple[dict[tuple[str, str], int], list[_Fact]]:
    """How many facts there are of each direction and property, and the first of each."""
    counts: dict[tuple[str, str], int] = {}
    facts: list[_Fact] = []
    for way, pattern in (("out", f"{node} ?p ?o"), ("in", f"?o ?p {node}")):
        for row in _rows(graph, f"SELECT ?p (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?p ORDER BY ?p"):
            key = row["p"].value
            if way == "in" and key in _HIDDEN_IN:
                continue
            counts[way, key] = int(row["n"].value)
            listed = f"SELECT ?o {{ {pattern.replace('?p', str(row['p']))} }} ORDER BY ?o LIMIT {most}"
            facts += [_Fact(way, key, found["o"]) for found in _rows(graph, listed)]
    return counts, facts


def _said_already(fact: _Fact, label: str) -> bool:
    """True for what the page tells elsewhere: kinds, the text itself, evidence, the name once more."""
    again = fact.property in (RDFS.label, DCT.title) and fact.term.value == label
    return fact.property in _HIDDEN_OUT or again


def _classes(facts: list[_Fact]) -> list[str]:
    return [f.term.value for f in facts if f.property == RDF.type and f.way == "out"]


def _keys(facts: list[_Fact]) -> list[tuple[str, str]]:
    """Directions and properties in the order in which people ask: names, then what it says, then who points at it."""
    first = (SKOS.prefLabel, EK.documentNumber, EK.value, EK.unit, EK.what, EK.issuedBy, ELI.date_document)
    order = {name: index for index, name in enumerate(first)}
    keys = dict.fromkeys((fact.way, fact.property) for fact in facts)
    return sorted(keys, key=lambda key: (key[0] == "in", order.get(key[1], len(order)), key[1]))


def _group(
    graph: Graph,
    key: tuple[str, str],
    facts: list[_Fact],
    counts: dict[tuple[str, str], int],
    names: Any,
    stated: dict[str, list[str]],
    own: list[str],
) -> dict[str, Any]:
    way, name = key
    shown = []
    for fact in facts:
        if (fact.way, fact.property) != key:
            continue
        value: dict[str, Any] = {"value": getattr(fact.term, "value", str(fact.term))}
        if isinstance(fact.term, ox.NamedNode):
            iri = fact.term.value
            value = {"value": names[iri].label, "iri": iri}
            places = [] if own and way == "out" else stated.get(iri, [])
            value["evidence"] = [quote for quote in (_quote(graph, place) for place in places[:3]) if quote]
        shown.append(value)
    return {"way": way, "property": name, **names[name]._asdict(), "count": counts[key], "facts": shown}


def _stated(graph: Graph, node: str, own: list[str], others: Iterable[str]) -> dict[str, list[str]]:
    """For each of the other things the mentions that say it has to do with this one."""
    terms = " ".join(_node(other) for other in dict.fromkeys(others))
    found: dict[str, list[str]] = {}
    if not terms:
        return found
    for pattern in (
        # The other was minted from a span itself; a node states both; the text of the one names the other.
        "?other ek:evidence ?mention",
        f"?said ?a {node} ; ?b ?other ; ek:evidence ?mention",
        f"?text eli:realizes {node} . ?mention nif:referenceContext ?text ; ek:refersTo ?other",
        f"?text eli:realizes ?other . ?mention nif:referenceContext ?text ; ek:refersTo {node}",
    ):
        missing = " ".join(term for term in terms.split() if term[1:-1] not in found)
        if not missing:
            break
        rows = _rows(graph, f"SELECT DISTINCT ?other ?mention {{ VALUES ?other {{ {missing} }} {pattern} }} LIMIT 2000")
        new: dict[str, list[str]] = {}
        for row in rows:
            new.setdefault(row["other"].value, []).append(row["mention"].value)
        found |= {other: sorted(places, key=_place_key) for other, places in new.items()}
    return found


def _place_key(mention: str) -> tuple[str, int, int]:
    match = _PLACE.match(mention)
    return (match[1], int(match[2]), int(match[3])) if match else (mention, 0, 0)


def _quote(graph: Graph, mention: str) -> dict[str, Any] | None:
    """The words of a mention and their sentence; None where it is no place of a text."""
    match = _PLACE.match(mention)
    return _quotation(graph.quote(match[1], int(match[2]), int(match[3]))) if match else None


def _quotation(found: Any) -> dict[str, Any]:
    before, words, after = found.parts()
    return {
        "text": found.text.rpartition("/")[2],
        "start": found.start,
        "end": found.end,
        "before": before,
        "words": words,
        "after": after,
        "rule": found.rule,
        "confidence": None if found.confidence is None else float(found.confidence),
    }


def _text_of(iri: str) -> list[Any] | None:
    """Hash, start and end where the thing is a text or a place in one."""
    match = _PLACE.match(iri) or re.match(re.escape(f"{BASE}id/src/") + r"([0-9a-f]{16})()()$", iri)
    return [match[1], *(int(part) for part in match.groups()[1:] if part)] if match else None


def describe(graph: Graph, iri: str, form: str) -> bytes:
    """The triples of a thing, of what states them, and of the names round it, as RDF.

    Raises:
        KeyError: the graph says nothing of it.
    """
    node = _node(iri)
    triples = set(_triples(graph, node))
    if not triples:
        raise KeyError(iri)
    ordered = sorted(triples, key=str)
    prefixes = {"ek": EK.iri, "skos": SKOS.iri, "eli": ELI.iri, "nif": NIF.iri, "c": f"{BASE}code/", "id": f"{BASE}id/"}
    media = _FORMATS[form]
    return ox.serialize(ordered, format=media, prefixes=prefixes if form != "ntriples" else None) or b""


def _triples(graph: Graph, node: str) -> Iterator[Any]:
    """Its own, those that point at it, where they are said, and labels of neighbours."""
    label = "?n ?l ?name VALUES ?l { skos:prefLabel rdfs:label rdf:type }"
    for sparql in (
        f"CONSTRUCT {{ {node} ?p ?o }} WHERE {{ {node} ?p ?o }}",
        f"CONSTRUCT {{ ?s ?p {node} }} WHERE {{ ?s ?p {node} }} LIMIT {_MOST_INCOMING}",
        f"CONSTRUCT {{ ?m ?p ?o }} WHERE {{ {node} ek:evidence ?m . ?m ?p ?o }}",
        f"CONSTRUCT {{ ?n ?l ?name }} WHERE {{ {node} ?p ?n . {label} }}",
    ):
        yield from islice(graph.store.query(sparql), 20 * _MOST_INCOMING)
