"""Bytes to Document. READERS is the table to extend: a suffix and the function that makes text of its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from extractors.layout import find_layout
from extractors.model import BadDocument, Document

__all__ = ["READERS", "fold", "read"]

# suffix -> "module:function", a function bytes, name -> str. Loaded when first needed.
READERS: dict[str, str] = {
    ".txt": "extractors.reading:text_from_utf8",
}

# Look-alike characters, one for one, so that rules see one spelling while offsets stay true.
_PAIRS = {
    **{chr(0xFF10 + i): str(i) for i in range(10)},
    **{chr(0xFF21 + i): chr(0x41 + i) for i in range(26)},
    **{chr(0xFF41 + i): chr(0x61 + i) for i in range(26)},
    **dict.fromkeys("[［﹝", "〔"),
    **dict.fromkeys("]］﹞", "〕"),
    **dict.fromkeys("(﹙", "（"),
    **dict.fromkeys(")﹚", "）"),
    **dict.fromkeys("<＜", "〈"),
    **dict.fromkeys(">＞", "〉"),
    **dict.fromkeys("–—―－‐‑‒−─", "-"),
    **dict.fromkeys("～〜∼", "~"),
    **dict.fromkeys("\u3000\u00a0\t\u2002\u2003\u2009\ufeff\u200b", " "),
    **dict.fromkeys("•・‧", "·"),
    "％": "%",
    "＋": "+",
    "．": ".",
    "／": "/",
    "○": "〇",
    ";": "；",
}
_ODD = re.compile("[" + "".join(map(re.escape, _PAIRS)) + "]")
_HALF_WIDTH = re.compile(r"(?<!\d)[,:]|[,:](?!\d)")


def fold(text: str) -> str:
    """The text with look-alike characters made one; same length, so every offset holds in both.

    Half-width commas and colons become full-width ones except between digits (``1,200``, ``8:30``).

    >>> fold("民发[２０２２]5号")
    '民发〔2022〕5号'
    >>> fold("共1,200人, 其中")
    '共1,200人， 其中'
    """
    text = _ODD.sub(lambda match: _PAIRS[match[0]], text)
    return _HALF_WIDTH.sub(lambda match: "，" if match[0] == "," else "：", text)


def text_from_utf8(data: bytes, name: str) -> str:
    """Strict UTF-8, line ends made ``\\n``."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadDocument(f"{name}: byte {error.start} is not UTF-8; convert the file to UTF-8 first") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(source: bytes | str | Path, name: str | None = None) -> Document:
    """Make a Document of a file's path, or of bytes with a ``name`` that tells the kind by its suffix.

    Raises:
        BadDocument: the file cannot be read as a document; the message names file, place and remedy.
    """
    if isinstance(source, bytes):
        data, name = source, name or "document.txt"
    else:
        path = Path(source)
        data, name = path.read_bytes(), name or path.name
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        raise BadDocument(
            f"{name}: no reader for {suffix or 'files without a suffix'}; there are: {', '.join(READERS)}"
        )
    module, function = READERS[suffix].split(":")
    reader: Callable[[bytes, str], str] = getattr(import_module(module), function)
    text = reader(data, name)
    folded = fold(text)
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(name=name, text=text, folded=folded, sha256=sha256, layout=find_layout(folded))
