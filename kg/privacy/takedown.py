"""Taking documents and traces of persons out of a graph, for good (个人信息保护法 24, 47).

A document's files, statements and origin go; a person's name is masked wherever it stands, and the documents that held
it are read anew from their masked texts, for the files they came from may be elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.reading import read_text
from kg.files import printable
from kg.folder import shelve
from kg.folder.graph_folder import keep, locked, publish
from kg.folder.manifest import Entry, Input, Manifest, NotAGraph, read_manifest, text_file
from kg.graph import open_graph
from kg.incoming.work import Options, write_down
from kg.privacy.forgetting import Forgotten, forgotten_in
from kg.review import replaying
from kg.statements import link

__all__ = ["Takedown", "take_down"]


@dataclass(frozen=True, slots=True)
class Takedown:
    """What was done: the names of documents that are gone, and how many others had something masked."""

    removed: tuple[str, ...]
    masked: int


def take_down(graph: str | Path, *, documents: Iterable[str] = (), persons: Iterable[str] = ()) -> Takedown:
    """Take documents and persons out of the graph in a folder, and note them so that no build takes them in again.

    Args:
        documents: each by its number, title, file name, IRI or hash.
        persons: names of two characters or more.

    Raises:
        NotAGraph: there is no graph in the folder, or a build is at work there.
        ValueError: no document is called so, or a name is too short to be looked for.
    """
    folder = Path(graph)
    names = ["".join(name.split()) for name in persons]
    short = [name for name in names if len(name) < 2]
    if short:
        raise ValueError("a person's name has two characters or more; a single one would mask half the text")
    gone = _meant(folder, documents)
    with locked(folder):
        before = read_manifest(folder)
        if before is None:
            raise NotAGraph(f"{printable(folder)}: no graph here; make one with eldercare-kg build")
        forgotten = forgotten_in(folder)
        for sha, iri in gone.items():
            entry = before.documents[sha]
            text = text_file(folder, entry.stem).read_bytes().decode()
            hashes = (origin.part or origin.original for origin in entry.origins)
            forgotten = forgotten.with_documents([text, iri, *hashes])
        for name in names:
            forgotten = forgotten.with_person(name)
        # 先记下要忘的，再动图谱：中途断了，下次照样不收。
        forgotten.write(folder)
        replaying.forget(folder, gone, forgotten)
        left = {sha: entry for sha, entry in before.documents.items() if sha not in gone}
        after, masked = _masked(folder, before, left, forgotten) if names else (_without(before, left), 0)
        # 不从旧存储改起：它的文件里还躺着删去的字。
        publish(folder, None, shelve.stored(_corrected(folder, after)))
    removed = sorted({name for sha in gone for name in before.documents[sha].names})
    return Takedown(tuple(removed), masked)


def _meant(folder: Path, documents: Iterable[str]) -> dict[str, str]:
    """From the hash of each document meant to its IRI."""
    import pyoxigraph as ox

    meant: dict[str, str] = {}
    with open_graph(folder) as opened:
        for name in documents:
            try:
                sha = opened.sha(name)
            except KeyError:
                raise ValueError(f"no document {printable(name)!r} in {printable(folder)}") from None
            rows = opened.query("SELECT ?text ?doc { ?text eli:realizes ?doc }", text=ox.NamedNode(link.source(sha)))
            meant[sha] = next((str(row[1]) for row in rows), "")
    return meant


def _without(before: Manifest, left: dict[str, Entry]) -> Manifest:
    inputs = {key: told for key, told in before.inputs.items() if told.sha in left}
    return replace(before, documents=left, inputs=inputs)


def _masked(folder: Path, before: Manifest, left: dict[str, Entry], forgotten: Forgotten) -> tuple[Manifest, int]:
    """The documents with the names masked, those that held one read anew."""
    documents: dict[str, Entry] = {}
    became: dict[str, str] = {}
    masked = 0
    for sha, entry in left.items():
        text = text_file(folder, entry.stem).read_bytes().decode()
        clean = forgotten.without_persons(text)
        origins = tuple(
            origin._replace(
                name=forgotten.without_persons(origin.name),
                fields=tuple(map(forgotten.without_persons, origin.fields)),
            )
            for origin in entry.origins
        )
        if clean != text:
            outcome = write_down(read_text(clean, origins[0].name), Options())
            told, entry = keep(folder, outcome, before.recipe)
            became[sha] = told.sha
            origins = tuple(sorted({*origins, *(documents[told.sha].origins if told.sha in documents else ())}))
        masked += clean != text or origins != entry.origins
        documents[became.get(sha, sha)] = replace(entry, origins=origins)
    inputs = {
        key: Input(
            became.get(told.sha, told.sha),
            forgotten.without_persons(told.name),
            tuple(map(forgotten.without_persons, told.fields)),
        )
        for key, told in before.inputs.items()
        if told.sha in left
    }
    return replace(before, documents=dict(sorted(documents.items())), inputs=inputs), masked


def _corrected(folder: Path, after: Manifest) -> Manifest:
    """The manifest with the documents whose corrections told of a person written anew."""
    documents = ((told, after.documents[told.sha]) for told in after.inputs.values() if told.sha in after.documents)
    entries = replaying.replay(folder, documents, after.recipe, replaying.kept(folder), Options()).entries
    anew = {
        sha: replace(entry, stem=entries[sha].stem, quads=entries[sha].quads)
        for sha, entry in after.documents.items()
        if sha in entries
    }
    return replace(after, documents={**after.documents, **anew})
