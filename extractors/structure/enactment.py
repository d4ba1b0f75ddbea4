"""题注 under a title: by whom and when passed, approved, revised, made public; or who signed when, in brackets."""

from __future__ import annotations

import re

from extractors.model import Span
from extractors.structure.lines import Line

__all__ = ["DATE", "ENACTED", "continues_enactment", "date_alone", "is_enactment", "opens_enactment", "signed_bracket"]

_NUMERAL = "〇零一二三四五六七八九十"
DATE = (
    r"(?:(?:19|20)\d\d ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2}(?: ?日)?"
    rf"|[{_NUMERAL}]{{4}} ?年 ?[{_NUMERAL}]{{1,3}} ?月 ?[{_NUMERAL}]{{1,3}} ?日)"
)
ENACTED = "通过|批准|修正|修订|公布|发布|施行|制定|颁布|签署|废止|印发|备案|审议"
_LONGEST = 400
_LONGEST_REST = 200
_FIRST_DATE = re.compile(
    rf"[（〔]?(?:根据|自|经)? ?{DATE}(?:.*(?:{ENACTED})| ?[\u4e00-\u9fff]{{2,40}}(?:公告|令 ?第? ?\d+ ?号)[）〕]?$)"
)
_LAST_DATE = re.compile(rf".{{4,60}}{DATE}.{{0,30}}(?:{ENACTED})(?:）|$)")
_REST = re.compile(rf"(?:{ENACTED}|实施)[）〕]?$")
_OPEN = re.compile(rf"[（〔] ?(?:根据|经)? ?{DATE}[^）〕]*$")
_ALONE = re.compile(rf"[（〔]? ?(?P<date>{DATE}) ?[）〕]?$")
_SPOKEN = re.compile(rf"[（〔]? ?-{{0,2}} ?(?P<date>{DATE}) ?在.{{4,60}}会议?上[）〕]?$")
_SIGNED = re.compile(rf"[（〔](?P<body>[\u4e00-\u9fff、 ]{{2,80}}?) *(?P<date>{DATE})[）〕]$")


def is_enactment(text: str) -> bool:
    """True for a line of 题注.

    >>> is_enactment("2021年8月6日 某市人民代表大会常务委员会第九次会议通过")
    True
    """
    if len(text) > _LONGEST or text.endswith(("：", "，")):
        return False
    return bool(_FIRST_DATE.match(text) or _LAST_DATE.match(text))


def opens_enactment(text: str) -> bool:
    """True for a line of 题注 whose bracket closes on a line below."""
    return len(text) <= _LONGEST and bool(_OPEN.match(text))


def continues_enactment(text: str) -> bool:
    """True for a line that can be the rest of a broken line of 题注."""
    return len(text) <= _LONGEST_REST and bool(_REST.search(text))


def date_alone(line: Line) -> Span | None:
    """The date of a line that holds nothing else, or of one that says when and where a speech was given."""
    found = _ALONE.match(line.text) or _SPOKEN.match(line.text)
    return Span(line.start + found.start("date"), line.start + found.end("date")) if found else None


def signed_bracket(line: Line) -> tuple[Span, Span] | None:
    """Body and date of （民政部 一九九七年一月二十八日）."""
    found = _SIGNED.match(line.text)
    if not found:
        return None
    return (
        Span(line.start + found.start("body"), line.start + found.end("body")),
        Span(line.start + found.start("date"), line.start + found.end("date")),
    )
