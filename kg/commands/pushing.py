"""The command ``push``: the graph into any server that speaks the Graph Store Protocol."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["push"]


def push(
    graph: Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")],
    to: Annotated[str, typer.Option("--to", help="The server's Graph Store endpoint. 图存储端点的网址")],
    union: Annotated[
        bool, typer.Option(help="With a graph of every triple once, which the commands of this program read.")
    ] = True,
) -> None:
    """Load the graph into a SPARQL 1.1 server by the Graph Store Protocol: the named graphs that have changed.

    A push that broke off goes on where it stopped. Credentials: ELDERCARE_KG_TOKEN, or ELDERCARE_KG_USER=name:password
    (Basic or Digest, as the server asks).

    Example: eldercare-kg push 图谱 --to http://localhost:8890/sparql-graph-crud-auth
    """
    from rich.console import Console
    from rich.progress import Progress

    from kg.graph import open_graph
    from kg.query.push import push as run
    from kg.query.remote import is_url

    if not is_url(to):
        raise typer.BadParameter(f"--to {to!r}: give the URL of a Graph Store endpoint, such as http://localhost/store")
    console = Console(stderr=True)
    with (
        open_graph(graph) as opened,
        Progress(console=console, disable=not console.is_terminal, transient=True) as bars,
    ):
        task = bars.add_task("推送 pushing", total=None)
        done = run(
            opened,
            to,
            union=union,
            progress=lambda now, total, name: bars.update(task, completed=now, total=total),
        )
    print(
        f"{done.put:,} graphs put ({done.sent / 1e6:.1f} MB), {done.unchanged:,} unchanged, {done.removed:,} removed",
        file=sys.stderr,
    )
