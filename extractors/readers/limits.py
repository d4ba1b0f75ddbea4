"""Limits of processes that open files from outside: memory, and no network, as far as the system can limit them."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path

__all__ = ["OWN_SESSION", "at_most", "limit_memory", "without_network"]

# Namespaces of a user's own and without network devices (unshare(2)).
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_BARRED = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "urllib.Request")

# How a child is started so that it can be ended with all that it starts itself.
OWN_SESSION = os.name == "posix"


def limit_memory(size: int) -> None:
    """Allow this process ``size`` bytes more than it has in use; what it starts may be allowed another size."""
    try:
        import resource

        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (used + size, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def at_most(size: int) -> Callable[[], None] | None:
    """What a child does before it becomes another program: take ``size`` bytes of memory at most."""
    if os.name != "posix":
        return None

    def limit() -> None:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size if hard < 0 else min(size, hard), hard))

    return limit


def without_network() -> None:
    """Take the network away for good: from Python everywhere, on Linux from all that this process starts too."""

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _BARRED:
            raise PermissionError(f"{event}: reading files needs no network")

    sys.addaudithook(refuse)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_NET)
