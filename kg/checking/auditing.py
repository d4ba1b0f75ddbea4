"""The audit: what in the documents themselves does not add up, disagree or lead nowhere.

Each kind asks one of the questions of ``ontology/questions`` and words its rows; so every alarm can be asked for by
hand, with its evidence. Kinds that are right in fewer than nine of ten cases on a mixed corpus are off unless named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.graph import Graph
from kg.query.answers import Value
from kg.query.asking import ask, question

__all__ = ["AUDITS", "Alarm", "Audit", "audit", "verified"]


class Audit(NamedTuple):
    """A kind of alarm: the question behind it, its severity, its wording, whether it is on by default.

    ``only`` keeps the rows in which a column has the value. ``zh`` and ``en`` name columns in braces.
    """

    question: str
    severity: str
    zh: str
    en: str
    on: bool = True
    only: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to look at: its kind and severity, in words, and the nodes whose characters say so."""

    kind: str
    severity: str
    zh: str
    en: str
    nodes: tuple[str, ...]


AUDITS: dict[str, Audit] = {
    "arithmetic": Audit(
        "cq50",
        "warning",
        "{document}：{kind}不符，所写 {stated}，推算 {computed}",
        "{document}: {kind}: stated {stated}, computed {computed}",
    ),
    "issuers": Audit(
        "cq28",
        "warning",
        "《{document}》的联合发文机关前后不一，后一处少了{missing_in_second}",
        "{document}: a second list of its issuers lacks {missing_in_second}",
    ),
    "issuers-across": Audit(
        "cq42",
        "warning",
        "{named_in}所列{document}的发文机关少了{missing}",
        "{named_in} names the issuers of {document} without {missing}",
    ),
    "members": Audit(
        "cq56",
        "warning",
        "{document}所列{body}成员没有{missing}，{other_document}有",
        "{document} names the members of {body} without {missing}; {other_document} has it",
    ),
    "values": Audit(
        "cq54",
        "warning",
        "{region} {until} 的“{what}”，一处写 {value}，引用它的另一处写 {other_value}",
        "{what} in {region} at {until}: {value} in one document, {other_value} in one that cites it",
    ),
    "values-anywhere": Audit(
        "cq43",
        "info",
        "{region} {until} 的“{what}”，一处写 {value}，另一处写 {other_value}",
        "{what} in {region} at {until}: {value} in one document, {other_value} in another",
        on=False,
    ),
    "code": Audit(
        "cq55",
        "warning",
        "{number} 的机关代字属于{inferred}，与发文机关{issuer}不合",
        "the code of {number} is that of {inferred}, not of its issuer {issuer}",
    ),
    "unresolved": Audit(
        "cq32",
        "info",
        "{document} 被 {citing_documents} 份文件引用，库中没有文本",
        "{document} is cited by {citing_documents} documents and is not held",
    ),
    "unnumbered": Audit(
        "cq53",
        "info",
        "{document} 引用了没有文号的《{cited}》",
        "{document} cites {cited}, which has no number",
    ),
    "wording": Audit("cq30", "info", "文字疑点：{surface}", "doubtful wording: {surface}"),
    "comparability": Audit(
        "cq44",
        "info",
        "{region}的“{what}”与{other_region}的“{other_what}”不可直接比较，不同在{why}："
        "时点 {time}、{other_time}，界限 {comparator}、{other_comparator}，单位 {unit}、{other_unit}",
        "{what} of {region} and {other_what} of {other_region} are not comparable: time {time} and {other_time}, "
        "bound {comparator} and {other_comparator}, unit {unit} and {other_unit}",
        on=False,
    ),
    "promises": Audit(
        "cq40",
        "info",
        "{region}的目标“{what}”{target}（期限 {deadline}），后来的数是 {figure}（{period}）",
        "the target {what} of {region}, {target} by {deadline}: later {figure} ({period})",
        on=False,
        only={"met": False},
    ),
    "ladder": Audit(
        "cq52",
        "info",
        "{basis}：{tier}没有落实文件",
        "{basis}: nothing implements it on the tier {tier}",
        on=False,
        only={"documents": 0},
    ),
    "siblings": Audit(
        "cq45",
        "info",
        "同类文件“{stem}”：{region} {document} {written}，晚 {days} 天",
        "of the title {stem}: {document} of {region}, {written}, {days} days after the first",
        on=False,
    ),
    "proposals": Audit(
        "cq46",
        "info",
        "{session}{kind}第{number}号：{handler}，成文 {written}，上网 {posted}，相隔 {days} 天",
        "{kind} {number} of {session}: {handler}, signed {written}, posted {posted}, {days} days",
        on=False,
    ),
}


def audit(graph: Graph, kinds: Iterable[str] | None = None) -> Iterator[Alarm]:
    """Alarms of these kinds, those that are on by default where none is named.

    Raises:
        ValueError: no such kind.
    """
    wanted = [name for name, kind in AUDITS.items() if kind.on] if kinds is None else list(kinds)
    for name in wanted:
        if name not in AUDITS:
            raise ValueError(f"no audit {name!r}; there are: {', '.join(AUDITS)}")
        yield from _alarms(graph, name, AUDITS[name])


def _alarms(graph: Graph, name: str, kind: Audit) -> Iterator[Alarm]:
    asked = question(kind.question)
    reply = ask(graph, asked.id, {parameter.name: "*" for parameter in asked.parameters})
    for row, nodes in zip(reply.rows, reply.nodes, strict=True):
        cells = dict(zip(asked.columns, row, strict=True))
        if any(cells[column] != value for column, value in (kind.only or {}).items()):
            continue
        words = {column: "—" if cell is None else str(cell) for column, cell in cells.items()}
        yield Alarm(name, kind.severity, kind.zh.format(**words), kind.en.format(**words), nodes)


_VERDICTS = """SELECT ?kind ?verdict (COUNT(?check) AS ?checks) WHERE {
  ?check a ek:Check ; ek:checkKind ?sort ; ek:verdict ?grade .
  BIND(STRAFTER(STR(?sort), "check-") AS ?kind) BIND(STRAFTER(STR(?grade), "verdict-") AS ?verdict)
} GROUP BY ?kind ?verdict ORDER BY ?kind ?verdict"""


def verified(graph: Graph) -> dict[str, dict[str, int]]:
    """How many figures were checked, by kind and verdict: ``{"growth": {"rounded": 1}}``."""
    found: dict[str, dict[str, int]] = {}
    for kind, verdict, checks in graph.query(_VERDICTS):
        found.setdefault(str(kind), {})[str(verdict)] = int(str(checks))
    return found
