"""ORGANIZATION: named bodies that are no agencies: hospitals, schools, companies, associations, care homes.

A name ends in a head word and begins with a place, a level (县人民医院) or 中国, 全国, 国际;
a university needs no place.
Precision first: a kind of body (定点医院, 职业院校) is none, and what is an AGENCY already is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import ahocorasick

from extractors.bodies.divisions import by_name
from extractors.model import Document, Found, Mention
from ontology import table

__all__ = ["find"]

_REACH = 24
# 名称里不会有的字：标点、虚词、动词、泛指。
_BREAK = re.compile(
    r"[，。；：！？《》、\s“”‘’…/\d]|[的和与及或等各将由在对向把该本其某所是当须不可未经已]|"
    r"应(?!急)|同意|其他|有关|相关|有条件|符合|设立|设置|举办|依托|推动|引进|打造|深化|非上市|负责|责任单位|委托|联合|支持|鼓励|组织|加强|推进|建设(?!银行|集团|工程|投资|开发|有限|控股|股份)|开展|"
    r"定点|公立|民办|私立|普通|重点|专科医院|综合医院|三级|二级|一级|高等|职业院校|医疗机构|行政区域|范围内|社区医院|以上|以下|所属|辖区|"
    r"政府|部门|居民|职工|发布|印发|办理|统一|前往|成立|参加|通过|按照|根据|以及|同时|一体|示范|试点|创建|选派|指导|监督|新建|扩建|改建|公共|规定|建立|以|一批|需要|确有|聘请|邀请"
)
_LEVEL = re.compile(r"(?:(?<![一-鿿])|(?<=[由在到对向和与及、：，委托]))(?:省|市|县|区|州|自治区)(?!级)(?=[一-鿿]{2})")
_PLACE = re.compile(r"[一-鿿]{2,3}?(?:省|自治区|市|自治州|县)(?!级)(?=[一-鿿]{2})")
_NATION = re.compile(r"中国|中华|全国|国家|国际|世界|首都|亚洲|东北|西北|西南|华东|华南|华北|华中")
_UNIVERSITY = re.compile(r"(?:(?<![一-鿿])|(?<=[以由和与及委托入到为在]))[一-鿿]{2,7}$")
_NO_UNIVERSITY = re.compile(
    r"老年|职工|开放|重点|综合|一流|高等|电视|广播|函授|业余|全日制|普通|各|有关|知名|名牌|社区|全国|国内|国外|境外|海外|农民|夜|空中|网上|"
    r"部分|多所|进入|考入|就读|支持|依托|鼓励|建设|办好|一批|原|上|读|考|[的是]"
)
# 企业的字号：连着的汉字和字母，中间可以有带括号的地名。
# 从右往左读。
_FIRM = re.compile(r"[一-鿿A-Za-z0-9·]*(?:）[一-鿿]{2,6}（)?[一-鿿A-Za-z0-9·]*")
# 专名里可以有的断词（综合、开展）。
_IN_NAMES = re.compile(r"综合|加强|开展|重点|设置|公共|一级|二级|示范|联合|统一")
_KIND = re.compile(
    r"^(?:国有|民营|上市|平台|项目|物业|担保|开发|运营|保险|资产管理|建筑|施工|设计|子|母|总|租赁|投资|股份|责任|企业|专业|大型|中小|外资|合资|独资|控股|一人|个人|具备|属地|注册|新|原)+$|你|我|该|本|^其"
)
_FIRM_TAIL = re.compile(r"(?<=集团)）?(?:股份|控股)?(?:有限(?:责任)?)?公司")
# 并列的社团，末尾点明是社会团体的；抄送与主送里的一项。
_SOCIETY_HEADS = frozenset(["协会", "学会", "商会", "促进会", "研究会"])
_SOCIETY = r"[一-鿿]{2,10}(?:协会|学会|商会|促进会|研究会)"
_SOCIETIES = re.compile(rf"(?<![一-鿿])(?:{_SOCIETY}[、和]){{0,8}}{_SOCIETY}$")
_AS_SOCIETIES = re.compile(r"(?<=会)等(?:社会|群众|群团|有关|行业)?(?:团体|组织)")
_ITEM = re.compile(r"[^、，；。：\s]+")
_NO_SOCIETY = re.compile(r"^(?:行业|各|有关|相关|专业|等|社会)")
_NO_PARTY = re.compile(r"各|有关|相关|所属|直属|你|本|抄送")
_PARTY = re.compile(
    r"\S{2,28}(?:公司|集团|中心|研究院|设计院|科学院|研究所|总院|总站|总厂|大学|学院|医院|协会|学会|商会|总会|基金会|银行|研究会|出版社|报社|交易所)"
    r"(?:（[^（）]{2,12}）)?"
)
# 简称之后接着全称的后半，大学之后接着附属医院。
_FULL_FIRM = re.compile(r"[一-鿿]{0,4}股份有限公司")
_ATTACHED = re.compile(r"(?:第[一二三四五六]|直属)?附属[一-鿿]{0,8}?医院")
_BRANCH = re.compile(r"（[一-鿿]{2,6}）|(?:[一-鿿]{2,6}(?:分行|支行|分公司|分院))")
# 全国性的名字不会以这些词结尾，那是一类机构。
_LOCAL = frozenset(["康养中心", "养老中心", "护理中心", "服务中心", "中学", "小学", "幼儿园", "医院"])
# 地名后直接加这些词就是名字（湖南省博物馆、国家会议中心）。
_OF_PLACE = frozenset(
    ["会展中心", "会议中心", "慈善总会", "图书馆", "博物馆", "档案馆", "电视台", "大学", "福利院", "科学院"]
)
# 以所在县市的简名为名（三门核电厂）。
_AT_A_PLACE = frozenset(["核电厂", "核电站"])
# 医院里的内设科所（县卫生健康服务中心疾控所）。
_UNIT = re.compile(r"[一-鿿]{1,6}?(?:所|科|分院|中心)(?=主任|所长|科长|院长|书记|副)")
_CONTINUED = re.compile(
    r"生(?!命|活|产|态|物)|校|城|路|街|站|门口|本科|专科|以上|毕业|文化程度|学历|教育|法|化|管理|建设|制度|之家|线|章程|议|大会"
)


# 一类集团，不是名字。
_KIND_OF_GROUP = re.compile(r"(?:企业|公司|医疗|教育|利益|犯罪|军事|反[动党]|卖国|所属|国家|控股|同一|任何|大型)$")


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for row in table("organizations"):
        automaton.add_word(row["word"], (row["word"], row["role"]))
    automaton.make_automaton()
    return automaton


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """Organisations in text order; a place inside a name belongs to the name."""
    named = list(_named(doc, found))
    taken = sorted((m.start, m.end) for m in (*named, *found) if m.type not in ("REGION", "TIME"))
    listed = [m for m in _listed(doc) if not _meets(taken, m.start, m.end)]
    yield from sorted([*named, *listed])


def _meets(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """True where one of the sorted spans shares characters with ``[start, end)``; a span has few others in it."""
    index = bisect_left(taken, (end, 0))
    return any(e > start for _, e in taken[max(0, index - 4) : index])


def _listed(doc: Document) -> Iterator[Mention]:
    """Societies of a list that says so (甲协会、乙学会等社会团体); the parties that a letter goes to."""
    rows = (
        _SOCIETIES.search(doc.folded, max(0, at.start() - 80), at.start()) for at in _AS_SOCIETIES.finditer(doc.folded)
    )
    for row in filter(None, rows):
        for item in re.finditer(r"[^、和]+", row[0]):
            start = row.start() + item.start()
            if not _NO_SOCIETY.match(item[0]) and not _BREAK.search(item[0]):
                yield Mention(start, start + len(item[0]), "ORGANIZATION", "organizations.society", 0.75, {})
    elements = doc.layout.elements
    for span in (*elements.get("addressee", ()), *elements.get("cc", ())):
        for item in _ITEM.finditer(doc.folded, span.start, span.end):
            if len(item[0]) >= 5 and _PARTY.fullmatch(item[0]) and not _NO_PARTY.search(item[0]):
                yield Mention(item.start(), item.end(), "ORGANIZATION", "organizations.party", 0.75, {})


def _named(doc: Document, found: Found) -> Iterator[Mention]:
    """Names by head word, brand or table."""
    folded = doc.folded
    blocked = [m for m in found if m.type not in ("REGION", "TIME")]
    taken = sorted((m.start, m.end) for m in blocked)
    places = sorted({m.start for m in found.of("REGION")})
    last_end = 0
    for last, (word, role) in _automaton().iter_long(folded):
        end = last + 1
        start: int | None = end - len(word)
        if role != "name":
            if _CONTINUED.match(folded, end) or folded.startswith(word, end - 2 * len(word)):
                continue
            if word == "集团" and _KIND_OF_GROUP.search(folded, max(0, end - 4), end - 2):
                continue
            start = _beginning(folded, end - len(word), word, places)
            if start and folded[start - 1] == "（" and role == "brand":  # 安岚控制（天津）有限公司
                start = _branded(folded, end - len(word), word)
            if start is None and role == "brand":
                start = _branded(folded, end - len(word), word)
        if start is None or start < last_end:
            continue
        for more in (_FULL_FIRM, _FIRM_TAIL, _ATTACHED, _BRANCH, _UNIT):
            if tail := more.match(folded, end):
                end = tail.end()
        if _meets(taken, start, end):
            continue
        last_end = end
        yield Mention(start, end, "ORGANIZATION", f"organizations.{role}", 0.9 if role == "name" else 0.8, {})


def _beginning(folded: str, head: int, word: str, places: list[int]) -> int | None:
    """Where the name that ends in the head word at ``head`` begins; None for a kind of body."""
    reach = max(0, head - _REACH)
    # 看到中心词的头两字，「建设集团」才不算断开
    breaks = [match.end() for match in _BREAK.finditer(folded, reach, head + 2) if match.start() < head]
    if word in _SOCIETY_HEADS:  # 餐饮与烹饪行业协会
        breaks = [at for at in breaks if folded[at - 1] not in "和与" or not _placed_before(places, at - 8, at - 1)]
    floor = min(breaks[-1], head) if breaks else reach
    least = 0 if word in _OF_PLACE else 2
    index = bisect_left(places, floor)
    if index < len(places) and places[index] < head:
        return places[index] if head - places[index] >= 2 + least else None
    place = _province().search(folded, floor, head) or _PLACE.match(folded, floor, head + 2)
    if place and place.end() <= head - least:
        return place.start()
    if (nation := _NATION.search(folded, floor, head)) and word not in _LOCAL:
        kind = word == "研究中心" and nation[0] != "中国"
        return None if kind or head - nation.end() < least else nation.start()
    if word in _AT_A_PLACE:
        return next((head - size for size in (4, 3, 2) if folded[head - size : head] in by_name()), None)
    level = _LEVEL.search(folded, max(0, floor - 1), head + 2)
    if level and floor <= level.start() < head:
        return level.start() if head - level.start() >= 3 or word in ("医院", "中医院") else None
    if word == "大学":
        name = _UNIVERSITY.search(folded, floor, head)
        if name and not _NO_UNIVERSITY.search(name[0]):
            return name.start()
    return None


def _placed_before(places: list[int], low: int, high: int) -> bool:
    index = bisect_left(places, low)
    return index < len(places) and places[index] < high


def _branded(folded: str, head: int, word: str) -> int | None:
    """Where a name without a place begins: after the last break, with a firm's name of two to sixteen characters."""
    name = _FIRM.match(folded[max(0, head - _REACH) : head][::-1])
    start = head - (name.end() if name else 0)
    for cut in _BREAK.finditer(folded, start, head):
        if not _IN_NAMES.fullmatch(cut[0]) and not (cut[0] == "和" and word.endswith("公司")):  # 颐和居家服务有限公司
            start = cut.end()
    return start if 2 <= head - start <= 18 and not _KIND.search(folded[start:head]) else None


@cache
def _province() -> re.Pattern[str]:
    """Names of the provinces, full and short."""
    rows = [row for row in table("regions") if row["level"] == "province"]
    names = {name for row in rows for name in (row["name"], *row["shorts"].split("|")) if name}
    return re.compile("|".join(sorted(names, key=len, reverse=True)))
