"""推到别的服务：只推变了的，断了能接上，清单从不说谎；从网址读，和从文件夹读一样。"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from graph_store_server import GraphStoreServer, running
from typer.testing import CliRunner

from kg import Graph, build, open_graph
from kg.analysis.show import find, show
from kg.checking.validate import validate
from kg.cli import app
from kg.graph import BadQuery
from kg.query.asking import Reply, ask, questions
from kg.query.push import PUSHED, push
from kg.query.remote import UNION, Credentials, Unreachable, open_remote
from ontology.terms import BASE

SAMPLES = Path(__file__).parents[1] / "samples"
VIRTUOSO = shutil.which("virtuoso-t")


@pytest.fixture
def server() -> Iterator[GraphStoreServer]:
    with running() as made:
        yield made


@pytest.fixture(scope="module")
def pushed(sample_graph: Graph) -> Iterator[GraphStoreServer]:
    with running() as made:
        push(sample_graph, f"{made.url}/store")
        yield made


@pytest.fixture(scope="module")
def remote(pushed: GraphStoreServer) -> Iterator[Graph]:
    with open_remote(f"{pushed.url}/sparql") as graph:
        yield graph


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, body in {"一": "民政部关于印发《甲办法》的通知", "二": "财政部关于印发《乙办法》的通知"}.items():
        (tmp_path / "in" / f"{name}.txt").write_text(body + "\n", encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "graph", workers=1)
    return tmp_path


def held(server: GraphStoreServer) -> set[str]:
    return {str(quad) for quad in server.store if quad.graph_name.value not in (PUSHED, UNION)}


def local(folder: Path) -> set[str]:
    with open_graph(folder) as graph:
        return {str(quad) for quad in graph.store.named_quads()}


class TestPush:
    def test_every_named_graph_arrives_and_nothing_is_sent_twice(self, small: Path, server: GraphStoreServer) -> None:
        with open_graph(small / "graph") as graph:
            first = push(graph, f"{server.url}/store")
            assert held(server) == {str(quad) for quad in graph.store.named_quads()}
            server.seen.clear()
            again = push(graph, f"{server.url}/store")
            assert (first.put, again.put, again.unchanged) == (len(graph.store.graphs()) + 1, 0, first.put)
        assert server.seen == [("GET", PUSHED)]

    def test_only_what_changed_goes_and_what_is_gone_is_removed(self, small: Path, server: GraphStoreServer) -> None:
        with open_graph(small / "graph") as graph:
            before = graph.store.graphs()
            push(graph, f"{server.url}/store")
        (small / "in" / "二.txt").unlink()
        (small / "in" / "三.txt").write_text("水利部关于印发《丙办法》的通知\n", encoding="utf-8")
        build([small / "in"], small / "graph", workers=1)
        server.seen.clear()
        with open_graph(small / "graph") as graph:
            done = push(graph, f"{server.url}/store")
            new = set(graph.store.graphs()) - set(before)
            gone = set(before) - set(graph.store.graphs())
        assert len(new) == len(gone) == done.removed == 1
        assert {name.rpartition("/")[2] for name in new | gone} <= set(server.writes())
        assert "ontology" not in server.writes()
        assert held(server) == local(small / "graph")

    def test_graphs_of_others_are_left_alone(self, small: Path, server: GraphStoreServer) -> None:
        httpx.put(
            f"{server.url}/store?graph=urn:other",
            content=b"<urn:a> <urn:b> <urn:c> .",
            headers={"content-type": "text/turtle"},
        )
        with open_graph(small / "graph") as graph:
            push(graph, f"{server.url}/store")
        assert held(server) - local(small / "graph") == {"<urn:a> <urn:b> <urn:c> <urn:other>"}

    @pytest.mark.parametrize("broken_at", range(1, 8))
    def test_a_broken_push_goes_on_and_its_list_never_lies(
        self, small: Path, server: GraphStoreServer, broken_at: int
    ) -> None:
        server.failures = [0] * (broken_at - 1) + [403, 0, 0]
        with open_graph(small / "graph") as graph:
            with pytest.raises(Unreachable, match="push again"):
                push(graph, f"{server.url}/store")
            listed = {q.subject.value for q in server.store if q.graph_name.value == PUSHED}
            there = {q.graph_name.value for q in server.store} - {PUSHED}
            assert listed <= there
            server.failures.clear()
            done = push(graph, f"{server.url}/store")
        assert done.unchanged == len(listed)
        assert held(server) == local(small / "graph")

    def test_a_busy_server_is_asked_again(self, small: Path, server: GraphStoreServer) -> None:
        waited: list[float] = []
        server.failures = [503, 429, 0]
        with open_graph(small / "graph") as graph:
            push(graph, f"{server.url}/store", wait=waited.append)
        assert waited == [1.0, 1.0]
        assert held(server) == local(small / "graph")

    @pytest.mark.parametrize("scheme", ["basic", "digest", "bearer"])
    def test_credentials_as_the_server_asks(self, small: Path, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("ELDERCARE_KG_TOKEN", raising=False)
        monkeypatch.delenv("ELDERCARE_KG_USER", raising=False)
        with running(scheme=scheme) as server, open_graph(small / "graph") as graph:
            with pytest.raises(Unreachable, match="401; it wants credentials"):
                push(graph, f"{server.url}/store")
            if scheme == "bearer":
                monkeypatch.setenv("ELDERCARE_KG_TOKEN", "0123456789abcdef")
            else:
                monkeypatch.setenv("ELDERCARE_KG_USER", "dba:secret")
            push(graph, f"{server.url}/store")
            assert held(server) == local(small / "graph")
            with open_remote(f"{server.url}/sparql") as remote:
                assert remote.query("ASK { ?a a ek:Agency }").truth

    @pytest.mark.parametrize("at_query_time", [True, False])
    def test_what_two_documents_say_counts_once(self, sample_graph: Graph, at_query_time: bool) -> None:
        rows = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        with running(union=at_query_time) as server:
            push(sample_graph, f"{server.url}/store", union=False)
            with pytest.raises(Unreachable, match="once; push again, with --union"):
                open_remote(f"{server.url}/sparql")
            assert push(sample_graph, f"{server.url}/store").put == 1
            with open_remote(f"{server.url}/sparql") as remote:
                assert remote.query(rows) == sample_graph.query(rows)

    def test_a_large_graph_goes_in_parts(
        self, sample_graph: Graph, server: GraphStoreServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kg.query.push._PART", 100)
        push(sample_graph, f"{server.url}/store", union=False)
        assert held(server) == {str(quad) for quad in sample_graph.store.named_quads()}
        assert ("POST", f"{BASE}graph/ontology") in server.seen

    def test_a_wrong_url_is_told(self, small: Path, server: GraphStoreServer) -> None:
        command = ["push", str(small / "graph"), "--to"]
        done = CliRunner().invoke(app, [*command, f"{server.url}/nowhere"])
        assert "404" in str(done.exception) and "check the URL" in str(done.exception)
        assert CliRunner().invoke(app, [*command, "图谱"]).exit_code == 2
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open_graph(small / "graph") as graph, pytest.raises(Unreachable, match="cannot be reached"):
            push(graph, f"http://127.0.0.1:{port}/store", wait=lambda _: None)


class TestReading:
    @pytest.mark.parametrize("name", list(questions()))
    def test_every_question_has_the_same_answer(self, sample_graph: Graph, remote: Graph, name: str) -> None:
        everything = {parameter.name: "*" for parameter in questions()[name].parameters}
        here, there = ask(sample_graph, name, everything), ask(remote, name, everything)

        # 并列的行、一行里的几处依据，先后由各个存储自定。
        def bag(reply: Reply) -> list[str]:
            nodes = (sorted(some) for some in reply.nodes)
            return sorted(map(str, zip(reply.rows, nodes, strict=True)))

        assert bag(there) == bag(here)

    def test_values_mean_the_same(self, sample_graph: Graph, remote: Graph) -> None:
        values = {"region": "渝北", "year": "2023年", "what": "失能老人"}
        here, there = (ask(graph, "cq05", values, evidence=True) for graph in (sample_graph, remote))
        assert there.rows == here.rows == ((640, "名"),)
        assert there.evidence == here.evidence
        assert ask(remote, "cq09", {"document": "浙民养[2023]901号"}).rows == ((3,),)

    @pytest.mark.parametrize("name", ["重庆市渝北区民政局", "长护险", "长期护理保险", "渝北民〔2024〕61号"])
    def test_cards_are_the_same(self, sample_graph: Graph, remote: Graph, name: str) -> None:
        found = find(sample_graph, name)
        assert found and find(remote, name) == found
        assert show(remote, *found[0]) == show(sample_graph, *found[0])

    def test_documents_texts_and_triples_are_the_same(self, sample_graph: Graph, remote: Graph) -> None:
        number = "渝北民〔2024〕61号"
        assert remote.text(number) == sample_graph.text(number)
        here, there = sample_graph.document(number), remote.document(number)
        assert there.statements == here.statements and there.issuers == here.issuers
        triples = "CONSTRUCT { ?a a ek:Agency } WHERE { ?a a ek:Agency }"
        assert remote.query(triples).to_turtle() == sample_graph.query(triples).to_turtle()

    def test_checks_are_the_same(self, sample_graph: Graph, remote: Graph) -> None:
        assert sorted(validate(remote), key=str) == sorted(validate(sample_graph), key=str)

    def test_bad_queries_and_calls_to_others_are_refused(self, remote: Graph) -> None:
        for bad in ("SELECT ?x {", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "CLEAR ALL"):
            with pytest.raises(BadQuery):
                remote.query(bad)

    @pytest.mark.parametrize(
        "hostile", ['"', "\\", "'''", '" } UNION { ?s ?p ?o } #', "$1", "?wanted", "\n", "民\\u0022"]
    )
    def test_a_value_cannot_break_out_of_its_place(self, sample_graph: Graph, remote: Graph, hostile: str) -> None:
        query = """SELECT ?wanted (STRLEN(?wanted) AS ?long) ?a { ?a a ek:Agency FILTER(?wanted != "?wanted") }
                   ORDER BY ?wanted ?a"""
        assert remote.query(query, wanted=hostile) == sample_graph.query(query, wanted=hostile)

    def test_the_commands_take_a_url(self, pushed: GraphStoreServer) -> None:
        url = f"{pushed.url}/sparql"
        told = CliRunner().invoke(app, ["ask", url, "cq05", "--format", "json", "-p", "region=重庆市渝北区"])
        assert json.loads(told.stdout)["rows"] == [[640, "名"]]
        told = CliRunner().invoke(app, ["query", url, "SELECT ?n { ?a a ek:Agency ; skos:prefLabel ?n }"])
        assert "重庆市渝北区民政局" in told.stdout
        assert "渝北民〔2024〕61号" in CliRunner().invoke(app, ["show", url, "渝北民〔2024〕61号"]).stdout
        assert "规则校验" in CliRunner().invoke(app, ["check", url]).stdout

    def test_our_own_service_is_such_a_url(self, sample_folder: Path, sample_graph: Graph) -> None:
        with serving(sample_folder) as url, open_remote(url) as graph:
            assert ask(graph, "cq05").rows == ask(sample_graph, "cq05").rows
            assert graph.text("渝北民〔2024〕61号") == sample_graph.text("渝北民〔2024〕61号")

    def test_what_is_no_such_service_is_told(self, server: GraphStoreServer) -> None:
        with pytest.raises(Unreachable, match="holds no graph of ours"):
            open_remote(f"{server.url}/sparql")
        with pytest.raises(Unreachable, match="404"):
            open_remote(f"{server.url}/nowhere", Credentials())


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Our own service of a graph, started as people start it."""
    command = [sys.executable, "-m", "kg.cli", "serve", str(folder), "--port", "0", "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "SPARQL at" in line)
        yield re.findall(r"SPARQL at (\S+)", line)[0]
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.skipif(VIRTUOSO is None, reason="no virtuoso-t here: apt-get install virtuoso-opensource-7-bin")
def test_virtuoso_takes_and_answers(sample_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian 的 Virtuoso：推上去，再推只推变了的；问题的答案和本地的一样。"""
    monkeypatch.setenv("ELDERCARE_KG_USER", "dba:dba")
    with virtuoso(tmp_path) as url:
        first = push(sample_graph, f"{url}/sparql-graph-crud-auth")
        assert first.put == len(sample_graph.store.graphs()) + 1
        assert push(sample_graph, f"{url}/sparql-graph-crud-auth").put == 0
        with open_remote(f"{url}/sparql") as graph:
            assert graph.text("渝北民〔2024〕61号") == sample_graph.text("渝北民〔2024〕61号")
            assert ask(graph, "cq01").rows == ask(sample_graph, "cq01").rows


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    ports = []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            ports.append(free.getsockname()[1])
    (folder / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile=v.db\nErrorLogFile=v.log\nTransactionFile=v.trx\nLockFile=v.lck\n"
        f"[Parameters]\nServerPort={ports[0]}\nNumberOfBuffers=10000\nDirsAllowed=.\n"
        f"[HTTPServer]\nServerPort={ports[1]}\nServerThreads=4\n[SPARQL]\n",
        encoding="utf-8",
    )
    log = (folder / "out").open("wb")
    command = [str(VIRTUOSO), "-f", "-c", "virtuoso.ini"]
    process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{ports[1]}"
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                httpx.get(f"{url}/sparql?query=ASK+%7B%7D", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait()
        log.close()
