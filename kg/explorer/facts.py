"""Everything a graph says, by subject: the one pass over the store on which the page is built."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.terms import BASE, PREFIXES

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Facts", "first", "read_facts", "short"]

# subject -> property -> values, in a fixed order; names are short: ek:issuedBy, c:cmp-over, org/000000/国务院.
Facts = dict[str, dict[str, list[str]]]

_SHORT = sorted(
    [(BASE + "id/", ""), *((iri, f"{prefix}:") for prefix, iri in PREFIXES.items())],
    key=lambda pair: -len(pair[0]),
)
# The text of a document is kept apart; nobody asks for it among the facts.
_LEFT_OUT = frozenset({"nif:isString", "skos:definition"})


def short(iri: str) -> str:
    """An IRI as the page names it: a prefix for vocabularies, nothing for our own things.

    >>> short("https://w3id.org/cn-eldercare/id/area/500112"), short("https://w3id.org/cn-eldercare/ont#place")
    ('area/500112', 'ek:place')
    """
    for long, prefix in _SHORT:
        if iri.startswith(long):
            return prefix + iri[len(long) :]
    return iri


def read_facts(graph: Graph) -> Facts:
    """All triples of the union of all documents' graphs, each once. Texts in a language are under ``property@lang``."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    known: dict[str, str] = {}

    def name(iri: str) -> str:
        if iri not in known:
            known[iri] = short(iri)
        return known[iri]

    for quad in graph.store.store.quads_for_pattern(None, None, None, None):
        predicate, term = name(quad.predicate.value), quad.object
        if predicate in _LEFT_OUT or not isinstance(quad.subject, ox.NamedNode):
            continue
        if isinstance(term, ox.Literal):
            key = f"{predicate}@{term.language}" if term.language else predicate
            found[name(quad.subject.value)][key].add(term.value)
        elif isinstance(term, ox.NamedNode):
            found[name(quad.subject.value)][predicate].add(name(term.value))
    return {
        subject: {predicate: sorted(values) for predicate, values in sorted(found[subject].items())}
        for subject in sorted(found)
    }


def first(facts: dict[str, list[str]], *properties: str) -> str:
    """The first value of the first of these properties that has one, else nothing."""
    return next((facts[name][0] for name in properties if facts.get(name)), "")
