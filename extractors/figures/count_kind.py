"""Of which kind a count is: fact, target, standard, eligibility or growth."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.figures.count_payments import is_norm, is_rate
from extractors.model import Mention
from ontology import table

__all__ = ["Surroundings", "change_of", "kind_of"]

_CHANGE = re.compile(
    r"(?:(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|增幅|增速|扩大|增收|多)"
    r"|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|降幅|缩短|压减|压缩|减收|减幅|少))"
    r"(?:了|约|近|超|过|率|幅|幅度|速度|为|达|达到|均|在| )*$"
)
_BASE = re.compile(r"(?:比|较|同比|环比|年均)[^，。；]{0,16}$")
_RATIOS = frozenset(("%", "‰", "倍", "个百分点", "百分点", "个基点", "BP"))
_AGES = frozenset(("岁", "周岁", "月龄"))
_AGE_FACT = re.compile(r"平均|人均|寿命|中位|预期")
_PERSONS = (
    r"家庭|购房人|购房者|纳税人|借款人|缴存人|投资者|人员|老年人|职工|夫妻|公民|个人|居民|残疾人|学生|毕业生|申请人|人才"
    r"|对象"
)
_BODIES = r"企业|单位|机构|项目|合作社|农户|业主|园区|学校|医院|养老院|敬老院|幸福院"
# 造成损失五万元以上的，处…; 收入低于…的家庭: the figure says who or what qualifies.
_CONDITION = re.compile(
    rf"[^，。；\n]{{0,24}}?(?:的(?=[，；：、])|以上学历|的[^，。；\n]{{0,10}}(?:{_PERSONS}|{_BODIES})"
    r"|的(?:全额|减半|可|应|给予|按|予以|补|奖|一次性|由|免|享受|不得))"
)
_CLAUSE_OF_LAW = re.compile(rf"[^，。；\n]{{0,24}}?(?:的(?=[，；：])|的[^，。；\n]{{0,6}}(?:{_PERSONS})，)")
# …达到25%并签订合同的，可申请…
_BENEFIT = re.compile(
    r"[^。；\n]{0,40}?的(?!标准|比例)[^，。；\n]{0,8}，?(?:可|给予|按|予以|享受|奖励|补助|补贴|申领|一次性)"
)
_REACHED = re.compile(r"(?:达到?|满|(?<!不)超过|不低于|不少于|首次突破|占)[^，。；]{0,12}$")
_WHO = re.compile(
    r"(?:年龄|年满|未满|不满|户籍|收入(?:低于|不超过|高于)|连续缴[存纳]|缴存.{0,6}满|具有|具备|符合|应当?有|须有|下列|拥有"
    r"|名下|累计缴)[^，。；]{0,18}$"
)
_REWARDED = re.compile(r"对[^，。；]{1,30}(?:达到?|超过|首次突破)[^，。；]{0,6}$")
_TERMS_OF = re.compile(
    r"(?:申领|申请|申报|享受|准入|参保|报名|认定|补贴|补助)条件(?:由|为|放宽|调整|降|是|：|包括)[^。；]{0,40}$"
)
_CONDITION_SECTION = re.compile(
    r"符合下列|符合以下|(?:申请|享受|准入|申报|认定|补贴|补助|基本)条件|具备下列|资格|(?:申请|享受|适用)对象|对象(?:和|及)范围"
)
_CONDITION_LEAD = re.compile(r"(?:具备|符合|满足)(?:下列|以下)|条件|(?:下列|以下)情形之一的?[^罚处责]*(?:可|申请|享受)")
_IS_PAID = re.compile(r"(?:处|给予|补贴|补助|奖励|额度|发放|罚款|限额|之和|首付款?比例)[^，。；]{0,14}$")
_FINE = re.compile(r"的?(?:罚款|[^，。；]{0,6}(?:补贴|补助|奖励|消费券))")
_WILL = re.compile(r"(?:^|[，；：]|今年|明年|我们)(?:要|将|拟|计划|继续|再(?=开工|减|压|完成)|必须)")
_DUTY = re.compile(r"要|应|须|必须|不得|确保|力争|不低于|不少于|不超过")
_DRIVE = re.compile(
    r"(?<![累已共])(?:实现|新增|培育|打造|推进|更新|落实|遴选|争取|抽检|抽查|督导|配备|达到|引进|完成|新建|改造|建成|建设|创建|组建|培训)"
)
_DEADLINE = re.compile(r"(?:^|[，；：、])[^，；：、]{0,2}到(?:20\d\d年|“?十[一二三四五]五”?末)[^已]*$")
_MEASURED = frozenset(("元", "年", "月", "平方米", "m2", "㎡", "平方", "亩", "公顷", "套", "岁"))
_PAID_IN = frozenset(("元", "%", "‰", "倍", "折"))
_TERMS = frozenset(("日", "天", "个工作日", "小时", "个自然日"))
_LONG_TERMS = frozenset(("月", "年", "周", "季度"))
_TERM = re.compile(r"(?:以?内|之内|前)$")
_LASTING = re.compile(r"(?:周期|期限|时间|时长|工期)[^，。；]{0,6}$")
_SINCE_EVENT = re.compile(r"(?:后|之日起|之日)$")
_TO_BE_DONE = re.compile(
    r"，?[^，。；\n可禁得]{0,20}?(?:提交|缴[清纳足]|付清|完成|报[送告请备]|办理|提出|制[定订]|整改|拆除|归还|建成|开工|[移上]交|签订)"
)
_FUTURE_SECTION = re.compile(
    r"下一步|[工主总发具][作要体展]目标|目标任务|今后|下步|[工总][作体]部署|重点工作|工作打算|工作安排|主要任务"
)
_REVIEW_SECTION = re.compile(r"成效|成就|成绩|回顾|现状|进展|发展基础|规划背景|基本情况|存在问题|主要问题|工作总结")
_AWARDED = re.compile(r"(?:^|[，；])(?:决定)?(?:授予|颁发|追授|表彰)")
_HAS_BEEN = re.compile(
    r"跃居|位居|居全国|居全[省市]|荣获|获评|成功(?:举办|创建)|历史|首次"
    r"|连续[一二三四五六七八九十\d]+[年次届]|已(?![连满婚有经])"
)
_CREDIT = re.compile(r"资金|费用|首付|上浮|贷款|缴存|补贴|面积|容积|绿地|密度|出资|承担|报销|支付|总额|额定|税|价")


class Surroundings(NamedTuple):
    """What stands round a count: its clause and sentence before it, the whole sentence, the text after it, the titles
    of the sections that hold it, the line that leads its list, and whether its time is past or future."""

    clause: str
    before: str
    sentence: str
    after: str
    section: str
    lead: str
    tense: str


@cache
def _cues(kind: str) -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("count_kind_cues") if row["kind"] == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def change_of(count: Mention, clause: str) -> str | None:
    """``up`` or ``down`` where a count states a change (``增长17.2%``), else None."""
    match = _CHANGE.search(clause)
    if match and (count.attributes["unit"] in _RATIOS or _BASE.search(clause)):
        return match.lastgroup
    return None


def kind_of(count: Mention, near: Surroundings, default: str, change: str | None, what: str | None, text: str) -> str:
    """The kind of one count by its cues, then its section, then the document's ``default``."""
    unit, bounded = count.attributes["unit"], count.attributes["comparator"] != "eq"
    if unit in _AGES and not _AGE_FACT.search(near.clause):
        return "eligibility"
    if _cues("validity").search(near.clause):
        return "standard"
    if default == "standard":
        return "eligibility" if _qualifies(near, default, bounded, unit) else "standard"
    if _AWARDED.search(near.clause):
        return "actual"
    if _is_deadline(count, near, text):
        return "target"
    future = near.tense == "future" or bool(
        _cues("target").search(near.sentence) or _FUTURE_SECTION.search(near.section) or _DEADLINE.search(near.before)
    )
    told = bool(_cues("actual").search(near.sentence))
    actual = near.tense == "past" or (told and near.tense != "future")
    factual = actual or default in ("actual", "")
    # 累计缴存满一年 tells no fact where the clause bounds an amount or gives its rate.
    past = actual and not bounded and not is_rate(count, near.clause) and not near.after.startswith("/")
    aimed = bool(_cues("target").search(near.clause))
    grew = near.tense == "past" or not future
    if change and factual and grew and not _cues("standard").search(near.clause):
        return "growth"
    if _qualifies(near, default, bounded, unit):
        return "eligibility"
    if not past and not aimed and default in ("target", "mixed") and is_norm(count, near.clause, near.after, what):
        return "standard"
    if aimed or (future and near.tense != "past"):
        return "target"
    if actual or _is_told(near, default):
        return "actual"
    if default == "mixed":
        return _in_notice(unit, bounded, near, what)
    if default != "target" and _WILL.search(near.before):
        return "target"
    if default != "target" and is_rate(count, near.clause):
        return "standard"
    return default or "actual"


def _is_deadline(count: Mention, near: Surroundings, text: str) -> bool:
    """``之日起一个月内提交``: a time allowed for an act; a limit on how long something lasts is none."""
    unit = count.attributes["unit"]
    if count.attributes["comparator"] not in ("le", "lt") or _LASTING.search(near.clause):
        return False
    within = bool(_TERM.search(text[count.start : count.end]))
    if unit in _LONG_TERMS:
        return within and bool(_SINCE_EVENT.search(near.clause) and _TO_BE_DONE.match(near.after))
    return unit in _TERMS and (within or not _cues("standard").search(near.clause))


def _is_told(near: Surroundings, default: str) -> bool:
    """What a plan tells of the years gone by before it sets its goals."""
    return default == "target" and bool(_REVIEW_SECTION.search(near.section) or _HAS_BEEN.search(near.clause))


def _qualifies(near: Surroundings, default: str, bounded: bool, unit: str | None) -> bool:
    """True where the figure says who or what qualifies."""
    who = bool(_WHO.search(near.clause))
    paid = unit in _PAID_IN and bool(_IS_PAID.search(near.clause) or _FINE.match(near.after))
    if default == "standard":
        led = bool(_CONDITION_LEAD.search(near.lead)) and not paid
        return who or bool(_CLAUSE_OF_LAW.match(near.after)) or led
    if bounded and not paid and (_CONDITION_SECTION.search(near.section) or _CONDITION_LEAD.search(near.lead)):
        return True
    if bounded and _TERMS_OF.search(near.before):
        return True
    if default == "actual":
        return False
    if not paid and _REACHED.search(near.clause) and _BENEFIT.match(near.after):
        return True
    if not (bounded or who or _REWARDED.search(near.clause)):
        return False
    return default != "" and not paid and bool(_CONDITION.match(near.after))


def _in_notice(unit: str | None, bounded: bool, near: Surroundings, what: str | None) -> str:
    """A notice sets rates and terms, asks for work to be done, and tells how things stand."""
    if unit in _RATIOS:
        named = what or ""
        goal = bounded and named.endswith(("率", "比例", "占比")) and not _CREDIT.search(named + near.before)
        return "target" if goal else "standard"
    if unit in _MEASURED:
        return "standard"
    if _DRIVE.search(near.clause):
        return "target"
    if bounded:
        return "standard"
    return "target" if _DUTY.search(near.sentence) else "actual"
