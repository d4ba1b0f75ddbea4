"""While builds are published under it, the service answers every query, and each from one build alone."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from served import client, process, publish

from kg.folder.manifest import text_file
from kg.graph import Graph
from kg.server import Limits

QUADS = 300
EVERY = 0.05


def quads(build: int) -> dict[str, str]:
    """A graph in which every object is the number of the build."""
    return {"http://g/": "".join(f'<http://s/{n}> <http://p> "{build}" .\n' for n in range(QUADS))}


def read_texts(graph: Graph) -> list[str]:
    return [
        text_file(graph.folder, entry.stem).read_text(encoding="utf-8") for entry in graph.manifest.documents.values()
    ]


def test_each_answer_is_of_one_build_while_builds_change(tmp_path: Path) -> None:
    publish(tmp_path, quads(0), store="store-0", documents=5)
    answers: list[tuple[int, str, str]] = []
    stop = threading.Event()
    with client(tmp_path, limits=Limits(workers=2), check_every=EVERY) as asked:

        def ask(number: int) -> None:
            while not stop.is_set():
                query = f"SELECT ?o {{ ?s ?p ?o }} LIMIT {QUADS + 50 + number}"
                answer = asked.post("/sparql", data={"query": query}, headers={"accept": "text/csv"})
                answers.append((answer.status_code, answer.headers.get("x-build", ""), answer.text))

        clients = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
        for each in clients:
            each.start()
        for build in range(1, 6):
            publish(tmp_path, quads(build), store=f"store-{build}", documents=5)
            until = time.monotonic() + 30
            while asked.get("/health").json()["build"] != str(build) and time.monotonic() < until:
                time.sleep(EVERY)
        stop.set()
        for each in clients:
            each.join()
        assert asked.get("/health").json()["build"] == "5"
        assert asked.portal is not None
        service = asked.app.state.service  # type: ignore[attr-defined]
        assert asked.portal.call(service.run, read_texts) == ["store-5"] * 5
    assert {status for status, _, _ in answers} == {200}
    builds = set()
    for _, build, text in answers:
        rows = text.splitlines()[1:]
        assert len(rows) == QUADS
        assert set(rows) == {build}
        builds.add(build)
    assert len(builds) >= 3, "builds changed while clients asked"
    assert not list((tmp_path / "serving").iterdir())


def test_a_damaged_new_build_leaves_the_old_one_served(tmp_path: Path) -> None:
    publish(tmp_path, quads(0), store="store-0")
    with client(tmp_path, check_every=EVERY) as asked:
        (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
        time.sleep(EVERY * 6)
        assert asked.get("/sparql", params={"query": "ASK { ?s ?p '0' }"}).json()["boolean"]


def test_what_a_killed_service_left_is_swept(tmp_path: Path) -> None:
    publish(tmp_path, quads(0), store="store-0")
    left = tmp_path / "serving" / "left"
    left.mkdir(parents=True)
    (left / "lock").touch()
    with client(tmp_path):
        assert not left.exists()


def test_serve_is_a_process_that_starts_answers_and_ends(tmp_path: Path) -> None:
    publish(tmp_path, quads(7), store="store-7")
    with process(tmp_path) as url:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
        curl = subprocess.run(
            [
                "curl",
                "-s",
                f"{url}sparql",
                "-H",
                "Accept: text/csv",
                "--data-urlencode",
                "query=SELECT (MIN(?o) AS ?b) {?s ?p ?o}",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert curl.stdout.split() == ["b", "7"]
    assert not list((tmp_path / "serving").iterdir())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--host", "0.0.0.0"], "token"),
        (["--host", "example.org"], "token"),
        (["--token-file", "short"], "16 characters"),
    ],
)
def test_an_open_door_is_refused(tmp_path: Path, options: list[str], message: str) -> None:
    publish(tmp_path, quads(0), store="store-0")
    (tmp_path / "short").write_text("abc", encoding="utf-8")
    command = [sys.executable, "-m", "kg.cli", "serve", str(tmp_path), *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 2
    assert message in ended.stderr


def test_no_graph_is_an_error_that_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "serve", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, "no graph here" in ended.stderr) == (2, True)
