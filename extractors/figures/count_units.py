"""The unit that is meant where none is written: persons, households or money, by the words beside the number."""

from __future__ import annotations

import re

from extractors.figures.clauses import clause_start
from extractors.model import Mention

__all__ = ["unit_meant"]

_UP_TO_MARK = re.compile(r"[^，。；、\n]*")
_BODIES = re.compile(r"(?:户?家庭|企业|经营主体|市场主体|单位|商户|机构|项目|岗位)")
_PERSONS = re.compile(
    r"(?:人口|务工|就业|参保|从业|用工|用户|学生|职工)[一-鿿]{0,3}规模|人口|人群|人员|老人|老年人|职工|群众|农民|居民|学生|儿童"
    r"|残疾人|党员|干部|教师|劳动力|患者|人才|公民|贫困|就业|参保|青年|妇女|户籍|移民|纳税人|消费者|务工|[一-鿿]人(?!民[币大]|均|工|次)|民"
)
_MONEY = re.compile(
    r"可贷|首付|资金|投资|投入|补贴|补助|待遇|经费|支出|收入|拨款|费用|款|总额|产值|产业|预算|基金|财政|销售|贷款|税(?!人)|成本|金|信贷|融资"
    r"|规模|债"
)
_FAR = 40


def unit_meant(text: str, count: Mention, what: str) -> str | None:
    """The unit of a bare amount (``惠及1.5万老年人``, ``享受待遇超2347万``), None where nothing near tells it."""
    following = _UP_TO_MARK.match(text, count.end, count.end + 8)
    after = following[0] if following else ""
    if _BODIES.match(after):
        return "个"
    if unit := _nearest(after, first=True):
        return unit
    before = text[max(clause_start(text, count.start), count.start - 12) : count.start]
    for words in (before, what, text[max(0, count.start - _FAR) : count.start]):
        if unit := _nearest(words, first=False):
            return unit
    return None


def _nearest(words: str, *, first: bool) -> str | None:
    """人 or 元 by the noun that stands nearest to the number: the first after it, the last before it."""
    persons, money = list(_PERSONS.finditer(words)), list(_MONEY.finditer(words))
    if not persons or not money:
        return "人" if persons else "元" if money else None
    if first:
        return "人" if persons[0].start() < money[0].start() else "元"
    return "人" if persons[-1].end() >= money[-1].end() else "元"
