"""How an answer is sent: its format, its validator, compressed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import client, publish_documents
from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_documents(tmp_path_factory.mktemp("graph") / "graph")


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with client(folder) as opened:
        yield opened


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
