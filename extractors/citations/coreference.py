"""Which document a title, a number or an anaphor means: the ``document`` key of every DOCUMENT_TITLE.

A key is the document's number where the text gives one beside any of its titles, else its full title. 《通知》 takes
the key of its antecedent; where two rivals stand equally near it stays None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Any, NamedTuple

from extractors.model import Document, Mention
from ontology import table

__all__ = ["core", "resolve"]

_MARK = r"\s{0,2}[》〉”\"]?\s{0,3}"
_NOTE = r"(?:（[^（）\n]{1,12}）\s{0,2})?"
# 《T》（N）、《T》（以下简称《通知》，N）、《T》N、T（N
_NUMBER_FOLLOWS = re.compile(
    rf"{_MARK}(?:的(?:通知|公告|通告|决定|意见|函|批复))?{_NOTE}(?:[（〔]\s{{0,3}}(?:(?:以下|下)简称[^，；（）]{{1,24}}[，；]\s{{0,2}}|文号[：]?|发文字号[：]?|即|[\u4e00-\u9fff]{{2,12}}(?:会同|等)[^（），]{{0,12}}[，])?)?"
)
_NUMBER_PRECEDES = re.compile(r"\s{0,3}(?:文件?|号文件?)?(?:印发的?|下发的?|发布的?|公布的?)?[》））]?\s{0,3}[《〈]?")
_LISTED = re.compile(r"》(?:[（〔][^（）〔〕\n]{0,30}[〕）]?[^（）\n]{0,10}[）〕])?[、，和与及]{0,2}《")
_OWN = re.compile(r"本[《“]?$")
_DEFINITION = re.compile(r"(?:简称|统称)(?:为|：)?\s{0,2}[“\"]?[《“]?$")
_OLD_TEXT = re.compile(r"》(?:（[^（）\n]{1,60}）)?\s?(?:同时|即行|予以|自行|相应)?(?:废止|失效)")
_STATE = re.compile(r"^中华人民共和国")
_PREFIX = re.compile(r"^(?P<issuer>[^关《〈]{2,80}?)(?=(?:关于|印发|转发|批转))")


class _Title(NamedTuple):
    """A full title: its mention's index, its text on one line, its issuer prefix, and its core for comparison."""

    place: int
    text: str
    prefix: str
    core: str


def one_line(surface: str) -> str:
    """A title's text with line breaks, and the white space round them, removed."""
    if re.search(r"(?:[\u4e00-\u9fff][ \u3000]){4}", surface):
        surface = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "", surface)
    return re.sub(r"\s*\n\s*", "", surface).strip()


def core(title: str) -> tuple[str, str]:
    """Issuer prefix, and what names the document without it: the same for long and short forms of one title.

    >>> core("云门市民政局关于加强养老服务的通知") == ("云门市民政局", core("关于加强养老服务的通知")[1])
    True
    """
    flat = re.sub(r"[\s《》〈〉“”\"、，]", "", title).translate(_HALF)
    flat = _FIVE_YEARS.sub(lambda match: f"{match[1]}五", flat)
    match = _PREFIX.match(flat)
    prefix = match["issuer"] if match and not re.search(r"[年月]|办法|条例", match["issuer"]) else ""
    rest = _STATE.sub("", flat[len(prefix) :])
    rest = rest.removeprefix("关于").replace("的", "")
    return prefix, _CARRYING_OUT.sub(r"\1\2实施\3", rest)


# 甲省实施《中华人民共和国残疾人保障法》办法 is also called 甲省残疾人保障法实施办法.
_CARRYING_OUT = re.compile("^(.{2,12}?)实施(?:中华人民共和国)?(.{2,30}法)(办法|细则|条例|规定)$")
# 第十五个五年规划 and “十五五”规划 are one plan.
_FIVE_YEARS = re.compile("第([一二三四五六七八九十]{1,2})个五年")
_HALF = str.maketrans("（）：；", "():;")


def _key_numbers(doc: Document, titles: list[_Title], mentions: list[Mention]) -> dict[int, str]:
    """Title index → the number that stands beside it."""
    numbers = sorted((m for m in mentions if m.type == "DOCUMENT_NUMBER"), key=lambda m: m.start)
    starts = [m.start for m in numbers]
    ends = [m.end for m in numbers]
    beside: dict[int, str] = {}
    used: set[int] = set()
    for title in titles:
        mention = mentions[title.place]
        if mention.attributes.get("kind") == "proposal" or mention.attributes.get("self"):
            continue
        place = bisect_left(starts, mention.end)
        if place < len(numbers) and starts[place] - mention.end < 60:
            gap = doc.folded[mention.end : starts[place]]
            under = mention.rule.endswith("attached_heading") and "\n" in gap and not gap.strip()
            if under or (_NUMBER_FOLLOWS.fullmatch(gap) and re.search(r"[（〔》〉]", gap)):
                beside[title.place] = numbers[place].attributes["document"]
                used.add(place)
    for title in titles:
        mention = mentions[title.place]
        if title.place in beside or mention.attributes.get("kind") == "proposal" or mention.attributes.get("self"):
            continue
        if mention.attributes.get("nested"):
            continue
        place = bisect_left(ends, mention.start + 1) - 1
        if place >= 0 and place not in used and mention.start - ends[place] < 12:
            gap = doc.folded[ends[place] : mention.start]
            if _NUMBER_PRECEDES.fullmatch(gap) and "《" in gap:
                beside[title.place] = numbers[place].attributes["document"]
    return beside


@cache
def _statutes() -> frozenset[str]:
    return frozenset(row["name"] for row in table("statutes"))


def _law_in_full(title: str) -> str:
    """中华人民共和国兵役法 of 兵役法, 中华人民共和国宪法 of 宪法."""
    return f"中华人民共和国{title}" if title in _statutes() or title == "宪法" else title


def _merge(titles: list[_Title], beside: dict[int, str], own: _Title | None, own_key: str | None) -> dict[int, str]:
    """Title index → key, the same for titles of one document."""
    groups: dict[str, list[_Title]] = {}
    for title in titles:
        groups.setdefault(title.core, []).append(title)
    keys: dict[int, str] = {}
    for members in groups.values():
        prefixes = {t.prefix for t in members if t.prefix}
        for prefix in dict.fromkeys(t.prefix for t in members):
            same = [t for t in members if t.prefix == prefix or len(prefixes) == 1]
            numbers = {beside[t.place] for t in same if t.place in beside}
            longest = max(same, key=lambda t: (len(t.text), t.text.startswith("关于")))
            is_own = own is not None and bool(own_key) and own in same
            for title in (t for t in members if t.prefix == prefix):
                if title.place in beside:
                    keys[title.place] = beside[title.place]
                elif is_own and own_key:
                    keys[title.place] = own_key
                elif len(numbers) == 1:
                    keys[title.place] = next(iter(numbers))
                else:
                    keys[title.place] = _law_in_full(longest.text if len(title.core) >= 3 else title.text)
    return keys


def _attached_headings(titles: list[_Title], mentions: list[Mention], keys: dict[int, str]) -> None:
    """An attached text's heading means the attachment of the same place in the list, if its words are like it."""
    listed = [t for t in titles if mentions[t.place].rule.endswith("attachment_list")]
    headings = [t for t in titles if mentions[t.place].rule.endswith("attached_heading")]
    for order, heading in enumerate(headings):
        match = next((t for t in listed if t.text.endswith(re.sub(r"\s", "", heading.text))), None)
        if match is None and len(listed) == len(headings):
            rival = listed[order]
            shared = len(set(rival.core) & set(heading.core)) / max(1, len(set(rival.core) | set(heading.core)))
            match = rival if shared >= 0.7 else None
        if match is not None:
            keys[heading.place] = keys[match.place]


def _bears(title: str, noun: str) -> bool:
    """True where a title ends in an anaphor's noun: …纲要（草案） is 《纲要》 and 《纲要草案》."""
    return re.sub(r"[（(][^（）()]*[)）]$", "", title).endswith(noun) or re.sub(r"[（()）]", "", title).endswith(noun)


def _antecedent(
    doc: Document, mention: Mention, noun: str, titles: list[_Title], mentions: list[Mention], keys: dict[int, str]
) -> str | None:
    """The last document named before an anaphor that can bear its name; None where two rivals tie."""
    fitting = [
        t
        for t in titles
        if mentions[t.place].start < mention.start
        and not mentions[t.place].attributes.get("kind")
        and _bears(t.text, noun)
    ]
    if not fitting:
        return None
    last = mentions[fitting[-1].place]
    rival = mentions[fitting[-2].place] if len(fitting) > 1 else None
    tied = (
        rival is not None
        and keys[fitting[-2].place] != keys[fitting[-1].place]
        and _LISTED.fullmatch(doc.folded[rival.end : last.start]) is not None
    )
    return None if tied else keys[fitting[-1].place]


def _definitions(
    doc: Document, titles: list[_Title], mentions: list[Mention], keys: dict[int, str]
) -> list[tuple[int, str, str]]:
    """(offset, short form, key) of every （以下简称《…》）."""
    pattern = re.compile(r"简称(?:为|：)?\s?[“《\"]{1,2}([^《》“”\"，。；（）\n]{1,20})[”》\"]")
    found: list[tuple[int, str, str]] = []
    outer = [t for t in titles if not mentions[t.place].attributes.get("nested")]
    ends = [mentions[t.place].end for t in outer]
    for match in pattern.finditer(doc.folded):
        place = bisect_left(ends, match.start() + 1) - 1
        if place >= 0 and match.start() - ends[place] < 60 and "。" not in doc.folded[ends[place] : match.start()]:
            found.append((match.start(), match[1], keys[outer[place].place]))
    return found


def resolve(doc: Document, header: dict[str, Any], mentions: list[Mention]) -> list[Mention]:
    """All mentions; DOCUMENT_TITLE with its ``document`` key (None where the text cannot tell)."""
    mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
    titles: list[_Title] = []
    anaphors: list[int] = []
    own: _Title | None = None
    for index, mention in enumerate(mentions):
        if mention.type != "DOCUMENT_TITLE":
            continue
        if mention.attributes.get("anaphor"):
            anaphors.append(index)
            continue
        text = one_line(doc.text[mention.start : mention.end])
        titles.append(_Title(index, text, *core(doc.folded[mention.start : mention.end])))
        if mention.attributes.get("self"):
            own = titles[-1]
    own_key = header.get("number") or header.get("title") or (own.text if own else None)
    keys = _merge(titles, _key_numbers(doc, titles, mentions), own, own_key)
    for title in titles:
        if mentions[title.place].attributes.get("kind") == "proposal":
            keys[title.place] = title.text
        if mentions[title.place].attributes.get("self") and own_key:
            keys[title.place] = own_key
        elif keys[title.place] == own_key and _OLD_TEXT.match(doc.folded, mentions[title.place].end):
            # 《A》同时废止 in A itself is the older text of that name; the number is the new one's.
            keys[title.place] = title.text
    _attached_headings(titles, mentions, keys)
    definitions = _definitions(doc, titles, mentions, keys)
    resolved: dict[int, str | None] = dict(keys)
    for index in anaphors:
        resolved[index] = _anaphor_key(doc, mentions[index], own_key, definitions, titles, mentions, keys)
    return [
        mention.with_attributes(document=resolved[index]) if index in resolved else mention
        for index, mention in enumerate(mentions)
    ]


def _anaphor_key(
    doc: Document,
    mention: Mention,
    own_key: str | None,
    definitions: list[tuple[int, str, str]],
    titles: list[_Title],
    mentions: list[Mention],
    keys: dict[int, str],
) -> str | None:
    """本《通知》 is the document itself; then what 以下简称 defines; then the last document of that name."""
    noun = doc.folded[mention.start : mention.end]
    if _OWN.search(doc.folded[max(0, mention.start - 4) : mention.start]):
        return own_key
    defined = [(offset, key) for offset, short, key in definitions if short == noun]
    before = [key for offset, key in defined if offset <= mention.start]
    if before:
        return before[-1]
    if len({key for _, key in defined}) == 1:
        return defined[0][1]
    return _antecedent(doc, mention, noun, titles, mentions, keys)
