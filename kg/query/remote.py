"""Graphs behind a SPARQL 1.1 service: read like a folder, asked over the SPARQL Protocol.

Its default graph must hold every triple of the named graphs once, as that of ``serve`` does. A union that a server
takes at query time counts twice what two documents say; there ``push`` puts a named graph of the union, and queries go
to that one. Credentials come from the environment: ``ELDERCARE_KG_TOKEN``, or ``ELDERCARE_KG_USER`` as
``name:password``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox

from kg.folder.manifest import Entry, Manifest, Origin
from kg.graph import Graph
from kg.query.answers import Answer
from kg.query.guard import BadQuery, check, tokens
from ontology.terms import BASE, PREFIXES

__all__ = [
    "UNION",
    "Credentials",
    "RemoteGraph",
    "RemoteStore",
    "Unreachable",
    "client",
    "is_url",
    "open_remote",
    "refusal",
]

UNION = f"{BASE}graph/union"
TOKEN, USER = "ELDERCARE_KG_TOKEN", "ELDERCARE_KG_USER"
_SECONDS = 120.0
_TWICE = "SELECT ?agency (COUNT(*) AS ?n) { ?agency ek:jurisdiction ?area } GROUP BY ?agency ORDER BY DESC(?n) LIMIT 1"
_NOTHING = "holds no graph of ours; push one: eldercare-kg push GRAPH --to URL"
_NO_UNION = "its default graph does not hold every triple of the named graphs once; push again, with --union"
_RESULTS = "application/sparql-results+json, application/json;q=0.5"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
# Where a term may stand only in brackets: SELECT (1 AS ?x), ORDER BY (1). Other words end these clauses.
_CLAUSES = {"SELECT": "select", "GROUP": "modify", "ORDER": "modify", **dict.fromkeys(("WHERE", "FROM", "LIMIT"), "")}


class Unreachable(ValueError):
    """A service that cannot be asked; the message says why and what to do."""


class Credentials(httpx.Auth):
    """A token; or a name and password, sent as Basic or Digest, whichever the service asks for."""

    def __init__(self, *, token: str = "", user: str = "") -> None:
        self._token = token
        self._user, _, self._password = user.partition(":")
        self._chosen: httpx.Auth | None = None

    @classmethod
    def of_environment(cls) -> Credentials:
        """What the environment gives; nothing where it gives nothing."""
        return cls(token=os.environ.get(TOKEN, "").strip(), user=os.environ.get(USER, "").strip())

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request; where the service wants a name, once more with it."""
        if self._token:
            request.headers["authorization"] = f"Bearer {self._token}"
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
            return
        response = yield request
        if response.status_code == 401 and self._user and not self._token:
            asked = response.headers.get("www-authenticate", "").lower()
            digest = asked.startswith("digest")
            self._chosen = (httpx.DigestAuth if digest else httpx.BasicAuth)(self._user, self._password)
            yield from self._chosen.auth_flow(request)


def is_url(place: str | Path) -> bool:
    """True for the address of a service, false for a folder.

    >>> is_url("https://example.org/sparql"), is_url("图谱")
    (True, False)
    """
    return isinstance(place, str) and re.match(r"https?://", place) is not None


def client(credentials: Credentials | None = None) -> httpx.Client:
    """A client for services; redirects are not followed, so that credentials go nowhere else."""
    return httpx.Client(
        auth=credentials or Credentials.of_environment(),
        timeout=httpx.Timeout(_SECONDS, connect=10.0),
        transport=httpx.HTTPTransport(retries=2),
        headers={"user-agent": "eldercare-kg"},
    )


def refusal(url: str, answer: httpx.Response) -> str:
    """What a service that refused is to be told of."""
    said = " ".join(answer.text.split())[:300]
    hints = {
        401: f"it wants credentials: set {TOKEN}, or {USER}=name:password",
        403: "these credentials may not do this",
        404: "there is no such endpoint; check the URL",
        405: "this endpoint does not take this method; check the URL",
        413: "it takes no request this large; raise its limit",
    }
    if answer.is_redirect:
        said = f"it points to {answer.headers.get('location', '')}; give that URL"
    hint = hints.get(answer.status_code, "")
    return f"{url}: HTTP {answer.status_code}" + "".join(f"; {part}" for part in (hint, said) if part)


class RemoteStore:
    """A service as a store to read; see ``kg.folder.store.Store``."""

    def __init__(self, url: str, http: httpx.Client) -> None:
        self.url = url
        self.default_graph = ""
        self._http = http

    def query(self, sparql: str, values: dict[str, Any] | None = None) -> Any:
        """Run SPARQL; the project's prefixes need no declaration.

        Raises:
            BadQuery: the service cannot read the query.
            Unreachable: it cannot be asked.
        """
        checked = check(sparql)
        text = _declared(_bound(sparql, values or {}))
        rows = checked.form in ("SELECT", "ASK")
        own = any(token.text.upper() in ("GRAPH", "FROM") for token in tokens(sparql) if token.kind == "word")
        given = {"query": text}
        if self.default_graph and not own:
            given["default-graph-uri"] = self.default_graph
        answer = self._post(given, _RESULTS if rows else _TRIPLES)
        media = answer.headers.get("content-type", "").partition(";")[0].strip()
        try:
            if rows:
                return ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
            format = ox.RdfFormat.from_media_type(media) or ox.RdfFormat.N_TRIPLES
            return [quad.triple for quad in ox.parse(answer.content, format=format)]
        except (SyntaxError, ValueError) as error:
            raise Unreachable(f"{self.url}: what it answered as {media!r} cannot be read: {error}") from error

    def _post(self, given: dict[str, str], accept: str) -> httpx.Response:
        try:
            answer = self._http.post(self.url, data=given, headers={"accept": accept})
        except httpx.HTTPError as error:
            raise Unreachable(f"{self.url}: cannot be reached ({error}); check the URL and that it runs") from error
        if answer.status_code == 400:
            raise BadQuery(f"the query cannot be read: {_detail(answer)}")
        if not answer.is_success:
            raise Unreachable(refusal(self.url, answer))
        return answer

    def graphs(self) -> list[str]:
        """The IRIs of our named graphs, sorted."""
        rows = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return sorted(row["g"].value for row in rows if row["g"].value.startswith(BASE))

    def quads(self, graph: str) -> Iterator[Any]:
        """The triples of a named graph."""
        yield from self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}")

    def close(self) -> None:
        """Hang up."""
        self._http.close()


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return " ".join(answer.text.split())[:500]


def _declared(text: str) -> str:
    """The query with declarations of those of our prefixes that it uses and does not declare."""
    found = list(tokens(text))
    own = {after.text for word, after in pairwise(found) if word.text.upper() == "PREFIX"}
    used = {token.text.partition(":")[0] for token in found if token.kind == "name"}
    lines = [f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if name in used and f"{name}:" not in own]
    return "\n".join([*lines, text])


def _bound(text: str, values: dict[str, Any]) -> str:
    """The query with terms in the place of variables; where only a variable may stand, bound to it by AS."""
    pieces: list[str] = []
    at, brackets, clause = 0, 0, ""
    for kind, word, start in tokens(text):
        if kind == "word":
            clause = _CLAUSES.get(word.upper(), clause)
        elif kind == "mark":
            brackets += (word == "(") - (word == ")")
            clause = "" if word in "{}" else clause
        elif kind == "variable" and word[1:] in values:
            term = str(values[word[1:]])
            if clause and not brackets:
                term = f"({term} AS {word})" if clause == "select" else f"({term})"
            pieces += [text[at:start], term]
            at = start + len(word)
    return "".join([*pieces, text[at:]])


class RemoteGraph(Graph):
    """A graph behind a service; texts come from the graph itself."""

    def __init__(self, url: str, store: RemoteStore) -> None:
        rows = Answer.of(store.query("SELECT ?text ?file { ?text ek:fileName ?file } ORDER BY ?text ?file")).rows
        files: dict[str, list[Origin]] = {}
        for text, file in rows:
            files.setdefault(str(text).rpartition("/")[2], []).append(Origin(str(file), ""))
        entries = {sha: Entry(sha, 0, 0, tuple(origins)) for sha, origins in files.items()}
        super().__init__(Path(), Manifest(recipe="", store="", documents=entries), store)  # type: ignore[arg-type]
        self.name = url
        self._text = lru_cache(maxsize=64)(self._fetched)

    def text(self, document: str) -> str:
        """The text of a document as it may be shown; see ``Graph.text``."""
        return self._text(self.sha(document))

    def _fetched(self, sha: str) -> str:
        rows = self.query(f"SELECT ?text {{ <{BASE}id/src/{sha}> nif:isString ?text }}").rows
        if not rows:
            raise KeyError(f"no text of {sha!r} in {self.name}")
        return str(rows[0][0])


def open_remote(url: str, credentials: Credentials | None = None) -> RemoteGraph:
    """The graph behind a SPARQL service.

    Raises:
        Unreachable: it cannot be asked, holds no graph of ours, or would count some statements twice.
    """
    store = RemoteStore(url, client(credentials))
    try:
        if store.query(f"ASK {{ GRAPH <{UNION}> {{ ?text eli:realizes ?doc }} }}"):
            store.default_graph = UNION
        elif not store.query("ASK { ?text eli:realizes ?doc }"):
            there = bool(store.query("ASK { GRAPH ?g { ?text eli:realizes ?doc } }"))
            raise Unreachable(f"{url}: {_NO_UNION if there else _NOTHING}")
        elif any(int(row["n"].value) > 1 for row in store.query(_TWICE)):
            raise Unreachable(f"{url}: {_NO_UNION}")
    except ValueError:
        store.close()
        raise
    return RemoteGraph(url, store)
