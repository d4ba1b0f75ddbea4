"""What the graph holds to be read at a place, in the words of the annotation format: for the sheet of ``review``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg.graph import Graph
from ontology.terms import EK, ELI

__all__ = ["Reading", "told"]

_AT_ONCE = 500
_KIND = re.compile(r"/id/(?P<kind>[a-z-]+)/(?P<text>[0-9a-f]{16})/")
_PLACES = """SELECT ?node ?start ?end ?confidence ?rule WHERE {
  VALUES ?node { %s } ?node ek:readBy ?reading . ?reading ek:rule ?rule ; ek:confidence ?confidence .
  OPTIONAL { ?node ek:evidence ?evidence } BIND(COALESCE(?evidence, ?node) AS ?place)
  ?place nif:beginIndex ?start ; nif:endIndex ?end . } ORDER BY ?node"""
_NAMED = """OPTIONAL { %(of)s ek:documentNumber ?%(as)s_number } OPTIONAL { %(of)s dct:title ?%(as)s_title }
  OPTIONAL { %(of)s skos:prefLabel ?%(as)s_label }"""
# kind of node -> what is read there: the columns are attributes, or parts that the function below puts together.
_QUERIES = {
    "src": f"""SELECT ?node ?class ?thing_number ?thing_title ?thing_label WHERE {{
  VALUES ?node {{ %s }} ?node ek:refersTo ?thing . ?thing a ?class .
  VALUES ?class {{ ek:Agency ek:Program ek:Organization ek:OfficialDocument ek:Proposal ek:UnresolvedAlias }}
  {_NAMED % {"of": "?thing", "as": "thing"}} }} ORDER BY ?node ?class ?thing_title""",
    "obs": """SELECT ?node ?value ?comparator ?unit ?what ?time ?region ?kind WHERE {
  VALUES ?node { %s } ?node ek:value ?value . OPTIONAL { ?node ek:what ?what } OPTIONAL { ?node ek:period ?time }
  OPTIONAL { ?node ek:unit ?u BIND(STRAFTER(STR(?u), "unit-") AS ?unit) }
  OPTIONAL { ?node ek:place/skos:prefLabel ?region }
  OPTIONAL { ?node ek:quantityKind ?k BIND(STRAFTER(STR(?k), "kind-") AS ?kind) }
  OPTIONAL { ?node ek:comparator ?c BIND(STRAFTER(STR(?c), "cmp-") AS ?comparator) } } ORDER BY ?node""",
    "issue": f"""SELECT ?node ?own ?subject_number ?subject_title ?subject_label ?object WHERE {{
  VALUES ?node {{ %s }} ?node ek:issuedDocument ?doc ; ek:issuingAgency/skos:prefLabel ?object ;
                        ek:evidence/nif:referenceContext ?text .
  OPTIONAL {{ ?text eli:realizes ?self . FILTER(?self = ?doc) BIND(true AS ?own) }}
  {_NAMED % {"of": "?doc", "as": "subject"}} }} ORDER BY ?node ?object""",
    "claim": f"""SELECT ?node ?predicate ?own ?subject_number ?subject_title ?subject_label
       ?object_number ?object_title ?object_label WHERE {{
  VALUES ?node {{ %s }} ?node rdf:subject ?one ; rdf:predicate ?predicate ; rdf:object ?other ;
                        ek:evidence/nif:referenceContext ?text .
  OPTIONAL {{ ?text eli:realizes ?self . FILTER(?self = ?one) BIND(true AS ?own) }}
  {_NAMED % {"of": "?one", "as": "subject"}} {_NAMED % {"of": "?other", "as": "object"}} }} ORDER BY ?node""",
    "doubt": "SELECT ?node ?meant WHERE { VALUES ?node { %s } ?node ek:meant ?meant } ORDER BY ?node",
    "check": """SELECT ?node ?stated ?computed WHERE { VALUES ?node { %s } ?node ek:computed ?computed .
  OPTIONAL { ?node ek:stated/ek:value ?stated } } ORDER BY ?node""",
}
_TYPES = {EK.Agency: "AGENCY", EK.Program: "PROGRAM", EK.Organization: "ORGANIZATION"}
_EDGES = {EK.operatedBy: "runs", EK.promulgates: "issues_text_of", ELI.repeals: "repeals", ELI.amends: "amends"}
_COMPARATORS = {"over": "gt", "plus": "gt", "atleast": "ge", "atmost": "le", "below": "lt", "about": "approx"}
_COMPARATORS |= {"nearly": "approx", "range": "range"}


class Reading(NamedTuple):
    """What is read at ``[start, end)`` of a text: a type of mention, relation or finding, with its attributes."""

    node: str
    text: str
    start: int
    end: int
    what: str
    read: str
    confidence: float


def told(graph: Graph, nodes: Iterable[str]) -> Iterator[Reading]:
    """The readings behind these nodes; a node that stands for no stretch of text tells nothing."""
    wanted = sorted({node for node in nodes if _KIND.search(node)})
    for first in range(0, len(wanted), _AT_ONCE):
        batch = wanted[first : first + _AT_ONCE]
        facts = _facts(graph, batch)
        values = " ".join(f"<{node}>" for node in batch)
        for node, start, end, confidence, rule in graph.query(_PLACES % values):
            found = _KIND.search(str(node))
            assert found
            what, read = _what(found["kind"], facts.get(str(node), []), str(rule))
            if what:
                yield Reading(str(node), found["text"], _int(start), _int(end), what, read, float(str(confidence)))


def _int(value: Any) -> int:
    return int(str(value))


def _facts(graph: Graph, nodes: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each node, by the query of its kind."""
    kinds: dict[str, list[str]] = {}
    for node in nodes:
        found = _KIND.search(node)
        assert found
        kinds.setdefault(_query_of(found["kind"]), []).append(f"<{node}>")
    facts: dict[str, list[dict[str, Any]]] = {}
    for kind, those in kinds.items():
        if kind in _QUERIES:
            for row in graph.query(_QUERIES[kind] % " ".join(those)).dicts():
                facts.setdefault(str(row["node"]), []).append(row)
    return facts


def _query_of(kind: str) -> str:
    return "check" if kind.startswith("check-") else kind


def _what(kind: str, rows: list[dict[str, Any]], rule: str) -> tuple[str, str]:
    """What a sheet calls it, and how it was read: ``canonical=…``."""
    if kind == "src":
        return _mention(rows, rule)
    if kind == "cite":
        return _document_type(rule), ""
    first = rows[0] if rows else {}
    if kind == "obs":
        regions = "、".join(sorted({str(row["region"]) for row in rows if row["region"]}))
        comparator = _COMPARATORS.get(str(first.get("comparator")))
        return "COUNT", _written({**first, "comparator": comparator, "region": regions})
    if kind == "issue":
        return "issued_by", _written(
            {"subject": _key(first, "subject"), "object": "、".join(dict.fromkeys(str(row["object"]) for row in rows))}
        )
    if kind == "claim":
        sides = {"subject": _key(first, "subject"), "object": _key(first, "object")}
        name = _EDGES.get(str(first.get("predicate")), "")
        if name == "runs":
            sides = {"subject": sides["object"], "object": sides["subject"]}
        return name, _written(sides)
    return kind, _written(first)


def _mention(rows: list[dict[str, Any]], rule: str) -> tuple[str, str]:
    """A mention's type, from what it refers to and who read it."""
    for row in rows:
        if row["class"] in _TYPES:
            return _TYPES[str(row["class"])], _written({"canonical": row["thing_label"]})
        if row["class"] == EK.OfficialDocument:
            return _document_type(rule), _written({"document": _key(row, "thing")})
    if rule.startswith("proposals."):
        return "PROPOSAL_NUMBER", ""
    return (_document_type(rule) if rule.startswith(("titles.", "doc_numbers.")) else "AGENCY"), ""


def _document_type(rule: str) -> str:
    return "DOCUMENT_NUMBER" if rule.startswith("doc_numbers.") else "DOCUMENT_TITLE"


def _key(row: dict[str, Any], side: str) -> str | None:
    """A document by its number, else its title; a body by its name; this very document is ``self``."""
    if side == "subject" and row.get("own"):
        return "self"
    return row.get(f"{side}_number") or row.get(f"{side}_title") or row.get(f"{side}_label")


def _written(facts: dict[str, Any]) -> str:
    """``name=value; …``, as ``corrections.pairs`` reads it; as JSON where a value holds what parts them."""
    known = {name: str(fact) for name, fact in facts.items() if name != "node" and fact not in (None, "")}
    if any(mark in fact for fact in known.values() for mark in ";；\n"):
        return json.dumps(known, ensure_ascii=False)
    return "; ".join(f"{name}={fact}" for name, fact in known.items())
