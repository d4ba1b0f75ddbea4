"""The command ``mcp``: the graph as tools for a language model, over standard input and output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["mcp"]


def mcp(
    graph: Annotated[
        str, typer.Argument(help="The graph's folder, or the URL of a SPARQL service. 图谱文件夹或服务的网址")
    ],
) -> None:
    """Offer the graph to a language model as tools (Model Context Protocol, stdio). Its client starts this command.

    Example: eldercare-kg mcp 图谱
    """
    from kg.graph import open_graph
    from kg.query.remote import RemoteGraph

    opened = open_graph(graph)  # says what is wrong with the folder, and makes the store where it is missing
    from kg.query.mcp_door import door
    from kg.query.mcp_sources import Folder, Remote

    if not isinstance(opened, RemoteGraph):
        opened.close()
    try:
        server = door(Remote(opened) if isinstance(opened, RemoteGraph) else Folder(Path(graph)))
    except ImportError as error:
        raise ValueError("the MCP SDK is not installed: pip install 'eldercare-kg[mcp]'") from error
    server.run()
