"""Weak labels: sentences in which the rules are sure, with names and numbers varied.

A model trained on the rules' own output learns the dictionary. Varied, it must learn the context: every name may be
swapped for another of its type from the same corpus, every number for another (Ratner et al. 2017, "Snorkel", for the
idea of labelling functions).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractors.model import Extraction, Mention

__all__ = ["LABELS", "Example", "examples", "vary"]

LABELS = ("AGENCY", "COUNT", "GROUP", "ORGANIZATION", "PROGRAM")

_LONGEST = 160
_NUMBER = re.compile(r"\d+")


class Example(NamedTuple):
    """A sentence and its entities as (start, end, label), in order, without overlaps."""

    text: str
    entities: tuple[tuple[int, int, str], ...]


def examples(extractions: Iterable[Extraction], *, confidence: float = 0.85) -> Iterator[Example]:
    """Sentences whose every labelled mention has at least this confidence; sentences without any come along too."""
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
            if sentence.end - sentence.start <= _LONGEST and all(m.confidence >= confidence for m in inside):
                entities = tuple((m.start - sentence.start, m.end - sentence.start, m.type) for m in _flat(inside))
                yield Example(doc.folded[sentence.start : sentence.end], entities)


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
    for text, entities in given:
        for start, end, label in entities:
            pools[label].append(text[start:end])
    for text, entities in given:
        pieces, spans, last, length = [], [], 0, 0
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
        yield Example("".join([*pieces, text[last:]]), tuple(spans))
