"""The head of an official document: 发文字号, 标题, 题注, 主送机关 (GB/T 9704-2012 7.2-7.3.2), down to the body's first line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.genres import ends_with_genre
from extractors.headings import find_marker
from extractors.lines import Line, squeeze
from extractors.model import Span
from extractors.page import is_furniture, page_cells

__all__ = ["DATE", "Head", "read_head", "title_run"]

_HEAD_LINES = 80
_LONGEST_TITLE_LINE = 90
_TITLE_LINES = 8
_ADDRESSEE_LINES = 6

_NUMERAL = "〇零一二三四五六七八九十"
DATE = (
    r"(?:(?:19|20)\d\d ?[-./年] ?\d{1,2} ?[-./月] ?\d{1,2} ?日?"
    rf"|[{_NUMERAL}]{{4}} ?年 ?[{_NUMERAL}]{{1,3}} ?月 ?[{_NUMERAL}]{{1,3}} ?日)"
)
_SERIAL = rf"[\d{_NUMERAL}百]{{1,6}}"
_YEAR = rf"[〔（【《] ?(?:(?:19|20)?\d\d|[{_NUMERAL}]{{4}}) ?年? ?[〕）】》]"
_OWN_NUMBER = (
    rf"(?:[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z ]{{0,23}}{_YEAR} ?(?:第 ?)?{_SERIAL}(?:[-、]\d+)? ?号"
    rf"|{_YEAR}[\u4e00-\u9fff]{{1,14}} ?第? ?{_SERIAL} ?号)"
)
_ORDER_NUMBER = (
    rf"(?:[\u4e00-\u9fff]{{2,40}} ?(?:令|公告|通告|公报))? ?（?(?:(?:19|20)\d\d ?年 ?)?(?:年 ?)?第? ?{_SERIAL} ?号）?"
)
_NUMBER_LINE = re.compile(rf"（?(?P<number>{_OWN_NUMBER}|{_ORDER_NUMBER})）?(?: +(?:签发人|会签人)：.*)?$")
_NUMBER_AFTER_TITLE = re.compile(rf"(?: +|（|(?<=》)|(?<=[通知意见办法方案]))(?P<number>{_OWN_NUMBER})）?$")
_NUMBER_BEFORE_TITLE = re.compile(rf"(?P<number>{_OWN_NUMBER}) *(?=(?!文|等)[\u4e00-\u9fff《]{{4}})")

_ENACTED = "通过|批准|修正|修订|公布|发布|施行|制定|颁布|签署|废止|印发|备案|审议"
_ENACTMENT = re.compile(
    rf"[（〔]?(?:根据|自|经)? ?{DATE}.*(?:{_ENACTED})|.{{4,60}}{DATE}.{{0,30}}(?:{_ENACTED})(?:）|$)"
)
_ENACTMENT_REST = re.compile(rf"(?:{_ENACTED}|实施)[）〕]?$")
_DATE_LINE = re.compile(rf"[（〔]? ?{DATE} ?[）〕]?$")
_SIGNED_BRACKET = re.compile(rf"[（〔](?P<body>[\u4e00-\u9fff、 ]{{2,80}}?) *(?P<date>{DATE})[）〕]$")
_LETTERHEAD = re.compile(
    r"(?!.*(?:关于|转发|规范))[\u4e00-\u9fff ]{3,40}文 ?件$|特 ?[急提]$|加 ?急$|平 ?急$|机密|秘密|\d{6}$|第? ?\d+ ?号?期$"
)

_PERSON = re.compile(
    r"(?:尊敬的.{1,40}|[\u4e00-\u9fff·、，（） ]{2,60})(?:代表|委员|同志|先生|女士|朋友|居民|市民|网友)们?(?:[（(].{0,20}[）)])?：$"
)
_NO_ADDRESSEE = re.compile(
    r"(?:如下|以下|下列|事项|规定|要求|决定|报告|包括|附件|说明|注|标准|条件|内容|目标|原则|方式|时间|地点|材料|程序|流程|电话|记者问?|问|答|名单|来源|措施|政策)：$"
    r"|^(?:为|根据|按照|依据|现|经|近|一是|问|答|记者|主持人|注|附)"
)
_INLINE_ADDRESSEE = re.compile(
    r"(?P<to>各[^。；！？：]{2,300}|[^。；！？：，]{2,60}(?:政府|部|委|局|厅|院|公司|办公室|委员会|党委|代表|委员)(?:、[^。；！？：]{2,60})?)："
    r"\s*(?=你|您|贵|现|为|根据|《|关于|按照|经|[\u4e00-\u9fff]{15})"
)
_TITLE_WORD = re.compile(r"关于|转发|印发|批转")
_SENTENCE = re.compile(r"[。！？；]")
_STOP = re.compile(r"[。！？]")
_BODY_START = re.compile(
    r"(?:为|根据|按照|依据|依照|经|近年|近日|日前|当前|现将|现就|目前|随着).*，|^(?:目 ?[录次]|附 ?件?\d*)[：:]?$"
)
_ATTACHED_ALONE = re.compile(r"附 ?件 ?[\d一二三四五六七八九十]{0,3}[：:]?$")
_RELATED = re.compile(r"(?:一图读懂|图解|图文解读|政策解读|相关解读|视频解读|文字解读|延伸阅读)[：:]")
_BRACKETED = re.compile(r"[（〔][^（）]{1,60}[）〕]$")
_COLON_INSIDE = re.compile(r"：(?=.)|，.*，")


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


def read_head(lines: list[Line]) -> Head:
    """Read the lines from the top until the body begins."""
    head = Head()
    runs: list[list[Line]] = [[]]
    index = 0
    while index < min(len(lines), _HEAD_LINES):
        line = lines[index]
        used = _take_page_line(head, line, lines[index + 1] if index + 1 < len(lines) else None)
        if not used:
            used = _take_number(head, line, runs[-1]) or _take_note(head, line, bool(runs[-1]))
        if used:
            if runs[-1] and used > 0:
                runs.append([])
            index += abs(used)
            continue
        if (count := _addressee_lines(lines, index)) is not None:
            _take_addressee(head, lines[index : index + max(count, 1)], inline=count == 0)
            index += count
            break
        top = not any(runs) and not head.number
        if not (top and _ATTACHED_ALONE.match(line.text)):
            if _begins_body(line, taken=bool(runs[-1])):
                break
            if not (_LETTERHEAD.match(line.text) or (any(runs) and _RELATED.match(line.text))):
                runs[-1].append(line)
            elif runs[-1]:
                runs.append([])
        index += 1
    head.body = index
    _choose_title(head, [run for run in runs if run], lines)
    return head


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


def _take_number(head: Head, line: Line, run: list[Line]) -> int:
    """A line that is the document's number, or a number printed at the title's end or beginning."""
    found = _NUMBER_LINE.match(line.text)
    if found and not (found["number"].isdigit() or len(line.text) > 60):
        number = found["number"].strip("（）") if found["number"].startswith("（") else found["number"]
        start = line.start + line.text.index(number)
        head.number.append(Span(start, start + len(number)))
        return 1
    found = _NUMBER_AFTER_TITLE.search(line.text) or _NUMBER_BEFORE_TITLE.match(line.text)
    if not found or len(line.text) > 2 * _LONGEST_TITLE_LINE or _SENTENCE.search(line.text):
        return 0
    before, after = line.text[: found.start()], line.text[found.end() :]
    rest = before or after
    if before and not ends_with_genre(rest) or (not before and re.search(r"[，。；：]", rest)):
        return 0
    head.number.append(Span(line.start + found.start("number"), line.start + found.end("number")))
    start = line.start + (0 if before else found.end())
    run.append(Line(start, start + len(rest.rstrip()), rest.rstrip(), 0))
    return 1 if before else -1


def _take_note(head: Head, line: Line, under_title: bool) -> int:
    """题注: by whom and when passed, approved, revised; or a date or a signed date in brackets under the title."""
    text = line.text
    signed = _SIGNED_BRACKET.match(text)
    if signed:
        head.signature.append(Span(line.start + signed.start("body"), line.start + signed.end("body")))
        head.date.append(Span(line.start + signed.start("date"), line.start + signed.end("date")))
        return 1
    if len(text) <= 400 and _ENACTMENT.match(text) and not text.endswith(("：", "，")):
        head.enactment.append(Span(line.start, line.end))
        return 1
    if _DATE_LINE.match(text):
        found = re.search(DATE, text)
        if found and (under_title or head.title or head.number or head.cells):
            head.date.append(Span(line.start + found.start(), line.start + found.end()))
            return 1
        return 0
    follows = head.enactment and line.start - head.enactment[-1].end <= 3
    if follows and not find_marker(text) and _ENACTMENT_REST.search(text) and len(text) <= 200:
        head.enactment[-1] = Span(head.enactment[-1].start, line.end)
        return 1
    return 0


def _addressee_lines(lines: list[Line], index: int) -> int | None:
    """How many lines from here are the 主送机关; 0 where the body follows in the same line; None if there is none."""
    text = lines[index].text
    if find_marker(text):
        return None
    if _PERSON.match(text) and len(text) <= 120:
        return 1
    if len(text) <= 700 and text.endswith("：") and not _STOP.search(text) and not _NO_ADDRESSEE.search(text):
        return 1
    if (inline := _INLINE_ADDRESSEE.match(text)) and not _NO_ADDRESSEE.search(inline["to"] + "："):
        return 0
    if not (text.startswith("各") or "、" in text) or _SENTENCE.search(text) or ends_with_genre(text):
        return None
    for count, line in enumerate(lines[index : index + _ADDRESSEE_LINES], 1):
        text = line.text
        if _SENTENCE.search(text) or find_marker(text) or _NO_ADDRESSEE.search(text) or _TITLE_WORD.search(text):
            return None
        if _NUMBER_LINE.match(text) or ends_with_genre(text):
            return None
        if line.text.endswith("："):
            return count
    return None


def _take_addressee(head: Head, lines: list[Line], *, inline: bool) -> None:
    first, last = lines[0], lines[-1]
    if inline and (found := _INLINE_ADDRESSEE.match(first.text)):
        head.addressee.append(Span(first.start, first.start + found.end("to")))
        head.inline_body = first.start + found.end()
    else:
        head.addressee.append(Span(first.start, last.end - 1))


def _begins_body(line: Line, *, taken: bool) -> bool:
    """True where running text begins: a heading, a whole sentence, a table of contents."""
    text = line.text
    if find_marker(text) or _BODY_START.match(text):
        return True
    if text.endswith(("。", "；", "，")) or len(text) > _LONGEST_TITLE_LINE:
        return True
    if text.endswith("：") or _SENTENCE.search(text[:-1]):
        return True
    return taken and not ends_with_genre(text) and bool(_COLON_INSIDE.search(text))


def title_run(run: list[Line]) -> list[Line]:
    """The lines of a run that make its title: to the last that ends with a genre and closes its brackets."""
    run = run[:_TITLE_LINES]
    for count in range(len(run), 0, -1):
        if _BRACKETED.match(run[count - 1].text) and count > 1:
            if ends_with_genre(run[count - 2].text) and not re.search(rf"{DATE}|通过|公布|发布", run[count - 1].text):
                return run[:count]
            continue
        joined = squeeze("".join(line.text for line in run[:count]))
        if ends_with_genre(joined) and joined.count("《") <= joined.count("》"):
            return run[:count]
    return []


def _choose_title(head: Head, runs: list[list[Line]], lines: list[Line]) -> None:
    """The last run that ends as a title does; where none does, the first that stands alone at the top."""
    for run in reversed(runs):
        if chosen := title_run(run):
            head.title = Span(chosen[0].start, chosen[-1].end)
            return
    if not runs:
        return
    run = runs[-1] if head.number and not head.addressee else runs[0]
    joined = "".join(line.text for line in run)
    more_follows = head.body < len(lines)
    if more_follows and len(run) <= 4 and 5 <= len(joined) <= 120 and not _COLON_INSIDE.search(joined):
        head.title = Span(run[0].start, run[-1].end)
