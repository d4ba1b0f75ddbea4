"""Names of natural persons, recognised only beside a mark that a person stands there (联系人：, 尊敬的…代表, a phone).

Nobody becomes an entity: the spans found here are masked in everything that is stored (个人信息保护法 6, 13, 27).
Posts and offices stay: of 养老服务处处长王五 only 王五 is a person's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.model import Span
from ontology import table

__all__ = ["names_in", "names_of_deputies", "names_of_officials"]

_HAN = "[\u4e00-\u9fff\u3400-\u4dbf]"
# A word, where its last character may be spaced out (张　三, 综合科张　三).
_TOKEN = re.compile(f"(?<!{_HAN}){_HAN}+ {{1,3}}{_HAN}(?!{_HAN})|{_HAN}+(?:·{_HAN}+)*|[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_OFFICE = (
    "(?:[局处科室办厅委部会院站所司署股组队镇乡村校系园馆店]|中心|街道|社区|公司|集团|窗口|大厅|平台|政府|"
    "分行|银行|热线|基地)"
)
_POST = (
    "(?:副?(?:[局处科厅部司署股组队院站所镇乡县区市省州会行校园]长|主任|书记|主席|秘书长|经理|董事长|调研员|巡视员|主管|教授|"
    "研究员)|主任科员|科员|干事|专员|秘书|老师|女士|先生|小姐|同志|医生|律师|会计|工程师|工)"
)
_POST_END = re.compile(f"{_POST}$")
_OFFICE_END = re.compile(f"{_OFFICE}$")
# What stands in a form where a name would stand: never a name.
_NO_NAME = re.compile(
    "姓名|签[名字章]|[盖公]章|电话|手机|传真|邮[箱件编政寄]|地址|职务|单位|部门|日期|时间|联系|经办|承办|填表|审核|负责|详见|同上|"
    "附[件表]|备注|微信|工作|值班|办公|人员|方式|号码|以上|以下|如下|可以|应当|有关|相关|情况|意见|网址|网站|金额|"
    "[年月日无等的见]$"
)
# Words before 代表 and 委员 that begin like a surname, or hold one.
_NO_DEPUTY = re.compile(
    "全体|全国|常务|常任|常委|纪检|纪委|宣传|农民|农村|农工|单位|党员|党[外内组支委]|家长|家属|方面|施工|成员|时任|华[侨人]|居[民委]|"
    "师生|游客|车间|司法|应[邀届]|项目|干部|相关|有关|国家|公[司众民务]|商[会户]|武警|安全|政协|人大|连任|利益|平等|席|成为|包括|"
    "名单|广大|国务|印[发送]|答复|研究|审议|办理|通过|决定|选举|和|与|各|等"
)


@cache
def _name() -> str:
    """A pattern for a name that begins with a known surname, or is dotted (阿依古丽·买买提)."""
    names = [row["name"] for row in table("surnames")]
    single = "[" + "".join(name for name in names if len(name) == 1) + "]"
    double = "(?:" + "|".join(name for name in names if len(name) > 1) + ")"
    spaced = f"{single} {{1,3}}{_HAN}(?!{_HAN})"
    dotted = f"{_HAN}{{2,8}}(?:·{_HAN}{{1,10}})+"
    return f"(?:{double}{_HAN}{{1,2}}|{spaced}|{single}{_HAN}{{1,2}}|{dotted})"


@cache
def _compiled(kind: str) -> re.Pattern[str]:
    name = _name()
    listed = f"(?:{_HAN}{{2,4}}?|{name})"
    patterns = {
        "whole": f"{name}$",
        "spaced": f"(?:^|{_OFFICE}|{_POST}|[与找向]|联系|咨询|致电)({name})$",
        "after_office": f"(?:{_OFFICE}|{_POST}|[与找向]|联系|咨询|致电)({name})$",
        "before_deputy": (
            f"(?:^|(?<!{_HAN})|会议|次会|[对由致复给与和及向为请的])(?P<names>{name}(?:、{name})*)"
            "(?P<among>(?:（等[^（）\n]{0,8}）|等)?(?:[0-9一二三四五六七八九十]{1,3}[名位])?)"
            "(?:全国|[省市区县州])?(?:人大|政协)?$"
        ),
        "dear": (
            "尊敬的 ?(?:(?:全国|省|市|区|县|州|自治区)?(?:人大|政协) ?)?"
            f"({listed}(?:、{listed})*?)(?=等|各位|(?:人大|政协)?(?:代表|委员)|先生|女士|同志|老师|教授)"
        ),
    }
    return re.compile(patterns[kind])


def names_in(folded: str, start: int, end: int, *, certain: bool) -> Iterator[Span]:
    """Names among the words of ``folded[start:end]``, a stretch in which a person is named.

    Args:
        certain: a mark before says that a name follows (联系人：), so a word need not begin with a known surname.
    """
    after = -9
    for token in _TOKEN.finditer(folded, start, end):
        word = token[0]
        span = _name_in_word(word, certain=certain)
        if span is None and len(word) == 1 and after == token.start() - 1 and folded[after] == " ":
            span = Span(0, 1)
        if span is not None:
            after = token.start() + span.end
            yield Span(token.start() + span.start, after)


def _name_in_word(word: str, *, certain: bool) -> Span | None:
    """Where in a word a person's name stands: the whole of it, or what follows an office or post."""
    if word.isascii():
        return Span(0, len(word)) if certain else None
    if " " in word:
        spaced = _compiled("spaced").search(word)
        return Span(*spaced.span(1)) if spaced else _name_in_word(word.split(" ")[0], certain=certain)
    post = _POST_END.search(word)
    bare = word[: post.start()] if post else word
    if post and len(bare) == 1:
        return Span(0, 1)
    behind = _compiled("after_office").search(bare)
    whole = _compiled("whole").match(bare) and not (len(bare) > 2 and _OFFICE_END.search(bare))
    unknown = certain and 2 <= len(bare) <= 12 and ("·" in bare or len(bare) <= 4) and not _OFFICE_END.search(bare)
    if whole or (unknown and not behind):
        return None if _NO_NAME.search(bare) else Span(0, len(bare))
    return Span(*behind.span(1)) if behind and not _NO_NAME.search(behind[1]) else None


_DEPUTY = re.compile("(?:代表|委员)(?!会|大会|团|性|人|队|处|资格|们|机构|作用|着|了)")
_AFTER_DEPUTY = re.compile(
    " ?(?:们?提[出的交]|的(?:建议|提案|议案|来信)|第[0-9 ]+号|在[^。，\n]{0,14}会|反映|关于|领衔|撰写|牵头|"
    "[：）、，（]|联名|建议|提案|您|你|$)"
)

# Surnames that are oftener another word: 应当对代表, 及时告知代表, 由业主代表. They need 等 to be believed.
_DOUBTFUL = frozenset("应时但由关常管于和与向为方明成连全相来从")


def names_of_deputies(folded: str) -> Iterator[Span]:
    """Names of deputies and members to whom a reply speaks: 尊敬的X代表, X、Y等代表提出, X委员："""
    if "尊敬的" in folded:
        for match in _compiled("dear").finditer(folded):
            yield from _listed(match[1], match.start(1))
    for match in _DEPUTY.finditer(folded):
        low = max(0, match.start() - 30)
        low = max(low, *(folded.rfind(mark, low, match.start()) + 1 for mark in "\n。；，“《"))
        named = _compiled("before_deputy").search(folded[low : match.start()])
        if named is None or (named["names"][0] in _DOUBTFUL and not named["among"]):
            continue
        if named["among"] or _AFTER_DEPUTY.match(folded, match.end()):
            yield from _listed(named["names"], low + named.start("names"))


def _listed(names: str, start: int) -> Iterator[Span]:
    """The names of a list with 、, unless it holds a word that is no name."""
    if not _NO_DEPUTY.search(names):
        for part in re.finditer("[^、]+", names):
            yield Span(start + part.start(), start + part.end())


_SIGNED = re.compile(
    f"(?m)[理席长任记员委计人][ ：]{{1,8}}({_HAN}(?: {{0,4}}{_HAN}){{1,3}}|{_HAN}{{2,8}}(?:·{_HAN}{{1,10}})+) *$"
)
_SIGNING_POST = re.compile(
    f"^ *(?:{_HAN} ?){{0,20}}(?:总 ?理|主 ?席|[省市县区州旗盟部厅局署司处科行会院校] ?长|主 ?任|书 ?记|司令员|政 ?委|"
    "政治委员|审计长|检察长|签发人)$"
)


def names_of_officials(folded: str) -> Iterator[Span]:
    """Names in lines of signature: 市长　王某某, 签发人：李某."""
    for match in _SIGNED.finditer(folded):
        line = folded.rfind("\n", 0, match.start()) + 1
        if match.start() - line < 40 and _SIGNING_POST.match(folded[line : match.start() + 1]):
            yield from [] if _NO_NAME.search(match[1]) else [Span(*match.span(1))]
