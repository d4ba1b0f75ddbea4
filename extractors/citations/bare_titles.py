"""Titles that stand without title marks: full specific names that end in a document noun.

Attached texts' headings, lists of attachments, proposals (``你们提出的关于…的建议收悉``), plans being made
(``正在出台云门区…行动方案``), laws in full (``中华人民共和国慈善法``), and what ``关于印发…的通知`` prints.

Authority: GB/T 9704-2012 7.3.4 (附件说明), 7.3.7 (附件).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from extractors.citations.running_titles import find_repeated, find_running
from extractors.citations.title_tails import tail_status
from extractors.model import Document, Found, Mention, Span

__all__ = ["find", "inside_title"]

_NOUN = (
    "(?:实施方案|工作方案|行动方案|试点方案|分工方案|方案|行动计划|计划|规划纲要|规划|纲要|实施意见|指导意见|若干意见|意见"
    "|实施办法|管理办法|暂行办法|办法|暂行规定|规定|条例|实施细则|细则|若干措施|政策措施|措施|规范|标准|规程|指南|指引|导则"
    "|清单|目录|要点|预案|制度|规则|通知|决定|公告|通告|批复|报告|请示|函)"
)
_NOTE = r"(?:（[^（）\n]{1,24}）)?"
_INSIDE = re.compile(
    r"(?:印发|转发|下发|发布|公布|批转|颁布|贯彻落实|贯彻实施|贯彻|落实|执行|实施|修订|修改|废止|组织实施|做好|试行)"
    rf"(?P<title>(?![〈《])[^〈〉《》，。；]{{4,80}}?{_NOUN}{_NOTE})(?:工作|有关工作|有关事项|有关问题)?"
    r"(?:的|等[^的]{0,12}的)(?:紧急|补充)?(?:通知|实施意见|意见|决定|实施方案|公告|通告|函|批复|实施办法|命令|请示|报告)"
)
_LEAD = re.compile(r"(?:[\u4e00-\u9fff]{2,14}(?:部|委|局|厅|会|府|办))(?:等\d*[\u4e00-\u9fff]{0,3}部门)?(?=关于)")
# 转发A、B关于C意见的通知：里面的题目从“关于”起，来文机关在外。
_FORWARDED = re.compile(
    r"(?:转发|批转|转复)(?:[\u4e00-\u9fff]{2,30}[、 ]){0,8}[\u4e00-\u9fff]{2,40}?\s{0,3}(?=关于)"
    rf"(?P<title>关于[^〈〉《》，。；]{{3,80}}?(?:{_NOUN}|建议|设想|总结|汇报|说明|纪要){_NOTE})"
    r"的?(?:紧急|补充)?(?:通知|函|意见|决定|批复)"
)
# 关于制定A规划的建议
_PLANNED = re.compile(
    r"(?:关于|提出)(?:制定|编制)(?P<title>[^〈〉《》，。；]{4,60}?规划(?:纲要|和[^的，]{4,20}目标(?:纲要)?)?)的(?:建议|决定|决议|请示|报告)"
)
_ATTACHMENT = re.compile(
    r"^[ ]{0,8}附\s{0,4}件\s{0,2}[0-9一二三四五六七八九十]{0,2}\s{0,2}[：:]?(?=[ \n]*[^\n]{4,})", re.M
)
_CONTENTS = re.compile(r"(?:\s*\n\s*目\s*录)?\s*$")
# 附件里的清单、名单、评分标准是本文件的一部分，不是另一件文件。
_LIST_OF_THINGS = re.compile(r"(?:清单|名单|目录|名录|安排|分工|要求|说明|分类|标准)(?:（[^（）]{1,16}）)?$")
_LICENCE = re.compile(
    r"(?:^|\n|[.、．：])[ ]{0,20}(?P<title>[\u4e00-\u9fff]{3,28}(?:许可证|资格证|证书|许可证书))[ ]{0,4}\n?[ ]{0,20}（$"
)
# 证照的题名独占一行，编号在下一行；正文决定颁发的证照，后面说见附件。
_LICENCE_HEAD = re.compile(
    r"(?:^|\n)[ ]{0,20}(?P<title>[\u4e00-\u9fff0-9A-Za-z、（）-]{4,50}?(?:许可证|资格证|证书))[ ]{0,4}\n\s{0,20}（?$"
)
_GRANTED = re.compile(
    r"(?:颁发|核发|换发|发给)(?:你[\u4e00-\u9fff])?"
    r"(?P<title>(?![的上述该])[\u4e00-\u9fff0-9A-Za-z、-]{6,50}?(?:许可证|资格证|证书))（[^（）\n]{0,6}附件"
)
_LINE = re.compile(r"\s*(\S[^\n]{0,80}?)[ ]*(?=\n|$)")
_ITEM = re.compile(r"[ ]{0,20}(?:（?\d{1,2}(?:）|[.、．])|\d(?=[\u4e00-\u9fff]))?[ ]{0,6}(?P<title>[^\n《》]{4,90})")


def _mention(start: int, end: int, rule: str, confidence: float, **attributes: Any) -> Mention:
    return Mention(start, end, "DOCUMENT_TITLE", f"titles.{rule}", confidence, {"bare": True, **attributes})


def inside_title(folded: str, span: Span) -> Span | None:
    """The bare title inside ``关于印发A的通知`` at ``span``, None where there is none."""
    planned = _PLANNED.search(folded, *span)
    if planned and planned.end() == span.end:
        return Span(*planned.span("title"))
    match = _INSIDE.search(folded, *span)
    forwarded = _FORWARDED.search(folded, *span)
    if forwarded and forwarded.end() == span.end and (match is None or forwarded.start() <= match.start()):
        return Span(*forwarded.span("title"))
    if not match or match.end() != span.end:
        return None
    start, end = match.span("title")
    lead = _LEAD.match(folded, start, end)
    soft = re.search(r"(?:贯彻|落实|执行|实施|做好)[〈《]?$", folded[span.start : start])
    vague = soft and re.search(r"有关|(?:措施|政策|制度|规定|标准|清单|要求|规划)$", folded[start:end])
    return None if lead or vague else Span(start, end)


def _attached(doc: Document, numbers: list[Mention]) -> Iterator[Mention]:
    """Headings of attached texts; of a licence where its number stands below."""
    starts = [number.start for number in numbers]
    for element in doc.layout.elements.get("attachment_title", ()):
        contents = _CONTENTS.search(doc.folded, element.start, element.end)
        span = Span(element.start, contents.start() if contents else element.end)
        title = re.sub(r"\s+", "", doc.folded[span.start : span.end])
        place = bisect_left(starts, span.end)
        numbered = place < len(starts) and not doc.folded[span.end : starts[place]].strip(" \n（〔")
        status = tail_status(title)
        named = status in ("document", "weak") or (status == "form" and numbered)
        if named and len(title) >= 6 and not _LIST_OF_THINGS.search(title):
            yield _mention(span.start, span.end, "attached_heading", 0.9)


def _is_balanced(title: str) -> bool:
    return not re.search("[，。；：]", title) and title.count("（") == title.count("）")


def _listed(doc: Document, numbers: list[Mention]) -> Iterator[Mention]:
    """Titles in the list of attachments: ``附件：1.…``; a number in brackets after one stays outside."""
    folded = doc.folded
    starts = [number.start for number in numbers]
    for match in _ATTACHMENT.finditer(folded):
        if "：" not in match[0]:
            continue
        place = match.end()
        while item := _ITEM.match(folded, place):
            start, end = item.span("title")
            place = bisect_left(starts, start)
            if place < len(starts) and starts[place] < end and folded[starts[place] - 1] in "（〔":
                end = starts[place] - 1
            title = folded[start:end].rstrip()
            if tail_status(title) not in ("document", "weak"):
                if not re.match(r"[ ]{0,20}\d{1,2}[.、．]", item[0]):
                    break
            elif _is_balanced(title) and len(title) >= 8 and not _LIST_OF_THINGS.search(title):
                yield _mention(start, start + len(title), "attachment_list", 0.85)
            place = item.end() + 1
            if not re.match(r"[ ]{0,20}\d{1,2}[.、．]", folded[place : place + 24]):
                break


def _certified(folded: str, numbers: list[Mention]) -> Iterator[Mention]:
    """Names of licences in a list or on a line of their own, where the licence's number follows in brackets."""
    for number in numbers:
        if number.rule == "doc_numbers.certificate":
            low = max(0, number.start - 80)
            if licence := _LICENCE_HEAD.search(folded, low, number.start):
                yield _mention(*licence.span("title"), "attached_heading", 0.85)
            elif licence := _LICENCE.search(folded, low, number.start):
                yield _mention(*licence.span("title"), "certified", 0.85)
    for granted in _GRANTED.finditer(folded):
        yield _mention(*granted.span("title"), "granted", 0.75)


def _repeated(folded: str, named: frozenset[str]) -> Iterator[Mention]:
    """Lines that hold nothing but a title named elsewhere in marks: the plan's heading, a page's copy of it."""
    if not named:
        return
    heads = re.compile("|".join(sorted({re.escape(title[:4]) for title in named})))
    for head in heads.finditer(folded):
        start = head.start()
        if folded[folded.rfind("\n", 0, start) + 1 : start].strip():
            continue
        end = start
        for _ in range(3):
            line = _LINE.match(folded, end)
            if line is None:
                break
            end = line.end(1)
            if re.sub(r"\s", "", folded[start:end]) in named:
                yield _mention(start, end, "repeated", 0.85)
                break


def _in_text(folded: str, named: frozenset[str]) -> Iterator[Mention]:
    for start, end, rule, confidence, proposal in (*find_running(folded), *find_repeated(folded, named)):
        kind = {"kind": "proposal"} if proposal else {}
        yield _mention(start, end, rule, confidence, **kind)


def _candidates(doc: Document, found: Found, named: frozenset[str]) -> Iterator[Mention]:
    numbers = found.of("DOCUMENT_NUMBER")
    headings = list(_attached(doc, numbers))
    certified = list(_certified(doc.folded, numbers))
    yield from headings
    yield from _listed(doc, numbers)
    yield from certified
    yield from _repeated(doc.folded, named)
    yield from _in_text(doc.folded, named)
    licences = {re.sub(r"\s", "", doc.folded[m.start : m.end]) for m in (*headings, *certified)}
    for start, end, rule, confidence, _ in find_repeated(doc.folded, frozenset(licences), forms=True):
        mention = _mention(start, end, rule, confidence)
        marked = doc.folded[start - 1 : start] == "《" and doc.folded[end : end + 1] == "》"
        yield mention._replace(attributes={}) if marked else mention


def find(doc: Document, found: Found, taken: list[Span], named: frozenset[str]) -> Iterator[Mention]:
    """Bare titles outside the spans that are taken already; ``named`` are the titles in marks, without white space."""
    spans = sorted(taken)
    for mention in _candidates(doc, found, named):
        index = bisect_left(spans, (mention.start,))
        clash = any(
            other.start < mention.end and mention.start < other.end for other in spans[max(0, index - 1) : index + 1]
        )
        if not clash and found.is_free(mention.start, mention.end):
            spans.insert(index, Span(mention.start, mention.end))
            yield mention
