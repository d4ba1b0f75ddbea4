"""What a count counts, when, where, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.figures.clauses import clause_start, line_start, sentence_end, sentence_start
from extractors.figures.count_conditions import Surroundings
from extractors.figures.count_handed_down import Above, own_item
from extractors.figures.count_kind import FLOATED, change_of, kind_of
from extractors.figures.count_setting import Setting, home_of, region_of
from extractors.figures.count_time import inherited_time, stated_time, tense_of, time_of_title, valid_until
from extractors.figures.count_units import unit_meant
from extractors.figures.count_what import what_of
from extractors.figures.date_parts import Day
from extractors.figures.dates import written_day
from extractors.figures.genre_kind import document_kind
from extractors.figures.noun_phrases import Names
from extractors.figures.table_cells import RULE, kind_of_cell, time_of_cell
from extractors.model import Document, Jurisdiction, Mention, Section, Span

__all__ = ["resolve"]

_JOINED = re.compile(r"(?:和|、|与|及)[A-Za-z]{0,3}")
_LINE_OF_LIST = re.compile(
    r"[ \t]*(?:(?P<second>（[一二三四五六七八九十]{1,3}）)|(?P<first>[一二三四五六七八九十]{1,3}、)"
    r"|(?P<third>\d{1,2}[.、])|(?P<fourth>（?\d{1,2}）)|(?P<fifth>[①-⑳])|(?P<dash>[—-]{2}|[●○■◆▪•·]))"
)
_LEAD_REACH = 800
_OF_DEFAULT = frozenset(("target", "actual"))
_LEAST_BARE = 10_000


def resolve(doc: Document, jurisdiction: Jurisdiction | None, mentions: list[Mention]) -> list[Mention]:
    """All mentions; COUNT with ``what``, ``time``, ``region`` and ``kind``, and ``direction`` for a decline."""
    text = doc.folded
    counts = sorted((m for m in mentions if m.type == "COUNT"), key=lambda m: m.start)
    if not counts:
        return mentions
    title = _own_title(doc, mentions)
    setting = Setting.of(mentions, home_of(doc, jurisdiction, title))
    page = _Page(
        doc=doc,
        setting=setting,
        names=Names.of(mentions),
        default=document_kind(text[title.start : title.end] if title else "", text),
        written=written_day(doc),
        title=title,
        of_units={},
    )
    previous: Mention | None = None
    resolved: dict[int, Mention] = {}
    for count, sections, rank in zip(counts, _sections(doc, counts), _ranks(text, counts), strict=True):
        if count.rule == RULE:
            resolved[count.start] = _resolve_cell(page, count)
            continue
        start = sentence_start(text, count.start)
        previous = resolved[count.start] = _resolve_one(page, count, start, previous, sections, rank)
        page.of_units[previous.attributes["unit"]] = previous
    return [resolved[m.start] if m.type == "COUNT" else m for m in mentions]


class _Page(NamedTuple):
    """What holds for all counts of a document, and the last count read of each unit."""

    doc: Document
    setting: Setting
    names: Names
    default: str
    written: Day
    title: Span | None
    of_units: dict[str | None, Mention]


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


def _own_title(doc: Document, mentions: list[Mention]) -> Span | None:
    for mention in mentions:
        if mention.type == "DOCUMENT_TITLE" and mention.attributes.get("self"):
            return Span(mention.start, mention.end)
    return doc.layout.first("title")


def _resolve_one(
    page: _Page,
    count: Mention,
    start: int,
    previous: Mention | None,
    sections: list[Section],
    rank: tuple[int, int],
) -> Mention:
    """The count with what it counts, its time, place and kind; and the direction of a decline."""
    text, setting = page.doc.folded, page.setting
    clause = clause_start(text, count.start)
    time = stated_time(text, count, setting, start, rank)
    headings = [text[section.title.start : section.title.end] for section in sections]
    # 满 states the bound and is still the verb that the words before belong to.
    reached = count.start + text.startswith("满", count.start)
    behind = page.names.end_of_list(text, count)
    near = Surroundings(
        clause=text[clause:reached],
        before=text[start : count.start],
        sentence=text[start : sentence_end(text, count.end)],
        after=text[behind : behind + 48],
        section="".join(headings),
        lead=_lead_of_list(text, count.start),
        tense=tense_of(time, page.written),
    )
    change = change_of(count, near.clause)
    title = text[page.title.start : page.title.end] if page.title else ""
    line = line_start(text, count.start)
    above = Above(
        previous=previous,
        in_clause=previous is not None and previous.start >= clause,
        in_sentence=previous is not None and previous.start >= start,
        of_units={unit: other for unit, other in page.of_units.items() if other.start >= line},
        lead=near.lead,
        headings=(title, *headings),
    )
    what = what_of(text, count, page.names, change is not None, clause, start, above)
    what = own_item(near.clause, rank) or what
    if what is None and count.attributes["unit"] in ("户", "人"):
        what = str(count.attributes["unit"])
    kind = kind_of(count, near, page.default, change, what, text)
    if rank[0] and previous is not None and "eligibility" not in (kind, previous.attributes["kind"]):
        # 分别下降25%、20%: the figures of a list are of one kind.
        kind, change = previous.attributes["kind"], previous.attributes.get("direction", change)
    elif rank[0] and previous is not None and previous.attributes["kind"] == "eligibility" and kind in _OF_DEFAULT:
        kind = "eligibility"
    granted = kind == "growth" and near.clause.endswith(FLOATED)
    if time is None:
        time = inherited_time(text, count, setting, start, sections, "standard" if granted else kind)
        if time is None and kind in ("actual", "growth"):
            time = time_of_title(text, page.title, page.default)
    elif granted or kind in ("standard", "eligibility"):
        time = valid_until(text, count, setting, start, time, page.written)
    found = {"time": time, "region": region_of(text, count, setting, start, rank), "what": what, "kind": kind}
    if count.attributes["unit"] is None and count.attributes["value"] >= _LEAST_BARE:
        found["unit"] = unit_meant(text, count, what or "")
    if change == "down":
        found["direction"] = "down"
    return count.with_attributes(**found)


def _resolve_cell(page: _Page, count: Mention) -> Mention:
    """A figure in a table: its place is named in its row, its time over the table or in the title."""
    text, title = page.doc.folded, page.title
    time = time_of_cell(page.doc.text, count, text[title.start : title.end] if title else "")
    past = tense_of(time, page.written) == "past"
    return count.with_attributes(
        time=time,
        region=region_of(text, count, page.setting, line_start(text, count.start), (0, 1)),
        kind=kind_of_cell(page.doc.text, count, page.default, past=past),
    )


def _lead_of_list(text: str, position: int) -> str:
    """The line that leads the list in which a place stands (``申请人应当具备下列条件：``), empty outside of lists."""
    line = line_start(text, position)
    lowest = max(0, position - _LEAD_REACH)
    own = _LINE_OF_LIST.match(text, line)
    while own and line > lowest:
        above = text[lowest:line].rstrip()
        line = lowest + above.rfind("\n") + 1
        if above.endswith("："):
            return text[line : lowest + len(above)]
        item = _LINE_OF_LIST.match(text, line)
        if item is None or item.lastgroup != own.lastgroup:
            return ""
    return ""


def _sections(doc: Document, counts: list[Mention]) -> Iterator[list[Section]]:
    """For each count in text order the sections that hold it, outer ones first."""
    sections = sorted(doc.layout.sections)
    inside: list[Section] = []
    index = 0
    for count in counts:
        while index < len(sections) and sections[index].start <= count.start:
            inside.append(sections[index])
            index += 1
        inside = [section for section in inside if section.end > count.start]
        yield inside
