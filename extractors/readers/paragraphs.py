"""Lines of printed pages made paragraphs: heads, feet and page numbers dropped, lines of a paragraph rejoined."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from extractors.readers.glyphs import Row

__all__ = ["PrintedPage", "paragraphs_of"]


class PrintedPage(NamedTuple):
    """A page: its lines from top to bottom, and the heights of its lower and upper edge."""

    rows: list[Row]
    bottom: float
    top: float


# Heads and feet stand in the outer eighth of a page.
_MARGIN = 0.125
_EDGE_ROWS = 3
# Lines further from each other than this, times the usual distance, stand apart.
_APART = 1.6
# A shorter line is never full.
_FULL = 15
# So many full lines tell where the margin is.
_KNOWN = 5
_PAGE_NUMBER = re.compile(
    r"[-—–―－_·•\s]*(?:第\s*)?(?P<number>[0-9]{1,4})(?:\s*页)?(?:\s*[/，,、]?\s*共?\s*[0-9]{1,4}\s*页?)?[-—–―－_·•\s]*$"
)
_DECORATED = re.compile(r"[-—–―－页]")
_HEADING = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十]{1,4}[）)]|第[一二三四五六七八九十百]{1,6}[条章节编]|[0-9]{1,2}[.．、]|"
    r"附件|附：|抄送|主送|（此件"
)
_SENTENCE_END = re.compile("[。；：！？][”’）)】]?$")
# Lines that stand alone: a date, a document number, a form of address.
_ALONE = re.compile(
    "[〇○Oo零一二三四五六七八九0-9]{4} ?年[ 一二三四五六七八九十0-9]{1,5}月[ 一二三四五六七八九十0-9]{1,5}日$"
    r"|[^，。；、《]{2,14}[〔\[［【(（][12][0-9]{3}[〕\]］】)）] ?第?[0-9]{1,5}号$"
    r"|尊敬的[^，。；]{1,40}[：:]$"
)
# A line that no paragraph ends in: it stops without a mark, as a signature does.
_UNMARKED = re.compile("[^。；：，、！？”’）)…]$")
_LETTER = re.compile("[A-Za-z]")
# What is never broken over two lines: a number or word, a bracket and what it holds on to, a mark and what it follows.
_UNBROKEN = re.compile("[《“‘（〔〈【(]{0,3}(?:[0-9A-Za-z.,/-]+|.)[%％，。；：、！？”’）》〉〕】)…]{0,4}")
_LONGEST_UNBROKEN = 8.0


def paragraphs_of(pages: list[PrintedPage]) -> list[str]:
    """The text of printed pages: a line for each paragraph, heading or table row, an empty one where they part."""
    furniture = _furniture(pages)
    rows = [row for number, page in enumerate(pages) for row in page.rows if (number, row) not in furniture]
    if not rows:
        return []
    wide = [row for row in rows if len(row.text) > _FULL and "\t" not in row.text] or rows
    edges = sorted(row.right for row in wide)
    right = edges[int(len(edges) * 0.9)]
    left = sorted(row.left for row in wide)[len(wide) // 10] if len(wide) >= _KNOWN else None
    spacing = _spacing(wide)
    indented = left is None or sum(1.2 * row.size < row.left - left < 3 * row.size for row in wide) > len(wide) // 20
    lines = [rows[0].text]
    for last, row in pairwise(rows):
        if _continues(last, row, left, right, spacing) and (indented or not _SENTENCE_END.search(last.text)):
            gap = " " if _LETTER.match(lines[-1][-1:]) and _LETTER.match(row.text) else ""
            lines[-1] += gap + row.text
        else:
            apart = last.middle - row.middle > _APART * spacing > 0 and not ("\t" in last.text and "\t" in row.text)
            lines += ["", row.text] if apart else [row.text]
    return lines


def _spacing(rows: list[Row]) -> float:
    """The distance from line to line within a paragraph: the lower quartile, for many paragraphs are one line long."""
    steps = sorted(last.middle - row.middle for last, row in pairwise(rows) if last.middle > row.middle)
    return steps[len(steps) // 4] if steps else 0.0


def _continues(last: Row, row: Row, left: float | None, right: float, spacing: float) -> bool:
    """Whether a line goes on in the next: it is full, the next begins at the margin, and nothing says otherwise."""
    size = row.size
    if "\t" in last.text or "\t" in row.text or abs(last.size - size) > 0.15 * size or len(last.text) <= _FULL:
        return False
    if last.right < right - _room(row.text) * size or not -0.3 * size < last.left - row.left < 3.2 * size:
        return False
    if left is not None and abs(row.left - left) > size:
        return False
    step = last.middle - row.middle
    if step > 1.5 * spacing > 0 or _ALONE.match(row.text):
        return False
    if not _SENTENCE_END.search(last.text):
        return True
    return not _HEADING.match(row.text) and (row.right > right - 1.6 * size or not _UNMARKED.search(row.text))


def _room(text: str) -> float:
    """How far from the margin a full line may end, in sizes: what stands first in the next one did not fit any more."""
    first = _UNBROKEN.match(text)
    width = sum(0.5 if char.isascii() else 1.0 for char in first[0]) if first else 1.0
    return min(max(1.0, width), _LONGEST_UNBROKEN) + 0.6


def _furniture(pages: list[PrintedPage]) -> set[tuple[int, Row]]:
    """Page numbers, and lines that stand off from the text in the margin of at least half of the pages."""
    edges = [(number, row) for number, page in enumerate(pages) for row in _edges(page)]
    shapes = Counter(shape for _, shape in {(number, _shape(row.text)) for number, row in edges})
    offsets = Counter(int(m["number"]) - number for number, row in edges if (m := _PAGE_NUMBER.match(row.text)))
    common = {offset for offset, count in offsets.items() if count > len(pages) // 3}
    dropped: set[tuple[int, Row]] = set()
    for number, row in edges:
        found = _PAGE_NUMBER.match(row.text)
        if found:
            counted = int(found["number"]) - number in common and (len(pages) > 1 or int(found["number"]) == 1)
            if counted or _DECORATED.search(row.text):
                dropped.add((number, row))
        elif len(pages) > 1 and shapes[_shape(row.text)] >= max(2, len(pages) / 2) and _stands_off(pages[number], row):
            dropped.add((number, row))
    return dropped


def _edges(page: PrintedPage) -> list[Row]:
    """The outermost lines in the margins of a page."""
    margin = (page.top - page.bottom) * _MARGIN
    rows = sorted(page.rows, key=lambda row: -row.middle)
    above = [row for row in rows[:_EDGE_ROWS] if row.middle > page.top - margin]
    return above + [row for row in rows[-_EDGE_ROWS:] if row.middle < page.bottom + margin]


def _stands_off(page: PrintedPage, row: Row) -> bool:
    """Whether a line is no part of the running text: it is smaller, or further off than lines are from each other."""
    others = [other for other in page.rows if other is not row]
    if not others or row.size < 0.9 * median(other.size for other in others):
        return True
    inward = [abs(other.middle - row.middle) for other in others if other.middle != row.middle]
    return bool(inward) and min(inward) > 1.3 * _spacing(sorted(others, key=lambda other: -other.middle))


def _shape(text: str) -> str:
    return re.sub("[0-9]+", "#", "".join(text.split()))
