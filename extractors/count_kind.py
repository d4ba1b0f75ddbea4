"""Of which kind a count is: fact, target, standard, eligibility or growth."""

from __future__ import annotations

import re
from functools import cache

from extractors.model import Mention
from ontology import table

__all__ = ["document_kind", "is_change", "kind_of"]

_CHANGE = re.compile(
    r"(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|增幅|增速|扩大|增收|高)|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|降幅|缩短|压减|压缩|减收|减幅)"
)
_CHANGE_NEAR = re.compile(
    r"(?:(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|增幅|增速|扩大|增收|多)|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|降幅|缩短|压减|压缩|减收|减幅|少))"
    r"(?:了|约|近|超过?|率|幅度|速度|为|达到?|均|在|[ ]|幅|约为)*$"
)
_BASE = re.compile(r"(?:比|较|同比|环比|年均)[^，。；]{0,16}$")
_AGE_FACT = re.compile(r"(?:平均|人均|寿命|中位|预期)")
_AGE = ("岁", "周岁", "月龄")
_CONDITION = re.compile(r"[^，。；\n]{0,24}?(?:的(?=[，；：、])|的(?:[^，。；\n]{0,10}(?:家庭|人员|老年人|职工|企业|单位|个人|机构|申请人|居民|人才|对象|项目|合作社|农户|毕业生|业主|园区|学校|医院))|以上学历)")
_WHO = re.compile(r"(?:年龄|年满|未满|不满|户籍|收入(?:低于|不超过|高于)|连续缴[存纳]|缴存.{0,6}满|具有|具备|符合|应当?有|须有|下列|拥有|名下|累计缴)[^，。；]{0,18}$")
_REWARDED = re.compile(r"对[^，。；]{1,30}(?:达到?|超过|首次突破)[^，。；]{0,6}$")
_PAID = re.compile(r"补贴|补助|奖励|奖补|津贴|资助|罚款|额度|标准|安家费|优惠|补偿")
_WILL = re.compile(r"(?:^|[，；：]|今年|明年|我们)(?:要|将|拟|计划|继续|再(?=开工|减|压|完成)|必须)")
_DUTY = re.compile(r"要|应|须|必须|不得|确保|力争|不低于|不少于|不超过")
_DEADLINE_YEAR = re.compile(r"(?:^|[，；：、])[^，；：、]{0,2}到(?:20\d\d年|“?十[一二三四五]五”?末)[^已]*$")
_TERMS = frozenset(("日", "天", "个工作日", "小时", "个自然日"))
_FUTURE_SECTION = re.compile(r"下一步|工作目标|主要目标|总体目标|发展目标|目标任务|具体目标|今后|下步|工作部署|总体部署|重点工作|目标任务|工作打算|工作安排|主要任务")
_PAST_SECTION = re.compile(r"基本情况|主要成效|工作成效|回顾|进展|现状|取得的成绩|发展基础|主要工作|开展情况")
_CONDITION_SECTION = re.compile(r"符合|条件|具备|资格|申请对象|享受对象|准入|对象(?:和|及)范围|适用对象")


@cache
def _cues(kind: str) -> re.Pattern[str]:
    words = sorted((r["word"] for r in table("count_kind_cues") if r["kind"] == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def document_kind(title: str) -> str:
    """The kind that most figures of a document have, by its genre: a plan's are targets, a law's are standards."""
    rows = sorted(table("genre_kinds"), key=lambda row: -len(row["ending"]))
    title = re.sub(r"(?:（[^（）]{0,12}）|[》】〉 ])+$", "", title.strip())
    printed = re.sub(r"的?通知$", "", title)
    for row in rows:
        if printed.rstrip("》〉").endswith(row["ending"]):
            return str(row["kind"])
    for row in rows:
        if title.endswith(row["ending"]):
            return str(row["kind"])
    return ""


def _mixed(count: Mention, sentence: str) -> str:
    """A notice sets rates and terms, asks for work to be done, and tells how things stand."""
    unit = count.attributes["unit"]
    if unit in ("元", "%", "‰", "年", "月", "倍", "平方米", "个百分点") or count.attributes["comparator"] != "eq":
        return "actual" if _cues("actual").search(sentence) else "standard"
    return "target" if _DUTY.search(sentence) and not _cues("actual").search(sentence) else "actual"


def is_change(text: str, count: Mention, clause_start: int) -> str | None:
    """``up`` or ``down`` where a count states a change (``增长17.2%``), else None."""
    clause = text[clause_start : count.start]
    match = _CHANGE_NEAR.search(clause)
    if match is None:
        return None
    if count.attributes["unit"] in ("%", "‰", "倍", "个百分点", "百分点", "个基点", "BP") or _BASE.search(clause):
        return str(match.lastgroup)
    return None


def kind_of(text: str, count: Mention, clause_start: int, sentence: str, section: str, default: str, change: str | None, what: str | None, sentence_start: int) -> str:
    """The kind of one count by its cues, then its section, then the document's ``default``."""
    clause = text[clause_start : count.start]
    if count.attributes["unit"] in _AGE and not _AGE_FACT.search(clause):
        return "eligibility"
    future = bool(_cues("target").search(sentence)) or bool(_FUTURE_SECTION.search(section))
    before = sentence[: max(0, count.start - sentence_start)]
    future = future or bool(_DEADLINE_YEAR.search(before))
    if default != "standard" and count.attributes["unit"] in _TERMS and count.attributes["comparator"] in ("le", "lt"):
        return "target"
    factual = default in ("actual", "") or bool(_cues("actual").search(sentence))
    if change and factual and not future and default != "standard" and not _cues("standard").search(clause):
        return "growth"
    if count.attributes["comparator"] != "eq" and default and default != "actual" and _CONDITION.match(text, count.end):
        return "eligibility"
    if default != "actual" and _REWARDED.search(clause) and _CONDITION.match(text, count.end):
        return "eligibility"
    if count.attributes["comparator"] != "eq" and _CONDITION_SECTION.search(section):
        return "eligibility"
    if default == "standard":
        if _WHO.search(clause) or _CONDITION.match(text, count.end):
            return "eligibility"
        return "standard"
    if default == "target" and _PAID.search(str(what or "") + clause[-8:]) and count.attributes["unit"] == "元":
        return "standard"
    if future:
        return "target"
    if default == "mixed":
        return _mixed(count, sentence)
    if _cues("actual").search(sentence):
        return "actual"
    if default in ("actual", "") and _WILL.search(before):
        return "target"
    if default == "actual" and _PAST_SECTION.search(section):
        return "actual"
    if _cues("standard").search(clause) or (not default and _cues("standard").search(sentence)):
        return "standard"
    return default or "actual"
