"""Document numbers: 发文字号, order and announcement numbers, standard numbers.

A number runs from the issuer's code (机关代字) to 号; brackets round the whole stay outside. The right end is plain
(``〔2021〕63号``), so every rule is anchored there and looks left for where the code begins.

Authority: GB/T 9704-2012 7.2.5 (发文字号), GB/T 1.1-2020 (standard numbers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.model import Document, Found, Mention, Span
from ontology import table

__all__ = ["find", "normal_form"]

_HAN = "\u4e00-\u9fff"
_SERIAL = r"\d{1,5}(?:\s{0,2}[-、]\s{0,2}\d{1,5}){0,2}"
# 〔2021〕63号 与各式括号；年份的一个括号可能漏掉或写错。
_YEAR_SERIAL = re.compile(
    rf"\s{{0,8}}[〔（【〈]\s{{0,4}}(?P<year>(?:19|20)\d\s?\d|[5-9]\d)\s{{0,4}}年?\s{{0,4}}[〕）】〉]?\s{{0,4}}"
    rf"(?:第\s{{0,2}})?(?P<serial>{_SERIAL})\s{{0,4}}号(?![楼线院房店井机门])"
)
_FURTHER = re.compile(r"\s?[、和]\s?(?P<serial>\d{1,5})\s?号(?![楼线院房店井机门])")
_OPEN = re.compile(r"[〔（【〈](?=\s{0,4}[12569])")
# 国发1997 15号：没有括号，只认确知的机关代字。
_NO_BRACKET = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:\s{1,2}|年\s{0,2}第?\s{0,2}|第)(?P<serial>\d{1,5})\s{0,2}号(?![楼线院房])"
)
# 〔94〕财税字第089号：旧式，年份在前。
_YEAR_FIRST = re.compile(
    rf"[〔（]\s?(?P<year>(?:19|20)?\d\d)\s?[〕）]\s?(?P<code>[{_HAN}]{{1,8}}字)第?\s?(?P<serial>\d{{1,5}})\s?号"
)
# 望残联字第12号：没有年份。从“字第”找起，代字向左看。
_NO_YEAR = re.compile(r"字\s?第\s?(?P<serial>\d{1,5})\s?号")
_NUMERAL = "[〇零一二三四五六七八九十百]{1,7}"
# 国务院令第722号、国务院令（第722号）、令〔2020〕第5号
_ORDER = re.compile(
    rf"(?:令|公告|布告)\s{{0,2}}(?P<middle>（?\s?(?:[〔（]?(?P<year>(?:19|20)\d\d)年?[〕）]?\s?)?(?:[{_HAN}]届)?)"
    rf"\s?第\s{{0,2}}(?P<serial>\d{{1,5}}|{_NUMERAL})\s{{0,2}}号(?P<close>）?)"
)
# 海关总署第61号令、市政府2020年第3号令
_ORDER_AFTER = re.compile(rf"第\s{{0,2}}(?P<serial>\d{{1,5}}|{_NUMERAL})\s{{0,2}}号(?P<kind>令|公告)(?![^\n]{{0,2}}第)")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年$")
_BODY = re.compile(
    rf"(?:[{_HAN}]{{0,24}}(?:部|委|署|局|院|厅|会|行|府|主席|团|办|室|中心|公安厅)[、\s]{{1,2}}){{0,6}}"
    rf"[{_HAN}]{{0,24}}(?:部|委|署|局|院|厅|会|行|府|主席|团|办|室)\s?$"
)
_ANNOUNCED = re.compile(r"公告》\s?（(?P<number>(?P<year>(?:19|20)\d\d)年第(?P<serial>\d{1,4})号)")
_BODY_LEAD = re.compile(
    r"根据|依据|按照|依照|参照|执行|落实|规定的?|通过|表示|发布的|公布的|日|^[年月]|^[对将即见与由以及和按据]|号[和与及、]?|的|修[订改正]|原(?=中华|国家|.{2,4}[省市])"
    r"|(?:^|[^共])[和与及以由经](?=国|财|民|中|省|市)"
)
_INDUSTRY = (
    "AQ BB CB CH CJJ CJ CY DA DB DL DZ EJ FZ GA GBJ GBZ GB GH GY HB HG HJ HS HY JB JC JGJ JG JJF JJG JR JTG JTJ JTS JT"
    " JY LB LD LS LY MH MT MZ NB NY QB QC QJ QX RB SB SC SF SH SJ SL SN SW SY TB TD TSG TY WB WH WM WST WS WW XB XF"
    " YB YC YD YS YY YZ CECS HAF HAD"
).replace(" ", "|")
# GB/T 42195-2022、DB51/T 2194-2016、MZ/T 131、T/CHAS 1-2019
_STANDARD = re.compile(
    rf"(?:(?:{_INDUSTRY})(?:\s?\d{{2,6}}(?=\s?/))?(?:\s?/\s?[TZ])?|DB\s?\d{{2,6}}(?:\s?/\s?T)?|T/[A-Z]{{2,10}})"
    r"\s{0,3}\d{1,6}(?:[./]\d{1,3}){0,2}(?:\s?[-一]\s?(?:(?:19|20)\d\d|\d\d))?(?![A-Za-z0-9.])"
)
_CAPITALS = re.compile("[A-Z]+")
_CODE_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/")
_DASH_YEAR = re.compile(r"-\s?\d{2,4}$")
# 代字左边的话：根据、按照、来文机关的称呼等。
_LEAD = re.compile(
    r"^.*(?:根据|依据|按照|依照|遵照|参照|对照|执行|落实|贯彻|印发|转发|批转|下发|发布|颁布|公布|出台|制定|延续|实施|对于|继续|[一二三四五六七八九十]日|文件|文号|字号|编号"
    r"|简称|详见|参见|收到|来文|报来|上报|报送|关于|通过|原件|废止|修改|替代|代替|同时|以及|来函|请示|报告|通知|意见"
    r"|你[省市县区州厅局委部院行署会]|我[省市县区州厅局委部院行署会]|贵[省市县区州厅局委部院行署会])的?"
)
_AGENCY_TAIL = "厅局委部院会府办署行室省"
_BODY_NAME = re.compile(r"(?:部|国务院|委员会|政府|办公厅|总局|厅|局)$")
_STOPS = "以按据与和及或由在对将经因的了是为等从自到至该此本即如见原件号令文"


@cache
def known_heads() -> tuple[frozenset[str], int]:
    """Beginnings of codes that are certain: national bodies' codes and provinces' letters; and the longest length."""
    heads = frozenset(
        row["code"]
        for row in table("issuer_codes")
        if row["kind"] == "prefix" and len(row["code"]) > 1 or row["level"] == "province"
    )
    return heads, max(map(len, heads))


def _has_known_head(run: str) -> bool:
    heads, longest = known_heads()
    return len(run) > 1 and any(run[:size] in heads for size in range(1, min(longest, len(run)) + 1))


def _after_agency(run: str) -> int:
    """How many characters of an agency's name stand before the code: 省政府鲁政发, 财政部财综."""
    known = _has_known_head(run)
    for place in range(1, len(run) - 1):
        rest = run[place:]
        if len(rest) > 8 or not _has_known_head(rest):
            continue
        if known and not (_BODY_NAME.search(run[:place]) and (place >= 4 or (place == 3 and rest[:2] in known_heads()[0]))):
            continue
        if run[place - 1] in _AGENCY_TAIL + _STOPS or (run[place - 1] in "市县区州" and place >= 3):
            return place
    return 0


def code_start(folded: str, end: int) -> int:
    """Where the issuer's code that ends at ``end`` begins; ``end`` itself where there is none."""
    window = folded[max(0, end - 26) : end]
    match = re.search(rf"[{_HAN}]+$", window)
    if not match:
        return end
    run = match[0]
    cut = _LEAD.match(run)
    offset = cut.end() if cut else 0
    bounded = offset == 0 and match.start() > 0 and window[match.start() - 1] in "（〔【"
    while offset < len(run):
        rest = run[offset:]
        if (rest[0] in _STOPS or rest[0] in "年月日") and (_has_known_head(rest[1:]) or len(rest) > 9):
            offset += 1
        else:
            break
    rest = run[offset:]
    if not bounded and len(rest) > 8:
        joined = re.search(r"[与和及以](?=[^与和及以]{2,7}$)", rest)
        offset += joined.end() if joined else 0
        rest = run[offset:]
    if not bounded or len(rest) > 10:
        offset += _after_agency(rest)
    return end - (len(run) - offset)


def _chinese_number(numeral: str) -> int:
    """The value of a Chinese numeral below one thousand: 七十三, 一〇二."""
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
    if not set(numeral) & set("十百"):
        return int("".join(str(digits[c]) for c in numeral))
    total, pending = 0, 0
    for char in numeral:
        if char == "十":
            total, pending = total + (pending or 1) * 10, 0
        elif char == "百":
            total, pending = total + (pending or 1) * 100, 0
        else:
            pending = digits[char]
    return total + pending


def _serial(serial: str) -> str:
    """Serial in Arabic digits without leading zeros; several stay joined as they are written."""
    if serial[0] in "〇零一二三四五六七八九十百":
        return str(_chinese_number(serial))
    return re.sub(r"\d+", lambda m: str(int(m[0])), re.sub(r"\s", "", serial))


def _full_year(year: str) -> str:
    year = re.sub(r"\s", "", year)
    return year if len(year) == 4 else "19" + year


def _spoken(match: re.Match[str], body: str) -> str:
    """Normal form of an order or announcement number."""
    year, serial = match["year"], _serial(match["serial"])
    if "〔" in match[0]:
        return f"{body}〔{year}〕第{serial}号"
    return f"{body}{year}年第{serial}号" if year else f"{body}第{serial}号"


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
        start = code_start(folded, place)
        code = folded[start:place]
        if len(code) > 14 or not code or (len(code) == 1 and code != "法"):
            continue
        if code.endswith(("公告", "令")) and "第" in match[0]:
            continue
        certain = match[0].lstrip()[0] == "〔" or _has_known_head(code)
        if not certain and folded[match.end("year") :][:1] == "年":
            continue
        document = f"{code}〔{_full_year(match['year'])}〕{_serial(match['serial'])}号"
        yield _mention(start, match.end(), "code_year_serial", 0.97 if certain else 0.9, document)
        yield from _further_serials(folded, match, code)


def _further_serials(folded: str, first: re.Match[str], code: str) -> Iterator[Mention]:
    """青政〔1984〕53号、131号、156号: later numbers leave code and year out."""
    place = first.end()
    while match := _FURTHER.match(folded, place):
        document = f"{code}〔{_full_year(first['year'])}〕{_serial(match['serial'])}号"
        yield _mention(match.start("serial"), match.end(), "further_serial", 0.8, document)
        place = match.end()


def _uncoded_brackets(folded: str) -> Iterator[Mention]:
    """国发1997 15号; only after a code that is known in full."""
    for match in _NO_BRACKET.finditer(folded):
        start = code_start(folded, match.start())
        code = folded[start : match.start()]
        if 2 <= len(code) <= 8 and code[-1] in "发函字规办" and _has_known_head(code):
            document = f"{code}〔{match['year']}〕{_serial(match['serial'])}号"
            yield _mention(start, match.end(), "without_brackets", 0.85, document)


def _old_style(folded: str) -> Iterator[Mention]:
    """〔94〕财税字第089号 and 望残联字第12号."""
    for match in _YEAR_FIRST.finditer(folded):
        document = f"〔{match['year']}〕{match['code']}第{_serial(match['serial'])}号"
        yield _mention(match.start(), match.end(), "year_first", 0.85, document)
    for match in _NO_YEAR.finditer(folded):
        start = code_start(folded, match.start() + 1)
        code = folded[start : match.start() + 1]
        if 3 <= len(code) <= 9 and not code.endswith("证字"):
            yield _mention(start, match.end(), "without_year", 0.8, f"{code}第{_serial(match['serial'])}号")


def _body_start(folded: str, end: int) -> int | None:
    """Where the bodies that give an order or announcement begin, None where no body stands there."""
    low = max(0, end - 100)
    window = folded[low:end]
    floor = max(window.rfind(c) for c in "，。；《》：（）〔〕\n“”") + 1
    match = _BODY.search(window, floor)
    if not match:
        return None
    run = match[0]
    cut = 0
    for lead in _BODY_LEAD.finditer(run):
        cut = lead.end()
    body = run[cut:]
    start = low + match.start() + cut + (len(body) - len(body.lstrip("、 ")))
    return start if start < end else None


def _orders(folded: str) -> Iterator[Mention]:
    """国务院令第722号, 民政部公告第523号, 财政部公告2021年第3号, 海关总署第61号令."""
    for match in _ORDER.finditer(folded):
        kind_end = match.start() + (1 if match[0][0] == "令" else 2)
        start = _body_start(folded, match.start())
        if start is None:
            continue
        opened = "（" in match["middle"] and "）" not in match["middle"]
        end = match.end() if match["close"] and opened else match.end("serial")
        if end == match.end("serial"):
            end = folded.index("号", end) + 1
        body = re.sub(r"\s", "", folded[start:kind_end])
        yield _mention(start, end, "order", 0.95, _spoken(match, body))
    for match in _ORDER_AFTER.finditer(folded):
        year = _YEAR_BEFORE.search(folded, max(0, match.start() - 5), match.start())
        start = _body_start(folded, year.start() if year else match.start())
        if start is not None:
            surface = re.sub(r"\s", "", folded[start : match.end()])
            yield _mention(start, match.end(), "order_after", 0.85, surface)


def _announced(folded: str) -> Iterator[Mention]:
    """《税务总局关于…的公告》（2022年第21号）: the number's issuer stands in the title."""
    for match in _ANNOUNCED.finditer(folded):
        opening = folded.rfind("《", max(0, match.start() - 150), match.start())
        issuer = re.match(r"[^关《》\n]{2,60}(?=关于)", folded[opening + 1 : match.start()]) if opening >= 0 else None
        name = re.sub(r"\s", "", issuer[0]) if issuer else ""
        document = f"{name}公告{match['year']}年第{_serial(match['serial'])}号"
        yield _mention(match.start("year"), match.end("number"), "announced", 0.8, document)


def _standards(folded: str) -> Iterator[Mention]:
    for capitals in _CAPITALS.finditer(folded):
        match = _STANDARD.match(folded, capitals.start())
        if match is None or (match.start() and folded[match.start() - 1] in _CODE_CHARACTERS):
            continue
        surface = re.sub(r"\s", "", match[0]).replace("一", "-")
        dated = bool(_DASH_YEAR.search(surface))
        if dated or re.match(r"(?:GB|DB|MZ|WS|JGJ|CJJ)", surface) and len(re.findall(r"\d", surface)) >= 2:
            yield _mention(match.start(), match.end(), "standard", 0.95 if dated else 0.8, surface)


def _inside_title(folded: str, span: Span) -> bool:
    """True inside 《》 unless the number is all that stands there."""
    low = max(0, span.start - 150)
    opening, closing = folded.rfind("《", low, span.start), folded.rfind("》", low, span.start)
    if opening <= closing or "\n\n" in folded[opening : span.start]:
        return False
    end = folded.find("》", span.end, span.end + 150)
    if end < 0 or "《" in folded[span.end : end] and folded.count("《", opening, end) > 1:
        return False
    return bool(folded[opening + 1 : span.start].strip() or folded[span.end : end].strip())


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """DOCUMENT_NUMBER mentions, each with ``document``, the number's normal form."""
    taken: list[Mention] = []
    folded = doc.folded
    for rule in (_coded, _uncoded_brackets, _orders, _announced, _old_style, _standards):
        for mention in rule(folded):
            if any(mention.start < other.end and other.start < mention.end for other in taken[-40:]):
                continue
            if not _inside_title(folded, Span(mention.start, mention.end)):
                taken.append(mention)
    yield from sorted(taken)


def normal_form(surface: str) -> str | None:
    """The normal form of a written number, None where the text is no document number.

    >>> normal_form("渝民发［２０２１］ 063 号")
    '渝民发〔2021〕63号'
    >>> normal_form("GB/T 42195—2022")
    'GB/T42195-2022'
    """
    from extractors.reading import fold

    folded = fold(surface).strip()
    for rule in (_coded, _uncoded_brackets, _orders, _announced, _old_style, _standards):
        for mention in rule(folded):
            return str(mention.attributes["document"])
    return None
