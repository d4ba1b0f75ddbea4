"""What a person means by a name: from 渝北区, 渝医保发〔2021〕63号 or 医保局 to the terms of a graph."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyoxigraph as ox

from kg import link
from kg.files import printable
from kg.graph import Graph
from ontology.terms import XSD

__all__ = ["UnknownName", "meanings"]

Term = ox.NamedNode | ox.Literal

_BY_NAME = """SELECT DISTINCT ?thing ?exact ?wanted WHERE {
  { ?thing rdfs:label|ek:documentNumber|dct:title|skos:prefLabel ?name } %s
  FILTER(CONTAINS(REPLACE(STR(?name), "[《》〈〉“”\\"\\\\s]", ""), ?wanted))
  BIND(REPLACE(STR(?name), "[《》〈〉“”\\"\\\\s]", "") = ?wanted AS ?exact)
}"""
_KINDS = {
    "document": "{ ?thing a ek:OfficialDocument } UNION { ?text eli:realizes ?thing }",
    "agency": "?thing a ek:Agency .",
    "program": "?thing a ek:Program .",
    "area": "?thing a ek:AdministrativeArea .",
}
_YEAR_IN_BRACKETS = re.compile(r"[\[［【﹝〔(（](\d{4})[\]］】﹞〕)）]")
_MARKS = re.compile(r"[《》〈〉“”\"\s]")


class UnknownName(ValueError):
    """A value that names nothing in the graph; the message tells what was looked for."""


def meanings(graph: Graph, kind: str, value: str) -> list[Term]:
    """The terms that a parameter's value stands for.

    Raises:
        UnknownName: it names nothing in this graph, or is no value of this kind.
    """
    if kind in _OF_VALUES:
        return [_OF_VALUES[kind](value)]
    if kind not in _KINDS:
        raise ValueError(f"no kind of parameter {kind!r}")
    # 制度项目连同名称里含有它的（长期护理保险制度试点）一起算。
    exact = [] if kind == "program" else _exactly(graph, kind, value)
    found = _of_iri(value) or exact or _by_name(graph, kind, value)
    if not found:
        raise UnknownName(f"{printable(graph.folder)} knows no {kind} called {value!r}; a part of its name will do")
    return found


def _of_iri(value: str) -> list[Term]:
    return [ox.NamedNode(value)] if re.match(r"https?://[^\s<>\"]+$", value) else []


def _exactly(graph: Graph, kind: str, value: str) -> list[Term]:
    """By the normal form that the graph itself uses: a number in any brackets, a place or body in full."""
    if kind == "document":
        from extractors.readers.folding import fold

        number = _YEAR_IN_BRACKETS.sub(r"〔\1〕", re.sub(r"\s", "", fold(value)))
        if not link.is_number(number):
            return []
        iri = link.document(number)
    elif kind == "area":
        iri = _area(value)
    else:
        iri = link.agency(value)
    rows = graph.query("SELECT ?thing ?any WHERE { ?thing ?any ?value } LIMIT 1", thing=ox.NamedNode(iri))
    return [ox.NamedNode(iri)] if len(rows) else []


def _area(name: str) -> str:
    """A place by its full chain, or by a single name that only one place of today bears."""
    from extractors.bodies.divisions import by_name

    area = link.area(name)
    if area.code:
        return area.iri
    today = [d for d in by_name().get(name, ()) if not d.former]
    return link.area(today[0].canonical).iri if len(today) == 1 else area.iri


def _by_name(graph: Graph, kind: str, value: str) -> list[Term]:
    """Everything of the kind that bears the name; else everything that has it in its name."""
    wanted = _MARKS.sub("", value)
    rows = list(graph.query(_BY_NAME % _KINDS[kind], wanted=wanted)) if wanted else []
    exact = [row for row in rows if row[1]]
    meant = rows if kind == "program" else exact or rows
    return [ox.NamedNode(iri) for iri in sorted({str(row[0]) for row in meant})]


def _text(value: str) -> Term:
    return ox.Literal(value)


def _day(value: str) -> Term:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise UnknownName(f"{value!r} is no day; write it as 2023-12-31")
    return ox.Literal(value, datatype=ox.NamedNode(XSD.date))


def _year(value: str) -> Term:
    digits = value.removesuffix("年")
    if not re.fullmatch(r"\d{4}", digits):
        raise UnknownName(f"{value!r} is no year; write it as 2023")
    return ox.Literal(digits)


def _number(value: str) -> Term:
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise UnknownName(f"{value!r} is no number")
    return ox.Literal(value, datatype=ox.NamedNode(XSD.decimal))


def _body(value: str) -> Term:
    """What all bodies of one kind are called without their place: 医保局 is 医疗保障局."""
    from extractors.bodies.jurisdiction import canonical_agency
    from extractors.model import Jurisdiction

    place = "四川省成都市"
    there = Jurisdiction(("四川省", "成都市"), "510100", "asked", 1.0)
    full = canonical_agency("市" + value, there) or canonical_agency(value, there) or value
    return ox.Literal(full.removeprefix(place))


_OF_VALUES: dict[str, Callable[[str], Term]] = {
    "text": _text,
    "day": _day,
    "year": _year,
    "number": _number,
    "body": _body,
}
