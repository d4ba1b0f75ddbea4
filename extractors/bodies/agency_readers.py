"""Agencies' names read round the word that the gazetteer found, one reader a kind of word.

A reader gets the folded text, its known words and the index of one, and gives the whole name or None: the region to the
left, the office to the right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from extractors.bodies.agency_branches import branch, branch_of, county_branch, second_name, short_of
from extractors.bodies.agency_names import Left, Name, Places, is_generic, look_left, own_level, with_prefix
from extractors.bodies.divisions import Division, by_name
from extractors.bodies.gazetteer import Body, Token, cues
from ontology import table

__all__ = ["READERS", "read_government"]

_OFFICE = re.compile(
    r"(?:办公[厅室]|政务服务中心(?!\w))?[一-鿿]{2,6}?(?:司|处|科|股|督查室|办公室|监察室)(?=[、，。；：（）\s]|负责|牵头|主任|副?[司处科股]长|$)"
    r"|[一-鿿]{2,6}?司(?=对|承担|组织|统筹|会同|受理|按|根据|应|和)"
    r"|办公[厅室]"
)
_NATIONAL_OFFICE = re.compile(r"[一-鿿]{2,8}?(?<![全大格布当结时战])局(?=[、，。；：（）\s]|负责|牵头|副?局长)")
# 国家机关的直属中心：自然资源部信息中心
_CENTRE = re.compile(r"[一-鿿]{2,14}?中心(?=[、，。；：（）\s]|负责|承担|受理|应|$)")
_NO_OFFICE = re.compile(r"[的和与及或等在是对为负会将应要可有上下所各主部门之以向]")
_NO_CENTRE = re.compile(r"[的或等在是对为将应要有各之以向把]|会同|设立|建立|组建|成立|打造|建设|公布|认定")
_GOVERNMENT_OFFICE = re.compile(
    r"(?:办公[厅室]|办(?![理法事公学案证好实展园医企税厂校]))(?:督查室|[一-鿿]{1,6}?[室处科](?=[、，。；：（）\s]|$))?|研究室|参事室"
    r"|(?:法制|征兵|新闻|外事|侨务|港澳事务|口岸|扶贫|信访|参事|三防|双拥)(?:办公室|办(?![理法事公]))|法制局|金融(?:办公室|办)|(?:外事|侨务|新闻|口岸|港澳事务|国防动员|地方志|参事)办公室"
)
_HEAD_VARIANT = re.compile(r"（(?:[局厅委办]|委员会)(?:[、，][局厅委办])?）")
_CPPCC_OFFICE = re.compile(
    r"(?:第?[一二三四五六七八九十]+届)?(?:提案|社会和法制|社会法制|文化文史和学习|经济|人口资源环境)委(?:员会)?|办公[厅室]"
)
_CONGRESS_OFFICE = re.compile(
    r"(?:常务委员会)?(?:法制工作委员会|办公[厅室]|(?:法制|财政经济|社会建设|监察和司法|教育科学文化卫生|城乡建设和?环境(?:与资源)?保护|民族|农业(?:与农村|和农村)?)委员会|法工委)"
)
_SESSION = re.compile(r"第?[一二三四五六七八九十百\d]{1,4}届$")
_AREA_BRANCH = re.compile(
    r"(?:华北|华东|华南|华中|东北|西北|西南|北方|长江|黄河|珠江|淮河|海河|太湖|松辽)[一-鿿]{0,12}?(?:监督站|督察局|管理局|监管局|委员会|督察中心|监督管理局)"
)


@cache
def _party_office() -> re.Pattern[str]:
    names = {n for row in table("party_departments") for n in (row["name"], *row["aliases"].split("|")) if n}
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?![理法事公])")


@cache
def party_office_name(written: str) -> str:
    """The full name of a Party department as written."""
    for row in table("party_departments"):
        if written == row["name"] or written in row["aliases"].split("|"):
            return row["name"]
    return written


def _office(text: str, end: int) -> str:
    match = _OFFICE.match(text, end)
    return match[0] if match and not _NO_OFFICE.search(match[0]) else ""


def _compound(text: str, tokens: Sequence[Token], index: int) -> tuple[Left, Body]:
    """A bureau of two fields behind its region: 县住建交通运输局, 市住房保障和房地产管理局."""
    start, _, entry = tokens[index]
    alone = Left(start), entry.body
    if index == 0 or tokens[index - 1][2].kind != "stem" or not entry.body.stem:
        return alone
    between = text[tokens[index - 1][1] : start]
    if between not in ("", "和"):
        return alone
    left = look_left(text, tokens, index - 1, tokens[index - 1][0])
    if not (left.places or left.level):
        return alone
    # 发展改革和统计局、文化旅游和体育局：已有一个“和”，前面的领域照写。
    field = tokens[index - 1][2]
    name = (field.word if between and "和" in field.body.stem else field.body.stem) + between + entry.body.name
    return left, entry.body._replace(name=name, stem="", nation="")


def read_body(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """民政局, 残联, 公积金中心 with region and office."""
    start, end, entry = tokens[index]
    left = look_left(text, tokens, index, start)
    office = branch_of(text, tokens, index) or _office(text, end)
    end += len(office)
    variant = _HEAD_VARIANT.match(text, end)
    if variant:
        end = variant.end()
    elif (second := second_name(text, end)) and not office:
        office = f"（{second}）"
        end += len(office)
    placed = left.places or (left.level and not is_generic(text, left.start))
    if entry.word in cues("needs_region") and not entry.body.nation and not placed:
        return None
    body = entry.body
    if not (left.places or left.level):
        left, body = _compound(text, tokens, index)
    begin = with_prefix(text, left.start) if left.places else left.start
    confidence = 0.95 if left.places or left.level else 0.85
    return Name(
        begin, end, body, "agencies.body", confidence, left.places, left.town, left.level, office,
        short=short_of(tokens[index - 1][2]) if left.places and not left.town else "",
    )  # fmt: skip


def read_government(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """人民政府 and its offices; only with a region or a level word that means one."""
    start, end, entry = tokens[index]
    level = entry.word[0] if entry.word[0] in "省市区县州旗盟" else ""
    left = own_level(text, start, level) if level else look_left(text, tokens, index, start)
    if not (left.places or left.level or left.town) or (left.places and left.places[-1][0].level == "nation"):
        return None
    if left.level and is_generic(text, left.start):
        return None
    match = _GOVERNMENT_OFFICE.match(text, end)
    office = match[0] if match else ""
    return Name(
        left.start, end + len(office), entry.body, "agencies.government", 0.95,
        left.places, left.town, left.level, office,
    )  # fmt: skip


def read_party(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """省委, 渝北区委 and their departments."""
    start, end, entry = tokens[index]
    if entry.places:
        left = look_left(text, tokens, index, start)._replace(level="", town="")
        left = Left(left.start if left.places else start, (*left.places, entry.places))
    elif entry.word.startswith("自治区"):
        left = look_left(text, tokens, index, start)
        left = Left(start, left.places, "", "自治区")
    else:
        left = look_left(text, tokens, index, start)
        left = Left(left.start, left.places) if left.places else own_level(text, start, entry.word[0])
    if not (left.places or left.level):
        return None
    begin = with_prefix(text, left.start)
    if text.startswith("员会", end) and entry.word[-1] == "委":
        if begin == left.start:
            return None
        end += 2
    elif left.level and is_generic(text, left.start):
        return None
    match = _party_office().match(text, end)
    office = match[0] if match else ""
    return Name(
        begin, end + len(office), entry.body, "agencies.party", 0.95, left.places, "", left.level,
        party_office_name(office) if office else "",
    )  # fmt: skip


def read_congress(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """People's congresses and their committees, the session number inside the name."""
    start, end, entry = tokens[index]
    session = _SESSION.search(text, max(0, start - 6), start)
    left = look_left(text, tokens, index, session.start() if session else start)
    if not (left.places or left.level) or (left.level and is_generic(text, left.start)):
        return None
    if left.places and left.places[-1][0].level == "nation":
        return None
    match = _CONGRESS_OFFICE.match(text, end)
    office = match[0] if match else ""
    return Name(
        left.start, end + len(office), entry.body, "agencies.congress", 0.95, left.places, left.town, left.level, office
    )


def read_cppcc(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """区政协, 政协渝北区委员会, and their committees."""
    start, end, entry = tokens[index]
    left = own_level(text, start, "市") if entry.word[0] == "市" else look_left(text, tokens, index, start)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if not (left.places or left.level) and following and following[0] == end and following[2].places:
        places: Places = (following[2].places,)
        end = following[1]
        if following[2].kind == "place" and index + 2 < len(tokens) and tokens[index + 2][0] == end:
            places, end = (*places, tokens[index + 2][2].places), tokens[index + 2][1]
        match = re.compile(r"(?:第?[一二三四五六七八九十]+届)?(?:员会|委员会)?").match(text, end)
        end = match.end() if match else end
        left = Left(start, places)
    if not (left.places or left.level) or (left.level and is_generic(text, left.start)):
        return None
    match = _CPPCC_OFFICE.match(text, end)
    office = match[0] if match else ""
    return Name(left.start, end + len(office), entry.body, "agencies.cppcc", 0.95, left.places, "", left.level, office)


_COMMITTEE = re.compile(r"(?:员会|委员会|委|工委|区工委|支部|总支部|总支|基层委员会)?(?:[一-鿿]{2,4}支部)?")


def read_front(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """A democratic party's or the Youth League's committee: 民革渝北区委, 共青团四川省委, 民盟市委."""
    start, end, entry = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following[0] != end:
        left = look_left(text, tokens, index, start)
        match = re.compile(r"(?:委员会|工委|区工委)").match(text, end)
        if match and left.places:
            return Name(left.start, match.end(), entry.body, "agencies.front", 0.9, left.places)
        return None
    places: list[tuple[Division, ...]] = []
    level = ""
    at = index + 1
    while at < len(tokens) and tokens[at][0] == end and tokens[at][2].kind in ("place", "party"):
        word, end = tokens[at][2].word, tokens[at][1]
        if tokens[at][2].places:
            places.append(tokens[at][2].places)
        else:
            level = word[:-1].removesuffix("党")
        at += 1
    match = _COMMITTEE.match(text, end)
    tail = match[0] if match else ""
    if text[end - 1] != "委" and not tail:
        return None
    return Name(start, end + len(tail), entry.body, "agencies.front", 0.95, tuple(places), "", level)


def read_league(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """团省委, 团委."""
    start, end, entry = tokens[index]
    level = entry.word[1:-1]
    if level or text[start - 1 : start] in ("", "、", "，", "（", "：", " ", "\n", "\t", *"省市区县州旗盟"):
        left = look_left(text, tokens, index, start) if not level else Left(start, (), "", level)
        return Name(left.start, end, entry.body, "agencies.league", 0.9, left.places, "", left.level)
    return None


def read_national(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """A body of the national level, its departments, and its branches in the provinces."""
    start, end, entry = tokens[index]
    begin = with_prefix(text, start) if entry.word[:2] not in ("全国", "国务") else start
    if text.endswith("国家", 0, start) and entry.body.name.startswith("国家"):
        # 国家金融监管总局
        begin = start - 2
    if text.startswith("中华人民共和国", max(0, start - 7)):
        begin = max(0, start - 7)
    at = index + 1
    places: list[tuple[Division, ...]] = []
    finish = end
    while at < len(tokens) and tokens[at][0] == finish and tokens[at][2].kind == "place":
        places.append(tokens[at][2].places)
        finish = tokens[at][1]
        at += 1
    if places:
        match = branch().match(text, finish)
        if match:
            body = Body(entry.body.name, "branch")
            short = short_of(tokens[at - 1][2])
            return Name(begin, match.end(), body, "agencies.branch", 0.95, tuple(places), "", "", match[0], short=short)
    county = county_branch().match(text, end)
    if county and county[1] in by_name():
        body = Body(entry.body.name, "branch")
        written = text[county.end(1) : county.end()]
        short = "" if any(division.name == county[1] for division in by_name()[county[1]]) else county[1]
        places = [by_name()[county[1]]]
        return Name(begin, county.end(), body, "agencies.branch", 0.85, tuple(places), "", "", written, short=short)
    if entry.word == "人行":
        return None
    area = _AREA_BRANCH.match(text, end)
    second = second_name(text, end)
    if second:
        return Name(begin, end + len(second) + 2, entry.body, "agencies.national", 1.0, office=f"（{second}）")
    inner = _NATIONAL_OFFICE.match(text, end)
    office = area[0] if area else _office(text, end)
    if (
        not office
        and inner
        and not _NO_OFFICE.search(inner[0])
        and not (at < len(tokens) and tokens[at][0] < inner.end())
    ):
        office = inner[0]
    office = office or _centre(text, end, entry.body.name)
    return Name(begin, end + len(office), entry.body, "agencies.national", 1.0, office=office)


def _centre(text: str, end: int, body: str) -> str:
    """信息中心 of 自然资源部信息中心: a centre under a ministry or a national bureau."""
    match = _CENTRE.match(text, end) if body[-1] in "部局署" else None
    return match[0] if match and not _NO_CENTRE.search(match[0]) else ""


READERS: dict[str, Callable[[str, Sequence[Token], int], Name | None]] = {
    "body": read_body,
    "government": read_government,
    "party": read_party,
    "congress": read_congress,
    "cppcc": read_cppcc,
    "front": read_front,
    "league": read_league,
    "national": read_national,
}
