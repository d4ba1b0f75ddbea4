"""Elements of an official document (GB/T 9704-2012), the heading tree, and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.model import Layout, Section, Span
from extractors.structure.closing import Closing, read_closing
from extractors.structure.enactment import DATE
from extractors.structure.headings import attachment_names, contents_lines
from extractors.structure.lines import Line, split_lines
from extractors.structure.masthead import Head, read_head
from extractors.structure.page import is_furniture
from extractors.structure.sections import find_sections
from extractors.structure.sentences import find_sentences, unwrap
from extractors.structure.sign_off import is_signature, signature_spans

__all__ = ["find_layout"]

_NAMED_BY_SERIAL = re.compile(r"(?:令|公告|通告|公报)$")
_SERIAL_ALONE = re.compile(r"（?(?:(?:19|20)\d\d ?年 ?)?第? ?[\d〇零一二三四五六七八九十百]+ ?号")
_ORDER = re.compile(r"(?<!命)令$")
_ORDER_NUMBER = re.compile(r"(?<!命)令|公告|通告")
_STATE = re.compile(r"(?:中华人民共和国)?")
# What the page's table gives stands in for an element that the document itself does not print.
_FROM_TABLE = ("number", "title", "date")


def find_layout(folded: str) -> Layout:
    """Read the parts of a document from its folded text; every text has a layout, if only a body."""
    lines = split_lines(folded)
    head = read_head(lines)
    closing = read_closing(lines, head.body)
    _read_order(folded, head, closing)
    texts = _attached_sections(folded, closing)
    listed = attachment_names(lines, head.body) | contents_lines(lines, head.body)
    signed = lines[closing.end].start if closing.end < len(lines) else len(folded)
    sections = find_sections(folded, lines[head.body :], {index - head.body for index in listed}, texts, signed)
    furniture = [index for index in range(head.body, len(lines)) if is_furniture(lines[index].text)]
    elements = _elements(folded, lines, head, closing, furniture)
    kept = {*range(head.body), *closing.used, *furniture}
    joined = unwrap(_join_titles(folded, elements), lines, kept)
    return Layout(elements=elements, sections=sections, sentences=find_sentences(joined, sections))


def _read_order(folded: str, head: Head, closing: Closing) -> None:
    """令 and 公告: the serial below belongs to the name above; the title is that of the text an order issues.

    行政法规 and 规章 are promulgated by an order that stands before them and gives number and date
    (行政法规制定程序条例 第二十九条).
    """
    number, title = head.number[0] if head.number else None, head.title
    heading = folded[title.start : title.end] if title else ""
    if number and title and title.end <= number.start and _NAMED_BY_SERIAL.search(heading):
        start = title.start + len(_STATE.match(heading)[0])  # type: ignore[index]
        if _SERIAL_ALONE.match(folded[number.start : number.end]):
            head.number[0] = Span(start, number.end)
    order = _ORDER.search(heading) is not None or (
        title is None and number and _ORDER_NUMBER.search(folded[number.start : number.end])
    )
    if order and closing.attached and closing.attached[0].marker.start == closing.attached[0].marker.end:
        head.title = closing.attached.pop(0).title
    elif title is None and number and _ORDER_NUMBER.search(folded[number.start : number.end]):
        head.title = number


def _attached_sections(folded: str, closing: Closing) -> list[Section]:
    """Attached texts as sections of level 0."""
    sections = []
    for _, marker, title in closing.attached:
        sections.append(Section(marker.start, len(folded), 0, folded[marker.start : marker.end].strip("： "), title))
    return sections


def _elements(
    folded: str, lines: list[Line], head: Head, closing: Closing, furniture: list[int]
) -> dict[str, tuple[Span, ...]]:
    found: dict[str, list[Span]] = {
        "number": head.number,
        "title": [head.title] if head.title else [],
        "addressee": head.addressee,
        "enactment": head.enactment,
        "signature": _signatures(head, closing),
        "date": _dates(head, closing, folded),
        "note": closing.note,
        "cc": closing.cc,
        "printed_by": closing.printed_by,
        "printed_date": closing.printed_date,
        "attachment_title": [title for _, _, title in closing.attached],
        "chrome": [*head.chrome, *(Span(lines[index].start, lines[index].end) for index in furniture)],
        "contact": closing.contact,
        "body": _body(lines, head, closing),
    }
    for element in ("issuer", "letterhead", "source", "published", "openness"):
        found[element] = head.cells.get(element, [])
    for element in _FROM_TABLE:
        found[element] = found[element] or head.cells.get(element, [])
    return {name: tuple(spans) for name, spans in found.items() if spans}


def _signatures(head: Head, closing: Closing) -> list[Span]:
    """发文机关署名: under the text; else under the title."""
    below = [span for line in head.under_title if is_signature(line.text) for span in signature_spans(line)]
    return closing.signature or head.signature or below


def _dates(head: Head, closing: Closing, folded: str) -> list[Span]:
    """成文日期: under the signature; else under the title; else the day a law was passed, or made public."""
    if closing.date:
        return [closing.date]
    if head.date:
        return head.date
    for word in ("通过", "公布", "发布", ""):
        for span in head.enactment:
            text = folded[span.start : span.end]
            day = re.search(DATE, text)
            if day and word in text:
                return [Span(span.start + day.start(), span.start + day.end())]
    return []


def _body(lines: list[Line], head: Head, closing: Closing) -> list[Span]:
    """The running text: of the document itself to its signature, and of each attached text."""
    if head.body >= len(lines):
        return []
    begin = lines[head.body].start if head.inline_body is None else head.inline_body
    starts = [index for index, _, _ in closing.attached]
    end = min([closing.end, *starts, len(lines)])
    spans = [Span(begin, lines[end - 1].end)] if end > head.body else []
    for (index, _, title), limit in zip(closing.attached, [*starts[1:], len(lines)][: len(starts)], strict=True):
        first = index + bisect_left([line.start for line in lines[index:limit]], title.end)
        if first < limit:
            spans.append(Span(lines[first].start, lines[limit - 1].end))
    return spans


def _join_titles(folded: str, elements: dict[str, tuple[Span, ...]]) -> str:
    """The text with a title's line breaks made spaces: a title is one sentence."""
    pieces = []
    position = 0
    for start, end in sorted((*elements.get("title", ()), *elements.get("attachment_title", ()))):
        if start >= position:
            pieces += [folded[position:start], folded[start:end].replace("\n", " ")]
            position = end
    return "".join([*pieces, folded[position:]])
