"""The command ``review``: the doubtful as a sheet to fill in; what has been filled in as gold."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["review"]


def review(
    graph: Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="A file to write: .csv, .jsonl, .xlsx; CSV on standard output else."),
    ] = None,
    below: Annotated[float, typer.Option(min=0, max=1, help="Readings less sure than this are doubtful.")] = 0.8,
    everything: Annotated[bool, typer.Option("--all", help="With what a person has decided already.")] = False,
    gold: Annotated[
        bool, typer.Option("--gold", help="Write the documents with nothing left open as annotations (JSON Lines).")
    ] = False,
) -> None:
    """Write what is doubtful as a sheet: fill in the verdict (对 删 改 增), and build again with --corrections.

    Example: eldercare-kg review 图谱 -o 存疑.csv
    """
    from kg.graph import open_graph
    from kg.review.reviewing import doubtful
    from kg.review.reviewing import gold as finished

    with open_graph(graph) as opened:
        if gold:
            documents, left = finished(opened)
            _put(out, "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents))
            for message in left:
                print(f"left out: {message}", file=sys.stderr)
            print(f"{len(documents)} documents as gold, {len(left)} left out", file=sys.stderr)
            return
        rows = doubtful(opened, below=below, everything=everything)
    _write(out, rows)
    print(f"{len(rows)} doubtful places in {len({row.text for row in rows})} documents", file=sys.stderr)


def _write(out: Path | None, rows: Sequence[Any]) -> None:
    from kg.files import atomically
    from kg.review.corrections import COLUMNS

    suffix = out.suffix.lower() if out else ".csv"
    heads = [f"{name} {zh}" for name, zh in COLUMNS.items()]
    lines = [[_text(getattr(row, name, "")) for name in COLUMNS] for row in rows]
    if suffix == ".jsonl":
        told = [{name: getattr(row, name, "") for name in COLUMNS} for row in rows]
        _put(out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told))
    elif suffix == ".xlsx" and out:
        from kg.review.workbook import write

        atomically(out, lambda beside: write(beside, heads, lines, choices="verdict"))
    elif suffix == ".csv":
        _put(out, _csv([heads, *lines]), bom=True)
    else:
        raise ValueError(f"{out}: no form {suffix!r}; name a file .csv, .jsonl or .xlsx")


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _csv(lines: Iterable[Sequence[str]]) -> str:
    """CSV in which no cell is taken for a formula."""
    from kg.query.answers import safe_cell

    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows([safe_cell(cell) for cell in line] for line in lines)
    return stream.getvalue()


def _put(out: Path | None, text: str, *, bom: bool = False) -> None:
    from kg.files import write_atomically

    if out is None:
        sys.stdout.write(text)
    else:
        write_atomically(out, text.encode("utf-8-sig" if bom else "utf-8"))
