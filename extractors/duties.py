"""Duties: where a document says that a named body is to do something.

Bodies joined by 、 or 和 are given a duty together. A duty is told by what follows them (各司其职, 负责, 牵头, 应当,
要, 将) or by a bracket of responsible units; what they have done (联合印发了, 研究了) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.model import Document, Extraction, Mention, Section, Span
from extractors.steps import find as find_steps

__all__ = ["Duty", "find", "joined"]

_JOINT = re.compile(r"(?:[、，和与及]|以及|（[^（）\n]{1,30}）)?[”\s]{0,2}")
# 名单之后的总称：等单位、等有关部门、等10部门。
_TAIL = re.compile(
    r"(?:等)?(?:(?:\d{1,3}|[一二三四五六七八九十]{1,3})?个?(?:有关|相关|各有关|各相关|各)?(?:职能)?"
    r"(?:部门|单位|部位|机关|机构|成员单位))?"
)
_DUTY = re.compile(
    r"(?:共同|分别|具体|主要|统一|按照|根据|依照|结合)?"
    r"(?:各司其[职责]|各负其责|应当?|须|必须|要(?!求)|负责|牵头|配合|协助|协同|主管|统筹|承担|做好|抓好|加强|严格|落实|会同(?=[^。；\n了]{2,60}[，、]?(?:组织|开展|制定|做好|建立|定期|每))"
    r"|切实|认真|指导|督促|监督|依法|定期|每[年季月]|将(?!继续保持)|职责|各自职责|职责分工|持续做好)"
)
_DONE = re.compile(r"了|已|过(?!程|渡)|印发|出台|联合(?:下发|发布)|进行研究|共同研究|报送|主送|抄送|答复")
_UP_TO_STOP = re.compile(r"[^。；！？\n]*")
_CLAUSE = re.compile(r"[^，。；！？\n]*")
_BRACKET = re.compile(r"[（(【](?:责任单位|牵头单位|配合单位|负责单位|实施单位|责任部门|牵头部门)?[：:]?$")
_LABEL = re.compile(r"(?:责任|牵头|配合|负责|实施|参加|协同)(?:单位|部门|处室)[：:]?[^。；\n（）]{0,60}$")
_IN_BRACKET = re.compile(r"(?:等)?(?:负责|牵头|配合|分工负责|按职责|按职责分工负责)")
# 版头、版记和网页四周提到的机关没有职责可言。
_OUTSIDE = ("title", "addressee", "signature", "cc", "printed_by", "chrome", "letterhead", "number", "issuer", "source")
_NOT_BEFORE = re.compile(r"(?:向|报|致|送|对|经|由于|联合|报送|报请|征求)$")


class Duty(NamedTuple):
    """A body named to do something: where it is named, what it is to do, the part of the text, rule and confidence."""

    body: Mention
    words: Span
    part: Span
    rule: str
    confidence: float


def find(extraction: Extraction) -> Iterator[Duty]:
    """Duties in text order, one for each body named."""
    doc = extraction.doc
    outside = [span for name in _OUTSIDE for span in doc.layout.elements.get(name, ())]
    bodies = [
        m
        for m in extraction.mentions
        if m.type == "AGENCY"
        and not m.attributes.get("nested")
        and not any(span.start <= m.start < span.end for span in outside)
    ]
    parts = _Parts(doc)
    for group in joined(doc.folded, bodies):
        told = _told(doc.folded, group)
        if told is None:
            continue
        words, rule, confidence = told
        for body in group:
            if body.attributes.get("canonical"):
                yield Duty(body, words, parts.at(body.start), rule, confidence)


def joined(folded: str, bodies: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Bodies named one after another."""
    group: list[Mention] = []
    for body in bodies:
        if group and body.start < group[-1].end:
            continue
        if group and not _JOINT.fullmatch(folded, group[-1].end, body.start):
            yield group
            group = []
        group.append(body)
    if group:
        yield group


def _told(folded: str, group: list[Mention]) -> tuple[Span, str, float] | None:
    """What the bodies of a group are to do, and the rule that says so."""
    first, last = group[0], group[-1]
    line = max(folded.rfind("\n", 0, first.start), folded.rfind("。", 0, first.start), first.start - 80) + 1
    before = folded[line : first.start]
    tail = _TAIL.match(folded, last.end)
    after = tail.end() if tail else last.end
    stop = _UP_TO_STOP.match(folded, after)
    end = stop.end() if stop else after
    if _LABEL.search(before) or (_BRACKET.search(before) and _IN_BRACKET.match(folded, last.end)):
        return Span(first.start, end), "duties.responsible", 0.9
    if _NOT_BEFORE.search(before):
        return None
    verb = _DUTY.match(folded, after)
    if verb is None:
        return None
    clause = _CLAUSE.match(folded, after)
    said = clause[0] if clause else ""
    # 负责、各司其职之类一望而知；“加强、落实”之后有“了、已”的是做过的事。
    if _DONE.search(said):
        return None
    return Span(first.start, end), "duties.predicate", 0.8


class _Parts:
    """The place where a duty is given: a paragraph of next steps, else the numbered part of the first rank."""

    def __init__(self, doc: Document) -> None:
        self._whole = Span(0, len(doc.text))
        self._steps = [found.part for found in find_steps(doc)]
        ranked: list[Section] = [s for s in doc.layout.sections if s.marker and s.level > 0]
        top = min((s.level for s in ranked), default=1)
        self._parts = [Span(s.start, s.end) for s in ranked if s.level == top]

    def at(self, place: int) -> Span:
        """The part that holds a place."""
        for part in (*self._steps, *self._parts):
            if part.start <= place < part.end:
                return part
        return self._whole
