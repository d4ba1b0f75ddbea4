"""成图：换次序、换进程数、增量或从头，字节都一样；坏文件报得清楚，打断了不伤旧图。"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import NotAGraph, build, open_graph
from kg.files import find_sources, printable
from kg.folder.building import BuildReport
from kg.folder.manifest import graph_file, read_manifest, recipe
from kg.incoming.work import Options

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
ROOT = Path(__file__).parents[1]


def dump(folder: Path) -> bytes:
    with open_graph(folder) as graph:
        return graph.store.dump()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Five documents to change at will."""
    folder = tmp_path / "公文 文件夹"
    folder.mkdir()
    for path in SAMPLES[:5]:
        shutil.copy(path, folder)
    return folder


def test_shuffled_parallel_and_incremental_builds_are_the_same_bytes(tmp_path: Path, inputs: Path) -> None:
    for path in SAMPLES[5:12]:
        shutil.copy(path, inputs)
    files = sorted(inputs.iterdir())
    build([inputs], tmp_path / "one", workers=1)
    expected = dump(tmp_path / "one")
    assert expected.count(b"\n") > 3000

    build([inputs], tmp_path / "two", workers=2)
    assert dump(tmp_path / "two") == expected

    build([inputs / files[0].name], tmp_path / "steps", workers=1)
    aside = tmp_path / "aside"
    aside.mkdir()
    for path in files[::2]:
        path.rename(aside / path.name)
    report = build([inputs], tmp_path / "steps", workers=1)
    assert (report.read, report.removed) == (len(files) // 2, 1)
    for path in aside.iterdir():
        path.rename(inputs / path.name)
    report = build([inputs], tmp_path / "steps", workers=1)
    assert report.unchanged == len(files) // 2
    assert dump(tmp_path / "steps") == expected


def test_the_order_in_which_files_are_named_does_not_matter(tmp_path: Path, inputs: Path) -> None:
    files = sorted(inputs.iterdir())
    build(files, tmp_path / "a")
    build(reversed(files), tmp_path / "b")
    assert dump(tmp_path / "a") == dump(tmp_path / "b")


def test_one_changed_document_among_many_is_put_into_the_old_store(tmp_path: Path, inputs: Path) -> None:
    for path in SAMPLES[5:12]:
        shutil.copy(path, inputs)
    build([inputs], tmp_path / "graph")
    changed = min(inputs.iterdir())
    changed.write_text(changed.read_text(encoding="utf-8") + "\n另有老年人12名。\n", encoding="utf-8")
    report = build([inputs], tmp_path / "graph")
    assert (report.read, report.removed, report.unchanged) == (1, 1, 11)
    build([inputs], tmp_path / "scratch")
    assert dump(tmp_path / "graph") == dump(tmp_path / "scratch")


def test_nothing_to_do_does_nothing(tmp_path: Path, inputs: Path) -> None:
    first = build([inputs], tmp_path / "graph")
    store = read_manifest(tmp_path / "graph")
    again = build([inputs], tmp_path / "graph")
    assert (first.read, again.read, again.unchanged) == (5, 0, 5)
    assert read_manifest(tmp_path / "graph") == store


def test_a_lost_store_is_made_anew_from_the_quads(tmp_path: Path, inputs: Path) -> None:
    build([inputs], tmp_path / "graph")
    expected = dump(tmp_path / "graph")
    for store in (tmp_path / "graph").glob("store-*"):
        shutil.rmtree(store)
    assert dump(tmp_path / "graph") == expected


def test_a_store_keeps_no_log_of_its_writes(tmp_path: Path, inputs: Path) -> None:
    """A log would be read whenever the store is opened, and takes as much room as the graph."""
    build([inputs], tmp_path / "out", workers=1)
    manifest = read_manifest(tmp_path / "out")
    assert manifest is not None
    store = tmp_path / "out" / manifest.store
    assert any(store.glob("*.sst"))
    assert sum(log.stat().st_size for log in store.glob("*.log")) < 1000


def test_a_lost_graph_file_is_read_again(tmp_path: Path, inputs: Path) -> None:
    build([inputs], tmp_path / "graph")
    expected = dump(tmp_path / "graph")
    manifest = read_manifest(tmp_path / "graph")
    assert manifest is not None
    graph_file(tmp_path / "graph", next(iter(manifest.documents.values())).stem).unlink()
    assert build([inputs], tmp_path / "graph").read == 1
    assert dump(tmp_path / "graph") == expected


def test_the_same_text_under_two_names_is_one_document_with_both(tmp_path: Path, inputs: Path) -> None:
    shutil.copy(SAMPLES[0], inputs / "另一个名字.txt")
    report = build([inputs], tmp_path / "graph")
    assert (report.documents, report.duplicates) == (5, 1)
    with open_graph(tmp_path / "graph") as graph:
        names = [row[0] for row in graph.query("SELECT ?n { ?t ek:fileName ?n ; ek:fileName ?m FILTER(?n != ?m) }")]
        assert sorted(map(str, names)) == sorted([f"{inputs.name}/{SAMPLES[0].name}", f"{inputs.name}/另一个名字.txt"])
        assert graph.text("另一个名字.txt") == graph.text(SAMPLES[0].name)


BAD: list[tuple[str, bytes, str]] = [
    ("空.txt", b"", "empty"),
    ("二进制.txt", bytes(range(256)) * 40, "二进制.txt"),
    ("空白.txt", b" \n \n", "空白.txt"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_is_reported_while_the_rest_is_built(
    tmp_path: Path, inputs: Path, name: str, data: bytes, says: str
) -> None:
    (inputs / name).write_bytes(data)
    report = build([inputs], tmp_path / "graph")
    assert report.documents == 5
    (message,) = report.failed
    assert message.startswith(f"{inputs.name}/{name}: ")
    assert says in message
    assert "\n" not in message


def test_a_vanished_and_an_unreadable_file_are_reported(tmp_path: Path, inputs: Path) -> None:
    (inputs / "断链.txt").symlink_to(tmp_path / "没有这个文件.txt")
    (inputs / "自环.txt").symlink_to(inputs / "自环.txt")
    report = build([inputs, tmp_path / "没有.txt"], tmp_path / "graph")
    assert report.documents == 5
    assert [message.partition(":")[0] for message in report.failed] == [
        f"{inputs.name}/断链.txt",
        f"{inputs.name}/自环.txt",
        "没有.txt",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_reported(tmp_path: Path, inputs: Path) -> None:
    locked = min(inputs.iterdir())
    locked.chmod(0)
    report = build([inputs], tmp_path / "graph")
    assert (report.documents, len(report.failed)) == (4, 1)


def test_an_error_of_ours_names_the_file_and_spares_the_rest(
    tmp_path: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.incoming import work

    real = work.extract

    def failing(doc: object, **options: object) -> object:
        if "02-" in doc.name:  # type: ignore[attr-defined]
            raise IndexError("oops")
        return real(doc, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "extract", failing)
    report = build([inputs], tmp_path / "graph", workers=1)
    assert report.documents == 4
    assert "02-" in report.failed[0]
    assert "IndexError: oops" in report.failed[0]


def test_links_in_a_ring_are_followed_once(tmp_path: Path, inputs: Path) -> None:
    (inputs / "里").mkdir()
    (inputs / "里" / "外").symlink_to(inputs, target_is_directory=True)
    sources, _ = find_sources([inputs, inputs / "里"])
    assert len(sources) == 5


def test_hidden_files_other_kinds_and_the_graph_itself_are_left_out(tmp_path: Path, inputs: Path) -> None:
    (inputs / ".隐藏.txt").write_text("民政部", encoding="utf-8")
    (inputs / "照片.xyz").write_bytes(b"x")
    report = build([inputs], inputs / "图谱")
    again = build([inputs], inputs / "图谱")
    assert (report.documents, again.documents, again.read) == (5, 5, 0)
    assert report.passed_over == (f"{inputs.name}/照片.xyz",)


@pytest.mark.parametrize("raw", [b"\xff\xfe.txt", "换行\n制表\t.txt".encode(), "反转\u202e.txt".encode()])
def test_odd_names_are_read_and_can_be_printed(tmp_path: Path, inputs: Path, raw: bytes) -> None:
    os.link(min(inputs.iterdir()), inputs / os.fsdecode(raw))
    report = build([inputs], tmp_path / "graph")
    assert (report.documents, report.duplicates, report.failed) == (5, 1, ())
    with open_graph(tmp_path / "graph") as graph:
        for (name,) in graph.query("SELECT ?n { ?t ek:fileName ?n }"):
            str(name).encode("utf-8")
            assert str(name).isprintable()


def test_a_name_that_is_no_text_becomes_printable() -> None:
    assert printable(os.fsdecode(b"\xff\n.txt")) == "\\xff\\n.txt"


def test_a_folder_that_is_no_graph_is_left_alone(tmp_path: Path, inputs: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "信.txt").write_text("私人", encoding="utf-8")
    with pytest.raises(NotAGraph, match="not a graph folder"):
        build([inputs], home)
    assert [entry.name for entry in home.iterdir()] == ["信.txt"]


def test_a_mistyped_path_does_not_empty_the_graph(tmp_path: Path, inputs: Path) -> None:
    build([inputs], tmp_path / "graph")
    (tmp_path / "空").mkdir()
    with pytest.raises(FileNotFoundError, match="no documents"):
        build([tmp_path / "空"], tmp_path / "graph")
    with open_graph(tmp_path / "graph") as graph:
        assert len(graph.manifest.documents) == 5


def test_a_graph_is_not_emptied_when_nothing_can_be_read(tmp_path: Path, inputs: Path) -> None:
    build([inputs], tmp_path / "graph")
    for path in inputs.iterdir():
        path.write_bytes(b"")
    report = build([inputs], tmp_path / "graph")
    assert (report.documents, len(report.failed)) == (5, 5)
    assert dump(tmp_path / "graph").count(b"\n") > 1000


def test_opening_what_is_no_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotAGraph, match="eldercare-kg build"):
        open_graph(tmp_path)
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotAGraph, match="cannot be read"):
        open_graph(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(NotAGraph, match="another version"):
        open_graph(tmp_path)


def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path, inputs: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    build([inputs], tmp_path / "graph")
    with (tmp_path / "graph" / "lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(NotAGraph, match="another build"):
            build([inputs], tmp_path / "graph")
    assert isinstance(build([inputs], tmp_path / "graph"), BuildReport)


SLOW = """
import sys, time
import kg.incoming.work
real = kg.incoming.work.extract
def slow(doc, **options):
    time.sleep(0.2)
    return real(doc, **options)
kg.incoming.work.extract = slow
import kg.folder.building
kg.folder.building.recipe = lambda options: sys.argv[1]
build = kg.folder.building.build
build(sys.argv[3:], sys.argv[2], workers=1, progress=lambda *state: print(*state, flush=True))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_build_leaves_the_graph_and_the_next_one_goes_on(
    tmp_path: Path, inputs: Path, how: signal.Signals
) -> None:
    folder = tmp_path / "graph"
    build([min(inputs.iterdir())], folder)
    before = dump(folder)
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, recipe(Options()), str(folder), str(inputs)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    for _ in range(2):
        process.stdout.readline()
    process.send_signal(how)
    process.wait(20)
    process.stdout.close()
    assert process.returncode != 0
    assert dump(folder) == before
    report = build([inputs], folder)
    assert report.documents == 5
    assert report.read <= 3  # 打断前读好的不再读
    build([inputs], tmp_path / "scratch")
    assert dump(folder) == dump(tmp_path / "scratch")
    stray = [entry for entry in folder.rglob("*") if entry.suffix in (".tmp", ".key")]
    assert stray == []


def test_a_torn_file_of_a_broken_build_is_not_taken_up(tmp_path: Path, inputs: Path) -> None:
    folder = tmp_path / "graph"
    build([inputs], folder)
    expected = dump(folder)
    (folder / "manifest.json").unlink()
    manifest_free = list((folder / "graphs").iterdir())
    for path in manifest_free:
        path.write_bytes(path.read_bytes()[:-9])
    report = build([inputs], folder)
    assert report.read == 5
    assert dump(folder) == expected


def test_progress_tells_every_file(tmp_path: Path, inputs: Path) -> None:
    seen: list[tuple[int, int]] = []
    build([inputs], tmp_path / "graph", progress=lambda done, total, name: seen.append((done, total)))
    assert seen == [(n, 5) for n in range(1, 6)]


def test_a_build_is_quick_enough_to_try(tmp_path: Path, inputs: Path) -> None:
    begun = time.monotonic()
    build([inputs], tmp_path / "graph")
    assert time.monotonic() - begun < 30
