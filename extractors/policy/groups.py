"""GROUP: the people a policy is for, by the shortest phrase that names them (失能老年人, 低保对象, 高校毕业生).

A head word of the table ``groups`` with the qualifiers that stand directly before it; in a list such as
特困、低保、失能等特殊老年人 each qualifier alone is an elliptical mention. Annotation guidelines 3 and 6: the general
public is not marked, nor a group inside a program's name, unless an age before it shows that the group is meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick

from extractors.model import Document, Found, Mention
from extractors.policy.programs import is_statute
from extractors.reading import fold
from ontology import table

__all__ = ["find"]

# 中心词后接这些，说的是机构、法律、节日、证件，不是人。
_CONTINUED = re.compile(
    r"权益保障法|权益保护|保护法|代表大会|小组|委员会|联合会|协会|大学(?!生)|学院|学校|医院|之家|活动中心|节(?!约)|日(?!常)|"
    r"证|园|法(?!定|律)|会(?!议|保|员)|基金|报(?!销|告|名)|运动会|(?<!残疾人)教育|(?<!残疾人)体育|图书|公园|乐园|友好|工作委员会|"
    r"才|事务|专用|宿舍|公寓|(?<=人)数(?!量|据)|(?<=职工)作|(?<=农村民)[生主俗间]|"
    r"(?<=残疾人)组织|(?<=购房人)员|(?<=夫妻)(?:双方|一方|共同|关系|财产)|(?<=新生儿)(?:科|户口)|"
    r"(?<=生态移民)|(?<=扶贫移民)|(?<=移民)(?:安置|搬迁)|(?:儿童)?专科医院"
)
# 这些中心词作定语时（人才培养、教师队伍、职工医保）说的不是人。
_MODIFIER = re.compile(
    r"培养|培训基地|队伍|市场|公寓|住房|房|政策|资源|支撑|强[省市区国县]|工作|服务|评价|交流|体系|引进|发展|中心|库|兴|战略|计划|工程|医保|"
    r"大会|代表|作(?=人)|资格|编制|管理|认定|职业|签约"
)
_WORK = frozenset(["高技能人才", "高层次人才", "护理员", "养老护理员", "职工", "乡村教师"])
_AGE = re.compile(r"(?:岁|周岁)(?:及?以上|及以下|以下|以内)?的?[一-鿿]{0,4}$")
_HOUSEHOLD = "老年人家庭"
_REACH = 18
_LIST_REACH = 40


class _Words(NamedTuple):
    heads: ahocorasick.Automaton
    scopes: dict[str, str]
    before: re.Pattern[str]
    listed: re.Pattern[str]
    item: re.Pattern[str]


@cache
def _words() -> _Words:
    heads = ahocorasick.Automaton()
    scopes: dict[str, str] = {}
    qualifiers = []
    for row in table("groups"):
        word = fold(row["word"])
        if row["role"] == "head":
            heads.add_word(word, word)
            scopes[word] = row["scope"]
        else:
            qualifiers.append(word)
    heads.make_automaton()
    word = "(?:" + "|".join(sorted(map(re.escape, qualifiers), key=len, reverse=True)) + ")"
    return _Words(
        heads=heads,
        scopes=scopes,
        before=re.compile(rf"{word}+$"),
        listed=re.compile(rf"{word}+(?:、{word}+)*(?:、|等|和|或者|或|及|以及)$"),
        item=re.compile(rf"{word}+"),
    )


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """Groups in text order."""
    folded = doc.folded
    words = _words()
    statute = is_statute(folded)
    programs = found.of("PROGRAM")
    starts = [program.start for program in programs]
    last_end = 0
    for last, head in words.heads.iter_long(folded):
        end = last + 1
        scope = words.scopes[head]
        if (statute and scope == "policy") or _CONTINUED.match(folded, end):
            continue
        if head in _WORK and _MODIFIER.match(folded, end):
            continue
        start = _with_qualifiers(folded, end - len(head), head, last_end)
        if head == _HOUSEHOLD and start < end - len(head):
            end -= len("家庭")  # 失能老年人|家庭：有限定语时说的是人
        if scope == "qualified" and start == end - len(head):
            continue
        index = bisect_right(starts, end - 1) - 1
        if index >= 0 and programs[index].end > start:
            if programs[index].start == start and _AGE.search(folded, max(0, start - 12), start):
                yield _mention(start, end, "groups.aged", 0.7)
            continue
        if not found.is_free(start, end):
            continue
        for item in _shared(folded, start, last_end):
            if found.is_free(item.start(), item.end()):
                yield Mention(item.start(), item.end(), "GROUP", "groups.listed", 0.75, {"elliptical": True})
        last_end = end
        yield _mention(start, end, "groups.head", 0.85 if not scope else 0.75)


def _with_qualifiers(folded: str, start: int, head: str, floor: int) -> int:
    """Where the phrase begins: qualifiers directly before the head, 城乡 only before 居民."""
    left = _words().before.search(folded, max(floor, start - _REACH), start)
    if left is None:
        return start
    begin = left.start()
    return begin + 2 if folded.startswith("城乡", begin) and head not in ("居民", "低收入群体") else begin


def _shared(folded: str, start: int, floor: int) -> list[re.Match[str]]:
    """Bare qualifiers in a row that share the head at ``start``: 特困、低保、失能等|特殊老年人."""
    words = _words()
    row = words.listed.search(folded, max(floor, start - _LIST_REACH), start)
    return list(words.item.finditer(folded, row.start(), row.end())) if row else []


def _mention(start: int, end: int, rule: str, confidence: float) -> Mention:
    return Mention(start, end, "GROUP", rule, confidence, {})
