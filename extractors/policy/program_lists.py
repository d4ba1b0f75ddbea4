"""Instruments whose head word is written once for several: 养老、医疗和失业保险; 适量运动、控烟限酒等4个专项行动.

Also what is made of like parts: 中医药文化进社区、进机关活动; 适老化、无障碍改造; 健康江西建设.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.policy.program_names import Candidate

__all__ = ["listed_names"]

# 写成一层字面择一，正则引擎才能按首字跳过不相干的文字。
_BRANCH = "(?:基本养老|基本医疗|养老|医疗|失业|工伤|生育)"
_INSURANCES = re.compile(rf"{_BRANCH}[、和与及]{_BRANCH}(?:[、和与及]{_BRANCH}){{0,6}}(?:等)?保险")
_ONE_INSURANCE = re.compile(_BRANCH)
# 一个动词引出的并列名字，中心词在末尾点明个数：A（…）、B和C等4个专项行动。先找末尾，再看本句前面。
_TOTAL = re.compile(
    r"(?:\d|[两二三四五六七八九十])[个项大](专项行动|攻坚行动|行动|工程|计划|活动|试点)|等(?:系列|一系列)?(?:专项行动|专项整治)"
)
_SERIES = re.compile(r"等(?:系列|一系列)?(.+)")
_COUNTED = re.compile(
    r".*(?:实施|开展|推进|启动|组织|推动|结合)(?P<items>(?:[^、和与及（）]{2,24}(?:（[^）]{1,60}）)?[、和与及]){1,12}[^、和与及（）]{2,12}?)"
    r"(?:等?(?:\d+|[两二三四五六七八九十]+))?$"
)
_REACH = 160
_NOTE = re.compile(r"（[^）]*）")
_ITEM = re.compile(r"[^、和与及“”]+")
_CAMPAIGN = re.compile(
    r"(?:开展|推进|推动|组织)"
    r"([一-鿿]{2,8}?(?:进[一-鿿]{1,4}、)+进[一-鿿]{1,4}?活动|(?:[一-鿿]{3}、){1,3}[一-鿿]{3}(?:主题)?活动)"
)
_WORKS = re.compile(r"(?:适老化|便利化|智能化|无障碍)、(?:适老化|便利化|智能化|无障碍)改造")
# 健康江西、平安重庆：后面多半是地名，所以只认“建设、行动”收尾，且中间不是普通词。
_PLACED = re.compile(
    r"(?:健康|平安|美丽|法治)(?!中国|体系|环境|服务|教育|事业|产业|设施|文化|基础|制度|队伍|城市|乡村|村镇|促进|社区|学校|融入|步道|信息|"
    r"政府|国家|社会|生活|细胞)[一-鿿]{2,4}?(?:建设|行动)"
)
# 蓝天、碧水、净土保卫战：中心词只写一次，合起来是一个名字。
_WAR = re.compile(r"保卫战|攻坚战")
_WAGED = re.compile(r"(?:[一-鿿]{2}、){1,3}[一-鿿]{2}(?:三大)?$")
# 城中村和老旧小区改造：各是一项。
_OLD = "(?:城中村|城镇老旧小区|老旧小区|棚户区|城镇危旧房|危旧房|危房|旧厂房|老旧厂区|老旧街区|城市危旧房)"
_RENEWED = re.compile(rf"{_OLD}(?:[、和与及]{_OLD}){{1,5}}(?:等)?(?:更新)?改造")
_RENEWED_ITEM = re.compile(_OLD)
_RENEWED_NAMES = {"老旧小区": "城镇老旧小区"}
# 96363、12345、12355等热线：号码就是名字。
_HOTLINES = re.compile(
    r"(?<![\d-])(?:1[12]\d{1,3}|9\d{4,5})(?:[、和](?:1[12]\d{1,3}|9\d{4,5})(?!\d))*等?(?:[一-鿿]{0,8}热线)"
)
_HOTLINE = re.compile(r"\d+")
_GAMES = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}届|全[国省市区县州])[一-鿿]{0,12}?(?:运动会|健身大会|体育大会)(?!员会)"
)
_INTRODUCED = re.compile(r"(?:推进|推动|加强|要将|实施|深化|加快|开展|以)$")


def listed_names(folded: str) -> Iterator[Candidate]:
    """Each name of a list with one head, in text order."""
    for match in _INSURANCES.finditer(folded):
        for item in _ONE_INSURANCE.finditer(folded, match.start(), match.end()):
            full = item[0] + "保险"
            end = match.end() if folded[item.end() : item.end() + 2] == "保险" else item.end()
            yield Candidate(item.start(), end, full, "programs.insurance_list", 0.9)
    for total in _TOTAL.finditer(folded):
        yield from _counted(folded, total)
    for match in _CAMPAIGN.finditer(folded):
        yield Candidate(*match.span(1), match[1], "programs.parallel", 0.75)
    for match in _WAR.finditer(folded):
        if waged := _WAGED.search(folded, max(0, match.start() - 14), match.start()):
            yield Candidate(waged.start(), match.end(), waged[0] + match[0], "programs.parallel", 0.85)
    for match in _RENEWED.finditer(folded):
        for item in _RENEWED_ITEM.finditer(folded, *match.span()):
            end = match.end() if folded[item.end()] not in "、和与及" else item.end()
            yield Candidate(
                item.start(), end, _RENEWED_NAMES.get(item[0], item[0]) + "改造", "programs.renewal_list", 0.85
            )
    for match in _HOTLINES.finditer(folded):
        yield from _hotlines(folded, match)
    for match in _GAMES.finditer(folded):
        yield Candidate(*match.span(), match[0], "programs.games", 0.8)
    for match in _WORKS.finditer(folded):
        yield Candidate(*match.span(), match[0], "programs.parallel", 0.75)
    for match in _PLACED.finditer(folded):
        if _INTRODUCED.search(folded, max(0, match.start() - 2), match.start()):
            yield Candidate(match.start(), match.end(), match[0], "programs.placed", 0.8)


def _hotlines(folded: str, match: re.Match[str]) -> Iterator[Candidate]:
    """One hotline with its number and name; each number of several."""
    numbers = list(_HOTLINE.finditer(folded, *match.span()))
    if len(numbers) == 1 and "等" not in match[0]:
        yield Candidate(*match.span(), match[0], "programs.hotline", 0.75)
        return
    for number in numbers:
        yield Candidate(*number.span(), number[0] + "热线", "programs.hotline", 0.75)


def _counted(folded: str, total: re.Match[str]) -> Iterator[Candidate]:
    """The names before 等4个专项行动 or 等专项行动, each with the head that the total gives."""
    series = _SERIES.match(total[0])
    head = series[1] if series else total[1]
    stop = total.start() if series else total.end() - len(head) - 1
    begin = max(0, stop - _REACH)
    begin = max(begin, *(folded.rfind(mark, begin, stop) + 1 for mark in "。；：\n"))
    row = _COUNTED.match(folded, begin, stop)
    if row is None:
        return
    start, end = row.span("items")
    notes = [note.span() for note in _NOTE.finditer(folded, start, end)]
    for item in _ITEM.finditer(folded, start, end):
        inside = any(a <= item.start() < b or a < item.end() <= b for a, b in notes)
        if not inside and "，" not in item[0]:
            yield Candidate(item.start(), item.end(), item[0] + head, "programs.counted_list", 0.7)
