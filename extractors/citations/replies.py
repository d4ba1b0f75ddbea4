"""Which deputy's 建议 or member's 提案 a document answers: body, session, number, title."""

from __future__ import annotations

import re
from typing import Any

from extractors.model import Document, Jurisdiction, Mention
from extractors.structure.lines import squeeze

__all__ = ["read_reply"]

_NUMERAL = "一二三四五六七八九十百〇零\\d"
_OPENING = 700
_KIND = "提案|建议|议案"
_NUMBER = re.compile(
    rf"第? ?(?P<number>[A-Za-z]{{0,3}}\d{{1,8}}) ?号(?:（[^（）]{{1,20}}）)? ?(?P<kind>{_KIND})"
    rf"|(?P<kind2>{_KIND})[（第 ]{{0,3}}(?P<number2>[A-Za-z]{{0,3}}\d{{1,8}}) ?号"
)
_SESSION = re.compile(
    rf"(?P<term>第?[{_NUMERAL}]{{1,4}}届)"
    r"(?:(?:全国|[省市区县州])?(?:委员会|人民代表大会|人大|政协)?)"
    rf"(?P<meeting>第?[{_NUMERAL}]{{1,3}}次(?:全体)?会议)"
)
_BODY_WORD = re.compile(r"政协|政治协商|人大|人民代表大会")
_LEVELS = {"省": 1, "市": 2, "州": 2, "区": 3, "县": 3, "旗": 3}
_MARKED_TITLE = re.compile(
    r"《(?P<title>[^《》]{4,120})》(?:[的]?(?:提案|建议|议案))?(?= ?（?[^，。]{0,12}(?:号|收悉|已?收到))"
)
_BARE_TITLE = re.compile(r"(?P<title>关于[^《》。；]{4,100}?的(?:建议|提案|议案))")
_REPLY_GENRE = re.compile(r"函|答复|回复|复$")


def read_reply(
    doc: Document, title: str | None, genre: str | None, mentions: list[Mention], jurisdiction: Jurisdiction | None
) -> dict[str, Any] | None:
    """``replies_to`` of the header, or None where the document answers no 提案 or 建议."""
    if title is None or not (genre and _REPLY_GENRE.search(genre)):
        return None
    body = doc.layout.first("body")
    opening = doc.folded[body.start : body.start + _OPENING] if body else ""
    heading = squeeze(title)
    numbered = _NUMBER.search(heading) or _NUMBER.search(opening)
    kind = _kind(heading, opening, numbered)
    if kind is None:
        return None
    session = _SESSION.search(heading) or _SESSION.search(opening)
    return {
        "kind": kind,
        "body": _body(doc, kind, heading, opening, mentions, jurisdiction),
        "session": session["term"] + session["meeting"] if session else None,
        "number": (numbered["number"] or numbered["number2"]) if numbered else _lone_number(opening),
        "title": _title(doc, mentions),
    }


def _kind(heading: str, opening: str, numbered: re.Match[str] | None) -> str | None:
    """提案 of a consultative conference, 建议 (and 议案) of a congress."""
    if numbered:
        return numbered["kind"] or numbered["kind2"]
    if re.search(r"提案|建议|议案", heading) and re.search(r"[省市区县州国]政协|政协|人大|人民代表大会", heading):
        return "提案" if "提案" in heading else "建议"
    if re.match(r"[^。]{0,40}(?:您|你们?|贵)[^。]{0,30}提出的[^。]{0,120}(?:收悉|收到)", opening):
        found = re.search(r"提案|建议", opening)
        return found[0] if found else None
    return None


def _lone_number(opening: str) -> str | None:
    found = re.search(r"》 ?[（(]?(?:第|编号：?) ?(?P<number>[A-Za-z]{0,3}\d{1,8}) ?号?", opening)
    return found["number"] if found else None


def _title(doc: Document, mentions: list[Mention]) -> str | None:
    """The proposal's own title, as written, from the first sentences."""
    body = doc.layout.first("body")
    if body is None:
        return None
    for mention in mentions:
        if mention.type != "DOCUMENT_TITLE" or mention.attributes.get("kind") != "proposal":
            continue
        if body.start <= mention.start < body.start + _OPENING:
            return "".join(doc.text[mention.start : mention.end].splitlines())
    opening = doc.folded[body.start : body.start + _OPENING]
    found = _MARKED_TITLE.search(opening) or _BARE_TITLE.search(opening)
    if not found:
        return None
    start = body.start + found.start("title")
    return "".join(doc.text[start : start + len(found["title"])].splitlines())


def _body(
    doc: Document, kind: str, heading: str, opening: str, mentions: list[Mention], jurisdiction: Jurisdiction | None
) -> str | None:
    """Canonical name of the congress or the conference; by its mention, else by the words round the session."""
    wanted = "政治协商会议" if kind == "提案" else "人民代表大会"
    title, body = doc.layout.first("title"), doc.layout.first("body")
    places = [(title.start, title.end)] if title else []
    places += [(body.start, body.start + _OPENING)] if body else []
    for start, end in places:
        for mention in mentions:
            canonical = mention.attributes.get("canonical") if mention.type == "AGENCY" else None
            if canonical and wanted in canonical and start <= mention.start < end:
                return str(canonical).removesuffix("常务委员会") if kind != "提案" else str(canonical)
    place = _place(heading, jurisdiction) or _place(opening[:200], jurisdiction)
    if place is None:
        return None
    if kind == "提案":
        return f"中国人民政治协商会议{'全国' if place == '中国' else place}委员会"
    return "全国人民代表大会" if place == "中国" else f"{place}人民代表大会"


def _place(text: str, jurisdiction: Jurisdiction | None) -> str | None:
    """The division whose body it is: 全国, or the member of the issuer's chain that the word before names."""
    found = _BODY_WORD.search(text)
    if not found:
        return None
    before = text[max(0, found.start() - 12) : found.end() + 12]
    if "全国" in before:
        return "中国"
    if jurisdiction is None or not jurisdiction.path:
        return None
    path = jurisdiction.path
    word = re.search(r"([省市州区县旗])(?:政协|人大|人民代表大会|第?[一二三四五六七八九十\d]+届)", text)
    if word is None:
        return jurisdiction.name
    for depth in range(len(path), 0, -1):
        if path[depth - 1].endswith(word[1]):
            return "".join(path[:depth])
    return "".join(path[: _LEVELS[word[1]]])
