"""SHACL shapes as queries: each constraint of ``ontology/shapes.ttl`` becomes one SELECT that finds what breaks it.

A validator that walks from node to node takes minutes for a corpus; a query takes all nodes at once. What is written in
the shapes is the part of SHACL that stands here; another constraint is an error, not a silent pass. The tests compare
the verdicts with pySHACL's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import rdflib
from rdflib.namespace import SH

import ontology

__all__ = ["Constraint", "constraints"]


class Constraint(NamedTuple):
    """One thing that must hold: its shape, how grave a breach is, what it says in two languages, the finding query.

    The query selects ``?this``, the node that breaks it, and ``?value``, where there is one.
    """

    shape: str
    severity: str
    zh: str
    en: str
    query: str


_Terms = list[Any]
_SELECT = "SELECT DISTINCT ?this ?value WHERE {{ {target} {body} }}"
# 一条属性约束怎样写成查找违反者的图模式；p 是路径，x 是约束的值。
_PROPERTY: dict[str, Callable[[str, str], str]] = {
    "minCount": lambda p, x: (
        f"OPTIONAL {{ SELECT ?this (COUNT(DISTINCT ?v) AS ?n) WHERE {{ ?this {p} ?v }} GROUP BY ?this }}"
        f" FILTER(COALESCE(?n, 0) < {x}) BIND(COALESCE(?n, 0) AS ?value)"
        if int(x) > 1
        else f"FILTER NOT EXISTS {{ ?this {p} ?v }}"
    ),
    "maxCount": lambda p, x: (
        f"{{ SELECT ?this (COUNT(DISTINCT ?v) AS ?value) WHERE {{ ?this {p} ?v }} GROUP BY ?this"
        f" HAVING(COUNT(DISTINCT ?v) > {x}) }}"
    ),
    "datatype": lambda p, x: f"?this {p} ?value FILTER(!isLiteral(?value) || DATATYPE(?value) != {x})",
    "pattern": lambda p, x: f"?this {p} ?value FILTER(!REGEX(STR(?value), {x}))",
    "class": lambda p, x: f"?this {p} ?value FILTER NOT EXISTS {{ ?value a {x} }}",
    "in": lambda p, x: f"?this {p} ?value FILTER(?value NOT IN ({x}))",
    "nodeKind": lambda p, x: f"?this {p} ?value FILTER(!isIRI(?value))",
    "minInclusive": lambda p, x: f"?this {p} ?value FILTER(!(?value >= {x}))",
    "maxInclusive": lambda p, x: f"?this {p} ?value FILTER(!(?value <= {x}))",
    "minLength": lambda p, x: f"?this {p} ?value FILTER(STRLEN(STR(?value)) < {x})",
    "maxLength": lambda p, x: f"?this {p} ?value FILTER(STRLEN(STR(?value)) > {x})",
    "lessThan": lambda p, x: f"?this {p} ?value ; {x} ?w FILTER(!(?value < ?w))",
    "lessThanOrEquals": lambda p, x: f"?this {p} ?value ; {x} ?w FILTER(!(?value <= ?w))",
}
_NODE: dict[str, Callable[[str], str]] = {
    "nodeKind": lambda x: "FILTER(!isIRI(?this)) BIND(?this AS ?value)",
    "pattern": lambda x: f"FILTER(!REGEX(STR(?this), {x})) BIND(?this AS ?value)",
}
_TARGETS = {
    SH.targetClass: "{{ ?this a {0} }}",
    SH.targetSubjectsOf: "{{ ?this {0} ?object }}",
    SH.targetObjectsOf: "{{ ?subject {0} ?this }}",
}
_SPOKEN = {SH.name, SH.severity, SH.path, SH.property, SH.sparql, SH["not"], rdflib.RDF.type, *_TARGETS}


@cache
def constraints() -> tuple[Constraint, ...]:
    """All constraints, shape by shape.

    Raises:
        ValueError: a shape uses a part of SHACL that is not written here.
    """
    graph = rdflib.Graph()
    graph.parse(data=ontology.resource("shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    return tuple(
        constraint
        for shape in sorted(graph.subjects(rdflib.RDF.type, SH.NodeShape), key=str)
        for constraint in _of_shape(graph, shape)
    )


def _of_shape(graph: rdflib.Graph, shape: Any) -> Iterator[Constraint]:
    name = str(shape).rpartition("/")[2]
    words = {str(label.language): str(label) for label in graph.objects(shape, SH.name)}  # type: ignore[attr-defined]
    grave = str(graph.value(shape, SH.severity) or SH.Violation).rpartition("#")[2].lower()
    parts = [
        pattern.format(target.n3())
        for kind, pattern in _TARGETS.items()
        for target in sorted(graph.objects(shape, kind), key=str)
    ]
    target = "{ SELECT DISTINCT ?this WHERE { " + " UNION ".join(parts) + " } }"
    for body in _bodies(graph, shape):
        yield Constraint(name, grave, words["zh"], words["en"], _SELECT.format(target=target, body=body))


def _bodies(graph: rdflib.Graph, shape: Any) -> Iterator[str]:
    """What breaks a shape, one graph pattern for each of its constraints."""
    for predicate, term in sorted(graph.predicate_objects(shape), key=str):
        if predicate in _SPOKEN:
            continue
        yield _known(_NODE, predicate)(_written(graph, term))
    for holder in sorted(graph.objects(shape, SH.property), key=lambda node: str(graph.value(node, SH.path))):
        path = _written(graph, graph.value(holder, SH.path))
        for predicate, term in sorted(graph.predicate_objects(holder), key=str):
            if predicate not in _SPOKEN:
                yield _known(_PROPERTY, predicate)(path, _written(graph, term))
    for denied in graph.objects(shape, SH["not"]):
        kind = graph.value(denied, SH["class"])
        yield f"?this a {_written(graph, kind)} BIND({_written(graph, kind)} AS ?value)"
    for query in graph.objects(shape, SH.sparql):
        yield "{ " + str(graph.value(query, SH.select)).replace("$this", "?this") + " }"


def _known(table: dict[str, Any], predicate: Any) -> Any:
    name = str(predicate).rpartition("#")[2]
    if name not in table:
        raise ValueError(f"shapes.ttl: sh:{name} is not among the constraints that can be checked: {', '.join(table)}")
    return table[name]


def _written(graph: rdflib.Graph, term: Any) -> str:
    """A term, or the members of a list, as SPARQL writes them."""
    if graph.value(term, rdflib.RDF.first) is not None:
        return ", ".join(_written(graph, member) for member in graph.items(term))
    whole = isinstance(term, rdflib.Literal) and isinstance(term.value, int)
    return str(term.value) if whole else str(term.n3())
