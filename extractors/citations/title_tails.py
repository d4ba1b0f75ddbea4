"""What a name in title marks is by its last words: a document, a form, a periodical (table ``document_nouns``)."""

from __future__ import annotations

import re
from functools import cache

from ontology import table

__all__ = ["is_generic", "tail_status"]

# 标题末尾的括注：（试行）（2023-2025年）（征求意见稿）
_TRAILING_NOTE = re.compile(r"\s*(?:（[^（）]{1,40}）|〔[^〔〕]{1,20}〕|\([^()]{1,40}\)|\s?\d{4}年?版?)\s*$")
# 机关发布的合同范本：《劳动合同（示范文本）》
_MODEL_TEXT = re.compile(
    r"(?:合同|协议|协议书|规约|公约|章程|条款)[（(]?(?:\d{4}版)?(?:示范文本|标准文本|范本)(?:[）)]|$)"
)


@cache
def _tails() -> tuple[dict[str, str], frozenset[str], int]:
    rows = table("document_nouns")
    status = {row["noun"]: row["status"] for row in rows}
    generic = frozenset(row["noun"] for row in rows if row["anaphor"] == "yes")
    return status, generic, max(map(len, status))


def tail_status(title: str) -> str | None:
    """``document``, ``weak``, ``form`` or ``press`` by the title's last words; None where the table knows none.

    >>> tail_status("云门市养老服务实施方案（试行）")
    'document'
    >>> tail_status("医师执业证书"), tail_status("养老服务合同（示范文本）")
    ('form', 'document')
    """
    status, _, longest = _tails()
    if "本" in title and _MODEL_TEXT.search(title):
        return "document"
    bare = title
    while (shorter := _TRAILING_NOTE.sub("", bare)) != bare and shorter:
        bare = shorter
    for size in range(min(longest, len(bare)), 0, -1):
        if bare[-size:] in status:
            return status[bare[-size:]]
    return None


def is_generic(title: str) -> bool:
    """True for a bare document noun, which points back to a document named before (《通知》, 《实施方案》)."""
    return title in _tails()[1]
