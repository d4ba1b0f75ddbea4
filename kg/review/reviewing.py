"""The doubtful, for a person to decide: readings of low confidence, names not settled, figures that disagree, alarms.

Each row has an id that lasts as long as the text does, the sentence with the words marked, what was read and why it is
doubtful, and empty columns to fill in (``kg.review.corrections.COLUMNS``). What a person has decided is not asked
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from kg.checking.auditing import audit
from kg.graph import Graph
from kg.review.readings import told

__all__ = ["BELOW", "Doubtful", "doubtful", "gold"]

BELOW = 0.8
# Alarms about what was read or written here; that a cited document is not held is no doubt about a reading.
_AUDITS = ("arithmetic", "issuers", "issuers-across", "members", "values", "values-anywhere", "code", "wording")
_NEAR = 90
_UNSURE = """SELECT DISTINCT ?node ?confidence ?below WHERE {
  ?node ek:readBy ?reading . ?reading ek:confidence ?confidence .
  FILTER(?confidence < ?below && REGEX(STR(?node), "/id/(src|obs|issue|claim)/"))
} ORDER BY ?node"""
_UNSETTLED = """SELECT ?node (GROUP_CONCAT(DISTINCT ?name; separator="、") AS ?names) (SAMPLE(?why) AS ?reason) WHERE {
  ?node ek:refersTo ?alias . ?alias a ek:UnresolvedAlias .
  OPTIONAL { ?alias ek:candidate/skos:prefLabel ?name } OPTIONAL { ?alias ek:unresolvedReason ?why }
} GROUP BY ?node ORDER BY ?node"""
_SETTLED = """SELECT DISTINCT ?id WHERE {
  ?correction a ek:Correction ; dct:identifier ?id . FILTER NOT EXISTS { ?correction ek:refusedBecause ?reason } }"""


class Doubtful(NamedTuple):
    """One row: ``what`` is a type of mention, a relation or the kind of a finding, ``read`` its attributes."""

    id: str
    document: str
    reason: str
    confidence: float | None
    sentence: str
    words: str
    read: str
    text: str
    start: int
    end: int
    what: str


def doubtful(graph: Graph, *, below: float = BELOW, everything: bool = False) -> list[Doubtful]:
    """The doubtful rows of a graph, document by document, in the order of the text.

    Args:
        below: readings less sure than this are doubtful.
        everything: with the rows that a person has decided already.
    """
    reasons: dict[str, list[str]] = {}
    for node, reason in _reasons(graph, below):
        reasons.setdefault(node, []).append(reason)
    done = set() if everything else {str(row[0]) for row in graph.query(_SETTLED)}
    rows: dict[str, Doubtful] = {}
    for reading in told(graph, reasons):
        row = _row(graph, reading, reasons[reading.node])
        if row.id in rows:
            row = row._replace(reason="；".join(dict.fromkeys([*rows[row.id].reason.split("；"), row.reason])))
        if row.id not in done:
            rows[row.id] = row
    return sorted(rows.values(), key=lambda row: (row.document, row.text, row.start, row.end, row.what))


def _reasons(graph: Graph, below: float) -> Iterator[tuple[str, str]]:
    """Nodes and why they are doubtful."""
    for node, confidence, _ in graph.query(_UNSURE, below=Decimal(str(below))):
        yield str(node), f"可信度 {confidence}"
    for node, names, reason in graph.query(_UNSETTLED):
        more = "；".join(part for part in (f"候选：{names}" if names else "", str(reason or "")) if part)
        yield str(node), f"所指未定（{more}）" if more else "所指未定"
    for alarm in audit(graph, _AUDITS):
        for node in alarm.nodes:
            yield node, alarm.zh


def _row(graph: Graph, reading: Any, reasons: Iterable[str]) -> Doubtful:
    quotation = graph.quote(reading.text, reading.start, reading.end)
    before, words, after = ("".join(part.split("\n")) for part in quotation.parts())
    sentence = f"{_cut(before, -_NEAR)}【{words}】{_cut(after, _NEAR)}"
    return Doubtful(
        id=f"{reading.text}:{reading.start}-{reading.end}:{reading.what}",
        document=name_of(graph, reading.text),
        reason="；".join(dict.fromkeys(reasons)),
        confidence=reading.confidence,
        sentence=sentence,
        words=" ".join(quotation.words.split()),
        read=reading.read,
        text=reading.text,
        start=reading.start,
        end=reading.end,
        what=reading.what,
    )


def _cut(words: str, most: int) -> str:
    """At most so many characters: the last ones where ``most`` is negative."""
    if len(words) <= abs(most):
        return words
    return f"…{words[most:]}" if most < 0 else f"{words[:most]}…"


def name_of(graph: Graph, text: str) -> str:
    """The file's name of a text."""
    names = graph.manifest.documents[text].names
    return re.split(r"[/\\]", names[0])[-1] if names else text


def gold(graph: Graph) -> tuple[list[dict[str, Any]], list[str]]:
    """The corrected documents in the annotation format, and those left out with the reason.

    A document counts as gold when a person has decided something in it and nothing in it is left open. What nobody
    was asked about stays as it was read: figures measured on it flatter.
    """
    from extractors import extract
    from extractors.reading import read_text
    from kg.review.correcting import apply
    from kg.review.corrections import by_text
    from kg.review.replaying import kept

    still: dict[str, int] = {}
    for row in doubtful(graph):
        still[row.text] = still.get(row.text, 0) + 1
    annotations, left = [], []
    for text, corrections in by_text(kept(graph.folder)).items():
        if text not in graph.manifest.documents:
            continue
        name = name_of(graph, text)
        extraction, rulings = apply(extract(read_text(graph.text(text), name)), corrections)
        refused = [ruling for ruling in rulings if ruling.refused]
        if refused or text in still:
            left.append(f"{name}: {still.get(text, 0)} places are open, {len(refused)} corrections do not hold")
        else:
            annotations.append(extraction.as_annotation())
    return sorted(annotations, key=lambda a: str(a["doc"])), sorted(left)
