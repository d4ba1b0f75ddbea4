"""The document's own number as it is printed: on a line of its own, or before or after the title (7.2.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.structure.genres import ends_with_genre

__all__ = ["OwnNumber", "find_own_number", "is_number_line"]

_LONGEST_LINE = 60
_LONGEST_WITH_TITLE = 180
_NUMERAL = "〇零一二三四五六七八九十"
_SERIAL = rf"[\d{_NUMERAL}百]{{1,6}}"
_YEAR = rf"[〔（【《] ?(?:(?:19|20)?\d\d|[{_NUMERAL}]{{4}}) ?年? ?[〕）】》]"
_CODED = (
    rf"(?:[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z ]{{0,23}}{_YEAR} ?(?:第 ?)?{_SERIAL}(?:[-、]\d+)? ?号"
    rf"|{_YEAR}[\u4e00-\u9fff]{{1,14}} ?第? ?{_SERIAL} ?号)"
)
_ORDER = (
    r"(?:[\u4e00-\u9fff]{2,40} ?(?:令|公告|通告|公报))? ?"
    rf"（?(?:(?:19|20)\d\d ?年 ?)?(?:年 ?)?第? ?{_SERIAL} ?号）?"
)
_STANDARD = r"(?:[A-Z]{2,5}(?:\d{2,6})?(?: ?/ ?[TZ])?|T/[A-Z]{2,10}) ?\d{1,6}(?:\.\d{1,3})?-(?:19|20)\d\d"
_LINE = re.compile(rf"（?(?P<number>{_CODED}|{_ORDER}|{_STANDARD})）?(?: +(?:签发人|会签人)：.*)?$")
_AFTER_TITLE = re.compile(rf"(?: +|（|(?<=》)|(?<=[通知意见办法方案]))(?P<number>{_CODED})）?$")
_BEFORE_TITLE = re.compile(rf"(?P<number>{_CODED}) *(?=(?!文|等)[\u4e00-\u9fff《]{{4}})")


class OwnNumber(NamedTuple):
    """Where the number stands in its line, and the part of the line that belongs to the title (may be empty).

    ``opens_title`` tells that the title begins on this line, after the number, and goes on below.
    """

    start: int
    end: int
    title_start: int
    title_end: int
    opens_title: bool


def is_number_line(text: str) -> bool:
    """True for a line that holds a document number and nothing else.

    >>> is_number_line("民发〔2022〕5号"), is_number_line("按照民发〔2022〕5号文件，")
    (True, False)
    """
    return len(text) <= _LONGEST_LINE and _LINE.match(text) is not None


def find_own_number(text: str) -> OwnNumber | None:
    """The number in a line of the document's head, or None."""
    if len(text) <= _LONGEST_LINE and (found := _LINE.match(text)):
        start, end = found.span("number")
        if text[start] == "（" and text[end - 1] == "）":
            start, end = start + 1, end - 1
        return OwnNumber(start, end, end, end, False)
    if len(text) > _LONGEST_WITH_TITLE or re.search(r"[。！？；]", text):
        return None
    if (found := _AFTER_TITLE.search(text)) and ends_with_genre(text[: found.start()]):
        return OwnNumber(*found.span("number"), 0, len(text[: found.start()].rstrip()), False)
    if (found := _BEFORE_TITLE.match(text)) and not re.search(r"[，：]", text[found.end() :]):
        return OwnNumber(*found.span("number"), found.end(), len(text), True)
    return None
