"""What the rules of citing look at, made once for a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractors.citations.announced_lists import Announced, find_announced
from extractors.citations.citation_lists import CitedList, cited_lists
from extractors.citations.issuing import Agencies
from extractors.model import Document, Mention, Relation, Span

__all__ = ["Reading", "relation"]

_ARTICLE = re.compile(r"^[ ]{0,4}第[一二三四五六七八九十百]{1,5}条[ \s]", re.M)
_REPLIES = ("函", "答复", "报告", "解读", "汇报", "说明", "纪要", "报道", "新闻")


class Reading(NamedTuple):
    """The document, its header, its own keys, its heading, the bodies it names and the lists of documents it cites.

    ``article`` is where the first article of a statute begins, ``part`` where the first article or numbered section of
    any document does; both are the text's length where there is none. ``preambles``: what stands between an attached
    text's heading and its first section. ``granted``: licences without a number that the document gives.
    ``ground_parts``: sections headed 依据.
    ``announced``: the lists under 下列文件予以废止.
    """

    doc: Document
    header: dict[str, Any]
    own: frozenset[str]
    heading: Mention | None
    agencies: Agencies
    mentions: list[Mention]
    lists: list[CitedList]
    article: int
    part: int
    preambles: tuple[Span, ...]
    granted: frozenset[str]
    ground_parts: tuple[Span, ...]
    announced: list[Announced]

    def key(self, document: str | None) -> str | None:
        """The key of a triple: ``self`` for the own document."""
        return "self" if document in self.own else document

    @property
    def is_reply(self) -> bool:
        """True for replies, reports and explanations, which tell what is done; they lay down no rules."""
        return str(self.header.get("genre") or "").endswith(_REPLIES)

    @classmethod
    def of(cls, doc: Document, header: dict[str, Any], mentions: list[Mention]) -> Reading:
        """Look at a document whose mentions are resolved."""
        heading = next((m for m in mentions if m.attributes.get("self")), None)
        # The title alone may be an older text of the same name, where the document has a number.
        own = {header.get("number") or header.get("title"), heading.attributes.get("document") if heading else None}
        if not header.get("number"):
            own.add(_own_number(doc, mentions))
        end = len(doc.folded)
        article = _ARTICLE.search(doc.folded)
        first = article.start() if article else end
        section = next((section.start for section in doc.layout.sections if section.level), end)
        return cls(
            doc=doc,
            header=header,
            own=frozenset(filter(None, own)),
            heading=heading,
            agencies=Agencies(doc.folded, mentions),
            mentions=mentions,
            lists=cited_lists(doc, mentions),
            article=first,
            part=min(first, section),
            preambles=tuple(_preambles(doc, mentions)),
            granted=frozenset(
                str(m.attributes["document"])
                for m in mentions
                if m.rule == "titles.granted" and not str(m.attributes["document"]).endswith("号")
            ),
            ground_parts=tuple(
                Span(section.start, section.end)
                for section in doc.layout.sections
                if section.level and "依据" in doc.folded[section.title.start : section.title.end]
            ),
            announced=find_announced(doc.folded),
        )


def relation(subject: str, predicate: str, target: str, span: Span, rule: str, confidence: float) -> Relation:
    """A relation with the span that states it; the rule is named under ``citing``."""
    return Relation(subject, predicate, target, span.start, span.end, f"citing.{rule}", confidence)


def _preambles(doc: Document, mentions: list[Mention]) -> Iterator[Span]:
    """Where an attached text says on what ground it stands: from its heading to its first article or section."""
    sections = [section.start for section in doc.layout.sections if section.level]
    for mention in mentions:
        if mention.rule.endswith("attached_heading"):
            place = bisect_left(sections, mention.end)
            yield Span(mention.end, sections[place] if place < len(sections) else len(doc.folded))


def _own_number(doc: Document, mentions: list[Mention]) -> str | None:
    """The key of a number that stands alone on a line at the head of the document."""
    head = doc.folded[:1300]
    attached = doc.layout.first("attachment_title")
    limit = min(1200, attached.start) if attached else 1200
    for mention in mentions:
        if mention.type == "DOCUMENT_NUMBER" and mention.end < limit:
            start = head.rfind("\n", 0, mention.start) + 1
            end = head.find("\n", mention.end)
            line = head[start : end if end >= 0 else len(head)]
            if line.strip(" （）〔〕") == head[mention.start : mention.end].strip("（）〔〕"):
                return str(mention.attributes["document"])
    return None
