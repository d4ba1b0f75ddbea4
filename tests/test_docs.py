"""README and the documentation: what they show is what happens, and nothing is left out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from documented import filled

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/en/tutorial.md"])
def test_every_block_runs_and_prints_what_the_page_says(name: str, tmp_path: Path) -> None:
    """REFRESH_DOCS=1 writes the page anew with what is printed now: look at the difference before you commit it."""
    for folder in ("samples", "我的文件夹"):
        shutil.copytree(ROOT / "samples", tmp_path / folder)
    shutil.copy(ROOT / "samples/03-zhejiang-joint-notice.txt", tmp_path / "通知.txt")
    page = ROOT / name
    written = page.read_text("utf-8")
    now = filled(written, tmp_path, "sh", "python")
    if os.environ.get("REFRESH_DOCS"):
        page.write_text(now, encoding="utf-8")
    else:
        assert now == written


def test_every_command_has_its_place_in_the_pages_for_users() -> None:
    import typer

    from kg.cli import app

    said = "".join(page.read_text("utf-8") for page in PAGES)
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert [name for name in commands if f"eldercare-kg {name}" not in said] == []


def test_every_link_between_files_leads_somewhere() -> None:
    """MkDocs checks the links inside docs/; here those of README and of the folders beside it."""
    dead = []
    for page in [ROOT / "README.md", *(ROOT / "samples").glob("*.md"), *(ROOT / "notebooks").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            if not (page.parent / target).exists():
                dead.append((page.name, target))
    assert dead == []


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site"],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    for page in (
        "index.html",
        "en/index.html",
        "reference/cli/index.html",
        "notebooks/01_read_one_document/index.html",
        "notebooks/07_extend/index.html",
    ):
        assert (tmp_path / "site" / page).is_file(), page
    assert left_out(tmp_path / "site") == []


def left_out(site: Path) -> list[str]:
    """What the reference of a built site does not name: commands, extractors, formats, questions, the library."""
    import typer

    import extractors
    import kg
    from extractors.readers.collecting import COLLECTIONS
    from extractors.reading import READERS
    from extractors.registry import EXTRACTORS, MODELS
    from kg.cli import app
    from kg.forms.export import FORMATS

    doors = {f"{package.__name__}.{name}" for package in (extractors, kg) for name in package.__all__}
    doors -= {"kg.BuildReport", "kg.BadQuery", "kg.NotAGraph", "kg.UnknownName", "kg.Graph", "extractors.BadDocument"}
    named: dict[str, Iterable[str]] = {
        "reference/cli": (f"eldercare-kg {name}" for name in typer.main.get_command(app).commands),  # type: ignore[attr-defined]
        "reference/extractors": [*EXTRACTORS, *MODELS],
        "reference/formats": [*READERS, *COLLECTIONS, *FORMATS],
        "reference/api": doors,
        "ontology": kg.questions(),
    }
    pages = {page: (site / page / "index.html").read_text("utf-8") for page in named}
    return [f"{page}: {name}" for page, names in named.items() for name in names if name not in pages[page]]
