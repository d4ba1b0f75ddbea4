"""A published build that stays as it is while the next one takes its place in the graph folder.

A build sweeps away what only the one before it needed. So the service reads through names of its own for the same
files (hard links, in ``GRAPH/serving``); where a file system has none it copies. A snapshot has the layout of a graph
folder and goes when it is no longer served; what a killed service left behind, the next one sweeps.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from kg.files import printable
from kg.folder.manifest import NAME, Manifest, NotAGraph, read_manifest, text_file

__all__ = ["Snapshot", "publish", "stamp"]

_TRIES = 20


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A build that does not change under its readers: ``build`` names it, same content, same name.

    ``folder`` is laid out as a graph folder (``kg.folder.manifest.text_file(folder, stem)`` is a document's text) and
    stays as long as this snapshot is served; ``release`` lets go of it.
    """

    folder: Path
    build: str
    manifest: Manifest
    held: ExitStack

    def release(self) -> None:
        """Remove the snapshot's own names of the files."""
        self.held.close()


def stamp(graph: Path) -> tuple[int, int, int] | None:
    """What changes when another build is published; None while there is no graph."""
    try:
        status = (graph / NAME).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def publish(graph: Path) -> Snapshot:
    """A snapshot of the present build.

    Raises:
        NotAGraph: there is no graph.
        OSError: its files can be neither linked nor copied.
    """
    for attempt in range(_TRIES):
        manifest = read_manifest(graph)
        if manifest is None:
            break
        with ExitStack() as held:
            folder = _own_folder(graph, held)
            try:
                _fill(graph, folder, manifest)
            except FileNotFoundError:  # the next build has just swept it away
                if attempt == _TRIES - 1:
                    raise
                continue
            return Snapshot(folder, manifest.store.removeprefix("store-"), manifest, held.pop_all())
    raise NotAGraph(f"{printable(graph)}: no graph here; make one with: eldercare-kg build PATH -o {printable(graph)}")


def _own_folder(graph: Path, held: ExitStack) -> Path:
    """A new folder for a snapshot: with the graph, where that can be written, so that links will do."""
    try:
        serving = graph / "serving"
        serving.mkdir(exist_ok=True)
        _sweep(serving)
        folder = Path(tempfile.mkdtemp(prefix="", dir=serving))
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="eldercare-kg-"))
    held.callback(shutil.rmtree, folder, ignore_errors=True)
    stream = held.enter_context((folder / "lock").open("w", encoding="utf-8"))
    with suppress(ImportError):
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX)
    return folder


def _sweep(serving: Path) -> None:
    """Remove snapshots whose service is gone: nobody holds their locks."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system: nobody can tell
        return
    for left in serving.iterdir():
        with suppress(OSError), (left / "lock").open("r+", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


def _fill(graph: Path, folder: Path, manifest: Manifest) -> None:
    (folder / manifest.store).mkdir()
    (folder / "texts").mkdir()
    for path in (graph / manifest.store).iterdir():
        _link(path, folder / manifest.store / path.name)
    for entry in manifest.documents.values():
        path = text_file(graph, entry.stem)
        _link(path, folder / "texts" / path.name)
    # A manifest is put in place by renaming, so this name keeps the one whose files these are, if it still is it.
    _link(graph / NAME, folder / NAME)
    if read_manifest(folder) != manifest:
        raise FileNotFoundError(graph / NAME)


def _link(path: Path, beside: Path) -> None:
    try:
        os.link(path, beside)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(path, beside)
