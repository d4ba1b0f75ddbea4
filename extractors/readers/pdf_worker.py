"""Run as a program of its own, so that a PDF file that breaks or stops PDFium breaks or stops nothing else.

Reads a PDF file from standard input; writes one JSON line with the number of pages, or the error, then one a page:
lower and upper edge, and the characters with left, right, lower and upper edge each. Given the number of a page, it
writes that page as a PGM image instead. Imports nothing of this project.
"""

from __future__ import annotations

import json
import signal
import sys
from ctypes import byref
from pathlib import Path
from typing import Any

_MEMORY = 200 * 1024 * 1024
_SECONDS_A_PAGE = 1.2
_SECONDS_A_PICTURE = 20
_MAX_PAGES = 3_000
# Dots an inch at which text is recognised best, and how many dots a picture may have.
_DOTS, _MAX_DOTS = 300, 25_000_000


def _limit_memory() -> None:
    """Allow so much more than is in use, where the system can tell."""
    try:
        import resource

        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + _MEMORY, used + _MEMORY))
    except (ImportError, OSError, ValueError):
        return


def _limit_time(seconds: float = _SECONDS_A_PAGE) -> None:
    """End the process if the next page takes longer: the signal's own action, for PDFium does not return to Python."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _told(**told: object) -> None:
    print(json.dumps(told), flush=True)


def _characters(text: Any, raw: Any) -> tuple[str, list[float]]:
    """The characters of a page, without those that PDFium adds, and four edges for each."""
    box, handle = raw.FS_RECTF(), text.raw
    chars: list[str] = []
    edges: list[float] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if raw.FPDFText_IsGenerated(handle, index) != 1 and raw.FPDFText_GetLooseCharBox(handle, index, byref(box)):
            chars.append(chr(code))
            edges += (round(box.left, 2), round(box.right, 2), round(box.bottom, 2), round(box.top, 2))
    return "".join(chars), edges


def _draw(document: Any, number: int) -> None:
    """Write a page as an image in shades of grey (PGM)."""
    _limit_time(_SECONDS_A_PICTURE)
    page = document[number]
    width, height = page.get_size()
    scale = min(_DOTS / 72, (_MAX_DOTS / max(width * height, 1)) ** 0.5)
    dots = page.render(scale=scale, grayscale=True).to_numpy()
    sys.stdout.buffer.write(b"P5 %d %d 255\n" % (dots.shape[1], dots.shape[0]) + dots.tobytes())


def main() -> None:
    """Read the file, tell its pages, or draw the one asked for."""
    data = sys.stdin.buffer.read()
    import pypdfium2
    from pypdfium2 import raw

    _limit_memory()
    _limit_time()
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return _told(error="locked" if locked else "damaged", detail=str(error))
    if len(sys.argv) > 1:
        return _draw(document, int(sys.argv[1]))
    _told(pages=count)
    for number in range(count if count <= _MAX_PAGES else 0):
        _limit_time()
        try:
            page = document[number]
            text = page.get_textpage()
            chars, edges = _characters(text, raw)
            _, bottom, _, top = page.get_mediabox()
            text.close()
            page.close()
        except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
            return _told(error="damaged", detail=f"page {number + 1}: {error}")
        _told(bottom=bottom, top=top, chars=chars, edges=edges)
    return None


if __name__ == "__main__":
    main()
