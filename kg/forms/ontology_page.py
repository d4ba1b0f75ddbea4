"""The page of the ontology for readers, written from ``policy.ttl``, the shapes, the rules and the questions.

``python -m kg.forms.ontology_page docs/ontology.md`` writes it anew; a test tells when that is due.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import ontology
from kg.checking.auditing import AUDITS
from kg.checking.shapes import constraints
from kg.folder.infer import rules
from kg.query.asking import questions
from ontology.terms import BASE, EK, PREFIXES

__all__ = ["page"]

_DIAGRAM = """```mermaid
flowchart LR
  text[SourceText 来源文本] -- eli:realizes --> doc[OfficialDocument 公文]
  mention[Mention 文本提及] -- nif:referenceContext --> text
  mention -- refersTo --> agency[Agency 机关单位]
  mention -- refersTo --> doc
  mention -- refersTo --> alias[UnresolvedAlias 未决别称]
  doc -- issuedBy --> agency
  doc -- respondsTo --> proposal[Proposal 建议或提案]
  agency -- jurisdiction --> area[AdministrativeArea 行政区划]
  area -- parentArea --> area
  citation[Citation 引用] -- citingDocument / citedDocument --> doc
  issuance[Issuance 印发行为] -- issuedDocument --> doc
  issuance -- issuingAgency --> agency
  quantity[QuantityClaim 数量陈述] -- place --> area
  quantity -- aboutProgram --> program[Program 制度项目]
  quantity -- unit --> unit[MeasureWord 单位]
  quantity -- population --> group[PopulationGroup 人群]
  check[Check 核算] -- stated / operand --> quantity
  target[Target 目标] -- targetFigure --> quantity
  target -- setBy --> doc
  duty[Duty 职责] -- dutyOf --> agency
  conflict[Conflict 冲突] -- conflictMember --> issuance
  citation & issuance & quantity & target & duty & check -- evidence --> mention
  citation & issuance & quantity & target & duty & check -- readBy --> reading[Reading 读法]
```"""


def page() -> str:
    """The page, in Markdown."""
    graph = rdflib.Graph()
    graph.parse(data=ontology.resource("policy.ttl").read_text(encoding="utf-8"), format="turtle")
    parts = [*_opening(), *_terms(graph), *_codes(graph), *_rest()]
    return "\n".join(parts) + "\n"


def _opening() -> Iterator[str]:
    yield "# 本体 The ontology"
    yield ""
    yield "由 `ontology` 下的 `policy.ttl`、`shapes.ttl`、`rules/`、`questions/` 生成："
    yield "`python -m kg.forms.ontology_page docs/ontology.md`。"
    yield ""
    yield f"命名空间 namespace: `{EK.iri}`，代码 codes: `{BASE}code/`。"
    yield ""
    yield _DIAGRAM


def _short(term: object) -> str:
    text = str(term)
    for name, iri in PREFIXES.items():
        if text.startswith(iri):
            return f"{name}:{text.removeprefix(iri)}"
    return text.rpartition("/")[2]


def _said(graph: rdflib.Graph, term: rdflib.term.Node, predicate: rdflib.URIRef, language: str) -> str:
    found = (str(v) for v in graph.objects(term, predicate) if getattr(v, "language", None) == language)
    return next(found, "").replace("|", "\\|")


def _terms(graph: rdflib.Graph) -> Iterator[str]:
    for title, kinds, above in (
        ("类 Classes", (OWL.Class,), RDFS.subClassOf),
        ("属性 Properties", (OWL.ObjectProperty, OWL.DatatypeProperty), RDFS.subPropertyOf),
    ):
        yield f"\n## {title}\n"
        yield "| 术语 term | 中文 | English | 定义 definition | 上位 under |"
        yield "| --- | --- | --- | --- | --- |"
        terms = sorted({term for kind in kinds for term in graph.subjects(RDF.type, kind)}, key=str)
        for term in terms:
            names = (_said(graph, term, RDFS.label, language) for language in ("zh", "en"))
            meaning = " ".join(_said(graph, term, SKOS.definition, language) for language in ("zh", "en"))
            uppers = ", ".join(sorted(_short(upper) for upper in graph.objects(term, above)))
            yield f"| `{_short(term)}` | {' | '.join(names)} | {meaning} | {uppers} |"


def _codes(graph: rdflib.Graph) -> Iterator[str]:
    yield "\n## 代码表 Code lists"
    source = rdflib.URIRef(PREFIXES["dct"] + "source")
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        zh, en = (_said(graph, scheme, SKOS.prefLabel, language) for language in ("zh", "en"))
        yield f"\n### {zh} {en} `{_short(scheme)}`\n"
        yield f"出处 source: {graph.value(scheme, source)}\n"
        for code in sorted(graph.subjects(SKOS.inScheme, scheme), key=str):
            words = " ".join(_said(graph, code, SKOS.prefLabel, language) for language in ("zh", "en"))
            notation = graph.value(code, SKOS.notation)
            yield f"- `{_short(code)}` {words}{f' {notation}' if notation else ''}"


def _rest() -> Iterator[str]:
    yield "\n## 规则 Rules\n"
    for rule in rules():
        heads = dict(re.findall(r"^# (\S+): (.+)$", rule.query, re.MULTILINE))
        yield f"- `{rule.name}` → `{_short(rule.graph)}`: {heads['title.zh']}。{heads['title.en']}."
    yield "\n## 校验 Shapes\n"
    for shape in sorted({(c.shape, c.severity, c.zh, c.en) for c in constraints()}):
        yield f"- `{shape[0]}` ({shape[1]}): {shape[2]}。{shape[3]}."
    yield "\n## 审计 Audits\n"
    for name, kind in AUDITS.items():
        yield f"- `{name}` ({kind.severity}{'' if kind.on else ', off by default'}): {questions()[kind.question].zh}"
    yield "\n## 问题 Questions\n"
    for asked in questions().values():
        named = ", ".join(f"`{p.name}`" for p in asked.parameters)
        yield f"- `{asked.id}` {asked.zh} {asked.en}{f' ({named})' if named else ''}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
