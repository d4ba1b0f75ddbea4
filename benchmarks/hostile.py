"""A running service under attack: queries of death, nesting, attempts to reach out; and what other clients feel of it.

    python benchmarks/hostile.py GRAPH [--rounds 5] [--seconds 3] [--attackers 4]

Starts the service on GRAPH with a deadline of ``--seconds``. First, other clients alone: their 99th percentile. Then
60 queries of death by ``--rounds``, 11 shapes of nesting at 6 depths up to 100,000, and more than 200 attempts to reach
another host or a file, all while the other clients go on. A canary listens on every address that is tried. Prints what
each kind was answered, how late the latest answer came, contacts, workers left, and the other clients' percentiles.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlencode

PORT = 7392
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
FOUR = CROSS + " . ?j ?k ?l"
PATH = "(!<x:x>|^!<x:x>)"


def deadly() -> list[str]:
    """Sixty queries that would run for hours, or until memory ends."""
    found = [f"SELECT ({how} AS ?n) {{ {FOUR} }}" for how in ("COUNT(*)", "COUNT(DISTINCT ?a)", "SUM(STRLEN(STR(?l)))")]
    found += [f"SELECT (GROUP_CONCAT(?{v}) AS ?n) {{ {FOUR} }}" for v in "cfil"]
    found += [f"SELECT (MAX(CONCAT(STR(?a), STR(?{v}))) AS ?n) {{ {FOUR} }}" for v in "dgj"]
    found += [f"SELECT * {{ {FOUR} }} ORDER BY {way}(?{v})" for way in ("ASC", "DESC") for v in "cfil"]
    found += [f"SELECT DISTINCT ?{v} ?{w} {{ {FOUR} }}" for v, w in ("ad", "ag", "aj", "dg")]
    found += [f"SELECT * {{ {FOUR} FILTER({test}) }}" for test in (
        "REGEX(CONCAT(STR(?a), STR(?l)), '^(a+)+$')", "REGEX(STR(?l), '(x|y|xy)*z{20}')",
        "STR(?a) = CONCAT(STR(?l), '1')", "SHA512(STR(?l)) = '0'", "RAND() > 2",
        "STRLEN(REPLACE(STR(?l), '.', 'xxxxxxxxxx')) > 99999",
    )]  # fmt: skip
    found += [f"SELECT (COUNT(*) AS ?n) {{ ?a {PATH}{m} ?b . ?c {PATH}{m} ?d }}" for m in ("*", "+", "?")]
    found += [f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([PATH + '*'] * n)} ?b }}" for n in (2, 3, 5, 8)]
    found += [f"ASK {{ ?a ?p ?b . ?b {PATH}* ?c . ?c {PATH}* ?a FILTER(STR(?a) = 'x') }}"]
    found += [f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?l }} WHERE {{ {FOUR} }}", f"DESCRIBE * {{ {CROSS} }}"]
    found += [f"SELECT * {{ {CROSS} OPTIONAL {{ ?x ?y ?z . ?u ?v ?w FILTER(?z = ?w && ?x != ?a) }} }} ORDER BY ?w"]
    found += [f"SELECT * {{ {CROSS} MINUS {{ ?a ?q ?r . ?s ?t ?u . ?v ?w ?x }} }}"]
    found += [
        f"SELECT * {{ {CROSS} FILTER NOT EXISTS {{ ?a ?x ?y . ?z ?u ?v FILTER(STR(?y) > STR(?v) && ?c = ?x) }} }}"
    ]
    found += [
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(n)) + " }" for n in (5, 12, 60)
    ]
    found += [
        "SELECT * { " + " ".join(f"{{ ?s{i} ?p ?o{i} }} UNION {{ ?o{i} ?p ?s{i} }}" for i in range(n)) + " }"
        for n in (4, 9)
    ]
    values = " ".join(map(str, range(3_000)))
    found += [
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?{v} {{ {values} }}" for v in letters) + " }"
        for letters in ("xyz", "wxyz")
    ]
    for grow, first in (
        ("CONCAT(?x{0}, ?x{0})", "'养老'"),
        ("REPLACE(?x{0}, '.', 'abcdefgh')", "'x'"),
        ("ENCODE_FOR_URI(CONCAT(?x{0}, '%老'))", "'老'"),
    ):
        steps = " ".join(f"BIND({grow.format(i)} AS ?x{i + 1})" for i in range(60))
        found.append(f"SELECT ?x60 {{ BIND({first} AS ?x0) {steps} {CROSS} }}")
    found += [
        "SELECT * { " + "{ SELECT ?a (COUNT(*) AS ?n) { " + FOUR + f" }} GROUP BY ?a ?{v} ?{w} }} }}"
        for v, w in ("dg", "gj")
    ]
    found += [f"SELECT ?a (SAMPLE(?l) AS ?s) {{ {FOUR} }} GROUP BY ?a ?d HAVING (COUNT(*) > {n})" for n in (1, 10)]
    found += ["ASK { " + "?s <a:a>" + "/<a:a>" * n + " ?o }" for n in (900, 1_500, 3_000)]
    found += ["ASK { " + "?a ?b ?c ." * n + " }" for n in (400, 1_500)]
    found += ["ASK { {} " + "UNION {} " * 4_000 + "}", "ASK { " + "OPTIONAL { ?s ?p ?o } " * 2_000 + "}"]
    return found[:60]


SHAPES = {
    "groups": ("ASK", "{", "", "}", ""),
    "parentheses": ("ASK{FILTER(", "(", "true", ")", ")}"),
    "not": ("ASK{FILTER(", "!", "true", "", ")}"),
    "exists": ("ASK{", "FILTER EXISTS{", "?s ?p ?o", "}", "}"),
    "and": ("ASK{FILTER(true", "&&true", "", "", ")}"),
    "path": ("ASK{?s <a:a>", "/<a:a>", "", "", " ?o}"),
    "collections": ("ASK{?s ?p ", "(", "1", ")", "}"),
    "blank nodes": ("ASK{?s ?p ", "[?p ", "1", "]", "}"),
    "union": ("ASK{{}", "UNION{}", "", "", "}"),
    "optional": ("ASK{", "OPTIONAL{", "?s ?p ?o", "}", "}"),
    "subqueries": ("ASK{", "{SELECT*{", "?s ?p ?o", "}}", "}"),
}


def nested() -> list[str]:
    """Eleven shapes at six depths."""
    depths = (60, 300, 1_000, 5_000, 20_000, 100_000)
    return [a + b * n + c + d * n + e for a, b, c, d, e in SHAPES.values() for n in depths]


def reaching(port: int) -> list[tuple[str, str]]:
    """Attempts to have a host called or a file read: path and body of a POST, or a path to GET."""
    hosts = ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "2130706433", "0x7f000001",
             "0177.0.0.1", "127.1", "0", "127.0.0.1.nip.io", "user@127.0.0.1", "①②⑦.⓪.⓪.①")  # fmt: skip
    urls = [f"{scheme}://{host}:{port}/" for scheme in ("http", "https") for host in hosts]
    files = [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "/etc/passwd",
        "../../etc/passwd",
        "file:///proc/self/environ",
    ]
    queries = [f"ASK {{ SERVICE {silent}<{url}> {{ ?s ?p ?o }} }}" for url in urls for silent in ("", "SILENT ")]
    queries += [f"SELECT * FROM {named}<{url}> {{ ?s ?p ?o }}" for url in urls + files for named in ("", "NAMED ")]
    queries += [f"{verb} <{url}>" for verb in ("LOAD", "LOAD SILENT") for url in urls[:13] + files]
    queries += [f"PREFIX x: <{url}> ASK {{ SERVICEx:a {{ ?s ?p ?o }} }}" for url in urls[:6]]
    queries += [
        f"ASK {{ BIND(<{url}> AS ?e) BIND(1 AS ?a) FILTER(?a<?b)SERVICE?e#>\n{{ ?s ?p ?o }} }}" for url in urls[:6]
    ]
    queries += [rf"ASK {{ SERV\u0049CE <{url}> {{ ?s ?p ?o }} }}" for url in urls[:6]]
    posts = [("/sparql", urlencode({"query": query})) for query in queries]
    gets = [
        (f"/sparql?query=ASK%7B%7D&{name}={quote(iri)}", "")
        for name in ("default-graph-uri", "named-graph-uri")
        for iri in urls[:13] + files
    ]
    gets += [(f"/rdf-graph-store?graph={quote(iri)}", "") for iri in urls[:13] + files]
    gets += [(f"/{'../' * n}etc/passwd", "") for n in (0, 1, 3)] + [
        ("/%2e%2e/%2e%2e/etc/passwd", ""),
        (f"http://127.0.0.1:{port}/", ""),
    ]
    return posts + gets


def send(path: str, body: str) -> tuple[int, float, bytes]:
    """Status, seconds, body. A lost connection is status 0."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        if body:
            connection.request("POST", path, body, {"content-type": "application/x-www-form-urlencoded"})
        else:
            connection.request("GET", path)
        answer = connection.getresponse()
        data = answer.read()
        return answer.status, time.monotonic() - begun, data
    except OSError:
        return 0, time.monotonic() - begun, b""
    finally:
        connection.close()


class Others(threading.Thread):
    """A well-behaved client: ten light queries a second, each unlike the last."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.times: list[float] = []
        self.bad: Counter[int] = Counter()
        self.ended = threading.Event()

    def run(self) -> None:
        for number in itertools.count():
            query = f"SELECT ?n {{ ?a a ek:Agency ; skos:prefLabel ?n }} LIMIT {number % 997 + 1}"
            status, seconds, _ = send("/sparql", urlencode({"query": query}))
            self.times.append(seconds)
            if status != 200:
                self.bad[status] += 1
            if self.ended.wait(0.1):
                return


def feel(work: list[tuple[str, str]], attackers: int) -> tuple[list[tuple[int, float, bytes]], list[Others]]:
    """Let the attackers do the work while others ask."""
    others = [Others() for _ in range(4)]
    for each in others:
        each.start()
    turns = iter(work)
    lock = threading.Lock()
    answers: list[tuple[int, float, bytes]] = []

    def attack() -> None:
        while True:
            with lock:
                turn = next(turns, None)
            if turn is None:
                return
            answers.append(send(*turn))

    threads = [threading.Thread(target=attack) for _ in range(attackers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, others


def tell(name: str, answers: list[tuple[int, float, bytes]], others: list[Others]) -> None:
    """Print one kind of attack."""
    for each in others:
        each.ended.set()
        each.join()
    times = sorted(itertools.chain.from_iterable(each.times for each in others))
    bad = sum((each.bad for each in others), Counter())
    cuts = statistics.quantiles(times, n=100)
    statuses = dict(sorted(Counter(status for status, _, _ in answers).items()))
    latest = max((seconds for _, seconds, _ in answers), default=0)
    print(
        f"{name:18} {len(answers):4} {statuses}, latest {latest:.2f} s; others: {len(times)} answers, "
        f"p50 {cuts[49] * 1e3:.0f} ms, p99 {cuts[98] * 1e3:.0f} ms, not 200: {dict(bad)}",
        flush=True,
    )


def canary() -> tuple[int, list[str]]:
    """A port that is listened at on all addresses, and who came."""
    visits: list[str] = []
    listening = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)

    def wait() -> None:
        while True:
            connection, address = listening.accept()
            visits.append(str(address))
            connection.close()

    threading.Thread(target=wait, daemon=True).start()
    return listening.getsockname()[1], visits


def descendants(pid: int) -> set[int]:
    """The processes below a process."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found: set[int] = set()
    left = [pid]
    while left:
        one = left.pop()
        young = {child for child, of in parents.items() if of == one}
        found |= young
        left += young
    return found


def main() -> None:
    """Attack and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--attackers", type=int, default=4)
    options = parser.parse_args()
    port, visits = canary()
    command = [sys.executable, "-m", "kg.cli", "serve", options.graph, "--port", str(PORT), "--quiet"]
    server = subprocess.Popen([*command, "--seconds", str(options.seconds)], stderr=subprocess.DEVNULL)
    try:
        while send("/health", "")[0] != 200:
            time.sleep(0.2)
        _, others = feel([], 0)
        time.sleep(10)
        tell("others alone", [], others)
        deaths = [("/sparql", urlencode({"query": query})) for query in deadly()]
        tell(f"death × {options.rounds}", *feel(deaths * options.rounds, options.attackers))
        tell("nesting", *feel([("/sparql", urlencode({"query": query})) for query in nested()], options.attackers))
        tell("reaching out", *feel(reaching(port), options.attackers))
        time.sleep(2)
        print("canary:", len(visits), "contacts; workers:", json.loads(send("/health", "")[2])["workers"])
        print(
            "the front's memory:",
            Path(f"/proc/{server.pid}/status").read_text().split("VmRSS:")[1].split("\n")[0].strip(),
        )
        workers = descendants(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    print(f"workers left: {sum(Path(f'/proc/{pid}').exists() for pid in workers)} of {len(workers)}")


if __name__ == "__main__":
    main()
