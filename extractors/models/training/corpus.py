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
    """Sentences to train on (two thirds of them with a program or organization where there are enough) and held out.

    The same documents in the same order and the same seed give the same sets.

    Args:
        gold: sentences labelled by hand; they come along as they are and four times varied, and are not held out.

    Raises:
        ValueError: there are too few labelled sentences to hold any out.
    """
    chance = random.Random(seed)
    labelled = [e for e in examples(extractions) if e.entities and len(e.text) <= longest]
    if len(labelled) < 2 * held_out:
        held_out = len(labelled) // 4
    if not held_out:
        raise ValueError(f"{len(labelled)} labelled sentences are too few to train on: give more documents")
    chance.shuffle(labelled)
    kept, labelled = labelled[:held_out], labelled[held_out:]
    pool = [*labelled, *vary(labelled, seed=seed)]
    chance.shuffle(pool)
    scarce = [e for e in pool if any(label in _SCARCE for _, _, label in e.entities)]
    common = [e for e in pool if not any(label in _SCARCE for _, _, label in e.entities)]
    scarce = scarce[: 2 * sentences // 3]
    by_hand = list(gold)
    varied = [example for turn in range(4) for example in vary(by_hand, seed=seed + turn)]
    chosen = [*scarce, *common[: sentences - len(scarce)], *by_hand, *varied]
    chance.shuffle(chosen)
    return chosen, kept
