"""Old Word, WPS, RTF and OpenDocument files, by way of LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from extractors.readers import docx
from extractors.readers.refusals import refusal

__all__ = ["text_of"]

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a document that LibreOffice can open, converted to DOCX in a folder of its own.

    Raises:
        BadDocument: LibreOffice is not installed, or makes nothing of the file within two minutes.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise refusal(name, "needs_libreoffice")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source" + Path(name).suffix.lower()), Path(folder, "out", "source.docx")
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", str(target.parent), str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise refusal(name, "damaged", error="LibreOffice did not finish") from None
        if not target.is_file():
            raise refusal(name, "damaged", error="LibreOffice cannot open it")
        return docx.text_of(target.read_bytes(), name)
