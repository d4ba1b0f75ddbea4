"""What can be looked up: bodies, documents, programmes, figures, proposals, areas; each with its place on the map."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.explorer.facts import Facts, first

__all__ = ["KINDS", "Thing", "find_things"]

KINDS = ("agency", "document", "program", "count", "proposal", "area")
_KIND_OF = {
    "ek:Agency": "agency",
    "ek:Organization": "agency",
    "ek:PolicyDocument": "document",
    "ek:ReplyDocument": "document",
    "ek:CitedOnlyDocument": "document",
    "ek:Program": "program",
    "ek:ServiceOffering": "program",
    "ek:QuantityClaim": "count",
    "ek:AchievedQuantity": "count",
    "ek:PlannedQuantity": "count",
    "ek:NormQuantity": "count",
    "ek:Proposal": "proposal",
    "ek:AdministrativeArea": "area",
}
_LABELS = ("skos:prefLabel@zh", "skos:prefLabel", "dct:title@zh", "dct:title", "rdfs:label")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Thing(NamedTuple):
    """A node of the page. ``area`` is the key of the region it belongs to, ``level`` that region's (nation, province,
    prefecture, county, town), ``year`` 0 where none is told."""

    key: str
    kind: str
    sort: str
    label: str
    number: str
    date: str
    published: str
    genre: str
    area: str
    level: str
    year: int


def find_things(facts: Facts) -> list[Thing]:
    """All things, by kind and key."""
    things = []
    for key, said in facts.items():
        classes = [name for name in said.get("rdf:type", ()) if name in _KIND_OF]
        if classes:
            things.append(_thing(key, _sort(classes), facts))
    return sorted(things, key=lambda thing: (KINDS.index(thing.kind), thing.key))


def _sort(classes: list[str]) -> str:
    """The class that says most: any before those that only say where the text is."""
    return min(classes, key=lambda name: (name in ("ek:CitedOnlyDocument", "ek:QuantityClaim"), name))


def _thing(key: str, sort: str, facts: Facts) -> Thing:
    said = facts[key]
    kind = _KIND_OF[sort]
    number = first(said, "ek:documentNumber", "ek:proposalNumber", "ek:gb2260")
    label = _count_label(said, facts) if kind == "count" else first(said, *_LABELS)
    date = first(said, "eli:date_document")
    times = (date, first(said, "ek:numberYear"), first(said, "ek:periodEnd"), first(said, "ek:periodStart"))
    area = _area(key, kind, said, facts)
    year = next((int(found[0]) for found in map(_YEAR.search, times) if found), 0)
    return Thing(
        key,
        kind,
        sort.removeprefix("ek:"),
        label or number or key,
        number,
        date,
        first(said, "eli:date_publication", "dct:issued"),
        first(said, "eli:type_document").removeprefix("c:genre-"),
        area,
        first(facts.get(area, {}), "ek:areaLevel").removeprefix("c:level-"),
        year,
    )


def _count_label(said: dict[str, list[str]], facts: Facts) -> str:
    """What is counted; where the text does not name it, whom or for what it is counted."""
    about = (first(facts.get(first(said, name), {}), *_LABELS) for name in ("ek:population", "ek:aboutProgram"))
    return first(said, "ek:what") or next(filter(None, about), "数量")


def _area(key: str, kind: str, said: dict[str, list[str]], facts: Facts) -> str:
    """Where it belongs: a body by whom it serves, a document by its scope or issuer, a figure by its place."""
    if kind == "area":
        return key
    direct = first(said, "ek:jurisdiction", "ek:scope", "ek:place")
    if direct:
        return direct
    body = first(said, "ek:firstIssuer", "ek:issuedBy", "ek:submittedTo")
    return first(facts.get(body, {}), "ek:jurisdiction")
