"""The page in one file: nothing is fetched, nothing in it runs but our own script, the same graph is the same bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.explorer.columns import Columns, columns

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["page", "write_page"]

TITLE = "养老政策知识图谱"


def write_page(graph: Graph, path: Path, *, title: str = TITLE) -> None:
    """Write the explorer of a graph to ``path``."""
    made, texts = columns(graph)
    path.write_text(page(made, texts, title=title), encoding="utf-8", newline="\n")


def page(made: Columns, texts: Sequence[str], *, title: str = TITLE) -> str:
    """The explorer as HTML. Names and texts in it are data; no character of theirs is ever read as HTML."""
    assets = files("kg.explorer")
    script, style = ((assets / "static" / name).read_text(encoding="utf-8") for name in ("explorer.js", "explorer.css"))
    if "</script" in script.lower() or "</style" in style.lower():
        raise ValueError("explorer.js or explorer.css would end its own element; build the assets anew")
    policy = (
        f"default-src 'none'; script-src {_source(script)}; style-src {_source(style)}; img-src data: blob:; "
        "font-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    data = json.dumps({**made, "title": title}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    parts = {
        "POLICY": policy,
        "TITLE": html.escape(title),
        "STYLE": style,
        "DATA": _packed(data),
        "TEXTS": "\n".join(_element(f"text-{index}", _packed(text)) for index, text in enumerate(texts)),
        "SCRIPT": script,
    }
    head, *rest = (assets / "page.html").read_text(encoding="utf-8").split("{{")
    return head + "".join(parts[name] + tail for name, _, tail in (piece.partition("}}") for piece in rest))


def _source(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _packed(text: str) -> str:
    raw = text.encode("utf-8", "surrogatepass")
    packed = bytearray(gzip.compress(raw, 9, mtime=0))
    packed[9] = 255  # which system packed it is nobody's business, and differs
    return base64.b64encode(packed).decode()


def _element(name: str, content: str) -> str:
    return f'<script type="application/octet-stream" id="{name}">{content}</script>'
