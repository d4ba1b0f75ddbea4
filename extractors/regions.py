"""REGION: named places and the words that stand for one (全省, 我区), outside agencies, titles and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.agency_canonical import level_path, settle
from extractors.divisions import Division, by_name, path_of
from extractors.gazetteer import tokens
from extractors.model import Document, Found, Jurisdiction, Mention

__all__ = ["Place", "find", "path_of", "read_place", "whole_name"]


Span = tuple[int, int, "Place", str, float]


class Place(NamedTuple):
    """A written place: the divisions it may mean, outermost first; what stands below the county; the level word."""

    places: tuple[tuple[Division, ...], ...] = ()
    town: str = ""
    level: str = ""


# 全省, 我区, 本市, 你省: the level word says which territory.
_STANDING = re.compile(
    r"[全我本你贵](?:(自治[区州县旗]|[省市区县州旗盟])(?![级场政容民属域块间])"
    r"|(?<=全)国(?!人民|性|人大|政协|委员会|哲学)|(?<=我)国)"
)
# 健全省、市…, 安全区, 保全市场: 全 ends another word.
_NOT_BEFORE_WHOLE = "安健完保成"
# What may follow a place as its own lower part: towns, then villages.
_BELOW = re.compile(
    r"(?:[一-鿿]{1,6}?(?:街道(?!办)|镇|乡(?![镇村])|苏木))(?:[一-鿿]{1,6}?(?:社区|村(?![民委庄])))?|[一-鿿]{2,5}?村(?![民委庄])"
)
_NO_TOWN = re.compile(r"[的和与及在是由对等各全所有本农城为将向]|乡村|村镇|乡镇|新村|名村|小镇|古镇|旅游")
_YOURS = re.compile(r"[你我本][省市区县州]$")
# 中国 is a territory here, not a part of a name or a style (中国特色).
_COUNTRY = re.compile(r"(?:境内|境外|内地|大陆|领域|政府|公民|[，。、；）])")
_LETTERS = re.compile(r"[来在赴驻离返进]([京沪津渝])(?=[^剧都城族客津冀])")
_LETTER_OF = {"京": "北京市", "沪": "上海市", "津": "天津市", "渝": "重庆市"}
# The place is the beginning of an organisation's name: 某市某某有限公司.
_ORGANIZATION = re.compile(
    r"[^\W\d_的和与及在是将等对为各有由把被至到向]{1,14}?"
    r"(?:有限公司|医院|协会|学会|研究院|研究会|基金会|养老院|颐养院|敬老院|福利院|护理院|卫生院|老年公寓|养护院|疗养院|商会)"
)
_NOT_AFTER = re.compile(
    r"(?:[东西南北中]?(?:路|街(?!道))|大道|大街|大学|学院|医院|银行|公司|集团|日报|晚报|站|话|菜|人$|剧|鸭|时间|海关|海峡|大桥|机场)"
)


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """REGION mentions; ``parts`` in their attributes is what ``jurisdiction.resolve`` makes the canonical name of."""
    text = doc.folded
    spans = _read(text)
    covered = bytearray(len(text))
    for mention in found.of("AGENCY", "DOCUMENT_TITLE", "DOCUMENT_NUMBER", "PROPOSAL_NUMBER", "TIME"):
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for start, end, place, rule, confidence in _joined(spans + _again(text, spans, found)):
        if not any(covered[start:end]):
            yield Mention(start, end, "REGION", rule, confidence, {"canonical": None, "parts": place})


_TOWN = re.compile(r"([一-鿿]{1,6}?)(街道|镇|乡|苏木|社区|村)")


def _again(text: str, spans: list[Span], found: Found) -> list[Span]:
    """Towns and villages named once in a chain, where they stand again alone or without their last word (培石)."""
    towns: dict[str, Place] = {}
    named = [place for _, _, place, _, _ in spans]
    for mention in found.of("AGENCY"):
        parts = mention.attributes.get("parts")
        if parts is not None and parts.places and parts.town:
            named.append(Place(parts.places, parts.town))
    for place in named:
        upper = ""
        for match in _TOWN.finditer(place.town):
            upper += match[0]
            towns.setdefault(match[0], Place(place.places, upper))
            if len(match[1]) > 1:
                towns.setdefault(match[1], Place(place.places, upper))
    if not towns:
        return []
    covered = bytearray(len(text))
    for start, end, *_ in spans:
        covered[start:end] = b"\1" * (end - start)
    words = "|".join(sorted(map(re.escape, towns), key=len, reverse=True))
    return [
        (m.start(), m.end(), towns[m[0]], "regions.again", 0.75)
        for m in re.finditer(rf"(?:{words})(?![乡镇街集]|村(?!民))", text)
        if not any(covered[m.start() : m.end()])
    ]


def _joined(spans: list[Span]) -> list[Span]:
    """In order, without overlaps; a place and the known town or village right behind it are one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if joined and span[0] < joined[-1][1]:
            continue
        if joined and span[0] == joined[-1][1] and span[3] == "regions.again":
            start, _, _, rule, confidence = joined[-1]
            joined[-1] = (start, span[1], span[2], rule, confidence)
            continue
        joined.append(span)
    return joined


def _read(text: str) -> list[Span]:
    spans: list[Span] = []
    known = tokens(text)
    index = 0
    while index < len(known):
        start, end, entry = known[index]
        index += 1
        if entry.kind != "place":
            continue
        chain = [entry.places]
        while (
            index < len(known)
            and known[index][0] == end
            and known[index][2].kind == "place"
            and known[index][2].word != "中国"
        ):
            chain.append(known[index][2].places)
            end = known[index][1]
            index += 1
        match = _BELOW.match(text, end)
        town = ""
        if (
            match
            and not _NO_TOWN.search(match[0])
            and known[index - 1][2].word[-1] in "市区县旗州"
            and not (index < len(known) and known[index][0] < match.end())
        ):
            town, end = match[0], match.end()
        if (
            _NOT_AFTER.match(text, end)
            or _ORGANIZATION.match(text, end)
            or (entry.word == "中国" and not _COUNTRY.match(text, end))
        ):
            continue
        yours = _YOURS.search(text, max(0, start - 2), start)
        if yours:
            start = yours.start()
        spans.append((start, end, Place(tuple(chain), town), "regions.named", 0.9))
    for match in _STANDING.finditer(text):
        if match[0][0] == "全" and text[match.start() - 1 : match.start()] in tuple(_NOT_BEFORE_WHOLE):
            continue
        level = match[1] or "国"
        spans.append((match.start(), match.end(), Place((), "", level), "regions.standing", 0.95))
    for match in _LETTERS.finditer(text):
        chain = [by_name()[_LETTER_OF[match[1]]]]
        spans.append((match.start(1), match.end(), Place(tuple(chain)), "regions.letter", 0.7))
    spans.sort(key=lambda s: (s[0], -s[1]))
    return spans


def read_place(surface: str) -> Place | None:
    """The place that a surface names as a whole, or None."""
    for start, end, place, _, _ in _read(surface):
        if start == 0 and end == len(surface):
            return place
    candidates = by_name().get(surface)
    return Place((candidates,)) if candidates else None


def whole_name(place: Place, jurisdiction: Jurisdiction | None, near: tuple[str, ...] = ()) -> str | None:
    """The canonical name of a place in a document of this jurisdiction, None where it is not settled.

    Args:
        near: the path of the place named just before, which lists leave out (连云港市连云区、海州区).
    """
    if place.level == "国":
        return "中国"
    if place.places:
        division = settle(place.places, jurisdiction, near)
        if division is None:
            return None
        if division.name == "首都":
            return "北京市"
        return division.canonical + place.town
    path = level_path(place.level, jurisdiction)
    return "".join(path) or None if path is not None else None
