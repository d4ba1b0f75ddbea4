"""Documents as the running text names them, one after another: 《A》（N）、《B》和《C》.

A list is governed as a whole: what stands before its head (根据, 印发, an agency) and after its end (同时废止) holds
for each of its documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from extractors.model import Document, Mention, Span

__all__ = ["Citation", "CitedList", "cited_lists"]

_CLOSING = re.compile(r"[》〉”\"]{0,2}\s{0,2}(?:[（〔][^（）\n]{0,70}(?:（[^（）\n]{0,30}）[^（）\n]{0,40})?[）〕])?")
_OTHERS = re.compile(r"等\s?[\d一二三四五六七八九十]{0,3}\s?个?(?:部门|单位|部委)|办公[厅室]")
_OPENING = re.compile(r"[《“〔][《“〔\s]{0,6}$")
_CONNECTOR = re.compile(
    r"\s{0,3}等(?:有关|相关)?(?:法律|法规|规章|文件|规定|政策|、|和|及){1,6}，?(?:以及|和|及)(?=[^，。；]{0,12}《)\s{0,3}"
    r"|\s{0,3}(?:[、，]|和|与|及|以及|或者|或|，以及|、以及|，并)?\s{0,3}"
)
_SENTENCE_END = re.compile(
    r"[。！？；]|\n\s*\n|(?<=[：》）.])\n"
    r"|\n(?=[ ]{0,8}(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[条章]"
    r"|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．]))"
)


class Citation(NamedTuple):
    """One naming of a document: from its opening mark to the end of what is bracketed after it."""

    start: int
    end: int
    key: str
    mention: Mention


class CitedList(NamedTuple):
    """Documents named one after another, and the span of the sentence they stand in."""

    items: tuple[Citation, ...]
    sentence: Span

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end


def _sentence(folded: str, start: int, end: int) -> Span:
    """The sentence round a list. A line break ends it where a blank line or end punctuation stands there."""
    low = max(0, start - 400)
    for match in _SENTENCE_END.finditer(folded, low, start):
        low = match.end()
    stop = _SENTENCE_END.search(folded, end)
    return Span(low, stop.start() if stop else len(folded))


def _citations(doc: Document, mentions: Iterable[Mention]) -> list[Citation]:
    """Every naming outside headings: titles with the numbers bracketed after them, and numbers by themselves."""
    found: list[Citation] = []
    last = 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.type not in ("DOCUMENT_TITLE", "DOCUMENT_NUMBER") or mention.start < last:
            continue
        attributes = mention.attributes
        if attributes.get("self"):
            last = mention.end
            continue
        key = attributes.get("document")
        if attributes.get("nested") or attributes.get("kind") == "proposal" or not key:
            continue
        start = mention.start
        if mention.type == "DOCUMENT_TITLE":
            opening = _OPENING.search(doc.folded, max(0, start - 8), start)
            start = opening.start() if opening else start
        end = mention.end
        if mention.type == "DOCUMENT_TITLE":
            match = _CLOSING.match(doc.folded, mention.end)
            end = match.end() if match else mention.end
        last = end
        found.append(Citation(start, end, key, mention))
    return found


def cited_lists(doc: Document, mentions: list[Mention]) -> list[CitedList]:
    """Lists of cited documents in text order."""
    agencies = sorted((m.start, m.end) for m in mentions if m.type == "AGENCY" and not m.attributes.get("nested"))
    lists: list[list[Citation]] = []
    for citation in _citations(doc, mentions):
        if lists and _joined(doc.folded, lists[-1][-1].end, citation.start, agencies):
            lists[-1].append(citation)
        else:
            lists.append([citation])
    return [CitedList(tuple(items), _sentence(doc.folded, items[0].start, items[-1].end)) for items in lists]


def _joined(folded: str, end: int, start: int, agencies: list[tuple[int, int]]) -> bool:
    """True where only a connector, or a connector and the next document's issuers, stand between."""
    if start - end > 40:
        return False
    match = _CONNECTOR.match(folded, end)
    place = match.end() if match else end
    if place == end and folded[start : start + 1] != "《":
        return False
    while place < start:
        index = bisect_left(agencies, (place,))
        if index < len(agencies) and agencies[index][0] == place and agencies[index][1] <= start:
            place = agencies[index][1]
            match = _OTHERS.match(folded, place)
            place = match.end() if match else place
            match = _CONNECTOR.match(folded, place)
            place = match.end() if match else place
        else:
            return False
    return True
