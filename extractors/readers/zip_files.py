"""ZIP archives of documents: their files in the order of their names, names in GB18030 made readable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.readers.archive import open_archive
from extractors.readers.item import Item

__all__ = ["items_of"]

_UTF8_NAME = 0x800
# A short name in GB18030 may be valid UTF-8 too (通知: Hebrew and Armenian letters), but no Chinese name.
_FOREIGN = re.compile("[\x80-\u1fff]")
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def items_of(data: bytes, name: str, **_: object) -> Iterator[Item]:
    """The files of an archive.

    Raises:
        BadDocument: the archive is damaged, locked or hostile.
    """
    archive = open_archive(data, name)
    for member in sorted(archive.members):
        if member.startswith(_LITTER) or member.rpartition("/")[2].startswith((".", *_LITTER)):
            continue
        info = archive.members[member]
        readable = member if info.flag_bits & _UTF8_NAME else _readable(member)
        yield Item(f"{name}/{readable}", archive.read(member))


def _readable(member: str) -> str:
    """A name that the archive holds in the encoding of the machine that wrote it, in China GB18030."""
    try:
        raw = member.encode("cp437")
    except UnicodeEncodeError:
        return member
    for codec in ("utf-8", "gb18030"):
        try:
            name = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if not _FOREIGN.search(name):
            return name
    return member
