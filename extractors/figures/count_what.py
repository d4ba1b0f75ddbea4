"""What a count counts: the shortest phrase beside it that names the thing, sought where its unit lets expect it."""

from __future__ import annotations

import re

from extractors.figures.clauses import clause_start as begin_of_clause
from extractors.figures.clauses import sentence_start
from extractors.figures.count_acts import WEAK, group_after, of_period, of_times
from extractors.figures.count_handed_down import (
    Above,
    group_in,
    handed_down,
    is_shared_out,
    payment_above,
    subject_of,
)
from extractors.figures.count_setting import open_bracket
from extractors.figures.count_shares import BOUND, of_share
from extractors.figures.noun_phrases import (
    MARKER,
    Names,
    beyond_verb,
    ends_in_verb,
    first_break,
    last_chunk,
    left_phrase,
    right_phrase,
    without_tail,
)
from extractors.model import Mention

__all__ = ["what_of"]

_GROWTH = re.compile(
    r"(?P<thing>[^，。；：]*?)(?:年均|月均|同比|环比|平均|[比较][^，。；比较]{0,8})*(?:增长|增加|提高|上升|下降|减少|降低|上浮"
    r"|下浮|上调|下调|翻|提升|上涨|下跌|回落|增幅|降幅|缩短|压减|压缩)[^，。；]{0,6}$"
)
_LEADS_TO_GROWTH = re.compile(r"(?:每[年月]|年均|平均|总体|全年|继续|要|将|应|力争|预计|拟|再|约)+$")
# 下调贷款利率0.25个百分点
_MOVED = re.compile(r"(?:提高|上调|上浮|提升|降低|下调|下浮|减少|增加|压减)([一-鿿]{2,16})$")
_DISTANCE = re.compile(r"(?:[东南西北]{0,2}距离?|相距)[^，。；]{1,20}$")
_PAYMENTS = r"补贴|补助|奖励|罚款|津贴|贷款|资金|费用|救助金|奖金|保险费|补偿|待遇|安家费"
_PAYMENT = re.compile(rf"[一-鿿]{{0,10}}?(?:{_PAYMENTS}|保险|经费|保证金|金|费|款|红包|消费券|收入|损失)")
_PAYMENT_WORD = re.compile(rf"(?:全额)?(?:{_PAYMENTS})")
_PAYMENT_BEFORE = re.compile(rf"[一-鿿]{{0,6}}?(?:{_PAYMENTS}|额度)(?![一-鿿]*(?:办法|政策))")
# 按1000元/人标准给予一次性补助
_PAID_AS = re.compile(
    r"(?:(?:/ ?[一-鿿㎡]{1,3}?)?的?(?:标准|额度|限额)?，?|(?:、[^，。；、]{1,12}){0,4}的标准，?[^，。；]{0,6})"
    r"(?:给予|予以|发放|支付)"
    r"([一-鿿]{0,14}?(?:补贴|补助|奖励|津贴|救助|补偿|奖补|资助|慰问金|救助金))"
)
_SIZE = re.compile(
    r"[一-鿿]{0,4}(?:水位|高度|长度|宽度|深度|面积|距离|范围|半径|高程|厚度|容量|用房|土地|耕地|用地|道路|管网|管道)"
)
# 按每百户不低于30平方米的标准配套建设养老服务设施
_BY_STANDARD = re.compile(r"的(?:标准|比例|要求)，?([^，。；\n]{2,24})")
# 每百户不少于20平方米配建养老服务用房
_PER_HOUSEHOLDS = re.compile(r"每[一二三两百千\d]+[户人]$")
# 高出全国平均水平0.9个百分点: what is higher stands before.
_MEASURED_AGAINST = re.compile(r"(?:高出|高于|低于|超出|领先|落后)[^，。；]{0,6}平均(?:水平|值)?$")
_AGAINST = re.compile(r"扣除|剔除|按|比|较|同比|环比|与|增幅|降幅|增速")
_SHARE_OF = re.compile(r"(?:约|大约)?占")
_LEVEL = re.compile(r"(?:平均)?水平|目标|要求|较")
# 总规模30亿元的基金
_SIZE_BEFORE = re.compile(r"(?:规模|总额|总投资|投资额|金额|产值|注册资本|建筑面积)$")
_LEVEL_OF = re.compile(r"(?:国家|中央|全国|自治区|街道|社区|[省市县区乡镇村州盟旗])$")
_CEILING = re.compile(r"([一-鿿]{2,16}(?:额度|限额|标准|上限))(?:统一)?(?:调整)?为[一-鿿]{2,8}$")
_LONGEST_NAMING = 14
_NO_SUBJECT = re.compile(r"[ \u3000]*(?:根据|按照?|据|预计|从|在|自|对|由|经|随着|通过|为|但|而|同时)")
_ROUND = re.compile(r"[余多几来逾]")
# 由60万元调高至70万元: the second figure is of the same thing.
_TO_LEVEL = re.compile(
    r"(?:（[^（）]*）)?(?:统一|逐步|相应)?(?:调整|提高|提升|调高|调低|上调|下调|降低|下降|上升|增加|减少|增长|扩大|延长|缩短|压缩|改|降|升|增|减)"
    r"(?:了)?(?:至|为|到|成)(?:(?:19|20)\d\d年的?|现在的?)?"
)
_OF_OTHER = re.compile(r"(?:（[^（）]{1,4}）)?的")
_GIVEN_TO = re.compile(r"(.{2,16}?)(?:已|共|累计)*[为给向](?:[^，。；]{2,20}?)(?:设置|配备|安装|提供|建设)$")
# 按90平方米以下每套8000元、…发放购房消费券
_PAID_OUT = re.compile(r"[^。；\n]{0,80}?(?:发放|给予|享受|予以)(?:一次性)?([一-鿿]{2,10}(?:补贴|补助|券|奖励|津贴))")
_BOUGHT = re.compile(r"(?:购买|新购|购置|购)(?:的)?([一-鿿]{0,8}(?:住房|住宅|商品房|房产|车位))")
_BUILT = re.compile(r"(?:的标准)?[^，。；\n]{0,16}?(?:配建|建设|设置|配置|配备|规划)的?([一-鿿]{2,14})")
_NOUNS_OF_PARTS = re.compile(r"方面|领域|环节|阶段|层次|板块|部分|维度")
_SHARES = frozenset(("%", "‰", "‱", "倍", "个百分点", "百分点", "个基点", "基点", "BP", "折", "个点"))
_PERIODS = frozenset(("年", "月", "日", "天", "周", "星期", "个星期", "小时", "分钟", "秒", "季度", "年度")) | {
    f"{one}{day}" for one in ("个", "") for day in ("工作日", "自然日", "交易日")
}
_AGES = frozenset(("岁", "周岁", "月龄"))
_MONEY = frozenset(("元", "美元", "欧元", "港元"))
_MEASURES = frozenset(
    ("平方米", "平方公里", "㎡", "平方", "亩", "公顷", "米", "公里", "千米", "厘米", "毫米", "m", "km")
)
_LENGTHS = frozenset(("米", "m", "厘米", "毫米", "公里", "千米", "km"))
_SIDE = re.compile(r"([长宽高深厚])(?:约|达|为|度为?)?$")
_MEASURES |= {
    "cm",
    "mm",
    "公分",
    "海里",
    "立方米",
    "吨",
    "公斤",
    "千克",
    "克",
    "毫克",
    "升",
    "毫升",
    "千瓦",
    "级",
    "度",
}


def what_of(
    text: str, count: Mention, names: Names, growth: bool, clause_start: int, sentence: int, above: Above
) -> str | None:
    """The thing counted by ``count``, as written; None where neither its clause nor what stands above names it.

    ``clause_start`` is where the clause begins, ``sentence`` where the sentence does; ``growth`` is true for a change
    against a base.
    """
    unit = count.attributes["unit"]
    bracket, outside = open_bracket(text, clause_start, count.start), max(clause_start, count.start - 60)
    clause_start = max(outside, bracket + 1, text.rfind("+", clause_start, count.start) + 1)
    before = above.previous
    if before and above.in_clause and before.attributes["unit"] == unit:
        reached = _TO_LEVEL.fullmatch(text, before.end, count.start)
        if reached and (same := before.attributes.get("what")):
            return str(same)
    marker = MARKER.match(text[clause_start : count.start])
    clause_start += marker.end() if marker else 0
    left = text[clause_start : count.start]
    if named := payment_above(text, count, left, sentence, above) or is_shared_out(text, left, sentence, above):
        return named
    if growth:
        match = _GROWTH.match(left)
        grown = last_chunk(_LEADS_TO_GROWTH.sub("", match["thing"].strip())) if match else None
        if grown is None and (moved := _MOVED.search(left)):
            grown = last_chunk(moved[1])
        if grown and not _AGAINST.match(grown):
            return grown
        return _just_named(text, clause_start, above) or above.told() or above.of_unit(*_SHARES)
    if unit in _SHARES and _MEASURED_AGAINST.match(left):
        return above.told() or above.of_unit(*_SHARES)
    if _SHARE_OF.match(left) and (told := above.told()):
        return told
    what = _of_unit(text, count, names, clause_start, left)
    if what is None and bracket > outside:
        # 可以延期缴纳税款（最长不超过三个月）: the bracket tells of what stands before it.
        what = last_chunk(without_tail(text[outside:bracket]))
    if unit in _LENGTHS and (side := _SIDE.search(left)) and not (what or "").endswith((side[1], side[1] + "度")):
        thing = what or handed_down(text, count, None, left, sentence, names, above)
        return f"{thing}{side[1]}" if thing else None
    return handed_down(text, count, what, left, sentence, names, above)


def _just_named(text: str, clause: int, above: Above) -> str | None:
    """What a clause without figures before this one names (``棉纱的产量，比上年增长…``)."""
    if clause < 1 or text[clause - 1] != "，":
        return None
    start = begin_of_clause(text, clause - 1)
    if clause - start > _LONGEST_NAMING or (above.previous and above.previous.end > start):
        return None
    words = text[start : clause - 1]
    if _NO_SUBJECT.match(words):
        return None
    named = last_chunk(words)
    return (
        named if named and words.endswith(named) and not words.endswith(("的", "后", "下", "中", "上", "时")) else None
    )


def _of_unit(text: str, count: Mention, names: Names, clause_start: int, left: str) -> str | None:
    """What the count's own clause names, sought where its unit lets expect it."""
    unit = count.attributes["unit"]
    if unit in ("方", "级") and (listed := re.search(r"(?![和与])[一-鿿]+(?:(?:、|和|与)[一-鿿]+)+$", left)):
        first, mark, rest = re.split(r"(、|和|与)", listed[0], maxsplit=1)
        level = _LEVEL_OF.search(first)
        return (level[0] if level else last_chunk(first) or first[-1]) + mark + rest
    if unit == "部分":
        return last_chunk(left[: first_break(left)])
    if unit == "个" and (parts := _NOUNS_OF_PARTS.match(text, count.end)):
        return parts[0]
    if unit in _SHARES:
        return of_share(text, count, names, clause_start, left)
    right = right_phrase(text, count, names)
    if unit in _AGES:
        named = right or left_phrase(text, count, names, clause_start) or group_after(text, count, names)
        subject, group = subject_of(left), group_in(text, clause_start, count.start, names)
        return named or (subject if subject and group and subject.endswith(group) else group or subject)
    if unit in _PERIODS:
        return of_period(text, count, names, clause_start, right)
    if unit in _MONEY and (paid_as := _PAID_AS.match(text, count.end)):
        return paid_as[1]
    if unit in _MONEY and _SIZE_BEFORE.search(left):
        return _of_measure(text, count, names, clause_start, left, right)
    if unit in _MONEY and right and (payment := _PAYMENT.match(right)):
        return right if names.by_start.get(count.end) else payment[0]
    if unit in _MONEY or unit in _MEASURES:
        return _of_measure(text, count, names, clause_start, left, right)
    if unit == "次" and (often := of_times(text, count, left, right)):
        return often
    # 床位在三十张以上的敬老院: the beds are counted, the home has them.
    if given := _GIVEN_TO.match(left):
        return last_chunk(given[1])
    of_other = _parts_others(text, count) and not ends_in_verb(without_tail(left))
    if of_other and unit != "次" and (had := left_phrase(text, count, names, clause_start)):
        return had
    if right and not WEAK.match(right):
        return right
    beyond, qualified = beyond_verb(text, count)
    named = (beyond if qualified else None) or left_phrase(text, count, names, clause_start) or beyond
    return named or (right if right and not _LEVEL.match(right) else None)


def _parts_others(text: str, count: Mention) -> bool:
    """Whether the noun after 的 has so much (``三十张以上的敬老院``), not what is counted (``近千公里堤防``)."""
    bounds = count.attributes["comparator"] not in ("eq", "approx")
    return bounds and not _ROUND.search(text, count.start, count.end) and bool(_OF_OTHER.match(text, count.end))


def _before_bound(words: str) -> str | None:
    return last_chunk(without_tail(words)) or last_chunk(words)


def _of_measure(text: str, count: Mention, names: Names, clause_start: int, left: str, right: str | None) -> str | None:
    """What is measured: a size that is named, what the bound before rules, or what there is so much of."""
    if distance := _DISTANCE.search(left):
        return without_tail(distance[0]) or distance[0]
    if right and (size := _SIZE.match(right)):
        return size[0]
    if _PER_HOUSEHOLDS.search(left):
        built = _BUILT.match(text, count.end)
        return (last_chunk(built[1]) or built[1]) if built else None
    wall = names.wall_before(count.start) - clause_start
    if 0 < wall < len(left) and "且" in left[wall:] and (own := last_chunk(without_tail(left[wall:]))):
        return own
    bounds = list(BOUND.finditer(left))
    if bounds and (bounded := _before_bound(left[: bounds[-1].start()])):
        return bounded
    if count.attributes["unit"] in _MONEY and (ceiling := _CEILING.search(left)):
        return last_chunk(ceiling[1]) or ceiling[1]
    if _SIZE_BEFORE.search(left) and (own_size := last_chunk(without_tail(left))):
        return own_size
    strong = right if right and not WEAK.match(right) else None
    # 金额500万元以上的项目: the bounded amount is the sum's, the noun after 的 is what has it.
    of_other = _parts_others(text, count) and not ends_in_verb(without_tail(left))
    if strong and not of_other:
        return strong
    if of_other and strong and _PAYMENT_WORD.match(strong):
        strong = right = None
    named = left_phrase(text, count, names, clause_start) or strong or _paid_before(text, count)
    if named is None and (measured := _BY_STANDARD.match(text, count.end)):
        named = last_chunk(measured[1])
    return named or right or _of_sentence(text, count)


def _of_sentence(text: str, count: Mention) -> str | None:
    """What is paid out at the end of a list of rates; the house bought whose size decides them."""
    if count.attributes["unit"] in _MONEY:
        paid = _PAID_OUT.match(text, count.end)
        return paid[1] if paid else None
    bought = list(_BOUGHT.finditer(text, sentence_start(text, count.start), count.start))
    return bought[-1][1] if bought else None


def _paid_before(text: str, count: Mention) -> str | None:
    """The payment that the sentence named before (``给予生活补贴，每人每月3400元``)."""
    if count.attributes["unit"] not in _MONEY:
        return None
    start = max(sentence_start(text, count.start), count.start - 60)
    named = [match[0] for match in _PAYMENT_BEFORE.finditer(text, start, count.start)]
    return last_chunk(named[-1]) or named[-1] if named else None
