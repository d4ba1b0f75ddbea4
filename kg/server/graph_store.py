"""SPARQL 1.1 Graph Store HTTP Protocol, the reading half: whole graphs by ``?graph=IRI`` and ``?default``."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.server import bodies
from kg.server.answering import named_graph
from kg.server.caching import etag, not_modified, validators
from kg.server.negotiation import GRAPH_TYPES, choose
from kg.server.problems import Problem
from kg.server.service import Service

__all__ = ["OPENAPI", "routes"]

PATH = "/rdf-graph-store"


def routes(service: Service) -> list[BaseRoute]:
    """The graph store."""

    async def get(request: Request) -> Response:
        found = bodies.pairs(request.scope["query_string"])
        name, default = bodies.once(found, "graph"), bodies.once(found, "default")
        if name is None and default is None:
            raise Problem(404, "this address is no graph; name one: ?graph=IRI, or ?default for the union of all")
        if name is not None and default is not None:
            raise Problem(400, "name one graph: ?graph=IRI, or ?default for the union of all")
        word = next((value.lower() for key, value in found if key == "format"), None)
        chosen = choose(request.headers.get("accept", "*/*"), GRAPH_TYPES, word)
        build = service.snapshot.build
        tag = etag(build, PATH, name, chosen)
        if known := not_modified(request, tag):
            return known
        body = await service.run(named_graph, name, chosen.format, service.settings.limits.answer_bytes)
        return Response(body, headers={"x-build": build, **validators(tag)}, media_type=chosen.media_type)

    return [Route(PATH, get, methods=["GET", "HEAD"], name="graph_store")]


_PROBLEM = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _one(name: str, told: dict[str, Any]) -> dict[str, Any]:
    """The query string of one parameter."""
    properties = {name: {"type": "string", **told}}
    return {"type": "object", "required": [name], "properties": properties, "additionalProperties": False}


OPENAPI: dict[str, dict[str, Any]] = {
    PATH: {
        "get": {
            "operationId": "graph",
            "summary": "一整个命名图，或缺省图 A whole named graph, or the default graph",
            "parameters": [
                {
                    "name": "which",
                    "in": "query",
                    "style": "form",
                    "explode": True,
                    "required": True,
                    "schema": {"oneOf": [_one("graph", {"minLength": 1}), _one("default", {})]},
                },
                {"name": "format", "in": "query", "schema": {"type": "string"}},
            ],
            "responses": {
                "200": {
                    "description": "RDF",
                    "content": {name: {} for name in list(GRAPH_TYPES)[:6]},
                },
                "304": {"description": "未变 Not modified"},
                "400": {"description": "要说明是哪个图 Which graph?", **_PROBLEM},
                "404": {"description": "没有此图 No such graph", **_PROBLEM},
                "406": {"description": "没有所要的格式 No such format", **_PROBLEM},
                "413": {"description": "图太大 Too large", **_PROBLEM},
                "429": {"description": "查询太多 Too many queries", **_PROBLEM},
                "503": {"description": "超时或超内存 Out of time or memory", **_PROBLEM},
            },
        }
    }
}
