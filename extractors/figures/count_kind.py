"""Of which kind a count is: fact, target, standard, eligibility or growth."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.figures.count_conditions import Surroundings, qualifies
from extractors.figures.count_deadlines import is_deadline
from extractors.figures.count_notice import POINTS, RATIOS, kind_in_notice
from extractors.figures.count_payments import is_by_standard, is_norm, is_price, is_rate
from extractors.model import Mention
from ontology import table

__all__ = ["FLOATED", "change_of", "kind_of"]

# 贷款额度上浮20%: a change against a base that a rule grants.
FLOATED = ("上浮", "下浮")

_CHANGE = re.compile(
    r"(?:(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|增幅|增速|扩大|增收|多)"
    r"|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|降幅|缩短|压减|压缩|减收|减幅|少))"
    r"(?:了|约|近|超|过|率|幅|幅度|速度|为|达|达到|均|在| )*$"
)
# 由10%下调为5%: the level that is reached, not by how much.
_TO_LEVEL = re.compile(r"(?:高|低|调|升|少|加|浮|大)了?(?:为|达到?|在)")
# 每年要增长百分之十
_TO_GROW = re.compile(
    r"(?:要|将|拟|计划|预期|力争|争取)(?:再|年均|每年)?(?:增长|增加|提高|上升|下降|减少|降低|压减|缩短)[^，。；]{0,6}$"
)
_BASE = re.compile(r"(?:比|较|同比|环比|年均)[^，。；]{0,16}$")
# 下调贷款利率0.25个百分点: points always state a change; what changes may stand between.
_CHANGE_OF = re.compile(
    r"(?:(?P<up>增长|增加|提高|上升|上调|上浮|上涨|提升|扩大)|(?P<down>下降|减少|降低|下调|下浮|下跌|回落|缩短|压减))"
    r"[^，。；]{1,16}$"
)
_AGES = frozenset(("岁", "周岁", "月龄"))
_AGE_FACT = re.compile(r"平均|人均|寿命|中位|预期|年仅|享年|终年|现年|时年")
# 将养老服务纳入实事: 将 names what is acted on there.
_WILL = re.compile(
    r"(?:^|[，；：]|今年|明年|我们)(?:要|将(?![^，。；]{1,24}(?:纳入|列入|作为|由|从|提高[到至]|调整|扩大|下放))|拟|计划|继续"
    r"|再(?=开工|减|压|完成)|必须)"
)
_DEADLINE = re.compile(r"(?:^|[，；：、])[^，；：、]{0,2}到(?:20\d\d年|“?十[一二三四五]五”?末)[^已]*$")
_UP_TO_MARK = re.compile(r"[^，。；\n]{0,12}")
# 为年均18次的1.8倍
_TIMES_AS_MUCH = re.compile(r"(?:为|是|相当于)[^，。；]{2,20}的$")
_MUST_NOT = re.compile(
    r"(?:不得|最多|至多|最长|最高|原则上|一般)不?(?:超过|低于|少于|高于|小于|大于|多于)|只能(?:享受|申请|购买|领取|补贴)"
)
# 信用得分加5分, 给予10分的加分奖励
_SCORED = re.compile(r"(?:加|扣|减|计|记|得)$")
_SCORES = re.compile(r"的?(?:加分|扣分|奖励|以上|分值)")
# 申请书一式三份
# 确保每天户外活动不少于1小时: a norm, however much it is urged.
_DAILY = re.compile(r"每[天日周][^，。；]{0,16}$")
_COPIES = re.compile(r"一式$")
_ISSUED = re.compile(r"(?:部门|部委|单位|厅局)(?:近日|日前|联合|共同)*(?:印发|发布|出台|制定|下发|公布|发文)?《?")
_PARTS_OF_PAPER = frozenset(("个", "条", "项", "章", "部分", "方面"))
_CONTENTS = re.compile(
    r"(?:》|[措施意见方案办法通知条例政策举])(?:（[^（）]*）)?，?(?:共|包括|包含|分为|由|明确|提出了?|推出|涉及|从)+[^，。；]{0,12}$"
)
_BROUGHT_OUT = re.compile(r"(?:出台|推出|提出|发布)了?(?:以下|下列|如下)?$")
_LENGTHS = frozenset(("米", "公里", "千米", "m", "km", "海里"))
_DISTANCE = re.compile(r"距|相隔|位于|[东南西北](?:侧|面|部|方向)?(?:约)?$")
_IN_PASSING = re.compile(
    r"以[^，。；]{2,16}为目标|预期寿命"
    r"|(?:实施|落实|开展|推进|启动|列入|纳入|按照|根据|完成)[^，。；]{0,16}(?:计划|规划|目标|任务)(?=[，。；、”》]|$)"
)
_ROUND = re.compile(r"[余多几来]")
_DONE = re.compile(
    r"(?:确定|提出|形成|建立|开展|完成|发生|组织|召开|举办|新建|建成|成立|启动|发放|培训|服务)了(?!解)|同比|环比|统计局|数据显示"
)
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


@cache
def _cues(kind: str) -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("count_kind_cues") if row["kind"] == kind), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def change_of(count: Mention, clause: str) -> str | None:
    """``up`` or ``down`` where a count states a change (``增长17.2%``), else None."""
    if count.attributes["unit"] == "番":
        return "up"
    match = _CHANGE.search(clause)
    if match and _TO_LEVEL.search(match[0]):
        return None
    if match and (count.attributes["unit"] in RATIOS or _BASE.search(clause)):
        return match.lastgroup
    if count.attributes["unit"] in POINTS and (moved := _CHANGE_OF.search(clause)):
        return moved.lastgroup
    return None


def kind_of(count: Mention, near: Surroundings, default: str, change: str | None, what: str | None, text: str) -> str:
    """The kind of one count by its cues, then its section, then the document's ``default``."""
    if known := _by_its_words(count, near, text):
        return known
    unit, comparator = count.attributes["unit"], count.attributes["comparator"]
    if default == "standard":
        return "eligibility" if qualifies(near, default, bounded=comparator != "eq", unit=unit) else "standard"
    if _is_fact(count, near):
        return "actual"
    bearing = _bearing(near)
    if change and _TO_GROW.search(near.clause):
        return "target"
    if change and unit in RATIOS and comparator == "eq" and near.clause.endswith(FLOATED):
        return "growth"
    if change and _is_growth(unit, near, bearing, default):
        return "growth"
    if change is None and qualifies(near, default, bounded=_limits(count, text), unit=unit):
        return "eligibility"
    if unit == "倍" and bearing.factual(default) and _TIMES_AS_MUCH.search(near.clause):
        return "growth"
    if default != "actual" and (_limited(near.clause, text, count) or is_price(count, near.clause, near.after)):
        return "standard"
    ruling = default in ("target", "mixed") or (default == "actual" and bearing.future)
    daily = bool(_DAILY.search(near.clause)) and count.attributes["comparator"] != "eq"
    if ruling and (daily or not bearing.aimed) and _sets_norm(count, near, bearing, what):
        return "standard"
    if bearing.aimed or (bearing.future and near.tense != "past"):
        return "target"
    if bearing.actual or _is_told(near, default):
        return "actual"
    if default == "mixed":
        return kind_in_notice(unit, comparator != "eq", near, what)
    if default != "target" and is_rate(count, near.clause):
        return "standard"
    if default != "target" and _WILL.search(near.before):
        return "target"
    return default or "actual"


def _limited(clause: str, text: str, count: Mention) -> bool:
    """Whether words of a rule bound the count, in its span or before it (``最多不超过``, ``不得低于``)."""
    return bool(_MUST_NOT.search(clause) or _MUST_NOT.search(clause[-4:] + text[count.start : count.end]))


def _limits(count: Mention, text: str) -> bool:
    """True for a bound that may part some from others; 余 and 多 only say that the number is round."""
    return count.attributes["comparator"] not in ("eq", "approx") and not _ROUND.search(text, count.start, count.end)


class _Bearing(NamedTuple):
    """Whether the words round a count point to what is to come, tell what has been, or set an aim in its clause."""

    future: bool
    actual: bool
    aimed: bool

    def factual(self, default: str) -> bool:
        """True where facts are told, by the words or by the document's kind."""
        return self.actual or default in ("actual", "")


def _bearing(near: Surroundings) -> _Bearing:
    ahead = _IN_PASSING.sub("", near.before) + _UP_TO_MARK.findall(near.after)[0]
    review = bool(_REVIEW_SECTION.search(near.section)) and not _FUTURE_SECTION.search(near.section)
    future = (near.tense == "future" and not review) or bool(
        _cues("target").search(ahead) or _FUTURE_SECTION.search(near.section) or _DEADLINE.search(near.before)
    )
    round_it = near.before + near.after[: near.after.find("，")] if "，" in near.after else near.sentence
    told = bool(_cues("actual").search(round_it) or _DONE.search(near.sentence))
    actual = near.tense == "past" or (told and near.tense != "future")
    return _Bearing(future, actual, bool(_cues("target").search(_IN_PASSING.sub("", near.clause))))


def _by_its_words(count: Mention, near: Surroundings, text: str) -> str | None:
    """The kind where the unit and the words right beside the number settle it in any document."""
    unit = count.attributes["unit"]
    if unit in _AGES and not _AGE_FACT.search(near.clause):
        return "eligibility"
    if is_deadline(count, near, text):
        return "target"
    if _cues("validity").search(near.clause) or _COPIES.search(near.clause):
        return "standard"
    if unit == "分" and (_SCORED.search(near.clause) or _SCORES.match(near.after)):
        return "standard"
    return "standard" if is_by_standard(count, near.after) else None


def _is_growth(unit: str | None, near: Surroundings, bearing: _Bearing, default: str) -> bool:
    """A change that is told, not asked for: points always are one."""
    if bearing.future and near.tense != "past":
        return False
    return unit in POINTS or (bearing.factual(default) and not _cues("standard").search(near.clause))


def _sets_norm(count: Mention, near: Surroundings, bearing: _Bearing, what: str | None) -> bool:
    # 累计缴存满一年 tells no fact where the clause bounds an amount or gives its rate.
    rated = count.attributes["comparator"] != "eq" or is_rate(count, near.clause) or near.after.startswith("/")
    return (rated or not bearing.actual) and is_norm(count, near.clause, near.after, what)


def _is_fact(count: Mention, near: Surroundings) -> bool:
    """``10部门印发``, ``《措施》共6个部分、22条``, honours given, distances: facts in a paper of any kind."""
    if count.attributes["unit"] in _LENGTHS and _DISTANCE.search(near.clause):
        return True
    if _AWARDED.search(near.clause) or _FIRST_LOT.search(near.clause) or near.after.startswith(("来", "以来")):
        return True
    if count.attributes["unit"] == "个" and _ISSUED.match(near.after):
        return True
    if count.attributes["unit"] not in _PARTS_OF_PAPER:
        return False
    ahead = near.tense == "future" or bool(_FUTURE_SECTION.search(near.section))
    return bool(_CONTENTS.search(near.before) or (_BROUGHT_OUT.search(near.clause) and not ahead))


def _is_told(near: Surroundings, default: str) -> bool:
    """What a plan tells of the years gone by before it sets its goals."""
    return default == "target" and bool(_REVIEW_SECTION.search(near.section) or _HAS_BEEN.search(near.clause))
