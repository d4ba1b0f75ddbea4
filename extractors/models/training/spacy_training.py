"""A small spaCy pipeline, trained from nothing: characters as tokens, a convolutional tok2vec and a transition NER."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from extractors.models.training.weak_labels import LABELS, Example

__all__ = ["train"]

_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 64,
        "depth": 3,
        "embed_size": 4000,
        "window_size": 2,
        "maxout_pieces": 3,
        "subword_features": False,
    },
}


def train(
    train_set: Sequence[Example],
    held_out: Sequence[Example],
    output: Path,
    *,
    epochs: int = 5,
    seed: int = 1,
    log: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Train on ``train_set``, keep the best epoch by F1 on ``held_out``, save it to ``output``.

    Returns:
        spaCy's scores of the best epoch on ``held_out`` (``ents_p``, ``ents_r``, ``ents_f``, ``ents_per_type``).
    """
    import spacy
    from spacy.training import Example as Pair
    from spacy.util import minibatch
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    nlp = spacy.blank("zh")
    ner: Any = nlp.add_pipe("ner", config={"model": _MODEL})
    for label in LABELS:
        ner.add_label(label)

    def pairs(given: Sequence[Example]) -> list[Pair]:
        docs = ((nlp.make_doc(each.text), each) for each in given if each.text)
        return [Pair.from_dict(doc, {"entities": _tags(doc, each)}) for doc, each in docs]

    dev = pairs(held_out)
    optimizer = nlp.initialize(lambda: pairs(train_set[:500]))
    optimizer.learn_rate = 0.002
    chance = random.Random(seed)
    best: dict[str, Any] = {"ents_f": -1.0}
    order = list(train_set)
    for epoch in range(1, epochs + 1):
        chance.shuffle(order)
        for batch in minibatch(order, 128):  # type: ignore[no-untyped-call]
            nlp.update(pairs(batch), sgd=optimizer, drop=0.2)
        with nlp.use_params(optimizer.averages):
            scores = nlp.evaluate(dev)
            log(f"epoch {epoch}: P {scores['ents_p']:.3f} R {scores['ents_r']:.3f} F {scores['ents_f']:.3f}")
            if scores["ents_f"] > best["ents_f"]:
                best = {key: value for key, value in scores.items() if key.startswith("ents_")}
                nlp.meta.update(name="policy_ner", version="0.1.0", performance=best)
                nlp.to_disk(output)
    return best


def _tags(doc: Any, example: Example) -> list[str]:
    """BILUO tags of the characters; ``-`` where neither name nor none is claimed (spaCy's missing value)."""
    from spacy.training import offsets_to_biluo_tags

    tags = offsets_to_biluo_tags(doc, list(example.entities))
    for start, end in example.open:
        for token in doc.char_span(start, end, alignment_mode="contract") or ():
            if tags[token.i] == "O":
                tags[token.i] = "-"
    return tags
