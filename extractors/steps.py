"""Next steps: where a document tells what will be done, and how many things it names there.

A part is a paragraph (or the rest of one) that opens with 下一步, or a numbered part whose heading says so. Its items,
一是…二是… or （一）…（二）…, are the steps; a part without items is one step.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from extractors.model import Document, Section, Span

__all__ = ["Steps", "find"]

# 段首，或一句之首；后面要跟着主语、逗号或“工作”，免得把“下一步骤”之类算进来。
_OPENING = re.compile(
    r"(?:^|(?<=[。！？]))[ \t]*(?P<word>下一步|下步|下一阶段|下阶段|接下来)"
    r"(?=[，：,]|工作|我|将|打算|要|拟|[省市区县州厅局委])",
    re.MULTILINE,
)
_LATER = re.compile(r"^[ \t]*(?P<word>今后)(?=[，,]|我|一个时期|一段时[期间]|的?工作中)", re.MULTILINE)
_HEADING = re.compile(r"下一?步|下一?阶段|今后(?:的)?(?:工作|打算)|工作(?:打算|计划)|努力方向")
_FIRST = ("一、", "一是", "第一", "一要", "（一）", "1.", "（1）", "首先")
_MARKED = re.compile(r"\s*")
_RUN_IN = 5


class Steps(NamedTuple):
    """A part that tells the next steps, and each step in it."""

    part: Span
    steps: tuple[Span, ...]


def find(doc: Document) -> Iterator[Steps]:
    """Parts of next steps in text order."""
    body = doc.layout.first("body") or Span(0, len(doc.text))
    last = body.start
    for part in sorted({*_headed(doc), *_opened(doc, body)}):
        if part.start >= last:
            steps = _items(doc, part) or (part,)
            last = max(part.end, steps[-1].end)
            yield Steps(Span(part.start, last), steps)


def _headed(doc: Document) -> Iterator[Span]:
    """Numbered parts whose heading speaks of what comes next."""
    for section in doc.layout.sections:
        if section.marker and _HEADING.search(doc.folded, section.title.start, section.title.end):
            yield Span(section.start, section.end)


def _opened(doc: Document, body: Span) -> Iterator[Span]:
    """From 下一步 to the end of its paragraph."""
    for pattern in (_OPENING, _LATER):
        for match in pattern.finditer(doc.folded, body.start, body.end):
            stop = doc.folded.find("\n", match.end())
            end = stop if 0 <= stop < body.end else body.end
            # 下一步工作打算 by itself is a heading, whose text follows.
            if end - match.start("word") > 12 or doc.folded[end - 1] == "：":
                yield Span(match.start("word"), end)


def _items(doc: Document, part: Span) -> tuple[Span, ...]:
    """The items of a part: of the highest rank that stands in it, or in a row behind it."""
    sections = doc.layout.sections
    starts = [section.start for section in sections]
    first = bisect_left(starts, part.start + 1)
    inside = [s for s in sections[first:] if s.start < part.end and s.marker]
    if not inside:
        inside = _following(doc, part, sections[first:])
    if not inside:
        return ()
    rank = min(section.level for section in inside)
    return tuple(Span(s.start, s.end) for s in inside if s.level == rank)


def _following(doc: Document, part: Span, sections: tuple[Section, ...]) -> list[Section]:
    """下一步，将做好以下工作： and the numbered paragraphs behind it."""
    if doc.folded[part.start : part.end].rstrip()[-1:] not in ("：", ":") or not sections:
        return []
    gap = _MARKED.match(doc.folded, part.end)
    head = sections[0]
    if gap is None or head.start != gap.end() or not head.marker.startswith(_FIRST):
        return []
    found = [head]
    for section in sections[1:]:
        if section.level == head.level and section.start <= found[-1].end:
            found.append(section)
        elif section.level < head.level:
            break
    return found
