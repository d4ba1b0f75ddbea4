"""The command ``ask``: the catalogue of questions, and their answers as a table, CSV or JSON."""

from __future__ import annotations

import enum
import json
import sys
from typing import Annotated, Any

import typer

__all__ = ["ask"]


class Form(enum.StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"


def ask(
    graph: Annotated[
        str, typer.Argument(help="The graph's folder, or the URL of a SPARQL service. 图谱文件夹或服务的网址")
    ],
    name: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="The question's id, such as cq12; none lists them all.")
    ] = None,
    param: Annotated[
        list[str], typer.Option("--param", "-p", help="name=value; names as people write them; * is everything.")
    ] = [],  # noqa: B006
    format: Annotated[Form, typer.Option(help="How to print the answer.")] = Form.table,
    evidence: Annotated[bool, typer.Option("--evidence", help="With the characters that say so.")] = False,
) -> None:
    """Put one of the ready questions to the graph, or list them.

    Example: eldercare-kg ask 图谱 cq05 -p region=重庆市渝北区 -p year=2023 --evidence
    """
    from kg.graph import open_graph
    from kg.query.asking import ask as run
    from kg.query.asking import questions

    if name is None:
        _list(list(questions().values()), format)
        return
    values = dict(_pair(text) for text in param)
    with open_graph(graph) as opened:
        reply = run(opened, name, values, evidence=evidence)
    if format is Form.json:
        print(reply.to_json())
    elif format is Form.csv:
        sys.stdout.write(reply.answer().to_csv())
    else:
        _print(reply)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise typer.BadParameter(f"{text!r}: write it as name=value")
    return name.strip(), value.strip()


def _list(catalogue: list[Any], format: Form) -> None:
    """All questions with their parameters."""
    if format is Form.json:
        found = [
            {
                "id": q.id,
                "zh": q.zh,
                "en": q.en,
                "columns": list(q.columns),
                "parameters": [parameter._asdict() for parameter in q.parameters],
                "note": q.note,
            }
            for q in catalogue
        ]
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for q in catalogue:
        print(f"{q.id}  {q.zh}\n      {q.en}")
        for parameter in q.parameters:
            default = f" = {parameter.default}" if parameter.default else ""
            print(f"        -p {parameter.name}: {parameter.kind}{default}  {parameter.help}")


def _print(reply: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    asked = reply.question
    print(f"{asked.id}  {asked.zh}  {asked.en}", file=sys.stderr)
    if reply.values:
        print("  " + "  ".join(f"{name}={value}" for name, value in reply.values.items()), file=sys.stderr)
    table = Table(*asked.columns, *(["evidence"] if reply.evidence is not None else []))
    for index, row in enumerate(reply.rows):
        cells = [Text("" if cell is None else str(cell)) for cell in row]
        if reply.evidence is not None:
            quoted = reply.evidence[index]
            lines = (f"{q.text.rpartition('/')[2]} {q.start}-{q.end} {' '.join(q.words.split())}" for q in quoted)
            cells.append(Text("\n".join(lines)))
        table.add_row(*cells)
    Console(width=None if sys.stdout.isatty() else 1000, soft_wrap=False).print(table)
    if asked.note:
        print(f"  {asked.note}", file=sys.stderr)
