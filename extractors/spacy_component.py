"""Our reading as a spaCy pipe: ``spacy.blank("zh").add_pipe("policy_rules")``.

spaCy imports this module for every pipeline of every user who has the package installed, so it stays light: only
spaCy itself at the top, our reading when a pipe is made.

The pipe sets ``doc.ents`` (no overlaps, longest first), ``doc.spans["policy"]`` (every mention), and the extensions
``span._.policy`` (the mention's attributes, ``rule`` and ``confidence`` among them), ``doc._.policy_header`` and
``doc._.policy_relations``. Offsets are those of ``doc.text``. A tokenizer whose tokens cross a mention's edge makes
that span grow to whole tokens; the blank ``zh`` tokenizer (one character, one token) never does.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

__all__ = ["PolicyRules", "create_policy_rules"]


class PolicyRules:
    """A callable ``Doc -> Doc`` that reads policy documents (see the module's text)."""

    def __init__(self, spans_key: str, ner: list[str]) -> None:
        for owner, name, default in (
            (Span, "policy", {}),
            (Doc, "policy_header", None),
            (Doc, "policy_relations", ()),
        ):
            if not owner.has_extension(name):
                owner.set_extension(name, default=default)
        self.spans_key = spans_key
        self.ner = ner

    def __call__(self, doc: Doc) -> Doc:
        from extractors.reading import read_text
        from extractors.registry import extract

        extraction = extract(read_text(doc.text, "spacy.txt"), ner=self.ner)
        spans = []
        for mention in extraction.mentions:
            span = doc.char_span(mention.start, mention.end, label=mention.type, alignment_mode="expand")
            if span is None:
                continue
            span._.policy = {**mention.attributes, "rule": mention.rule, "confidence": mention.confidence}
            spans.append(span)
        doc.spans[self.spans_key] = spans
        doc.ents = filter_spans([*spans, *doc.ents])
        doc._.policy_header = extraction.header
        doc._.policy_relations = list(dict.fromkeys(relation[:3] for relation in extraction.relations))
        return doc


@Language.factory(
    "policy_rules",
    assigns=["doc.ents", "doc.spans", "span._.policy", "doc._.policy_header", "doc._.policy_relations"],
    default_config={"spans_key": "policy", "ner": []},
)
def create_policy_rules(nlp: Language, name: str, spans_key: str, ner: list[str]) -> PolicyRules:
    """The factory behind ``add_pipe("policy_rules", config={"spans_key": …, "ner": …})``."""
    return PolicyRules(spans_key, ner)
