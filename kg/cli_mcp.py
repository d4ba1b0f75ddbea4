"""The command ``mcp``: the graph as tools for a language model, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["mcp"]


def mcp(
    graph: Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")],
) -> None:
    """Offer the graph to a language model as tools (Model Context Protocol, stdio). Its client starts this command.

    Example: eldercare-kg mcp 图谱
    """
    from kg.graph import open_graph

    open_graph(graph).close()  # says what is wrong with the folder, and makes the store where it is missing
    from kg.mcp_door import door

    try:
        server = door(graph)
    except ImportError as error:
        raise ValueError("the MCP SDK is not installed: pip install 'eldercare-kg[mcp]'") from error
    server.run()
