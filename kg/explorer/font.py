"""The glyphs that a page needs, cut from the Noto Sans SC that we carry: no machine shows boxes for want of a font."""

from __future__ import annotations

import io
import lzma
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

__all__ = ["FONT", "carry", "cut"]

# Noto Sans SC Regular (SIL OFL 1.1): all of GBK, and the signs, letters and digits beside them.
FONT = "NotoSansSC-GBK.ttf.xz"
_UNUSED = ["vhea", "vmtx", "BASE", "GPOS", "GSUB", "GDEF", "DSIG", "VORG"]


@cache
def _carried() -> bytes:
    return lzma.decompress((files("kg.explorer") / "static" / FONT).read_bytes())


def cut(characters: Iterable[str]) -> bytes:
    """A WOFF font of these characters, as far as we carry them; the same characters are the same bytes.

    Its name table keeps the copyright and the licence, as the licence asks.
    """
    return _subset(_carried(), characters, "woff")


def carry(source: Path, target: Path) -> None:
    """Make the font that we carry from a whole Noto Sans SC."""
    from fontTools.ttLib import TTFont

    known = map(chr, TTFont(source, lazy=True).getBestCmap())
    kept = [character for character in known if _is_gbk(character) or _is_sign(ord(character))]
    target.write_bytes(lzma.compress(_subset(source.read_bytes(), kept, None), preset=9 | lzma.PRESET_EXTREME))


def _is_gbk(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


def _is_sign(code: int) -> bool:
    korean = 0x1100 <= code < 0x1200 or 0x3130 <= code < 0x3190
    return (code < 0x3400 or 0xFF00 <= code < 0xFFF0) and not korean


def _subset(source: bytes, characters: Iterable[str], flavor: str | None) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options: Any = Options()
    options.hinting = options.glyph_names = options.legacy_kern = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += _UNUSED
    font = TTFont(io.BytesIO(source), lazy=True, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted({ord(character) for character in characters}))
    subsetter.subset(font)
    font.flavor = flavor
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
