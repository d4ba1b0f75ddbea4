"""PDF files with a text layer (ISO 32000), by PDFium in a process of its own, streams weighed first."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from extractors.readers import ocr
from extractors.readers.glyphs import Glyph
from extractors.readers.limits import OWN_SESSION
from extractors.readers.paragraphs import PrintedPage, paragraphs_of
from extractors.readers.refusals import refusal
from extractors.readers.ruled_tables import rows_within

__all__ = ["recognised_text_of", "text_of"]

_LOG = logging.getLogger(__name__)

_MAX_PAGES = 3_000
_MAX_STREAM = 64 * 1024 * 1024
_MAX_UNPACKED = 512 * 1024 * 1024
_MAX_LZW = 1024 * 1024
# Running text does not unpack to more than this many times its size; images of blank paper do.
_MAX_EXPANSION = 200
_SMALL = 4 * 1024 * 1024
_MAX_FILTERS = 3
_STREAM = re.compile(rb"(?<!end)stream\r?\n?")
_FILTERS = re.compile(rb"/(?:F|Filter)\s*(?:\[([^\]]{0,200})\]|(/[A-Za-z0-9]+))")
_CHUNK = 1 << 20
_SECONDS = 300


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text layer of a PDF file, paragraph by paragraph.

    Raises:
        BadDocument: the file is damaged, locked, hostile, or a scan without a text layer.
    """
    return _text(_told_pages(data, name), name)


def recognised_text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The same, where pages without a text layer are recognised by Tesseract.

    Raises:
        BadDocument: as ``text_of``, or Tesseract is not installed or recognises nothing.
    """
    pages = _told_pages(data, name)
    scanned = [number for number, page in enumerate(pages) if not page.rows]
    for number in scanned:
        recognised = ocr.printed_pages(_picture(data, name, number), name)
        pages[number] = recognised[0] if recognised else pages[number]
    if scanned and not any(page.rows for page in pages):
        raise refusal(name, "unrecognised")
    return _text(pages, name)


def _text(pages: list[PrintedPage], name: str) -> str:
    lines = paragraphs_of(pages)
    if not any(line.strip() for line in lines):
        raise refusal(name, "scanned", pages=len(pages))
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.rows]
    if empty:
        _LOG.warning("%s: no text on page %s of %d (a scan, or blank)", name, ", ".join(empty[:20]), len(pages))
    return "\n".join(lines) + "\n"


def _picture(data: bytes, name: str, number: int) -> bytes:
    """A page as it looks, as a PGM image."""
    done = _worker(data, name, str(number))
    if done.returncode or not done.stdout.startswith(b"P5"):
        raise refusal(name, "damaged", error=f"page {number + 1} cannot be drawn")
    return done.stdout


def _worker(data: bytes, name: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, with limits of memory and of time for each page."""
    worker = [sys.executable, "-I", str(Path(__file__).with_name("pdf_worker.py")), *arguments]
    try:
        return subprocess.run(
            worker, input=data, capture_output=True, timeout=_SECONDS, check=False, start_new_session=OWN_SESSION
        )
    except subprocess.TimeoutExpired:
        raise refusal(name, "damaged", error="reading it takes too long") from None


def _told_pages(data: bytes, name: str) -> list[PrintedPage]:
    """The pages as a process of its own tells them."""
    _weigh_streams(data, name)
    done = _worker(data, name)
    told = [json.loads(line) for line in done.stdout.split(b"\n") if line.endswith(b"}")]
    for answer in told:
        if "error" in answer:
            raise refusal(name, answer["error"], error=answer["detail"])
    if not told or done.returncode:
        raise refusal(name, "damaged", error=f"its reader stopped on page {max(1, len(told))}")
    if told[0]["pages"] > _MAX_PAGES:
        raise refusal(name, "too_many", limit=_MAX_PAGES, things="pages")
    return [PrintedPage(rows_within(_glyphs(page), page["rules"]), page["bottom"], page["top"]) for page in told[1:]]


def _glyphs(page: dict[str, Any]) -> list[Glyph]:
    """The characters of a page where they stand."""
    edges = iter(page["edges"])
    places = zip(page["chars"], edges, edges, edges, edges, strict=True)
    return [Glyph(char, left, right, (low + high) / 2, high - low) for char, left, right, low, high in places]


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
            size = _unpacked(memoryview(data)[match.end() : end], depth, name)
            if size > max(_SMALL, _MAX_EXPANSION * (end - match.end())) and b"/Image" not in head:
                raise refusal(name, "bomb", part="a stream", limit=_SMALL)
            total += size
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
