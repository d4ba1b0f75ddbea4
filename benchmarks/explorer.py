"""The explorer's page beside pyvis, cytoscape.js and sigma.js, on graphs of one shape, in one run of one browser.

python benchmarks/explorer.py [SIZE ...] writes a table in Markdown to standard output. It needs chromium and npm. The
browser has no graphics card: WebGL goes through software. Times of the main thread are processor time, so that a busy
machine does not change them much; frames are times on the wall, and a busy machine makes them longer.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from kg.explorer.columns import Columns
from kg.explorer.page import page
from kg.explorer.places import arrange
from kg.explorer.spelling import syllables

SIZES = (500, 2_000, 10_000, 50_000, 100_000)
# A page that is not usable by then has failed; larger graphs are not tried.
PATIENCE = 90_000
FLAGS = ("--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--enable-precise-memory-info")
HERE = Path(__file__).parent / "explorer"
QUERIES = (
    *("民政", "养老机构", "渝北区", "长期护理", "第35号", "2021", "关于印发", "通知", "老年人能力评估"),
    *("ylfw", "minzheng", "chongqing", "yanglaojigou", "cqsybq", "zhangqihuli", "养老 通知", "没有这个名字"),
)
_PLACES = (
    "重庆市渝北区",
    "四川省成都市",
    "浙江省杭州市",
    "安徽省安庆市",
    "江苏省南通市",
    "福建省厦门市",
    "河北省石家庄市",
)
_BODIES = ("民政局", "卫生健康委员会", "医疗保障局", "财政局", "人力资源和社会保障局", "住房和城乡建设局")
_MATTERS = ("养老机构建设补贴", "长期护理保险试点", "高龄津贴发放", "居家适老化改造", "老年助餐服务", "家庭养老床位")


class Row(NamedTuple):
    """What was measured of one page; None where it did not come to be usable."""

    size: int
    name: str
    kilobytes: float
    usable: float | None = None
    redraw: float | None = None
    frame: float | None = None
    heap: float | None = None
    resident: float | None = None
    search: float | None = None


def synthetic(size: int) -> Columns:
    """A graph of documents, bodies and figures in which a few have most of the links, laid out as ours are."""
    draw = random.Random(7)
    kinds = ("agency", "document", "program", "count", "proposal", "area")
    kind = [draw.choices((0, 1, 2, 3), (2, 3, 1, 4))[0] for _ in range(size)]
    label = [_name(draw, one, i) for i, one in enumerate(kind)]
    ends: list[int] = [0]
    start: list[int] = []
    end: list[int] = []
    for i in range(1, size):
        for _ in range(3):
            other = draw.choice(ends) if draw.random() < 0.8 else draw.randrange(i)
            start.append(i)
            end.append(other)
            ends += (other, i)
    spots = arrange(size, list(zip(start, end, strict=True)))
    empty = [""] * size
    return {
        "kinds": list(kinds),
        "things": {
            "key": [f"id/{i}" for i in range(size)], "kind": kind, "sort": ["Agency"] * size, "label": label,
            "number": [f"民发〔{2000 + i % 25}〕{i}号" if one == 1 else "" for i, one in enumerate(kind)],
            "date": empty, "published": empty, "genre": empty, "area": [-1] * size, "level": empty,
            "year": [2000 + i % 25 for i in range(size)], "names": empty,
            "pinyin": [syllables(name) for name in label],
            "x": [x for x, _ in spots], "y": [y for _, y in spots],
        },
        "links": {
            "from": start, "to": end, "relation": [0] * len(start), "weight": [1] * len(start),
            "sure": [1.0] * len(start), "spans": [[] for _ in start],
        },
        "figures": {name: [] for name in _FIGURES},
        "mentions": {name: [] for name in ("span", "thing", "rule", "sure")},
        "findings": {name: [] for name in ("sort", "about", "things", "codes", "words", "english", "sure", "spans")},
        "texts": {name: [] for name in ("key", "hash", "name", "url", "retrieved", "document", "length")},
        "spans": {"text": [], "start": [], "end": []}, "rules": [], "codes": {},
        "relations": [["cites", "引用", "cites"]],
        "made": {"recipe": "benchmark", "characters": 0, "base": "", "prefixes": {}},
    }  # fmt: skip


_FIGURES = (
    *("thing", "value", "lower", "upper", "period", "said", "from", "to", "comparator", "kind", "unit", "group"),
    *("places", "programs", "span", "document", "rule", "sure"),
)


def _name(draw: random.Random, kind: int, number: int) -> str:
    place, body, matter = draw.choice(_PLACES), draw.choice(_BODIES), draw.choice(_MATTERS)
    return (f"{place}{body}{number}", f"{place}{body}关于{matter}的通知（{number}）", f"{matter}{number}", matter)[kind]


def _bundle(folder: Path) -> str:
    shutil.copytree(HERE, folder, dirs_exist_ok=True)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    command = [folder / "node_modules" / ".bin" / "esbuild", "others.js", "--bundle", "--minify", "--outfile=out.js"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "out.js").read_text("utf-8").replace("</script", "<\\/script")


def _other(library: str, code: str, made: Columns) -> str:
    things, links = made["things"], made["links"]
    data = {"library": library, "labels": things["label"], "x": things["x"], "y": things["y"]}
    data |= {"from": links["from"], "to": links["to"]}
    return (
        "<!doctype html><meta charset=utf-8><style>#box{position:fixed;inset:0}</style><div id=box></div>"
        f"<script type=application/json id=data>{json.dumps(data, ensure_ascii=False)}</script><script>{code}</script>"
    )


def _pyvis(made: Columns, *, tuned: bool) -> str:
    from pyvis.network import Network

    things, links = made["things"], made["links"]
    drawn = Network(directed=True, cdn_resources="in_line")
    if tuned:
        drawn.set_options(
            '{"physics": {"enabled": false}, "edges": {"smooth": false},'
            ' "interaction": {"hideEdgesOnDrag": true, "hideEdgesOnZoom": true}}'
        )
    places = [{"x": x, "y": y} for x, y in zip(things["x"], things["y"], strict=True)]
    # add_node and add_edge look through all that is there; at 100,000 that takes hours, so the lists are filled here.
    for i, label in enumerate(things["label"]):
        drawn.nodes.append({"id": i, "label": label, "shape": "dot", "size": 8, **(places[i] if tuned else {})})
    drawn.edges = [{"from": one, "to": other} for one, other in zip(links["from"], links["to"], strict=True)]
    html = str(drawn.generate_html(notebook=False))
    done = "network.once('stabilized'" if not tuned else "network.once('afterDrawing'"
    return html.replace(
        "return network;", f"{done}, () => {{ document.documentElement.dataset.ready = 1 }});return network;"
    )


def _resident() -> float:
    """The memory of the largest renderer, in megabytes."""
    found = [0.0]
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if b"--type=renderer" in (entry / "cmdline").read_bytes():
                line = next(one for one in (entry / "status").read_text().splitlines() if one.startswith("VmRSS"))
                found.append(float(line.split()[1]) / 1024)
        except (OSError, StopIteration):
            continue
    return max(found)


def _measure(browser: Any, path: Path, row: Row, ready: str, box: str) -> Row:
    """Load, zoom by ten steps, drag for three seconds; then what it holds."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True, locale="zh-CN")
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE)
    told = context.new_cdp_session(tab)
    told.send("Performance.enable", {"timeDomain": "threadTicks"})
    cpu: Callable[[], float] = lambda: next(  # noqa: E731
        one["value"] for one in told.send("Performance.getMetrics")["metrics"] if one["name"] == "TaskDuration"
    )
    try:
        tab.goto(path.as_uri() + ("#v=net&d=canvas" if row.name == "explorer" else ""), wait_until="commit")
        tab.wait_for_selector(ready, state="attached")
        row = row._replace(usable=cpu())
        place = tab.locator(box).first.bounding_box()
        tab.mouse.move(place["x"] + 300, place["y"] + 300)
        tab.wait_for_timeout(1000)
        before = cpu()
        for step in range(10):
            tab.mouse.wheel(0, 120 if step % 2 else -120)
            tab.wait_for_timeout(350)
        row = row._replace(redraw=(cpu() - before) * 100)
        row = row._replace(frame=_pan(tab, place))
        told.send("HeapProfiler.collectGarbage")
        heap = tab.evaluate("performance.memory.usedJSHeapSize") / 1e6
        row = row._replace(heap=heap, resident=_resident())
        if row.name == "explorer":
            row = row._replace(search=_search(tab, cpu))
    except Exception as error:
        print(f"{row.name} {row.size}: {str(error).splitlines()[0]}", file=sys.stderr)
    context.close()
    return row


def _pan(tab: Any, place: dict[str, float]) -> float:
    """95 of 100 frames of a drag took no longer, in milliseconds."""
    tab.evaluate(
        "() => { window.frames_ = []; let last = performance.now(); window.go = true;"
        "const step = now => { frames_.push(now - last); last = now; if (window.go) requestAnimationFrame(step); };"
        "requestAnimationFrame(step); }"
    )
    tab.mouse.down()
    until, step = time.monotonic() + 3, 0
    while time.monotonic() < until:
        step += 1
        tab.mouse.move(place["x"] + 300 + (step * 7) % 300, place["y"] + 300 + (step * 3) % 160)
        tab.wait_for_timeout(8)
    tab.mouse.up()
    frames = sorted(tab.evaluate("() => { window.go = false; return frames_; }"))
    return float(frames[int(len(frames) * 0.95)]) if frames else float("nan")


def _search(tab: Any, cpu: Callable[[], float]) -> float:
    """95 of 100 queries, their hits drawn, took no more of the main thread, in milliseconds; the mean of eight."""
    tab.wait_for_selector("html[data-warm]", state="attached")
    times = []
    for query in QUERIES:
        for rounds in (1, 8):
            before = cpu()
            tab.evaluate(
                """([query, rounds]) => {
                  const box = document.querySelector('.mainsearch input');
                  const press = key => box.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
                  for (let i = 0; i < rounds; i++) { box.value = query; press('ArrowDown'); press('Escape'); }
                }""",
                [query, rounds],
            )
        times.append((cpu() - before) / rounds * 1000)
    return sorted(times)[int(len(times) * 0.95)]


def _pages(made: Columns, code: str) -> dict[str, tuple[Callable[[], str], str, str]]:
    """Of each page its making, the sign that it is usable, and where hands go."""
    return {
        "explorer": (lambda: page(made, []), ".frame[data-renderer]", ".frame > canvas"),
        "pyvis": (lambda: _pyvis(made, tuned=False), "html[data-ready]", "#mynetwork canvas"),
        "pyvis, tuned": (lambda: _pyvis(made, tuned=True), "html[data-ready]", "#mynetwork canvas"),
        "cytoscape.js": (lambda: _other("cytoscape", code, made), "html[data-ready]", "#box canvas"),
        "sigma.js": (lambda: _other("sigma", code, made), "html[data-ready]", "#box"),
    }


def run(sizes: tuple[int, ...]) -> list[Row]:
    """Every page at every size; one that failed is not tried with more."""
    from playwright.sync_api import sync_playwright

    rows: list[Row] = []
    failed: set[str] = set()
    with tempfile.TemporaryDirectory() as work, sync_playwright() as play:
        code = _bundle(Path(work) / "others")
        for size in sizes:
            made = synthetic(size)
            for name, (make, ready, box) in _pages(made, code).items():
                if name in failed:
                    continue
                path = Path(work) / f"{name}-{size}.html"
                path.write_text(make(), encoding="utf-8")
                browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
                row = _measure(browser, path, Row(size, name, path.stat().st_size / 1000), ready, box)
                browser.close()
                if row.frame is None:
                    failed.add(name)
                rows.append(row)
                print(f"load {os.getloadavg()[0]:.1f}", row, file=sys.stderr, flush=True)
    return rows


def _cell(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def main() -> None:
    loads = [os.getloadavg()[0]]
    rows = run(tuple(int(size) for size in sys.argv[1:]) or SIZES)
    loads.append(os.getloadavg()[0])
    print(f"{os.cpu_count()} processors, load {loads[0]:.1f} before and {loads[1]:.1f} after\n")
    print(
        "| things | page | file KB | CPU to usable s | redraw ms | pan p95 ms | heap MB | process MB | search p95 ms |"
    )
    print("|---:|---|---:|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        cells = [_cell(row.kilobytes, 0), _cell(row.usable, 2), _cell(row.redraw, 0), _cell(row.frame, 0)]
        cells += [_cell(row.heap, 0), _cell(row.resident, 0), _cell(row.search, 1)]
        print(f"| {row.size:,} | {row.name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
