"""How well a reading agrees with hand-made annotations (docs/annotation.md): the figures, and every error.

Figures are micro-averaged over all gold documents:

- ``exact``: mentions with the same type, start and end;
- ``overlap``: mentions of one type paired one to one where they share more than half of their union;
- ``attributes``: the share of gold mentions that were found (overlap) and whose attribute is right too;
- ``header``: the share of header fields right; a field null in gold counts only where the system fills it;
- ``relations``: whole triples.

Names nested in a title and a span's second copy are left out: relations tell of the former.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Error", "Report", "Score", "evaluate", "load_annotations"]

Annotation = Mapping[str, Any]

CORE_TYPES = ("AGENCY", "DOCUMENT_TITLE", "DOCUMENT_NUMBER", "PROPOSAL_NUMBER", "PROGRAM", "COUNT")
AID_TYPES = ("ORGANIZATION", "REGION", "TIME", "GROUP")

# The attributes judged, per type: what the figure is called and which keys must all be right.
ATTRIBUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "AGENCY": {"canonical": ("canonical",)},
    "DOCUMENT_TITLE": {"document": ("document",)},
    "DOCUMENT_NUMBER": {"document": ("document",)},
    "PROGRAM": {"canonical": ("canonical",)},
    "COUNT": {
        "quantity": ("value", "value_max", "comparator", "unit"),
        "what": ("what",),
        "time": ("time",),
        "region": ("region",),
        "kind": ("kind",),
    },
}


class Score(NamedTuple):
    """Counts of things in gold, in the system's output, and in both; figures are in [0, 1], 0 where undefined."""

    gold: int = 0
    system: int = 0
    hits: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.system if self.system else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.gold + self.system) if self.gold + self.system else 0.0

    def plus(self, gold: int, system: int, hits: int) -> Score:
        return Score(self.gold + gold, self.system + system, self.hits + hits)


class Error(NamedTuple):
    """One disagreement: the ``figure`` it lowers, ``what`` it is (missed, spurious, wrong), and whose rule erred."""

    figure: str
    what: str
    doc: str
    rule: str
    gold: Any
    system: Any


@dataclass
class Report:
    """The figures of one evaluation. Keys of the mappings are mention types, ``TYPE.attribute`` and relation names."""

    documents: int = 0
    exact: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    overlap: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    attributes: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    relations: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    header: Score = field(default_factory=Score)
    errors: list[Error] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """All figures in one flat mapping, ``exact.AGENCY`` -> F1 and so on, rounded to four places.

        ``exact.ALL`` and ``overlap.ALL`` are over the core types, ``relations.ALL`` over all relations.
        """
        flat: dict[str, float] = {}
        for part, scores in (("exact", self.exact), ("overlap", self.overlap), ("relations", self.relations)):
            flat.update({f"{part}.{name}": round(score.f1, 4) for name, score in sorted(scores.items()) if score.gold})
            core = [score for name, score in scores.items() if part == "relations" or name in CORE_TYPES]
            if core:
                flat[f"{part}.ALL"] = round(Score(*map(sum, zip(*core, strict=True))).f1, 4)
        flat.update({f"attributes.{name}": round(s.recall, 4) for name, s in sorted(self.attributes.items()) if s.gold})
        if self.header.gold:
            flat["header"] = round(self.header.recall, 4)
        return flat


def load_annotations(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines in the annotation format.

    Raises:
        ValueError: a line is no annotated document; the message names file and line.
    """
    documents = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            document["doc"]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}:{number}: not a document in the annotation format ({error!r})") from error
        documents.append(document)
    return documents


def evaluate(gold: Iterable[Annotation], system: Iterable[Annotation]) -> Report:
    """Score a system's annotations against gold ones, matched by ``doc``; a missing document counts as empty."""
    report = Report()
    read = {document["doc"]: document for document in system}
    for wanted in gold:
        got = read.get(wanted["doc"], {})
        report.documents += 1
        for kind in CORE_TYPES + AID_TYPES:
            _score_mentions(report, kind, wanted, got)
        _score_header(report, wanted, got)
        _score_relations(report, wanted, got)
    return report


def _score_mentions(report: Report, kind: str, wanted: Annotation, got: Annotation) -> None:
    gold, system = _judged(wanted, kind), _judged(got, kind)
    if kind in AID_TYPES and not gold:
        return
    doc = wanted["doc"]
    report.exact[kind] = report.exact[kind].plus(len(gold), len(system), len(gold.keys() & system.keys()))
    pairs = _pair(list(gold), list(system))
    report.overlap[kind] = report.overlap[kind].plus(len(gold), len(system), len(pairs))
    found = {left for left, _ in pairs}
    taken = {right for _, right in pairs}
    report.errors += [Error(kind, "missed", doc, "", gold[s], None) for s in gold if s not in found]
    report.errors += [
        Error(kind, "spurious", doc, system[s].get("rule", ""), None, system[s]) for s in system if s not in taken
    ]
    for label, keys in ATTRIBUTES.get(kind, {}).items():
        figure = f"{kind}.{label}"
        stated = {s for s, m in gold.items() if label == "quantity" or m.get(keys[0]) is not None}
        right = 0
        for left, other in pairs:
            if left in stated:
                agrees = all(_agree(key, gold[left].get(key), system[other].get(key)) for key in keys)
                right += agrees
                if not agrees:
                    rule = system[other].get("rule", "")
                    report.errors.append(Error(figure, "wrong", doc, rule, gold[left], system[other]))
        report.attributes[figure] = report.attributes[figure].plus(len(stated), 0, right)


def _score_header(report: Report, wanted: Annotation, got: Annotation) -> None:
    for key, value in (wanted.get("header") or {}).items():
        expected, actual = _normal(value), _normal((got.get("header") or {}).get(key))
        if expected is None and actual is None:
            continue
        report.header = report.header.plus(1, 0, int(expected == actual))
        if expected != actual:
            report.errors.append(Error(f"header.{key}", "wrong", wanted["doc"], "", value, actual))


def _score_relations(report: Report, wanted: Annotation, got: Annotation) -> None:
    gold, system = set(_triples(wanted)), set(_triples(got))
    for name in {triple[1] for triple in gold | system}:
        a = {triple for triple in gold if triple[1] == name}
        b = {triple for triple in system if triple[1] == name}
        report.relations[name] = report.relations[name].plus(len(a), len(b), len(a & b))
    doc = wanted["doc"]
    report.errors += [Error(f"relations.{t[1]}", "missed", doc, "", t, None) for t in sorted(gold - system)]
    report.errors += [Error(f"relations.{t[1]}", "spurious", doc, "", None, t) for t in sorted(system - gold)]


def _judged(annotation: Annotation, kind: str) -> dict[tuple[int, int], Annotation]:
    spans: dict[tuple[int, int], Annotation] = {}
    for mention in annotation.get("mentions") or ():
        if mention["type"] == kind and not mention.get("nested"):
            spans.setdefault((mention["start"], mention["end"]), mention)
    return spans


def _pair(
    gold: Sequence[tuple[int, int]], system: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Best overlap first, one to one; spans must share more than half of their union."""
    candidates = []
    for left in gold:
        for right in system:
            shared = min(left[1], right[1]) - max(left[0], right[0])
            union = max(left[1], right[1]) - min(left[0], right[0])
            if 2 * shared > union:
                candidates.append((-shared / union, left, right))
    pairs, used = [], Counter[tuple[str, tuple[int, int]]]()
    for _, left, right in sorted(candidates):
        if not used["gold", left] and not used["system", right]:
            used["gold", left] = used["system", right] = 1
            pairs.append((left, right))
    return pairs


def _agree(key: str, gold: Any, system: Any) -> bool:
    """Equal in normal form; the thing counted may be named more or less fully."""
    a, b = _normal(gold), _normal(system)
    if key == "what" and isinstance(a, str) and isinstance(b, str):
        return a in b or b in a
    return bool(a == b)


def _normal(value: Any) -> Any:
    """White space and bracket width do not count, nor the order of a list; empty is None."""
    if isinstance(value, str):
        return "".join(value.split()).replace("（", "(").replace("）", ")") or None
    if isinstance(value, list):
        return sorted(item for item in map(_normal, value) if item is not None) or None
    if isinstance(value, dict):
        return {k: _normal(v) for k, v in value.items() if _normal(v) is not None} or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(float(value), 6)
    return value


def _triples(annotation: Annotation) -> Iterator[tuple[str, ...]]:
    for triple in annotation.get("relations") or ():
        yield tuple(_normal(str(part)) or "" for part in triple)
