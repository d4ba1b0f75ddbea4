"""What a count counts: the shortest phrase beside it that names the thing, sought where its unit lets expect it."""

from __future__ import annotations

import re

from extractors.clauses import sentence_start
from extractors.count_handed_down import Above, handed_down, is_shared_out, payment_above
from extractors.count_setting import open_bracket
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
    r"[一-鿿]{0,12}?(?:(?<![效功频])率|比例|占比|比重|份额|增速|增幅|满意度|知晓度|系数|指数|浓度|密度)(?=[^，。；]{0,18}$)"
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
_PAYMENT_WORD = re.compile(rf"(?:全额)?(?:{_PAYMENTS})")
_PAYMENT_BEFORE = re.compile(rf"[一-鿿]{{0,6}}?(?:{_PAYMENTS}|额度)(?![一-鿿]*(?:办法|政策))")
_PART_PAID = re.compile(
    r"(?:的?([一-鿿]{0,4}(?:罚款|补贴|补助|奖励|滞纳金|违约金|赔偿金|利息|罚金|优惠))"
    r"|(?:的(?:标准|比例))?(?:给予|予以|计征|征收|减征|发放)([一-鿿]{1,3}支持|[一-鿿]{2,10}))"
)
_SIZE = re.compile(
    r"[一-鿿]{0,4}(?:水位|高度|长度|宽度|深度|面积|距离|范围|半径|高程|厚度|容量|用房|土地|耕地|用地|道路|管网|管道)"
)
# 按每百户不低于30平方米的标准配套建设养老服务设施
_BY_STANDARD = re.compile(r"的(?:标准|比例|要求)，?([^，。；\n]{2,24})")
# 每百户不少于20平方米配建养老服务用房
_PER_HOUSEHOLDS = re.compile(r"每[一二三两百千\d]+[户人]$")
_AGAINST = re.compile(r"比|较|同比|环比|与|增幅|降幅|增速")
_SHARE_OF = re.compile(r"(?:约|大约)?占")
_OF_ALL = re.compile(r"(?:超过|占到?|达到?|不到|不足|近)?(?:全[球国省市区县]|世界)$")
_EQUALS = re.compile(r"(.{2,}?)(?:一般|原则上)?(?:为|是|在|按照?|相当于|达到?)(.+的)$")
_GIVEN_TO = re.compile(r"(.{2,16}?)(?:已|共|累计)*[为给向](?:[^，。；]{2,20}?)(?:设置|配备|安装|提供|建设)$")
_ALLOWED_TERM = re.compile(r"(?:内|前)$")
_BUILT = re.compile(r"(?:的标准)?[^，。；\n]{0,16}?(?:配建|建设|设置|配置|配备|规划)的?([一-鿿]{2,14})")
_NOUNS_OF_PARTS = re.compile(r"方面|领域|环节|阶段|层次|板块|部分|维度")
_PAID_FOR = re.compile(
    r"的[一-鿿]{0,10}?((?:失业|养老|医疗|社会)?保险[金费]|工资|租金|费用|生活费|[一-鿿]{2}(?:补贴|津贴))"
)
_HONOURED = re.compile(r"(?:获评|荣获|获得|获|入选|蝉联)[^“，。]{0,8}“([^”]{2,20})”")
_HANDED_IN = re.compile(r"(?:提交|报送|出具|递交|上报)(?:[^，。；\n]*[\d号的])?([一-鿿]{2,16})")
_DUTY = re.compile(r"^(?:后?(?:方可|即可|才可)|[一-鿿、]{0,24}?(?:应当?|必须|须|需)将?)")
_NEXT_CLAUSE = re.compile(
    r"(?:（[^（）\n]{0,40}）)?，?(?:向[^，。；\n]{2,14}?(?=申请|提交|报|提出|办理))?([^，。；\n]{2,30})"
)
_TAKEN = frozenset(("享受", "申请", "申领", "领取", "获得"))
_ALLOWED = re.compile(r"(?:延期|分期|缓缴|延长|暂停|停止|保留|减免|免收)[一-鿿]{2,10}(?=，)")
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


def what_of(
    text: str, count: Mention, names: Names, growth: bool, clause_start: int, sentence: int, above: Above
) -> str | None:
    """The thing counted by ``count``, as written; None where neither its clause nor what stands above names it.

    ``clause_start`` is where the clause begins, ``sentence`` where the sentence does; ``growth`` is true for a change
    against a base.
    """
    clause_start = max(clause_start, count.start - 60, open_bracket(text, clause_start, count.start) + 1)
    marker = MARKER.match(text[clause_start : count.start])
    clause_start += marker.end() if marker else 0
    left = text[clause_start : count.start]
    if named := payment_above(text, count, left, sentence, above) or is_shared_out(left, above):
        return named
    if growth:
        match = _GROWTH.match(left)
        grown = last_chunk(match["thing"].strip()) if match else None
        return grown if grown and not _AGAINST.match(grown) else above.told() or above.of_unit(*_SHARES)
    if _SHARE_OF.match(left) and (told := above.told()):
        return told
    what = _of_unit(text, count, names, clause_start, left)
    return handed_down(text, count, what, left, sentence, names, above)


def _of_unit(text: str, count: Mention, names: Names, clause_start: int, left: str) -> str | None:
    """What the count's own clause names, sought where its unit lets expect it."""
    unit = count.attributes["unit"]
    if unit in ("方", "级") and (listed := re.search(r"[一-鿿]+(?:(?:、|和|与)[一-鿿]+)+$", left)):
        first, mark, rest = re.split(r"(、|和|与)", listed[0], maxsplit=1)
        return (last_chunk(first) or first[-1]) + mark + rest
    if unit == "部分":
        return last_chunk(left[: first_break(left)])
    if unit == "个" and (parts := _NOUNS_OF_PARTS.match(text, count.end)):
        return parts[0]
    if unit in _SHARES:
        return _of_share(text, count, names, clause_start, left)
    right = right_phrase(text, count, names)
    if unit in _AGES:
        return right or left_phrase(text, count, names, clause_start) or _group_after(text, count, names)
    if unit in _PERIODS:
        return _of_period(text, count, names, clause_start, right)
    if unit in _MONEY and right and (named := _PAYMENT.match(right)):
        return right if names.by_start.get(count.end) else named[0]
    if unit in _MONEY or unit in _MEASURES:
        return _of_measure(text, count, names, clause_start, left, right)
    if unit == "次" and (often := _of_times(text, count, left, right)):
        return often
    # 床位在三十张以上的敬老院: the beds are counted, the home has them.
    if given := _GIVEN_TO.match(left):
        return last_chunk(given[1])
    of_other = count.attributes["comparator"] != "eq" and text.startswith("的", count.end)
    if of_other and (had := left_phrase(text, count, names, clause_start)):
        return had
    if right and not _WEAK.match(right):
        return right
    beyond, qualified = beyond_verb(text, count)
    return (beyond if qualified else None) or left_phrase(text, count, names, clause_start) or beyond or right


def _of_times(text: str, count: Mention, left: str, right: str | None) -> str | None:
    """What is done so many times: ``两次下调利率``, ``连续三次获评“文明城市”``, ``每年至少抽查一次``."""
    if honoured := _HONOURED.match(text, count.end):
        return honoured[1]
    if not left or text[count.start - 1] in "、，" or left.endswith(("，", "连续")):
        done = re.compile(r"[一-鿿]{2,12}").match(text, count.end)
        return done[0] if done else None
    if right or last_chunk(without_tail(left)):
        return None
    verb = re.search(
        r"([一-鿿]{2})(?:不少于|至少|不超过)?$", re.sub(r"(?:开展|进行|组织|不少于|至少|每[年月季周度]+)+$", "", left)
    )
    return verb[1] if verb and verb[1] not in _TAKEN and not _WEAK.search(verb[1]) else None


def _group_after(text: str, count: Mention, names: Names) -> str | None:
    """The people of this age, named further on in the sentence (``八十周岁以上、独居的老年人``)."""
    end = _clause_end(text, count.end)
    near = [m for start, m in names.by_start.items() if m.type == "GROUP" and count.end <= start <= end]
    first = min(near, key=lambda m: m.start, default=None)
    return text[first.start : first.end] if first else None


def _of_share(text: str, count: Mention, names: Names, clause_start: int, left: str) -> str | None:
    """A rate's name, the whole that is shared, or what the share is paid as (``百分之四十的罚款``)."""
    if paid := _PART_PAID.match(text, count.end):
        return paid[1] or last_chunk(paid[2]) or paid[2]
    left = _OF_ALL.sub("", left)
    wall = names.wall_before(count.start) - clause_start
    if 0 < wall < len(left) and "的" in left[wall:] and (own := last_chunk(without_tail(left[wall:]))):
        return own
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
    if bounds := list(_BOUND.finditer(left)):
        return last_chunk(left[: bounds[-1].start()]) or last_chunk(without_tail(left))
    if left.endswith("的") and (whole := last_chunk(without_tail(left))):
        equals = _EQUALS.match(left)
        return (last_chunk(equals[1]) if equals else None) or whole
    if rate:
        return last_chunk(rate) or rate
    subject = first_break(left) or 0
    named = last_chunk(left[:subject]) if subject > 1 else None
    return named or left_phrase(text, count, names, clause_start) or right_phrase(text, count, names)


def _of_period(text: str, count: Mention, names: Names, clause_start: int, right: str | None) -> str | None:
    """The period's name before it (``有效期``), what is paid for it, else the act that it is allowed for."""
    if paid := _PAID_FOR.match(text, count.end):
        return paid[1]
    if right and text.startswith("的", count.end) and not _WEAK.match(right):
        return right
    left = text[clause_start : count.start]
    phrase = left_phrase(text, count, names, clause_start)
    moment = _MOMENT.search(left) or text[count.end : count.end + 1] in ("前", "后")
    if phrase and not moment:
        return phrase
    if handed := _HANDED_IN.search(text, count.end, _clause_end(text, count.end + 1)):
        return handed[1]
    if act := _ACT.search(text, count.end, _clause_end(text, count.end)):
        return act[0]
    if moment and _ALLOWED_TERM.search(text[count.start : count.end]):
        return _next_act(text, count.end)
    allowed = _ALLOWED.findall(text[max(0, clause_start - 20) : clause_start])
    return allowed[-1] if allowed else right


def _next_act(text: str, position: int) -> str | None:
    """The act of the clause that follows a term; a clause that only sets its condition (…的) is passed over."""
    for _ in range(2):
        clause = _NEXT_CLAUSE.match(text, position)
        if clause is None:
            return None
        if not clause[1].endswith("的"):
            return _DUTY.sub("", clause[1]) or None
        position = clause.end()
    return None


def _clause_end(text: str, position: int) -> int:
    match = re.compile(r"[，。；\n]").search(text, position, position + 40)
    return match.start() if match else min(len(text), position + 40)


def _of_measure(text: str, count: Mention, names: Names, clause_start: int, left: str, right: str | None) -> str | None:
    """What is measured: a size that is named, what the bound before rules, or what there is so much of."""
    if distance := _DISTANCE.search(left):
        return without_tail(distance[0]) or distance[0]
    if right and (size := _SIZE.match(right)):
        return size[0]
    if _PER_HOUSEHOLDS.search(left):
        built = _BUILT.match(text, count.end)
        return (last_chunk(built[1]) or built[1]) if built else None
    bounds = list(_BOUND.finditer(left))
    if bounds and (bounded := last_chunk(without_tail(left[: bounds[-1].start()]))):
        return bounded
    strong = right if right and not _WEAK.match(right) else None
    # 金额500万元以上的项目: the bounded amount is the sum's, the noun after 的 is what has it.
    of_other = count.attributes["comparator"] != "eq" and text.startswith("的", count.end)
    if strong and not of_other:
        return strong
    if of_other and strong and _PAYMENT_WORD.match(strong):
        strong = right = None
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
