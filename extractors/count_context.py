"""What a count counts, when, where, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.clauses import clause_start, sentence_end, sentence_start
from extractors.count_kind import Surroundings, change_of, document_kind, kind_of
from extractors.count_setting import Setting, region_of, time_of
from extractors.count_what import what_of
from extractors.model import Document, Jurisdiction, Mention, Section
from extractors.noun_phrases import Names

__all__ = ["resolve"]

_JOINED = re.compile(r"(?:和|、|与|及)[A-Za-z]{0,3}")
_UP_TO_MARK = re.compile(r"[^，。；、\n]*")
_PERSONS = re.compile(
    r"人口|人群|人员|老人|老年人|职工|群众|农民|居民|学生|儿童|残疾人|党员|干部|教师|劳动力|患者|人才|公民|贫困|就业|参保"
    r"|青年|妇女|户籍|移民|民"
)
_MONEY = re.compile(
    r"资金|投资|投入|补贴|补助|待遇|经费|支出|收入|拨款|费用|款|总额|产值|产业|预算|基金|财政|销售|贷款|税|成本|金|信贷|融资|规模|债"
)


def resolve(doc: Document, jurisdiction: Jurisdiction | None, mentions: list[Mention]) -> list[Mention]:
    """All mentions; COUNT with ``what``, ``time``, ``region`` and ``kind``, and ``direction`` for a decline."""
    text = doc.folded
    counts = sorted((m for m in mentions if m.type == "COUNT"), key=lambda m: m.start)
    if not counts:
        return mentions
    setting, names = Setting.of(mentions), Names.of(mentions)
    default = document_kind(_own_title(doc, mentions), text)
    previous: Mention | None = None
    resolved: dict[int, Mention] = {}
    sections, ranks = _section_titles(doc, counts), _ranks(text, counts)
    for count, section, rank in zip(counts, sections, ranks, strict=True):
        start = sentence_start(text, count.start)
        count = count.with_attributes(
            time=time_of(text, count, setting, start, rank),
            region=region_of(text, count, setting, start, jurisdiction),
            **_resolve_one(text, count, start, previous, names, default, section),
        )
        resolved[count.start] = previous = count
    return [resolved[m.start] if m.type == "COUNT" else m for m in mentions]


def _ranks(text: str, counts: list[Mention]) -> Iterator[tuple[int, int]]:
    """For each count its place in a list of counts of one unit joined by 和 or 、, and the length of the list."""
    group: list[Mention] = []
    for count in counts:
        joined = group and count.attributes["unit"] == group[-1].attributes["unit"]
        if joined and not _JOINED.fullmatch(text, group[-1].end, count.start):
            joined = False
        if group and not joined:
            yield from ((place, len(group)) for place in range(len(group)))
            group = []
        group.append(count)
    yield from ((place, len(group)) for place in range(len(group)))


def _own_title(doc: Document, mentions: list[Mention]) -> str:
    for mention in mentions:
        if mention.type == "DOCUMENT_TITLE" and mention.attributes.get("self"):
            return doc.folded[mention.start : mention.end]
    span = doc.layout.first("title")
    return doc.folded[span.start : span.end] if span else ""


def _resolve_one(
    text: str,
    count: Mention,
    start: int,
    previous: Mention | None,
    names: Names,
    default: str,
    section: str,
) -> dict[str, str | None]:
    """What is counted and of which kind; the direction of a decline."""
    clause = clause_start(text, count.start)
    near = Surroundings(
        clause=text[clause : count.start],
        before=text[start : count.start],
        sentence=text[start : sentence_end(text, count.end)],
        after=text[count.end : count.end + 48],
        section=section,
    )
    change = change_of(count, near.clause)
    what = what_of(text, count, names, change is not None, clause)
    if what is None and change is None and count.attributes["unit"] in ("户", "人"):
        what = str(count.attributes["unit"])
    if what in (None, "人") and previous is not None and previous.start >= start:
        what = previous.attributes.get("what")
    found: dict[str, str | None] = {"what": what, "kind": kind_of(count, near, default, change, what)}
    if count.attributes["unit"] is None:
        found["unit"] = _unit(text, count, what or "")
    if change == "down":
        found["direction"] = "down"
    return found


def _section_titles(doc: Document, counts: list[Mention]) -> Iterator[str]:
    """For each count in text order the titles of the sections that hold it, outer ones first."""
    sections = sorted(doc.layout.sections)
    inside: list[Section] = []
    index = 0
    for count in counts:
        while index < len(sections) and sections[index].start <= count.start:
            inside.append(sections[index])
            index += 1
        inside = [section for section in inside if section.end > count.start]
        yield "".join(doc.folded[section.title.start : section.title.end] for section in inside)


def _unit(text: str, count: Mention, what: str) -> str | None:
    """The unit that is meant where none is written: persons by the noun that follows, money by the words before."""
    following = _UP_TO_MARK.match(text, count.end, count.end + 8)
    before = text[max(clause_start(text, count.start), count.start - 12) : count.start]
    for words in (following[0] if following else "", before, what, text[max(0, count.start - 40) : count.start]):
        if _PERSONS.search(words):
            return "人" if not _MONEY.search(words) else "元"
        if _MONEY.search(words):
            return "元"
    return None
