"""The evaluation kit: its figures, its errors, and its agreement with the referee where that is at hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.checking.compare import compare, tally
from kg.checking.evaluate import Score, evaluate, load_annotations

SHARED = Path(__file__).resolve().parents[2] / "shared"


def document(mentions=(), relations=(), header=None, doc="甲.txt"):
    return {"doc": doc, "header": header or {}, "mentions": list(mentions), "relations": [list(r) for r in relations]}


def agency(start, end, canonical=None, **more):
    return {"start": start, "end": end, "type": "AGENCY", "canonical": canonical, **more}


def test_exact_and_overlap_differ_by_the_span():
    gold = document([agency(0, 4, "民政部"), agency(10, 14, "财政部")])
    system = document([agency(0, 4, "民政部"), agency(10, 13, "财政部"), agency(20, 24)])
    report = evaluate([gold], [system])
    assert report.exact["AGENCY"] == Score(gold=2, system=3, hits=1)
    assert report.overlap["AGENCY"] == Score(gold=2, system=3, hits=2)
    assert report.attributes["AGENCY.canonical"] == Score(gold=2, system=0, hits=2)
    assert report.exact["AGENCY"].f1 == pytest.approx(0.4)


def test_half_of_the_union_is_not_enough():
    report = evaluate([document([agency(0, 2)])], [document([agency(0, 4)])])
    assert report.overlap["AGENCY"].hits == 0


def test_nested_names_and_second_copies_are_left_out():
    gold = document([agency(0, 4), agency(0, 4), agency(5, 9, nested=True)])
    assert evaluate([gold], [gold]).exact["AGENCY"].gold == 1


def test_the_thing_counted_may_be_named_more_fully():
    def count(what, value):
        return {"start": 0, "end": 3, "type": "COUNT", "value": value, "unit": "名", "what": what}

    report = evaluate([document([count("失能老人", 640)])], [document([count("老人", 640.0)])])
    assert report.attributes["COUNT.what"].hits == 1
    assert report.attributes["COUNT.quantity"].hits == 1


def test_header_fields_null_in_gold_count_only_when_filled():
    gold = document(header={"number": None, "title": "关于（试行）的函", "cc": []})
    right = document(header={"number": None, "title": "关于(试行)的函", "cc": None})
    wrong = document(header={"number": "民发〔2024〕1号", "title": "关于(试行)的函"})
    assert evaluate([gold], [right]).header == Score(1, 0, 1)
    assert evaluate([gold], [wrong]).header == Score(2, 0, 1)


def test_errors_name_figure_document_and_rule():
    gold = document([agency(0, 4, "民政部")], [("self", "cites", "甲")])
    system = document([agency(0, 4, "财政部", rule="agencies.list"), agency(8, 9, rule="agencies.stem")])
    errors = {(e.figure, e.what, e.rule) for e in evaluate([gold], [system]).errors}
    assert errors == {
        ("AGENCY.canonical", "wrong", "agencies.list"),
        ("AGENCY", "spurious", "agencies.stem"),
        ("relations.cites", "missed", ""),
    }


def test_a_missing_document_counts_as_empty():
    assert evaluate([document([agency(0, 4)])], []).exact["AGENCY"] == Score(1, 0, 0)


def test_a_line_that_is_no_annotation_is_named(tmp_path):
    path = tmp_path / "坏.jsonl"
    path.write_text('{"doc": "a"}\n[1]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"坏\.jsonl:2"):
        load_annotations(path)


def test_compare_tells_gains_losses_and_changes():
    before = document([agency(0, 4, "民政部"), agency(5, 9)], [("self", "cites", "甲")], {"number": None})
    after = document([agency(0, 4, "财政部"), agency(10, 12)], [("self", "cites", "乙")], {"number": "民发〔2024〕1号"})
    assert tally(compare([before], [after])) == {
        ("AGENCY", "changed"): 1,
        ("AGENCY", "gained"): 1,
        ("AGENCY", "lost"): 1,
        ("header", "changed"): 1,
        ("relation", "gained"): 1,
        ("relation", "lost"): 1,
    }


def test_how_a_mention_was_read_is_no_change():
    before, after = document([agency(0, 4, rule="a")]), document([agency(0, 4, rule="b")])
    assert compare([before], [after]) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the referee is not here")
def test_same_figures_as_the_referee(tmp_path):
    """Gold with some mentions shifted, dropped and altered: both scorers must tell the same."""
    gold_path = SHARED / "annotation/dev/gold.jsonl"
    system = load_annotations(gold_path)
    for document_ in system:
        document_["relations"] = document_["relations"][::2]
        document_["header"]["title"] = "别的标题"
        for index, mention in enumerate(document_["mentions"]):
            if index % 5 == 0:
                mention["end"] += 1
            if index % 7 == 0 and "canonical" in mention:
                mention["canonical"] = "别的机关"
        document_["mentions"] = [m for i, m in enumerate(document_["mentions"]) if i % 11]
    system_path = tmp_path / "system.jsonl"
    system_path.write_text("\n".join(json.dumps(d, ensure_ascii=False) for d in system), encoding="utf-8")
    command = [sys.executable, str(SHARED / "tools/score.py"), str(gold_path), str(system_path), "--json"]
    referee = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    figures = evaluate(load_annotations(gold_path), load_annotations(system_path)).figures()
    for part in ("exact", "overlap", "relations"):
        for name, row in referee[part].items():
            if name != "ALL" and row["gold"]:
                assert figures[f"{part}.{name}"] == pytest.approx(row["f1"], abs=2e-4), name
    for name, row in referee["resolved"].items():
        assert figures[f"attributes.{name}"] == pytest.approx(row["share"], abs=1e-4), name
    assert figures["header"] == pytest.approx(referee["header"]["share"], abs=1e-4)
