"""Where the time goes, from text to N-Quads: CPU seconds of each stage over the same documents, in one run.

Figures of one machine do not compare with another's, so each stage is also told as a multiple of a baseline that runs
beside it: one pass of ``re`` over the same text that looks for every digit run.

    python benchmarks/speed.py                      the samples, many times over
    python benchmarks/speed.py FOLDER [FOLDER…]     every .txt file below these folders
"""

from __future__ import annotations

import re
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors import registry
from extractors.model import Extraction, Found
from extractors.reading import read
from kg.statements.relate import graph_of

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LEAST = 300_000
_BASELINE = re.compile(r"\d+")


class Stopwatch:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def __call__(self, stage: str, work: Callable[..., Any], *given: Any) -> Any:
        begun = time.process_time()
        result = work(*given)
        self.seconds[stage] += time.process_time() - begun
        return result


def measure(files: list[Path], watch: Stopwatch) -> tuple[int, int]:
    """Characters read and quads written."""
    characters = quads = 0
    for path in files:
        data = path.read_bytes()
        doc = watch("read and lay out", read, data, path.name)
        characters += len(doc.text)
        watch("baseline", lambda text: sum(1 for _ in _BASELINE.finditer(text)), doc.text)
        found = Found(len(doc.text))
        for name in registry.EXTRACTORS:
            find = registry.load(name)
            found.add(watch(name, lambda find=find, doc=doc, found=found: list(find(doc, found))))
        territory = watch("jurisdiction", registry.jurisdiction.infer, doc, found)
        mentions = watch("jurisdiction", registry.jurisdiction.resolve, doc, found, territory)
        header = watch("header", registry.read_header, doc, mentions, territory)
        mentions = watch("coreference", registry.coreference.resolve, doc, header, mentions)
        mentions = watch("count context", registry.count_context.resolve, doc, territory, mentions)
        relations = watch("relations", registry.find_relations, doc, header, mentions)
        extraction = Extraction(doc, header, tuple(sorted(mentions, key=lambda m: m[:3])), tuple(relations))
        quads += watch("statements", graph_of, extraction, doc.text).count(b"\n")
    return characters, quads


def main(folders: list[str]) -> None:
    """Print the table."""
    files = sorted(path for folder in folders or [str(SAMPLES)] for path in Path(folder).rglob("*.txt"))
    if not files:
        sys.exit(f"no .txt files below {', '.join(folders)}")
    measure(files[:1], Stopwatch())  # tables and automata are loaded once, on the first document
    watch = Stopwatch()
    characters, quads = measure(files, watch)
    while characters < LEAST:
        more = measure(files, watch)
        characters, quads = characters + more[0], quads + more[1]
    baseline = watch.seconds.pop("baseline")
    total = sum(watch.seconds.values())
    reading = total - watch.seconds["statements"]
    for stage, seconds in sorted(watch.seconds.items(), key=lambda item: -item[1]):
        print(f"{stage:<18}{seconds / total:>7.1%}{seconds / baseline:>9.1f} × baseline")
    print(f"{'all':<18}{1:>7.1%}{total / baseline:>9.1f} × baseline")
    print(f"\n{len(files)} files, {characters:,} characters, {quads:,} quads")
    print(f"reading and extraction {characters / reading:,.0f} characters/s per core")
    print(f"with statements {characters / total:,.0f} characters/s, {quads / total:,.0f} quads/s per core")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
