"""抽取结果对照人工标注的得分：定义与标注规则的评分一致，代码是我们自己的。

一处提及算对：起止与类型全同（exact），或重叠超过并集的一半、一对一配上（overlap）。
标题内部的机关和标题（nested）不单独计分。属性只在配上的提及里看。头部字段和关系按值比较。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

__all__ = ["disagreements", "score"]

CORE = ("AGENCY", "DOCUMENT_TITLE", "DOCUMENT_NUMBER", "PROPOSAL_NUMBER", "PROGRAM", "COUNT")
AIDS = ("ORGANIZATION", "REGION", "TIME", "GROUP")
ATTRIBUTES: dict[tuple[str, str], tuple[str, ...]] = {
    ("AGENCY", "canonical"): ("canonical",),
    ("DOCUMENT_TITLE", "document"): ("document",),
    ("DOCUMENT_NUMBER", "document"): ("document",),
    ("PROGRAM", "canonical"): ("canonical",),
    ("COUNT", "quantity"): ("value", "value_max", "comparator", "unit"),
    **{("COUNT", name): (name,) for name in ("what", "time", "region", "kind")},
}
Annotation = Mapping[str, Any]
Mentioned = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A value as it is compared: no white space, one kind of bracket, lists in no order, empty is None."""
    if isinstance(value, str):
        return re.sub(r"\s", "", value).translate(str.maketrans("（）", "()")) or None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return round(float(value), 6)
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items() if plain(item) is not None} or None
    return sorted(item for item in map(plain, value) if item is not None) or None


def agree(name: str, gold: Mentioned, system: Mentioned) -> bool:
    """Whether an attribute is right; what is counted may be named longer or shorter."""
    wanted, given = plain(gold.get(name)), plain(system.get(name))
    if name == "what" and wanted and given:
        return wanted in given or given in wanted
    return bool(wanted == given)


def counted(annotation: Annotation, kind: str) -> list[Mentioned]:
    """The mentions of a type that score: not nested, each span once."""
    spans: dict[tuple[int, int], Mentioned] = {}
    for mention in annotation.get("mentions", ()):
        if mention["type"] == kind and not mention.get("nested"):
            spans.setdefault((mention["start"], mention["end"]), mention)
    return list(spans.values())


def pairs(gold: list[Mentioned], system: list[Mentioned]) -> list[tuple[Mentioned, Mentioned]]:
    """One-to-one pairs that share more than half of their union, the best overlap first."""
    candidates = []
    for i, g in enumerate(gold):
        for j, s in enumerate(system):
            shared = min(g["end"], s["end"]) - max(g["start"], s["start"])
            share = shared / (max(g["end"], s["end"]) - min(g["start"], s["start"]))
            if share > 0.5:
                candidates.append((-share, g["start"], s["start"], i, j))
    taken_gold: set[int] = set()
    taken_system: set[int] = set()
    chosen = []
    for *_, i, j in sorted(candidates):
        if i not in taken_gold and j not in taken_system:
            taken_gold.add(i)
            taken_system.add(j)
            chosen.append((gold[i], system[j]))
    return chosen


def f1(tally: Counter[str]) -> float:
    """2 hit / (gold + system); 1 where there was nothing to find and nothing was found."""
    total = tally["gold"] + tally["system"]
    return round(2 * tally["hit"] / total, 4) if total else 1.0


def relations(annotation: Annotation) -> set[tuple[Any, ...]]:
    return {tuple(plain(str(part)) for part in triple) for triple in annotation.get("relations", ())}


def score(gold: Iterable[Annotation], system: Iterable[Annotation]) -> dict[str, float]:
    """Figures by name: ``exact.AGENCY``, ``overlap.ALL``, ``resolved.COUNT.time``, ``header``, ``relations`` …

    F1 of spans and relations, share of attributes and header fields that are right; micro-averaged over documents.
    A gold document that the system lacks counts as empty.
    """
    found = {annotation["doc"]: annotation for annotation in system}
    tallies: dict[str, Counter[str]] = {}

    def add(name: str, gold_count: int, system_count: int, hits: int) -> None:
        tallies.setdefault(name, Counter()).update(gold=gold_count, system=system_count, hit=hits)

    for wanted in gold:
        given = found.get(wanted["doc"], {})
        for kind in (*CORE, *AIDS):
            g, s = counted(wanted, kind), counted(given, kind)
            if kind in AIDS and not g:
                continue
            matched = pairs(g, s)
            hits = len({(m["start"], m["end"]) for m in g} & {(m["start"], m["end"]) for m in s})
            for name in (kind, "ALL") if kind in CORE else (kind,):
                add(f"exact.{name}", len(g), len(s), hits)
                add(f"overlap.{name}", len(g), len(s), len(matched))
            for (of, label), names in ATTRIBUTES.items():
                if of == kind:
                    asked = [m for m in g if label == "quantity" or m.get(label) is not None]
                    right = sum(a in asked and all(agree(n, a, b) for n in names) for a, b in matched)
                    add(f"resolved.{kind}.{label}", len(asked), len(asked), right)
        head = [(plain(v), plain(given.get("header", {}).get(k))) for k, v in (wanted.get("header") or {}).items()]
        asked_fields = [(a, b) for a, b in head if (a, b) != (None, None)]
        add("header", len(asked_fields), len(asked_fields), sum(a == b for a, b in asked_fields))
        g_rel, s_rel = relations(wanted), relations(given)
        add("relations", len(g_rel), len(s_rel), len(g_rel & s_rel))
    return {name: f1(tally) for name, tally in sorted(tallies.items())}


def disagreements(gold: Annotation, system: Annotation, kind: str) -> list[str]:
    """Lines that show where one type differs: ``- `` missed, ``+ `` spurious; for the message of a failing test."""
    text = {(m["start"], m["end"]): m["text"] for a in (gold, system) for m in a.get("mentions", ())}
    signs = [("-", (m["start"], m["end"])) for m in counted(gold, kind)]
    signs += [("+", (m["start"], m["end"])) for m in counted(system, kind)]
    lines = []
    for span, group in groupby(sorted(signs, key=lambda item: item[1]), key=lambda item: item[1]):
        marks = {sign for sign, _ in group}
        if len(marks) == 1:
            lines.append(f"{gold['doc']}: {marks.pop()} {span[0]} {text[span]}")
    return lines
