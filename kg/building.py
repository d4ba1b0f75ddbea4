"""Files to graph, straight through: what is new is read, what is unchanged kept, what is gone dropped.

A graph folder holds one N-Quads file and one text for each document (the master), a store made from them, and a
manifest. Files of a new build stand beside those of the old one; the manifest, put in place at the end, makes the
new build count. So an interrupted build leaves the graph as it was, and the next one takes up what it had done.
"""

from __future__ import annotations

import gzip
import os
import shutil
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg import shelve
from kg.files import Source, find_sources, printable
from kg.manifest import Entry, Manifest, NotAGraph, graph_file, read_manifest, recipe, text_file, write_manifest
from kg.pool import run
from kg.work import Outcome, Task, input_key

__all__ = ["BuildReport", "build"]

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``failed`` has a message for each file that could not be read."""

    documents: int
    read: int
    unchanged: int
    removed: int
    duplicates: int
    quads: int
    characters: int
    seconds: float
    failed: tuple[str, ...]
    passed_over: tuple[str, ...]


def build(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    ner: tuple[str, ...] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Make the graph in folder ``out`` hold what the files at ``paths`` say, and nothing else.

    Args:
        workers: processes that read; one for each core by default. The result is the same for any number.
        ner: models that vote with the rules, as ``extractors.extract`` takes them.
        progress: called with files done, files in all and the name of the last one.

    Raises:
        NotAGraph: ``out`` holds something else, or another build is at work there.
        FileNotFoundError: there is nothing to read at ``paths``.
    """
    begun = time.monotonic()
    folder = Path(out)
    sources, unread = find_sources(paths, without=folder)
    if not sources:
        raise FileNotFoundError("no documents found: " + ", ".join(printable(path) for path in paths))
    with _locked(folder):
        before = read_manifest(folder)
        now = recipe(ner)
        known = _reusable(folder, before, now)
        done, todo, failed = _sort_out(sources, known)
        fresh: set[str] = set()
        tasks = [Task(source.path, source.name, ner) for source in todo]
        for index, (task, outcome) in enumerate(run(tasks, workers or os.cpu_count() or 1), 1):
            if outcome.error:
                failed.append(outcome.error)
            else:
                done.append((task.name, outcome.key, _keep(folder, outcome, now)))
                fresh.add(outcome.sha256[:16])
            if progress:
                progress(index, len(tasks), task.name)
        # Where nothing at all could be read the fault lies elsewhere: a good graph is not emptied for it.
        after = _manifest(done, now) if done or before is None else before
        _publish(folder, before, after)
    kept = {key for key in after.documents if key not in fresh}
    gone = set(before.documents if before else ()) - set(after.documents)
    return BuildReport(
        documents=len(after.documents),
        read=len(fresh),
        unchanged=len(kept),
        removed=len(gone),
        duplicates=max(len(done) - len(after.documents), 0),
        quads=sum(entry.quads for entry in after.documents.values()),
        characters=sum(entry.characters for entry in after.documents.values()),
        seconds=time.monotonic() - begun,
        failed=tuple(sorted(failed)),
        passed_over=tuple(unread),
    )


Done = tuple[str, str, tuple[str, Entry]]


def _reusable(folder: Path, before: Manifest | None, now: str) -> dict[str, tuple[str, Entry]]:
    """From a file's key to its document, where this very recipe has read it: in the last build, or a broken one."""
    known: dict[str, tuple[str, Entry]] = {}
    if before and before.recipe == now:
        for key, sha in before.inputs.items():
            entry = before.documents[sha]
            if graph_file(folder, entry.stem).is_file() and text_file(folder, entry.stem).is_file():
                known[key] = sha, entry
    for note in (folder / "graphs").glob(f"*-{now[:8]}.key"):
        try:
            key, sha, quads, characters = note.read_text(encoding="utf-8").split()
            stem = f"{sha}-{now[:8]}"
            if gzip.decompress(graph_file(folder, stem).read_bytes()).count(b"\n") == int(quads):
                known.setdefault(key, (sha, Entry(stem, int(quads), int(characters), ())))
        except (OSError, ValueError, EOFError, zlib.error):
            continue
    return known


def _sort_out(sources: list[Source], known: dict[str, tuple[str, Entry]]) -> tuple[list[Done], list[Source], list[str]]:
    """Files whose document is at hand, files to read, and messages for those that cannot be opened."""
    done: list[Done] = []
    todo: list[Source] = []
    failed: list[str] = []
    for source in sources:
        try:
            key = input_key(source.path, source.path.read_bytes())
        except OSError as error:
            failed.append(f"{source.name}: {error.strerror or error}; check the path and its permissions")
            continue
        if key in known:
            done.append((source.name, key, known[key]))
        else:
            todo.append(source)
    return done, todo, failed


def _keep(folder: Path, outcome: Outcome, now: str) -> tuple[str, Entry]:
    """Put a document's files beside the others; they count when the manifest names them."""
    sha = outcome.sha256[:16]
    stem = f"{sha}-{now[:8]}"
    _put(text_file(folder, stem), outcome.text)
    _put(graph_file(folder, stem), outcome.graph)
    note = f"{outcome.key} {sha} {outcome.quads} {outcome.characters}\n"
    _put(folder / "graphs" / f"{outcome.key[:16]}-{now[:8]}.key", note.encode())
    return sha, Entry(stem, outcome.quads, outcome.characters, ())


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all; what the disk must hold is settled once, before the manifest."""
    beside = path.with_suffix(path.suffix + ".tmp")
    beside.write_bytes(data)
    beside.replace(path)


def _manifest(done: list[Done], now: str) -> Manifest:
    names: dict[str, list[str]] = {}
    entries: dict[str, Entry] = {}
    inputs: dict[str, str] = {}
    for name, key, (sha, entry) in done:
        names.setdefault(sha, []).append(name)
        entries[sha] = entry
        inputs[key] = sha
    documents = {
        sha: Entry(entry.stem, entry.quads, entry.characters, tuple(sorted(names[sha])))
        for sha, entry in sorted(entries.items())
    }
    return shelve.stored(Manifest(now, "", documents, inputs))


def _publish(folder: Path, before: Manifest | None, after: Manifest) -> None:
    """Make the store, put the manifest in place, then sweep what only the old build needed."""
    shelve.make_store(folder, before, after)
    if after != before:
        if hasattr(os, "sync"):
            os.sync()
        write_manifest(folder, after)
    stems = {entry.stem for entry in after.documents.values()}
    for place in (*(folder / "graphs").iterdir(), *(folder / "texts").iterdir()):
        if place.name.partition(".")[0] not in stems:
            place.unlink()
    for place in folder.glob("store-*"):
        if place.name != after.store:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One build at a time; a folder that is no graph's is left alone."""
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
