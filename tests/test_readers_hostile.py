"""Files made to break a reader: each is refused in two seconds and 256 MB, and none harms the process."""

from __future__ import annotations

import gzip
import io
import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

MB = 1024 * 1024
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "'
    + "养老" * 50
    + '">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def docx(xml: str | bytes, **parts: bytes) -> bytes:
    data = xml if isinstance(xml, bytes) else xml.encode()
    return zipped({"word/document.xml": data, **{f"word/{name}.xml": part for name, part in parts.items()}})


def ofd(document: str, page: str) -> bytes:
    root = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"
    return zipped({"OFD.xml": root.encode(), "Doc_0/Document.xml": document.encode(), "Doc_0/p.xml": page.encode()})


def overlapping() -> bytes:
    """A directory in which 500 names point at the same megabytes."""
    one = zipped({"a.txt": bytes(3 * MB)})
    local, rest = one[: one.index(b"PK\x01\x02")], one[one.index(b"PK\x01\x02") :]
    entry, end = rest[: rest.index(b"PK\x05\x06")], rest[rest.index(b"PK\x05\x06") :]
    central = entry * 500
    return local + central + end[:8] + struct.pack("<HHIIH", 500, 500, len(central), len(local), 0)


def lying() -> bytes:
    """A member that says it is small."""
    data = zipped({"word/document.xml": bytes(80 * MB)})
    return data.replace(struct.pack("<I", 80 * MB), struct.pack("<I", 1000))


def stream(packed: bytes, entries: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n" % (entries, len(packed)) + packed + b"\nendstream"


def pdf(*objects: bytes) -> bytes:
    body, offsets = b"%PDF-1.5\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % o for o in offsets
    )
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))


def pdf_page(content: bytes, *more: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more)


def nested_mail(depth: int) -> bytes:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(depth))
    return b"MIME-Version: 1.0\n" + parts + b"Content-Type: text/plain\n\nx\n"


def nested_zip(depth: int) -> bytes:
    data = zipped({"a.txt": "养老".encode()})
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return data


FLATE = b"/Filter/FlateDecode"


@cache
def zeros(layers: int = 1) -> bytes:
    """A hundred megabytes packed once or twice."""
    return zlib.compress(zeros(layers - 1) if layers > 1 else bytes(100 * MB), 9)


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
BOMBS: dict[str, Callable[[], bytes]] = {
    "zip of zeros.zip": lambda: zipped({"a.txt": bytes(100 * MB)}),
    "many zeros.zip": lambda: zipped({f"{i}.txt": bytes(3 * MB) for i in range(200)}),
    "overlapping.zip": overlapping,
    "nested.zip": lambda: nested_zip(6),
    "5000 members.zip": lambda: zipped({f"{i}.txt": b"x" for i in range(5000)}),
    "no directory.zip": lambda: b"PK\x03\x04" + bytes(5 * MB),
    "zeros.docx": lambda: docx(bytes(100 * MB)),
    "lying.docx": lying,
    "paragraphs.docx": lambda: docx(f"<w:document {W}><w:body>" + "<w:p/>" * (10 * MB) + "</w:body></w:document>"),
    "laughs.docx": lambda: docx(LAUGHS + f"<w:document {W}><w:t>&j;</w:t></w:document>"),
    "outside.docx": lambda: docx('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'),
    "outside dtd.docx": lambda: docx('<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d>养老</d>'),
    "parameter.docx": lambda: docx('<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///dev/zero">%p;]><d/>'),
    "quadratic.docx": lambda: docx(f'<!DOCTYPE d [<!ENTITY a "{"x" * 50_000}">]><d>{"&a;" * 20_000}</d>'),
    "laughs in styles.docx": lambda: docx(f"<w:document {W}/>", styles=(LAUGHS + "<s>&j;</s>").encode()),
    "deep.docx": lambda: docx("<a>" * 600_000),
    "not closed.docx": lambda: docx(f"<w:document {W}><w:body>" + "<w:p><w:r><w:t>养老" * 50_000),
    "zeros.ofd": lambda: zipped({"OFD.xml": bytes(100 * MB)}),
    "laughs.ofd": lambda: zipped({"OFD.xml": (LAUGHS + "<OFD><DocRoot>&j;</DocRoot></OFD>").encode()}),
    "pages.ofd": lambda: ofd("<D>" + '<Page BaseLoc="p.xml"/>' * 100_000 + "</D>", "<Page/>"),
    "page again and again.ofd": lambda: ofd(
        "<D>" + '<Page BaseLoc="p.xml"/>' * 2_900 + "</D>",
        "<Page><TextObject Boundary='0 0 9 9' Size='5'><TextCode X='0' Y='0'>"
        + "养" * 400_000
        + "</TextCode></TextObject></Page>",
    ),
    "flate.pdf": lambda: pdf_page(stream(zeros(), FLATE)),
    "flate twice.pdf": lambda: pdf_page(stream(zeros(2), b"/Filter[/FlateDecode/FlateDecode]")),
    "flate as image.pdf": lambda: pdf_page(stream(zeros(), b"/Subtype/Image" + FLATE)),
    "filters.pdf": lambda: pdf_page(stream(zeros(2), b"/Filter[" + b"/FlateDecode" * 9 + b"]")),
    "lzw.pdf": lambda: pdf_page(stream(bytes(2 * MB), b"/Filter/LZWDecode")),
    "object stream.pdf": lambda: pdf_page(b"null", stream(zeros(), b"/Type/ObjStm/N 9/First 9" + FLATE)),
    "count.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 999999999>>"),
    "tree in itself.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999>>"
    ),
    "form in itself.pdf": lambda: pdf_page(stream(b"/X Do", b""), stream(b"/X Do /X Do", FORM)),
    "gzip.gz": lambda: gzip.compress(bytes(100 * MB)),
    "gzip.txt": lambda: gzip.compress(bytes(100 * MB)),
    "nested.eml": lambda: nested_mail(5_000),
    "parts.eml": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
    "deep.jsonl": lambda: b"[" * (5 * MB),
    "quote.csv": lambda: b'id,text\n1,"' + b"x" * (20 * MB),
    "tags.html": lambda: b"<p>" * 100_000,
    "attributes.html": lambda: b"<a " + b"b=1 " * 1_000_000,
    "entities.html": lambda: b"&amp" * 1_000_000,
}

# Reads each file named, and tells what came of it, in how many seconds of work, and at how many megabytes.
PROBE = """
import json, resource, sys, time
from pathlib import Path
from extractors import BadDocument, Document, read
from extractors.readers.collecting import read_all
import pyarrow.parquet
read("海棠市民政局".encode(), "a.txt")
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = 0
for path in map(Path, sys.argv[1:]):
    start = time.process_time()
    found = [doc for _, doc in read_all(path)]
    what = "; ".join(str(doc) if isinstance(doc, BadDocument) else "READ" for doc in found) or "nothing"
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() - start + children.ru_utime + children.ru_stime - before
    before = children.ru_utime + children.ru_stime
    peak = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base, children.ru_maxrss)
    print(json.dumps([path.name, what[:300], spent, peak / 1024]), flush=True)
"""


def test_bombs_are_refused_in_two_seconds_and_256_megabytes(tmp_path: Path) -> None:
    paths = []
    for name, build in BOMBS.items():
        path = tmp_path / name
        path.write_bytes(build())
        assert path.stat().st_size < 32 * MB, name
        paths.append(str(path))
    probe = subprocess.run([sys.executable, "-c", PROBE, *paths], capture_output=True, text=True, timeout=300)
    told = [json.loads(line) for line in probe.stdout.splitlines()]
    assert len(told) == len(BOMBS), probe.stderr[-2000:]
    assert len(BOMBS) >= 30
    for name, what, seconds, megabytes in told:
        assert what.startswith(f"{name}") and "READ" not in what, (name, what)
        assert seconds < 2, (name, seconds)
        assert megabytes < 256, (name, megabytes)
