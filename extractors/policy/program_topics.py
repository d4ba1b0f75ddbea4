"""Instruments that a document is about: named in a title (X管理办法, 关于做好X工作的通知) or defined (本办法所称X).

What a title names so is a name wherever the text repeats it, in full or from a later word on
(技术攻关奖励性后补助 for 某省技术攻关奖励性后补助).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from extractors.policy.program_heads import begins_at
from extractors.policy.program_names import Candidate
from ontology import table

__all__ = ["topics"]

_TAIL = (
    r"(?:项目|经费|申领|使用|发放|申报|评审|绩效|资格|认定|审核|组织|实施|操作|服务|管理|补助|工作|若干|有关|问题|事项|的)*"
    r"(?:暂行|试行)?(?:实施|管理|操作)?(?:办法|细则|规定|方案|规程|指南|意见|通知|请示|批复|函|报告|决定|命令)"
)
_DEFINED = re.compile(
    r"本(?:办法|规定|细则|条例|意见|方案|通知|制度|标准|指南|规范|规程|政策|措施)所称的?“?([^，。；：\n（）“”]{3,24}?)”?"
    r"(?:（[^（）]{1,40}）)?，?(?:是指|系指|指的是|指|为|包括)"
)
# 关于同意新建X的批复：X整个是名字，地名在内。
_APPROVED = re.compile(
    r"同意[^，。；《》]{0,12}?(?:新建|迁建|设立|开展|实施|建设)"
    r"(?!.{0,30}等)([^，。；《》〈〉]{4,28}?)(?:项目)?的(?:批复|复函|函)$"
)
# 反复出现的“开展X工作”：X是本文件说的那一项。
_WORK = re.compile(r"(?:调查监测|绩效考核|变更调查|普查|安全评估|等级评定|能力评估)(?=工作|制度|体系|成果)")
_UNDERTAKEN = re.compile(
    r"(?:开展|做好|搞好|推进|加强|组织|实施|部署|参与|完善|启动)(?:年度|全国|全省|全市)?([一-鿿、]{4,18})$"
)
# 复函的小标题“一、关于某地机场建设问题”：X是要建的那一项。
_ASKED = re.compile(
    r"(?:^|\n)[ ]{0,8}(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．])[ ]{0,4}"
    r"关于(?:建设|修建|新建|加快)?"
    r"(?P<name>[一-鿿\d]{2,18}?(?:机场|隧道|水库|大桥|水利枢纽工程|水利枢纽|水电站|电站|铁路|高速公路|基地|工程|项目))"
    r"(?:项目)?(?:建设)?(?:的)?(?:有关)?问题"
)
_SEVERAL = re.compile(r"[和与及、等]|有关|相关|^重[大点]|若干|基础设施|一批")
_OFTEN = 3
_BROKEN = re.compile(r"\s*\n\s*")
# 题目里机关、地名、动词之后才是名字。
_LEAD = re.compile(
    r"(?:关于|印发|转发|做好|抓好|搞好|规范|管好|用好|加强|开展|推进|推动|组织|实施|落实|调整|提高|发放|下达|拨付|申报|完善|深化|健全|建立|继续|进一步"
    r"|扩大|使用|合用|建设(?!用地|项目|工程)|扩建|迁建|修建|新建|对(?!口|外)|启动|统筹|全面|深入|切实|省级|市级|区级|县级|年度?|期间|支持|[》〈《“”]|[委局厅](?!托|限|域)|部(?![分门署])|[省市县区州](?![场域级民容政]))"
)
_LEAST = 5
_LONGEST = 24


@cache
def _rows() -> dict[str, dict[str, str]]:
    """Heads that need no verb before them, and those that name an instrument in titles only."""
    return {row["head"]: row for row in table("program_heads") if row["cue"] in ("", "topic")}


@cache
def _heads() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_rows(), key=len, reverse=True))))


@cache
def _in_title() -> re.Pattern[str]:
    return re.compile(rf"(?:{_heads().pattern}){_TAIL}")


@cache
def _barred() -> re.Pattern[str]:
    words = ((word, head) for head, row in _rows().items() for word in row["barred"].split("|") if word)
    return re.compile("|".join(f"{re.escape(word)}{re.escape(head)}$" for word, head in words))


def topics(folded: str, titles: Iterable[tuple[int, int]]) -> Iterator[Candidate]:
    """Every place outside titles where the text repeats what its titles or definitions name."""
    names = dict.fromkeys(name for start, end in titles for name in _named(_BROKEN.sub("", folded[start:end])))
    names.update(dict.fromkeys(m[1] for m in _DEFINED.finditer(folded) if _is_name(m[1])))
    asked = {m["name"] for m in _ASKED.finditer(folded) if not _SEVERAL.search(m["name"])}
    recurring = Counter(_undertaken(folded))
    names.update(dict.fromkeys(name for name, count in recurring.items() if count >= _OFTEN and _is_name(name)))
    fulls = sorted(names, key=lambda name: (-len(name), name))
    for name in sorted(asked):
        for match in re.finditer(re.escape(name), folded):
            yield Candidate(match.start(), match.end(), name, "programs.topic", 0.75)
    for full in fulls:
        canonical = next((longer for longer in fulls if len(longer) > len(full) and longer.endswith(full)), full)
        yield from _repeated(folded, full, canonical)


def _undertaken(folded: str) -> Iterator[str]:
    """What 开展X工作, 做好X工作 name, each time."""
    for work in _WORK.finditer(folded):
        if before := _UNDERTAKEN.search(folded, max(0, work.start() - 24), work.start()):
            yield before[1] + work[0]


def _named(title: str) -> Iterator[str]:
    """The instruments that a title names: the words before 管理办法 and the like, from the last verb on."""
    if approved := _APPROVED.search(title):
        yield approved[1]
        return
    for match in _in_title().finditer(title):
        head = _heads().match(title, match.start())
        end = head.end() if head else match.end()
        start = max((lead.end() for lead in _LEAD.finditer(title, max(0, end - _LONGEST), match.start())), default=0)
        if _is_name(title[start:end]) and end - start <= _LONGEST:
            yield title[start:end]


def _is_name(name: str) -> bool:
    heads = [m for m in _heads().finditer(name) if m.end() == len(name)]
    return bool(heads) and len(name) >= _LEAST and heads[-1].start() >= 2 and not _barred().search(name)


def _repeated(folded: str, full: str, canonical: str) -> Iterator[Candidate]:
    """The places where the text has the whole name, or its end from a word of its own on."""
    tail = full[-_LEAST:]
    at = folded.find(tail)
    while at >= 0:
        end = at + len(tail)
        start = at
        while start > 0 and end - start < len(full) and folded[start - 1] == full[start - 1 - end]:
            start -= 1
        before = folded[begins_at(folded, end - 2) : start]
        if end - start == len(full) or not before or _LEAD.fullmatch(before):
            # What stands for a longer name outdoes the table's reading of the same words.
            confidence = 0.86 if canonical != folded[start:end] else 0.75
            yield Candidate(start, end, canonical, "programs.topic", confidence)
        at = folded.find(tail, end)
