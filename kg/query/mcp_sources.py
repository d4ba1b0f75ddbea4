"""What the tools for language models ask: a graph folder, in guarded workers; or a graph behind a SPARQL service.

Both run a function of ours over the graph, run SPARQL from anyone, and find things by name; both raise ``Problem``.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pyoxigraph as ox

from kg.query.guard import BadQuery
from kg.query.remote import RemoteGraph, Unreachable
from kg.server.derived import Derived
from kg.server.finding import Hit, Index
from kg.server.names import named_things, write_index
from kg.server.problems import Problem
from kg.server.service import Service
from kg.server.settings import Limits, Settings

__all__ = ["Folder", "Remote", "Said", "Source"]

_MODULES = ("kg.server.questions", "kg.server.citing", "kg.server.texts", "kg.server.things")
_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"


class Said(NamedTuple):
    """An answer to SPARQL: results as JSON, or N-Triples."""

    body: bytes
    results: bool


class Source(Protocol):
    """A graph to ask."""

    def running(self) -> Any:
        """The context in which it can be asked."""

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """``function(graph, *arguments)``."""

    async def query(self, sparql: str) -> Said:
        """Read-only SPARQL."""

    async def find(self, asked: str, kind: str, most: int) -> list[Hit]:
        """Things by name, number, alias or pinyin."""


class Folder:
    """A graph folder."""

    def __init__(self, folder: Path) -> None:
        self._service = Service(Settings(folder, limits=replace(Limits(), workers=2, slow=1)), _MODULES)
        self._index = Derived(self._service, "kg.server.names", Index)
        self.run = self._service.run

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While its workers run."""
        await self._service.start()
        try:
            yield
        finally:
            await self._service.stop()

    async def query(self, sparql: str) -> Said:
        """Read-only SPARQL, in a worker."""
        answer = await self._service.query(sparql, accept=_ACCEPT)
        return Said(answer.body, answer.media_type.startswith("application/sparql-results"))

    async def find(self, asked: str, kind: str, most: int) -> list[Hit]:
        """Things by name, from the build's index."""
        made = await self._index.get()
        return await asyncio.to_thread(made.opened.find, asked, kind=kind, most=most)


class Remote:
    """A graph behind a SPARQL service, which has its own limits; the index of names is made here, of its answers."""

    def __init__(self, graph: RemoteGraph) -> None:
        self._graph = graph
        self._index: asyncio.Task[Index] | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While the index of names is there."""
        with tempfile.TemporaryDirectory(prefix="eldercare-kg-") as folder, self._graph:
            self._index = asyncio.create_task(asyncio.to_thread(self._make, Path(folder) / "names"))
            try:
                yield
            finally:
                await asyncio.wait([self._index])

    def _make(self, path: Path) -> Index:
        write_index(named_things(self._graph), path)
        return Index(path)

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """``function(graph, *arguments)``, in a thread."""
        try:
            return await asyncio.to_thread(function, self._graph, *arguments)
        except BadQuery as error:
            raise Problem(400, str(error)) from None
        except Unreachable as error:
            raise Problem(503, str(error)) from None
        except (ValueError, KeyError) as error:
            raise Problem(404, str(error.args[0] if error.args else error)) from None

    async def query(self, sparql: str) -> Said:
        """Read-only SPARQL, at the service."""
        said: Said = await self.run(_answered, sparql)
        return said

    async def find(self, asked: str, kind: str, most: int) -> list[Hit]:
        """Things by name, from the index made of the service's answers."""
        assert self._index is not None
        try:
            index = await asyncio.shield(self._index)
        except ValueError as error:
            raise Problem(503, f"the names could not be had: {error}") from None
        return await asyncio.to_thread(index.find, asked, kind=kind, most=most)


def _answered(graph: RemoteGraph, sparql: str) -> Said:
    found = graph.store.query(sparql)
    if isinstance(found, list):
        return Said(ox.serialize(found, format=ox.RdfFormat.N_TRIPLES) or b"", False)
    return Said(found.serialize(format=ox.QueryResultsFormat.JSON), True)
