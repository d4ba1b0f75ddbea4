"""Relations of programs: which body runs one, which count measures one (annotation guidelines 4 and 6).

``runs``: a body named as the subject of the clause, the issuer speaking of itself (我厅实施…), or the body at the head
of a table row of duties; lists of responsible units in brackets give none. ``measures``: a count and a program in one
clause, or a count in the clause that carries the program's clause on (…，惠及老年人3万余人).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from extractors.model import Document, Mention, Relation
from extractors.policy import program_figures

__all__ = ["find"]

_RUN = re.compile(
    r"实施|开展|推进|启动|组织|建设|举办|推行|推广|建立|建全|健全|完善|发放|设立|牵头|承办|主办|落实|深化|提高|加强|运行|开通|推出|"
    r"投入|安排|支付|严格|探索|统筹|负责|创办|打造|试行|进行了"
)
_SELF_RUN = re.compile(
    r"(?:实施|开展|举办|办好|建立|建全|启动|推行|打造|推出|创办|组织建设)(?:了|好)?(?:首批|首个|全国|全省|全市|全区|全县|新一轮|[“”])*$"
)
# 名字在前，说话人在后：甲工程是我厅实施的。
_OURS = re.compile(
    r"”?[是由](?:我(?:们|厅|局|委|部|办|会|中心|院))(?:牵头|组织|负责)?(?:实施|开展|举办|设立|启动|推出)"
)
# 政府工作报告以无主句说本级政府做的事。
_REPORT = re.compile(r"报告$")
_TO_CONGRESS = re.compile(r"[，,]?[向作].{0,12}报告")
_SPEAKERS = re.compile(r"我(?:们|厅|局|委|部|办|会|中心|院)")
# 机关前有这些词，机关不是做事的一方。
_NOT_SUBJECT = re.compile(
    r"(?:向|对|与|联合|按照|根据|经|报|依据|贯彻|落实|《|致|配合|接受|受|会同|商|送|[（(]|关于|为|以|依托|通过|借助|利用|用好|成立|完善|在)$"
)
_SENTENCE_END = "。！？\n"
_JOINT = re.compile(r"^(?:[”、和与及以\s“]{1,3}|会同|联合)$")
_ALONGSIDE = re.compile(r"(?:会同|联合)$")
# 这些动词后面是别人在做。
_OTHERS = re.compile(r"支持|鼓励|引导|指导|督促|要求")
_PARAGRAPH = 600
_FAR = 70


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
    yield from _runs_by_owner(doc.folded, agencies, programs)
    yield from _runs_by_row(doc.folded, agencies, programs)
    yield from _runs_by_issuer(doc.folded, header, agencies, programs)
    yield from program_figures.find(doc, counts, programs)


def _runs_by_subject(folded: str, agencies: Sequence[Mention], programs: Sequence[Mention]) -> Iterator[Relation]:
    """The bodies that stand as subject before a verb of running in the program's own sentence."""
    ends = [agency.end for agency in agencies]
    for program in programs:
        floor = _back(folded, program.start, _SENTENCE_END)
        floor = max(floor, folded.rfind("；", floor, program.start) + 1)
        last = bisect_left(ends, program.start + 1) - 1
        while (
            last >= 0
            and agencies[last].start >= floor
            and _NOT_SUBJECT.search(folded, max(floor, agencies[last].start - 4), agencies[last].start)
        ):
            if last and _ALONGSIDE.match(folded, agencies[last - 1].end, agencies[last].start):
                break
            last -= 1
        if last < 0 or agencies[last].start < floor or program.start - agencies[last].end > _FAR:
            continue
        between = folded[agencies[last].end : program.start]
        if not _RUN.search(between, _own_clause(between)) or _closed(between) or _OTHERS.search(between):
            continue
        subjects = [agencies[last]]
        while last > 0 and _JOINT.match(folded[agencies[last - 1].end : agencies[last].start]):
            last -= 1
            subjects.append(agencies[last])
        if _NOT_SUBJECT.search(folded, max(floor, subjects[-1].start - 4), subjects[-1].start):
            continue
        for agency in reversed(subjects):
            yield _run(agency.attributes["canonical"], program, agency.start, "instruments.subject", 0.7)


def _runs_by_owner(folded: str, agencies: Sequence[Mention], programs: Sequence[Mention]) -> Iterator[Relation]:
    """The body whose name stands right before the program's: 国家卫生健康委满意度调查平台, 省委“千村提升”行动."""
    ends = {agency.end: agency for agency in agencies}
    for program in programs:
        start = program.start - (folded[program.start - 1] == "“")
        owner = ends.get(start)
        if owner is not None and not owner.attributes.get("elliptical"):
            yield _run(owner.attributes["canonical"], program, owner.start, "instruments.owner", 0.7)


def _own_clause(between: str) -> int:
    """Where the program's own clause begins in the stretch since the body: the verb has to stand in it."""
    return max(between.rfind("，"), between.rfind(",")) + 1


def _closed(between: str) -> bool:
    """True where a bracket or a title closes between the body and the program: the body spoke of something else."""
    shut = any(between.count(b) > between.count(a) for a, b in ("（）", "《》"))
    return shut or "负责" in between[-3:] or between.startswith("的")


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


def _reporter(folded: str, header: dict[str, Any], agencies: Sequence[Mention]) -> str | None:
    """The government that a work report speaks for (我代表县人民政府，向大会报告工作)."""
    if not _REPORT.search(header.get("genre") or ""):
        return None
    for agency in agencies:
        if folded.startswith("代表", agency.start - 2) and _TO_CONGRESS.match(folded, agency.end):
            name: str = agency.attributes["canonical"]
            return name
    return None


def _runs_by_issuer(
    folded: str, header: dict[str, Any], agencies: Sequence[Mention], programs: Sequence[Mention]
) -> Iterator[Relation]:
    """我们将…实施…: the issuer speaks, or a government reports on its work; only where there is one issuer."""
    issuers = header.get("issuers") or []
    reporter = _reporter(folded, header, agencies)
    if len(issuers) != 1 and reporter is None:
        return
    speaker = reporter or issuers[0]
    led: Mention | None = None  # 并列的几个项目，动词只在第一个前面
    for program in programs:
        joined = led is not None and _JOINT.match(folded[led.end : program.start]) is not None
        if joined or _SELF_RUN.search(folded, max(0, program.start - 14), program.start):
            led = program
            near = max(0, program.start - _PARAGRAPH)
            paragraph = max(near, folded.rfind("\n", near, program.start) + 1)
            if reporter or _SPEAKERS.search(folded, paragraph, program.start):
                yield _run(speaker, program, program.start, "instruments.issuer", 0.7)
        elif _OURS.match(folded, program.end):
            yield _run(speaker, program, program.start, "instruments.issuer", 0.8)
        else:
            led = None


def _run(agency: str, program: Mention, start: int, rule: str, confidence: float) -> Relation:
    return Relation(agency, "runs", program.attributes["canonical"], start, program.end, rule, confidence)


def _back(folded: str, at: int, marks: str) -> int:
    """Where the stretch that ends at ``at`` begins: after the last mark before it."""
    begin = max(0, at - 400)
    return max(begin, *(folded.rfind(mark, begin, at) + 1 for mark in marks))
