"""Where clauses and sentences begin and end, looked for near a place only: figures live in short clauses."""

from __future__ import annotations

import re

__all__ = ["clause_start", "line_start", "sentence_end", "sentence_start"]

_SENTENCE = re.compile(r"[。！？\n]")
_SPAN = 120
_LONG = 400
_LINE = 1200
# 一是…；二是…: each item stands by itself.
_ITEM = re.compile(r"[；：。，:][一二三四五六七八九十]是")


def clause_start(text: str, position: int) -> int:
    """Where the clause that holds ``position`` begins: after a comma, stop, colon or line end."""
    near = max(0, position - _SPAN)
    last = text.rfind
    mark = max(
        last("，", near, position), last("。", near, position), last("；", near, position), last("：", near, position),
        last("！", near, position), last("？", near, position), last("\n", near, position),
    )  # fmt: skip
    return mark + 1 if mark >= near else near


def line_start(text: str, position: int) -> int:
    """Where the line that holds ``position`` begins, or as far back as is looked in a line without end."""
    near = max(0, position - _LINE)
    return max(text.rfind("\n", near, position) + 1, near)


def sentence_start(text: str, position: int) -> int:
    """Where the sentence that holds ``position`` begins; ； ends none, but a run-in 二是 begins one."""
    near = max(0, position - _LONG)
    last = text.rfind
    mark = max(
        last("。", near, position), last("！", near, position), last("？", near, position), last("\n", near, position)
    )
    start = mark + 1 if mark >= near else near
    for match in _ITEM.finditer(text, start, position):
        start = match.start() + 1
    return start


def sentence_end(text: str, position: int) -> int:
    """Where the sentence that holds ``position`` ends, the mark left out."""
    match = _SENTENCE.search(text, position, position + _LONG)
    return match.start() if match else min(len(text), position + _LONG)
