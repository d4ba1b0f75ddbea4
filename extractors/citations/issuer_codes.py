"""Who issues under a document number: the grammar of 机关代字.

A local code is region letters (渝, 渝北), a body's stem (政, 府, 委, 民, 卫健), and kind words (发, 办, 函, 字, 规); a
national body has a code of its own (国办发, 民发, 国卫). The table ``issuer_codes`` holds the facts. Where a code could
stand for two places (宁: 宁夏, 南京) the document's jurisdiction decides, else nothing is inferred.

Authority: GB/T 9704-2012 7.2.5; 党政机关公文处理工作条例 (2012) 第九条.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.model import Jurisdiction
from ontology import table

__all__ = ["Inference", "infer_issuer"]

_CODE = re.compile(r"^[\u4e00-\u9fff]+")
_KIND_WORDS = re.compile(r"[\u4e00-\u9fff]{0,6}")
# 一个字的部委代字（农、林、水、商）也是地名简称，后面跟地方机关的字时不作推断。
_LOCAL_STEMS = re.compile(r"[政府委民发办党]")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
# 省会和副省级城市的政府办公机构，有的叫办公厅，有的叫办公室，代字看不出来。
_CAPITALS = re.compile(
    "(?:石家庄|太原|呼和浩特|沈阳|长春|哈尔滨|南京|杭州|合肥|福州|南昌|济南|郑州|武汉|长沙|广州|南宁|海口|成都|贵阳|昆明"
    "|拉萨|西安|兰州|西宁|银川|乌鲁木齐|大连|青岛|宁波|厦门|深圳)市"
)


class Inference(NamedTuple):
    """The issuer's canonical name (None: refused), the level it stands on, and the rule that found it."""

    issuer: str | None
    level: str | None
    rule: str


class _Place(NamedTuple):
    chain: str
    name: str
    level: str


class _Row(NamedTuple):
    issuer: str
    level: str
    since: int
    until: int


@cache
def _rows(kind: str) -> dict[str, tuple[_Row, ...]]:
    """Code → rows of one kind, in order of years."""
    found: dict[str, list[_Row]] = {}
    for row in table("issuer_codes"):
        if row["kind"] == kind:
            years = int(row["since"] or 0), int(row["until"] or 9999)
            found.setdefault(row["code"], []).append(_Row(row["issuer"], row["level"], *years))
    return {code: tuple(rows) for code, rows in found.items()}


def _in_year(rows: tuple[_Row, ...], year: int | None) -> _Row | None:
    """The row that held in a year; without a year the only row."""
    if year is None:
        return rows[0] if len(rows) == 1 else None
    return next((row for row in rows if row.since <= year <= row.until), None)


@cache
def _places() -> dict[str, tuple[_Place, ...]]:
    """Letters and short names → the places they stand for."""
    by_code = {row["code"]: row for row in table("regions") if not row["until"]}

    def chain(row: dict[str, str]) -> str:
        parent = by_code.get(row["parent"])
        return (chain(parent) if parent else "") + row["name"]

    found: dict[str, set[_Place]] = {}
    for row in by_code.values():
        place = _Place(chain(row), row["name"], row["level"])
        for short in filter(None, f"{row['shorts']}|{row['letters']}".split("|")):
            if len(short) > 1 or row["level"] == "province":
                found.setdefault(short, set()).add(place)
    for code, pairs in _rows("region").items():
        for issuer, level, _, _ in pairs:
            name = re.sub(r"^.*?(?:省|自治区)(?=.)", "", issuer)
            found.setdefault(code, set()).add(_Place(issuer, name, "prefecture" if level == "city" else level))
    return {code: tuple(sorted(places)) for code, places in found.items()}


def _head(place: _Place, kind: str) -> str | None:
    """The head noun of a body at a place's level; None where practice differs from place to place."""
    municipal = place.name in _MUNICIPALITIES
    if kind == "{教}":
        return "委员会" if municipal else "厅" if place.level == "province" else "局"
    if kind == "{资}":
        return ("局" if municipal else "厅") if place.level == "province" else None
    if kind == "{厅}":
        if place.level == "province":
            return "厅"
        return None if _CAPITALS.fullmatch(place.name) else "室"
    if kind == "{委}":
        if place.level == "county" and not place.chain.startswith(_MUNICIPALITIES):
            return None
        return "委员会"
    return "厅" if place.level == "province" and not municipal else "局"


def _name(place: _Place, template: str) -> str | None:
    """A body's canonical name: 民政{厅局} at 四川省 is 四川省民政厅."""
    body = template.replace("{}", place.chain) if "{}" in template else place.chain + template
    slot = re.search(r"\{[^}]+\}", body)
    if slot:
        head = _head(place, slot[0])
        if head is None:
            return None
        body = body.replace(slot[0], head)
    return body


def _chosen(letters: str, places: tuple[_Place, ...], jurisdiction: Jurisdiction | None) -> _Place | None:
    """The place meant: the only one, or the one that the jurisdiction lies in or is."""
    if jurisdiction is not None:
        inside = [p for p in places if jurisdiction.name.startswith(p.chain)]
        if inside:
            return max(inside, key=lambda p: len(p.chain))
    if len(places) != 1 or (len(letters) == 1 and not _is_symbol(letters, places[0])):
        return None
    return places[0]


def _is_symbol(letter: str, place: _Place) -> bool:
    """True for a letter that stands for one place only (穗, 榕), not a first character that many places share."""
    return place.level == "province" or letter in "深杭锡通" or letter not in place.name


def _stem(rest: str) -> tuple[str, str] | None:
    """The longest body stem that a code's rest begins with, and its template."""
    bodies = _rows("body")
    for size in range(min(6, len(rest)), 0, -1):
        stem = rest[:size]
        if stem in bodies and (stem != "发" or rest == "发"):
            return stem, bodies[stem][0].issuer
    return None


def _local(code: str, jurisdiction: Jurisdiction | None) -> Inference | None:
    places = _places()
    for size in range(min(5, len(code) - 1), 0, -1):
        candidates = places.get(code[:size])
        stem = _stem(code[size:])
        if candidates and stem:
            place = _chosen(code[:size], candidates, jurisdiction)
            if place:
                return Inference(_name(place, stem[1]), place.level, "issuer_codes.local")
            return Inference(None, None, "issuer_codes.ambiguous_place")
    return None


def _own_letters(code: str, jurisdiction: Jurisdiction | None) -> Inference | None:
    """Letters that the table does not know, picked from the jurisdiction's own name: 阜蒙 of 阜新蒙古族自治县."""
    if jurisdiction is None or not jurisdiction.path:
        return None
    level = ("province", "prefecture", "county")[min(len(jurisdiction.path), 3) - 1]
    if len(jurisdiction.path) == 2 and jurisdiction.path[0] in _MUNICIPALITIES:
        level = "county"
    place = _Place(jurisdiction.name, jurisdiction.path[-1], level)
    for size in range(min(4, len(code) - 1), 0, -1):
        letters = ".*".join(map(re.escape, code[:size]))
        stem = _stem(code[size:])
        if stem and re.match(letters, place.name):
            return Inference(_name(place, stem[1]), level, "issuer_codes.own_letters")
    return None


def infer_issuer(number: str, jurisdiction: Jurisdiction | None = None) -> Inference:
    """The body that issues under a document number.

    Args:
        number: a number in normal form (``doc_numbers.normal_form``) or only its code.
        jurisdiction: the territory of the document whose number it is, to decide between places.

    >>> infer_issuer("国办发〔2019〕5号").issuer
    '国务院办公厅'
    >>> infer_issuer("渝北民〔2024〕61号").issuer
    '重庆市渝北区民政局'
    >>> infer_issuer("宁政发〔2020〕1号").issuer is None
    True
    """
    match = _CODE.match(number)
    code = match[0] if match else ""
    year = re.search(r"(?<=〔)\d{4}", number)
    exact = _rows("exact")
    for size in range(len(code), 1, -1):
        if code[:size] in exact and (size == len(code) or code[size:] in ("发", "函", "字", "规")):
            issuer, level, _, _ = exact[code[:size]][0]
            return Inference(issuer, "prefecture" if level == "city" else level, "issuer_codes.exact")
    local = _local(code, jurisdiction) if len(code) > 1 else None
    prefixes = _rows("prefix")
    for size in range(len(code), 0, -1):
        if code[:size] not in prefixes or not _KIND_WORDS.fullmatch(code[size:]):
            continue
        if size == 1 and (local or (len(code) > 1 and _LOCAL_STEMS.match(code[1:]))):
            break
        row = _in_year(prefixes[code[:size]], int(year[0]) if year else None)
        return Inference(row.issuer if row else None, "nation", "issuer_codes.national")
    if local and local.issuer:
        return local
    own = _own_letters(code, jurisdiction)
    return own or local or Inference(None, None, "issuer_codes.unknown")
