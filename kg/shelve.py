"""The store of a graph folder, made from its N-Quads files: anew, or from the last one where little has changed."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import ontology
from kg import link
from kg.infer import infer
from kg.manifest import Manifest, graph_bytes
from kg.model import Statement
from kg.rdf import n_quads, string
from kg.store import OxigraphStore, with_union
from ontology.terms import EK

__all__ = ["make_store", "stored"]

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
    """Which file names each text was read from."""
    statements = [
        Statement(link.source(sha), EK.fileName, string(name))
        for sha, entry in manifest.documents.items()
        for name in entry.names
    ]
    return n_quads(statements, FILES)


def make_store(folder: Path, before: Manifest | None, after: Manifest) -> None:
    """Make the store that ``after`` names, unless it is there. It gets its name only when it is whole."""
    final, beside = folder / after.store, folder / "store-new"
    if final.is_dir():
        return
    shutil.rmtree(beside, ignore_errors=True)
    store = _changed(folder, beside, before, after)
    if store is None:
        store = _anew(folder, beside, after)
    store.replace(FILES, _files_graph(after))
    store.load_turtle(ontology.resource("policy.ttl").read_bytes(), ONTOLOGY)
    infer(store)
    store.store.flush()
    store.close()
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
    if before is None or not (folder / before.store).is_dir():
        return None
    old = {sha: entry.stem for sha, entry in before.documents.items()}
    new = {sha: entry.stem for sha, entry in after.documents.items()}
    gone = [sha for sha in old if sha not in new]
    fresh = [sha for sha in new if old.get(sha) != new[sha]]
    if len(gone) + len(fresh) > _MANY * len(new):
        return None
    last = OxigraphStore(folder / before.store, read_only=True)
    last.backup(beside)
    last.close()
    store = OxigraphStore(beside)
    for sha in gone:
        store.remove(link.graph(f"src-{sha}"))
    for sha in fresh:
        store.replace(link.graph(f"src-{sha}"), graph_bytes(folder, new[sha]))
    return store
