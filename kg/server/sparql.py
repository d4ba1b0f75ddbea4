"""SPARQL 1.1 Protocol, queries: ``/sparql`` by GET, by a form, and by the query itself as the body.

An answer with status 200 is whole. A GET without a query gets the service's description (SPARQL 1.1 Service
Description, 2). Updates are refused with 403: a graph changes by a new build.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.server import bodies
from kg.server.caching import etag, not_modified, validators
from kg.server.describing import description
from kg.server.problems import Problem
from kg.server.service import Answered, Asked, Service

__all__ = ["OPENAPI", "routes"]

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# Reading a query of more bytes keeps nobody waiting.
_SHORT = 8_000
_FLEETING = {"cache-control": "no-store", "vary": "Accept, Authorization"}
_READ_ONLY = "this graph is read only: no update is carried out; it changes by a new build"


def routes(service: Service) -> list[BaseRoute]:
    """The endpoint."""

    def read(address: bytes, accept: str) -> Asked | None:
        found = bodies.pairs(address)
        _refuse_updates(found)
        text = bodies.once(found, "query")
        return None if text is None else _let_through(service, accept, text, found)

    one_by_one = ThreadPoolExecutor(1, "guard")

    def aside(work: Callable[..., Asked | None], *given: Any) -> Awaitable[Asked | None]:
        return asyncio.get_running_loop().run_in_executor(one_by_one, work, *given)

    async def get(request: Request) -> Response:
        address, accept = request.scope["query_string"], request.headers.get("accept", "*/*")
        tag = etag(service.snapshot.build, address, accept)
        if kept := service.kept(tag):
            return not_modified(request, tag) or _response(kept, validators(tag))
        asked = read(address, accept) if len(address) < _SHORT else await aside(read, address, accept)
        if asked is None:
            return await description(service, request)
        tag = etag(service.snapshot.build, address, accept)  # another build may have been published meanwhile
        if not asked.checked.changing and (known := not_modified(request, tag)):
            return known
        answer = await service.answer(asked, tag)
        return _response(answer, validators(tag) if answer.lasting else _FLEETING)

    async def post(request: Request) -> Response:
        limits = service.settings.limits
        kind = bodies.media_type(request)
        if kind == UPDATE:
            raise Problem(403, _READ_ONLY)
        if kind not in (FORM, QUERY):
            raise Problem(415, f"send the query as {FORM} or {QUERY}")
        # In a form each byte of a Chinese character takes three.
        size = limits.query_bytes * (3 if kind == FORM else 1) + 16_000
        body = await bodies.read(request, size, limits.body_seconds)
        found = bodies.pairs(request.scope["query_string"])
        _refuse_updates(found)
        if kind == FORM:
            found += bodies.pairs(body)
            _refuse_updates(found)
            text = bodies.once(found, "query")
        else:
            if bodies.once(found, "query") is not None:
                raise Problem(400, "there is a query in the address and one in the body; send one")
            text = _text(body)
        if text is None:
            raise Problem(400, "there is no query; send it as the parameter query")
        asked = await aside(_let_through, service, request.headers.get("accept", "*/*"), text, found)
        assert asked is not None
        return _response(await service.answer(asked, etag(service.snapshot.build, *asked)), _FLEETING)

    async def endpoint(request: Request) -> Response:
        return await (post if request.method == "POST" else get)(request)

    return [Route("/sparql", endpoint, methods=["GET", "HEAD", "POST"], name="sparql")]


def _refuse_updates(found: list[tuple[str, str]]) -> None:
    if any(name == "update" for name, _ in found):
        raise Problem(403, _READ_ONLY)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Problem(400, "the query is not UTF-8") from None


def _let_through(service: Service, accept: str, text: str, found: list[tuple[str, str]]) -> Asked:
    default = tuple(dict.fromkeys(value for name, value in found if name == "default-graph-uri"))
    named = tuple(dict.fromkeys(value for name, value in found if name == "named-graph-uri"))
    word = next((value.lower() for name, value in found if name == "format"), None)
    return service.let_through(text, accept, word, default, named)


def _response(answer: Answered, headers: Mapping[str, str]) -> Response:
    return Response(answer.body, headers={"x-build": answer.build, **headers}, media_type=answer.media_type)


_SPARQL = {"type": "string", "format": "sparql-query", "minLength": 1}
_GRAPH = {"type": "string", "format": "named-graph"}
_DATASET = [
    {"name": name, "in": "query", "schema": {"type": "array", "items": _GRAPH}, "description": text}
    for name, text in (
        ("default-graph-uri", "缺省图取这些命名图 Graphs that make the default graph"),
        ("named-graph-uri", "GRAPH 只看这些命名图 Graphs that GRAPH sees"),
    )
]
_TYPES = (
    *("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
    *("text/turtle", "application/n-triples", "application/ld+json", "application/n-quads", "application/trig"),
    "application/rdf+xml",
)
_PROBLEM = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_RESPONSES = {
    "200": {"description": "完整的答案 The whole answer", "content": {name: {} for name in _TYPES}},
    "304": {"description": "未变 Not modified"},
    **{
        status: {"description": text, **_PROBLEM}
        for status, text in (
            ("400", "查询有误 Bad query"),
            ("403", "更新一律拒绝 No updates"),
            ("406", "没有所要的格式 No such format"),
            ("408", "请求体太慢 Body too slow"),
            ("413", "查询或答案太大 Query or answer too large"),
            ("415", "内容类型不认识 Unknown content type"),
            ("429", "查询太多 Too many queries"),
            ("503", "超时或超内存 Out of time or memory"),
        )
    },
}
OPENAPI: dict[str, dict[str, Any]] = {
    "/sparql": {
        "get": {
            "operationId": "query",
            "summary": "SPARQL 1.1 查询；不带 query 时为服务描述 SPARQL query, or the service description",
            "parameters": [
                {"name": "query", "in": "query", "schema": _SPARQL},
                {"name": "format", "in": "query", "schema": {"type": "string"}},
                *_DATASET,
            ],
            "responses": _RESPONSES,
        },
        "post": {
            "operationId": "queryByPost",
            "summary": "SPARQL 1.1 查询 SPARQL query",
            "parameters": _DATASET,
            "requestBody": {
                "required": True,
                "content": {
                    QUERY: {"schema": _SPARQL},
                    FORM: {
                        "schema": {
                            "type": "object",
                            "required": ["query"],
                            "properties": {"query": _SPARQL, "format": {"type": "string"}},
                        }
                    },
                },
            },
            "responses": _RESPONSES,
        },
    }
}
