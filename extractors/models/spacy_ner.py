"""A spaCy pipeline's entities as mentions, by the pipeline's folder.

A pipeline tells no probability for a transition-based entity, so a mention's confidence is its label's precision on
the pipeline's own held-out sentences, as the pipeline's ``meta.json`` states it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from extractors.model import Document, Mention

__all__ = ["load"]

_UNKNOWN_PRECISION = 0.5


@cache
def load(path: str) -> Callable[[Document], Iterator[Mention]]:
    """The tagger of the spaCy pipeline in a folder.

    Raises:
        ValueError: there is no pipeline in that folder.
    """
    import spacy

    if not path:
        raise ValueError("--ner spacy needs a pipeline: spacy:FOLDER, as `eldercare-kg train spacy` writes one")
    if not (Path(path) / "meta.json").is_file():
        raise ValueError(f"{path}: no spaCy pipeline here; name the folder that `eldercare-kg train spacy` wrote")
    nlp = spacy.load(path)
    precision: dict[str, Any] = nlp.meta.get("performance", {}).get("ents_per_type", {})
    rule = f"spacy:{nlp.meta['name']}-{nlp.meta['version']}"

    def tag(doc: Document) -> Iterator[Mention]:
        sentences = [s for s in doc.layout.sentences if s.end - s.start <= nlp.max_length]
        texts = (doc.folded[s.start : s.end] for s in sentences)
        for sentence, parsed in zip(sentences, nlp.pipe(texts, batch_size=64), strict=True):
            for entity in parsed.ents:
                confidence = precision.get(entity.label_, {}).get("p", _UNKNOWN_PRECISION)
                start, end = sentence.start + entity.start_char, sentence.start + entity.end_char
                yield Mention(start, end, entity.label_, rule, round(confidence, 3), {})

    return tag
