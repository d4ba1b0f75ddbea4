"""Marks of secrecy in a document's head: such documents are refused, whatever they say.

A mark stands in a line of its own (GB/T 9704-2012 7.2.2: 密级和保密期限, left corner, second line, 机密★1年), beside
the copy number and urgency, or in a page's table of data (密级：秘密). 工作秘密 (保守国家秘密法, 2024, 64) counts too.
Words about secrets in running text are no mark; nor is 内部资料, which has no rank in law and stands on ordinary
compilations: that is only told.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.readers.folding import fold
from extractors.readers.refusals import refusal

__all__ = ["Mark", "find_internal", "find_mark", "refuse_secret"]

_HEAD_LINES = 40
# A rank alone, without star or label, is a mark only among the first lines.
_FIRST_LINES = 10
_RANK = r"(?:[绝絕] {0,6}密|[机機] {0,6}密|秘 {0,6}密|工作秘密)"
_TERM = (
    "(?:[0-9一二三四五六七八九十]{1,4} ?(?:年|个月|月|日|天)|长期|永久|启[用封][^ ]{0,8}"
    "|[0-9]{4}[-.年/][0-9.年月日/-]{1,12}前?|[^ ]{0,10}前)"
)
_URGENT = "(?:特急|加急|平急|特提|急件|紧急)"
_COPY = rf"(?:(?:份号[： ]{{0,3}})?(?:№|No\.?)?[0-9]{{1,8}}[ \t]+)?(?:{_URGENT}[ \t]+)?"
_URGENCY = rf"(?:[ \t]{{0,40}}{_URGENT}){{0,2}}"
_STARRED = re.compile(rf"{_COPY}(?P<mark>{_RANK} {{0,3}}[★☆*✩✭⭐] {{0,3}}{_TERM}?){_URGENCY}[ \t]*$")
_LABELLED = re.compile(
    rf"(?:密级|保密等级|密级程度|秘密等级)[：\t ]{{1,4}}(?P<mark>{_RANK}(?: {{0,3}}[★☆*] {{0,3}}{_TERM}?)?)"
    r"[ \t]*(?:$|[ \t])"
)
_BARE = re.compile(rf"{_COPY}(?P<mark>{_RANK}(?: {{1,3}}{_TERM})?){_URGENCY}[ \t]*$")
_INTERNAL = re.compile(
    r"[（(]?(?P<mark>内 {0,4}部 {0,4}(?:资 {0,4}料|文 {0,4}件|材 {0,4}料|使 {0,4}用|刊 {0,4}物)|仅供内部[^，。 ]{0,6})"
    r"(?:[， ]{0,3}(?:请勿|不得|注意|严禁|妥善|阅后)[^，。]{0,8})?[）)]?[ \t]*$"
)


class Mark(NamedTuple):
    """A mark, and the line in which it stands, the first being 1."""

    line: int
    words: str


def find_mark(text: str) -> Mark | None:
    """The mark of secrecy in a document's head, None where there is none.

    >>> find_mark("000012\\n机密★1年\\n特急\\n海棠市人民政府文件\\n")
    Mark(line=2, words='机密★1年')
    >>> find_mark("关于保守国家秘密的通知\\n一、机密文件应当专柜存放。\\n") is None
    True
    """
    shown = 0
    for number, line in enumerate(text.split("\n", _HEAD_LINES)[:_HEAD_LINES], 1):
        folded = fold(line).strip(" \t")
        shown += bool(folded)
        found = _STARRED.match(folded) or _LABELLED.match(folded)
        if found is None and shown <= _FIRST_LINES:
            found = _BARE.match(folded)
        if found:
            return Mark(number, " ".join(found["mark"].split()))
    return None


def find_internal(text: str) -> Mark | None:
    """内部资料, 内部文件 and the like in the head, in a line of their own."""
    for number, line in enumerate(text.split("\n", _FIRST_LINES)[:_FIRST_LINES], 1):
        found = _INTERNAL.match(fold(line).strip(" \t"))
        if found:
            return Mark(number, " ".join(found["mark"].split()))
    return None


def refuse_secret(text: str, name: str) -> None:
    """Let a document pass that bears no mark.

    Raises:
        Refused: it bears one; the reason is ``secret``.
    """
    mark = find_mark(text)
    if mark:
        raise refusal(name, "secret", line=mark.line, mark=mark.words)
