"""What tells a stated quantity from an ordinal, a name, an idiom, an article or a date."""

from __future__ import annotations

import re

from extractors.quantity_forms import Quantity
from extractors.units import idioms

__all__ = ["is_stated"]

# 第三, 前两款, 某一, 每100名; letters, signs and digits that make the number part of something else.
_NEVER_AFTER = re.compile(
    r"(?:第[一二三四五六七八九十\d]+个|第[ 〇零一二三四五六七八九十百\d]*(?:[、至到和或及,~-]+第?[〇零一二三四五六七八九十百\d]*)*|[数几某哪]|第|每 ?|每(?:隔|满|超过|增加|逾期|延长|提高|减少|增|超|延期|高出) ?"
    r"|[A-Za-z_×*＊#№=/@&+]|\d[.:-]|[A-Za-z]-|[〔﹝]|NO[.．])$"
)
_ORDINAL_FRONT = re.compile(r"(?<![目此当以之年日月提])前$")
_NEVER_BEFORE = re.compile(r"[×*＊+]|〕|(?:行动|规划|计划|攻坚|滚动|工程|制)(?![度定造])|期(?![限间满末])")
_ONE_OF = re.compile(r"(?:[同统唯之单某每进逐另这那第哪上下其万]|(?<![担兼聘])任)$")
_EACH = re.compile(r"每[^，。；：]{1,12}$|各$|(?:[只仅]有?|限|共|共计|总共)$")
_PERIOD = re.compile(
    r"(?:期限?|为期|满|连续|持续|历时|累计|延长|延期|提前|最长|学制|假|存续|保存|保留|保管|工作|服务|任职|居住|缴[纳存费]|"
    r"从事|社保|处|停业|暂停|拘留|公示|禁止|为|暂扣|限|前|后)[^，。；：]{0,3}$"
)
_DAY_BEFORE = re.compile(r"(?:[月、和及与同翌次首末昨今明生]|节假|\d)$")
_DAY_AFTER = re.compile(r"(?:以?内|之内|以[上下]|前|后|的?(?:期限|公示|拘留|时间))")
_LEVELS = re.compile(r"(?:[省市县区乡镇村州盟旗央团家社会院校组户系站房所室区组]|街道|社区|[省市县区乡镇村])$")
_LISTED = re.compile(r"[一-鿿]{2,}(?:、|和|与|及)[一-鿿]{1,8}(?:等)?$")
_POINTS = re.compile(r"点(?:意见|建议|要求|希望|体会|措施|看法|经验|启示)")
_SCORE_CUE = re.compile(r"(?:分|得|加|扣|减|计|评|满|值|为|于|达)[^，。；]{0,4}$")
_QUAKE = re.compile(r"(?:级(?:的?(?:地震|大?风|台风)|（|以上的?(?:地震|大?风)))|震级")
_FOLLOWS_LARGE = re.compile(r"[ ]?(?:[，。；、）：！\n]|$|左右|以[上下内]|人口|[一-鿿])")
_INCLUSIVE = re.compile(r"（(?:不?[含包]括?)$")
# 一、二、三项; 十二届八次全会; 一类、二类.
_AFTER_ORDINAL = re.compile(r"(?<![一-鿿])[一二三四五六七八九十]、$|[除第按依][一二三四五六七八九十]、(?:[一二三四五六七八九十]、)*$|届$")
_CLASSES = re.compile(r"[一二]类")


def is_stated(text: str, quantity: Quantity, clause: str) -> bool:
    """True where ``quantity`` states an amount of something, by what stands round it.

    ``clause`` is the text of its clause before it.
    """
    number, before = quantity.number, text[max(0, quantity.number - 12) : quantity.number]
    if quantity.han and idioms().match(text, number):
        return False
    if _NEVER_AFTER.search(before) and not (before[-1:].isalpha() and "." in text[number : quantity.end]):
        return False
    if _NEVER_BEFORE.match(text, quantity.end) or (_INCLUSIVE.search(before) and text[quantity.end : quantity.end + 1] == "）"):
        return False
    if _line_marker(text, quantity) or (quantity.han and _AFTER_ORDINAL.search(before)):
        return False
    if quantity.unit is None:
        return _is_bare_amount(text, quantity)
    if _ORDINAL_FRONT.search(before) and quantity.unit.dimension in ("things", "people", "bare"):
        return False
    one = bool(quantity.han) and quantity.value == 1 and quantity.value_max is None
    if one and (_ONE_OF.search(before)):
        return False
    rule = _RULES.get(quantity.unit.numerals)
    if rule:
        return rule(text, quantity, clause, before)
    return not one or quantity.bounded or quantity.unit.numerals == "any" or _is_quantified_one(text, quantity, clause)


def _line_marker(text: str, quantity: Quantity) -> bool:
    """``1.``, ``（2）`` at a line's head; a year without 年 is no amount either."""
    return quantity.unit is None and text[quantity.end : quantity.end + 1] in (".", "、", "）", "．")


def _is_bare_amount(text: str, quantity: Quantity) -> bool:
    """A number without unit counts when it has 万 or 亿 (``超2347万``): money or persons, as the text makes plain."""
    if quantity.multiplier < 10000 or (quantity.han and not quantity.bounded):
        return False
    following = text[quantity.end : quantity.end + 1]
    return bool(_FOLLOWS_LARGE.match(text, quantity.end)) and following not in ("级", "强", "大", "里", "年", "条")


def _is_quantified_one(text: str, quantity: Quantity, clause: str) -> bool:
    """``一`` states a number where something rules it (每村一名, 各一个, 只有一套); else it is an article."""
    return bool(_EACH.search(clause)) or (quantity.value_unit == "套" and text.startswith(("住房", "商品", "自住"), quantity.end))


def _no_ordinal_two(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    """``二套住房``, ``二次供水`` are the second, ``两套`` is two."""
    if quantity.han in ("一", "二"):
        return quantity.bounded or (quantity.han == "一" and _is_quantified_one(text, quantity, clause))
    return True


def _class(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    """``三类人员`` are three classes; beside 一类 or 二类 it is the third."""
    if not quantity.han or quantity.bounded:
        return True
    near = text[max(0, quantity.number - 120) : quantity.number] + text[quantity.end : quantity.end + 120]
    return quantity.value > 1 and quantity.han != "二" and not _CLASSES.search(near)


def _period(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    if not quantity.han:
        return quantity.value < 1000 or quantity.value_unit != "年"
    return quantity.value > 1 or quantity.bounded or bool(_PERIOD.search(clause))


def _day(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    """``三十日内`` is a time allowed, ``15日`` alone a day of some month."""
    if quantity.bounded and quantity.comparator != "range":
        return not before.endswith("月")
    if _DAY_BEFORE.search(before):
        return False
    return bool(_DAY_AFTER.match(text, quantity.end) or _PERIOD.search(clause) or quantity.comparator == "range")


def _level(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    """Levels of government named and summed (``省、市、县三级``), magnitudes (``2.5级``); not grades."""
    if quantity.han:
        return 1 < quantity.value < 7 and bool(re.search(r"[省市县区乡镇村州盟旗央](?:、|和|与)?[省市县区乡镇村州盟旗家社区道会]{1,3}$", before))
    return "." in text[quantity.number : quantity.end] or bool(_QUAKE.match(text, quantity.end - 1)) or "震级" in clause


def _listed(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    return bool(quantity.han) and 1 < quantity.value < 10 and bool(_LISTED.search(clause))


def _points(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    return quantity.value > 1 and bool(_POINTS.match(text, quantity.end - 1))


def _score(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    return quantity.value > 0 and (quantity.bounded or bool(_SCORE_CUE.search(clause))) and quantity.han != "十"


def _pairs(text: str, quantity: Quantity, clause: str, before: str) -> bool:
    return text.startswith(("夫妻", "夫妇", "新人"), quantity.end)


_RULES = {
    "notwo": _no_ordinal_two,
    "digits": lambda text, quantity, clause, before: not quantity.han or quantity.bounded,
    "bound": lambda text, quantity, clause, before: quantity.bounded,
    "class": _class,
    "period": _period,
    "day": _day,
    "level": _level,
    "listed": _listed,
    "points": _points,
    "score": _score,
    "pairs": _pairs,
}
