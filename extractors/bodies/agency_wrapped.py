"""Bodies whose name is broken over two lines in a narrow table cell: 省自然资源和 / 规划厅, 区人力资源社会 / 保障局."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.bodies.agency_names import Name

__all__ = ["read_wrapped"]

# A line of nothing but the name's beginning; the next begins with its end, and the next cell or line follows.
_BROKEN = re.compile(r"(?<![^\n])([一-鿿]{2,14})[ ]*\n[ ]*([一-鿿]{1,8}(?:[厅局委办会部院]|中心))(?=[ \t\n]|$)")
_LONGEST = 22


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
