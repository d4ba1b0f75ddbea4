"""The commands ``train spacy`` and ``train hanlp``: models of names, from documents that the rules have labelled."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from extractors import Extraction
    from extractors.models.training.weak_labels import Example

__all__ = ["train"]

train = typer.Typer(help="Train a model of names on documents that the rules label.", no_args_is_help=True)

Paths = Annotated[list[Path], typer.Argument(help="Documents, folders, or tables of documents. 语料")]
Out = Annotated[Path, typer.Option("--out", "-o", help="The folder of the model; made where it is missing.")]
Epochs = Annotated[int, typer.Option(min=1, help="Passes over the sentences.")]
Sentences = Annotated[int, typer.Option(min=10, help="At most so many sentences.")]
Gold = Annotated[
    Path | None, typer.Option(help="Documents annotated by hand, in the annotation format; their texts beside them.")
]
Seed = Annotated[int, typer.Option(help="The same seed, documents and versions give the same model.")]


def _say(line: str) -> None:
    print(line, file=sys.stderr)


@train.command("spacy")
def _spacy(
    paths: Paths, out: Out, epochs: Epochs = 6, sentences: Sentences = 20_000, gold: Gold = None, seed: Seed = 1
) -> None:
    """Train a spaCy pipeline; use it with --ner spacy:FOLDER.

    Example: eldercare-kg train spacy 语料/ -o 模型
    """
    from extractors.models.training.corpus import training_sets
    from extractors.models.training.spacy_training import train as run

    train_set, held_out = training_sets(_read(paths), gold=_annotated(gold), sentences=sentences, seed=seed)
    _say(f"{len(train_set):,} sentences, {len(held_out):,} held out")
    run(train_set, held_out, out, epochs=epochs, seed=seed, log=_say)


@train.command("hanlp")
def _hanlp(
    paths: Paths, out: Out, epochs: Epochs = 6, sentences: Sentences = 5_000, gold: Gold = None, seed: Seed = 1
) -> None:
    """Train a HanLP component; use it with --ner hanlp:FOLDER. Needs the extra eldercare-kg[hanlp].

    Example: eldercare-kg train hanlp 语料/ -o 模型
    """
    from extractors.models.training.corpus import training_sets
    from extractors.models.training.hanlp_training import train as run

    train_set, held_out = training_sets(_read(paths), gold=_annotated(gold), sentences=sentences, seed=seed)
    _say(f"{len(train_set):,} sentences, {len(held_out):,} held out")
    run(train_set, held_out, out, epochs=epochs, seed=seed)


def _annotated(gold: Path | None) -> list[Example]:
    from extractors.models.training.weak_labels import of_annotations
    from kg.checking.evaluate import load_annotations

    return list(of_annotations(load_annotations(gold), gold.parent)) if gold else []


def _read(paths: list[Path]) -> Iterator[Extraction]:
    from extractors import Document, extract
    from extractors.readers.collecting import read_all

    for _, doc in read_all(*paths):
        if isinstance(doc, Document):
            yield extract(doc)
        else:
            _say(f"not read: {doc}")
