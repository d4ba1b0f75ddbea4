"""The notebooks run from top to bottom on the samples, write Chinese, and are stored without outputs."""

from __future__ import annotations

import ast
import base64
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
# What a notebook may import: the doors of the project, not its rooms.
_PUBLIC = {
    "extractors": {"Document", "Mention", "extract", "read"},
    "extractors.models.training.hanlp_training": {"train"},
    "extractors.models.training.spacy_training": {"train"},
    "extractors.models.training.weak_labels": {"Example"},
    "extractors.registry": {"EXTRACTORS"},
    "kg": None,
    "kg.analysis.page": {"page"},
    "ontology": None,
}
_WHERE = """import extractors, kg, ontology
assert all(package.__file__.startswith({!r}) for package in (extractors, kg, ontology)), kg.__file__"""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def cells(path: Path, kind: str) -> list[str]:
    """The sources of a notebook's cells of one kind."""
    return [
        "".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind
    ]


def test_there_are_notebooks() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06", "07"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_outputs(path: Path) -> None:
    stored = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert stored
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in stored)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_chinese_prose_comes_first(path: Path) -> None:
    texts = cells(path, "markdown")
    assert texts[0].startswith("# ")
    assert all(_CHINESE.search(text.splitlines()[0]) for text in texts)
    assert any(line.startswith("*") and not _CHINESE.search(line) for line in texts[0].splitlines())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_imports_the_public_api_alone(path: Path) -> None:
    for source in cells(path, "code"):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in (
                "kg",
                "extractors",
                "ontology",
            ):
                allowed = _PUBLIC[str(node.module)]
                assert allowed is None or {name.name for name in node.names} <= allowed


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# Traitlets and ZeroMQ leave loops and sockets to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::RuntimeWarning")
def test_runs_from_top_to_bottom(path: Path, installed: Path, tmp_path: Path) -> None:
    """In a kernel of this Python, with the installed wheel and away from the source tree.

    No cell raises, none warns (a missing glyph would), and plots are drawn.
    """
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    pytest.importorskip("polars")
    for folder in ("notebooks", "samples"):
        shutil.copytree(FOLDER.parent / folder, tmp_path / folder)
    book = nbformat.read(path, as_version=4)
    book.cells.insert(0, nbformat.v4.new_code_cell(_WHERE.format(str(installed))))
    resources = {"metadata": {"path": str(tmp_path / "notebooks")}}
    client = nbclient.NotebookClient(book, timeout=300, kernel_name="python3", resources=resources)
    client.execute(env={**os.environ, "PYTHONPATH": str(installed)})
    outputs: list[dict[str, Any]] = [output for cell in book.cells for output in cell.get("outputs", ())]
    # matplotlib tells on stderr when it lists the fonts for the first time; that is no warning.
    told = [output["text"] for output in outputs if output.get("name") == "stderr"]
    assert [text for text in told if "Warning" in text or "Error" in text] == []
    pictures = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    assert len(pictures) == sum(source.count("plt.show()") for source in cells(path, "code"))
    assert all(base64.b64decode(picture).startswith(b"\x89PNG") for picture in pictures)
