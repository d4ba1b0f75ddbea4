"""The nouns of reading: Document and its parts, Mention, Relation, Extraction.

All offsets are half-open ``[start, end)`` in Unicode code points of ``Document.text``. A quotation is always
``text[start:end]``; it is never stored a second time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = [
    "BadDocument",
    "Document",
    "Extraction",
    "Found",
    "Jurisdiction",
    "Layout",
    "Mention",
    "Relation",
    "Section",
    "Sentence",
    "Span",
]


class BadDocument(ValueError):
    """A file that cannot be read as a document: the message names the file, the place and the remedy."""


class Span(NamedTuple):
    """A stretch of text, ``[start, end)``."""

    start: int
    end: int


class Section(NamedTuple):
    """A numbered part: ``level`` 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for run-in 一是; 0 is the document.

    ``start`` is where the marker begins, ``end`` where the next section of the same or a higher level begins.
    ``title`` is the heading's text without its marker (empty span for run-in parts).
    """

    start: int
    end: int
    level: int
    marker: str
    title: Span


class Sentence(NamedTuple):
    """One sentence of the running text (ends at 。！？； or a line end), and the index of its innermost section."""

    start: int
    end: int
    section: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of an official document (GB/T 9704-2012 7.2-7.4) and what a web page puts round it.

    ``elements`` maps an element's name to its spans in text order:

    ``number`` 发文字号, ``title`` 标题 (one span over all its lines), ``addressee`` 主送机关,
    ``signature`` 发文机关署名 (one span a body), ``date`` 成文日期, ``note`` 附注, ``cc`` 抄送机关 (one span),
    ``printed_by`` 印发机关, ``printed_date`` 印发日期, ``published`` a page's 发布时间,
    ``attachment_title`` heading of an attached text, ``chrome`` page furniture, ``contact`` 联系人/电话 lines,
    ``body`` the running text.
    """

    elements: Mapping[str, tuple[Span, ...]]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    def first(self, name: str) -> Span | None:
        """The first span of an element, or None."""
        spans = self.elements.get(name)
        return spans[0] if spans else None


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its layout. ``folded`` has the same length as ``text``, with look-alike characters made one."""

    name: str
    text: str
    folded: str
    sha256: str
    layout: Layout

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at ``offset``, or None between sentences."""
        sentences = self.layout.sentences
        index = bisect_left(sentences, (offset + 1,)) - 1
        if index >= 0 and sentences[index].start <= offset < sentences[index].end:
            return sentences[index]
        return None


class Mention(NamedTuple):
    """A thing that the text names. ``type`` and ``attributes`` follow the annotation guidelines (docs/annotation.md).

    ``rule`` names the extractor and rule that read it (``agencies.list``), ``confidence`` is in (0, 1].
    """

    start: int
    end: int
    type: str
    rule: str
    confidence: float
    attributes: dict[str, Any]

    def with_attributes(self, **attributes: Any) -> Mention:
        """A copy with these attributes set."""
        return self._replace(attributes={**self.attributes, **attributes})


class Jurisdiction(NamedTuple):
    """Whose territory a document speaks of when it says 全区, 我省 or 医保局: that of its issuer.

    ``path`` is the chain of full division names from the province down (``("重庆市", "渝北区")``), empty for the
    national level; ``code`` the GB/T 2260 code of its last member (``000000`` for the national level);
    ``rule`` and ``confidence`` tell how it was inferred.
    """

    path: tuple[str, ...]
    code: str
    rule: str
    confidence: float

    @property
    def name(self) -> str:
        """The canonical name: ``重庆市渝北区``; ``中国`` for the national level."""
        return "".join(self.path) or "中国"


class Relation(NamedTuple):
    """``subject predicate object`` as the guidelines key them, with the span that says so."""

    subject: str
    predicate: str
    object: str
    start: int
    end: int
    rule: str
    confidence: float


class Found:
    """What the extractors before have found: later ones read it, and leave claimed characters alone.

    >>> found = Found(10)
    >>> found.add([Mention(2, 5, "TIME", "dates.day", 1.0, {})])
    >>> found.is_free(0, 2), found.is_free(4, 6)
    (True, False)
    """

    def __init__(self, length: int) -> None:
        self.mentions: list[Mention] = []
        self._claimed = bytearray(length)
        self._by_type: dict[str, list[Mention]] = {}

    def add(self, mentions: Iterable[Mention], *, claim: bool = True) -> None:
        """Take mentions in; ``claim`` masks their characters against later extractors."""
        for mention in mentions:
            self.mentions.append(mention)
            self._by_type.setdefault(mention.type, []).append(mention)
            if claim:
                self.claim(mention.start, mention.end)

    def replace(self, old: Mention, new: Mention) -> None:
        """Put ``new`` in the place of ``old``: the same span and type, read better."""
        self.mentions[self.mentions.index(old)] = new
        same_type = self._by_type[old.type]
        same_type[same_type.index(old)] = new

    def claim(self, start: int, end: int) -> None:
        """Mask characters that are no mention but must not be read (list markers, phone numbers)."""
        self._claimed[start:end] = b"\1" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        """True where no character of ``[start, end)`` is claimed."""
        return not any(self._claimed[start:end])

    def of(self, *types: str) -> list[Mention]:
        """Mentions of these types in text order."""
        return sorted((m for kind in types for m in self._by_type.get(kind, ())), key=lambda m: (m.start, -m.end))

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.mentions)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document, as the annotation guidelines order it."""

    doc: Document
    header: dict[str, Any]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...] = field(default=())

    def as_annotation(self) -> dict[str, Any]:
        """One JSON object in the annotation format (docs/annotation.md)."""
        text = self.doc.text
        return {
            "doc": self.doc.name,
            "sha256": self.doc.sha256,
            "header": self.header,
            "mentions": [
                {
                    "start": m.start,
                    "end": m.end,
                    "text": text[m.start : m.end],
                    "type": m.type,
                    **m.attributes,
                    "rule": m.rule,
                    "confidence": round(m.confidence, 3),
                }
                for m in self.mentions
            ],
            "relations": [list(triple) for triple in dict.fromkeys(relation[:3] for relation in self.relations)],
        }
