"""Titles of laws, plans, standards and policy documents.

Titles stand in 《》, in the document's own heading, or without marks (``bare_titles``). What stands in 《》 but names a
form, a certificate, a newspaper or a book is none: the table ``document_nouns`` decides by the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractors.citations import bare_titles
from extractors.citations.running_titles import starts_with_place
from extractors.citations.title_tails import is_generic, tail_status
from extractors.model import Document, Found, Mention, Span

__all__ = ["find"]

_MARKS = re.compile(r"[《》]")
_INNER = re.compile(r"[〈〉《》]")
# 半角双尖括号当书名号用：<<…>>
_DOUBLED = re.compile(r"〈〈([^〈〉《》\n]{4,80})〉〉")
_DRAFT = re.compile(r"（[^（）]*(?:试行|暂行|修订|修正|草案|意见稿|送审稿|报批稿|年)[^（）]*）\s*$")
_PROPOSAL_BEFORE = re.compile(
    r"(?:提出|提交|提案人|领衔|所提|报送)的?(?:（[^（）]{0,20}）)?[^，。；\n]{0,12}$|(?:您|你们?|代表|委员|[组会委])(?:的|关于的)?$"
)
_PROPOSAL_AFTER = re.compile(
    r"》?\s*(?:的?(?:提案|建议|议案|代表建议)(?!案)|[（〔][^（）〔〕\n]{0,16}第?\s?[A-Za-z]?\d{1,6}[^（）\n]{0,6}号?[^（）\n]{0,12}[）〕]\s*(?:的?(?:提案|建议|议案)|已?收悉)|已?收悉|[（〔]以下简称)"
)
_DEFINITION_BEFORE = re.compile(r"(?:简称|统称)(?:为)?[“《\s]{0,3}$")
_NUMBER_AFTER = re.compile(
    r"》\s*[（〔]\s*(?:以下简称|[^（）〔〕\n]{0,14}[〔（\[]?\s?(?:19|20)\d\d|[A-Z]{2}|国务院|主席)|》\s*[\u4e00-\u9fff]{1,8}〔"
)
# 《…许可证》（国核安证字第2016号）：有编号的证照是一件文件。
_CERTIFIED_AFTER = re.compile(r"》\s?（[\u4e00-\u9fff]{2,7}证字[^（）\n]{0,12}(?:（\d{2,4}）[^（）\n]{0,10})?号")
_POLICY_BEFORE = re.compile(
    r"(?:根据|按照|依据|依照|印发|出台|落实|贯彻|执行|制定|颁布|公布|发布|符合|编制|修订|实施|列入|遵守|转发|下发)[了的《]?$"
)


class _Marked(NamedTuple):
    """A pair of title marks: the span inside, and the spans of the pairs it holds."""

    span: Span
    inner: tuple[Span, ...]


def _trim(folded: str, start: int, end: int) -> Span:
    """The span without white space and stray brackets at its edges; brackets that belong to the name stay."""
    while start < end and folded[start] in " \n〔":
        start += 1
    while start < end and (folded[end - 1] in " \n" or (folded[end - 1] == "〕" and "〔" not in folded[start:end])):
        end -= 1
    return Span(start, end)


def _unclosed_end(folded: str, start: int, stop: int) -> int | None:
    """Where a title whose closing mark is missing ends: at its document noun before punctuation."""
    stop = min(stop, start + 80, *(p for p in (folded.find("\n", start), len(folded)) if p >= 0))
    cut = re.compile(r"[（，。；：、〔]|等").search(folded, start, stop)
    end = cut.start() if cut else stop
    return end if end - start >= 6 and tail_status(folded[start:end]) == "document" else None


def _is_stray(run: str) -> bool:
    """True where the text from one opening mark to the next shows that the first was never closed."""
    if len(run) > 160 or "\n\n\n" in run or run.count("“") < run.count("”"):
        return True
    return bool(re.search("[。；！？]|^《[ ]*\n", run))


def _pairs(folded: str) -> Iterator[_Marked]:
    """Outermost pairs of 《》, nested ones inside; a missing closing mark is mended at the document noun."""
    depth, opened = 0, -1
    marks = list(_MARKS.finditer(folded))
    for index, mark in enumerate(marks):
        place = mark.start()
        if mark[0] == "《":
            if depth and _is_stray(folded[opened:place]):
                end = _unclosed_end(folded, opened + 1, place)
                if end:
                    yield _Marked(Span(opened + 1, end), ())
                depth = 0
            if depth == 0:
                opened = place
            depth += 1
        elif depth:
            depth -= 1
            nearest = marks[index + 1].start() if index + 1 < len(marks) else len(folded)
            if depth and (folded[place + 1 : place + 2] in "（，。；、和及等" or nearest - place > 60):
                # 《关于印发《A》（渝发…）：里层多开了一个，按一个收尾。
                depth = 0 if marks[index + 1 : index + 2] == [] or marks[index + 1][0] == "《" else depth
            if depth == 0 and place - opened <= 260:
                yield _Marked(Span(opened + 1, place), _inner_spans(folded, opened + 1, place))
    if depth:
        end = _unclosed_end(folded, opened + 1, len(folded))
        if end:
            yield _Marked(Span(opened + 1, end), ())
    for match in _DOUBLED.finditer(folded):
        yield _Marked(Span(*match.span(1)), ())


def _inner_spans(folded: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans inside 〈〉 or 《》 within a title, at any depth."""
    stack: list[int] = []
    spans: list[Span] = []
    for mark in _INNER.finditer(folded, start, end):
        if mark[0] in "〈《":
            stack.append(mark.end())
        elif stack:
            spans.append(_trim(folded, stack.pop(), mark.start()))
    return tuple(sorted(span for span in spans if span.end > span.start))


def _defined_forms(folded: str) -> frozenset[str]:
    """Short forms that the text defines: （以下简称《通知》）, （以下简称“实施意见”）."""
    pattern = re.compile(r"简称(?:为|：)?\s?[“《\"]?[“《\"]([^《》“”\"，。；（）\n]{2,20})[”》\"]")
    return frozenset(match[1] for match in pattern.finditer(folded))


def _attributes(folded: str, span: Span, defined: frozenset[str]) -> dict[str, Any] | None:
    """What kind of title stands at ``span`` (inside its marks); None where it is no title of a document."""
    title = folded[span.start : span.end]
    before, after = folded[max(0, span.start - 41) : span.start - 1], folded[span.end : span.end + 60]
    if not re.search("[\u4e00-\u9fff]", title):
        return None
    status = tail_status(title)
    if status in ("form", "press") and not title.startswith("关于"):
        return {} if status == "form" and _CERTIFIED_AFTER.match(after) else None
    if is_generic(title) or (title in defined and (_DEFINITION_BEFORE.search(before) or len(title) <= 12)):
        return {"anaphor": True}
    if _is_proposal(title, before, after):
        return {"kind": "proposal"}
    if status == "document" and (len(title) >= 3 or title.endswith("法")):
        return {}
    specific = title.startswith("关于") or "关于" in title or "中华人民共和国" in title or bool(_DRAFT.search(title))
    if specific or _NUMBER_AFTER.match(after) or re.search(r"\d号\s?$", before):
        return {}
    if status == "weak":
        named = title.startswith(("中国", "中华", "国务院")) or starts_with_place(title)
        return {} if len(title) >= (6 if named else 8) else None
    return {} if len(title) >= 6 and _POLICY_BEFORE.search(before) else None


def _is_proposal(title: str, before: str, after: str) -> bool:
    """A proposal's or bill's title: what deputies and members hand in."""
    if re.search(r"^(?:中共|国务院|[^关]{2,14}(?:政府|委员会|局|厅|部))", title) and not title.endswith(
        ("提案", "议案")
    ):
        return False
    tail = title.endswith(("建议", "提案", "议案", "建议案"))
    if tail and (title.startswith(("关于", "对", "推", "加", "进一步")) or "关于" in title):
        return True
    return bool(_PROPOSAL_AFTER.match(after) and _PROPOSAL_BEFORE.search(before)) or bool(
        re.match(r"》\s*的?(?:提案|建议|议案)(?!案)", after) and title.startswith("关于")
    )


def _title(span: Span, rule: str, confidence: float, **attributes: Any) -> Mention:
    return Mention(span.start, span.end, "DOCUMENT_TITLE", f"titles.{rule}", confidence, attributes)


def _nested(folded: str, span: Span, inner: tuple[Span, ...]) -> Iterator[Mention]:
    """Titles inside a title: in marks, or bare after 印发, 转发, 贯彻落实."""
    for part in inner:
        title = folded[part.start : part.end]
        if tail_status(title) not in ("form", "press") and len(title) >= 2:
            yield _title(part, "nested", 0.95, nested=True)
    if not inner:
        bare = bare_titles.inside_title(folded, span)
        if bare:
            yield _title(bare, "nested_bare", 0.85, nested=True, bare=True)


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """DOCUMENT_TITLE mentions: own heading, marked titles with those nested in them, titles without marks."""
    folded = doc.folded
    numbers = {(m.start, m.end) for m in found.of("DOCUMENT_NUMBER")}
    heading = doc.layout.first("title")
    titles: list[Mention] = []
    if heading:
        titles.append(_title(heading, "heading", 0.97, self=True))
        titles.extend(_nested(folded, heading, _inner_spans(folded, *heading)))
    defined = _defined_forms(folded)
    pairs: list[tuple[Span, tuple[Span, ...], dict[str, Any] | None]] = []
    for pair in _pairs(folded):
        span = _trim(folded, *pair.span)
        in_heading = heading and span.start < heading.end and heading.start < span.end
        if not in_heading and span.end - span.start >= 2 and span not in numbers:
            pairs.append((span, pair.inner, _attributes(folded, span, defined)))
    accepted = {folded[span.start : span.end] for span, _, attributes in pairs if attributes == {}}
    refused = -9
    for span, inner, attributes in pairs:
        if attributes is None:
            attributes = _by_the_others(folded[span.start : span.end], accepted)
        name = folded[span.start : span.end]
        # 《最终安全分析报告》《应急预案》: in a list of technical files the short name is one too.
        listed = attributes == {"anaphor": True} and refused + 1 < span.start <= refused + 4
        if listed and not any(title.endswith(name) for title in accepted):
            attributes = None
        if attributes is None:
            refused = span.end
        if attributes is not None:
            titles.append(_title(span, "marked", 0.95, **attributes))
            if not attributes.get("anaphor"):
                titles.extend(_nested(folded, span, inner))
    yield from titles
    for mention in bare_titles.find(doc, found, [Span(m.start, m.end) for m in titles], _names(folded, titles)):
        yield mention
        if mention.attributes.get("kind") != "proposal":
            yield from _nested(folded, Span(mention.start, mention.end), ())


def _by_the_others(title: str, accepted: set[str]) -> dict[str, Any] | None:
    """A name that is doubtful by itself: the same as a title accepted elsewhere, or a short form of one (《建议》)."""
    if title in accepted:
        return {}
    short = len(title) <= 4 and tail_status(title) == "weak" and any(name.endswith(title) for name in accepted)
    return {"anaphor": True} if short else None


def _names(folded: str, titles: list[Mention]) -> frozenset[str]:
    """Titles of other documents, without white space, that may stand again as a line of their own."""
    names = {
        re.sub(r"\s", "", folded[m.start : m.end])
        for m in titles
        if not (m.attributes.keys() & {"anaphor", "kind", "self"})
    }
    own = {re.sub(r"\s", "", folded[m.start : m.end]) for m in titles if m.attributes.get("self")}
    return frozenset(name for name in names - own if len(name) >= 8 and tail_status(name) in ("document", "weak"))
