"""What ships: the wheel holds every table and vocabulary, and reads and builds without the sources beside it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def shipped(suffixes: set[str]) -> set[str]:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split(
        "\n"
    )
    packages = ("kg/", "extractors/", "ontology/")
    return {name for name in tracked if name.startswith(packages) and Path(name).suffix in suffixes}


def test_the_wheel_holds_every_source_table_and_vocabulary(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    assert shipped({".py", ".csv", ".toml", ".ttl", ".rq", ".html", ".js", ".css", ".txt", ".xz", ".typed"}) <= held


def test_the_wheel_holds_nothing_of_the_workshop(wheel: Path) -> None:
    held = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in held if not name.endswith(".dist-info")} == {"kg", "extractors", "ontology"}


def test_the_wheel_works_away_from_the_sources(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "例.txt").write_text("民政部印发《养老机构管理办法》（民政部令第66号）。\n", encoding="utf-8")
    code = (
        "import extractors, kg; assert extractors.__file__.startswith(sys.argv[1]), extractors.__file__\n"
        "report = kg.build(['例.txt'], '图'); assert report.documents == 1\n"
        "with kg.open_graph('图') as graph:\n"
        "    rows = graph.query('SELECT ?n { ?a a ek:Agency ; skos:prefLabel ?n }')\n"
        "    assert '民政部' in {row[0] for row in rows}, list(rows)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", "import sys\n" + code, str(installed)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_command_of_the_wheel_runs(installed: Path, tmp_path: Path) -> None:
    """The console script that pip writes for it; ``.ci/run`` does the same in a bare environment."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    for arguments in (["--version"], ["build", "samples", "-o", "图谱"], ["explore", "图谱", "-o", "图谱.html"]):
        command = [sys.executable, installed / "bin/eldercare-kg", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "图谱.html").stat().st_size > 100_000


@pytest.mark.parametrize("package", ["extractors", "ontology", "kg"])
def test_importing_is_light(package: str) -> None:
    """No model, graph or table library comes in with the bare package."""
    heavy = {"hanlp", "networkx", "pandas", "pyarrow", "pyoxigraph", "pyvis", "rdflib", "spacy", "torch"}
    code = f"import sys, {package}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert package in loaded
    assert heavy & loaded == set()
    # Names of kg are loaded when first used.
    if package == "kg":
        assert {name for name in loaded if name.startswith(("kg", "extractors", "ontology"))} == {"kg"}


def test_every_vendored_part_is_named_with_its_licence(wheel: Path) -> None:
    told = (ROOT / "THIRD_PARTY.md").read_text("utf-8")
    explorer = json.loads((ROOT / "kg/explorer/static/manifest.json").read_text("utf-8"))["contains"]
    service = json.loads((ROOT / "kg/server/query/static/licences.json").read_text("utf-8"))
    parts = {(part["name"], part.get("licence") or part.get("license")) for part in [*explorer, *service]}
    assert {(name, licence) for name, licence in parts if f"| {name} | {licence} |" not in told} == set()
    expression = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"]
    assert {licence for _, licence in parts} <= set(expression.split(" AND "))
    held = {name.partition(".dist-info/licenses/")[2] for name in zipfile.ZipFile(wheel).namelist()}
    assert held >= {"LICENSE", "THIRD_PARTY.md", "kg/explorer/static/licences.txt"}


def test_the_citation_is_of_this_version() -> None:
    yaml = pytest.importorskip("yaml")
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert told["version"] == project["version"]
    assert {"cff-version", "message", "title", "authors"} <= told.keys()


def test_every_extra_of_the_pages_is_there() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "notebooks").glob("*.ipynb")]
    told = {name for page in pages for name in re.findall(r"eldercare-kg\[(\w+)\]", page.read_text("utf-8"))}
    assert {"hanlp", "notebooks", "ocr", "xlsx"} <= set(extras)
    assert told <= set(extras)
