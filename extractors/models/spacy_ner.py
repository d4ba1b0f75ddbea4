"""A spaCy pipeline's entities as mentions, by the pipeline's folder; ours where none is named.

A transition-based entity has no probability of its own. What a pipeline finds where rules find nothing was right one
time in ten on documents that neither had seen (docs/models.md), and that is the confidence it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from extractors.model import Document, Mention

__all__ = ["SHIPPED", "load"]

SHIPPED = Path(__file__).parent / "policy_ner"
_CONFIDENCE = 0.1


@cache
def load(path: str) -> Callable[[Document], Iterator[Mention]]:
    """The tagger of the spaCy pipeline in a folder, of the one that ships with this package for an empty ``path``.

    Raises:
        ValueError: there is no pipeline in that folder.
    """
    import spacy

    folder = Path(path) if path else SHIPPED
    if not (folder / "meta.json").is_file():
        raise ValueError(f"{path}: no spaCy pipeline here; name the folder that `eldercare-kg train spacy` wrote")
    nlp = spacy.load(folder)
    rule = f"spacy:{nlp.meta['name']}-{nlp.meta['version']}"

    def tag(doc: Document) -> Iterator[Mention]:
        sentences = [s for s in doc.layout.sentences if s.end - s.start <= nlp.max_length]
        texts = (doc.folded[s.start : s.end] for s in sentences)
        for sentence, parsed in zip(sentences, nlp.pipe(texts, batch_size=64), strict=True):
            for entity in parsed.ents:
                start, end = sentence.start + entity.start_char, sentence.start + entity.end_char
                yield Mention(start, end, entity.label_, rule, _CONFIDENCE, {})

    return tag
