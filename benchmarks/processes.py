"""The processes of a server, as /proc tells of them."""

from __future__ import annotations

import contextlib
from pathlib import Path

__all__ = ["descendants"]


def descendants(pid: int) -> set[int]:
    """The processes below a process."""
    young: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            young.setdefault(parent, []).append(int(folder.name))
    found: set[int] = set()
    left = [pid]
    while left:
        children = young.get(left.pop(), [])
        found.update(children)
        left += children
    return found
