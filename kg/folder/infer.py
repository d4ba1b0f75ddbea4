"""Inference: the rules of ``ontology/rules`` in order of their numbers, each into a graph that can be dropped.

``inferred`` holds what follows safely and is part of what a query sees; ``suggested`` holds what may be so, and is seen
only by a query that names it (``GRAPH g:suggested { … }``). A rule sees what the rules before it have added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox

import ontology
from kg.folder.store import OxigraphStore
from kg.statements import link

__all__ = ["INFERRED", "SUGGESTED", "Rule", "infer", "rules"]

INFERRED = link.graph("inferred")
SUGGESTED = link.graph("suggested")
_HEAD = re.compile(r"^# (\w[\w.]*): (.+)$", re.MULTILINE)


class Rule(NamedTuple):
    """A rule: its name, the graph it fills, its CONSTRUCT query."""

    name: str
    graph: str
    query: str


def rules() -> Iterator[Rule]:
    """All rules in the order in which they run."""
    for entry in sorted(ontology.resource("rules").iterdir(), key=lambda entry: str(entry.name)):
        if entry.name.endswith(".rq"):
            query = entry.read_text(encoding="utf-8")
            head = dict(_HEAD.findall(query))
            yield Rule(entry.name, SUGGESTED if head.get("graph") == "suggested" else INFERRED, query)


def infer(store: OxigraphStore) -> None:
    """Drop what was inferred, and infer it anew."""
    store.remove(INFERRED)
    store.store.remove_graph(ox.NamedNode(SUGGESTED))
    for rule in rules():
        if rule.graph == INFERRED:
            store.construct(rule.query, INFERRED)
            continue
        name = ox.NamedNode(SUGGESTED)
        triples = list(store.query(rule.query))
        store.store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
