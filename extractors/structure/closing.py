"""附注 and 版记 of an official document (GB/T 9704-2012 7.3.6, 7.4), contact lines, and where attached texts begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from extractors.model import Span
from extractors.structure.enactment import DATE
from extractors.structure.genres import ends_with_genre
from extractors.structure.headings import find_marker
from extractors.structure.lines import Line
from extractors.structure.masthead import title_run
from extractors.structure.page import is_furniture
from extractors.structure.sign_off import NOTE, find_sign_off, is_dated, is_signature

__all__ = ["Attached", "Closing", "read_closing"]

_LONGEST_COLOPHON = 1000
_LONGEST_CONTACT = 120
_CC_LINES = 10
_LIST_LINES = 25
_TITLE_LINES = 5
_LONGEST_TITLE_LINE = 60
_CC = re.compile(r"(?:主 ?送、)?(?:[\u4e00-\u9fff]内)?(?:抄 *送|抄 *报|分 *送|发 *送)(?:机关|单位)? *：? *(?=\S)")
_PRINTED = re.compile(rf"(?P<by>[\u4e00-\u9fff（） ]{{2,40}}?)? *(?P<date>{DATE}) *印(?:发|制|)$")
_ATTACHED = re.compile(r"[【〔（]?附 ?[件录表图]? ?[\d一二三四五六七八九十]{0,3}(?:-\d+)?[】〕）]?[：:]?$")
_ATTACHED_TITLED = re.compile(r"附 ?[件录表] ?[\d一二三四五六七八九十]{1,3} ?(?:[：:] ?| +)(?=\S)")
_ATTACHED_NAMED = re.compile(r"附 ?[件录]?：(?! ?\d)(?=\S)")
_CONTACT = re.compile(
    r"[（(]?(?:联 ?系 ?人|联系(?:单位|电话|方式|地址)|(?:咨询|办公|监督|举报)电话|电 *话|手 *机|传 *真|邮 *箱"
    r"|电子邮[箱件]|邮 *编|邮政编码|通[讯信]地址|地 *址|经办人|承办人)(?:及(?:联系)?电话)?[：: ]"
)


class Attached(NamedTuple):
    """An attached text: index of its first line, span of its marker (附件1, may be empty), span of its title."""

    line: int
    marker: Span
    title: Span


@dataclass
class Closing:
    """What was read after the body; ``end`` is the index of the line where the main text's sign-off begins."""

    end: int
    date: Span | None = None
    signature: list[Span] = field(default_factory=list)
    note: list[Span] = field(default_factory=list)
    cc: list[Span] = field(default_factory=list)
    printed_by: list[Span] = field(default_factory=list)
    printed_date: list[Span] = field(default_factory=list)
    contact: list[Span] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def read_closing(lines: list[Line], begin: int) -> Closing:
    """Read sign-off, notes, 版记 and the heads of attached texts from the lines after ``begin``."""
    closing = Closing(end=len(lines))
    if signed := find_sign_off(lines, begin, _first_attached(lines, begin)):
        closing.end, closing.date, closing.signature = signed.first, signed.date, signed.signature
        closing.used.update(range(signed.first, signed.last + 1))
    _read_colophon(closing, lines, begin)
    _read_attached(closing, lines, begin)
    return closing


def _read_colophon(closing: Closing, lines: list[Line], begin: int) -> None:
    """附注, 抄送, 印发机关和印发日期, contact lines: known by their words, wherever they stand after the head."""
    for index in range(begin, len(lines)):
        line = lines[index]
        text = line.text
        if len(text) > _LONGEST_COLOPHON:
            continue
        if text[0] in "（〔此本信公" and NOTE.match(text):
            closing.note.append(Span(line.start, line.end))
        elif (text[0] in "分发" or "抄" in text[:6]) and (found := _CC.match(text)):
            _take_cc(closing, lines, index, found.end())
        elif text[-1] in "印发制" and (found := _PRINTED.match(text)):
            _take_printed(closing, lines, index, found)
        elif len(text) < _LONGEST_CONTACT and _CONTACT.match(text):
            closing.contact.append(Span(line.start, line.end))
        else:
            continue
        closing.used.add(index)


def _take_cc(closing: Closing, lines: list[Line], index: int, offset: int) -> None:
    """抄送 runs on over lines until one ends with a full stop or something else begins."""
    last = index
    while not lines[last].text.endswith("。") and last + 1 < len(lines) and last - index < _CC_LINES:
        text = lines[last + 1].text
        if any(pattern.match(text) for pattern in (_PRINTED, _CC, _ATTACHED, NOTE)):
            break
        if not (lines[last].text.endswith(("，", "、")) or ("，" in text and text.endswith("。"))):
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


def _first_attached(lines: list[Line], begin: int) -> int:
    """Index of the first line 附件1 that stands alone; the number of lines if there is none."""
    for index in range(begin, len(lines)):
        text = lines[index].text
        if text[0] in "附【〔（" and _ATTACHED.match(text):
            near = lines[index + 1 : index + 1 + _LIST_LINES]
            following = near[0].text if near else ""
            # 附件： with a sign-off below is the list of attachments, not the first of them.
            signed = any(is_signature(a.text) and is_dated(b.text) for a, b in pairwise(near))
            if not find_marker(following) and not is_signature(following) and not (text.endswith("：") and signed):
                return index
    return len(lines)


def _read_attached(closing: Closing, lines: list[Line], begin: int) -> None:
    """附件1 alone on a line and the title under it; or a new title right after the sign-off."""
    after = max(closing.used, default=-1) + 1 if closing.date else len(lines)
    index = begin
    while index < len(lines):
        found = _attached_at(closing, lines, index, after)
        if found is None:
            index += 1
            continue
        attached, count = found
        closing.attached.append(attached)
        closing.used.update(range(index, index + count))
        index += count


def _attached_at(closing: Closing, lines: list[Line], index: int, after: int) -> tuple[Attached, int] | None:
    """The attached text whose head begins at a line, and how many lines the head takes."""
    line = lines[index]
    marked = line.text[0] in "附【〔（" and index not in closing.used
    if marked and index >= after and (found := _ATTACHED_TITLED.match(line.text)):
        start = line.start + found.end()
        return Attached(index, Span(line.start, start), Span(start, line.end)), 1
    if marked and index + 1 < len(lines) and (found := _ATTACHED_NAMED.match(line.text)):
        following = lines[index + 1].text
        signed_below = closing.date is not None and closing.date.start > line.start
        if ends_with_genre(line.text) and not signed_below and not find_marker(following) and following[0] != "附":
            start = line.start + found.end()
            return Attached(index, Span(line.start, start), Span(start, line.end)), 1
    if marked and _ATTACHED.match(line.text):
        if line.text.endswith("：") and closing.date and index < after:
            return None
        if run := _title_lines(lines, index + 1):
            return Attached(index, Span(line.start, line.end), Span(run[0].start, run[-1].end)), len(run) + 1
    elif index == after and not closing.attached and (run := _title_lines(lines, index)):
        return Attached(index, Span(line.start, line.start), Span(run[0].start, run[-1].end)), len(run)
    return None


def _title_lines(lines: list[Line], begin: int) -> list[Line]:
    """The title of an attached text: lines to a genre's end, or one short line."""
    run = []
    for line in lines[begin : begin + _TITLE_LINES]:
        text = line.text
        if (
            is_furniture(text)
            or find_marker(text)
            or text.endswith(("。", "；", "："))
            or len(text) > _LONGEST_TITLE_LINE
        ):
            break
        run.append(line)
    if chosen := title_run(run):
        return chosen
    return run[:1] if run and len(run[0].text) >= 2 and not ends_with_genre(run[0].text) else []
