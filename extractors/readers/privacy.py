"""Contact data of persons: where it stands, and the text with it masked one character for one.

Masked: mobile, identity-card and contact-line numbers, e-mail addresses, QQ and WeChat names, the names beside them,
names of deputies and proposers addressed, names of signatories. Kept: offices, posts, hotlines (12345, 96xxx, 监督电话)
and switchboards with no person beside them. Authority: 个人信息保护法 4, 6, 13, 27; 网络数据安全管理条例 24.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extractors.model import Document, Span
from extractors.readers.person_names import names_in, names_of_deputies, names_of_officials

__all__ = ["MASK", "contact_spans", "mask", "personal_spans"]

MASK = "■"

# A number followed by one of these is a figure, whatever its digits.
_UNIT = "(?! ?(?:[元人户名万亿个张家所项件次%‰吨米亩平公千年月套辆台份股号位株头只座处例]|美元|美金|立方))"
_MOBILE = r"(?:(?:\+|00)86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
_AREA = r"(?:（0[0-9]{2,3}）|0[0-9]{2,3})[- ]{0,3}[0-9]{3,4}[- ]?[0-9]{4}"
_LOCAL = r"[2-9][0-9]{2,3}[- ]?[0-9]{4}"
_EXTENSION = r"(?: ?(?:转|-) ?[0-9]{1,5})?"
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z.,/_=+〔])(?:(?P<mobile>{_MOBILE})|(?P<area>{_AREA}){_EXTENSION}|(?P<local>{_LOCAL}){_EXTENSION}"
    r"|(?P<short>12[0-9]{3}|9[56][0-9]{3,4}|1[12][0-9])|(?P<hotline>400[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}))"
    rf"(?![0-9A-Za-z/_%〕])(?!\.[0-9]){_UNIT}"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63} ?(?:@|#|\(at\)) ?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
_ACCOUNT = re.compile(
    r"(?:微信(?!公众|小程序|扫)号?|QQ(?!群)号?|qq号?|钉钉号?)[ ：]{1,3}(?P<id>[A-Za-z0-9][A-Za-z0-9_-]{4,24})"
)

# A mark that the name of a person follows.
_PERSON = re.compile(
    "(?:联系人|联络人|联络员|经办人|承办人|填[表报]人|审核人|拟稿人|起草人|核稿人|校对人?|签发人|报送人|收件人|咨询人|提案[人者]|建议人|"
    "领衔代表|领衔人|主提人|附议人|责任人|负责人|联系同志|联系教师|对接人|(?:责任|图片)?编辑|供稿|撰稿|摄影|通讯员)员?(?:姓名)?"
    "(?:[及与和、/]?(?:联系)?(?:电话|方式|手机)(?:号码)?)?(?:（[^（）\n]{0,12}）)?"
    "(?P<mark> {0,6}： {0,4}\n? {0,4}| {0,4}\n {0,4}| {1,8})"
)
# A mark that a number follows: of persons and offices, or of a public service.
_PHONE = re.compile("电 {0,4}话|手 {0,4}机|传 {0,4}真|座机|联系方式|联系人|经办人|联络|[Tt]el|TEL|固话|致电")
_SERVICE = re.compile("热线|监督|举报|投诉|咨询|客服|服务电话|值班|报警|急救|预约|受理|反映|公开电话")
_STOP = re.compile("[。；！？\n]")
_BEFORE_NUMBER = re.compile(
    "[ ，、：（）/-]*(?:(?:联系|办公|移动|单位)?(?:电 *话|手 *机|传 *真|座机|联系方式|号码)(?:号码|号)?[ ：+]*)?"
    "[ ，、：（/-]*$"
)
_LAST_WORD = re.compile("[^ ，、：（）/0-9]{1,24}(?: {1,3}[^ ，、：（）/0-9]{1,4})?(?![^ ])")
_IN_BRACKETS = re.compile(" ?（([^（）\n]{1,16})）")
_NO_PHONE = re.compile("(?:编号|代码|账号|帐号|卡号|批号|单号|(?<!身份)证号|备案号?|注册号|№|第)[： 为]*$")
_DIGITS = re.compile(r"\+?[0-9][0-9 （）-]{2,}[0-9]?")
_VISIBLE = re.compile(r"[^\s（）()]")
_VALUE = 60
# A name this near behind a personal number goes with the number that follows it: 甲，88112233；乙，88112234.
_NEAR = 12


def _clause(folded: str, start: int, end: int) -> tuple[int, int]:
    """The clause round ``[start, end)``: to the next stop or line end, at most ``_VALUE`` characters each way."""
    low = max(0, start - _VALUE)
    for stop in _STOP.finditer(folded, low, start):
        low = stop.end()
    high = min(len(folded), end + _VALUE)
    stop_after = _STOP.search(folded, end, high)
    return low, stop_after.start() if stop_after else high


def _names_after_marks(folded: str) -> Iterator[tuple[Span, list[Span]]]:
    """Each mark of a person with what follows it in its clause, and the names there."""
    for match in _PERSON.finditer(folded):
        _, end = _clause(folded, match.end(), match.end())
        phone = _PHONE.search(folded, match.end(), end)
        value_end = phone.start() if phone else end
        named = list(names_in(folded, match.end(), value_end, certain="：" in match["mark"]))
        if named:
            yield Span(match.start(), named[-1].end), named


def _names_beside(folded: str, number: Span) -> Iterator[Span]:
    """The name just before a personal number, with or without 电话 between, and one in brackets just after it."""
    low, high = _clause(folded, *number)
    gap = _BEFORE_NUMBER.search(folded, low, number.start)
    stop = gap.start() if gap else number.start
    words = _LAST_WORD.search(folded, max(low, stop - 24), stop)
    if words:
        yield from names_in(folded, words.start(), stop, certain=False)
    bracket = _IN_BRACKETS.match(folded, number.end, high)
    if bracket:
        yield from names_in(folded, *bracket.span(1), certain=False)


class _Number(NamedTuple):
    """A number that reaches somebody, the names beside it, where its contact line begins, and whose it is."""

    span: Span
    names: list[Span]
    start: int
    personal: bool


def _numbers(folded: str, marks: list[Span]) -> Iterator[_Number]:
    """Every telephone number, personal or of a service; figures that merely have as many digits are left out."""
    done = -_VALUE
    for match in _in_digits(_NUMBER, folded):
        span = Span(*match.span())
        low, _ = _clause(folded, *span)
        cue = _last(_PHONE, folded, low, span.start)
        if _NO_PHONE.search(folded, low, span.start) and not cue:
            continue
        names = list(_names_beside(folded, span))
        marked = any(low <= mark.start < span.start for mark in marks)
        start = min([span.start, *(name.start for name in names if name.start >= low)])
        bracketed = bool(names) and folded[names[0].start - 1] == "（"
        follows = bool(names) and 0 < names[0].start - done < _NEAR
        if match["mobile"]:
            personal = True
        elif match["area"] or cue or marked or (match["local"] and (bracketed or follows)):
            service = bool(_SERVICE.search(folded, low, span.start))
            personal = bool(match["area"] or match["local"]) and (marked or bool(names) or (bool(cue) and not service))
        else:
            continue
        done = span.end if personal else done
        yield _Number(span, names if personal else [], min(start, cue.start() if cue else start), personal)


def _in_digits(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Matches of a costly pattern, tried only where three digits stand, or fewer in a dialled group."""
    for run in _DIGITS.finditer(folded):
        yield from pattern.finditer(folded, max(0, run.start() - 1), min(len(folded), run.end() + 8))


def _last(pattern: re.Pattern[str], folded: str, start: int, end: int) -> re.Match[str] | None:
    """The last match of a pattern in a stretch."""
    found = None
    for found in pattern.finditer(folded, start, end):  # noqa: B007
        pass
    return found


def _others(folded: str, marks: list[Span]) -> Iterator[tuple[Span, bool]]:
    """Identity numbers, e-mail addresses and accounts, and whether each is a person's."""
    for match in _in_digits(_IDENTITY, folded):
        if not _NO_PHONE.search(folded, max(0, match.start() - 12), match.start()):
            yield Span(*match.span()), True
    for match in _EMAIL.finditer(folded):
        low, _ = _clause(folded, *match.span())
        named = any(low <= mark.start < match.end() for mark in marks)
        yield Span(*match.span()), named or not match[0].lower().endswith(".gov.cn")
    for match in _ACCOUNT.finditer(folded):
        yield Span(*match.span("id")), True


def contact_spans(folded: str) -> list[Span]:
    """Contact lines, from their mark to the end of the last number: nothing in them is a count, an agency or a date."""
    found = list(_names_after_marks(folded))
    marks = [span for span, _ in found]
    spans = [*marks, *(span for span, _ in _others(folded, marks))]
    spans += [Span(number.start, number.span.end) for number in _numbers(folded, marks)]
    return _merged(spans)


def personal_spans(folded: str, *, keep_officials: bool = False) -> list[Span]:
    """The stretches that tell of a natural person, in text order, none overlapping.

    Args:
        keep_officials: leave the names in lines of signature (市长　王某某), which act in office.
    """
    found = list(_names_after_marks(folded))
    marks = [span for span, _ in found]
    spans = [name for _, names in found for name in names]
    for number in _numbers(folded, marks):
        if number.personal:
            spans += [number.span, *number.names]
    spans += [span for span, personal in _others(folded, marks) if personal]
    spans += names_of_deputies(folded)
    if not keep_officials:
        spans += names_of_officials(folded)
    return _merged(spans)


def mask(doc: Document, *, keep_officials: bool = False) -> str:
    """The text of a document as it may be stored: same length, with ■ for each character that tells of a person.

    >>> from extractors import read
    >>> mask(read("（联系人：王小明，电话：13800001111）".encode(), "例.txt"))
    '（联系人：■■■，电话：■■■■■■■■■■■）'
    """
    text, parts, done = doc.text, [], 0
    for start, end in personal_spans(doc.folded, keep_officials=keep_officials):
        parts += [text[done:start], _VISIBLE.sub(MASK, text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
