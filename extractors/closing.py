"""The end of an official document: 发文机关署名, 成文日期, 附注, 版记 (GB/T 9704-2012 7.3.5-7.4), and where attached texts begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.genres import ends_with_genre
from extractors.headings import find_marker
from extractors.lines import Line, squeeze
from extractors.masthead import DATE, title_run
from extractors.model import Span
from extractors.page import is_furniture

__all__ = ["Closing", "is_signature", "read_closing", "signature_spans"]

_SIGNATURE_LINES = 40
_AFTER_DATE_LINES = 12
_LONGEST_SIGNATURE = 90
_DATE_LINE = re.compile(rf"(?P<body>[\u4e00-\u9fff（）、 ]{{2,60}}? )?(?P<date>{DATE})(?: ?印发)?[）〕]?$")
_SPLIT_DATE = re.compile(r"(?:19|20)\d\d ?年? *\d{1,2} ?月? *\d{1,2} ?日?$")
_BODY_TAIL = re.compile(
    r"(?:[部委局厅办院会府处室组社行司队署站所校馆庭联团央党盟协]|中心|公司|集团|大学|银行|小组|指挥部|管委会|开发区|军委|政协|人大)"
    r"(?:（[^（）]{1,30}）)?$"
)
_SEAL = re.compile(r" *[（(](?:盖章|印章|公章|代章|章|签章|加盖公章)[）)]$")
_NO_SIGNATURE = re.compile(
    r"[。！？；，：“”《》]|的|^(?:附|抄|（|关于|各|以及|主送|责任|牵头|联系)|(?:如下|负责|工作|印发)$|^特此|^此[复函致告]"
)
_PERSON = re.compile(
    r"[\u4e00-\u9fff ]{0,30}(?:总 ?理|主 ?席|[省市县区州部厅局署行院校盟旗] ?长|主 ?任|书 ?记|检 ?察 ?长|司 ?令 ?员|政 ?委)[： ]+[\u4e00-\u9fff· ]{2,14}$"
)
_SENTENCE_END = re.compile(r"(?:[。！？；）”：]|特此[\u4e00-\u9fff]{2,4}|此[复函致]|敬礼)[！。]?$")
_NOTE = re.compile(
    r"[（〔] ?(?:此件|本件|本文|此文|信息公开|政务公开|公开|依申请|主动|不予|全文)[^（）〔〕]{0,40}[）〕]$"
    r"|(?:此件|本件)[^，；]{0,12}公开[^，；]{0,6}$|(?:信息)?公开(?:选项|方式|属性|类别|形式) ?：.{2,12}$"
)
_CC = re.compile(r"(?:主 ?送、)?(?:[\u4e00-\u9fff]内)?(?:抄 ?送|抄 ?报|分 ?送)(?:机关|单位)? ?：? ?(?=\S)")
_PRINTED = re.compile(rf"(?P<by>[\u4e00-\u9fff（） ]{{2,40}}?)? *(?P<date>{DATE}) *印(?:发|制|)$")
_ATTACHED = re.compile(r"[【〔（]?附 ?[件录表图]? ?[\d一二三四五六七八九十]{0,3}(?:-\d+)?[】〕）]?[：:]?$")
_ATTACHED_TITLED = re.compile(r"附 ?[件录表] ?[\d一二三四五六七八九十]{1,3} ?(?:[：:] ?| +)(?=\S)")
_CONTACT = re.compile(
    r"[（(]?(?:联 ?系 ?人|联系单位|联系电话|联系方式|联系地址|咨询电话|办公电话|监督电话|举报电话|电 ?话|手 ?机|传 ?真|邮 ?箱|电子邮箱|电子邮件|邮 ?编|邮政编码|通讯地址|通信地址|地 ?址|经办人|承办人)"
    r"(?:及(?:联系)?电话)?[：: ]"
)


@dataclass
class Closing:
    """What was read after the body; ``end`` is the index of the first line that is no running text of the main part."""

    end: int
    signature: list[Span] = field(default_factory=list)
    date: list[Span] = field(default_factory=list)
    note: list[Span] = field(default_factory=list)
    cc: list[Span] = field(default_factory=list)
    printed_by: list[Span] = field(default_factory=list)
    printed_date: list[Span] = field(default_factory=list)
    contact: list[Span] = field(default_factory=list)
    chrome: list[Span] = field(default_factory=list)
    # (index of the first line, span of 附件1, span of the title) of each attached text
    attached: list[tuple[int, Span, Span]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def is_signature(text: str) -> bool:
    """True for a line that holds the names of bodies and nothing else, letter-spaced or not.

    >>> is_signature("财  政  局"), is_signature("市民政局负责。")
    (True, False)
    """
    if len(text) > _LONGEST_SIGNATURE or find_marker(text):
        return False
    bare = squeeze(_SEAL.sub("", text))
    return 2 < len(bare) <= 60 and not _NO_SIGNATURE.search(bare) and bool(_BODY_TAIL.search(bare))


def signature_spans(line: Line) -> list[Span]:
    """One span a body: a line may name several, with white space or 、 between.

    >>> signature_spans(Line(0, 11, "民政部 财  政  部", 0))
    [Span(start=0, end=3), Span(start=4, end=11)]
    """
    text = _SEAL.sub("", line.text)
    tokens = list(re.finditer(r"[^ 、]+", text))
    spans: list[Span] = []
    begin = 0
    while begin < len(tokens):
        end = begin + 1
        single = len(tokens[begin][0]) == 1
        if single:
            gap = tokens[begin + 1].start() - tokens[begin].end() if end < len(tokens) else 0
            while end < len(tokens) and len(tokens[end][0]) == 1:
                if tokens[end].start() - tokens[end - 1].end() > gap + 1:
                    break
                end += 1
        while end < len(tokens) and not _complete(text[tokens[begin].start() : tokens[end - 1].end()]):
            end += 1
        spans.append(Span(line.start + tokens[begin].start(), line.start + tokens[end - 1].end()))
        begin = end
    return spans


def _complete(name: str) -> bool:
    bare = squeeze(name)
    return len(bare) > 2 and bool(_BODY_TAIL.search(bare))


def read_closing(lines: list[Line], begin: int) -> Closing:
    """Read sign-off, notes, 版记 and the heads of attached texts from the lines after ``begin``."""
    closing = Closing(end=len(lines))
    first_attached = _first_attached(lines, begin)
    _read_sign_off(closing, lines, begin, first_attached)
    _read_colophon(closing, lines, begin)
    _read_attached(closing, lines, begin)
    return closing


def _first_attached(lines: list[Line], begin: int) -> int:
    """Index of the first line 附件1 that stands alone; the number of lines if there is none."""
    for index in range(begin, len(lines)):
        if lines[index].text[0] in "附【〔（" and _ATTACHED.match(lines[index].text):
            following = lines[index + 1].text if index + 1 < len(lines) else ""
            if not find_marker(following) and not is_signature(following):
                return index
    return len(lines)


def _read_sign_off(closing: Closing, lines: list[Line], begin: int, limit: int) -> None:
    """The first date under a signature; else a date that closes the text; else a signature that closes it."""
    weak = None
    for index in range(begin, limit):
        text = lines[index].text
        if text[-1] not in "日）〕0123456789发" or len(text) > 80:
            continue
        found = _DATE_LINE.match(text)
        if not found:
            continue
        if found["body"] and is_signature(found["body"].strip()):
            _sign(closing, lines, index, found, [_part(lines[index], found)])
            return
        if found["body"]:
            continue
        if signed := _signature_above(lines, begin, index):
            _sign(closing, lines, index, found, signed)
            return
        if weak is None and _closes(lines, index, limit):
            weak = (index, found)
    if weak:
        _sign(closing, lines, weak[0], weak[1], [])
        return
    _read_undated(closing, lines, begin, limit)


def _part(line: Line, found: re.Match[str]) -> Line:
    body = found["body"].rstrip()
    return Line(line.start, line.start + len(body), body, 0)


def _sign(closing: Closing, lines: list[Line], index: int, found: re.Match[str], signed: list[Line]) -> None:
    line = lines[index]
    closing.date.append(Span(line.start + found.start("date"), line.start + found.end("date")))
    closing.end = index
    for body in signed:
        closing.signature.extend(signature_spans(body))
    if signed and signed[0].start < line.start:
        closing.end = next(i for i in range(index, -1, -1) if lines[i].start <= signed[0].start)
    closing.used.update(range(closing.end, index + 1))


def _signature_above(lines: list[Line], begin: int, index: int) -> list[Line]:
    """Lines of bodies right above a date; names of office holders between are passed over."""
    signed: list[Line] = []
    above = index - 1
    while above >= begin and index - above <= _SIGNATURE_LINES:
        text = lines[above].text
        if is_signature(text):
            signed.append(lines[above])
        elif not _PERSON.match(text) or signed:
            break
        above -= 1
    return signed[::-1]


def _closes(lines: list[Line], index: int, limit: int) -> bool:
    """True where a date line follows a sentence's end and nothing but notes and 版记 follow it."""
    if not (_SENTENCE_END.search(lines[index - 1].text) or _PERSON.match(lines[index - 1].text)) or index == 0:
        return False
    if index + 1 >= limit:
        return True
    text = lines[index + 1].text
    return bool(_NOTE.match(text) or _CC.match(text) or _CONTACT.match(text) or is_furniture(text) or text[0] == "附")


def _read_undated(closing: Closing, lines: list[Line], begin: int, limit: int) -> None:
    """A signature without a date at the very end of the main text."""
    end = limit
    while end > begin and (_NOTE.match(lines[end - 1].text) or is_furniture(lines[end - 1].text)):
        end -= 1
    signed = _signature_above(lines, begin, end)
    if signed and len(signed) < 12:
        first = next(i for i in range(end, -1, -1) if i < len(lines) and lines[i].start <= signed[0].start)
        if first > begin and _SENTENCE_END.search(lines[first - 1].text):
            closing.end = first
            closing.used.update(range(first, end))
            for body in signed:
                closing.signature.extend(signature_spans(body))


def _read_colophon(closing: Closing, lines: list[Line], begin: int) -> None:
    """附注, 抄送, 印发机关和印发日期, contact lines: found by their words, wherever they stand after the head."""
    for index in range(begin, len(lines)):
        line = lines[index]
        text = line.text
        first = text[0]
        if len(text) > 1000:
            continue
        if first in "（〔此本信公" and _NOTE.match(text):
            closing.note.append(Span(line.start, line.end))
        elif ("抄" in text[:6] and (found := _CC.match(text))) or (first == "分" and (found := _CC.match(text))):
            _take_cc(closing, lines, index, found.end())
            continue
        elif text[-1] in "印发制" and (found := _PRINTED.match(text)):
            _take_printed(closing, lines, index, found)
        elif _CONTACT.match(text) and len(text) < 120:
            closing.contact.append(Span(line.start, line.end))
        else:
            continue
        closing.used.add(index)


def _take_cc(closing: Closing, lines: list[Line], index: int, offset: int) -> None:
    """抄送 runs on over lines until one ends with a full stop or the printing line comes."""
    last = index
    while not lines[last].text.endswith("。") and last + 1 < len(lines) and last - index < 10:
        text = lines[last + 1].text
        if _PRINTED.match(text) or _CC.match(text) or _ATTACHED.match(text) or is_signature(text) or _NOTE.match(text):
            break
        if not (lines[last].text.endswith(("，", "、")) or (len(lines[last].text) > 20 and "，" in text + "，")):
            break
        if lines[last + 1].start - lines[last].end > 2:
            break
        last += 1
    closing.cc.append(Span(lines[index].start + offset, lines[last].end))
    closing.used.update(range(index, last + 1))


def _take_printed(closing: Closing, lines: list[Line], index: int, found: re.Match[str]) -> None:
    line = lines[index]
    closing.printed_date.append(Span(line.start + found.start("date"), line.start + found.end("date")))
    if found["by"] and found["by"].strip():
        closing.printed_by.append(Span(line.start + found.start("by"), line.start + len(found["by"].rstrip())))
    elif index and is_signature(lines[index - 1].text) and index - 1 not in closing.used:
        closing.printed_by.append(Span(lines[index - 1].start, lines[index - 1].end))
        closing.used.add(index - 1)


def _read_attached(closing: Closing, lines: list[Line], begin: int) -> None:
    """附件1 alone on a line and the title under it; or a new title right after the sign-off."""
    after = max(closing.used, default=-1) + 1 if closing.date else len(lines)
    index = begin
    while index < len(lines):
        line = lines[index]
        marker: Span | None = None
        follows = index
        if line.text[0] in "附【〔（" and index not in closing.used:
            if _ATTACHED.match(line.text):
                marker, follows = Span(line.start, line.end), index + 1
            elif index >= after and (found := _ATTACHED_TITLED.match(line.text)):
                marker = Span(line.start, line.start + found.end())
                rest = Line(line.start + found.end(), line.end, line.text[found.end() :], 0)
                closing.attached.append((index, marker, Span(rest.start, rest.end)))
                closing.used.add(index)
                index += 1
                continue
        fresh = index == after and not closing.attached and closing.date
        if marker or fresh:
            run = _run(lines, follows)
            if run and (marker is None or not find_marker(run[0].text)):
                title = Span(run[0].start, run[-1].end)
                closing.attached.append((index, marker or Span(run[0].start, run[0].start), title))
                closing.used.update(range(index, follows + len(run)))
                index = follows + len(run)
                continue
        index += 1


def _run(lines: list[Line], begin: int) -> list[Line]:
    """The title of an attached text: lines to a genre's end, or one short line."""
    run = []
    for line in lines[begin : begin + 5]:
        if find_marker(line.text) or line.text.endswith(("。", "；", "：")) or len(line.text) > 60:
            break
        run.append(line)
    if chosen := title_run(run):
        return chosen
    return run[:1] if run and not ends_with_genre(run[0].text) and len(run[0].text) >= 4 else []
