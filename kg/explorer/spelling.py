"""Names in pinyin, by whole phrases, so that 重庆 is chong qing and 长期 is chang qi."""

from __future__ import annotations

import re

__all__ = ["syllables"]

# Words whose reading a general dictionary misses, or whose ends it gives to their neighbours (市长期 is not 市长|期):
# places of GB/T 2260; readings of 《现代汉语词典》.
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
    "长期": "chang qi",
    "长护": "chang hu",
    "长效": "chang xiao",
    "长远": "chang yuan",
    "长寿": "chang shou",
    "长春": "chang chun",
    "长沙": "chang sha",
    "长宁": "chang ning",
    "长三角": "chang san jiao",
}
_KNOWN = re.compile("|".join(sorted(_PHRASES, key=len, reverse=True)))


def syllables(name: str) -> str:
    """The syllables of a name, parted by spaces; what is no Chinese character stands as it is, in small letters.

    >>> syllables("重庆市长期护理保险")
    'chong qing shi chang qi hu li bao xian'
    """
    from pypinyin import Style, lazy_pinyin

    name = name[:60]
    read: list[str] = []
    at = 0
    for known in [*_KNOWN.finditer(name), None]:
        between = name[at : known.start()] if known else name[at:]
        read += lazy_pinyin(between, style=Style.NORMAL, errors=_plain) if between else []
        if known:
            read += _PHRASES[known[0]].split()
            at = known.end()
    return " ".join(filter(None, read))


def _plain(rest: str) -> str:
    return "".join(part for part in rest.lower() if part.isalnum())
