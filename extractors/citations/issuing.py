"""Who issued a document that the text names.

By its title (``A、B关于…的意见``), by the sentence (``会同A、B印发《…》``, ``推动A出台《…》``, ``以A名义印发``), or by
the name that stands before it (``民政部《…》``). The number's code alone says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractors.citations.citation_lists import Citation, CitedList
from extractors.model import Document, Mention, Span

__all__ = ["Agencies", "Issuer", "of_forwarded", "of_list", "of_note", "of_title", "order_body", "owned_runs"]

_JOIN = re.compile(r"(?:[、，\s]|和|与|及|以及|会同|联合|并会|商|原){1,4}$")
_AFTER_PREFIX = re.compile(
    r"\s{0,2}(?:等[^关《〈]{0,14})?(?:办公[厅室])?"
    r"(?:关于|印发|转发|批转|发布|公布|颁布|下达|对|就|公告|令|(?:意见|通知|决定|通告|命令)$)"
)
# 《民政部行政许可实施办法》：部门规章、内部制度以本机关的名称开头。
_OWN_RULES = re.compile(r"(?<!组织)(?:办法|规定|细则|规则|规程)(?:（[^（）\n]{1,12}）)?$")
_COUNT = (
    r"(?:等\s{0,2}(?:\d{1,3}|[一二三四五六七八九十两多]{1,3})?\s{0,2}个?"
    r"(?:部门|单位|部委|部位|机构|厅局|委办局|有关部门|相关部门)?)?"
)
_DAY = r"(?:[\d一二三四五六七八九十]{1,3}月)?(?:[\d一二三四五六七八九十]{1,3}日)?"
_DATE = rf"(?:\d{{4}}|[一二][〇○零一二三四五六七八九]{{3}})年{_DAY}"
_TIME = rf"(?:于|在)?(?:{_DATE}|今年|去年|近日|近期|日前|近年来)?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?"
_DATED = re.compile(rf"{_DATE}\s{{0,2}}$")
_ADVERB = (
    r"(?:联合|共同|先后|正式|陆续|分别|已经?|也|还|又|专门|及时|研究|率先|牵头|再次|随后|随即|名义|统一|相继|适时|抓紧"
    r"|办公会议|常务会议|另行|同步|近日){0,4}"
)
_VERB = (
    r"(?:制定印发|制定出台|制定发布|研究制定|审议通过|印发实施|出台实施|印发|出台|发布|下发|制发|颁布|公布|颁发|制定|制订|转发|批转|报送|上报|报来|呈报|提出|通过)"
    r"(?:实施)?(?:了|的)?(?:关于)?\s{0,2}$"
)
_ISSUES = re.compile(rf"{_COUNT}{_TIME}{_ADVERB}{_VERB}")
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]{1,5}次(?:全体)?会议(?:审议)?(?:通过|修订)?的?\s{0,2}$")
_SPEAKER = re.compile(r"(?:我|本)[厅局委部办会院署行府]\s{0,2}$")
_JOINTLY = re.compile(r"(?:会同|联合|并会|协同|商)\s{0,2}$")
_OTHERS = re.compile(
    r"等\s{0,2}(?:\d{1,3}|[一二三四五六七八九十两多]{1,3})?\s{0,2}个?(?:部门|单位|部委|部位|机构)\s{0,2}$"
)
_BY = re.compile(r"[》”]?(?:（[^（）\n]{1,24}）)?(?:等[^，。；《》由]{0,8})?，?(?:已|均|是|系|分别)?由")
_AND = re.compile(r"[、和与及]|以及|会同|联合")
_ISSUED = re.compile(rf"{_COUNT}{_TIME}{_ADVERB}(?:印发|出台|发布|下发|颁布|公布|颁发|制定|制订|制发)(?!的)")
_ORDER_BODY = re.compile(r"(?:中华人民共和国(?=国务院|主席|.{1,8}部))?(.+?)(?:\d{4}年)?(?:第\d+号)?(?:令|公告|布告)")
_NATIONAL = re.compile(
    r"国务院|中国人民银行|海关总署|审计署|国家[^省市县区]{2,14}(?:局|委员会|总局)|[^省市县区厅局国]{2,10}部"
)
# 《A》（1988年4月28日国务院发布）
_NOTE = re.compile(r"[》〉]\s{0,2}[（〔]")
_NOTE_VERB = re.compile(r"(?:令?第\d{1,4}号令?)?\s?(?:联合|批准)?(?:发布|公布|颁布|颁发|印发|制定)")
_FORWARDS = re.compile(r"(?:转发|批转|转复)")
_NO_OWNER = re.compile(r"(?:报|报经|向|送|经|对|与|和|为)\s{0,2}$")
_NAMED_BY_ADDRESSEE = re.compile(
    r"(?:[你贵][省市县区州厅局委部院行署会]|(?P<all>你们))\s{0,2}(?:报来|报送|上报|呈报)?的?\s{0,2}$"
)


def order_body(key: str) -> str:
    """The body in the key of an order or announcement: 民政部 of 民政部令第66号."""
    match = _ORDER_BODY.match(key)
    return match[1] if match else ""


class Issuer(NamedTuple):
    """An agency, the span that says that it issues, the rule and the confidence."""

    name: str
    span: Span
    rule: str
    confidence: float


class Agencies:
    """Named bodies by where they begin and end."""

    def __init__(self, folded: str, mentions: list[Mention]) -> None:
        bodies = [m for m in mentions if m.type == "AGENCY"]
        self.by_end = {m.end: m for m in sorted(bodies, key=lambda m: -m.start) if not m.attributes.get("nested")}
        self.names = {folded[m.start : m.end]: m.attributes.get("canonical") for m in bodies}
        self.by_start = {m.start: m for m in sorted(bodies, key=lambda m: m.end)}

    def named(self, surface: str) -> str | None:
        """The canonical name of a body written thus; a national body's full name stands for itself."""
        if surface in self.names:
            return self.names[surface]
        return surface if _NATIONAL.fullmatch(surface) else None

    def chain_before(self, folded: str, end: int, floor: int) -> tuple[list[Mention], int]:
        """Bodies written together that end at ``end``, first to last, and where the chain begins."""
        chain: list[Mention] = []
        place = end
        while place > floor:
            mention = self.by_end.get(place)
            if mention is None or mention.start < floor:
                gap = _JOIN.search(folded, max(floor, place - 4), place) if chain else None
                shorter = gap.start() if gap else place
                mention = self.by_end.get(shorter)
                if mention is None or shorter == place or mention.start < floor:
                    break
            chain.append(mention)
            place = mention.start
        return chain[::-1], place


def of_title(folded: str, title: Mention, agencies: Agencies) -> Iterator[Issuer]:
    """The bodies that a title begins with, where 关于, 印发 and the like follow."""
    place = title.start
    chain: list[Mention] = []
    while mention := agencies.by_start.get(place):
        if mention.end > title.end:
            break
        chain.append(mention)
        gap = re.compile(r"[\s、，]{0,3}(?:和|与)?[\s]{0,2}").match(folded, mention.end)
        place = gap.end() if gap else mention.end
        if place not in agencies.by_start:
            place = mention.end
            break
    rules = _OWN_RULES.search(folded, place, title.end) if len(chain) == 1 else None
    if chain and (_AFTER_PREFIX.match(folded[place : title.end]) or rules):
        for mention in chain:
            if name := mention.attributes.get("canonical"):
                yield Issuer(name, Span(mention.start, mention.end), "title_prefix", 0.95)


def of_forwarded(folded: str, outer: Mention, inner: Mention, agencies: Agencies) -> Iterator[Issuer]:
    """The bodies between 转发 and the title that is forwarded: 转发A、B关于C意见的通知."""
    verbs = list(_FORWARDS.finditer(folded, outer.start, inner.start))
    if not verbs or folded[inner.start - 1] in "〈《":
        return
    place = verbs[-1].end()
    while place < inner.start:
        mention = agencies.by_start.get(place)
        if mention is None or mention.end > inner.start:
            place += 1
            continue
        whole = mention.end == inner.start or folded[mention.end] in "、，和与及 等"
        if whole and (name := mention.attributes.get("canonical")):
            yield Issuer(name, Span(mention.start, mention.end), "forwarded", 0.9)
        place = mention.end


def of_note(folded: str, item: Citation, agencies: Agencies) -> Iterator[Issuer]:
    """The bodies that a note in brackets after a title names: （1988年4月28日国务院发布）."""
    if _NOTE.match(folded, item.mention.end) is None:
        return
    for verb in _NOTE_VERB.finditer(folded, item.mention.end, item.end):
        chain, start = agencies.chain_before(folded, verb.start(), item.mention.end)
        for mention in chain:
            if name := mention.attributes.get("canonical"):
                yield Issuer(name, Span(start, verb.end()), "note", 0.9)


def owned_runs(cited: CitedList, agencies: Agencies) -> Iterator[CitedList]:
    """A list parted where another body's name stands before a title: A《甲》《乙》和B《丙》."""
    begin, floor = 0, cited.sentence.start
    for index in range(1, len(cited.items)):
        before = agencies.by_end.get(cited.items[index].start)
        if before and before.start >= cited.items[index - 1].end:
            yield CitedList(cited.items[begin:index], Span(floor, cited.sentence.end))
            begin, floor = index, cited.items[index - 1].end
    yield CitedList(cited.items[begin:], Span(floor, cited.sentence.end))


def of_list(
    doc: Document, cited: CitedList, agencies: Agencies, header: dict[str, Any], addressees: list[str]
) -> Iterator[Issuer]:
    """The bodies that the sentence says issued every document of a list."""
    folded, floor = doc.folded, cited.sentence.start
    before = folded[max(floor, cited.start - 60) : cited.start]
    low = cited.start - len(before)
    own = list(header.get("issuers") or [])
    verb = _ISSUES.search(before)
    if verb is None:
        yield from _passive(folded, cited, agencies)
        yield from _owner(folded, cited, agencies, addressees, before, floor)
        return
    place = low + verb.start()
    while place > floor and folded[place - 1] in " \n":
        place -= 1
    chain, start = agencies.chain_before(folded, place, floor)
    names = [m.attributes.get("canonical") for m in chain]
    head = folded[max(floor, start - 12) : start]
    if not chain:
        if _SPEAKER.search(folded[max(floor, place - 6) : place]):
            names = list(own)
    elif _JOINTLY.search(head):
        names += own
    for name in dict.fromkeys(names):
        if name:
            yield Issuer(name, Span(start, cited.end), "sentence", 0.88)


def _passive(folded: str, cited: CitedList, agencies: Agencies) -> Iterator[Issuer]:
    """《A》由B、C联合印发."""
    opening = _BY.match(folded, cited.end)
    place = opening.end() if opening else -1
    chain: list[Mention] = []
    while mention := agencies.by_start.get(place):
        chain.append(mention)
        gap = _AND.match(folded, mention.end)
        place = gap.end() if gap else mention.end
    if chain and _ISSUED.match(folded, chain[-1].end):
        for mention in chain:
            if name := mention.attributes.get("canonical"):
                yield Issuer(name, Span(cited.start, chain[-1].end), "passive", 0.88)


def _owner(
    folded: str, cited: CitedList, agencies: Agencies, addressees: list[str], before: str, floor: int
) -> Iterator[Issuer]:
    """民政部《…》, …常务委员会第三次会议《…》, 你省《…的请示》."""
    session = _SESSION.search(before)
    end = cited.start - (len(before) - session.start() if session else 0)
    dated = _DATED.search(folded, max(floor, end - 16), end)
    end = dated.start() if dated else end
    others = _OTHERS.search(folded, max(floor, end - 16), end)
    end = others.start() if others else end
    chain, start = agencies.chain_before(folded, end, floor)
    listed = folded[floor - 1 : floor] in ("》", "）", "〕") and not folded[floor:start].strip("、，和与及以 ")
    # 《A》确定的原则和总后勤部《B》：前面已引过文件，“和”连的是两件文件。
    listed = listed or (folded[start - 1] in "和与" and "》" in folded[floor:start])
    if chain and (listed or not _NO_OWNER.search(folded[max(floor, start - 3) : start])):
        for mention in chain:
            if name := mention.attributes.get("canonical"):
                yield Issuer(name, Span(start, cited.items[0].end), "owner", 0.85)
    elif addressees and (named := _NAMED_BY_ADDRESSEE.search(before)):
        for addressee in addressees if len(addressees) == 1 or named["all"] else ():
            yield Issuer(addressee, Span(cited.start, cited.items[0].end), "addressee", 0.8)
