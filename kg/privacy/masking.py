"""The text as it may be shown: what is personal is masked wherever it stands, not only in the contact line."""

from __future__ import annotations

import re

from extractors.model import Document
from extractors.readers.privacy import MASK, mask

__all__ = ["hidden", "personal", "shown"]

_RUN = re.compile(f"{MASK}+")
# Shorter runs are words as often as names: 高峰, 马上.
_LEAST = 3


def personal(original: str, masked: str) -> re.Pattern[str] | None:
    """A pattern of the names and numbers that ``masked`` hides in ``original``; None where it hides none."""
    runs = {original[found.start() : found.end()] for found in _RUN.finditer(masked)}
    words = sorted((run for run in runs if len(run) >= _LEAST and MASK not in run), key=lambda run: (-len(run), run))
    return re.compile("|".join(map(re.escape, words))) if words else None


def hidden(words: str, pattern: re.Pattern[str] | None) -> str:
    """Words with what the pattern finds masked character for character."""
    return pattern.sub(lambda match: MASK * len(match[0]), words) if pattern else words


def shown(doc: Document, *, keep_officials: bool = False) -> str:
    """The document's text, same length, with ■ for each character that tells of a person.

    Args:
        keep_officials: leave the names of those who sign in office.

    >>> from extractors import read
    >>> shown(read("王小明来电。联系人：王小明，电话：13800001111。".encode(), "例.txt"))
    '■■■来电。联系人：■■■，电话：■■■■■■■■■■■。'
    """
    masked = mask(doc, keep_officials=keep_officials)
    return hidden(masked, personal(doc.text, masked))
