"""Bodies of the armed forces and brigades: 空军 in a list of bodies, 武警广东省总队江门市支队, 省公安消防总队某市支队.

A brigade's units are named one inside the other, each by its place; the whole is one body's name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.bodies.agency_names import Name
from extractors.bodies.gazetteer import Body, Token, cues

__all__ = ["read_forces", "with_units"]

_POLICE = re.compile(r"武警(?:部队)?")
_POLICE_NAME = "中国人民武装警察部队"
_UNIT = re.compile(
    r"(?:公安)?(?:消防|边防|警卫|内卫|机动|森林|水电|交通|黄金)?(?:总队|支队|大队|中队)(?!长|员|部|一级|正职|副职)"
)
_BRIGADES = ("总队", "支队")
_NEAR = 8


@cache
def _services() -> re.Pattern[str]:
    words = "|".join(sorted(cues("force")))
    return re.compile(rf"(?:{words})(?=[、，：和与及\s]|$)")


def read_forces(folded: str, tokens: Sequence[Token]) -> Iterator[Name]:
    """The services where they stand in a row of bodies; the armed police with the units that are named behind it."""
    for match in _services().finditer(folded):
        before = folded[match.start() - 1 : match.start()]
        if "一" <= before <= "鿿" and before not in "和与并及":
            continue
        around = folded[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if "陆军" not in around and "部队" not in around:  # 陆军、海军、空军是军种的列举
            yield Name(*match.span(), Body(f"中国人民解放军{match[0]}", "fixed"), "agencies.force", 0.8)
    for match in _POLICE.finditer(folded):
        end = _units_end(folded, tokens, match.end())
        if end > match.end():
            body = Body(_POLICE_NAME + folded[match.end() : end], "fixed")
            yield Name(match.start(), end, body, "agencies.force", 0.85)


def with_units(folded: str, names: Sequence[Name], tokens: Sequence[Token]) -> Iterator[Name]:
    """Brigades with the units that are named behind them."""
    for name in names:
        brigade = name.body.name.endswith(_BRIGADES) and not name.office
        end = _units_end(folded, tokens, name.end) if brigade else name.end
        yield name._replace(end=end, office=folded[name.end : end]) if end > name.end else name


def _units_end(folded: str, tokens: Sequence[Token], end: int) -> int:
    """Where the last unit ends, each a place and 总队, 支队 …; ``end`` where none follows."""
    at = bisect_left(tokens, (end,))
    place = end
    while at < len(tokens):
        while at < len(tokens) and tokens[at][0] == place and tokens[at][2].kind == "place":
            place = tokens[at][1]
            at += 1
        unit = _UNIT.match(folded, place)
        if unit is None or place == end:
            break
        end = place = unit.end()
        while at < len(tokens) and tokens[at][0] < place:
            at += 1
    return end
