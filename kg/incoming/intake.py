"""Files to documents not yet read: collections taken apart, each part with its key and where it came from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from extractors.readers.collecting import COLLECTIONS
from extractors.readers.fields import url_of
from extractors.readers.guarded import guarded_reader
from extractors.readers.item import Item
from extractors.readers.kinds import kind_of
from extractors.readers.refusals import Refused
from extractors.readers.saved_page import saved_from
from extractors.reading import MAX_BYTES, OCR_READERS, READERS, bytes_of
from kg.files import Source, printable, side_file
from kg.folder.manifest import Origin
from kg.incoming.work import Options

__all__ = ["MAX_COLLECTION", "Arrival", "arrivals"]

# A table or archive may be larger than a document.
MAX_COLLECTION = 256 * 1024 * 1024
_MAX_SIDE_FILE = 64 * 1024
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]{1,2000}")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_SAFE = "!#$%&'()*+,;=:/?@~"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Arrival(NamedTuple):
    """A document to be read, or the message why it cannot be; ``rest`` counts the files that wait behind it.

    ``item`` is None where ``error`` tells why, or where there is no document in it at all: a picture in an archive, a
    table without texts in a folder.
    """

    name: str
    item: Item | None
    origin: Origin | None
    key: str
    error: str | None
    rest: int


def arrivals(sources: Iterable[Source], options: Options) -> Iterator[Arrival]:
    """The documents of files, in order."""
    waiting = list(sources)
    for number, source in enumerate(waiting, 1):
        rest = len(waiting) - number
        try:
            whole = _whole(source)
            for item in guarded_reader().items(whole, text_column=options.text_column, meta=options.meta):
                if _is_document(item, options, alone=item is whole):
                    yield _arrival(source, whole, item, options, rest)
                else:
                    yield Arrival(item.name, None, None, "", None, rest)
        except Refused as error:
            if error.reason == "no_column" and not (source.named or options.text_column):
                yield Arrival(source.name, None, None, "", None, rest)
                continue
            yield Arrival(source.name, None, None, "", str(error), rest)


def _whole(source: Source) -> Item:
    """A file's bytes, with what its side file tells."""
    limit = MAX_COLLECTION if source.path.suffix.lower() in COLLECTIONS else MAX_BYTES
    data = bytes_of(source.path, source.name, limit)
    told = _side_file(source, data)
    return Item(
        source.name, data, told.get("encoding"), {key: told[key] for key in ("url", "retrieved") if key in told}
    )


def _side_file(source: Source, data: bytes) -> dict[str, Any]:
    """What ``fetch`` wrote down beside a file, nothing where the file is no longer the one that was fetched."""
    try:
        told = json.loads(side_file(source.path).read_bytes()[:_MAX_SIDE_FILE])
    except (OSError, ValueError):
        return {}
    if not isinstance(told, dict) or told.get("sha256") != hashlib.sha256(data).hexdigest():
        return {}
    sane = {key: value for key, value in told.items() if isinstance(value, str)}
    return {
        key: sane[key]
        for key, form in (("url", _WEB), ("retrieved", _TIME), ("encoding", re.compile(r"[\w-]{2,20}")))
        if key in sane and form.fullmatch(sane[key])
    }


def _is_document(item: Item, options: Options, *, alone: bool) -> bool:
    """Whether a part is to be read: a mail's pictures and an archive's programs are passed over."""
    if alone or item.kind in READERS:
        return True
    kind = kind_of(item.data, item.name)
    return kind in READERS or (options.ocr and kind in OCR_READERS)


def _arrival(source: Source, whole: Item, item: Item, options: Options, rest: int) -> Arrival:
    """A part with its key and origin."""
    kind = item.kind or kind_of(item.data, item.name)
    told = {**saved_from(item.data, kind), **whole.fields} if item is whole else dict(whole.fields)
    fields = {} if item is whole else dict(item.fields)
    url = _iri(told.get("url") or url_of(fields) or "")
    original = hashlib.sha256(whole.data).hexdigest()
    part = "" if item is whole else hashlib.sha256(item.data).hexdigest()
    name = printable(item.name)
    origin = Origin(name, original, part, url, told.get("retrieved", ""), reader_of(kind, options))
    digest = hashlib.sha256()
    for piece in (name, kind, item.encoding or "", json.dumps(fields, sort_keys=True)):
        digest.update(piece.encode("utf-8", "surrogatepass") + b"\0")
    digest.update(item.data)
    return Arrival(name, item._replace(name=name, fields=fields, kind=kind), origin, digest.hexdigest(), None, rest)


def _iri(url: str) -> str:
    """A web address as an IRI, nothing where it cannot be made one."""
    import pyoxigraph as ox

    try:
        return ox.NamedNode(quote(_LONE_PERCENT.sub("%25", url), safe=_SAFE)).value if _WEB.match(url) else ""
    except ValueError:
        return ""


def reader_of(kind: str, options: Options) -> str:
    """The module that reads a kind of file, and its version."""
    readers = {**READERS, **OCR_READERS} if options.ocr else READERS
    return f"{readers.get(kind, PurePath(kind).name).partition(':')[0]} {_version()}"


@cache
def _version() -> str:
    try:
        return version("eldercare-kg")
    except PackageNotFoundError:  # read from its source folder
        return "0"
