"""The library for analysis: typed frames, figures to compare, documents as cards, networks, Chinese plots."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from kg import Graph, UnknownName, build, open_graph
from kg.analysis.comparing import COLUMNS
from kg.query.answers import Answer

HOSTILE = """临江市民政局文件
临民发〔2023〕931号
临江市民政局关于<script>alert(1)</script>养老服务的通知
各街道办事处：
根据《“康养”<b>&amp;试点</b>办法》，2023年全市新增养老床位151张、护理床位51张。
临江市民政局
2023年6月8日
"""


def test_columns_have_the_types_of_their_values() -> None:
    rows = (("甲", 1, Decimal("1.5"), True, None, 2**70), ("乙", None, 2, None, None, 1))
    table = Answer(("name", "whole", "part", "truth", "empty", "huge"), rows).to_arrow()
    types = [str(field.type) for field in table.schema]
    assert types == ["string", "int64", "double", "bool", "string", "double"]
    assert table.column("whole").to_pylist() == [1, None]


def test_an_empty_answer_keeps_its_columns() -> None:
    assert Answer(("a", "b")).to_arrow().schema.names == ["a", "b"]


def test_frames_of_pandas_and_polars(sample_graph: Graph) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    answer = sample_graph.query("SELECT ?what ?value WHERE { ?c ek:what ?what ; ek:value ?value } ORDER BY ?c")
    pandas, polars = answer.to_pandas(), answer.to_polars()
    assert list(pandas.columns) == polars.columns == ["what", "value"]
    assert pandas["value"].tolist() == polars["value"].to_list() == [float(str(row[1])) for row in answer]


@pytest.mark.parametrize("missing, call", [("pandas", "to_pandas"), ("polars", "to_polars")])
def test_a_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch, missing: str, call: str) -> None:
    monkeypatch.setattr("kg.analysis.frames.find_spec", lambda name: None)
    with pytest.raises(ImportError, match=rf"(?i){missing}.*eldercare-kg\[notebooks\]"):
        getattr(Answer(("a",), ((1,),)), call)()


def test_triples_are_no_table(sample_graph: Graph) -> None:
    triples = sample_graph.query("CONSTRUCT { ?a ek:issuedBy ?b } WHERE { ?a ek:issuedBy ?b }")
    with pytest.raises(ValueError, match="to_turtle"):
        triples.to_arrow()
    assert triples._repr_html_().startswith("<pre>")


def test_rows_in_a_notebook_are_escaped_and_counted() -> None:
    shown = Answer(("<a>",), tuple((f"<i>{n}",) for n in range(100)))._repr_html_()
    assert "<i>" not in shown and "<a>" not in shown
    assert shown.count("<tr>") == 61 and "共 100 行" in shown


def test_figures_carry_bounds_time_place_and_their_words(sample_graph: Graph) -> None:
    (row,) = sample_graph.figures(indicator="养老床位", region="中国").dicts()
    assert (row["value"], row["comparator"], row["lower"], row["upper"]) == (8200000, "plus", 8200000, 8300000)
    assert (row["unit"], row["time"], row["region"], row["kind"]) == ("张", "2023-09-30", "中国", "actual")
    assert row["words"] == "820余万张" and str(row["words"]) in str(row["evidence"])


def test_figures_are_all_and_quote_their_text(sample_graph: Graph) -> None:
    figures = sample_graph.figures()
    ((count,),) = sample_graph.query("SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c ek:value ?value }")
    assert figures.columns == COLUMNS and len(figures) == count
    assert len({row["count"] for row in figures.dicts()}) == count
    for row in figures.dicts():
        assert sample_graph.text(str(row["text"]))[int(str(row["start"])) : int(str(row["end"]))] == row["words"]


def test_figures_of_a_place_its_parts_a_kind_a_unit_a_document(sample_graph: Graph) -> None:
    there = sample_graph.figures(region="南通市")
    within = sample_graph.figures(region="南通市", within=True)
    assert {row["region"] for row in there.dicts()} == {"江苏省南通市"}
    assert {"江苏省南通市海门区", "江苏省南通市"} <= {row["region"] for row in within.dicts()}
    targets = sample_graph.figures(document="宜政办秘〔2023〕901号", kind="target", unit="户").dicts()
    assert [row["value"] for row in targets] == [3600, 1000, 1200, 1400]
    with pytest.raises(UnknownName):
        sample_graph.figures(region="不存在的地方")


def test_a_document_that_others_only_cite(sample_graph: Graph) -> None:
    document = sample_graph.document("渝医保发[2021]63号")
    assert document.number == "渝医保发〔2021〕63号" and document.texts == ()
    assert document.issuers == ("重庆市医疗保障局", "重庆市财政局")
    (cited,) = document.of("cited_by")
    assert cited.role == "basis" and "渝北民〔2024〕61号" in cited.caption
    assert [q.words for q in cited.quotations] == [document.title]
    shown = document._repr_html_()
    assert "没有正文" in shown and "01-yubei-proposal-reply.txt [140, 174)" in shown


@pytest.mark.parametrize("name", ["渝北民〔2024〕61号", "01-yubei-proposal-reply.txt", "第355号提案的复函"])
def test_a_document_by_number_file_and_part_of_title(sample_graph: Graph, name: str) -> None:
    document = sample_graph.document(name)
    assert (document.name, document.written, document.genre) == ("渝北民〔2024〕61号", "2024-05-21", "复函")
    assert len(document.texts) == 1 and list(document.of("cites")) and list(document.of("figures"))
    evidence = document.evidence().dicts()
    assert all(str(row["words"]) in str(row["sentence"]) for row in evidence)


def test_a_name_of_several_documents_is_refused(sample_graph: Graph) -> None:
    with pytest.raises(UnknownName, match="more of its name"):
        sample_graph.document("养老")
    with pytest.raises(UnknownName):
        sample_graph.document("没有这份文件")


def test_a_card_runs_nothing_and_marks_the_very_words(tmp_path: Path) -> None:
    (tmp_path / "例.txt").write_text(HOSTILE, encoding="utf-8")
    build([tmp_path / "例.txt"], tmp_path / "graph", workers=1)
    with open_graph(tmp_path / "graph") as graph:
        document = graph.document("临民发〔2023〕931号")
        html = document._repr_html_()
        figures = {said.quotations[0].words: said.quotations[0].parts() for said in document.of("figures")}
    assert "<script" not in html and "<b>" not in html and "&lt;" in html
    # 51张 also stands inside 151张: the mark is on the right one.
    assert figures["51张"][0].endswith("、护理床位") and figures["151张"][0].endswith("养老床位")
    assert re.search(r"护理床位<mark>51张</mark>", html)


def test_agencies_that_issue_together(sample_graph: Graph) -> None:
    joined = sample_graph.to_networkx("co-issuing")
    assert not joined.is_directed() and {facts["kind"] for _, facts in joined.nodes(data=True)} == {"agency"}
    labels = {
        frozenset((joined.nodes[a]["label"], joined.nodes[b]["label"])): facts
        for a, b, facts in joined.edges(data=True)
    }
    facts = labels[frozenset(("重庆市医疗保障局", "重庆市财政局"))]
    assert facts["weight"] == len(facts["documents"]) == 2


def test_documents_have_the_level_of_their_issuer(sample_graph: Graph) -> None:
    levels = {
        facts.get("number"): facts.get("level") for _, facts in sample_graph.to_networkx("citations").nodes(data=True)
    }
    assert (levels["国办发〔2019〕5号"], levels["渝北民〔2024〕61号"]) == ("nation", "county")


def _bounds(**facts: object) -> tuple[object, ...]:
    row = {"kind": "actual", "comparator": "exact", "unit": "张", "region": "某市", "what": "床位", **facts}
    return tuple(row.get(column) for column in COLUMNS)


def test_plots_show_bounds_and_write_chinese(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    from kg import plot_figures

    rows = (
        _bounds(value=800, lower=800, upper=800, time="2023"),
        _bounds(value=40, lower=40, comparator="atleast", kind="target"),
        _bounds(value=300, lower=300, upper=400, comparator="plus"),
        _bounds(value=20, upper=20, comparator="atmost", kind="standard"),
        _bounds(value=600, comparator="about"),
    )
    ax = plot_figures(Answer(COLUMNS, rows))
    # A missing glyph is a warning, and warnings are errors here.
    ax.figure.savefig(tmp_path / "图.png")
    assert [text.get_text() for text in ax.get_yticklabels()][:2] == ["某市　床位　2023", "某市　床位　未注明时间"]
    assert sum(getattr(text, "arrow_patch", None) is not None for text in ax.texts) == 2
    assert len(ax.collections) == 2
    assert "约 600" in [text.get_text() for text in ax.texts]
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {"事实", "目标", "标准"}


def test_units_never_share_an_axis() -> None:
    pytest.importorskip("matplotlib").use("Agg")
    from kg import plot_figures

    with pytest.raises(ValueError, match="one unit"):
        plot_figures(Answer(COLUMNS, (_bounds(value=1), _bounds(value=1, unit="%"))))


def test_a_machine_without_chinese_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The package's font is taken; without it, too, boxes are refused."""
    mpl = pytest.importorskip("matplotlib")
    pytest.importorskip("zhplot")
    from matplotlib import font_manager

    from kg.analysis.plots import NoChineseFont, use_chinese_font

    latin = [entry for entry in font_manager.fontManager.ttflist if "DejaVu" in entry.name]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin.copy())
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: [])
    with mpl.rc_context():
        assert use_chinese_font() == "Noto Sans SC"
        monkeypatch.setattr(font_manager.fontManager, "ttflist", latin.copy())
        monkeypatch.setattr("kg.analysis.plots.find_spec", lambda name: None)
        with pytest.raises(NoChineseFont, match="pip install"):
            use_chinese_font()
