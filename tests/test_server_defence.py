"""Hostile queries: each gets its status within its limit, reaches nothing, leaves nothing, and others go on."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attacks import reaching
from processes import descendants
from served import client, publish
from starlette.testclient import TestClient

from kg.graph import Graph
from kg.server import Limits

SECONDS = 1.5
LIMITS = Limits(workers=2, slow=2, seconds=SECONDS, memory=300_000_000, answer_bytes=1_000_000, query_bytes=20_000)
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("defence") / "graph"
    triples = "".join(f"<http://s/{n}> <http://p/{n % 7}> <http://o/{n % 50}> .\n" for n in range(1_000))
    publish(made, {"http://g/": triples})
    return made


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with client(folder, limits=LIMITS) as opened:
        yield opened


class Canary:
    """A listener that counts who comes."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.visits = 0
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                self._listening.accept()[0].close()
            except OSError:
                return
            self.visits += 1

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


def query(asked: TestClient, text: str, **headers: str) -> Any:
    return asked.post("/sparql", data={"query": text}, headers=headers)


def settle(asked: TestClient) -> dict[str, int]:
    """The state of the workers when all are idle again."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        state: dict[str, int] = asked.get("/health").json()["workers"]
        if state["idle"] == state["workers"] == LIMITS.workers and not state["slow"]:
            return state
        time.sleep(0.05)
    pytest.fail(f"the workers do not come to rest: {state}")


DEADLY = {
    "cross product": f"SELECT (COUNT(*) AS ?n) {CROSS}",
    "order by a cross product": f"SELECT * {CROSS} ORDER BY ?l",
    "distinct": f"SELECT DISTINCT ?a ?d ?g ?j {CROSS}",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?c (!<x:x>|^!<x:x>)* ?d }",
    "strings": "SELECT (STRLEN(GROUP_CONCAT(?c)) AS ?n) " + CROSS,
    "regex": f"SELECT * {CROSS[:-1]} FILTER(REGEX(STR(?l), '(s|t|st)*')) }}",
}


@pytest.mark.parametrize("name", DEADLY)
def test_a_query_of_death_is_ended_in_time(asked: TestClient, name: str) -> None:
    begun = time.monotonic()
    answer = query(asked, DEADLY[name])
    assert answer.status_code in (413, 503), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert time.monotonic() - begun < SECONDS + 2
    settle(asked)


def test_doubling_a_string_ends_by_memory_or_size(asked: TestClient) -> None:
    doubling = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(36))
    answer = query(asked, f"SELECT ?x36 {{ BIND('老' AS ?x0) {doubling} }}")
    assert answer.status_code in (413, 503), answer.text
    settle(asked)


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json", "text/tab-separated-values"])
def test_an_answer_cut_short_never_looks_like_one(asked: TestClient, accept: str) -> None:
    answer = query(asked, f"SELECT ?a ?d ?g {CROSS}", accept=accept)
    assert answer.status_code in (413, 503)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_large_text_is_refused_before_it_is_read(asked: TestClient) -> None:
    assert query(asked, "ASK {} #" + "x" * 20_000).status_code == 413
    assert asked.get("/sparql", params={"query": "ASK {} #" + "老" * 7_000}).status_code == 413
    direct = {"content-type": "application/sparql-query"}
    assert asked.post("/sparql", content=b"ASK {} #" + b"x" * 60_000, headers=direct).status_code == 413


@pytest.mark.parametrize("depth", [65, 1_000, 5_000])
@pytest.mark.parametrize("opening", ["{", "FILTER EXISTS{", "FILTER(", "?s ?p (", "OPTIONAL{", "{SELECT*{"])
def test_deep_nesting_is_a_bad_query(asked: TestClient, opening: str, depth: int) -> None:
    assert query(asked, "ASK {" + opening * depth).status_code in (400, 413)


@pytest.mark.parametrize("shape", ["ASK{FILTER(%strue)}|!", "ASK{FILTER(true%s)}|&&true", "ASK{{}%s}|UNION{}"])
def test_long_chains_leave_the_worker_alive(asked: TestClient, shape: str) -> None:
    frame, _, link = shape.partition("|")
    assert query(asked, frame % (link * (6_000 // len(link)))).status_code in (200, 503)
    settle(asked)


def test_no_query_reaches_another_host_or_a_file(asked: TestClient, canary: Canary) -> None:
    for path, body in reaching(canary.port):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = asked.post(path, content=body, headers=headers) if body else asked.get(path)
        own_page = path.startswith("http")  # an address in full is answered by this service, whose page it is
        assert answer.status_code in ((200,) if own_page else (400, 403, 404)), (path, body)
    for name in (f"http://127.0.0.1:{canary.port}/", "file:///etc/passwd"):
        assert asked.get("/rdf-graph-store", params={"graph": name}).status_code == 404
        assert asked.get("/sparql", params={"query": "ASK{}", "default-graph-uri": name}).status_code == 400
    assert canary.visits == 0


def call_out(graph: Graph, port: int) -> bool:
    return bool(graph.store.store.query(f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))


def attempts(graph: Graph, port: int) -> list[str]:
    """What stood open, of what a worker might try were it taken over."""
    done = []
    for name, attempt in {
        "connect": lambda: socket.create_connection(("127.0.0.1", port), 1),
        "listen": lambda: socket.create_server(("127.0.0.1", 0)),
        "write": lambda: (graph.folder / "texts" / "neu").write_text("x"),
        "write elsewhere": lambda: Path("/dev/shm/eldercare-kg-test").write_text("x"),
        "change": lambda: next((graph.folder / "texts").iterdir()).unlink(),
        "run": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "fork": os.fork,
        "kill": lambda: os.kill(os.getppid(), 0),
        "read": lambda: Path("/etc/hostname").read_text(),
        "service": lambda: call_out(graph, port),
    }.items():
        try:
            attempt()
        except (OSError, StopIteration):
            continue
        done.append(name)
    return done


@pytest.mark.skipif(sys.platform != "linux", reason="the walls are those of Linux")
def test_behind_the_guard_stand_walls(folder: Path, canary: Canary) -> None:
    """The guard is left out on purpose: what the worker itself could do."""
    with client(folder, limits=LIMITS) as asked:
        walls = asked.get("/health").json()["walls"]
        if "seccomp" not in walls:
            pytest.skip(f"the kernel offers {walls}")
        service = asked.app.state.service  # type: ignore[attr-defined]
        assert asked.portal is not None
        done = asked.portal.call(partial(service.run, attempts, canary.port, seconds=30.0))
    assert set(done) <= ({"read"} if "landlock" not in walls else set())
    assert canary.visits == 0


def test_many_long_queries_get_429_and_others_go_on(asked: TestClient) -> None:
    answers: list[Any] = []
    killers = [threading.Thread(target=lambda: answers.append(query(asked, DEADLY["cross product"]))) for _ in range(8)]
    for killer in killers:
        killer.start()
    time.sleep(0.4)
    others = [query(asked, f"ASK {{ <http://s/{number}> ?p ?o }}") for number in range(20)]
    for killer in killers:
        killer.join()
    assert {answer.status_code for answer in others} == {200}
    assert {answer.status_code for answer in answers} == {429, 503}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 429)
    settle(asked)


def priorities(process: int) -> set[int]:
    """Those of a process's threads; nothing where it has just ended."""
    try:
        threads = [int(thread.name) for thread in Path(f"/proc/{process}/task").iterdir()]
        return {os.getpriority(os.PRIO_PROCESS, thread) for thread in threads}
    except OSError:
        return set()


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own on Linux")
def test_a_long_query_goes_on_behind_all_others_with_every_thread(asked: TestClient) -> None:
    killer = threading.Thread(target=query, args=(asked, DEADLY["path"]))
    killer.start()
    until = time.monotonic() + SECONDS
    lowest = 0
    while lowest < 10 and time.monotonic() < until:
        lowest = max((min(priorities(process), default=0) for process in descendants(os.getpid())), default=0)
        time.sleep(0.02)
    killer.join()
    assert lowest >= 10
    settle(asked)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc here")
def test_no_worker_is_left_behind(folder: Path) -> None:
    before, kept = descendants(os.getpid()), set((folder / "serving").glob("*"))
    with client(folder, limits=LIMITS) as asked:
        query(asked, DEADLY["cross product"])
        assert len(descendants(os.getpid()) - before) >= 3
    until = time.monotonic() + 20
    while not descendants(os.getpid()) <= before and time.monotonic() < until:
        time.sleep(0.1)  # the other service of these tests may be making its index
    assert descendants(os.getpid()) <= before
    assert set((folder / "serving").iterdir()) <= kept
