"""校验与审计：好图无错，种下的错一个不漏，样例里故意留的矛盾条条报出，别无误报。"""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from mutants import MUTANTS
from typer.testing import CliRunner

import ontology
from kg import Graph
from kg.checking.auditing import AUDITS, audit, verified
from kg.checking.evidence import unfounded, unfounded_of
from kg.checking.shapes import constraints
from kg.checking.validate import check, validate
from kg.cli import app
from ontology.terms import BASE, EK, PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def triples(sample_graph: Graph) -> list[ox.Quad]:
    """The default graph of the samples."""
    return list(sample_graph.store.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def broken(store: ox.Store) -> set[str]:
    return {c.shape for c in constraints() if any(True for _ in store.query(c.query, prefixes=PREFIXES))}


def test_the_samples_break_no_shape_and_have_evidence_for_all(sample_graph: Graph) -> None:
    assert validate(sample_graph) == ()


def test_every_shape_has_mutants() -> None:
    assert set(MUTANTS) == {c.shape for c in constraints()}
    assert all(len(faults) >= 5 for faults in MUTANTS.values())


@pytest.mark.parametrize("shape", sorted(MUTANTS))
def test_planted_faults_are_caught(triples: list[ox.Quad], shape: str) -> None:
    for fault in MUTANTS[shape]:
        store = ox.Store()
        store.extend(triples)
        before = len(store)
        content = set(store)
        store.update(HEAD + fault)
        assert len(store) != before or set(store) != content, f"changes nothing: {fault}"
        assert shape in broken(store), fault


def test_shapes_are_worded_in_both_languages() -> None:
    for constraint in constraints():
        assert constraint.zh
        assert constraint.en
        assert constraint.severity in ("violation", "warning", "info")


def test_a_constraint_that_cannot_be_checked_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ontology.resource("shapes.ttl").read_text(encoding="utf-8")

    class Stub:
        def read_text(self, encoding: str) -> str:
            return real.replace("sh:maxLength 400", "sh:uniqueLang true", 1)

    monkeypatch.setattr(ontology, "resource", lambda name: Stub())
    constraints.cache_clear()
    try:
        with pytest.raises(ValueError, match="uniqueLang"):
            constraints()
    finally:
        constraints.cache_clear()


def test_pyshacl_gives_the_same_verdicts(triples: list[ox.Quad]) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    shapes = rdflib.Graph()
    shapes.parse(data=ontology.resource("shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    shapes.remove((None, shacl.sparql, None))
    core = ("S03-agency", "S05-source", "S10-quantity", "S11-classes", "S14-citation", "S16-claim", "S19-target")
    for shape in core:
        store = ox.Store()
        store.extend(triples)
        store.update(HEAD + MUTANTS[shape][0])
        data = rdflib.Graph()
        dump = ox.serialize((ox.Triple(q.subject, q.predicate, q.object) for q in store), format=ox.RdfFormat.N_TRIPLES)
        data.parse(data=dump, format="nt")
        conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
        assert not conforms
        nodes = {str(node) for node in report.objects(None, shacl.focusNode)}
        found = [c for c in constraints() if c.shape == shape]
        ours = {str(row[0].value) for c in found for row in store.query(c.query, prefixes=PREFIXES)}
        assert ours
        assert ours <= nodes


class TestEvidence:
    def test_all_statements_of_the_samples_are_founded(self, sample_graph: Graph) -> None:
        assert list(unfounded(sample_graph)) == []

    @pytest.mark.parametrize(
        "stray",
        [
            f"<{BASE}id/org/000000/某部> <{EK.jurisdiction}> <{BASE}id/area/000000> .",
            f"<urn:count> <{EK.value}> 3 .",
            f"<urn:count> a <{EK.QuantityClaim}> .",
            f'<urn:doc> <{EK.documentNumber}> "甲〔2021〕1号" .',
            f"<urn:a> <{EK.citedDocument}> <urn:b> .",
        ],
    )
    def test_a_stray_statement_is_found(self, stray: str) -> None:
        quads = list(ox.parse(stray, format=ox.RdfFormat.TURTLE))
        assert len(list(unfounded_of(quads))) == 1

    def test_what_an_evidenced_node_speaks_of_is_founded(self) -> None:
        told = f"<urn:q> <{EK.evidence}> <urn:m> ; <{EK.place}> <urn:p> . <urn:p> <{EK.parentArea}> <urn:above> ."
        told += f" <urn:above> <{EK.gb2260}> '000000' ."
        assert list(unfounded_of(list(ox.parse(told, format=ox.RdfFormat.TURTLE)))) == []


@pytest.fixture(scope="module")
def alarms(sample_graph: Graph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for alarm in audit(sample_graph):
        found.setdefault(alarm.kind, []).append(alarm.zh)
    return found


class TestAudit:
    def test_planted_inconsistencies_are_reported_and_nothing_else(self, alarms: dict[str, list[str]]) -> None:
        assert sorted(alarms["arithmetic"]) == [
            "通民发〔2024〕903号：占比之和不符，所写 —，推算 104",
            "通民发〔2024〕903号：增幅不符，所写 9.5，推算 7.5",
            "陕民公告〔2022〕901号：表格合计不符，所写 1280，推算 1250",
            "青医保规〔2021〕901号：有效期不符，所写 5，推算 4.83",
        ]
        assert len(alarms["issuers"]) == len(alarms["issuers-across"]) == 1
        assert "四川省卫生健康委员会" in alarms["issuers"][0]
        assert "浙江省卫生健康委员会" in alarms["issuers-across"][0]
        assert sorted(alarms["members"]) == [
            "《安庆市居家适老化改造三年行动方案（2023—2025年）》政策解读所列联席会议成员没有安徽省安庆市残疾人联合会，"
            "宜政办秘〔2023〕901号有",
            "宜政办秘〔2023〕901号所列联席会议成员没有安徽省安庆市卫生健康委员会，"
            "《安庆市居家适老化改造三年行动方案（2023—2025年）》政策解读有",
        ]
        assert alarms["values"] == ["安徽省安庆市 2025-12-31 的“居家适老化改造”，一处写 3200，引用它的另一处写 3600"]
        assert alarms["code"] == [
            "通民发〔2023〕912号 的机关代字属于江苏省南通市民政局，与发文机关江苏省南通市财政局不合"
        ]
        assert alarms["wording"] == ["文字疑点：超2347万"]

    def test_unresolved_citations_are_ranked(self, alarms: dict[str, list[str]]) -> None:
        assert alarms["unresolved"][0].startswith("GB38600-2019 被 4 份文件引用")

    def test_correct_sums_are_counted(self, sample_graph: Graph) -> None:
        checks = verified(sample_graph)
        assert checks["growth"] == {"rounded": 1, "wrong": 1}
        assert checks["total"] == {"exact": 1, "wrong": 1}
        assert checks["sum"] == {"exact": 1}

    @pytest.mark.parametrize("kind", sorted(AUDITS))
    def test_every_kind_can_be_asked_for(self, sample_graph: Graph, kind: str) -> None:
        for alarm in audit(sample_graph, [kind]):
            assert alarm.zh
            assert alarm.en
            assert "{" not in alarm.zh + alarm.en

    def test_alarms_have_evidence(self, sample_graph: Graph) -> None:
        for alarm in audit(sample_graph, ["arithmetic", "issuers", "values", "wording"]):
            assert any(sample_graph.evidence(node) for node in alarm.nodes), alarm

    def test_an_unknown_kind_is_refused(self, sample_graph: Graph) -> None:
        with pytest.raises(ValueError, match="there are: arithmetic"):
            list(audit(sample_graph, ["style"]))


def test_the_command_reports_and_its_code_tells_how_grave(sample_folder: Path, sample_graph: Graph) -> None:
    runner = CliRunner()
    text = runner.invoke(app, ["check", str(sample_folder)])
    assert text.exit_code == 1
    assert "规则校验 shapes: 0" in text.stdout
    assert "增幅不符" in text.stdout
    told = runner.invoke(app, ["check", str(sample_folder), "--format", "json", "--audit", "code"])
    report = json.loads(told.stdout)
    assert {alarm["kind"] for alarm in report["alarms"]} == {"code"}
    assert report["exit_code"] == told.exit_code == 1
    assert runner.invoke(app, ["check", str(sample_folder), "--audit", "ladder"]).exit_code == 0
    assert check(sample_graph, ["wording"]).exit_code == 0
