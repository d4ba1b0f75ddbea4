"""Pieces of the OpenAPI descriptions that the pages share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["LANGUAGE", "answers", "form"]

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}, "text/html": {}}
_REFUSED = {
    "304": "未变 Not modified",
    "400": "参数有误 A parameter is wrong",
    "404": "没有此物 Nothing of this name",
    "406": "没有所要的格式 No such format",
    "413": "太大 Too large",
    "429": "查询太多 Too many queries",
    "503": "还在准备，或超时、超内存 Not ready yet, or out of time or memory",
}
LANGUAGE = {"name": "lang", "in": "query", "required": False, "schema": {"enum": ["zh", "en"]}}


def form(forms: Mapping[str, str]) -> dict[str, Any]:
    """The parameter that names the form of an answer."""
    return {"name": "format", "in": "query", "required": False, "schema": {"enum": list(forms)}}


def answers(summary: str, forms: Mapping[str, str], *refused: str) -> dict[str, Any]:
    """What may be answered: 200 in one of the forms, and these refusals."""
    found: dict[str, Any] = {"200": {"description": summary, "content": {media: {} for media in forms.values()}}}
    for status in refused:
        found[status] = {"description": _REFUSED[status], **({"content": _PROBLEM} if status != "304" else {})}
    return found
