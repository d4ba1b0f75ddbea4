"""The pool's worker processes as the front holds them: the nursery that starts them, and the front's end of each."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from kg.server import worker as frames
from kg.server.problems import Problem

__all__ = ["Channel", "Nursery", "Worker"]

# What a worker's surroundings may tell it: no secrets of the shell it was started from.
_TOLD = ("PATH", "LANG", "LC_", "PYTHON", "VIRTUAL_ENV", "TZ", "LD_LIBRARY_PATH", "COVERAGE")


class Channel(asyncio.Protocol):
    """The front's end of a worker's socket pair: one request at a time, one future for its answer."""

    def __init__(self) -> None:
        self.waiting: asyncio.Future[tuple[bytes, bytes]] | None = None
        self.ended: Callable[[], None] | None = None
        self._data = bytearray()

    def data_received(self, data: bytes) -> None:
        self._data += data
        if len(self._data) < frames.HEAD.size:
            return
        kind, length = frames.HEAD.unpack_from(self._data)
        if len(self._data) - frames.HEAD.size >= length and self.waiting and not self.waiting.done():
            self.waiting.set_result((kind, bytes(memoryview(self._data)[frames.HEAD.size :])))
            self._data = bytearray()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(EOFError())
        if self.ended:
            self.ended()


class Worker:
    """A process of the pool, as the front sees it.

    ``key``, ``limit`` and ``until`` are of what it was asked last: what that is known by, how many seconds it may take,
    when they are over. ``verdict`` says why the process was killed.
    """

    key: str | None
    limit: float
    until: float

    def __init__(self, number: int, pid: int, channel: Channel, transport: asyncio.Transport) -> None:
        self.number = number
        self.pid = pid
        self._handle = _handle(pid)
        self.channel = channel
        self.transport = transport
        self.slow = False
        self.verdict: Problem | None = None
        self._since: float | None = None

    def worked(self) -> float:
        """Seconds of work on its last task since this was first asked; on a busy machine fewer than have passed."""
        now = _clock(self.pid)
        if self._since is None:
            self._since = now
        return now - self._since

    def kill(self) -> bool:
        """End the process at once; False where the system has no safe way to, and the nursery must."""
        if self._handle is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        return True

    def forget(self) -> None:
        """Let go of what is held for a process that has ended."""
        self.transport.close()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def ask(self, request: bytes) -> asyncio.Future[tuple[bytes, bytes]]:
        self._since = None
        self.channel.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.channel.waiting


class Nursery:
    """The process that forks the workers; they go when it goes."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._commands, theirs = socket.socketpair()
        code = "from kg.server.worker import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, str(theirs.fileno()), json.dumps(spec)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=_surroundings(),
            # Ctrl-C is not for it. It stays in the session: where sessions share the processor evenly (autogroup),
            # the workers' priorities would not count against the front.
            process_group=0,
        )
        theirs.close()

    @property
    def gone(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def bear(self, number: int) -> socket.socket:
        """Start a worker; the front's end of its socket pair.

        Raises:
            OSError: the nursery has gone.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._commands, [frames.COMMAND.pack(frames.START, number)], [theirs.fileno()])
        ours.setblocking(False)
        return ours

    def command(self, command: bytes, number: int) -> None:
        """Have something done to a worker; a nursery that has gone has none."""
        with contextlib.suppress(OSError):
            self._commands.send(frames.COMMAND.pack(command, number))

    def hang_up(self) -> None:
        """Close the socket, at which the nursery ends; it takes its children along."""
        self._commands.close()

    def wait(self) -> None:
        """Return when it has ended, by itself or by force."""
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _clock(pid: int) -> float:
    """The processor time of a process; where the system tells it not, that of the wall."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # clock_getcpuclockid(3)
    except (AttributeError, OSError):
        return time.monotonic()


def _handle(pid: int) -> int | None:
    """A process by a descriptor, which never comes to mean another (pidfd_open(2))."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _surroundings() -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if name.startswith(_TOLD)}
    return {**told, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
