"""How a document stands to those that its sentences name: based_on, cites, repeals, amends.

根据, 按照, 为贯彻 name the ground of the document in its preamble and in replies; within a provision (依照X的规定处罚,
应当按照X执行) they only cite.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from extractors.citations.announced_lists import heads_item
from extractors.citations.citation_lists import CitedList
from extractors.citations.citing_reading import Reading, relation
from extractors.model import Mention, Relation, Span

__all__ = ["Parts", "Stand", "amended_by", "is_own_order", "made_on", "part_meant", "parts_of", "stand"]

_GROUND = re.compile(
    r"(?:根据|依据|按照|依照|遵照|贯彻落实|贯彻执行|贯彻实施|贯彻|落实|对照)(?:好|了|执行)?[^，。；：《》对]{0,40}$"
    r"|依据[：为是]?[^，。；《》]{0,24}$"
)
# 每条措施后面注明的“政策依据：A《某通知》”，是文件的依据。
_NAMED_GROUND = re.compile(r"(?:^|\n|[。；（])\s{0,4}(?:政策|文件|法律|制定|主要)?依据：[^。；《》]{0,24}$")
# 按照统一部署印发《A》：依据的是部署，不是A。
_OTHER_GROUND = re.compile(
    r"(?:要求|部署|精神|安排|规定|实际|情况|需要|原则|决策)[^，]{0,10}(?:印发|出台|制定|制订|发布|下发|编制|修订|起草|提出|形成)"
)
_IMPLEMENTS = re.compile(r"(?:为了?|切实|认真|全面)[^，。；]{0,6}(?:实施|执行|落实)(?:好)?[^，。；：《》]{0,10}$")
_PROVISION_AFTER = re.compile(
    r"[^，。；]{0,10}，本[\u4e00-\u9fff]{1,3}不适用|[^，。；]{0,24}(?:执行|处罚|办理|处理|追究|给予|予以|承担)"
)
_GROUND_OF_WHOLE = re.compile(
    r"文件精神|会议精神|制定本|制订本|修订本|现(?:就|将|对|提出|印发|决定)|通知如下|提出(?:如下|以下)|结合.{0,16}实际"
)
# 按照《A》精神、《A》确定的原则：依据的是整个文件，不是其中一条。
_SPIRIT = re.compile(r"[》”]?(?:文件)?(?:精神|确定的(?:原则|精神|方针))")
_ORDERED = re.compile(r"(?:应当?|必须|不得|须|(?<![许认])可以?|请|继续|仍|(?<![主需重必])要)[^，。；]{0,20}$")
_REPEALED = re.compile(
    r"(?!的?(?:有关|相关)?(?:规定|第))[^。；“中款项]{0,16}(?:，[^。；，“原]{0,12})?"
    r"(?:同时|即行|予以|一并|相应|自行|自动|届时|随即)?(?:废止|停止执行|不再执行|失效)"
)
# 废止《A》；决定修改《A》
_CHANGES_BEFORE = {
    "repeals": re.compile(r"(?:^|[，、：。]|决定|宣布|现|予以|一并|同时)\s{0,2}废止[^，。；：《》]{0,16}$"),
    "amends": re.compile(r"(?:决定|现)(?:对)?(?:修改|修订|修正)$"),
}
# 将《A》有效期延长至2027年
_EXTENDED = re.compile(
    r"[^。；《》]{0,70}?(?:有效期|期限|施行期|执行期|适用期|实施期)[^，。；《》]{0,6}(?:延长|调整|顺延|延续)[^，。；《》]{0,4}(?:至|到)"
)
_AMENDS_SELF = re.compile(r"\s{0,2}(?:第[一二三四五六七八九十]{1,3}次)?(?:修正|修订|修改)(?![的为])")
_PROMULGATED = re.compile(r"\s{0,2}(?:公布|发布|颁布|公告公布|第[一二三四五六七八九十]{1,3}次修[订正改]|修[订正改])")
_AMENDED = re.compile(
    r"[^。；]{0,30}?(?:作(?:出)?(?:如下|以下)?修改|修改如下|作如下修订|部分条款进行修[改订]|修改为)"
    r"|\s{0,2}(?:（[^（）\n]{1,12}）)?(?:等[^。；，]{0,12}|的?(?:部分|有关)?(?:条款|内容|规定))?"
    r"(?:进行|作)了?(?:部分|全面|适当)?(?:修订|修改|修正)(?=[，。；]|$)"
)
# 正在对《A》进行修订、定期对《A》修改，都不是本文件改的。
_OBJECT = re.compile(r"(?<!在)(?<!定期)(?<!及时)(?<!组织)(?<!应当)(?<!可以)(?:对|将|把)[^，。；]{0,20}$")
_PART_OF = re.compile(r"(?:的)?(?:有关|相关|部分)?(?:规定|第)")
_MAKES = re.compile(r"(?:出台|印发|制定|制订|发布|下发)[^，。；《》]{0,6}$")


class Stand(NamedTuple):
    """What the own document does to those of a list, the rule that says so, and its confidence."""

    predicate: str
    rule: str
    confidence: float


def stand(reading: Reading, cited: CitedList) -> Stand:
    """How the own document stands to a list: predicate, rule, confidence."""
    folded = reading.doc.folded
    sentence = folded[cited.sentence.start : cited.sentence.end]
    before = folded[max(cited.sentence.start, cited.start - 80) : cited.start]
    after = folded[cited.end : min(cited.sentence.end, cited.end + 60)]
    if under := _announcement(reading, cited):
        return Stand(under, "announced", 0.9)
    if _CHANGES_BEFORE["repeals"].search(before) and not _PART_OF.match(after):
        return Stand("repeals", "repealing", 0.9)
    if _CHANGES_BEFORE["amends"].search(before):
        return Stand("amends", "amending", 0.88)
    if _REPEALED.match(after) and not re.search("修改|之日|有效期", after[:20]):
        return Stand("repeals", "repealed", 0.9)
    if _OBJECT.search(before) and _AMENDED.match(after):
        return Stand("amends", "amended", 0.88)
    if re.search(r"将[^，。；《》]{0,6}$", before) and _EXTENDED.match(after):
        return Stand("amends", "extended", 0.85)
    if any(span.start <= cited.start < span.end for span in reading.ground_parts):
        return Stand("based_on", "ground_part", 0.85)
    whole = _GROUND_OF_WHOLE.search(sentence) is not None
    if _IMPLEMENTS.search(before) and whole:
        return Stand("based_on", "ground", 0.9)
    if _NAMED_GROUND.search(before):
        return Stand("based_on", "ground_named", 0.88)
    ground = _GROUND.search(before)
    if not ground or "参照" in ground[0] or _OTHER_GROUND.search(ground[0]):
        return Stand("cites", "named", 0.85)
    if _SPIRIT.match(after):
        return Stand("based_on", "ground", 0.85)
    if _PROVISION_AFTER.match(after) and not whole:
        return Stand("cites", "provision", 0.85)
    if not whole and (_is_provision(reading, cited) or _ORDERED.search(before[: ground.start()])):
        return Stand("cites", "provision", 0.8)
    return Stand("based_on", "ground", 0.9 if whole else 0.85)


def _announcement(reading: Reading, cited: CitedList) -> str | None:
    """What the sentence above a list of items says of each: 下列文件予以废止."""
    place = bisect_right(reading.announced, cited.start, key=lambda announced: announced.span.start) - 1
    if place < 0 or cited.start >= reading.announced[place].span.end:
        return None
    return reading.announced[place].predicate if heads_item(reading.doc.folded, cited.start) else None


def _is_provision(reading: Reading, cited: CitedList) -> bool:
    """True after the first article or numbered section of a document that lays down rules, or of a text attached."""
    if reading.is_reply or reading.part >= cited.start:
        return False
    return not any(span.start <= cited.start < span.end for span in reading.preambles)


def amended_by(reading: Reading, cited: CitedList) -> Iterator[Relation]:
    """根据…《关于修改…的决定》第一次修正, in a statute's history: the decision amends it."""
    if _AMENDS_SELF.match(reading.doc.folded, cited.end) and cited.start < reading.article < len(reading.doc.folded):
        for item in cited.items:
            key = reading.key(item.key)
            if key and key != "self" and _changes_own(reading, item.mention):
                yield relation(key, "amends", "self", Span(item.start, item.end), "history", 0.9)


def _changes_own(reading: Reading, decision: Mention) -> bool:
    """False for a decision that names one other statute as what it changes: the text's name at that time."""
    first = bisect_right(reading.mentions, decision.start, key=lambda mention: mention.start)
    inside = takewhile(lambda mention: mention.start < decision.end, islice(reading.mentions, first, None))
    named = [m for m in inside if m.type == "DOCUMENT_TITLE" and m.attributes.get("nested")]
    rest = reading.doc.folded[named[-1].end : decision.end] if named else ""
    return not named or "等" in rest or any(reading.key(m.attributes.get("document")) == "self" for m in named)


def is_own_order(reading: Reading, mention: Mention) -> bool:
    """True for the order that promulgates the document: 2002年5月13日国务院令第353号公布, before the first article."""
    return (
        mention.type == "DOCUMENT_NUMBER"
        and _PROMULGATED.match(reading.doc.folded, mention.end) is not None
        and mention.start < reading.article < len(reading.doc.folded)
    )


def made_on(reading: Reading, index: int, ground: str) -> Iterator[Relation]:
    """按照《A》要求，…出台《B》: B is based on A."""
    cited = reading.lists[index]
    for later in reading.lists[index + 1 : index + 3]:
        if later.start >= cited.sentence.end:
            break
        if _MAKES.search(reading.doc.folded[cited.end : later.start]):
            for item in later.items:
                if item.key not in reading.own and item.key != ground:
                    yield relation(item.key, "based_on", ground, Span(cited.start, later.end), "made_on", 0.8)


class Parts(NamedTuple):
    """Where attached texts begin and their keys, in text order; the one text printed, and where it is first named."""

    starts: tuple[int, ...]
    keys: tuple[str, ...]
    only: str | None
    named: int


def parts_of(reading: Reading, printed: dict[str, Span]) -> Parts:
    """The texts that a document prints and attaches; the one that an explanation explains is its only part."""
    if reading.header.get("genre") == "解读":
        keys = [m.attributes.get("document") for m in reading.mentions if _is_explained(reading, m)]
        only = keys[0] if keys and keys[0] not in reading.own else None
        return Parts((), (), only, -1)
    bare = [m for m in reading.mentions if m.attributes.get("bare") and m.attributes.get("document") in printed]
    top = reading.heading.start if reading.heading else 0
    opened = [m for m in bare if m.start > top and _opens_text(reading, m)]
    only = next(iter(printed)) if len(printed) == 1 and bare else None
    return Parts(
        tuple(m.start for m in opened),
        tuple(str(m.attributes["document"]) for m in opened),
        only,
        bare[0].start if bare else -1,
    )


def part_meant(reading: Reading, cited: CitedList, parts: Parts, predicate: str) -> str | None:
    """The key of the text that a sentence speaks of, not the notice round it: the plan printed, the plan explained."""
    if predicate not in ("based_on", "repeals"):
        return None
    place = bisect_right(parts.starts, cited.start) - 1
    if place >= 0:
        return parts.keys[place]
    if parts.only is None or parts.named < 0:
        return parts.only
    # 附件的正文接在附件名或附件说明后面，没有自己的题目。
    sentence = reading.doc.folded[cited.sentence.start : cited.sentence.end]
    own = predicate == "repeals" or re.search("制定本|制订本", sentence)
    return parts.only if own and parts.named < cited.start else None


def _opens_text(reading: Reading, mention: Mention) -> bool:
    """True for a title that stands alone on its lines, below the sign-off or the head: an attached text begins."""
    folded = reading.doc.folded
    if mention.rule.endswith("attached_heading"):
        return True
    line = folded[folded.rfind("\n", 0, mention.start) + 1 : mention.start]
    return (
        mention.rule.endswith((".repeated", "repeated_in_text"))
        and not line.strip()
        and (folded[mention.end : mention.end + 1] in ("\n", ""))
    )


def _is_explained(reading: Reading, mention: Mention) -> bool:
    """True for the document named in the heading of an explanation (《…》解读)."""
    heading = reading.heading
    return bool(
        heading
        and mention.attributes.get("nested")
        and mention.type == "DOCUMENT_TITLE"
        and heading.start <= mention.start < heading.end
    )
