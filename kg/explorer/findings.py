"""What deserves a second look: what the audit alarms about, and what the texts doubt, promise, ask or leave open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.explorer.facts import Facts, first, short
from kg.explorer.statements import Span, spans_of

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Finding", "find_alarms", "find_findings"]

_SORTS = {
    "ek:Doubt": "doubt",
    "ek:Check": "check",
    "ek:Target": "target",
    "ek:Duty": "duty",
    "ek:UnresolvedAlias": "alias",
}
# Kinds of the audit, and the sort under which the page shows them. Sums and wording have nodes of their own.
_ALARMS = {
    "values": "values",
    "values-anywhere": "values",
    "issuers": "issuerlists",
    "issuers-across": "issuerlists",
    "members": "members",
    "code": "code",
    "unresolved": "unresolved",
    "unnumbered": "unnumbered",
}
_CODES = ("ek:doubtKind", "ek:checkKind", "ek:verdict", "ek:resolutionStatus")


class Finding(NamedTuple):
    """Its sort, the thing it is about (a key, or nothing), the figures it sets side by side, and what it says.

    ``codes`` are names of code terms; ``words`` and ``english`` free text (what was meant, a deadline, an alarm).
    """

    sort: str
    about: str
    things: tuple[str, ...]
    codes: tuple[str, ...]
    words: str
    english: str
    confidence: str
    spans: tuple[Span, ...]


def find_alarms(graph: Graph, facts: Facts, keys: set[str]) -> list[Finding]:
    """The audit's alarms, each once: what two kinds say of the same nodes is said by the first."""
    from kg.checking.auditing import audit

    found: dict[tuple[str, frozenset[str]], Finding] = {}
    for alarm in audit(graph, _ALARMS):
        nodes = [short(node) for node in alarm.nodes]
        spans = sorted(span for node in nodes for span in spans_of(facts.get(node, {}).get("ek:evidence", []), facts))
        about = next((first(facts.get(node, {}), "ek:citedDocument", "ek:issuedDocument") for node in nodes), "")
        things = tuple(node for node in nodes if node in keys)
        finding = Finding(
            _ALARMS[alarm.kind], about if about in keys else "", things, (), alarm.zh, alarm.en, "", tuple(spans)
        )
        found.setdefault((finding.sort, frozenset(nodes)), finding)
    return list(found.values())


def find_findings(facts: Facts, keys: set[str]) -> list[Finding]:
    """Doubts, checks, targets, duties and unsettled names, by sort and in the order of the texts."""
    named = defaultdict(list)
    for mention, said in facts.items():
        for thing in said.get("ek:refersTo", ()):
            named[thing].append(mention)
    found = []
    for key, said in facts.items():
        sort = next((_SORTS[kind] for kind in said.get("rdf:type", ()) if kind in _SORTS), None)
        if sort is None:
            continue
        spans = tuple(sorted(spans_of(said.get("ek:evidence", []) or named[key], facts)))
        about = first(said, "ek:dutyOf", "ek:setBy", "ek:stated")
        things = tuple(node for node in (*said.get("ek:stated", ()), *said.get("ek:operand", ())) if node in keys)
        codes = tuple(value for name in _CODES for value in said.get(name, ()))
        words = first(said, "ek:meant", "ek:deadline", "ek:computed", "rdfs:label", "rdfs:label@zh")
        sure = first(facts.get(first(said, "ek:readBy"), {}), "ek:confidence")
        found.append(Finding(sort, about if about in keys else "", things, codes, words, words, sure, spans))
    return sorted(found, key=lambda item: (item.sort, not item.spans, item.spans, item))
