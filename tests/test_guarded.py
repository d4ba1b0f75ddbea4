"""读取进程：内存、时间有限，没有网络；坏了换一个，不连累别人。识别扫描件也在这里。"""

from __future__ import annotations

import io
import logging
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_readers_hostile import BOMBS

from extractors import BadDocument, read
from extractors.readers import ocr
from extractors.readers.guarded import GuardedReader
from extractors.readers.item import Item
from extractors.readers.refusals import Refused

PAGE = "<html><body><p>海棠市民政局关于开展社区助餐服务的通知</p><p>全市建成老年食堂46家。</p></body></html>"
GOOD = Item("好.html", PAGE.encode())
LARGE = Item("大.html", ("<html><body>" + "<p>养老</p>" * 500_000).encode())


@pytest.fixture
def reader() -> object:
    made = GuardedReader(memory=40 * 1024 * 1024, seconds=120)
    yield made
    made.close()


def test_what_takes_too_much_memory_or_time_is_refused_and_the_next_file_is_read(reader: GuardedReader) -> None:
    with pytest.raises(Refused, match=r"大\.html.*memory") as refused:
        reader.text(LARGE)
    assert refused.value.reason == "too_much_memory"
    assert "老年食堂46家" in reader.text(GOOD)[0]
    reader.memory, reader.seconds = 1 << 30, 0.3
    reader.close()
    begun = time.monotonic()
    with pytest.raises(Refused, match=r"longer than 0\.3 seconds"):
        reader.text(LARGE)
    assert time.monotonic() - begun < 30
    reader.seconds = 120
    assert "老年食堂46家" in reader.text(GOOD)[0]


def test_a_reader_that_breaks_down_is_replaced(reader: GuardedReader) -> None:
    reader.text(GOOD)
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()
    assert "老年食堂46家" in reader.text(GOOD)[0]


def test_bombs_are_refused_by_the_reading_process_too(reader: GuardedReader) -> None:
    reader.memory = 256 * 1024 * 1024
    reader.text(GOOD)
    process = reader._process
    for name in ("zip of zeros.zip", "laughs.docx", "flate.pdf", "gzip.gz", "nested.zip", "lying.docx"):
        with pytest.raises(Refused):
            for part in reader.items(Item(name, BOMBS[name]())):
                reader.text(part)
    assert reader._process is process


def test_the_reading_process_has_no_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        script = (
            "import socket, subprocess, sys\n"
            "from extractors.readers.limits import without_network\n"
            "without_network()\n"
            f"try: socket.create_connection(('127.0.0.1', {port}), 1)\n"
            "except PermissionError: print('refused')\n"
            f"code = \"import socket; socket.create_connection(('127.0.0.1', {port}), 1)\"\n"
            "print(subprocess.run([sys.executable, '-c', code], stderr=subprocess.DEVNULL).returncode)\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        refused, child = done.stdout.split()
        assert refused == "refused"
        if child == "0":
            pytest.skip("this system gives no process a network of its own; Python's part is barred all the same")
        with pytest.raises(TimeoutError):
            server.accept()


TEXT = ["海棠市民政局关于开展社区助餐服务的通知", "海民发〔2023〕18号", "全市建成老年食堂46家，服务老年人1300人。"]
FONTS = sorted(Path("/usr/share/fonts").rglob("*CJK*.tt[cf]"))
NO_OCR = pytest.mark.skipif(ocr._program() is None or not FONTS, reason="no Tesseract with chi_sim, or no Chinese font")


def picture(kind: str) -> bytes:
    """These lines as a scan."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1700, 700), 255)
    font = ImageFont.truetype(str(FONTS[0]), 50)
    for number, line in enumerate(TEXT):
        ImageDraw.Draw(image).text((150, 120 + 150 * number), line, font=font, fill=0)
    file = io.BytesIO()
    image.save(file, kind, **({"resolution": 300} if kind == "PDF" else {}))
    return file.getvalue()


@NO_OCR
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "PDF"])
def test_scans_are_recognised_where_asked(kind: str) -> None:
    doc = read(picture(kind), f"扫描.{kind.lower()}", ocr=True)
    squeezed = "".join(doc.text.split())
    assert "老年食堂46家" in squeezed and "1300人" in squeezed and "海棠市民政局关于开展社区助餐服务的通知" in squeezed
    with pytest.raises(BadDocument, match="--ocr"):
        read(picture(kind), f"扫描.{kind.lower()}")


@NO_OCR
def test_pages_that_are_scans_among_others_are_recognised(caplog: pytest.LogCaptureFixture) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    from forms import pdf

    joined = pypdfium2.PdfDocument.new()
    for part in (pdf("海棠市民政局\n第一页是文字。\n"), picture("PDF")):
        joined.import_pages(pypdfium2.PdfDocument(part))
    file = io.BytesIO()
    joined.save(file)
    text = "".join(read(file.getvalue(), "混.pdf", ocr=True).text.split())
    assert "第一页是文字" in text and "老年食堂46家" in text
    with caplog.at_level(logging.WARNING):
        assert "46家" not in read(file.getvalue(), "混.pdf").text
    assert "no text on page 2 of 2" in caplog.text


def test_without_tesseract_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    ocr._program.cache_clear()
    with pytest.raises(BadDocument, match="tesseract-ocr-chi-sim"):
        read(b"\x89PNG\r\n\x1a\n" + bytes(100), "图.png", ocr=True)
    monkeypatch.undo()
    ocr._program.cache_clear()
