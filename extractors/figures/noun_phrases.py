"""The noun phrase beside a figure: what stands before it up to a verb or particle, and what follows it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from extractors.model import Mention
from ontology import table

__all__ = [
    "AVERAGES",
    "MARKER",
    "Names",
    "beyond_verb",
    "ends_in_verb",
    "first_break",
    "last_chunk",
    "left_phrase",
    "right_phrase",
    "without_tail",
]

# Between the phrase and its number: 达, 共有, 每人每月, 原则上 … in any order. No alternative is a chain of others, so
# that a run of them is read in one way only.
_TAIL = re.compile(
    r"(?:年满|月?人均|户均|达|到|了|为|是|约|共|有|共计|总计|合计|累计|至|的|各|均|已|仅|只|在|按|以|"
    r"每(?:[人户年月日天次张床名家个套平亩位件项周]|学年|学期|季度|半年|小时|平方米|批次)|每[百千万\d]+[名户人张个]|"
    r"每[\d一二两三四五六七八九十]+(?:个?月|年|季度|学期|学年|周|日)|(?:进行|举行|开展|组织|召开|举办|安排|实施)(?=$)|"
    r"(?<=[由从])(?:原|现)(?:来|有|行|定|规定|标准|政策)*|调[高低]至?|也?(?<![成造迁])就|(?<!人)才|一般|原则上|不得|不|应|应当|分别|年均|月均|平均|最[高低多长短大小少]|至少|近|超|超过|再|仍|总数|(?<!总)数量|总量|(?<=[款费])额|(?<=资金)额|(?<!总)人数|"
    r"[:： ]|占|可|给予|提供|予以|须|需|并处|(?<!单)处|于|(?<![净层檐限身])高|(?<!净)宽|控制|限制|"
    r"增至|降至|提高|设定|确定|统一|"
    r"(?<![事董部局处院校市县区镇乡村行会组站队班厂所科州省团师首家社书])长|"
    r"相应|持续|连续|历时|为期|一式|满|从|由|和|与|及|、|等)+$"
)
MARKER = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十]{1,3}(?:是|、)|\d{1,2}[.、]"
    r"|第[一二三四五六七八九十百\d]+[条章项款] ?| )+"
)
_HEAD = re.compile(
    r"^(?:本[省市区县州](?![一-鿿]{0,1}$)|[月年季]末|改造(?=(?:农村|城镇|老旧|棚户|危)[一-鿿])|只[能可]|才能|方可|的|及|和|与|等(?=[一-鿿]{2})|或者?|以上|左右|但|并|且|其(?![他中余它次])|该|本|所|各类?(?!自)|有关|相关|全[省市区县国州]|我[省市区县国州]|当地|"
    r"年均|月均|总(?![额数量计产面人规投资])|共|累计|新增|新建|市级|/[一-鿿]{1,3}|[“”、 ]|[A-Za-z]+$)+"
)
# 360元/平方米购房补贴: what it is per stands between. 造林（草）合作社: a variant in brackets belongs to the noun.
_RIGHT = re.compile(
    r" ?(?:（[^（）\n]{1,12}）)?(?:/ ?(?:平方米|㎡|m2|[人户月年日天次套张床个亩间项家台辆名位孩](?![数均才])))*"
    r"(?:左右|以上|以下|以内)?的? ?(?P<quote>[“\"][^”\"\n]{1,20}[”\"])?"
    r"(?P<phrase>[^，。；：、！？（）“”《》〈〉【】〔〕\n\d…/ +×]{0,24}"
    r"(?:（(?!见|详|含|附|或|不)[一-鿿、]{1,3}）[一-鿿]{2,8})?)"
)
# 具有自主知识产权的品牌: the noun follows what qualifies it.
_QUALIFIED = re.compile(r"(?:具有|有|拥有|符合|达到|从事|参加|享受|需要)[^，。；\n]{1,24}的([^，。；：、\n的]{2,16})")
# 未按期开工的土地, 尚未关闭的遗留项: a clause that begins with a verb qualifies the noun after 的.
_CLAUSE_THEN_NOUN = re.compile(
    r" ?[^，。；：、\n\d的至到]{2,24}的((?![〇零一二两三四五六七八九十百千万亿])[^，。；：、\n\d的]{2,16})"
)
# 特困人员供养机构: the group is only part of the name; in 寄宿学生补助了 a verb follows it.
_NAMED_FOR = re.compile(
    r"家庭|机构|中心|服务|设施|组织|协会|子女|代表|之家|床位|公寓|宿舍|食堂|供养|护理|照护|照料|养护|康复|福利|专业|企业|岗位|群体|人口|对象"
    r"|活动|大学|学校|驿站|托养|日间|健身|文体|用房|信息|数据|证"
)
# 144平方米以下新建商品住房: the participle belongs to the noun.
_NEW = re.compile(r"(?:新建|改建|扩建|在建|存量)(?=[一-鿿]{2}(?!了|于))")
_OURS = re.compile(r"(?:我|全|本)[国省市区县州]")
_QUOTING_VERB = re.compile(r"(?:备案|发布|公布|签订|推出|设立|评为|取得|颁发)$")
_ASIDE = re.compile(r"(?:（[^（）]*）?|[〔“])$")
_QUOTED_BEFORE = re.compile(r"“([^“”，。；]{2,16})”$")
_AFTER_DIGITS = re.compile(r"^.*\d(?:[%‰年月日号岁]|个月|平方米|[万亿]?元|㎡)?(?:及?以[上下内])?")
# 家庭最高贷款额度: a ceiling is named from 最高 on; whose size it is does not belong to its name (职工家庭首付款比例).
_CEILING = re.compile(
    r"(?<=.)(?:最[高低长][一-鿿]{2,8}?|(?:贷款|提取|补贴|补助|奖励|支付|报销)最[高低长])(?:额度|限额|比例|标准|利率|年限|期限)$"
)
_OWN_SIZE = re.compile(
    r"[一-鿿]{0,8}?(?:职工|家庭|夫妻双方|缴存人|借款人|居民|人员|人才)"
    r"(?=(?:(?:住房)?(?:公积金)?(?:贷款|首付款?|提取|可贷|缴存|购房补贴)[一-鿿]{0,4}|最[高低])(?:额度|比例|限额|上限)$)"
)
# 造成86名矿工遇难, 约1亿农业转移人口落户城镇: what befalls or is done by those counted.
_BEFALLS = re.compile(r"(?<=[一-鿿]{2})(?:遇难|死亡|受伤|失踪|被困|获救|受灾|落户|(?:组成|构成)$)(?!人)")
AVERAGES = re.compile(r"人均|户均|年均|月均|平均")
_LONGEST = 24
_LONGEST_LIST = 8
_ONE_CHARACTER = frozenset("村县市区镇乡人家户省国州")
# Particles, where they are not part of a noun (行为, 国有, 供应, 从业人员).
_PARTICLES = (
    r"(?<![行认人作因成])为(?![民主])|(?<![国所私公富拥享持具共特专含])有(?![关效限机色序偿害毒])"
    r"|(?<![存潜现所])在(?![校职编册岗建线读])|(?<![应绝针])对(?![象口])|(?<!平)和(?![谐平解])|(?<!参)与(?!会)"
    r"|(?<![建开增假私])设(?![施备计立置想法定防区市])|(?<!自)由(?!于)|(?<![关基对])于|以(?![上下内外及色])|(?<![供适反相])应(?![急用届对])|(?<![许认])可(?!再|行|燃|支配|贷)"
    r"|从(?![业事])|将(?![军来])|被(?!服)|把(?!手)|搬(?!迁)|是|及(?!时|格)|或(?!者)|但|而|均(?!衡)|都(?!市)|已|未(?!来|成)|仅|以及"
    r"|也(?!门)|整改(?!要求|意见|措施|任务|问题|事项|项)|了|且|(?<![合归])并(?![购轨网联])|向(?!往)|较(?!大|为)|还(?!款)"
)


# 增加值, 完成率, 覆盖面, 保留价: the verb is part of a noun.
_NO_VERB = r"(?![率值价]|费(?!用)|金(?![额融])|款(?!项)|额(?!度)|量(?!化)|度(?![过假])|面(?!积|向|临))"
# 贷款最高限额, 最低首付款比例, 最高提取额度: neither 最高 nor the verb in the name of a ceiling ends a phrase.
_NO_LIMIT = (
    r"(?!最[高低][一-鿿]{0,6}?(?:额度|限额|比例|标准|利率|年限|期限))"
    r"(?!(?<=最[高低])[一-鿿]{2,4}(?:额度|限额|比例|标准|利率|年限|期限))"
)


class Names(NamedTuple):
    """Mentions that name things, by their starts and ends, and where phrases end."""

    by_start: dict[int, Mention]
    by_end: dict[int, Mention]
    walls: list[int]
    counts: dict[int, Mention]
    times: dict[int, int]

    @classmethod
    def of(cls, mentions: list[Mention]) -> Names:
        """Groups and programs name what is counted; places, times and other counts end a phrase."""
        things = [m for m in mentions if m.type in ("GROUP", "PROGRAM") and not m.attributes.get("nested")]
        walls = sorted(m.end for m in mentions if m.type in ("REGION", "TIME", "AGENCY", "COUNT"))
        counts = {m.start: m for m in mentions if m.type == "COUNT"}
        times = {m.end: m.start for m in mentions if m.type == "TIME"}
        return cls({m.start: m for m in things}, {m.end: m for m in things}, walls, counts, times)

    def wall_before(self, position: int) -> int:
        """The end of the last place, time, body or count that ends at or before ``position``."""
        index = bisect_right(self.walls, position)
        return self.walls[index - 1] if index else 0

    def end_of_list(self, text: str, count: Mention) -> int:
        """The end of the last count that ``count`` is joined to (``1.8级和2.5级地震``)."""
        for _ in range(_LONGEST_LIST):
            linked = self.counts.get(count.end + 1)
            if linked is None or text[count.end] not in "和、与及或至":
                break
            count = linked
        # 85本120多万字的笔记: two measures of one thing.
        second = self.counts.get(count.end)
        return second.end if second and text[second.end : second.end + 1] == "的" else count.end


@cache
def _breaks() -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("phrase_breaks")), key=len, reverse=True)
    return re.compile(f"{_NO_LIMIT}(?:{'|'.join(map(re.escape, words))}){_NO_VERB}|" + _PARTICLES)


def without_tail(phrase: str) -> str:
    """The phrase without the words that lead over to its number."""
    return _TAIL.sub("", phrase)


def first_break(phrase: str, start: int = 0) -> int | None:
    """Where the first verb or particle of a phrase stands, from ``start`` on."""
    match = _breaks().search(phrase, start)
    return match.start() if match else None


def ends_in_verb(phrase: str) -> bool:
    """Whether a verb ends the phrase, so that what follows is its object."""
    ends = [match.end() for match in _breaks().finditer(phrase)]
    return bool(ends) and ends[-1] == len(phrase)


_ADVERBS = frozenset(("分别", "统一", "逐步", "再"))
# 贷款额度在可贷额度的基础上增加: what a change starts from is not what changes.
_BASIS = re.compile(r"在[^，。；在]{2,20}基础上")
# 或者价值总额达到: another case begins, no noun of this one.
_OTHER_CASE = re.compile(r"或者?|以及|并且?|且")


def last_chunk(phrase: str) -> str | None:
    """The last run of a phrase that holds no verb or particle."""
    if basis := _BASIS.search(phrase):
        phrase = phrase[: basis.start()] + phrase[basis.end() :]
    start, end = 0, len(phrase)
    found = [match.span() for match in _breaks().finditer(phrase)]
    if found and found[-1][1] == end:
        end = found.pop()[0]
        if found and found[-1][1] == end and phrase[slice(*found[-1])] in _ADVERBS:
            end = found.pop()[0]
    if found:
        start = found[-1][1]
    chunk = _HEAD.sub("", _AFTER_DIGITS.sub("", phrase[start:end]).strip('“”‘’"（）〔《》 、'))
    if len(chunk) > _LONGEST:
        # Never from the middle of a word where a list offers a joint.
        joint = chunk.find("、", len(chunk) - _LONGEST)
        chunk = chunk[joint + 1 :] if joint >= 0 else chunk[-_LONGEST:]
    chunk = chunk.removesuffix("基础上").removesuffix("的")
    if ceiling := _CEILING.search(chunk):
        chunk = ceiling[0]
    if owner := _OWN_SIZE.match(chunk):
        chunk = chunk[owner.end() :]
    return chunk if len(chunk) > 1 else None


def left_phrase(text: str, count: Mention, names: Names, clause_start: int) -> str | None:
    """The phrase before the count in its clause, bounded by the last place, time, body or count there."""
    if (thing := names.by_end.get(count.start)) and thing.start >= clause_start:
        return text[thing.start : thing.end]
    if quoted := _QUOTED_BEFORE.search(text, clause_start, count.start):
        return quoted[1]
    start = max(clause_start, names.wall_before(count.start))
    phrase = without_tail(_ASIDE.sub("", text[start : count.start]))
    if not phrase and (time := names.times.get(start)) is not None and time > clause_start:
        # 通车里程由1997年的123万公里: the time stands between.
        phrase = AVERAGES.sub("", without_tail(text[max(clause_start, names.wall_before(time)) : time]))
    return last_chunk(phrase) if phrase else None


def right_phrase(text: str, count: Mention, names: Names) -> str | None:
    """The phrase after the count, up to a verb, particle or mark; a group or program named there before all."""
    match = _RIGHT.match(text, names.end_of_list(text, count))
    if match is None or not (match["phrase"] or match["quote"]) or _OTHER_CASE.match(match["phrase"]):
        return None
    start = match.start("phrase")
    thing = names.by_start.get(start)
    if thing and not (thing.type == "GROUP" and _NAMED_FOR.match(text, thing.end)):
        return text[thing.start : thing.end]
    phrase = match["phrase"]
    new = _NEW.match(phrase)
    phrase = phrase[: first_break(phrase, new.end() if new else 0)].strip()
    if befalls := _BEFALLS.search(phrase):
        phrase = phrase[: befalls.start()]
    if _OURS.fullmatch(phrase) and (clause := _CLAUSE_THEN_NOUN.match(text, start)):
        return clause[1][: first_break(clause[1])] or None
    if not phrase:
        return match["quote"].strip('“”"') if match["quote"] else None
    for end in range(start + len(phrase), start + 1, -1):
        if (thing := names.by_end.get(end)) and thing.start >= start:
            if thing.type == "GROUP" and end < start + len(phrase):
                if _NAMED_FOR.match(text, end):
                    break
                return text[start:end]
            if thing.type == "PROGRAM" and thing.start > start + 1:
                # 2项成果某某奖: what is counted stands before the name of what it won.
                return text[start : thing.start]
            return text[thing.start : thing.end]
    if len(phrase) > 2 and text[start + len(phrase) : start + len(phrase) + 1] in ("“", "《"):
        # 37家机构备案“护理员”资质: the verb before the quotation is none of the noun.
        phrase = _QUOTING_VERB.sub("", phrase)
    if len(phrase) > 2 and (others := _others_of_kind(text, start + len(phrase), phrase[-2:])):
        return phrase + others
    return phrase[:16] if len(phrase) > 1 or phrase in _ONE_CHARACTER else None


def _others_of_kind(text: str, end: int, head: str) -> str:
    """The rest of a list whose members bear one head noun and are counted together: 养老机构、护理机构和医养机构."""
    if text[end : end + 1] not in ("、", "和", "与", "及"):
        return ""
    others = f"(?![一二两三四五六七八九十])[一-鿿]{{1,8}}?{head}"
    listed = re.compile(f"(?:、{others})*(?:和|与|及|以及){others}").match(text, end)
    return listed[0] if listed else ""


def beyond_verb(text: str, count: Mention) -> tuple[str | None, bool]:
    """The object of the verb that follows a count (``2万余人次参与认定``); true where a clause with 的 qualifies it."""
    if qualified := _QUALIFIED.match(text, count.end):
        return qualified[1][: first_break(qualified[1])] or None, True
    match = _RIGHT.match(text, count.end)
    verb = _breaks().match(match["phrase"]) if match and not _OTHER_CASE.match(match["phrase"]) else None
    if match is None or verb is None:
        return None, False
    if clause := _CLAUSE_THEN_NOUN.match(text, count.end):
        noun = clause[1][: first_break(clause[1])]
        if len(noun) > 1 and text[count.end] != "的":
            return noun, not _is_named_before(text, count)
    rest = match["phrase"][verb.end() :]
    rest = rest[: first_break(rest)]
    return (rest if len(rest) > 1 else None), False


def _is_named_before(text: str, count: Mention) -> bool:
    """Whether a noun stands right before the count (``养老机构37家``), so that none is looked for behind it."""
    before = text[max(0, count.start - 8) : count.start]
    run = re.search(r"[一-鿿]+$", before)
    if run is None or without_tail(run[0]) != run[0]:
        return False
    chunk = last_chunk(run[0])
    return chunk is not None and len(chunk) > 2 and run[0].endswith(chunk)
