"""Where a count holds: the place that its sentence states for it, or the place that the document is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from typing import NamedTuple

from extractors.bodies.agency_canonical import settle
from extractors.bodies.divisions import Division
from extractors.bodies.gazetteer import tokens
from extractors.figures.clauses import clause_start, line_start, sentence_start
from extractors.model import Document, Jurisdiction, Mention, Span
from ontology import table

__all__ = ["Setting", "home_of", "open_bracket", "region_of"]

NATION = "中国"
_FROM = re.compile(r"(?:[距离隔赴属至到由]|位于)$")
_LISTED = re.compile(r"(?:、|和|与|及|以及)")
_CLAUSES = re.compile(r"[，；：。\n]")
# 全国物流50强, 全国平均水平, 全国城市第一: a yardstick, not where the figure holds.
_YARDSTICK_AFTER = re.compile(
    r"[一-鿿]{0,4}(?:平均|水平|第[一二三\d]|首[位个批]|前列|领先|推广|百强|\d+ ?强|最[一-鿿])"
)
_BEGINS_CLAUSE = re.compile(r"(?:^|[，。；：\n ”年月日底末初来前]|目前|其中|现在|使)$")
_ABOUT = re.compile(r"(?:批复|复函|函|意见|通知|决定|请示)$")
_BELOW = re.compile(r"(?:[一-鿿]{1,5}(?:镇|乡(?!村)|街道))?(?:[一-鿿]{1,5}(?:村(?!庄|民|级)|社区(?!居家|养老|服务)))?")
_COMPANY = re.compile(r"公司|集团|大学|学院|医院|工厂|电厂|研究[院所]")
# 上海等21个城市: the place is one of those counted.
_AND_OTHERS = re.compile(r"等(?:地的?)?$")
_OF_PLACES = re.compile(r"(?:[一-鿿]{0,4}(?:城市|地区|省|市|县|区|街道|乡镇|镇|村|国家)|地)")
# 1995年全球共发生33次: where no country's place is meant.
_WORLD = "全球"
_OF_WORLD = re.compile(
    r"(?:^|[，；：。年月日在 ])全球"
    r"(?:共|约|有|发生|新增|累计|\d|范围内|[一-鿿]{2,8}(?:为|达|有|共|超过|约))[^，；：。]*$"
)
# Named together in rules of the whole country; a paper of their own is not among those read.
_APART = frozenset(("台湾省", "香港特别行政区", "澳门特别行政区"))
_OWN_PLACE = 5
_NATIONAL = re.compile(r"国务院|国家|中国|中共中央|全国|最高人民|[一-鿿]{2,9}部$|(?:海关|税务)总[局署]$")
_LONGEST_RUN = 12
_LEVELS = ("province", "prefecture", "county")
# 安徽某煤矿事故的责任人: in papers of the whole country a paragraph may open with the place that it tells of.
_OPENING = re.compile(r"[ \u3000]*(?:[一二三四五六七八九十\d]{1,3}[、.]|（[一二三四五六七八九十\d]{1,3}）)?")
_READ_OF_LINE = 16
_READ_FOR_HOME = 20_000


def _start(mention: Mention) -> int:
    return mention.start


class Setting(NamedTuple):
    """Times and places of a document in text order, with their starts for bisection; ``home`` is where a figure holds
    whose sentence names no place."""

    times: list[Mention]
    time_starts: list[int]
    places: list[Mention]
    place_starts: list[int]
    home: str | None

    @classmethod
    def of(cls, mentions: list[Mention], home: str | None) -> Setting:
        home = home or _nation_of(mentions)
        times = sorted((m for m in mentions if m.type == "TIME"), key=_start)
        named = (m for m in mentions if m.type == "REGION" and m.attributes.get("canonical"))
        places = sorted(named, key=_start)
        return cls(times, [m.start for m in times], places, [m.start for m in places], home)


def open_bracket(text: str, start: int, position: int) -> int:
    """Where the bracket that holds ``position`` opens, or -1."""
    opened = text.rfind("（", start, position)
    return opened if opened > text.rfind("）", start, position) else -1


def home_of(doc: Document, jurisdiction: Jurisdiction | None, title: Span | None) -> str | None:
    """The place that a document is about: its issuer's territory, or the one part of it that the title names.

    ``关于同意甲市建设…的批复`` is about 甲市. Without an issuer it is the place that the whole text names most, titles
    included.
    """
    if jurisdiction is None:
        return _most_named(doc.folded[:_READ_FOR_HOME])
    part = _part_in_title(doc.folded, title, jurisdiction) if title else None
    return part or jurisdiction.name


def _part_in_title(text: str, title: Span, jurisdiction: Jurisdiction) -> str | None:
    about = text.find("关于", title.start, title.end)
    if about < 0 or not _ABOUT.search(text[title.start : title.end].strip()):
        return None
    chains: list[list[tuple[Division, ...]]] = []
    edge = last = -1
    for low, high, entry in tokens(text[about : title.end]):
        if entry.places:
            if low != edge:
                chains.append([])
            chains[-1].append(entry.places)
            edge = last = high
    if _COMPANY.search(text, about, title.end):
        return None
    divisions = [settle(tuple(chain), jurisdiction) for chain in chains]
    paths = {d.path for d in divisions if d and d.level in _LEVELS}
    whole = jurisdiction.path
    inside = [path for path in paths if len(path) > len(whole) and path[: len(whole)] == whole]
    below = _BELOW.match(text, about + last) if last > 0 else None
    return "".join(inside[0]) + (below[0] if below else "") if len(inside) == len(paths) == 1 else None


def _most_named(text: str) -> str | None:
    votes: Counter[tuple[str, ...]] = Counter()
    for _, _, entry in tokens(text):
        division = settle((entry.places,), None) if entry.places else None
        if division and division.level in _LEVELS and not division.former:
            if division.path[0] in _APART:
                continue
            votes[division.path] += 1
    if not votes:
        return None
    best, number = max(votes.items(), key=lambda vote: (vote[1], -len(vote[0])))
    others = sum(n for path, n in votes.items() if path[: len(best)] != best and best[: len(path)] != path)
    return "".join(best) if number >= 2 and number > others else None


def _nation_of(mentions: list[Mention]) -> str | None:
    """中国 for a text that speaks of the whole country and its bodies more than of any part of it."""
    nation = local = 0
    for mention in mentions:
        name = mention.attributes.get("canonical")
        if name in _APART or (mention.type == "REGION" and name and name.startswith(_wide_areas())):
            continue
        if mention.type == "REGION" and not name:
            # 我州, 全市 of a paper whose place is not known.
            local += _OWN_PLACE
        if mention.type not in ("REGION", "AGENCY") or not name or mention.attributes.get("nested"):
            continue
        whole = name == NATION if mention.type == "REGION" else bool(_NATIONAL.match(name))
        nation, local = nation + whole, local + (not whole)
    return NATION if nation > local else None


@cache
def _wide_areas() -> tuple[str, ...]:
    """Areas that no province holds (东部地区, 长江经济带): who speaks of several speaks of the country."""
    return tuple(str(row["name"]) for row in table("regions") if row["level"] == "area" and not row["parent"])


def region_of(text: str, count: Mention, setting: Setting, start: int, rank: tuple[int, int]) -> str | None:
    """The place a count holds for: the last place named before it in its sentence, or a part of the document's own
    place named in the sentence before; else the place that the document is about.

    ``rank`` is the count's place in a list of counts and the list's length: ``甲县、乙县分别有3家、5家``.
    """
    run = _last_places(text, setting, start, count.start)
    if run and _AND_OTHERS.search(text, run[-1].end, count.start) and _OF_PLACES.match(text, count.end):
        return setting.home if run[-1].end >= count.start - 3 else _name(run[-1])
    if _OF_WORLD.search(text, max(start, run[-1].end if run else 0), count.start):
        return _WORLD
    if len(run) > 1:
        return _of_list(text, count, run, rank) or setting.home
    if run:
        return _name(run[0])
    if start and text[start - 1] not in "\n":
        run = _last_places(text, setting, sentence_start(text, start - 1), start)
        if len(run) == 1 and _is_within(_name(run[0]), setting.home):
            return _name(run[0])
    return (_opening_place(text, count.start) if setting.home == NATION else None) or setting.home


def _opening_place(text: str, position: int) -> str | None:
    """The place that the line of a figure opens with (``安徽某煤矿事故…``)."""
    opening = _OPENING.match(text, line_start(text, position))
    start = opening.end() if opening else position
    chain: list[tuple[Division, ...]] = []
    edge = 0
    for low, high, entry in tokens(text[start : min(start + _READ_OF_LINE, position)]):
        if low != edge or not entry.places:
            break
        chain.append(entry.places)
        edge = high
    division = settle(tuple(chain), None) if chain else None
    return "".join(division.path) if division and division.level in _LEVELS and not division.former else None


def _name(place: Mention) -> str:
    return str(place.attributes["canonical"])


def _is_within(name: str, home: str | None) -> bool:
    if home is None or home == NATION:
        return name != NATION
    return name.startswith(home) and name != home


def _of_list(text: str, count: Mention, run: list[Mention], rank: tuple[int, int]) -> str | None:
    """Of listed places each has its own figure, or all together one, where they stand in the figure's clause."""
    if rank[1] == len(run):
        return _name(run[rank[0]])
    if _CLAUSES.search(text, run[-1].end, count.start) or text[run[0].start - 1 : run[0].start] == "、":
        return None
    return "、".join(dict.fromkeys(map(_name, run)))


def _last_places(text: str, setting: Setting, start: int, end: int) -> list[Mention]:
    """The last place before ``end`` that a figure there may hold for, with those that are listed before it."""
    bracket = open_bracket(text, start, end)
    index = bisect_left(setting.place_starts, end)
    run: list[Mention] = []
    while index and setting.places[index - 1].start >= start and len(run) < _LONGEST_RUN:
        index -= 1
        place = setting.places[index]
        if run and not _LISTED.fullmatch(text, place.end, run[0].start):
            break
        if place.end <= end and (run or _holds(text, setting, place, start, bracket)):
            run.insert(0, place)
    return run


def _holds(text: str, setting: Setting, place: Mention, start: int, bracket: int) -> bool:
    """False for a place that the figure is measured from or against, and for one in another bracket."""
    if _FROM.search(text, max(0, place.start - 2), place.start):
        return False
    if open_bracket(text, start, place.start) not in (bracket, -1):
        return False
    if _name(place) != NATION or setting.home == NATION:
        return True
    before = text[max(start, clause_start(text, place.start) - 1) : place.start]
    return bool(_BEGINS_CLAUSE.search(before)) and not _YARDSTICK_AFTER.match(text, place.end)
