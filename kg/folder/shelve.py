"""The store of a graph folder, made from its N-Quads files: anew, or from the last one where little has changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import ontology
from kg.folder.infer import infer
from kg.folder.manifest import Manifest, Origin, graph_bytes
from kg.folder.store import OxigraphStore, with_union
from kg.statements import link
from kg.statements.model import Literal, Statement
from kg.statements.rdf import n_quads, string
from ontology.terms import DCT, EK, PROV, RDF, RDFS, XSD

__all__ = ["given_name", "make_store", "stored"]

FILES = link.graph("files")
ONTOLOGY = link.graph("ontology")
# Above this share of changed documents loading all of them at once is quicker than changing the old store.
_MANY = 0.2
# The loader keeps what it is given in memory: so many bytes of N-Quads at once.
_BATCH = 64_000_000


def stored(manifest: Manifest) -> Manifest:
    """The manifest with the name of its store: the same content has the same name."""
    digest = hashlib.sha256(_files_graph(manifest))
    digest.update("\n".join(entry.stem for entry in manifest.documents.values()).encode())
    digest.update(manifest.recipe.encode() + ontology.resource("policy.ttl").read_bytes())
    return replace(manifest, store=f"store-{digest.hexdigest()[:16]}")


def _files_graph(manifest: Manifest) -> bytes:
    """Which file each text was read from, by which reader, and where that file came from (PROV-O)."""
    statements = [
        said for sha, entry in manifest.documents.items() for origin in entry.origins for said in _origin(sha, origin)
    ]
    return n_quads(statements, FILES)


def _origin(sha: str, origin: Origin) -> Iterator[Statement]:
    """A text was derived from a file by a run of a reader; a part of a collection, from the part."""
    text, whole = link.source(sha), link.original(origin.original)
    held = link.original(origin.part) if origin.part else whole
    run, reader = link.run(held, origin.reader), link.software(origin.reader)
    yield Statement(text, EK.fileName, string(origin.name))
    yield Statement(text, PROV.wasDerivedFrom, held)
    yield Statement(text, PROV.wasGeneratedBy, run)
    yield Statement(run, RDF.type, EK.ExtractionRun)
    yield Statement(run, PROV.used, held)
    yield Statement(run, PROV.wasAssociatedWith, reader)
    yield Statement(reader, RDF.type, PROV.SoftwareAgent)
    yield Statement(reader, DCT.identifier, string(origin.reader))
    for entity, digest in {held: origin.part or origin.original, whole: origin.original}.items():
        yield Statement(entity, RDF.type, PROV.Entity)
        yield Statement(entity, DCT.identifier, string(f"sha256:{digest}"))
    yield Statement(held, RDFS.label, string(origin.name))
    if origin.part:
        yield Statement(held, DCT.isPartOf, whole)
    if origin.url:
        yield Statement(held, DCT.source, origin.url)
    if origin.retrieved:
        yield Statement(held, PROV.generatedAtTime, Literal(origin.retrieved, XSD.dateTime))
    for told in origin.fields:
        yield Statement(held, DCT.description, string(told))


def make_store(folder: Path, before: Manifest | None, after: Manifest) -> None:
    """Make the store that ``after`` names, unless it is there. It gets its name only when it is whole.

    Inference starts from a store of what is given alone, which stays beside: so the next build changes that one, and
    has nothing inferred to take out of it. The two share their files where the file system can.
    """
    final, beside = folder / after.store, folder / "store-new"
    if final.is_dir():
        return
    given = _given(folder, before, after)
    shutil.rmtree(beside, ignore_errors=True)
    _copy(given, beside)
    store = OxigraphStore(beside)
    infer(store)
    _settle(store, beside, final)


def given_name(manifest: Manifest) -> str:
    """The folder of the store without what is inferred."""
    return manifest.store.replace("store-", "given-")


def _given(folder: Path, before: Manifest | None, after: Manifest) -> Path:
    """The store of what documents, files and ontology say."""
    final, beside = folder / given_name(after), folder / "given-new"
    if final.is_dir():
        return final
    shutil.rmtree(beside, ignore_errors=True)
    store = _changed(folder, beside, before, after)
    if store is None:
        store = _anew(folder, beside, after)
    store.replace(FILES, _files_graph(after))
    store.load_turtle(ontology.resource("policy.ttl").read_bytes(), ONTOLOGY)
    _settle(store, beside, final)
    return final


def _copy(place: Path, beside: Path) -> None:
    store = OxigraphStore(place, read_only=True)
    store.backup(beside)
    store.close()


def _settle(store: OxigraphStore, beside: Path, final: Path) -> None:
    """Write what is pending, and give the store its name."""
    store.store.flush()
    store.close()
    # Opened once more, a store lets go of the log of its writes, which are all in its tables by now.
    OxigraphStore(beside).close()
    beside.replace(final)


def _anew(folder: Path, beside: Path, after: Manifest) -> OxigraphStore:
    store = OxigraphStore(beside)
    batch = bytearray()
    for sha, entry in after.documents.items():
        batch += with_union(graph_bytes(folder, entry.stem), link.graph(f"src-{sha}"))
        if len(batch) > _BATCH:
            store.load(bytes(batch))
            batch.clear()
    store.load(bytes(batch))
    return store


def _changed(folder: Path, beside: Path, before: Manifest | None, after: Manifest) -> OxigraphStore | None:
    """The last store with what has changed put in; None where there is none or too much has changed."""
    if before is None or not (folder / given_name(before)).is_dir():
        return None
    old = {sha: entry.stem for sha, entry in before.documents.items()}
    new = {sha: entry.stem for sha, entry in after.documents.items()}
    gone = [sha for sha in old if sha not in new]
    fresh = [sha for sha in new if old.get(sha) != new[sha]]
    if len(gone) + len(fresh) > _MANY * len(new):
        return None
    _copy(folder / given_name(before), beside)
    store = OxigraphStore(beside)
    for sha in gone:
        store.remove(link.graph(f"src-{sha}"))
    for sha in fresh:
        store.replace(link.graph(f"src-{sha}"), graph_bytes(folder, new[sha]))
    return store
