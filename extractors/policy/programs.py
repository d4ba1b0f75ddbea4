"""PROGRAM: policy instruments that one could look up: pilots, projects, campaigns, insurances, benefits, schemes.

Four readers propose (known names, head words, quoted names, lists), the longest proposal wins; then what a name
stands for is settled within the document. Annotation guidelines 3 and 6.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from extractors.model import Document, Found, Mention
from extractors.policy.program_heads import after_leading, headed_names
from extractors.policy.program_lists import listed_names
from extractors.policy.program_names import Candidate, is_known, known_names
from extractors.policy.program_quotes import quoted_names
from extractors.policy.program_topics import topics

__all__ = ["find", "is_statute"]

# 名字里可以含地名（北京国际电影节）、时间（十四五）；含其他已认出的东西的不是名字。
_WITHIN_NAMES = ("REGION", "TIME")
_ARTICLE = re.compile(r"^[ \t]*第[一二三四五六七八九十百零〇\d]+条", re.MULTILINE)
_STATUTE_ARTICLES = 5
# 补贴、津贴类：前面的受益人、机构是名字的一部分，长者为准；其余以表里的名字为准。
_BENEFIT = re.compile(r"(?:补贴|津贴|补助|消费券)(?:制度)?$")
# 名字里地名是其一部分的活动、网站、战略。
_PLACE_BELONGS = re.compile(r"(?:节|会|平台|网站|消费券|博览会|建设|奖|嘉年华|消费季|开发战略|发展战略|振兴战略)$")
_BENEFICIARY = re.compile(
    r"(?:一次性|阶段性|城镇|农村|城乡|民办|公办|社会办|普惠|特困|困难|经济困难的?|生活困难的?|特殊困难的?|低收入|低保|高龄|失能|半失能|失智|重度|"
    r"中度以上|残疾|高校|青年|高层次|紧缺|外来|重残|独居|空巢|居家|和|与|多孩|二孩|三孩|多子女|大学生|普惠性|团购|"
    r"首套房?|二手房|新建商品住[房宅]|商品住[房宅]|商品房|"
    r"老年人|老人|残疾人|家庭|人员|机构|职工|毕业生|农民|企业|儿童|婴幼儿|教师|军人|人才|床位|养老|托育|护理员|从业)+"
)
_DIRECTED = re.compile(r"(?:改革|战略|制度|工程|行动)$")
_DIRECTING = re.compile(
    r"(?:深化|实施|推进|推动|落实|健全|完善|建立|执行|实行|推行|开展|启动)(?:好|了|全国|全省|全市)?$"
)
# 以“甲救助条例”为题的法规，甲救助是它规范的那件事，不是政策工具；保险、基金、制度、评估仍是。
_MATTER = re.compile(r"(?:救助|援助|治理|防治|防控|公开|献血|监测|检查|普查|保护|促进|建设|服务|登记|调解|阅读|健身)$")
_STATUTE = re.compile(r"(?:工作|管理|保障|促进|监督|奖励)*(?:暂行|试行)?(?:条例|办法|规定|细则|法|决定)")
# 书名号里的名字（申请表、合同、未认作文件的题目）不是正文提到的项目。
_MARKED = re.compile(r"《[^《》\n]{1,80}》")
# 引号里的半截名字紧接在表里的名字前。
_PART = re.compile(r"“(?!十[一二三四五]五)([^“”，。；：\n]{1,9}[^“”，。；：\n员师工人者户])”$")
# 以地为名的节会。
_EVENT = re.compile(r"(?:艺术节|文化节|博览会|运动会|嘉年华|购物节|消费季|论坛)$")
# 甲（以下简称“乙”）：乙就是甲。
_CALLED = re.compile(r"[（(](?:以下|下)?(?:统称|简称)(?:为|:|：)?“?([一-鿿A-Za-z0-9+]{2,14})”?[）)]")
# 全名之后，光说“先导区”就是它。
_ZONE = re.compile(r"(先导区|试验区|先行区|示范区)$")
_GRAMMAR = ("programs.head", "programs.topic")
_TOO_SHORT = frozenset(
    ["贷款", "补贴", "补助", "津贴", "项目", "资金", "基金", "试点", "工程", "行动", "计划", "保险", "奖励", "活动"]
)
_ZONE_LEAD = "，。；、：（“\n \u3000持在对进各本该于将由和与入向"
_ECHO_LEAST = 4
_SHORT_OF_PLACE = re.compile(r"^[一-鿿]{2}(?:计划|工程|行动)$")
_LEAST = 4
_SURE = 0.7


def is_statute(folded: str) -> bool:
    """True for a text in articles (第一条 …): a law, regulation or set of rules."""
    return len(_ARTICLE.findall(folded, 0, 20000)) >= _STATUTE_ARTICLES


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """Programs in text order, none inside a title, number or body."""
    folded = doc.folded
    statute = is_statute(folded)
    known = [_led(folded, candidate, found) for candidate in known_names(folded)]
    headed = headed_names(folded, statute=statute)
    candidates = [
        *known,
        *_without_places(folded, _unknown(folded, headed, known), found),
        *quoted_names(folded),
        *listed_names(folded),
        *topics(folded, [(m.start, m.end) for m in found.of("DOCUMENT_TITLE") if not m.attributes.get("anaphor")]),
    ]
    blocked = _blocked(folded, found)
    chosen = [c for c in _longest(candidates) if not _meets(blocked, c)]
    chosen += [c for c in _echoes(folded, chosen) if not _meets(blocked, c)]
    if statute:
        titles = [
            "".join(folded[m.start : m.end].split()) for m in found.of("DOCUMENT_TITLE") if m.attributes.get("self")
        ]
        chosen = [c for c in chosen if not _is_matter(folded[c.start : c.end], titles)]
    for candidate in _settled(_longest(chosen), folded):
        attributes = {"canonical": candidate.canonical}
        yield Mention(candidate.start, candidate.end, "PROGRAM", candidate.rule, candidate.confidence, attributes)


def _led(folded: str, candidate: Candidate, found: Found) -> Candidate:
    """A known name with what belongs to it on the left: a part in quotes (“一老一小”…扣除), an event's place."""
    start = candidate.start
    if folded[start - 1 : start] == "”" and (quoted := _PART.search(folded, max(0, start - 16), start)):
        if not is_known(quoted[1]):
            start = quoted.start()
    elif _EVENT.search(candidate.canonical):
        start = next((m.start for m in found.of("REGION") if m.end == start), start)
    if start == candidate.start:
        return candidate
    more = folded[start : candidate.start].replace("“", "").replace("”", "")
    return candidate._replace(start=start, canonical=more + candidate.canonical)


def _is_matter(name: str, titles: Iterable[str]) -> bool:
    """True for the work that a statute is about (自然灾害救助 in 自然灾害救助条例): its matter, no instrument."""
    if not _MATTER.search(name):
        return False
    return any((at := title.find(name)) >= 0 and _STATUTE.fullmatch(title, at + len(name)) for title in titles)


def _is_directed(folded: str, candidate: Candidate) -> bool:
    """True for a reform, strategy or system right behind the verb that carries it out (深化水利投融资体制改革)."""
    return bool(
        _DIRECTED.search(candidate.canonical)
        and _DIRECTING.search(folded, max(0, candidate.start - 6), candidate.start)
    )


def _unknown(folded: str, headed: Iterable[Candidate], known: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names by head word, save those that only lengthen a known name to the left by what is not its beneficiary."""
    starts = {candidate.end: candidate.start for candidate in known}
    for candidate in headed:
        inner = starts.get(candidate.end)
        if inner is None or (
            inner > candidate.start and (_of_beneficiary(candidate, inner) or _is_directed(folded, candidate))
        ):
            yield candidate


def _of_beneficiary(candidate: Candidate, inner: int) -> bool:
    """True for a benefit whose known name, from ``inner`` on, is led by those who get it."""
    if not _BENEFIT.search(candidate.canonical):
        return False
    return _BENEFICIARY.fullmatch(candidate.canonical, 0, inner - candidate.start) is not None


def _without_places(folded: str, candidates: Iterable[Candidate], found: Found) -> Iterator[Candidate]:
    """Region words before a name are not part of it, unless an event or a site is named after the place."""
    regions = {m.start: m.end for m in found.of("REGION")}
    starts = sorted(regions)
    for candidate in candidates:
        start = candidate.start
        if not _PLACE_BELONGS.search(candidate.canonical):
            for at in starts[bisect_right(starts, start - 1) : bisect_right(starts, candidate.end)]:
                if regions[at] < candidate.end - 3:
                    start = regions[at]
        if start == candidate.start:
            yield candidate
        else:
            start = after_leading(folded, start, candidate.end)
            cut = candidate.canonical[start - candidate.start :]
            if len(cut) > _LEAST or (len(cut) == _LEAST and not _SHORT_OF_PLACE.search(cut)):
                yield candidate._replace(start=start, canonical=cut)
            elif _SHORT_OF_PLACE.search(cut):  # 珠海英才计划：去了地名就不成名字
                yield candidate


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """No two overlap: the longer wins, of equals the one surer of itself."""
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, -c.confidence)):
        span = range(candidate.start, candidate.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(candidate)
    return sorted(kept)


def _echoes(folded: str, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """Names read by grammar once are names wherever they stand.

    Not a system without its 制度: 煤矿安全监察 in a regulation on it, 人民当家作主 in a report, are no instruments.
    """
    seen: dict[str, str] = {}
    for candidate in chosen:
        surface = folded[candidate.start : candidate.end]
        if candidate.rule == "programs.quoted" and candidate.confidence >= _SURE:
            seen.setdefault(f"“{surface}”", candidate.canonical)
        elif candidate.rule in ("programs.head", "programs.quoted_head") and len(surface) >= _ECHO_LEAST:
            seen.setdefault(surface, candidate.canonical)
    for candidate in chosen:
        if (called := _CALLED.match(folded, candidate.end)) and called[1] not in _TOO_SHORT:
            seen.setdefault(called[1], candidate.canonical)
    zones = {c.canonical: z[1] for c in chosen if c.rule in _GRAMMAR and (z := _ZONE.search(c.canonical))}
    for full, short in zones.items() if len(zones) == 1 else ():
        for match in re.finditer(short, folded):
            if match.start() and folded[match.start() - 1] in _ZONE_LEAD:
                yield Candidate(match.start(), match.end(), full, "programs.echo", 0.7)
    for surface, canonical in seen.items():
        at = folded.find(surface)
        while at >= 0:
            quotes = 1 if surface[0] == "“" and surface[-1] == "”" else 0
            yield Candidate(at + quotes, at + len(surface) - quotes, canonical, "programs.echo", 0.7)
            at = folded.find(surface, at + len(surface))


def _settled(chosen: Iterable[Candidate], folded: str) -> Iterator[Candidate]:
    """A short benefit (运营补贴) means the longer one named before it (民办养老机构运营补贴)."""
    longer: list[str] = []
    for candidate in chosen:
        benefit = _BENEFIT.search(candidate.canonical)
        if benefit and len(candidate.canonical) <= 5:
            match = next((name for name in reversed(longer) if name.endswith(candidate.canonical)), None)
            if match and match != candidate.canonical:
                candidate = candidate._replace(canonical=match)
        elif benefit:
            longer.append(candidate.canonical.removesuffix("制度"))
        yield candidate


def _blocked(folded: str, found: Found) -> tuple[list[int], list[int]]:
    """Starts, and the furthest end up to each, of mentions that no program may touch."""
    spans = sorted(
        [(m.start, m.end) for m in found if m.type not in _WITHIN_NAMES]
        + [marked.span() for marked in _MARKED.finditer(folded)]
    )
    ends, furthest = [], 0
    for _, end in spans:
        furthest = max(furthest, end)
        ends.append(furthest)
    return [start for start, _ in spans], ends


def _meets(blocked: tuple[list[int], list[int]], candidate: Candidate) -> bool:
    starts, ends = blocked
    index = bisect_right(starts, candidate.end - 1) - 1
    return index >= 0 and ends[index] > candidate.start
