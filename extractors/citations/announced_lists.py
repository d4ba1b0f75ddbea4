"""Lists that a sentence announces: 决定对下列规范性文件予以废止。一、《A》 二、《B》; a schedule of repealed documents.

What the announcing sentence says holds for each document that heads an item below it.

Authority: 行政法规制定程序条例 (2017) 第三十六条; 规章制定程序条例 (2017) 第三十八条 (清理, 修改, 废止).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.model import Span

__all__ = ["Announced", "find_announced", "heads_item"]

_OVER = r"废止|失效|停止执行|不再执行"
_NAMED = r"(?:文件|法规|规章|规定|办法|通知|决定|意见|标准|政策|制度|目录)"
_ANNOUNCES = re.compile(
    rf"(?:下列|以下|如下)(?!情形)[^。；\n]{{0,24}}?{_NAMED}[^。；\n]{{0,24}}?(?P<over>{_OVER})[^。；\n]{{0,8}}[。：]"
    rf"|(?P<over2>{_OVER})[^。；\n]{{0,12}}?(?:下列|以下|如下)(?!情形)[^。；\n]{{0,24}}?{_NAMED}[^。；\n]{{0,12}}[。：]"
    rf"|(?:下列|以下)(?!情形|简称)[^。；\n]{{0,24}}?{_NAMED}[^。；\n]{{0,16}}?(?P<new>修改|修订|修正)[^。；\n]{{0,8}}[。：]"
)
_SCHEDULE = re.compile(
    r"^[^\n，。；]{0,30}(?P<over>废止|失效|停止执行)[^\n，。；]{0,16}(?:目录|清单)(?:（[^（）\n]{1,20}）)?[ ]*$",
    re.M,
)
_MARKER = r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?:[）)]|[、.．:：])|[①-⑳])?"
_ITEM_HEAD = re.compile(rf"\s*{_MARKER}\s*(?:对|将|修改|废止)?[《〈\s]*$")
_ITEM = re.compile(rf"\s*(?:{_MARKER[:-1]}|《)")


class Announced(NamedTuple):
    """What is announced, ``repeals`` or ``amends``, and the stretch in which items may stand."""

    predicate: str
    span: Span


def find_announced(folded: str) -> list[Announced]:
    """Stretches under an announcing sentence or a schedule's heading, in text order."""
    heads = [(m.end(), "amends" if m["new"] else "repeals") for m in _ANNOUNCES.finditer(folded)]
    heads += [(m.end(), "repeals") for m in _SCHEDULE.finditer(folded)]
    heads.sort()
    return list(_stretches(folded, heads))


def _stretches(folded: str, heads: list[tuple[int, str]]) -> Iterator[Announced]:
    for index, (start, predicate) in enumerate(heads):
        limit = heads[index + 1][0] if index + 1 < len(heads) else len(folded)
        end = limit if predicate == "amends" else _end_of_items(folded, start, limit)
        yield Announced(predicate, Span(start, end))


def _end_of_items(folded: str, start: int, limit: int) -> int:
    """Where a run of lines ends that each begin with a marker or a title."""
    place = start
    while place < limit:
        line_end = folded.find("\n", place)
        line_end = limit if line_end < 0 else line_end
        if folded[place:line_end].strip() and not _ITEM.match(folded, place):
            return place
        place = line_end + 1
    return limit


def heads_item(folded: str, start: int) -> bool:
    """True where the title that begins at ``start`` (its opening mark) is the first thing in its line's item."""
    line = folded.rfind("\n", max(0, start - 60), start) + 1
    return line > 0 and _ITEM_HEAD.fullmatch(folded, line, start) is not None
