"""``/``: the query page, its files under ``/static/``, and ``/terms``, the vocabulary that its editor completes."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.server import described
from kg.server.caching import etag, not_modified, validators
from kg.server.choosing import JSON
from kg.server.frame import POLICY
from kg.server.problems import Problem
from kg.server.service import Service
from kg.server.vocabulary import terms
from ontology.terms import BASE, PREFIXES

__all__ = ["OPENAPI", "routes"]

_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": JSON,
}
_PAGE = "index.html"


@cache
def _files() -> dict[str, bytes]:
    """The built files of the page, by name."""
    folder = files("kg.server") / "query" / "static"
    return {
        entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name[entry.name.rfind(".") :] in _TYPES
    }


@cache
def _vocabulary() -> bytes:
    told = {"base": BASE, "prefixes": PREFIXES, "terms": terms()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def routes(service: Service) -> list[BaseRoute]:
    """The routes of the query page."""

    async def query_page(request: Request) -> Response:
        return _sent(request, _files()[_PAGE], _TYPES[".html"])

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _files():
            raise Problem(404, f"没有这个文件 no such file: {name}")
        return _sent(request, _files()[name], _TYPES[name[name.rfind(".") :]])

    async def vocabulary(request: Request) -> Response:
        return _sent(request, _vocabulary(), JSON)

    return [
        Route("/", query_page, methods=["GET"]),
        Route("/static/{name}", static, methods=["GET"]),
        Route("/terms", vocabulary, methods=["GET"]),
    ]


def _sent(request: Request, body: bytes, media_type: str) -> Response:
    """A file of the package: the client keeps it, and asks whether it is still the same."""
    tag = etag("files", body.hex())
    policy = {"content-security-policy": POLICY}
    kept = not_modified(request, tag, policy)
    if kept is not None:
        return kept
    return Response(body, 200, {**validators(tag), **policy}, media_type)


def _got(name: str, summary: str, media: str, *refused: str) -> dict[str, Any]:
    told = described.answers(summary, {"it": media}, "304", *refused)
    return {"get": {"operationId": name, "summary": summary, "responses": told}}


_NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
OPENAPI: dict[str, dict[str, Any]] = {
    "/": _got("query_page", "查询页 The query page", "text/html"),
    "/terms": _got("terms", "本体的词，供编辑器补全 The vocabulary, for editors", JSON),
    "/static/{name}": {
        "get": {
            "operationId": "static",
            "summary": "查询页的文件 The files of the query page",
            "parameters": [_NAME],
            "responses": described.answers("文件 The file", _TYPES, "304", "404"),
        }
    },
}
