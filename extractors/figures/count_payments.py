"""Rates and norms among counts: what is paid to each, what each is due at the least, what a thing consists of."""

from __future__ import annotations

import re
from functools import cache

from extractors.model import Mention
from ontology import table

__all__ = ["is_by_standard", "is_norm", "is_price", "is_rate"]

_AMOUNTS = frozenset(("元", "%", "‰", "倍", "年", "月", "折", "美元"))
_PAID = re.compile(
    r"补贴|补助|奖励|奖补|津贴|资助|罚款|额度|标准|安家费|优惠|补偿|返还|贷款|贴息|担保|减征|免征|计征|减按|抵扣|退税|购置税|契税"
    r"|消费券|使用券|给予|首付|利率|缴[存纳]|可贷|提取|待遇|费用|见习|期限|每人每[月年天日次]|每床|分担|承担|负担|税费?率|违约金|保证金"
)
_PAID_AFTER = re.compile(
    r"[^，。；\n]{0,16}?(?:给予|计征|的?(?:标准|比例)|补贴|补助|奖励|贷款|罚款|分担|承担|安家费|资助|购置税|返还"
    r"|消费券|使用券|支持|见习|保险[金费]|缴费)"
)
_SPENT = re.compile(
    r"总投资|投资额?$|投入|筹集|规模|合计|共计|总额|[募发]行|营业收入|产值|增加值|销售额|到账|拨付$|下达"
    r"|余额|净"
)
# 每周探访不少于1次, 单户改造项目不少于5项: what each is due.
_EACH_PAID = re.compile(r"每[人户床张名套辆][一-鿿]{0,2}(?:补助|补贴|奖励)[^，。；]{0,4}$")
_EACH = re.compile(r"(?:每[一-鿿\d]{1,6}|单[户次个床人位处]|人均|户均)[^，。；]{0,20}$")
_EACH_PLACE = re.compile(r"每(?:个?[省市县区州旗镇乡街]|地)|每[个所家]?[^，。；]{0,4}(?:地区|试点|乡镇|街道|县|市|区)")
# 每十年左右进行一次, 监测每年开展一次: how often a thing is due.
_EVERY = re.compile(r"每[\d一二两三四五六七八九十]{0,3}个?(?:半?年|月|季度?|周|星期|学[年期]|日|天)度?[^，。；]{0,8}$")
_FREQUENT = frozenset(("次", "小时", "分钟", "学时", "课时", "平方米", "项", "天", "场次"))
# 健康标准优良率达到60%以上: a goal, though a standard is named.
_GOAL_RATE = re.compile(
    r"(?:优良|优秀|合格|达标|覆盖|普及|完成|满意|入住|就业|知晓|参保|治愈|存活|成活|建成)率[^，。；]{0,6}$"
)
_SHARE_OF_MONEY = re.compile(r"(?:资金|经费|财政|收益|基金)[^，。；]{0,16}(?:比例|比重)?[^，。；]{0,4}$")
# 清单包括甲、乙两类共18项; 由三个部分组成.
_CONSISTS = re.compile(r"(?:包括|包含|由|分为|对照|划分|组成|构成)[^。；]*$")
_ONLY = re.compile(r"(?:只|仅|限)[一-鿿]{0,4}$")
_PARTS = frozenset(("类", "项", "部分", "种", "档", "级", "方面"))


# 2000元/平方米, 减按1%的税率: what a thing is paid or taxed at, told by the words beside the number alone.
_PRICED_IN = frozenset(("元", "%", "‰", "倍"))
_PER = re.compile(r" ?/ ?(?:平方米|㎡|m2|[套人户月年天日次床亩个张辆孩])")
_RATED = re.compile(
    r"的?(?:税率|利率|费率|标准(?:给予|发放|补)|给予[^，。；]{0,6}(?:补贴|补助|奖励)|购房补贴|契税补贴|预征|计征|征收)"
)
_BY_STANDARD = re.compile(r"(?:、[^，。；、]{1,12}){0,4}的标准(?!化|体系)")
# 每套3万元的购房补助, 由每月800元调整为每月1200元
_EACH_DUE = re.compile(r"每(?:[套户人床月]|人每[月年])$")
_PRICED = re.compile(
    r"(?:减按|税率为?|利率为?|费率为?|(?<![放付])补贴|补贴标准为?|按|(?<!累计)给予|再补|(?:的|，)奖励|消费券|现金|每[套人户月]补[贴助]?)$"
)


def is_by_standard(count: Mention, after: str) -> bool:
    """``按照本科5万元、专科4万元的标准``: a rate in any document."""
    return count.attributes["unit"] in _PRICED_IN and bool(_BY_STANDARD.match(after))


def is_price(count: Mention, clause: str, after: str) -> bool:
    """Whether the words right beside an amount make it a price, tax or rate of payment."""
    if count.attributes["unit"] not in _PRICED_IN:
        return False
    if count.attributes["unit"] == "元" and _EACH_DUE.search(clause):
        return True
    return bool(_PER.match(after) or _RATED.match(after) or _PRICED.search(clause))


@cache
def _rates() -> re.Pattern[str]:
    words = [row["word"] for row in table("count_kind_cues") if row["kind"] == "standard"]
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def is_rate(count: Mention, clause: str) -> bool:
    """Whether the words before an amount make it a rate in a text that reports: ``每人每月``, ``标准为``."""
    return count.attributes["unit"] in _AMOUNTS and bool(_rates().search(clause) or _EACH_PAID.search(clause))


def is_norm(count: Mention, clause: str, after: str, what: str | None) -> bool:
    """Whether a plan or notice gives or asks this much for each, instead of setting itself a goal."""
    unit, bounded = count.attributes["unit"], count.attributes["comparator"] != "eq"
    if unit in _AMOUNTS:
        if _SPENT.search(clause[-10:]):
            return False
        if unit == "%" and _GOAL_RATE.search(clause):
            return False
        if _SHARE_OF_MONEY.search(clause) and unit == "%":
            return True
        return bool(_PAID.search((what or "") + clause[-16:]) or _PAID_AFTER.match(after))
    if bounded and unit in _FREQUENT and _EACH.search(clause) and not _EACH_PLACE.search(clause):
        return True
    if unit == "次" and _EVERY.search(clause):
        return True
    if _ONLY.search(clause):
        return True
    parts = unit in _PARTS or (unit == "个" and after.startswith("方面"))
    return parts and not bounded and bool(_CONSISTS.search(clause) or _CONSISTS.match(after[:4]))
