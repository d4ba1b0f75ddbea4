"""``/explorer``: the explorer's page of the very build that is served, made once; ``python -m`` makes it."""

from __future__ import annotations

import html
import re
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from kg.server import described
from kg.server.caching import etag, not_modified, validators
from kg.server.derived import Derived
from kg.server.problems import Problem
from kg.server.service import Service

__all__ = ["OPENAPI", "routes"]

# A page of more text than this is some tens of megabytes, which no browser opens in good time.
MOST_CHARACTERS = 20_000_000
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


class _Page:
    """A page on disk, and the policy that it gives itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open(encoding="utf-8") as stream:
            found = _POLICY.search(stream.read(5000))
        if found is None:
            raise ValueError(f"{path}: the explorer's page gives no policy")
        self.policy = html.unescape(found[1]) + "; frame-ancestors 'none'"


def routes(service: Service) -> list[BaseRoute]:
    """The route of the explorer."""

    def characters_of_all() -> int:
        return sum(entry.characters for entry in service.snapshot.manifest.documents.values())

    made = Derived(service, "kg.server.explorer_page", _Page, worth=lambda: characters_of_all() <= MOST_CHARACTERS)

    async def explorer(request: Request) -> Response:
        characters = characters_of_all()
        if characters > MOST_CHARACTERS:
            raise Problem(
                413,
                f"图谱有 {characters:,} 字，太大，不能做成一页；请用 /search、/ask 和查询页。"
                f" The graph holds {characters:,} characters, too many for one page; use /search, /ask, the query page",
            )
        page, build = await made.get()
        tag = etag(build, version("eldercare-kg"), "/explorer")
        policy = {"content-security-policy": page.policy}
        if known := not_modified(request, tag, policy):
            return known
        return FileResponse(page.path, headers={**validators(tag), **policy}, media_type="text/html")

    return [Route("/explorer", explorer, methods=["GET"])]


def main() -> None:
    """Write the explorer's page of a graph folder to a file."""
    from kg.explorer import write_page
    from kg.graph import open_graph

    with open_graph(sys.argv[1]) as graph:
        write_page(graph, Path(sys.argv[2]))


OPENAPI: dict[str, dict[str, Any]] = {
    "/explorer": {
        "get": {
            "operationId": "explorer",
            "summary": "探索页 The explorer's page of the graph",
            "responses": described.answers("网页 The page", {"html": "text/html"}, "304", "413", "503"),
        }
    }
}


if __name__ == "__main__":
    main()
