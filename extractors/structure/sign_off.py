"""发文机关署名 and 成文日期 under the text of an official document (GB/T 9704-2012 7.3.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.model import Span
from extractors.structure.enactment import DATE
from extractors.structure.headings import find_marker
from extractors.structure.lines import Line, squeeze
from extractors.structure.masthead import title_run
from extractors.structure.page import is_furniture

__all__ = ["NOTE", "SignOff", "find_sign_off", "is_dated", "is_signature", "signature_spans"]

_SIGNATURE_LINES = 40
_UNDATED_LINES = 12
_LONGEST_SIGNATURE = 90
_LONGEST_DATE_LINE = 80
NOTE = re.compile(
    r"[（〔] ?(?:此件|本件|本文|此文|信息公开|政务公开|公开|依申请|主动|不予|全文)[^（）〔〕]{0,40}[）〕]$"
    r"|(?:此件|本件)[^，；]{0,12}公开[^，；]{0,6}$|(?:信息)?公开(?:选项|方式|属性|类别|形式) ?：.{2,12}$"
)
_DATE_LINE = re.compile(rf"(?P<body>[\u4e00-\u9fff（）、 ]{{2,60}}? )?[（〔]?(?P<date>{DATE})[）〕]?$")
_BODY_TAIL = re.compile(
    r"(?:[部委局厅办院会府处室组社行司队署站所校馆庭联团央党盟协]"
    r"|中心|机构|公司|集团|大学|银行|小组|指挥部|管委会|开发区|军委|政协|人大)(?:（[^（）]{1,30}）)?$"
)
_SEAL = re.compile(r" *（(?:盖章|印章|公章|代章|章|签章|加盖公章)）$")
_SEAL_LINE = re.compile(r"（[^（）]{0,40}章）$")
_NO_SIGNATURE = re.compile(
    r"[。！？；，：“”《》]|的|^(?:附|抄|（|关于|各|以及|主送|责任|牵头|联系)|(?:如下|负责|工作|印发)$|^特此|^此[复函致告]"
)
_PERSON = re.compile(
    r"[\u4e00-\u9fff ]{0,30}"
    r"(?:总 ?理|主 ?席|[省市县区州部厅局署行院校盟旗] ?长|主 ?任|书 ?记|检 ?察 ?长|司 ?令 ?员|政 ?委)"
    r"(?:[： ]+[\u4e00-\u9fff· ]{2,14}|[\u4e00-\u9fff]{2,3})$"
)
_WRAPPED = re.compile(r"(?!附|（|第)[\u4e00-\u9fff]{4,30}$")
_SENTENCE_END = re.compile(r"(?:[。！？；）”：]|特此[\u4e00-\u9fff]{2,4}|此[复函致]|敬礼)[！。]?$")
_AFTER_DATE = re.compile(r"附|抄|[（(]?联系|主 *题 *词|.{2,60}印发$")


class SignOff(NamedTuple):
    """The lines ``first`` to ``last`` (indices, both included), a span a body, and the date's span."""

    first: int
    last: int
    signature: list[Span]
    date: Span | None


def is_signature(text: str) -> bool:
    """True for a line that holds the names of bodies and nothing else, letter-spaced or not.

    >>> is_signature("财  政  局"), is_signature("市民政局负责。")
    (True, False)
    """
    if len(text) > _LONGEST_SIGNATURE or find_marker(text):
        return False
    bare = squeeze(_SEAL.sub("", text))
    return 2 < len(bare) <= 60 and not _NO_SIGNATURE.search(bare) and bool(_BODY_TAIL.search(bare))


def is_dated(text: str) -> bool:
    """True for a line that holds a date and nothing else, save the body that signs."""
    return len(text) <= _LONGEST_DATE_LINE and bool(_DATE_LINE.match(text))


def signature_spans(line: Line) -> list[Span]:
    """One span a body: a line may name several, with white space or 、 between.

    >>> signature_spans(Line(0, 11, "民政部 财  政  部", 0))
    [Span(start=0, end=3), Span(start=4, end=11)]
    """
    text = _SEAL.sub("", line.text)
    words = list(re.finditer(r"[^ 、]+", text))
    spans: list[Span] = []
    begin = 0
    while begin < len(words):
        end = _letter_spaced(words, begin)
        while end < len(words) and not _is_whole(text[words[begin].start() : words[end - 1].end()]):
            end += 1
        spans.append(Span(line.start + words[begin].start(), line.start + words[end - 1].end()))
        begin = end
    return spans


def _letter_spaced(words: list[re.Match[str]], begin: int) -> int:
    """Where a name of single characters ends that begins here: at a wider gap or a longer word."""
    end = begin + 1
    if len(words[begin][0]) > 1 or end == len(words):
        return end
    gap = words[end].start() - words[begin].end()
    while end < len(words) and len(words[end][0]) == 1 and words[end].start() - words[end - 1].end() <= gap + 1:
        end += 1
    return end


def _is_whole(name: str) -> bool:
    bare = squeeze(name)
    return len(bare) > 2 and bool(_BODY_TAIL.search(bare))


def find_sign_off(lines: list[Line], begin: int, limit: int) -> SignOff | None:
    """The first date under a signature; else a date that closes the text; else a signature that closes it."""
    weak = None
    for index in range(begin, limit):
        line = lines[index]
        if line.text[-1] not in "日）〕0123456789" or not (found := _DATE_LINE.match(line.text[-_LONGEST_DATE_LINE:])):
            continue
        if len(line.text) > _LONGEST_DATE_LINE:
            continue
        date = Span(line.start + found.start("date"), line.start + found.end("date"))
        if body := found["body"]:
            if is_signature(body.strip()):
                part = Line(line.start, line.start + len(body.rstrip()), body.rstrip(), 0)
                return SignOff(index, index, signature_spans(part), date)
            continue
        first, signed = _signature_above(lines, begin, index)
        if first < index:
            return SignOff(first, index, signed, date)
        if weak is None and _closes(lines, index, limit):
            weak = SignOff(index, index, [], date)
    return weak or _undated(lines, begin, limit)


def _signature_above(lines: list[Line], begin: int, index: int) -> tuple[int, list[Span]]:
    """The first line and the bodies of a signature that ends before ``index``; office holders are passed over."""
    signed: list[Line] = []
    above = index
    while above > begin and index - above < _SIGNATURE_LINES:
        line = lines[above - 1]
        if is_signature(line.text):
            signed.append(line)
        elif not _SEAL_LINE.match(line.text) and (signed or not _PERSON.match(line.text)):
            break
        above -= 1
    spans = [span for line in reversed(signed) for span in signature_spans(line)]
    if spans and above - 1 > begin and _WRAPPED.match(lines[above - 1].text):
        before = lines[above - 1]
        if _SENTENCE_END.search(lines[above - 2].text) and not find_marker(before.text):
            spans[0] = Span(before.start, spans[0].end)
            above -= 1
    return above, spans


def _closes(lines: list[Line], index: int, limit: int) -> bool:
    """True where a date line follows a sentence's end, and notes, 版记 or an attached text follow it."""
    if index == 0 or not _SENTENCE_END.search(lines[index - 1].text):
        return False
    if index + 1 >= limit:
        return True
    text = lines[index + 1].text
    if NOTE.match(text) or _AFTER_DATE.match(text) or is_furniture(text):
        return True
    return bool(title_run(lines[index + 1 : index + 4])) and not find_marker(text)


def _undated(lines: list[Line], begin: int, limit: int) -> SignOff | None:
    """A signature without a date at the very end of the main text."""
    end = limit
    while end > begin and (NOTE.match(lines[end - 1].text) or is_furniture(lines[end - 1].text)):
        end -= 1
    first, signed = _signature_above(lines, begin, end)
    if signed and begin < first and end - first < _UNDATED_LINES and _SENTENCE_END.search(lines[first - 1].text):
        return SignOff(first, end - 1, signed, None)
    return None
