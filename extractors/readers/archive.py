"""ZIP archives, which DOCX and OFD files are, opened with suspicion: counts, sizes and expansion are bounded."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NamedTuple

from extractors.readers.refusals import refusal

__all__ = ["MAX_MEMBERS", "MAX_UNPACKED", "Archive", "open_archive"]

MAX_MEMBERS = 1_000
MAX_UNPACKED = 64 * 1024 * 1024
_MAX_EXPANSION = 200
# Below this even the emptiest table may expand more than that.
_SMALL = 4 * 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError, IndexError)


class Archive(NamedTuple):
    """An archive whose directory has been found sane, and the name of the file it is."""

    name: str
    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def read(self, member: str) -> bytes:
        """The bytes of a member.

        Raises:
            BadDocument: there is no such member, it is damaged, or it unpacks to more than its due.
        """
        info = self.members.get(member)
        if info is None:
            raise refusal(self.name, "damaged", error=f"it has no {member}")
        limit = min(MAX_UNPACKED, max(_SMALL, info.compress_size * _MAX_EXPANSION))
        try:
            with self.zip.open(info) as file:
                data = file.read(limit + 1)
        except RuntimeError:
            raise refusal(self.name, "locked") from None
        except _BROKEN as error:
            raise refusal(self.name, "damaged", error=f"{member}: {error}") from None
        if len(data) > limit:
            raise refusal(self.name, "bomb", part=member, limit=limit)
        return data


def open_archive(data: bytes, name: str) -> Archive:
    """The directory of an archive, checked before anything is unpacked.

    Raises:
        BadDocument: no ZIP archive, locked, too many members, members that overlap, or more to unpack than is sane.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        infos = [info for info in opened.infolist() if not info.is_dir()]
    except _BROKEN as error:
        raise refusal(name, "damaged", error=error) from None
    if len(infos) > MAX_MEMBERS:
        raise refusal(name, "too_many", limit=MAX_MEMBERS, things="parts")
    if any(info.flag_bits & 1 for info in infos):
        raise refusal(name, "locked")
    packed = sum(info.compress_size for info in infos)
    unpacked = sum(info.file_size for info in infos)
    if packed > len(data):
        raise refusal(name, "damaged", error="its parts overlap")
    if unpacked > 4 * MAX_UNPACKED or unpacked > max(_SMALL, packed * _MAX_EXPANSION):
        raise refusal(
            name, "bomb", part="the archive", limit=min(4 * MAX_UNPACKED, max(_SMALL, packed * _MAX_EXPANSION))
        )
    return Archive(name, opened, {info.filename: info for info in infos})
