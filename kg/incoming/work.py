"""What a worker does: a document's bytes in, its graph's bytes out. No state, no store, no output.

Secrecy, forgetting and masking come first: nothing after them sees the text as it came.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import NamedTuple

from extractors import damage, extract
from extractors.model import BadDocument, Document
from extractors.readers.fields import further, with_fields
from extractors.readers.guarded import guarded_reader
from extractors.readers.item import Item
from extractors.readers.secrecy import find_internal, refuse_secret
from extractors.reading import read_text
from kg.privacy.forgetting import Forgotten
from kg.privacy.masking import hidden, personal, shown
from kg.statements.rdf import n_quads
from kg.statements.relate import relate

__all__ = ["Options", "Outcome", "Seen", "Task", "seen", "work", "write_down"]


class Options(NamedTuple):
    """How documents are read: models that vote, the columns of tables, recognition of text, whose names stay, and the
    least confidence with which a model's lone find enters."""

    ner: tuple[str, ...] = ()
    text_column: str = ""
    meta: tuple[str, ...] = ()
    ocr: bool = False
    keep_officials: bool = False
    threshold: float = 0.5


class Task(NamedTuple):
    """A document's bytes, the key they are known by, and the hashes of the file they came in."""

    item: Item
    key: str
    options: Options
    forgotten: Forgotten | None = None
    traces: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the document is called."""
        return self.item.name


class Outcome(NamedTuple):
    """A document's graph (gzipped N-Quads) and its text as it may be shown; or the message why there is none.

    ``name`` and ``fields`` are without names of persons. ``state`` is read, bad, secret or forgotten.
    """

    key: str
    state: str
    error: str = ""
    sha256: str = ""
    graph: bytes = b""
    text: bytes = b""
    quads: int = 0
    characters: int = 0
    name: str = ""
    fields: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def work(task: Task) -> Outcome:
    """Read, mask, extract, relate, write down. A bad document is an outcome, not an exception."""
    try:
        return _read(task)
    except BadDocument as error:
        if getattr(error, "reason", "") == "secret":
            return Outcome(task.key, "secret", str(error))
        return _failure(task, str(error))
    except OSError as error:
        return _failure(task, f"{error.strerror or error}; check the file and its permissions")
    except MemoryError:
        return _failure(task, "not enough memory; split the file")
    except Exception as error:
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else ""
        return _failure(task, f"internal error {type(error).__name__}: {error} ({place}); please report it")


def _failure(task: Task, message: str) -> Outcome:
    return Outcome(task.key, "bad", message if message.startswith(task.name) else f"{task.name}: {message}")


class Seen(NamedTuple):
    """What may be shown of a document: its text, its name, its further metadata; and notes for the user.

    ``read_sha256`` is the hash of the text as it was read; it goes into no graph, for it would confirm a guess of what
    is masked.
    """

    text: str
    name: str
    fields: tuple[str, ...]
    notes: tuple[str, ...]
    read_sha256: str


def seen(item: Item, options: Options, forgotten: Forgotten | None = None) -> Seen:
    """Read a document and mask what is personal.

    Raises:
        BadDocument: it cannot be read, or bears a mark of secrecy.
    """
    text, told = guarded_reader().text(item, ocr=options.ocr)
    text = with_fields(text, item.fields)
    refuse_secret(text, item.name)
    internal = find_internal(text)
    if internal:
        told.append(f"{item.name}: line {internal.line} says {internal.words}; make sure that it may be processed")
    doc = read_text(text, item.name)
    hurt = len(damage.find(text))
    if hurt:
        told.append(f"{item.name}: {hurt} places of the text are damaged; check --audit wording shows them")
    masked = shown(doc, keep_officials=options.keep_officials)
    pattern = personal(text, masked)

    def clean(words: str) -> str:
        words = hidden(shown(read_text(words, "")), pattern)
        return forgotten.without_persons(words) if forgotten else words

    if forgotten:
        masked = forgotten.without_persons(masked)
    fields = tuple(clean(f"{key}：{value}") for key, value in further(item.fields).items())
    return Seen(masked, clean(item.name), fields, tuple(told), doc.sha256)


def _read(task: Task) -> Outcome:
    forgotten = task.forgotten
    if forgotten and forgotten.holds(*task.traces):
        return Outcome(task.key, "forgotten", task.name)
    text, name, fields, notes, _ = seen(task.item, task.options, forgotten)
    if forgotten and forgotten.holds(text):
        return Outcome(task.key, "forgotten", task.name)
    done = write_down(read_text(text, name), task.options, forgotten)
    return done._replace(key=task.key, fields=fields, notes=notes)


def write_down(doc: Document, options: Options, forgotten: Forgotten | None = None) -> Outcome:
    """The graph of a document whose text may be shown."""
    sheet = relate(extract(doc, ner=options.ner, threshold=options.threshold), doc.text)
    if forgotten and forgotten.holds(sheet.document("self")):
        return Outcome("", "forgotten", doc.name)
    quads = n_quads(sheet.statements, sheet.graph)
    packed = gzip.compress(quads, compresslevel=2, mtime=0)
    return Outcome("", "read", "", doc.sha256, packed, doc.text.encode(), quads.count(b"\n"), len(doc.text), doc.name)
