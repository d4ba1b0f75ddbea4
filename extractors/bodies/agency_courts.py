"""Courts by their kind, and the Party's centre and town committees: bodies whose word alone is no name.

``上海金融法院``, ``成渝金融法院`` are one court each, as written; ``中级人民法院``, ``海事法院`` without a place
are any of them; ``第一中级人民法院`` is of its place. 中央 is the Party's where its policy is carried out.

Authority: 人民法院组织法 (2018) 第十二条至第二十五条.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.bodies.agency_names import Name, look_left
from extractors.bodies.gazetteer import Body, Token

__all__ = ["read_courts", "read_party_bodies"]

_COURT = re.compile(
    r"(?P<number>第[一二三四五])?(?P<kind>中级|高级|基层)(?:人民)?法院"
    r"|(?P<special>海事|金融|知识产权|互联网|军事|铁路运输(?:中级|基层)?)(?:人民)?(?:法院|检察院)"
)
# 成渝金融法院、海南自由贸易港知识产权法院：地方不是一个政区，名称仍是完整的。
_AREA = re.compile(r"(?:成渝|[一-鿿]{2}自由贸易港)$")
_CENTRE = re.compile(
    r"中央(?<=(?:落实|按照|根据|执行|贯彻|遵照)中央)"
    r"(?=关于|《|(?:确定|明确|提出)的|的?(?:决策|部署|统一部署|决定|要求|精神|方针))"
)
_TOWN_PARTY = re.compile(r"党(?:(?<=[一-鿿]{2}[镇乡]党)委(?!书记处)|(?<=[一-鿿]{2}街道党)工委)")
_ANY = Body("", "state")


def read_courts(text: str, tokens: Sequence[Token], taken: bytearray) -> Iterator[Name]:
    """Courts outside of what is taken."""
    if "法院" not in text and "检察院" not in text:
        return
    for match in _COURT.finditer(text):
        start, end = match.span()
        if taken.find(1, start, end) >= 0:
            continue
        left = look_left(text, tokens, bisect_left(tokens, (start,)), start)
        if match["special"]:
            area = None if left.places else _AREA.search(text, max(0, start - 7), start)
            begin = area.start() if area else left.start if left.places else start
            body = Body(text[begin:end], "fixed") if begin < start else _ANY
            yield Name(begin, end, body, "agencies.court", 0.85, elliptical=body is _ANY)
        elif match["number"] and left.places:
            body = Body(f"{match['number']}{match['kind']}人民法院", "court")
            yield Name(left.start, end, body, "agencies.court", 0.9, left.places, left.town)
        else:
            yield Name(left.start, end, _ANY, "agencies.court", 0.75, elliptical=True)


def read_party_bodies(text: str, tokens: Sequence[Token], taken: bytearray) -> Iterator[Name]:
    """中央 whose policy is carried out; the Party committee of a town named with its county: 左权县辽阳镇党委."""
    for match in _CENTRE.finditer(text):
        if taken.find(1, *match.span()) < 0:
            yield Name(*match.span(), Body("中共中央", "fixed"), "agencies.centre", 0.75)
    for match in _TOWN_PARTY.finditer(text):
        left = look_left(text, tokens, bisect_left(tokens, (match.start(),)), match.start())
        if left.town and left.places and taken.find(1, left.start, match.end()) < 0:
            body = Body("委员会" if match[0] == "党委" else "工作委员会", "townparty")
            yield Name(left.start, match.end(), body, "agencies.town_party", 0.85, left.places, left.town)
