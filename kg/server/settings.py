"""What the service is told at its start: which graph, for whom, and how much one query may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Limits", "Settings"]

MEGABYTE = 1_000_000
_CORES = max(2, os.cpu_count() or 1)


def _memory() -> int:
    """A gigabyte, or less where half of the machine's memory does not hold as many as may run long at once."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return 1_000 * MEGABYTE
    return max(min(1_000 * MEGABYTE, machine // 2 // _CORES), 128 * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may cost. What a named limit stops is answered with the status given."""

    query_bytes: int = 128_000  # 413
    tokens: int = 20_000  # 413
    depth: int = 64  # brackets in brackets: 400
    seconds: float = 10.0  # 503
    memory: int = field(default_factory=_memory)  # what a query may take on top of the worker itself: 503
    answer_bytes: int = 64 * MEGABYTE  # 413
    queue: int = 64  # queries that wait for a worker: 429
    body_seconds: float = 10.0  # until a request's body has arrived: 408
    workers: int = 4 * _CORES  # that take new queries: some to spare while others are replaced
    slow: int = _CORES  # that finish long ones, at the lowest priority: 429
    slow_after: float = 0.1  # seconds of processor time
    cache_bytes: int = 64 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Settings:
    """A service of one graph.

    ``token`` None means that everyone who reaches the port may ask; ``hosts`` are the Host headers that are answered
    then (a page of another site that resolves to this machine is not), None for any.
    """

    graph: Path
    token: str | None = None
    hosts: tuple[str, ...] | None = ("127.0.0.1", "localhost", "[::1]")
    origins: tuple[str, ...] = ()
    licence: str | None = None
    limits: Limits = field(default_factory=Limits)
    check_every: float = 1.0  # seconds between looks for a new build
