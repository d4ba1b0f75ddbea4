"""Whose territory a document speaks of: the jurisdiction of its issuer, inferred from where issuers stand.

GB/T 9704-2012: the issuer signs (7.3.5), and stands in the letterhead and the title (7.2.4, 7.3.1).
"""

from __future__ import annotations

import re
from collections import Counter

from extractors.bodies.agency_canonical import Path, level_path, settle
from extractors.bodies.agency_names import Name
from extractors.bodies.divisions import Division, by_name, place_of
from extractors.bodies.gazetteer import tokens
from extractors.model import Document, Found, Jurisdiction, Mention

__all__ = ["infer"]

NATION = Jurisdiction((), "000000", "jurisdiction.nation", 0.9)


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
    if judged and not judged.path and judged.confidence < 0.8 and _OWN_WORDS.search(doc.folded):
        # Nobody in a paper of the nation says 我市.
        judged = None
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
    told = _by_order(doc, found) or _by_code(doc) or _by_head(doc, agencies)
    return told or _by_majority(found) or _by_content(doc)


# An addressee line names bodies of every province.
_ADDRESSED = re.compile(r"^各|直辖市|各省|各市")
_STATE_ORDER = re.compile(r"(?:国务院|主席|中华人民共和国[一-鿿]{2,10}[部会署局行])令")


def _by_order(doc: Document, found: Found) -> Jurisdiction | None:
    """A law or regulation that an order in its first lines promulgates (国务院令第…号) is the nation's."""
    for number in found.of("DOCUMENT_NUMBER"):
        if number.start > 300:
            break
        if not number.attributes.get("nested") and _STATE_ORDER.search(doc.folded, number.start, number.end):
            return NATION._replace(rule="jurisdiction.order")
    return None


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
    if division and (division.level in ("province", "prefecture", "county") or len(division.path) > 1):
        return _judged(division.path, rule, 0.9)
    return None


_OWN_WORDS = re.compile(r"[我本全](省|市|区|县|自治区|自治州|州|旗|自治县|盟)(?![级场容域])")


def _by_own_words(doc: Document, found: Found, judged: Jurisdiction | None) -> Jurisdiction | None:
    """A judgement brought down to the level of 我市, 本县, where the text names one such place most."""
    words = Counter(match[1] for match in _OWN_WORDS.finditer(doc.folded))
    if not words:
        return judged
    word = words.most_common(1)[0][0]
    named = level_path(word, judged) if judged else None
    if judged and named is not None:
        # Where only a vote told the place, 我市 says which of its levels speaks.
        return judged if judged.confidence > 0.5 else _judged(named, judged.rule, judged.confidence)
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
    if doc.folded.find("代表国务院", 0, 3000) >= 0 or doc.folded.find("各省、自治区、直辖市", 0, 400) >= 0:
        return NATION._replace(rule="jurisdiction.head")
    for mention in agencies:
        if mention.start > 400:
            break
        line = doc.folded.rfind("\n", 0, mention.start) + 1
        if mention.attributes.get("nested") or _ADDRESSED.search(doc.folded, line, mention.start):
            continue
        path = _of_name(mention.attributes["parts"])
        speaks = _ACTS.match(doc.folded, mention.end) or doc.folded.endswith("我代表", 0, mention.start)
        if path or (path == () and speaks):
            return _judged(path, "jurisdiction.head", 0.75)
    return None


def _by_majority(found: Found) -> Jurisdiction | None:
    votes: Counter[Path] = Counter()
    for mention in found.of("AGENCY", "REGION"):
        parts = mention.attributes.get("parts")
        places = parts.places if parts is not None and mention.rule != "regions.letter" else ()
        division = settle(places, None) if places else None
        if division and division.level in ("province", "prefecture", "county") and division.code[0] not in "78":
            votes[division.path] += 1
    if not votes:
        nation = sum(1 for m in found.of("AGENCY") if m.attributes["parts"].body.system == "fixed")
        return NATION._replace(confidence=0.5, rule="jurisdiction.majority") if nation >= 3 else None
    best = votes.most_common(1)[0][0]
    if votes[best] < 2:
        return None
    if votes[best] * 2 <= sum(n for path, n in votes.items() if path[:1] != best[:1]):
        return None
    return _judged(best, "jurisdiction.majority", 0.5)


_OF_A_PLACE = re.compile(
    r"[全我本]市|(?:[由经报向，。、；（\n]|^)市(?:政府|人民政府|委|民政|财政|发改|发展改革|住建|住房|自然资源|卫健|卫生健康|医保)"
)


def _by_content(doc: Document) -> Jurisdiction | None:
    """The city that the text names more than all others, titles included, where it speaks of 全市, 市政府."""
    if not _OF_A_PLACE.search(doc.folded):
        return None
    votes: Counter[Path] = Counter()
    for _, _, entry in tokens(doc.folded):
        division = settle((entry.places,), None) if entry.kind == "place" else None
        if division and not division.former and division.level in ("prefecture", "county"):
            votes[division.path[:2]] += 1
        elif division and len(division.path) == 1 and division.name in ("北京市", "上海市", "天津市", "重庆市"):
            votes[division.path] += 1
    if not votes:
        return None
    best, most = votes.most_common(1)[0]
    alone = len(votes) == 1 and len(_OWN_WORDS.findall(doc.folded)) > 1
    if (most < 2 and not alone) or most * 2 <= votes.total():
        return None
    return _judged(best, "jurisdiction.content", 0.5)
