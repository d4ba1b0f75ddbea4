"""Word documents (DOCX, ISO/IEC 29500): paragraphs as lines, automatic numbers, tables row by row, footnotes last.

Read from the XML itself, so that text in content controls, text boxes and tracked insertions is not lost, and what is
deleted, hidden or printed on every page is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.readers.archive import Archive, open_archive
from extractors.readers.numbering import Numbering, read_numbering
from extractors.readers.page_lines import row_lines
from extractors.readers.refusals import refusal
from extractors.readers.xml_parts import Handler, parse_xml

__all__ = ["text_of"]

_MAIN = re.compile(rb'officeDocument"[^>]*?Target="/?([^"]{1,200})"|Target="/?([^"]{1,200})"[^>]*?officeDocument"')
_SKIPPED = frozenset(("Fallback", "moveFrom", "del", "rt", "instrText", "delText", "pPrChange", "rPrChange", "sectPr"))
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a Word document; headers and footers of pages are left out.

    Raises:
        BadDocument: the file is damaged, locked, hostile or without text.
    """
    archive = open_archive(data, name)
    main = _main_part(archive)
    folder = main.rpartition("/")[0] + "/" if "/" in main else ""
    numbering, styles = Numbering(), dict[str, tuple[str, int]]()
    if f"{folder}numbering.xml" in archive.members:
        numbering = read_numbering(archive.read(f"{folder}numbering.xml"), name)
    if f"{folder}styles.xml" in archive.members:
        reader = _Styles()
        parse_xml(archive.read(f"{folder}styles.xml"), name, reader)
        styles = reader.numbers
    body = _Body(numbering, styles)
    parse_xml(archive.read(main), name, body)
    for notes in ("footnotes", "endnotes"):
        if f"{folder}{notes}.xml" in archive.members:
            parse_xml(archive.read(f"{folder}{notes}.xml"), name, body)
    lines = body.result()
    if not any(line.strip() for line in lines):
        raise refusal(name, "no_text")
    return "\n".join(lines) + "\n"


def _main_part(archive: Archive) -> str:
    """The part that holds the text, as the package's relations name it."""
    if "_rels/.rels" in archive.members:
        found = _MAIN.search(archive.read("_rels/.rels"))
        if found:
            return (found[1] or found[2]).decode("utf-8", "replace")
    return "word/document.xml"


class _Styles(Handler):
    """Reads which paragraph styles number their paragraphs: style -> (list, depth)."""

    def __init__(self) -> None:
        self.numbers: dict[str, tuple[str, int]] = {}
        self.style, self.depth = "", 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if tag == "style":
            self.style, self.depth = attributes.get("styleId", ""), 0
        elif tag == "ilvl" and value.isdigit():
            self.depth = min(int(value), 8)
        elif tag == "numId" and self.style:
            self.numbers[self.style] = (value, self.depth)


class _Paragraph:
    """A paragraph under construction; a text box holds paragraphs within one."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.list_id, self.depth, self.style = "", -1, ""


class _Body(Handler):
    """Makes lines of the body's paragraphs and tables."""

    def __init__(self, numbering: Numbering, styles: Mapping[str, tuple[str, int]]) -> None:
        self.numbering, self.styles = numbering, styles
        self.blocks: list[list[str]] = [[]]
        self.rows: list[list[list[str]]] = []
        self.paragraphs: list[_Paragraph] = []
        self.skipped = 0
        self.in_text = self.hidden = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.skipped or tag in _SKIPPED or attributes.get("type") in ("separator", "continuationSeparator"):
            self.skipped += 1
        elif tag == "p":
            self.paragraphs.append(_Paragraph())
        elif tag == "tr":
            self.rows.append([])
        elif tag == "tc":
            self.blocks.append([])
        elif tag == "r":
            self.hidden = False
        elif tag == "vanish":
            self.hidden = attributes.get("val", "1") not in ("0", "false")
        elif tag == "t":
            self.in_text = not self.hidden
        elif self.paragraphs:
            self._in_paragraph(tag, attributes)

    def _in_paragraph(self, tag: str, attributes: Mapping[str, str]) -> None:
        paragraph, value = self.paragraphs[-1], attributes.get("val", "")
        if tag in _CHARACTERS and "pos" not in attributes and not (tag == "tab" and "val" in attributes):
            paragraph.parts.append(_CHARACTERS[tag])
        elif tag == "numId":
            paragraph.list_id = value
        elif tag == "ilvl" and value.isdigit():
            paragraph.depth = min(int(value), 8)
        elif tag == "pStyle":
            paragraph.style = value

    def end(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif tag == "t":
            self.in_text = False
        elif tag == "p" and self.paragraphs:
            self._end_paragraph(self.paragraphs.pop())
        elif tag == "tc" and len(self.blocks) > 1:
            cell = [line for line in self.blocks.pop() if line.strip()]
            if self.rows:
                self.rows[-1].append(cell)
            else:
                self.blocks[-1] += cell
        elif tag == "tr" and self.rows:
            self.blocks[-1] += row_lines(self.rows.pop())

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        list_id, depth = self.styles.get(paragraph.style, ("", 0))
        list_id = paragraph.list_id or list_id
        number = self.numbering.next(list_id, max(paragraph.depth, depth if not paragraph.list_id else 0, 0))
        number += " " if number.endswith(("条", "章", "节")) else ""
        text = "".join(paragraph.parts)
        self.blocks[-1] += (number + text if text.strip() else "").split("\n")

    def text(self, text: str) -> None:
        if self.in_text and not self.skipped and self.paragraphs:
            self.paragraphs[-1].parts.append(text)

    def result(self) -> list[str]:
        """The lines read, those of tables left open by a damaged file included."""
        return [line.rstrip() for block in self.blocks for line in block]
