"""The terms of the ontology for editors: names, kinds, Chinese and English labels, what they mean."""

from __future__ import annotations

from functools import cache
from typing import Any

import ontology
from kg.server.naming import compact
from ontology.terms import RDFS, SKOS

__all__ = ["terms", "vocabulary"]

_KINDS = {
    "http://www.w3.org/2002/07/owl#Class": "class",
    "http://www.w3.org/2002/07/owl#ObjectProperty": "property",
    "http://www.w3.org/2002/07/owl#DatatypeProperty": "property",
    "http://www.w3.org/2004/02/skos/core#Concept": "code",
}


@cache
def vocabulary() -> bytes:
    """The ontology as Turtle."""
    read: bytes = ontology.resource("policy.ttl").read_bytes()
    return read


@cache
def terms() -> tuple[dict[str, Any], ...]:
    """Classes, properties and codes, each with ``name``, ``kind``, ``zh``, ``en``, ``about``, ``about_en``."""
    import pyoxigraph as ox

    said: dict[str, dict[str, str]] = {}
    for triple in ox.parse(vocabulary(), format=ox.RdfFormat.TURTLE):
        facts = said.setdefault(triple.subject.value, {})
        if isinstance(triple.object, ox.Literal):
            facts.setdefault(f"{triple.predicate.value}@{triple.object.language}", triple.object.value)
        elif triple.object.value in _KINDS:
            facts["kind"] = _KINDS[triple.object.value]
    return tuple(_term(iri, facts) for iri, facts in sorted(said.items()) if "kind" in facts)


def _term(iri: str, facts: dict[str, str]) -> dict[str, Any]:
    def told(language: str, *names: str) -> str:
        return next((facts[f"{name}@{language}"] for name in names if f"{name}@{language}" in facts), "")

    zh = told("zh", RDFS.label, SKOS.prefLabel)
    return {
        "name": compact(iri),
        "kind": facts["kind"],
        "zh": zh,
        "en": told("en", RDFS.label, SKOS.prefLabel) or zh,
        "about": told("zh", SKOS.definition),
        "about_en": told("en", SKOS.definition),
    }
