"""Doubtful spots in the wording: what a careful clerk would look at again. Better to miss one than to blame wrongly.

Known misspellings (table ``misspellings``), a measure noun that is none (等10部位), money without its unit (超2347万),
a space inside a document number, a clipped name among full ones (区卫生健康委、区民政局、区财政), doubled particles and
marks, and damage to the text itself (see ``damage``). Authority: 党政机关公文处理工作条例 (2012) 第二十六条 on checking
texts before issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick

from extractors import damage
from extractors.model import Document, Extraction, Mention
from ontology import table

__all__ = ["Doubt", "find"]

_ODD_NOUN = re.compile(r"等?((?:\d{1,3}|[二三四五六七八九十]{1,3})个?部位)(?=联合|共同|印发|参加|参与|配合|会签)")
_DOUBLED = re.compile(
    r"(?<![目标])的的(?!确|士|卡)|(?<!不)了了(?!之)|(?<!，)，，(?!，)|(?<!、)、、(?!、)|(?<!。)。。(?!。)|《《|》》(?!》)"
)
# 第一批异形词整理表（2001）、出版物汉字使用管理规定（1992）以前，字形没有统一。
_NORMS = "1992"
_MONEY_TAIL = re.compile(r"[万亿]$")
_UNIT_LATER = re.compile(r"(?:[、和与及至到—~-]\s?[\d.]{1,12}[万亿]?){0,6}[余多]?(?:元|美元|港元|欧元|人民币|[万亿]元)")
_POINT = re.compile(r"[，。；：、]")
_INNER_SPACE = re.compile(r"[ \u3000]")
_STEM_WITH_PLACE = re.compile(r"[省市区县旗州](?!级)")
_WITH_HEAD = re.compile(r"(?:部门|机关|单位|[局委办厅院所站队处科股社会部]|中心|公司|法院)$")
_LIST = re.compile(r"[、和与及]|以及")


class Doubt(NamedTuple):
    """A doubtful spot: its characters, what kind it is, what may be meant (None: unknown), rule and confidence."""

    start: int
    end: int
    kind: str
    meant: str | None
    confidence: float


def find(extraction: Extraction) -> Iterator[Doubt]:
    """Doubts in text order."""
    doc = extraction.doc
    found = {
        (doubt.start, doubt.end): doubt
        for reader in (_misspelt, _odd, _spaced, _unitless, _clipped)
        for doubt in reader(extraction)
    }
    for hurt in damage.find(doc.text):
        # 落款、版头里把名称排成一样宽，不是疏漏。
        if hurt.kind == "letter-spaced" and _stands_alone(doc, hurt.start):
            continue
        found.setdefault((hurt.start, hurt.end), Doubt(*hurt[:4], 0.95 if hurt.certain else 0.8))
    masked = [*doc.layout.elements.get("chrome", ()), *doc.layout.elements.get("contact", ())]
    for place in sorted(found):
        if not any(span.start <= place[0] < span.end for span in masked):
            yield found[place]


def _stands_alone(doc: Document, place: int) -> bool:
    """True in a line of names only, as at the foot or head of a paper."""
    start = doc.folded.rfind("\n", 0, place) + 1
    stop = doc.folded.find("\n", place)
    return not _POINT.search(doc.folded, start, stop if stop >= 0 else len(doc.folded))


@cache
def _known() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in table("misspellings"):
        before = re.compile(f"(?:{row['not_before']})$") if row["not_before"] else None
        after = re.compile(row["not_after"]) if row["not_after"] else None
        automaton.add_word(row["wrong"], (row["wrong"], row["right"], before, after))
    automaton.make_automaton()
    return automaton


def _misspelt(extraction: Extraction) -> Iterator[Doubt]:
    """Words of the table, where their neighbours do not make another word of them (构建全国…).

    Not in papers from before the norms of today, when some were written so.
    """
    folded = extraction.doc.folded
    if "0" < _written(extraction) < _NORMS:
        return
    for last, (wrong, right, before, after) in _known().iter(folded):
        start, end = last + 1 - len(wrong), last + 1
        if before and before.search(folded[max(0, start - 2) : start]):
            continue
        if after and after.match(folded, end):
            continue
        yield Doubt(start, end, "misspelling", right, 0.9)


def _written(extraction: Extraction) -> str:
    """When the paper was written; of one without a date, the last year that it tells of."""
    header = extraction.header
    years = (str(m.attributes["iso"])[:4] for m in extraction.mentions if m.type == "TIME" and m.attributes.get("iso"))
    return str(header.get("written_date") or header.get("published_date") or max(years, default=""))


def _odd(extraction: Extraction) -> Iterator[Doubt]:
    """等10部位联合印发 means 部门; doubled particles and marks."""
    folded = extraction.doc.folded
    for match in _ODD_NOUN.finditer(folded):
        yield Doubt(match.start(1), match.end(1), "odd-noun", match[1].replace("部位", "部门"), 0.95)
    for match in _DOUBLED.finditer(folded):
        yield Doubt(match.start(), match.end(), "doubled", match[0][0], 0.85)


def _spaced(extraction: Extraction) -> Iterator[Doubt]:
    """A space inside a document number (渝医保发〔2023〕40 号)."""
    doc = extraction.doc
    for mention in extraction.mentions:
        if mention.type == "DOCUMENT_NUMBER" and mention.rule.endswith("code_year_serial"):
            surface = doc.text[mention.start : mention.end]
            if _INNER_SPACE.search(surface) and "\n" not in surface:
                yield Doubt(mention.start, mention.end, "space", mention.attributes.get("document"), 0.95)


def _unitless(extraction: Extraction) -> Iterator[Doubt]:
    """Money whose unit is left out, and does not follow later in a list or stand at the head of a table."""
    folded = extraction.doc.folded
    money = [m for m in extraction.mentions if m.type == "COUNT" and m.attributes.get("unit") == "元"]
    bare = [count for count in money if _MONEY_TAIL.search(folded, count.start, count.end)]
    # 通篇都不写“元”的是文风，别处都写、只有一处没写的才是疏漏。
    if len(bare) != 1 or len(money) < 2:
        return
    count = bare[0]
    if _UNIT_LATER.match(folded, count.end) or _in_table(extraction.doc, count.start):
        return
    if folded[count.end : count.end + 1] in "，。；）":
        yield Doubt(count.start, count.end, "missing-unit", folded[count.start : count.end] + "元", 0.85)


def _in_table(doc: Document, place: int) -> bool:
    """True in a table's row, which its header gives the unit."""
    start = doc.text.rfind("\n", 0, place) + 1
    stop = doc.text.find("\n", place)
    line = doc.text[start : stop if stop >= 0 else len(doc.text)]
    return "\t" in line or (len(line) < 30 and not re.search("[，。,]", line))


def _clipped(extraction: Extraction) -> Iterator[Doubt]:
    """A body without its head noun in a list whose other members all have theirs."""
    folded = extraction.doc.folded
    group: list[Mention] = []
    bodies = [m for m in extraction.mentions if m.type == "AGENCY" and not m.attributes.get("nested")]
    for body in [*bodies, None]:
        if group and (body is None or not _LIST.fullmatch(folded, group[-1].end, body.start)):
            yield from _clipped_of(folded, group)
            group = []
        if body is not None:
            group.append(body)


def _clipped_of(folded: str, group: list[Mention]) -> Iterator[Doubt]:
    clipped = [m for m in group if m.attributes.get("elliptical")]
    # 名单中间的可能与后面的合用一个“局”字，只有收尾的才说得准。
    if clipped != group[-1:] or len(group) < 3 or _WITH_HEAD.search(folded, clipped[0].start, clipped[0].end):
        return
    if _STEM_WITH_PLACE.match(folded, clipped[0].start):
        name = clipped[0].attributes.get("canonical")
        yield Doubt(clipped[0].start, clipped[0].end, "clipped-name", name, 0.8)
