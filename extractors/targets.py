"""Targets with a deadline: what is to be reached by when, with a number or without.

到2025年，A，B holds for the clauses up to the next date or the sentence's end; 2024年6月底前完成A and a planned
count with a time hold for their own clause. What is past when the document is written is no target. Who sets it is
the document that the sentence makes its subject (《通知》明确, 到2025年…), else the document itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from extractors.citations.citation_lists import Citation
from extractors.model import Document, Extraction, Mention, Span

__all__ = ["Target", "find"]

_REACHED = re.compile(
    r"全覆盖|覆盖|实现|建成|形成|建立|建有|健全|完善|达到|达|完成|提高|提升|普及|不低于|不少于|超过|基本|全部|增加|增长|降低|下降|控制"
    r"|消除|翻番|配备|设立|出台|制定|公布|启动|运行|改造|培养|培训|新增|新建|争创|创建"
)
_HEDGE = re.compile(r"^(?:力争|争取|确保|努力|全面|基本|初步|率先|要|应当?|将|总体上?|实现|，|\s)*实现(?!了)")
_LEAD = re.compile(r"^(?:其中|同时|并|且|以及|，|：|\s)+")
_OWN_TAIL = re.compile(r"(?:前|之前|以前|年底|末|底)$")
_CLAUSE = re.compile(r"[^，。；！？\n]+")
_STOP = re.compile(r"[。！？\n]")
_SAYS = re.compile(r"》?(?:（[^（）]{1,60}）)?(?:中|里|还|也|已)?(?:明确|要求|提出|规定|指出|部署|确定|强调|印发)")
_PAST = re.compile(r"了|已经?|累计")
_YEAR = re.compile(r"\d{4}(?:-\d\d){0,2}")


class Target(NamedTuple):
    """What is to be reached: its words, the deadline (ISO), the key of the document that sets it, the planned count."""

    words: Span
    deadline: str
    set_by: str
    figure: Mention | None
    rule: str
    confidence: float


class _Frame(NamedTuple):
    doc: Document
    written: str
    times: list[Mention]
    counts: list[Mention]
    starts: list[int]
    cited: list[Citation]


def find(extraction: Extraction) -> Iterator[Target]:
    """Targets in text order, one for each clause."""
    doc, header = extraction.doc, extraction.header
    times = [m for m in extraction.mentions if m.type == "TIME" and m.attributes.get("iso")]
    counts = [m for m in extraction.mentions if m.type == "COUNT"]
    frame = _Frame(
        doc=doc,
        written=str(header.get("written_date") or header.get("published_date") or ""),
        times=times,
        counts=counts,
        starts=[count.start for count in counts],
        cited=[
            Citation(m.start, m.end, str(m.attributes["document"]), m)
            for m in extraction.mentions
            if m.type == "DOCUMENT_TITLE" and m.attributes.get("document") and not m.attributes.get("nested")
        ],
    )
    found: dict[int, Target] = {}
    for target in (*_by_deadline(frame), *_by_count(frame)):
        found[target.figure.start if target.figure else target.words.start] = target
    yield from sorted({target.words: target for target in found.values()}.values(), key=lambda target: target.words)


def _by_deadline(frame: _Frame) -> Iterator[Target]:
    """到2025年，…: each clause behind the deadline; 2024年6月底前…: its own clause."""
    folded = frame.doc.folded
    for index, time in enumerate(frame.times):
        deadline = _deadline(frame, time)
        if deadline is None:
            continue
        until = folded[time.start] == "到"
        if not until and not _OWN_TAIL.search(folded[time.start : time.end]):
            continue
        stop = _STOP.search(folded, time.end)
        end = stop.start() if stop else len(folded)
        following = frame.times[index + 1 :]
        end = next((_clause_start(folded, t.start) for t in following if time.end < t.start < end), end)
        for clause in _CLAUSE.finditer(folded, time.end, end):
            # 目标一项接一项；遇到不是目标的一句，期限就管到头了。
            words = _trimmed(folded, clause.start(), clause.end())
            text = folded[words.start : words.end]
            count = _count_in(frame, words)
            if len(text) < 4 or _PAST.search(text[:4]):
                break
            if not (_REACHED.search(text) or (count and (until or count.attributes.get("kind") == "target"))):
                break
            yield Target(words, deadline, _set_by(frame, words.start), count, "targets.deadline", 0.85)
            if not until:
                break


def _by_count(frame: _Frame) -> Iterator[Target]:
    """A planned count whose time is a deadline, in whatever clause it stands."""
    folded = frame.doc.folded
    for count in frame.counts:
        time = str(count.attributes.get("time") or "").rpartition("/")[2]
        if count.attributes.get("kind") != "target" or not _YEAR.fullmatch(time) or time < frame.written[: len(time)]:
            continue
        start = _clause_start(folded, count.start)
        clause = _CLAUSE.match(folded, start)
        end = clause.end() if clause else count.end
        dates = [t for t in frame.times if start <= t.start < count.start]
        begin = dates[-1].end if dates and not folded[start : dates[-1].start].strip() else start
        words = _trimmed(folded, begin, max(end, count.end))
        yield Target(words, time, _set_by(frame, words.start), count, "targets.count", 0.85)


def _deadline(frame: _Frame, time: Mention) -> str | None:
    """The last day, month or year of a date that is not over when the document is written."""
    last = str(time.attributes["iso"]).rpartition("/")[2]
    if not _YEAR.fullmatch(last) or (frame.written and last < frame.written[: len(last)]):
        return None
    return last if frame.written or frame.doc.folded[time.start] == "到" else None


def _trimmed(folded: str, start: int, end: int) -> Span:
    """A clause without its opening connective, and without 基本实现 and the like."""
    text = folded[start:end]
    for pattern in (_LEAD, _HEDGE):
        match = pattern.match(text)
        if match and match.end() < len(text):
            start += match.end()
            text = text[match.end() :]
    return Span(start, start + len(text.rstrip()))


def _clause_start(folded: str, place: int) -> int:
    near = max(0, place - 120)
    return max(max(folded.rfind(mark, near, place) for mark in "，。；：！？\n") + 1, near)


def _count_in(frame: _Frame, words: Span) -> Mention | None:
    """The first figure in a clause that is no age or income of those entitled."""
    first, last = bisect_left(frame.starts, words.start), bisect_left(frame.starts, words.end)
    inside = (count for count in frame.counts[first:last] if count.attributes.get("kind") != "eligibility")
    return next(inside, None)


def _set_by(frame: _Frame, place: int) -> str:
    """The key of the document that the sentence lets speak; ``self`` for the document itself."""
    folded = frame.doc.folded
    near = max(0, place - 400)
    start = max(max(folded.rfind(mark, near, place) for mark in "。！？\n") + 1, near)
    first = bisect_left(frame.cited, (start,))
    for cited in frame.cited[first : bisect_left(frame.cited, (place,))]:
        opening = folded[start : cited.start].strip(" 《“")
        if len(opening) <= 2 and _SAYS.match(folded, cited.end):
            return cited.key
    return "self"
