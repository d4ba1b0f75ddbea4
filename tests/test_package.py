"""What ships: the wheel holds every table and vocabulary, and reads and builds without the sources beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", out, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("eldercare_kg-*.whl"))


def shipped(suffixes: set[str]) -> set[str]:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split(
        "\n"
    )
    packages = ("kg/", "extractors/", "ontology/")
    return {name for name in tracked if name.startswith(packages) and Path(name).suffix in suffixes}


def test_the_wheel_holds_every_source_table_and_vocabulary(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    assert shipped({".py", ".csv", ".toml", ".ttl", ".rq", ".html", ".js", ".css", ".typed"}) <= held


def test_the_wheel_holds_nothing_of_the_workshop(wheel: Path) -> None:
    held = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in held if not name.endswith(".dist-info")} == {"kg", "extractors", "ontology"}


def test_the_wheel_works_away_from_the_sources(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "例.txt").write_text("民政部印发《养老机构管理办法》（民政部令第66号）。\n", encoding="utf-8")
    code = (
        "import extractors, kg; assert 'site' in extractors.__file__, extractors.__file__\n"
        "report = kg.build(['例.txt'], '图'); assert report.documents == 1\n"
        "with kg.open_graph('图') as graph:\n"
        "    rows = graph.query('SELECT ?n { ?a a ek:Agency ; skos:prefLabel ?n }')\n"
        "    assert '民政部' in {row[0] for row in rows}, list(rows)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", ["extractors", "ontology", "kg"])
def test_importing_is_light(package: str) -> None:
    """No model, graph or table library comes in with the bare package."""
    heavy = {"hanlp", "networkx", "pandas", "pyarrow", "pyoxigraph", "pyvis", "rdflib", "spacy", "torch"}
    code = f"import sys, {package}; print(sorted({heavy!r} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
