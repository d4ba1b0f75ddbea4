"""本体：policy.ttl 与 terms.py 一字不差，每个术语有中英文名称、定义和来处。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from planted import PLANTED
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import ontology
from kg import Graph
from kg.analysis.network import _EDGES, _NODES
from kg.forms.ontology_page import page
from kg.forms.tables import TABLES
from ontology import terms
from ontology.terms import BASE, EK, PREFIXES

TTL = ontology.resource("policy.ttl")
CODES = BASE + "code/"


@pytest.fixture(scope="module")
def policy() -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.parse(data=TTL.read_text(encoding="utf-8"), format="turtle")
    return graph


def own(policy: rdflib.Graph) -> Iterator[rdflib.URIRef]:
    for subject in sorted(set(policy.subjects(RDF.type, None))):
        if str(subject).startswith(EK.iri):
            yield rdflib.URIRef(str(subject))


def test_the_terms_are_those_of_the_ontology(policy: rdflib.Graph) -> None:
    assert {str(term).removeprefix(EK.iri) for term in own(policy)} == set(EK)


def test_every_term_has_names_and_definitions_in_both_languages(policy: rdflib.Graph) -> None:
    for term in own(policy):
        for predicate in (RDFS.label, SKOS.definition):
            languages = [value.language for value in policy.objects(term, predicate)]  # type: ignore[attr-defined]
            assert sorted(languages) == ["en", "zh"], f"{term} {predicate}"


def test_labels_are_not_shared(policy: rdflib.Graph) -> None:
    labels = [str(label) for term in own(policy) for label in policy.objects(term, RDFS.label)]
    assert len(labels) == len(set(labels))


def test_every_class_stands_under_a_known_vocabulary(policy: rdflib.Graph) -> None:
    for term in own(policy):
        if (term, RDF.type, OWL.Class) in policy:
            above = {str(a) for a in policy.transitive_objects(term, RDFS.subClassOf)} - {str(term)}
            assert any(not a.startswith(BASE) for a in above), term


def test_facts_plans_and_norms_are_disjoint(policy: rdflib.Graph) -> None:
    pairs = {frozenset(map(str, pair)) for pair in policy.subject_objects(OWL.disjointWith)}
    kinds = [EK.AchievedQuantity, EK.PlannedQuantity, EK.NormQuantity]
    assert pairs == {frozenset((a, b)) for a in kinds for b in kinds if a != b}


def test_codes_belong_to_a_list_and_are_named_in_both_languages(policy: rdflib.Graph) -> None:
    concepts = list(policy.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 30
    for concept in concepts:
        scheme = policy.value(concept, SKOS.inScheme)
        assert scheme is not None
        assert str(concept).startswith(f"{scheme}-")
        assert sorted(label.language for label in policy.objects(concept, SKOS.prefLabel)) == ["en", "zh"]  # type: ignore[attr-defined]


def test_a_misspelt_term_is_an_error_with_a_hint() -> None:
    with pytest.raises(AttributeError, match="did you mean issuedBy"):
        _ = EK.isuedBy
    assert EK["issuedBy"] == EK.iri + "issuedBy"
    assert "issuedBy" in EK
    assert "isuedBy" not in EK


def test_there_are_no_blank_nodes(policy: rdflib.Graph) -> None:
    assert not [node for triple in policy for node in triple if isinstance(node, rdflib.BNode)]


def queries() -> dict[str, str]:
    rules = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in ontology.resource("rules").iterdir()
        if entry.name.endswith(".rq")
    }
    return {
        **rules,
        **{f"tables.{k}": v for k, v in TABLES.items()},
        **{f"network.{k}": v for k, v in (_NODES | _EDGES).items()},
    }


@pytest.mark.parametrize("name", sorted(queries()))
def test_every_query_uses_only_terms_that_are_defined(name: str) -> None:
    text = queries()[name]
    for prefix, term in re.findall(r"\b(ek|eli|nif|dct|skos|prov|rdf|rdfs):(\w+)", text):
        assert term in getattr(terms, prefix.upper()), f"{prefix}:{term}"
    ox.Store().query(text, prefixes=PREFIXES)


@pytest.mark.parametrize("name", sorted(n for n in queries() if n.endswith(".rq") and n not in PLANTED))
def test_every_rule_has_titles_and_says_something_on_the_samples(sample_graph: Graph, name: str) -> None:
    text = queries()[name]
    assert re.search(r"^# title\.zh: \S", text, re.M)
    assert re.search(r"^# title\.en: \S", text, re.M)
    assert len(sample_graph.query(text)) > 0


def test_the_graph_uses_only_terms_of_known_vocabularies(sample_graph: Graph) -> None:
    known = {
        iri for space in vars(terms).values() if isinstance(space, terms.Namespace) for iri in space._terms.values()
    }
    rows = sample_graph.query(
        "SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), STR(g:src-)) || ?g = g:inferred) }"
    )
    assert {str(p) for (p,) in rows} <= known
    rows = sample_graph.query("SELECT DISTINCT ?c { GRAPH ?g { ?s a ?c } FILTER(STRSTARTS(STR(?g), STR(g:src-))) }")
    assert {str(c) for (c,) in rows} <= known


def test_closed_code_lists_are_defined(sample_graph: Graph, policy: rdflib.Graph) -> None:
    defined = {str(concept) for concept in policy.subjects(RDF.type, SKOS.Concept)}
    closed = {str(scheme) for scheme in policy.subjects(RDF.type, SKOS.ConceptScheme)}
    rows = sample_graph.query("SELECT DISTINCT ?o { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?o), STR(c:))) }")
    used = {str(o) for (o,) in rows}
    assert len(used) > 15
    assert {code for code in used if code.rpartition("-")[0] in closed or code in closed} <= defined | closed


def test_datatypes_are_those_that_both_engines_write_alike(sample_graph: Graph) -> None:
    rows = sample_graph.query("SELECT DISTINCT (DATATYPE(?o) AS ?d) { ?s ?p ?o FILTER(isLiteral(?o)) }")
    allowed = {terms.XSD[name] for name in ("string", "integer", "decimal", "date", "gYearMonth", "gYear", "boolean")}
    assert {str(d) for (d,) in rows} <= allowed | {terms.RDF.langString}


def test_areas_lead_up_to_the_nation_by_their_codes(sample_graph: Graph) -> None:
    rows = sample_graph.query("SELECT ?a ?b { ?x ek:gb2260 ?a ; ek:parentArea/ek:gb2260 ?b }")
    assert len(rows) > 5
    for code, above in rows:
        assert str(code).startswith(re.sub("(00)+$", "", str(above)))


def test_the_page_of_the_ontology_is_up_to_date() -> None:
    written = (Path(__file__).parents[1] / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert written == page(), "write it anew with: python -m kg.forms.ontology_page docs/ontology.md"


def test_every_code_list_tells_its_source(policy: rdflib.Graph) -> None:
    for scheme in policy.subjects(RDF.type, SKOS.ConceptScheme):
        assert policy.value(scheme, rdflib.DCTERMS.source) is not None
