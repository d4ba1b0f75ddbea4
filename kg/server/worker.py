"""A worker: it shuts itself in with one open build, and answers what it is asked, one thing after another.

Workers are forked by a nursery, a process that has loaded everything and opened the store, so that one is ready in
some milliseconds and shares with all others what was read before. (A store that is only read has no threads at work
that a fork could cut off.) The front sends the nursery one byte and the worker's end of a socket pair, or the number
of a worker to kill or to put behind all others; the nursery is the workers' parent, so their process ids stay theirs
until it has buried them. When the front dies the nursery ends, and the kernel ends the workers with it.

On the pair go frames: four bytes of length and JSON to the worker; a byte of kind, four of length and the body back.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import struct
import sys
import threading
from collections import deque
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.graph import Graph, open_graph
from kg.query.guard import BadQuery
from kg.server.answering import TooLarge
from kg.server.problems import Problem
from kg.server.sandbox import bound_memory, shut_in

__all__ = ["BYTES", "COMMAND", "HEAD", "KILL", "PROBLEM", "READY", "SLOW", "START", "VALUE", "main"]

READY, BYTES, VALUE, PROBLEM = b"r", b"b", b"v", b"p"
START, KILL, SLOW = b"s", b"k", b"n"
HEAD = struct.Struct("!cI")
COMMAND = struct.Struct("!cI")
_LENGTH = struct.Struct("!I")
# Nesting and chains as long as the guard lets through need some tens of megabytes.
_STACK = 256 * 1024 * 1024
_GRACE = 2.0
# Workers stand a little behind the front, so that it keeps answering when they take all there is.
_BEHIND = 3
# Who takes long stands behind those, with a fifth of their share: enough to come to an end on a busy machine.
_FAR_BEHIND = 10
# What workers use is loaded before they are forked.
_LOADED = ("kg.query.asking", "kg.query.documents", "kg.analysis.show", "kg.server.answering", "pyoxigraph")
# The first query of a process costs more than the others.
_FIRST = "SELECT ?p { ?s ?p ?o } LIMIT 1"
# What most questions read is read before the first worker is forked, so that all have it at hand.
_COMMON = tuple(
    f"SELECT ?thing ?value {{ ?thing {name} ?value }} LIMIT 2000" for name in ("a", "skos:prefLabel", "dct:title")
)


def main() -> None:
    """The nursery: ``python -c 'from kg.server.worker import main; main()' FD SPEC``."""
    spec = json.loads(sys.argv[2])
    sys.path[:] = spec["path"]
    for name in (*_LOADED, *spec["modules"]):
        import_module(name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_BEHIND)
    commands = socket.socket(fileno=int(sys.argv[1]))
    graph = open_graph(spec["folder"])
    graph.name = "this graph"  # the folder is nobody's business
    for query in _COMMON:
        deque(graph.store.query(query), maxlen=0)
    children: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([commands], [], [], 1.0)
        for number, pid in list(children.items()):
            if os.waitpid(pid, os.WNOHANG)[0]:
                del children[number]
        if not ready:
            continue
        data, descriptors, _, _ = socket.recv_fds(commands, COMMAND.size, 1)
        if len(data) < COMMAND.size:
            break
        command, number = COMMAND.unpack(data)
        if command == START:
            pid = os.fork()
            if pid == 0:
                commands.close()
                _be_worker(descriptors[0], spec, graph)
            os.close(descriptors[0])
            children[number] = pid
        elif number in children:
            _act(command, children[number])
    for pid in children.values():
        _act(KILL, pid)
        os.waitpid(pid, 0)


def _act(command: bytes, pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        if command == KILL:
            os.kill(pid, signal.SIGKILL)
        else:
            _put_behind(pid)


def _put_behind(pid: int) -> None:
    """Let all others go before a process. On Linux each thread has a priority of its own (sched(7))."""
    threads = Path(f"/proc/{pid}/task")
    for one in [int(thread.name) for thread in threads.iterdir()] if threads.exists() else [pid]:
        os.setpriority(os.PRIO_PROCESS, one, _FAR_BEHIND)


def _be_worker(channel: int, spec: dict[str, Any], graph: Graph) -> None:
    """Never returns: the process ends with its work."""
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    code = 1
    try:
        threading.stack_size(_STACK)
        walls = shut_in([Path(spec["folder"]), *_python()])
        work = threading.Thread(target=_serve, args=(channel, spec, graph, walls))
        work.start()
        work.join()
        code = 0
    finally:
        os._exit(code)


def _python() -> list[Path]:
    """What Python itself reads."""
    system = [sys.base_prefix + "/lib", "/usr/lib", "/usr/share/zoneinfo", "/lib", "/lib64", "/dev/urandom"]
    return [Path(place) for place in (*sys.path, *system) if place]


def _serve(channel: int, spec: dict[str, Any], graph: Graph, walls: list[str]) -> None:
    graph.query(_FIRST)
    bound_memory(spec["memory"])
    _send(channel, READY, json.dumps({"pid": os.getpid(), "walls": walls}).encode())
    while (request := _receive(channel)) is not None:
        # The front kills a worker that is late; should there be no front any more, the kernel does.
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _GRACE)
        kind, body = _answer(graph, request, spec["answer"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(channel, kind, body)


def _answer(graph: Any, request: dict[str, Any], most: int) -> tuple[bytes, bytes]:
    try:
        found = getattr(import_module(request["module"]), request["function"])(graph, *request["arguments"])
        kind, body = (BYTES, found) if isinstance(found, bytes) else (VALUE, json.dumps(found).encode())
        if len(body) > most:
            raise TooLarge(most)
        return kind, body
    except Problem as problem:
        return PROBLEM, json.dumps([problem.status, problem.detail, problem.headers]).encode()
    except BadQuery as error:
        return PROBLEM, json.dumps([400, str(error), {}]).encode()
    except (ValueError, KeyError) as error:
        return PROBLEM, json.dumps([404, str(error.args[0] if error.args else error), {}]).encode()
    except (MemoryError, RecursionError):
        return PROBLEM, json.dumps([503, "the query needs more memory than one query may take", {}]).encode()


def _receive(channel: int) -> Any:
    """What is asked next; None when there is nobody to ask."""
    data = bytearray()
    while len(data) < _LENGTH.size or len(data) < _LENGTH.size + _LENGTH.unpack_from(data)[0]:
        part = os.read(channel, 1 << 20)
        if not part:
            return None
        data += part
    return json.loads(memoryview(data)[_LENGTH.size :].tobytes())


def _send(channel: int, kind: bytes, body: bytes) -> None:
    data = memoryview(HEAD.pack(kind, len(body)) + body)
    while data:
        data = data[os.write(channel, data) :]
