"""The application: routes from modules, composed; security headers, tokens and CORS round all of them.

A module of ``MODULES`` offers::

    def routes(service: Service) -> list[BaseRoute]: ...
    OPENAPI: dict[str, dict[str, Any]]        # path -> OpenAPI path item, for each path that routes() serves

Routes answer through ``await service.query(…)`` and ``await service.run(function, …)`` alone (``kg.server.service``),
and raise ``kg.server.problems.Problem`` to refuse. Every response gets the security headers of
``kg.server.headers``; a page that needs more than its own files sets ``content-security-policy`` itself. An answer
made from a build should carry ``etag_headers(service, request, *what)``; ``not_modified`` says when 304 will do.

A new page: a module, and its name in ``MODULES``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from starlette.applications import Starlette

from kg.server.problems import Problem, problem_response
from kg.server.service import Service
from kg.server.settings import Settings

__all__ = ["MODULES", "create_app"]

# The modules that offer routes, in the order in which paths are matched.
MODULES: tuple[str, ...] = ()


def create_app(settings: Settings) -> Starlette:
    """The ASGI application of a graph. ``app.state.service`` is its ``Service``; it starts with the lifespan."""
    service = Service(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    app = Starlette(
        routes=[route for name in MODULES for route in import_module(name).routes(service)],
        exception_handlers={Problem: problem_response},
        lifespan=lifespan,
    )
    app.state.service = service
    return app
