"""Of which kind a count is: fact, target, standard, eligibility or growth."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.model import Mention
from ontology import table

__all__ = ["Surroundings", "change_of", "document_kind", "kind_of"]

_CHANGE = re.compile(
    r"(?:(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|增幅|增速|扩大|增收|多)"
    r"|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|降幅|缩短|压减|压缩|减收|减幅|少))"
    r"(?:了|约|近|超|过|率|幅|幅度|速度|为|达|达到|均|在| )*$"
)
_BASE = re.compile(r"(?:比|较|同比|环比|年均)[^，。；]{0,16}$")
_RATIOS = frozenset(("%", "‰", "倍", "个百分点", "百分点", "个基点", "BP"))
_AGES = frozenset(("岁", "周岁", "月龄"))
_AGE_FACT = re.compile(r"平均|人均|寿命|中位|预期")
# 造成损失五万元以上的，处…; 收入低于…的家庭: the figure says who or what qualifies.
_CONDITION = re.compile(
    r"[^，。；\n]{0,24}?(?:的(?=[，；：、])|以上学历|的[^，。；\n]{0,10}(?:家庭|人员|老年人|职工|企业|单位|个人|机构|申请人"
    r"|居民|人才|对象|项目|合作社|农户|毕业生|业主|园区|学校|医院))"
)
_WHO = re.compile(
    r"(?:年龄|年满|未满|不满|户籍|收入(?:低于|不超过|高于)|连续缴[存纳]|缴存.{0,6}满|具有|具备|符合|应当?有|须有|下列|拥有"
    r"|名下|累计缴)[^，。；]{0,18}$"
)
_REWARDED = re.compile(r"对[^，。；]{1,30}(?:达到?|超过|首次突破)[^，。；]{0,6}$")
_PAID = re.compile(r"补贴|补助|奖励|奖补|津贴|资助|罚款|额度|标准|安家费|优惠|补偿")
_WILL = re.compile(r"(?:^|[，；：]|今年|明年|我们)(?:要|将|拟|计划|继续|再(?=开工|减|压|完成)|必须)")
_DUTY = re.compile(r"要|应|须|必须|不得|确保|力争|不低于|不少于|不超过")
_DEADLINE = re.compile(r"(?:^|[，；：、])[^，；：、]{0,2}到(?:20\d\d年|“?十[一二三四五]五”?末)[^已]*$")
_TERMS = frozenset(("日", "天", "个工作日", "小时", "个自然日"))
_FUTURE_SECTION = re.compile(
    r"下一步|[工主总发具][作要体展]目标|目标任务|今后|下步|[工总][作体]部署|重点工作|工作打算|工作安排|主要任务"
)
_CONDITION_SECTION = re.compile(
    r"符合下列|符合以下|(?:申请|享受|准入|申报|认定|补贴|补助|基本)条件|具备下列|资格|(?:申请|享受|适用)对象|对象(?:和|及)范围"
)
_CLAUSE_OF_LAW = re.compile(r"[^，。；\n]{0,24}?的(?=[，；：])")
_VALIDITY = re.compile(r"有效期|试点期|试行期|执行期")
_RULING = re.compile(r"应当|不得|可(?:申请|享受|提取|办理|按)|给予|不超过|不低于|执行|施行|限购|暂停|符合")
_TELLING = re.compile(r"累计|已经?|完成|建成|截至|同比|召开|会议|座谈|表示")
_SUFFIX = re.compile(r"(?:（[^（）]{0,12}）|[》】〉 ])+$")


class Surroundings(NamedTuple):
    """What stands round a count: its clause and sentence before it, the whole sentence, the text after it, the titles
    of the sections that hold it."""

    clause: str
    before: str
    sentence: str
    after: str
    section: str


@cache
def _cues(kind: str) -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("count_kind_cues") if row["kind"] == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def document_kind(title: str, text: str) -> str:
    """The kind that most figures of a document have, by its genre: a plan's are targets, a law's are standards.

    ``mixed`` for a notice, and for a text whose title tells nothing but which sets rules; empty for one that reports.
    A notice that issues a plan has the plan's kind.
    """
    title = _SUFFIX.sub("", title.strip())
    issued = _SUFFIX.sub("", re.sub(r"的?通知$", "", title))
    rows = sorted(table("genre_kinds"), key=lambda row: -len(row["ending"]))
    for name in (issued, title):
        for row in rows:
            if name.endswith(row["ending"]):
                return str(row["kind"])
    head = text[:6000]
    return "mixed" if len(_RULING.findall(head)) > len(_TELLING.findall(head)) else ""


def change_of(count: Mention, clause: str) -> str | None:
    """``up`` or ``down`` where a count states a change (``增长17.2%``), else None."""
    match = _CHANGE.search(clause)
    if match and (count.attributes["unit"] in _RATIOS or _BASE.search(clause)):
        return match.lastgroup
    return None


def kind_of(count: Mention, near: Surroundings, default: str, change: str | None, what: str | None) -> str:
    """The kind of one count by its cues, then its section, then the document's ``default``."""
    unit, bounded = count.attributes["unit"], count.attributes["comparator"] != "eq"
    if unit in _AGES and not _AGE_FACT.search(near.clause):
        return "eligibility"
    if _VALIDITY.search(near.clause):
        return "standard"
    if default == "standard":
        return "eligibility" if _qualifies(near, default, bounded) else "standard"
    if unit in _TERMS and count.attributes["comparator"] in ("le", "lt"):
        return "target"
    future = bool(
        _cues("target").search(near.sentence) or _FUTURE_SECTION.search(near.section) or _DEADLINE.search(near.before)
    )
    actual = bool(_cues("actual").search(near.sentence))
    if change and (actual or default in ("actual", "")) and not future and not _cues("standard").search(near.clause):
        return "growth"
    if _qualifies(near, default, bounded):
        return "eligibility"
    if default in ("target", "mixed") and unit in ("元", "%") and _PAID.search((what or "") + near.clause[-8:]):
        return "standard"
    if future:
        return "target"
    if default == "mixed":
        return _in_notice(unit, bounded, actual, near)
    if actual:
        return "actual"
    if default != "target" and _WILL.search(near.before):
        return "target"
    if _cues("standard").search(near.clause if default else near.sentence):
        return "standard"
    return default or "actual"


def _qualifies(near: Surroundings, default: str, bounded: bool) -> bool:
    """True where the figure says who or what qualifies."""
    who = bool(_WHO.search(near.clause))
    if default == "standard":
        return who or bool(_CLAUSE_OF_LAW.match(near.after))
    if bounded and _CONDITION_SECTION.search(near.section):
        return True
    if default not in ("target", "mixed") or not (bounded or who or _REWARDED.search(near.clause)):
        return False
    return bool(_CONDITION.match(near.after))


def _in_notice(unit: str | None, bounded: bool, actual: bool, near: Surroundings) -> str:
    """A notice sets rates and terms, asks for work to be done, and tells how things stand."""
    if actual:
        return "actual"
    if bounded or unit in ("元", "年", "月", "平方米") or unit in _RATIOS:
        return "standard"
    return "target" if _DUTY.search(near.sentence) else "actual"
