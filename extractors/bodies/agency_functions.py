"""Bodies named by a function that is in no table of fields: 供热行政主管部门, 水上搜救机构, 负责老龄工作的部门.

They are known by what closes them (主管部门, 监督管理机构); where the name begins is told by the words that stand
before a name and never in one. Which body is meant only a level word in front and a known field can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.bodies.agency_groups import BEFORE
from extractors.bodies.agency_names import Left, Name, is_generic
from extractors.bodies.gazetteer import Body, cues, entries

__all__ = ["read_functions"]

_NOUN = re.compile("部门|机构")
# What closes a function before its noun; the first are of the State, whatever stands before them.
_DEPARTMENT = re.compile(
    r"(?:行政|行业|业务)?(?:主管|监督管理|综合管理|行政管理|管理|监管|监督|行政执法|执法|监察)$|行政$|工作$|(?<=[行空通])管制$"
)
_AGENCY = re.compile(
    r"(?:行政|行业)?(?:主管|监督管理|行政管理|监管|行政执法|综合执法|执法|监察)$|工作(?:指导|领导)?$|督导$|搜救$|(?<=[防汛旱火险灾急])指挥$"
    r"|(?<=保险|保障|社保|医保)经办$|储备$|(?<=基金)监督$"
    r"|(?<!议事)(?:综合协调|协调决策)$"
)
# Functions that an enterprise or an office has within itself as well.
_INNER = re.compile(r"(?<!行政)(?:管理|监督|监管|工作|监察|综合管理)$")
# What stands before a function's name besides the listed words and what stands before a group's.
_STOP = (
    r"[^一-鿿]|人民政府|政府|国务院|委员会|常委会|人大|以[上下]|[上下本同各][一二两]?级|[省市区县州]级|征[得询]|通[知报]"
    r"|抄[送报]|其[他它]|(?<!报)到|(?<![情预])报(?![废刊纸关])|指(?![导挥])|(?<=有关|以上|各级)地方(?!金融|铁路)|[属当]地|[受未或和同原者凭向与称我你贵即均也都不可门]|应(?!急)|机构|机关|单位"
)
_LEVEL = re.compile(
    r"(?:国家(?!级)|自治区|自治州|[省市县州旗](?!级|场|政|容|民|域|乡|镇)|(?<![园社地山灾景矿牧林库湖郊校小])区(?!域))"
)
_CHARGED = re.compile(
    r"(?:负责|主管|承担)(?!人|其|相关|有关|具体|该|本|日常|上述|部门|机关|机构|单位|管理权|监督管理)"
    r"[^\W\d_的]{2,14}?(?:工作|(?<!案件)管理|监管)(?:职责)?的(?:工作)?(?:部门|机构)"
)
# 中华人民共和国驻某国使馆（或者领馆）
_MISSION = re.compile(
    r"中华人民共和国驻(?P<where>[一-鿿]{1,10}?)(?:大使馆|总领事馆|领事馆|使领馆|使馆|领馆)(?:(?:、|或者?|和)(?P<second>总领事馆|领事馆|领馆))?"
)
# 各地医保经办机构：没有说是哪里的，与各级政府一样。
_ANYWHERE = re.compile(r"各地[^，。；、]{0,8}$")
_ENDS = ("规章", "预算", "决算", "联动", "协作", "协同", "之间", "法")
_LONGEST = 12


@cache
def _listed() -> re.Pattern[str]:
    words = sorted(cues("by_agency"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)})$")


@cache
def _stop() -> re.Pattern[str]:
    return re.compile("|".join([_STOP, *sorted(cues("before_function"))]))


@cache
def _machinery() -> re.Pattern[str]:
    """Organs of the State that laws name by a function which is no field of a body: 军事机关."""
    words = sorted(word for word in cues("machinery") if word not in entries())
    return re.compile(rf"(?:{'|'.join(words)})机关")


def _missions(text: str) -> Iterator[Name]:
    """Embassies and consulates; which one is meant only where the country is named."""
    for match in _MISSION.finditer(text):
        end = match.start("second") - 1 if match["second"] else match.end()
        end = end - 1 if text.startswith("或者", end - 1) else end
        named = not re.search("[该外各其]", match["where"])
        body = Body(text[match.start() : end], "fixed") if named else Body("", "state")
        yield Name(match.start(), end, body, "agencies.mission", 0.85)
        if match["second"]:
            yield Name(*match.span("second"), Body("", "state"), "agencies.mission", 0.75)


def read_functions(text: str, taken: bytearray) -> Iterator[Name]:
    """Every such name outside of what is taken."""
    for match in _CHARGED.finditer(text):
        if taken.find(1, match.start(), match.end()) < 0:
            yield Name(match.start(), match.end(), Body("", "state"), "agencies.charged", 0.75, elliptical=True)
    yield from _missions(text)
    for match in _machinery().finditer(text):
        if taken.find(1, match.start(), match.end()) < 0:
            yield Name(match.start(), match.end(), Body("", "state"), "agencies.machinery", 0.75, elliptical=True)
    for noun in _NOUN.finditer(text):
        end = noun.end()
        if taken[noun.start()] or text.startswith(_ENDS, end):
            continue
        name = _read(text, noun.start(), end, noun[0])
        # 国务院证券监督管理机构：国务院已经读过，是这个名称的开头。
        state = 3 if name is not None and name.level == "国" and text.startswith("国务院", name.start) else 0
        if name is not None and taken.find(1, name.start + state, name.end) < 0:
            yield name


def _read(text: str, at: int, end: int, noun: str) -> Name | None:
    low = max(0, at - _LONGEST - 6)
    listed = _listed().search(text, low, at) if noun == "机构" else None
    tail = listed or (_DEPARTMENT if noun == "部门" else _AGENCY).search(text, low, at)
    start = _start(text, tail.start(), low) if tail else None
    if tail is None or start is None or (tail[0] == "经办" and _ANYWHERE.search(text, low, tail.start())):
        return None
    left, core = Left(start), start
    level = _LEVEL.match(text, start, tail.start())
    if level and (listed or level.end() < tail.start()):
        core = level.end()
        generic = is_generic(text, start)
        left = Left(core) if generic else Left(start, (), "", "国" if level[0] == "国家" else level[0])
    elif text.endswith("国务院", 0, start):
        left = Left(start - 3, (), "", "国")
    field = text[core:at] if listed else text[core : tail.start()]
    whole = _known(text[core:at])
    if whole is None and not _is_field(field, "" if listed else tail[0]):
        return None
    body = whole or _known(field) or Body(field, "state", field)
    return Name(left.start, end, body, "agencies.by_function", 0.75, level=left.level, elliptical=True)


def _start(text: str, begin: int, low: int) -> int | None:
    """Where the field before ``begin`` starts: behind the last word that is no part of a name; None where that is too
    far away to tell."""
    start = low if low == 0 else -1
    for pattern in (_stop(), BEFORE):
        for word in pattern.finditer(text, low, begin):
            start = max(start, word.end())
    return start if start >= 0 else None


def _is_field(field: str, function: str) -> bool:
    """True for a field of government; ``function`` is empty for those whose names are listed whole."""
    if not function or function == "经办":
        return len(field) < 12
    if not 2 <= len(field) <= 10 or field.endswith(tuple(cues("dull_field"))):
        return False
    if function.endswith("监督管理"):  # 特种设备安全监督管理部门；只说安全的才是单位自己的
        return field not in cues("inner_field")
    return not (_INNER.search(function) and field.endswith(tuple(cues("inner_field"))))


def _known(field: str) -> Body | None:
    """The body of a field that the tables know."""
    entry = entries().get(field)
    return entry.body if entry is not None and entry.kind == "stem" else None
