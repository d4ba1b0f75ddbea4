"""How the finds of models meet those of rules.

1. A rule's find stands: a model's span that touches characters a rule has claimed is dropped,
2. unless it is the very same span and type: then agreement raises the confidence to ``1 - (1 - a)(1 - b)``,
   as if the two erred independently;
3. a lone find of a model enters with the model's own confidence where that reaches the threshold, and its ``rule``
   names the model; models that agree raise each other as under 2.

A model's answer is checked against the text before any of this: a span outside the text, an unknown type, or a quoted
``text`` that is not what stands there is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Document, Found, Mention

__all__ = ["TYPES", "vote"]

# What models may find. Numbers, titles and dates follow a grammar, and rules read them.
TYPES = frozenset({"AGENCY", "GROUP", "ORGANIZATION", "PROGRAM"})

Key = tuple[int, int, str]


def vote(doc: Document, found: Found, ballots: Iterable[Iterable[Mention]], *, threshold: float) -> None:
    """Let the models' finds (one iterable a model) into ``found`` by the scheme above."""
    pooled: dict[Key, Mention] = {}
    for ballot in ballots:
        for mention in ballot:
            if _stands_in(doc, mention):
                key = mention[:3]
                pooled[key] = _agreed(pooled[key], mention) if key in pooled else mention
    rules = {mention[:3]: mention for mention in found}
    for key in sorted(pooled, key=lambda item: (item[0] - item[1], item)):
        mention = pooled[key]
        if key in rules:
            found.replace(rules[key], rules[key]._replace(confidence=_either(rules[key], mention)))
        elif mention.confidence >= threshold and found.is_free(mention.start, mention.end):
            found.add([_with_name(doc, mention)])


def _stands_in(doc: Document, mention: Mention) -> bool:
    if mention.type not in TYPES or not 0 <= mention.start < mention.end <= len(doc.text):
        return False
    surface = doc.text[mention.start : mention.end]
    return surface == surface.strip() and mention.attributes.get("text", surface) == surface


def _with_name(doc: Document, mention: Mention) -> Mention:
    """A program is called as it stands; what body an agency's name means, a model does not tell."""
    if mention.type not in ("AGENCY", "PROGRAM"):
        return mention
    name = doc.folded[mention.start : mention.end] if mention.type == "PROGRAM" else None
    return mention.with_attributes(canonical=mention.attributes.get("canonical", name))


def _agreed(first: Mention, second: Mention) -> Mention:
    return first._replace(rule=f"{first.rule}+{second.rule}", confidence=_either(first, second))


def _either(first: Mention, second: Mention) -> float:
    return round(1 - (1 - first.confidence) * (1 - second.confidence), 3)
