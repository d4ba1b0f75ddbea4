"""SPARQL 1.1 Protocol, case by case as the W3C suite names them; Graph Store reading; formats; validators; CORS.

The suite: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/. Its update tests are all refused here.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from served import client, publish
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.server import bodies
from kg.server.problems import Problem
from kg.server.surroundings import SECURITY

D = [f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in range(4)]
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DOCUMENT = "<http://xmlns.com/foaf/0.1/Document>"
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
TWO = f"ASK {{ <{D[1]}> a ?type . <{D[2]}> a ?type }}"
TWO_NAMED = f"ASK {{ GRAPH ?g1 {{ <{D[1]}> a ?type }} GRAPH ?g2 {{ <{D[2]}> a ?type }} }}"
FULL = f"ASK {{ <{D[3]}> a ?type GRAPH ?g1 {{ <{D[1]}> a ?type }} GRAPH ?g2 {{ <{D[2]}> a ?type }} }}"
DEFAULTS = [("default-graph-uri", D[1]), ("default-graph-uri", D[2])]
NAMED = [("named-graph-uri", D[1]), ("named-graph-uri", D[2])]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("protocol") / "graph"
    graphs = {name: f"<{name}> {TYPE} {DOCUMENT} ." for name in D}
    graphs[D[0]] += '\n<http://example.org/> <http://www.w3.org/2000/01/rdf-schema#label> "例" .'
    publish(made, graphs)
    return made


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with client(folder, origins=("https://notebook.example",)) as opened:
        yield opened


def truth(answer: Any) -> bool:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    return bool(answer.json()["boolean"])


def test_query_post_form(asked: TestClient) -> None:
    assert truth(asked.post("/sparql", params={"default-graph-uri": D[0]}, content="query=ASK%20%7B%7D", headers=FORM))


def test_query_dataset_default_graphs_get(asked: TestClient) -> None:
    assert truth(asked.get("/sparql", params=[("query", TWO), *DEFAULTS]))
    assert not truth(asked.get("/sparql", params=[("query", TWO), DEFAULTS[0]]))


def test_query_dataset_default_graphs_post(asked: TestClient) -> None:
    assert truth(asked.post("/sparql", params=DEFAULTS, content=TWO, headers=DIRECT))


def test_query_dataset_named_graphs_post(asked: TestClient) -> None:
    assert truth(asked.post("/sparql", params=NAMED, content=TWO_NAMED, headers=DIRECT))
    assert not truth(asked.post("/sparql", params=NAMED[:1], content=TWO_NAMED, headers=DIRECT))


def test_query_dataset_named_graphs_get(asked: TestClient) -> None:
    assert truth(asked.get("/sparql", params=[("query", TWO_NAMED), *NAMED]))


def test_query_dataset_full(asked: TestClient) -> None:
    dataset = [("default-graph-uri", D[3]), *NAMED]
    assert truth(asked.post("/sparql", params=dataset, content=FULL, headers=DIRECT))
    assert truth(
        asked.post("/sparql", data={"query": FULL, "default-graph-uri": D[3], "named-graph-uri": [D[1], D[2]]})
    )
    assert not truth(asked.post("/sparql", params=NAMED, content=FULL, headers=DIRECT)), "no default graph is empty"


def test_query_multiple_dataset(asked: TestClient) -> None:
    """The protocol's dataset stands in place of the query's own."""
    query = TWO_NAMED.replace("ASK", f"ASK FROM <{D[3]}>")
    assert truth(asked.post("/sparql", params=NAMED, content=query, headers=DIRECT))
    assert not truth(asked.post("/sparql", content=query, headers=DIRECT))


def test_query_get(asked: TestClient) -> None:
    assert truth(asked.get("/sparql", params={"query": "ASK {}", "default-graph-uri": D[0]}))


def test_query_post_direct(asked: TestClient) -> None:
    assert truth(asked.post("/sparql", params={"default-graph-uri": D[0]}, content="ASK {}", headers=DIRECT))
    utf_8 = {"content-type": 'application/sparql-query; charset="UTF-8"'}
    assert truth(asked.post("/sparql", content='ASK { ?s ?p "例" }', headers=utf_8))


CONTENT = {
    "SELECT (1 AS ?value) {}": "application/sparql-results+json",
    "ASK {}": "application/sparql-results+json",
    "DESCRIBE <http://example.org/>": "text/turtle; charset=utf-8",
    "CONSTRUCT { <s> <p> 1 } WHERE {}": "text/turtle; charset=utf-8",
}


@pytest.mark.parametrize("query", CONTENT)
def test_query_content_type(asked: TestClient, query: str) -> None:
    answer = asked.post("/sparql", params={"default-graph-uri": D[0]}, content=query, headers=DIRECT)
    assert (answer.status_code, answer.headers["content-type"]) == (200, CONTENT[query])


BAD: dict[str, tuple[str, dict[str, Any], int]] = {
    "bad_query_method": ("PUT", {"params": {"query": "ASK {}"}}, 405),
    "bad_multiple_queries": ("GET", {"params": [("query", "ASK {}"), ("query", "SELECT * {}")]}, 400),
    "bad_query_wrong_media_type": ("POST", {"content": "ASK {}", "headers": {"content-type": "text/plain"}}, 415),
    "bad_query_missing_form_type": ("POST", {"content": "query=ASK%20%7B%7D"}, 415),
    "bad_query_missing_direct_type": ("POST", {"content": "ASK {}"}, 415),
    "bad_query_non_utf8": (
        "POST",
        {"content": "ASK {}".encode("utf-16"), "headers": {"content-type": "application/sparql-query; charset=UTF-16"}},
        415,
    ),
    "bad_query_non_utf8_undeclared": ("POST", {"content": "ASK {}".encode("utf-16"), "headers": DIRECT}, 400),
    "bad_query_syntax": ("GET", {"params": {"query": "ASK {"}}, 400),
    "bad_query_missing": ("POST", {"content": "", "headers": FORM}, 400),
    "bad_query_twice_in_two_places": (
        "POST",
        {"params": {"query": "ASK{}"}, "content": "ASK{}", "headers": DIRECT},
        400,
    ),
    "bad_query_dataset_without_query": ("GET", {"params": {"default-graph-uri": D[0]}}, 400),
    "bad_query_unknown_graph": ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "http://x.example/"}}, 400),
    "bad_query_unknown_from": ("GET", {"params": {"query": "ASK FROM <http://x.example/> {}"}}, 400),
    "bad_query_no_iri": ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "a b"}}, 400),
    "bad_query_parameters_no_utf8": ("GET", {"params": b"query=%ff"}, 400),
    "bad_update_get": ("GET", {"params": {"update": "CLEAR ALL"}}, 403),
    "bad_multiple_updates": ("POST", {"content": "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", "headers": FORM}, 403),
    "bad_update_wrong_media_type": ("POST", {"content": "CLEAR NAMED", "headers": {"content-type": "text/plain"}}, 415),
    "bad_update_missing_form_type": ("POST", {"content": "update=CLEAR%20NAMED"}, 415),
    "bad_update_non_utf8": ("POST", {"content": "CLEAR NAMED".encode("utf-16"), "headers": UPDATE}, 403),
    "bad_update_syntax": ("POST", {"content": "update=CLEAR%20XYZ", "headers": FORM}, 403),
    "bad_update_dataset_conflict": (
        "POST",
        {"params": {"using-graph-uri": D[1]}, "content": "update=CLEAR%20ALL", "headers": FORM},
        403,
    ),
    "update_post_form": ("POST", {"content": "update=CLEAR%20ALL", "headers": FORM}, 403),
    "update_post_direct": ("POST", {"content": "CLEAR ALL", "headers": UPDATE}, 403),
    "update_dataset_default_graph": (
        "POST",
        {"params": {"using-graph-uri": D[1]}, "content": "INSERT {} WHERE {}", "headers": UPDATE},
        403,
    ),
    "update_dataset_default_graphs": (
        "POST",
        {"params": {"using-graph-uri": [D[1], D[2]]}, "content": "INSERT {} WHERE {}", "headers": UPDATE},
        403,
    ),
    "update_dataset_named_graphs": (
        "POST",
        {"params": {"using-named-graph-uri": [D[1], D[2]]}, "content": "INSERT {} WHERE {}", "headers": UPDATE},
        403,
    ),
    "update_dataset_full": (
        "POST",
        {
            "params": {"using-graph-uri": D[3], "using-named-graph-uri": [D[1], D[2]]},
            "content": "INSERT {} WHERE {}",
            "headers": UPDATE,
        },
        403,
    ),
    "update_base_uri": (
        "POST",
        {"content": "BASE <http://example.org/> INSERT DATA { <s> <p> <o> }", "headers": UPDATE},
        403,
    ),
    "update_as_query": ("GET", {"params": {"query": "INSERT DATA { <s> <p> <o> }"}}, 403),
    "not_acceptable": ("GET", {"params": {"query": "ASK {}"}, "headers": {"accept": "image/png"}}, 406),
    "graph_put": ("PUT", {"params": {"query": "ASK {}"}}, 405),
}


@pytest.mark.parametrize("case", BAD)
def test_refusals_say_what_is_wrong(asked: TestClient, case: str) -> None:
    method, how, status = BAD[case]
    answer = asked.request(method, "/sparql", **how)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_no_update_has_changed_anything(asked: TestClient) -> None:
    assert truth(asked.get("/sparql", params={"query": f"ASK {{ GRAPH <{D[1]}> {{ <{D[1]}> a ?type }} }}"}))
    assert not truth(asked.get("/sparql", params={"query": "ASK { <s> ?p ?o }"}))


SELECTED = "SELECT ?o { <http://example.org/> ?p ?o }"
FORMATS = [
    (SELECTED, "text/csv", "text/csv; charset=utf-8", "o\r\n例\r\n"),
    (SELECTED, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '?o\n"例"\n'),
    (SELECTED, "application/sparql-results+xml", "application/sparql-results+xml", "<literal>例</literal>"),
    (
        SELECTED,
        "text/csv;q=0.4, application/sparql-results+xml;q=0.5, */*;q=0.1",
        "application/sparql-results+xml",
        "例",
    ),
    (SELECTED, "text/csv;q=0, */*", "application/sparql-results+json", "例"),
    (SELECTED, "text/*", "text/csv; charset=utf-8", "例"),
    (SELECTED, "text/html,application/xml;q=0.9,*/*;q=0.8", "application/xml", "例"),
    ("CONSTRUCT WHERE {?s rdfs:label ?o}", "application/n-triples", "application/n-triples", '"例" .'),
    ("CONSTRUCT WHERE {?s rdfs:label ?o}", "application/n-quads", "application/n-quads", '"例" .'),
    ("CONSTRUCT WHERE {?s rdfs:label ?o}", "application/ld+json", "application/ld+json", "例"),
    ("CONSTRUCT WHERE {?s rdfs:label ?o}", "application/rdf+xml", "application/rdf+xml", "例</"),
    ("CONSTRUCT WHERE {?s rdfs:label ?o}", "application/trig", "application/trig", "rdfs:label"),
]


@pytest.mark.parametrize(("query", "accept", "media_type", "holds"), FORMATS)
def test_the_format_is_the_one_the_client_likes_best(
    asked: TestClient, query: str, accept: str, media_type: str, holds: str
) -> None:
    answer = asked.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert holds in answer.text


def test_a_format_parameter_does_for_who_cannot_set_headers(asked: TestClient) -> None:
    answer = asked.get("/sparql", params={"query": SELECTED, "format": "csv"}, headers={"accept": "text/html"})
    assert answer.text == "o\r\n例\r\n"


def test_head_is_get_without_the_body(asked: TestClient) -> None:
    get, head = (asked.request(method, "/sparql", params={"query": SELECTED}) for method in ("GET", "HEAD"))
    assert head.status_code == 200
    assert head.headers["etag"] == get.headers["etag"]


def test_an_answer_has_not_changed_while_the_build_has_not(asked: TestClient) -> None:
    first = asked.get("/sparql", params={"query": SELECTED})
    again = {"if-none-match": first.headers["etag"]}
    assert asked.get("/sparql", params={"query": SELECTED}, headers=again).status_code == 304
    assert asked.get("/sparql", params={"query": SELECTED, "format": "csv"}, headers=again).status_code == 200
    assert asked.get("/sparql", params={"query": "ASK {}"}, headers=again).status_code == 200
    assert "etag" not in asked.get("/sparql", params={"query": "SELECT (NOW() AS ?t) {}"}).headers


def test_a_large_answer_is_compressed_for_who_takes_that(asked: TestClient) -> None:
    values = " ".join(f'"{number}"' for number in range(500))
    query = {"query": f"SELECT * {{ VALUES ?x {{ {values} }} }}"}
    with asked.stream("POST", "/sparql", data=query, headers={"accept-encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        packed = b"".join(answer.iter_raw())
    plain = asked.post("/sparql", data=query, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert json.loads(gzip.decompress(packed)) == plain.json()


def test_graph_store_reads_whole_graphs(asked: TestClient) -> None:
    one = asked.get("/rdf-graph-store", params={"graph": D[1]}, headers={"accept": "application/n-triples"})
    assert one.text == f"<{D[1]}> {TYPE} {DOCUMENT} .\n"
    default = asked.get("/rdf-graph-store?default", headers={"accept": "application/n-triples"})
    assert len(default.text.splitlines()) == 5
    assert asked.head("/rdf-graph-store", params={"graph": D[1]}).status_code == 200
    again = asked.get(
        "/rdf-graph-store",
        params={"graph": D[1]},
        headers={"accept": "application/n-triples", "if-none-match": one.headers["etag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("method", "query", "status"),
    [
        ("GET", "?graph=http%3A%2F%2Fx.example%2F", 404),
        ("GET", "?graph=no+iri", 404),
        ("GET", "", 400),
        ("GET", "?default&graph=http%3A%2F%2Fx.example%2F", 400),
        ("PUT", "?default", 405),
        ("POST", "?default", 405),
        ("DELETE", "?default", 405),
        ("PATCH", "?default", 405),
    ],
)
def test_graph_store_refuses_the_rest(asked: TestClient, method: str, query: str, status: int) -> None:
    assert asked.request(method, "/rdf-graph-store" + query).status_code == status


def test_the_service_describes_itself_and_its_data(folder: Path) -> None:
    with client(folder, licence="https://creativecommons.org/publicdomain/zero/1.0/") as asked:
        for path in ("/sparql", "/void", "/.well-known/void"):
            answer = asked.get(path, headers={"accept": "text/turtle"})
            assert answer.headers["content-type"].startswith("text/turtle")
        store = ox.Store()
        store.load(answer.content, format=ox.RdfFormat.TURTLE)
    described = """
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
        PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?triples ?licence ?n {
          ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ;
            sd:feature sd:UnionDefaultGraph ; sd:defaultDataset ?data .
          ?data void:triples ?triples ; dct:license ?licence ; void:classPartition ?part .
          ?part void:class ?c ; void:entities ?n .
        }"""
    ((triples, licence, documents),) = [[term.value for term in row] for row in store.query(described)]
    assert (triples, licence, documents) == ("5", "https://creativecommons.org/publicdomain/zero/1.0/", "4")


def test_health_tells_the_build(asked: TestClient) -> None:
    told = asked.get("/health").json()
    assert (told["status"], told["build"]) == ("ok", "1")
    assert told["workers"]["workers"] == 2
    assert "rlimit" in told["walls"]


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/sparql?query=x", "/rdf-graph-store", "/nope", "/health", "//evil.example"]
)
def test_every_answer_carries_the_security_headers(asked: TestClient, path: str) -> None:
    answer = asked.get(path, follow_redirects=False)
    assert set(SECURITY) <= set(answer.headers)
    assert "evil" not in answer.headers.get("location", "")
    assert "evil" not in answer.text


def test_options_tell_the_methods_and_cors_only_the_origins_configured(asked: TestClient) -> None:
    ours = {"origin": "https://notebook.example", "access-control-request-method": "POST"}
    answer = asked.options("/sparql", headers=ours)
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert answer.headers["access-control-allow-origin"] == "https://notebook.example"
    assert "POST" in answer.headers["access-control-allow-methods"]
    theirs = asked.options("/sparql", headers={**ours, "origin": "https://evil.example"})
    assert "access-control-allow-origin" not in theirs.headers
    assert asked.options("/nope").status_code == 404


def test_another_hosts_page_that_resolves_to_this_machine_is_not_answered(asked: TestClient) -> None:
    assert asked.get("/health", headers={"host": "evil.example"}).status_code == 421
    assert asked.get("/health", headers={"host": "localhost:7070"}).status_code == 200
    assert asked.get("/health", headers={"host": "[::1]:7070"}).status_code == 200


def test_a_token_is_asked_of_everyone(folder: Path) -> None:
    with client(folder, token="0123456789abcdef", hosts=None) as asked:
        refused = asked.get("/sparql?query=ASK{}")
        assert (refused.status_code, "Bearer" in refused.headers["www-authenticate"]) == (401, True)
        assert asked.get("/sparql?query=ASK{}", headers={"authorization": "Bearer wrong"}).status_code == 401
        assert asked.get("/sparql?query=ASK{}", headers={"authorization": "Basic ???"}).status_code == 401
        assert asked.get("/sparql?query=ASK{}", headers={"authorization": "Bearer 0123456789abcdef"}).status_code == 200
        assert asked.get("/sparql?query=ASK{}", auth=("anyone", "0123456789abcdef")).status_code == 200
        assert asked.get("/health").status_code == 200


def test_openapi_covers_every_path(asked: TestClient) -> None:
    document = asked.get("/openapi.json").json()
    routes = [route for route in asked.app.routes if isinstance(route, Route)]  # type: ignore[attr-defined]
    described = [path.replace("{", "").replace("}", "") for path in document["paths"]]
    for path in described:
        assert any(route.path_regex.match(path) for route in routes), path
    for route in routes:
        assert any(route.path_regex.match(path) for path in described), route.path
    identifiers = [
        told["operationId"] for item in document["paths"].values() for told in item.values() if "operationId" in told
    ]
    assert len(identifiers) == len(set(identifiers))


def test_a_body_that_does_not_arrive_is_not_waited_for() -> None:
    async def never() -> Any:
        await asyncio.sleep(60)

    async def read() -> None:
        await bodies.read(Request({"type": "http", "method": "POST", "headers": []}, never), 100, 0.05)

    with pytest.raises(Problem, match="did not arrive") as refused:
        asyncio.run(read())
    assert refused.value.status == 408


def test_the_log_names_no_one(asked: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    asked.get("/sparql", params={"query": "ASK { ?s ?p '王秀英' }"})
    asked.post("/sparql", data={"query": "ASK { ?s ?p '王秀英' }"})
    asked.get("/nope/王秀英", headers={"authorization": "Bearer 0123456789abcdef"})
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("kg.server")]
    assert len(logged) == 3
    assert logged[0].startswith("GET /sparql 200 ")
    assert logged[2].startswith("GET /nope/… 404 ")
    assert not any("王" in line or "%E7" in line or "Bearer" in line or "testclient" in line for line in logged)


def test_a_fault_of_ours_is_a_500_that_tells_nothing_of_it(folder: Path) -> None:
    with client(folder) as asked:
        service = asked.app.state.service  # type: ignore[attr-defined]
        service.let_through = None
        answer = asked.post("/sparql", data={"query": "ASK {}"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert set(SECURITY) <= set(answer.headers)
    assert "NoneType" not in answer.text
