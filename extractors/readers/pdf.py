"""PDF files with a text layer (ISO 32000), by PDFium, which sees them only after their streams have been weighed."""

from __future__ import annotations

import logging
import re
import zlib
from typing import Any

from extractors.readers.glyphs import Glyph, rows_of
from extractors.readers.paragraphs import PrintedPage, paragraphs_of
from extractors.readers.refusals import refusal

__all__ = ["text_of"]

_LOG = logging.getLogger(__name__)

_MAX_PAGES = 3_000
_MAX_STREAM = 64 * 1024 * 1024
_MAX_UNPACKED = 512 * 1024 * 1024
_MAX_LZW = 1024 * 1024
_MAX_FILTERS = 3
_STREAM = re.compile(rb"(?<!end)stream\r?\n?")
_FILTERS = re.compile(rb"/(?:F|Filter)\s*(?:\[([^\]]{0,200})\]|(/[A-Za-z0-9]+))")
_CHUNK = 1 << 20
_PASSWORD_ERROR = 4


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text layer of a PDF file, paragraph by paragraph.

    Raises:
        BadDocument: the file is damaged, locked, hostile, or a scan without a text layer.
    """
    import pypdfium2
    from pypdfium2 import raw

    _weigh_streams(data, name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == _PASSWORD_ERROR or "password" in str(error).lower():
            raise refusal(name, "locked") from None
        raise refusal(name, "damaged", error=error) from None
    try:
        if len(document) > _MAX_PAGES:
            raise refusal(name, "too_many", limit=_MAX_PAGES, things="pages")
        pages = [_page(document, number, name) for number in range(len(document))]
    finally:
        document.close()
    lines = paragraphs_of(pages)
    if not any(line.strip() for line in lines):
        raise refusal(name, "scanned", pages=len(pages))
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.rows]
    if empty:
        _LOG.warning("%s: no text on page %s of %d (a scan, or blank)", name, ", ".join(empty[:20]), len(pages))
    return "\n".join(lines) + "\n"


def _page(document: Any, number: int, name: str) -> PrintedPage:
    """The lines of one page."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
        glyphs = _glyphs(text)
        bottom, top = page.get_mediabox()[1::2]
        text.close()
        page.close()
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
        raise refusal(name, "damaged", error=f"page {number + 1}: {error}") from None
    return PrintedPage(rows_of(glyphs), bottom, top)


def _glyphs(text: Any) -> list[Glyph]:
    """The characters of a page where they stand, without those that PDFium adds."""
    from ctypes import byref

    from pypdfium2 import raw

    box, glyphs = raw.FS_RECTF(), []
    handle = text.raw
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if (
            code < 0x20
            or code in (0xFFFE, 0xFFFF)
            or 0xD800 <= code < 0xE000
            or raw.FPDFText_IsGenerated(handle, index) == 1
        ):
            continue
        if raw.FPDFText_GetLooseCharBox(handle, index, byref(box)):
            size = box.top - box.bottom
            glyphs.append(Glyph(chr(code), box.left, box.right, (box.top + box.bottom) / 2, size))
    return glyphs


def _weigh_streams(data: bytes, name: str) -> None:
    """Refuse a file whose streams unpack beyond all measure, by unpacking them without keeping anything."""
    total, compressed_otherwise = 0, 0
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 2_000) : match.start()]
        found = None
        for found in _FILTERS.finditer(head[head.rfind(b"obj") + 1 :]):  # noqa: B007
            pass
        if found is None:
            continue
        filters = (found[1] or found[2]).replace(b"/Fl ", b"/FlateDecode ").split(b"/")[1:]
        names = [item.strip() for item in filters]
        if len(names) > _MAX_FILTERS:
            raise refusal(name, "too_many", limit=_MAX_FILTERS, things="filters on a stream")
        end = data.find(b"endstream", match.end())
        end = len(data) if end < 0 else end
        if any(item in (b"LZWDecode", b"LZW") for item in names):
            compressed_otherwise += end - match.end()
            if compressed_otherwise > _MAX_LZW:
                raise refusal(name, "bomb", part="a stream", limit=_MAX_STREAM)
        depth = sum(item in (b"FlateDecode", b"Fl") for item in names)
        if depth:
            total += _unpacked(memoryview(data)[match.end() : end], depth, name)
            if total > _MAX_UNPACKED:
                raise refusal(name, "bomb", part="the file", limit=_MAX_UNPACKED)


def _unpacked(stream: memoryview, depth: int, name: str) -> int:
    """How many bytes a stream unpacks to, through ``depth`` layers of Flate."""
    layers = [zlib.decompressobj() for _ in range(depth)]
    size = 0

    def unpack(piece: bytes | memoryview, layer: int) -> None:
        nonlocal size
        if layer == depth:
            return
        while len(piece):
            out = layers[layer].decompress(piece, _CHUNK)
            size += len(out)
            if size > _MAX_STREAM:
                raise refusal(name, "bomb", part="a stream", limit=_MAX_STREAM)
            unpack(out, layer + 1)
            piece = layers[layer].unconsumed_tail

    try:
        unpack(stream, 0)
    except zlib.error:
        return size
    return size
