"""An element of a page as lines of text: blocks and line breaks end a line, a row of a table is one line."""

from __future__ import annotations

import re
from functools import cache

from extractors.readers.markup import Page
from ontology import table

__all__ = ["lines_of", "page_labels", "row_lines"]

_BLOCKS = frozenset(
    "p div br li h1 h2 h3 h4 h5 h6 table section article main header center dd dt dl ul ol blockquote form fieldset "  # noqa: SIM905
    "pre hr caption figure figcaption address tbody thead tfoot body html ucapcontent ucaptitle".split()
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# A cell with more than this lays out a page.
_CELL_SIZE = 300
_CELL_LINES = 3


class _Text:
    """Lines under construction."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []

    def end_line(self) -> None:
        line = _SPACE.sub(" ", "".join(self.parts)).strip(" ")
        self.parts = []
        if line and not line.isspace():
            self.lines.append(line)
        elif line and self.lines and self.lines[-1]:
            self.lines.append("")


def lines_of(page: Page, root: int, dropped: set[int]) -> list[str]:
    """The lines of element ``root``, without the elements ``dropped``."""
    elements, ends, events = page
    texts, rows = [_Text()], list[list[list[str]]]()
    hidden, pre = 0, 0
    for event in events[elements[root].first : ends[root]]:
        if isinstance(event, str):
            if not hidden:
                _add(texts[-1], event, bool(pre))
            continue
        index = event if event >= 0 else ~event
        tag = elements[index].tag
        if index in dropped and index != root:
            hidden += 1 if event >= 0 else -1
        if hidden:
            continue
        pre += (tag == "pre") * (1 if event >= 0 else -1)
        if tag in _BLOCKS:
            texts[-1].end_line()
        elif tag == "tr":
            texts[-1].end_line()
            if event >= 0:
                rows.append([])
            elif rows:
                texts[-1].lines += row_lines(rows.pop())
        elif tag in ("td", "th"):
            if event >= 0:
                texts.append(_Text())
            elif len(texts) > 1:
                cell = texts.pop()
                cell.end_line()
                if rows:
                    rows[-1].append([line for line in cell.lines if line])
                else:
                    texts[-1].lines += cell.lines
    for text in reversed(texts[1:]):
        text.end_line()
        texts[0].lines += text.lines
    texts[0].end_line()
    return texts[0].lines


def _add(text: _Text, piece: str, pre: bool) -> None:
    if not pre:
        text.parts.append(piece)
        return
    first, *others = piece.split("\n")
    text.parts.append(first)
    for line in others:
        text.end_line()
        text.parts.append(line)


def row_lines(cells: list[list[str]]) -> list[str]:
    """A row as lines: label and value a line, figures on one line with tabs, a row that lays out a page as it is."""
    flat = [" ".join(cell) for cell in cells]
    if sum(map(bool, flat)) < 2 or any(len(line) > _CELL_SIZE for line in flat) or max(map(len, cells)) > _CELL_LINES:
        return [line for cell in cells for line in cell]
    names = [re.sub(r"[\s：:【】]", "", cell) for cell in flat]
    if len(flat) % 2 == 0 and all(name in page_labels() for name in names[::2]):
        return [f"{name}：{value}" for name, value in zip(names[::2], flat[1::2], strict=True) if value]
    return ["\t".join(flat).rstrip("\t")]


@cache
def page_labels() -> dict[str, str]:
    """The labels of a page's table of data, and the element that each gives."""
    return {row["label"]: row["element"] for row in table("page_labels") if row["form"] == "label"}
