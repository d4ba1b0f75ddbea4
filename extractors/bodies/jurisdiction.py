"""Names of bodies and places resolved by the jurisdiction of the document's issuer."""

from __future__ import annotations

import re
from typing import Any

from extractors.bodies.agencies import read_one
from extractors.bodies.agency_abbreviations import full_bodies, written_out
from extractors.bodies.agency_canonical import Answer, Path, full_name, level_path, settle
from extractors.bodies.agency_eras import in_its_time, year_of
from extractors.bodies.agency_names import Name
from extractors.bodies.divisions import place_of
from extractors.bodies.regions import Place, read_place, whole_name
from extractors.bodies.territory import infer
from extractors.model import Document, Found, Jurisdiction, Mention

__all__ = ["canonical_agency", "canonical_region", "infer", "resolve"]


def canonical_agency(surface: str, jurisdiction: Jurisdiction | None) -> str | None:
    """The full official name of an agency as written, in a document of this jurisdiction; None where it is not settled.

    >>> canonical_agency("区医保局", Jurisdiction(("重庆市", "渝北区"), "500112", "", 1.0))
    '重庆市渝北区医疗保障局'
    """
    name = read_one(surface)
    return full_name(name, jurisdiction).canonical if name else None


def canonical_region(surface: str, jurisdiction: Jurisdiction | None) -> str | None:
    """The canonical name of a place as written, in a document of this jurisdiction; None where it is not settled.

    >>> canonical_region("我区", Jurisdiction(("重庆市", "渝北区"), "500112", "", 1.0))
    '重庆市渝北区'
    """
    place = read_place(surface)
    return whole_name(place, jurisdiction) if place else None


def resolve(doc: Document, found: Found, jurisdiction: Jurisdiction | None) -> list[Mention]:
    """All mentions; AGENCY and REGION with their ``canonical`` names, None where the text cannot settle it."""
    known: dict[tuple[Path, str], str] = {}
    for mention in found.of("AGENCY"):
        name = mention.attributes.get("parts")
        if name is None or name.elliptical or not (name.body.stem or name.rule == "agencies.zone"):
            continue
        path = _path(name, jurisdiction)
        if path:
            known.setdefault((path, name.body.stem or "管理委员会"), name.body.name)
    addressed = _addressed(doc, found, jurisdiction)
    acting = _speaks(doc, found)
    law = len(_ARTICLES.findall(doc.folded, 0, 20_000)) >= 3
    year = year_of(doc)
    bodies = full_bodies(m.attributes["parts"] for m in found.of("AGENCY") if "parts" in m.attributes)
    names = bytearray(len(doc.text))
    for mention in found.of("ORGANIZATION", "PROGRAM"):
        names[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    resolved = []
    near: tuple[int, Path] = (0, ())
    any_until = -1
    for mention in sorted(found, key=lambda m: m.start):
        if mention.type == "REGION" and names[mention.start] and names[mention.end - 1]:
            continue
        parts = mention.attributes.get("parts")
        if isinstance(parts, Name):
            parts = written_out(parts, bodies)
            there = _there(parts.level, jurisdiction, addressed)
            kept = _agency(doc, mention, parts, there, known, acting, law)
            if kept is not None:
                if (
                    parts.bare
                    and doc.folded.startswith(("、", "和", "，"), any_until)
                    and any_until + 1 == mention.start
                ):
                    # 各县民政局、财政局: the second is any of them as the first.
                    kept = kept.with_attributes(canonical=None, unresolved="泛指")
                if kept.attributes.get("unresolved") == "泛指" and not parts.elliptical:
                    any_until = mention.end
                resolved.append(in_its_time(doc, kept, parts, year))
        elif isinstance(parts, Place):
            attributes: dict[str, Any] = {k: v for k, v in mention.attributes.items() if k != "parts"}
            context = near[1] if mention.start - near[0] < 30 else ()
            attributes["canonical"] = whole_name(parts, _there(parts.level, jurisdiction, addressed), context)
            division = settle(parts.places, jurisdiction, context) if parts.places else None
            if division and division.level in ("province", "prefecture", "county"):
                near = (mention.end, division.path)
            resolved.append(mention._replace(attributes=attributes))
        else:
            resolved.append(mention)
    return resolved


def _addressed(doc: Document, found: Found, jurisdiction: Jurisdiction | None) -> Jurisdiction | None:
    """The one territory whose bodies a national paper is addressed to; its 省人民政府 and 你省 are of there."""
    if jurisdiction is None or jurisdiction.path:
        return None
    spans = doc.layout.elements.get("addressee", ())
    paths = {
        division.path
        for mention in found.of("AGENCY", "REGION")
        for span in spans
        if span.start <= mention.start < span.end
        and "parts" in mention.attributes
        and mention.attributes["parts"].places
        for division in [settle(mention.attributes["parts"].places, None)]
        if division and division.level in ("province", "prefecture", "county")
    }
    # 云南省人民政府，成都军区: the one whose government is written to, of several places.
    provinces = {path for path in paths if any(path[: len(other)] == other for other in paths if len(other) == 1)}
    chosen = paths if len(paths) == 1 else provinces
    if len({path[:1] for path in chosen}) != 1:
        return None
    division = place_of(max(chosen, key=len))
    return Jurisdiction(division.path, division.code, "jurisdiction.addressee", 0.8) if division else None


def _there(level: str, jurisdiction: Jurisdiction | None, addressed: Jurisdiction | None) -> Jurisdiction | None:
    """Whose territory a level word speaks of: the addressee's in a national paper, else the issuer's."""
    return addressed if addressed is not None and level and level != "国" else jurisdiction


# 第三条 at a line's beginning: a law or regulation, whose 残疾人联合会 is any of them.
_ARTICLES = re.compile(r"^[ \t]*第[一二三四五六七八九十百]+条", re.M)


def _path(name: Name, jurisdiction: Jurisdiction | None) -> Path | None:
    if name.places:
        division = settle(name.places, jurisdiction)
        return division.path if division else None
    if name.level:
        return level_path(name.level, jurisdiction)
    return jurisdiction.path if jurisdiction else None


_REPLY = re.compile(r"(?:提案|建议)[\s\S]{0,30}(?:复函|答复|的函|回复)")


def _speaks(doc: Document, found: Found) -> bool:
    """True for papers in which 民政、卫健 are the issuer's own fellows: replies, and what one department signs.

    A government, a congress or a Party committee speaks to all below it, so that in its papers they are any.
    """
    span = doc.layout.first("title")
    if _REPLY.search(doc.folded, span.start if span else 0, span.end if span else 120):
        return True
    signed = [
        mention.attributes["parts"].body
        for place in doc.layout.elements.get("signature", ())
        for mention in found.of("AGENCY")
        if place.start <= mention.start < place.end and "parts" in mention.attributes
    ]
    return bool(signed) and all(b.system in ("state", "mass") and b.name != "人民政府" for b in signed)


_ANY_BEFORE = re.compile(r"(?:各级|各地|各县|各市|各区|[市区县旗]）|基层|当地|所在地|上级|下级|同级)$")
_OF_ANY = re.compile(
    r"有关|相关|上级|以上|各级|各地|各县|各市|各区|各乡|各盟|基层|地方|所在地|当地|属地|同级|本级|县级|市级"
)


def _is_county(jurisdiction: Jurisdiction | None) -> bool:
    """True for a county's territory: below it no bureau has its like, so that 住建部门 in its papers is its own."""
    division = place_of(jurisdiction.path) if jurisdiction else None
    return division is not None and division.level == "county"


_EVERY_PROVINCE = re.compile(r"各省|直辖市|各市|各地|计划单列市")


def _line_before(doc: Document, mention: Mention) -> tuple[int, int]:
    """The stretch of the same line before a mention, as far as an addressee list reaches."""
    low = max(
        doc.folded.rfind("\n", 0, mention.start), doc.folded.rfind("。", 0, mention.start), mention.start - 120, 0
    )
    return low, mention.start


def _agency(
    doc: Document,
    mention: Mention,
    name: Name,
    jurisdiction: Jurisdiction | None,
    known: dict[tuple[Path, str], str],
    acting: bool,
    law: bool,
) -> Mention | None:
    # 部门自己的文件里，民政部门是各级的；县政府的文件里是本县的。
    county = not (acting or law) and name.rule != "agencies.by_function" and _is_county(jurisdiction)
    if (acting or county) and name.elliptical:
        clause = max(doc.folded.rfind(mark, 0, mention.start) for mark in "，。；\n")
        acting = county or name.rule != "agencies.function"
        acting = acting and not _OF_ANY.search(doc.folded, clause + 1, mention.start)
    if name.rule == "agencies.zone_itself":
        itself = known.get((jurisdiction.path, "管理委员会")) if jurisdiction else None
        if itself is None:
            return None
        name = name._replace(body=name.body._replace(name=itself))
    answer = full_name(name, jurisdiction, known=known, acting=acting)
    if name.bare and _ANY_BEFORE.search(doc.folded, max(0, mention.start - 4), mention.start):
        answer = Answer(None, "泛指")
    if (
        jurisdiction
        and not jurisdiction.path
        and name.bare
        and _EVERY_PROVINCE.search(doc.folded, *_line_before(doc, mention))
    ):
        answer = Answer(None, "各省的机构")
    if law and jurisdiction and jurisdiction.path and name.bare and name.rule != "agencies.defined":
        answer = Answer(None, "法规中的泛指")
    if answer.canonical is None and name.body.name == "人民政府" and name.level and not name.office and jurisdiction:
        # 区人民政府 in a city's paper is any of them, which is no named body.
        return None
    attributes: dict[str, Any] = {k: v for k, v in mention.attributes.items() if k != "parts"}
    attributes["canonical"] = answer.canonical
    if answer.canonical is None:
        attributes["unresolved"] = answer.unresolved
    return mention._replace(attributes=attributes)
