"""What tells a stated quantity from an ordinal, a name, an idiom, an article or a date."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.figures.quantity_forms import Quantity
from extractors.figures.units import idioms

__all__ = ["is_stated"]

_HAN = "〇零一二三四五六七八九十百"
# 第三, 某一, 每100名; letters, signs and digits that make the number part of something else.
_NEVER_AFTER = re.compile(
    rf"(?:第[{_HAN}\d]+个|第[ {_HAN}\d]*(?:[、至到和或及,~-]+第?[{_HAN}\d]*)*|[几某哪]|每 ?"
    r"|每(?:隔|满|超过|增加|逾期|延期|延长|提高|减少|增|超|高出) ?|[A-Za-z_×*＊#№=/@&]"
    r"|(?<![一-鿿）])\+|[〇一二两三四五六七八九十]\+|\d[.:-]|[A-Za-z]-|〔|NO\.)$"
)
# 数百 is several hundred; the 数 of 总户数50% ends a word.
_SEVERAL = re.compile(r"数$")
_FRONT = re.compile(r"(?<![目此当以之年日月提])前$")
_NEVER_BEFORE = re.compile(r"[×*＊+〕]")
# 三年行动, 五年规划, 三年制, 一年期: names, not periods.
_NAMED_PERIOD = re.compile(
    r"[一-鿿]{2,4}(?:行动计划|滚动计划)|(?:实施|工作|建设|治理|行动|整治|提升)?方案|(?:行动|规划|计划|攻坚|目标|滚动|工程|制)(?![度定造])|期(?![限间满末])"
)
_ONE_OF = re.compile(r"(?:[同统唯之单某每进逐另这那第哪上下其万]|(?<![担兼聘])任)$")
_EACH = re.compile(r"每[^，。；：]{1,12}$|(?:各|[只仅]有?|限|共|共计|总共)$")
# 配备专职护士一名: the number behind its noun is no article.
_STAFFED = re.compile(r"(?:配备|配置|设置?|安排|建[设成]?|聘任?|选派|明确|确定)[^，。；：]{2,14}$")
_PERIOD = re.compile(
    r"(?:期限?|为期|满|连续|持续|历时|累计|延长|延期|提前|最长|学制|假|存续|保存|保留|保管|工作|服务|任职|居住|缴[纳存费]|"
    r"从事|社保|处|停业|暂停|拘留|公示|禁止|为|暂扣|限|前|后)[^，。；]{0,3}$"
)
_DAY_BEFORE = re.compile(r"(?:[月、和及与同翌次首末昨今明生]|节假|\d)$")
# 早在十年以前, 五年前的: a time gone by, no term.
_AGO = re.compile(r"(?:以|之)?前(?=[的，。；]|就|开始|提出)")
_IN_TERM = re.compile(r"(?:提前|届满|期满|之日|期限)[^，。；]{0,6}$")
# 上述一至三项, 本条第一款中的1-4项: items of a list referred to.
_REFERRED = re.compile(
    r"(?:上述|前述|本条|[前本]款|第[^，。；]{1,4}[条款])[^，。；至到-]{0,12}(?:[一二三四五六\d][至到-])?$"
)
_ITEMS = frozenset(("项", "条", "款", "目", "类"))
# 每引进一家给予5万元: one of those that are counted by the piece.
_BY_THE_PIECE = re.compile(
    r"每(?:新增|新开|新建|新引进|新招|新招用|新吸纳|入库|引进|建成|新?建|完成|吸纳|招用|招收|安置|培训|培育|成立|设立|接收|减少|超出"
    r"|增加|发展|介绍|吸引|销售|购买|租赁|新?开|招|认定|获得|推荐|提前|推迟)(?:成功)?$"
)
_DAY_AFTER = re.compile(r"(?:以?内|之内|以[上下]|前|后|的?(?:期限|公示|拘留|时间))")
_LEVELS = re.compile(r"[省市县区乡镇村州盟旗央](?:、|和|与)?[省市县区乡镇村州盟旗家社道会]{1,3}$")
_LISTED = re.compile(r"[一-鿿]{2,}(?:、|和|与|及)[一-鿿]{1,8}(?:等)?$")
_PARTS = re.compile(r"(?:由|分为|分成|包括|包含)[^，。；]*$")
_POINTS = re.compile(r"点(?:意见|建议|要求|希望|体会|措施|看法|经验|启示)")
_SCORE = re.compile(r"(?:分|得|加|扣|减|计|评|满|值|为|于|达)[^，。；]{0,4}$")
_QUAKE = re.compile(r"级(?:左右|以[上下])?的?(?:地震|大震|强震|中强震|余震|破坏性地震|大?风|台风)")
# 5.1 弹药：a numbered heading whose next word looks like a measure word.
_NUMBERED = re.compile(r"\n[ \t#]*\d{1,2}(?:\.\d{1,2})+ ")
_LONG_AGO = re.compile(r"(?:长达|延续|持续|历时|距今|绵延|上下|有着?)[^，。；\d]{0,3}$")
_IN_ADVANCE = re.compile(r"(?:提前|期限为|延长|顺延)$")
_AWARDED_POINTS = re.compile(r"的?(?:加分|扣分|奖励|分值)")
# 容积率不得低于1.0: a figure that has no unit.
_PURE_NUMBER = re.compile(r"(?:容积率|系数|郁闭度)(?:一般|原则上|应|可)*(?:为|至|到|是|按|控制在)?$")
# 一千三百万群众: whom a large number in Chinese numerals counts without a measure word.
_BARE_OF = re.compile(r"中国人|[人农居职群妇青红学儿老工民党官移纳]")
_AFTER_LARGE = re.compile(r" ?(?:[，。；、）：！\n]|$|左右|以[上下内]|[一-鿿])")
_INCLUSIVE = re.compile(r"（不?[含包]括?")
# 一、二、三项; 十二届八次全会.
_AFTER_ORDINAL = re.compile(r"(?<![一-鿿])[一二三四五六七八九十]、$|[除第按依](?:[一二三四五六七八九十]、)+$|届$")
# 东盛街52号2幢, 莲景苑3幢: where something stands.
_ADDRESS = re.compile(r"(?:[路街巷弄道里] ?\d{1,5} ?号|苑|\d[幢栋座号](?:楼)?)$")
_OF_BUILDINGS = re.compile(r"\d{1,4} ?(?:幢|栋|座|单元|层|楼|室)")
# 第十二条、十三条.
_ARTICLES = re.compile(r"第[^，。；]{1,30}[条款项][、和及或至]$")
_CLASSES = re.compile(r"[一二]类")


def is_stated(text: str, quantity: Quantity, clause: str) -> bool:
    """True where ``quantity`` states an amount of something, by what stands round it.

    ``clause`` is the text of its clause before it.
    """
    before = text[max(0, quantity.number - 12) : quantity.number]
    if quantity.han and (idioms().match(text, quantity.number) or _AFTER_ORDINAL.search(before)):
        return False
    # ML2.5级: a magnitude may follow its scale.
    if _NEVER_AFTER.search(before) and not (before[-1:].isalpha() and "." in text[quantity.number : quantity.end]):
        return False
    if quantity.han and _SEVERAL.search(before) and "分之" not in text[quantity.number : quantity.end]:
        return False
    if quantity.han in ("零", "〇") or _is_numbered(text, quantity):
        return False
    if _OF_BUILDINGS.match(text, quantity.number) and _ADDRESS.search(before):
        return False
    following = text[quantity.end : quantity.end + 1]
    if _NEVER_BEFORE.match(following) or (following == "）" and _INCLUSIVE.fullmatch(clause)):
        return False
    if quantity.unit is None:
        return _is_bare_amount(text, quantity)
    if quantity.unit.word in ("条", "款", "项") and _ARTICLES.search(
        text, max(0, quantity.number - 40), quantity.number
    ):
        return False
    to_item = quantity.comparator == "range" or before.endswith(("至", "到", "-"))
    if to_item and quantity.unit.word in _ITEMS and _REFERRED.search(clause):
        return False
    if quantity.value == 1 and quantity.value_max is None and _BY_THE_PIECE.search(clause):
        return False
    if quantity.unit.dimension == "time":
        if _NAMED_PERIOD.match(text, quantity.end):
            return False
        if quantity.unit.word == "年" and quantity.han and _FRONT.search(before) and not quantity.bounded:
            return False
        if quantity.unit.word == "年" and _AGO.match(text, quantity.end) and not _IN_TERM.search(clause):
            return False
    elif _FRONT.search(before) and quantity.unit.dimension in ("things", "people", "bare"):
        return False
    if _is_one(quantity) and _ONE_OF.search(before):
        return False
    if rule := _RULES.get(quantity.unit.numerals):
        return rule(text, quantity, clause)
    return quantity.unit.numerals == "any" or not _is_one(quantity) or _is_ruled_one(text, quantity, clause)


def _is_numbered(text: str, quantity: Quantity) -> bool:
    """``5.1 弹药``: the number of a heading, not five and a tenth of something."""
    if text[quantity.number - 1 : quantity.number] not in ("\n", " ", "\t", "#", ""):
        return False
    named = quantity.unit is None or quantity.unit.dimension in ("things", "people", "bare", "mass")
    return named and bool(
        _NUMBERED.match("\n" + text[quantity.number : quantity.number + 12]) and _heads_line(text, quantity)
    )


def _heads_line(text: str, quantity: Quantity) -> bool:
    line = text.rfind("\n", 0, quantity.number) + 1
    return not text[line : quantity.number].strip(" \t#")


def _is_one(quantity: Quantity) -> bool:
    return bool(quantity.han) and quantity.value == 1 and quantity.value_max is None


def _is_ruled_one(text: str, quantity: Quantity, clause: str) -> bool:
    """``一`` states a number where something rules it (每村一名, 各一个, 一套住房); else it is an article."""
    if quantity.bounded or _EACH.search(clause):
        return True
    return text[quantity.end : quantity.end + 1] in "，。；、\n" and bool(_STAFFED.search(clause))


def _is_bare_amount(text: str, quantity: Quantity) -> bool:
    """A number without unit counts when it has 万 or 亿 (``超2347万``): money or persons, as the text makes plain."""
    following = text[quantity.end : quantity.end + 1]
    if quantity.multiplier < 10000:
        before = text[max(0, quantity.start - 16) : quantity.start]
        pointed = any(point in text[quantity.number : quantity.end] for point in ".点")
        if not pointed and (quantity.han or not quantity.bounded):
            return False
        return bool(_PURE_NUMBER.search(before))
    if quantity.han and not quantity.bounded:
        return quantity.han[0] not in "百千万亿" and len(quantity.han) > 1 and bool(_BARE_OF.match(text, quantity.end))
    return bool(_AFTER_LARGE.match(text, quantity.end)) and following not in ("级", "强", "大", "里", "年", "条")


def _not_second(text: str, quantity: Quantity, clause: str) -> bool:
    """``二套住房``, ``二次供水`` are the second, ``两套`` is two."""
    if quantity.han == "二":
        return quantity.bounded
    return not _is_one(quantity) or _is_ruled_one(text, quantity, clause)


def _digits(text: str, quantity: Quantity, clause: str) -> bool:
    return not quantity.han or _bounded(text, quantity, clause)


def _bounded(text: str, quantity: Quantity, clause: str) -> bool:
    """A bound makes a number of what may be an ordinal; 两 never is one."""
    return quantity.bounded or (
        quantity.han == "两" and quantity.unit is not None and quantity.unit.dimension != "bare"
    )


def _class(text: str, quantity: Quantity, clause: str) -> bool:
    """``三类人员`` are three classes; beside 一类 or 二类 it is the third."""
    if not quantity.han or quantity.bounded:
        return True
    near = text[max(0, quantity.number - 120) : quantity.number] + text[quantity.end : quantity.end + 120]
    return quantity.value > 1 and quantity.han != "二" and not _CLASSES.search(near)


def _period(text: str, quantity: Quantity, clause: str) -> bool:
    """``一年`` needs something that makes it a term; ``2023年`` is a date."""
    if not quantity.han:
        lasting = quantity.comparator == "gt" or _LONG_AGO.search(clause)
        return quantity.value < 1000 or quantity.value_unit != "年" or bool(lasting)
    return quantity.value > 1 or quantity.bounded or bool(_PERIOD.search(clause))


def _day(text: str, quantity: Quantity, clause: str) -> bool:
    """``三十日内`` is a time allowed, ``15日`` alone a day of some month."""
    if quantity.bounded and quantity.comparator != "range":
        return not clause.endswith("月")
    if 31 < quantity.value < 1000 or _IN_ADVANCE.search(clause):
        return True
    if _DAY_BEFORE.search(text, max(0, quantity.number - 3), quantity.number):
        return False
    return bool(_DAY_AFTER.match(text, quantity.end) or _PERIOD.search(clause) or quantity.comparator == "range")


def _level(text: str, quantity: Quantity, clause: str) -> bool:
    """Levels of government named and summed (``省、市、县三级``), magnitudes (``2.5级``); not grades."""
    if quantity.han:
        return (
            1 < quantity.value < 7
            and not clause.endswith("级")
            and (bool(_LEVELS.search(clause)) or _is_sum_of_list(quantity, clause))
        )
    unit = text.find("级", quantity.number, quantity.end)
    return "." in text[quantity.number : quantity.end] or bool(_QUAKE.match(text, unit)) or "震级" in clause


def _listed(text: str, quantity: Quantity, clause: str) -> bool:
    return bool(quantity.han) and 1 < quantity.value < 10 and bool(_LISTED.search(clause))


def _is_sum_of_list(quantity: Quantity, clause: str) -> bool:
    """``国家、地方、学校三级``: as many as were named."""
    listed = re.search(r"[一-鿿]{2,5}(?:、[一-鿿]{2,4}){1,4}$", clause)
    return listed is not None and quantity.value == listed[0].count("、") + 1


def _parts(text: str, quantity: Quantity, clause: str) -> bool:
    return quantity.value > 1 and (bool(_PARTS.search(clause)) or text.startswith(("组成", "构成"), quantity.end))


def _points(text: str, quantity: Quantity, clause: str) -> bool:
    return quantity.value > 1 and bool(_POINTS.match(text, quantity.end - 1))


def _score(text: str, quantity: Quantity, clause: str) -> bool:
    told = quantity.bounded or _SCORE.search(clause) or _AWARDED_POINTS.match(text, quantity.end)
    return quantity.han != "十" and bool(told)


def _pairs(text: str, quantity: Quantity, clause: str) -> bool:
    return quantity.value > 1 and text.startswith(("夫妻", "夫妇", "新人"), quantity.end)


def _from_on(text: str, quantity: Quantity, clause: str) -> bool:
    """``三孩及以上家庭`` counts children; 三孩 by itself is the third child."""
    return quantity.comparator == "ge"


# By the column numerals of units.csv; any and plural need no rule of their own.
_RULES: dict[str, Callable[[str, Quantity, str], bool]] = {
    "notwo": _not_second,
    "digits": _digits,
    "bound": _bounded,
    "class": _class,
    "period": _period,
    "day": _day,
    "level": _level,
    "parts": _parts,
    "listed": _listed,
    "points": _points,
    "score": _score,
    "pairs": _pairs,
    "from": _from_on,
}
