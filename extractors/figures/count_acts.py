"""What a time allowed is for, what is done so often, and who is of an age: the words round terms, times and ages."""

from __future__ import annotations

import re

from extractors.figures.clauses import sentence_start
from extractors.figures.noun_phrases import Names, first_break, last_chunk, left_phrase, without_tail
from extractors.model import Mention

__all__ = ["WEAK", "group_after", "of_period", "of_times"]

# Words that name no thing by themselves.
WEAK = re.compile(
    r"标准|比例|范围|幅度|价格|金额|额度|速度|规模|时间|期限|以|内|间|左右|目标|要求|水平|相比|时(?![段间长差])|人民币|较|更|很|最|前|后|方面"
)
_PAID_FOR = re.compile(
    r"的[一-鿿]{0,10}?((?:失业|养老|医疗|社会)?保险[金费]|工资|租金|费用|生活费|[一-鿿]{2}(?:补贴|津贴))"
)
_HONOURED = re.compile(r"(?:获评|荣获|获得|获|入选|蝉联)[^“，。]{0,8}“([^”]{2,20})”")
_HANDED_IN = re.compile(r"(?:提交|报送|出具|递交|上报)(?:[^，。；\n]*[\d号的])?([一-鿿]{2,16})")
_DUTY = re.compile(r"^(?:后?(?:方可|即可|才可)|[一-鿿、]{0,24}?(?:应当?|必须|须|需)将?)")
_NEXT_CLAUSE = re.compile(
    r"(?:（[^（）\n]{0,40}）)?，?(?:向[^，。；\n]{2,14}?(?=申请|提交|报|提出|办理))?([^，。；\n]{2,60})"
)
_IN_TERM = re.compile(r"届满|期满|应当|须")
# 将专项工作报告发给组成人员: the verb stands behind its object.
_HANDED_OVER = re.compile(
    r"(?:发给|送交|送达|发送|报送|提交|移交|移送|回复|反馈|上报|抄送|抄告|书面通知|通知|返还|退还|退回|公布|公示|存入|交付|报(?![告表名批]))[一-鿿]{1,16}"
)
_ON_PAPER = frozenset(("凭", "持"))
_BARE_ACTS = frozenset(("完成", "办结", "付清", "全部付清", "到位"))
_TAKEN = frozenset(("享受", "申请", "申领", "领取", "获得"))
_ALLOWED = re.compile(r"(?:延期|分期|缓缴|延长|暂停|停止|保留|减免|免收)[一-鿿]{2,10}(?=，)")
# 一次性告知, 依法作出: what stands between a term and the act it is allowed for.
_ADVERBS = re.compile(
    r"，?(?:应当?|必须|须|可以?|一次性?|重新|及时|依法|如实|主动|予以|向[一-鿿]{2,20}?(?=提[出交]|报[送告请]|申[请报]|书面|办理|告知|通知))*"
)
# A period that has a name of its own: 去化周期超36个月的区, 房龄超过20年的二手房.
_PERIOD_NAME = re.compile(r"(?:期|期限|时间|年限|时限|时长|龄|学制|寿命|工期)$")
_CONTRACT = re.compile(r"(?:期限)?的?([一-鿿]{0,4}(?:合同|协议|经历|经验|社会保险费?|工龄|学历|记录))")
_ON_GROUND = re.compile(r"(?:根据|按照|依据|依照|凭|(?<![支保坚维])持|对照|结合|参照)")
_MOMENT = re.compile(r"(?:[后前内中时起止]|之日|期间|以来)$")
_ACT = re.compile(
    r"(?:作出|做出|予以|提出|办理|完成|报送|公布|公示|移交|答复|备案|申请|登记|通知|缴纳|整改|送达|审查|审核|审批|批准|受理"
    r"|支付|发放|缴存|报告|书面|告知|返还|申报|办结|审结|裁定|判决|立案|推售|派发|划转|划拨|汇出|兑现|提供|开展|组织|进行|召开|实施|检查|培训|评估|监测|巡查|清理|拆除|改正|恢复|搬迁"
    r"|领取|换发|补发|上报|录入|查验|验收|处理|处置|反馈|回复|移送|转交|签订|退还|注销|变更|延续|行政处罚|有期徒刑|拘役"
    r"|赶赴|赶到|到达|前往|恢复供|接运|缴清|付清|缴足|交付|到位|兑付|拨付|认领|推售|核发|补办|管制|拘留|停业|暂扣|保存|保管|保留|存续|不得)[一-鿿]{0,16}"
)
# 处五日以上十日以下拘留, 三年以下有期徒刑: the penalty that lasts so long.
_PENALTY = re.compile(r"的?((?:行政)?拘留|有期徒刑(?:或者拘役)?|拘役|管制|剥夺政治权利)")
# 人民法院应当在七日内裁定, 审核工作一般在审核通过后60日内完成: the act follows the term.
_TO_ACT = re.compile(r"(?:[在于后]|提前|应当?|必须|[须需]|之?日起|一般|原则上|[在自][^，。；：\n]{2,24})$")
_DONE_WITHIN = re.compile(r"(?!的)[^，。；：、\n（]{2,28}")
# 三个月内开工的项目, 一年内出售住宅的给予补贴: who does it, and what they are given for it.
_DOER = re.compile(r"的(?:(?:给予|发放|予以|可).*|项目|纳税人|家庭|个人|人员|购房人|单位|企业|职工)?$")
_PREPOSITION = re.compile(r"按照?|依照?|根据|将|把|在|对|由|向|与|会同|通过|凭|持|到")
_SINCE = re.compile(r"自([^，。；\n]{2,20}?)(?:之日)?起$")
_UNDERTAKEN = re.compile(r"([一-鿿]{2,12}?)(?:一般|原则上|应当?|须|需|要|必须)*[在于自]")
_LONG_ACT = 16
_ALLOWED_TERM = re.compile(r"(?:内|前)$")


def of_times(text: str, count: Mention, left: str, right: str | None) -> str | None:
    """What is done so many times: ``两次下调利率``, ``连续三次获评“文明城市”``, ``每年至少抽查一次``."""
    if honoured := _HONOURED.match(text, count.end):
        return honoured[1]
    alone = not left or text[count.start - 1] in "、，" or left.endswith(("，", "连续"))
    if alone and first_break(text[count.end : count.end + 4]) == 0:
        done = re.compile(r"(?!较|最为|更)[一-鿿]{2,12}").match(text, count.end)
        return done[0] if done else None
    if right or last_chunk(without_tail(left)):
        return None
    verb = re.search(
        r"([一-鿿]{2})(?:不少于|至少|不超过)?$", re.sub(r"(?:开展|进行|组织|不少于|至少|每[年月季周度]+)+$", "", left)
    )
    return verb[1] if verb and verb[1] not in _TAKEN and not WEAK.search(verb[1]) else None


def group_after(text: str, count: Mention, names: Names) -> str | None:
    """The people of this age, named further on in the sentence (``八十周岁以上、独居的老年人``)."""
    end = _clause_end(text, count.end)
    for start in range(count.end, end + 1):
        thing = names.by_start.get(start)
        if thing and thing.type == "GROUP":
            return text[thing.start : thing.end]
    return None


def of_period(text: str, count: Mention, names: Names, clause_start: int, right: str | None) -> str | None:
    """The period's name before it (``有效期``), what is paid for it, else the act that it is allowed for."""
    if paid := _PAID_FOR.match(text, count.end):
        return paid[1]
    if penalty := _PENALTY.match(text, count.end):
        return penalty[1]
    left = text[clause_start : count.start]
    phrase = left_phrase(text, count, names, clause_start)
    named = phrase is not None and bool(_PERIOD_NAME.search(phrase))
    if not named and (had := _CONTRACT.match(text, count.end)):
        return had[1]
    if right and text.startswith("的", count.end) and not WEAK.match(right) and not named:
        return right
    moment = bool(_MOMENT.search(left)) or text[count.end : count.end + 1] in ("前", "后")
    within = bool(_ALLOWED_TERM.search(text[count.start : count.end]))
    if within and not named and (at_once := _ACT.match(text, _past_adverbs(text, count.end))):
        named_act = _DOER.sub("", at_once[0])
        return (_undertaking(text, count) or phrase or named_act) if named_act in _BARE_ACTS else named_act
    if (within or left.endswith("提前")) and not named and _TO_ACT.search(left):
        if done := _act_within(text, count.end):
            return done
        moment = moment or text.startswith("，", count.end)
    if text.startswith("前", count.end) and not named and (count.attributes["unit"] != "年" or _IN_TERM.search(left)):
        done = _act_within(text, count.end + 1) or _next_act(text, count.end + 1)
        if done:
            return done
    if left.endswith("前") and text.startswith("，", count.end) and (then := _next_act(text, count.end)):
        return then
    if phrase and not moment:
        return phrase
    if handed := _HANDED_IN.search(text, count.end, _clause_end(text, count.end + 1)):
        return handed[1]
    if act := _ACT.search(text, count.end, _clause_end(text, count.end)):
        return act[0]
    allowed_then = text.startswith(("后方可", "后可", "后才"), count.end)
    if moment and (allowed_then or within):
        return _next_act(text, count.end)
    allowed = _ALLOWED.findall(text[max(0, clause_start - 20) : clause_start])
    since = _SINCE.search(left)
    return (allowed[-1] if allowed else right) or (since[1] if since else None)


def _undertaking(text: str, count: Mention) -> str | None:
    """What is to be completed in the term, as the sentence begins with it (``审核工作一般在提交后30日内完成``)."""
    begin = sentence_start(text, count.start)
    words = text[begin : count.start].lstrip("\u3000 \n")
    subject = _UNDERTAKEN.match(words)
    return subject[1] if subject else None


def _act_within(text: str, position: int) -> str | None:
    """The act that follows a term in its clause (``七日内裁定不予受理``), from its verb on where 将, 按照 … lead it."""
    if text.startswith(("，", "者", "或", "和", "及", "、"), position):
        return None
    position = _past_adverbs(text, position)
    led = _PREPOSITION.match(text, position)
    if led is None:
        act = _DONE_WITHIN.match(text, position)
        return _DOER.sub("", act[0]) if act else None
    end = _clause_end(text, position)
    if verb := (led[0] in "将把" and _HANDED_OVER.search(text, position, end)) or _ACT.search(text, position, end):
        return verb[0]
    return None if led[0] in _ON_PAPER else text[position:end]


def _past_adverbs(text: str, position: int) -> int:
    """Where the verb of an act stands that 一次, 一次性, 及时 and the like come before."""
    match = _ADVERBS.match(text, position)
    return match.end() if match else position


def _next_act(text: str, position: int) -> str | None:
    """The act of the clause that follows a term; a clause that only sets its condition (…的) is passed over."""
    for _ in range(3):
        clause = _NEXT_CLAUSE.match(text, position)
        if clause is None:
            return None
        if clause[1].startswith("或"):
            return None
        if not clause[1].endswith("的") and not _ON_GROUND.search(clause[1]):
            return _shortened(_DUTY.sub("", clause[1])) or None
        position = clause.end()
    return None


def _shortened(act: str) -> str:
    """A long clause from its last verb on: ``到主管部门领取手册`` is the taking of the booklet."""
    verbs = list(_ACT.finditer(act)) if len(act) > _LONG_ACT else []
    return verbs[-1][0] if verbs else act


def _clause_end(text: str, position: int) -> int:
    match = re.compile(r"[，。；\n]").search(text, position, position + 40)
    return match.start() if match else min(len(text), position + 40)
