"""Corrections laid upon an Extraction: mentions and header first, the relations that follow from them, then relations.

A correction holds only where its words stand at its place, and only for what is read there; one that does not hold is
refused with the reason and changes nothing. What a person has confirmed, changed or added has the rule ``human.WHO``
(``human`` where nobody is named), behind it, after a ``+``, the rule that read it, and confidence 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from extractors.model import Document, Extraction, Mention, Relation
from extractors.reading import fold
from extractors.relations import find_relations
from kg.review.corrected_values import ATTRIBUTES, FIELDS, Refused, attributes, field_value
from kg.review.corrections import RELATIONS, Correction

__all__ = ["HUMAN", "Refused", "Ruling", "apply", "by_hand", "human_rule"]

HUMAN = "human"
HEADER = "header."
# Nodes of the graph that are made of an Extraction: they can only be confirmed or dropped.
FINDINGS = re.compile(r"doubt|duty|target|membership|check-[a-z-]+")


class Ruling(NamedTuple):
    """What became of a correction: the span it is about now, what was read before and after; or why it was refused."""

    correction: Correction
    start: int
    end: int
    before: str = ""
    after: str = ""
    refused: str = ""


def human_rule(who: str) -> str:
    """The rule that stands for a person's reading: ``human.王敏``."""
    name = re.sub(r"[^\w-]+", "-", who).strip("-")
    return f"{HUMAN}.{name}" if name else HUMAN


def by_hand(rule: str) -> bool:
    """True for the rule of a person's reading."""
    return rule == HUMAN or rule.startswith(f"{HUMAN}.")


def apply(extraction: Extraction, corrections: Iterable[Correction]) -> tuple[Extraction, tuple[Ruling, ...]]:
    """The extraction as corrected, and what became of each correction, in their order."""
    ordered = tuple(corrections)
    work = _Work(extraction)
    rulings: dict[int, Ruling] = {}
    for stage in (_mention, _field, _relation, _finding):
        for index, correction in enumerate(ordered):
            if index not in rulings and _stage(correction) is stage:
                rulings[index] = _ruled(work, stage, correction, _contradicted(correction, ordered))
        if stage is _field and work.changed:
            work.relations = find_relations(work.doc, work.header, sorted(work.mentions, key=_place))
    mentions = tuple(sorted(work.mentions, key=_place))
    after = replace(extraction, header=work.header, mentions=mentions, relations=tuple(work.relations))
    return after, tuple(rulings[index] for index in range(len(ordered)))


class _Work:
    """An extraction taken apart."""

    def __init__(self, extraction: Extraction) -> None:
        self.doc: Document = extraction.doc
        self.header = dict(extraction.header)
        self.mentions = list(extraction.mentions)
        self.relations = list(extraction.relations)
        self.changed = False

    def at(self, start: int, end: int, kind: str) -> list[Mention]:
        return [m for m in self.mentions if m[:3] == (start, end, kind)]


Stage = Callable[[_Work, Correction], Ruling]


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.type


def _stage(correction: Correction) -> Stage:
    if correction.what.startswith(HEADER):
        return _field
    if correction.what in RELATIONS:
        return _relation
    return _finding if FINDINGS.fullmatch(correction.what) else _mention


def _contradicted(one: Correction, corrections: Iterable[Correction]) -> bool:
    """True where another row decides otherwise on the very same thing."""
    return any(
        other[:4] == one[:4]
        and "add" not in (one.verdict, other.verdict)
        and (one.verdict, one.value) != (other.verdict, other.value)
        and (one.what not in RELATIONS or one.value == other.value)
        for other in corrections
    )


def _ruled(work: _Work, stage: Stage, correction: Correction, contradicted: bool) -> Ruling:
    try:
        if correction.verdict != "add":
            if contradicted:
                raise Refused("another correction of the same place says otherwise; keep one of them")
            if correction.end and not _holds(work.doc, correction.start, correction.end, correction.words):
                there = _flat(work.doc.text[correction.start : correction.end])[:40]
                raise Refused(f"{correction.words[:40]!r} does not stand there, but {there!r}: review it anew")
        return stage(work, correction)
    except Refused as error:
        return Ruling(correction, correction.start, correction.end, refused=str(error))


def _flat(words: str) -> str:
    return "".join(words.split())


def _holds(doc: Document, start: int, end: int, words: str) -> bool:
    return 0 <= start < end <= len(doc.text) and bool(words) and _flat(doc.text[start:end]) == _flat(words)


def _mention(work: _Work, correction: Correction) -> Ruling:
    """Confirm, drop, set, add a mention."""
    value = dict(correction.value)
    kind = str(value.pop("type", None) or correction.what)
    if kind not in ATTRIBUTES:
        raise Refused(f"no type {kind!r}; there are: {', '.join(ATTRIBUTES)}")
    if correction.verdict == "add":
        return _added(work, correction, kind, value)
    found = work.at(correction.start, correction.end, correction.what)
    if not found and correction.verdict != "drop":
        raise Refused(f"no {correction.what} is read there now; give it with the verdict 增 (add)")
    for old in found:
        work.mentions.remove(old)
    work.changed |= bool(found) and correction.verdict != "confirm"
    before = _told(found[0]) if found else ""
    if correction.verdict == "drop":
        return Ruling(correction, correction.start, correction.end, before)
    start, end = correction.start, correction.end
    words = value.pop("words", None)
    try:
        if words:
            start, end = _stretch(work.doc, str(words), start, end)
        facts = found[0].attributes if kind == correction.what else {}
        new = Mention(start, end, kind, "", 1.0, {**facts, **attributes(kind, value)})
    except Refused:
        work.mentions += found
        raise
    new = new._replace(rule=f"{human_rule(correction.who)}+{found[0].rule}", attributes=_settled(work.doc, new))
    work.mentions = [m for m in work.mentions if m[:3] != new[:3]] + [new]
    return Ruling(correction, start, end, before, _told(new))


def _added(work: _Work, correction: Correction, kind: str, value: dict[str, Any]) -> Ruling:
    """A mention where the words stand: at the id's place, else at their only place near it or in the text."""
    start, end = correction.start, correction.end
    words = str(value.pop("words", None) or correction.words)
    if not _holds(work.doc, start, end, words):
        sentence = work.doc.sentence_at(start)
        near = (sentence.start, sentence.end) if sentence else (0, 0)
        start, end = _only(work.doc, words, *near) or _only(work.doc, words, 0, len(work.doc.text)) or (0, 0)
        if not end:
            times = len(_places(work.doc, words, 0, len(work.doc.text)))
            raise Refused(f"{words[:40]!r} stands {times} times in the text; give its start and end in the id")
    new = Mention(start, end, kind, human_rule(correction.who), 1.0, attributes(kind, value))
    if kind == "COUNT" and new.attributes.get("value") is None:
        raise Refused("a COUNT needs value=NUMBER, and unit= where it has one")
    new = new._replace(attributes=_settled(work.doc, new))
    work.mentions = [m for m in work.mentions if m[:3] != new[:3]] + [new]
    work.changed = True
    return Ruling(correction, start, end, "", _told(new))


def _places(doc: Document, words: str, start: int, end: int) -> list[tuple[int, int]]:
    pattern = r"\s*".join(map(re.escape, _flat(words)))
    return [match.span() for match in re.compile(pattern).finditer(doc.text, start, end)] if pattern else []


def _only(doc: Document, words: str, start: int, end: int) -> tuple[int, int] | None:
    places = _places(doc, words, start, end)
    return places[0] if len(places) == 1 else None


def _stretch(doc: Document, words: str, start: int, end: int) -> tuple[int, int]:
    """Where better words stand: the one place that shares characters with the old one."""
    reach = len(words) * 2
    places = [p for p in _places(doc, words, max(0, start - reach), end + reach) if p[0] < end and start < p[1]]
    if len(places) != 1:
        raise Refused(f"{words[:40]!r} does not stand at this place; words= must overlap what was read")
    return places[0]


def _settled(doc: Document, mention: Mention) -> dict[str, Any]:
    """A name that a person has settled has no candidates any more; a program goes by its own words."""
    facts = dict(mention.attributes)
    if facts.get("canonical") or facts.get("document"):
        for doubt in ("candidates", "reason", "unresolved"):
            facts.pop(doubt, None)
    elif mention.type in ("PROGRAM", "REGION", "GROUP"):
        facts["canonical"] = _flat(doc.folded[mention.start : mention.end])
    return facts


def _told(mention: Mention) -> str:
    facts = {key: fact for key, fact in mention.attributes.items() if fact is not None and fact is not False}
    return f"{mention.type} {json.dumps(facts, ensure_ascii=False, sort_keys=True)}"


def _field(work: _Work, correction: Correction) -> Ruling:
    """A field of the header."""
    name = correction.what.removeprefix(HEADER)
    if name not in FIELDS:
        raise Refused(f"the header has no {name!r}; there are: {', '.join(FIELDS)}")
    before = _json(work.header.get(name))
    if correction.verdict in ("set", "add"):
        given = dict(correction.value)
        plain = given.get("", given.get(name, given.get("value")))
        work.header[name] = field_value(name, plain if name != "replies_to" else plain or given)
    elif correction.verdict == "drop":
        work.header[name] = None
    work.changed |= correction.verdict != "confirm"
    return Ruling(correction, 0, 0, before, _json(work.header.get(name)))


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _relation(work: _Work, correction: Correction) -> Ruling:
    """Relations of one subject at one place: ``object`` may name several bodies, 、 between them."""
    value = dict(correction.value)
    own = str(correction.start) if correction.what == "measures" else "self"
    subject = _key(work, value.get("subject") or own)
    given = str(value.get("object") or value.get("") or "")
    objects = [part for part in (given.split("、") if correction.what == "issued_by" else [given]) if part]
    if not objects:
        raise Refused(f"{correction.what} needs subject=… and object=…")
    wanted = {_key(work, name) for name in objects}

    def touched(relation: Relation) -> bool:
        here = correction.end == 0 or (relation.start < correction.end and correction.start < relation.end)
        lost = relation.start == relation.end
        return relation.predicate == correction.what and _key(work, relation.subject) == subject and (here or lost)

    there = [r for r in work.relations if touched(r)]
    same = [r for r in there if _key(work, r.object) in wanted]
    rule = human_rule(correction.who)
    before = "、".join(dict.fromkeys(r.object for r in there))
    if correction.verdict == "confirm":
        if not same:
            raise Refused(f"no such {correction.what} is read there now; it says {before or 'none'}")
        work.relations = [r._replace(rule=rule, confidence=1.0) if r in same else r for r in work.relations]
    elif correction.verdict == "drop":
        work.relations = [r for r in work.relations if r not in same]
    else:
        gone = [r for r in there if r not in same] if correction.verdict == "set" else []
        had = {_key(work, r.object) for r in same}
        named = str(value.get("subject") or own)
        new = [
            Relation(named, correction.what, name, correction.start, correction.end, rule, 1.0)
            for name in objects
            if _key(work, name) not in had
        ]
        sure = [r._replace(rule=rule, confidence=1.0) if r in same else r for r in work.relations if r not in gone]
        work.relations = sure + new
    after = "、".join(dict.fromkeys(r.object for r in work.relations if touched(r)))
    return Ruling(correction, correction.start, correction.end, before, after)


def _key(work: _Work, name: str) -> str:
    """A document, body or program by its name without marks; ``self`` by any of its own names."""
    if name == "self" or name in (work.header.get("number"), work.header.get("title")):
        return "self"
    return re.sub(r"[\s《》〈〉“”]", "", fold(name))


def _finding(_: _Work, correction: Correction) -> Ruling:
    """A doubt, check, duty, target or membership: it stands, or ``Sheet`` leaves it out."""
    if correction.verdict not in ("confirm", "drop"):
        raise Refused(f"{correction.what} can only be confirmed (对) or dropped (删)")
    return Ruling(correction, correction.start, correction.end, correction.what, "")
