"""What joins the things, and the places in the texts that say so."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kg.explorer.facts import Facts, first

__all__ = ["Link", "Span", "find_links", "find_mentions", "span_of", "spans_of"]

# Said again by a more exact relation, from the other end, or only by the number's letters.
_LEFT_OUT = frozenset(
    {"ek:firstIssuer", "ek:issuerByCode", "eli:cites", "ek:contextProgram", "ek:growthOf"}
    | {"eli:cited_by", "eli:basis_for", "eli:jurisdiction"}
)
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
    """Start, relation, end, how often it is said, how sure the surest reading is, and the places that say so."""

    start: str
    relation: str
    end: str
    weight: int
    sure: float
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


class _Said:
    """Links as they are found: each with the places that say so and the surest of the readings."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.spans: dict[tuple[str, str, str], set[Span]] = defaultdict(set)
        self.sure: dict[tuple[str, str, str], float] = {}

    def add(self, start: str, relation: str, end: str, places: set[Span], said: dict[str, list[str]]) -> None:
        """``said`` are the facts of the node that was read: a figure, a citation, a mention."""
        link = (start, relation, end)
        self.spans[link] |= places
        sure = first(self.facts.get(first(said, "ek:readBy"), {}), "ek:confidence")
        if sure:
            self.sure[link] = max(float(sure), self.sure.get(link, 0.0))


def find_links(facts: Facts, keys: set[str], mentions: list[tuple[Span, str]]) -> list[Link]:
    """All links between things: triples, citations by their role, figures and names by where they stand.

    What no text says, but a table of reference, is sure.
    """
    found = _Said(facts)
    for key in sorted(keys):
        said = facts.get(key, {})
        own = spans_of(said.get("ek:evidence", []), facts)
        for relation, values in said.items():
            if relation not in _LEFT_OUT:
                for value in values:
                    if value in keys:
                        found.add(key, relation, value, own, said)
        for span in own:
            for document in facts.get(span.text, {}).get("eli:realizes", ()):
                found.add(key, "stated_in", document, {span}, said)
    for said in facts.values():
        _add_stated(said, found)
    _add_names(mentions, found)
    return [
        Link(*link, max(1, len(places)), found.sure.get(link, 1.0), tuple(sorted(places)))
        for link, places in sorted(found.spans.items())
        if link[0] in keys and link[2] in keys and link[0] != link[2]
    ]


def _add_stated(said: dict[str, list[str]], found: _Said) -> None:
    """The links that stand on a node of their own: citations, issuances, claims."""
    own = spans_of(said.get("ek:evidence", []), found.facts)
    kinds = said.get("rdf:type", ())
    if "ek:Citation" in kinds:
        relation = _ROLES.get(first(said, "ek:citationRole"), "cites")
        found.add(first(said, "ek:citingDocument"), relation, first(said, "ek:citedDocument"), own, said)
    elif "ek:Issuance" in kinds:
        for agency in said.get("ek:issuingAgency", ()):
            found.add(first(said, "ek:issuedDocument"), "ek:issuedBy", agency, own, said)
    elif "ek:Claim" in kinds:
        found.add(first(said, "rdf:subject"), first(said, "rdf:predicate"), first(said, "rdf:object"), own, said)


def _add_names(mentions: list[tuple[Span, str]], found: _Said) -> None:
    """A document names a body or a programme; that it names a document is its citations' to say."""
    for span, thing in mentions:
        if thing.startswith(("org/", "program/")):
            said = found.facts.get(f"{span.text}/{span.start}-{span.end}", {})
            for document in found.facts.get(span.text, {}).get("eli:realizes", ()):
                found.add(document, "mentions", thing, {span}, said)
