"""What a count counts: the shortest phrase beside it that names the thing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from extractors.model import Mention
from ontology import table

__all__ = ["Names", "what_of"]

_RATE = re.compile(
    r"[一-鿿]{0,6}?(?:(?<![效功频])率|比例|占比|比重|份额|增速|增幅|满意度|知晓度|利率|系数|指数|水平|浓度|密度)"
    r"(?=[^，。；]{0,14}$)"
)
_GROWTH = re.compile(
    r"(?P<thing>[^，。；：]*?)(?:年均|月均|同比|环比|平均|(?:[比较][^，。；]{0,8}))*"
    r"(?:增长|增加|提高|上升|下降|减少|降低|上浮|下浮|上调|下调|提升|上涨|下跌|回落|增幅|降幅|缩短|压减)[^，。；]{0,6}$"
)
_ACCOUNTS = re.compile(r"(?P<thing>[^，。；：]{2,20}?)(?:约|大约)?占[^，。；]{0,20}$")
_TAIL = re.compile(
    r"(?:达到了?|达|为|是|约|共有?|共计|总计|合计|累计|有|了|至|到|的|各|均|已|仅|只|在|按|以|每[一-鿿]{1,3}(?:每[一-鿿])?|一般|原则上|不得|不|应当?|分别|年均|月均|"
    r"平均|最高|最低|近|超|再|总数|数量|总量|(?<=[款金费]额)度|人数|[:： ]+|占|可|给予|提供|补助|予以|须|需|并处|处|处以|于|高|长|宽|大于|小于|控制|限制|数|增至|降至|提高|设定|确定|调整)+$"
)
_HEAD = re.compile(r"^(?:的|及|和|与|或者?|以上|左右|，|但|并|且|其|该|本|所|各类?|有关|相关|全[省市区县国州]|我[省市区县国州]|当地|年均|月均|总|共|累计|新增|新建|[ ])+")
_RIGHT = re.compile(r"[ ]?(?:的|左右的|以上的|以下的|以内的)?[ ]?(?P<quote>[“\"][^”\"\n]{1,20}[”\"])?(?P<phrase>[^，。；：、！？（）“”《》〈〉【】\n\d…/ ]{1,24})")
_WEAK = re.compile(r"(?:标准|比例|范围|幅度|价格|金额|额度|速度|规模|时间|期限|以|内|间|左右|人民币)")
_COMPOUNDS = (
    r"(?<![行认人作因成])为(?![民主])|(?<![国所私公富拥享持具共特专含])有(?![关效限机色序偿害毒])|(?<![存潜现所])在(?![校职编册岗建线读])"
    r"|(?<![应绝针])对(?![象口])|(?<!平)和(?![谐平解])|(?<!参)与(?![会])|(?<!自)由(?!于)|(?<![关基对])于|以(?![上下内外及色])|(?<![供适反相])应(?![急用届对])"
    r"|(?<![许认])可(?![再行燃])|从(?![业事])|将(?![军来])|被(?!服)|把(?!手)|是|及(?!时|格)|或(?!者)|但|而|均(?!衡)|都(?!市)|已|未(?!来|成)|仅|以及|了"
)
_ACTION = re.compile(
    r"(?:作出|做出|予以|提出|办理|完成|报送|公布|公示|移交|答复|备案|申请|登记|通知|缴纳|整改|送达|审查|审核|审批|批准|受理|支付|发放|缴存|报告|书面|告知|返还|"
    r"提供|开展|组织|进行|召开|实施|检查|培训|评估|监测|巡查|清理|拆除|改正|恢复|搬迁|领取|换发|补发|上报|录入|查验|验收|处理|处置|反馈|回复|移送|转交|签订|退还|注销|变更|延续|"
    r"行政处罚|行政许可|有期徒刑|拘役|管制|拘留|停业|暂扣|保存|保管|保留|存续)[一-鿿]{0,8}"
)


class Names(NamedTuple):
    """Mentions that name things, by their starts and ends, for a quick look beside a count."""

    by_start: dict[int, Mention]
    by_end: dict[int, Mention]
    walls: list[int]

    @classmethod
    def of(cls, mentions: list[Mention]) -> Names:
        """Groups and programs name what is counted; places, times and bodies end a phrase."""
        things = [m for m in mentions if m.type in ("GROUP", "PROGRAM") and not m.attributes.get("nested")]
        walls = sorted(m.end for m in mentions if m.type in ("REGION", "TIME", "AGENCY", "COUNT"))
        return cls({m.start: m for m in things}, {m.end: m for m in things}, walls)

    def wall_before(self, position: int) -> int:
        """The end of the last place, time, body or count that ends at or before ``position``."""
        index = bisect_right(self.walls, position)
        return self.walls[index - 1] if index else 0


@cache
def _breaks() -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("phrase_breaks")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + "|" + _COMPOUNDS)


def what_of(text: str, count: Mention, names: Names, growth: bool, clause_start: int) -> str | None:
    """The thing counted by ``count``, as written; None where its clause does not name it.

    ``clause_start`` is where the clause begins; ``growth`` is true for a change against a base.
    """
    unit = count.attributes["unit"]
    left = text[max(clause_start, count.start - 60) : count.start]
    if growth and (match := _GROWTH.match(left)):
        return _chunk(match["thing"], len(left) - len(left), count, names, clause_start, text)
    if unit in ("%", "‰", "‱", "倍", "个百分点", "百分点", "个基点", "BP", "折"):
        if rate := _last_rate(left):
            return rate
        if match := _ACCOUNTS.search(left):
            return _last_chunk(match["thing"])
    right = _right(text, count, names)
    if unit in _MEASURED:
        return _left(text, count, names, clause_start) or right or _action(text, count)
    if unit in _PERIODS:
        return _left(text, count, names, clause_start, strict=True) or _action(text, count) or right
    if right and not _WEAK.match(right):
        return right
    return _left(text, count, names, clause_start) or right


_PERIODS = frozenset(["年", "月", "日", "天", "周", "星期", "小时", "分钟", "秒", "个工作日", "个自然日", "个交易日", "季度", "年度"])
_MEASURED = frozenset(
    ["平方米", "平方公里", "㎡", "米", "公里", "厘米", "毫米", "m", "km", "cm", "mm", "千米", "%", "‰", "倍", "级", "周岁", "岁", "元", "万元", "亩", "公顷", "立方米", "吨", "个百分点"]
)


def _last_rate(left: str) -> str | None:
    last = None
    for last in _RATE.finditer(left):
        pass
    return _last_chunk(last[0]) or last[0] if last else None


def _last_chunk(phrase: str) -> str | None:
    """The last run of a phrase that holds no verb or particle."""
    start = 0
    for match in _breaks().finditer(phrase):
        if match.end() < len(phrase):
            start = match.end()
    chunk = _HEAD.sub("", phrase[start:].strip())
    return chunk[-16:] if len(chunk) > 1 else None


def _chunk(phrase: str, shift: int, count: Mention, names: Names, clause_start: int, text: str) -> str | None:
    phrase = phrase.strip()
    return _last_chunk(_TAIL.sub("", phrase)) if phrase else None


def _left(text: str, count: Mention, names: Names, clause_start: int, strict: bool = False) -> str | None:
    """The phrase before the count in its clause, bounded by the last place, time, body or count there."""
    start = max(clause_start, names.wall_before(count.start), count.start - 40)
    phrase = text[start : count.start]
    if not strict and (thing := names.by_end.get(count.start)) and thing.start >= clause_start:
        return text[thing.start : thing.end]
    trimmed = _TAIL.sub("", phrase)
    if not trimmed:
        return None
    return _last_chunk(trimmed)


def _right(text: str, count: Mention, names: Names) -> str | None:
    match = _RIGHT.match(text, count.end)
    if match is None:
        return None
    start = match.start("phrase")
    if thing := names.by_start.get(start):
        return text[thing.start : thing.end]
    phrase = match["phrase"]
    broken = _breaks().search(phrase)
    if broken:
        phrase = phrase[: broken.start()]
    phrase = phrase.strip()
    if not phrase:
        return match["quote"].strip("“”\"") if match["quote"] else None
    for end in range(start + len(phrase), start + 1, -1):
        if (thing := names.by_end.get(end)) and thing.start >= start:
            return text[thing.start : thing.end]
    return phrase[:16] if len(phrase) > 1 or phrase in "村县市区镇乡人家户省国州" else None


def _action(text: str, count: Mention) -> str | None:
    """What is to be done within a period: the act that its clause names after it."""
    clause = re.match(r"[^，。；\n]{0,40}", text[count.end : count.end + 40])
    found = _ACTION.search(clause[0]) if clause else None
    return found[0] if found else None
