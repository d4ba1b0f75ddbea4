"""A small server of the Graph Store Protocol and of SPARQL queries, over pyoxigraph, for tests: it can refuse, break
off and ask for credentials."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


class GraphStoreServer(ThreadingHTTPServer):
    """``/store`` and ``/sparql``. ``seen`` are the requests; ``failures`` statuses for the next writes."""

    daemon_threads = True

    def __init__(self, *, union: bool = True, scheme: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = ox.Store()
        self.union = union
        self.scheme = scheme
        self.seen: list[tuple[str, str]] = []
        self.failures: list[int] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def writes(self) -> list[str]:
        return [graph.rpartition("/")[2] for method, graph in self.seen if method in ("PUT", "DELETE")]


@contextmanager
def running(**options: Any) -> Iterator[GraphStoreServer]:
    with GraphStoreServer(**options) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: GraphStoreServer

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    do_PUT = do_POST = do_DELETE = do_GET

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        split = urlsplit(self.path)
        given = parse_qs(split.query, keep_blank_values=True)
        if not self._allowed():
            return
        with self.server.lock:
            if split.path == "/sparql":
                self._query(parse_qs(body.decode()))
            elif split.path == "/store":
                self._graph(given.get("graph", [""])[0], body)
            else:
                self._send(404)

    def _graph(self, name: str, body: bytes) -> None:
        store, graph = self.server.store, ox.NamedNode(name) if name else ox.DefaultGraph()
        self.server.seen.append((self.command, name or "default"))
        if self.command != "GET" and self.server.failures:
            status = self.server.failures.pop(0)
            if status:
                self._send(status, headers={"retry-after": "1"})
                return
        there = any(True for _ in store.quads_for_pattern(None, None, None, graph))
        if self.command in ("GET", "DELETE") and not there:
            self._send(404)
            return
        if self.command == "GET":
            triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
            self._send(200, ox.serialize(triples, format=ox.RdfFormat.TURTLE) or b"", "text/turtle")
            return
        if self.command in ("PUT", "DELETE"):
            store.remove_graph(graph) if name else store.clear_graph(graph)
        if self.command != "DELETE":
            parsed = ox.parse(body, format=ox.RdfFormat.from_media_type(self.headers["content-type"]))
            store.extend(ox.Quad(*quad.triple, graph) for quad in parsed)
        self._send(204)

    def _query(self, given: dict[str, list[str]]) -> None:
        options: dict[str, Any] = {"use_default_graph_as_union": self.server.union}
        if "default-graph-uri" in given:
            options = {"default_graph": [ox.NamedNode(name) for name in given["default-graph-uri"]]}
        try:
            found = self.server.store.query(given["query"][0], **options)
        except SyntaxError as error:
            self._send(400, str(error).encode())
            return
        if isinstance(found, ox.QueryTriples):
            self._send(200, ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b"", "application/n-triples")
            return
        media = "application/sparql-results+json"
        self._send(200, found.serialize(format=ox.QueryResultsFormat.JSON) or b"", media)

    def _allowed(self) -> bool:
        given = self.headers.get("authorization", "")
        scheme = self.server.scheme
        digest = re.search(r'response="(\w+)"', given)
        right = {
            "": True,
            "basic": given == "Basic " + base64.b64encode(b"dba:secret").decode(),
            "bearer": given == "Bearer 0123456789abcdef",
            "digest": digest is not None and digest[1] == self._digest(given),
        }[scheme]
        if not right:
            self._send(401, headers={"www-authenticate": f'{scheme.title()} realm="r", nonce="n"'})
        return right

    def _digest(self, given: str) -> str:
        def told(name: str) -> str:
            found = re.search(rf'\b{name}="([^"]*)"', given)
            return found[1] if found else ""

        first = hashlib.md5(b"dba:r:secret").hexdigest()
        second = hashlib.md5(f"{self.command}:{told('uri')}".encode()).hexdigest()
        return hashlib.md5(f"{first}:n:{second}".encode()).hexdigest()

    def _send(
        self, status: int, body: bytes = b"", media: str = "text/plain", headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"content-type": media, "content-length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
