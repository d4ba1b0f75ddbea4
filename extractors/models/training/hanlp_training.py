"""A small HanLP NER component, trained from nothing: character embeddings, a bidirectional LSTM and a CRF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractors.models.training.weak_labels import Example

__all__ = ["restore", "train", "write_tsv"]


def _component() -> Any:
    from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer

    class CharacterRecognizer(RNNNamedEntityRecognizer):  # type: ignore[misc]
        """HanLP's recurrent recognizer, with its CRF reading batches first.

        HanLP 2.1 hands the CRF's constraints over in the place of ``batch_first``, so the CRF would run over the
        wrong axis.
        """

        def build_model(self, *args: Any, **kwargs: Any) -> Any:
            model = super().build_model(*args, **kwargs)
            if getattr(model, "crf", None):
                model.crf.batch_first = True
            return model

    return CharacterRecognizer()


def write_tsv(examples: Sequence[Example], path: Path) -> None:
    """Characters and BIO tags, one a line, a blank line after each sentence: HanLP's own training format."""
    with path.open("w", encoding="utf-8") as stream:
        for text, entities, unsure in examples:
            if unsure:
                # A CRF needs a tag for each character.
                continue
            tags = ["O"] * len(text)
            for start, end, label in entities:
                tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
            for character, tag in zip(text, tags, strict=True):
                stream.write(f"{character if character.strip() else '_'}\t{tag}\n")
            stream.write("\n")


def train(
    train_set: Sequence[Example],
    held_out: Sequence[Example],
    output: Path,
    *,
    epochs: int = 5,
    seed: int = 1,
) -> None:
    """Train on ``train_set``, keep the best epoch on ``held_out``, save the component to the folder ``output``."""
    output.mkdir(parents=True, exist_ok=True)
    write_tsv(train_set, output / "train.tsv")
    write_tsv(held_out, output / "dev.tsv")
    _component().fit(
        str(output / "train.tsv"),
        str(output / "dev.tsv"),
        str(output),
        epochs=epochs,
        embed=64,
        rnn_hidden=64,
        batch_size=32,
        drop=0.3,
        lr=0.005,
        crf=True,
        tagging_scheme="BIO",
        devices=-1,
        seed=seed,
    )
    for name in ("train.tsv", "dev.tsv"):
        (output / name).unlink()


def restore(folder: Path) -> Any:
    """A HanLP component from its folder: ours with the CRF mended, any other as HanLP itself loads it."""
    import hanlp

    if "CharacterRecognizer" in (folder / "config.json").read_text(encoding="utf-8"):
        component = _component()
        component.load(str(folder), devices=-1)
        return component
    return hanlp.load(str(folder))
