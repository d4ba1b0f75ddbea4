"""What a change gained and lost: two readings of the same documents side by side, as eyecite's reviewers see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["Change", "compare", "tally"]

Annotation = Mapping[str, Any]

# Attributes that tell how a mention was read, not what it says.
_PROVENANCE = frozenset({"rule", "confidence", "text", "start", "end", "type"})


class Change(NamedTuple):
    """One difference: ``what`` is gained, lost or changed; ``kind`` a mention type, ``header`` or ``relation``."""

    what: str
    kind: str
    doc: str
    before: Any
    after: Any


def compare(before: Iterable[Annotation], after: Iterable[Annotation]) -> list[Change]:
    """Differences in order of document and place; a document in one reading only counts as empty in the other."""
    left = {document["doc"]: document for document in before}
    right = {document["doc"]: document for document in after}
    changes: list[Change] = []
    for doc in sorted(left.keys() | right.keys()):
        old, new = left.get(doc, {}), right.get(doc, {})
        changes += _mentions(doc, old, new)
        changes += _header(doc, old.get("header") or {}, new.get("header") or {})
        changes += _relations(doc, old, new)
    return changes


def tally(changes: Iterable[Change]) -> dict[tuple[str, str], int]:
    """How many changes of each (kind, what)."""
    return dict(sorted(Counter((change.kind, change.what) for change in changes).items()))


def _mentions(doc: str, old: Annotation, new: Annotation) -> list[Change]:
    a = {(m["start"], m["end"], m["type"]): m for m in old.get("mentions") or ()}
    b = {(m["start"], m["end"], m["type"]): m for m in new.get("mentions") or ()}
    changes = []
    for key in sorted(a.keys() | b.keys()):
        if key not in b:
            changes.append(Change("lost", key[2], doc, a[key], None))
        elif key not in a:
            changes.append(Change("gained", key[2], doc, None, b[key]))
        elif _said(a[key]) != _said(b[key]):
            changes.append(Change("changed", key[2], doc, a[key], b[key]))
    return changes


def _said(mention: Annotation) -> dict[str, Any]:
    return {key: value for key, value in mention.items() if key not in _PROVENANCE}


def _header(doc: str, old: Annotation, new: Annotation) -> list[Change]:
    return [
        Change("changed", "header", doc, {key: old.get(key)}, {key: new.get(key)})
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _relations(doc: str, old: Annotation, new: Annotation) -> list[Change]:
    a = {tuple(map(str, triple)) for triple in old.get("relations") or ()}
    b = {tuple(map(str, triple)) for triple in new.get("relations") or ()}
    return [Change("lost", "relation", doc, triple, None) for triple in sorted(a - b)] + [
        Change("gained", "relation", doc, None, triple) for triple in sorted(b - a)
    ]
