"""弱标注：有把握的作标签，没把握的空着，既不算名字也不算没有。"""

from __future__ import annotations

import json
from pathlib import Path

import spacy

from extractors import Document, Mention, extract, read
from extractors.model import Extraction, Span
from extractors.models.training.corpus import training_sets
from extractors.models.training.spacy_training import _tags
from extractors.models.training.weak_labels import Example, examples, of_annotations, vary

SAMPLES = Path(__file__).parents[1] / "samples"


def labelled(text: str, *names: tuple[str, str, float]) -> Example:
    doc: Document = read(text.encode(), "例.txt")
    mentions = tuple(
        sorted(
            Mention(text.index(name), text.index(name) + len(name), kind, "test", confidence, {})
            for name, kind, confidence in names
        )
    )
    return max(examples([Extraction(doc, {}, mentions)]), key=lambda example: len(example.text))


def test_what_is_sure_is_a_label_and_what_is_not_is_open() -> None:
    text = "市民政局开展银发守护项目，服务640名老人。"
    example = labelled(text, ("市民政局", "AGENCY", 0.95), ("银发守护项目", "PROGRAM", 0.6))
    assert [example.text[start:end] for start, end, _ in example.entities] == ["市民政局"]
    assert "银发守护项目" in {example.text[start:end] for start, end in example.open}


def test_a_head_of_programs_that_no_rule_has_claimed_is_open() -> None:
    example = labelled("市民政局推行邻里互助养老行动。", ("市民政局", "AGENCY", 0.95))
    (left,) = example.open
    assert example.text[left.start : left.end].endswith("养老行动")
    claimed = labelled("推行邻里互助养老行动。", ("邻里互助养老行动", "PROGRAM", 0.95))
    assert claimed.open == ()


def test_varied_names_move_what_is_open_with_them() -> None:
    given = [
        Example("民政部推行某行动。", ((0, 3, "AGENCY"),), (Span(5, 8),)),
        Example("国家卫生健康委员会发文。", ((0, 9, "AGENCY"),)),
    ]
    for example in vary(given, share=1.0, seed=3):
        assert [example.text[start:end] for start, end in example.open] in ([], ["某行动"])
        assert all(example.text[start:end] in ("民政部", "国家卫生健康委员会") for start, end, _ in example.entities)


def test_tags_are_missing_where_open() -> None:
    example = Example("民政部推行某 行动。", ((0, 3, "AGENCY"),), (Span(5, 9),))
    tags = _tags(spacy.blank("zh").make_doc(example.text), example)
    assert tags == ["B-AGENCY", "I-AGENCY", "L-AGENCY", "O", "O", "-", "-", "-", "O"]


def test_sentences_labelled_by_hand_come_along_and_are_not_held_out() -> None:
    gold = [json.loads(line) for line in (SAMPLES / "gold.jsonl").read_text("utf-8").splitlines()][:1]
    by_hand = list(of_annotations(gold, SAMPLES))
    assert any(label == "PROGRAM" for example in by_hand for _, _, label in example.entities)
    assert all(example.open == () for example in by_hand)
    weak = [extract(read(SAMPLES / annotation["doc"])) for annotation in gold]
    chosen, held_out = training_sets(weak, gold=by_hand, sentences=5)
    assert {example.text for example in by_hand} <= {example.text for example in chosen}
    assert held_out
