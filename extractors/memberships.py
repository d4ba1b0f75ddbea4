"""Who sits in a joint body: 由A、B、C组成的联席会议, 由A、B为成员的领导小组.

A list that ends in 等 does not name all, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.duties import joined
from extractors.model import Extraction, Mention

__all__ = ["Membership", "find"]

_BODY = re.compile(
    r"(?P<others>等(?:\d{1,2}|[一二三四五六七八九十]{1,3})?个?(?:有关|相关)?(?:部门|单位|机构)?)?"
    r"(?:共同)?(?:组成|参加|参与|为成员(?:单位)?)的(?P<name>[^，。；、（）\n]{0,14}?(?:联席会议|领导小组|协调小组|工作小组|工作专班|专班|委员会))"
)
_BY = re.compile(r"由[^，。；\n]{0,24}$")


class Membership(NamedTuple):
    """A joint body as the text calls it, the bodies that sit in it, whether these are all, and the characters."""

    start: int
    end: int
    name: str
    members: tuple[Mention, ...]
    complete: bool
    confidence: float


def find(extraction: Extraction) -> Iterator[Membership]:
    """Memberships in text order."""
    folded = extraction.doc.folded
    bodies = [m for m in extraction.mentions if m.type == "AGENCY" and not m.attributes.get("nested")]
    for group in joined(folded, bodies):
        match = _BODY.match(folded, group[-1].end)
        known = tuple(m for m in group if m.attributes.get("canonical"))
        if match is None or len(known) < 2 or not _BY.search(folded, max(0, group[0].start - 30), group[0].start):
            continue
        complete = not match["others"] and len(known) == len(group)
        yield Membership(group[0].start, match.end(), match["name"], known, complete, 0.85)
