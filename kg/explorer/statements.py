"""What joins the things, and the places in the texts that say so."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kg.explorer.facts import Facts, first

__all__ = ["Link", "Span", "find_links", "find_mentions", "span_of", "spans_of"]

# Said again by a more exact relation, or only by the number's letters.
_LEFT_OUT = frozenset({"ek:firstIssuer", "ek:issuerByCode", "eli:cites", "ek:contextProgram", "ek:growthOf"})
_ROLES = {
    "c:role-basis": "eli:based_on",
    "c:role-issues-text": "ek:promulgates",
    "c:role-repeals": "eli:repeals",
    "c:role-amends": "eli:amends",
}


class Span(NamedTuple):
    """Characters ``[start, end)`` of a text, known by the text's key; code points."""

    text: str
    start: int
    end: int


class Link(NamedTuple):
    """Start, relation, end, how often it is said, and the places that say so."""

    start: str
    relation: str
    end: str
    weight: int
    spans: tuple[Span, ...]


def span_of(mention: str, facts: Facts) -> Span | None:
    """The place of a mention, None where it has none."""
    said = facts.get(mention, {})
    text = first(said, "nif:referenceContext")
    if not text or not said.get("nif:beginIndex"):
        return None
    return Span(text, int(said["nif:beginIndex"][0]), int(said["nif:endIndex"][0]))


def spans_of(mentions: list[str], facts: Facts) -> set[Span]:
    return {span for span in (span_of(mention, facts) for mention in mentions) if span}


def find_mentions(facts: Facts, keys: set[str]) -> list[tuple[Span, str]]:
    """Every place where a text names a thing, in the order of the text."""
    return sorted(
        (span, thing)
        for mention, said in facts.items()
        if (span := span_of(mention, facts))
        for thing in said.get("ek:refersTo", ())
        if thing in keys
    )


def find_links(facts: Facts, keys: set[str], mentions: list[tuple[Span, str]]) -> list[Link]:
    """All links between things: triples, citations by their role, figures and names by where they stand."""
    spans: dict[tuple[str, str, str], set[Span]] = defaultdict(set)
    for key in sorted(keys):
        said = facts.get(key, {})
        own = spans_of(said.get("ek:evidence", []), facts)
        for relation, values in said.items():
            if relation not in _LEFT_OUT:
                for value in values:
                    if value in keys:
                        spans[key, relation, value] |= own
        for span in own:
            for document in facts.get(span.text, {}).get("eli:realizes", ()):
                spans[key, "stated_in", document].add(span)
    for said in facts.values():
        _add_stated(said, facts, spans)
    _add_names(facts, mentions, spans)
    return [
        Link(start, relation, end, max(1, len(places)), tuple(sorted(places)))
        for (start, relation, end), places in sorted(spans.items())
        if start in keys and end in keys and start != end
    ]


def _add_stated(said: dict[str, list[str]], facts: Facts, spans: dict[tuple[str, str, str], set[Span]]) -> None:
    """The links that stand on a node of their own: citations, issuances, claims."""
    own = spans_of(said.get("ek:evidence", []), facts)
    kinds = said.get("rdf:type", ())
    if "ek:Citation" in kinds:
        relation = _ROLES.get(first(said, "ek:citationRole"), "cites")
        spans[first(said, "ek:citingDocument"), relation, first(said, "ek:citedDocument")] |= own
    elif "ek:Issuance" in kinds:
        for agency in said.get("ek:issuingAgency", ()):
            spans[first(said, "ek:issuedDocument"), "ek:issuedBy", agency] |= own
    elif "ek:Claim" in kinds:
        spans[first(said, "rdf:subject"), first(said, "rdf:predicate"), first(said, "rdf:object")] |= own


def _add_names(facts: Facts, mentions: list[tuple[Span, str]], spans: dict[tuple[str, str, str], set[Span]]) -> None:
    """A document names a body or a programme; that it names a document is its citations' to say."""
    for span, thing in mentions:
        for document in facts.get(span.text, {}).get("eli:realizes", ()):
            if thing.startswith(("org/", "program/")):
                spans[document, "mentions", thing].add(span)
