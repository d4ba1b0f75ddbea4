"""Titles without title marks in running text: full specific names behind a cue.

Proposals (``你们提出的关于…的建议收悉``), plans being made (``正在出台云门区…行动方案``), schemes named by what they
are to do (``制定降低养老成本实施方案``), the nation's plans (``抓好国家…布局规划、国家…应急预案的落实``), five-year
plans of a place, laws in full (``中华人民共和国慈善法``), reports to congress, national standards by their names. A
statute's provisions name kinds of plans, not plans, so rules for plans stop at the first article.

Authority: GB/T 9704-2012 7.3.1; 城乡规划法, 突发事件应对法 (国家 plans and their levels).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractors.citations.title_tails import tail_status
from ontology import table

__all__ = ["Running", "find_repeated", "find_running", "starts_with_place"]

_NOTE = r"(?:（[^（）\n]{1,24}）)?"
_HAN = "\u4e00-\u9fff"
_PROPOSAL = re.compile(
    r"(?:提出|提交|提案|所提)的?(?P<title>关于[^《》。；！？\n]{4,80}?的(?:建议案|建议|提案|议案))"
    r"(?=\s*(?:（|收悉|已收悉|，|,|。|；|\n|现|我|经))"
)
_MAKING = re.compile(
    r"(?:出台|印发|制定|制订|编制|发布|起草|拟订|修订|颁布|公布|实施|落实|贯彻|执行|根据|按照|依据)[了的]?"
)
_MADE = re.compile(
    r"[^，。；：《》〈〉\n、（）]{4,44}?"
    r"(?:行动方案|实施方案|工作方案|行动计划|规划纲要|专项规划|发展规划|条例|实施意见|若干措施|办法|实施细则)(?!纲要|草案)"
    rf"{_NOTE}(?!的?(?:制定|编制))"
)
_VAGUE = re.compile(r"的(?:专项|发展)?规划$|有关|相关|具体|等|和本|各[省市区县地]|并|规定|要求|标准|本[省市区县]")
# 出台降低社会物流成本实施方案：题目以要做的事开头，如同“关于…的方案”。
_SCHEME = re.compile(
    r"(?:制定|制订|出台|印发|发布|公布)(?:实施)?了?(?P<title>(?:建设|降低|促进|推进|推动|加快|加强|深化|支持|健全|提升|发展|扩大|优化"
    r"|构建|规范|防范|改革|进一步)[^，。；：、《》〈〉\n“”的]{4,36}?"
    r"(?:总体工作方案|总体方案|实施方案|工作方案|行动方案|行动计划|实施意见|若干政策措施|若干措施|若干意见))"
    r"(?=[，。；、\n]|的|和|及|并)"
)
# 抓紧制定文化体制改革总体方案：某一体制的改革方案只有一件。
_REFORM = re.compile(
    rf"(?:制定|制订|出台|编制|实施)(?:并实施)?了?(?P<title>(?!各|本|有关|相关|具体|和|全?[省市县]|地方)[{_HAN}]{{2,14}}体制改革(?:总体|实施)?方案)"
    r"(?=[，。；、\n]|[和与及并])"
)
# 你省关于上报某项目建议书的请示收悉：来文没有书名号，从“关于”起。
_RECEIVED = re.compile(
    r"(?:你们|[你贵][省市区县州厅局部委院行会])(?P<title>关于[^《》〈〉，。；\n]{4,80}?的(?:请示|函|报告))\s?(?:（[^（）\n]{2,30}）)?(?:均?已?收悉|收到)"
)
_NO_SCHEME = re.compile(r"有关|相关|具体|配套|各[省市区县地]|本[省市区县]|年度|时$|要求")
# 印发关于促进消费的若干措施；根据省人大常委会关于批准规划的决定。机关在外，题目从“关于”起。
_ABOUT = re.compile(
    rf"(?:印发|出台|发布|公布|颁布|制定|通过|落实|贯彻|根据|按照|执行)了?[{_HAN}、 ]{{0,24}}?"
    r"(?P<title>关于[^，。；：《》〈〉\n“”]{4,44}?的(?:若干政策措施|若干措施|若干意见|若干规定|指导意见|实施意见|决定|意见|通知|通告|公告))"
    r"(?=[，。；、\n]|精神|要求|等|明确|提出|指出|规定，|中)"
)
_NO_ABOUT = re.compile(r"有关|相关|各[省市区县地]|本[省市区县条]|与会|其他")
_STATE_PLAN = re.compile(
    rf"(?:国家|全国)(?P<rest>[{_HAN}“”]{{4,32}}?(?:(?:发展|总体|布局|建设|保护|专项|防治|治理)?规划(?:纲要)?|发展纲要|战略纲要"
    rf"|应急预案|处置预案|行动计划|实施计划))"
    rf"(?!纲要){_NOTE}(?=[，。；、\n]|[和及与](?!管理|建设|实施|政策)|的(?:落实|宣贯|实施|贯彻|通知|要求|部署|目标|规定)|要求|确定的?|明确|提出|等)"
)
_NO_STATE_PLAN = re.compile(
    r"的|有关|相关|各|规定|制定|编制|统一|实行|建立|依据|根据|按照|主管|年度|和(?:地方|省|市|本|各)|[对将把向由]"
    r"|^(?:级|[\u4e00-\u9fff]{0,3}(?:规划|计划)$)|人民代表|工作人员|机关|城市|国土空间规划"
)
_STATE_CUE = re.compile(
    r"(?:[抓落]好|抓实|落实|实施|执行|贯彻|加强|按照|根据|依据|制[定订]|编制|出台|印发|发布|颁布|修订|衔接|对接|纳入|列入"
    r"|[、和与及了的])$"
)
_YEAR_PLAN = re.compile(rf"“十[一二三四五六七八九]?五”[{_HAN}]{{0,30}}?规划(?:纲要)?")
_PLACED = re.compile(rf"[{_HAN}]{{2,24}}$")
_NO_PLACED = re.compile(r"的|等|各|制定|编制|根据|关于|按照|印发|会议|是|在|为")
_LAW = re.compile(
    r"(?P<title>中华人民共和国[\u4e00-\u9fff、]{2,24}?(?:法典|法))(?=第[\d一二三四五六七八九十百]|的?规定|和|、|及|，|。|；|等|》|\s)"
)
_NO_LAW = re.compile(r"的|必须|违反|领域|公民|境内|本法|、|拥护|宣誓")
# 依照兵役法的有关规定：法律的简名，前后都有标志。
_BY_LAW = re.compile(
    r"(?:按照|依照|依据|根据|违反|贯彻|执行|落实|实施|遵守|符合|适用|修改|修订|简称|参照|[和与及])[了的]?$"
)
# 刑法第二百四十六条：后面是条的简名，前面不是一个更长的名称就行。
_ARTICLE_OF_LAW = re.compile(r"第[\d一二三四五六七八九十百千零〇]{1,9}条")
_LAW_BEGINS = re.compile(
    r"(?:^|[^一-鿿]|[的了和与及或按据照由依用为对是以犯属于有将在指即后前因除反到]|现行|规定|适用)$"
)
_OF_LAW = re.compile(
    r"关于|管理(?=的)|的?(?:有关|相关)?(?:规定|要求|精神|原则)|第[\d一二三四五六七八九十百]|[，。；、）和与及]|等"
)
# 根据宪法，制定本法：宪法只有一部，作为依据时是文件名；享有宪法规定的权利说的是其内容。
_CONSTITUTION = re.compile(r"(?:根据|依据|依照)(?P<title>宪法)(?=[，和、及])")
_MINUTES = re.compile(
    r"(?:贯彻|落实|传达|学习)(?P<title>(?:全国|全省|全市|全区|全县|国务院|省|市)[^，。；《》\n]{2,20}会议纪要)(?=精神|要求|，|。)"
)
# 向大会作政府工作报告说的是行为；所作的政府工作报告、会议批准的政府工作报告是文件。
_REPORT = re.compile(
    r"(?:所作的\s{0,4}|(?:会议)?(?:完全)?同意(?:了)?|(?:批准|同意)[^，。；\n]{0,20}的?|(?:19|20)\d\d年[^，。；\n]{0,6})(?P<title>政府工作报告)(?!重点|任务)"
    r"|(?<=[，。；、])(?P<title2>政府工作报告)(?=\s{0,2}(?:中?提出|指出|明确|强调))"
)
# 推进某法的出台：还在立的法。
_COMING_LAW = re.compile(
    rf"(?:推进|推动|促进|加快)(?P<title>[{_HAN}]{{4,16}}?法)的?(?:出台|制定|起草|立法)(?!机关|工作者)"
)
# 根据国家某某方案等文件：题目以要做的事开头。
_STATE_SCHEME = re.compile(
    rf"(?:根据|按照|依据)(?:国家|国务院|省|市)(?P<title>(?!有关|相关)[{_HAN}]{{5,30}}?(?:工作方案|总体方案|实施方案|方案|若干意见|指导意见))"
    r"等(?:有关|相关)?(?:文件|政策|规定)"
)
# 列入“十五”期间全国某某规划：几年的全国规划。
_LISTED_PLAN = re.compile(
    rf"(?:列入|纳入)(?:了)?(?P<title>“十[一二三四五六七八九]?五”(?:期间|时期)?(?:全国|国家)[{_HAN}]{{2,20}}?规划)"
)
_ARTICLE = re.compile(r"^[ ]{0,4}第[一二三四五六七八九十百]{1,5}条[ \s]", re.M)
_CONFORMS = re.compile(
    r"(?:符合|执行|实施|达到|超过|超出|低于|高于|按照|依照|违反|满足|适用|遵守|根据|依据)[了的]?(?:国家)?$"
)
# 后面说达到它的有多少、它以外的怎样。
_MEASURED = re.compile(r"(?:优良率|合格率|达标率|优秀率|之[外内]|以[外内]的|规定的)")
_PARTS = re.compile(r"(?:制度|标准|清单|目录|要求|体系|分类|名单|名录|规范|指标)(?:（[^（）]{1,16}）)?$")
# 名称后面还有题目的话，是另一件文件；本地区的某某方案也是另一件。
_MOST_NAMES = 300
_LONGER = re.compile(
    r"\s{0,2}(?:取证|换证|的?申请|修正案|草案|（草案|实施细则|实施意见|的?(?:通知|决定|补充|解读|批复|函|请示|报告|说明))"
)
_OTHERS_OWN = re.compile(r"(?:本地区|各地区?|本[省市区县级]|各[省市区县]|本部门|本行业)的?$")


class Running(NamedTuple):
    """Where a title stands, the rule that found it, its confidence, and whether it is a proposal's."""

    start: int
    end: int
    rule: str
    confidence: float
    proposal: bool = False


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Names of administrative divisions, full and short, by their first two characters."""
    names = {row["name"] for row in table("regions")} | {"国家中长期", "中国"}
    names.update(
        short
        for row in table("regions")
        for short in row["shorts"].split("|")
        if len(short) > 1 and short not in row["common"].split("|")
    )
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(name[:2], []).append(name)
    return {head: tuple(group) for head, group in found.items()}


def starts_with_place(title: str) -> bool:
    """True where a title begins with the name of an administrative division (云门市…, 渝北区…)."""
    return title.startswith(_places().get(title[:2], ()))


@cache
def _standards() -> re.Pattern[str]:
    """National standards that texts name without marks."""
    names = sorted((row["name"] for row in table("standard_names")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


@cache
def _statutes() -> re.Pattern[str]:
    """The nation's laws by the names that texts use for short."""
    names = sorted((row["name"] for row in table("statutes")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _laws(folded: str) -> Iterator[Running]:
    """Laws by their short names: 按照兵役法的有关规定."""
    for match in _CONSTITUTION.finditer(folded):
        yield Running(*match.span("title"), "bare_law", 0.8)
    for match in _statutes().finditer(folded):
        before = max(0, match.start() - 4), match.start()
        named = _OF_LAW.match(folded, match.end()) and _BY_LAW.search(folded, *before)
        if named or (_ARTICLE_OF_LAW.match(folded, match.end()) and _LAW_BEGINS.search(folded, *before)):
            yield Running(*match.span(), "bare_law", 0.8)


def find_running(folded: str) -> Iterator[Running]:
    """Titles behind a cue, rule by rule; they may overlap, the earlier rule is the stronger."""
    for match in _PROPOSAL.finditer(folded):
        yield Running(*match.span("title"), "bare_proposal", 0.9, proposal=True)
    for verb in _MAKING.finditer(folded):
        if starts_with_place(folded[verb.end() : verb.end() + 12]):
            made = _MADE.match(folded, verb.end())
            if made and not _VAGUE.search(made[0]):
                yield Running(*made.span(), "bare_making", 0.75)
    for match in _RECEIVED.finditer(folded):
        yield Running(*match.span("title"), "bare_received", 0.85)
    for match in _MINUTES.finditer(folded):
        yield Running(*match.span("title"), "bare_minutes", 0.75)
    for match in _LAW.finditer(folded):
        if not _NO_LAW.search(match["title"]):
            yield Running(*match.span("title"), "bare_law", 0.85)
    yield from _laws(folded)
    for match in _COMING_LAW.finditer(folded):
        yield Running(*match.span("title"), "bare_law", 0.7)
    for match in _REPORT.finditer(folded):
        yield Running(*match.span("title" if match["title"] else "title2"), "bare_report", 0.75)
    for match in _standards().finditer(folded):
        named = _CONFORMS.search(folded, max(0, match.start() - 8), match.start()) or _MEASURED.match(
            folded, match.end()
        )
        if named:
            yield Running(*match.span(), "bare_standard", 0.8)
    article = _ARTICLE.search(folded)
    yield from _plans(folded, article.start() if article else len(folded))


def _plans(folded: str, stop: int) -> Iterator[Running]:
    """Plans and schemes before ``stop``, where the articles of a statute begin."""
    for match in _YEAR_PLAN.finditer(folded, 0, stop):
        start = _place_before(folded, match.start())
        if start is not None:
            yield Running(start, match.end(), "bare_plan", 0.75)
    for rule in (_LISTED_PLAN, _STATE_SCHEME):
        for match in rule.finditer(folded, 0, stop):
            yield Running(*match.span("title"), "bare_plan", 0.7)
    for match in _SCHEME.finditer(folded, 0, stop):
        if len(match["title"]) >= 10 and not _NO_SCHEME.search(match["title"]):
            yield Running(*match.span("title"), "bare_scheme", 0.7)
    for match in _REFORM.finditer(folded, 0, stop):
        yield Running(*match.span("title"), "bare_scheme", 0.7)
    for match in _ABOUT.finditer(folded, 0, stop):
        if not _NO_ABOUT.search(match["title"]):
            yield Running(*match.span("title"), "bare_about", 0.7)
    for match in _STATE_PLAN.finditer(folded, 0, stop):
        cue = _STATE_CUE.search(folded, max(0, match.start() - 4), match.start())
        if cue and not _NO_STATE_PLAN.search(match["rest"]):
            yield Running(*match.span(), "bare_state_plan", 0.75)


def _place_before(folded: str, end: int) -> int | None:
    """Where the place's name begins that ends, with the plan's field, at ``end``: 国家, 深圳市国民经济和社会发展."""
    run = _PLACED.search(folded, max(0, end - 24), end)
    if run is None:
        return None
    for offset in range(len(run[0]) - 1):
        rest = run[0][offset:]
        if (rest in ("国家", "全国") or starts_with_place(rest)) and not _NO_PLACED.search(rest):
            return run.start() + offset
    return None


def find_repeated(folded: str, named: frozenset[str], *, forms: bool = False) -> Iterator[Running]:
    """Full titles named elsewhere that stand in a sentence without marks: 在云门市助餐服务实施方案施行期间.

    ``forms``: names of licences count too, where the caller knows that they head a text.
    """
    kinds = ("document", "form") if forms else ("document",)
    names = [name for name in named if len(name) >= 10 and tail_status(name) in kinds and not _PARTS.search(name)]
    for name in sorted(names, key=lambda name: (-len(name), name))[:_MOST_NAMES]:
        place = folded.find(name)
        while place >= 0:
            end = place + len(name)
            if not _LONGER.match(folded, end) and not _OTHERS_OWN.search(folded, max(0, place - 6), place):
                yield Running(place, end, "repeated_in_text", 0.75)
            place = folded.find(name, end)
