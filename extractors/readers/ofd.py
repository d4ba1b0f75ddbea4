"""OFD files (GB/T 33190-2016), the state's own fixed-layout format: a ZIP of XML pages with characters at places.

Places are in millimetres from the upper left corner; a TextObject has a box, perhaps a matrix, and TextCodes with the
steps from character to character (DeltaX, where ``g 3 4`` stands for 4 4 4).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from unicodedata import east_asian_width

from extractors.readers.archive import Archive, open_archive
from extractors.readers.glyphs import Glyph
from extractors.readers.paragraphs import PrintedPage, paragraphs_of
from extractors.readers.refusals import refusal
from extractors.readers.ruled_tables import rows_within
from extractors.readers.xml_parts import Handler, parse_xml

__all__ = ["text_of"]

_MAX_PAGES = 3_000
_MAX_GLYPHS = 2_000_000
_MAX_ON_A_PAGE = 20_000
_MAX_STEPS = 100_000
_NUMBER = re.compile(r"g|[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?")
_STEP = re.compile(r"([A-Za-z])([-+0-9.eE\s]*)")
_MAX_RULES, _LONGEST_PATH = 20_000, 20_000
_A4 = (0.0, 0.0, 210.0, 297.0)
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# A character stands this much of its size above the line it is set on.
_MIDDLE = 0.35


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text of an OFD file, paragraph by paragraph; what every page repeats is left out.

    Raises:
        BadDocument: the file is damaged, locked, hostile, or only images.
    """
    archive = open_archive(data, name)
    entry = _Entry()
    parse_xml(archive.read("OFD.xml"), name, entry)
    pages: list[PrintedPage] = []
    for root in entry.roots or ["Doc_0/Document.xml"]:
        pages += _pages(archive, root.lstrip("/"))
    lines = paragraphs_of(pages)
    if not any(line.strip() for line in lines):
        raise refusal(name, "scanned", pages=len(pages))
    return "\n".join(lines) + "\n"


def _pages(archive: Archive, root: str) -> list[PrintedPage]:
    """The pages of one document of the file, each with what its template prints on it."""
    document = _Entry()
    parse_xml(archive.read(root), archive.name, document)
    if len(document.pages) > _MAX_PAGES:
        raise refusal(archive.name, "too_many", limit=_MAX_PAGES, things="pages")
    if len(set(document.pages)) < len(document.pages):
        raise refusal(archive.name, "damaged", error="the same page twice")
    folder = posixpath.dirname(root)
    templates = {key: _page(archive, folder, place) for key, place in document.templates.items()}
    pages, count = list[PrintedPage](), 0
    for place in document.pages:
        page = _page(archive, folder, place)
        used = [page, *(templates[key] for key in page.templates if key in templates)]
        count += sum(len(part.glyphs) for part in used)
        if count > _MAX_GLYPHS:
            raise refusal(archive.name, "too_many", limit=_MAX_GLYPHS, things="characters")
        rows = rows_within([glyph for part in used for glyph in part.glyphs], [r for part in used for r in part.rules])
        _, y, _, height = page.box or document.box or _A4
        pages.append(PrintedPage(rows, -(y + height), -y))
    return pages


def _page(archive: Archive, folder: str, place: str) -> _Page:
    path = place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))
    page = _Page(archive.name)
    parse_xml(archive.read(path), archive.name, page)
    return page


def _numbers(text: str) -> list[float]:
    """Numbers, with ``g count value`` written out."""
    found, numbers = _NUMBER.findall(text), list[float]()
    index = 0
    while index < len(found) and len(numbers) < _MAX_STEPS:
        if found[index] == "g" and index + 2 < len(found) and "g" not in found[index + 1 : index + 3]:
            count = min(int(float(found[index + 1])), _MAX_STEPS)
            numbers += [float(found[index + 2])] * count
            index += 3
        else:
            numbers += [float(found[index])] if found[index] != "g" else []
            index += 1
    return numbers


def _four(text: str) -> tuple[float, float, float, float] | None:
    numbers = _numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) >= 4 else None


class _Entry(Handler):
    """Reads OFD.xml and Document.xml: where documents, pages and templates are, and the size of a page."""

    def __init__(self) -> None:
        self.roots: list[str] = []
        self.pages: list[str] = []
        self.templates: dict[str, str] = {}
        self.box: tuple[float, float, float, float] | None = None
        self.parts: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.parts = []
        if tag == "Page" and "BaseLoc" in attributes:
            self.pages.append(attributes["BaseLoc"])
        elif tag == "TemplatePage" and "BaseLoc" in attributes:
            self.templates[attributes.get("ID", "")] = attributes["BaseLoc"]

    def end(self, tag: str) -> None:
        text = "".join(self.parts).strip()
        if tag == "DocRoot" and text:
            self.roots.append(text)
        elif tag == "PhysicalBox":
            self.box = _four(text)

    def text(self, text: str) -> None:
        self.parts.append(text)


class _Page(Handler):
    """Reads a page's content: glyphs at their places."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.glyphs: list[Glyph] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.templates: list[str] = []
        self.box: tuple[float, float, float, float] | None = None
        self.parts: list[str] = []
        self.origin, self.matrix, self.size = (0.0, 0.0), _IDENTITY, 4.0
        self.place, self.steps = (0.0, 0.0), (list[float](), list[float]())

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.parts = []
        if tag == "TextObject":
            box, matrix = _four(attributes.get("Boundary", "")), _numbers(attributes.get("CTM", ""))
            self.origin = box[:2] if box else (0.0, 0.0)
            self.matrix = tuple(matrix[:6]) if len(matrix) >= 6 else _IDENTITY  # type: ignore[assignment]
            self.size = (_numbers(attributes.get("Size", "")) or [4.0])[0]
            self.place = (0.0, 0.0)
        elif tag == "TextCode":
            x, y = _numbers(attributes.get("X", "")), _numbers(attributes.get("Y", ""))
            self.place = (x[0] if x else self.place[0], y[0] if y else self.place[1])
            self.steps = (_numbers(attributes.get("DeltaX", "")), _numbers(attributes.get("DeltaY", "")))
        elif tag == "PathObject":
            box, matrix = _four(attributes.get("Boundary", "")), _numbers(attributes.get("CTM", ""))
            self.origin = box[:2] if box else (0.0, 0.0)
            self.matrix = tuple(matrix[:6]) if len(matrix) >= 6 else _IDENTITY  # type: ignore[assignment]
        elif tag == "Template":
            self.templates.append(attributes.get("TemplateID", ""))

    def end(self, tag: str) -> None:
        if tag == "TextCode":
            self._set("".join(self.parts).strip("\n\r"))
        elif tag == "PhysicalBox":
            self.box = _four("".join(self.parts))
        elif tag == "AbbreviatedData" and len(self.rules) < _MAX_RULES:
            self._draw("".join(self.parts))

    def text(self, text: str) -> None:
        self.parts.append(text)

    def _draw(self, path: str) -> None:
        """Note the straight lines of a path: M and S begin, L goes on, C closes (GB/T 33190 8.2)."""
        a, b, c, d, e, f = self.matrix
        places: list[tuple[float, float]] = []
        for letter, numbers in _STEP.findall(path[:_LONGEST_PATH]):
            found = _numbers(numbers)
            if letter == "C" and places:
                found = list(places[0])
            elif letter not in "MSL" or len(found) < 2:
                continue
            x, y = found[:2]
            if letter != "C":
                x, y = self.origin[0] + a * x + c * y + e, -(self.origin[1] + b * x + d * y + f)
            if letter in "MS":
                places = []
            elif places:
                last = places[-1]
                self.rules.append((min(x, last[0]), max(x, last[0]), min(y, last[1]), max(y, last[1])))
            places.append((x, y))

    def _set(self, text: str) -> None:
        """Put the characters of a TextCode where it says; a step that is missing is the character's own width."""
        a, b, c, d, e, f = self.matrix
        x, y = self.place
        across, down = self.steps
        if len(self.glyphs) + len(text) > _MAX_ON_A_PAGE:
            raise refusal(self.name, "too_many", limit=_MAX_ON_A_PAGE, things="characters on a page")
        for index, char in enumerate(text):
            width = self.size if east_asian_width(char) in "WFA" else self.size / 2
            left, base = self.origin[0] + a * x + c * y + e, self.origin[1] + b * x + d * y + f
            size = self.size * max(abs(d), abs(b), 0.01)
            self.glyphs.append(Glyph(char, left, left + width * max(abs(a), abs(c), 0.01), _MIDDLE * size - base, size))
            step = across[index] if index < len(across) else (across[-1] if across else (0.0 if down else width))
            x += step
            y += down[index] if index < len(down) else 0.0
