"""The command ``eldercare-kg``. It prints; the library does not.

Results go to standard output, progress and messages to standard error. Exit codes: 0 done; 1 done, but some files could
not be read, or nothing was found; 2 the command could not be carried out.
"""

from __future__ import annotations

import enum
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.commands.asking import ask
from kg.commands.building import build, extract, forget
from kg.commands.checking import check
from kg.commands.exploring import explore
from kg.commands.fetching import fetch
from kg.commands.judging import compare, evaluate
from kg.commands.mcp import mcp
from kg.commands.pushing import push
from kg.commands.reviewing import review
from kg.commands.serving import serve
from kg.commands.training import train
from kg.files import printable

__all__ = ["app", "main"]

app = typer.Typer(
    name="eldercare-kg",
    help="Reads Chinese official documents and builds a knowledge graph in which every statement shows the "
    "characters that say so.\n\n中文公文 → 知识图谱：机关、文件、项目、数量，句句有据。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Shape(enum.StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    turtle = "turtle"


Folder = Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")]
Source = Annotated[
    str, typer.Argument(help="The graph's folder, or the URL of a SPARQL service that holds it. 图谱文件夹或服务的网址")
]


def _words(argument: str) -> str:
    """An argument as text: in a locale without Chinese it arrives as escaped bytes."""
    return os.fsencode(argument).decode("utf-8", "surrogateescape")


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"eldercare-kg {version('eldercare-kg')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Options of the command itself."""


@app.command()
def query(
    graph: Source,
    sparql: Annotated[
        str | None, typer.Argument(help="SPARQL; ek: c: skos: eli: nif: and others need no PREFIX.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A file with the query.")] = None,
    format: Annotated[Shape, typer.Option(help="How to print the answer.")] = Shape.table,
) -> None:
    """Ask the graph a question in SPARQL.

    Example: eldercare-kg query 图谱 'SELECT ?name WHERE { ?agency a ek:Agency ; skos:prefLabel ?name }'
    """
    from kg.graph import open_graph

    if (sparql is None) == (file is None):
        raise typer.BadParameter("give the query as text, or a file with -f")
    text = _words(sparql or "") if file is None else file.read_text(encoding="utf-8-sig")
    with open_graph(graph) as opened:
        answer = opened.query(text)
    if format is Shape.table and answer.triples is None:
        _table(answer)
    elif format is Shape.csv:
        sys.stdout.write(answer.to_csv())
    elif format is Shape.json:
        print(answer.to_json())
    else:
        sys.stdout.write(answer.to_turtle())


def _table(answer: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*answer.columns)
    for row in answer:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    width = None if sys.stdout.isatty() else 1000
    Console(width=width, soft_wrap=False).print(table)


@app.command()
def export(
    graph: Folder,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write (csv, parquet: a folder).")],
    format: Annotated[str, typer.Option(help="turtle nquads trig jsonld rdf12 graphml gexf csv parquet pyvis")],
    center: Annotated[str, typer.Option(help="pyvis: the name of the thing in the middle.")] = "",
    hops: Annotated[int, typer.Option(min=0, help="pyvis: so many steps round it.")] = 1,
) -> None:
    """Write the graph as another kind of file; pyvis is a page of one thing and what is round it, without any network.

    Example: eldercare-kg export 图谱 --format pyvis --center 渝北区民政局 -o 渝北.html
    """
    from kg.forms.export import export as run
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        around = {"center": _words(center), "hops": hops} if center else {}
        written = run(opened, format, out, **around)
    _say(f"wrote {printable(written)}")


@app.command()
def show(
    graph: Source,
    name: Annotated[str, typer.Argument(help="A name, title or number; a part of it will do.")],
    quotes: Annotated[int, typer.Option(min=0, help="At most so many sentences.")] = 10,
) -> None:
    """Tell what the graph knows of one thing, with the sentences that say so.

    Example: eldercare-kg show 图谱 重庆市渝北区民政局
    """
    from kg.analysis.show import find, similar
    from kg.analysis.show import show as card_of
    from kg.graph import open_graph

    name = _words(name)
    with open_graph(graph) as opened:
        found = find(opened, name)
        if not found:
            near = similar(opened, name)
            hint = f"; similar: {'、'.join(near)}" if near else ""
            _say(f"nothing is called {printable(name)!r} in {printable(graph)}{hint}")
            raise typer.Exit(1)
        if len(found) > 1 and found[0][2] != name:
            for iri, kind, label in found[:50]:
                print(f"{label}\t{kind}\t{iri}")
            _say(f"{len(found)} things have {printable(name)!r} in their names; show one by its whole name")
            return
        for thing in found:
            _print_card(card_of(opened, *thing), quotes)


def _print_card(card: Any, quotes: int) -> None:
    print(f"{card.name}  [{card.kind}]\n{card.iri}")
    for fact in card.facts:
        print(f"  {fact.way} {fact.property}: {fact.value}")
    for number, quotation in enumerate(card.quotations[:quotes], 1):
        print(f"  [{number}] …{quotation.sentence}…")
        words = " ".join(quotation.words.split())
        source = quotation.text.rpartition("/")[2]
        print(f"      {words}  ({source} {quotation.start}-{quotation.end}, {quotation.rule}, {quotation.confidence})")
    if len(card.quotations) > quotes:
        print(f"  … and {len(card.quotations) - quotes} more places; --quotes N shows more")


app.command()(build)
app.command()(extract)
app.command()(forget)
app.command()(fetch)
app.command()(ask)
app.command()(check)
app.command()(explore)
app.command()(mcp)
app.command()(push)
app.command()(serve)
app.command()(review)
app.command()(evaluate)
app.command()(compare)
app.add_typer(train, name="train")


def main() -> None:
    """Run the command; errors become one line that says what, where and what to do."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(standalone_mode=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
        sys.exit(0)
    except KeyboardInterrupt:
        _say("interrupted; the graph is as it was, and the next build goes on from here")
        sys.exit(130)
    except (ValueError, OSError) as error:
        _say(f"eldercare-kg: {_line(error)}")
        sys.exit(2)


def _line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        where = printable(error.filename) + ": " if error.filename else ""
        return f"{where}{error.strerror}; check the path, its permissions and the space left"
    return " ".join(str(error).split())


if __name__ == "__main__":
    main()
