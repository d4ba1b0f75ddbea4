"""Sentences: they end at 。！？； or a line's end, not inside marks or brackets; hard-wrapped lines are one again."""

from __future__ import annotations

import re

from extractors.model import Section, Sentence
from extractors.structure.headings import find_marker
from extractors.structure.lines import Line

__all__ = ["find_sentences", "unwrap"]

# A quotation that ends a sentence within it ends the sentence round it too, unless that goes on.
_ENDING_QUOTE = r"“[^“”\n]{0,400}[。！？；]”(?![，、；。的等])"
# Closed brackets and quotations are taken whole; an unclosed one is a character like others.
_SENTENCE = re.compile(
    r"(?=\S)(?:[^。！？；\n《（“‘〔【]++"
    r"|《[^《》\n]{0,200}(?:《[^《》\n]{0,200}》[^《》\n]{0,200}){0,4}》"
    r"|（[^（）\n]{0,400}(?:（[^（）\n]{0,200}）[^（）\n]{0,200}){0,6}）"
    r"|“[^“”\n]{0,400}(?<![。！？；])”|“[^“”\n]{0,400}”(?=[，、；。的等])"
    r"|‘[^‘’\n]{0,200}’|〔[^〔〕\n]{0,100}〕|【[^【】\n]{0,100}】"
    rf"|(?!{_ENDING_QUOTE})[《（“‘〔【])*+"
    rf"(?:{_ENDING_QUOTE}|[。！？；]++[”’」』）》】]*+|(?=\n)|\Z)"
)
_WRAP_SHARE = 0.25
_NARROWEST_WRAP = 20
_WIDEST_WRAP = 90
_CONTINUES = re.compile(r"[，、；。！？）》”：]")
_OPEN_END = ("，", "、", "（", "《", "“", "〈")
_FINAL = "。！？；：”）】…"


def unwrap(folded: str, lines: list[Line], kept: set[int]) -> str:
    """The text with a space for every line break inside a sentence; same length.

    Args:
        kept: indices of lines that end where they end (titles, signatures, page furniture).
    """
    width = _wrap_width([line for index, line in enumerate(lines) if index not in kept])
    pieces: list[str] = []
    position = 0
    for index in range(len(lines) - 1):
        line, following = lines[index], lines[index + 1]
        if index in kept or index + 1 in kept:
            continue
        if _joins(line, following, width):
            pieces.append(folded[position : line.end])
            pieces.append(" " * (following.start - line.end))
            position = following.start
    pieces.append(folded[position:])
    return "".join(pieces)


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the text is wrapped, in characters; 0 for a text with a line a paragraph."""
    plain = [line for line in lines if not find_marker(line.text)]
    opened = [len(line.text) for line in plain if line.text[-1] not in _FINAL and len(line.text) >= _NARROWEST_WRAP]
    if len(opened) < 5 or len(opened) < _WRAP_SHARE * len(plain):
        return 0
    opened.sort()
    width = opened[int(0.9 * (len(opened) - 1))]
    near = sum(1 for length in opened if length >= 0.85 * width)
    return width if width <= _WIDEST_WRAP and near >= 0.6 * len(opened) else 0


def _joins(line: Line, following: Line, width: int) -> bool:
    """True where the line break between two lines stands inside a sentence."""
    text, rest = line.text, following.text
    if find_marker(rest):
        return False
    if _CONTINUES.match(rest) or text.endswith(_OPEN_END):
        return True
    if text[-1] in _FINAL:
        return False
    if text.rfind("《") > text.rfind("》") and "》" in rest[:60]:
        return True
    return bool(width) and len(text) >= 0.85 * width and following.indent <= line.indent


def find_sentences(joined: str, sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """Sentences of the unwrapped text, each with the index of its innermost section."""
    starts = [section.start for section in sections]
    sentences = []
    last = len(starts) - 1
    index = 0
    for found in _SENTENCE.finditer(joined):
        start, end = found.span()
        if joined[end - 1].isspace():
            end = start + len(found[0].rstrip())
        while index < last and starts[index + 1] <= start:
            index += 1
        inner = index
        while inner > 0 and sections[inner].end <= start:
            inner -= 1
        sentences.append(Sentence(start, end, inner))
    return tuple(sentences)
