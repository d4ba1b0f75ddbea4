"""Bytes to Document. READERS is the table to extend: a suffix and the function that makes text of its bytes."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

from extractors.model import Document
from extractors.readers.folding import fold
from extractors.readers.kinds import COLLECTED, IMAGES, kind_of
from extractors.readers.refusals import refusal
from extractors.structure.layout import find_layout

__all__ = ["MAX_BYTES", "OCR_READERS", "READERS", "fold", "read", "read_text", "text_of"]

Reader = Callable[[bytes, str, "str | None"], str]

# suffix -> "module:function", a function (bytes, name, declared encoding or None) -> str. Loaded when first needed.
READERS: dict[str, str] = {
    ".txt": "extractors.readers.plain_text:text_of",
    ".html": "extractors.readers.web_page:text_of",
    ".htm": "extractors.readers.web_page:text_of",
    ".shtml": "extractors.readers.web_page:text_of",
    ".pdf": "extractors.readers.pdf:text_of",
    ".ofd": "extractors.readers.ofd:text_of",
    ".mht": "extractors.readers.mail:page_of",
    ".mhtml": "extractors.readers.mail:page_of",
    ".docx": "extractors.readers.docx:text_of",
    ".doc": "extractors.readers.word97:text_of",
    ".wps": "extractors.readers.word97:text_of",
    ".rtf": "extractors.readers.word97:text_of",
    ".odt": "extractors.readers.word97:text_of",
}

# The same for scans and images, where recognition of text is asked for.
OCR_READERS: dict[str, str] = {".pdf": "extractors.readers.pdf:recognised_text_of"} | dict.fromkeys(
    IMAGES, "extractors.readers.ocr:image_text_of"
)

MAX_BYTES = 32 * 1024 * 1024

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_VISIBLE = re.compile(r"[^\s\u200b\ufeff]+")
_LEAST_HAN_SHARE = 0.02
# Bidi controls that show text in another order than it is stored (CVE-2021-42574): override, embedding, isolate.
_REORDERING = re.compile("[\u202b\u202d\u202e\u2067\u2068]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    source: bytes | str | Path,
    name: str | None = None,
    *,
    kind: str | None = None,
    encoding: str | None = None,
    ocr: bool = False,
    max_bytes: int = MAX_BYTES,
) -> Document:
    """Make a Document of a file's path, or of bytes; content tells the kind of file, else the suffix of ``name``.

    Args:
        name: what the document is called; the file's name by default.
        kind: one of READERS, where neither content nor name can tell.
        encoding: the declared encoding, where a sender names one (an HTTP header, the user).
        ocr: recognise the text of scans and images, with Tesseract.
        max_bytes: a larger file is refused.

    Raises:
        BadDocument: the file cannot be read as a document; the message names file, place and remedy.
    """
    name = _printable(name or ("document.txt" if isinstance(source, bytes) else Path(source).name))
    data = source if isinstance(source, bytes) else bytes_of(Path(source), name, max_bytes)
    return read_text(text_of(data, name, kind=kind, encoding=encoding, ocr=ocr, max_bytes=max_bytes), name)


def text_of(
    data: bytes,
    name: str,
    *,
    kind: str | None = None,
    encoding: str | None = None,
    ocr: bool = False,
    max_bytes: int = MAX_BYTES,
) -> str:
    """The text that ``read`` makes a Document of.

    Raises:
        BadDocument: the file cannot be read as a document; the message names file, place and remedy.
    """
    if len(data) > max_bytes:
        raise refusal(name, "too_large", size=len(data), limit=max_bytes)
    if not data:
        raise refusal(name, "empty")
    suffix = kind or kind_of(data, name)
    if suffix in COLLECTED:
        raise refusal(name, "collection")
    readers = {**READERS, **OCR_READERS} if ocr else READERS
    if suffix in IMAGES and not ocr:
        raise refusal(name, "image")
    if suffix not in readers:
        raise refusal(name, "no_reader", suffix=suffix, known=" ".join(readers))
    text = _load(readers[suffix])(data, name, encoding)
    _check(text, name)
    return text


def read_text(text: str, name: str) -> Document:
    """Make a Document of a text as it is, such as another program holds it; all offsets are offsets into it."""
    folded = fold(text)
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(name=name, text=text, folded=folded, sha256=sha256, layout=find_layout(folded))


@cache
def _load(path: str) -> Reader:
    """The reader behind a ``module:function``."""
    module, function = path.split(":")
    reader: Reader = getattr(import_module(module), function)
    return reader


def bytes_of(path: Path, name: str, max_bytes: int) -> bytes:
    """The bytes of a regular file of at most ``max_bytes``; a pipe or device is not opened, for it could block."""
    if "\0" in str(path):
        raise refusal(name, "unreadable", error="no valid path")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refusal(name, "not_a_file")
        if status.st_size > max_bytes:
            raise refusal(name, "too_large", size=status.st_size, limit=max_bytes)
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError:
        raise refusal(name, "absent") from None
    except PermissionError:
        raise refusal(name, "forbidden") from None
    except (OSError, UnicodeError) as error:
        raise refusal(name, "unreadable", error=getattr(error, "strerror", None) or "no valid path") from error


def _printable(name: str) -> str:
    """The name as valid Unicode: bytes of a file name that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _check(text: str, name: str) -> None:
    """Refuse text that is blank, that shows in another order than it is stored, or that is not Chinese."""
    visible = sum(map(len, _VISIBLE.findall(text)))
    if not visible:
        raise refusal(name, "blank")
    reordering = _REORDERING.search(text)
    if reordering:
        raise refusal(name, "bidi", place=reordering.start(), code=ord(reordering[0]))
    half = _SURROGATE.search(text)
    if half:
        raise refusal(name, "surrogate", place=half.start())
    if sum(map(len, _HAN.findall(text))) < _LEAST_HAN_SHARE * visible:
        raise refusal(name, "not_chinese")
