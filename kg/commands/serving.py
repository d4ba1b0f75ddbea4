"""The command ``serve``: the graph as a SPARQL service, until it is told to end."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.server.settings import Settings

__all__ = ["serve"]

TOKEN = "ELDERCARE_KG_TOKEN"


def serve(
    graph: Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")],
    host: Annotated[str, typer.Option(help="The address to listen at; any but this machine's own needs a token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any that is free.")] = 7070,
    token_file: Annotated[
        Path | None, typer.Option(help=f"A file with the token that clients must send; or set {TOKEN}.")
    ] = None,
    cors: Annotated[
        list[str] | None, typer.Option(help="An origin whose pages may ask, or *; may be given again.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--host-name", help="A further name this service goes by, behind a proxy.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="The IRI of the licence under which you offer the data.")] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="At most so long for one query.")] = 10.0,
    memory: Annotated[
        int, typer.Option(min=0, help="At most so many megabytes for one query; 0 is what the machine allows.")
    ] = 0,
    answer: Annotated[int, typer.Option(min=1, help="At most so many megabytes for one answer.")] = 64,
    workers: Annotated[int, typer.Option(min=0, help="Processes that take queries; 0 is four for each core.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Log nothing but trouble.")] = False,
) -> None:
    """Serve the graph: SPARQL 1.1 Protocol at /sparql. Ends with Ctrl-C.

    Example: eldercare-kg serve 图谱 --port 7070
    """
    from kg.server.settings import MEGABYTE, Limits, Settings

    token = _token(token_file)
    local = _is_local(host)
    if not local and token is None:
        raise typer.BadParameter(
            f"{host} can be reached by others: give a token with --token-file FILE or {TOKEN}, or listen at 127.0.0.1"
        )
    given = Limits()
    limits = Limits(
        seconds=seconds,
        memory=memory * MEGABYTE or given.memory,
        answer_bytes=answer * MEGABYTE,
        workers=workers or given.workers,
    )
    names = ("127.0.0.1", "localhost", "[::1]", *(name or ()))
    hosts = None if token is not None and not name else names
    _run(Settings(graph, token, hosts, tuple(cors or ()), licence, limits), host, port, quiet)


def _run(settings: Settings, host: str, port: int, quiet: bool) -> None:
    from kg.graph import open_graph
    from kg.server.listening import listen

    open_graph(settings.graph).close()  # says what is wrong with the folder, and makes the store where it is missing
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING if quiet else logging.INFO, format="%(asctime)s %(message)s"
    )
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    if not listen(settings, host, port, _ready):
        raise typer.Exit(2)


def _ready(url: str) -> None:
    print(f"serving at {url} , SPARQL at {url}sparql ; Ctrl-C ends", file=sys.stderr, flush=True)


def _token(file: Path | None) -> str | None:
    token = file.read_text(encoding="utf-8").strip() if file is not None else os.environ.get(TOKEN, "").strip()
    if file is not None and not token:
        raise typer.BadParameter(f"{file}: there is no token in it; write one, such as 32 random letters")
    if token and len(token) < 16:
        raise typer.BadParameter("the token is shorter than 16 characters; make one: python -m secrets")
    return token or None


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
