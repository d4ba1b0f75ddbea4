"""SPARQL 1.1 Protocol, case by case as the W3C suite names them.

The suite: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/. Its update tests are all refused here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import DOCUMENTS as D
from served import client, publish_documents
from starlette.testclient import TestClient

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
    return publish_documents(tmp_path_factory.mktemp("graph") / "graph")


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with client(folder) as opened:
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
