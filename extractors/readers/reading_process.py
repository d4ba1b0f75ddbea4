"""Run as a program of its own: opens files for the process that started it, with limits of memory and without network.

Frames come on standard input and go to standard output: a JSON line, then as many bytes as its ``size`` tells.
Asked ``text`` it answers with the text; asked ``items``, with each document that a collection holds. What else it
says before ``end``: ``note`` (something to tell the user) and ``refused``.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from typing import IO, Any

from extractors.readers.collecting import items_of
from extractors.readers.item import Item
from extractors.readers.limits import limit_memory, without_network
from extractors.readers.refusals import Refused, refusal
from extractors.reading import text_of

__all__ = ["main", "receive", "send"]

Say = Callable[..., None]


def send(stream: IO[bytes], told: dict[str, Any], data: bytes = b"") -> None:
    """Write a frame."""
    head = json.dumps({**told, "size": len(data)}).encode()
    stream.write(head + b"\n" + data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read a frame, None where the other side is gone."""
    head = stream.readline()
    if not head.endswith(b"\n"):
        return None
    told: dict[str, Any] = json.loads(head)
    data = stream.read(told["size"])
    return (told, data) if len(data) == told["size"] else None


class _Notes(logging.Handler):
    """Passes on what readers log."""

    def __init__(self, say: Say) -> None:
        super().__init__(logging.WARNING)
        self.say = say

    def emit(self, record: logging.LogRecord) -> None:
        self.say({"note": record.getMessage()})


def _answer(asked: dict[str, Any], data: bytes, say: Say) -> None:
    item = Item(asked["name"], data, asked["encoding"], {}, asked["kind"])
    if asked["do"] == "text":
        text = text_of(data, item.name, kind=item.kind, encoding=item.encoding, ocr=asked["ocr"])
        say({"text": True}, text.encode("utf-8", "surrogatepass"))
        return
    for part in items_of(item, text_column=asked["text_column"], meta=asked["meta"]):
        told = {"name": part.name, "encoding": part.encoding, "fields": dict(part.fields), "kind": part.kind}
        say({"item": told}, part.data)


def main(memory: int) -> None:
    """Answer until the other side is gone."""
    asks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # 别的东西写到标准输出，会坏了应答。
    os.dup2(2, 1)

    def say(told: dict[str, Any], data: bytes = b"") -> None:
        send(answers, told, data)

    logging.getLogger("extractors").addHandler(_Notes(say))
    without_network()
    limit_memory(memory)
    name, alive = "document", True
    while alive:
        try:
            frame = receive(asks)
            if frame is None:
                return
            name = frame[0]["name"]
            _answer(*frame, say)
        except Refused as error:
            say({"refused": str(error), "reason": error.reason})
        except MemoryError:
            # 后面的话已经读不全了。
            alive = False
            say({"refused": str(refusal(name, "too_much_memory", limit=memory)), "reason": "too_much_memory"})
        except RecursionError as error:
            say({"refused": str(refusal(name, "damaged", error=error)), "reason": "damaged"})
        frame = None
        say({"end": True})
