"""A graph loaded into any server that speaks the SPARQL 1.1 Graph Store Protocol: the named graphs that have changed.

The server itself keeps the list of what was pushed, graph by graph with the hash of its triples, in a named graph of
its own (``…/graph/pushed``). A graph leaves the list before it is replaced and comes back when it is in place, so a
push that broke off goes on where it stopped, from any machine, and the list never says what is not so.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import httpx
import pyoxigraph as ox

from kg.graph import Graph
from kg.query.remote import UNION, Credentials, Unreachable, client, refusal
from kg.statements.link import graph as graph_iri
from ontology.terms import DCT

__all__ = ["PUSHED", "Pushed", "push"]

PUSHED = graph_iri("pushed")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_BATCH, _BATCH_SECONDS = 50, 5.0
_TRIES = 4
# Servers limit the size of a request: a graph goes in parts, the first by PUT, the others by POST.
_PART = 20_000
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_TURTLE = "text/turtle"  # N-Triples are Turtle, and every server reads Turtle


@dataclass(slots=True)
class Pushed:
    """What a push did: graphs put, left as they were, and removed; bytes sent."""

    put: int = 0
    unchanged: int = 0
    removed: int = 0
    sent: int = 0


class _Server:
    """The graphs of a server, by the Graph Store Protocol."""

    def __init__(self, url: str, http: httpx.Client, wait: Callable[[float], None]) -> None:
        self.url = url
        self._http = http
        self._wait = wait

    def send(self, method: str, graph: str, body: bytes | None = None) -> httpx.Response:
        """One request, again where the server is only busy.

        Raises:
            Unreachable: it cannot be reached, or refuses.
        """
        headers = {"content-type": _TURTLE} if body is not None else {"accept": "text/turtle, application/n-triples"}
        url = httpx.URL(self.url).copy_merge_params({"graph": graph})
        for attempt in range(1, _TRIES + 1):
            try:
                answer = self._http.request(method, url, content=body, headers=headers)
            except httpx.HTTPError as error:
                if attempt == _TRIES:
                    raise Unreachable(f"{self.url}: cannot be reached ({error}); push again to go on") from error
                self._wait(float(attempt))
                continue
            if answer.status_code not in _AGAIN or attempt == _TRIES:
                break
            self._wait(_seconds(answer, attempt))
        if not answer.is_success and not (answer.status_code == 404 and method in ("GET", "DELETE")):
            raise Unreachable(f"{refusal(self.url, answer)}; at {method} of {graph}; push again to go on")
        return answer

    def listed(self) -> dict[str, str]:
        """What was pushed: hash by graph."""
        answer = self.send("GET", PUSHED)
        if answer.status_code == 404 or not answer.content.strip():
            return {}
        media = answer.headers.get("content-type", "").partition(";")[0].strip()
        try:
            triples = list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media) or ox.RdfFormat.TURTLE))
        except (SyntaxError, ValueError) as error:
            raise Unreachable(f"{self.url}: no Graph Store endpoint: what it answers is no RDF ({error})") from error
        found: dict[str, str] = {}
        for triple in triples:
            value = getattr(triple.object, "value", "")
            if triple.predicate.value == DCT.identifier and _HASH.fullmatch(value):
                # Two hashes of one graph say that nobody knows which is there.
                found[triple.subject.value] = "" if triple.subject.value in found else value
        return found


def _seconds(answer: httpx.Response, attempt: int) -> float:
    given = answer.headers.get("retry-after", "")
    return min(float(given), 60.0) if given.isdigit() else float(2**attempt)


def push(
    graph: Graph,
    url: str,
    *,
    credentials: Credentials | None = None,
    union: bool = True,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    wait: Callable[[float], None] = time.sleep,
) -> Pushed:
    """Load a graph into a server; what it holds already stays, what it held of this graph before and is gone goes.

    Args:
        url: the server's Graph Store endpoint.
        union: with one more named graph that holds every triple once. Reading asks that one, as a union that a server
            takes at query time counts twice what two documents say.

    Raises:
        Unreachable: the server cannot be reached or refuses; what was sent so far counts, the next push goes on.
    """
    done = Pushed()
    with client(credentials) as http:
        server = _Server(url, http, wait)
        wanted = {name: _hash(_parts(graph, name)) for name in graph.store.graphs()}
        if union:
            wanted[UNION] = _hash([_list(wanted)])
        listed = server.listed()
        kept = {name: digest for name, digest in listed.items() if wanted.get(name) == digest}
        changed = [name for name in wanted if name not in kept]
        done.unchanged = len(kept)
        if kept != listed:
            server.send("PUT", PUSHED, _list(kept))
        for number, name in enumerate(_put(server, graph, changed, wanted, done), 1):
            progress(number, len(changed), name)
        for name in sorted(set(listed) - set(wanted)):
            server.send("DELETE", name)
            done.removed += 1
        if changed or kept != listed:
            server.send("PUT", PUSHED, _list(wanted))
    return done


def _put(server: _Server, graph: Graph, names: list[str], wanted: dict[str, str], done: Pushed) -> Iterator[str]:
    """Put the graphs one after another; now and then, and at an end of any kind, note those that are in place."""
    noted: dict[str, str] = {}
    since = time.monotonic()
    try:
        for name in names:
            for number, part in enumerate(_parts(graph, name)):
                server.send("POST" if number else "PUT", name, part)
                done.sent += len(part)
            done.put += 1
            noted[name] = wanted[name]
            if len(noted) >= _BATCH or time.monotonic() - since > _BATCH_SECONDS:
                server.send("POST", PUSHED, _list(noted))
                noted, since = {}, time.monotonic()
            yield name
    finally:
        if noted:
            server.send("POST", PUSHED, _list(noted))


def _parts(graph: Graph, name: str) -> Iterator[bytes]:
    """The triples of a graph, or of all, as N-Triples in parts; those of a named graph in a fixed order."""
    store: Any = graph.store
    if name == UNION:
        quads = store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    else:
        quads = iter(sorted(store.quads(name), key=str))
    for first in quads:
        part = (quad.triple for quad in chain([first], islice(quads, _PART - 1)))
        yield ox.serialize(part, format=ox.RdfFormat.N_TRIPLES) or b""


def _hash(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return "sha256:" + digest.hexdigest()


def _list(entries: dict[str, str]) -> bytes:
    return "".join(f'<{name}> <{DCT.identifier}> "{digest}" .\n' for name, digest in sorted(entries.items())).encode()
