"""Short names that stood for one national body first and for its successor later: 国家计委, 广电总局.

The year of the document decides; the table ``agencies`` tells from when to when a body was called so.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.bodies.agency_names import Name
from extractors.model import Document, Mention
from ontology import table

__all__ = ["in_its_time", "year_of"]

_YEAR = re.compile(r"(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{3}(?=\s*年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@cache
def _shared() -> dict[str, tuple[tuple[str, int, int], ...]]:
    """Short name → the bodies that bore it: name, first year, last year."""
    bearers: dict[str, list[tuple[str, int, int]]] = {}
    for row in table("agencies"):
        era = row["name"], int(row["since"] or 0), int(row["until"] or 9999)
        for word in filter(None, row["aliases"].split("|")):
            bearers.setdefault(word, []).append(era)
    return {word: tuple(eras) for word, eras in bearers.items() if len(eras) > 1}


def year_of(doc: Document) -> int | None:
    """The year that a document bears: of its date, else of its number."""
    for element in ("date", "number"):
        for span in doc.layout.elements.get(element, ()):
            if found := _YEAR.search(doc.folded, *span):
                return int(found[0].translate(_DIGITS))
    return None


def in_its_time(doc: Document, mention: Mention, name: Name, year: int | None) -> Mention:
    """The mention with the name of the body that bore its short name in that year; as it is where none is told."""
    if name.body.system != "fixed" or year is None:
        return mention
    written = doc.folded[mention.start : mention.end - len(name.office)]
    for full, since, until in _shared().get(written, ()):
        if since <= year <= until and (canonical := mention.attributes.get("canonical")):
            return mention.with_attributes(canonical=canonical.replace(name.body.name, full, 1))
    return mention
