"""How the finds of models meet those of rules.

1. A rule's find stands: a model's span that touches characters a rule has claimed is dropped,
2. unless it is the very same span and type: then agreement raises the confidence. Of names that follow no grammar, a
   rule's unsure find loses confidence where a model that does find such names did not see it;
3. a lone find of a model enters with the model's own confidence where that reaches the threshold, and its ``rule``
   names the model; models that agree raise each other as under 2.

Confidence moves by Bayes' rule in its odds form: the odds of being right are multiplied by how much likelier a model's
answer is of a right find than of a wrong one. Both factors are measured (docs/models.md), not assumed: a model trained
on what rules find errs with them, so that its agreement says less, and its silence more, than a stranger's would.

A model's answer is checked against the text before any of this: a span outside the text, an unknown type, or a quoted
``text`` that is not what stands there is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import Document, Found, Mention

__all__ = ["TYPES", "vote"]

# What models may find. Numbers, titles and dates follow a grammar, and rules read them.
TYPES = frozenset({"AGENCY", "GROUP", "ORGANIZATION", "PROGRAM"})
# Names that follow no grammar: here a model's silence says something.
_FREE = frozenset({"GROUP", "PROGRAM"})
_AGREED = 1.6
_SILENT = 0.3
_CERTAIN = 0.9

Key = tuple[int, int, str]


def vote(doc: Document, found: Found, ballots: Iterable[Iterable[Mention]], *, threshold: float) -> None:
    """Let the models' finds (one iterable a model) into ``found`` by the scheme above."""
    pooled: dict[Key, Mention] = {}
    factors: dict[Key, float] = {}
    rules = {mention[:3]: mention for mention in found if mention.type in TYPES}
    for ballot in ballots:
        cast = {mention[:3]: mention for mention in ballot if _stands_in(doc, mention)}
        heard = {kind for _, _, kind in cast} & _FREE
        for key, mention in cast.items():
            pooled[key] = _agreed(pooled[key], mention) if key in pooled else mention
        for key, rule in rules.items():
            if key in cast:
                factors[key] = factors.get(key, 1.0) * _AGREED
            elif rule.type in heard and rule.confidence < _CERTAIN:
                factors[key] = factors.get(key, 1.0) * _SILENT
    for key, factor in factors.items():
        found.replace(rules[key], rules[key]._replace(confidence=_moved(rules[key].confidence, factor)))
    for key in sorted(pooled, key=lambda item: (item[0] - item[1], item)):
        mention = pooled[key]
        if mention.confidence >= threshold and found.is_free(mention.start, mention.end):
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
    surer = max(first.confidence, second.confidence)
    return first._replace(rule=f"{first.rule}+{second.rule}", confidence=_moved(surer, _AGREED))


def _moved(confidence: float, factor: float) -> float:
    """The confidence whose odds are ``factor`` times those of ``confidence``; certainty stays what it is."""
    return round(confidence * factor / (1 - confidence + confidence * factor), 3)
