"""What a web page prints round a document: its table of data, and furniture such as banner, font size, footer."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractors.model import Span
from extractors.structure.lines import Line
from ontology import table

__all__ = ["Cell", "is_furniture", "page_cells"]

_LONGEST_TABLE_LINE = 400
_LONGEST_FURNITURE = 90
_DATE_FIRST = re.compile(
    r"(?:19|20)\d\d *[-年./] *\d{1,2} *[-月./] *\d{1,2} *日?(?: *\d{1,2}：?:?\d\d(?::\d\d)?)?(?= |$)"
)
_VALUE_END = re.compile(r"[\s【〔（|]+$")
_ADDRESS_OR_DATE_LAST = re.compile(r"^[^。；，]{0,40}(?:https?：?:?//\S*|(?:19|20)\d\d-\d\d-\d\d)\s*$")
_VALUES = {
    "number": re.compile(r".{0,40}号$"),
    "title": re.compile(r".{6,}$"),
    "issuer": re.compile(r"[\u4e00-\u9fff、，； ]{2,60}$"),
    "source": re.compile(r"[\u4e00-\u9fff]{2,30}$"),
    "date": _DATE_FIRST,
    "published": _DATE_FIRST,
    "openness": re.compile(r".{0,6}公开$"),
    "chrome": re.compile(r"[A-Za-z0-9/_-]{8,40}$"),
}
_MARKS = "】〕） ：:|丨"


class Cell(NamedTuple):
    """One labelled value of the page: the element it belongs to, and where the value stands."""

    element: str
    value: Span


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for every label, letter-spaced or not, and the element that each one gives."""
    rows = [row for row in table("page_labels") if row["form"] == "label"]
    names = sorted((row["label"] for row in rows), key=len, reverse=True)
    spaced = "|".join(" *".join(name) for name in names)
    pattern = rf"(?:^|(?<=[\s【〔（|丨)）】〕\d]))[【〔]?(?P<name>{spaced}) *(?:[】〕] *[：:]?|[：:])"
    return re.compile(pattern), {row["label"]: row["element"] for row in rows}


@cache
def _bare_labels() -> re.Pattern[str]:
    """Labels that are plain enough to be read without a colon, alone or before white space."""
    strong = [
        "索引号",
        "发文字号",
        "发文机关",
        "成文日期",
        "发布日期",
        "主题分类",
        "公文种类",
        "发布机构",
        "文号",
        "标题",
    ]
    spaced = "|".join(" *".join(name) for name in sorted(strong, key=len, reverse=True))
    return re.compile(rf"(?P<name>{spaced})(?: +(?=\S)|$)")


@cache
def _phrases() -> re.Pattern[str]:
    """Lines made of page phrases and nothing else, a banner's greeting, a breadcrumb, a date with a clock time."""
    names = sorted((row["label"] for row in table("page_labels") if row["form"] == "phrase"), key=len, reverse=True)
    known = "|".join(map(re.escape, names))
    return re.compile(
        rf"(?:[\s|丨·>〉/【】〔〕]*(?:{known}|首页|打印|下载|保存|分享|大|中|小|默认))+[\s|丨·>〉/！!。【】〔〕]*$"
        r"|(?:上一[篇条]|下一[篇条]|责任编辑|原文链接|相关链接|相关阅读|扫一扫|分享到)[：:][^。；]{0,80}$"
        r"|(?:您好[，！! ]{0,2})?欢迎您?(?:来到|光临|访问|登录)[^。；]{0,60}$|首页 *[>〉»/-][^。；]{0,80}$"
        r"|[^。；]{0,40}(?:版权所有|ICP备|公网安备|网站标识码)[^。；]{0,60}$"
    )


def page_cells(line: Line, following: Line | None = None) -> list[Cell]:
    """Labelled values in a line of the page's head; a label that stands alone takes the following line.

    >>> [cell.element for cell in page_cells(Line(0, 31, "发布时间：2024年10月21日  【字体：大 中 小】", 0))]
    ['published', 'chrome']
    """
    text = line.text
    if len(text) > _LONGEST_TABLE_LINE:
        return []
    pattern, elements = _labels()
    hits = list(pattern.finditer(text))
    if not hits and (bare := _bare_labels().match(text)):
        hits = [bare]
    if not hits or (hits[0].start() > 0 and not _furniture_before(text[: hits[0].start()])):
        return []
    cells = []
    if hits[0].start() and (day := _DATE_FIRST.match(text)):
        cells.append(Cell("published", Span(line.start, line.start + len(day[0].rstrip()))))
    for hit, after in zip(hits, [*(h.start() for h in hits[1:]), len(text)], strict=True):
        start, end = hit.end(), after
        while start < end and text[start] in _MARKS:
            start += 1
        end = start + len(_VALUE_END.sub("", text[start:end]))
        value = Span(line.start + start, line.start + end)
        element = elements[hit["name"].replace(" ", "")]
        if start >= end and following is not None and len(hits) == 1 and _fits(element, following.text):
            value = Span(following.start, following.end)
        cells.append(Cell(element, value))
    return cells


def _fits(element: str, text: str) -> bool:
    """True where the line after a lonely label can be its value."""
    if _labels()[0].match(text) or _bare_labels().match(text):
        return False
    return bool(_VALUES[element].match(text))


def _furniture_before(text: str) -> bool:
    """True where what stands before the first label is a date or other furniture, not a sentence's beginning."""
    return (
        bool(_DATE_FIRST.match(text) or _ADDRESS_OR_DATE_LAST.search(text))
        or not text.strip(" 【〔（|")
        or bool(_phrases().match(text.strip()))
    )


def is_furniture(text: str) -> bool:
    """True for a line of page furniture.

    >>> is_furniture("打印 关闭"), is_furniture("打印店应当登记。")
    (True, False)
    """
    return len(text) <= _LONGEST_FURNITURE and text[-1:] not in "。；，" and bool(_phrases().match(text))
