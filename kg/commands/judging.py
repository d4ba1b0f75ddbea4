"""The commands ``evaluate`` and ``compare``: how well documents are read, and what a change gained and lost."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["compare", "evaluate"]

_CONTEXT = 12


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Hand-made annotations, one JSON object a line. 人工标注")],
    texts: Annotated[Path, typer.Option("--texts", help="The folder of the annotated files.")],
    ner: Annotated[list[str], typer.Option("--ner", help="A model that votes with the rules.")] = ["none"],  # noqa: B006
    threshold: Annotated[float, typer.Option(min=0, max=1, help="The least confidence of a model's lone find.")] = 0.5,
    errors: Annotated[bool, typer.Option("--errors", help="List every error, grouped by the rule that erred.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Read annotated documents and tell how well that agrees with the annotations.

    Example: eldercare-kg evaluate samples/gold.jsonl --texts samples --errors
    """
    from extractors import extract, read
    from kg.checking.evaluate import evaluate as run
    from kg.checking.evaluate import load_annotations

    wanted = load_annotations(gold)
    models = tuple(name for name in ner if name != "none")
    documents = {annotation["doc"]: read(texts / annotation["doc"]) for annotation in wanted}
    read_by_us = (extract(doc, ner=models, threshold=threshold) for doc in documents.values())
    report = run(wanted, [extraction.as_annotation() for extraction in read_by_us])
    if as_json:
        print(json.dumps(report.figures(), ensure_ascii=False, indent=1))
        return
    for part, scores in (("exact", report.exact), ("overlap", report.overlap), ("relations", report.relations)):
        print(f"{part:<28}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}{'read':>8}")
        for name, score in sorted(scores.items()):
            figures = f"{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}{score.gold:>8}{score.system:>8}"
            print(f"  {name:<26}{figures}")
    print(f"{'attributes':<28}{'right':>8}{'gold':>8}")
    for name, score in sorted(report.attributes.items()):
        print(f"  {name:<26}{score.recall:>8.3f}{score.gold:>8}")
    print(f"header fields right: {report.header.recall:.3f} of {report.header.gold}")
    if errors:
        _print_errors(report.errors, {name: doc.text for name, doc in documents.items()})


def _print_errors(errors: list[Any], texts: dict[str, str]) -> None:
    grouped = defaultdict(list)
    for error in errors:
        grouped[error.figure, error.what, error.rule].append(error)
    for (figure, what, rule), group in sorted(grouped.items(), key=lambda item: (item[0][0], -len(item[1]))):
        print(f"\n{figure} {what}{' by ' + rule if rule else ''}: {len(group)}")
        for error in group:
            print(f"  {error.doc}: {_shown(error.gold, texts[error.doc])} ≠ {_shown(error.system, texts[error.doc])}")


def _shown(thing: Any, text: str) -> str:
    """A mention with the words round it and its attributes; a triple or a header field as it is."""
    if not isinstance(thing, dict) or "start" not in thing:
        return "–" if thing is None else str(thing)
    start, end = thing["start"], thing["end"]
    near = f"{text[max(0, start - _CONTEXT) : start]}【{text[start:end]}】{text[end : end + _CONTEXT]}"
    hidden = {"start", "end", "type", "text", "rule", "confidence"}
    said = ", ".join(f"{key}={value}" for key, value in thing.items() if key not in hidden)
    return f"{''.join(near.split())} ({said})"


def compare(
    before: Annotated[Path, typer.Argument(help="What extract printed before the change.")],
    after: Annotated[Path, typer.Argument(help="What it prints now.")],
    most: Annotated[int, typer.Option(min=0, help="List at most so many changes of each kind.")] = 10,
) -> None:
    """Tell what a change of rules or tables gained and lost, on any documents.

    Example: eldercare-kg compare 改前.jsonl 改后.jsonl
    """
    from kg.checking.compare import compare as run
    from kg.checking.compare import tally
    from kg.checking.evaluate import load_annotations

    changes = run(load_annotations(before), load_annotations(after))
    for (kind, what), times in tally(changes).items():
        print(f"{kind} {what}: {times}")
        listed = [change for change in changes if (change.kind, change.what) == (kind, what)]
        for change in listed[:most]:
            print(f"  {change.doc}: {_brief(change.before)} → {_brief(change.after)}")
    if not changes:
        print("no difference")


def _brief(thing: Any) -> str:
    if isinstance(thing, dict) and "text" in thing:
        hidden = {"start", "end", "type", "text", "rule", "confidence"}
        said = ", ".join(f"{key}={value}" for key, value in thing.items() if key not in hidden)
        return f"{thing['text']} ({said})"
    return "–" if thing is None else str(thing)
