"""Which program a figure tells of (``measures``, annotation guidelines 4): the program of its clause, of the clause or
sentence that it carries on, or of the heading it stands under.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractors.model import Document, Mention, Relation, Span

__all__ = ["find"]

_CLAUSE = "，,；;。！？\n"
_SENTENCE = "。！？\n"
_STOP = "；;。！？\n"
_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|第[一二三四五六七八九十百]+[条章]|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑳])"
)
# 分句以这些词开头，说的还是前面的事。
_CARRIES_ON = re.compile(
    r"(?:其中|累计|共计?|已|总计|总额|惠及|覆盖|受益|服务|发放|培训|培养|改造|建成|享受|投入|支出|支付|补贴|资助|救助|新增|完成|带动|"
    r"参保|参加|每|人均|最高|标准|按|给予|个人|领取|“?十[一二三四五]五”?|截至|到|全|期限)"
)
# 由这些动词引出的项目，同句后面几个分句都是它的内容。
_LAUNCHED = re.compile(r"(?:实施|开展|启动|落实|举办|建立|设立|发放|牵头|发布)[^，,；;。！？\n]{0,12}$")
# 另一句以这些词开头，接着说上一句的项目。
_GOES_ON = re.compile(r"(?:其中|对(?!于|外|口|照)|所需|每|补助|资助|费用|具体标准|标准为|到\d{4}年)")
_SPELLS_OUT = re.compile(r"\s*(?:对(?!于|外|口|照)|符合|购买|凡|按|每|申请|享受|给予|最高|其中)")
_JOINT = re.compile(r"[”、和与及以\s“]{1,3}")
_ACCOUNT = re.compile("(?:个人)?账户|缴存")
# 项目后紧接“标准”再接数（低保标准两倍），项目是尺子，不是被量的。
_YARDSTICK = re.compile(r"(?:保障|补贴|工资|津贴)?标准的?$")
# 将甲补贴申领条件由……放宽至……：句首的项目是话题。
_TOPIC = re.compile(r"(?:将|把|对)$")
# 甲、乙等活动：只是举例，后面说的不是它。
_AMONG = re.compile(r"”?等")
# 甲、乙等4个专项行动：数的是项目，不是项目做的事。
_TOTAL = re.compile(r"(?:专项|重点|重大)?(?:行动|工程|项目|计划|活动|试点|方面|制度|政策)")
# 安排资金2亿元，支持开展甲行动。
_FOR = re.compile(r"[，,](?:专项)?(?:支持|用于|保障)[^，,；;。！？\n]{0,40}")
_MONEY = re.compile(r"(?:资金|经费|投入|投资|补助|补贴)[^，,；;。！？\n]{0,16}$")
_REACH = 400
_FAR = 120
_HEADING = 40
_BARE_HEADING = 18
_SECTION = 1500
_APPROVAL = "批复如下"
_HEAD = 1500


def find(doc: Document, counts: Sequence[Mention], programs: Sequence[Mention]) -> Iterator[Relation]:
    """``measures`` of each count, in text order; counts and programs come sorted."""
    starts = [program.start for program in programs]
    headed = _Headings(doc, programs, starts)
    last: list[Mention] = []  # 上一个说到项目的句子里的项目
    for count in counts:
        clause = _stretch(doc.folded, count, _CLAUSE)
        told = _nearest(doc.folded, _within(programs, starts, clause), count, clause.start)
        rule, confidence = "program_figures.clause", 0.75
        if not told:
            told = _carried(doc.folded, programs, starts, clause, count) or _paid_for(
                doc.folded, programs, starts, clause
            )
            rule, confidence = "program_figures.carried_on", 0.6
        sentence = _stretch(doc.folded, count, _SENTENCE)
        if told and all(_ACCOUNT.match(doc.folded, program.end) for program in told):
            # 公积金账户余额的15倍：账户是尺子，量的是题目说的贷款。
            told, rule, confidence = headed.over(sentence) or told, "program_figures.heading", 0.5
        if not told and not _within(programs, starts, sentence):
            told = _continued(doc.folded, last, sentence, count) or headed.over(sentence)
            rule, confidence = "program_figures.heading", 0.5
        elif told:
            last = told
        if _TOTAL.match(doc.folded, count.end) and doc.folded[count.start - 1] == "等":
            continue
        for program in told:
            if _YARDSTICK.search(doc.folded, program.end, count.start):
                continue
            span = min(count.start, program.start), max(count.end, program.end)
            yield Relation(str(count.start), "measures", program.attributes["canonical"], *span, rule, confidence)


def _within(programs: Sequence[Mention], starts: list[int], stretch: Span) -> list[Mention]:
    found = programs[bisect_left(starts, stretch.start) : bisect_left(starts, stretch.end)]
    return [program for program in found if program.end <= stretch.end]


def _carried(
    folded: str, programs: Sequence[Mention], starts: list[int], clause: Span, count: Mention
) -> list[Mention]:
    """Programs of an earlier clause of the same sentence, where this one has no subject of its own."""
    if clause.start == 0 or folded[clause.start - 1] not in "，,":
        return []
    if count.start == clause.start or _CARRIES_ON.match(folded, clause.start):
        before = Span(_back(folded, clause.start - 1, _CLAUSE), clause.start - 1)
        if told := _nearest(folded, _within(programs, starts, before), count, before.start):
            return told
    index = bisect_left(starts, clause.start) - 1
    if (
        index < 0
        or clause.start - programs[index].end > _FAR
        or programs[index].start < _back(folded, count.start, _STOP)
    ):
        return []
    begin = _back(folded, programs[index].start, _CLAUSE)
    if not _LAUNCHED.search(folded, begin, programs[index].start) or _AMONG.match(folded, programs[index].end):
        return []
    return _nearest(
        folded, _within(programs, starts, Span(begin, _ahead(folded, programs[index].end, _CLAUSE))), count, begin
    )


def _paid_for(folded: str, programs: Sequence[Mention], starts: list[int], clause: Span) -> list[Mention]:
    """Programs of the next clause, where it tells what this one's money is for."""
    purpose = _FOR.match(folded, clause.end)
    if purpose is None or not _MONEY.search(folded, clause.start, clause.end):
        return []
    return _within(programs, starts, Span(*purpose.span()))


def _continued(folded: str, last: Sequence[Mention], sentence: Span, count: Mention) -> list[Mention]:
    """Programs of the sentence before, where this one goes on with it (其中，…; 对…的，每…补助…)."""
    if not last or not _GOES_ON.match(folded, sentence.start) or sentence.start == 0:
        return []
    if folded[sentence.start - 1] == "\n" or count.start - last[-1].end > _FAR:
        return []
    return list(last) if last[0].start >= _back(folded, sentence.start - 1, _SENTENCE) else []


class _Headings:
    """The one program that a heading names, for the sentences under it that name none."""

    def __init__(self, doc: Document, programs: Sequence[Mention], starts: list[int]) -> None:
        self._folded = doc.folded
        self._programs = programs
        self._starts = starts
        self._approved = self._subject() if _APPROVAL in doc.folded[:_HEAD] else []
        self._sections = [
            (section.start, section.end, told)
            for section in doc.layout.sections
            if section.level and section.end - section.start <= _SECTION
            if (told := self._only(Span(*section.title)))
        ]

    def over(self, sentence: Span) -> list[Mention]:
        """The program of the run-in heading, of the line that introduces the list, or of the section's title."""
        paragraph = self._folded.rfind("\n", 0, sentence.start) + 1
        if paragraph < sentence.start:
            first = Span(paragraph, _ahead(self._folded, paragraph, _SENTENCE))
            # 延长购房补贴适用期。对……：段首短句没有序号，后一句接着说的，也是题目。
            marked = _ITEM.match(self._folded, first.start)
            goes_on = marked or _SPELLS_OUT.match(self._folded, sentence.start)
            short = goes_on and first.end - first.start <= (_HEADING if marked else _BARE_HEADING)
            if short and (told := self._only(first)):
                return told
        elif told := self._introduced(paragraph):
            return told
        index = bisect_right(self._sections, (sentence.start, len(self._folded), [])) - 1
        if index >= 0 and sentence.start < self._sections[index][1]:
            return self._sections[index][2]
        return self._approved

    def _subject(self) -> list[Mention]:
        """The one project that an approval is about: its figures tell of it."""
        told = [program for program in self._programs if program.rule == "programs.topic"]
        return told[:1] if len({program.attributes["canonical"] for program in told}) == 1 else []

    def _introduced(self, paragraph: int) -> list[Mention]:
        """A list item's program stands in the line before the first item, which ends in a colon."""
        at = paragraph
        for _ in range(8):
            end = _rstrip(self._folded, at)
            line = self._folded.rfind("\n", 0, end) + 1
            if end <= line:
                return []
            if self._folded[end - 1] == "：":
                return self._only(Span(line, end))
            if self._folded[end - 1] not in "；，" or not _ITEM.match(self._folded, line):
                return []
            at = line
        return []

    def _only(self, stretch: Span) -> list[Mention]:
        told = _within(self._programs, self._starts, stretch)
        return told[-1:] if len({program.attributes["canonical"] for program in told}) == 1 else []


def _rstrip(folded: str, at: int) -> int:
    while at > 0 and folded[at - 1].isspace():
        at -= 1
    return at


def _nearest(folded: str, told: Sequence[Mention], count: Mention, begin: int) -> list[Mention]:
    """The clause's topic (将甲…), else the program nearest to the count, with those that 、 or 和 joins to it."""
    if not told:
        return []
    if told[0].end <= count.start and _TOPIC.search(folded, begin, told[0].start):
        return list(told[:1])
    index = min(range(len(told)), key=lambda i: (_distance(told[i], count), told[i].start < count.start))
    low = high = index
    while low > 0 and _JOINT.fullmatch(folded, told[low - 1].end, told[low].start):
        low -= 1
    while high + 1 < len(told) and _JOINT.fullmatch(folded, told[high].end, told[high + 1].start):
        high += 1
    return list(told[low : high + 1])


def _distance(program: Mention, count: Mention) -> int:
    return max(program.start - count.end, count.start - program.end)


def _stretch(folded: str, mention: Mention, marks: str) -> Span:
    return Span(_back(folded, mention.start, marks), _ahead(folded, mention.end, marks))


def _back(folded: str, at: int, marks: str) -> int:
    """Where the stretch that ends at ``at`` begins: after the last mark before it."""
    begin = max(0, at - _REACH)
    return max(begin, *(folded.rfind(mark, begin, at) + 1 for mark in marks))


def _ahead(folded: str, at: int, marks: str) -> int:
    end = min(len(folded), at + _REACH)
    return min((found for mark in marks if (found := folded.find(mark, at, end)) >= 0), default=end)
