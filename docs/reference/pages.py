"""Reference pages that MkDocs makes of the code itself, and the notebooks, so that neither can fall behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
# Lives as long as the build.
_WRITTEN = TemporaryDirectory()


@event_priority(100)
def on_files(files: Files, config: Any) -> Files:
    """MkDocs calls this once the files of ``docs/`` are known; before the plugin that renders notebooks."""
    pages = {"cli": _commands, "extractors": _extractors, "formats": _formats}
    for name, text in pages.items():
        path = Path(_WRITTEN.name) / "reference" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(), encoding="utf-8")
        files.append(_file(f"reference/{name}.md", Path(_WRITTEN.name), config))
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        files.append(_file(f"notebooks/{path.name}", ROOT, config))
    return files


def _file(uri: str, folder: Path, config: Any) -> File:
    return File(uri, str(folder), config.site_dir, config.use_directory_urls)


def _commands() -> str:
    """Typer's own description of the command, one heading lower, and its arguments not read as HTML."""
    import typer
    from typer.cli import get_docs_for_click

    from kg.cli import app

    command = typer.main.get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="eldercare-kg", title="命令")
    return re.sub(r"^Example: (.*)$", r"例：`\1`", text, flags=re.M)


def _extractors() -> str:
    from extractors.registry import EXTRACTORS, MODELS

    return "\n".join(
        [
            "# 抽取器",
            "",
            "按表中的次序运行，先认领的字后面的不再读（`extractors/registry.py`）。",
            "",
            *_table(EXTRACTORS),
            "",
            "## 模型",
            "",
            "用 `--ner` 点名才参加表决，见[模型怎样参加表决](../models.md)。",
            "",
            *_table(MODELS),
        ]
    )


def _formats() -> str:
    from extractors.readers.collecting import COLLECTIONS
    from extractors.reading import OCR_READERS, READERS
    from kg.forms.export import FORMATS

    return "\n".join(
        [
            "# 格式",
            "",
            "## 读得进的文件",
            "",
            "先看内容，再看后缀（`extractors/reading.py`）。",
            "",
            *_table(READERS),
            "",
            "## 拆开来读的",
            "",
            "压缩包、邮件、表格，一份装着几份文件的（`extractors/readers/collecting.py`）。",
            "",
            *_table(COLLECTIONS),
            "",
            "## 加上 --ocr 才读的",
            "",
            "扫描件和图片，用 Tesseract 认字。",
            "",
            *_table(OCR_READERS),
            "",
            "## 导得出的格式",
            "",
            "`eldercare-kg export 图谱 --format 格式 -o 文件`",
            "",
            *_table(FORMATS),
        ]
    )


def _table(places: dict[str, str]) -> Iterator[str]:
    """A row for each name of a ``name -> "module:function"`` table, with the first sentence of its docstring."""
    yield "| 名字 | 做什么 | 在哪里 |"
    yield "| --- | --- | --- |"
    for name, place in places.items():
        module, function = place.split(":")
        home = import_module(module)
        said = getattr(home, function).__doc__ or home.__doc__ or ""
        first = " ".join(said.split("\n\n")[0].split()).replace("|", "\\|")
        yield f"| `{name}` | {first} | `{place}` |"
