"""``/ask`` and ``/ask/cqNN``: the named questions, with a form for their parameters, as table, JSON and CSV."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.query.asking import EVERYTHING, Question, UnknownQuestion, question, questions
from kg.server import described
from kg.server.ask_pages import FORMS, LISTS, catalogue_page, question_page
from kg.server.caching import lasting, page_etag, page_not_modified
from kg.server.choosing import JSON, choose
from kg.server.problems import Problem
from kg.server.questions import answered, catalogue
from kg.server.service import Service

__all__ = ["OPENAPI", "routes"]

_OWN = frozenset({"format", "lang", "evidence"})


def routes(service: Service) -> list[BaseRoute]:
    """The routes of questions."""

    async def index(request: Request) -> Response:
        form = choose(request, LISTS)
        tag = page_etag(request, service.snapshot.build, form)
        if known := page_not_modified(request, tag, form):
            return known
        if form == "json":
            return lasting(Response(json.dumps(catalogue(), ensure_ascii=False), media_type=JSON), tag)
        return lasting(catalogue_page(request), tag)

    async def one(request: Request) -> Response:
        form = choose(request, FORMS)
        try:
            asked = question(request.path_params["name"])
        except UnknownQuestion:
            raise Problem(404, f"没有这个问题 no such question: {request.path_params['name']}；见 see /ask") from None
        values = _values(request, asked)
        evidence = _evidence(request)
        build = service.snapshot.build
        tag = page_etag(request, build, form)
        if known := page_not_modified(request, tag, form):
            return known
        return lasting(await asking(request, asked, values, evidence, form, build), tag)

    async def asking(
        request: Request, asked: Question, values: dict[str, str], evidence: bool, form: str, build: str
    ) -> Response:
        try:
            found = await service.run(answered, asked.id, values, evidence)
        except Problem as problem:
            if form != "html" or problem.status not in (400, 404):
                raise
            return question_page(request, asked, values, None, build, problem)
        if form == "csv":
            name = {"content-disposition": f'inline; filename="{asked.id}.csv"'}
            return Response(found["csv"], 200, name, "text/csv")
        if form == "json":
            found.pop("csv")
            return Response(json.dumps(found, ensure_ascii=False), media_type=JSON)
        return question_page(request, asked, values, found, build)

    return [
        Route("/ask", index, methods=["GET"]),
        Route("/ask/{name}", one, methods=["GET"]),
    ]


def _evidence(request: Request) -> bool:
    """Whether the sentences are wanted.

    Raises:
        Problem: 400, neither 0 nor 1.
    """
    given = request.query_params.get("evidence", "0")
    if given not in ("0", "1"):
        raise Problem(400, f"evidence={given!r}: 应为 0 或 1 write 0 or 1")
    return given == "1"


def _values(request: Request, asked: Question) -> dict[str, str]:
    """The values of parameters that are given; an empty field of a form is none.

    Raises:
        Problem: 400, no such parameter.
    """
    known = [parameter.name for parameter in asked.parameters]
    values = {}
    for name, value in request.query_params.multi_items():
        if name in _OWN:
            continue
        if name not in known:
            raise Problem(
                400, f"{asked.id} 没有参数 has no parameter {name!r}；有 there are: {', '.join(known) or 'none'}"
            )
        if value.strip():
            values[name] = value.strip()
    return values


# What values look like, where not anything will do. Empty is the default, * everything.
_FREE = {"enum": ["", EVERYTHING]}
_VALUES: dict[str, dict[str, Any]] = {
    "year": {"type": "string", "anyOf": [_FREE, {"pattern": "^[0-9]{4}年?$"}]},
    "number": {"type": "string", "anyOf": [_FREE, {"pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]},
    "day": {
        "type": "string",
        "anyOf": [
            _FREE,
            {"format": "date"},
            {"pattern": "^[1-9][0-9]{3}年([1-9]|1[0-2])月底$|^[1-9][0-9]{3}年[底末]$"},
        ],
    },
}


def _operation(asked: Question) -> dict[str, Any]:
    told = []
    for parameter in asked.parameters:
        schema = _VALUES.get(parameter.kind, {"type": "string"})
        default = {"default": parameter.default} if parameter.default else {}
        told.append(
            {
                "name": parameter.name,
                "in": "query",
                "required": False,
                "description": f"{parameter.kind}: {parameter.help or ''}",
                "schema": {**schema, **default},
            }
        )
    shown = {"name": "evidence", "in": "query", "required": False, "schema": {"enum": ["0", "1"]}}
    return {
        "get": {
            "operationId": f"ask_{asked.id}",
            "summary": f"{asked.zh} {asked.en}",
            "parameters": [*told, shown, described.form(FORMS), described.LANGUAGE],
            "responses": described.answers("答案 The answer", FORMS, "304", "400", "404", "406", "429", "503"),
        }
    }


OPENAPI: dict[str, dict[str, Any]] = {
    "/ask": {
        "get": {
            "operationId": "questions",
            "summary": "现成的问题和参数 The named questions and their parameters",
            "parameters": [described.form(LISTS), described.LANGUAGE],
            "responses": described.answers("所有问题 All questions", LISTS, "304", "400", "406"),
        }
    },
    **{f"/ask/{asked.id}": _operation(asked) for asked in questions().values()},
}
