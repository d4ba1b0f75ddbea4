"""Names of bodies and places resolved by the jurisdiction of the document's issuer."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from extractors.agencies import read_one
from extractors.agency_canonical import Path, full_name, level_path, settle
from extractors.agency_names import Name
from extractors.divisions import Division, by_name, place_of
from extractors.gazetteer import tokens
from extractors.model import Document, Found, Jurisdiction, Mention
from extractors.regions import Place, read_place, whole_name

__all__ = ["canonical_agency", "canonical_region", "infer", "resolve"]

NATION = Jurisdiction((), "000000", "jurisdiction.nation", 0.9)
_REPLY = re.compile(r"复函|答复|的函|报告|总结|工作情况|回复|收悉")


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


def _of_name(name: Name) -> Path | None:
    """The territory of a body named with its own region, () for national bodies."""
    if name.body.system == "fixed":
        return ()
    if name.body.system == "branch":
        division = settle(name.places, None)
        return division.path if division else None
    if name.places:
        division = settle(name.places, None)
        if division is not None:
            return division.path
    return None


def _judged(path: Path, rule: str, confidence: float) -> Jurisdiction | None:
    if not path:
        return NATION._replace(rule=rule, confidence=confidence)
    division = place_of(path)
    return Jurisdiction(path, division.code, rule, confidence) if division else None


def _agencies(mentions: list[Mention], start: int, end: int) -> list[Name]:
    return [m.attributes["parts"] for m in mentions if start <= m.start < end and "parts" in m.attributes]


def infer(doc: Document, found: Found) -> Jurisdiction | None:
    """The territory of the document's issuer, or None where the text does not tell it.

    The evidence in order: the bodies that sign; the body or place at the head of the title; the issuing code of the own
    number; the body that prints, a page's banner and the first lines; the places that the text names most. What is too
    high for the level words that the text uses (我市 in a paper judged a province's) is brought down.
    """
    judged = _by_issuer(doc, found)
    return _by_own_words(doc, found, judged) if judged is None or judged.path else judged


def _by_issuer(doc: Document, found: Found) -> Jurisdiction | None:
    agencies = found.of("AGENCY")
    selves = [(m.start, m.end) for m in found.of("DOCUMENT_TITLE") if m.attributes.get("self")]
    layout = doc.layout.elements
    for element, confidence in (("signature", 0.98), ("title", 0.95), ("printed_by", 0.9), ("chrome", 0.85)):
        spans = [(s.start, s.end) for s in layout.get(element, ())]
        for start, end in spans + (selves if element == "title" else []):
            judged = _in_span(doc, agencies, start, end, element, confidence)
            if judged:
                return judged
    return _by_code(doc) or _by_head(doc, agencies) or _by_majority(found)


_QUOTED = re.compile(r"《[^》]*$")


def _in_span(
    doc: Document, agencies: list[Mention], start: int, end: int, element: str, confidence: float
) -> Jurisdiction | None:
    """The territory of the first body in an element; in a title also of the place that it begins with."""
    rule = f"jurisdiction.{element}"
    if element == "title":
        judged = _by_place(doc, start, end, rule)
        if judged:
            return judged
    for mention in agencies:
        if start <= mention.start < end and not _QUOTED.search(doc.folded, start, mention.start):
            path = _of_name(mention.attributes["parts"])
            if path is not None:
                return _judged(path, rule, confidence)
            if element == "title":
                break
    return None


def _by_place(doc: Document, start: int, end: int, rule: str) -> Jurisdiction | None:
    """The place that a title begins with: 绍兴市居家养老服务条例, 【江西省宜春市】….

    A national body in front decides before the place (国务院关于上海市…的批复 is the nation's).
    """
    chain: list[tuple[Division, ...]] = []
    edge = start
    if doc.folded.startswith("中华人民共和国", start):
        return NATION._replace(rule=rule)
    for low, high, entry in tokens(doc.folded):
        if low >= end or (low >= start and low > edge + 2):
            break
        if low >= start:
            if not entry.places or (chain and low != edge):
                break
            chain.append(entry.places)
            edge = high
    division = settle(tuple(chain), None) if chain else None
    if division and division.level in ("province", "prefecture", "county"):
        return _judged(division.path, rule, 0.9)
    return None


_OWN_WORDS = re.compile(r"[我本全](省|市|区|县|自治区|自治州|州|旗|自治县|盟)(?![级场容域])")


def _by_own_words(doc: Document, found: Found, judged: Jurisdiction | None) -> Jurisdiction | None:
    """A judgement brought down to the level of 我市, 本县, where the text names one such place most."""
    words = Counter(match[1] for match in _OWN_WORDS.finditer(doc.folded))
    if not words:
        return judged
    word = words.most_common(1)[0][0]
    if judged and level_path(word, judged) is not None:
        return judged
    votes: Counter[Path] = Counter()
    inside = judged.path if judged else ()
    for mention in found.of("AGENCY", "REGION"):
        places = mention.attributes["parts"].places if "parts" in mention.attributes else ()
        division = settle(places, judged) if places else None
        if division and not division.former and division.path[: len(inside)] == inside:
            trial = Jurisdiction(division.path, division.code, "", 0.0)
            path = level_path(word, trial)
            if path:
                votes[path] += 1
    if not votes:
        return judged
    ranked = votes.most_common(2)
    if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
        return judged
    return _judged(ranked[0][0], "jurisdiction.words", 0.6)


# A national body in the first lines makes the paper when it acts there; named as an authority it does not.
_ACTS = re.compile(r"(?:[第令〔（一-鿿\d]{0,12})?(?:次会议|次常务会议|令|发布|公布|批准|通过|通知|公告)")
_NUMBER = re.compile(r"([一-鿿]{2,12})〔(?:19|20)\d\d〕")


def _by_code(doc: Document) -> Jurisdiction | None:
    """The own number's issuing code, where it begins with a place's short name: 渝北民〔2024〕61号."""
    spans = doc.layout.elements.get("number", ())
    if not spans:
        return None
    match = _NUMBER.match(doc.folded, spans[0].start)
    if match is None:
        return None
    code = match[1]
    for length in (3, 2):
        for division in by_name().get(code[:length], ()):
            if not division.former and len(code) > length and division.level in ("prefecture", "county"):
                same = [d for d in by_name()[code[:length]] if not d.former and d.level == division.level]
                if len(same) == 1:
                    return Jurisdiction(division.path, division.code, "jurisdiction.number", 0.8)
    return None


def _by_head(doc: Document, agencies: list[Mention]) -> Jurisdiction | None:
    """A body with its region in the first lines: a banner, a source, the congress that passed the text."""
    for mention in agencies:
        if mention.start > 400:
            break
        if mention.attributes.get("nested"):
            continue
        path = _of_name(mention.attributes["parts"])
        if path or (path == () and _ACTS.match(doc.folded, mention.end)):
            return _judged(path, "jurisdiction.head", 0.75)
    return None


def _by_majority(found: Found) -> Jurisdiction | None:
    votes: Counter[Path] = Counter()
    for mention in found.of("AGENCY", "REGION"):
        parts = mention.attributes.get("parts")
        places = parts.places if parts is not None else ()
        division = settle(places, None) if places else None
        if division and division.level in ("province", "prefecture", "county"):
            votes[division.path] += 1
    if not votes:
        nation = sum(1 for m in found.of("AGENCY") if m.attributes["parts"].body.system == "fixed")
        return NATION._replace(confidence=0.5, rule="jurisdiction.majority") if nation >= 3 else None
    best = votes.most_common(1)[0][0]
    if votes[best] * 2 <= sum(n for path, n in votes.items() if path[:1] != best[:1]):
        return None
    return _judged(best, "jurisdiction.majority", 0.5)


def resolve(doc: Document, found: Found, jurisdiction: Jurisdiction | None) -> list[Mention]:
    """All mentions; AGENCY and REGION with their ``canonical`` names, None where the text cannot settle it."""
    known: dict[tuple[Path, str], str] = {}
    for mention in found.of("AGENCY"):
        name = mention.attributes.get("parts")
        if name is None or name.elliptical or not name.body.stem:
            continue
        path = _path(name, jurisdiction)
        if path:
            known.setdefault((path, name.body.stem), name.body.name)
    acting = _speaks(doc)
    names = bytearray(len(doc.text))
    for mention in found.of("ORGANIZATION", "PROGRAM"):
        names[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    resolved = []
    near: tuple[int, Path] = (0, ())
    for mention in sorted(found, key=lambda m: m.start):
        if mention.type == "REGION" and names[mention.start] and names[mention.end - 1]:
            continue
        parts = mention.attributes.get("parts")
        if isinstance(parts, Name):
            kept = _agency(mention, parts, jurisdiction, known, acting)
            if kept is not None:
                resolved.append(kept)
        elif isinstance(parts, Place):
            attributes: dict[str, Any] = {k: v for k, v in mention.attributes.items() if k != "parts"}
            context = near[1] if mention.start - near[0] < 30 else ()
            attributes["canonical"] = whole_name(parts, jurisdiction, context)
            division = settle(parts.places, jurisdiction, context) if parts.places else None
            if division and division.level in ("province", "prefecture", "county"):
                near = (mention.end, division.path)
            resolved.append(mention._replace(attributes=attributes))
        else:
            resolved.append(mention)
    return resolved


def _path(name: Name, jurisdiction: Jurisdiction | None) -> Path | None:
    if name.places:
        division = settle(name.places, jurisdiction)
        return division.path if division else None
    if name.level:
        return level_path(name.level, jurisdiction)
    return jurisdiction.path if jurisdiction else None


def _speaks(doc: Document) -> bool:
    """True for papers that tell of the issuer's own doings (replies, reports), where 民政、卫健 are its own bodies."""
    span = doc.layout.first("title")
    head = doc.folded[span.start : span.end] if span else doc.folded[:120]
    return bool(re.search(r"提案|建议", head) and re.search(r"复函|答复|的函|回复", head))


def _agency(
    mention: Mention,
    name: Name,
    jurisdiction: Jurisdiction | None,
    known: dict[tuple[Path, str], str],
    acting: bool,
) -> Mention | None:
    answer = full_name(name, jurisdiction, known=known, acting=acting)
    if answer.canonical is None and name.level and name.body.system in ("congress", "cppcc", "party"):
        pass
    if answer.canonical is None and name.body.name == "人民政府" and name.level and not name.office and jurisdiction:
        # 区人民政府 in a city's paper is any of them, which is no named body.
        return None
    attributes: dict[str, Any] = {k: v for k, v in mention.attributes.items() if k != "parts"}
    attributes["canonical"] = answer.canonical
    if answer.canonical is None:
        attributes["unresolved"] = answer.unresolved
    return mention._replace(attributes=attributes)
