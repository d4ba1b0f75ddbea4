"""What every page and door of the service asks: the published build, and work done in guarded workers.

This is the contract between the core and the modules that offer routes (see ``kg.server.app``)::

    answer = await service.query(text, accept="application/sparql-results+json")   # bytes, ready to send
    card = await service.run(entity_card, iri)                                     # entity_card(graph, iri)

Both run in a worker process without network, with a memory limit and a deadline, over one build; both raise
``Problem``, which the application turns into an answer. Nothing else touches the store.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from kg.folder.manifest import NotAGraph
from kg.query.guard import BadQuery, Checked, NoUpdate, TooLong, check
from kg.server.caching import Cache, etag
from kg.server.negotiation import GRAPH_TYPES, RESULT_TYPES, Chosen, choose
from kg.server.pool import Pool
from kg.server.problems import Problem
from kg.server.settings import Settings
from kg.server.snapshots import Snapshot, publish, stamp

__all__ = ["Answered", "Asked", "Service", "Snapshot"]

_log = logging.getLogger(__name__)


class Answered(NamedTuple):
    """A whole answer: its bytes, media type, the build it comes from, and whether asking again gives the same."""

    body: bytes
    media_type: str
    build: str
    lasting: bool = True


class Asked(NamedTuple):
    """A query that was let through, with the format of its answer."""

    text: str
    checked: Checked
    chosen: Chosen
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


class _Served(NamedTuple):
    snapshot: Snapshot
    pool: Pool
    kept: dict[str, asyncio.Future[Any]]


class Service:
    """The published graph, and the workers that read it."""

    def __init__(self, settings: Settings, modules: tuple[str, ...] = ()) -> None:
        self.settings = settings
        # What pages have made of each build before anyone asks for it, one after the other.
        self.ahead: list[Callable[[], Awaitable[None]]] = []
        self._modules = modules
        self._served: _Served | None = None
        self._cache = Cache(settings.limits.cache_bytes)
        self._watch: asyncio.Task[None] | None = None
        self._ahead: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    @property
    def _now(self) -> _Served:
        if self._served is None:
            raise Problem(503, "the service is starting or ending", {"retry-after": "1"})
        return self._served

    @property
    def snapshot(self) -> Snapshot:
        """The build that new requests are answered from. Take it once for each request."""
        return self._now.snapshot

    @property
    def walls(self) -> list[str]:
        """What shuts the workers in: rlimit, pdeathsig, landlock, seccomp."""
        return self._now.pool.walls

    def state(self) -> dict[str, int]:
        """How many workers there are, and how many wait, run and run long."""
        return self._now.pool.state()

    async def query(
        self,
        text: str,
        *,
        accept: str = "*/*",
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Answered:
        """Run SPARQL from anyone; the project's prefixes need no declaration.

        Args:
            accept: an Accept header; ``application/sparql-results+json``, ``text/csv``, ``text/turtle`` … or a list.
            default_graphs: IRIs of the graphs that make the default graph, in place of the union of all.
            named_graphs: IRIs of the graphs that GRAPH sees, in place of all.

        Raises:
            Problem: 400 bad query, 406 no such format, 413 too large, 429 busy, 503 out of time or memory.
        """
        asked = self.let_through(text, accept, None, default_graphs, named_graphs)
        return await self.answer(asked, etag(self.snapshot.build, *asked))

    def kept(self, tag: str) -> Answered | None:
        """The answer that has been given under this validator, where it is still kept."""
        known = self._cache.get(tag)
        return Answered(*known, self.snapshot.build) if known else None

    def let_through(
        self,
        text: str,
        accept: str,
        word: str | None = None,
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Asked:
        """Check a query and choose the format of its answer; nothing is run yet.

        Args:
            word: a format's short name, which overrides ``accept``.

        Raises:
            Problem: 400 bad query, 403 an update, 406 no such format, 413 too large.
        """
        limits = self.settings.limits
        try:
            size = len(text.encode())
        except UnicodeEncodeError:
            raise Problem(400, "the query is not Unicode text") from None
        if size > limits.query_bytes:
            raise Problem(413, f"the query is larger than {limits.query_bytes:,} bytes; split it")
        try:
            checked = check(text, most_tokens=limits.tokens, depth=limits.depth)
        except TooLong as error:
            raise Problem(413, str(error)) from None
        except NoUpdate as error:
            raise Problem(403, str(error)) from None
        except BadQuery as error:
            raise Problem(400, str(error)) from None
        types = RESULT_TYPES if checked.form in ("SELECT", "ASK") else GRAPH_TYPES
        return Asked(text, checked, choose(accept, types, word), default_graphs, named_graphs)

    async def answer(self, asked: Asked, tag: str) -> Answered:
        """Run what was let through.

        Args:
            tag: the answer's validator (``kg.server.caching.etag``), by which it is kept.

        Raises:
            Problem: 400 bad query, 413 too large, 429 busy, 503 out of time or memory.
        """
        served = self._now
        lasting = not asked.checked.changing
        if lasting and (known := self.kept(tag)):
            return known
        arguments = [
            asked.text,
            asked.chosen.format,
            asked.default_graphs,
            asked.named_graphs,
            asked.checked.graphs,
            self.settings.limits.answer_bytes,
        ]
        body: bytes = await served.pool.do("kg.server.answering", "sparql", arguments, key=tag)
        if lasting:
            self._cache.put(tag, body, asked.chosen.media_type)
        return Answered(body, asked.chosen.media_type, served.snapshot.build, lasting)

    async def run(self, function: Callable[..., Any], *arguments: Any, seconds: float | None = None) -> Any:
        """Run a function of ours in a worker: ``function(graph, *arguments)`` with an open ``kg.graph.Graph``.

        Args:
            function: one at the top level of a module, which workers find by its name.
            arguments: what JSON can carry; so is what the function returns (tuples come back as lists), or bytes.
            seconds: a deadline other than that of queries.

        Raises:
            Problem: as raised by ``function``; ValueError and KeyError become 404; 429, 503 as for queries.
        """
        return await self._now.pool.do(function.__module__, function.__name__, list(arguments), seconds)

    async def once(self, key: str, function: Callable[..., Any], *arguments: Any, seconds: float | None = None) -> Any:
        """``run``, but once for each build and ``key``: what it returned is kept as long as the build is served.

        Raises:
            Problem: as ``run``; then the next call tries again.
        """
        kept = self._now.kept
        if key not in kept or (kept[key].done() and (kept[key].cancelled() or kept[key].exception())):
            kept[key] = asyncio.ensure_future(self.run(function, *arguments, seconds=seconds))
        return await asyncio.shield(kept[key])

    async def start(self) -> None:
        """Publish the graph's present build and start the workers.

        Raises:
            NotAGraph: there is no graph.
            OSError: no worker gets ready.
        """
        seen = stamp(self.settings.graph)
        self._served = await self._publish()
        self._watch = asyncio.create_task(self._follow(seen))
        self._ahead = asyncio.create_task(self._make_ahead())

    async def stop(self) -> None:
        """End the workers and drop the snapshot."""
        for task in (self._ahead, self._watch):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        served, self._served = self._served, None
        if served is not None:
            await _leave(served, patience=0)
        if self._leaving:
            await asyncio.wait(list(self._leaving))

    async def _publish(self) -> _Served:
        snapshot = await asyncio.to_thread(publish, self.settings.graph)
        pool = Pool(snapshot.folder, self.settings.limits, self._modules)
        try:
            await pool.start()
        except BaseException:
            snapshot.release()
            raise
        return _Served(snapshot, pool, {})

    async def _make_ahead(self) -> None:
        """Have made what is made of a build, as soon as the build is served."""
        last = ""
        while True:
            build = self.snapshot.build
            if build != last:
                for make in self.ahead:
                    await make()
                last = build
            await asyncio.sleep(self.settings.check_every)

    async def _follow(self, seen: tuple[int, int, int] | None) -> None:
        """Look for a new build; when it is there, start its workers, and only then let go of the old ones."""
        while True:
            await asyncio.sleep(self.settings.check_every)
            there = await asyncio.to_thread(stamp, self.settings.graph)
            if there == seen or there is None:
                continue
            try:
                fresh = await self._publish()
            except (NotAGraph, OSError) as error:
                _log.warning("the new build is not served: %s", error)
                seen = there
                continue
            seen = there
            old, self._served = self._served, fresh
            self._cache.clear()
            _log.info("build %s is served", fresh.snapshot.build)
            if old is not None:
                leaving = asyncio.create_task(_leave(old, patience=self.settings.limits.seconds + 2))
                self._leaving.add(leaving)
                leaving.add_done_callback(self._leaving.discard)


async def _leave(served: _Served, patience: float) -> None:
    """Let go of a build when all that was asked of it is answered."""
    await served.pool.close(patience)
    await asyncio.to_thread(served.snapshot.release)
