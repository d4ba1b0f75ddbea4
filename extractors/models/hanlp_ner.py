"""A HanLP component's entities as mentions: any NER component or multi-task model, by folder or by name.

HanLP is the extra ``eldercare-kg[hanlp]``; it and torch are imported only when a model is asked for. A name is
handed to ``hanlp.load``, which downloads it where the network allows; a folder is loaded as it is. HanLP's entities
are ``(text, label, begin, end)`` in tokens; tokens here are single characters, so they are character offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from extractors.model import Document, Mention
from ontology import table

__all__ = ["load"]

# HanLP tells no probability. What a component of our training finds where rules find nothing was right one time in ten
# (docs/models.md); public models are not measured and get the same.
_CONFIDENCE = 0.1


@cache
def load(path: str) -> Callable[[Document], Iterator[Mention]]:
    """The tagger of a HanLP model in a folder or of that name.

    Raises:
        ValueError: HanLP is not installed, or the model cannot be loaded; the message tells the remedy.
    """
    if not path:
        raise ValueError("--ner hanlp needs a model: hanlp:FOLDER, as `eldercare-kg train hanlp` writes one")
    try:
        import hanlp
    except ImportError as error:
        raise ValueError("HanLP is not installed: pip install torch==2.13.0 'eldercare-kg[hanlp]'") from error
    if Path(path).is_dir():
        from extractors.models.training.hanlp_training import restore

        model = restore(Path(path))
    else:
        try:
            model = hanlp.load(path)
        except Exception as error:
            raise ValueError(f"{path}: HanLP cannot load it ({error}); give the folder of a saved model") from error
    labels = {row["label"]: row["type"] for row in table("hanlp_labels")}
    rule = f"hanlp:{Path(path).name}"

    def tag(doc: Document) -> Iterator[Mention]:
        sentences = [s for s in doc.layout.sentences if s.end > s.start]
        texts = [list(doc.folded[s.start : s.end]) for s in sentences]
        for sentence, entities in zip(sentences, _entities(model, texts), strict=True):
            for label, begin, end in entities:
                if label in labels:
                    yield Mention(sentence.start + begin, sentence.start + end, labels[label], rule, _CONFIDENCE, {})

    return tag


def _entities(model: Any, texts: list[list[str]]) -> list[list[tuple[str, int, int]]]:
    """Entities per sentence as (label, begin, end), from a single component's or a multi-task model's answer."""
    if not texts:
        return []
    answer = model(texts, tasks="ner*", skip_tasks="tok*") if hasattr(model, "tasks") else model(texts)
    if isinstance(answer, dict):
        answer = next(value for key, value in answer.items() if key.startswith("ner"))
    return [[(label, begin, end) for _, label, begin, end in sentence] for sentence in answer]
