"""Weak labels: what the rules are sure of, with names and numbers varied, and what they are not sure of left open.

A model trained on the rules' own output learns the dictionary. Varied, it must learn the context: every name may be
swapped for another of its type from the same corpus, every number for another (Ratner et al. 2017, "Snorkel", for the
idea of labelling functions). A model told that what rules miss is nothing learns to miss it: the characters of an
unsure find, and those before a head of programs that no rule has claimed, are ``open``, neither name nor none.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from extractors.model import Extraction, Mention, Span
from extractors.reading import read
from ontology import table

__all__ = ["LABELS", "Example", "examples", "of_annotations", "vary"]

LABELS = ("AGENCY", "COUNT", "GROUP", "ORGANIZATION", "PROGRAM")

_LONGEST = 160
_NUMBER = re.compile(r"\d+")
_BEFORE_HEAD = re.compile(r"[\u4e00-\u9fff“”]{2,12}$")


class Example(NamedTuple):
    """A sentence, its entities as (start, end, label), in order, without overlaps, and what is left open."""

    text: str
    entities: tuple[tuple[int, int, str], ...]
    open: tuple[Span, ...] = ()


def examples(extractions: Iterable[Extraction], *, confidence: float = 0.85) -> Iterator[Example]:
    """Sentences with the mentions that have at least this confidence; the characters of the others are left open."""
    for extraction in extractions:
        doc = extraction.doc
        mentions = [m for m in extraction.mentions if m.type in LABELS]
        index = 0
        for sentence in doc.layout.sentences:
            while index < len(mentions) and mentions[index].start < sentence.start:
                index += 1
            inside = []
            while index < len(mentions) and mentions[index].end <= sentence.end:
                inside.append(mentions[index])
                index += 1
            if sentence.end - sentence.start <= _LONGEST:
                text = doc.folded[sentence.start : sentence.end]
                flat = [(m.start - sentence.start, m.end - sentence.start, m) for m in _flat(inside)]
                sure = tuple((start, end, m.type) for start, end, m in flat if m.confidence >= confidence)
                unsure = [Span(start, end) for start, end, m in flat if m.confidence < confidence]
                yield Example(text, sure, (*unsure, *_unclaimed(text, [(start, end) for start, end, _ in flat])))


def _unclaimed(text: str, claimed: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Where a program may stand that no rule has read: the characters up to a head of programs."""
    for head in _heads().finditer(text):
        last = max((end for start, end in claimed if start < head.end()), default=0)
        before = _BEFORE_HEAD.search(text, last, head.start()) if last <= head.start() else None
        if before:
            yield Span(before.start(), head.end())


@cache
def _heads() -> re.Pattern[str]:
    return re.compile("|".join(sorted({re.escape(row["head"]) for row in table("program_heads")}, key=len)[::-1]))


def of_annotations(annotations: Iterable[dict[str, Any]], texts: Path) -> Iterator[Example]:
    """Sentences of hand-made annotations (docs/annotation.md), nothing open."""
    for annotation in annotations:
        doc = read(texts / annotation["doc"])
        mentions = tuple(Mention(m["start"], m["end"], m["type"], "human", 1.0, {}) for m in annotation["mentions"])
        yield from (example._replace(open=()) for example in examples([Extraction(doc, {}, mentions)]))


def _flat(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest of overlapping mentions, in text order."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept)


def vary(given: list[Example], *, share: float = 0.5, seed: int = 1) -> Iterator[Example]:
    """The examples, with that share of names swapped for others of their type and of numbers for other numbers.

    The same examples and seed give the same output.
    """
    chance = random.Random(seed)
    pools: dict[str, list[str]] = defaultdict(list)
    for text, entities, _ in given:
        for start, end, label in entities:
            pools[label].append(text[start:end])
    for text, entities, unsure in given:
        pieces, spans, last, length = [], [], 0, 0
        # from an offset in the sentence to the one in the varied sentence: how far each name has moved what follows
        moved: list[tuple[int, int]] = [(0, 0)]
        for start, end, label in entities:
            name = text[start:end]
            if label == "COUNT":
                name = _NUMBER.sub(lambda match: str(chance.randint(1, 10 ** len(match[0]))), name)
            elif chance.random() < share:
                name = chance.choice(pools[label])
            pieces += [text[last:start], name]
            length += start - last
            spans.append((length, length + len(name), label))
            length += len(name)
            last = end
            moved.append((end, length - end))
        shifts = [max(place for place in moved if place[0] <= span.start)[1] for span in unsure]
        moved_open = tuple(Span(span.start + by, span.end + by) for span, by in zip(unsure, shifts, strict=True))
        yield Example("".join([*pieces, text[last:]]), tuple(spans), moved_open)
