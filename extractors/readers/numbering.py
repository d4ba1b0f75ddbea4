"""Automatic numbers of Word paragraphs (一、（一）1.（1）①), which stand in no text but are part of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.readers.xml_parts import Handler, parse_xml

__all__ = ["Numbering", "chinese_number", "read_numbering"]

_DIGITS = "零一二三四五六七八九"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand")
)


@dataclass
class Level:
    """One level of a list: its kind of number, its text with %1 to %9 for numbers, and where it starts."""

    kind: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The number of the next paragraph of a list at a depth from 0, empty for bullets and unknown lists."""
        abstract = self.lists.get(list_id, "")
        levels = self.abstracts.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(abstract, [0] * 9)
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (8 - depth)
        if level.kind in ("bullet", "none"):
            return ""
        text = level.text
        for place in range(depth + 1):
            other = levels.get(place, Level())
            text = text.replace(f"%{place + 1}", _written(counts[place] or other.start, other.kind))
        return text


def _written(number: int, kind: str) -> str:
    if kind in _CHINESE:
        return chinese_number(number)
    if kind.endswith("Letter") and number <= 26:
        return chr((64 if kind.startswith("upper") else 96) + number)
    if kind.endswith("Roman") and number < 40:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman if kind.startswith("upper") else roman.lower()
    if kind.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(0x245F + number)
    return str(number)


def chinese_number(number: int) -> str:
    """A number below a thousand as headings write it.

    >>> chinese_number(8), chinese_number(12), chinese_number(30), chinese_number(105)
    ('八', '十二', '三十', '一百零五')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if number > 999:
        return str(number)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


class _Numbers(Handler):
    """Reads word/numbering.xml."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self.abstract = self.list_id = ""
        self.level = Level()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if tag == "abstractNum":
            self.abstract = attributes.get("abstractNumId", "")
            self.numbering.abstracts[self.abstract] = {}
        elif tag == "lvl":
            depth = attributes.get("ilvl", "0")
            self.level = Level()
            if depth.isdigit() and int(depth) < 9 and not self.list_id:
                self.numbering.abstracts.setdefault(self.abstract, {})[int(depth)] = self.level
        elif tag == "num":
            self.list_id = attributes.get("numId", "")
        elif tag == "abstractNumId" and self.list_id:
            self.numbering.lists[self.list_id] = value
        elif tag == "numFmt":
            self.level.kind = value
        elif tag == "lvlText":
            self.level.text = value
        elif tag == "start" and value.isdigit():
            self.level.start = int(value)


def read_numbering(data: bytes, name: str) -> Numbering:
    """The lists that word/numbering.xml declares."""
    handler = _Numbers()
    parse_xml(data, name, handler)
    return handler.numbering
