"""What things and terms are called: labels of any nodes of a graph, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from kg.graph import Graph
from ontology.terms import BASE, DCT, EK, ELI, PREFIXES, RDF, RDFS, SKOS

__all__ = ["Name", "compact", "names_of"]

_SHORT = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))
_NAMING = (RDF.type, SKOS.prefLabel, RDFS.label, DCT.title, EK.documentNumber, EK.what, EK.value, EK.unit, EK.fileName)
_CODES = {
    SKOS.Concept,
    "http://www.w3.org/2002/07/owl#ObjectProperty",
    "http://www.w3.org/2002/07/owl#DatatypeProperty",
}
# Terms of other vocabularies that our ontology uses without naming them.
_OTHERS = {
    RDF.type: ("类", "type"),
    RDFS.label: ("名称", "label"),
    SKOS.prefLabel: ("名称", "name"),
    SKOS.altLabel: ("别名", "other name"),
    SKOS.definition: ("定义", "definition"),
    SKOS.notation: ("代码", "notation"),
    SKOS.inScheme: ("所属代码表", "in scheme"),
    SKOS.exactMatch: ("等同", "same as"),
    DCT.title: ("题名", "title"),
    DCT.identifier: ("标识", "identifier"),
    DCT.issued: ("公布日期", "issued"),
    DCT.source: ("来源", "source"),
    DCT.accessRights: ("公开方式", "access rights"),
    DCT.audience: ("读者", "audience"),
    DCT.spatial: ("地域", "place"),
    DCT.relation: ("有关", "related"),
    RDFS.subClassOf: ("上位类", "subclass of"),
    RDFS.subPropertyOf: ("上位属性", "subproperty of"),
    ELI.cites: ("引用", "cites"),
    ELI.cited_by: ("被引用", "cited by"),
    ELI.based_on: ("依据", "based on"),
    ELI.basis_for: ("作为依据", "basis for"),
    ELI.repeals: ("废止", "repeals"),
    ELI.amends: ("修订", "amends"),
    ELI.publisher_agent: ("印发单位", "published by"),
    ELI.jurisdiction: ("适用地域", "jurisdiction"),
    ELI.type_document: ("文种", "kind of document"),
    ELI.date_document: ("成文日期", "date"),
    ELI.date_publication: ("发布日期", "published"),
    ELI.realizes: ("所载文件", "text of"),
    ELI.is_realized_by: ("正文", "text"),
}


class Name(NamedTuple):
    """What something is called: ``label`` for those who read Chinese, ``en`` for others; its class in short."""

    label: str
    en: str
    kind: str = ""


def compact(iri: str) -> str:
    """An IRI as people read it: its prefix and the rest, percent signs undone.

    >>> compact("https://w3id.org/cn-eldercare/ont#place"), compact("https://w3id.org/cn-eldercare/code/unit-%25")
    ('ek:place', 'c:unit-%')
    """
    for long, prefix in _SHORT:
        if iri.startswith(long):
            return f"{prefix}:{unquote(iri[len(long) :])}"
    return unquote(iri)


def names_of(graph: Graph, iris: Iterable[str]) -> dict[str, Name]:
    """Names of nodes, classes and properties, by IRI; of what has none its IRI in short."""
    wanted = list(dict.fromkeys(iris))
    told: dict[str, dict[str, list[Any]]] = {iri: {} for iri in wanted}
    asked = [*wanted]
    for _ in range(2):
        for iri, name, term in _said(graph, asked):
            told.setdefault(iri, {}).setdefault(name, []).append(term)
        # Then what these are: their classes, in a second round.
        asked = sorted({t.value for said in told.values() for t in said.get(RDF.type, ())} - set(told))
        told.update({iri: {} for iri in asked})
    return {iri: _name(iri, said, told) for iri, said in told.items()}


def _said(graph: Graph, iris: list[str]) -> Any:
    if not iris:
        return
    nodes = " ".join(str(ox.NamedNode(iri)) for iri in iris)
    properties = " ".join(f"<{name}>" for name in _NAMING)
    query = f"SELECT ?n ?p ?o {{ VALUES ?n {{ {nodes} }} VALUES ?p {{ {properties} }} ?n ?p ?o }}"
    for row in graph.store.query(query):
        yield row["n"].value, row["p"].value, row["o"]


def _name(iri: str, said: dict[str, list[Any]], told: dict[str, dict[str, list[Any]]]) -> Name:
    kinds = sorted({term.value for term in said.get(RDF.type, ())} - _CODES)
    kind = min(kinds, key=lambda k: (k in (EK.OfficialDocument, EK.CitedOnlyDocument, EK.QuantityClaim), k), default="")
    zh = _label(said, "zh")
    en = _label(said, "en")
    if iri in _OTHERS and not zh:
        zh, en = _OTHERS[iri]
    if not zh and EK.value in said:
        unit = unquote(said[EK.unit][0].value.rpartition("unit-")[2]) if EK.unit in said else ""
        what = said[EK.what][0].value if EK.what in said else ""
        zh = f"{what} {said[EK.value][0].value}{unit}".strip()
    if not zh and kind and iri.startswith(f"{BASE}id/"):
        zh = f"{_label(told.get(kind, {}), 'zh') or compact(kind)} {iri.rpartition('/')[2]}"
    return Name(zh or compact(iri), en or zh or compact(iri), compact(kind) if kind else "")


def _label(said: dict[str, list[Any]], language: str) -> str:
    for name in (SKOS.prefLabel, DCT.title, RDFS.label, EK.documentNumber, EK.fileName):
        terms = [term for term in said.get(name, ()) if isinstance(term, ox.Literal)]
        fitting = [t.value for t in terms if t.language == language] or [t.value for t in terms if not t.language]
        if fitting:
            return min(fitting, key=lambda text: (len(text), text))
    return ""
