"""样例文件：标准答案本身站得住，抽取不低于底线。"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from floors import below_floor
from marked import TYPES, parse, render

from extractors import extract, read
from kg.checking.evaluate import evaluate

SAMPLES = Path(__file__).parent.parent / "samples"
GOLD = [json.loads(line) for line in (SAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
RELATIONS = {"issued_by", "replies_to", "based_on", "cites", "issues_text_of", "repeals", "amends", "runs", "measures"}
COUNT_KEYS = {"value", "comparator", "unit", "what", "time", "region", "kind"}
COMPARATORS = {"eq", "approx", "gt", "ge", "lt", "le", "range"}
KINDS = {"actual", "target", "standard", "eligibility", "growth"}


def text_of(gold: dict[str, Any]) -> str:
    return (SAMPLES / gold["doc"]).read_text(encoding="utf-8")


@cache
def extracted() -> list[dict[str, Any]]:
    return [extract(read(SAMPLES / gold["doc"])).as_annotation() for gold in GOLD]


def by_name(gold: dict[str, Any]) -> str:
    return str(gold["doc"])


def test_every_sample_is_annotated_once() -> None:
    assert [gold["doc"] for gold in GOLD] == sorted(path.name for path in SAMPLES.glob("*.txt"))


def test_the_list_of_samples_is_complete() -> None:
    listed = re.findall(r"^\| (\d\d-[a-z0-9-]+) \|", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.M)
    assert [f"{name}.txt" for name in listed] == [gold["doc"] for gold in GOLD]


@pytest.mark.parametrize("gold", GOLD, ids=by_name)
def test_gold_offsets_and_attributes(gold: dict[str, Any]) -> None:
    text = text_of(gold)
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == gold["sha256"]
    for mention in gold["mentions"]:
        surface = text[mention["start"] : mention["end"]]
        assert surface == mention["text"] == surface.strip() != ""
        assert mention["type"] in TYPES
        if mention["type"] == "COUNT":
            assert set(mention) >= COUNT_KEYS, surface
            assert mention["comparator"] in COMPARATORS and mention["kind"] in KINDS, surface
            assert (mention["comparator"] == "range") == ("value_max" in mention), surface
    assert parse(render(text, gold["mentions"])).text == text  # 没有交叉的范围


@pytest.mark.parametrize("gold", GOLD, ids=by_name)
def test_gold_relations_are_keyed_by_what_is_mentioned(gold: dict[str, Any]) -> None:
    documents = {m["document"] for m in gold["mentions"] if "document" in m}
    names = {m["canonical"] for m in gold["mentions"] if "canonical" in m}
    counts = {str(m["start"]) for m in gold["mentions"] if m["type"] == "COUNT"}
    own = [m["document"] for m in gold["mentions"] if m.get("self")]
    assert own == [gold["header"]["number"] or gold["header"]["title"]]
    assert ["self", "issued_by"] in [relation[:2] for relation in gold["relations"]]
    for subject, relation, target in gold["relations"]:
        assert relation in RELATIONS
        if relation == "measures":
            assert subject in counts and target in names
        elif relation == "runs":
            assert subject in names and target in names
        else:
            assert subject in documents | {"self"}
            assert relation == "issued_by" or target in documents


def test_gold_against_itself_is_perfect() -> None:
    assert set(evaluate(GOLD, GOLD).figures().values()) == {1.0}


def test_samples_stay_above_their_floors() -> None:
    assert below_floor("samples", SAMPLES / "gold.jsonl", evaluate(GOLD, extracted()).figures()) == {}
