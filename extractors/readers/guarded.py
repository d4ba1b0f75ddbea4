"""Files from outside, opened in a process of its own that has limits of memory and time and no network.

Plain text is decoded here; whatever needs a parser goes there. A file that breaks that process, or takes too long,
is refused, and the next one gets a new process.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from threading import Timer
from typing import Any

from extractors.readers.collecting import COLLECTIONS
from extractors.readers.item import Item
from extractors.readers.kinds import kind_of
from extractors.readers.limits import OWN_SESSION
from extractors.readers.reading_process import receive, send
from extractors.readers.refusals import Refused, refusal
from extractors.reading import text_of

__all__ = ["MEMORY", "SECONDS", "GuardedReader", "guarded_reader"]

# What a file may take; the seconds are for each document that comes of it.
MEMORY = 1024 * 1024 * 1024
SECONDS = 300.0
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from extractors.readers.reading_process import main; "
)


class GuardedReader:
    """The reading process and what is asked of it. It starts when first needed, and again after it had to be ended."""

    def __init__(self, *, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self.memory, self.seconds = memory, seconds
        self._process: subprocess.Popen[bytes] | None = None

    def text(self, item: Item, *, ocr: bool = False) -> tuple[str, list[str]]:
        """The text of a document, and what the reader noted about it.

        Raises:
            BadDocument: it cannot be read, or not within the limits.
        """
        kind = item.kind or kind_of(item.data, item.name)
        if kind == ".txt":
            return text_of(item.data, item.name, kind=kind, encoding=item.encoding), []
        notes: list[str] = []
        text = ""
        for told, data in self._ask(item, kind, do="text", ocr=ocr):
            if "note" in told:
                notes.append(told["note"])
            elif "text" in told:
                text = data.decode("utf-8", "surrogatepass")
        return text, notes

    def items(self, item: Item, *, text_column: str = "", meta: Sequence[str] = ()) -> Iterator[Item]:
        """The documents that a file holds, itself if it is one.

        Raises:
            BadDocument: it cannot be taken apart, or not within the limits.
        """
        kind = item.kind or kind_of(item.data, item.name)
        if kind not in COLLECTIONS:
            yield item
            return
        for told, data in self._ask(item, item.kind, do="items", text_column=text_column, meta=list(meta)):
            if "item" in told:
                part = told["item"]
                yield Item(part["name"], data, part["encoding"], part["fields"], part["kind"])

    def _ask(self, item: Item, kind: str | None, **asked: Any) -> Iterator[tuple[dict[str, Any], bytes]]:
        """The frames of an answer; the process is ended where it does not come in time."""
        process = self._started()
        assert process.stdin and process.stdout
        ended, refused = False, None
        try:
            question = {"name": item.name, "encoding": item.encoding, "kind": kind, **asked}
            frame = self._in_time(process, item.name, question, item.data)
            while "end" not in frame[0]:
                if "refused" in frame[0]:
                    refused = Refused(f"{item.name}: {frame[0]['refused'].partition(': ')[2]}", frame[0]["reason"])
                else:
                    yield frame
                frame = self._in_time(process, item.name)
            # 内存耗尽过的进程说完就退。
            ended = refused is None or refused.reason != "too_much_memory"
            if refused:
                raise refused
        finally:
            if not ended:
                self.close()

    def _in_time(
        self, process: subprocess.Popen[bytes], name: str, question: dict[str, Any] | None = None, data: bytes = b""
    ) -> tuple[dict[str, Any], bytes]:
        """Ask, where there is a question, and the next frame.

        Raises:
            BadDocument: none came in time, or the process broke down.
        """
        assert process.stdin and process.stdout
        late: list[bool] = []

        def stop() -> None:
            late.append(True)
            _end(process)

        timer = Timer(self.seconds, stop)
        timer.start()
        try:
            if question:
                with suppress(BrokenPipeError):  # it may have said why
                    send(process.stdin, question, data)
            frame = receive(process.stdout)
        finally:
            timer.cancel()
        if frame is None:
            if late:
                raise refusal(name, "too_slow", limit=f"{self.seconds:g}")
            raise refusal(name, "broke_reader", code=process.wait())
        return frame

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            command = [sys.executable, "-c", f"{_START}main({self.memory})", json.dumps(sys.path)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=OWN_SESSION
            )
        return self._process

    def close(self) -> None:
        """End the process, with what it has started."""
        if self._process is not None:
            process, self._process = self._process, None
            _end(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        if OWN_SESSION:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        return


@cache
def guarded_reader() -> GuardedReader:
    """The reader of this process; it ends with it."""
    reader = GuardedReader()
    atexit.register(reader.close)
    return reader
