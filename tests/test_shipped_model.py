"""随包发布的 spaCy 流水线：装好就能用，只动可信度，不动规则读出的东西，怎样跑字节都一样。"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractors import extract, read
from extractors.models.spacy_ner import SHIPPED
from extractors.registry import load_model
from kg import build, open_graph

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))


@pytest.fixture(scope="module")
def read_twice() -> list[tuple[dict[tuple[int, int, str], float], dict[tuple[int, int, str], float]]]:
    """Confidences by span and type, of rules alone and with the pipeline."""
    docs = [read(path) for path in SAMPLES[:6]]
    return [
        (
            {mention[:3]: mention.confidence for mention in extract(doc).mentions},
            {mention[:3]: mention.confidence for mention in extract(doc, ner=["spacy"]).mentions},
        )
        for doc in docs
    ]


def test_it_is_small_and_has_its_card() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*")) < 10_000_000
    assert (SHIPPED / "README.md").read_text(encoding="utf-8")


def test_what_rules_read_stays_as_it_is(read_twice) -> None:
    assert all(alone.keys() == voted.keys() for alone, voted in read_twice)


def test_what_both_see_gains_and_what_the_pipeline_does_not_see_loses(read_twice) -> None:
    moved = [
        (key[2], alone[key], voted[key]) for alone, voted in read_twice for key in alone if alone[key] != voted[key]
    ]
    gained = [kind for kind, before, after in moved if after > before]
    assert {"AGENCY", "GROUP", "PROGRAM"} <= set(gained)
    assert {kind for kind, before, after in moved if after < before} <= {"GROUP", "PROGRAM"}
    assert all(before < 0.9 for _, before, after in moved if after < before)


def test_a_low_threshold_lets_its_lone_finds_in_and_names_it() -> None:
    doc = read("区民政局今年启动“暖巢相伴”探访关爱，推行孝心食堂助餐模式。".encode(), "例.txt")
    name = load_model("spacy")
    lone = [m for m in extract(doc, ner=["spacy"], threshold=0.05).mentions if m.rule.startswith("spacy:policy_ner-")]
    assert {m[:3] for m in lone} <= {m[:3] for m in name(doc)}
    assert all(m.confidence == 0.1 for m in lone)


def test_a_build_with_it_is_the_same_bytes_for_any_number_of_workers(tmp_path: Path) -> None:
    folder = tmp_path / "公文"
    folder.mkdir()
    for path in SAMPLES[:4]:
        shutil.copy(path, folder)
    dumps = set()
    for workers in (1, 2, 1):
        out = tmp_path / f"图{workers}{len(dumps)}"
        build([folder], out, workers=workers, ner=("spacy",))
        with open_graph(out) as graph:
            dumps.add(graph.store.dump())
    assert len(dumps) == 1
