"""What a count counts where its own clause does not name it: handed down by the count, clause or heading before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from extractors.figures.clauses import clause_start
from extractors.figures.noun_phrases import AVERAGES, MARKER, Names, first_break, last_chunk, without_tail
from extractors.model import Mention

__all__ = [
    "Above",
    "group_in",
    "handed_down",
    "is_shared_out",
    "own_item",
    "payment_above",
    "rate_before",
    "subject_of",
]

_MONEY = frozenset(("元", "美元", "欧元", "港元"))
_PEOPLE = frozenset(("人", "名", "位"))
_HOUSEHOLDS = frozenset(("户", "人"))
_SIZES = frozenset(("金额", "期限", "时限", "数量", "比例", "时间", "额度"))
_RATES = frozenset(("标准", "额度", "金额", "限额"))
_PAYMENTS = (
    r"养老金|抚恤金|护理费|生活费|补贴|补助|津贴|奖励|奖补|补偿|救助金|奖金|优惠|待遇|安家费|资助|购置税|契税"
    r"|消费券|购房券"
)
_PAYMENT = re.compile(rf"[一-鿿]{{0,16}}?(?:{_PAYMENTS})(?![一-鿿]{{0,4}}(?:办法|政策|对象|条件|期间|范围))")
_PAID_AFTER = re.compile(rf"的?[一-鿿]{{0,6}}(?:{_PAYMENTS}|罚款|罚金|滞纳金|保证金)")
_LEADING_UNIT = re.compile(r"^[元万亿]+")
_FROM = re.compile(r"(?:已|并)?[从由]")
# 每人每月60元: what is paid to each is named elsewhere.
_TO_EACH = re.compile(r"每(?:[人户月年日天次床套辆餐张平]|平方米)[^，。；：]{0,10}$")
_SUMMED = re.compile(r"(?:合计|共计|总计|总额|总共|共)(?:约|达|为)?$")
_SHARED_OUT = re.compile(
    r"(?:个人|财政|单位|企业|基金|保险|政府|[省市县区]级?)(?:（[^（）]*）)?[一-鿿]{0,3}(?:承担|负担|分担|支付|出资)(?:其余|剩余)?$"
)
_SUBJECT_REACH = 24
_PAID_REACH = 120
_PART_OF_SUM = re.compile(
    r"(?:^|由|其中)(?:国家|中央|地方|中央财政|省财政|市财政|[省市县区])(?:安排|解决|筹措|补助|投资|拨付)$"
)
_ONLY_BOUNDS = re.compile(
    r"(?:但|且|并|原则上|应|一般)*(?:不(?:得|应|能|宜)?(?:少于|低于|超过|高于|小于|大于)|控制在|保持在)"
)
_RATE = re.compile(r"[一-鿿]{2,20}?(?:比例|占比|比重|率)(?![一-鿿]{0,2}[的和])")
# 吉林森工集团各4个: who has them, not what is counted.
_HOLDERS = re.compile(r"(?:集团|兵团|公司|总局)$|^(?!示范|试点|重点|中心|特色)[一-鿿]{1,4}(?:街道|(?<!乡)镇|乡)$")
_PAYEES = ("职工", "家庭", "个人", "人才", "群体", "老人", "老年人", "人员", "对象", "毕业生", "学生")
_LISTED = re.compile(
    r"([一-鿿]{2,16}(?:(?:、|和|与|及)[一-鿿]{2,16}){1,6}?)(?:数量|人数|总数)?分别(?:为|达到?|有|是|占|新增|完成|增长|下降|提高|降低|控制在|保持在|增加|减少|上升)"
)
_JOINTS = re.compile(r"、|和|与|及")
_PLACE = re.compile(
    r"[省市县区州旗镇乡村国]$|街道$|社区$|地区$|三角|京津冀|新城|新区|[开经高]发?新?区|流域|平原|集团$|兵团$|同比"
)
_OF_WHICH = re.compile(r"^(?:其中|以上|上述|另有|还有)")
_WHO_HAVE = re.compile(r"的(?:有|为|达|占|共|约|计)*$")
_BARE = frozenset(
    (
        "户",
        "人",
        "总额",
        "标准",
        "总数",
        "其中",
        "采纳",
        "补齐",
        "单处",
        "单套",
        "单户",
        "单个",
        "单项",
        "剩余",
        "现行",
        "争取",
        "至今",
        "其余",
        "余下",
        "最高",
        "最长",
        "增幅",
        "降幅",
        "增速",
    )
)
_NO_SUBJECT = re.compile(
    r"^(?:比|较|同比|环比|与|按|经|对|在|自|以|其|该|他们|全年|一再)|(?:[省市区县旗镇乡]各?|部门|新城|政府|[局委厅])$"
)
_SHORTEST_NAME = 3
_SHORT = 6
_PERSON_ENDS = (*"人员者户民生童工师口量数", "对象", "家庭", "老年", "就业", "岗位")
_WEAK = re.compile(r"^(?:年均|月均|日均|平均|本世纪以来|当年|全年|年度|今年|目前|其中|以上|每[一-鿿]+|人|户)$")


class Above(NamedTuple):
    """What stands above a count: the last count, and whether in its clause or sentence; the last count of each unit in
    its paragraph; the lead of its list; the titles of the document and of its sections, outer first."""

    previous: Mention | None
    in_clause: bool
    in_sentence: bool
    of_units: Mapping[str | None, Mention]
    lead: str
    headings: tuple[str, ...]

    def of_unit(self, *units: str | None) -> str | None:
        """What the last count of one of these units in the paragraph counts."""
        near = [self.of_units[unit] for unit in units if unit in self.of_units]
        last = max(near, key=lambda count: count.start, default=None)
        return last.attributes.get("what") if last else None

    def told(self) -> str | None:
        """What the count before in the same sentence counts."""
        return self.previous.attributes.get("what") if self.previous and self.in_sentence else None


def is_shared_out(text: str, left: str, start: int, above: Above) -> str | None:
    """``县级财政承担一成``, ``由国家安排二千万元``: the sum named before is shared out, not the payer."""
    if _SHARED_OUT.search(left):
        return above.of_unit("元", "%") or subject_of(
            MARKER.sub("", text[start : start + _SUBJECT_REACH].partition("，")[0])
        )
    return above.of_unit("元", "%") if above.in_sentence and _PART_OF_SUM.search(left) else None


def payment_above(text: str, count: Mention, left: str, start: int, above: Above) -> str | None:
    """The payment that an amount for each (``每人每月60元``) or a sum (``合计800万元``) belongs to, as named in the
    sentence before, in the lead of the list, or in a heading."""
    unit = count.attributes["unit"]
    if unit == "%" and without_tail(left) == "":
        return _last_payment(text[start : count.start])
    if unit not in _MONEY or _PAID_AFTER.match(text, count.end):
        return None
    if _SUMMED.search(left) or without_tail(left) == "":
        return above.of_unit(*_MONEY) or _last_payment(text[start : count.start])
    if not _TO_EACH.search(left) or _FROM.match(left):
        return None
    for words in (left, text[start : count.start], above.lead, *reversed(above.headings)):
        if words and (named := _last_payment(words)):
            return named
    return None


def _last_payment(words: str) -> str | None:
    found = [_LEADING_UNIT.sub("", match[0]) for match in _PAYMENT.finditer(words)]
    return (last_chunk(found[-1]) or found[-1][-4:]) if found else None


def handed_down(
    text: str, count: Mention, what: str | None, left: str, start: int, names: Names, above: Above
) -> str | None:
    """``what`` where it names a thing; else what the count, the clause or the heading above names."""
    unit = count.attributes["unit"]
    before = above.of_unit(unit)
    if _OF_WHICH.match(left) and _WHO_HAVE.search(left) and before:
        return before
    if (
        unit in _PEOPLE
        and _OF_WHICH.match(left)
        and (what is None or not (what in left or what.endswith(_PERSON_ENDS)))
    ):
        what = above.of_unit(*_PEOPLE, "人次") or what
    if unit in _PEOPLE and what is not None and not what.endswith(_PERSON_ENDS) and what not in _BARE:
        return group_in(text, count.start - len(left), count.start, names) or what
    if what is not None and before and before != what and _HOLDERS.search(what) and what in left and unit not in _MONEY:
        return before
    if unit in _MONEY and what is not None and what.endswith(_PAYEES) and not _PAYMENT.search(what):
        return _last_payment(text[start : count.start]) or above.of_unit(*_MONEY) or what
    if unit in _MONEY and what in _RATES and (paid := _last_payment(text[start : count.start])):
        return paid
    if what in _SIZES:
        # 提取金额, 延长期限: a size's name takes the act before it along.
        acted = re.search(rf"([一-鿿]{{2}}){what}", left)
        if acted is None and (had := _of_clause_before(text, count.start - len(left), start)):
            return had + what
        paid = above.of_unit(*_MONEY) if what == "期限" and above.in_sentence else None
        return paid or (acted[1] + what if acted and first_break(acted[1]) == 0 else what)
    if what is not None and what not in _BARE and not _WEAK.match(what):
        return what
    if unit in _PEOPLE and (group := group_in(text, start, count.start, names)):
        return group
    if _FROM.match(left):
        clauses = text[start : count.start - len(left)].rpartition("；")[2]
        if grown := last_chunk(MARKER.sub("", clauses.strip("， "))):
            return grown
    if before and before not in _BARE:
        return before
    by_size = unit in _MONEY and above.previous and above.previous.attributes["unit"] not in _MONEY
    near = text[max(0, count.start - _PAID_REACH) : count.start].rpartition("\n")[2]
    if by_size and (paid := _last_payment(near)):
        # 购买90平方米以上的按10000元/套发放: the size decides the sum and is not what is paid.
        return paid
    if above.in_clause and (told := above.told()):
        return told
    return subject_of(left) or (above.told() if unit not in _HOUSEHOLDS else None) or what or _in_heading(above, left)


def _of_clause_before(text: str, clause: int, start: int) -> str | None:
    """What the clause before ends with, which has the size that this one names (``定向招用毕业生，比例…``)."""
    if clause <= start or text[clause - 1] != "，":
        return None
    before = text[max(clause_start(text, clause - 1), start) : clause - 1]
    named = None if before.endswith("的") else last_chunk(before)
    return named if named and len(named) >= _SHORTEST_NAME and before.endswith(named) else None


def group_in(text: str, low: int, high: int, names: Names) -> str | None:
    """The last group of people named there."""
    for end in range(high, low, -1):
        thing = names.by_end.get(end)
        if thing and thing.type == "GROUP" and thing.start >= low:
            return text[thing.start : thing.end]
    return None


def subject_of(words: str) -> str | None:
    """The thing that a clause begins with, before its first verb."""
    words = AVERAGES.sub("", words.lstrip("，。；：、 \n"))
    end = first_break(words)
    if not end or end < 2 or _NO_SUBJECT.search(words[:end]):
        return None
    subject = last_chunk(words[:end])
    return None if subject is None or _WEAK.match(subject) or subject in _BARE else subject


def rate_before(text: str, clause: int) -> str | None:
    """The rate or subject of the clause before one that only bounds it (``…，但不得少于标准的0.75倍``)."""
    if not _ONLY_BOUNDS.match(text, clause) or text[clause - 1] != "，":
        return None
    before = text[clause_start(text, clause - 1) : clause - 1]
    rates = _RATE.findall(before)
    if rates:
        return last_chunk(rates[-1])
    return last_chunk(before.rpartition("的")[2]) if "的" in before else subject_of(before)


def own_item(clause: str, rank: tuple[int, int]) -> str | None:
    """Of things listed before 分别 the one whose turn it is (``公办、民办机构分别为3家、4家``); places are no things.

    What all of them have is named with each (``科技、教育的支出``: ``教育支出``).
    """
    listed = _LISTED.search(clause) if rank[1] > 1 else None
    if listed is None:
        return None
    names, _, head = listed[1].partition("的")
    items = _JOINTS.split(names)
    if len(items) != rank[1] or any(_PLACE.search(item) for item in items):
        return None
    item = items[rank[0]]
    own = item[: first_break(item)] if rank[0] else last_chunk(item.lstrip("年月日"))
    return own + head if own and len(own) > 1 else None


def _in_heading(above: Above, left: str) -> str | None:
    """What the innermost heading names behind its verb (``发展老年食堂``), for a clause without a noun."""
    named = last_chunk(above.headings[-1]) if above.headings else None
    if named is None or len(named) < _SHORTEST_NAME or above.headings[-1] == named or len(without_tail(left)) > _SHORT:
        return None
    return named
