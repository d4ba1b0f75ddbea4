"""What a share, a rate or a multiple is of: the rate's name, the whole that is shared, what it is paid as."""

from __future__ import annotations

import re

from extractors.figures.count_acts import WEAK
from extractors.figures.count_handed_down import rate_before
from extractors.figures.noun_phrases import Names, first_break, last_chunk, left_phrase, right_phrase, without_tail
from extractors.model import Mention

__all__ = ["BOUND", "of_share"]

# What is bounded stands before the bound: 套内建筑面积不少于总建筑面积千分之二.
BOUND = re.compile(
    r"不(?:得|应|能|宜|可)?(?:少于|低于|小于|短于|超过|高于|大于|多于|长于)|(?<=.)(?:达到|(?:超过|低于|高于|至少|最多)(?=.*的$))"
)
_RATE = re.compile(
    r"[一-鿿]{0,24}?(?:(?<![效功频])率|比例|占比|比重|份额|增速|增幅|满意度|知晓度|系数|指数|浓度|密度)(?=[^，。；]{0,18}$)"
)
# 离开87%额定功率: the share is the verb's object.
_OBJECT_OF = re.compile(r"(?:离开|完成|承担|缴纳|持有|拥有|享有|消除|提取|支付)$")
_ACCOUNTS = re.compile(
    r"(?P<thing>[^，。；：]{2,20}?)(?:约|大约)?(?:(?P<named>占[^，。；：]{1,18}?(?:比重|比例|份额))[^，。；：]{0,6}|占[^，。；]{0,20})$"
)
_PART_PAID = re.compile(
    r"(?:的?([一-鿿]{0,4}(?:罚款|补贴|补助|奖励|滞纳金|违约金|赔偿金|利息|罚金|优惠)"
    r"|(?<=的)(?:(?!给予|予以|发放|享受|申请|补贴|补助|奖励)[一-鿿]){5,12}(?:补贴|补助|奖励))"
    r"|(?:的(?:标准|比例))?(?:给予|予以|计征|征收|减征|发放)([一-鿿]{1,3}支持|[一-鿿]{2,10}))"
)
_USED_FOR = re.compile(r"的?(?:比例|资金|指标|名额)?(?:专门|主要|重点|专项)?用于([^，。；\n]{2,40})")
_NOTHING = re.compile(r"(?:全年|当年|其中|目前|今年|以上|也?就|即|这|那)$")
# 其中百分之二十是学生
_ARE = re.compile(r"(?:以上|左右)?[是为]([^，。；\n是为]{2,16})")
# 公益金应当按照不低于百分之十的比例用于…: the sum that is shared out.
_SHARED_SUM = re.compile(r"(.{2,})(?:应当?|可以?|须|要|统一)?(?:按照?|以)$")
_FOR_OTHERS = re.compile(r"(?:提供|建设|设置|配建|配置|配备|预留)$")
_OF_ALL = re.compile(r"(?:超过|达到?|不到|不足|近)?(?:全[球国省市区县]|世界)$")
_EQUALS = re.compile(r"(.{2,}?)(?:一般|原则上)?(?:为|是|在|按照?|相当于|达到?)(.+的)$")
_TENTHS = ("百分之", "千分之", "万分之")


def of_share(text: str, count: Mention, names: Names, clause_start: int, left: str) -> str | None:
    """A rate's name, the whole that is shared, or what the share is paid as (``百分之四十的罚款``)."""
    if paid := _PART_PAID.match(text, names.end_of_list(text, count)):
        return paid[1] or last_chunk(paid[2]) or paid[2]
    if ruled := rate_before(text, clause_start):
        return ruled
    if left == "其中" and (are := _ARE.match(text, count.end)):
        return are[1]
    whole = left
    left = _OF_ALL.sub("", left)
    if left != whole and (part := last_chunk(without_tail(left))):
        return part
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
        thing = last_chunk(match["thing"])
        # 增加值占国内生产总值比重: the whole is the rate's name.
        return thing + match["named"] if thing and match["named"] else thing
    if _OBJECT_OF.search(left) and (right := right_phrase(text, count, names)) and not WEAK.match(right):
        return right
    bounds = list(BOUND.finditer(left))
    if bounds and _FOR_OTHERS.search(left[: bounds[-1].start()]) and (right := right_phrase(text, count, names)):
        return right
    if bounds:
        bounded = left[: bounds[-1].start()]
        named = last_chunk(bounded) or last_chunk(without_tail(bounded)) or last_chunk(without_tail(left))
        return named or _used_for(text, count)
    if (
        left.endswith("的")
        and names.wall_before(count.start) < count.start - 1
        and (owner := last_chunk(without_tail(left)))
    ):
        equals = _EQUALS.match(left)
        return (last_chunk(equals[1]) if equals else None) or owner
    if rate:
        return last_chunk(rate) or rate
    if (shared := _SHARED_SUM.match(left)) and (sum_ := last_chunk(without_tail(shared[1]))):
        return sum_
    if not last_chunk(without_tail(left)) and (aim := _used_for(text, count)):
        return aim
    subject = first_break(left) or 0
    named = last_chunk(left[:subject]) if subject > 1 else None
    return (
        (named if named and not _NOTHING.match(named) else None)
        or left_phrase(text, count, names, clause_start)
        or right_phrase(text, count, names)
    )


def _used_for(text: str, count: Mention) -> str | None:
    """What a share is put aside for (``拿出30%专门用于招聘毕业生``)."""
    aim = _USED_FOR.match(text, count.end)
    return last_chunk(aim[1]) if aim else None
