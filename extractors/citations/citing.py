"""Relations between documents and their issuers.

issued_by, replies_to, based_on, cites, issues_text_of, repeals, amends: each triple keyed by the ``document`` keys that
``coreference`` gave, the own document as ``self``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors.citations.citation_lists import Citation, CitedList
from extractors.citations.citing_reading import Reading, relation
from extractors.citations.grounds import Stand, amended_by, is_own_order, made_on, part_meant, parts_of, stand
from extractors.citations.issuing import Issuer, of_forwarded, of_list, of_note, of_title, order_body, owned_runs
from extractors.citations.printed_texts import PRINTS, find_printed, printed_relations
from extractors.citations.running_titles import starts_with_place
from extractors.model import Document, Mention, Relation, Span

__all__ = ["find"]

_INNER_PAIR = re.compile(r"[〈《][^〈〉《》]*[〉》]")
_CARRIES_OUT = re.compile(r"(?:贯彻|落实|执行|实施)[^〈《]{0,8}[〈《]?$")
_CHANGES = {
    "repeals": re.compile(r"废止[^〈《]{0,20}[〈《]?$"),
    "amends": re.compile(r"(?:修改|修订|修正)[^〈《]{0,12}[〈《]?$"),
}


def _header_relations(reading: Reading) -> Iterator[Relation]:
    """self issued_by the header's issuers; self replies_to the proposal."""
    heading = reading.heading
    span = Span(heading.start, heading.end) if heading else Span(0, 0)
    for issuer in reading.header.get("issuers") or []:
        yield relation("self", "issued_by", issuer, span, "header", 0.95)
    reply = reading.header.get("replies_to") or {}
    target = reply.get("title") or reply.get("number")
    if target:
        yield relation("self", "replies_to", target, span, "header", 0.95)


def _title_relations(reading: Reading) -> Iterator[Relation]:
    """What a title says of its own document: who issues it, what it prints, carries out, amends, repeals."""
    outer: Mention | None = None
    for title in reading.mentions:
        if title.type != "DOCUMENT_TITLE" or title.attributes.get("anaphor") or title.attributes.get("kind"):
            continue
        key = reading.key(title.attributes.get("document"))
        if key and key != "self":
            for issuer in of_title(reading.doc.folded, title, reading.agencies):
                yield relation(key, "issued_by", issuer.name, issuer.span, issuer.rule, issuer.confidence)
        if not title.attributes.get("nested"):
            outer = title
        elif outer and title.end <= outer.end:
            yield from _inner_relations(reading, outer, title)
            for issuer in of_forwarded(reading.doc.folded, outer, title, reading.agencies):
                if key and key != "self":
                    yield relation(key, "issued_by", issuer.name, issuer.span, issuer.rule, issuer.confidence)


def _inner_relations(reading: Reading, outer: Mention, inner: Mention) -> Iterator[Relation]:
    """How a document stands to the one named in its title."""
    key, target = reading.key(outer.attributes.get("document")), reading.key(inner.attributes.get("document"))
    if key is None or target is None or key == target:
        return
    before = _INNER_PAIR.sub("", reading.doc.folded[outer.start : inner.start])
    span = Span(outer.start, outer.end)
    for predicate, pattern in _CHANGES.items():
        if pattern.search(before):
            yield relation(key, predicate, target, span, "title", 0.93)
    if _CARRIES_OUT.search(before):
        yield relation(key, "based_on", target, span, "title", 0.88)
    elif PRINTS.search(before) or re.fullmatch(r"关于[〈《]", before):
        yield relation(key, "issues_text_of", target, span, "title", 0.95)


def _order_relations(reading: Reading) -> Iterator[Relation]:
    """国务院令第722号 says itself who issued it; a code (国发) does not."""
    for mention in reading.mentions:
        if mention.type == "DOCUMENT_NUMBER" and mention.rule.endswith((".order", ".order_after")):
            key = reading.key(mention.attributes["document"])
            name = reading.agencies.named(order_body(mention.attributes["document"]))
            if name and key and key != "self":
                yield relation(key, "issued_by", name, Span(mention.start, mention.end), "order", 0.9)


def _list_relations(reading: Reading, printed: dict[str, Span]) -> Iterator[Relation]:
    """What the sentences say of the documents they name. A ground outdoes a mere naming of the same document."""
    addressees = _addressees(reading)
    parts = parts_of(reading, printed)
    stated: dict[str, Relation] = {}
    grounds_of_parts: set[str] = set()
    for index, cited in enumerate(reading.lists):
        yield from _issuer_relations(reading, cited, addressees)
        history = list(amended_by(reading, cited))
        yield from history
        way = Stand("cites", "history", 0.9) if history else stand(reading, cited)
        part = part_meant(reading, cited, parts, way.predicate)
        amending = {r.subject for r in history}
        for item in cited.items:
            key = _cited_key(reading, item, printed, way)
            if key is None or key in amending:
                continue
            span = Span(item.start, item.end)
            if part and part != key:
                yield relation(part, way.predicate, key, span, "part", 0.85)
                grounds_of_parts.add(key)
                continue
            if key not in stated or (stated[key].predicate == "cites" and not item.mention.attributes.get("anaphor")):
                stated[key] = relation("self", way.predicate, key, span, way.rule, way.confidence)
            if way.predicate == "based_on":
                yield from made_on(reading, index, item.key)
    yield from (r for r in stated.values() if r.predicate != "cites" or r.object not in grounds_of_parts)


def _issuer_relations(reading: Reading, cited: CitedList, addressees: list[str]) -> Iterator[Relation]:
    """Who issued the documents of a list: each run of it by the bodies before it, each item by its note."""
    for run in owned_runs(cited, reading.agencies):
        for issuer in of_list(reading.doc, run, reading.agencies, reading.header, addressees):
            for item in run.items[: _owned(reading, run, issuer)]:
                yield from _issued(reading, item, issuer)
    for item in cited.items:
        for issuer in of_note(reading.doc.folded, item, reading.agencies):
            yield from _issued(reading, item, issuer)


def _owned(reading: Reading, run: CitedList, issuer: Issuer) -> int:
    """How many of a run are the issuer's: up to a title that begins with another's place, 国务院《甲》《南宁乙》."""
    for count, item in enumerate(run.items):
        title = reading.doc.folded[item.mention.start : item.mention.end]
        local = starts_with_place(title) and not title.startswith(("中国", "国家"))
        if issuer.rule == "owner" and local and not issuer.name.startswith(title[:2]):
            return count
    return len(run.items)


def _issued(reading: Reading, item: Citation, issuer: Issuer) -> Iterator[Relation]:
    key = reading.key(item.key)
    if key and key != "self" and not item.mention.attributes.get("anaphor"):
        yield relation(key, "issued_by", issuer.name, issuer.span, issuer.rule, issuer.confidence)


def _cited_key(reading: Reading, item: Citation, printed: dict[str, Span], way: Stand) -> str | None:
    """The key of a document that the text cites; None for the document itself, its parts and mere anaphors."""
    key = reading.key(item.key)
    if key is None or key == "self" or key in printed or is_own_order(reading, item.mention):
        return None
    if key in reading.granted:  # 决定颁发的证照，还没有编号，是本文件的内容
        return None
    return None if item.mention.attributes.get("anaphor") and way.predicate == "cites" else key


def _addressees(reading: Reading) -> list[str]:
    """The canonical names of the bodies addressed; empty where one of them is not settled."""
    span = reading.doc.layout.first("addressee")
    if span is None:
        return []
    names = [
        m.attributes.get("canonical")
        for m in reading.mentions
        if m.type == "AGENCY" and span.start <= m.start and m.end <= span.end
    ]
    settled = [name for name in names if name]
    return list(dict.fromkeys(settled)) if len(settled) == len(names) else []


def find(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> Iterator[Relation]:
    """Relations by kind; the caller keeps each triple once."""
    reading = Reading.of(doc, header, mentions)
    printed = find_printed(reading)
    yield from _header_relations(reading)
    yield from _title_relations(reading)
    yield from _order_relations(reading)
    yield from printed_relations(reading, printed)
    yield from _list_relations(reading, printed)
