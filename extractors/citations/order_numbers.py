"""Numbers of orders and announcements: 国务院令第722号, 民政部公告第523号, 财政部公告2021年第3号, 海关总署第61号令.

They name their issuer in words, so the span runs from the body's name to 号 (to 令 in 第61号令).

Authority: 党政机关公文处理工作条例 (2012) 第八条 (命令, 公告).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.citations.number_codes import HAN, SERIAL_HAN, plain_serial

__all__ = ["Order", "find_orders"]

# 国务院令第722号、国务院令（第722号）、令〔2020〕第5号
_ORDER = re.compile(
    rf"(?:令|公告|布告)\s{{0,2}}(?P<middle>（?\s?(?:[〔（]?(?P<year>(?:19|20)\d\d)年?[〕）]?\s?)?(?:[{HAN}]届)?)"
    rf"\s?第\s{{0,2}}(?P<serial>\d{{1,5}}|{SERIAL_HAN})\s{{0,2}}号(?P<close>）?)"
)
# 海关总署第61号令、市政府2020年第3号令
_ORDER_AFTER = re.compile(
    rf"第\s{{0,2}}(?P<serial>\d{{1,5}}|{SERIAL_HAN})\s{{0,2}}号(?P<kind>令|公告)(?![^\n]{{0,2}}第)"
)
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年$")
_BODY = re.compile(
    rf"(?:[{HAN}]{{0,24}}(?:部|委|署|局|院|厅|会|行|府|主席|团|办|室|中心|公安厅)[、\s]{{1,2}}){{0,6}}"
    rf"[{HAN}]{{0,24}}(?:部|委|署|局|院|厅|会|行|府|主席|团|办|室)\s?$"
)
_ANNOUNCED = re.compile(r"公告》\s?（(?P<number>(?P<year>(?:19|20)\d\d)年第(?P<serial>\d{1,4})号)")
_BODY_LEAD = re.compile(
    r"根据|依据|按照|依照|参照|执行|落实|规定的?|通过|表示|发布的|公布的|日|^[年月]|^[对将即见与由以及和按据]|号[和与及、]?|的"
    r"|修[订改正]|对?原(?=中华|国家|[\u4e00-\u9fff]{2,8}部|.{2,4}[省市])|(?:^|[^共])[和与及以由经](?=国|财|民|中|省|市)"
)


class Order(NamedTuple):
    """Span, normal form, rule and confidence of one number."""

    start: int
    end: int
    document: str
    rule: str
    confidence: float


def _spoken(match: re.Match[str], body: str) -> str:
    """Normal form of an order or announcement number."""
    year, serial = match["year"], plain_serial(match["serial"])
    if "〔" in match[0]:
        return f"{body}〔{year}〕第{serial}号"
    return f"{body}{year}年第{serial}号" if year else f"{body}第{serial}号"


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


def _announced(folded: str) -> Iterator[Order]:
    """《税务总局关于…的公告》（2022年第21号）: the number's issuer stands in the title."""
    for match in _ANNOUNCED.finditer(folded):
        opening = folded.rfind("《", max(0, match.start() - 150), match.start())
        issuer = re.match(r"[^关《》\n]{2,60}(?=关于)", folded[opening + 1 : match.start()]) if opening >= 0 else None
        name = re.sub(r"\s", "", issuer[0]) if issuer else ""
        document = f"{name}公告{match['year']}年第{plain_serial(match['serial'])}号"
        yield Order(match.start("year"), match.end("number"), document, "announced", 0.8)


def find_orders(folded: str) -> Iterator[Order]:
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
        yield Order(start, end, _spoken(match, body), "order", 0.95)
    for match in _ORDER_AFTER.finditer(folded):
        year = _YEAR_BEFORE.search(folded, max(0, match.start() - 5), match.start())
        start = _body_start(folded, year.start() if year else match.start())
        if start is not None:
            surface = re.sub(r"\s", "", folded[start : match.end()])
            yield Order(start, match.end(), surface, "order_after", 0.85)
    yield from _announced(folded)
