"""Figures that say who or what qualifies: ages, incomes, sizes and terms that a rule makes a condition."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["PAID_IN", "Surroundings", "qualifies"]

_HELD = frozenset(("套", "次", "处"))
PAID_IN = frozenset(("元", "%", "‰", "倍", "折"))
_PERSONS = (
    r"家庭|购房人|购房者|纳税人|借款人|缴存人|投资者|人员|老年人|职工|夫妻|公民|个人|居民|残疾人|学生|毕业生|申请人|人才"
    r"|对象|教师|医师|外国人|职员|当事人"
)
_BODIES = r"企业|单位|机构|项目|合作社|农户|业主|园区|学校|医院|养老院|敬老院|幸福院"
# 造成损失五万元以上的，处…; 收入低于…的家庭: the figure says who or what qualifies.
_CONDITION = re.compile(
    rf"[^，。；\n]{{0,24}}?(?:的(?=[，；：、（])|时，|以上学历|的[^，。；\n]{{0,10}}(?:{_PERSONS}|{_BODIES})"
    r"|的(?:全额|减半|可|应|给予|按|予以|补|奖|一次性|由|免|享受|不得))"
)
# 去化周期超36个月的县区，暂停供应; 90平方米以下的住房补贴五千元.
_CONDITION_THEN = re.compile(
    r"[^，。；\n]{0,24}?的(?!标准|比例|要求|规定|就业见习|见习|培训|实习)[^，。；\n的]{1,14}"
    r"(?:，[^，。；\n]{0,4}(?:可|应|须|给予|发放|奖励|按|予以|暂停|不得|享受|免|减|停止|原则上|依据|实行|执行|取消)|的?(?:补贴|补助|奖励|给予|暂停|应当|可以?))"
)
# In a text that reports, only what is plainly followed by what they get or must do.
_CLAUSE_THEN = re.compile(
    r"[^，。；\n]{0,16}?(?<!可能)(?<!必要)的(?:（[^（）]{0,20}）)?，(?:可|应|按|给予|减|不|由|申请|最|一次|每|首付|补|免|享|予以|分期|暂停)"
)
# 144平方米以下的补贴四万元, 90平方米及以下为1%
_PAID_SO = re.compile(
    r"(?:（[^（）]{1,16}）)?(?:[^，。；\n]{0,8}的(?:补贴|补助|奖励|给予|按)(?!标准|比例|资金)"
    r"|(?:，?(?:补贴|补助|奖励|给予|发放)|为|按)\d(?![^，。；]{0,8}执行))"
)
_MAY = re.compile(r"，?后?(?:方?可|即可|才能|方能)")
# 提供连续缴纳12个月及以上社会保险证明: what is to be proven.
_PROVEN = re.compile(r"[^，。；\n]{0,18}?(?:缴[纳存费]|纳税|完税|个人所得税|社会保险|社保)[^，。；\n]{0,6}?证明")
_CLAUSE_OF_LAW = re.compile(
    rf"(?!的(?:标准|比例))[^，。；\n]{{0,36}}?(?:的(?=[，；：（])|时，"
    rf"|的[^，。；\n]{{0,6}}(?:{_PERSONS}|{_BODIES})(?:，|应当?|须|可以?|不得|必须|由|按|建立|设立|设置|配备|实行)"
    rf"|的[^，。；\n的]{{0,8}}(?:{_PERSONS})[^，。；\n的]{{0,12}}，(?:应当?|须|可以?|不得)"
    rf"|，(?:[并且]|本人)[^，。；\n]{{2,24}}的[^，。；\n]{{0,4}}(?:{_PERSONS}|[选村]民))"
)
# …达到25%并签订合同的，可申请…
_BENEFIT = re.compile(
    r"[^。；\n]{0,40}?的(?!标准|比例)[^，。；\n]{0,8}，?(?:可|给予|按|予以|享受|奖励|补助|补贴|申领|一次性)"
)
_REACHED = re.compile(r"(?:达到?|满|(?<!不)超过|不低于|不少于|首次突破|占)[^，。；]{0,12}$")
_WHO = re.compile(
    r"(?:年龄|年满|未满|不满|户籍|收入(?:低于|不超过|高于)|连续缴[存纳]|缴存.{0,6}满|具有|具备|符合|应当?有|须有|下列|拥有"
    r"|名下|累计缴|连续足额缴|开立[^，。；]{2,10}账户)[^，。；]{0,18}$"
)
_FOR_WHOM = re.compile(r"^对[^，。；]{2,40}满$")
_REWARDED = re.compile(r"对[^，。；]{1,30}(?:达到?|超过|首次突破)[^，。；]{0,6}$")
_TERMS_OF = re.compile(
    r"(?:申领|申请|申报|享受|准入|参保|报名|认定|补贴|补助)条件(?:由|为|放宽|调整|降|是|：|包括)[^。；]{0,40}$"
)
_CONDITION_SECTION = re.compile(
    r"符合下列|符合以下|(?:申请|享受|准入|申报|认定|补贴|补助|基本)条件|具备下列|资格|(?:申请|享受|适用)对象|对象(?:和|及)范围"
)
_CONDITION_LEAD = re.compile(r"(?:具备|符合|满足)(?:下列|以下)|条件|(?:下列|以下)情形之一的?[^罚处责]*(?:可|申请|享受)")
# 有下列情形之一的，处二百元罚款：…（三）连续驾驶超过四小时，未停车休息的；
_CASES_LEAD = re.compile(r"(?:下列|以下)(?:情形|行为|条件)之一")
_CASE = re.compile(r"[^；。\n]{0,46}的[；。\n]")
# 拥有一套住房且贷款未结清, 有2次及以上购房贷款记录: what a household has decides what it may.
_HOUSES = re.compile(r"(?:拥有|已有|名下有?|持有|(?<![没具享])有)$")
_HOUSED = re.compile(r"[^，。；]{0,6}(?:住房(?![保公])|住宅|房产|房屋|贷款记录)")
_IS_PAID = re.compile(
    r"(?:处|给予|补贴|补助|奖励|额度|发放|罚款|限额|之和|首付款?比例|减按|税率|可?预拨|提取)[^，。；]{0,14}$"
)
_FINE = re.compile(r"的?(?:罚款|[^，。；]{0,8}(?:补贴|补助|奖励|消费券|税率|利率|利润))")


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


def qualifies(near: Surroundings, default: str, *, bounded: bool, unit: str | None) -> bool:
    """True where the figure says who or what qualifies, in a document whose figures are mostly of kind ``default``."""
    if near.clause.endswith("判处"):
        return False
    who = bool(_WHO.search(near.clause))
    paid = unit in PAID_IN and bool(
        _IS_PAID.search(near.clause) or _FINE.match(near.after) or near.after.startswith("/") or near.clause == "最高"
    )
    if default != "actual" and unit in _HELD and _HOUSES.search(near.clause) and _HOUSED.match(near.after):
        return True
    if bounded and default != "actual" and unit in ("年", "月") and _PROVEN.match(near.after):
        return True
    if default == "standard":
        if bounded and not paid and _CASES_LEAD.search(near.lead) and _CASE.match(near.after):
            return True
        led = bool(_CONDITION_LEAD.search(near.lead)) and not paid
        return who or (not paid and bool(_CLAUSE_OF_LAW.match(near.after))) or led
    if bounded and not paid and (_CONDITION_SECTION.search(near.section) or _CONDITION_LEAD.search(near.lead)):
        return True
    if bounded and _TERMS_OF.search(near.before):
        return True
    if default == "actual":
        return False
    if not paid and _REACHED.search(near.clause) and _BENEFIT.match(near.after):
        return True
    if _FOR_WHOM.search(near.clause) and near.after.startswith("，"):
        return True
    if near.clause.endswith("满") and _MAY.match(near.after):
        return True
    if not (bounded or who or _REWARDED.search(near.clause)):
        return False
    clause = _CONDITION if default else _CLAUSE_THEN
    return not paid and any(shape.match(near.after) for shape in (clause, _CONDITION_THEN, _PAID_SO))
