"""The EXTRACTORS table, and the one straight line from Document to Extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module

from extractors import coreference, count_context, jurisdiction
from extractors.header import read_header
from extractors.model import Document, Extraction, Found, Mention
from extractors.relations import find_relations

__all__ = ["EXTRACTORS", "extract"]

Find = Callable[[Document, Found], Iterable[Mention]]

# name -> "module:function"; in this order, for each claims its characters before the next one reads.
EXTRACTORS: dict[str, str] = {
    "doc_numbers": "extractors.doc_numbers:find",
    "titles": "extractors.titles:find",
    "proposals": "extractors.proposals:find",
    "dates": "extractors.dates:find",
    "agencies": "extractors.agencies:find",
    "regions": "extractors.regions:find",
    "organizations": "extractors.organizations:find",
    "programs": "extractors.programs:find",
    "quantities": "extractors.quantities:find",
    "groups": "extractors.groups:find",
}


@cache
def load(name: str) -> Find:
    """The function behind an extractor's name."""
    module, function = EXTRACTORS[name].split(":")
    find: Find = getattr(import_module(module), function)
    return find


def extract(doc: Document, names: Iterable[str] = tuple(EXTRACTORS)) -> Extraction:
    """Read a document: find mentions, resolve them, read the header, relate them.

    Args:
        names: the extractors to run, in order; all by default.
    """
    found = Found(len(doc.text))
    for name in names:
        found.add(load(name)(doc, found))
    territory = jurisdiction.infer(doc, found)
    mentions = jurisdiction.resolve(doc, found, territory)
    header = read_header(doc, mentions, territory)
    mentions = coreference.resolve(doc, header, mentions)
    mentions = count_context.resolve(doc, territory, mentions)
    relations = find_relations(doc, header, mentions)
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, -m.end, m.type)))
    return Extraction(doc=doc, header=header, mentions=ordered, relations=tuple(relations))
