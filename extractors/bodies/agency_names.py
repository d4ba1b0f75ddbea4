"""An agency's name and the region written to its left: 重庆市渝北区 or the level word 区 of 区民政局.

``重庆市渝北区民政局办公室`` is region 重庆市渝北区, body 民政局, office 办公室; ``区政协提案委`` is level word 区,
body 政协, office 提案委. ``agency_readers`` reads such names; what full name they make is told by ``agency_canonical``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.bodies.divisions import Division
from extractors.bodies.gazetteer import Body, Token

__all__ = ["ZONES", "Left", "Name", "Places", "is_generic", "look_left", "own_level", "with_prefix"]

Places = tuple[tuple[Division, ...], ...]


class Name(NamedTuple):
    """An agency's name at ``[start, end)``.

    ``places`` are the divisions written in it, outermost first, each with all it may mean; ``town`` what is written
    below the county; ``level`` the level word that stands for a region (省 市 区 县 …); ``office`` the inner office;
    ``short`` the last place as written where that is not its full name (武汉 of 武汉海关).
    """

    start: int
    end: int
    body: Body
    rule: str
    confidence: float = 0.95
    places: Places = ()
    town: str = ""
    level: str = ""
    office: str = ""
    elliptical: bool = False
    short: str = ""

    @property
    def bare(self) -> bool:
        """True where the name is written without any region."""
        return not (self.places or self.level or self.town) and self.body.system != "fixed"


class Left(NamedTuple):
    """What stands to the left of a body's own name, and where it begins."""

    start: int
    places: Places = ()
    town: str = ""
    level: str = ""


# A zone that has bureaux of its own stands for a region in its papers: 高新区民政局, 示范区财政金融局.
ZONES = (
    "新区",
    *(f"{kind}区" for kind in ("高新", "经开", "开发", "示范", "保税", "度假", "试验", "实验", "合作", "自贸")),
)
_LEVEL = re.compile(rf"(?:自治[区州县旗]|{'|'.join(ZONES)}|[省市区县州旗盟])$")
_TOWN = re.compile(r"(?:[一-鿿]{1,6}?(?:街道|[镇乡苏木]))(?:[一-鿿]{1,6}?(?:社区|村))?$|[一-鿿]{1,6}(?:社区|村)$")
# The character before 市, 区 … that makes it no level word: 城市 地区 社区 园区 直辖市 ….
_NO_LEVEL = {
    "市": "城都超股楼门上夜集开闭入出街菜辖列的",
    "区": "地社辖园校郊小山灾矿库片景林特新学厂场城牧老湾港战防禁税军疫农院湖街居功大片治市县直盟",
    "盟": "联同加结",
    "省": "节",
    "州": "治",
    "县": "市治",
    "旗": "红国治",
}
_WHOLE = "全我本该你贵"
# Before a government's or congress's level word: an enumeration or a quantifier, so no single body is named.
_GENERIC = re.compile(
    r"(?:(?:[省市县州旗盟乡镇]|(?<!军)区|[市区县旗]）)[、和或及与](?:者|其)?|[各级地上下每方属设的两三]|以上|其他|有关|相关)$"
)
# 新疆生产建设兵团 is a body and, before another body's name, the territory that it runs.
_HOLDS = ("place", "national")
_PREFIX = re.compile(r"(?:中共|中国共产党|中华人民共和国)$|(?:中国共产党)?第[一二三四五六七八九十]{1,3}届$")


def look_left(text: str, tokens: Sequence[Token], index: int, start: int) -> Left:
    """The region written to the left of ``start``, where the token ``index`` (or its session number) begins."""
    towns = ""
    before = index - 1
    if before >= 0 and tokens[before][1] < start and text[start - 1] in "镇乡道村区木":
        gap = text[max(tokens[before][1], start - 20) : start]
        if gap in ("镇", "乡", "街道") and before and tokens[before - 1][1] == tokens[before][0]:
            # 左权县辽阳镇：镇的名字也是别处的地名。
            before, gap = before - 1, tokens[before][2].word + gap
        match = (
            _TOWN.match(gap) if tokens[before][2].kind == "place" and tokens[before][1] == start - len(gap) else None
        )
        if match and match.end() == len(gap):
            towns, start = gap, start - len(gap)
    places: list[tuple[Division, ...]] = []
    while before >= 0 and tokens[before][1] == start and tokens[before][2].kind in _HOLDS and tokens[before][2].places:
        places.insert(0, tokens[before][2].places)
        start = tokens[before][0]
        before -= 1
    if places:
        return Left(start, tuple(places), towns)
    match = _LEVEL.search(text, max(0, start - 3), start)
    if match:
        level, at = match[0], match.start()
        previous = text[at - 1 : at] if at else ""
        if previous and previous in _WHOLE:
            return Left(start, (), "", level)
        if level == "市" and previous in ("县", "区"):
            return Left(at, (), "", "县市")
        if not (previous and (previous in _NO_LEVEL.get(level, "") or _inside_a_name(previous, level))):
            return Left(at, (), "", level)
    return Left(start)


def _inside_a_name(previous: str, level: str) -> bool:
    """True where 州, 旗, 盟 are the last character of a name (赣|州监管分局) and not a level word."""
    return (
        level in "州旗盟" and "一" <= previous <= "鿿" and previous not in "由经报送向和与及对在为各请省以同合商是至到"
    )


def own_level(text: str, start: int, level: str) -> Left:
    """The left part where the word itself begins with its level word (省委, 市政府)."""
    previous = text[start - 1 : start]
    if text.endswith("自治", 0, start):
        return Left(start - 2, (), "", "自治" + level)
    if previous and previous in _NO_LEVEL.get(level, ""):
        return Left(start)
    if level == "市" and previous in ("县", "区"):
        # 各县市政府: any of both kinds.
        return Left(start, (), "", "县市")
    return Left(start, (), "", level)


def is_generic(text: str, start: int) -> bool:
    """True where the words before a level word make it any such body (各市政府, 市、县政府)."""
    return bool(_GENERIC.search(text, max(0, start - 3), start))


def with_prefix(text: str, start: int) -> int:
    """The start moved over 中共 or 中华人民共和国 in front."""
    match = _PREFIX.search(text, max(0, start - 11), start)
    return match.start() if match else start
