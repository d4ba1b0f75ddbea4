"""The application: routes from modules, composed; security headers, tokens and CORS round all of them.

A module of ``MODULES`` offers::

    def routes(service: Service) -> list[BaseRoute]: ...
    OPENAPI: dict[str, dict[str, Any]]        # path -> OpenAPI path item, for each path that routes() serves

Routes answer through ``await service.query(…)`` and ``await service.run(function, …)`` alone (``kg.server.service``),
and raise ``kg.server.problems.Problem`` to refuse. Every response gets the security headers of
``kg.server.surroundings``, and gzip; a page that needs more than nothing sets ``content-security-policy`` itself. An
answer made from a build should carry ``validators(tag)`` with ``tag = etag(build, *what_decides_it)``, and
``not_modified(request, tag)`` says when 304 will do (``kg.server.caching``).

A new page: a module, and its name in ``MODULES``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.server.openapi import document
from kg.server.problems import Problem, problem_response
from kg.server.service import Service
from kg.server.settings import Settings
from kg.server.surroundings import Surroundings

__all__ = ["MODULES", "create_app"]

# The modules that offer routes, in the order in which paths are matched.
MODULES: tuple[str, ...] = (
    "kg.server.sparql",
    "kg.server.graph_store",
    "kg.server.describing",
    "kg.server.entities",
    "kg.server.search",
    "kg.server.asks",
    "kg.server.texts",
    "kg.server.explorer_page",
    "kg.server.query_page",
)


def create_app(settings: Settings) -> Starlette:
    """The ASGI application of a graph. ``app.state.service`` is its ``Service``; it starts with the lifespan."""
    service = Service(settings, MODULES)
    modules = [import_module(name) for name in MODULES]
    described: dict[str, dict[str, Any]] = {}
    for module in modules:
        described |= module.OPENAPI

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    async def openapi(request: Request) -> Response:
        return JSONResponse(document(described, token=settings.token is not None))

    routes = [route for module in modules for route in module.routes(service)]
    app = Starlette(
        routes=[*routes, Route("/openapi.json", openapi, methods=["GET", "HEAD"])],
        exception_handlers={Problem: problem_response, HTTPException: _http_problem},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.service = service

    def methods(scope: Scope) -> set[str]:
        found: set[str] = set()
        for route in app.routes:
            if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE:
                found |= set(route.methods or ())
        return found

    app.add_middleware(_Shortcut, routes=routes)
    app.add_middleware(Surroundings, settings=settings, methods=methods)
    return app


class _Shortcut:
    """Leads to the SPARQL endpoint past the layers that pages need: they cost as much as the rest of a short answer."""

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]) -> None:
        self._app = app
        self._route = next(route for route in routes if isinstance(route, Route) and route.path == "/sparql")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["path"] != self._route.path
            or scope["method"] not in (self._route.methods or ())
        ):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await self._route.endpoint(request)
        except Problem as problem:
            response = problem_response(request, problem)
        await response(scope, receive, send)


def _http_problem(request: Request, error: Exception) -> Response:
    """What Starlette itself refuses, in our form: an unknown page, a wrong method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    details = {404: "there is no such page; /openapi.json lists them", 405: "the page does not take this method"}
    return problem_response(request, Problem(status, details.get(status, "the request cannot be answered"), headers))
