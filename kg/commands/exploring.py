"""The command ``explore``: the graph as one page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["explore"]


def explore(
    graph: Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write.")] = Path("explorer.html"),
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write the explorer: one page with search, facts, their sentences and pictures; it never asks for a network.

    Example: eldercare-kg explore 图谱 -o explorer.html --open
    """
    import webbrowser

    from kg.explorer import write_page
    from kg.files import printable
    from kg.graph import open_graph

    if out.is_dir() or not out.parent.is_dir():
        raise ValueError(f"{printable(out)}: name a file in a folder that is there")
    with open_graph(graph) as opened:
        folder = write_page(opened, out)
    size = out.stat().st_size / 1e6
    print(f"wrote {printable(out)} ({size:.1f} MB); a double click opens it, without any network", file=sys.stderr)
    if folder:
        size = sum(entry.stat().st_size for entry in folder.iterdir()) / 1e6
        print(f"its data ({size:.1f} MB) is beside it in {printable(folder)}; send both together", file=sys.stderr)
    if open_it:
        webbrowser.open(out.resolve().as_uri())
