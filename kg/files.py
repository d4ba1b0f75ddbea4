"""Files on disk: which ones to read, and writing that is either done or not begun."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Source", "atomically", "find_sources", "printable", "side_file", "write_atomically"]

_SIDE = ".origin.json"
_LOOKED_AT = 1 << 16


class Source(NamedTuple):
    """A file to read and the name it is known by: below its folder, or its own where it was named itself."""

    path: Path
    name: str
    named: bool = False


def printable(name: str | os.PathLike[str]) -> str:
    r"""A file's name as text that any terminal, JSON or RDF writer takes, whatever its bytes are.

    >>> printable("a\udcff.txt")
    'a\\xff.txt'
    """
    raw = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in raw)


def side_file(path: Path) -> Path:
    """Where it is written down from which place a file was fetched."""
    return path.with_name(path.name + _SIDE)


def find_sources(
    paths: Iterable[str | Path], *, without: Path | None = None, ocr: bool = False
) -> tuple[list[Source], list[str]]:
    """Files to read, each once, and the names of files in folders that no reader takes.

    Folders are searched to the bottom, hidden entries left out, symbolic links followed once. A path that is named
    is taken whatever its suffix, so that a wrong one is reported and not passed over.

    Args:
        without: a folder to leave out (the graph's own).
        ocr: take images too.
    """
    found: dict[Path, Source] = {}
    unread: list[str] = []
    barred = without.resolve() if without else None
    for given in map(Path, paths):
        if given.is_dir():
            for path in _walk(given, barred, set()):
                source = Source(path, printable(Path(given.resolve().name) / path.relative_to(given)))
                if path.name.endswith(_SIDE):
                    continue
                if _is_readable(path, ocr=ocr):
                    found.setdefault(_identity(path), source)
                else:
                    unread.append(source.name)
        else:
            found.setdefault(_identity(given), Source(given, printable(given.name), named=True))
    return sorted(found.values(), key=lambda source: (source.name, os.fsencode(source.path))), sorted(unread)


def _is_readable(path: Path, *, ocr: bool) -> bool:
    """Whether a reader takes the file, by its suffix, or by its first bytes where the suffix says nothing."""
    from extractors.readers.collecting import COLLECTIONS
    from extractors.readers.kinds import kind_of
    from extractors.reading import OCR_READERS, READERS

    known = {*READERS, *COLLECTIONS, *(OCR_READERS if ocr else ())}
    suffix = path.suffix.lower()
    if suffix in known:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
    except OSError:
        return not suffix
    # 没有后缀的当作文本，由读取程序说读不读得出。
    kind = kind_of(head, path.name)
    return kind in known and (kind != suffix or not suffix)


def _identity(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that points at itself
        return path.absolute()


def _walk(folder: Path, barred: Path | None, seen: set[tuple[int, int]]) -> Iterator[Path]:
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen or (barred and folder.resolve() == barred):
        return
    seen.add((status.st_dev, status.st_ino))
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError:  # reading it tells why
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk(Path(entry.path), barred, seen)
        else:
            yield Path(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that points at itself
        return False


def atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside ``path``, then put it in place: never half a file under the final name."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write(beside)
        with beside.open("rb") as stream:
            os.fsync(stream.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def write_atomically(path: Path, data: bytes) -> None:
    """Write bytes by ``atomically``."""

    def write(beside: Path) -> None:
        beside.write_bytes(data)

    atomically(path, write)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
