"""Relations between documents and their issuers.

issued_by, replies_to, based_on, cites, issues_text_of, repeals, amends: each triple keyed by the ``document`` keys that
``coreference`` gave, the own document as ``self``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractors.citation_lists import CitedList, cited_lists
from extractors.issuing import Agencies, of_list, of_title, order_body
from extractors.model import Document, Mention, Relation, Span

__all__ = ["find"]

_GROUND = re.compile(
    r"(?:根据|依据|按照|依照|遵照|贯彻落实|贯彻执行|贯彻实施|贯彻|落实|对照)(?:好|了|执行)?[^，。；：《》对]{0,16}$"
)
_IMPLEMENTS = re.compile(r"(?:为了?|切实|认真|全面)[^，。；]{0,6}(?:实施|执行|落实)(?:好)?[^，。；：《》]{0,10}$")
_PROVISION_AFTER = re.compile(
    r"[^，。；]{0,16}(?:规定|办法|标准|要求|条款?|精神|程序|之规定)?(?:的)?[^，。；]{0,6}(?:执行|处罚|办理|处理|追究|给予|予以|承担|实施处罚|进行处理)"
)
_GROUND_OF_WHOLE = re.compile(
    r"制定本|制订本|修订本|现(?:就|将|对|提出|印发|决定)|通知如下|提出(?:如下|以下)|结合.{0,16}实际"
)
_ORDERED = re.compile(r"(?:应当?|必须|不得|须|可以?|请|继续|仍|(?<![主需重必])要)[^，。；]{0,20}$")
_REPLIES = ("函", "答复", "报告", "解读", "汇报", "说明", "纪要", "报道", "新闻")
_REPEALED = re.compile(
    r"(?!的?(?:有关|相关)?(?:规定|第))[^。；“中款项]{0,16}(?:，[^。；，“]{0,12})?(?:同时|即行|予以|一并|相应|自行|自动|届时|随即)?"
    r"(?:废止|停止执行|不再执行|失效)"
)
_INNER_PAIR = re.compile(r"[〈《][^〈〉《》]*[〉》]")
_AMENDS_SELF = re.compile(r"\s{0,2}(?:第[一二三四五六七八九十]{1,3}次)?(?:修正|修订|修改)(?![的为])")
_PROMULGATED = re.compile(r"\s{0,2}(?:公布|发布|颁布|公告公布|第[一二三四五六七八九十]{1,3}次修[订正改]|修[订正改])")
_AMENDED = re.compile(r"[^。；]{0,30}?(?:作(?:出)?(?:如下|以下)?修改|修改如下|作如下修订|部分条款进行修[改订]|修改为)")
_MAKES = re.compile(r"(?:出台|印发|制定|制订|发布|下发)[^，。；《》]{0,6}$")
_PRINTS = re.compile(r"(?:印发|转发|批转|发布|公布|颁布|颁发|下发)[^〈《]{0,60}[〈《]?$")
_CARRIES_OUT = re.compile(r"(?:贯彻|落实|执行|实施)[^〈《]{0,8}[〈《]?$")
_CHANGES = {
    "repeals": re.compile(r"废止[^〈《]{0,20}[〈《]?$"),
    "amends": re.compile(r"(?:修改|修订|修正)[^〈《]{0,12}[〈《]?$"),
}
_ARTICLE = re.compile(r"^[ ]{0,4}第[一二三四五六七八九十百]{1,5}条[ \s]", re.M)
_PRINTED_BELOW = re.compile(r"现(?:将|予以?)?[^。；]{0,120}?(?:印发|转发|发布|公布|下发|转复|颁布)")


class _Reading(NamedTuple):
    """What the rules look at: the document, its header, its own keys, the bodies, the lists of cited documents."""

    doc: Document
    header: dict[str, Any]
    own: frozenset[str]
    agencies: Agencies
    mentions: list[Mention]
    lists: list[CitedList]

    def key(self, document: str | None) -> str | None:
        """The key of a triple: ``self`` for the own document."""
        return "self" if document in self.own else document


def _relation(subject: str, predicate: str, target: str, span: Span, rule: str, confidence: float) -> Relation:
    return Relation(subject, predicate, target, span.start, span.end, f"citing.{rule}", confidence)


def _header_relations(reading: _Reading, heading: Mention | None) -> Iterator[Relation]:
    """self issued_by the header's issuers; self replies_to the proposal."""
    span = Span(heading.start, heading.end) if heading else Span(0, 0)
    for issuer in reading.header.get("issuers") or []:
        yield _relation("self", "issued_by", issuer, span, "header", 0.95)
    reply = reading.header.get("replies_to") or {}
    target = reply.get("title") or reply.get("number")
    if target:
        yield _relation("self", "replies_to", target, span, "header", 0.95)


def _title_relations(reading: _Reading) -> Iterator[Relation]:
    """What a title says of its own document: who issues it, what it prints, carries out, amends, repeals."""
    folded = reading.doc.folded
    titles = [m for m in reading.mentions if m.type == "DOCUMENT_TITLE" and not m.attributes.get("anaphor")]
    for title in titles:
        key = reading.key(title.attributes.get("document"))
        if key is None or title.attributes.get("kind") == "proposal":
            continue
        if key != "self":
            for issuer in of_title(folded, title, reading.agencies):
                yield _relation(key, "issued_by", issuer.name, issuer.span, issuer.rule, issuer.confidence)
        if title.attributes.get("nested"):
            continue
        for inner in titles:
            if not (inner.attributes.get("nested") and title.start <= inner.start and inner.end <= title.end):
                continue
            target = reading.key(inner.attributes.get("document"))
            if target is None or target == key:
                continue
            before = _INNER_PAIR.sub("", folded[title.start : inner.start])
            span = Span(title.start, title.end)
            for predicate, pattern in _CHANGES.items():
                if pattern.search(before):
                    yield _relation(key, predicate, target, span, "title", 0.93)
            if _CARRIES_OUT.search(before):
                yield _relation(key, "based_on", target, span, "title", 0.88)
            elif _PRINTS.search(before) or re.fullmatch(r"关于[〈《]", before):
                yield _relation(key, "issues_text_of", target, span, "title", 0.95)


def _order_relations(reading: _Reading) -> Iterator[Relation]:
    """国务院令第722号 says itself who issued it; a code (国发) does not."""
    for mention in reading.mentions:
        key = reading.key(mention.attributes.get("document"))
        if (
            mention.type == "DOCUMENT_NUMBER"
            and key
            and key != "self"
            and mention.rule.endswith((".order", ".order_after"))
        ):
            if name := reading.agencies.named(order_body(key)):
                span = Span(mention.start, mention.end)
                yield _relation(key, "issued_by", name, span, "order", 0.9)


def _own_texts(reading: _Reading, heading: Mention | None) -> dict[str, Span]:
    """Keys of the texts that the document itself prints: plans it issues, reports it attaches."""
    folded = reading.doc.folded
    printed: dict[str, Span] = {}
    for mention in reading.mentions:
        if mention.type != "DOCUMENT_TITLE" or not mention.attributes.get("document"):
            continue
        key = mention.attributes["document"]
        if mention.rule.endswith((".attachment_list", ".attached_heading")):
            printed.setdefault(key, Span(mention.start, mention.end))
        elif heading and mention.attributes.get("nested") and heading.start <= mention.start < heading.end:
            if _PRINTS.search(folded[heading.start : mention.start]) or re.fullmatch(
                r"关于[〈《]", folded[heading.start : mention.start]
            ):
                printed.setdefault(key, Span(mention.start, mention.end))
    for cited in reading.lists:
        before = folded[max(cited.sentence.start, cited.start - 40) : cited.start]
        after = folded[cited.end : cited.sentence.end]
        given = re.match(r"[^。；]{0,60}?(?:印发|转发|发布|公布|下发)(?:给)?(?:你们|实施|执行|施行|，|。|$)", after)
        if (re.search(r"现(?:将|对)?[^，。；]{0,20}$", before) and given) or re.match(
            r"[^。；]{0,24}同意，现(?:印发|转发)", after
        ):
            for item in cited.items:
                printed.setdefault(item.key, Span(item.start, item.end))
    return {key: span for key, span in printed.items() if key not in reading.own}


def _printed(reading: _Reading, heading: Mention | None, printed: dict[str, Span]) -> Iterator[Relation]:
    """self issues_text_of what it prints; who stands under an attached heading issued it."""
    folded = reading.doc.folded
    forwards = bool(heading and re.search("转发|批转|转复", folded[heading.start : heading.end]))
    for key, span in printed.items():
        yield _relation("self", "issues_text_of", key, span, "printed", 0.9)
    for mention in reading.mentions:
        key = mention.attributes.get("document")
        if mention.type != "DOCUMENT_TITLE" or key not in printed:
            continue
        note = re.compile(r"\s{0,12}（\s{0,2}").match(folded, mention.end)
        agency = reading.agencies.by_start.get(note.end()) if note else None
        if agency and agency.attributes.get("canonical") and "\n" in note[0]:
            span = Span(agency.start, agency.end)
            yield _relation(key, "issued_by", agency.attributes["canonical"], span, "attached", 0.9)
        elif mention.attributes.get("nested") and not forwards and heading and mention.start < heading.end:
            for issuer in reading.header.get("issuers") or []:
                yield _relation(key, "issued_by", issuer, span, "printed", 0.85)


def _predicate(reading: _Reading, cited: CitedList) -> tuple[str, str, float]:
    """How the own document stands to a list: predicate, rule, confidence."""
    folded = reading.doc.folded
    sentence = folded[cited.sentence.start : cited.sentence.end]
    before = folded[max(cited.sentence.start, cited.start - 80) : cited.start]
    after = folded[cited.end : min(cited.sentence.end, cited.end + 60)]
    if _REPEALED.match(after) and not re.search("修改|之日|有效期", after[:20]):
        return "repeals", "repealed", 0.9
    if re.search(r"(?:对|将|把)[^，。；]{0,20}$", before) and _AMENDED.match(after):
        return "amends", "amended", 0.88
    whole = _GROUND_OF_WHOLE.search(sentence) is not None
    if _IMPLEMENTS.search(before) and whole:
        return "based_on", "ground", 0.9
    ground = _GROUND.search(before)
    if not ground or "参照" in ground[0]:
        return "cites", "named", 0.85
    if _PROVISION_AFTER.match(after) and not whole:
        return "cites", "provision", 0.85
    if not whole and (_is_provision(reading, cited) or _ORDERED.search(before[: ground.start()])):
        return "cites", "provision", 0.8
    return "based_on", "ground", 0.9 if whole else 0.85


def _is_provision(reading: _Reading, cited: CitedList) -> bool:
    """True after the first article or numbered section of a document that lays down rules, not of a reply."""
    if str(reading.header.get("genre") or "").endswith(_REPLIES):
        return False
    parts = (section.start for section in reading.doc.layout.sections if section.level)
    return next(parts, cited.start) < cited.start or _ARTICLE.search(reading.doc.folded, 0, cited.start) is not None


def _is_preamble(reading: _Reading, place: int) -> bool:
    """True before the first article, where a statute tells its history."""
    first = _ARTICLE.search(reading.doc.folded)
    return first is not None and place < first.start()


def _history(reading: _Reading, cited: CitedList) -> Iterator[Relation]:
    """根据…《关于修改…的决定》第一次修正, in a statute's history: the decision amends it."""
    if _AMENDS_SELF.match(reading.doc.folded, cited.end) and _is_preamble(reading, cited.start):
        for item in cited.items:
            key = reading.key(item.key)
            if key and key != "self":
                yield _relation(key, "amends", "self", Span(item.start, item.end), "history", 0.9)


def _list_relations(reading: _Reading, printed: dict[str, Span]) -> Iterator[Relation]:
    """What the sentences say of the documents they name."""
    addressee = _single_addressee(reading)
    stated: dict[str, tuple[str, Relation]] = {}
    for index, cited in enumerate(reading.lists):
        for issuer in of_list(reading.doc, cited, reading.agencies, reading.header, addressee):
            for item in cited.items:
                key = reading.key(item.key)
                if key and key != "self" and not item.mention.attributes.get("anaphor"):
                    yield _relation(key, "issued_by", issuer.name, issuer.span, issuer.rule, issuer.confidence)
        history = list(_history(reading, cited))
        yield from history
        predicate, rule, confidence = ("cites", "history", 0.9) if history else _predicate(reading, cited)
        for item in cited.items:
            key = reading.key(item.key)
            if key is None or key == "self" or key in printed or _is_own_order(reading, item.mention):
                continue
            if item.mention.attributes.get("anaphor") and predicate == "cites":
                continue
            relation = _relation("self", predicate, key, Span(item.start, item.end), rule, confidence)
            known = stated.get(key)
            if known is None or (known[0] == "cites" and not item.mention.attributes.get("anaphor")):
                stated[key] = (predicate, relation)
            if predicate == "based_on":
                yield from _made_on(reading, index, item.key)
            if predicate in ("based_on", "repeals") and (part := _part(reading, cited, printed, predicate)):
                if part != key:
                    yield _relation(part, predicate, key, Span(item.start, item.end), "part", 0.8)
    for _, relation in stated.values():
        yield relation


def _part(reading: _Reading, cited: CitedList, printed: dict[str, Span], predicate: str) -> str | None:
    """The key of the text of which a sentence speaks when it is not the notice: the plan printed, the plan explained."""
    folded = reading.doc.folded
    if reading.header.get("genre") == "解读":
        keys = [m.attributes.get("document") for m in reading.mentions if _is_explained(reading, m)]
        return keys[0] if keys and keys[0] not in reading.own else None
    sentence = folded[cited.sentence.start : cited.sentence.end]
    if len(printed) == 1 and (predicate == "repeals" or re.search("制定本|制订本", sentence)):
        key = next(iter(printed))
        headings = (
            m.start for m in reading.mentions if m.attributes.get("document") == key and m.attributes.get("bare")
        )
        return key if any(start < cited.start for start in headings) else None
    return None


def _is_explained(reading: _Reading, mention: Mention) -> bool:
    """True for the document named in the heading of an explanation (《…》解读)."""
    heading = reading.doc.layout.first("title")
    return bool(
        heading
        and mention.attributes.get("nested")
        and mention.type == "DOCUMENT_TITLE"
        and heading.start <= mention.start < heading.end
    )


def _is_own_order(reading: _Reading, mention: Mention) -> bool:
    """True for the order that promulgates the document: 2002年5月13日国务院令第353号公布, before the first article."""
    return (
        mention.type == "DOCUMENT_NUMBER"
        and _PROMULGATED.match(reading.doc.folded, mention.end) is not None
        and _is_preamble(reading, mention.start)
    )


def _made_on(reading: _Reading, index: int, ground: str) -> Iterator[Relation]:
    """按照《A》要求，…出台《B》: B is based on A."""
    cited = reading.lists[index]
    for later in reading.lists[index + 1 : index + 3]:
        if later.start >= cited.sentence.end:
            break
        if _MAKES.search(reading.doc.folded[cited.end : later.start]):
            for item in later.items:
                if item.key not in reading.own and item.key != ground:
                    yield _relation(item.key, "based_on", ground, Span(cited.start, later.end), "made_on", 0.8)


def _single_addressee(reading: _Reading) -> str | None:
    """The canonical name of the one body addressed."""
    span = reading.doc.layout.first("addressee")
    if span is None:
        return None
    names = {
        m.attributes.get("canonical")
        for m in reading.mentions
        if m.type == "AGENCY" and span.start <= m.start and m.end <= span.end
    }
    return names.pop() if len(names) == 1 else None


def _own_numbers(doc: Document, mentions: list[Mention]) -> Iterator[str]:
    """Keys of numbers that stand alone on a line at the head of the document."""
    for mention in mentions:
        if mention.type == "DOCUMENT_NUMBER" and mention.end < 1200:
            line = doc.folded[doc.folded.rfind("\n", 0, mention.start) + 1 :]
            line = line[: line.find("\n")] if "\n" in line else line
            if line.strip(" （）〔〕") == doc.folded[mention.start : mention.end].strip("（）〔〕"):
                yield mention.attributes["document"]


def find(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> Iterator[Relation]:
    """Relations in text order; the caller keeps each triple once."""
    heading = next((m for m in mentions if m.attributes.get("self")), None)
    own = {header.get("number"), header.get("title"), heading.attributes.get("document") if heading else None}
    if not header.get("number"):
        own.add(next(_own_numbers(doc, mentions), None))
    reading = _Reading(
        doc, header, frozenset(filter(None, own)), Agencies(doc.folded, mentions), mentions, cited_lists(doc, mentions)
    )
    printed = _own_texts(reading, heading)
    yield from _header_relations(reading, heading)
    yield from _title_relations(reading)
    yield from _order_relations(reading)
    yield from _printed(reading, heading, printed)
    yield from _list_relations(reading, printed)
