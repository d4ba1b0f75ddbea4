"""The commands ``build``, ``extract`` and ``forget``: files to a graph, files to annotations, and out of the graph."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kg.files import find_sources, printable

__all__ = ["build", "extract", "forget"]

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Files and folders; archives, mail and tables are taken apart. 文件或文件夹，压缩包、邮件、表格均可"
    ),
]
Ner = Annotated[
    list[str],
    typer.Option("--ner", help="A model that votes with the rules: none, spacy (ours), spacy:FOLDER, hanlp:FOLDER."),
]
Threshold = Annotated[
    float,
    typer.Option(min=0, max=1, help="The least confidence with which a model's lone find enters. 模型独自所见的门槛"),
]
TextColumn = Annotated[str, typer.Option(help="The column of a table that holds the text. 表格的正文列")]
Meta = Annotated[
    list[str],
    typer.Option(
        "--meta", help="A further column to take along: a header's (发文字号, issuer …) is read as header. 元数据列"
    ),
]
Ocr = Annotated[bool, typer.Option("--ocr", help="Recognise the text of scans and images (Tesseract). 识别扫描件")]
KeepOfficials = Annotated[
    bool, typer.Option("--keep-officials", help="Leave the names of those who sign in office. 保留署名领导的姓名")
]


def _models(ner: list[str]) -> tuple[str, ...]:
    return tuple(name for name in ner if name != "none")


def _say(message: str) -> None:
    print(message, file=sys.stderr)


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error where someone watches it: documents done, how many a second, time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Documents a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f} 份/s" if speed else "")

    console = Console(stderr=True)
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        task = bars.add_task(title, total=None)
        yield lambda done, total, name: bars.update(task, completed=done, total=total)


def build(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", "-o", help="The graph's folder; made where it is missing.")],
    workers: Annotated[int, typer.Option(min=0, help="Processes that read; 0 is one for each core.")] = 0,
    text_column: TextColumn = "",
    meta: Meta = [],  # noqa: B006
    ocr: Ocr = False,
    keep_officials: KeepOfficials = False,
    ner: Ner = ["none"],  # noqa: B006
    threshold: Threshold = 0.5,
    corrections: Annotated[
        list[Path] | None,
        typer.Option("--corrections", help="A sheet of review, filled in; kept for later builds. 人工更正"),
    ] = None,
) -> None:
    """Make a graph of documents, or bring it up to date.

    What has not changed is kept, what has is replaced, what is gone is dropped.

    Example: eldercare-kg build 公文/ 另一份.docx 网页.zip -o 图谱
    """
    from kg.folder.building import build as run

    with _progress("读取 reading") as progress:
        report = run(
            paths,
            out,
            workers=workers or None,
            ner=_models(ner),
            threshold=threshold,
            text_column=_words(text_column),
            meta=_all(meta),
            ocr=ocr,
            keep_officials=keep_officials,
            corrections=corrections or None,
            progress=progress,
        )
    for message in report.failed:
        _say(f"not read: {message}")
    for message in report.quarantined:
        _say(f"quarantined: {message}")
    for message in report.notes:
        _say(f"note: {message}")
    for name in report.forgotten:
        _say(f"kept out, as forgotten: {name}")
    for message in report.unapplied:
        _say(f"not applied: {message}")
    if report.passed_over:
        _say(f"passed over {len(report.passed_over)} files of other kinds, such as {report.passed_over[0]}")
    speed = f"{report.characters / report.seconds:,.0f} characters/s, " if report.read == report.documents else ""
    _say(
        f"{report.documents:,} documents in {printable(out)}: {report.read:,} read, {report.unchanged:,} unchanged, "
        f"{report.removed:,} removed, {report.duplicates:,} the same as another; {report.quads:,} statements; "
        f"{speed}{report.seconds:.1f} s"
    )
    if report.failed or report.quarantined or report.unapplied:
        raise typer.Exit(1)


def extract(
    paths: Paths,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file to write; standard output else.")] = None,
    text_column: TextColumn = "",
    meta: Meta = [],  # noqa: B006
    ocr: Ocr = False,
    keep_officials: KeepOfficials = False,
    ner: Ner = ["none"],  # noqa: B006
    threshold: Threshold = 0.5,
) -> None:
    """Print what is read from each document: one JSON object a line, in the annotation format.

    Example: eldercare-kg extract 通知.docx
    """
    from kg.files import atomically
    from kg.incoming.annotating import annotate
    from kg.incoming.work import Options

    sources, _ = find_sources(paths, ocr=ocr)
    if not sources:
        raise FileNotFoundError("no documents found: " + ", ".join(map(printable, paths)))
    failed = 0

    def lines() -> Iterator[str]:
        nonlocal failed
        options = Options(_models(ner), _words(text_column), _all(meta), ocr, keep_officials, threshold)
        for told in annotate(sources, options):
            if isinstance(told, str):
                failed += 1
                _say(f"not read: {told}")
            else:
                yield json.dumps(told, ensure_ascii=False) + "\n"

    if out is None:
        sys.stdout.writelines(lines())
    else:

        def write(beside: Path) -> None:
            with beside.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(lines())

        atomically(out, write)
    if failed:
        raise typer.Exit(1)


def forget(
    graph: Annotated[Path, typer.Argument(help="The graph's folder, made by build. 图谱文件夹")],
    documents: Annotated[
        list[str] | None,
        typer.Option("--document", help="A document, by number, title, file name or hash; may be given again. 文件"),
    ] = None,
    persons: Annotated[
        list[str] | None, typer.Option("--person", help="A person's name; may be given again. 姓名")
    ] = None,
) -> None:
    """Take a document, or a person's traces, out of the graph, and keep them out when files are read again.

    Example: eldercare-kg forget 图谱 --document 海民函〔2023〕18号 --person 张某某
    """
    from kg.privacy.takedown import take_down

    if not documents and not persons:
        raise typer.BadParameter("name what to forget: --document or --person")
    report = take_down(graph, documents=_all(documents), persons=_all(persons))
    _say(
        f"{len(report.removed):,} documents taken out of {printable(graph)}, {report.masked:,} more masked; "
        "exports, pages and copies made before still hold them: make these again"
    )


def _words(argument: str) -> str:
    """An argument as text: in a locale without Chinese it arrives as escaped bytes."""
    return os.fsencode(argument).decode("utf-8", "surrogateescape")


def _all(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(map(_words, given or ()))
