"""How long the search of the service takes over 100,000 names: ``python benchmarks/search.py [NAMES]``."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from kg.explorer.spelling import syllables
from kg.server.finding import Index
from kg.server.names import Named, write_index
from ontology import table

BODIES = ("民政局", "医疗保障局", "财政局", "卫生健康委员会", "人民政府", "人民政府办公室", "发展和改革委员会")
ABOUT = (
    "养老服务体系建设规划",
    "居家适老化改造实施方案",
    "长期护理保险实施细则",
    "高龄津贴发放办法",
    "养老机构安全检查",
)


def names(count: int) -> list[Named]:
    """Bodies and documents of all places, the same each time."""
    dice = random.Random(7)
    places = [row["name"] for row in table("regions")]
    made = []
    for number in range(count):
        place = dice.choice(places)
        body = place + BODIES[number % len(BODIES)]
        if number % 3 == 0:
            iri, kind, told, code = f"id/org/{number}", "agency", (f"{body}{number}", body), ""
        else:
            code = f"{place[:1]}民发〔{2010 + number % 15}〕{number % 400}号"
            title = f"{body}关于印发{place}{dice.choice(ABOUT)}（第{number}号）的通知"
            iri, kind, told = f"id/doc/{number}", "document", (title, code)
        made.append(Named(iri, kind, told, code, "2024-01-01", count - number))
    return made


def queries(made: list[Named]) -> list[str]:
    """What people type, each kind as often: names, parts, numbers in other brackets, pinyin, initials, sentences."""
    dice = random.Random(8)
    asked = []
    for thing in dice.sample(made, 150):
        name = thing.names[0]
        read = syllables(name).split()
        at = dice.randrange(max(1, len(name) - 6))
        asked += [name, name[at : at + 4], name[at], "".join(part[0] for part in read)[:6], "".join(read)[:9]]
        asked += [thing.number.replace("〔", "[").replace("〕", "] "), f"{name[:6]}去年{name[-9:-3]}花了多少钱"]
    return [text for text in asked if text]


def main() -> None:
    """Print how long the index takes to make, its size, and the median, 95th and 99th of a search, by milliseconds."""
    made = names(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names"
        begun = time.perf_counter()
        write_index(made, path)
        took, size = time.perf_counter() - begun, path.stat().st_size / 1e6
        print(f"{len(made):,} names: index made in {took:.1f} s, {size:.0f} MB")
        index = Index(path)
        times = []
        for text in queries(made):
            begun = time.perf_counter()
            index.find(text)
            times.append(1000 * (time.perf_counter() - begun))
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(times):,} searches: median {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms")


if __name__ == "__main__":
    main()
