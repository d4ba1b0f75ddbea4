"""What a graph has been told to forget, kept only as salted hashes: documents, and names of persons.

A document is known again by its text without white space, by its bytes and by its IRI (its number), so that it stays
out in another format or copy too. A person is known by the name, wherever it stands, also letter-spaced.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from extractors.model import Span
from extractors.readers.privacy import MASK
from kg.files import write_atomically
from kg.folder.manifest import NotAGraph

__all__ = ["Forgotten", "forgotten_in"]

NAME = "forgotten.json"


class _Lists(NamedTuple):
    salt: str
    documents: frozenset[str]
    persons: frozenset[str]
    lengths: tuple[int, ...]


class Forgotten(_Lists):
    """The salted hashes of one graph. ``lengths`` are those of the names."""

    def hashed(self, words: str) -> str:
        """The salted hash of words, white space left out."""
        return hashlib.blake2b(
            "".join(words.split()).encode(), key=bytes.fromhex(self.salt), digest_size=16
        ).hexdigest()

    def holds(self, *traces: str) -> bool:
        """Whether one of these traces (text, hash of bytes, IRI) is of a document to be forgotten."""
        return bool(self.documents) and any(self.hashed(trace) in self.documents for trace in traces if trace)

    def with_documents(self, traces: Iterable[str]) -> Forgotten:
        """The lists with the traces of a document added."""
        return self._replace(documents=self.documents | {self.hashed(trace) for trace in traces if trace})

    def with_person(self, name: str) -> Forgotten:
        """The lists with a person's name added."""
        name = "".join(name.split())
        lengths = tuple(sorted({*self.lengths, len(name)}))
        return self._replace(persons=self.persons | {self.hashed(name)}, lengths=lengths)

    def spans(self, text: str) -> Iterator[Span]:
        """Where names to be forgotten stand."""
        if not self.persons:
            return
        places = [place for place, char in enumerate(text) if not char.isspace()]
        squeezed = "".join(text.split())
        new = hashlib.blake2b(key=bytes.fromhex(self.salt), digest_size=16)
        for length in self.lengths:
            for start in range(len(squeezed) - length + 1):
                digest = new.copy()
                digest.update(squeezed[start : start + length].encode("utf-8", "surrogatepass"))
                if digest.hexdigest() in self.persons:
                    yield Span(places[start], places[start + length - 1] + 1)

    def without_persons(self, text: str) -> str:
        """The text, same length, with the names masked."""
        chars = None
        for start, end in self.spans(text):
            chars = chars or list(text)
            chars[start:end] = (char if char.isspace() else MASK for char in text[start:end])
        return "".join(chars) if chars else text

    def write(self, folder: Path) -> None:
        """Keep the lists in the graph's folder."""
        told = {"salt": self.salt, "documents": sorted(self.documents), "persons": sorted(self.persons)}
        data = json.dumps({**told, "lengths": self.lengths}, indent=1)
        write_atomically(folder / NAME, data.encode())


def forgotten_in(folder: Path) -> Forgotten:
    """The lists of a graph's folder, empty ones where there are none.

    Raises:
        NotAGraph: they are damaged; going on would take in again what was to stay out.
    """
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Forgotten(
            told["salt"], frozenset(told["documents"]), frozenset(told["persons"]), tuple(map(int, told["lengths"]))
        )
    except FileNotFoundError:
        return Forgotten(secrets.token_hex(16), frozenset(), frozenset(), ())
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise NotAGraph(f"{folder / NAME}: cannot be read ({error}); restore it from a backup") from error
