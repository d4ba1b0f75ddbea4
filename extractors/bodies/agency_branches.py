"""What stands behind a body's name and belongs to it: the branch for a place, a second name in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.bodies.divisions import by_name
from extractors.bodies.gazetteer import Entry, Token, cues, entries

__all__ = ["branch", "branch_of", "county_branch", "second_name", "short_of"]


@cache
def branch() -> re.Pattern[str]:
    """分行, 支局 … of a national or a city's body, behind the name of the place that it is for."""
    return re.compile(rf"[一-鿿]{{0,4}}?(?:{_kinds()})")


@cache
def county_branch() -> re.Pattern[str]:
    """The same behind a county's short name, which is no word of the gazetteer."""
    return re.compile(rf"([一-鿿]{{2,5}}?)(?:{_kinds()})")


def _kinds() -> str:
    return "|".join(sorted(cues("branch_kind"), key=len, reverse=True))


def branch_of(text: str, tokens: Sequence[Token], index: int) -> str:
    """宝坻分局 of 市规划资源局宝坻分局."""
    end = tokens[index][1]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following[0] == end and following[2].kind == "place":
        match = branch().match(text, following[1])
    else:
        match = county_branch().match(text, end)
        match = match if match and match[1] in by_name() else None
    return text[end : match.end()] if match else ""


_SECOND = re.compile(r"（([一-鿿]{2,14}(?:局|委员会|办公室|办|厅|署))）")


def second_name(text: str, end: int) -> str:
    """A body's other name in brackets behind it (one name of both, guidelines 6), or nothing."""
    match = _SECOND.match(text, end)
    entry = entries().get(match[1]) if match else None
    return match[1] if match and entry is not None and entry.kind in ("national", "body") else ""


def short_of(place: Entry) -> str:
    """A place as written where that is not its full name."""
    return "" if any(place.word == division.name for division in place.places) else place.word
