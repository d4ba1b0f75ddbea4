"""The checks of a document's figures (see ``arithmetic``): one reader for each kind of reckoning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from extractors.arithmetic import Check, amount, figures, growth, ordered, rate_of_growth, same_unit, sentence_of
from extractors.model import Extraction, Mention
from extractors.table_totals import totals

__all__ = ["find"]

_GROWTH = re.compile(r"(?:增长|增幅|增加|提高|上升|(?P<down>下降|减少|降低|降幅))(?:了|为|达|约)?$")
_WHOLE = re.compile(r"按[^，。；]{1,14}分|其中|分别占|构成|由[^。；]{0,30}分担|比例分担|支付|负担|结构")
_SHARE_JOINT = re.compile(r"[^。；！？\n]{0,24}")
_TOTAL = re.compile(r"(?:共|合计|总计|共计|总数|总共)(?:有|为|达|建成|完成|安排|拨付|投入)?[^，。；：、]{0,16}$")
_PARTS = re.compile(r"[^。；]{0,12}[。，；：（(]?\s?(?:其中|分别)[^。；]{0,16}$")
_REST = re.compile(r"等|其余|其他|包括|含|以上|新增|不含|除外|重点")
_PER = re.compile(r"人均|每人|平均")
_TERM = re.compile(
    r"自(?P<from>\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|实施|执行|生效)[^。；]{0,8}[，,]"
    r"(?:至|到)?(?P<to>\d{4}年\d{1,2}月\d{1,2}日)(?:止|失效|废止|截止|自行失效|自动失效)?[^。；]{0,6}[，,]?有效期(?:限)?为?$"
)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def find(extraction: Extraction) -> Iterator[Check]:
    """Checks in text order."""
    counts = figures(extraction)
    folded = extraction.doc.folded
    yield from ordered(
        (
            *_growths(folded, counts),
            *_shares(folded, counts),
            *_sums(folded, counts),
            *_terms(folded, counts),
            *_heads(folded, counts),
            *totals(extraction.doc.text, counts),
        )
    )


def _growths(folded: str, counts: list[Mention]) -> Iterator[Check]:
    for at, stated in enumerate(counts):
        facts = stated.attributes
        verb = _GROWTH.search(folded, max(0, stated.start - 8), stated.start)
        if facts.get("unit") != "%" or not (verb or facts.get("kind") == "growth"):
            continue
        pair = growth(folded, counts, at)
        if pair is None:
            continue
        computed, verdict = rate_of_growth(amount(stated), *pair, down=bool(verb and verb["down"]))
        if facts.get("comparator") not in ("eq", None) and verdict == "wrong":
            continue
        span = min(stated.start, pair[0].start, pair[1].start), max(stated.end, pair[0].end, pair[1].end)
        yield Check("growth", *span, stated, pair, computed, "eq", verdict, 0.9)


def _shares(folded: str, counts: list[Mention]) -> Iterator[Check]:
    """Shares that the sentence makes parts of one whole: they add up to 100 %."""
    done = -1
    for at, first in enumerate(counts):
        if first.start <= done or not _is_share(first):
            continue
        row = [first]
        for following in counts[at + 1 : at + 12]:
            if not _is_share(following) or not _SHARE_JOINT.fullmatch(folded, row[-1].end, following.start):
                break
            row.append(following)
        done = row[-1].end
        start, end = sentence_of(folded, first.start)
        total = sum((amount(c) for c in row), Decimal(0))
        if len(row) < 2 or not _WHOLE.search(folded, start, min(end + 1, row[-1].end + 12)):
            continue
        if any(c.attributes.get("comparator") not in ("eq", None) for c in row):
            continue
        slack = Decimal("0.1") * len(row)
        if abs(total - 100) <= slack:
            verdict = "exact" if total == 100 else "rounded"
        elif len(row) >= 3 and total > 100 + slack and _partition(folded, start, row):
            verdict = "wrong"
        else:
            continue
        yield Check("share", row[0].start, row[-1].end, None, tuple(row), total, "eq", verdict, 0.85)


def _partition(folded: str, start: int, row: list[Mention]) -> bool:
    """按性质分，甲占38%，乙占21%，丙占45%: each share is said to be one of the whole."""
    if not re.search(r"按[^，。；]{1,14}分(?!别)", folded[start : row[0].start]):
        return False
    return all(re.search(r"占[^，。；]{0,8}$", folded[max(start, share.start - 12) : share.start]) for share in row)


def _is_share(count: Mention) -> bool:
    return count.attributes.get("unit") == "%" and count.attributes.get("kind") != "growth"


def _sums(folded: str, counts: list[Mention]) -> Iterator[Check]:
    """共3600户。其中，2023年1000户，2024年1200户，2025年1400户; parts that do not reach the total are not all of it."""
    for at, total in enumerate(counts):
        if total.attributes.get("comparator") not in ("eq", None) or total.attributes.get("unit") in ("%", "岁", "年"):
            continue
        clause = max(folded.rfind(mark, max(0, total.start - 40), total.start) for mark in "，。；：\n") + 1
        if not _TOTAL.search(folded, clause, total.start):
            continue
        parts: list[Mention] = []
        for part in counts[at + 1 : at + 13]:
            near = _PARTS if not parts else _SHARE_JOINT
            previous = parts[-1] if parts else total
            if not same_unit(part, total) or not near.fullmatch(folded, previous.end, part.start):
                break
            parts.append(part)
        if len(parts) < 2 or any(c.attributes.get("comparator") not in ("eq", None) for c in parts):
            continue
        if _REST.search(folded, total.end, parts[-1].end + 6):
            continue
        whole = sum((amount(c) for c in parts), Decimal(0))
        if whole < amount(total):
            continue
        verdict = "exact" if whole == amount(total) else "wrong"
        yield Check("sum", total.start, parts[-1].end, total, tuple(parts), whole, "eq", verdict, 0.85)


def _terms(folded: str, counts: list[Mention]) -> Iterator[Check]:
    """From when to when, and the term in years that is stated beside."""
    for count in counts:
        if count.attributes.get("unit") != "年":
            continue
        found = _TERM.search(folded, max(0, count.start - 80), count.start)
        if not found:
            continue
        first, last = (_day(found[name]) for name in ("from", "to"))
        if first is None or last is None:
            continue
        months = (last.year - first.year) * 12 + last.month - first.month
        days = last.day - first.day + 1
        if days >= 28:
            months, days = months + 1, 0
        computed = (Decimal(months) / 12).quantize(Decimal("0.01"))
        # 至某日止：差一天就是整年；大约差出一个月以上才算不符。
        slack = Decimal("0.1")
        verdict = "exact" if abs(computed - amount(count)) <= slack else "wrong"
        yield Check("term", found.start(), count.end, count, (), computed, "eq", verdict, 0.9)


def _day(words: str) -> date | None:
    match = _DAY.fullmatch(words)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


# 总额的含义（下限或确数）和人数的含义合起来，人均是确数、下限还是上限；其余说不定。
_QUOTIENT = {
    ("eq", "eq"): "eq",
    ("gt", "eq"): "gt",
    ("ge", "eq"): "ge",
    ("lt", "eq"): "lt",
    ("le", "eq"): "le",
    ("eq", "gt"): "lt",
    ("eq", "lt"): "gt",
    ("gt", "lt"): "gt",
    ("gt", "le"): "gt",
    ("approx", "eq"): "approx",
    ("eq", "approx"): "approx",
}
_RECEIVE = re.compile(r"享受|领取|发放|惠及|补贴|待遇|支付|获得|救助|资助|受益")


def _heads(folded: str, counts: list[Mention]) -> Iterator[Check]:
    """2337名老人享受待遇超2347万: the amount a head, which nobody has written."""
    for one, other in pairwise(counts):
        units = one.attributes.get("unit"), other.attributes.get("unit")
        if "元" not in units or not ({"人", "名", "位", "户"} & set(units)):
            continue
        money, heads = (one, other) if units[0] == "元" else (other, one)
        between = folded[one.end : other.start]
        if any(mark in between for mark in "。；\n，") or not _RECEIVE.search(between) or _PER.search(between):
            continue
        if {money.attributes.get("kind"), heads.attributes.get("kind")} != {"actual"} or amount(heads) == 0:
            continue
        sign = _QUOTIENT.get((money.attributes.get("comparator") or "eq", heads.attributes.get("comparator") or "eq"))
        if sign:
            value = amount(money) / amount(heads)
            yield Check("per-head", one.start, other.end, None, (money, heads), value, sign, "derived", 0.7)
