"""Document numbers: 发文字号, order and announcement numbers, standard numbers.

A number runs from the issuer's code (机关代字) to 号; brackets round the whole stay outside. The right end is plain
(``〔2021〕63号``), so every rule is anchored there and looks left for where the code begins.

Authority: GB/T 9704-2012 7.2.5 (发文字号), GB/T 1.1-2020 (standard numbers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.citations.number_codes import HAN, code_start, full_year, has_known_head, plain_serial
from extractors.citations.order_numbers import find_orders
from extractors.model import Document, Found, Mention
from extractors.readers.folding import fold

__all__ = ["find", "normal_form"]

_SERIAL = r"\d{1,5}(?:\s{0,2}[-、]\s{0,2}\d{1,5}){0,2}"
# 〔2021〕63号 与各式括号；年份的一个括号可能漏掉或写错。
_YEAR_SERIAL = re.compile(
    rf"\s{{0,8}}[〔（【〈]\s{{0,4}}(?P<year>(?:19|20)\d\s?\d|[5-9]\d)\s{{0,4}}年?\s{{0,4}}[〕）】〉]?\s{{0,4}}"
    rf"(?:第\s{{0,2}})?(?P<serial>{_SERIAL})\s{{0,4}}号(?![楼线院房店井机门])"
)
_FURTHER = re.compile(r"\s?[、和]\s?(?P<serial>\d{1,5})\s?号(?![楼线院房店井机门])")
_OPEN = re.compile(r"[〔（【〈](?=\s{0,4}[125-9])")
# 《…请示》（云门压缩机（请）〔2019〕5号）：代字带括着的类别，只认外面又有括号的。
_CLASSED = re.compile(rf"(?<=（)[{HAN}]{{2,10}}（[{HAN}]{{1,4}}）$")
# 国发1997 15号：没有括号，只认确知的机关代字。
_NO_BRACKET = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:\s{1,2}|年\s{0,2}第?\s{0,2}|第)(?P<serial>\d{1,5})\s{0,2}号(?![楼线院房])"
)
# 〔94〕财税字第089号：旧式，年份在前。
_YEAR_FIRST = re.compile(
    rf"[〔（]\s?(?P<year>(?:19|20)?\d\d)\s?[〕）]\s?(?P<code>[{HAN}]{{1,8}}字)第?\s?(?P<serial>\d{{1,5}})\s?号"
)
# 望残联字第12号：没有年份。从“字第”找起，代字向左看。
_NO_YEAR = re.compile(r"字\s?第\s?(?P<serial>\d{1,5})\s?号")
_INDUSTRY = (
    "AQ BB CB CH CJJ CJ CY DA DB DL DZ EJ FZ GA GBJ GBZ GB GH GY HB HG HJ HS HY JB JC JGJ JG JJF JJG JR JTG JTJ JTS JT"
    " JY LB LD LS LY MH MT MZ NB NY QB QC QJ QX RB SB SC SF SH SJ SL SN SW SY TB TD TSG TY WB WH WM WST WS WW XB XF"
    " YB YC YD YS YY YZ CECS HAF HAD"
).replace(" ", "|")
# 《…请示》（诺迪安 20211020号）：企业来文的编号，代字后面直接是数字，只认题后括号里的。
_RUNNING = re.compile(rf"》\s?（(?P<code>[{HAN}]{{2,8}})\s?(?P<serial>\d{{3,10}})\s?号）")
# 国核安证字第2016号：证照编号，只认独占一行的、题后括号里的和“证号：”后的。
# 渝安证字A（21）7号：证照编号，字母是类别，年份两位、照写；只认行末的和题后括号里的。
_LETTERED = (
    rf"(?P<code>[{HAN}]{{2,7}}证字[A-Z]{{0,2}})\s?[〔（]\s?(?P<year>(?:\d\d)?\d\d)\s?[〕）]"
    r"\s?第?\s?(?P<serial>\d{1,6})\s?号"
)
_CERTIFICATE_YEAR = re.compile(rf"{_LETTERED}(?=[ ]{{0,20}}[）)]?[；。]?[ ]{{0,20}}$)", re.M)
_CERTIFICATE_NAMED = re.compile(rf"(?<=》（){_LETTERED}(?=）|，见附件)")
_CERTIFICATE = re.compile(
    rf"(?:^|(?<=》（)|证号：)[ ]{{0,20}}(?P<number>[{HAN}]{{2,7}}证字第?\s?\d{{3,6}}\s?号)"
    r"(?=[ ]{0,20}。?$|）|，见附件)",
    re.M,
)
# GF-2020-2602：合同示范文本编号
_MODEL = re.compile(r"(?<![A-Z])GF\s?-{1,2}\s?(?P<year>(?:19|20)\d\d)\s?-{1,2}\s?(?P<serial>\d{3,5})(?!\d)")
# GB/T 42195-2022、DB51/T 2194-2016、MZ/T 131、T/CHAS 1-2019
_STANDARD = re.compile(
    rf"(?:(?:{_INDUSTRY})(?:\s?\d{{2,6}}(?=\s?/))?(?:\s?/\s?[TZ])?|DB\s?\d{{2,6}}(?:\s?/\s?T)?|T/[A-Z]{{2,10}})"
    r"\s{0,3}\d{1,6}(?:[./]\d{1,3}){0,2}(?:\s?[-一]\s?(?:(?:19|20)\d\d|\d\d))?(?![A-Za-z0-9.])"
)
_CAPITALS = re.compile("[A-Z]+")
_CODE_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/")
_DASH_YEAR = re.compile(r"-\s?\d{2,4}$")


def _mention(start: int, end: int, rule: str, confidence: float, document: str) -> Mention:
    return Mention(start, end, "DOCUMENT_NUMBER", f"doc_numbers.{rule}", confidence, {"document": document})


def _coded(folded: str) -> Iterator[Mention]:
    """渝医保发〔2021〕63号 and its like."""
    for opening in _OPEN.finditer(folded):
        place = opening.start()
        while place and folded[place - 1] in " \n" and opening.start() - place < 6:
            place -= 1
        match = _YEAR_SERIAL.match(folded, place)
        if not match:
            continue
        classed = _CLASSED.search(folded, max(0, place - 18), place)
        start = classed.start() if classed else code_start(folded, place)
        code = folded[start:place]
        if len(code) > 14 or not code or (len(code) == 1 and code != "法"):
            continue
        if code.endswith(("公告", "令")) and "第" in match[0]:
            continue
        certain = match[0].lstrip()[0] == "〔" or has_known_head(code)
        if not certain and folded[match.end("year") :][:1] == "年":
            continue
        document = f"{code}〔{full_year(match['year'])}〕{plain_serial(match['serial'])}号"
        yield _mention(start, match.end(), "code_year_serial", 0.97 if certain else 0.9, document)
        yield from _further_serials(folded, match, code)


def _further_serials(folded: str, first: re.Match[str], code: str) -> Iterator[Mention]:
    """青政〔1984〕53号、131号、156号: later numbers leave code and year out."""
    place = first.end()
    while match := _FURTHER.match(folded, place):
        document = f"{code}〔{full_year(first['year'])}〕{plain_serial(match['serial'])}号"
        yield _mention(match.start("serial"), match.end(), "further_serial", 0.8, document)
        place = match.end()


def _uncoded_brackets(folded: str) -> Iterator[Mention]:
    """国发1997 15号; only after a code that is known in full."""
    for match in _NO_BRACKET.finditer(folded):
        start = code_start(folded, match.start())
        code = folded[start : match.start()]
        if 2 <= len(code) <= 8 and code[-1] in "发函字规办" and has_known_head(code):
            document = f"{code}〔{match['year']}〕{plain_serial(match['serial'])}号"
            yield _mention(start, match.end(), "without_brackets", 0.85, document)


def _old_style(folded: str) -> Iterator[Mention]:
    """〔94〕财税字第089号 and 望残联字第12号."""
    for match in _YEAR_FIRST.finditer(folded):
        document = f"〔{match['year']}〕{match['code']}第{plain_serial(match['serial'])}号"
        yield _mention(match.start(), match.end(), "year_first", 0.85, document)
    for match in _NO_YEAR.finditer(folded):
        start = code_start(folded, match.start() + 1)
        code = folded[start : match.start() + 1]
        if 3 <= len(code) <= 9 and not code.endswith("证字"):
            yield _mention(start, match.end(), "without_year", 0.8, f"{code}第{plain_serial(match['serial'])}号")


def _of_titles(folded: str) -> Iterator[Mention]:
    """Numbers without year brackets that count beside a title or on a line of their own."""
    for match in _RUNNING.finditer(folded):
        if not match["code"].endswith(("第", "编", "文")):
            document = f"{match['code']}{match['serial']}号"
            yield _mention(match.start("code"), match.end() - 1, "running", 0.85, document)
    for match in (*_CERTIFICATE_YEAR.finditer(folded), *_CERTIFICATE_NAMED.finditer(folded)):
        document = f"{match['code']}〔{match['year']}〕{plain_serial(match['serial'])}号"
        yield _mention(*match.span(), "certificate", 0.85, document)
    for match in _CERTIFICATE.finditer(folded):
        yield _mention(*match.span("number"), "certificate", 0.85, re.sub(r"\s", "", match["number"]))


def _standards(folded: str) -> Iterator[Mention]:
    for model in _MODEL.finditer(folded):
        yield _mention(*model.span(), "model", 0.9, f"GF-{model['year']}-{model['serial']}")
    for capitals in _CAPITALS.finditer(folded):
        match = _STANDARD.match(folded, capitals.start())
        if match is None or (match.start() and folded[match.start() - 1] in _CODE_CHARACTERS):
            continue
        surface = re.sub(r"\s", "", match[0]).replace("一", "-")
        dated = bool(_DASH_YEAR.search(surface))
        if dated or (re.match(r"(?:GB|DB|MZ|WS|JGJ|CJJ)", surface) and len(re.findall(r"\d", surface)) >= 2):
            yield _mention(match.start(), match.end(), "standard", 0.95 if dated else 0.8, surface)


def _inside_title(folded: str, span: Mention) -> bool:
    """True inside 《》 unless the number is all that stands there."""
    low = max(0, span.start - 150)
    opening, closing = folded.rfind("《", low, span.start), folded.rfind("》", low, span.start)
    if opening <= closing or "\n\n" in folded[opening : span.start]:
        return False
    end = folded.find("》", span.end, span.end + 150)
    if end < 0 or ("《" in folded[span.end : end] and folded.count("《", opening, end) > 1):
        return False
    return bool(folded[opening + 1 : span.start].strip() or folded[span.end : end].strip())


def _orders(folded: str) -> Iterator[Mention]:
    for order in find_orders(folded):
        yield _mention(order.start, order.end, order.rule, order.confidence, order.document)


# 先到先得：前面的规则读过的字，后面的不再读。
_RULES = (_coded, _uncoded_brackets, _orders, _old_style, _of_titles, _standards)


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """DOCUMENT_NUMBER mentions, each with ``document``, the number's normal form."""
    taken: list[Mention] = []
    claimed = Found(len(doc.folded))
    for rule in _RULES:
        for mention in rule(doc.folded):
            if claimed.is_free(mention.start, mention.end) and not _inside_title(doc.folded, mention):
                claimed.claim(mention.start, mention.end)
                taken.append(mention)
    yield from sorted(taken, key=lambda mention: mention.start)


def normal_form(surface: str) -> str | None:
    """The normal form of a written number, None where the text is no document number.

    >>> normal_form("渝民发［２０２１］ 063 号")
    '渝民发〔2021〕63号'
    >>> normal_form("GB/T 42195—2022")
    'GB/T42195-2022'
    """
    folded = "（" + fold(surface).strip()
    for rule in _RULES:
        for mention in rule(folded):
            return str(mention.attributes["document"])
    return None
