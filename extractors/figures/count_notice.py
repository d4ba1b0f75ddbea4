"""What a notice says by a figure that no other rule has placed: rates it sets, work it asks for, how things are."""

from __future__ import annotations

import re

from extractors.figures.count_conditions import Surroundings

__all__ = ["POINTS", "RATIOS", "kind_in_notice"]

POINTS = frozenset(("百分点", "个基点", "基点", "BP", "个点"))
RATIOS = POINTS | {"%", "‰", "倍"}
_DRIVE = re.compile(
    r"(?<![累已共])(?:实现|新增|培育|打造|推进|更新|落实|遴选|争取|抽检|抽查|督导|配备|达到|引进|完成|新建|改造|建成|建设|创建|组建|培训|开发|抓好|带动|募集|招录|招聘|选派|确定)"
)
_DUTY = re.compile(r"要(?![求素件点义])|应(?![急对用])|须(?!知)|必须|不得|确保|力争|不低于|不少于|不超过")
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
_AIMED_AT = re.compile(
    r"(?:完成|带动|实现|新增|力争|争取|引进|培育)[^，。；]{0,16}(?:投资|产值|销售额|收入|营收|规模|资金)$"
)
_CREDIT = re.compile(r"资金|费用|首付|上浮|贷款|缴存|补贴|面积|容积|绿地|密度|出资|承担|报销|支付|总额|额定|税|价")


def kind_in_notice(unit: str | None, bounded: bool, near: Surroundings, what: str | None) -> str:
    """A notice sets rates and terms, asks for work to be done, and tells how things stand."""
    if unit == "元" and _AIMED_AT.search(near.clause):
        return "target"
    if unit in RATIOS:
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
