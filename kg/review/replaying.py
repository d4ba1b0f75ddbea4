"""Corrections replayed on a build: only the documents they touch are read anew, from their texts in the graph's folder.

The folder keeps the corrections it was last given, so that a rebuild replays them without being told again. A
document's files bear the digest of its corrections in their name; where that is the one wanted, nothing is done.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from extractors import extract
from extractors.reading import read_text
from kg.files import write_atomically
from kg.folder.graph_folder import keep
from kg.folder.manifest import Entry, Input, graph_bytes, text_file
from kg.incoming.work import Options, Outcome
from kg.privacy.forgetting import Forgotten
from kg.review import corrections as files
from kg.review.correcting import apply
from kg.review.corrections import Correction
from kg.review.rulings import node
from kg.statements.rdf import n_quads
from kg.statements.relate import relate
from ontology.terms import EK

__all__ = ["KEPT", "Replayed", "forget", "hold", "kept", "replay"]

KEPT = "corrections.jsonl"


class Replayed(NamedTuple):
    """The documents' entries by the hashes of their texts, those that were written anew, and what was not applied."""

    entries: dict[str, Entry]
    fresh: set[str]
    unapplied: tuple[str, ...]


def kept(folder: Path) -> list[Correction]:
    """The corrections that a graph's folder keeps."""
    path = folder / KEPT
    return files.load([path]) if path.is_file() else []


def hold(folder: Path, given: list[Correction] | None) -> list[Correction]:
    """The corrections that count from now on: those given, which the folder keeps, else those it keeps."""
    if given is None:
        return kept(folder)
    if given or (folder / KEPT).exists():
        lines = "".join(files.to_line(correction) + "\n" for correction in given)
        write_atomically(folder / KEPT, lines.encode())
    return given


def forget(folder: Path, gone: Iterable[str], forgotten: Forgotten) -> None:
    """Take the corrections of these texts out of those that the folder keeps, and mask names of persons in the rest."""
    path = folder / KEPT
    if path.is_file():
        lines = [files.to_line(correction) for correction in kept(folder) if correction.text not in set(gone)]
        write_atomically(path, forgotten.without_persons("".join(line + "\n" for line in lines)).encode())


def replay(
    folder: Path,
    documents: Iterable[tuple[Input, Entry]],
    recipe: str,
    corrections: Iterable[Correction],
    options: Options,
) -> Replayed:
    """Bring each document to the corrections of its text."""
    wanted = files.by_text(corrections)
    entries: dict[str, Entry] = {}
    inputs: dict[str, Input] = {}
    fresh: set[str] = set()
    for told, entry in documents:
        inputs[told.sha] = told
        if entry.stem == stem(told.sha, recipe, wanted.get(told.sha, ())):
            entries[told.sha] = entry
        else:
            entries.setdefault(told.sha, entry)
    for sha, entry in entries.items():
        those = wanted.get(sha, ())
        if entry.stem != stem(sha, recipe, those):
            entries[sha] = _written(folder, inputs[sha], entry, recipe, those, options)
            fresh.add(sha)
    return Replayed(entries, fresh, tuple(_unapplied(folder, entries, wanted)))


def _unapplied(
    folder: Path, entries: Mapping[str, Entry], wanted: Mapping[str, tuple[Correction, ...]]
) -> Iterator[str]:
    """Why which correction changed nothing: of a text that is not here, or refused, as the document's graph tells."""
    for sha, those in wanted.items():
        refused = _refused(folder, entries[sha]) if sha in entries else {}
        for correction in those:
            reason = refused.get(node(correction)) if sha in entries else "no such text here; it has changed or is gone"
            if reason:
                where = " ".join(part for part in (correction.document, correction.words[:20]) if part)
                yield f"{correction.place}: {correction.id} ({where}): {reason}"


def _refused(folder: Path, entry: Entry) -> dict[str, str]:
    """From a correction's node to the reason why it was refused."""
    import pyoxigraph as ox

    quads = ox.parse(graph_bytes(folder, entry.stem), format=ox.RdfFormat.N_QUADS)
    return {q.subject.value: q.object.value for q in quads if q.predicate.value == EK.refusedBecause}


def stem(sha: str, recipe: str, corrections: Iterable[Correction]) -> str:
    """The name of a document's files."""
    return "-".join(part for part in (sha, recipe[:8], files.digest(corrections)) if part)


def _written(
    folder: Path, told: Input, entry: Entry, recipe: str, corrections: tuple[Correction, ...], options: Options
) -> Entry:
    doc = read_text(text_file(folder, entry.stem).read_bytes().decode(), told.name)
    extraction, rulings = apply(extract(doc, ner=options.ner, threshold=options.threshold), corrections)
    sheet = relate(extraction, doc.text, rulings)
    quads = n_quads(sheet.statements, sheet.graph)
    outcome = Outcome(
        key="",
        state="read",
        sha256=doc.sha256,
        graph=gzip.compress(quads, compresslevel=2, mtime=0),
        text=doc.text.encode(),
        quads=quads.count(b"\n"),
        characters=len(doc.text),
        name=told.name,
        fields=told.fields,
    )
    return keep(folder, outcome, recipe, stem=stem(told.sha, recipe, corrections))[1]
