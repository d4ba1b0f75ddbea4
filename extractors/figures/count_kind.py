"""Of which kind a count is: fact, target, standard, eligibility or growth."""

from __future__ import annotations

import re
from functools import cache

from extractors.figures.count_conditions import Surroundings, qualifies
from extractors.figures.count_deadlines import is_deadline
from extractors.figures.count_payments import is_norm, is_price, is_rate
from extractors.model import Mention
from ontology import table

__all__ = ["change_of", "kind_of"]

_CHANGE = re.compile(
    r"(?:(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|增幅|增速|扩大|增收|多)"
    r"|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|降幅|缩短|压减|压缩|减收|减幅|少))"
    r"(?:了|约|近|超|过|率|幅|幅度|速度|为|达|达到|均|在| )*$"
)
# 由10%下调为5%: the level that is reached, not by how much.
_TO_LEVEL = re.compile(r"(?:高|低|调|升|少|加|浮|大)了?(?:为|达到?|在)")
_BASE = re.compile(r"(?:比|较|同比|环比|年均)[^，。；]{0,16}$")
_POINTS = frozenset(("百分点", "个基点", "基点", "BP", "个点"))
_RATIOS = _POINTS | {"%", "‰", "倍"}
# 下调贷款利率0.25个百分点: points always state a change; what changes may stand between.
_CHANGE_OF = re.compile(
    r"(?:(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|扩大)|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|缩短|压减))"
    r"[^，。；]{1,16}$"
)
_AGES = frozenset(("岁", "周岁", "月龄"))
_AGE_FACT = re.compile(r"平均|人均|寿命|中位|预期")
_WILL = re.compile(r"(?:^|[，；：]|今年|明年|我们)(?:要|将|拟|计划|继续|再(?=开工|减|压|完成)|必须)")
_DUTY = re.compile(r"要(?![求素件点义])|应(?![急对用])|须(?!知)|必须|不得|确保|力争|不低于|不少于|不超过")
_DRIVE = re.compile(
    r"(?<![累已共])(?:实现|新增|培育|打造|推进|更新|落实|遴选|争取|抽检|抽查|督导|配备|达到|引进|完成|新建|改造|建成|建设|创建|组建|培训|开发|抓好|带动|募集|招录|招聘|选派|确定)"
)
_DEADLINE = re.compile(r"(?:^|[，；：、])[^，；：、]{0,2}到(?:20\d\d年|“?十[一二三四五]五”?末)[^已]*$")
_MEASURED = frozenset(("元", "年", "月", "平方米", "m2", "㎡", "平方", "亩", "公顷", "套", "岁", "米", "公里", "层"))
# An approval says what is to be built and spent: 建设1.5万平方米的航站楼, 总投资3亿元.
_BUILT = re.compile(r"建设|新建|扩建|改建|迁建|兴建|投资|工程")
_RULED = re.compile(
    r"每|标准|比例|不低于|不少于|不得|容积率|补贴|给予|出让|奖励|贷款|缴|以上|最[高低]|分期|税|办理|预售|竣工|宽度|超过|调整"
)
_URGED = re.compile(
    r"(?:^|[，；：。])(?:[（(][一二三四五六七八九十]+[)）])?(?:要|应|支持|鼓励|引导|推动|推进|组织|完善|健全|加强|强化|优化|探索|构建|建立|深化"
    r"|加快|统筹|开展|发挥|加大|积极|大力|进一步|全面)"
)
_UP_TO_MARK = re.compile(r"[^。；\n]{0,12}")
# 为年均18次的1.8倍
_TIMES_AS_MUCH = re.compile(r"(?:为|是|相当于)[^，。；]{2,20}的$")
_MUST_NOT = re.compile(r"不得(?:超过|低于|少于|高于|小于|大于|多于)")
# 申请书一式三份
_COPIES = re.compile(r"一式$")
_ISSUED = re.compile(r"(?:部门|部委|单位|厅局)(?:近日|日前|联合|共同)*(?:印发|发布|出台|制定|下发|公布|发文)?《?")
_PARTS_OF_PAPER = frozenset(("个", "条", "项", "章", "部分", "方面"))
_CONTENTS = re.compile(
    r"(?:》|[措施意见方案办法通知条例政策举])(?:（[^（）]*）)?，?(?:共|包括|包含|分为|由|明确|提出了?|推出|涉及|从)+[^，。；]{0,12}$"
)
_AIMED_AT = re.compile(
    r"(?:完成|带动|实现|新增|力争|争取|引进|培育)[^，。；]{0,16}(?:投资|产值|销售额|收入|营收|规模|资金)$"
)
_BROUGHT_OUT = re.compile(r"(?:出台|推出|提出|发布)了?(?:以下|下列|如下)?$")
_LENGTHS = frozenset(("米", "公里", "千米", "m", "km", "海里"))
_DISTANCE = re.compile(r"距|相隔|位于|[东南西北](?:侧|面|部|方向)?(?:约)?$")
_DONE = re.compile(r"(?:确定|提出|形成|建立|开展|完成|发生|组织|召开|举办|新建|建成|成立|启动|发放|培训|服务)了(?!解)")
_FUTURE_SECTION = re.compile(
    r"下一步|[工主总发具][作要体展]目标|目标任务|今后|下步|[工总][作体]部署|重点工作|工作打算|工作安排|主要任务"
)
_REVIEW_SECTION = re.compile(r"成效|成就|成绩|回顾|现状|进展|发展基础|规划背景|基本情况|存在问题|主要问题|工作总结")
_FIRST_LOT = re.compile(r"(?:首批|第[一二三四五六]批)$")
_AWARDED = re.compile(r"(?:^|[，；])(?:决定)?(?:授予|颁发|追授|表彰)")
_HAS_BEEN = re.compile(
    r"跃居|位居|居全国|居全[省市]|荣获|获评|成功(?:举办|创建)|历史|首次"
    r"|连续[一二三四五六七八九十\d]+[年次届]|已(?![连满婚有经])"
)
_CREDIT = re.compile(r"资金|费用|首付|上浮|贷款|缴存|补贴|面积|容积|绿地|密度|出资|承担|报销|支付|总额|额定|税|价")


@cache
def _cues(kind: str) -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("count_kind_cues") if row["kind"] == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def change_of(count: Mention, clause: str) -> str | None:
    """``up`` or ``down`` where a count states a change (``增长17.2%``), else None."""
    match = _CHANGE.search(clause)
    if match and _TO_LEVEL.search(match[0]):
        return None
    if match and (count.attributes["unit"] in _RATIOS or _BASE.search(clause)):
        return match.lastgroup
    if count.attributes["unit"] in _POINTS and (moved := _CHANGE_OF.search(clause)):
        return moved.lastgroup
    return None


def kind_of(count: Mention, near: Surroundings, default: str, change: str | None, what: str | None, text: str) -> str:
    """The kind of one count by its cues, then its section, then the document's ``default``."""
    unit, bounded = count.attributes["unit"], count.attributes["comparator"] != "eq"
    if unit in _AGES and not _AGE_FACT.search(near.clause):
        return "eligibility"
    if is_deadline(count, near, text):
        return "target"
    if _cues("validity").search(near.clause) or _COPIES.search(near.clause):
        return "standard"
    if default == "standard":
        return "eligibility" if qualifies(near, default, bounded=bounded, unit=unit) else "standard"
    if unit in _LENGTHS and _DISTANCE.search(near.clause):
        return "actual"
    if _AWARDED.search(near.clause) or _FIRST_LOT.search(near.clause) or _tells_of_paper(count, near):
        return "actual"
    future = near.tense == "future" or bool(
        _cues("target").search(near.before + _UP_TO_MARK.findall(near.after)[0])
        or _FUTURE_SECTION.search(near.section)
        or _DEADLINE.search(near.before)
    )
    round_it = near.before + near.after[: near.after.find("，")] if "，" in near.after else near.sentence
    told = bool(_cues("actual").search(round_it) or _DONE.search(near.sentence))
    actual = near.tense == "past" or (told and near.tense != "future")
    factual = actual or default in ("actual", "")
    # 累计缴存满一年 tells no fact where the clause bounds an amount or gives its rate.
    past = actual and not bounded and not is_rate(count, near.clause) and not near.after.startswith("/")
    aimed = bool(_cues("target").search(near.clause))
    grew = near.tense == "past" or not future
    if (
        change
        and (factual or unit in _POINTS)
        and grew
        and (unit in _POINTS or not _cues("standard").search(near.clause))
    ):
        return "growth"
    limits = count.attributes["comparator"] not in ("eq", "approx")
    if change is None and qualifies(near, default, bounded=limits, unit=unit):
        return "eligibility"
    if unit == "倍" and factual and _TIMES_AS_MUCH.search(near.clause):
        return "growth"
    if default != "actual" and (_MUST_NOT.search(near.clause) or is_price(count, near.clause, near.after)):
        return "standard"
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


def _tells_of_paper(count: Mention, near: Surroundings) -> bool:
    """``10部门印发``, ``《措施》共6个部分、22条``: who wrote a paper and what it consists of are facts."""
    if count.attributes["unit"] == "个" and _ISSUED.match(near.after):
        return True
    if count.attributes["unit"] not in _PARTS_OF_PAPER:
        return False
    return bool(_CONTENTS.search(near.before) or _BROUGHT_OUT.search(near.clause))


def _is_told(near: Surroundings, default: str) -> bool:
    """What a plan tells of the years gone by before it sets its goals."""
    return default == "target" and bool(_REVIEW_SECTION.search(near.section) or _HAS_BEEN.search(near.clause))


def _in_notice(unit: str | None, bounded: bool, near: Surroundings, what: str | None) -> str:
    """A notice sets rates and terms, asks for work to be done, and tells how things stand."""
    if unit == "元" and _AIMED_AT.search(near.clause):
        return "target"
    if unit in _RATIOS:
        named = what or ""
        goal = bounded and named.endswith(("率", "比例", "占比")) and not _CREDIT.search(named + near.before)
        return "target" if goal else "standard"
    if unit in _MEASURED:
        built = (
            (not bounded or "控制在" in near.clause) and _BUILT.search(near.before) and not _RULED.search(near.clause)
        )
        return "target" if built else "standard"
    if _DRIVE.search(near.clause):
        return "target"
    if bounded:
        return "standard"
    return "target" if _DUTY.search(near.sentence) or _URGED.search(near.sentence) else "actual"
