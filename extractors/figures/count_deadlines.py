"""Times allowed for an act: ``之日起一个月内提交``, ``提前六个月通知``; not how long something lasts or is in force."""

from __future__ import annotations

import re

from extractors.figures.count_conditions import Surroundings
from extractors.model import Mention

__all__ = ["is_deadline"]

_TERMS = frozenset(("日", "天", "个工作日", "小时", "个自然日"))
_LONG_TERMS = frozenset(("月", "年", "周", "季度"))
_TERM = re.compile(r"(?:以?内|之内|前)$")
_LASTING = re.compile(r"(?:周期|期限|时间|时长|工期)[^，。；]{0,6}$")
_SINCE_EVENT = re.compile(r"(?:后|之日起|之日|合同中?约定|^在|(?:应当?|须|需)在)$")
_TO_BE_DONE = re.compile(
    r"，?[^，。；\n可禁得]{0,20}?(?:提交|缴[清纳足]|付清|完成|报[送告请备]|办理|提出|制[定订]|整改|拆除|归还|建成|开工|[移上]交|签订"
    r"|推售)"
)
# 三年内不得申请, 一年内可凭证提取, 五年内的: no act is due.
_NOT_ACT = re.compile(
    r"，?(?:[^，。；\n]{0,12}?(?:可|不|禁|免|限|享受|有效)|的|[^。；\n]{0,40}?(?:不得|的(?:纳税人|家庭|个人|人员|购房人))"
    r"|[^，。；\n（]{0,30}?的[^，。；\n的]{0,8}，?(?:给予|发放|予以|奖励)"
    r"|[^，。；\n]{0,24}的(?:[，；]|$)|，[^，。；\n]{0,24}的，|[^，。；\n]{0,12}(?:毕业|出生|登记失业))"
)
_AHEAD = re.compile(r"(?:提前|(?:届|期)满前|之前|前)(?:至少|不少于)?$")
_TOLD_AHEAD = re.compile(
    r"前?，?[^，。；\n]{0,24}?(?:报送|提交|申请|通知|告知|报告|公告|公布|报[^名]|提出|申报|书面|送交|送达|发给|寄送|告示|移送)"
)


def is_deadline(count: Mention, near: Surroundings, text: str) -> bool:
    """True where a period is the time by which something is to be done, or how long before it must be told."""
    unit = count.attributes["unit"]
    if unit not in _TERMS and unit not in _LONG_TERMS:
        return False
    if count.attributes["comparator"] not in ("le", "lt"):
        ahead = near.after.startswith("前") or bool(_AHEAD.search(near.clause))
        return ahead and bool(_TOLD_AHEAD.match(near.after))
    if _LASTING.search(near.clause):
        return False
    within = bool(_TERM.search(text[count.start : count.end]))
    if unit in _LONG_TERMS:
        return within and bool(_SINCE_EVENT.search(near.clause)) and not _NOT_ACT.match(near.after)
    return within or bool(_TO_BE_DONE.match(near.after))
