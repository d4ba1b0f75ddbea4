"""``/openapi.json``: what every module says of its paths, in one document (OpenAPI 3.1)."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

__all__ = ["document"]

_PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
OPENAPI: dict[str, dict[str, Any]] = {
    "/openapi.json": {
        "get": {
            "operationId": "openapi",
            "summary": "本文档 This document",
            "responses": {"200": {"description": "OpenAPI 3.1", "content": {"application/json": {}}}},
        }
    }
}
_REFUSALS = {
    "401": "需要令牌 Token needed",
    "421": "主机名不对 Misdirected request",
    "500": "服务出错 Internal error",
}


def document(paths: dict[str, dict[str, Any]], *, token: bool) -> dict[str, Any]:
    """The document of all paths, with what any of them may answer."""
    schemes = {"bearer": {"type": "http", "scheme": "bearer"}, "basic": {"type": "http", "scheme": "basic"}}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    common = {status: {"description": text, "content": problem} for status, text in _REFUSALS.items()}
    described = {
        path: {
            method: {**told, "responses": {**common, **told["responses"]}} if isinstance(told, dict) else told
            for method, told in item.items()
        }
        for path, item in {**paths, **OPENAPI}.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "养老政策知识图谱 Chinese eldercare policy graph",
            "version": version("eldercare-kg"),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": described,
        "components": {"schemas": {"Problem": _PROBLEM}, **({"securitySchemes": schemes} if token else {})},
        **({"security": [{"bearer": []}, {"basic": []}]} if token else {}),
    }
