"""Instruments by their quotation marks: a verb of carrying out, “a coined name”, and perhaps a head word.

Guidelines 6: where a head word follows, the span takes the quotes with it (“中医药+”行动); where only 品牌,
政策 or 建设 follows, the span is what stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.policy.program_names import Candidate, is_known

__all__ = ["quoted_names"]

_QUOTED = re.compile(r"“([^“”\n，。；：《》？！]{2,18})”")
_VERB = re.compile(
    r"(?:实施|开展|推行|推出|打造|打响|做强|做优|擦亮|举办|办好|推进|推动|深化|落实|建立|形成|探索|用好|实行|启动|提升|拓展|加强|发挥|"
    r"建设|创建|扩大|组织|创新|完善|优化|构建|发展|叫响|唱响)[^，。；：“”《》的和与在]{0,10}$"
)
# 名后没有任何词的，要这些动词紧靠在前。
_COINING = re.compile(
    r"(?:实施|开展|推行|推出|打造|打响|做强|擦亮|举办|办好|启动|创建|提升|拓展|持续|形成)[^，。；：“”《》]{0,5}$"
)
# 由这些动词引出的，引号后须到此为止：实行“认贷不认房”，支持“旧转保”。
_BACKING = re.compile(r"(?:支持|鼓励|推广|探索|试行|实行|参与|推进)[^，。；：“”《》]{0,5}$")
_STOPS = re.compile(r"[，。；、“]|等|$")
_WAYS = re.compile(r"等[一-鿿]{0,6}(?:方式|形式|模式|途径|渠道|标准)")
# 名后有这些词，连引号带后面一起是名字。
_HEAD = re.compile(
    r"[一-鿿]{0,8}?(?:专项行动|行动计划|行动|工程|制度|机制|计划|活动|培训模式|监管制度|服务体系|业体系|集市|大集|超市|驿站|综合服务中心|服务中心|热线|求救电话|具体部署|工作联盟|工作法)"
)
_HEAD_BREAK = re.compile(r"工作(?!联盟|法)|运行|长效|[和与及等的]|实施|开展|推进|推动|提升|建立")
# 名后有这些词，引号内是名字。
_TAIL = re.compile(
    r"[一-鿿]{0,6}?(?:品牌|政策|试点|建设|创建|改革|平台|项目|服务点|赛事体系|供应体系|街区|产业集聚区|赛|节|改造|竞赛|计划|监管|"
    r"应用场景|线上线下)"
)
# 引的是话、状态或泛称的模式，不是工具的名字。
_NOT_AFTER = re.compile(
    r"的|(?:等)?(?:新)?(?:模式|业态|经济|理念|原则|方针|目标|要求|问题|精神|思想|格局|产品|场景|字样|栏目|标志|特色产品|消费能级|意识|自信|重要思想|"
    r"战略布局|现象|式|群体|人员|企业|主义|时期|期间|规划|指标|绿色通道|分子|势力|两个字)"
)
_NOT_INSIDE = re.compile(
    r"\+$|^十佳|^[一二两三四五六七八九十](?:个|位|稳|保|农|风|化|率|高|有|统一|严|不|要|坚持|项)|^[“\d]+$|^[一二三四五六七八九十]+五$|^\d+$|的|[是否]|^第|^以[上下]|^[一两双零]站|服务$|一公里|绿色通道|组合拳|一刀切|一盘棋|卡脖子|"
    r"治港|治澳|两制|减负|^[二三多]孩$|台独|藏独|疆独|港独|四人帮|法轮功|资产阶级|无产阶级|修正主义|半拉子|胡子|面子|豆腐渣|形象|大礼包|—|放得活|管得好|"
    r"样板|瓶颈|高地|之声|窗口|名片|引擎|杀手|牛鼻子|指挥棒|一张图|快车道|主力军|新高地|零距离|零门槛|一站式|[员者]$|起来|经济$|效应$"
)


# “1+3+4+N”后面没有中心词的，说的是布局，不是名字。
_NUMBERS = re.compile(r"[\dN+条]+")
# 反对的事也有名目，不是政策工具。
_OPPOSED = re.compile(r"分裂|阴谋|非法|违法|篡|颠覆|猖狂|邪教|暴乱")
# “1310”具体部署、“5515”行动：只有数字的，后面须是这些词。
_NUMBERED = re.compile("[一-鿿]{0,4}?(?:具体部署|行动|工程|计划)")
# 并列的引号名字共用末尾的词：深化“甲”“乙”建设。
_ROW = re.compile(r"(?:、?“[^“”\n]{2,18}”)*")


def quoted_names(folded: str) -> Iterator[Candidate]:
    """Coined names in quotation marks, in text order."""
    run_end, run_read = -1, False
    for match in _QUOTED.finditer(folded):
        name = match[1]
        joined = run_read and folded[run_end : match.start()] in ("", "、")
        run_end, run_read = match.end(), False
        number = name.isdigit() and _NUMBERED.match(folded, match.end())
        if (_NOT_INSIDE.search(name) and not number) or _NOT_AFTER.match(folded, match.end()):
            continue
        if is_known(name):
            run_read = True  # 表里的名字自己会读到；后面并列的同样是名字
            continue
        head = _HEAD.match(folded, match.end())
        if head and not _HEAD_BREAK.search(head[0]) and not _OPPOSED.search(head[0]) and len(head[0]) <= 10:
            run_read = True
            # 居家适老化改造“焕新”活动：引号前紧接着表里的名字，是一个名字
            before = _joined(folded, match.start())
            yield Candidate(
                before, head.end(), folded[before : match.start()] + name + head[0], "programs.quoted_head", 0.8
            )
        elif "、" not in name and (joined or _is_told(folded, match)):
            tail = _TAIL.match(folded, _end_of_row(folded, match.end()))
            if _NUMBERS.fullmatch(name):
                continue
            if tail or joined or _is_coined(folded, match):
                run_read = True
                yield Candidate(match.start() + 1, match.end() - 1, name, "programs.quoted", 0.7 if tail else 0.6)


def _is_told(folded: str, quoted: re.Match[str]) -> bool:
    """True where a verb of carrying out, or one of backing what stands alone, introduces the quotation."""
    begin = max(0, quoted.start() - 14)
    return _VERB.search(folded, begin, quoted.start()) is not None or _is_backed(folded, quoted)


def _is_coined(folded: str, quoted: re.Match[str]) -> bool:
    return _COINING.search(folded, max(0, quoted.start() - 8), quoted.start()) is not None or _is_backed(folded, quoted)


def _is_backed(folded: str, quoted: re.Match[str]) -> bool:
    backing = _BACKING.search(folded, max(0, quoted.start() - 8), quoted.start())
    if backing is None or not _STOPS.match(folded, quoted.end()):
        return False
    return not _WAYS.match(folded, _end_of_row(folded, quoted.end()))


def _joined(folded: str, at: int) -> int:
    """Where a known name that ends right before ``at`` begins; ``at`` where none does."""
    if not "一" <= folded[at - 1 : at] <= "鿿":
        return at
    return next((start for start in range(max(0, at - 12), at - 3) if is_known(folded[start:at])), at)


def _end_of_row(folded: str, at: int) -> int:
    row = _ROW.match(folded, at)
    return row.end() if row else at
