"""Many clients at once, same data, same queries, one run: this service, bare Oxigraph, rdflib-endpoint.

    python benchmarks/serving.py GRAPH [--clients 32] [--seconds 60] [--pause 0]
        [--servers ours,uncached,oxigraph,rdflib] [--oxigraph PATH] [--rdflib-endpoint PATH]

``oxigraph`` and ``rdflib-endpoint`` are commands of the PyPI packages of these names; one that is not found is left
out. All servers and the clients share the machine. Every answer is read to its end; a status other than 200 counts as
an error. ``uncached`` is this service with its cache of answers off.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from processes import descendants

from kg.graph import Graph, open_graph
from ontology.terms import PREFIXES

PORT = 7391
_PATHS = {"oxigraph": "/query", "rdflib": "/"}
_HEAD = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if name in ("ek", "dct", "eli", "skos"))
# Each query of the mix is asked of some thing of the graph, drawn at random: so few are asked twice.
_THINGS = {
    "agency": "SELECT DISTINCT ?x { ?d ek:issuedBy ?x } LIMIT 5000",
    "document": "SELECT ?x { ?x a ek:PolicyDocument ; dct:title ?t } LIMIT 5000",
    "number": "SELECT DISTINCT ?x { ?d ek:documentNumber ?x } LIMIT 5000",
    "place": "SELECT DISTINCT ?x { ?q ek:place ?x } LIMIT 2000",
}
_MIX = (
    ("agency", "SELECT ?p ?o {{ <{0}> ?p ?o }} LIMIT 50"),
    ("agency", "SELECT ?d ?t {{ ?d ek:issuedBy <{0}> ; dct:title ?t }} LIMIT 20"),
    ("agency", "SELECT ?y (COUNT(?d) AS ?n) {{ ?d ek:issuedBy <{0}> ; ek:numberYear ?y }} GROUP BY ?y"),
    ("document", "SELECT ?t ?a ?n {{ <{0}> dct:title ?t ; ek:issuedBy ?a . ?a skos:prefLabel ?n }}"),
    ("document", "ASK {{ ?other eli:cites <{0}> }}"),
    ("number", 'SELECT ?d ?t {{ ?d ek:documentNumber "{0}" ; dct:title ?t }}'),
    ("place", "SELECT ?q ?v ?u {{ ?q ek:place <{0}> ; ek:value ?v ; ek:unit ?u }} LIMIT 50"),
)


def requests(graph: Graph, count: int, path: str = "/sparql") -> list[bytes]:
    """GET requests, the same for every server."""
    draw = random.Random(8)
    things = {kind: [str(row[0]) for row in graph.query(query)] for kind, query in _THINGS.items()}
    made = []
    for number in range(count):
        kind, template = _MIX[number % len(_MIX)]
        query = quote(_HEAD + template.format(draw.choice(things[kind])))
        made.append(
            f"GET {path}?query={query} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Accept: application/sparql-results+json\r\n\r\n".encode()
        )
    return made


class Client(asyncio.Protocol):
    """One kept-alive connection: asks, waits for the whole answer, asks again."""

    def __init__(self, asked: Iterator[bytes], until: float, pause: float) -> None:
        self.asked, self.until, self.pause = asked, until, pause
        self.times: list[float] = []
        self.errors = 0
        self.done = asyncio.get_running_loop().create_future()
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        if time.monotonic() > self.until:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._since = time.perf_counter()
        self.transport.write(next(self.asked))

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, mark, body = self._data.partition(b"\r\n\r\n")
        if not mark:
            return
        lower = head.lower()
        if b"content-length:" in lower:
            whole = len(body) >= int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
        else:
            whole = body.endswith(b"0\r\n\r\n")
        if whole:
            self.times.append(time.perf_counter() - self._since)
            self.errors += not head.startswith(b"HTTP/1.1 200")
            self._data = b""
            if self.pause:
                asyncio.get_running_loop().call_later(self.pause, self._ask)
            else:
                self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.errors += 1
            self.done.set_result(None)


async def load(
    port: int, asked: list[bytes], clients: int, seconds: float, pause: float = 0.0
) -> tuple[list[float], int]:
    """Times of all answers, and the number of errors."""
    turn = iter(range(1 << 60))
    endless = (asked[number % len(asked)] for number in turn)
    until = time.monotonic() + seconds
    loop = asyncio.get_running_loop()
    made = [
        (await loop.create_connection(lambda: Client(endless, until, pause), "127.0.0.1", port))[1]
        for _ in range(clients)
    ]
    await asyncio.gather(*(client.done for client in made))
    return [passed for client in made for passed in client.times], sum(client.errors for client in made)


class Use(NamedTuple):
    """What a process and its descendants have used: seconds of the processor, megabytes of its memory and of theirs.

    Memory is proportional (PSS): a page that several processes share is divided among them.
    """

    seconds: float
    memory: float
    memory_below: float


def use(pid: int) -> Use:
    """What a server has used so far; of descendants that have ended, the time."""
    ticks, own, below = 0, 0, 0
    for one in {pid} | descendants(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            kilobytes = int(rollup.split("\nPss:")[1].split()[0])
            own, below = (kilobytes, below) if one == pid else (own, below + kilobytes)
    return Use(ticks / os.sysconf("SC_CLK_TCK"), own / 1e3, below / 1e3)


def commands(graph: Path, options: argparse.Namespace, scratch: Path) -> dict[str, list[str]]:
    """Name to command line, of the servers that are there."""
    ours = (
        "from pathlib import Path; from kg.server import Limits, Settings; from kg.server.listening import listen; "
        f"listen(Settings(Path({str(graph)!r}), limits=Limits(cache_bytes=%d)), '127.0.0.1', {PORT}, print)"
    )
    found = {
        "ours": [sys.executable, "-c", ours % 64_000_000],
        "uncached": [sys.executable, "-c", ours % 0],
    }
    if shutil.which(options.oxigraph):
        store = scratch / "oxigraph"
        with open_graph(graph) as opened:
            opened.store.backup(store)
        found["oxigraph"] = [options.oxigraph, "serve-read-only", "-l", str(store), "-b", f"127.0.0.1:{PORT}"]
    if shutil.which(options.rdflib_endpoint) and "rdflib" in options.servers:
        triples = scratch / "graph.nt"
        with open_graph(graph) as opened, triples.open("wb") as stream:
            import pyoxigraph as ox

            opened.store.store.dump(stream, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        found["rdflib"] = [options.rdflib_endpoint, "serve", "--host", "127.0.0.1", "--port", str(PORT), str(triples)]
    return {name: found[name] for name in options.servers.split(",") if name in found}


def wait_for(process: subprocess.Popen[bytes], path: str, seconds: float) -> None:
    """Until the server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=60) as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not answer")


def main() -> None:
    """Measure each server, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0, help="seconds that a client waits before it asks again")
    parser.add_argument("--servers", default="ours,uncached,oxigraph,rdflib")
    parser.add_argument("--oxigraph", default="oxigraph")
    parser.add_argument("--rdflib-endpoint", default="rdflib-endpoint")
    options = parser.parse_args()
    with open_graph(options.graph) as graph:
        asked_of = {path: requests(graph, 20_000, path) for path in ("/query", "/", "/sparql")}
    asked = asked_of["/sparql"]
    print(f"{options.clients} clients, {options.seconds:g} s, {len(set(asked_of['/sparql'])):,} different queries")
    print("load of the machine before: " + " ".join(f"{one:.2f}" for one in os.getloadavg()))
    print(
        "server     answers/s   p50 ms   p99 ms   max ms  errors   CPU ms/answer   MB of itself + workers: first, last"
    )
    with tempfile.TemporaryDirectory() as scratch:
        for name, command in commands(options.graph, options, Path(scratch)).items():
            path = _PATHS.get(name, "/sparql")
            asked = asked_of[path]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                wait_for(process, f"{path}?query=ASK%7B%7D", 900)
                if path == "/sparql":  # ours: its index of names is made at the start, by a process of its own
                    wait_for(process, "/search?q=x", 900)
                asyncio.run(load(PORT, asked, 4, 3))
                before = use(process.pid)
                times, errors = asyncio.run(load(PORT, asked, options.clients, options.seconds, options.pause))
                after = use(process.pid)
            finally:
                process.terminate()
                process.wait(30)
            cuts = statistics.quantiles(times, n=100)
            print(
                f"{name:10} {len(times) / options.seconds:9.0f} {cuts[49] * 1e3:8.1f} {cuts[98] * 1e3:8.1f} "
                f"{max(times) * 1e3:8.0f} {errors:7} {(after.seconds - before.seconds) / len(times) * 1e3:15.2f} "
                f"{before.memory:8.0f} + {before.memory_below:.0f} {after.memory:8.0f} + {after.memory_below:.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
