"""Every known name of a body or a place, found in one Aho-Corasick pass over the folded text (the inner loop).

The pass only finds words; what they mean together (region, head noun, office) is read by ``agency_names`` and
``regions``. Words are matched leftmost and longest, so 市场监管局 is one word and never 市 + 场监管局.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick

from extractors.bodies.divisions import Division, by_name, divisions
from ontology import table

__all__ = ["Body", "Entry", "Token", "cues", "entries", "fields", "halves", "head_forms", "tokens", "vertical"]

# How a head noun is written short. 委 for 委员会, 办 for 办公室 (GB/T 9704-2012 allows the 规范化简称).
SHORT_HEADS = {"委员会": "委", "办公室": "办"}
# Party committees by level word; 团 in front makes it the Youth League's.
PARTY = (
    "省委",
    "市委",
    "区委",
    "县委",
    "州委",
    "旗委",
    "盟委",
    "地委",
    "自治区党委",
    "省党委",
    "市党委",
    "县党委",
    "区党委",
)
LEAGUE = ("团省委", "团市委", "团区委", "团县委", "团州委", "团旗委", "团盟委", "团委")
CONGRESS = {
    "人民代表大会常务委员会": "人民代表大会常务委员会",
    "人民代表大会常委会": "人民代表大会常务委员会",
    "人大常务委员会": "人民代表大会常务委员会",
    "人大常委会": "人民代表大会常务委员会",
    "人民代表大会": "人民代表大会",
    "人大": "人民代表大会",
}
LEVELS_OF_PLACE = "省市区县旗州盟"


class Body(NamedTuple):
    """What a word stands for: the official ``name`` without its region, its ``system`` (how the region is set into the
    full name), the ``stem`` of its field where it has one, and the ``nation``-level body of that field."""

    name: str
    system: str
    stem: str = ""
    nation: str = ""


class Entry(NamedTuple):
    """A known word: ``kind`` is place, national, body, stem, government, party, league, congress, cppcc, front (a
    democratic party or the Youth League), group or compound
    (no name, only made of the same characters); ``places`` are the divisions it may mean."""

    word: str
    kind: str
    body: Body
    places: tuple[Division, ...]


# start, end (half-open), and what stands there.
Token = tuple[int, int, Entry]

_NONE = Body("", "")


@cache
def fields() -> dict[str, dict[str, str]]:
    """Rows of the table of fields of government, by official stem."""
    return {row["stem"]: row for row in table("agency_fields")}


@cache
def vertical() -> dict[str, dict[str, str]]:
    """Rows of the table of local bodies that a national one runs, by name."""
    return {row["name"]: row for row in table("vertical_agencies")}


@cache
def cues(kind: str) -> frozenset[str]:
    """The words of one kind in the table of cues: what tells a name from what only looks like one."""
    return frozenset(row["word"] for row in table("agency_cues") if row["kind"] == kind)


def head_forms(head: str) -> tuple[str, ...]:
    """A head noun and its short form."""
    return (head, SHORT_HEADS[head]) if head in SHORT_HEADS else (head,)


def _vertical() -> Iterator[tuple[str, str, Body, tuple[Division, ...]]]:
    """Local bodies that a national one runs, whose full names do not begin with the region."""
    stems = {row["stem"]: row for row in table("agency_fields")}
    for row in vertical().values():
        field = stems.get(row["name"].removesuffix("局").removesuffix("委员会"))
        stem, nation = (field["stem"], field["nation"]) if field else ("", "")
        for word in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield word, "body", Body(row["name"], "state", stem, nation), ()


def _words() -> Iterator[tuple[str, str, Body, tuple[Division, ...]]]:
    """Word, kind, body, places; an earlier word wins over a later one of the same spelling."""
    yield from ((word, "compound", Body("", ""), ()) for word in cues("compound"))
    yield from _vertical()
    for row in table("agency_fields"):
        for spelling in (row["stem"], *filter(None, row["spellings"].split("|"))):
            for head in filter(None, row["heads"].split("|")):
                for form in head_forms(head):
                    yield spelling + form, "body", Body(row["stem"] + head, "state", row["stem"], row["nation"]), ()
    for row in table("agency_bodies"):
        for word in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield word, "body", Body(row["name"], row["system"]), ()
    for row in table("party_departments"):
        for word in (row["name"], *filter(None, row["aliases"].split("|"))):
            if word not in cues("plain_office"):
                yield word, "body", Body(row["name"], "partyoffice"), ()
    for row in table("agencies"):
        for word in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield word, "national", Body(row["name"], "fixed"), ()
    for row in table("democratic_parties"):
        for word in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield word, "front", Body(row["name"], "front"), ()
    yield "共青团", "front", Body("共青团", "front"), ()
    yield "中国共产主义青年团", "front", Body("共青团", "front"), ()
    yield from ((word, "party", Body("", "party"), ()) for word in PARTY)
    yield from ((word, "league", Body("共青团", "front"), ()) for word in LEAGUE)
    yield from ((word, "congress", Body(name, "congress"), ()) for word, name in CONGRESS.items())
    yield from ((word, "cppcc", Body("", "cppcc"), ()) for word in ("政协", "市政协", "中国人民政治协商会议"))
    for level in ("", *LEVELS_OF_PLACE):
        for word in ("人民政府", "政府"):
            yield level + word, "government", Body("人民政府", "state"), ()
    yield from ((word, "group", Body(word, "group"), ()) for word in cues("group_head"))
    for zone in cues("zone"):
        # Whole words, lest 城|管委 of 新城管委会 be taken for another body.
        yield zone + "管委会", "group", Body("管委会", "group"), ()
        yield zone + "管理委员会", "group", Body("管理委员会", "group"), ()
    for row in table("agency_fields"):
        for spelling in (row["stem"], *filter(None, row["spellings"].split("|"))):
            yield spelling, "stem", Body(row["stem"], "state", row["stem"], row["nation"]), ()


def _place_words() -> Iterator[str]:
    """Names that stand for a place by themselves: full names, and short ones that are no everyday words."""
    common = {row["code"]: set(row["common"].split("|")) for row in table("regions")}
    for division in divisions():
        yield division.name
        free = division.level in ("province", "prefecture", "area")
        for short in division.shorts:
            abbreviated = "自治" in division.name and short[-1] in "县旗州" and short[0] == division.name[0]
            if abbreviated or len(short) > 2 or (free and short not in common[division.code]):
                yield short


@cache
def entries() -> dict[str, Entry]:
    """Every known word."""
    found: dict[str, Entry] = {}
    for word, kind, body, places in _words():
        if word not in found:
            found[word] = Entry(word, kind, body, places)
        elif kind == "national" and found[word].kind == "body":
            found[word] = Entry(word, "body", found[word].body._replace(nation=body.name), ())
    names = by_name()
    for word in _place_words():
        if word in found and found[word].kind == "national":
            found[word] = found[word]._replace(places=names[word])
        found.setdefault(word, Entry(word, "place", _NONE, names[word]))
        if word[-1] in LEVELS_OF_PLACE:
            found.setdefault(word + "委", Entry(word + "委", "party", Body("", "party"), names[word]))
    return found


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@lru_cache(maxsize=4)
def halves(text: str) -> str:
    """Every character as two: its high byte (U+0100 to U+01FF) and its low byte (U+0000 to U+00FF).

    pyahocorasick looks through a node's children one by one. A root of a thousand first characters is slow; of eighty
    high bytes it is not, which halves the time of the pass. The two alphabets keep matches on character boundaries.
    """
    raw = text.encode("utf-16-be", "surrogatepass")
    if len(raw) != 2 * len(text):
        raw = _ASTRAL.sub("〓", text).encode("utf-16-be", "surrogatepass")
    halves = bytearray(2 * len(raw))
    halves[0::4] = raw[0::2]
    halves[1::4] = b"\1" * len(text)
    halves[2::4] = raw[1::2]
    return halves.decode("utf-16-le")


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, entry in entries().items():
        automaton.add_word(halves(word), (len(word), entry))
    automaton.make_automaton()
    return automaton


# A word that only looks like one: 建设部署, 财政部分, 委托, 办理, 局部. Checked on the character that follows.
_BROKEN = {
    "部": "署分队件位",
    "委": "托任婉屈会",
    "办": "理法事学案证好实展园医企税厂校",
    "局": "域部面限势",
    "大": "幅量力多",
    "室": "内外",
}
# But a body's name may well stand before these: 发展改革委|会同, 财政部|分别, 民政局|面向.
_WHOLE = frozenset(["会同", "会商", "分别", "分头", "面向", "面对", "限期", "部署"])
_SUSPECT = frozenset(_BROKEN)
# 龙湖区域, 成都市场: the last character belongs to the next word.
_OTHER_WORD = {
    "区": frozenset("域块间位别"),
    "市": frozenset("场值"),
    "海": frozenset("洋拔域"),
    # 上法|国际, 发展中|国家, 朝鲜族
    "国": frozenset("际家务有土资库防民营"),
    "鲜": frozenset("族"),
    "斯": frozenset("族"),
}
# Before a name of two characters (高县, 和县) a character that belongs to it makes another word: 提高县, 市和县.
_OPEN = frozenset("在由经向与和对将赴到至自从及给按为是使让请派驻去来离归属如含")


_LISTS = "、和及与"


def _is_place(folded: str, start: int, word: str, found: list[Token]) -> bool:
    if folded[start + len(word) : start + len(word) + 1] in _OTHER_WORD.get(word[-1], ()):
        return False
    behind = bool(found) and found[-1][1] == start and found[-1][2].kind == "place"
    if word in cues("chained_place"):
        parents = {place.path for place in found[-1][2].places} if behind else set()
        own = {place.path[:-1] for place in by_name()[word]}
        return bool(own & parents) or (not behind and _beside_sibling(folded, start, start + len(word), own, found))
    if len(word) == 2 and word[1] in "县州旗" and not behind and start:
        before = folded[start - 1]
        return not "一" <= before <= "鿿" or before in _OPEN
    return True


def _beside_sibling(folded: str, start: int, end: int, parents: set[tuple[str, ...]], found: list[Token]) -> bool:
    """True in a list with another district of the same city: 历下区、市中区; 市南区、市北区、李沧区."""
    if found and found[-1][1] == start - 1 and folded[start - 1] in _LISTS:
        return any(place.path[:-1] in parents for place in found[-1][2].places)
    if folded[end : end + 1] not in _LISTS:
        return False
    for item in re.split(f"[{_LISTS}]", folded[end + 1 : end + 20])[:3]:
        names = (item[:size] for size in range(min(6, len(item)), 1, -1))
        name = next((name for name in names if name in by_name()), None)
        if name is None:
            return False
        if name not in cues("chained_place"):
            return any(place.path[:-1] in parents for place in by_name()[name])
    return False


@lru_cache(maxsize=4)
def tokens(folded: str) -> tuple[Token, ...]:
    """The known words of a text in order, without overlaps; kept for the last few texts."""
    known = entries()
    found: list[Token] = []
    for last, (length, entry) in _automaton().iter_long(halves(folded)):
        end = (last + 1) // 2
        tail = entry.word[-1]
        if tail in _SUSPECT and entry.kind != "place":
            after = folded[end : end + 1]
            if tail == "部" and after == "门":
                # 财政部门 is the stem 财政 and 部门, not the ministry.
                stem = known.get(entry.word[:-1])
                if stem is not None:
                    found.append((end - length, end - 1, stem))
                continue
            if after and after in _BROKEN[tail] and folded[end : end + 2] not in _WHOLE:
                continue
        if entry.kind == "place" and not _is_place(folded, end - length, entry.word, found):
            continue
        found.append((end - length, end, entry))
    return tuple(found)
