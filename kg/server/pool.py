"""Workers in two lanes, so that a long query keeps nobody waiting: work starts in a fresh one at full speed.

What takes longer moves to the slow lane: its worker goes on behind the others (low priority), another takes
its place, and it is retired when it has answered. A full slow lane means 429, a full queue too, a deadline 503. A
worker that dies takes one answer with it, never the service.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from collections import deque
from pathlib import Path
from typing import Any

from kg.server import worker as frames
from kg.server.problems import Problem
from kg.server.processes import Channel, Nursery, Worker
from kg.server.settings import Limits

__all__ = ["Pool"]

_log = logging.getLogger(__name__)
_SOON = {"retry-after": "1"}
_LATER = {"retry-after": "5"}
_FULL = "as many long queries are running as may; ask again later, or for less"
# Who had a long query refused waits so many seconds to hear of it, or would spend all time on the next ones.
_TARPIT = 1.0
# So many queries are known to be long.
_REMEMBERED = 10_000
# While others wait, or more are at work than there are processors, a query counts as long so much sooner.
_PRESSED = 0.4
# So often those at work are looked at: who is late, who takes long.
_GLANCE = 0.01
_START_SECONDS = 120.0
_NOT_READY = "no worker of the service gets ready; is the graph whole, is there memory left?"


class Pool:
    """The workers of one build."""

    def __init__(self, folder: Path, limits: Limits, modules: tuple[str, ...] = ()) -> None:
        self.limits = limits
        self.walls: list[str] = []
        self._spec = {
            "folder": str(folder),
            "memory": limits.memory,
            "answer": limits.answer_bytes,
            "path": sys.path,
            "modules": modules,
        }
        self._idle: deque[Worker] = deque()
        self._queue: deque[asyncio.Future[Worker]] = deque()
        self._workers: dict[int, Worker] = {}
        self._numbers = 0
        self._slow = 0
        self._long: dict[str, None] = {}
        self._at_work: set[Worker] = set()
        self._glancing = False
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._nursery: Nursery | None = None

    async def start(self) -> None:
        """Start the workers; returns when all are ready.

        Raises:
            OSError: none gets ready.
        """
        self._nursery = Nursery(self._spec)
        starts = [asyncio.create_task(self._add()) for _ in range(self.limits.workers)]
        try:
            await asyncio.gather(*starts)
        except OSError:
            await self.close()
            raise

    async def _add(self) -> None:
        """One more worker; it joins the idle ones when it is ready.

        Raises:
            OSError: it does not get ready.
        """
        self._numbers += 1
        number = self._numbers
        if self._nursery is None:
            raise OSError("the pool has not been started")
        try:
            ours = self._nursery.bear(number)
        except OSError as error:
            raise OSError(_NOT_READY) from error
        loop = asyncio.get_running_loop()
        channel = Channel()
        channel.waiting = loop.create_future()
        transport, _ = await loop.create_connection(lambda: channel, sock=ours)
        try:
            async with asyncio.timeout(_START_SECONDS):
                _, body = await channel.waiting
        except (EOFError, TimeoutError) as error:
            self._command(frames.KILL, number)
            transport.close()
            raise OSError(_NOT_READY) from error
        told = json.loads(body)
        self.walls = told["walls"]
        added = Worker(number, told["pid"], channel, transport)
        self._workers[number] = added
        channel.ended = lambda: self._lost(added)
        self._free(added, fresh=True)

    async def _restore(self) -> None:
        """A worker in the place of one that has gone, however long that takes; another nursery where it has gone."""
        while not self._closed:
            try:
                await self._add()
                return
            except OSError as error:
                _log.warning("a worker is not replaced: %s", error)
                await asyncio.sleep(1)
                if self._nursery is None or self._nursery.gone:
                    if self._nursery is not None:
                        self._nursery.hang_up()
                    self._nursery = Nursery(self._spec)

    def _free(self, worker: Worker, *, fresh: bool = False) -> None:
        """A worker has nothing to do: the next in the queue takes it. Who has worked comes before one that has not."""
        while self._queue:
            waiting = self._queue.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        if fresh:
            self._idle.appendleft(worker)
        else:
            self._idle.append(worker)

    def _lost(self, worker: Worker) -> None:
        """A worker has gone, by our hand or its own."""
        if self._workers.pop(worker.number, None) is None:
            return
        with contextlib.suppress(ValueError):
            self._idle.remove(worker)
        worker.forget()
        if worker.slow:
            self._slow -= 1
        else:
            self._replace()

    def _replace(self) -> None:
        if not self._closed:
            task = asyncio.create_task(self._restore())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _command(self, command: bytes, number: int) -> None:
        if self._nursery is not None:
            self._nursery.command(command, number)

    def _kill(self, worker: Worker, verdict: Problem) -> None:
        worker.verdict = verdict
        self._end(worker)

    def _end(self, worker: Worker) -> None:
        """Kill a worker and go on without it at once: a process that held much takes a while to go."""
        if not worker.kill():
            self._command(frames.KILL, worker.number)
        self._lost(worker)

    def _glance(self) -> None:
        """Look at those who work: who is late goes, who takes long makes room."""
        self._glancing = bool(self._at_work)
        if not self._glancing:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        for worker in list(self._at_work):
            if worker.number not in self._workers:
                continue
            if now >= worker.until:
                told = f"the query takes longer than {worker.limit:g} seconds; ask for less, or narrow it down"
                self._kill(worker, Problem(503, told))
            elif not worker.slow:
                self._linger(worker)
        loop.call_later(_GLANCE, self._glance)

    def _linger(self, worker: Worker) -> None:
        """A query that takes long goes into the slow lane, or out where that is full."""
        pressed = bool(self._queue) or len(self._at_work) > self.limits.slow
        if worker.worked() < self.limits.slow_after * (_PRESSED if pressed else 1):
            return
        if worker.key is not None:
            self._long[worker.key] = None
            if len(self._long) > _REMEMBERED:
                del self._long[next(iter(self._long))]
        if self._slow >= self.limits.slow:
            self._kill(worker, Problem(429, _FULL, _LATER))
        else:
            self._demote(worker)

    def _demote(self, worker: Worker) -> None:
        """Into the slow lane with a worker, and another in its place."""
        self._slow += 1
        worker.slow = True
        self._command(frames.SLOW, worker.number)
        self._replace()

    async def _take(self) -> Worker:
        if self._idle:
            return self._idle.pop()  # the one that worked last: what it read is still at hand
        if len(self._queue) >= self.limits.queue:
            raise Problem(429, "too many queries at once; ask again in a second", _SOON)
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._queue.append(waiting)
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await waiting
        except TimeoutError:
            raise Problem(429, "too many queries at once; ask again in a second", _SOON) from None

    async def do(
        self, module: str, function: str, arguments: list[Any], seconds: float | None = None, key: str | None = None
    ) -> Any:
        """Have a worker call ``module.function(graph, *arguments)``: bytes, or what JSON carries.

        Args:
            seconds: a deadline other than that of queries.
            key: what the same work is known by; what took long once begins in the slow lane.

        Raises:
            Problem: what the function raised, or 429, 503.
        """
        limit = seconds or self.limits.seconds
        data = {"module": module, "function": function, "arguments": arguments, "seconds": limit}
        request = json.dumps(data).encode()
        loop = asyncio.get_running_loop()
        until = loop.time() + limit
        known = key is not None and key in self._long
        if known and self._slow >= self.limits.slow:
            raise Problem(429, _FULL, _LATER)
        chosen = await self._take()
        chosen.key, chosen.limit, chosen.until = key, limit, until
        self._at_work.add(chosen)
        if not self._glancing:
            self._glancing = True
            loop.call_later(_GLANCE, self._glance)
        if known:
            self._demote(chosen)
        answered = False
        try:
            kind, body = await chosen.ask(len(request).to_bytes(4, "big") + request)
            answered = True
        except EOFError:
            verdict = chosen.verdict or Problem(503, "the query needs more memory than one query may take")
            if verdict.status == 429:
                await asyncio.sleep(_TARPIT)
            raise verdict from None
        finally:
            self._at_work.discard(chosen)
            if answered and not chosen.slow and not self._closed:
                self._free(chosen)
            elif chosen.number in self._workers:
                self._end(chosen)
        if kind == frames.PROBLEM:
            raise Problem(*json.loads(body))
        return body if kind == frames.BYTES else json.loads(body)

    def state(self) -> dict[str, int]:
        """How many workers there are, and how many wait, run and run long."""
        return {
            "workers": len(self._workers),
            "idle": len(self._idle),
            "busy": len(self._at_work),
            "slow": self._slow,
            "queued": sum(not waiting.done() for waiting in self._queue),
        }

    async def close(self, patience: float = 0.0) -> None:
        """End the workers, when they have answered or after so many seconds."""
        until = asyncio.get_running_loop().time() + patience
        while self._at_work and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.05)
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks))
        if self._nursery is not None:
            self._nursery.hang_up()
        for worker in list(self._workers.values()):
            worker.forget()
        self._workers.clear()
        if self._nursery is not None:
            await asyncio.to_thread(self._nursery.wait)
