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
from urllib.parse import urlencode

from attacks import deadly, nested, reaching
from processes import descendants

PORT = 7392


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
        while send("/search?q=x", "")[0] != 200:  # what is made at the start is made
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
