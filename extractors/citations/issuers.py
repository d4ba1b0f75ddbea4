"""Who issued a document: by its signature, its title's beginning, the body that passed it, or the page's table.

Where the page lost all of these, a report's opening (``我代表国务院，向大会报告政府工作``), a resolution's opening
(``某市人民代表大会第二次会议听取和审议了…``) or a code that stands for one body (国办发) still tells.

Authority: GB/T 9704-2012 7.2.4, 7.3.5; 党政机关公文处理工作条例 (2012) 第九条.
"""

from __future__ import annotations

import re

from extractors.bodies.jurisdiction import canonical_agency
from extractors.citations.issuer_codes import infer_issuer
from extractors.model import Document, Jurisdiction, Mention, Span
from extractors.structure.lines import squeeze

__all__ = ["read_issuers"]

_NUMERAL = "一二三四五六七八九十百〇零\\d"
_TERM = re.compile(rf"第?[{_NUMERAL}]{{1,4}}届")
_PASSED = re.compile(rf"(?P<body>[\u4e00-\u9fff]{{2,40}}?)(?:第[{_NUMERAL}]{{1,5}}次|主席团|会议|常务会议|令|公告)")
_DAY = re.compile(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?")
_ISSUES = re.compile(
    r" ?(?:等|关于|对|转发|批转|印发|发布|颁[布发]|令|公告|通告|通知|公报|决定|命令|授予|批复|答复|复|《|〈|\d{4}年"
    r"|[一二][〇零一二三四五六七八九]{3}年)"
)
_BETWEEN = " \n、，和"
_MEDIA = re.compile(r"(?:社|报|网|台|中心|客户端)$")
_ORDER = re.compile(r"令|公告")
_OPENING = 400
_SPEAKS_FOR = re.compile(
    r"我(?:代表|受)(?P<body>[\u4e00-\u9fff]{2,20}?)(?:的?委托)?，?(?:现在)?向(?:大会|会议|本次|第)"
)
_MET = re.compile(
    rf"\s*(?:第?[{_NUMERAL}]{{1,4}}届)?(?P<body>(?![经在由据为本该])[\u4e00-\u9fff]{{2,24}}?(?:代表大会|委员会|协商会议))"
    rf"第[{_NUMERAL}]{{1,5}}次(?:全体)?会议(?:听取|审议|审查|讨论|决定|通过|批准|认为|根据)"
)


def read_issuers(doc: Document, mentions: list[Mention], jurisdiction: Jurisdiction | None) -> list[str]:
    """Canonical names of the issuing bodies in the order they sign; empty where the text names none."""
    agencies = [m for m in mentions if m.type == "AGENCY"]
    layout = doc.layout
    signed: list[str | None] = []
    for span in layout.elements.get("signature", ()):
        signed += _canonical(doc, span, agencies, jurisdiction)
    signed = (
        signed
        or _title_bodies(doc, agencies)
        or _enacting_bodies(doc, agencies, jurisdiction)
        or _order_bodies(doc, agencies, jurisdiction)
        or _letterhead(doc, agencies)
        or _table_bodies(doc, agencies, jurisdiction)
        or _source(doc, agencies)
        or _spoken_for(doc, agencies)
        or _session(doc, jurisdiction)
        or _coded(doc, mentions, jurisdiction)
    )
    return list(dict.fromkeys(name for name in signed if name))


def _canonical(
    doc: Document, span: Span, agencies: list[Mention], jurisdiction: Jurisdiction | None
) -> list[str | None]:
    """Canonical names of the bodies at a span: of its mentions, else the name as written, closed up."""
    inside = [m for m in agencies if m.start < span.end and m.end > span.start and m.attributes.get("canonical")]
    inside.sort(key=lambda m: (m.start, -m.end))
    names: list[str | None] = []
    position = span.start
    for mention in inside:
        if mention.start >= position:
            names.append(str(mention.attributes["canonical"]))
            position = mention.end
    covered = len(squeeze(doc.folded[position : span.end])) == 0 if names else False
    if names and (covered or len(names) == 1):
        return names
    return names[:1] or [_named(squeeze(doc.folded[span.start : span.end]), jurisdiction)]


def _named(name: str, jurisdiction: Jurisdiction | None) -> str:
    """The full name of a body as written; as it is where the tables do not know it."""
    return canonical_agency(name, jurisdiction) or name


def _title_bodies(doc: Document, agencies: list[Mention]) -> list[str | None]:
    """Bodies in a row at the title's beginning, before 关于, 转发, 令 …"""
    title = doc.layout.first("title")
    if title is None:
        return []
    position = title.start
    names: list[str | None] = []
    for mention in sorted(agencies, key=lambda m: (m.start, -m.end)):
        while position < title.end and doc.folded[position] in _BETWEEN:
            position += 1
        if mention.start == position and mention.end <= title.end:
            names.append(mention.attributes.get("canonical"))
            position = mention.end
    rest = doc.folded[position : title.end].lstrip()
    return names if _ISSUES.match(rest) else []


def _enacting_bodies(doc: Document, agencies: list[Mention], jurisdiction: Jurisdiction | None) -> list[str | None]:
    """The body that passed a law, else the one that made it public."""
    spans = doc.layout.elements.get("enactment", ())
    for word in ("通过", "公布", "发布", "颁布"):
        for span in spans:
            text = doc.folded[span.start : span.end]
            end = text.find(word)
            if end < 0:
                continue
            inside = [m for m in agencies if span.start <= m.start < span.start + end and m.attributes.get("canonical")]
            if inside:
                return [str(inside[0].attributes["canonical"])]
            bare = _TERM.sub("", _DAY.sub("", text[:end])).lstrip("（根据经")
            if found := _PASSED.match(bare):
                return [_named(found["body"], jurisdiction)]
    return []


def _order_bodies(doc: Document, agencies: list[Mention], jurisdiction: Jurisdiction | None) -> list[str | None]:
    """The body in an order's number: 某市人民政府令第5号."""
    number = doc.layout.first("number")
    if number is None or not _ORDER.search(doc.folded[number.start : number.end]):
        return []
    inside = [m for m in agencies if number.start <= m.start and m.end <= number.end]
    if inside:
        return [inside[0].attributes.get("canonical")]
    return [_named(squeeze(_ORDER.split(doc.folded[number.start : number.end])[0]), jurisdiction)]


def _letterhead(doc: Document, agencies: list[Mention]) -> list[str | None]:
    """The body of 某市民政局文件 at the top."""
    span = doc.layout.first("letterhead")
    if span is None:
        return []
    return [m.attributes.get("canonical") for m in agencies if span.start <= m.start and m.end <= span.end]


def _source(doc: Document, agencies: list[Mention]) -> list[str | None]:
    """The page's 来源 where it is a body that is known; media are none."""
    span = doc.layout.first("source")
    if span is None:
        return []
    names = [m.attributes.get("canonical") for m in agencies if (m.start, m.end) == (span.start, span.end)]
    return [name for name in names if name and not _MEDIA.search(name)]


def _table_bodies(doc: Document, agencies: list[Mention], jurisdiction: Jurisdiction | None) -> list[str | None]:
    """The page's 发文机关; several are parted by commas, 、 or spaces."""
    names: list[str | None] = []
    for span in doc.layout.elements.get("issuer", ())[:1]:
        for part in re.finditer(r"[^，、,； ]+", doc.folded[span.start : span.end]):
            piece = Span(span.start + part.start(), span.start + part.end())
            names += _canonical(doc, piece, agencies, jurisdiction)
    return names


def _spoken_for(doc: Document, agencies: list[Mention]) -> list[str | None]:
    """The body for which a report to a congress is given: 我代表国务院，向大会报告政府工作."""
    body = doc.layout.first("body")
    start = body.start if body else 0
    found = _SPEAKS_FOR.search(doc.folded, start, start + _OPENING)
    if found is None:
        return []
    return [m.attributes.get("canonical") for m in agencies if (m.start, m.end) == found.span("body")]


def _session(doc: Document, jurisdiction: Jurisdiction | None) -> list[str | None]:
    """The congress or committee whose session a resolution without head and signature opens with."""
    body = doc.layout.first("body")
    found = _MET.match(doc.folded, body.start) if body and doc.layout.first("addressee") is None else None
    return [_named(_TERM.sub("", found["body"]), jurisdiction)] if found else []


def _coded(doc: Document, mentions: list[Mention], jurisdiction: Jurisdiction | None) -> list[str | None]:
    """The body that the code of the own number stands for, where it stands for one only."""
    number = doc.layout.first("number")
    if number is None:
        return []
    for mention in mentions:
        if mention.type == "DOCUMENT_NUMBER" and number.start <= mention.start and mention.end <= number.end:
            return [infer_issuer(str(mention.attributes["document"]), jurisdiction).issuer]
    return []
