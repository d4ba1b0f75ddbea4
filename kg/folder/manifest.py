"""The list of what a graph folder holds: the one file that makes a build count, written whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import ontology
from kg.files import write_atomically

__all__ = [
    "FORMAT",
    "Entry",
    "Input",
    "Manifest",
    "NotAGraph",
    "Origin",
    "graph_bytes",
    "graph_file",
    "read_manifest",
    "recipe",
    "text_file",
    "write_manifest",
]

FORMAT = 2
NAME = "manifest.json"
# The modules of kg that decide what a document's graph says; extractors count as a whole.
_WRITERS = ("statements", "review")
_READERS = ("incoming/work.py", "privacy/masking.py")


class NotAGraph(ValueError):
    """A folder that is no graph, or one of another version."""


class Origin(NamedTuple):
    """Where a text came from. Every part but the name and the hash may be empty.

    ``name`` is the path relative to the folder given, with the part of a collection behind the file (包.zip/通知.docx);
    ``original`` the SHA-256 of the file's bytes; ``part`` that of the part; ``url`` and ``retrieved`` as the side file
    of ``fetch``, the saved page or the metadata tell them; ``reader`` the module that read it, and its version;
    ``fields`` further metadata.
    """

    name: str
    original: str
    part: str = ""
    url: str = ""
    retrieved: str = ""
    reader: str = ""
    fields: tuple[str, ...] = ()


class Input(NamedTuple):
    """What a file's document has become: its text's short hash, and its name and metadata without names of persons."""

    sha: str
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: the stem of its files, how much it holds, and where it was read from."""

    stem: str
    quads: int
    characters: int
    origins: tuple[Origin, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files."""
        return tuple(dict.fromkeys(origin.name for origin in self.origins))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph holds.

    ``documents`` by the first 16 digits of the text's hash; ``inputs`` by the key of a document's bytes and name.
    """

    recipe: str
    store: str
    documents: dict[str, Entry] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)


@cache
def _code() -> str:
    digest = hashlib.sha256()
    places = [*_sources(files("extractors")), *(files("kg") / name for name in _READERS)]
    for name in _WRITERS:
        places += _sources(files("kg") / name)
    for place in [*places, ontology.resource("terms.py")]:
        digest.update(place.name.encode() + b"\0" + place.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources(folder: Any) -> list[Any]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda item: str(item.name)):
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            found.extend(_sources(entry))
        elif entry.name.endswith(".py"):
            found.append(entry)
    return found


def recipe(*settings: object) -> str:
    """What a document's graph depends on besides its text: the code, the knowledge, the settings of the build."""
    text = "\n".join([str(FORMAT), _code(), ontology.fingerprint(), *map(str, settings)])
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a graph folder, None where there is none yet.

    Raises:
        NotAGraph: it is of another version or damaged.
    """
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise NotAGraph(f"{path}: cannot be read ({error}); build the graph anew into an empty folder") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise NotAGraph(f"{path}: another version's graph; build it anew into an empty folder")
    documents = {
        sha: Entry(
            entry["stem"], entry["quads"], entry["characters"], tuple(_origin(*told) for told in entry["origins"])
        )
        for sha, entry in data["documents"].items()
    }
    inputs = {key: Input(sha, name, tuple(fields)) for key, (sha, name, fields) in data["inputs"].items()}
    return Manifest(data["recipe"], data["store"], documents, inputs)


def _origin(*told: Any) -> Origin:
    name, original, part, url, retrieved, reader, fields = told
    return Origin(name, original, part, url, retrieved, reader, tuple(fields))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in place: from here on the build counts."""
    data = {"format": FORMAT, **asdict(manifest)}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    write_atomically(folder / NAME, text.encode())


def graph_file(folder: Path, stem: str) -> Path:
    """Where a document's N-Quads lie."""
    return folder / "graphs" / f"{stem}.nq.gz"


def text_file(folder: Path, stem: str) -> Path:
    """Where a document's text lies, as it may be shown."""
    return folder / "texts" / f"{stem}.txt"


def graph_bytes(folder: Path, stem: str) -> bytes:
    """A document's N-Quads."""
    return gzip.decompress(graph_file(folder, stem).read_bytes())
