"""Whole graphs over the Graph Store Protocol, and what the service says of itself and its data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from served import DOCUMENT, TYPE, client, publish_documents
from served import DOCUMENTS as D
from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_documents(tmp_path_factory.mktemp("graph") / "graph")


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with client(folder) as opened:
        yield opened


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
        ("GET", "", 404),
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
