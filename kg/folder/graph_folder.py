"""The folder of a graph: who may write in it, how a document's files are put there, and how a new state comes to count.

Files of a new state stand beside those of the old one; the manifest, put in place at the end, makes the new state
count. So what is interrupted leaves the graph as it was.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.files import printable
from kg.folder import shelve
from kg.folder.manifest import Entry, Input, Manifest, NotAGraph, graph_file, text_file, write_manifest
from kg.incoming.work import Outcome

__all__ = ["keep", "locked", "notes", "publish"]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer at a time; a folder that is no graph's is left alone.

    Raises:
        NotAGraph: it holds something else, or another build is at work there.
    """
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / "lock").exists())):
        raise NotAGraph(f"{printable(folder)}: not a graph folder; name a new or an empty one")
    for part in ("graphs", "texts"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # no such lock on this system
            pass
        except OSError as error:
            raise NotAGraph(f"{printable(folder)}: another build is at work here; wait until it ends") from error
        yield


def keep(folder: Path, outcome: Outcome, recipe: str, *, stem: str = "") -> tuple[Input, Entry]:
    """Put a document's files beside the others, named by ``stem`` if given; the manifest makes them count."""
    sha = outcome.sha256[:16]
    entry = Entry(stem or f"{sha}-{recipe[:8]}", outcome.quads, outcome.characters, ())
    told = Input(sha, outcome.name, outcome.fields)
    _put(text_file(folder, entry.stem), outcome.text)
    _put(graph_file(folder, entry.stem), outcome.graph)
    if outcome.key:
        note = {"key": outcome.key, "quads": entry.quads, "characters": entry.characters, "input": list(told)}
        _put(folder / "graphs" / f"{outcome.key[:16]}-{recipe[:8]}.key", json.dumps(note).encode())
    return told, entry


def notes(folder: Path, recipe: str) -> Iterator[tuple[str, Input, Entry]]:
    """Key, input and entry of each document that a broken build with this recipe has kept."""
    for place in (folder / "graphs").glob(f"*-{recipe[:8]}.key"):
        try:
            note = json.loads(place.read_text(encoding="utf-8"))
            sha, name, fields = note["input"]
            entry = Entry(f"{sha}-{recipe[:8]}", note["quads"], note["characters"], ())
            yield note["key"], Input(sha, name, tuple(fields)), entry
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all; what the disk must hold is settled once, before the manifest."""
    beside = path.with_suffix(path.suffix + ".tmp")
    beside.write_bytes(data)
    beside.replace(path)


def publish(folder: Path, before: Manifest | None, after: Manifest) -> None:
    """Make the store, put the manifest in place, then sweep what only the old state needed."""
    shelve.make_store(folder, before, after)
    if after != before:
        if hasattr(os, "sync"):
            os.sync()
        write_manifest(folder, after)
    stems = {entry.stem for entry in after.documents.values()}
    for place in (*(folder / "graphs").iterdir(), *(folder / "texts").iterdir()):
        if place.name.partition(".")[0] not in stems:
            place.unlink()
    for place in (*folder.glob("store-*"), *folder.glob("given-*")):
        if place.name not in (after.store, shelve.given_name(after)):
            shutil.rmtree(place, ignore_errors=True)
