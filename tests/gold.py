"""Hand-made annotations as Extractions: what the extractors would hand over if they made no mistake."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.model import Document, Extraction, Mention, Relation
from extractors.reading import read

SAMPLES = Path(__file__).parents[1] / "samples"
SHARED = Path(os.environ.get("ELDERCARE_SHARED", Path(__file__).parents[2] / "shared"))
DEVELOPMENT = SHARED / "annotation" / "dev"


def as_extraction(gold: dict[str, Any], doc: Document) -> Extraction:
    """An annotation object and its text. Relations get the span that names both ends most closely."""
    mentions = [
        Mention(
            m["start"],
            m["end"],
            m["type"],
            "gold.hand",
            1.0,
            {k: v for k, v in m.items() if k not in ("start", "end", "text", "type")},
        )
        for m in gold["mentions"]
    ]
    mentions.sort(key=lambda m: (m.start, -m.end, m.type))
    relations = []
    for subject, predicate, target in gold["relations"]:
        start, end = span_of(doc, mentions, subject, target)
        relations.append(Relation(subject, predicate, target, start, end, "gold.hand", 1.0))
    return Extraction(doc=doc, header=gold["header"], mentions=tuple(mentions), relations=tuple(relations))


def span_of(doc: Document, mentions: list[Mention], *names: str) -> tuple[int, int]:
    """The shortest span that holds a mention of each name; of those that are named at all."""
    places = [
        [
            m
            for m in mentions
            if name in (m.attributes.get("document"), m.attributes.get("canonical"), doc.text[m.start : m.end])
            or name == str(m.start)
        ]
        for name in names
        if name != "self"
    ]
    places = [found for found in places if found]
    if not places:
        return 0, 1
    best = min(
        ((a, b) for a in places[0] for b in places[-1]),
        key=lambda pair: max(pair[0].end, pair[1].end) - min(pair[0].start, pair[1].start),
    )
    return min(best[0].start, best[1].start), max(best[0].end, best[1].end)


def annotated() -> Iterator[Extraction]:
    """The samples and, where it is at hand, the development set."""
    for gold_file, texts in ((SAMPLES / "gold.jsonl", SAMPLES), (DEVELOPMENT / "gold.jsonl", DEVELOPMENT / "texts")):
        if gold_file.is_file():
            for line in gold_file.read_text(encoding="utf-8").splitlines():
                gold = json.loads(line)
                yield as_extraction(gold, read(texts / gold["doc"]))
