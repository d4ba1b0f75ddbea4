"""Files made of a build, once, by a process of their own: the index of names, the explorer's page.

While the file of a new build is being made, that of the build before it goes on being used.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from kg.server.problems import Problem
from kg.server.service import Service

__all__ = ["Derived", "Made"]

_log = logging.getLogger(__name__)
_PATIENCE = 25.0  # seconds that a request waits for the first file
_TRIES = 3
Opened = TypeVar("Opened")


class Made(NamedTuple, Generic[Opened]):
    """What was made of a build, opened."""

    opened: Opened
    build: str


class Derived(Generic[Opened]):
    """A file that ``python -m MODULE FOLDER FILE`` makes of a build, opened by ``opening(path)``.

    It is made ahead of the first who asks, unless ``worth()`` says that it is not to be.
    """

    def __init__(
        self,
        service: Service,
        module: str,
        opening: Callable[[Path], Opened],
        *,
        worth: Callable[[], bool] | None = None,
    ) -> None:
        self._service = service
        self._module = module
        self._opening = opening
        self._worth = worth
        self._folder = Path(tempfile.mkdtemp(prefix="eldercare-kg-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._made: Made[Opened] | None = None
        self._file: Path | None = None
        self._task: asyncio.Task[None] | None = None
        service.ahead.append(self.make_ready)

    async def get(self) -> Made[Opened]:
        """What there is: of the present build, or of the one before it while that is being made.

        Raises:
            Problem: 503, the first one is not ready yet, or cannot be made.
        """
        task = self._making()
        if task is not None and self._made is None:
            await asyncio.wait({task}, timeout=_PATIENCE)
        if self._made is None:
            raise Problem(503, "正在准备，请稍候再试 being made of the graph; ask again soon", {"retry-after": "5"})
        return self._made

    async def make_ready(self) -> None:
        """Have it made of the present build before anyone asks; cancelled, it leaves off making."""
        if self._worth is not None and not self._worth():
            return
        task = self._making()
        if task is None:
            return
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})
            raise

    def _making(self) -> asyncio.Task[None] | None:
        """The making of what is missing of the present build; None where nothing is."""
        if self._made is not None and self._made.build == self._service.snapshot.build:
            return None
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._make())
        return self._task

    async def _make(self) -> None:
        for _ in range(_TRIES):
            snapshot = self._service.snapshot
            path = self._folder / snapshot.build
            path.unlink(missing_ok=True)
            command = (sys.executable, "-m", self._module, str(snapshot.folder), str(path))
            made = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                _, said = await made.communicate()
            except asyncio.CancelledError:
                made.kill()
                await made.wait()
                raise
            if made.returncode == 0:
                self._put(path, snapshot.build)
                return
            # A build that was published meanwhile takes its files away from under the maker.
            _log.warning("%s: %s", self._module, said.decode(errors="replace").strip().rpartition("\n")[2])

    def _put(self, path: Path, build: str) -> None:
        before, self._file = self._file, path
        self._made = Made(self._opening(path), build)
        if before is not None and before != path:
            before.unlink(missing_ok=True)
