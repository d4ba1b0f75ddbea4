"""Instruments by grammar: a head word (…工程, …行动, …津贴) and what stands left of it, back to a verb or a mark.

The table ``program_heads`` tells for each head how much must stand before it, whether a verb of carrying out has to
introduce it, what it must not be preceded or followed by, and whether it is read in statutes, where systems and works
are legal institutions and building works rather than programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import ahocorasick

from extractors.bodies.gazetteer import halves
from extractors.policy.program_names import Candidate
from ontology import table

__all__ = ["after_leading", "begins_at", "headed_names"]

_REACH = 32
_SUBJECT = 80
_LONGEST = 24
# 数字、标点、空白处必断；引号另说。
_MARK = r"(?:\d+\.|\d+[个家所户批]|[\d一二三四五六七八九十百千万亿.]+元)|[，。；：！？（）《》〈〉〔〕、\s“”‘’…—|]"
# 单字虚词，避开它们作构词成分的时候（对口、为老、以旧换新、在职、从业、将军）。
_PARTICLE = (
    r"(?<![点结应核])对(?![口外接])|为(?![老民农残])|以(?![旧工奖下上内])|在(?![职校线家外售建])|从(?!业)|向(?!日)|将(?!军)|(?<!一)把|"
    r"(?<!自)由|于(?!都)|至|到|能够|并(?!购)|全国(?![家有])|(?<![高中初同平均])等(?![级次])|"
    r"重点(?!群体|人群|行业|领域|单位|专科|产业|学科|实验室)|科学(?!技术|研究|基金|院|馆|奖|素质|普及|家)|(?<!机)构建|了(?!解)|(?<!供)给(?![付水予])|给予|"
    r"(?<![资基成根])本(?:[省市区县]|自治区)|支付(?!方式|改革|保障|制度|系统|平台|能力|标准|宝|通)"
)
# 先看首字，省得每个位置把各支都试一遍。
_BREAK = re.compile(
    r"(?=[\d一二三四五六七八九十百千万亿.，。；：！？（）《》〈〉〔〕、\s“”‘’…—|对为以在从向将把由于至到能并全等重科构了给本支])"
    rf"(?:{_MARK}|{_PARTICLE})"
)
# 紧靠中心词的动词属于名字：能力提升|行动、改革深化提升|行动。
_INNER = re.compile(
    r"(?:提升|提高|优化|强化|扩大|巩固|调整|促进|加强|推广|创建|拓展|深化|支持|培育|建设|完善|利用|使用|开发|启动|应用)+$"
)
_AND = re.compile(r"[和与及]")
# 名字开头的这些词是动作或修饰，不属名字；脱到不能再脱。
_LEADING = re.compile(
    r"(?:高标准(?=建设)|建设(?!项目|用地|工程)|改革(?!开放|创新|试验|试点|先行|发展|强军)|规范(?!化|性|管理|文)|提升|促进|保障(?!性)|做强|做优|发展|承接|开发(?!区)|为期|新增|上述|以上|以下(?!简称)|该|此|本(?!科)|其[他它余]?|各|若干|一些|[一大]部分|前[一二三四五六七八九十\d]+类|这|首批|首届|首次|次|第[一二三四五六七八九十\d]+[批届]?(?!方)|[省市](?=科技)|"
    r"[一二三四五六七八九十百\d]+(?:项|个|大|年|批|月|日|[类条种户]|亿元|万元|万?亩|%)(?!行动)|省级|市级|区级|县级|地方|当地|目前|近年来|今年|去年|"
    r"制?[和与及或]|[至到为向把将由并]|对(?![口外接])|以(?![旧工奖])|在(?![线校职售建])|好(?!房(?![屋地产])|医|家|邻|老师))"
)
_GENERIC = re.compile(
    r"(?:重大|重点|领域|专项|系列|各项|有关|相关|其他|综合|联合|统一|创新|国家|省级|市级|示范|改革|工作|服务|管理|建设|整治|治理|"
    r"年度|特色|主题|系统|配套|三年|五年|具体|一系列|全民|社会|城市|农村|基层|地方|政府|信息|网络|公共|等|新|大)+$"
)


_ACTIVE = re.compile(r"(?:行动|工程|计划|试点|项目|活动|战略|专项)$")
# 专项资金和基金是哪一级的，名字里说明（省级服务业发展专项资金）。
_FUND = re.compile(r"(?:资金|基金)$")
_LEVEL = re.compile(r"(?:中央|省级|市级|区级|县级|自治区级)(?:财政)?$")
# 奖的名字从颁奖的一方起（……等成果国家自然科学奖）。
_GIVER = re.compile(r"(?:国家|全国|中国|中华)[一-鿿]*$")
# 名字须紧接在这些词之后（launch）。
_LAUNCH = re.compile(
    r"(?:实施|启动|开展|推出|落实|推行|组织|参加|参与|入选|列入|纳入|申报|推进|牵头)(?:好|了|并|国家|全国|省级|全省|新一轮|[“、和及])*$"
)
# 实施优化消费环境行动、实施促进就业行动：紧接在实施一类动词后的动词是名字的开头。
_DEED = re.compile(r"(?:实施|开展|启动|推出)(?:好|了)?([一-鿿]{2})?$")
_OPENING = re.compile("提升|促进|保障")
_NO_DEED = re.compile(
    "实施|开展|启动|推出|推进|落实|举办|建立|设立|组织|参与|参加|申报|完成|培育|建成|打造|推动|创建|完善|健全|探索"
)
# 法规里的制度，国家、本地区、政府和部门建立的才是；单位、企业内部的不是。
_INSTITUTED = re.compile(
    r"(?:(?:国家|[全本][省市区县州]|[省市]|自治区)(?:对[^，。；\n]{2,10})?"
    r"|(?:政府|部门|地方)(?:(?![单企经机学医公][位业营构校院司]|[者人]应当|本部门|内部)[^。；\n]){0,60})"
    r"(?<!不)(?:实行|建立健全|建立和完善|建立|健全|完善|推行)$"
)
# 有这些字的是泛指或另一回事。
_NO_NAME = re.compile(r"^第三方|政府和|部门|单位|有条件|符合条件")
# 这些是“建设”出来的；工程若也由“建设”引出，多半是土木工程。
_BUILT = ("区", "体系", "平台", "网络", "圈")
# 名字在句首，做事的一方在后。
_CARRIED_OUT = re.compile(r"”?(?:是|由|自|于)[^，。；\n]{1,16}(?:实施|开展|启动|推出|设立|组织|牵头)")


class _Head(NamedTuple):
    word: str
    cue: str
    least: int
    statutes: str
    barred: re.Pattern[str] | None
    followers: re.Pattern[str] | None


@cache
def _heads() -> tuple[dict[str, _Head], ahocorasick.Automaton]:
    heads = {
        row["head"]: _Head(
            word=row["head"],
            cue=row["cue"],
            least=int(row["least"]),
            statutes=row["statutes"],
            barred=re.compile(f"(?:{_words(row['barred'])})$") if row["barred"] else None,
            followers=re.compile(_words(row["followers"])) if row["followers"] else None,
        )
        for row in table("program_heads")
        if row["cue"] != "topic"
    }
    automaton = ahocorasick.Automaton()
    for word, head in heads.items():
        automaton.add_word(halves(word), head)
    automaton.make_automaton()
    return heads, automaton


def _words(cell: str) -> str:
    return "|".join(re.escape(word) for word in cell.split("|"))


@cache
def _boundary() -> tuple[ahocorasick.Automaton, re.Pattern[str], frozenset[str]]:
    """The words after which a name can begin, the verbs of carrying out among them, and these verbs one by one."""
    automaton = ahocorasick.Automaton()
    rows = sorted(table("program_boundaries"), key=lambda row: -len(row["word"]))
    for row in rows:
        automaton.add_word(row["word"], (len(row["word"]), row["kind"] == "inner"))
    automaton.make_automaton()
    verbs = [row["word"] for row in rows if row["kind"] in ("verb", "inner")]
    return automaton, re.compile("|".join(map(re.escape, verbs))), frozenset(verbs)


def _last_break(folded: str, reach: int, stop: int) -> int:
    """Where the last mark, particle or boundary word of ``[reach, stop)`` ends; ``reach`` where there is none."""
    begin, end = -1, reach
    for match in _BREAK.finditer(folded, reach, stop):
        begin, end = match.span()
    for last, (length, inner) in _boundary()[0].iter_long(folded, max(reach, begin), stop):
        first = last - length + 1
        if (first >= end or first == begin) and (not inner or first <= end):
            begin, end = first, last + 1
    return end


# 文件名词跟在后面，那是文件（…行动实施方案），不是项目；“制度化”是动词。
_DOCUMENT = re.compile(
    r"化(?![解工肥学])|型|(?:发放|资格|申领|审核|申请)*(?:申请表|审批表|确认表)|(?:工作|实施|建设|总体|三年|年度)*(?:方案|规划|意见|细则|办法|纲要|条例|通知|指南|规定|标准|导则|"
    r"领导小组|指挥部|办公室|联席会议|专班|协调小组|推进小组)"
)


def headed_names(folded: str, *, statute: bool) -> Iterator[Candidate]:
    """Names that end in a head word of the table, in text order."""
    _, automaton = _heads()
    before = 0
    for last, head in automaton.iter_long(halves(folded)):
        end = (last + 1) // 2
        stop = end - len(head.word)
        gap, between, before = stop - before, folded[before:stop], end
        if (
            (statute and not head.statutes)
            or gap == 1  # 两个中心词挨得太近，中间放不下名字
            or (gap < head.least and between in _boundary()[0])
            or folded.startswith(head.word, stop - len(head.word))
            or _DOCUMENT.match(folded, end)
            or (head.followers and head.followers.match(folded, end))
        ):
            continue
        award = _GIVER.search(folded, max(0, stop - _REACH), stop) if head.word[-1] == "奖" else None
        start = award.start() if award else _start(folded, stop, head.word)
        if start is None:
            continue
        if _FUND.search(head.word) and (level := _LEVEL.search(folded, max(0, start - 6), start)):
            start = level.start()
        stem = folded[start:stop]
        bare = stem.replace("“", "").replace("”", "")
        if (
            len(bare) < head.least
            or bare[-1] in "和与及或、"
            or len(stem) > _LONGEST
            or (not award and _GENERIC.match(bare))
            or _NO_NAME.search(bare)
        ):
            continue
        if head.barred and head.barred.search(bare):
            continue
        if head.cue and not _cued(folded, start, head) and not _told(folded, start, end):
            continue
        if statute and head.statutes == "state" and not _INSTITUTED.search(folded, max(0, start - _SUBJECT), start):
            continue
        yield Candidate(start, end, bare + head.word, "programs.head", 0.8 if head.cue else 0.75)


def _start(folded: str, stop: int, head: str) -> int | None:
    """Where the name whose ``head`` begins at ``stop`` begins; None where nothing stands before the head."""
    reach = max(0, stop - _REACH)
    left = folded[reach:stop]
    if left.endswith("”"):  # “养老服务+行业”促进行动：引号整个在名内
        opening = left.rfind("“")
        return reach + opening if opening >= 0 else None
    inner = _INNER.search(left) if _ACTIVE.search(head) else None
    start = _last_break(folded, reach, reach + inner.start() if inner else stop)
    if folded[start - 1 : start] == "”":
        opening = folded.rfind("“", max(0, start - 20), start - 1)
        if opening >= 0 and stop - start <= 10:
            return opening
    if _ACTIVE.search(head):
        deed = _DEED.search(folded, max(0, start - 7), start)
        if deed and deed[1] in _boundary()[2] and not _NO_DEED.fullmatch(deed[1]):
            return deed.start(1)
        if deed and deed[1] is None and _OPENING.match(folded, start):
            return start
    start = after_leading(folded, _after_and(folded, start, stop, whole=head == "制度"), stop)
    return start if start < stop else None


def begins_at(folded: str, stop: int) -> int:
    """Where the phrase that holds ``stop`` begins: after the last mark, particle or boundary word."""
    return after_leading(folded, _last_break(folded, max(0, stop - _REACH), stop), stop)


def after_leading(folded: str, start: int, stop: int) -> int:
    """Past the words at the beginning of ``[start, stop)`` that belong to no name (新增, 首批, 15个)."""
    while start < stop and (leading := _LEADING.match(folded, start, stop)):
        start = leading.end()
    return start


def _after_and(folded: str, start: int, stop: int, *, whole: bool) -> int:
    """A name holds 和 (城市功能与品质再提升行动) unless what stands before it is a name by itself.

    ``whole``: however much follows it (人才供需和就业质量年度报告制度).
    """
    for joint in _AND.finditer(folded, start, stop):
        before = folded[start : joint.start()]
        if not before or (stop - joint.end() >= 8 and not whole) or before.endswith(_wholes()):
            start = joint.end()
    return start


@cache
def _wholes() -> tuple[str, ...]:
    """What ends a name that 和 may join to the next."""
    return (*_heads()[0], "系统", "标准", "体系", "机制", "基金", "资金", "平台", "项目", "制度")


def _told(folded: str, start: int, end: int) -> bool:
    """True where the sentence begins with the name and goes on to tell who carries it out (…工程是我厅实施的)."""
    begins = folded[start - 1 : start] in ("", "\n", "。", "；")
    return begins and _CARRIED_OUT.match(folded, end) is not None


def _cued(folded: str, start: int, head: _Head) -> bool:
    """True where a verb of carrying out introduces the name, or the list that the name goes on."""
    if head.cue == "launch":
        return _LAUNCH.search(folded, max(0, start - 10), start) is not None
    listed = folded[start - 1 : start] in ("、", "和", "与", "及", "“", "）")
    left = folded[max(0, start - (48 if listed else 14)) : start]
    cut = max(left.rfind("。"), left.rfind("；"), left.rfind("\n"))
    left = left[cut + 1 :]
    return _boundary()[1].search(left) is not None or (head.word.endswith(_BUILT) and "建设" in left)
