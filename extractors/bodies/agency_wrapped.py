"""Bodies whose name is broken: over two lines of a narrow table cell, or by a second field in brackets.

省自然资源和 / 规划厅; 农业农村（农牧）厅（局、委）, as one body is called in several provinces.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.bodies.agency_names import Name

__all__ = ["read_bracketed", "read_wrapped"]

# A line of nothing but the name's beginning; the next begins with its end, and the next cell or line follows.
_BROKEN = re.compile(r"(?<![^\n])([一-鿿]{2,14})[ ]*\n[ ]*([一-鿿]{1,8}(?:[厅局委办会部院]|中心))(?=[ \t\n]|$)")
_LONGEST = 22
# 职能后括着别处的叫法，机关的中心词在括号后：城管（市容）局、住建（房管）部门。
_FIELD = re.compile("[一-鿿]{2,12}$")
_BRACKETED = re.compile(
    r"（[一-鿿]{2,8}）(?P<head>(?:行政|行业)?(?:主管|管理)?部门"
    r"|(?:委员会|[厅局委办])(?=（[厅局委办、或]{1,8}）|[、，。；：（）\s和与及等]|$))(?:（[厅局委办、或]{1,8}）)?"
)


def read_wrapped(folded: str, taken: bytearray, names_in: Callable[[str], list[Name]]) -> list[Name]:
    """Every such name of which neither line names a body by itself, where both together do.

    Args:
        names_in: reads the names of a text; it is given the two lines joined.
    """
    found = []
    for match in _BROKEN.finditer(folded):
        joined = match[1] + match[2]
        if len(joined) > _LONGEST or taken.find(1, *match.span()) >= 0:
            continue
        whole = names_in(joined)
        if len(whole) == 1 and (whole[0].start, whole[0].end) == (0, len(joined)) and not whole[0].bare:
            found.append(whole[0]._replace(start=match.start(), end=match.end(), rule="agencies.wrapped"))
    return found


def read_bracketed(folded: str, taken: bytearray, names_in: Callable[[str], list[Name]]) -> list[Name]:
    """Every such name whose field, the brackets left out, makes a body's name with the head behind them."""
    found = []
    for match in _BRACKETED.finditer(folded):
        field = _FIELD.search(folded, max(0, match.start() - 12), match.start())
        joined = field[0] + match["head"] if field else ""
        whole = [name for name in names_in(joined) if name.end == len(joined)]
        start = field.start() + whole[0].start if field and whole else -1
        if start >= 0 and taken.find(1, start, match.end()) < 0:
            found.append(whole[0]._replace(start=start, end=match.end(), rule="agencies.bracketed"))
    return found
