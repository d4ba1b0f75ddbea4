"""抽取结果到陈述：数量的区间与时期、引用、印发、别称，以及句句有据。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from gold import annotated

from extractors import extract, read
from extractors.model import Extraction, Mention, Relation
from kg.folder.infer import infer
from kg.folder.store import OxigraphStore, with_union
from kg.privacy.masking import shown
from kg.statements.bounds import interval, number, plain
from kg.statements.relate import graph_of, relate
from ontology.terms import BASE, EK

INF = None


@pytest.mark.parametrize(
    ("surface", "comparator", "value", "expected"),
    [
        ("640名", "eq", "640", ("exact", "640", "640")),
        ("1500余万元", "gt", "15000000", ("plus", "15000000", "16000000")),
        ("3万余人", "gt", "30000", ("plus", "30000", "40000")),
        ("20余万人次", "gt", "200000", ("plus", "200000", "300000")),
        ("20万余人次", "gt", "200000", ("plus", "200000", "210000")),
        ("1.5万余人", "gt", "15000", ("plus", "15000", "16000")),
        ("2亿余元", "gt", "200000000", ("plus", "200000000", "300000000")),
        ("1200余人", "gt", "1200", ("plus", "1200", "1300")),
        ("1205余人", "gt", "1205", ("plus", "1205", "1206")),
        ("60多个", "gt", "60", ("plus", "60", "70")),
        ("三百余人", "gt", "300", ("plus", "300", "400")),
        ("一百二十多家", "gt", "120", ("plus", "120", "130")),
        ("十余个", "gt", "10", ("plus", "10", "20")),
        ("三千多万元", "gt", "30000000", ("plus", "30000000", "40000000")),
        ("逾10项", "gt", "10", ("over", "10", INF)),
        ("超2347万", "gt", "23470000", ("over", "23470000", INF)),
        ("多于5个", "gt", "5", ("over", "5", INF)),
        ("80岁以上", "ge", "80", ("atleast", "80", INF)),
        ("不超过20%", "le", "20", ("atmost", INF, "20")),
        ("不足3天", "lt", "3", ("below", INF, "3")),
        ("约15万人", "approx", "150000", ("about", INF, INF)),
        ("近万名", "approx", "10000", ("nearly", INF, INF)),
    ],
)
def test_words_of_comparison_leave_their_interval_open(
    surface: str, comparator: str, value: str, expected: tuple[str, str | None, str | None]
) -> None:
    found = interval(surface, comparator, Decimal(value))
    shown = tuple(None if bound is None else plain(bound) for bound in (found.lower, found.upper))
    assert (found.comparator, *shown) == expected


@pytest.mark.parametrize(
    ("surface", "value"), [("5万元", 10**4), ("2亿余元", 10**8), ("1500余万元", 10**4), ("640名", None)]
)
def test_the_multiplier_that_is_written_is_kept(surface: str, value: int | None) -> None:
    assert interval(surface, "eq", Decimal(1)).multiplier == value


def test_a_range_has_both_ends() -> None:
    assert interval("1至3小时", "range", Decimal(1), Decimal(3))[:3] == ("range", Decimal(1), Decimal(3))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "三", "", None])
def test_what_is_no_number_is_none(value: object) -> None:
    assert number(value) is None


TEXT = """青江县民政局关于养老服务情况的复函

县民政局、县财政局等3部门联合印发了《养老服务清单》。2023年，全县发放补贴1500余万元，惠及老年人640名。
按照《养老服务清单》要求，县民政局实施敬老行动。《清单》明确了到2025年床位达800张。
区里另行规定。县民政局、县教育局印发《养老服务清单》。
"""


def m(words: str, type_: str, nth: int = 0, **facts: Any) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Mention(start, start + len(words), type_, f"{type_.lower()}.hand", 0.9, facts)


BUREAU, FINANCE, EDUCATION = "四川省青江县民政局", "四川省青江县财政局", "四川省青江县教育局"
ISSUED = TEXT.index("县民政局、县财政局"), TEXT.index("》。2023")
AGAIN = TEXT.index("县民政局、县教育局"), TEXT.rindex("》")


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    """The graph of a letter whose extraction is made by hand."""
    doc = read(TEXT.encode(), "例.txt")
    mentions = [
        m("青江县民政局", "AGENCY", canonical=BUREAU),
        m("县民政局", "AGENCY", 1, canonical=BUREAU),
        m("县财政局", "AGENCY", canonical=FINANCE),
        m("3", "COUNT", value=3, comparator="eq", unit="个", what="部门", kind="actual"),
        m("养老服务清单", "DOCUMENT_TITLE", document="养老服务清单"),
        m("2023年", "TIME", iso="2023"),
        m("1500余万元", "COUNT", value=15000000, comparator="gt", unit="元", what="补贴", time="2023", kind="actual"),
        m("老年人", "GROUP"),
        m(
            "640名",
            "COUNT",
            value=640,
            comparator="eq",
            unit="名",
            what="老年人",
            time="2023",
            region="四川省",
            kind="actual",
        ),
        m("养老服务清单", "DOCUMENT_TITLE", 1, document="养老服务清单"),
        m("敬老行动", "PROGRAM"),
        m("《清单》", "DOCUMENT_TITLE", document="养老服务清单", anaphor=True),
        m("800张", "COUNT", value=800, comparator="eq", unit="张", what="床位", time="2025", kind="target"),
        m("区里", "AGENCY", canonical=None, reason="没有指明是哪个区", candidates=["四川省成都市锦江区人民政府"]),
    ]
    hand = ("citing.hand", 0.8)
    relations = (
        Relation("养老服务清单", "issued_by", BUREAU, *ISSUED, *hand),
        Relation("养老服务清单", "issued_by", FINANCE, *ISSUED, *hand),
        Relation("养老服务清单", "issued_by", BUREAU, *AGAIN, *hand),
        Relation("养老服务清单", "issued_by", EDUCATION, *AGAIN, *hand),
        Relation("self", "based_on", "养老服务清单", mentions[9].start, mentions[9].end, *hand),
        Relation(BUREAU, "runs", "敬老行动", mentions[10].start, mentions[10].end, *hand),
        Relation(str(mentions[8].start), "measures", "敬老行动", mentions[8].start, mentions[8].end, *hand),
    )
    header = {
        "number": "青民〔2024〕5号",
        "title": "青江县民政局关于养老服务情况的复函",
        "issuers": [BUREAU],
        "genre": "复函",
    }
    sheet = relate(Extraction(doc, header, tuple(mentions), relations), doc.text)
    found = OxigraphStore()
    from kg.statements.rdf import n_quads

    found.load(with_union(n_quads(sheet.statements, sheet.graph), sheet.graph))
    infer(found)
    return found


def ask(store: OxigraphStore, sparql: str) -> list[tuple[str, ...]]:
    return sorted(tuple("" if t is None else t.value for t in row) for row in store.query(sparql))


def test_facts_plans_and_norms_are_classes_apart(store: OxigraphStore) -> None:
    assert ask(store, "SELECT ?w ?v ?e { ?c a ek:PlannedQuantity ; ek:what ?w ; ek:value ?v ; ek:periodEnd ?e }") == [
        ("床位", "800", "2025-12-31")
    ]
    assert len(ask(store, "SELECT ?c { ?c a ek:AchievedQuantity }")) == 3


def test_a_plan_has_a_deadline_and_no_beginning(store: OxigraphStore) -> None:
    assert ask(store, "SELECT ?s { ?c a ek:PlannedQuantity ; ek:periodStart ?s }") == []


def test_a_count_says_what_where_when_and_of_whom(store: OxigraphStore) -> None:
    rows = ask(
        store,
        "SELECT ?v ?u ?p ?t ?w ?g { ?c ek:what '老年人' ; ek:value ?v ; ek:unit/skos:prefLabel ?u ; ek:period ?p ;"
        " ek:periodText ?t ; ek:place/skos:prefLabel ?w ; ek:population/skos:prefLabel ?g }",
    )
    assert rows == [("640", "名", "2023", "2023年", "四川省", "老年人")]


def test_a_count_tells_of_its_program(store: OxigraphStore) -> None:
    assert ask(store, "SELECT ?v ?n { ?c ek:aboutProgram/skos:prefLabel ?n ; ek:value ?v }") == [("640", "敬老行动")]


def test_each_place_that_names_issuers_is_an_issuance(store: OxigraphStore) -> None:
    rows = ask(
        store, "SELECT ?i ?n { ?i ek:issuedDocument/dct:title '养老服务清单'@zh ; ek:issuingAgency/skos:prefLabel ?n }"
    )
    by_place: dict[str, set[str]] = {}
    for place, name in rows:
        by_place.setdefault(place, set()).add(name)
    assert sorted(map(sorted, by_place.values())) == [sorted([BUREAU, EDUCATION]), sorted([BUREAU, FINANCE])]


def test_the_number_of_issuers_claimed_is_kept(store: OxigraphStore) -> None:
    assert ask(store, "SELECT ?n { ?i ek:declaredIssuerCount ?n }") == [("3",)]


def test_every_place_that_cites_is_a_citation_with_role_and_form(store: OxigraphStore) -> None:
    rows = ask(
        store,
        "SELECT ?r ?f { ?c a ek:Citation ; ek:citationRole ?role ; ek:citationForm ?form"
        " BIND(STRAFTER(STR(?role), 'role-') AS ?r) BIND(STRAFTER(STR(?form), 'form-') AS ?f) }",
    )
    assert [form for _, form in rows] == ["anaphor", "title", "title"]
    assert ("basis", "title") in rows


def test_a_program_is_operated_by_the_body_that_runs_it(store: OxigraphStore) -> None:
    rows = ask(store, "SELECT ?a { ?c a ek:Claim ; rdf:predicate ek:operatedBy ; rdf:object/skos:prefLabel ?a }")
    assert rows == [(BUREAU,)]


def test_an_unsettled_name_stays_so_with_reason_and_candidates(store: OxigraphStore) -> None:
    rows = ask(
        store,
        "SELECT ?l ?r ?c { ?x a ek:UnresolvedAlias ; rdfs:label ?l ; ek:unresolvedReason ?r ;"
        " ek:resolutionStatus c:res-ambiguous ; ek:candidate/skos:prefLabel ?c }",
    )
    assert rows == [("区里", "没有指明是哪个区", "四川省成都市锦江区人民政府")]


def test_a_quotation_is_cut_from_the_text(store: OxigraphStore) -> None:
    rows = ask(
        store,
        "SELECT ?q { ?c ek:what '补贴' ; ek:evidence ?m . ?m nif:beginIndex ?b ; nif:endIndex ?e ;"
        " nif:referenceContext/nif:isString ?s BIND(SUBSTR(?s, ?b + 1, ?e - ?b) AS ?q) }",
    )
    assert rows == [("1500余万元",)]


# Each statement reaches the text by one of the paths that kg.statements.relate promises; this finds those that do not.
UNFOUNDED = """SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o }
 FILTER NOT EXISTS { GRAPH ?g { ?s ek:evidence ?m } }
 FILTER NOT EXISTS { GRAPH ?g { ?s nif:referenceContext ?t } }
 FILTER NOT EXISTS { GRAPH ?g { ?x ek:refersTo|ek:citedDocument|ek:citingDocument|ek:issuedDocument|ek:issuingAgency
                                   |rdf:subject|rdf:object|ek:aboutProgram|ek:unit|ek:place|ek:population
                                   |ek:candidate|ek:contextProgram|ek:issuerByCode|ek:dutyOf|ek:setBy ?s } }
 FILTER NOT EXISTS { GRAPH ?g { ?x (ek:place|ek:scope|ek:refersTo/ek:jurisdiction|ek:jurisdiction)/ek:parentArea* ?s } }
 FILTER NOT EXISTS { GRAPH ?g { ?s eli:realizes ?d } }
 FILTER NOT EXISTS { GRAPH ?g { ?t eli:realizes ?s } }
 FILTER NOT EXISTS { GRAPH ?g { ?t eli:realizes ?d . ?d ?head ?s } }
 FILTER NOT EXISTS { GRAPH ?g { ?t eli:realizes ?d . ?d ek:respondsTo/(ek:submittedTo|ek:proposalKind) ?s } } }"""


@pytest.mark.parametrize("extraction", list(annotated()), ids=lambda x: x.doc.name)
def test_every_statement_of_an_annotated_document_has_evidence(extraction: Extraction) -> None:
    store = OxigraphStore()
    graph = graph_of(extraction, shown(extraction.doc))
    store.load(graph)
    assert ask(store, UNFOUNDED) == []
    begins = {
        q.subject: int(q.object.value)
        for q in store.store.quads_for_pattern(
            None, ox.NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex"), None
        )
    }
    assert all(0 <= start < len(extraction.doc.text) for start in begins.values())


def test_the_check_for_evidence_finds_a_statement_without() -> None:
    store = OxigraphStore()
    store.load(
        f"<{BASE}id/org/000000/某部> <{EK.jurisdiction}> <{BASE}id/area/000000> <{BASE}graph/src-1> .\n".encode()
    )
    assert len(ask(store, UNFOUNDED)) == 1


def test_annotated_documents_stay_within_the_budget_of_statements() -> None:
    """At most 1,200 for one of up to 3,000 characters, and in proportion beyond."""
    sizes = {x.doc.name: (len(x.doc.text), graph_of(x, shown(x.doc)).count(b"\n")) for x in annotated()}
    assert {name: size for name, size in sizes.items() if size[1] > 1200 * max(1, size[0] / 3000)} == {}


def test_what_is_masked_is_not_stated() -> None:
    text = "青江县民政局\n张小明\n关于张小明代表第12号建议的答复\n联系人：张小明，电话：13812345678\n"
    doc = read(text.encode(), "例.txt")
    masked = shown(doc)
    assert "13812345678" not in masked
    at = text.rindex("138")
    phone = Mention(at, at + 11, "COUNT", "x.y", 1.0, {"value": 13812345678, "unit": "元", "kind": "actual"})
    header = {"title": "关于张小明代表第12号建议的答复", "number": None, "issuers": []}
    quads = graph_of(Extraction(doc, header, (phone,), ()), masked).decode()
    assert "13812345678" not in quads
    assert "张小明" not in quads


def test_a_mask_of_another_length_is_refused() -> None:
    extraction = extract(read("民政部通知".encode(), "例.txt"))
    with pytest.raises(ValueError, match="another length"):
        relate(extraction, "短")


def test_a_document_without_number_and_title_is_known_by_its_text() -> None:
    doc = read("一段没有题名的文字，说的是养老。".encode(), "例.txt")
    sheet = relate(Extraction(doc, {}, (), ()), doc.text)
    assert sheet.document("self") == f"{BASE}id/doc/x/text-{doc.sha256[:16]}"
