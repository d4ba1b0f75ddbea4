"""Titles that stand without title marks: full specific names that end in a document noun.

Attached texts' headings, lists of attachments, proposals (``你们提出的关于…的建议收悉``), plans being made
(``正在出台云门区…行动方案``), laws in full (``中华人民共和国慈善法``), and what ``关于印发…的通知`` prints.

Authority: GB/T 9704-2012 7.3.4 (附件说明), 7.3.7 (附件).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Any

from extractors.model import Document, Found, Mention, Span
from extractors.title_tails import tail_status
from ontology import table

__all__ = ["find", "inside_title", "starts_with_place"]

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
_PROPOSAL = re.compile(
    r"(?:提出|提交|提案|所提)的?(?P<title>关于[^《》。；！？\n]{4,80}?的(?:建议案|建议|提案|议案))"
    r"(?=\s*(?:（|收悉|已收悉|，|,|。|；|\n|现|我|经))"
)
_MAKING = re.compile(
    r"(?:出台|印发|制定|制订|编制|发布|起草|拟订|修订|颁布|公布|实施|落实|贯彻|执行|根据|按照|依据)[了的]?"
)
_MADE = re.compile(
    r"[^，。；：《》〈〉\n、（）]{4,44}?"
    r"(?:行动方案|实施方案|工作方案|行动计划|规划纲要|专项规划|发展规划|条例|实施意见|管理办法|实施办法)(?!纲要|草案)"
    rf"{_NOTE}(?!的?(?:制定|编制))"
)
_VAGUE = re.compile(r"的(?:专项|发展)?规划$|有关|相关|具体|等|和本|各[省市区县地]|并|规定|要求|标准|本[省市区县]")
_NATIONAL_PLAN = re.compile(r"“十[一二三四五六]五”[\u4e00-\u9fff]{0,30}?规划(?:纲要)?")
_LAW = re.compile(
    r"(?P<title>中华人民共和国[\u4e00-\u9fff、]{2,24}?(?:法典|法))(?=第[\d一二三四五六七八九十百]|的?规定|和|、|及|，|。|；|等|》|\s)"
)
_NO_LAW = re.compile(r"的|必须|违反|领域|公民|境内|本法|、|拥护|宣誓")
_ATTACHMENT = re.compile(
    r"^[ ]{0,8}附\s{0,4}件\s{0,2}[0-9一二三四五六七八九十]{0,2}\s{0,2}[：:]?(?=[ \n]*[^\n]{4,})", re.M
)
_CONTENTS = re.compile(r"(?:\s*\n\s*目\s*录)?\s*$")
# 附件里的清单、名单、评分标准是本文件的一部分，不是另一件文件。
_LIST_OF_THINGS = re.compile(r"(?:清单|名单|目录|名录|安排|分工|要求|说明|分类|标准)(?:（[^（）]{1,16}）)?$")
_MINUTES = re.compile(
    r"(?:贯彻|落实|传达|学习)(?P<title>(?:全国|全省|全市|全区|全县|国务院|省|市)[^，。；《》\n]{2,20}会议纪要)(?=精神|要求|，|。)"
)
_LINE = re.compile(r"\s*(\S[^\n]{0,80}?)[ ]*(?=\n|$)")
_ITEM = re.compile(r"[ ]{0,20}(?:（?\d{1,2}(?:）|[.、．])|\d(?=[\u4e00-\u9fff]))?[ ]{0,6}(?P<title>[^\n《》]{4,90})")


def _mention(start: int, end: int, rule: str, confidence: float, **attributes: Any) -> Mention:
    return Mention(start, end, "DOCUMENT_TITLE", f"titles.{rule}", confidence, {"bare": True, **attributes})


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


def inside_title(folded: str, span: Span) -> Span | None:
    """The bare title inside ``关于印发A的通知`` at ``span``, None where there is none."""
    match = _INSIDE.search(folded, *span)
    if not match or match.end() != span.end:
        return None
    start, end = match.span("title")
    lead = re.compile(
        r"(?:[\u4e00-\u9fff]{2,14}(?:部|委|局|厅|会|府|办))(?:等\d*[\u4e00-\u9fff]{0,3}部门)?(?=关于)"
    ).match(folded, start, end)
    soft = re.search(r"(?:贯彻|落实|执行|实施|做好)[〈《]?$", folded[span.start : start])
    vague = soft and re.search(r"有关|(?:措施|政策|制度|规定|标准|清单|要求|规划)$", folded[start:end])
    return None if lead or vague else Span(start, end)


def _attached(doc: Document) -> Iterator[Mention]:
    """Headings of attached texts."""
    for element in doc.layout.elements.get("attachment_title", ()):
        contents = _CONTENTS.search(doc.folded, element.start, element.end)
        span = Span(element.start, contents.start() if contents else element.end)
        title = re.sub(r"\s+", "", doc.folded[span.start : span.end])
        if tail_status(title) in ("document", "weak") and len(title) >= 6 and not _LIST_OF_THINGS.search(title):
            yield _mention(span.start, span.end, "attached_heading", 0.9)


def _is_balanced(title: str) -> bool:
    return not re.search("[，。；：]", title) and title.count("（") == title.count("）")


def _listed(doc: Document) -> Iterator[Mention]:
    """Titles in the list of attachments: ``附件：1.…``."""
    folded = doc.folded
    for match in _ATTACHMENT.finditer(folded):
        if "：" not in match[0]:
            continue
        place = match.end()
        while item := _ITEM.match(folded, place):
            start, end = item.span("title")
            title = folded[start:end].rstrip()
            if tail_status(title) not in ("document", "weak"):
                if not re.match(r"[ ]{0,20}\d{1,2}[.、．]", item[0]):
                    break
            elif _is_balanced(title) and len(title) >= 8 and not _LIST_OF_THINGS.search(title):
                yield _mention(start, start + len(title), "attachment_list", 0.85)
            place = item.end() + 1
            if not re.match(r"[ ]{0,20}\d{1,2}[.、．]", folded[place : place + 24]):
                break


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


def _in_text(folded: str) -> Iterator[Mention]:
    for match in _PROPOSAL.finditer(folded):
        yield _mention(*match.span("title"), "bare_proposal", 0.9, kind="proposal")
    for verb in _MAKING.finditer(folded):
        if starts_with_place(folded[verb.end() : verb.end() + 12]):
            made = _MADE.match(folded, verb.end())
            if made and not _VAGUE.search(made[0]):
                yield _mention(*made.span(), "bare_making", 0.75)
    for match in _MINUTES.finditer(folded):
        yield _mention(*match.span("title"), "bare_minutes", 0.75)
    for match in _NATIONAL_PLAN.finditer(folded):
        if folded[match.start() - 2 : match.start()] in ("国家", "全国"):
            yield _mention(match.start() - 2, match.end(), "bare_plan", 0.75)
    for match in _LAW.finditer(folded):
        if _NO_LAW.search(match["title"]):
            continue
        yield _mention(*match.span("title"), "bare_law", 0.85)


def find(doc: Document, found: Found, taken: list[Span], named: frozenset[str]) -> Iterator[Mention]:
    """Bare titles outside the spans that are taken already; ``named`` are the titles in marks, without white space."""
    spans = sorted(taken)
    for mention in [*_attached(doc), *_listed(doc), *_repeated(doc.folded, named), *_in_text(doc.folded)]:
        index = bisect_left(spans, (mention.start,))
        clash = any(
            other.start < mention.end and mention.start < other.end for other in spans[max(0, index - 1) : index + 1]
        )
        if not clash and found.is_free(mention.start, mention.end):
            spans.insert(index, Span(mention.start, mention.end))
            yield mention
