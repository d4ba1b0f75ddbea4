"""Run as a program of its own, so that a PDF file that breaks or stops PDFium breaks or stops nothing else.

Reads a PDF file from standard input; writes one JSON line with the number of pages, or the error, then one a page:
lower and upper edge, the characters with left, right, lower and upper edge each, and the rules likewise. Given the
number of a page, it writes that page as a PGM image instead. Imports nothing of this project.
"""

from __future__ import annotations

import json
import signal
import sys
from ctypes import byref, c_double
from math import hypot
from pathlib import Path
from typing import Any

_MEMORY = 200 * 1024 * 1024
_SECONDS_A_PAGE = 1.2
_SECONDS_A_PICTURE = 20
_MAX_PAGES = 3_000
# How much of a character's size is below the line it stands on; a box lower than this share of it is that of a drawing.
_BELOW, _TIGHT = 0.2, 0.85
# From here on characters are as wide as high.
_WIDE = 0x2E80
# A path thinner than this is a rule; one shorter than this is none. A page has no more rules than any table.
_THIN, _SHORT = 2.5, 6.0
_MAX_RULES = 20_000
_BOX_SEGMENTS = 6
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
    """The characters of a page, without those that PDFium adds, and four edges for each.

    The lower and upper edge are reckoned from the line that the character stands on and the size of the type, for the
    boxes of fonts differ; fonts that are drawings (Type 3) have boxes as small as what they show.
    """
    box, matrix, handle, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), text.raw, c_double(), c_double()
    chars: list[str] = []
    edges: list[float] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if raw.FPDFText_GetLooseCharBox(handle, index, byref(box)):
            left, right, low, high = box.left, box.right, box.bottom, box.top
            size = 0.0
            if raw.FPDFText_GetMatrix(handle, index, byref(matrix)):
                size = raw.FPDFText_GetFontSize(handle, index) * hypot(matrix.c, matrix.d)
            upright = size > 0 and abs(matrix.b) < abs(matrix.a)
            if upright and raw.FPDFText_GetCharOrigin(handle, index, byref(x), byref(y)):
                if high - low < _TIGHT * size and code >= _WIDE:
                    left, right = x.value, max(right, x.value + size)
                low, high = y.value - _BELOW * size, y.value + (1 - _BELOW) * size
            chars.append(chr(code))
            edges += (round(left, 2), round(right, 2), round(low, 2), round(high, 2))
    return "".join(chars), edges


def _rules(page: Any, raw: Any) -> list[list[float]]:
    """The straight lines and the edges of boxes drawn on a page, each as left, right, lower and upper edge."""
    rules: list[list[float]] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, low, right, high = (round(edge, 2) for edge in item.get_bounds())
        if right - left < _THIN or high - low < _THIN:
            if max(right - left, high - low) >= _SHORT:
                rules.append([left, right, low, high])
        elif raw.FPDFPath_CountSegments(item.raw) <= _BOX_SEGMENTS:
            edges = (
                [left, left, low, high],
                [right, right, low, high],
                [left, right, low, low],
                [left, right, high, high],
            )
            rules += edges
        if len(rules) > _MAX_RULES:
            return []
    return rules


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
            rules = _rules(page, raw)
            _, bottom, _, top = page.get_mediabox()
            text.close()
            page.close()
        except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:
            return _told(error="damaged", detail=f"page {number + 1}: {error}")
        _told(bottom=bottom, top=top, chars=chars, edges=edges, rules=rules)
    return None


if __name__ == "__main__":
    main()
