"""What the service says of itself: Service Description, VoID with counts and licence, health, OpenAPI.

SPARQL 1.1 Service Description; Describing Linked Datasets with the VoID Vocabulary, 2011; OpenAPI 3.1.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.server.caching import etag, not_modified, validators
from kg.server.negotiation import GRAPH_TYPES, choose
from kg.server.self_description import counts, rdf
from kg.server.service import Service

__all__ = ["OPENAPI", "description", "routes"]

# Counting everything takes longer than a query may; it is done once for each build.
_COUNT_SECONDS = 300.0


def routes(service: Service) -> list[BaseRoute]:
    """VoID and health."""

    async def void(request: Request) -> Response:
        return await description(service, request)

    async def health(request: Request) -> Response:
        snapshot = service.snapshot
        told = {
            "status": "ok",
            "build": snapshot.build,
            "documents": len(snapshot.manifest.documents),
            "workers": service.state(),
            "walls": service.walls,
        }
        return JSONResponse(told, headers={"cache-control": "no-store"})

    return [
        Route("/.well-known/void", void, methods=["GET", "HEAD"]),
        Route("/void", void, methods=["GET", "HEAD"], name="void"),
        Route("/health", health, methods=["GET", "HEAD"], name="health"),
    ]


async def description(service: Service, request: Request) -> Response:
    """The service and its data set, as RDF."""
    chosen = choose(request.headers.get("accept", "*/*").replace("text/html", "text/turtle"), GRAPH_TYPES)
    build = service.snapshot.build
    root = str(request.base_url).rstrip("/")
    tag = etag(build, "description", root, chosen, service.settings.licence)
    if known := not_modified(request, tag):
        return known
    counted = await service.once("counts", counts, seconds=_COUNT_SECONDS)
    body = await service.run(rdf, root, counted, service.settings.licence, chosen.format)
    return Response(body, headers={"x-build": build, **validators(tag)}, media_type=chosen.media_type)


_RDF = {"200": {"description": "RDF", "content": {name: {} for name in list(GRAPH_TYPES)[:6]}}}
_PROBLEM = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_DESCRIBED = {
    **_RDF,
    "304": {"description": "未变 Not modified"},
    "406": {"description": "没有所要的格式 No such format", **_PROBLEM},
    "429": {"description": "查询太多 Too many queries", **_PROBLEM},
    "503": {"description": "超时或超内存 Out of time or memory", **_PROBLEM},
}
OPENAPI: dict[str, dict[str, Any]] = {
    "/void": {
        "get": {
            "operationId": "void",
            "summary": "服务与数据集的描述：数量、许可、词表 The service and its data: counts, licence, vocabularies",
            "responses": _DESCRIBED,
        }
    },
    "/.well-known/void": {
        "get": {"operationId": "wellKnownVoid", "summary": "同 /void As /void", "responses": _DESCRIBED}
    },
    "/health": {
        "get": {
            "operationId": "health",
            "summary": "是否在服务，哪一版 Is it up, and which build",
            "responses": {"200": {"description": "在服务 Up", "content": {"application/json": {}}}},
        }
    },
}
