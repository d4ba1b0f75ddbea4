"""Relations of programs: which body runs one, which count measures one (annotation guidelines 4 and 6).

``runs``: a body named as the subject of the clause, the issuer speaking of itself (我厅实施…), or the body at the head
of a table row of duties; lists of responsible units in brackets give none. ``measures``: a count and a program in one
clause, or a count in the clause that carries the program's clause on (…，惠及老年人3万余人).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extractors.model import Document, Mention, Relation

__all__ = ["find"]

_RUN = re.compile(
    r"实施|开展|推进|启动|组织|建设|举办|推行|推广|建立|建全|健全|完善|发放|设立|牵头|承办|主办|落实|深化|提高|加强|运行|开通|推出|"
    r"投入|支付|严格|探索|统筹|负责|创办|打造|试行|进行了"
)
_SELF_RUN = re.compile(r"(?:实施|开展|举办|办好|建立|建全|启动|推行|打造|推出|创办|组织建设)(?:了|好)?[“”]?$")
_SPEAKERS = re.compile(r"我(?:们|厅|局|委|部|办|会|中心|院)")
# 机关前有这些词，机关不是做事的一方。
_NOT_SUBJECT = re.compile(
    r"(?:向|对|与|联合|按照|根据|经|报|依据|贯彻|落实|《|致|配合|接受|受|会同|商|送|[（(]|关于|为)$"
)
_CLAUSE = re.compile(r"[，。；！？\n]")
_SENTENCE_END = re.compile(r"[。！？\n]")
_CARRIES_ON = re.compile(
    r"(?:其中|累计|共计?|已|总计|惠及|覆盖|受益|服务|发放|培训|培养|改造|建成|享受|投入|支出|支付|补贴|资助|救助|新增|完成|带动|参保|每|人均|"
    r"最高|标准|按|给予|“?十[一二三四五]五”?|截至|到|全)"
)
_JOINT = re.compile(r"^[”、和与及以\s“]{1,3}$")
_FAR = 70


class _Clause(NamedTuple):
    start: int
    end: int


def find(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> Iterator[Relation]:
    """Relations in text order; the caller keeps each triple once."""
    programs = sorted(m for m in mentions if m.type == "PROGRAM" and m.attributes.get("canonical"))
    if not programs:
        return
    agencies = sorted(
        m for m in mentions if m.type == "AGENCY" and m.attributes.get("canonical") and not m.attributes.get("nested")
    )
    counts = sorted(m for m in mentions if m.type == "COUNT")
    yield from _runs_by_subject(doc.folded, agencies, programs)
    yield from _runs_by_row(doc.folded, agencies, programs)
    yield from _runs_by_issuer(doc.folded, header, programs)
    yield from _measures(doc.folded, counts, programs)


def _runs_by_subject(folded: str, agencies: Sequence[Mention], programs: Sequence[Mention]) -> Iterator[Relation]:
    """The bodies that stand as subject before a verb of running in the program's own sentence."""
    ends = [agency.end for agency in agencies]
    for program in programs:
        floor = _back(folded, program.start, _SENTENCE_END)
        floor = max(floor, folded.rfind("；", floor, program.start) + 1)
        last = bisect_left(ends, program.start + 1) - 1
        while last >= 0 and agencies[last].start >= floor and _NOT_SUBJECT.search(folded, floor, agencies[last].start):
            last -= 1
        if last < 0 or agencies[last].start < floor or program.start - agencies[last].end > _FAR:
            continue
        between = folded[agencies[last].end : program.start]
        if not _RUN.search(between) or _closed(between):
            continue
        subjects = [agencies[last]]
        while last > 0 and _JOINT.match(folded[agencies[last - 1].end : agencies[last].start]):
            last -= 1
            subjects.append(agencies[last])
        if _NOT_SUBJECT.search(folded, floor, subjects[-1].start):
            continue
        for agency in reversed(subjects):
            yield _run(agency.attributes["canonical"], program, agency.start, "instruments.subject", 0.7)


def _closed(between: str) -> bool:
    """True where a bracket or a title closes between the body and the program: the body spoke of something else."""
    return any(mark in between for mark in "）》") or "负责" in between[-3:] or between.startswith("的")


def _runs_by_row(folded: str, agencies: Sequence[Mention], programs: Sequence[Mention]) -> Iterator[Relation]:
    """A table row: the body stands in the first cell, its programs in the second."""
    for agency in agencies:
        line = folded.rfind("\n", 0, agency.start) + 1
        if folded[line : agency.start].strip() or folded[agency.end : agency.end + 1] not in ("\t", " "):
            continue
        stop = folded.find("\n", agency.end)
        cells = folded[agency.end : stop if stop >= 0 else len(folded)]
        second = re.match(r"\s*[^\t\s]+", cells)
        if second is None:
            continue
        for program in programs:
            if agency.end <= program.start and program.end <= agency.end + second.end():
                yield _run(agency.attributes["canonical"], program, agency.start, "instruments.row", 0.7)


def _runs_by_issuer(folded: str, header: dict[str, Any], programs: Sequence[Mention]) -> Iterator[Relation]:
    """我们将…实施…: the issuer speaks; only where there is one issuer."""
    issuers = header.get("issuers") or []
    if len(issuers) != 1:
        return
    for program in programs:
        if not _SELF_RUN.search(folded, max(0, program.start - 8), program.start):
            continue
        paragraph = folded.rfind("\n", 0, program.start) + 1
        if _SPEAKERS.search(folded, paragraph, program.start):
            yield _run(issuers[0], program, program.start, "instruments.issuer", 0.7)


def _run(agency: str, program: Mention, start: int, rule: str, confidence: float) -> Relation:
    return Relation(agency, "runs", program.attributes["canonical"], start, program.end, rule, confidence)


def _measures(folded: str, counts: Sequence[Mention], programs: Sequence[Mention]) -> Iterator[Relation]:
    """Counts of the program's own clause, and of the clauses that carry it on in the same sentence."""
    starts = [program.start for program in programs]
    for count in counts:
        clause = _Clause(_back(folded, count.start, _CLAUSE), _ahead(folded, count.end, _CLAUSE))
        told = _within(programs, starts, clause)
        rule, confidence = "instruments.clause", 0.75
        if not told:
            told = _carried(folded, programs, starts, clause, count)
            rule, confidence = "instruments.carried_on", 0.55
        for program in _nearest(folded, told, count):
            canonical = program.attributes["canonical"]
            span = min(count.start, program.start), max(count.end, program.end)
            yield Relation(str(count.start), "measures", canonical, *span, rule, confidence)


def _within(programs: Sequence[Mention], starts: list[int], clause: _Clause) -> list[Mention]:
    first = bisect_left(starts, clause.start)
    return [p for p in programs[first : bisect_left(starts, clause.end)] if p.end <= clause.end]


def _carried(
    folded: str, programs: Sequence[Mention], starts: list[int], clause: _Clause, count: Mention
) -> list[Mention]:
    """Programs of the clause before, where this one has no subject of its own."""
    if clause.start == 0 or folded[clause.start - 1] != "，":
        return []
    if count.start != clause.start and not _CARRIES_ON.match(folded, clause.start):
        return []
    before = _Clause(_back(folded, clause.start - 1, _CLAUSE), clause.start - 1)
    return _within(programs, starts, before)


def _nearest(folded: str, told: Sequence[Mention], count: Mention) -> list[Mention]:
    """The program nearest to the count, with those that 、 or 和 joins to it."""
    if len(told) <= 1:
        return list(told)
    index = min(range(len(told)), key=lambda i: min(abs(told[i].start - count.end), abs(count.start - told[i].end)))
    low = high = index
    while low > 0 and _JOINT.match(folded[told[low - 1].end : told[low].start]):
        low -= 1
    while high + 1 < len(told) and _JOINT.match(folded[told[high].end : told[high + 1].start]):
        high += 1
    return list(told[low : high + 1])


def _back(folded: str, at: int, mark: re.Pattern[str]) -> int:
    """Where the stretch that ends at ``at`` begins: after the last mark before it."""
    begin = max(0, at - 400)
    ends = [match.end() for match in mark.finditer(folded, begin, at)]
    return ends[-1] if ends else begin


def _ahead(folded: str, at: int, mark: re.Pattern[str]) -> int:
    found = mark.search(folded, at)
    return found.start() if found else len(folded)
