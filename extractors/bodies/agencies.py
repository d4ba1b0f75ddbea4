"""AGENCY: named bodies that make or carry out policy, with what is needed to tell their full names later.

The gazetteer finds the words; ``agency_readers``, ``agency_groups`` and ``agency_stems`` read names round them; here
they are put in order: overlaps, lists that share a region, names defined in brackets, bodies in titles (``nested``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from extractors.bodies.agency_courts import read_courts, read_party_bodies
from extractors.bodies.agency_forces import read_forces, with_units
from extractors.bodies.agency_functions import read_functions
from extractors.bodies.agency_groups import read_bureaux, read_group, read_towns
from extractors.bodies.agency_lists import (
    read_committees,
    read_listed,
    read_mass,
    read_shared_heads,
    read_standing,
    read_zones,
)
from extractors.bodies.agency_names import Name
from extractors.bodies.agency_readers import READERS
from extractors.bodies.agency_stems import read_stems
from extractors.bodies.agency_wrapped import read_bracketed, read_wrapped
from extractors.bodies.gazetteer import tokens
from extractors.model import Document, Found, Mention

__all__ = ["find", "names_in"]

_SHARED = re.compile(r"(?:、|和|与|及|以及|或者?|会同|联合|商|\s)?\s{0,4}")
_DEFINED = re.compile(
    r"（(?:以下|下文|下称|后文)?(?:统|并)?(?:简称|称)(?:为|作)?：?\s*[“\"「]?([一-鿿\d]{2,20})[”\"」]?）"
)
_BODY_LIKE = re.compile(r"(?:办|委|局|厅|部|院|会|组|专班|会议|指挥部|中心|机制|办公室)$")
_ITS_OFFICE = re.compile(r"(?:下设|设立|下设立|的?日常)?(?:工作)?办公室$")
_BARE_OFFICE = re.compile(r"(?:领导小组|委员会|联席会议|指挥部|专班)办公室")


def names_in(folded: str) -> list[Name]:
    """Every agency's name in a folded text, in order, without overlaps."""
    known = tokens(folded)
    found: list[Name] = list(read_stems(folded, known))
    for index, (_, _, entry) in enumerate(known):
        reader = READERS.get(entry.kind) or (read_group if entry.kind == "group" else None)
        if reader is not None:
            name = reader(folded, known, index)
            if name is not None:
                found.append(name)
    found += read_forces(folded, known)
    found = _without_overlaps(_trimmed(list(with_units(folded, found, known))))
    taken = bytearray(len(folded))
    for name in found:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    found += read_bureaux(folded, known, taken)
    found += read_towns(folded, known, taken)
    found += read_courts(folded, known, taken)
    found += read_party_bodies(folded, known, taken)
    found = _of_governments(found, read_functions(folded, taken))
    found += read_wrapped(folded, taken, names_in)
    found += read_bracketed(folded, taken, names_in)
    found += read_listed(folded, found, taken)
    found += read_standing(folded, found)
    found += read_committees(folded, known)
    found += read_zones(folded, found, known)
    found += read_shared_heads(folded, found, known)
    found += _repeated(folded, found, taken)
    found += read_mass(folded, found)
    found = _with_defined(folded, _without_overlaps(found))
    return [name for name in _share_regions(folded, found) if not _names_none(folded, name)]


def _of_governments(names: list[Name], functions: Iterable[Name]) -> list[Name]:
    """省人民政府信息化主管部门 is one name, as 国务院民政部门 is."""
    governments = {n.end: n for n in names if n.body.name == "人民政府" and not n.office}
    joined = []
    for name in functions:
        government = governments.get(name.start) if name.bare else None
        if government:
            names.remove(government)
            places, town, level = government.places, government.town, government.level
            name = name._replace(start=government.start, places=places, town=town, level=level)
        joined.append(name)
    return names + joined


def _trimmed(names: list[Name]) -> list[Name]:
    """Groups without a region, cut down to the name that the text uses most: 不影响|专利复审委员会."""
    counts = Counter(n.body.name for n in names if n.rule == "agencies.group" and n.bare)
    usual = [word for word, count in counts.items() if count > 1]
    trimmed = []
    for name in names:
        word = name.body.name
        if word in counts and name.rule == "agencies.group" and name.bare and counts[word] == 1:
            shorter = max((u for u in usual if u != word and word.endswith(u)), key=len, default="")
            if shorter:
                moved = name.start + len(word) - len(shorter)
                name = name._replace(start=moved, body=name.body._replace(name=shorter))
        trimmed.append(name)
    return trimmed


def _repeated(folded: str, names: list[Name], taken: bytearray) -> list[Name]:
    """Bureaux and groups once named with their region, where they stand again without it (生态保护局)."""
    bodies = {n.body.name: n for n in names if n.rule in ("agencies.bureau", "agencies.group") and not n.bare}
    words = [re.escape(word) for word, name in bodies.items() if name.body.system != "fixed" and len(word) > 3]
    if not words:
        return []
    again = []
    for match in re.finditer("|".join(sorted(words, key=len, reverse=True)), folded):
        if not any(taken[match.start() : match.end()]):
            body = bodies[match[0]].body
            again.append(Name(match.start(), match.end(), body, "agencies.repeated", 0.8))
    return again


def _without_overlaps(names: list[Name]) -> list[Name]:
    """The longest of those that overlap, in text order."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if kept and name.start < kept[-1].end:
            if name.end - name.start > kept[-1].end - kept[-1].start:
                kept[-1] = name
            continue
        kept.append(name)
    return kept


def _share_regions(folded: str, names: list[Name]) -> list[Name]:
    """In 省卫生健康委、医保局 the second body is the province's too."""
    shared: list[Name] = []
    for name in names:
        before = shared[-1] if shared else None
        if (
            before is not None
            and name.bare
            and name.rule != "agencies.zone"
            and not before.bare
            and (before.level != "国" or (name.elliptical and before.elliptical))
            and before.body.system not in ("fixed", "branch")
            and name.start - before.end <= 6
            and _SHARED.fullmatch(folded, before.end, name.start)
        ):
            body, office = name.body, name.office
            if body.system == "partyoffice" and before.body.system == "party":
                body, office = before.body, body.name
            name = name._replace(places=before.places, level=before.level, body=body, office=office)
        shared.append(name)
    return shared


def _with_defined(folded: str, names: list[Name]) -> list[Name]:
    """Names that the text defines in brackets (以下简称…), wherever they stand again."""
    definitions = _definitions(folded, names) | _single_offices(folded, names)
    if not definitions:
        return names
    words = "|".join(sorted(map(_alone, definitions), key=len, reverse=True))
    pattern = re.compile(rf"([省市区县州旗]?)({words})(办公室)?(?!员会)")
    taken = bytearray(len(folded))
    for name in names:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    extra = []
    for match in pattern.finditer(folded):
        start, end = match.span()
        if any(taken[start:end]):
            start = match.start(2)
            if any(taken[start:end]):
                continue
        target = definitions[match[2]]
        office = target.office + (match[3] or "")
        extra.append(target._replace(start=start, end=end, office=office, rule="agencies.defined", confidence=0.85))
    return _without_overlaps(names + extra)


def _alone(alias: str) -> str:
    """The pattern of an alias; 办公室, which is the end of many names, only where it stands by itself."""
    return r"(?<![^\W经由向和与在到对报及])办公室" if alias == "办公室" else re.escape(alias)


def _single_offices(folded: str, names: list[Name]) -> dict[str, Name]:
    """领导小组办公室, 委员会办公室 alone, where the text names one body of that kind only."""
    found: dict[str, Name] = {}
    alone = (m for m in _BARE_OFFICE.finditer(folded) if not "一" <= folded[m.start() - 1 : m.start()] <= "鿿")
    for word in {match[0] for match in alone}:
        head = word.removesuffix("办公室")
        groups = {n.body.name: n for n in names if n.body.name.endswith(head) and n.rule == "agencies.group"}
        if len(groups) == 1:
            found[word] = next(iter(groups.values()))._replace(office="办公室")
    return found


def _definitions(folded: str, names: list[Name]) -> dict[str, Name]:
    found: dict[str, Name] = {}
    ends = {name.end: name for name in names}
    order = [name.start for name in names]
    for match in _DEFINED.finditer(folded):
        alias = match[1]
        if not _BODY_LIKE.search(alias):
            continue
        target = ends.get(match.start())
        if target is None:
            office = _ITS_OFFICE.search(folded, max(0, match.start() - 8), match.start())
            at = bisect_right(order, match.start()) - 1
            if office and at >= 0:
                group = next((n for n in reversed(names[: at + 1]) if n.body.system in ("group", "own", "fixed")), None)
                if group and match.start() - group.end < 80:
                    target = group._replace(office="办公室")
        if target is not None and not target.elliptical:
            found.setdefault(alias, target)
    return found


# 国务院门户网站 and 军委主席负责制 name no body.
_NO_BODY = {"国务院": "门户网站", "中央军事委员会": "主席负责制"}


def _names_none(folded: str, name: Name) -> bool:
    after = _NO_BODY.get(name.body.name)
    return after is not None and folded.startswith(after, name.end)


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """AGENCY mentions; ``parts`` in their attributes is what ``jurisdiction.resolve`` makes the canonical name of."""
    titles = found.of("DOCUMENT_TITLE")
    starts = [m.start for m in titles]
    numbers = bytearray(len(doc.folded))
    for mention in found.of("DOCUMENT_NUMBER", "PROPOSAL_NUMBER", "TIME"):
        numbers[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for name in _names(doc.folded):
        if numbers[name.start] or numbers[name.end - 1]:
            continue
        attributes: dict[str, object] = {"canonical": None, "parts": name}
        if name.elliptical:
            attributes["elliptical"] = True
        at = bisect_right(starts, name.start)
        if any(m.end >= name.end for m in titles[max(0, at - 3) : at]):
            attributes["nested"] = True
        yield Mention(name.start, name.end, "AGENCY", name.rule, name.confidence, attributes)


@lru_cache(maxsize=2)
def _names(folded: str) -> tuple[Name, ...]:
    return tuple(names_in(folded))


def read_one(surface: str) -> Name | None:
    """The agency that a surface names as a whole, or None."""
    for name in names_in(surface):
        if name.start == 0 and name.end == len(surface):
            return name
    return None
