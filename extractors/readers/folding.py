"""Look-alike characters made one, one for one, so that rules see one spelling and every offset stays true.

What is folded (the table ``look_alikes``, and full-width letters and digits by their code):
- brackets to （）〔〕〈〉《》【】｛｝, double quotes and corner brackets to “”, dashes to ``-``, tildes to ``~``;
- white space and invisible characters to a space, odd line ends to a line end;
- middle dots to ``·``, half-width ``;!?`` to full-width, ○ to 〇;
- radicals and compatibility ideographs (⺠ ⽂ of PDF files) to the character they look like.
By their neighbours: ``,`` and ``:`` to full-width except between digits, straight quotes by pairs within a line, a year
in odd brackets (【2022】) to 〔2022〕, letters and digits that stand for 〇 in a year (二OO九年).
What means something of its own stays: 零㎡℃№①㈠Ⅰ×.
"""

from __future__ import annotations

import re
from functools import cache

from ontology import table

__all__ = ["fold"]

_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")
_COLON = re.compile(r"(?<![0-9]):|:(?![0-9])")
_QUOTED = re.compile('"([^"\n]{0,200})"')
_ODD_YEAR = re.compile(r"[【｛〈]((?:19|20)[0-9]{2})[】｝〉]")
_ZERO_YEAR = re.compile("[一二][〇一二三四五六七八九0OoΟοОо]{3}(?=年)")
_ZEROS = re.compile("[0OoΟοОо]")
_OTHERS = {"space": " ", "line": "\n"}


@cache
def _odd() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of all look-alike characters, and what each becomes."""
    pairs = {
        chr(int(row["code"][2:], 16)): _OTHERS.get(row["folds_to"], row["folds_to"]) for row in table("look_alikes")
    }
    for first, count, to in ((0xFF10, 10, "0"), (0xFF21, 26, "A"), (0xFF41, 26, "a"), (0x1D7CE, 10, "0")):
        pairs.update((chr(first + i), chr(ord(to) + i)) for i in range(count))
    return re.compile("[" + "".join(map(re.escape, pairs)) + "]"), pairs


def fold(text: str) -> str:
    """The text with look-alike characters made one; same length, so every offset holds in both.

    >>> fold("民发[２０２２]5号")
    '民发〔2022〕5号'
    >>> fold("共1,200人, 其中")
    '共1,200人， 其中'
    >>> fold('"两癌"筛查于二OO九年由⺠政局…')
    '“两癌”筛查于二〇〇九年由民政局…'
    """
    pattern, pairs = _odd()
    text = pattern.sub(lambda match: pairs[match[0]], text)
    if "," in text:
        text = _COMMA.sub("，", text)
    if ":" in text:
        text = _COLON.sub("：", text)
    if '"' in text:
        text = _QUOTED.sub(r"“\1”", text)
    text = _ODD_YEAR.sub(r"〔\1〕", text)
    return _ZERO_YEAR.sub(lambda match: _ZEROS.sub("〇", match[0]), text)
