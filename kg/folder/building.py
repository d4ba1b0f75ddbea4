"""Files to graph, straight through: what is new is read, what is unchanged kept, what is gone dropped.

A graph folder holds one N-Quads file and one text for each document (the master), a store made from them, and a
manifest (see ``graph_folder``). What an interrupted build has done the next one takes up.
"""

from __future__ import annotations

import gzip
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.files import find_sources, printable
from kg.folder import shelve
from kg.folder.graph_folder import keep, locked, notes, publish
from kg.folder.manifest import Entry, Input, Manifest, Origin, graph_file, read_manifest, recipe, text_file
from kg.incoming.intake import Arrival, arrivals
from kg.incoming.pool import run
from kg.incoming.work import Options, Task
from kg.privacy import quarantine
from kg.privacy.forgetting import forgotten_in
from kg.review.corrections import load
from kg.review.replaying import hold, replay

__all__ = ["BuildReport", "build"]

Progress = Callable[[int, int, str], None]
Known = dict[str, tuple[Input, Entry]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``failed`` has a message for each file that could not be read.

    ``quarantined`` names what bears a mark of secrecy, ``forgotten`` what is kept out, ``notes`` what to look at,
    ``unapplied`` the corrections that hold no longer.
    """

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
    quarantined: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unapplied: tuple[str, ...] = ()


@dataclass
class _Tally:
    """What has come of the files so far: a document's origin, input and entry by its key, and messages."""

    done: list[tuple[str, Origin, Input, Entry]] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    secret: dict[str, str] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total: int = 0


def build(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    ner: tuple[str, ...] = (),
    text_column: str = "",
    meta: tuple[str, ...] = (),
    ocr: bool = False,
    keep_officials: bool = False,
    threshold: float = 0.5,
    corrections: Iterable[Path] | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Make the graph in folder ``out`` hold what the files at ``paths`` say, and nothing else.

    Args:
        workers: processes that read; one for each core by default. The result is the same for any number.
        ner: models that vote with the rules, as ``extractors.extract`` takes them.
        text_column: the column that holds the text, of tables; text, 正文, content … by default.
        meta: further columns of tables to take along; those of a header are read as header.
        ocr: recognise the text of scans and images, with Tesseract.
        keep_officials: leave the names of those who sign in office.
        threshold: the least confidence with which a model's lone find enters.
        corrections: files of corrections by hand (see ``kg.review.corrections``); None for those of the last build.
        progress: called with documents done, documents known of and the name of the last one.

    Raises:
        NotAGraph: ``out`` holds something else, or another build is at work there.
        ValueError: a file of corrections cannot be read.
        FileNotFoundError: there is nothing to read at ``paths``.
    """
    begun = time.monotonic()
    folder, options = Path(out), Options(ner, text_column, tuple(meta), ocr, keep_officials, threshold)
    sources, unread = find_sources(paths, without=folder, ocr=ocr)
    if not sources:
        raise FileNotFoundError("no documents found: " + ", ".join(printable(path) for path in paths))
    given = None if corrections is None else load(corrections)
    with locked(folder):
        before = read_manifest(folder)
        now = recipe(options)
        tally = _Tally(passed_over=unread)
        _take_in(
            folder, arrivals(sources, options), options, _known(folder, before, now), tally, workers, now, progress
        )
        documents = ((told, entry) for _, _, told, entry in tally.done)
        replayed = replay(folder, documents, now, hold(folder, given), options)
        tally.fresh |= replayed.fresh
        # Where nothing at all could be read the fault lies elsewhere: a good graph is not emptied for it.
        emptied = not tally.done and not tally.forgotten and not tally.secret
        after = before if emptied and before is not None else _manifest(tally, replayed.entries, now)
        quarantine.write(folder, tally.secret)
        publish(folder, before, after)
    return replace(_report(before, after, tally, time.monotonic() - begun), unapplied=replayed.unapplied)


def _report(before: Manifest | None, after: Manifest, tally: _Tally, seconds: float) -> BuildReport:
    entries = after.documents.values()
    return BuildReport(
        documents=len(after.documents),
        read=len(tally.fresh),
        unchanged=len(set(after.documents) - tally.fresh),
        removed=len(set(before.documents if before else ()) - set(after.documents)),
        duplicates=max(len(tally.done) - len(after.documents), 0),
        quads=sum(entry.quads for entry in entries),
        characters=sum(entry.characters for entry in entries),
        seconds=seconds,
        failed=tuple(sorted(tally.failed)),
        passed_over=tuple(tally.passed_over),
        quarantined=tuple(sorted(tally.secret.values())),
        forgotten=tuple(sorted(tally.forgotten)),
        notes=tuple(sorted(tally.notes)),
    )


def _take_in(
    folder: Path,
    arriving: Iterator[Arrival],
    options: Options,
    known: Known,
    tally: _Tally,
    workers: int | None,
    now: str,
    progress: Progress | None,
) -> None:
    """Read what is not known yet; each document's files are put in the folder."""
    forgotten = forgotten_in(folder)
    origins: dict[str, Origin] = {}
    count = 0

    def told(name: str) -> None:
        nonlocal count
        count += 1
        if progress:
            progress(count, max(tally.total, count), name)

    def tasks() -> Iterator[Task]:
        for number, (name, item, origin, key, error, rest) in enumerate(arriving, 1):
            tally.total = number + rest
            if item is None or origin is None:
                (tally.failed if error else tally.passed_over).append(error or name)
                told(name)
            elif key in known:
                tally.done.append((key, origin, *known[key]))
                told(name)
            elif key in origins:
                tally.total -= 1
            else:
                origins[key] = origin
                yield Task(item, key, options, forgotten, (origin.original, origin.part))

    for task, outcome in run(tasks(), workers or os.cpu_count() or 1):
        if outcome.state == "read":
            tally.done.append((task.key, origins[task.key], *keep(folder, outcome, now)))
            tally.fresh.add(outcome.sha256[:16])
            tally.notes.extend(outcome.notes)
        elif outcome.state == "secret":
            tally.secret[origins[task.key].part or origins[task.key].original] = outcome.error
        else:
            (tally.forgotten if outcome.state == "forgotten" else tally.failed).append(outcome.error)
        told(task.name)


def _known(folder: Path, before: Manifest | None, now: str) -> Known:
    """What this very recipe has made of a document: in the last build, or a broken one."""
    known: Known = {}
    if before and before.recipe == now:
        for key, told in before.inputs.items():
            entry = before.documents[told.sha]
            if graph_file(folder, entry.stem).is_file() and text_file(folder, entry.stem).is_file():
                known[key] = told, entry
    for key, told, entry in notes(folder, now):
        try:
            if gzip.decompress(graph_file(folder, entry.stem).read_bytes()).count(b"\n") == entry.quads:
                known.setdefault(key, (told, entry))
        except (OSError, EOFError, zlib.error):
            continue
    return known


def _manifest(tally: _Tally, entries: Mapping[str, Entry], now: str) -> Manifest:
    origins: dict[str, set[Origin]] = {}
    inputs: dict[str, Input] = {}
    for key, origin, told, _ in tally.done:
        origins.setdefault(told.sha, set()).add(origin._replace(name=told.name, fields=told.fields))
        inputs[key] = told
    documents = {
        sha: Entry(entry.stem, entry.quads, entry.characters, tuple(sorted(origins[sha])))
        for sha, entry in sorted(entries.items())
    }
    return shelve.stored(Manifest(now, "", documents, inputs))
