"""推理规则：各入其图，可以整图丢掉再推，推测不混入默认图。"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from planted import PLANTED

from kg import Graph
from kg.folder.infer import INFERRED, SUGGESTED, infer, rules
from kg.folder.store import OxigraphStore
from ontology.terms import PREFIXES

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def stored(turtle: str) -> OxigraphStore:
    store = OxigraphStore()
    store.load_turtle((HEAD + turtle).encode(), "urn:given")
    return store


def test_a_figure_from_before_the_target_answers_nothing() -> None:
    query = next(rule.query for rule in rules() if rule.name == "81-measures-target.rq")
    late = PLANTED["81-measures-target.rq"].replace('"2023-05-01"', '"2025-05-01"')
    assert list(stored(late).query(query)) == []


@pytest.mark.parametrize(
    ("name", "given", "instead"),
    [
        # 两件同名、别地同名、自己有文号的，都不认作同一文件。
        (
            "84-same-document.rq",
            "<urn:d2> dct:title",
            '<urn:d3> ek:documentNumber "9号" ; eli:jurisdiction <urn:a> ; dct:title "养老服务促进办法"@zh .'
            " <urn:d2> dct:title",
        ),
        ("84-same-document.rq", "<urn:d2> dct:title", '<urn:d2> ek:documentNumber "乙民发〔2021〕9号" ; dct:title'),
        (
            "84-same-document.rq",
            '〕9号" ; dct:title "养老服务促进办法"@zh ; eli:jurisdiction <urn:a>',
            '〕9号" ; dct:title "养老服务促进办法"@zh ; eli:jurisdiction <urn:b>',
        ),
        # 年内就成文的，写的是打算。
        ("82-value-conflicts.rq", "2024-02-02", "2023-02-02"),
        ("85-succeeded-by.rq", "卫生健康委员会", "民政局"),
        ("86-broader-program.rq", "长期护理保险制度试点", "长期护理保险经办"),
    ],
)
def test_a_rule_draws_no_conclusion_from_less(name: str, given: str, instead: str) -> None:
    query = next(rule.query for rule in rules() if rule.name == name)
    assert given in PLANTED[name]
    assert list(stored(PLANTED[name].replace(given, instead)).query(query)) == []


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_a_rule_draws_its_conclusion(name: str) -> None:
    query = next(rule.query for rule in rules() if rule.name == name)
    assert len(list(stored(PLANTED[name]).query(query))) > 0


@pytest.mark.parametrize(
    ("time", "days"),
    [
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023-12-31", ("2023-12-31", "2023-12-31")),
        ("2021/..", ("2021-01-01", None)),
        ("../2025-06", (None, "2025-06-30")),
        ("2023-04/2025-03", ("2023-04-01", "2025-03-31")),
        ("2003-12-18T20:40", ("2003-12-18", "2003-12-18")),
        ("2023-02-30", (None, None)),
        ("2023-13", (None, None)),
        ("2100-02", ("2100-02-01", "2100-02-28")),
        ("2000-02", ("2000-02-01", "2000-02-29")),
        ("2023-04", ("2023-04-01", "2023-04-30")),
        ("十四五", (None, None)),
    ],
)
def test_periods_have_a_first_and_a_last_day(time: str, days: tuple[str | None, str | None]) -> None:
    (query,) = (rule.query for rule in rules() if rule.name == "00-periods.rq")
    told = {
        t.predicate.value.rpartition("#")[2]: t.object.value
        for t in stored(f'<urn:f> ek:period "{time}" .').query(query)
    }
    assert (told.get("periodStart"), told.get("periodEnd")) == days
    planned = stored(f'<urn:f> ek:period "{time}" ; a ek:PlannedQuantity .')
    assert [t.object.value for t in planned.query(query)] == [day for day in days[1:] if day]


def test_rules_are_numbered_and_each_fills_one_graph() -> None:
    names = [rule.name for rule in rules()]
    assert names == sorted(names)
    assert {rule.graph for rule in rules()} == {INFERRED, SUGGESTED}


def test_inference_can_be_dropped_and_done_again_with_the_same_result(sample_graph: Graph) -> None:
    store = OxigraphStore()
    for name in sample_graph.store.graphs():
        if name not in (INFERRED, SUGGESTED):
            store.replace(name, sample_graph.store.dump(name))
    for _ in range(2):
        infer(store)
        for name in (INFERRED, SUGGESTED):
            assert store.dump(name) == sample_graph.store.dump(name)


def test_suggestions_are_seen_only_by_those_who_name_their_graph(sample_graph: Graph) -> None:
    inside = "{ ?s ek:conflictMember|ek:higherCounterpart|ek:measuresTarget ?o }"
    assert len(sample_graph.query(f"SELECT ?s WHERE {inside}")) == 0
    assert len(sample_graph.query(f"SELECT ?s WHERE {{ GRAPH g:suggested {inside} }}")) > 0


def test_a_higher_counterpart_is_the_same_body_one_step_up(sample_graph: Graph) -> None:
    rows = sample_graph.query(
        "SELECT ?a ?b WHERE { GRAPH g:suggested { ?x ek:higherCounterpart ?y }"
        " ?x skos:prefLabel ?a . ?y skos:prefLabel ?b }"
    )
    pairs = {(str(a), str(b)) for a, b in rows}
    assert ("重庆市渝北区医疗保障局", "重庆市医疗保障局") in pairs
    assert all(a.endswith(b[-3:]) and a != b for a, b in pairs)


def test_tiers_follow_the_issuers_the_code_or_the_wording(sample_graph: Graph) -> None:
    rows = sample_graph.query(
        "SELECT ?n ?t WHERE { ?d rdfs:label ?n ; ek:tier/skos:prefLabel ?t FILTER(LANG(?t) = 'zh') }"
    )
    tiers = dict(rows)
    assert tiers["渝医保发〔2021〕63号"] == "市级"
    assert tiers["居家和社区养老服务改革试点实施方案"] == "区级"
    assert tiers["关于进一步推进医养结合发展的指导意见"] == "国家"
    assert tiers["国发〔2021〕35号"] == "国家"
    assert tiers["张民发〔2023〕905号"] == "县级"
    assert tiers["天民发〔2022〕906号"] == "市级"


def test_conflicting_lists_of_issuers_are_conflicts(sample_graph: Graph) -> None:
    rows = sample_graph.query(
        "SELECT DISTINCT ?n WHERE { GRAPH g:suggested { ?c ek:conflictKind c:conf-issuers ; ek:conflictMember ?i }"
        " ?i ek:issuedDocument/rdfs:label ?n }"
    )
    assert {name for (name,) in rows} == {"长期护理成人失能分类规范", "浙民养〔2023〕901号"}


def test_an_empty_graph_infers_nothing() -> None:
    store = stored("")
    infer(store)
    assert not list(store.store.quads_for_pattern(None, None, None, ox.NamedNode(SUGGESTED)))
