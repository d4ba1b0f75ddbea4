"""What is round every route: headers, CORS, hosts, tokens, slow bodies, the log, faults of our own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import client, publish_documents
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.server import bodies
from kg.server.problems import Problem
from kg.server.surroundings import SECURITY


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_documents(tmp_path_factory.mktemp("graph") / "graph")


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with client(folder, origins=("https://notebook.example",)) as opened:
        yield opened


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
