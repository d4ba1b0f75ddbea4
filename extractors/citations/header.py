"""The header of an annotated document: the document's own number, title, genre, issuers, addressees, dates."""

from __future__ import annotations

import re
from typing import Any

from extractors.citations.doc_numbers import normal_form
from extractors.citations.issuers import read_issuers
from extractors.citations.replies import read_reply
from extractors.model import Document, Jurisdiction, Mention, Span
from extractors.structure.genres import genre_of
from extractors.structure.lines import squeeze

__all__ = ["iso_date", "one_line", "read_header"]

_ARABIC = re.compile(r"((?:19|20)\d\d) ?[-./年]? ?(\d{1,2}) ?[-./月]? ?(\d{1,2})")
_PACKED = re.compile(r"((?:19|20)\d\d)年?(\d\d)(\d\d)$")
_CHINESE = re.compile(
    r"([〇零一二三四五六七八九十]{4}) ?年 ?([一二三四五六七八九十]{1,3}) ?月 ?([一二三四五六七八九十]{1,3}) ?日"
)
_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九十")}, "零": 0}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_OPENNESS = re.compile(r"主动公开|依申请公开|不予公开|不公开|全文公开|部分公开|公开发布|社会公开|公开")
_COPIES = re.compile(r"[（(](?:共|各)?\d+份[）)]")
_MADE_PUBLIC = re.compile(r"\s{0,2}(?:公布|发布|颁布)(?!的)")
_ANNOUNCED = re.compile(r"(?:现|经)[^。；\n]{0,60}?(通知|批复|通告|公告|函复)如下")
_HEREBY = re.compile(r"(?:^|[\n。])\s{0,12}特此(通知|批复|通告|公告|函复)[。\s]")
# 没有题目的制度性文件，开头说制定的是什么。
_LAYS_DOWN = re.compile(r"制[定订]本(?:实施|暂行|管理)?(办法|细则|规定|条例|方案|规则|规程)(?=[，。])")
_LIKE_A_RULE = 600
_OPENING = 1500
_ROLES = (("代表", "人大代表"), ("委员", "政协委员"))
_PERSONS = re.compile(r"(?:尊敬的)?(?P<who>.{0,60}?)(?P<role>代表|委员)们?(?:[（(].{0,20}[)）])?$")
_NO_PERSON = re.compile(r"委员会|代表团|代表处|各.{0,4}(?:专门|工作)")


def read_header(doc: Document, mentions: list[Mention], jurisdiction: Jurisdiction | None) -> dict[str, Any]:
    """Header fields by the annotation guidelines; None where the text does not give one.

    Args:
        mentions: what was found, AGENCY with ``canonical``, DOCUMENT_NUMBER with ``document``.
    """
    title = one_line(doc, doc.layout.first("title"))
    genre = (genre_of(title) or _campaign(title)) if title else _announced(doc)
    return {
        "number": _number(doc, mentions),
        "title": title,
        "genre": genre,
        "issuers": read_issuers(doc, mentions, jurisdiction) or None,
        "addressees": _addressees(doc) or None,
        "cc": _copies(doc) or None,
        "written_date": _date(doc, "date"),
        "published_date": _date(doc, "published"),
        "printed_by": one_line(doc, doc.layout.first("printed_by")),
        "printed_date": _date(doc, "printed_date"),
        "replies_to": read_reply(doc, title, genre, mentions, jurisdiction),
        "openness": _openness(doc),
    }


def one_line(doc: Document, span: Span | None) -> str | None:
    """An element's words on one line: line breaks go, letter-spaced lines are closed up."""
    if span is None:
        return None
    lines = [line.strip() for line in doc.text[span.start : span.end].splitlines()]
    return "".join(squeeze(line) if _is_spaced(line) else " ".join(line.split()) for line in lines)


def _campaign(title: str) -> str | None:
    """行动 of a special campaign's text (某省健康体重管理行动): no 文种, but what the title names itself."""
    return "行动" if squeeze(title).endswith("行动") else None


def _announced(doc: Document) -> str | None:
    """What a paper without a heading calls itself: 现将有关事项通知如下, 特此通知, 现批复如下, 制定本办法."""
    called = set(_ANNOUNCED.findall(doc.folded[:_OPENING])) | set(_HEREBY.findall(doc.folded))
    if len(called) == 1:
        name = str(called.pop())
        return "复函" if name == "函复" else name
    body = doc.layout.first("body")
    if called or body is None or doc.layout.first("addressee"):
        return None
    made = _LAYS_DOWN.search(doc.folded, body.start, min(body.end, body.start + _LIKE_A_RULE))
    return made[1] if made else None


def _is_spaced(line: str) -> bool:
    """True for 关 于 … 的 通 知: every word is one character."""
    words = line.split()
    return len(words) > 1 and all(len(word) == 1 for word in words)


def _number(doc: Document, mentions: list[Mention]) -> str | None:
    """Normal form of the document's own number."""
    span = doc.layout.first("number")
    if span is None:
        return _promulgated(doc, mentions)
    surface = doc.folded[span.start : span.end]
    for mention in mentions:
        if mention.type == "DOCUMENT_NUMBER" and mention.start < span.end and mention.end > span.start:
            return str(mention.attributes["document"])
    return normal_form(squeeze(surface)) or squeeze(surface)


def _promulgated(doc: Document, mentions: list[Mention]) -> str | None:
    """The number of the order that made a statute public, by its 题注: 2016年1月6日某市人大常委会公告第62号公布."""
    for span in doc.layout.elements.get("enactment", ()):
        for mention in mentions:
            inside = mention.type == "DOCUMENT_NUMBER" and span.start <= mention.start and mention.end <= span.end
            if inside and _MADE_PUBLIC.match(doc.folded, mention.end):
                return str(mention.attributes["document"])
    return None


def _addressees(doc: Document) -> list[str]:
    """主送机关 split at commas; persons by their role."""
    names: list[str] = []
    for span in doc.layout.elements.get("addressee", ()):
        text = "".join(line.strip() for line in doc.text[span.start : span.end].splitlines())
        person = _PERSONS.match(text)
        if person and not _NO_PERSON.search(text):
            names.append(dict(_ROLES)[person["role"]])
            continue
        names.extend(part for part in re.split(r"[，,]", text) if part.strip())
    return [name.strip() for name in names]


def _copies(doc: Document) -> list[str]:
    """抄送 bodies one by one; 各省、自治区、直辖市… is one."""
    names: list[str] = []
    for span in doc.layout.elements.get("cc", ()):
        text = _COPIES.sub("", squeeze(doc.text[span.start : span.end])).rstrip("。.")
        for group in re.split(r"[，,；;。]", text):
            for part in re.split(r"(?<=、)(?=各)", group):
                names.extend([part.strip("、")] if part.startswith("各") else part.split("、"))
    return [name for name in names if name]


def _date(doc: Document, element: str) -> str | None:
    for span in doc.layout.elements.get(element, ()):
        if day := iso_date(doc.folded[span.start : span.end]):
            return day
    return None


def iso_date(text: str) -> str | None:
    """ISO date of a whole date in Arabic or Chinese numerals; None where it is none.

    >>> iso_date("二〇〇六年九月七日"), iso_date("2024年5月21日"), iso_date("20220530"), iso_date("2024年13月1日")
    ('2006-09-07', '2024-05-21', '2022-05-30', None)
    """
    if found := _CHINESE.search(text):
        year = int("".join(str(_DIGITS[c]) for c in found[1])) if "十" not in found[1] else 0
        month, day = _small(found[2]), _small(found[3])
    elif found := _PACKED.search(text) or _ARABIC.search(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    if not (1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _small(numeral: str) -> int:
    """1 to 39 of 一 to 三十九."""
    if "十" not in numeral:
        return _DIGITS[numeral[0]] if len(numeral) == 1 else 0
    tens, _, ones = numeral.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _openness(doc: Document) -> str | None:
    for span in (*doc.layout.elements.get("note", ()), *doc.layout.elements.get("openness", ())):
        if found := _OPENNESS.search(doc.folded[span.start : span.end]):
            return found[0]
    return None
