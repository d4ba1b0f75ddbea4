"""What a count counts: the shortest phrase beside it that names the thing, sought where its unit lets expect it."""

from __future__ import annotations

import re

from extractors.clauses import sentence_start
from extractors.model import Mention
from extractors.noun_phrases import (
    MARKER,
    Names,
    beyond_verb,
    first_break,
    last_chunk,
    left_phrase,
    right_phrase,
    without_tail,
)

__all__ = ["what_of"]

_RATE = re.compile(
    r"[一-鿿]{0,12}?(?:(?<![效功频])率|比例|占比|比重|份额|增速|增幅|满意度|知晓度|系数|指数|浓度|密度)(?=[^，。；]{0,14}$)"
)
_GROWTH = re.compile(
    r"(?P<thing>[^，。；：]*?)(?:年均|月均|同比|环比|平均|[比较][^，。；比较]{0,8})*(?:增长|增加|提高|上升|下降|减少|降低|上浮"
    r"|下浮|上调|下调|提升|上涨|下跌|回落|增幅|降幅|缩短|压减|压缩)[^，。；]{0,6}$"
)
_ACCOUNTS = re.compile(r"(?P<thing>[^，。；：]{2,20}?)(?:约|大约)?占[^，。；]{0,20}$")
_DISTANCE = re.compile(r"(?:[东南西北]{0,2}距离?|相距)[^，。；]{1,20}$")
# What is bounded stands before the bound: 套内建筑面积不少于总建筑面积千分之二.
_BOUND = re.compile(
    r"不(?:得|应|能|宜|可)?(?:少于|低于|小于|短于|超过|高于|大于|多于|长于)|(?<=.)(?:达到|(?:超过|低于|高于|至少|最多)(?=.*的$))"
)
_WEAK = re.compile(
    r"标准|比例|范围|幅度|价格|金额|额度|速度|规模|时间|期限|以|内|间|左右|人民币|较|更|很|最|前|后|方面"
)
_PAYMENTS = r"补贴|补助|奖励|罚款|津贴|贷款|资金|费用|救助金|奖金|保险费|补偿|待遇|安家费"
_PAYMENT = re.compile(rf"[一-鿿]{{0,10}}?(?:{_PAYMENTS}|保险|经费|保证金|金|费|款|红包|消费券|收入|损失)")
_PAYMENT_BEFORE = re.compile(rf"[一-鿿]{{0,6}}?(?:{_PAYMENTS}|额度)(?![一-鿿]*(?:办法|政策))")
_PART_PAID = re.compile(r"的?([一-鿿]{0,4}(?:罚款|补贴|补助|奖励|滞纳金|违约金|赔偿金|利息|罚金|优惠))")
_SIZE = re.compile(
    r"[一-鿿]{0,4}(?:水位|高度|长度|宽度|深度|面积|距离|范围|半径|高程|厚度|容量|用房|土地|耕地|用地|道路|管网|管道)"
)
# 按每百户不低于30平方米的标准配套建设养老服务设施
_BY_STANDARD = re.compile(r"的(?:标准|比例|要求)，?([^，。；\n]{2,24})")
_MOMENT = re.compile(r"(?:[后前内中时起止]|之日|期间|以来)$")
_ACT = re.compile(
    r"(?:作出|做出|予以|提出|办理|完成|报送|公布|公示|移交|答复|备案|申请|登记|通知|缴纳|整改|送达|审查|审核|审批|批准|受理"
    r"|支付|发放|缴存|报告|书面|告知|返还|提供|开展|组织|进行|召开|实施|检查|培训|评估|监测|巡查|清理|拆除|改正|恢复|搬迁"
    r"|领取|换发|补发|上报|录入|查验|验收|处理|处置|反馈|回复|移送|转交|签订|退还|注销|变更|延续|行政处罚|有期徒刑|拘役"
    r"|管制|拘留|停业|暂扣|保存|保管|保留|存续|不得)[一-鿿]{0,8}"
)
_SHARES = frozenset(("%", "‰", "‱", "倍", "个百分点", "百分点", "个基点", "基点", "BP", "折", "个点"))
_TENTHS = ("百分之", "千分之", "万分之")
_PERIODS = frozenset(("年", "月", "日", "天", "周", "星期", "个星期", "小时", "分钟", "秒", "季度", "年度")) | {
    f"{one}{day}" for one in ("个", "") for day in ("工作日", "自然日", "交易日")
}
_AGES = frozenset(("岁", "周岁", "月龄"))
_MONEY = frozenset(("元", "美元", "欧元", "港元"))
_MEASURES = frozenset(
    ("平方米", "平方公里", "㎡", "平方", "亩", "公顷", "米", "公里", "千米", "厘米", "毫米", "m", "km")
)
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


def what_of(text: str, count: Mention, names: Names, growth: bool, clause_start: int) -> str | None:
    """The thing counted by ``count``, as written; None where its clause does not name it.

    ``clause_start`` is where the clause begins; ``growth`` is true for a change against a base.
    """
    unit = count.attributes["unit"]
    clause_start = max(clause_start, count.start - 60)
    marker = MARKER.match(text[clause_start : count.start])
    clause_start += marker.end() if marker else 0
    left = text[clause_start : count.start]
    if unit in ("方", "级") and (listed := re.search(r"[一-鿿]+(?:(?:、|和|与)[一-鿿]+)+$", left)):
        first, mark, rest = re.split(r"(、|和|与)", listed[0], maxsplit=1)
        return (last_chunk(first) or first[-1:]) + mark + rest
    if growth and (match := _GROWTH.match(left)):
        return last_chunk(match["thing"].strip())
    if unit in _SHARES:
        return _of_share(text, count, names, clause_start, left)
    right = right_phrase(text, count, names)
    if unit in _AGES:
        return right or left_phrase(text, count, names, clause_start)
    if unit in _PERIODS:
        if right and text.startswith("的", count.end) and not _WEAK.match(right):
            return right
        act = _of_period(text, count, names, clause_start)
        return act or right or left_phrase(text, count, names, clause_start)
    if unit in _MONEY and right and (named := _PAYMENT.match(right)):
        return right if names.by_start.get(count.end) else named[0]
    if unit in _MONEY or unit in _MEASURES:
        return _of_measure(text, count, names, clause_start, left, right)
    if right and not _WEAK.match(right):
        return right
    beyond, qualified = beyond_verb(text, count)
    return (beyond if qualified else None) or left_phrase(text, count, names, clause_start) or beyond or right


def _of_share(text: str, count: Mention, names: Names, clause_start: int, left: str) -> str | None:
    """A rate's name, the whole that is shared, or what the share is paid as (``百分之四十的罚款``)."""
    if paid := _PART_PAID.match(text, count.end):
        return paid[1]
    written = text[count.start : count.end]
    fraction = "/" in written or ("分之" in written and not any(tenth in written for tenth in _TENTHS))
    if fraction and (right := right_phrase(text, count, names)):
        return right
    rates = list(_RATE.finditer(left))
    rate = rates[-1][0] if rates else ""
    if rate and not rate.endswith("比例"):
        return last_chunk(rate) or rate
    if match := _ACCOUNTS.search(left):
        return last_chunk(match["thing"])
    if bound := _BOUND.search(left):
        return last_chunk(left[: bound.start()]) or last_chunk(without_tail(left))
    if rate:
        return last_chunk(rate) or rate
    subject = first_break(left) or 0
    named = last_chunk(left[:subject]) if subject > 1 else None
    return named or left_phrase(text, count, names, clause_start) or right_phrase(text, count, names)


def _of_period(text: str, count: Mention, names: Names, clause_start: int) -> str | None:
    """The period's name before it (``有效期``), else the act that its clause allows it for."""
    phrase = left_phrase(text, count, names, clause_start)
    moment = _MOMENT.search(text[clause_start : count.start]) or text[count.end : count.end + 1] in ("前", "后")
    if phrase and not moment:
        return phrase
    act = _ACT.search(text, count.end, _clause_end(text, count.end))
    return act[0] if act else None


def _clause_end(text: str, position: int) -> int:
    match = re.compile(r"[，。；\n]").search(text, position, position + 40)
    return match.start() if match else min(len(text), position + 40)


def _of_measure(text: str, count: Mention, names: Names, clause_start: int, left: str, right: str | None) -> str | None:
    """What is measured: a size that is named, what the bound before rules, or what there is so much of."""
    if distance := _DISTANCE.search(left):
        return without_tail(distance[0]) or distance[0]
    if right and (size := _SIZE.match(right)):
        return size[0]
    if (bound := _BOUND.search(left)) and (bounded := last_chunk(without_tail(left[: bound.start()]))):
        return bounded
    strong = right if right and not _WEAK.match(right) else None
    # 金额500万元以上的项目: the bounded amount is the sum's, the noun after 的 is what has it.
    of_other = count.attributes["comparator"] != "eq" and text.startswith("的", count.end)
    if strong and not of_other:
        return strong
    named = left_phrase(text, count, names, clause_start) or strong or _paid_before(text, count)
    if named is None and (measured := _BY_STANDARD.match(text, count.end)):
        named = last_chunk(measured[1])
    return named or right


def _paid_before(text: str, count: Mention) -> str | None:
    """The payment that the sentence named before (``给予生活补贴，每人每月3400元``)."""
    if count.attributes["unit"] not in _MONEY:
        return None
    start = max(sentence_start(text, count.start), count.start - 60)
    named = [match[0] for match in _PAYMENT_BEFORE.finditer(text, start, count.start)]
    return last_chunk(named[-1]) or named[-1] if named else None
