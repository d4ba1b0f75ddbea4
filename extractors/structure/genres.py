"""文种: the kind of document that a title names with its last word."""

from __future__ import annotations

import re
from functools import cache

from extractors.structure.lines import squeeze
from ontology import table

__all__ = ["ends_with_genre", "genre_of"]

# What may follow the genre: （试行）, （2021—2025年）, 2024年版, 第5号, 的.
_TAIL = re.compile(
    r"(?:第? ?[\d〇零一二三四五六七八九十百]{1,6} ?号|[（〔(][^（）〔〕()]{0,40}[）〕)]|(?:19|20)\d\d ?年? ?版?|的)\s*$"
)


@cache
def _pattern() -> re.Pattern[str]:
    """The longest genre that ends a text: reading backwards makes every alternative anchored."""
    names = sorted((row["name"][::-1] for row in table("genres")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def genre_of(title: str) -> str | None:
    """The genre of a title, longest name first, without what stands in brackets after it; None if it names none.

    >>> genre_of("某省养老机构管理办法（试行）"), genre_of("关于第8号提案的复函"), genre_of("养老院的一天")
    ('办法', '复函', None)
    """
    bare = squeeze(title)
    if bare.startswith("《") and bare.endswith("》"):
        bare = bare[1:-1]
    while (tail := _TAIL.search(bare)) and tail.start():
        bare = bare[: tail.start()]
    found = _pattern().match(bare[::-1])
    return found[0][::-1] if found else None


def ends_with_genre(line: str) -> bool:
    """True where a title may end with this line."""
    return genre_of(line) is not None
