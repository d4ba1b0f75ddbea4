"""Where the issuer's code of a document number begins, and how its year and serial are written in normal form.

The end of a number is plain (〔2021〕63号); its code (渝医保发) runs back to a bracket, to punctuation, or to words
that are no part of it: 根据, 文件, 你局, an agency's name.

Authority: GB/T 9704-2012 7.2.5.
"""

from __future__ import annotations

import re
from functools import cache

from extractors.figures.numerals import chinese_number
from ontology import table

__all__ = ["HAN", "SERIAL_HAN", "code_start", "full_year", "has_known_head", "plain_serial"]

HAN = "\u4e00-\u9fff"
SERIAL_HAN = "[〇零一二三四五六七八九十百]{1,7}"
# 代字左边的话：根据、按照、来文机关的称呼等。
_LEAD = re.compile(
    r"^.*(?:根据|依据|按照|依照|遵照|参照|对照|执行|落实|贯彻|印发|转发|批转|下发|发布|颁布|公布|出台|制定|延续|实施|对于|继续|符合"
    r"|[一二三四五六七八九十]日|文件|文号|字号|编号|简称|详见|参见|收到|来文|报来|上报|报送|关于|通过|原件|废止|修改|替代|代替"
    r"|同时|以及|来函|请示|报告|通知|意见|[你我贵][省市县区州厅局委部院行署会])的?"
)
_AGENCY_TAIL = "厅局委部院会府办署行室省"
_BODY_NAME = re.compile(r"(?:部|国务院|委员会|政府|办公厅|总局|厅|局)$")
# 不作地名首字的虚词，代字不会以它们开头。
_NEVER_FIRST = "以按据与及或由在对经因的了是为等到至该此见件号"
_STOPS = "以按据与和及或由在对将经因的了是为等从自到至该此本即如见原件号令文"


@cache
def _known_heads() -> tuple[frozenset[str], int]:
    """Beginnings of codes that are certain: national bodies' codes and provinces' letters; and the longest length."""
    heads = frozenset(
        row["code"]
        for row in table("issuer_codes")
        if (row["kind"] == "prefix" and len(row["code"]) > 1) or row["level"] == "province"
    )
    return heads, max(map(len, heads))


def has_known_head(run: str) -> bool:
    """True where a code begins with what is certain to begin one."""
    heads, longest = _known_heads()
    return len(run) > 1 and any(run[:size] in heads for size in range(1, min(longest, len(run)) + 1))


def _after_agency(run: str) -> int:
    """How many characters of an agency's name stand before the code: 省政府鲁政发, 财政部财综."""
    known = has_known_head(run)
    for place in range(1, len(run) - 1):
        rest = run[place:]
        if len(rest) > 8 or not has_known_head(rest):
            continue
        if known and not (
            _BODY_NAME.search(run[:place]) and (place >= 4 or (place == 3 and rest[:2] in _known_heads()[0]))
        ):
            continue
        if run[place - 1] in _AGENCY_TAIL + _STOPS or (run[place - 1] in "市县区州" and place >= 3):
            return place
    return 0


def code_start(folded: str, end: int) -> int:
    """Where the issuer's code that ends at ``end`` begins; ``end`` itself where there is none."""
    window = folded[max(0, end - 26) : end]
    match = re.search(rf"[{HAN}]+$", window)
    if not match:
        return end
    run = match[0]
    cut = _LEAD.match(run)
    offset = cut.end() if cut else 0
    bounded = offset == 0 and match.start() > 0 and window[match.start() - 1] in "（〔【"
    while offset < len(run):
        rest = run[offset:]
        doubtful = rest[0] in _STOPS or rest[0] in "年月日"
        if rest[0] in _NEVER_FIRST or (doubtful and (has_known_head(rest[1:]) or len(rest) > 9)):
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


def plain_serial(serial: str) -> str:
    """A serial in Arabic digits without leading zeros; several stay joined as they are written.

    >>> plain_serial("七十三"), plain_serial("063"), plain_serial("15、16")
    ('73', '63', '15、16')
    """
    if not serial[0].isdecimal():
        value = chinese_number(serial)
        return serial if value is None else str(int(value))
    return re.sub(r"\d+", lambda match: str(int(match[0])), re.sub(r"\s", "", serial))


def full_year(year: str) -> str:
    """A year of four digits: 94 is 1994."""
    year = re.sub(r"\s", "", year)
    return year if len(year) == 4 else "19" + year
