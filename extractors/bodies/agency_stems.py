"""Bodies written by their field alone: 民政、卫健、医保等部门, 卫生健康主管部门, 区财政, 国务院民政部门."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.bodies.agency_names import Left, Name, look_left
from extractors.bodies.agency_readers import read_government
from extractors.bodies.gazetteer import Entry, Token, cues

__all__ = ["read_stems"]

# What makes a field a body by its function.
_FUNCTION = re.compile(
    r"(?:综合)?(?:行政)?(?:行业)?(?:主管|管理|监督管理|监管|执法|监督|行政执法|业务主管|职能|工作)?"
    r"(?:部门(?!规章|预算|决算|联动|协[作同]|间|法)|机关(?!事务|党|报(?![告案送警请备批经])|工作人员)|机构(?=应|负|依|、|和|按|对|的))"
)
# What closes a list of fields.
_CLOSE = re.compile(
    r"等?(?:\d+个?|[一二三四五六七八九十两多数]+个|各)?(?:相关|有关|职能|政府|其他|其它|省级|市级|区级|县级|省直|市直|直属|责任|主管|成员|涉农|涉老|多|行政"
    r"|主要|业务|党政|监管|执法|管理|综合|行业)*(?:部门(?!规章|预算|法)|单位|委办局|委局|局委|厅局|部委|机关|系统)"
)
_SEPARATOR = re.compile(r"[ \n]?(?:、|和|与|及|以及|或者?|，|/)[ \n]?")
# The rest of an item of which only the beginning is a known field: 工商|行政, 经济|综合.
_REST = re.compile(r"[一-鿿]{1,4}(?=、)")
# A field that is only the end of a longer one behind a level word: 国务院对外|经济贸易主管部门.
_LONGER = re.compile(r"(国务院|[省市区县州])([一-鿿]{1,6})$")
_NO_FIELD = re.compile(r"[的和与及在由对等各有向经将会同报为是按送、委局厅部办级府其他并应当可以下属各门人]")
_UNKNOWN = re.compile(r"(?!建设|发展|服务|管理)[一-鿿]{2,6}?(?=[、和与及]|等)")
# The first characters of what may follow a field in a body's name or a list; most fields are plain words and end here.
_GOES_ON = frozenset(
    "综行主管监执业职工部机等多数各相有政其省市区县直责成涉要党委局厅单、和与及以或，/ \n"
    "一二三四五六七八九十两0123456789"
)
_ACTS = re.compile(r"(?:将(?!近)|牵头|负责(?!人|的)|要(?![求素点])|严格(?!执行)|会同)")
# 补贴资金由财政负担：付钱的是财政部门；财政安排的资金只是资金的来源。
_PAYS = re.compile(r"(?:统一)?(?:负担|承担|支付|列支|给予|解决)(?!的|能力|压力|系数|比例|重)")
_CLAUSE = frozenset("，。；：、\n （由经商")
_MAY_PRECEDE = re.compile(
    r"[省市区县州旗盟府级院地全各由经商向报送请与和及或者在对同将把被给为是从按据到等其门局委办厅部构关会的以并使让应须可因因]"
    r"|联合|配合|协调|组织|协助|通过|有关|相关|涉及|包括|充实|征求|知会|督促|指导|牵头|具体|依托|支持|接受|加强|取得|提请|抄送|基层|所属|当地|原$"
)


def _left(text: str, tokens: Sequence[Token], index: int, start: int) -> Left:
    if text.endswith(("国务院", "国家"), 0, start):
        return Left(start - (3 if text[start - 1] == "院" else 2), (), "", "国")
    return look_left(text, tokens, index, start)


def _under_government(text: str, tokens: Sequence[Token], index: int, start: int) -> Left | None:
    """省人民政府 of 省人民政府民政部门, one name as 国务院民政部门 is; None where no single government is meant."""
    if index == 0 or tokens[index - 1][1] != start or tokens[index - 1][2].kind != "government":
        return None
    name = read_government(text, tokens, index - 1)
    return Left(name.start, name.places, name.town, name.level) if name and name.end == start else None


def _begins(text: str, start: int) -> bool:
    """True where a field may begin: after a mark, a level word or a word that takes a body."""
    before = text[start - 1 : start]
    return not ("一" <= before <= "鿿") or bool(_MAY_PRECEDE.search(text, max(0, start - 2), start))


def _run(text: str, tokens: Sequence[Token], first: int, stops: dict[int, int]) -> tuple[list[int], int, bool]:
    """The fields of one list from ``first`` on, the end of the last one's function word, and whether it is closed.

    ``stops`` takes the ends of items that go on behind their known field.
    """
    members = [first]
    at, end = first, tokens[first][1]
    while True:
        function = _FUNCTION.match(text, end)
        if function and _fits(tokens[at][2].word, function[0]):
            return members, function.end(), True
        close = _CLOSE.match(text, end)
        if close:
            return members, 0, close[0][0] == "等" or len(members) > 1
        rest = _REST.match(text, end) if text.find("、", end + 1, end + 5) > 0 else None
        if rest and not (at + 1 < len(tokens) and tokens[at + 1][0] < rest.end()):
            end = rest.end()
            stops[at] = end
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            break
        following = separator.end()
        step = _next(text, tokens, at, following)
        if step is None:
            unknown = _UNKNOWN.match(text, following)
            if unknown is None:
                break
            end = unknown.end()
            while at + 1 < len(tokens) and tokens[at + 1][0] < end:
                at += 1
            continue
        at = step
        end = tokens[at][1]
        if tokens[at][2].kind == "stem":
            members.append(at)
    return members, 0, False


def _ends_here(text: str, end: int, entry: Entry) -> bool:
    """True for the many fields that are plain words: nothing behind them makes a body's name, a list or a verb."""
    return (
        text[end : end + 1] not in _GOES_ON and text.find("、", end, end + 5) < 0 and entry.word not in cues("acting")
    )


def _fits(stem: str, function: str) -> bool:
    if stem == "审批":
        return False
    if function.endswith("机关"):
        return stem in cues("machinery")
    if function.endswith("机构"):
        return stem in cues("by_agency") and function == "机构"
    return True


def _next(text: str, tokens: Sequence[Token], at: int, position: int) -> int | None:
    """The token that begins at ``position``, or behind a level word there."""
    following = at + 1
    while following < len(tokens) and tokens[following][0] < position:
        following += 1
    if following >= len(tokens):
        return None
    start, _, entry = tokens[following]
    if entry.kind == "place":
        return None
    if start == position or (start == position + 1 and text[position] in "省市区县州旗"):
        return following
    return None


def read_stems(text: str, tokens: Sequence[Token]) -> Iterator[Name]:
    """Every body named by its field alone."""
    done = open_until = -1
    stops: dict[int, int] = {}
    for index, (start, end, entry) in enumerate(tokens):
        if entry.kind != "stem" or index <= done or _ends_here(text, end, entry):
            continue
        if (
            index + 1 < len(tokens)
            and tokens[index + 1][0] == end
            and tokens[index + 1][2].kind == "stem"
            and entry.word not in cues("verb_field")
        ):
            # 文化|旅游部门: the two fields are one name when the second closes.
            members, finish, closed = _run(text, tokens, index + 1, stops)
            members = [index, *members[1:]] if closed else members
            joined = True
        elif index <= open_until:
            # What does not close from one field of a list does not close from its later ones.
            members, finish, closed, joined = [index], 0, False, False
        else:
            members, finish, closed = _run(text, tokens, index, stops)
            joined = False
        if closed and not finish and len(members) == 1 and not _begins(text, start):
            continue
        if not closed:
            open_until = max(open_until, members[-1])
            after = _ACTS.match(text, end) or (entry.word == "财政" and _PAYS.match(text, end))
            if after and entry.word in cues("acting"):
                left = _left(text, tokens, index, start)
                if left.level or text[start - 1 : start] in _CLAUSE or start == 0:
                    yield _name(left, end, entry, 0.7, "agencies.acting")
            continue
        done = members[-1] if not joined else max(index + 1, members[-1])
        for number, member in enumerate(members):
            begin, stop, field = tokens[member]
            stop = stops.get(member, stop)
            left = _left(text, tokens, member, begin)
            if number == 0 and finish and len(members) == 1 and not left.level and not left.places:
                left, field = _longer(text, begin, field)
                left = _under_government(text, tokens, member, begin) or left
            last = number == len(members) - 1
            if joined and member == index:
                stop = tokens[index + 1][1]
                last = len(members) == 1
            rule = "agencies.function" if last and finish else "agencies.stem"
            yield _name(left, finish if last and finish else stop, field, 0.85, rule)


def _longer(text: str, start: int, entry: Entry) -> tuple[Left, Entry]:
    """The whole field behind a level word, of which only the end is known; its official name is not."""
    match = _LONGER.search(text, max(0, start - 9), start)
    if match is None or _NO_FIELD.search(match[2]) or _begins(text, start):
        return Left(start), entry
    level = "国" if match[1] == "国务院" else match[1]
    body = entry.body._replace(stem=match[2] + entry.word, name=match[2] + entry.word, nation="")
    return Left(match.start(), (), "", level), entry._replace(body=body)


def _name(left: Left, end: int, entry: Entry, confidence: float, rule: str) -> Name:
    return Name(left.start, end, entry.body, rule, confidence, left.places, left.town, left.level, elliptical=True)
