"""Names in pinyin, by whole phrases, so that 重庆 is chong qing and 长期 is chang qi."""

from __future__ import annotations

from functools import cache

__all__ = ["syllables"]

# Places and words whose usual reading is not theirs (GB/T 2260 names; 《现代汉语词典》).
_PHRASES = {
    "单县": "shan xian",
    "大城县": "dai cheng xian",
    "长治": "chang zhi",
    "长子县": "zhang zi xian",
    "蔚县": "yu xian",
    "乐亭": "lao ting",
    "乐清": "yue qing",
    "涡阳": "guo yang",
    "六安": "lu an",
    "六合": "lu he",
    "铅山": "yan shan",
    "番禺": "pan yu",
    "尉犁": "yu li",
    "台州": "tai zhou",
    "天台县": "tian tai xian",
    "丽水": "li shui",
    "亳州": "bo zhou",
    "莘县": "shen xian",
    "砀山": "dang shan",
    "黄陂": "huang pi",
    "重点": "zhong dian",
    "长者": "zhang zhe",
    "长江": "chang jiang",
}


@cache
def _ready() -> None:
    from pypinyin import load_phrases_dict

    load_phrases_dict({word: [[syllable] for syllable in read.split()] for word, read in _PHRASES.items()})


def syllables(name: str) -> str:
    """The syllables of a name, parted by spaces; what is no Chinese character stands as it is, in small letters.

    >>> syllables("重庆市长期护理保险")
    'chong qing shi chang qi hu li bao xian'
    """
    from pypinyin import Style, lazy_pinyin

    _ready()
    read = lazy_pinyin(name[:60], style=Style.NORMAL, errors=_plain)
    return " ".join(filter(None, read))


def _plain(rest: str) -> str:
    return "".join(part for part in rest.lower() if part.isalnum())
