"""Bodies that no list can hold: leading groups, joint conferences, committees, and bureaux of unusual names.

They are known by their head noun (领导小组, 联席会议, 委员会, 局); where the name begins is told by the words that
stand before a name and never in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.bodies.agency_names import Name, Places, is_generic, look_left
from extractors.bodies.divisions import Division
from extractors.bodies.gazetteer import Body, Token, cues

__all__ = ["BEFORE", "NOT_IN_BUREAU", "read_bureaux", "read_group", "read_towns"]

_MARKS = re.compile(r"[，。、；：！？（）《》〈〉〔〕“”\s|,;:!?()\"']")
# A long signature goes over two lines, the first of which is the place alone.
# Or a heading does, whose first line begins with 国务院 or 全国.
_WRAPPED = re.compile(
    r"(?<=[省市区县旗镇乡村])[ \t]*\n[ \t]*(?=[一-鿿]+$)"
    r"|(?<=\n)(?:国务院|全国)[一-鿿]{4,20}[ \t]*\n[ \t]*(?=[一-鿿]{0,6}$)"
)
# Words that stand before a name and never in one.
BEFORE = re.compile(
    r"第[一二三四五六七八九十百]+条|派出|选派|派驻|应当|可以|必须|不得|需要|决定|印发|列入|委托|授权|规范|关于|通知|保证|交付|(?:机制|制度)和|承担|讨论|研究(?![院所室中])|提出|利用|领导下|会议|上级|说明|意见|两级|三级|各级|比照|参照|有关|相关|相应|所属|实行|召集|采纳|定期|负责|两次|参加|出席|列席|配合|协助|主持|征求|听取|成为|完成|依靠|围绕|会同|报经|批准|确定|协同|抽调|(?<=机构|单位|部门|组织|人员|同志)和|(?<=[局委办会府组厅院长等])[和与及]|及其?|成立了?|组建了?|设立了?|建立了?|健全|完善|发挥|用好|调整|组成|报请|提请|报送|提交|邀请|依托|通过|召开|按照|根据|经由|作为|担任|兼任|纳入|接受|服从"
    r"|属于|包括|设在|挂靠|明确|落实|加强|强化|充实|撤销|发展成为|代表(?!大会)|支持|构建|形成|充分|以及|并由|同意"
    r"|经(?![济营贸信费办开验])|(?<!自)由(?!于)|(?<![重主需])要(?!素|点)|需(?![要求])|(?<![方面定])向(?!导)|(?<![存潜])在|对(?![口外台])|为(?!民)|是|把|将|被|的|了|各|本|该|其|(?<![申])请|报(?=[省市县区国经])|与(?=[省市县区国])"
    r"|和(?=[省市县区国])|及(?=[省市县区国])|到(?=[省市县区国])|至(?=[省市县区国])|(?<![出转受])让|使(?!用)|如|等|或者?|按|随|并|(?<![数证])据|(?<![输配])送|给|以(?![工人])"
)
_OWN_LEVEL = re.compile(r"省(?!级)|市(?![场政容民属级])|区(?![域块属级])|县(?![域级])|州|旗|自治区")
_OFFICE = re.compile(r"(?:办公室|办(?![理法事公学案证好实])|秘书处|秘书长会议)(?:[一-鿿]{2,6}组(?=[，。、）]))?")
_SECOND_NAME = re.compile(r"（(?!以下|简称|下称)[一-鿿]{3,20}(?:委员会|领导小组|指挥部|联席会议)(?:办公室)?）")
_FIXED_FRONT = re.compile(r"国务院|全国(?!性)|国家(?![级安])|(?<!中共)中央|中共中央|最高人民法院")
_FOREIGN = re.compile(r"联合国|^(?:国际|世界|欧盟|亚洲|欧洲|海湾)")
_SESSION = re.compile(r"(?:产党)?第[一二三四五六七八九十]+届")
_STRONG = (
    "领导小组",
    "联席会议",
    "总指挥部",
    "指挥部",
    "协调小组",
    "指导小组",
    "工作专班",
    "协调机制",
    "工作协调机制",
    "工作协调小组",
)
# 没有地区也不是全国性的，须是文中自己设立的。
_LOOSE = ("协调机制", "工作协调机制", "专家组", "工作组", "专班", "联席会")


def _front(text: str, start: int, tokens: Sequence[Token], index: int) -> tuple[int, Places, str, int]:
    """Where a group's name begins, its places, its level word, and where the name without them begins."""
    low = max(0, start - 46)
    wrapped = _WRAPPED.search(text, low, start)
    for mark in _MARKS.finditer(text, low, start):
        if not (wrapped and wrapped.start() <= mark.start() < wrapped.end()):
            low = mark.end()
    for word in BEFORE.finditer(text, low, start):
        low = word.end()
    places: list[tuple[Division, ...]] = []
    begin = core = low
    at = index - 1
    last_place = -1
    while at >= 0 and tokens[at][0] >= low:
        if tokens[at][2].kind in ("place", "national") and not text.startswith(("人大", "政协"), tokens[at][1]):
            last_place = at
            break
        if tokens[at][2].kind == "party" and tokens[at][0] > low:
            begin = core = tokens[at][1]
            return begin, (), "", core
        at -= 1
    if last_place >= 0 and tokens[last_place][2].kind == "place":
        end = tokens[last_place][1]
        begin = tokens[last_place][0]
        places.insert(0, tokens[last_place][2].places)
        at = last_place - 1
        while at >= 0 and tokens[at][2].kind == "place" and tokens[at][1] == begin and tokens[at][0] >= low:
            begin = tokens[at][0]
            places.insert(0, tokens[at][2].places)
            at -= 1
        return begin, tuple(places), "", end
    if last_place >= 0:
        return tokens[last_place][0], (), "国", tokens[last_place][0]
    fixed = [match.start() for match in _FIXED_FRONT.finditer(text, low, start)]
    if fixed:
        return fixed[-1], (), "国", fixed[-1]
    level = _OWN_LEVEL.match(text, low, start)
    if level:
        return low, (), level[0], level.end()
    return begin, (), "", core


def read_group(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """A named leading group, joint conference, headquarters, task force or committee, with its office."""
    start, end, entry = tokens[index]
    head = entry.body.name
    if index and tokens[index - 1][1] == start and tokens[index - 1][2].kind == "group":
        return None
    if head in ("管委会", "管理委员会"):
        return _zone(text, tokens, index)
    begin, places, level, core = _front(text, start, tokens, index)
    name = text[core:start]
    if level and level != "国" and is_generic(text, begin):
        return None
    if _FOREIGN.search(name) or _SESSION.match(name) or name.startswith("类"):  # 各类…委员会
        return None
    if len(name) < 2 or name in cues("dull_group") or (not places and not level and len(name) < 4):
        return None
    own = _is_own_body(text, name + head, end)
    if head not in _STRONG and not (places or level or own) and (head != "委员会" or len(name) < 4):
        return None
    if "\n" in text[begin:start] and not places and level != "国":
        return None
    if head == "委员会" and (
        (name.endswith(tuple(cues("no_committee"))) and not (name.endswith("奖励评审") and (places or level)))
        or "人民代表大会" in text[max(0, core - 8) : start]
    ):
        return None
    if head in ("协调机制", "工作协调机制", "专家组", "工作组", "专班", "联席会") and not (
        places or level == "国" or own
    ):
        return None
    second = _SECOND_NAME.match(text, end)
    if second:
        end = second.end()
        head += second[0]
    office = _OFFICE.match(text, end)
    written = (
        "办公室" + office[0][3 if office[0].startswith("办公室") else 1 :] if office and office[0][0] == "办" else ""
    )
    if office:
        end = office.end()
        written = written or office[0]
    system = "fixed" if level == "国" else "own" if own and not (places or level) else "group"
    confidence = 0.9 if places or level else 0.75
    return Name(
        begin, end, Body("".join(name.split()) + head, system), "agencies.group", confidence, places,
        "", "" if level == "国" else level, written,
    )  # fmt: skip


_CALLED_SHORT = re.compile(r"办公室|（(?:以下|下)?简称")


def _is_own_body(text: str, name: str, end: int) -> bool:
    """True for a mechanism or group of a long name that the text calls short, gives an office, or names again."""
    return len(name) >= 9 and (_CALLED_SHORT.match(text, end) is not None or text.count(name) > 1)


# Before 管委会 alone, which is the zone's own in the zone's papers.
_ALONE = ("，", "。", "\n", "经", "由", "报", "向", "送", " ")
_ZONE_WORDS = {"经开区": "经济技术开发区", "高新区": "高新技术产业开发区", "自贸区": "自由贸易试验区"}


def _zone(text: str, tokens: Sequence[Token], index: int) -> Name | None:
    """The administration of a development zone: 赣江新区管委会, 成都高新区管委会."""
    _, end, entry = tokens[index]
    start = end - len(entry.body.name)
    body = Body("管理委员会", "state")
    left = look_left(text, tokens, index, start)
    office = _OFFICE.match(text, end)
    finish = office.end() if office else end
    written = "办公室" if office else ""
    if left.places:
        if left.places[-1][0].level != "area" and not left.places[-1][0].name.endswith("新区"):
            return None
        return Name(left.start, finish, body, "agencies.zone", 0.95, left.places, "", "", written)
    begin, places, level, core = _front(text, start, tokens, index)
    zone = text[core:start]
    if zone and zone == left.level and zone not in _ZONE_WORDS and not (places or level):
        return Name(left.start, finish, body, "agencies.zone", 0.8, (), "", left.level, written)
    if places and places[-1][0].level == "area" and zone in ("开发建设", "建设", "开发"):
        return Name(begin, finish, Body(zone + "管理委员会", "state"), "agencies.zone", 0.9, places, "", "", written)
    if not zone and text[start - 1 : start] in _ALONE:
        return Name(start, finish, body, "agencies.zone_itself", 0.6, office=written)
    if (
        not zone.endswith(tuple(cues("zone")))
        or len(zone) > 16
        or level == "国"
        or not (places or level or len(zone) > 3 or zone in _ZONE_WORDS)
    ):
        return None
    if places and text[core - 1] not in "省市区县州旗盟":
        # 达州高新区: the city's short name is part of the zone's own.
        zone = text[begin:core] + zone
    for short, long in _ZONE_WORDS.items():
        zone = zone.replace(short, long)
    body = Body(zone + "管理委员会", "state")
    return Name(begin, finish, body, "agencies.zone", 0.8, places, "", level, written)


_BUREAU = re.compile(r"[省市区县州旗盟]([一-鿿]{2,10}?)(局|厅|办公室|办(?=[、，。；）]))(?![域部面限势])")
NOT_IN_BUREAU = re.compile(
    r"^[域块位级间别场容民政]|[的在是由对将应等各或以其把被要也不为所至到向请经报于让并已可能给从使就省市区县州旗盟局厅委办院里内上下]|[布格棋大残危败变]$|结$|邮$|时$|开$|全$|大$|残$|有关|相关|政府|单位|部门"
)


def read_bureaux(text: str, tokens: Sequence[Token], taken: bytearray) -> list[Name]:
    """Bureaux whose field is in no table, known by a region or level word on the left: 县生态保护局."""
    found = []
    starts = _ends_of_tokens(tuple(tokens))
    for match in _BUREAU.finditer(text):
        inner, start = match[1], match.start(1)
        # The last level word before the name is the nearest: 市 of 区各单位市数政局.
        nearest = max(map(inner.replace("城市", "〇〇").rfind, "省市区县州旗盟"))
        inner, start = inner[nearest + 1 :], start + nearest + 1
        if len(inner) < 2 or NOT_IN_BUREAU.search(inner.replace("城市", "")) or taken.find(1, start, match.end()) >= 0:
            continue
        index = starts.get(start)
        left = look_left(text, tokens, index + 1, start) if index is not None else look_left(text, (), 0, start)
        if not (left.places or left.level) or left.start == start:
            continue
        body = Body(inner + match[2], "state")
        found.append(Name(left.start, match.end(), body, "agencies.bureau", 0.75, left.places, left.town, left.level))
    return found


_TOWN = re.compile(r"(街道|镇|乡|苏木)(办事处|人民政府|政府)")
_BEFORE_TOWN = re.compile(r"[^一-鿿]|[由经向报送和与及对在为请将被把至到的是各本该等以或者省市区县旗其所有]")
_NO_TOWN = frozenset(["乡", "城", "村", "街", "全", "重点", "中心", "建制", "相关", "当地", "属地", "户籍地", "乡镇"])


def read_towns(text: str, tokens: Sequence[Token], taken: bytearray) -> list[Name]:
    """A named town's government or a named street's office: 官渡口镇人民政府, 城关街道办事处."""
    found = []
    starts = _ends_of_tokens(tuple(tokens))
    for match in _TOWN.finditer(text):
        start = max(0, match.start() - 6)
        for mark in _BEFORE_TOWN.finditer(text, start, match.start()):
            start = mark.end()
        town = text[start : match.end(1)]
        name = text[start : match.start()]
        whole = start > match.start() - 6 or start == 0
        if not name or not whole or name in _NO_TOWN or name[-1] in "乡城村" or taken.find(1, start, match.end()) >= 0:
            continue
        index = starts.get(start)
        left = look_left(text, tokens, index + 1, start) if index is not None else None
        if left is None and start and text[start - 1] in "省市区县旗各本该其所有":
            continue
        body = Body("人民政府" if match[2] != "办事处" else "办事处", "state")
        places = left.places if left else ()
        begin = left.start if left else start
        found.append(Name(begin, match.end(), body, "agencies.town", 0.8, places, town))
    return found


@lru_cache(maxsize=2)
def _ends_of_tokens(tokens: tuple[Token, ...]) -> dict[int, int]:
    return {end: index for index, (_, end, _) in enumerate(tokens)}
