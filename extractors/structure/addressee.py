"""主送机关: the bodies or persons a document is addressed to, before a colon (GB/T 9704-2012 7.3.2)."""

from __future__ import annotations

import re

from extractors.structure.genres import ends_with_genre
from extractors.structure.headings import find_marker
from extractors.structure.lines import Line
from extractors.structure.own_number import is_number_line

__all__ = ["addressee_lines", "inline_addressee"]

_LINES = 6
_LONGEST = 700
_LONGEST_PERSON = 120
_PERSON = re.compile(
    r"(?:尊敬的.{1,40}|[\u4e00-\u9fff·、，（） ]{2,60})"
    r"(?:代表|委员|同志|先生|女士|朋友|居民|市民|网友)们?(?:（.{0,20}）)?：$"
)
_NONE = re.compile(
    r"(?:如下|以下|下列|事项|规定|要求|决定|报告|包括|附件|说明|注|标准|条件|内容|目标|原则|方式|时间|地点|材料|程序|流程"
    r"|电话|记者问?|问|答|名单|来源|措施|政策)：$|^(?:为|根据|按照|依据|现|经|近|一是|问|答|记者|主持人|注|附)"
)
_INLINE = re.compile(
    r"(?P<to>各[^。；！？：]{2,300}"
    r"|[^。；！？：，]{2,60}(?:政府|部|委|局|厅|院|公司|办公室|委员会|党委|代表|委员)(?:、[^。；！？：]{2,60})?)："
    r"\s*(?=你|您|贵|现|为|根据|《|关于|按照|经|[\u4e00-\u9fff]{15})"
)
_TITLE_WORD = re.compile(r"关于|转发|印发|批转")
_SENTENCE = re.compile(r"[。！？；]")
_FULL_STOP = re.compile(r"[。！？]")


def inline_addressee(text: str) -> tuple[int, int] | None:
    """Ends of the addressee and of its colon where the body goes on in the same line."""
    found = _INLINE.match(text)
    if found is None or _NONE.search(found["to"] + "："):
        return None
    return found.end("to"), found.end()


def addressee_lines(lines: list[Line], index: int) -> int:
    """How many lines from here are the addressee, the last ending with a colon; 0 if there is none."""
    text = lines[index].text
    if find_marker(text):
        return 0
    if _PERSON.match(text) and len(text) <= _LONGEST_PERSON:
        return 1
    if len(text) <= _LONGEST and text.endswith("：") and not _FULL_STOP.search(text) and not _NONE.search(text):
        return 1
    if not (text.startswith("各") or "、" in text) or _SENTENCE.search(text) or ends_with_genre(text):
        return 0
    for count, line in enumerate(lines[index : index + _LINES], 1):
        text = line.text
        if _SENTENCE.search(text) or find_marker(text) or _NONE.search(text) or _TITLE_WORD.search(text):
            return 0
        if is_number_line(text) or ends_with_genre(text):
            return 0
        if text.endswith("："):
            return count
    return 0
