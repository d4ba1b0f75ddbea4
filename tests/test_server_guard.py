"""The guard reads queries as the store might, and lets nothing through that could be read in two ways."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from kg.query import guard
from kg.query.guard import BadQuery, NoUpdate, TooLong, check, tokens

CALLS = [
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "ASK { SERVICE ?where { ?s ?p ?o } }",
    "ASK { SERVICE\t#谁\n<http://127.0.0.1:9/>{} }",
    "ASK { SERVICE<http://127.0.0.1:9/>{} }",
    "ASK { SERVICE?where{} }",
    "PREFIX ex: <http://127.0.0.1:9/> ASK { SERVICEex:a {?s ?p ?o} }",
    "PREFIX ex: <http://127.0.0.1:9/> ASK { SERVICESILENTex:a{?s ?p ?o} }",
    "PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:a{?s ?p ?o} }",
    "PREFIX ex: <http://x/> ASK { ?s ex:p ex:b.SERVICEex:c {?s ?p ?o} }",
    "PREFIX ex: <http://x/> ASK { ?s ex:p 1.SERVICE ex:c {?s ?p ?o} }",
    "ASK { BIND(1 AS ?a) FILTER(?a<?b)SERVICE?e#>\n{?s ?p ?o} }",
    "ASK { FILTER(?a<?b).SERVICE?e#>\n{?s ?p ?o} }",
    r"ASK { SERV\u0049CE <http://127.0.0.1:9/> {} }",
    r"ASK { \u0053ERVICE <http://127.0.0.1:9/> {} }",
    r"ASK { ?s ?p 'x\u0027 SERVICE <http://127.0.0.1:9/> {} #' }",
    r"ASK { ?s <http://x/\u0041#> SERVICE <http://127.0.0.1:9/> {} }",
    'ASK { ?s ?p "a"SERVICE<http://127.0.0.1:9/>{} }',
    'ASK { ?s ?p """a"""SERVICE<http://127.0.0.1:9/>{} }',
    "ASK { ?s ?p '''a''b'''SERVICE<http://127.0.0.1:9/>{} }",
    "ASK { { SELECT * { SERVICE <http://127.0.0.1:9/> {} } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
]
PLAIN = [
    'SELECT ?o { ?s ?p ?o FILTER(?o = "SERVICE <x> {") } # SERVICE <x> {',
    "ASK { ?s <http://example.org/service?service=1> ?o }",
    "PREFIX ex: <http://x/> ASK { ?s ex:service ?o }",
    "PREFIX service: <http://x/> SELECT ?service { ?service service:p 'it''s' }",
    'ASK { ?s ?p """多行\n"引号" SERVICE""" }',
    "ASK { ?s ?p ?o FILTER(?o<10 && ?o>5) }",
    'ASK { ?s ?p \'C:\\\\路径\' , "x\\"y" }',
    "DESCRIBE <id/area/500112>",
    "# 只有注释\nBASE <http://x/>\nPREFIX a: <b>\nSELECT*{?s a:b ?o}",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_of_another_host_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(BadQuery, match=r"SERVICE|does not end|cannot be read"):
        check(query)


@pytest.mark.parametrize("query", PLAIN)
def test_what_only_looks_like_a_call_is_let_through(query: str) -> None:
    assert check(query).form in ("SELECT", "ASK", "DESCRIBE")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA {}",
        "delete where {}",
        "LOAD <http://x/>",
        "CLEAR ALL",
        "PREFIX a: <b> DROP ALL",
        "WITH <a> DELETE {}",
    ],
)
def test_updates_are_told_apart(update: str) -> None:
    with pytest.raises(NoUpdate, match="read only"):
        check(update)


def test_tokens_are_those_of_the_grammar() -> None:
    found = [(token.kind, token.text) for token in tokens('?甲 a ex:类.\n<a#b> _:b1 \'x\'@zh-Hans 1.5e3 """多""" # 注')]
    assert found == [
        ("variable", "?甲"), ("word", "a"), ("name", "ex:类"), ("mark", "."), ("iri", "<a#b>"), ("blank", "_:b1"),
        ("string", "'x'"), ("language", "@zh-Hans"), ("number", "1.5e3"), ("string", '"""多"""'),
    ]  # fmt: skip


def test_graphs_after_from_are_known_by_their_whole_names() -> None:
    text = (
        "BASE <http://b/> PREFIX x: <http://x/> SELECT * FROM <c> FROM NAMED x:d FROM g:files { ?from ?p 'FROM <e>' }"
    )
    graphs = check(text).graphs
    assert graphs == ("http://b/c", "http://x/d", "https://w3id.org/cn-eldercare/graph/files")


@pytest.mark.parametrize("word", ["NOW", "rand", "UUID", "StrUUID"])
def test_a_query_that_answers_otherwise_tomorrow_says_so(word: str) -> None:
    assert check(f"SELECT ({word}() AS ?x) {{}}").changing
    assert not check("SELECT ('NOW' AS ?x) {}").changing


def test_a_bad_query_is_refused_with_its_place() -> None:
    with pytest.raises(BadQuery, match=r"line 2, column 3.*does not end"):
        check("ASK {\n  'x }")
    with pytest.raises(BadQuery, match="line 1, column 1"):
        check("EXPLAIN {}")
    with pytest.raises(BadQuery, match="empty"):
        check(" # nothing")


PIECES = (
    *(
        "SELECT",
        "ask",
        "DESCRIBE",
        "CONSTRUCT",
        "PREFIX",
        "BASE",
        "SERVICE",
        "FROM",
        "NAMED",
        "NOW()",
        "INSERT",
        "LOAD",
    ),
    *("*", "?a", "$b", "{", "}", "(", ")", "<<", "[", "]", ".", ";", "<", "<a#b>", "<x y>", "a:b", ":", "a.b:c", "_:c"),
    *("'x'", '"y"', "'", '"', "#", "\n", " ", "\\u0053", "1", "老", "\u017fELECT", "\x00"),
)


def test_what_is_let_through_at_a_glance_its_tokens_let_through_too(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(8)
    texts = ["".join(draw.choices(PIECES, k=draw.randint(1, 12))) for _ in range(20_000)]
    texts += [draw.choice(("SELECT ", "PREFIX a:<b>ASK{")) + text for text in texts]
    at_a_glance = [(text, known) for text in texts if (known := guard._at_a_glance(text, 20_000, 8))]
    assert len(at_a_glance) > 2_000
    monkeypatch.setattr(guard, "_at_a_glance", lambda *_: None)
    for text, known in at_a_glance:
        try:
            assert check(text, depth=8) == known, text
        except BadQuery as refused:
            assert "does not end" in str(refused), text  # which no parser reads as a query


SHAPES = {
    "groups": "ASK" + "{" * 100_000,
    "brackets": "ASK{FILTER(" + "(" * 100_000,
    "exists": "ASK{" + "FILTER EXISTS{" * 20_000,
    "optional": "ASK{" + "OPTIONAL{" * 20_000,
    "collections": "ASK{?s ?p " + "(" * 100_000,
    "blank nodes": "ASK{?s ?p " + "[?p " * 50_000,
    "subqueries": "ASK{" + "{SELECT*{" * 20_000,
    "paths": "ASK{?s " + "(^" * 50_000,
    "quoted triples": "ASK{" + "<<" * 50_000,
    "in an IRI": "ASK{FILTER(?a<" + "(" * 100_000 + "#>\n",
    "escaped": "ASK{FILTER(" + r"\u0028" * 100,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_deep_nesting_is_refused_at_once(shape: str) -> None:
    begun = time.process_time()
    with pytest.raises(BadQuery, match="deeper than 64"):
        check(SHAPES[shape])
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "unit",
    ["a.", "'\\", "<", "<a", "a-", ":", "a:b...", "?a ", "%", "@a-", r"\u0041", "1.", "a:.b", '"""', "&&true", "a:\\."],
)
def test_reading_is_linear_whatever_the_text(unit: str) -> None:
    text = "ASK{" + unit * (120_000 // len(unit))
    begun = time.process_time()
    with contextlib.suppress(BadQuery):
        check(text + "\x00'", most_tokens=20_000)
    assert time.process_time() - begun < 2


def test_too_many_tokens_are_told_from_other_faults() -> None:
    with pytest.raises(TooLong, match="20"):
        check("ASK { " + "?s ?p ?o . " * 10 + "}", most_tokens=20)
