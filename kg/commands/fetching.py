"""The command ``fetch``: pages from the web into a folder that ``build`` reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["fetch"]


def fetch(
    urls: Annotated[list[str] | None, typer.Argument(help="Addresses, http or https. 网址")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to save pages in. 存放文件夹")] = Path("pages"),
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A file with an address a line.")] = None,
    pause: Annotated[float, typer.Option(min=0, help="Seconds between two requests to a host.")] = 1.0,
    max_size: Annotated[int, typer.Option(min=1, help="Bytes of a page, unpacked, at most.")] = 32 * 1024 * 1024,
    max_seconds: Annotated[float, typer.Option(min=0.1, help="Seconds for an answer, at most.")] = 60.0,
    tries: Annotated[int, typer.Option(min=1, help="How often a page is asked for while its server is busy.")] = 4,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses that are not public, too. 允许内网地址")
    ] = False,
) -> None:
    """Save pages from the web, politely, with a side file each that tells where and when; build reads both.

    robots.txt is kept to; a page that is there already is asked for only if it has changed.

    Example: eldercare-kg fetch https://www.gov.cn/zhengce/content/202401/content_6926087.htm -o 网页
    """
    from kg.fetching import Limits
    from kg.fetching import fetch as run
    from kg.files import printable

    listed = file.read_text(encoding="utf-8-sig").split("\n") if file else []
    wanted = [*(urls or ()), *(line.strip() for line in listed if line.strip() and not line.startswith("#"))]
    if not wanted:
        raise typer.BadParameter("name addresses, or a file of them with -f")
    limits = Limits(size=max_size, seconds=max_seconds, pause=pause, tries=tries, private=allow_private)
    failed = 0
    for done in run(wanted, out, limits):
        failed += done.state == "failed"
        where = f" {printable(done.path)}" if done.path else ""
        print(done.message if done.message else f"{done.state}: {done.url}{where}", file=sys.stderr)
    if failed:
        print(f"{failed} of {len(dict.fromkeys(wanted))} pages not fetched", file=sys.stderr)
        raise typer.Exit(1)
