"""For which territory a document holds that a text cites by its title alone.

By the place in its title, by the word before it (按照国家《…》), by the place that the sentence makes the maker
(渝北区先后出台《A》《B》), and, where the text says 出台, 印发 and names nobody, its own territory. Where none
of these is there, nothing is known. A document whose issuers are known holds for their territory: see the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.bodies.divisions import by_name, narrow
from extractors.citations.citation_lists import CitedList, cited_lists
from extractors.model import Extraction, Jurisdiction, Mention
from kg.statements import link

__all__ = ["jurisdiction_in", "scopes", "territory_of"]

_BEFORE = re.compile(
    r"(国家|全国|中央|省级?|自治区|市级?|[区县]级?)(?:的|关于|有关|出台的?|制定的?|印发的?|下发的?)?[《“\s]*$"
)
_MADE = re.compile(
    r"(?:先后|陆续|相继|配套|制定|研究|率先|印发|及时|进一步)*(?:出台|印发|制定|制订|发布|公布|下发|编制|修订)(?:了|实施|发布|印发|并印发)?"
    r"[^，。；《》]{0,10}$"
)
_MADE_AFTER = re.compile(r"[》”]?等?[^，。；《》]{0,8}(?:出台|印发|公布|发布)")
_OTHERS = re.compile(r"各[地省市县区级]|中央|国家|部委|上级|有关部门|贯彻|落实|按照|根据|执行|依据|对照|符合|学习|联合")
_NATIONAL = re.compile(r"中华人民共和国|^(?:全国|国家|国务院|中共中央|中国共产党)")
_STANDARD = re.compile(r"([A-Z]{2,3})(\d{2,4})?(?:/[A-Z]+)?\s?\d")
_LONGEST_NAME = 12


def scopes(extraction: Extraction) -> dict[str, link.Area]:
    """From the key of a cited document to the area it holds for."""
    own = territory_of(extraction)
    places = sorted(
        (m for m in extraction.mentions if m.type in ("REGION", "AGENCY") and m.attributes.get("canonical")),
        key=lambda m: m.start,
    )
    found: dict[str, link.Area] = {}
    for cited in cited_lists(extraction.doc, list(extraction.mentions)):
        governed = _governed(extraction.doc.folded, cited, own, places)
        for item in cited.items:
            area = _by_standard(item.key) if link.is_number(item.key) else _by_title(item.key, own) or governed
            if area is not None:
                found.setdefault(item.key, area)
    return found


def territory_of(extraction: Extraction) -> link.Area | None:
    """The territory of the body that issues the text."""
    issuers = extraction.header.get("issuers") or ()
    return link.territory(issuers[0]) if issuers else None


def jurisdiction_in(area: link.Area | None) -> Jurisdiction | None:
    """An area as readers of codes take it."""
    return Jurisdiction(tuple(_names(area)), area.code or "", "issuer", 0.9) if area else None


def _chain(area: link.Area | None) -> Iterator[link.Area]:
    """An area and those above it, the nation last."""
    while area is not None:
        yield area
        area = area.parent


def _by_standard(key: str) -> link.Area | None:
    """National and industry standards hold for the nation, DB51/T for the province whose code begins with 51."""
    match = _STANDARD.match(key)
    if match is None:
        return None
    if match[1] == "DB":
        return link.by_code(f"{match[2]:0<6}") if match[2] else None
    return link.area("中国")


def _by_title(title: str, own: link.Area | None) -> link.Area | None:
    """The place that a title begins with (关于 left out), as the text's own territory reads it."""
    bare = title.removeprefix("关于").removeprefix("印发").lstrip("《〈“")
    if _NATIONAL.search(title):
        return link.area("中国")
    names, path, found = by_name(), tuple(_names(own)), None
    for _ in range(4):
        step = next((size for size in range(min(len(bare), _LONGEST_NAME), 2, -1) if bare[:size] in names), 0)
        candidates = [d for d in names.get(bare[:step], ()) if d.level != "nation" and not d.former]
        inside = narrow(candidates, found.path if found else path)
        if len(inside or candidates) != 1:
            break
        found = (inside or candidates)[0]
        bare = bare[step:]
    return link.area(found.canonical) if found else None


def _names(own: link.Area | None) -> list[str]:
    """The chain of single names from the province down."""
    areas = [area for area in _chain(own) if area.level not in (None, "nation")]
    return [area.name.removeprefix(area.parent.name if area.parent else "") for area in reversed(areas)]


def _governed(folded: str, cited: CitedList, own: link.Area | None, places: list[Mention]) -> link.Area | None:
    """The territory that the words before a list give all its documents."""
    start = max(cited.sentence.start, cited.start - 120)
    before = folded[start : cited.start]
    word = _BEFORE.search(before)
    if word:
        return _of_word(word[1], own)
    made = _MADE.search(before)
    if made is None:
        after = folded[cited.end : min(cited.sentence.end, cited.end + 20)]
        return own if _MADE_AFTER.match(after) and not _OTHERS.search(before) else None
    subject = [m for m in places if start <= m.start and m.end <= start + made.start()]
    if subject:
        name = str(subject[-1].attributes["canonical"])
        between = folded[subject[-1].end : start + made.start()]
        if _OTHERS.search(between):
            return None
        return link.area(name) if subject[-1].type == "REGION" else link.territory(name)
    return None if _OTHERS.search(before) else own


def _of_word(word: str, own: link.Area | None) -> link.Area | None:
    """国家 is the nation; 省, 市, 区 the level of the text's own territory that bears the name."""
    if word in ("国家", "全国", "中央"):
        return link.area("中国")
    for area in _chain(own):
        if area.level != "nation" and area.name.endswith(word[0] if word != "自治区" else word):
            return area
    return None
