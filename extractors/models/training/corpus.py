"""From documents to training sets: read, label by rules, choose sentences, vary names and numbers."""

from __future__ import annotations

import random
from collections.abc import Iterable

from extractors.model import Extraction
from extractors.models.training.weak_labels import Example, examples, vary

__all__ = ["training_sets"]

# What rules find least surely; sentences that hold one are taken first.
_SCARCE = frozenset({"PROGRAM", "ORGANIZATION"})


def training_sets(
    extractions: Iterable[Extraction],
    *,
    gold: Iterable[Example] = (),
    sentences: int = 20_000,
    held_out: int = 600,
    longest: int = 90,
    seed: int = 1,
) -> tuple[list[Example], list[Example]]:
    """Sentences to train on and held out; the same documents in the same order and the same seed give the same sets.

    Of those to train on a third holds nothing, so that a model learns that most sentences name nobody, and of the rest
    two thirds hold a program or organization, where there are enough of either. Those held out are as they come.

    Args:
        gold: sentences labelled by hand; they come along as they are and four times varied, and are not held out.

    Raises:
        ValueError: there are too few labelled sentences to hold any out.
    """
    chance = random.Random(seed)
    given = [e for e in examples(extractions) if 0 < len(e.text) <= longest]
    labelled = sum(1 for e in given if e.entities)
    if labelled < 4:
        raise ValueError(f"{labelled} labelled sentences are too few to train on: give more documents")
    held_out = min(held_out, len(given) // 4)
    chance.shuffle(given)
    kept, given = given[:held_out], given[held_out:]
    empty = [e for e in given if not e.entities][: sentences // 3]
    as_read = [e for e in given if e.entities]
    named = [*as_read, *vary(as_read, seed=seed)]
    chance.shuffle(named)
    scarce = [e for e in named if _SCARCE & {label for _, _, label in e.entities}]
    common = [e for e in named if not _SCARCE & {label for _, _, label in e.entities}]
    scarce = scarce[: 2 * (sentences - len(empty)) // 3]
    by_hand = list(gold)
    varied = [example for turn in range(4) for example in vary(by_hand, seed=seed + turn)]
    chosen = [*empty, *scarce, *common[: sentences - len(empty) - len(scarce)], *by_hand, *varied]
    chance.shuffle(chosen)
    return chosen, kept
