"""REGION: named places and the words that stand for one (全省, 我区), outside agencies, titles and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.bodies.agency_canonical import level_path, settle
from extractors.bodies.divisions import Division, by_name, path_of, place_of
from extractors.bodies.gazetteer import tokens
from extractors.bodies.region_words import (
    area_behind,
    behind_yours,
    is_no_place,
    letters,
    standing_words,
    town_behind,
    town_lists,
)
from extractors.model import Document, Found, Jurisdiction, Mention

__all__ = ["Place", "find", "path_of", "read_place", "whole_name"]


Span = tuple[int, int, "Place", str, float]


class Place(NamedTuple):
    """A written place: the divisions it may mean, outermost first; what stands below the county; the level word; an
    area's own name where the places only begin it (成都都市圈)."""

    places: tuple[tuple[Division, ...], ...] = ()
    town: str = ""
    level: str = ""
    own: str = ""


# What stands between these marks is a title or the like, also where no title was read.
_QUOTED = re.compile(r"《[^《》\n]{1,80}》")


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """REGION mentions; ``parts`` in their attributes is what ``jurisdiction.resolve`` makes the canonical name of."""
    text = doc.folded
    spans = _read(text)
    covered = bytearray(len(text))
    for mention in found.of("AGENCY", "DOCUMENT_TITLE", "DOCUMENT_NUMBER", "PROPOSAL_NUMBER", "TIME"):
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for match in _QUOTED.finditer(text):
        covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
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
        word = known[index - 1][2].word
        town = town_behind(text, end, word)
        if index < len(known) and known[index][0] < end + len(town):
            town = ""
        end += len(town)
        if is_no_place(text, start, end, entry.word):
            continue
        own, end = area_behind(text, start, end)
        start = behind_yours(text, start)
        spans.append((start, end, Place(tuple(chain), town, own=own), "regions.named", 0.9))
    for start, end, level in standing_words(text):
        spans.append((start, end, Place((), "", level), "regions.standing", 0.95))
    for start, end, name in letters(text):
        spans.append((start, end, Place((by_name()[name],)), "regions.letter", 0.7))
    for start, end in town_lists(text):
        spans.append((start, end, Place((), text[start:end]), "regions.town_list", 0.75))
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
    if place.own:
        return place.own
    if place.level == "国":
        return "中国"
    if place.places:
        division = settle(place.places, jurisdiction, near)
        if division is None:
            return None
        if division.name == "首都":
            return "北京市"
        return division.canonical + place.town
    if place.town and not place.level:
        county = place_of(jurisdiction.path) if jurisdiction else None
        return county.canonical + place.town if county and county.level == "county" else None
    path = level_path(place.level, jurisdiction)
    return "".join(path) or None if path is not None else None
