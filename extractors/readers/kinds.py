"""What kind of file it is: its first bytes say it where they can, its name where they cannot."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

__all__ = ["COLLECTED", "IMAGES", "kind_of"]

_SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"{\\rtf", ".rtf"),
    (b"PAR1", ".parquet"),
    (b"\x1f\x8b", ".gz"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
# Kinds of file that hold several documents (extractors.readers.collecting reads them).
COLLECTED = frozenset((".zip", ".eml", ".csv", ".tsv", ".jsonl", ".parquet"))
IMAGES = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"))
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>])", re.I | re.S
)
_MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n){0,50}){1,60}?\r?\n", re.S
)
_MIME = re.compile(rb"^(?:MIME-Version|Snapshot-Content-Location|Received|Return-Path):", re.I | re.M)
_SAVED_PAGE = re.compile(rb"^(?:Snapshot-Content-Location:|From: <Saved by)", re.I | re.M)
# What the members of an archive say it is.
_PACKAGES = (("OFD.xml", ".ofd"), ("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"), ("content.xml", ".odt"))
_LOOKED_AT = 1 << 16


def kind_of(data: bytes, name: str) -> str:
    """The suffix of the kind of file that ``data`` is, ``.txt`` where neither content nor name tell another.

    >>> kind_of(b"%PDF-1.7 ...", "a.doc"), kind_of("养老".encode(), "a"), kind_of("养老".encode(), "a.HTM")
    ('.pdf', '.txt', '.htm')
    """
    suffix = PurePath(name).suffix.lower()
    head = data[:_LOOKED_AT]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return suffix if kind == ".doc" and suffix == ".wps" else kind
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _package(data, suffix)
    if _HTML.match(head):
        return suffix if suffix in (".htm", ".shtml") else ".html"
    if _MIME.search(head[:8192]) and _MAIL.match(head):
        return ".mhtml" if suffix in (".mht", ".mhtml") or _SAVED_PAGE.search(head[:8192]) else ".eml"
    return suffix or ".txt"


def _package(data: bytes, suffix: str) -> str:
    """Which kind of archive: an office file by the parts it has, else a plain ZIP."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return suffix or ".zip"
    for part, kind in _PACKAGES:
        if any(name.startswith(part) for name in names):
            return kind
    return ".zip"
