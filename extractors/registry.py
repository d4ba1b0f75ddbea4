"""The EXTRACTORS table, the models that may vote, and the one straight line from Document to Extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from extractors.bodies import jurisdiction
from extractors.citations import coreference
from extractors.citations.header import read_header
from extractors.damage import mend
from extractors.figures import count_context
from extractors.model import Document, Extraction, Found, Mention
from extractors.readers.privacy import contact_spans
from extractors.relations import find_relations
from extractors.voting import vote

__all__ = ["ENTRY_POINTS", "EXTRACTORS", "MODELS", "extract"]

Find = Callable[[Document, Found], Iterable[Mention]]
Tag = Callable[[Document], Iterable[Mention]]

# name -> "module:function"; in this order, for each claims its characters before the next one reads.
EXTRACTORS: dict[str, str] = {
    "doc_numbers": "extractors.citations.doc_numbers:find",
    "titles": "extractors.citations.titles:find",
    "proposals": "extractors.citations.proposals:find",
    "dates": "extractors.figures.dates:find",
    "agencies": "extractors.bodies.agencies:find",
    "regions": "extractors.bodies.regions:find",
    "organizations": "extractors.policy.organizations:find",
    "programs": "extractors.policy.programs:find",
    "quantities": "extractors.figures.quantities:find",
    "groups": "extractors.policy.groups:find",
}


# name -> "module:function", a function of what stands behind the colon in ``--ner NAME:ARGUMENT`` that gives a tagger.
MODELS: dict[str, str] = {
    "spacy": "extractors.models.spacy_ner:load",
    "hanlp": "extractors.models.hanlp_ner:load",
}

# Installed packages add models of their own under this group of entry points; none runs unless it is named.
ENTRY_POINTS = "eldercare_kg.models"


@cache
def load(name: str) -> Find:
    """The function behind an extractor's name."""
    module, function = EXTRACTORS[name].split(":")
    find: Find = getattr(import_module(module), function)
    return find


def load_model(spec: str) -> Tag:
    """The tagger that ``spec`` names: ``spacy:FOLDER``, ``hanlp:FOLDER``, or an installed package's model.

    Raises:
        ValueError: no such model, or it cannot be loaded; the message tells the remedy.
    """
    name, _, argument = spec.partition(":")
    if name in MODELS:
        module, function = MODELS[name].split(":")
        make = getattr(import_module(module), function)
    else:
        outside = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
        if name not in outside:
            raise ValueError(f"--ner {spec}: no model {name!r}; there are: none, {', '.join([*MODELS, *outside])}")
        make = outside[name].load()
    tag: Tag = make(argument)
    return tag


def extract(
    doc: Document,
    names: Iterable[str] = tuple(EXTRACTORS),
    *,
    ner: Iterable[str] = (),
    threshold: float = 0.5,
) -> Extraction:
    """Read a document: find mentions, resolve them, read the header, relate them.

    What is damaged beyond doubt is read through; offsets are those of the text as it is.

    Args:
        names: the extractors to run, in order; all by default.
        ner: models whose finds vote with the rules', as ``load_model`` takes them; none by default.
        threshold: the least confidence in (0, 1] with which a model's lone find enters.
    """
    mended = mend(doc)
    if mended is None:
        return _read(doc, names, ner, threshold)
    return mended.back(_read(mended.doc, names, ner, threshold))


def _read(doc: Document, names: Iterable[str], ner: Iterable[str], threshold: float) -> Extraction:
    """The straight line."""
    found = Found(len(doc.text))
    for span in contact_spans(doc.folded):
        found.claim(*span)
    for name in names:
        found.add(load(name)(doc, found))
    territory = jurisdiction.infer(doc, found)
    ballots = [load_model(spec)(doc) for spec in ner]
    if ballots:
        vote(doc, found, ballots, threshold=threshold)
    mentions = jurisdiction.resolve(doc, found, territory)
    header = read_header(doc, mentions, territory)
    mentions = coreference.resolve(doc, header, mentions)
    mentions = count_context.resolve(doc, territory, mentions)
    relations = find_relations(doc, header, mentions)
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.type)))
    return Extraction(doc=doc, header=header, mentions=ordered, relations=tuple(relations))
