"""Text of scans and images, recognised by Tesseract where it is installed with its Chinese model."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractors.readers.glyphs import Row
from extractors.readers.limits import OWN_SESSION, at_most
from extractors.readers.paragraphs import PrintedPage, paragraphs_of
from extractors.readers.refusals import refusal

__all__ = ["image_text_of", "printed_pages"]

_MODEL = "chi_sim"
_SECONDS = 120
_MEMORY = 2 * 1024 * 1024 * 1024
_MAX_PAGES = 500
_HAN = re.compile("[\u3400-\u9fff]")
# Levels of Tesseract's table: a page, a line, a word.
_PAGE, _LINE, _WORD = "1", "4", "5"
_CELL_GAP, _SPACE_GAP = 2.0, 0.8
_LATIN = re.compile("[A-Za-z]")
# Below this, of 100, a word is noise: a seal, a stain.
_LEAST_CONFIDENCE = 20


@cache
def _program() -> str | None:
    """Tesseract with its Chinese model, None where it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    models = subprocess.run([program, "--list-langs"], capture_output=True, check=False, timeout=_SECONDS).stdout
    return program if _MODEL.encode() in models.split() else None


def image_text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text that an image shows, paragraph by paragraph.

    Raises:
        BadDocument: Tesseract is not installed, cannot open the image, or recognises no Chinese in it.
    """
    lines = paragraphs_of(printed_pages(data, name))
    if not any(map(_HAN.search, lines)):
        raise refusal(name, "unrecognised")
    return "\n".join(lines) + "\n"


def printed_pages(image: bytes, name: str) -> list[PrintedPage]:
    """The pages of an image (a TIFF file may have several), lines where they stand.

    Raises:
        BadDocument: Tesseract is not installed, or cannot open the image.
    """
    program = _program()
    if program is None:
        raise refusal(name, "needs_tesseract")
    command = [program, "stdin", "stdout", "-l", _MODEL, "--dpi", "300", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=image,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=at_most(_MEMORY),
            start_new_session=OWN_SESSION,
        )
    except subprocess.TimeoutExpired:
        raise refusal(name, "too_slow", limit=_SECONDS) from None
    if done.returncode or not done.stdout:
        raise refusal(name, "damaged", error="Tesseract cannot open the image")
    return _pages(done.stdout.decode("utf-8", "replace"))


class _Word(NamedTuple):
    """A word as Tesseract boxes it."""

    text: str
    left: float
    right: float


def _pages(told: str) -> list[PrintedPage]:
    """Tesseract's table as pages, lines and words in its own order. Its y grows downwards."""
    pages: list[tuple[list[Row], float]] = []
    words: list[_Word] = []
    middle, size = 0.0, 1.0
    for row in csv.DictReader(io.StringIO(told), delimiter="\t", quoting=csv.QUOTE_NONE):
        left, top, width, height = (float(row[edge]) for edge in ("left", "top", "width", "height"))
        if row["level"] == _WORD and pages and float(row["conf"]) >= _LEAST_CONFIDENCE and (row["text"] or "").strip():
            words.append(_Word(row["text"].strip(), left, left + width))
        elif row["level"] in (_PAGE, _LINE):
            _end_line(pages, words, middle, size)
            middle, size = -(top + height / 2), height
            if row["level"] == _PAGE and len(pages) < _MAX_PAGES:
                pages.append(([], height))
    _end_line(pages, words, middle, size)
    return [PrintedPage(rows, -height, 0.0) for rows, height in pages]


def _end_line(pages: list[tuple[list[Row], float]], words: list[_Word], middle: float, size: float) -> None:
    """Add the words of a line to the last page, apart only where the gap is wide."""
    if words:
        parts = [words[0].text]
        for last, word in pairwise(words):
            gap = (word.left - last.right) / size
            latin = _LATIN.match(last.text[-1]) and _LATIN.match(word.text)
            parts += ["\t" if gap > _CELL_GAP else " " if latin or gap > _SPACE_GAP else "", word.text]
        pages[-1][0].append(Row("".join(parts), words[0].left, words[-1].right, middle, size))
        words.clear()
