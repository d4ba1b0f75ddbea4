"""What a count counts: the shortest phrase beside it that names the thing."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from extractors.clauses import sentence_start
from extractors.model import Mention
from ontology import table

__all__ = ["Names", "what_of"]

_RATE = re.compile(
    r"[一-鿿]{0,6}?(?:(?<![效功频])率|比例|占比|比重|份额|增速|增幅|满意度|知晓度|系数|指数|浓度|密度)(?=[^，。；]{0,14}$)"
)
_GROWTH = re.compile(
    r"(?P<thing>[^，。；：]*?)(?:年均|月均|同比|环比|平均|[比较][^，。；]{0,8})*"
    r"(?:增长|增加|提高|上升|下降|减少|降低|上浮|下浮|上调|下调|提升|上涨|下跌|回落|增幅|降幅|缩短|压减|压缩)[^，。；]{0,6}$"
)
_ACCOUNTS = re.compile(r"(?P<thing>[^，。；：]{2,20}?)(?:约|大约)?占[^，。；]{0,20}$")
_DISTANCE = re.compile(r"(?:[东南西北]{0,2}距离?|相距)[^，。；]{1,20}$")
_BOUND_WORD = re.compile(
    r"不(?:得|应|能|宜|可)?(?:少于|低于|小于|短于|超过|高于|大于|多于|长于)|(?<=.)(?:达到|(?:超过|低于|高于|至少|最多)(?=.*的$))"
)
_TAIL = re.compile(
    r"(?:达到了?|达|为|是|约|共有?|共计|总计|合计|累计|有|了|至|到|的|各|均|已|仅|只|在|按|以|(?:每(?:[人户年月日天次张床名家个套平亩位件项周]|学年|学期|季度|半年|小时|平方米|批次))+|每[\d半一二两三四五六七八九十]*(?:个?月|年|季度|学期|学年|周|日)(?:至少|应当)?(?:进行|举行|开展|组织|召开|举办|安排|实施)?|一般|原则上|不得|不|"
    r"应当?|分别|年均|月均|平均|最高|最低|最多|至少|近|超过?|再|总数|数量|总量|总计|(?<=[款金费])额|人数|[:： ]+|占|可|给予|提供|予以|须|需|并处|"
    r"(?<!单)处|处以|于|高|长|宽|控制|限制|增至|降至|提高|设定|确定|统一|持续|连续|历时|为期|满|从|由|和|与|及|、|等)+$"
)
_MARKER = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}(?:是|、)|\d{1,2}[.．、]|第[一二三四五六七八九十百\d]+[条章项款][ ]?|[ ])+"
)
_HEAD = re.compile(
    r"^(?:的|及|和|与|或者?|以上|左右|但|并|且|其|该|本|所|各类?(?!自)|有关|相关|全[省市区县国州]|我[省市区县国州]|当地|年均|月均|总(?![额数量计产面人])|共|累计|新增|新建|市级|[ ]|/[一-鿿]{1,3}|[“”、]|[A-Za-z]+$)+"
)
_RIGHT = re.compile(
    r"[ ]?(?:（[^（）\n]{1,12}）)?(?:左右|以上|以下|以内)?的?[ ]?(?P<quote>[“\"][^”\"\n]{1,20}[”\"])?"
    r"(?P<phrase>[^，。；：、！？（）“”《》〈〉【】\n\d…/ ]{1,24})"
)
_WEAK = re.compile(r"(?:标准|比例|范围|幅度|价格|金额|额度|速度|规模|时间|期限|以|内|间|左右|人民币|较|更|很|最|前|后|方面|以)")
_MONEY_NAME = re.compile(r"[一-鿿]{0,10}?(?:资金|补贴|补助|奖励|罚款|津贴|贷款|保险|费用|经费|救助金|奖金|保证金|金|费|款|红包|消费券|收入|损失)")
_PAYMENT = re.compile(r"[一-鿿]{0,6}?(?:补贴|补助|津贴|奖励|资金|救助金|罚款|补偿|待遇|保险费|费用|奖金|安家费|额度|贷款)(?![一-鿿]*(?:办法|政策))")
_SIZE_NAME = re.compile(r"[一-鿿]{0,4}(?:水位|高度|长度|宽度|深度|面积|距离|范围|半径|高程|厚度|容量|用房|土地|耕地|用地|道路|管网|管道)")
_QUALIFIED = re.compile(r"(?:具有|有|拥有|符合|达到|从事|参加|享受|需要)[^，。；\n]{1,24}的([^，。；：、\n的]{2,16})")
_PAID = re.compile(r"的?([一-鿿]{0,4}(?:罚款|补贴|补助|奖励|滞纳金|违约金|赔偿金|利息|罚金|优惠))")
_POINT_OF_TIME = re.compile(r"(?:[后前内中时起止]|之日|期间|以来)$")
_COMPOUNDS = (
    r"(?<![行认人作因成])为(?![民主])|(?<![国所私公富拥享持具共特专含])有(?![关效限机色序偿害毒])|(?<![存潜现所])在(?![校职编册岗建线读])"
    r"|(?<![应绝针])对(?![象口])|(?<!平)和(?![谐平解])|(?<!参)与(?!会)|(?<!自)由(?!于)|(?<![关基对])于|以(?![上下内外及色])"
    r"|(?<![供适反相])应(?![急用届对])|(?<![许认])可(?![再行燃])|从(?![业事])|将(?![军来])|被(?!服)|把(?!手)|是|及(?!时|格)|或(?!者)|但|而"
    r"|均(?!衡)|都(?!市)|已|未(?!来|成)|仅|以及|了|且|向(?!往)|较(?!大|为)|还(?!款)"
)
_ACTION = re.compile(
    r"(?:作出|做出|予以|提出|办理|完成|报送|公布|公示|移交|答复|备案|申请|登记|通知|缴纳|整改|送达|审查|审核|审批|批准|受理|支付|发放|缴存|报告"
    r"|书面|告知|返还|提供|开展|组织|进行|召开|实施|检查|培训|评估|监测|巡查|清理|拆除|改正|恢复|搬迁|领取|换发|补发|上报|录入|查验|验收|处理"
    r"|处置|反馈|回复|移送|转交|签订|退还|注销|变更|延续|行政处罚|有期徒刑|拘役|管制|拘留|停业|暂扣|保存|保管|保留|存续|不得)[一-鿿]{0,8}"
)
_SHARES = frozenset(("%", "‰", "‱", "倍", "个百分点", "百分点", "个基点", "基点", "BP", "折"))
_PERIODS = frozenset(
    ("年", "月", "日", "天", "周", "星期", "个星期", "小时", "分钟", "秒", "个工作日", "工作日", "个自然日", "个交易日", "季度", "年度")
)
_AGES = frozenset(("岁", "周岁", "月龄"))
_MONEY = frozenset(("元", "美元", "欧元", "港元"))
_ONE_CHARACTER = frozenset("村县市区镇乡人家户省国州")
_MEASURES = frozenset(
    "平方米 平方公里 ㎡ 平方 亩 公顷 米 公里 千米 厘米 毫米 m km cm mm 公分 海里 立方米 吨 公斤 千克 克 毫克 升 毫升 千瓦 兆瓦 级 度".split()
)


class Names(NamedTuple):
    """Mentions that name things, by their starts and ends, and where phrases end."""

    by_start: dict[int, Mention]
    by_end: dict[int, Mention]
    walls: list[int]
    counts: dict[int, Mention]

    @classmethod
    def of(cls, mentions: list[Mention]) -> Names:
        """Groups and programs name what is counted; places, times and other counts end a phrase."""
        things = [m for m in mentions if m.type in ("GROUP", "PROGRAM") and not m.attributes.get("nested")]
        walls = sorted(m.end for m in mentions if m.type in ("REGION", "TIME", "AGENCY", "COUNT"))
        counts = {m.start: m for m in mentions if m.type == "COUNT"}
        return cls({m.start: m for m in things}, {m.end: m for m in things}, walls, counts)

    def wall_before(self, position: int) -> int:
        """The end of the last place, time, body or count that ends at or before ``position``."""
        index = bisect_right(self.walls, position)
        return self.walls[index - 1] if index else 0

    def end_of_list(self, text: str, count: Mention) -> int:
        """The end of the last count that ``count`` is joined to (``1.8级和2.5级地震``)."""
        while (linked := self.counts.get(count.end + 1)) and text[count.end] in "和、与及或至":
            count = linked
        return count.end


@cache
def _breaks() -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("phrase_breaks")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + "|" + _COMPOUNDS)


def what_of(text: str, count: Mention, names: Names, growth: bool, clause_start: int) -> str | None:
    """The thing counted by ``count``, as written; None where its clause does not name it.

    ``clause_start`` is where the clause begins; ``growth`` is true for a change against a base.
    """
    unit = count.attributes["unit"]
    clause_start = max(clause_start, count.start - 60)
    marker = _MARKER.match(text[clause_start : count.start])
    clause_start += marker.end() if marker else 0
    left = text[clause_start : count.start]
    if unit in ("方", "级") and (listed := re.search(r"[一-鿿]+(?:(?:、|和|与)[一-鿿]+)+$", left)):
        first, mark, rest = re.split(r"(、|和|与)", listed[0], maxsplit=1)
        return (_last_chunk(first) or first[-1]) + mark + rest
    if growth and (match := _GROWTH.match(left)):
        return _last_chunk(match["thing"])
    if unit in _SHARES and (paid := _PAID.match(text, count.end)):
        return paid[1]
    if unit in _SHARES and "/" in text[count.start : count.end] + _fraction(text, count):
        return _right(text, count, names) or _of_share(text, left)
    if unit in _SHARES:
        return _of_share(text, left) or _left(text, count, names, clause_start) or _right(text, count, names)
    right = _right(text, count, names)
    if unit in _AGES:
        return right or _left(text, count, names, clause_start)
    if unit in _PERIODS:
        return _of_period(text, count, names, clause_start) or right or _left(text, count, names, clause_start)
    if unit in _MONEY and right and (named := _MONEY_NAME.match(right)):
        return named[0] if right not in names.by_start else right
    if unit in _MONEY or unit in _MEASURES:
        return _of_measure(text, count, names, clause_start, left, right)
    if right and not _WEAK.match(right):
        return right
    qualified = _QUALIFIED.match(text, count.end)
    beyond = _beyond_verb(text, count)
    return (beyond if qualified else None) or _left(text, count, names, clause_start) or beyond or right


def _fraction(text: str, count: Mention) -> str:
    """``/`` where a share is written as a fraction (三分之二以上的代表): what it is a share of follows it."""
    written = text[count.start : count.end]
    return "/" if "分之" in written and not any(of in written for of in ("百分之", "千分之", "万分之")) else ""


def _of_share(text: str, left: str) -> str | None:
    rate = None
    for rate in _RATE.finditer(left):
        pass
    if rate and not rate[0].endswith(("的比例", "比例")):
        return _last_chunk(rate[0]) or rate[0]
    if match := _ACCOUNTS.search(left):
        return _last_chunk(match["thing"])
    if bound := _BOUND_WORD.search(left):
        return _last_chunk(left[: bound.start()]) or _last_chunk(_TAIL.sub("", left))
    if rate:
        return _last_chunk(rate[0]) or rate[0]
    subject = _breaks().search(left)
    if subject and subject.start() > 1:
        return _last_chunk(left[: subject.start()])
    return None


def _of_period(text: str, count: Mention, names: Names, clause_start: int) -> str | None:
    phrase = _left(text, count, names, clause_start)
    if phrase and not _POINT_OF_TIME.search(text[clause_start : count.start]) and text[count.end : count.end + 1] not in "前后":
        return phrase
    clause = re.match(r"[^，。；\n]{0,40}", text[count.end : count.end + 40])
    action = _ACTION.search(clause[0]) if clause else None
    return action[0] if action else None


def _of_measure(text: str, count: Mention, names: Names, clause_start: int, left: str, right: str | None) -> str | None:
    if distance := _DISTANCE.search(left):
        return _TAIL.sub("", distance[0]) or distance[0]
    if right and (size := _SIZE_NAME.match(right)):
        return size[0]
    if bound := _BOUND_WORD.search(left):
        before = _last_chunk(_TAIL.sub("", left[: bound.start()]))
        if before:
            return before
    if right and not _WEAK.match(right) and not (count.attributes["comparator"] != "eq" and text.startswith("的", count.end)):
        return right
    phrase = _left(text, count, names, clause_start)
    if phrase or (right and not _WEAK.match(right)):
        return phrase or right
    return _paid_before(text, count) or right


def _paid_before(text: str, count: Mention) -> str | None:
    """The payment that the sentence named before (``给予生活补贴，每人每月3400元``)."""
    if count.attributes["unit"] not in _MONEY:
        return None
    named = None
    start = sentence_start(text, count.start)
    for named in _PAYMENT.finditer(text, max(start, count.start - 60), count.start):
        pass
    return _last_chunk(named[0]) or named[0] if named else None


def _last_chunk(phrase: str) -> str | None:
    """The last run of a phrase that holds no verb or particle."""
    start, end = 0, len(phrase)
    for match in _breaks().finditer(phrase):
        if match.end() < len(phrase):
            start = match.end()
        elif match.start() <= start:
            return None
        else:
            end = match.start()
    chunk = _HEAD.sub("", phrase[start:end].strip("“”‘’\"（）〔 、"))
    return chunk[-16:] if len(chunk) > 1 and not _DIGIT.search(chunk) else None


_DIGIT = re.compile(r"\d")
_ASIDE = re.compile(r"(?:（[^（）]*）?|[〔“])$")


def _left(text: str, count: Mention, names: Names, clause_start: int) -> str | None:
    """The phrase before the count in its clause, bounded by the last place, time, body or count there."""
    start = max(clause_start, names.wall_before(count.start))
    if (thing := names.by_end.get(count.start)) and thing.start >= clause_start:
        return text[thing.start : thing.end]
    phrase = _TAIL.sub("", _ASIDE.sub("", text[start : count.start]))
    return _last_chunk(phrase) if phrase else None


def _right(text: str, count: Mention, names: Names) -> str | None:
    match = _RIGHT.match(text, names.end_of_list(text, count))
    if match is None:
        return None
    start = match.start("phrase")
    if thing := names.by_start.get(start):
        return text[thing.start : thing.end]
    phrase = match["phrase"]
    if broken := _breaks().search(phrase):
        phrase = phrase[: broken.start()]
    phrase = phrase.strip()
    if not phrase:
        return match["quote"].strip("“”\"") if match["quote"] else None
    for end in range(start + len(phrase), start + 1, -1):
        if (thing := names.by_end.get(end)) and thing.start >= start:
            return text[thing.start : thing.end]
    return phrase[:16] if len(phrase) > 1 or phrase in _ONE_CHARACTER else None


def _beyond_verb(text: str, count: Mention) -> str | None:
    """The object of the verb that follows a count (``2万余人次参与认定``)."""
    match = _RIGHT.match(text, count.end)
    verb = _breaks().match(match["phrase"]) if match else None
    if match is None or verb is None:
        return None
    rest = match["phrase"][verb.end() :]
    if qualified := _QUALIFIED.match(text, match.start("phrase")):
        rest = qualified[1]
    broken = _breaks().search(rest)
    rest = rest[: broken.start()] if broken else rest
    return rest if len(rest) > 1 else None
