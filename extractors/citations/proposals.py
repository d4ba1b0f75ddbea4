"""Numbers of deputies' suggestions and committee members' proposals: 第355号提案, 第0205号, 建议第7240号.

The span is ``第…号``. A bare ``第…号`` is a proposal's number where a congress, a conference, or the words 提案, 建议,
议案 stand beside it; orders and announcements (国务院令第722号) are document numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Document, Found, Mention

__all__ = ["find"]

_NUMBER = re.compile(r"第\s{0,2}[A-Za-z]?\d{1,10}(?:[-、]\d{1,6}){0,4}\s{0,2}号")
_AFTER = re.compile(
    r"\s{0,4}(?:（[^（）\n]{1,20}）)?\s{0,4}(?:的?(?:党派|集体|重点|委员|代表|政协|人大|闭会|大会|会议|平时)?(?:提案|建议|议案)|（[^（）\n]{1,20}类[^（）\n]{0,10}）)"
)
_BEFORE = re.compile(
    r"(?:(?:提案|建议|议案|会议|人大|政协|大会)(?:案|编号|号)?[：（\s]{0,4}|(?:提案|建议|议案)》?[）]?\s{0,2}[（〔]\s?(?:编号|提案|建议|议案)?[：\s]{0,2})$"
)


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """PROPOSAL_NUMBER mentions."""
    folded = doc.folded
    claimed = Found(len(folded))
    claimed.add(found.of("DOCUMENT_NUMBER"))
    for match in _NUMBER.finditer(folded):
        before = folded[max(0, match.start() - 20) : match.start()]
        if _AFTER.match(folded, match.end()):
            rule, confidence = "followed", 0.97
        elif _BEFORE.search(before):
            rule, confidence = "preceded", 0.93
        else:
            continue
        if not claimed.is_free(match.start(), match.end()):
            continue
        yield Mention(match.start(), match.end(), "PROPOSAL_NUMBER", f"proposals.{rule}", confidence, {})
