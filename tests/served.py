"""Small graphs to serve, and the service as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.folder.manifest import Entry, Manifest, read_manifest, write_manifest
from kg.folder.store import OxigraphStore, with_union
from kg.server import Limits, Settings, create_app

DOCUMENTS = [f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in range(4)]
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
PAGE = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
DOCUMENT = "<http://xmlns.com/foaf/0.1/Document>"


def publish(folder: Path, quads: dict[str, str], *, store: str = "store-1", documents: int = 0) -> None:
    """Put a build into a graph folder as ``kg.folder.building`` does: the store under its name, then the manifest.

    Args:
        quads: from a named graph's IRI to its triples as N-Triples.
        documents: so many documents are in the manifest, each with a text.
    """
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    (folder / "graphs").mkdir(exist_ok=True)
    (folder / "lock").touch()
    made = OxigraphStore(folder / store)
    for name, triples in quads.items():
        lines = "".join(line.rstrip(" .") + f" <{name}> .\n" for line in triples.splitlines() if line)
        made.load(with_union(lines.encode(), name))
    made.store.flush()
    made.close()
    entries = {f"{number:016x}": Entry(f"{store}-{number}", 0, 1, ()) for number in range(documents)}
    for entry in entries.values():
        (folder / "texts" / f"{entry.stem}.txt").write_text(store, encoding="utf-8")
    before = read_manifest(folder)
    write_manifest(folder, Manifest("recipe", store, entries))
    if before is not None:
        for path in (folder / before.store).iterdir():
            path.unlink()
        (folder / before.store).rmdir()


def publish_documents(folder: Path) -> Path:
    """The data of the W3C's protocol tests: four documents, each in a graph of its own name; one thing has a label."""
    graphs = {name: f"<{name}> {TYPE} {DOCUMENT} ." for name in DOCUMENTS}
    graphs[DOCUMENTS[0]] += '\n<http://example.org/> <http://www.w3.org/2000/01/rdf-schema#label> "例" .'
    publish(folder, graphs)
    return folder


@contextmanager
def client(folder: Path, *, limits: Limits | None = None, **settings: object) -> Iterator[TestClient]:
    """The application with its workers, without a port."""
    app = create_app(Settings(folder, limits=limits or Limits(workers=2), **settings))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def serving(folder: Path) -> Iterator[TestClient]:
    """The application as its users meet it, without a port."""
    with TestClient(create_app(Settings(graph=folder)), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def when_ready(client: TestClient, path: str, **given: Any) -> Any:
    """The answer, once what it needs has been made of the build: until then it is 503 with Retry-After."""
    until = time.monotonic() + 180
    while (answer := client.get(path, **given)).status_code == 503 and time.monotonic() < until:
        assert int(answer.headers["retry-after"]) > 0
    return answer


@contextmanager
def process(folder: Path, *options: str) -> Iterator[str]:
    """``eldercare-kg serve`` as a process; its address."""
    command = [sys.executable, "-m", "kg.cli", "serve", str(folder), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:
        try:
            assert running.stderr is not None
            for line in running.stderr:
                if found := re.search(r"serving at (http://\S+)", line):
                    yield found[1]
                    break
            else:
                pytest.fail("the service did not begin")
        finally:
            running.terminate()
            running.wait(30)
