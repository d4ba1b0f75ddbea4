"""The register of documents refused for their mark of secrecy: hash, name and mark, and nothing of the text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kg.files import write_atomically

__all__ = ["read", "write"]

NAME = "quarantine.json"


def read(folder: Path) -> dict[str, str]:
    """From the hash of a document's bytes to the message with which it was refused."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return {str(sha): str(message) for sha, message in told.items()}
    except (FileNotFoundError, ValueError, AttributeError):
        return {}


def write(folder: Path, refused: Mapping[str, str]) -> None:
    """Add documents to the register."""
    known = read(folder)
    if refused and (now := {**known, **refused}) != known:
        write_atomically(folder / NAME, json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True).encode())
