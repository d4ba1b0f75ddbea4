"""What a person means by a name: from 渝北区, 渝医保发〔2021〕63号 or 医保局 to the terms of a graph."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date

import pyoxigraph as ox

from kg.graph import Graph
from kg.statements import link
from ontology import table
from ontology.terms import XSD

__all__ = ["NoSuchValue", "UnknownName", "meanings"]

Term = ox.NamedNode | ox.Literal

_BY_NAME = """SELECT DISTINCT ?thing ?bare ?wanted WHERE {
  { ?thing rdfs:label|ek:documentNumber|dct:title|skos:prefLabel ?name } %s
  BIND(REPLACE(STR(?name), "[《》〈〉“”\\"\\\\s]", "") AS ?bare)
  FILTER(CONTAINS(?bare, ?wanted))
}"""
_BY_FILE = """SELECT DISTINCT ?thing ?wanted WHERE {
  ?text eli:realizes ?thing ; ek:fileName ?file FILTER(CONTAINS(?file, ?wanted)) }"""
_TERRITORIES = """SELECT DISTINCT ?code WHERE {
  ?text eli:realizes ?held . ?held eli:jurisdiction/ek:gb2260 ?code } ORDER BY ?code"""
_KINDS = {
    "document": "{ ?thing a ek:OfficialDocument } UNION { ?text eli:realizes ?thing }",
    "agency": "?thing a ek:Agency .",
    "program": "?thing a ek:Program .",
    "area": "?thing a ek:AdministrativeArea .",
}
_YEAR_IN_BRACKETS = re.compile(r"[\[［【﹝〔(（](\d{4})[\]］】﹞〕)）]")
_MARKS = re.compile(r"[《》〈〉“”\"\s]")
_DAY = re.compile(
    r"(?P<year>\d{4})(?:[-年./](?P<month>\d{1,2})[-月./](?P<day>\d{1,2})日?|年(?P<month_end>\d{1,2})月[底末]|年{1,2}[底末])"
)
# 成都 is 成都市; it is not every place inside it.
_LEVELS = r"(?:省|市|[^省市]{0,6}自治[区州县旗]|特别行政区|地区|[区县旗州盟镇乡]|街道)?"


class UnknownName(ValueError):
    """A value that names nothing in the graph; the message tells what was looked for."""


class NoSuchValue(UnknownName):
    """A value that is none of its kind, in whatever graph: a day that is no day."""


def meanings(graph: Graph, kind: str, value: str) -> list[Term]:
    """The terms that a parameter's value stands for.

    Raises:
        UnknownName: it names nothing in this graph.
        NoSuchValue: it is no value of this kind.
    """
    if kind in _OF_VALUES:
        return [_OF_VALUES[kind](value)]
    if kind not in _KINDS:
        raise ValueError(f"no kind of parameter {kind!r}")
    found = _of_iri(value) or _exactly(graph, kind, value) or _by_name(graph, kind, value)
    found = found or _in_short(graph, kind, value)
    if not found:
        raise UnknownName(f"{graph.name} knows no {kind} called {value!r}; a part of its name will do")
    return found


def _of_iri(value: str) -> list[Term]:
    return [ox.NamedNode(value)] if re.match(r"https?://[^\s<>\"]+$", value) else []


def _exactly(graph: Graph, kind: str, value: str) -> list[Term]:
    """By the normal form that the graph itself uses: a number in any brackets, a place or body in full."""
    if kind == "document":
        from extractors.readers.folding import fold

        number = _YEAR_IN_BRACKETS.sub(r"〔\1〕", re.sub(r"\s", "", fold(value)))
        return _held(graph, [link.document(number)]) if link.is_number(number) else []
    if kind == "area":
        return _held(graph, [_area("中国" if value in ("全国", "国家") else value)])
    # 制度项目连同名称里含有它的（长期护理保险制度试点）一起算。
    return _held(graph, [link.agency(value)]) if kind == "agency" else []


def _held(graph: Graph, iris: Iterable[str]) -> list[Term]:
    """Those that the graph says something of."""
    query = "SELECT ?thing ?any WHERE { ?thing ?any ?value } LIMIT 1"
    terms = [ox.NamedNode(iri) for iri in dict.fromkeys(iris)]
    return [term for term in terms if len(graph.query(query, thing=term))]


def _area(name: str) -> str:
    """A place by its full chain, or by a single name that only one place of today bears."""
    from extractors.bodies.divisions import by_name

    area = link.area(name)
    if area.code:
        return area.iri
    today = [d for d in by_name().get(name, ()) if not d.former]
    return link.area(today[0].canonical).iri if len(today) == 1 else area.iri


def _by_name(graph: Graph, kind: str, value: str) -> list[Term]:
    """Everything of the kind that bears the name; else what ends with it; else all that has it in its name."""
    wanted = _MARKS.sub("", value)
    if kind == "program":
        full = next((row["canonical"] for row in table("programs") if row["name"] == wanted), "")
        return sorted({term for name in {wanted, full} - {""} for _, term in _named(graph, kind, name)}, key=str)
    rows = _named(graph, kind, wanted) if wanted else []
    ends = re.compile(re.escape(wanted) + (_LEVELS if kind == "area" else "") + "$")
    ending = [(name, term) for name, term in rows if kind != "document" and ends.search(name)]
    exact = [(name, term) for name, term in rows if name == wanted]
    return sorted({term for _, term in exact or ending or rows}, key=str)


def _named(graph: Graph, kind: str, wanted: str) -> list[tuple[str, Term]]:
    """What has these words in its name, each with the name, both without title marks."""
    rows = graph.query(_BY_NAME % _KINDS[kind], wanted=wanted)
    return [(str(name), ox.NamedNode(str(iri))) for iri, name, _ in rows]


def _in_short(graph: Graph, kind: str, value: str) -> list[Term]:
    """A body as the texts call it, each in its own territory: 区医保局. A text by the name of its file."""
    if kind == "document":
        return [ox.NamedNode(str(iri)) for iri, _ in graph.query(_BY_FILE, wanted=value)]
    if kind != "agency":
        return []
    from extractors.bodies.jurisdiction import canonical_agency
    from kg.statements.scopes import jurisdiction_in

    areas = [link.by_code(str(code)) for (code,) in graph.query(_TERRITORIES)]
    names = [canonical_agency(value, jurisdiction_in(area)) for area in (None, *areas)]
    return _held(graph, [link.agency(name) for name in names if name])


def _text(value: str) -> Term:
    return ox.Literal(value)


def _day(value: str) -> Term:
    """2023-12-31, 2023年12月31日; the last day of a month or a year: 2023年6月底, 2023年末."""
    match = _DAY.fullmatch(value)
    if match:
        year, month = int(match["year"]), int(match["month"] or match["month_end"] or 12)
        try:
            day = int(match["day"] or monthrange(year, month)[1])
            return ox.Literal(date(year, month, day).isoformat(), datatype=ox.NamedNode(XSD.date))
        except ValueError:
            pass
    raise NoSuchValue(f"{value!r} is no day; write it as 2023-12-31 or 2023年底")


def _year(value: str) -> Term:
    digits = value.removesuffix("年")
    if not re.fullmatch(r"\d{4}", digits):
        raise NoSuchValue(f"{value!r} is no year; write it as 2023")
    return ox.Literal(digits)


def _number(value: str) -> Term:
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise NoSuchValue(f"{value!r} is no number")
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
