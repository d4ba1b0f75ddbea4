"""Bodies that only what stands beside them makes known: 工会 in a list, a bureau behind another, a congress's own.

And the Party's committees with the number of their term, 中国共产党长沙市第十四届委员会.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.bodies.agency_groups import NOT_IN_BUREAU
from extractors.bodies.agency_names import Name
from extractors.bodies.divisions import Division
from extractors.bodies.gazetteer import Body, Token

__all__ = ["read_committees", "read_listed", "read_mass", "read_shared_heads", "read_standing", "read_zones"]

_MASS = ("工会", "共青团", "团委", "共产主义青年团")
_MASS_ALONE = re.compile(r"(?:应当|可以|有权|依法|要(?!求|素)|负责|劳动法律监督|组织(?:应当|开展|动员))")
_OF_A_FIRM = re.compile(r"[一-鿿]$")
_MAY_STAND_BEFORE = re.compile(r"(?:加强|支持|各级|地方|发挥|由|经|向|与|和|及|听取|征求|通过|会同|接受|当地)$")


def _occurrences(folded: str) -> Iterator[tuple[int, int]]:
    for word in _MASS:
        at = folded.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = folded.find(word, at + 1)


def read_mass(folded: str, names: list[Name]) -> list[Name]:
    """工会 and 共青团 in a list of bodies (工会、共青团、妇联) or acting by themselves (工会应当…); no firm's own."""
    starts = {name.start for name in names}
    ends = {name.end for name in names}
    extra = []
    for start, end in sorted(_occurrences(folded), reverse=True):
        if start in starts or end in ends or folded.startswith("中国", max(0, start - 2)):
            continue
        listed = folded[end : end + 1] in "、和与及" and end + 1 in starts
        listed = listed or (
            start - 1 in ends and folded[start - 1] in "、和与及" and folded[end : end + 1] in "、和与及等）"
        )
        before = folded[max(0, start - 2) : start]
        free = not _OF_A_FIRM.search(before) or bool(_MAY_STAND_BEFORE.search(before))
        if listed or (free and _MASS_ALONE.match(folded, end)):
            body = Body("总工会", "mass") if folded[start] == "工" else Body("共青团", "front")
            extra.append(Name(start, end, body, "agencies.mass", 0.8))
            starts.add(start)
            ends.add(end)
    return extra


_LISTED = re.compile(r"、((?!.{0,9}供电)[一-鿿]{2,12}?(?:局|厅))(?=[、，,）。\n]|等|按|负责|牵头|配合|和|$)(?!等级)")


def read_listed(folded: str, names: list[Name], taken: bytearray) -> list[Name]:
    """A bureau of a field in no table behind another body of the same list: 省财政厅、政务信息管理局等部门."""
    found = []
    for name in names:
        match = _LISTED.match(folded, name.end)
        if match and taken.find(1, *match.span(1)) < 0 and not NOT_IN_BUREAU.search(match[1][:-1]):
            body = Body(match[1], "state")
            found.append(Name(match.start(1), match.end(1), body, "agencies.listed", 0.7))
    return found


_ITS_COMMITTEE = re.compile(r"(?:及其?|和|、|或者|及|与)(常务委员会|常委会)(?!会议|组成)")


def read_standing(folded: str, names: list[Name]) -> list[Name]:
    """常务委员会 behind the congress that it is of: 市人民代表大会及其常务委员会."""
    found = []
    for name in names:
        match = _ITS_COMMITTEE.match(folded, name.end) if name.body.name.endswith("人民代表大会") else None
        if match:
            body = name.body._replace(name=name.body.name + "常务委员会")
            found.append(name._replace(start=match.start(1), end=match.end(1), body=body, office=""))
    return found


def read_zones(folded: str, names: list[Name], tokens: Sequence[Token]) -> Iterator[Name]:
    """A development zone in a list whose 管委会 is written once behind the last: 横琴、前海管委会."""
    ends = {high: (low, entry) for low, high, entry in tokens if entry.kind == "place"}
    for name in names:
        if name.rule != "agencies.zone":
            continue
        start = name.start
        while start and folded[start - 1] in "、和与及" and start - 1 in ends:
            low, entry = ends[start - 1]
            if not any(place.level == "area" and len(place.path) > 1 for place in entry.places):
                break
            body = Body("管理委员会", "state")
            yield Name(low, start - 1, body, "agencies.zone", 0.8, (entry.places,), elliptical=True)
            start = low


def read_shared_heads(folded: str, names: list[Name], tokens: Sequence[Token]) -> Iterator[Name]:
    """The places of a list whose head noun is written once behind the last: 桥东区、桥西区政府, 上海、天津警备区."""
    ends = {high: (low, entry) for low, high, entry in tokens if entry.kind == "place"}
    for name in names:
        if len(name.places) != 1 or name.elliptical or name.rule not in ("agencies.government", "agencies.body"):
            continue
        levels = {place.level for place in name.places[0]}
        start = name.start
        while start and folded[start - 1] in "、和与及" and start - 1 in ends:
            low, entry = ends[start - 1]
            if low - 1 in ends or not levels & {place.level for place in entry.places}:
                break
            yield name._replace(
                start=low,
                end=start - 1,
                places=(entry.places,),
                rule="agencies.shared_head",
                office="",
                elliptical=True,
                short="",
            )
            start = low


_COMMITTEE = re.compile(
    r"(?:中国共产党|中共)[一-鿿]{2,24}?(?:第[一二三四五六七八九十]{1,3}届[ \t]*(?:\n[ \t\n]{0,4})?)委员会"
)


def read_committees(folded: str, tokens: Sequence[Token]) -> Iterator[Name]:
    """A Party committee of a numbered term: 中国共产党长沙市第十四届委员会, also where the line breaks in it."""
    for match in _COMMITTEE.finditer(folded):
        start = match.start() + (2 if match[0].startswith("中共") else 5)
        places: list[tuple[Division, ...]] = []
        for low, high, entry in tokens[bisect_left(tokens, (start,)) :]:
            if low != start or not entry.places:
                break
            places.append(entry.places)
            start = high
        if places and folded[start] == "第":
            yield Name(match.start(), match.end(), Body("", "party"), "agencies.committee", 0.95, tuple(places))
