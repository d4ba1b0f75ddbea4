"""How fast each kind of file is read: the samples in every form, alone and as ``build`` reads them on two cores.

python benchmarks/formats.py            characters of text a second, from bytes to Document, one process
                                        and documents a second of a whole build with two workers
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from forms import ofd, pdf, web_page, word, zipped

from extractors.readers.collecting import read_all
from kg import build

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*.txt"))
FORMS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "text, UTF-8": (".txt", str.encode),
    "text, GB18030": (".txt", lambda text: text.encode("gb18030")),
    "HTML": (".html", web_page),
    "DOCX": (".docx", word),
    "PDF": (".pdf", pdf),
    "OFD": (".ofd", ofd),
    "ZIP of text": (".zip", lambda text: zipped({"文.txt": text.encode()})),
    "JSON Lines": (".jsonl", lambda text: json.dumps({"text": text}, ensure_ascii=False).encode()),
}
LEAST_SECONDS = 1.0
COPIES = 4


def main() -> None:
    """Print the table."""
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES]
    print(f"{'form':<16}{'characters/s read':>20}{'documents/s built':>20}")
    for form, (suffix, make) in FORMS.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "in"
            folder.mkdir()
            for copy in range(COPIES):
                for number, text in enumerate(texts):
                    data = make(f"{text}\n另有第{copy}份。\n")
                    (folder / f"{copy}-{number}{suffix}").write_bytes(data)
            begun, characters = time.perf_counter(), 0
            while time.perf_counter() - begun < LEAST_SECONDS:
                characters += sum(len(doc.text) for _, doc in read_all(folder) if not isinstance(doc, Exception))
            speed = characters / (time.perf_counter() - begun)
            report = build([folder], Path(place) / "graph", workers=2)
            if report.failed:
                sys.exit(f"{form}: {report.failed[0]}")
            print(f"{form:<16}{speed:>20,.0f}{report.read / report.seconds:>20,.1f}", flush=True)


if __name__ == "__main__":
    main()
