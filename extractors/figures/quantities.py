"""COUNT: stated quantities, and what looks like one and is none (ordinals, names, idioms, list markers)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors.figures.clauses import clause_start
from extractors.figures.count_guards import is_stated
from extractors.figures.numerals import as_written, plain, simplified
from extractors.figures.quantity_forms import Quantity, read_quantity
from extractors.figures.table_cells import cells
from extractors.figures.units import follows_number
from extractors.model import Document, Found, Mention

__all__ = ["find"]

# A short quoted name: “三减三健”, “4+6”, or a title. Figures are not put in quotation marks, but bounds may be: “≥4层”.
_QUOTED = re.compile(r"[“「『][^”」』\n，。；≥≤]{1,20}[”」』]|《[^《》\n]{1,40}》")
_LONGEST_QUOTE = 40
_DIGITS = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿][\d〇零一二两三四五六七八九十百千万亿]*")
# What may make 一 a number: a bound or a distribution before it, a bound after it is looked for by its reader.
_ONE = re.compile(r"至少|最少|最多|至多|不|只|仅|限|每|各|约|近|超过|共|高|低|满|到")
# 二、三个月: neighbours that name a range. 33，212万吨: thousands as old papers part them.
_PAIR = re.compile(
    r"[一二三四五六七八]、[二三四五六七八九][百千万亿]?(?:个|天|年|人|次)|\d{1,3}(?:，\d{3})+(?=[万亿余多元吨人户公平])"
)
# 一个工作日, 一个季度: 个 begins the unit.
_PERIODS_OF = re.compile(r"个(?:工作日|自然日|交易日|季度|小时|星期|学年|学期)")
_ARTICLE_OF = frozenset("个项种批般定次家名")
_AFTER_ONE = frozenset("以及至或（到-~月，。；、")
# Longer runs of digits are codes, not amounts.
_LONGEST = 16
_UNREAD_ELEMENTS = ("number", "title", "date", "contact", "chrome", "printed_date", "published", "cc")
# 分别不少于22个、20个: one word rules the list.
_SHARED = re.compile(r"(?:分别|均|各|依次|都)[^，。；、\n]{0,4}$")
_JOINT = re.compile(r"[、和与及](?=[\d〇一二两三四五六七八九十百])")
_JOINED = re.compile(r"[^，。；\n]{0,12}(?:、|和|及|以及|与)[^，。；\n]{0,8}$")
# A word that bounds a number further on in its clause (每日最多支付40元).
_DISTANT = re.compile(
    r"(?P<ge>不(?:得|应|能|可|宜)?(?:少于|低于|小于|短于)|至少|最少|最低(?!工资|生活|保障|收入)|≥)"
    r"|(?P<le>不(?:得|应|能|可|宜|会)?(?:超[过出]?|高于|大于|多于|长于)|最多|至多|最高(?!奖|学位)|最长|只能|仅能|只得)"
    r"|(?P<gt>超过|高于|大于|多于)|(?P<lt>低于|少于|小于|不足)"
)
_CHANGED = re.compile(r"(?:上浮|下浮|提高|降低|上调|下调|增加|减少|缩短|延长)了?$")
# 超过全球一半, 占比超过全省三成: the bound stands before the whole that is shared.
_OF_WHOLE = re.compile(r"(?:全[球国省市区县]|世界|总[数量]的?)$")
# 最低首付款比例为15%: the bound is part of what a size is called.
_NAMED_SIZE = re.compile(
    r"[一-鿿]{0,12}(?:比例|额度|限额|标准|金额|年限|期限|限价|利率|价格?|时限|年龄)"
    r"(?:的|[一-鿿]{0,6}(?:为|是|至|到|按|由|从|[^一-鿿])|$)"
)
_ONLY = re.compile(
    r"(?:只|仅)(?!有|是|[一-鿿]{0,2}为)[一-鿿]{0,4}$|只按[一-鿿]{0,8}$|限(?:购|领|申|享|报|选|认购)?[一-鿿]{0,1}$"
)
_ONLY_OF = frozenset("次套个名项人份户")
_WITHIN = re.compile(r"的?(?:范围|距离|半径|期限|时间|幅度|限额|额度)(?:以内|之内|内)")


def find(doc: Document, found: Found) -> Iterator[Mention]:
    """Counts of the document in text order, with value, comparator and unit; those of table cells after all others."""
    text = simplified(doc.folded)
    floor, shared = 0, ""
    for number in _numbers(doc, text, found):
        if number < floor or (quantity := read_quantity(text, number, floor=floor)) is None:
            continue
        clause = text[max(floor, number - 30) : quantity.start]
        clause = clause[clause_start(clause, len(clause)) :]
        joined = bool(shared) and bool(_JOINED.fullmatch(text, floor, number))
        if quantity.comparator == "eq" and not quantity.bounded:
            quantity = _bounded_from_afar(text, quantity, clause)
            if joined and quantity.comparator == "eq":
                quantity = quantity._replace(comparator=shared, bounded=True)
            elif quantity.unit and _SHARED.search(clause):
                quantity = _bounded_by_last(text, quantity)
        if not is_stated(text, quantity, clause) or not found.is_free(quantity.number, quantity.end):
            continue
        rules_list = quantity.bounded and (bool(_SHARED.search(clause)) or _rules_next(text, quantity))
        shared = quantity.comparator if rules_list or joined else ""
        floor = quantity.end
        yield _mention(doc.text, quantity, quantity.start if found.is_free(quantity.start, number) else number)
    yield from cells(doc, found)


def _numbers(doc: Document, text: str, found: Found) -> Iterator[int]:
    """Where numbers begin that could be counts: most numbers of a law are cheaply told apart by their neighbours."""
    unread, follows = _unread(doc), follows_number()
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == "第" or unread[start] or end - start > _LONGEST:
            continue
        following = text[end : end + 1]
        if following not in follows and text[end - 1] not in "万亿" and not _PAIR.match(text, start):
            continue
        if match[0] == "一" and following in _ARTICLE_OF and not _is_ruled(text, start, end):
            continue
        if found.is_free(start, end) and not _is_quoted(text, start):
            yield start


def _is_ruled(text: str, start: int, end: int) -> bool:
    """Whether anything near could make ``一`` a number; without it the measure word makes it an article."""
    if text[end + 1 : end + 2] in _AFTER_ONE or _PERIODS_OF.match(text, end):
        return True
    return bool(_ONE.search(text, max(0, start - 12), start))


def _unread(doc: Document) -> bytearray:
    mask = bytearray(len(doc.text))
    for name in _UNREAD_ELEMENTS:
        for span in doc.layout.elements.get(name, ()):
            mask[span.start : span.end] = b"\1" * (span.end - span.start)
    return mask


def _is_quoted(text: str, number: int) -> bool:
    """Whether a number stands in a short quoted name or a title."""
    low = max(0, number - _LONGEST_QUOTE)
    for mark in "“《「『":
        opened = text.rfind(mark, low, number)
        if opened >= 0 and (quoted := _QUOTED.match(text, opened)) and quoted.end() > number:
            return True
    return False


def _bounded_from_afar(text: str, quantity: Quantity, clause: str) -> Quantity:
    """The quantity with the comparator of a bounding word earlier in its clause, or of 范围内 after it."""
    if _WITHIN.match(text, quantity.end):
        return quantity._replace(comparator="le", bounded=True)
    if quantity.value_unit in _ONLY_OF and _ONLY.search(clause):
        return quantity._replace(comparator="le", bounded=True)
    words = [word for word in _DISTANT.finditer(clause) if not _is_of_name(word, clause)]
    if not words:
        return quantity
    word = words[-1]
    between = clause[word.end() :]
    if _CHANGED.search(between):
        # 最高贷款额度上浮20%: the bound names the thing that changes.
        return quantity
    weak = word["gt"] or word["lt"]
    if "的" in between and weak is None and quantity.value_unit not in ("%", "‰", "倍"):
        # 不低于国家标准的30个: the bound rules the standard, not the number.
        return quantity
    share = quantity.value_unit == "%" and _OF_WHOLE.fullmatch(between)
    if weak and not between.endswith("的") and not share:
        return quantity
    return quantity._replace(comparator=str(word.lastgroup), bounded=True)


def _bounded_by_last(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the bound behind the last of its list: ``分别控制在10%和4%以下``."""
    last = quantity.end
    while joint := _JOINT.match(text, last):
        other = read_quantity(text, joint.end(), floor=joint.end())
        if other is None or other.value_unit != quantity.value_unit:
            break
        last = other.end
        if other.comparator != "eq" and other.number == other.start:
            return quantity._replace(comparator=other.comparator, bounded=True)
    return quantity


def _rules_next(text: str, quantity: Quantity) -> bool:
    """Whether a bound before its number rules the next one too: ``组织不少于300人、600人的团队``."""
    if quantity.start == quantity.number or quantity.comparator == "approx":
        return False
    follows = text.startswith("、", quantity.end)
    other = read_quantity(text, quantity.end + 1, floor=quantity.end + 1) if follows else None
    return (
        other is not None and not other.bounded and other.unit is not None and other.value_unit == quantity.value_unit
    )


def _is_of_name(word: re.Match[str], clause: str) -> bool:
    """最低首付款比例 is what a size is called; 最多, 不超过 and the like bound."""
    return word[0] in ("最低", "最高", "最长") and bool(_NAMED_SIZE.match(clause, word.end()))


def _mention(written: str, quantity: Quantity, start: int) -> Mention:
    attributes: dict[str, Any] = {"value": plain(quantity.value)}
    if quantity.value_max is not None:
        attributes["value_max"] = plain(quantity.value_max)
    attributes["comparator"] = quantity.comparator
    attributes["unit"] = as_written(quantity.value_unit, written[quantity.number : quantity.end])
    dimension = quantity.unit.dimension if quantity.unit else "bare"
    bare = dimension == "bare"
    rule = "quantities.bare" if bare else "quantities.share" if dimension == "share" else "quantities.unit"
    confidence = 0.8 if bare else 0.9 if quantity.han else 0.95
    return Mention(start, quantity.end, "COUNT", rule, confidence, attributes)
