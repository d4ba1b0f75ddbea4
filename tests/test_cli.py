"""命令：结果在标准输出，消息在标准错误；出错一行说清；退出码 0、1、2。"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
ONE = SAMPLES / "01-yubei-proposal-reply.txt"


def run(*args: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *map(os.fspath, args)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "200", **env},
        check=False,
    )


def test_build_prints_a_summary_on_stderr_and_nothing_on_stdout(tmp_path: Path) -> None:
    done = run("build", ONE, "-o", tmp_path / "图谱")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("1 documents in ")
    assert "1 read, 0 unchanged" in done.stderr
    assert "0 read, 1 unchanged" in run("build", ONE, "-o", tmp_path / "图谱").stderr


def test_a_bad_file_gives_exit_code_1_and_its_name(tmp_path: Path) -> None:
    (tmp_path / "空 文件.txt").write_bytes(b"")
    done = run("build", ONE, tmp_path / "空 文件.txt", "-o", tmp_path / "图谱")
    assert done.returncode == 1
    assert "not read: 空 文件.txt: " in done.stderr
    assert "1 documents in" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["build", "没有这个", "-o", "{tmp}/图谱"], "没有这个"),
        (["build", "{tmp}", "-o", "{tmp}/图谱"], "no documents found"),
        (["query", "{tmp}", "ASK {}"], "no graph here"),
        (["show", "{tmp}", "民政部"], "eldercare-kg build"),
        (["export", "{tmp}", "--format", "turtle", "-o", "{tmp}/x"], "no graph here"),
        (["extract", "{tmp}"], "no documents found"),
        (["extract", str(ONE), "-o", "{tmp}/无/x.jsonl"], "No such file"),
    ],
)
def test_what_cannot_be_done_is_one_line_on_stderr(tmp_path: Path, args: list[str], says: str) -> None:
    done = run(*[arg.replace("{tmp}", str(tmp_path)) for arg in args])
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["query", "SELECT ?x {"], 2, "cannot be read"),
        (["query"], 2, "give the query"),
        (["query", "SELECT ?s { ?s ?p ?o }", "--format", "turtle"], 2, "CONSTRUCT"),
        (["export", "--format", "docx", "-o", "x"], 2, "turtle"),
        (["show", "完全不存在的名字"], 1, "nothing is called"),
    ],
)
def test_wrong_use_of_a_graph_says_what_to_do(sample_folder: Path, args: list[str], code: int, says: str) -> None:
    done = run(args[0], sample_folder, *args[1:])
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_prints_one_json_object_a_line() -> None:
    done = run("extract", ONE, SAMPLES / "05-nantong-circular.txt")
    assert (done.returncode, done.stderr) == (0, "")
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert [o["doc"] for o in objects] == [ONE.name, "05-nantong-circular.txt"]
    text = ONE.read_text(encoding="utf-8")
    for mention in objects[0]["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]


def test_extract_to_a_file_goes_on_past_a_bad_one(tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"")
    done = run("extract", tmp_path / "坏.txt", ONE, "-o", tmp_path / "出.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert len((tmp_path / "出.jsonl").read_text(encoding="utf-8").splitlines()) == 1


NAMES = "SELECT ?name { ?a a ek:Agency ; skos:prefLabel ?name FILTER(STR(?name) = '民政部') }"


def test_query_prints_tables_csv_and_json(sample_folder: Path, tmp_path: Path) -> None:
    assert "│ 民政部 │" in run("query", sample_folder, NAMES).stdout
    assert run("query", sample_folder, NAMES, "--format", "csv").stdout == "\ufeffname\n民政部\n"
    assert json.loads(run("query", sample_folder, NAMES, "--format", "json").stdout) == [{"name": "民政部"}]
    file = tmp_path / "问.rq"
    file.write_text("\ufeff" + NAMES, encoding="utf-8")
    assert "民政部" in run("query", sample_folder, "-f", file).stdout
    assert json.loads(run("query", sample_folder, "ASK { ?s ?p ?o }", "--format", "json").stdout) == [{"answer": True}]


def test_construct_prints_turtle(sample_folder: Path) -> None:
    done = run("query", sample_folder, "CONSTRUCT { ?a a ek:Agency } WHERE { ?a a ek:Agency }")
    assert done.returncode == 0
    assert "a ek:Agency" in done.stdout


def test_show_tells_facts_and_quotes_sentences(sample_folder: Path) -> None:
    done = run("show", sample_folder, "重庆市渝北区民政局")
    assert done.returncode == 0
    assert done.stdout.startswith("重庆市渝北区民政局  [Agency]\nhttps://w3id.org/cn-eldercare/id/org/500112/")
    assert "→ jurisdiction: 重庆市渝北区" in done.stdout
    assert "[1] …" in done.stdout


def test_show_finds_a_thing_by_what_a_text_calls_it(sample_folder: Path) -> None:
    assert "国家医疗保障局" in run("show", sample_folder, "国家医保局").stdout


def test_a_part_of_many_names_lists_them(sample_folder: Path) -> None:
    done = run("show", sample_folder, "民政局")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 2
    assert "whole name" in done.stderr


def test_output_survives_a_narrow_locale_and_a_closed_pipe(sample_folder: Path) -> None:
    done = run("query", sample_folder, NAMES, "--format", "csv", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "民政部" in done.stdout
    piped = subprocess.run(
        f"'{sys.executable}' -m kg.cli query '{sample_folder}' 'SELECT * {{ ?s ?p ?o }}' --format json | head -1",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in piped.stderr


def test_an_odd_file_name_does_not_break_printing(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe.txt")
    path.write_bytes(b"")
    done = run("build", path, ONE, "-o", tmp_path / "图谱")
    assert done.returncode == 1
    assert "\\xff\\xfe.txt" in done.stderr


@pytest.mark.parametrize("command", ["build", "extract", "query", "export", "show"])
def test_help_is_in_plain_words_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example: eldercare-kg {command}" in " ".join(done.stdout.split())


def test_version_and_the_command_alone() -> None:
    assert run("--version").stdout.startswith("eldercare-kg ")
    alone = run()
    assert "build" in alone.stdout + alone.stderr


def test_the_library_is_imported_in_a_moment() -> None:
    """What is slow to import waits until it is asked for."""
    code = "import sys, kg; from kg import open_graph; print(*{name.split('.')[0] for name in sys.modules})"
    imported = set(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split())
    slow = {
        "rdflib",
        "networkx",
        "spacy",
        "hanlp",
        "torch",
        "pandas",
        "pyvis",
        "matplotlib",
        "starlette",
        "mcp",
        "typer",
    }
    assert not imported & slow
