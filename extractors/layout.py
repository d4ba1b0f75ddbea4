"""Elements of an official document (GB/T 9704-2012), the heading tree, and sentences."""

from __future__ import annotations

import re

from extractors.model import Layout, Section, Sentence, Span

__all__ = ["find_layout"]

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


def find_layout(folded: str) -> Layout:
    """Read the parts of a document from its folded text."""
    sentences = tuple(Sentence(m.start(), m.end(), 0) for m in _SENTENCE.finditer(folded) if not m[0].isspace())
    whole = Section(0, len(folded), 0, "", Span(0, 0))
    return Layout(elements={"body": (Span(0, len(folded)),)}, sections=(whole,), sentences=sentences)
