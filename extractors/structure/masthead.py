"""The head of an official document down to the body: 发文字号, 标题, 题注, 主送机关 (GB/T 9704-2012 7.2-7.3.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from extractors.model import Span
from extractors.structure.addressee import addressee_lines, inline_addressee
from extractors.structure.enactment import (
    DATE,
    continues_enactment,
    date_alone,
    is_enactment,
    opens_enactment,
    signed_bracket,
)
from extractors.structure.genres import ends_with_genre
from extractors.structure.headings import CONTENTS, find_marker
from extractors.structure.lines import Line, squeeze
from extractors.structure.own_number import find_own_number
from extractors.structure.page import is_furniture, page_cells

__all__ = ["Head", "read_head", "title_run"]

_HEAD_LINES = 80
_LONGEST_TITLE_LINE = 90
_TITLE_LINES = 8
_SHORTEST_PLAIN_TITLE = 12
_SHORTEST_WRAPPED = 20
_LONGEST_PLAIN_TITLE = 120
_PLAIN_TITLE_LINES = 4
_LETTERHEAD = re.compile(r"(?!.*(?:关于|转发|规范))(?P<body>[\u4e00-\u9fff ]{3,40}?) ?文 ?件$")
_HANDLING = re.compile(
    r"特 ?[急提]$|加 ?急$|平 ?急$|机密|秘密|\d{6}$|第? ?\d+ ?号?期$|[（〔]?[A-D] ?[类1-4]?[）〕]?$"
    r"|ICS [\d.]+$|CCS [A-Z] ?\d+$|备案号.{0,20}$|[\u4e00-\u9fff]{0,12}(?:国家|行业|地方|团体|企业)标准$"
    r"|[A-Za-z][A-Za-z ,'()（），-]{12,}$"
    r"|(?:[\u4e00-\u9fff]{0,4}类别|办理结果|签发人|会签人|是否公开|是否同意公开) ?：.{0,20}$"
)
_SENTENCE = re.compile(r"[。！？；]")
_BODY_START = re.compile(
    r"(?:为|根据|按照|依据|依照|经|近年|近日|日前|当前|现将|现就|目前|随着).*，"
    r"|新华社|[\u4e00-\u9fff]{2,8}讯[（：]|“[一二三四五六七八九十]{1,3}、"
    r"|目 *[录次]$|附 ?件? ?[\d一二三四五六七八九十]{0,3}(?:：|$)"
)
_ATTACHED_ALONE = re.compile(r"附 ?件 ?[\d一二三四五六七八九十]{0,3}[：:]?$")
_RELATED = re.compile(r"(?:一图读懂|图解|图文解读|政策解读|相关解读|视频解读|文字解读|延伸阅读)[：:]")
_BRACKETED = re.compile(r"[（〔][^（）]{1,60}[）〕]$")
_NOTE_WORDS = re.compile(rf"{DATE}|通过|公布|发布")
_MARKS = re.compile(r"[《》〈〉、，“”]")
_RUNNING_ON = re.compile(r"：(?=.)|，.*，")
# A line that begins so goes on with a sentence that a link broke: what stands above is no title.
_GOES_ON = "。，；、"


@dataclass
class Head:
    """What stands before the body; ``body`` is the index of the body's first line."""

    body: int = 0
    number: list[Span] = field(default_factory=list)
    title: Span | None = None
    addressee: list[Span] = field(default_factory=list)
    enactment: list[Span] = field(default_factory=list)
    signature: list[Span] = field(default_factory=list)
    date: list[Span] = field(default_factory=list)
    chrome: list[Span] = field(default_factory=list)
    cells: dict[str, list[Span]] = field(default_factory=dict)
    inline_body: int | None = None
    under_title: list[Line] = field(default_factory=list)


def read_head(lines: list[Line]) -> Head:
    """Read the lines from the top until the body begins."""
    head = Head()
    runs: list[list[Line]] = [[]]
    index = 0
    while index < min(len(lines), _HEAD_LINES):
        line = lines[index]
        used = _take_page_line(head, line, lines[index + 1] if index + 1 < len(lines) else None)
        used = used or _take_number(head, line, runs) or _take_note(head, line, bool(runs[-1]))
        if used:
            index += used
            if runs[-1] and not _opens_title(line):
                runs.append([])
            continue
        if _take_addressee(head, lines, index):
            index = _after(lines, index, head)
            break
        if not _is_title_line(head, line, runs):
            break
        index += 1
    if runs[-1] and index < len(lines) and lines[index].text[0] in _GOES_ON:
        index -= len(runs.pop())
        runs.append([])
    head.body = index
    _choose_title(head, [run for run in runs if run], more=index < len(lines))
    for line in head.under_title:
        if "，" in line.text and len(line.text) >= _SHORTEST_WRAPPED and not head.addressee:
            # The first line of a hard-wrapped paragraph ends without a mark.
            head.body = lines.index(line)
            break
    return head


def _after(lines: list[Line], index: int, head: Head) -> int:
    """Index of the first line that begins after the addressee."""
    while index < len(lines) and head.inline_body is None and lines[index].start < head.addressee[-1].end:
        index += 1
    return index


def _opens_title(line: Line) -> bool:
    """True where the title begins on the number's line."""
    found = find_own_number(line.text)
    return found is not None and found.opens_title


def _is_title_line(head: Head, line: Line, runs: list[list[Line]]) -> bool:
    """Put a line where it belongs in the head; False where the body begins."""
    at_top = not any(runs) and not head.number
    if at_top and _ATTACHED_ALONE.match(line.text):
        return True
    if _begins_body(line, taken=bool(runs[-1])):
        return False
    if letterhead := _LETTERHEAD.match(line.text):
        head.cells.setdefault("letterhead", []).append(Span(line.start, line.start + letterhead.end("body")))
    elif not _HANDLING.match(line.text) and not (any(runs) and _RELATED.match(line.text)):
        runs[-1].append(line)
        return True
    if runs[-1]:
        runs.append([])
    return True


def _take_page_line(head: Head, line: Line, following: Line | None) -> int:
    """Read page furniture; the number of lines used, 0 if it is none."""
    if is_furniture(line.text):
        head.chrome.append(Span(line.start, line.end))
        return 1
    cells = page_cells(line, following)
    for cell in cells:
        if cell.value.end > cell.value.start:
            head.cells.setdefault(cell.element, []).append(cell.value)
    if not cells:
        return 0
    end = max(line.end, cells[-1].value.end)
    head.chrome.append(Span(line.start, end))
    return 2 if end > line.end else 1


def _take_number(head: Head, line: Line, runs: list[list[Line]]) -> int:
    """A line with the document's number, alone or with the title."""
    found = find_own_number(line.text)
    if found is None:
        return 0
    head.number.append(Span(line.start + found.start, line.start + found.end))
    if found.title_end > found.title_start:
        text = line.text[found.title_start : found.title_end]
        start = line.start + found.title_start
        runs[-1].append(Line(start, start + len(text), text, 0))
    return 1


def _take_note(head: Head, line: Line, under_title: bool) -> int:
    """题注, or a date under the title."""
    if signed := signed_bracket(line):
        head.signature.append(signed[0])
        head.date.append(signed[1])
        return 1
    if is_enactment(line.text) or opens_enactment(line.text):
        head.enactment.append(Span(line.start, line.end))
        return 1
    if date := date_alone(line):
        if under_title or head.number or head.cells:
            head.date.append(date)
            return 1
        return 0
    broken = bool(head.enactment) and line.start - head.enactment[-1].end <= 3
    if broken and not find_marker(line.text) and continues_enactment(line.text):
        head.enactment[-1] = Span(head.enactment[-1].start, line.end)
        return 1
    return 0


def _take_addressee(head: Head, lines: list[Line], index: int) -> bool:
    first = lines[index]
    if count := addressee_lines(lines, index):
        head.addressee.append(Span(first.start, lines[index + count - 1].end - 1))
        return True
    if inline := inline_addressee(first.text):
        head.addressee.append(Span(first.start, first.start + inline[0]))
        head.inline_body = first.start + inline[1]
        return True
    return False


def _begins_body(line: Line, *, taken: bool) -> bool:
    """True where running text begins: a heading, a whole sentence, a table of contents."""
    text = line.text
    if find_marker(text) or _BODY_START.match(text) or len(text) > _LONGEST_TITLE_LINE:
        return True
    if text.endswith(("。", "；", "，", "：")) or _SENTENCE.search(text[:-1]):
        return True
    return taken and not ends_with_genre(text) and bool(_RUNNING_ON.search(text))


def title_run(run: list[Line]) -> list[Line]:
    """The lines of a run that make its title: to the last that ends with a genre and closes its brackets."""
    run = list(takewhile(lambda line: not CONTENTS.match(line.text), run[:_TITLE_LINES]))
    for count in range(len(run), 0, -1):
        if count > 1 and _BRACKETED.match(run[count - 1].text):
            if ends_with_genre(run[count - 2].text) and not _NOTE_WORDS.search(run[count - 1].text):
                return run[:count]
            continue
        joined = squeeze("".join(line.text for line in run[:count]))
        if ends_with_genre(joined) and joined.count("《") <= joined.count("》"):
            return run[:count]
    return []


def _last_copy(run: list[Line]) -> list[Line]:
    """The document's own title where a page prints its heading right above: the same again, or named in 《》."""
    for count in range(1, len(run)):
        above = squeeze("".join(line.text for line in run[:count]))
        below = squeeze("".join(line.text for line in run[count:]))
        same = _MARKS.sub("", above) == _MARKS.sub("", below)
        if same or (ends_with_genre(above) and f"《{above}》的" in below.replace("〈", "《").replace("〉", "》")):
            return run[count:]
    return run


def _choose_title(head: Head, runs: list[list[Line]], *, more: bool) -> None:
    """The last run that ends as a title does; where none does, the first that stands alone at the top."""
    for run in reversed(runs):
        if chosen := _last_copy(title_run(run)):
            head.title = Span(chosen[0].start, chosen[-1].end)
            head.under_title = run[run.index(chosen[-1]) + 1 :]
            return
    if not runs or not more:
        return
    run = runs[-1] if head.number and not head.addressee else runs[0]
    joined = "".join(line.text for line in run)
    # A short line without a genre is a title only where a head stands round it, else a heading of the body.
    shortest = 5 if head.number or head.addressee or head.enactment or head.cells else _SHORTEST_PLAIN_TITLE
    fits = shortest <= len(joined) <= _LONGEST_PLAIN_TITLE and len(run) <= _PLAIN_TITLE_LINES
    if fits and not _RUNNING_ON.search(joined) and not joined[0].isdigit():
        head.title = Span(run[0].start, run[-1].end)
