"""能力问题：样例上的答案由人从文字里得出；种子文件在时，三十题全对；问法、参数、证据都照说明来。"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg import Graph, build, open_graph
from kg.cli import app
from kg.folder.store import OxigraphStore
from kg.query.asking import UnknownQuestion, ask, question, questions
from kg.query.meanings import UnknownName, meanings
from ontology.terms import EK

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("ELDERCARE_SHARED", HERE.parents[1] / "shared"))
SEEDS = SHARED / "seeds"
ANSWERS = SHARED / "questions" / "seeds.jsonl"
SAMPLES = [json.loads(line) for line in (HERE / "questions_samples.jsonl").read_text(encoding="utf-8").splitlines()]
# 计数对象写得长短不一，比较时一方含另一方即可（见种子答案的说明）。
CONTAINED = {("cq13", "what")}


def same(asked: str, column: str, wanted: Any, given: Any) -> bool:
    if isinstance(wanted, float) and isinstance(given, int | float):
        return abs(wanted - given) < 0.0501
    if (asked, column) in CONTAINED:
        return str(wanted) in str(given) or str(given) in str(wanted)
    return type(wanted) is type(given) and bool(wanted == given)


def unmatched(asked: str, columns: list[str], wanted: list[list[Any]], given: list[list[Any]]) -> tuple[Any, Any]:
    """Rows of one side that the other has not; both empty where the answers are the same bag."""
    rest, missing = list(given), []
    for row in wanted:
        found = next((g for g in rest if all(map(lambda c, w, v: same(asked, c, w, v), columns, row, g))), None)
        if found is None:
            missing.append(row)
        else:
            rest.remove(found)
    return missing, rest


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    if not ANSWERS.is_file():
        pytest.skip("no ../shared here")
    folder = tmp_path_factory.mktemp("seeds") / "graph"
    build([SEEDS], folder, workers=1)
    with open_graph(folder) as graph:
        yield graph


@pytest.mark.parametrize("number", range(1, 31))
def test_thirty_of_thirty_on_the_seeds(seeds: Graph, number: int) -> None:
    wanted = next(
        found
        for line in ANSWERS.read_text(encoding="utf-8").splitlines()
        if (found := json.loads(line))["id"] == f"cq{number:02d}"
    )
    given = json.loads(ask(seeds, wanted["id"]).to_json())
    assert given["id"] == wanted["id"]
    assert given["columns"] == wanted["columns"]
    assert unmatched(wanted["id"], wanted["columns"], wanted["rows"], given["rows"]) == ([], [])


@pytest.mark.parametrize("case", SAMPLES, ids=lambda case: case["id"] + "".join(map(str, case["param"].values())))
def test_answers_on_the_samples(sample_graph: Graph, case: dict[str, Any]) -> None:
    given = json.loads(ask(sample_graph, case["id"], case["param"]).to_json())
    assert unmatched(case["id"], given["columns"], case["rows"], given["rows"]) == ([], [])


TARGET = """青州市民政局文件

青民发〔2023〕5号

青州市民政局关于印发养老服务提升方案的通知

各镇人民政府：
到2025年，全市养老服务站达到60个；到2024年，全市家庭养老床位达到800张。

青州市民政局
2023年3月1日
"""
LATER = """青州市民政局文件

青民发〔2025〕3号

青州市民政局关于2024年养老服务工作情况的通报

各镇人民政府：
截至2024年底，全市有养老服务站66个、家庭养老床位720张。

青州市民政局
2025年1月20日
"""


def test_targets_are_held_against_later_figures(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in (("目标", TARGET), ("通报", LATER)):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "graph", workers=1)
    place = "山东省潍坊市青州市"
    with open_graph(tmp_path / "graph") as graph:
        rows = json.loads(ask(graph, "cq40").to_json())["rows"]
        unanswered = ask(graph, "cq41").rows
    assert rows == [
        ["家庭养老床位", place, 800, "2024-12-31", 720, "2024-12-31", False],
        ["养老服务站", place, 60, "2025-12-31", 66, "2024-12-31", True],
    ]
    assert unanswered == ()


def test_the_short_form_stands_where_the_offsets_say(sample_graph: Graph) -> None:
    ((document, start, end),) = json.loads(ask(sample_graph, "cq18").to_json())["rows"]
    assert document.startswith("重庆市渝北区老龄工作委员会办公室")
    text = sample_graph.text("渝北民〔2024〕61号")
    assert text[start - 1 : end + 1] == "《通知》"


@pytest.mark.parametrize("asked", questions().values(), ids=lambda q: q.id)
class TestEveryQuestion:
    def test_head(self, asked: Any) -> None:
        assert re.search(r"[一-鿿]", asked.zh)
        assert re.search(r"[A-Za-z]", asked.en)
        assert asked.columns
        for parameter in asked.parameters:
            assert parameter.help
            assert f"#${parameter.name}:" in asked.query

    def test_the_query_names_nothing_of_any_document(self, asked: Any) -> None:
        body = "\n".join(line for line in asked.query.splitlines() if not line.startswith("#"))
        for word in ("渝北", "重庆", "四川", "成都", "民政", "640", "2347", "〔", "失能", "长期护理"):
            assert word not in body

    def test_runs_as_it_stands_and_selects_its_columns(self, asked: Any) -> None:
        store = OxigraphStore()
        names = [variable.value for variable in store.query(asked.query).variables]
        assert names[: len(asked.columns)] == list(asked.columns)
        assert len(names) > len(asked.columns), "nothing tells the evidence"

    def test_uses_only_terms_that_are_defined(self, asked: Any) -> None:
        assert set(re.findall(r"\bek:(\w+)", asked.query)) <= set(EK)

    def test_every_row_has_evidence(self, asked: Any, sample_graph: Graph) -> None:
        everything = {p.name: "*" for p in asked.parameters}
        reply = ask(sample_graph, asked.id, everything)
        assert reply.rows, "says nothing on the samples"
        for row, nodes in zip(reply.rows, reply.nodes, strict=True):
            if not any(cell == 0 for cell in row):
                assert nodes, row


def test_numbers_are_consecutive() -> None:
    assert list(questions()) == [f"cq{number:02d}" for number in range(1, len(questions()) + 1)]


def test_values_are_understood_as_people_write_them(sample_graph: Graph) -> None:
    ways = ["浙民养〔2023〕901号", "浙民养[2023]901号", "浙民养（2023）901 号", "关于开展“康养到家”服务试点的通知"]
    rows = [ask(sample_graph, "cq09", {"document": way}).rows for way in ways]
    assert rows == [((3,),)] * 4
    places = ["南通市", "江苏省南通市"]
    assert len({ask(sample_graph, "cq07", {"region": place}).rows for place in places}) == 1


@pytest.mark.parametrize(
    ("kind", "ways"),
    [
        ("area", ["重庆市渝北区", "渝北区", "渝北"]),
        ("area", ["江苏省南通市", "南通市", "南通"]),
        ("area", ["内蒙古自治区", "内蒙古"]),
        ("area", ["中国", "全国", "国家"]),
        ("agency", ["重庆市医疗保障局", "重庆市医保局"]),
        ("agency", ["重庆市渝北区民政局", "渝北区民政局"]),
        ("agency", ["国家医疗保障局", "国家医保局"]),
        ("program", ["长期护理保险", "长护险", "长期护理保险制度"]),
        ("document", ["浙民养〔2023〕901号", "03-zhejiang-joint-notice.txt"]),
        ("day", ["2023-12-31", "2023年12月31日", "2023年底", "2023年末", "2023年12月底"]),
        ("day", ["2024-02-29", "2024年2月底"]),
        ("year", ["2023", "2023年"]),
    ],
)
def test_every_way_of_writing_a_name_means_the_same(sample_graph: Graph, kind: str, ways: list[str]) -> None:
    meant = [meanings(sample_graph, kind, way) for way in ways]
    assert meant[0]
    assert all(one == meant[0] for one in meant)


def test_a_place_is_not_every_place_inside_it(sample_graph: Graph) -> None:
    (term,) = meanings(sample_graph, "area", "安徽")
    assert str(term).endswith("/340000>")
    assert len(meanings(sample_graph, "agency", "民政厅")) > 2


def test_a_body_in_short_is_the_one_of_each_territory(sample_graph: Graph) -> None:
    names = sorted(str(term).rpartition("/")[2][:-1] for term in meanings(sample_graph, "agency", "市卫健委"))
    assert {"安徽省安庆市卫生健康委员会", "湖北省宜昌市卫生健康委员会"} <= set(names)
    assert all(name.endswith("市卫生健康委员会") for name in names)


def test_a_default_that_the_graph_does_not_know_falls_away(tmp_path: Path) -> None:
    text = "某某县民政局\n\n截至2023年底，全县有养老院3家。\n\n某某县民政局\n2024年1月2日\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "一.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "graph", workers=1)
    with open_graph(tmp_path / "graph") as graph:
        reply = ask(graph, "cq06")
        assert "region" not in reply.values
        assert reply.values["what"] == "省级森林康养基地"


def test_wrong_names_are_refused_with_a_hint(sample_graph: Graph) -> None:
    with pytest.raises(UnknownQuestion, match="list them"):
        question("cq99")
    with pytest.raises(UnknownQuestion, match="there are: document"):
        ask(sample_graph, "cq10", {"doc": "x"})
    with pytest.raises(UnknownName, match="knows no document"):
        ask(sample_graph, "cq10", {"document": "没有这份文件"})
    for day in ("2023", "2023年13月1日", "2023年2月30日", "去年底"):
        with pytest.raises(UnknownName, match="2023-12-31"):
            ask(sample_graph, "cq13", {"date": day})


def test_a_value_cannot_break_out_of_its_place(sample_graph: Graph) -> None:
    for hostile in ('"', '") } #', "\\", "'''", "$what", "} UNION { ?s ?p ?o }"):
        assert ask(sample_graph, "cq06", {"what": hostile, "region": "*"}).rows == ()


def test_evidence_quotes_the_text(sample_graph: Graph) -> None:
    reply = ask(sample_graph, "cq05", evidence=True)
    assert reply.evidence is not None
    ((quotation,),) = reply.evidence
    assert quotation.words == "640名"
    assert json.loads(reply.to_json())["evidence"][0][0]["words"] == "640名"


def test_the_command_lists_and_answers(sample_folder: Path) -> None:
    runner = CliRunner()
    listed = runner.invoke(app, ["ask", str(sample_folder)])
    assert listed.exit_code == 0
    assert Counter(re.findall(r"^cq\d\d", listed.stdout, re.M)) == Counter(list(questions()))
    answered = runner.invoke(app, ["ask", str(sample_folder), "cq12", "-p", "region=南通市", "--format", "json"])
    found = json.loads(answered.stdout)
    assert set(found) == {"id", "columns", "rows"}
    assert len(found["rows"]) == 3
    table = runner.invoke(app, ["ask", str(sample_folder), "cq23", "--evidence"])
    assert "9.5%" in table.stdout
    csv = runner.invoke(app, ["ask", str(sample_folder), "cq26", "--format", "csv"])
    assert csv.stdout.startswith("\ufeffdocument,count")
    assert runner.invoke(app, ["ask", str(sample_folder), "cq12", "-p", "region"]).exit_code == 2
