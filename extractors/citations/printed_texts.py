"""Texts that a document prints: the plan that a notice issues, the report that a reply forwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.citations.citation_lists import CitedList
from extractors.citations.citing_reading import Reading, relation
from extractors.model import Mention, Relation, Span

__all__ = ["PRINTS", "find_printed", "printed_relations"]

PRINTS = re.compile(r"(?:印发|转发|批转|发布|公布|颁布|颁发|下发)[^〈《]{0,60}[〈《]?$")
_IS_PRINTED = re.compile(r"关于[〈《]")
_FORWARDS = re.compile("转发|批转|转复")
_NOW = re.compile(r"现(?:将|对)?[^，。；]{0,20}$")
_GIVEN = re.compile(r"[^。；]{0,60}?(?:印发|转发|发布|公布|下发)(?:给)?(?:你们|实施|执行|施行|，|。|$)")
_GIVES = re.compile(
    r"现(?:将[^。；\n]{0,80})?(?:予以|予)?(?:印发|发布|公布)(?:给你们|如下|施行|，|。)"
    r"|(?:决定|同意|批准)[^。；\n]{0,40}?(?:颁发|核发|换发|发给)[^。；\n]{0,60}?(?:许可证|证书|此证)"
)
_AGREED = re.compile(r"[^。；]{0,24}同意，现(?:印发|转发)")
_UNDER_HEADING = re.compile(r"\s{0,12}（\s{0,2}")


def find_printed(reading: Reading) -> dict[str, Span]:
    """Keys of the texts that the document prints, each with the span that says so."""
    printed: dict[str, Span] = {}
    for mention in reading.mentions:
        key = mention.attributes.get("document")
        if mention.type == "DOCUMENT_TITLE" and key and (_is_attached(mention) or _is_issued(reading, mention)):
            printed.setdefault(key, Span(mention.start, mention.end))
    for cited in reading.lists:
        if _is_given(reading.doc.folded, cited):
            for item in cited.items:
                printed.setdefault(item.key, Span(item.start, item.end))
    return {key: span for key, span in printed.items() if key not in reading.own}


def _is_attached(mention: Mention) -> bool:
    return mention.rule.endswith((".attachment_list", ".attached_heading"))


def _in_heading(reading: Reading, mention: Mention) -> bool:
    heading = reading.heading
    return bool(heading and mention.attributes.get("nested") and heading.start <= mention.start < heading.end)


def _is_issued(reading: Reading, mention: Mention) -> bool:
    """True for A in the document's own heading 关于印发《A》的通知."""
    if reading.heading is None or not _in_heading(reading, mention):
        return False
    before = reading.doc.folded[reading.heading.start : mention.start]
    return bool(PRINTS.search(before) or _IS_PRINTED.fullmatch(before))


def _is_given(folded: str, cited: CitedList) -> bool:
    """True for 现将《A》印发给你们, 《A》已经市政府同意，现印发给你们."""
    before = folded[max(cited.sentence.start, cited.start - 40) : cited.start]
    after = folded[cited.end : min(cited.sentence.end, cited.end + 120)]
    return bool((_NOW.search(before) and _GIVEN.match(after)) or _AGREED.match(after))


def printed_relations(reading: Reading, printed: dict[str, Span]) -> Iterator[Relation]:
    """self issues_text_of what it prints; who stands under an attached heading issued it, else the issuer of all."""
    folded, heading = reading.doc.folded, reading.heading
    forwards = bool(heading and _FORWARDS.search(folded, heading.start, heading.end))
    given = _GIVES.search(folded) is not None or reading.header.get("genre") in ("公告", "批复")
    for key, span in printed.items():
        yield relation("self", "issues_text_of", key, span, "printed", 0.9)
    for mention in reading.mentions:
        document = mention.attributes.get("document")
        if mention.type != "DOCUMENT_TITLE" or document not in printed:
            continue
        note = _UNDER_HEADING.match(folded, mention.end)
        agency = reading.agencies.by_start.get(note.end()) if note and "\n" in note[0] else None
        if agency and agency.attributes.get("canonical"):
            span = Span(agency.start, agency.end)
            yield relation(document, "issued_by", agency.attributes["canonical"], span, "attached", 0.9)
        elif not forwards and (_in_heading(reading, mention) or (given and _is_attached(mention))):
            for issuer in reading.header.get("issuers") or []:
                yield relation(document, "issued_by", issuer, Span(mention.start, mention.end), "printed", 0.85)
