"""The kind that most figures of a document have, by its genre and by the way its text speaks."""

from __future__ import annotations

import re

from ontology import table

__all__ = ["document_kind"]

_RULING = re.compile(
    r"应当|不得|首付款?比例|可贷额度|最高贷款|贷款(?:最高)?额度|上市交易|缴存职工|购房资格|(?<!必)须(?=[经持提在符])|可(?:申请|享受|提取|办理|按)|给予|不超过|不低于|执行|施行|限购|暂停|符合|(?<![供适反相响对])应(?=[自按在于向对遵坚当])"
)
_TELLING = re.compile(r"累计|已经?|完成|建成|截至|同比|召开|会议|座谈|表示")
_SUFFIX = re.compile(r"(?:（[^（）]{0,12}）|[》】〉 ])+$")
# A decision that honours, appoints or names reports what was decided; one that amends a rule sets it.
_HONOURS = re.compile(r"表彰|授予|奖励|嘉奖|表扬|命名|任命|任免|追授|通报|认定|公布")
# 加快…，推进…: the tasks of a work report, one after the other; what is over is told with 了 and the like.
_TASKS = re.compile(
    r"(?:^|[。；，\n])[ \u3000]*(?:要|把|加快|推进|深化|完善|加强|支持|促进|优化|健全|推动|继续|积极|大力|着力"
    r"|坚持|进一步|扩大|鼓励|深入|切实|抓紧|严格|统筹|落实)"
)
_OVER = re.compile(r"了|累计|已(?!有)|去年|过去|同比|截至|以来")
_MANY_TASKS = 12
_READ = 6000
# What the opening of a text without a title says that it does; a text in articles rules.
_ARTICLE = re.compile(r"^[ \t]*第[一二三四五六七八九十百]+条", re.M)
_ARTICLES = 3
_OPENINGS = (
    ("target", re.compile(r"(?:提出|制定)(?:了?如下|以下|本)[^。\n]{0,6}(?:意见|方案|计划)")),
    ("mixed", re.compile(r"(?:提出|制定)(?:了?如下|以下|本)[^。\n]{0,6}措施")),
    ("actual", re.compile(r"(?:通报|报告|答复)(?:如下|于后)")),
    ("mixed", re.compile(r"(?:通知|公告|通告|批复|函复|复函)如下|予以公告|现批复|函复")),
)
_OPENING = 1500


def document_kind(title: str, text: str) -> str:
    """The kind that most figures of a document have, by its genre: a plan's are targets, a law's are standards.

    ``mixed`` for a notice, and for a text whose title tells nothing but which sets rules; empty for one that reports.
    A notice that issues a plan has the plan's kind; a decision that honours somebody tells facts.
    """
    title = _SUFFIX.sub("", title.strip())
    issued = _SUFFIX.sub("", re.sub(r"的?通知$", "", title))
    if title.endswith(("决定", "命令", "令")) and _HONOURS.search(title):
        return "actual"
    rows = sorted(table("genre_kinds"), key=lambda row: -len(row["ending"]))
    for name in (issued, title):
        for row in rows:
            if name.endswith(row["ending"]):
                return str(row["kind"])
    if len(_ARTICLE.findall(text[:_READ])) >= _ARTICLES:
        return "standard"
    for kind, opening in _OPENINGS:
        if opening.search(text[:_OPENING]):
            return kind
    head = text[:_READ]
    ruling, telling = len(_RULING.findall(head)), len(_TELLING.findall(head))
    if ruling > telling:
        return "mixed"
    tasks = len(_TASKS.findall(head))
    return "target" if tasks >= _MANY_TASKS and tasks > 4 * len(_OVER.findall(head)) else ""
