"""The nouns of building: Literal, Statement, Evidence."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Entity", "Evidence", "Literal", "Object", "Statement"]


class Literal(NamedTuple):
    """A value: its lexical form in canonical spelling, and its datatype's IRI or ``@`` and a language tag.

    Only the datatypes that rdflib and Oxigraph write alike are used: xsd:string, rdf:langString, xsd:integer,
    xsd:decimal, xsd:date, xsd:gYearMonth, xsd:gYear, xsd:boolean.
    """

    value: str
    kind: str


Object = str | Literal


class Entity(NamedTuple):
    """A thing that documents share: its IRI, its class, its Chinese label."""

    iri: str
    kind: str
    label: str


class Evidence(NamedTuple):
    """The characters ``[start, end)`` that say so, the rule or model that read them, and how sure it is."""

    start: int
    end: int
    rule: str
    confidence: float


class Statement(NamedTuple):
    """One triple of a document's graph. Subject and predicate are IRIs, the object an IRI or a Literal."""

    subject: str
    predicate: str
    object: Object
