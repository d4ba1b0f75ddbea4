"""Text damage: what copying, printing and scanning do to a text. Read through where it is certain, told where not.

Read through: a year or number broken by a line end or space (``2\\n022年``, ``13 46\\n8人``), letter-spaced names
(财　政　局), mixed brackets round the year of a document number, l, O and 一 where a figure has 1, 0 and —, a private
character in the place of a decimal point, a sign-off on one line with the heading of what it prints. Only told:
replacement characters, brackets that do not match, figures broken where no unit proves it. Offsets always speak of the
text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from extractors.model import Document, Extraction, Layout, Section, Sentence, Span
from extractors.reading import read_text
from ontology import table

__all__ = ["Damage", "Mended", "find", "mend"]

_HAN = "[\u3400-\u9fff]"
# Marks without which there is no such damage: they begin with what is rare, so that looking for them is quick.
_ANY_GAP, _ANY_BREAK = re.compile(rf"[ \u3000]{_HAN}[ \u3000]"), re.compile("\n[0-9]")
_YEAR_END, _YEAR_START = re.compile("[ \n]([0-9]{1,3})(?=年)"), re.compile("(?<![0-9.,/-])[12][0-9]{0,2}$")
_BROKEN = re.compile(r"(?<![0-9.,])[0-9]{1,4}(?: [0-9]{1,3}){0,3}\n(?P<rest>[0-9]{1,4}(?:\.[0-9]{1,4})?)(?![0-9.、．])")
_SPACED = re.compile(rf"(?<!{_HAN})(?<![0-9A-Za-z]){_HAN}(?: {{1,3}}{_HAN}){{2,15}}(?!{_HAN})")
_NAME_END = re.compile("(?:[局厅委部院办会府室处司署]|中心|公安|街道|政府)$")
_NUMBER_YEAR = re.compile(
    r"(?P<open>[〔\[［【(（<〈])(?:19|20)[0-9]{2}(?P<close>[〕\]］】)）>〉])(?=第?[0-9]{1,5}(?:-[0-9]{1,3})?号)"
)
_PAIRS = dict(zip("〔[［【(（<〈", "〕]］】)）>〉", strict=True))
_AFTER = r"(?=[0-9]{0,8}(?:[.,][0-9]{1,4})?[余多]?[万亿元人户名个张家所年月日号%])"
_ALIKE = [
    # what it looks like (any of it is in the text), what is meant, what proves it
    ("lI", "1", re.compile(rf"[0-9](?P<it>[lI]){_AFTER}")),
    ("lI", "1", re.compile(r"(?P<it>[lI])(?<![A-Za-z0-9.].)(?=[0-9]{2,8}[余多]?[万亿元人户名个张家所年%])")),
    ("Oo", "0", re.compile(rf"[0-9](?P<it>[Oo]){_AFTER}")),
    ("0Oo", "〇", re.compile(r"[一二](?P<it>[0Oo])(?=[一二三四五六七八九〇○0Oo]{1,2}年?)(?=.{0,3}年)")),
    ("一", "—", re.compile(r"[0-9](?<![一二][0-9])(?P<it>一)(?=[0-9]{1,4}[年月日岁%万亿元人])")),
    ("", ".", re.compile("(?P<it>[\ue000-\uf8ff])(?=[0-9])")),
]
_LOST = re.compile("[\ufffd\ue000-\uf8ff]|锟斤拷(?:锟斤拷)*|烫烫烫烫?|[ÃÂ][\u0080-\u00bf](?:[ÃÂ][\u0080-\u00bf])+")
_STRAY = re.compile(r"[\]\[)】](?=号)|〈[^〈〉《》()（）\n]{1,20}[)）]|[(（][^()（）〈〉《》\n]{1,20}[〉》]")
# 某局2020年12月17日某某办法第一章：落款、日期和所印文件的题目连在一行里。
_DATED = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?P<note>[（(](?:此件|本件)[^（）()\n]{2,16}[）)])?")
_SIGNED = re.compile(r"[\u4e00-\u9fff \u3000]{3,90}(?<=[局部委院厅署会室府])[ \u3000]{0,2}")
_NAMED = re.compile(r"《([^《》\n]{4,60})》")
_LABEL = re.compile("[第表图件号款条项之]$")
_COMPLETE_YEAR = re.compile("(?:19|20)[0-9]{2}$")
_LEAST_BEFORE = 6


class Damage(NamedTuple):
    """A damaged stretch: its kind, what is meant (None: unknown), and whether it is read so."""

    start: int
    end: int
    kind: str
    meant: str | None
    certain: bool


class _Repair(NamedTuple):
    """Characters to read as others, as many or fewer."""

    start: int
    end: int
    instead: str


@cache
def _unit() -> re.Pattern[str]:
    """A unit behind a figure."""
    units = sorted({row["unit"] for row in table("units") if row["unit"]}, key=len, reverse=True)
    return re.compile(f"[余多几]?(?:万亿|亿|万|千|百)?(?:{'|'.join(map(re.escape, units))})")


def find(text: str) -> list[Damage]:
    """The damage of a text, in order."""
    return sorted(damage for damage, _ in _all(text))


def _all(text: str) -> Iterator[tuple[Damage, list[_Repair]]]:
    """Each damage with its repairs, none where it is only told."""
    yield from _broken(text)
    yield from _letter_spaced(text)
    yield from _run_together(text)
    for match in _NUMBER_YEAR.finditer(text):
        if _PAIRS[match["open"]] != match["close"]:
            first, last = match.span()
            meant = f"〔{match[0][1:-1]}〕"
            repairs = [_Repair(first, first + 1, "〔"), _Repair(last - 1, last, "〕")]
            yield Damage(first, last, "bracket", meant, True), repairs
    for alike, instead, pattern in _ALIKE:
        if alike and not any(char in text for char in alike):
            continue
        for match in pattern.finditer(text):
            start, end = match.span("it")
            if instead != "." or text[start - 1 : start].isdigit():
                yield Damage(start, end, "look-alike", instead, True), [_Repair(start, end, instead)]
    for match in _LOST.finditer(text):
        start, end = match.span()
        if not (text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()):
            yield Damage(start, end, "replacement", None, False), []
    for match in _STRAY.finditer(text):
        before = match.start() - 1
        if len(match[0]) > 1 or (text[before : before + 1].isdigit() and not _opened(text, before)):
            yield Damage(*match.span(), "bracket", None, False), []


def _opened(text: str, place: int) -> bool:
    """Whether a bracket stands open before a place: (第12)号 is in order."""
    return any(mark in text[max(0, place - 12) : place] for mark in "([【（〔［")


def _broken(text: str) -> Iterator[tuple[Damage, list[_Repair]]]:
    """Years and numbers broken in two; a number only where running text goes before and a unit behind."""
    for match in _YEAR_END.finditer(text):
        first = _YEAR_START.search(text[max(0, match.start() - 4) : match.start()])
        if first and _COMPLETE_YEAR.fullmatch(first[0] + match[1]):
            gap = match.start()
            yield (
                Damage(gap - len(first[0]), match.end(), "broken", first[0] + match[1], True),
                [_Repair(gap, gap + 1, "")],
            )
    for match in _BROKEN.finditer(text) if _ANY_BREAK.search(text) else ():
        start, rest = match.start(), match.start("rest")
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if match[0][0] in "12" and text.startswith("年", match.end()):
            continue
        whole = "\t" not in line and not _LABEL.search(line) and len(re.findall(_HAN, line)) >= _LEAST_BEFORE
        if not whole or _COMPLETE_YEAR.search(text[start : rest - 1]):
            continue
        certain = bool(_unit().match(text, match.end()))
        meant = "".join(match[0].split())
        repairs = [_Repair(gap.start(), gap.end(), "") for gap in re.compile(r"[ \n]").finditer(text, start, rest)]
        yield Damage(*match.span(), "broken", meant, certain), repairs if certain else []


def _letter_spaced(text: str) -> Iterator[tuple[Damage, list[_Repair]]]:
    """Names of bodies written with a space behind each character."""
    if not _ANY_GAP.search(text):
        return
    for match in _SPACED.finditer(text.replace("\u3000", " ")):
        meant = "".join(match[0].split())
        if _NAME_END.search(meant):
            gaps = re.compile("[ \u3000]+").finditer(text, *match.span())
            yield Damage(*match.span(), "letter-spaced", meant, True), [_Repair(*gap.span(), "") for gap in gaps]


def _run_together(text: str) -> Iterator[tuple[Damage, list[_Repair]]]:
    """A sign-off with its date and the heading of the text that it prints, all on one line.

    Certain where what follows the date is a title that the text has named in 《》 before.
    """
    named: dict[str, list[str]] = {}
    for name in dict.fromkeys(_NAMED.findall(text)):
        named.setdefault(name[:3], []).append(name)
    for date in _DATED.finditer(text) if named else ():
        end = date.end()
        fitting = (name for name in named.get(text[end : end + 3], ()) if text.startswith(name, end))
        title = next((name for name in fitting if text.find(f"《{name}》", 0, date.start()) >= 0), "")
        begin = max(text.rfind(mark, 0, date.start()) for mark in "\n。；") + 1
        above = text.rfind(title, begin, date.start()) if title else -1
        begin = above + len(title) if above >= 0 else begin
        if title and _SIGNED.fullmatch(text, begin, date.start()):
            breaks = {begin, date.start(), end, end + len(title)}
            if date["note"]:
                breaks.add(date.start("note"))
            repairs = [_Repair(place, place, "\n") for place in sorted(breaks) if text[place - 1 : place] != "\n"]
            yield Damage(begin, end + len(title), "run-together", None, True), repairs


class Mended:
    """A document read through its damage, and the way back to the text as it is."""

    def __init__(self, doc: Document, repairs: Iterable[_Repair]) -> None:
        self.original = doc
        parts: list[str] = []
        self._places: list[int] = []
        done = 0
        for start, end, instead in sorted(repairs):
            if start < done:
                continue
            parts += [doc.text[done:start], instead]
            self._places += [*range(done, start), *range(start, start + len(instead))]
            done = end
        parts.append(doc.text[done:])
        self._places += range(done, len(doc.text) + 1)
        self.doc = read_text("".join(parts), doc.name)

    def _start(self, place: int) -> int:
        return self._places[place]

    def _end(self, place: int) -> int:
        return self._places[place - 1] + 1 if place else 0

    def _span(self, span: Span) -> Span:
        return Span(self._start(span.start), max(self._start(span.start), self._end(span.end)))

    def back(self, extraction: Extraction) -> Extraction:
        """What was read, with offsets into the text as it is."""
        layout = extraction.doc.layout
        elements = {name: tuple(map(self._span, spans)) for name, spans in layout.elements.items()}
        sections = tuple(
            Section(self._start(s.start), self._start(s.end), s.level, s.marker, self._span(s.title))
            for s in layout.sections
        )
        sentences = tuple(Sentence(*self._span(Span(s.start, s.end)), s.section) for s in layout.sentences)
        mentions = tuple(m._replace(start=self._start(m.start), end=self._end(m.end)) for m in extraction.mentions)
        relations = tuple(r._replace(start=self._start(r.start), end=self._end(r.end)) for r in extraction.relations)
        doc = replace(self.original, layout=Layout(elements, sections, sentences))
        return Extraction(doc, extraction.header, mentions, relations)


def mend(doc: Document) -> Mended | None:
    """The document read through its damage, None where nothing certain is damaged."""
    repairs = [repair for damage, found in _all(doc.text) if damage.certain for repair in found]
    return Mended(doc, repairs) if repairs else None
