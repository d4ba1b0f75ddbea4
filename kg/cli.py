"""The command ``eldercare-kg``. It prints; the library does not.

Results go to standard output, progress and messages to standard error. Exit codes: 0 done; 1 done, but some files could
not be read, or nothing was found; 2 the command could not be carried out.
"""

from __future__ import annotations

import enum
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli_asking import ask
from kg.cli_checking import check
from kg.cli_exploring import explore
from kg.cli_judging import compare, evaluate
from kg.cli_serving import serve
from kg.cli_training import train
from kg.files import find_sources, printable

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


Paths = Annotated[list[Path], typer.Argument(help="Files and folders; folders are read to the bottom. 文件或文件夹")]
Folder = Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")]
Ner = Annotated[
    list[str],
    typer.Option("--ner", help="A model that votes with the rules: none, spacy:FOLDER, hanlp:FOLDER."),
]


def _models(ner: list[str]) -> tuple[str, ...]:
    return tuple(name for name in ner if name != "none")


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


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error where someone watches it; nothing where not."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        task = bars.add_task(title, total=None)
        yield lambda done, total, name: bars.update(task, completed=done, total=total)


@app.command()
def build(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", "-o", help="The graph's folder; made where it is missing.")],
    workers: Annotated[int, typer.Option(min=0, help="Processes that read; 0 is one for each core.")] = 0,
    ner: Ner = ["none"],  # noqa: B006
) -> None:
    """Make a graph of documents, or bring it up to date.

    What has not changed is kept, what has is replaced, what is gone is dropped.

    Example: eldercare-kg build 公文/ 另一份.txt -o 图谱
    """
    from kg.building import build as run

    with _progress("读取 reading") as progress:
        report = run(paths, out, workers=workers or None, ner=_models(ner), progress=progress)
    for message in report.failed:
        _say(f"not read: {message}")
    if report.passed_over:
        _say(f"passed over {len(report.passed_over)} files of other kinds, such as {report.passed_over[0]}")
    speed = f"{report.characters / report.seconds:,.0f} characters/s, " if report.read == report.documents else ""
    _say(
        f"{report.documents:,} documents in {printable(out)}: {report.read:,} read, {report.unchanged:,} unchanged, "
        f"{report.removed:,} removed, {report.duplicates:,} the same as another; {report.quads:,} statements; "
        f"{speed}{report.seconds:.1f} s"
    )
    if report.failed:
        raise typer.Exit(1)


@app.command()
def extract(
    paths: Paths,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file to write; standard output else.")] = None,
    ner: Ner = ["none"],  # noqa: B006
) -> None:
    """Print what is read from each document: one JSON object a line, in the annotation format.

    Example: eldercare-kg extract 通知.txt
    """
    from extractors import BadDocument, read
    from extractors import extract as run
    from kg.files import atomically

    sources, _ = find_sources(paths)
    if not sources:
        raise FileNotFoundError("no documents found: " + ", ".join(map(printable, paths)))
    failed = 0

    def lines() -> Iterator[str]:
        nonlocal failed
        for source in sources:
            try:
                doc = read(source.path.read_bytes(), printable(source.path.name))
                yield json.dumps(run(doc, ner=_models(ner)).as_annotation(), ensure_ascii=False) + "\n"
            except (BadDocument, OSError) as error:
                failed += 1
                message = str(error) if isinstance(error, BadDocument) else f"{source.name}: {error.strerror}"
                _say(f"not read: {message}")

    if out is None:
        sys.stdout.writelines(lines())
    else:

        def write(beside: Path) -> None:
            with beside.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(lines())

        atomically(out, write)
    if failed:
        raise typer.Exit(1)


@app.command()
def query(
    graph: Folder,
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
    format: Annotated[str, typer.Option(help="turtle nquads trig jsonld graphml gexf csv parquet html")],
) -> None:
    """Write the graph as another kind of file; html is a page to look at, without any network.

    Example: eldercare-kg export 图谱 --format html -o 图谱.html
    """
    from kg.export import export as run
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        written = run(opened, format, out)
    _say(f"wrote {printable(written)}")


@app.command()
def show(
    graph: Folder,
    name: Annotated[str, typer.Argument(help="A name, title or number; a part of it will do.")],
    quotes: Annotated[int, typer.Option(min=0, help="At most so many sentences.")] = 10,
) -> None:
    """Tell what the graph knows of one thing, with the sentences that say so.

    Example: eldercare-kg show 图谱 重庆市渝北区民政局
    """
    from kg.graph import open_graph
    from kg.show import find, similar
    from kg.show import show as card_of

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


app.command()(ask)
app.command()(check)
app.command()(explore)
app.command()(serve)
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
