"""Which format an answer takes: by the Accept header with its weights, or by a format parameter (RFC 9110, 12.5.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kg.server.problems import Problem

__all__ = ["GRAPH_TYPES", "RESULT_TYPES", "Chosen", "choose", "preferred"]

# Media type -> the name of the format in ``kg.server.answering``; among equals the first wins.
RESULT_TYPES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/n-quads": "nquads",
    "application/trig": "trig",
    "application/rdf+xml": "rdfxml",
    "application/json": "jsonld",
    "text/plain": "ntriples",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
}
# What clients write as format=…; other words are left to the Accept header.
_WORDS = {
    "ttl": "turtle",
    "nt": "ntriples",
    "n-triples": "ntriples",
    "json-ld": "jsonld",
    "nq": "nquads",
    "n-quads": "nquads",
    "rdf": "rdfxml",
    "rdf+xml": "rdfxml",
    "xml": "rdfxml",
    "json": "jsonld",
}
# Of an Accept header so many characters are read.
_LONGEST = 2_000


class Chosen(NamedTuple):
    """A media type and the name of its format."""

    media_type: str
    format: str


def choose(accept: str, types: dict[str, str], word: str | None = None) -> Chosen:
    """The best of ``types`` for an Accept header.

    Args:
        word: a short name of a format, which overrides the header where ``types`` has such a format.

    Raises:
        Problem: 406, none of them is acceptable.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml, */*;q=0.1", RESULT_TYPES).format
    'xml'
    """
    if word is not None:
        formats = {format: name for name, format in reversed(types.items())}
        for wanted in (word, _WORDS.get(word)):
            if wanted in formats:
                return Chosen(_charset(formats[wanted]), wanted)
    found = preferred(accept, list(types))
    if found is None:
        raise Problem(406, f"none of the formats in Accept; there are: {', '.join(types)}")
    return Chosen(_charset(found), types[found])


def preferred(accept: str, types: list[str]) -> str | None:
    """The type that an Accept header likes best, the first among equals; None where it takes none of them."""
    return _preferred(accept[:_LONGEST], tuple(types))


@lru_cache(maxsize=1_000)
def _preferred(accept: str, types: tuple[str, ...]) -> str | None:
    weights = _weights(accept)
    if not weights:
        return types[0]
    best, most = None, 0.0
    for name in types:
        group = name.partition("/")[0]
        weight = next((weights[key] for key in (name, f"{group}/*", "*/*") if key in weights), 0.0)
        if weight > most:
            best, most = name, weight
    return best


def _weights(accept: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not name:
            continue
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        weights[name] = max(weight, weights.get(name, 0.0))
    return weights


def _charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
