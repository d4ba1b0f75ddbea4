"""The page: nothing is fetched, nothing in it runs but our own script, the same graph is the same bytes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import os
import re
import shutil
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from kg.explorer.columns import Columns, columns
from kg.explorer.font import cut
from kg.files import atomically, printable

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["MOST_BYTES", "Parts", "build", "page", "write_page"]

TITLE = "养老政策知识图谱"
# A page beyond this size is slow to send and to open: its data goes into a folder beside it.
MOST_BYTES = 10_000_000
# So much is read at once when a text of a large graph is asked for.
_PART = 1_000_000
_PART_NAME = re.compile(r"part-(?:data|\d+)\.js")


class Parts(NamedTuple):
    """A page, and the files of the folder beside it: none for a page that holds all of its data."""

    html: str
    files: dict[str, str]


def write_page(graph: Graph, path: Path, *, title: str = TITLE, most: int = MOST_BYTES) -> Path | None:
    """Write the explorer of a graph to ``path``; beyond ``most`` bytes its data into a folder beside it.

    Returns:
        The folder, None where there is none.
    """
    folder = path.with_name(f"{path.stem}_files")
    _refuse_foreign(folder)
    made, texts = columns(graph)
    whole = build(made, texts, title=title, folder=folder.name, most=most)
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        if whole.files:
            beside.mkdir()
            for name, content in whole.files.items():
                _write(beside / name, content)
        if folder.is_dir():
            shutil.rmtree(folder)
        if whole.files:
            beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    atomically(path, lambda page: _write(page, whole.html))
    return folder if whole.files else None


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _refuse_foreign(folder: Path) -> None:
    """A folder of that name that is not ours is not ours to replace."""
    if folder.is_dir() and not all(_PART_NAME.fullmatch(entry.name) for entry in folder.iterdir()):
        raise ValueError(f"{printable(folder)}: holds files that are not a page's; name another page, or empty it")


def page(made: Columns, texts: Sequence[str], *, title: str = TITLE) -> str:
    """The explorer as HTML in one piece. No character of a name or text in it is ever read as HTML."""
    return build(made, texts, title=title, folder="", most=1 << 62).html


def build(made: Columns, texts: Sequence[str], *, title: str, folder: str, most: int) -> Parts:
    """The page in one piece; beyond ``most`` bytes, with the files of ``folder``: scripts that hand over their data."""
    shown = {**made, "title": title}
    data = _json(shown)
    packed = {f"text-{index}": _packed(text) for index, text in enumerate(texts)}
    font = _font(data, *texts)
    whole = _html(title, font, "", {"data": _packed(data), **packed})
    if len(whole.encode("utf-8", "replace")) <= most:
        return Parts(whole, {})
    names, content = _split(packed)
    shown["made"] = {**made["made"], "parts": names}
    held = {"part-data.js": _script({"data": _packed(_json(shown))}), **content}
    return Parts(_html(title, font, folder, {}), held)


def _split(packed: dict[str, str]) -> tuple[list[int], dict[str, str]]:
    """Texts by parts of about one size: the number of each text's part, and the files."""
    numbers: list[int] = []
    groups: list[dict[str, str]] = [{}]
    size = 0
    for name, content in packed.items():
        if size + len(content) > _PART and groups[-1]:
            groups.append({})
            size = 0
        groups[-1][name] = content
        size += len(content)
        numbers.append(len(groups) - 1)
    return numbers, {f"part-{index}.js": _script(group) for index, group in enumerate(groups)}


def _script(elements: dict[str, str]) -> str:
    """A classic script that hands its data over: the one way to read a file beside a page opened from a disk."""
    return f"eldercarePart({_json(elements)});\n"


def _html(title: str, font: str, folder: str, held: dict[str, str]) -> str:
    assets = files("kg.explorer") / "static"
    script, webgl, style = ((assets / name).read_text("utf-8") for name in ("explorer.js", "webgl.js", "explorer.css"))
    for code in (script, webgl, style):
        if "</script" in code.lower() or "</style" in code.lower():
            raise ValueError("a built file would end its own element; build the assets anew")
    beside = "'self' file: " if folder else ""
    policy = (
        f"default-src 'none'; script-src {beside}{_source(script)} {_source(webgl)}; "
        f"style-src {_source(style)} {_source(font)}; img-src data: blob:; "
        "font-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    licences = (assets / "licences.txt").read_text("utf-8")
    elements = {**held, "webgl": _packed(webgl), "licences": _packed(licences)}
    parts = {
        "PARTS": f' data-parts="{quote(folder)}"' if folder else "",
        "POLICY": policy,
        "TITLE": html.escape(title),
        "STYLE": style,
        "FONT": font,
        "DATA": "\n".join(_element(name, content) for name, content in elements.items()),
        "SCRIPT": script,
    }
    head, *rest = (files("kg.explorer") / "page.html").read_text(encoding="utf-8").split("{{")
    return head + "".join(parts[name] + tail for name, _, tail in (piece.partition("}}") for piece in rest))


def _font(*texts: str) -> str:
    """The rule of a font that has every character of these texts and of the page's own words."""
    words = (files("kg.explorer") / "static" / "explorer.js").read_text("utf-8")
    return _font_of("".join(sorted(set(words).union(*texts))))


@lru_cache(maxsize=4)
def _font_of(characters: str) -> str:
    address = f"data:font/woff;base64,{base64.b64encode(cut(characters)).decode()}"
    return f'@font-face{{font-family:"Carried Sans";src:url({address}) format("woff")}}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _source(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def _packed(text: str) -> str:
    raw = text.encode("utf-8", "surrogatepass")
    packed = bytearray(gzip.compress(raw, 9, mtime=0))
    packed[9] = 255  # which system packed it is nobody's business, and differs
    return base64.b64encode(packed).decode()


def _element(name: str, content: str) -> str:
    return f'<script type="application/octet-stream" id="{name}">{content}</script>'
