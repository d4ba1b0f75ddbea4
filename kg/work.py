"""What a worker does: a file's path in, its graph's bytes out. No state, no store, no output."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

from extractors import extract, read
from extractors.model import BadDocument
from kg.masking import shown
from kg.relate import graph_of

__all__ = ["Outcome", "Task", "input_key", "work"]


class Task(NamedTuple):
    """A file, its name, and the models that vote."""

    path: Path
    name: str
    ner: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """A document's graph (gzipped N-Quads) and its text as it may be shown; or the message why there is none."""

    key: str
    sha256: str
    graph: bytes
    text: bytes
    quads: int
    characters: int
    error: str | None


def input_key(path: Path, data: bytes) -> str:
    """What the text of a file depends on: its bytes, and the suffix that chooses the reader."""
    return hashlib.sha256(path.suffix.lower().encode() + b"\0" + data).hexdigest()


def work(task: Task) -> Outcome:
    """Read, extract, relate, write down. A bad document is an outcome, not an exception."""
    key = ""
    try:
        data = task.path.read_bytes()
        key = input_key(task.path, data)
        doc = read(data, task.name)
        text = shown(doc)
        quads = graph_of(extract(doc, ner=task.ner), text)
    except BadDocument as error:
        return _failure(key, task, str(error))
    except OSError as error:
        return _failure(key, task, f"{error.strerror or error}; check the file and its permissions")
    except MemoryError:
        return _failure(key, task, "not enough memory; split the file")
    except Exception as error:
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        place = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else ""
        return _failure(key, task, f"internal error {type(error).__name__}: {error} ({place}); please report it")
    packed = gzip.compress(quads, compresslevel=2, mtime=0)
    return Outcome(key, doc.sha256, packed, text.encode(), quads.count(b"\n"), len(text), None)


def _failure(key: str, task: Task, message: str) -> Outcome:
    if not message.startswith(task.name):
        message = f"{task.name}: {message}"
    return Outcome(key, "", b"", b"", 0, 0, message)
