"""导出：每种格式都读得回来，同图同字节；网页不联网，名字只当文字。"""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import pyvis.network
import rdflib

from kg import Graph, UnknownName
from kg.analysis.page import page
from kg.forms.export import FOLDERS, FORMATS, export
from kg.forms.tables import TABLES
from kg.query.answers import Answer, safe_cell
from ontology.terms import BASE, PREFIXES, RDF

CENTER = "渝北民〔2024〕61号"


def options(format: str) -> dict[str, str]:
    """pyvis shows a part of a graph; all others the whole of it."""
    return {"center": CENTER} if format == "pyvis" else {}


def canonical(quads: object) -> list[str]:
    return sorted(str(quad) for quad in quads)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def expected(sample_graph: Graph) -> list[str]:
    return canonical(sample_graph.store.named_quads())


def test_nquads_are_sorted_and_come_back(sample_graph: Graph, expected: list[str], tmp_path: Path) -> None:
    data = export(sample_graph, "nquads", tmp_path / "图.nq").read_bytes()
    lines = data.splitlines()
    assert lines == sorted(set(lines))
    assert canonical(ox.parse(data, format=ox.RdfFormat.N_QUADS)) == expected


@pytest.mark.parametrize(("format", "kind"), [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD)])
def test_formats_with_graphs_come_back_whole(
    sample_graph: Graph, expected: list[str], tmp_path: Path, format: str, kind: ox.RdfFormat
) -> None:
    data = export(sample_graph, format, tmp_path / "out").read_bytes()
    assert canonical(ox.parse(data, format=kind)) == expected


def test_turtle_has_each_triple_once(sample_graph: Graph, tmp_path: Path) -> None:
    data = export(sample_graph, "turtle", tmp_path / "图.ttl").read_bytes()
    found = canonical(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE))
    assert found == sorted({str(quad.triple) for quad in sample_graph.store.named_quads()})
    graph = rdflib.Graph()
    graph.parse(data=data, format="turtle")
    assert len(graph) == len(found)


# rdflib's own parsers use what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@pytest.mark.parametrize(("format", "kind"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_and_oxigraph_read_the_same_quads(
    sample_graph: Graph, expected: list[str], tmp_path: Path, format: str, kind: str
) -> None:
    data = export(sample_graph, format, tmp_path / "out").read_text(encoding="utf-8")
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=kind)
    nquads = dataset.serialize(format="nquads", encoding="utf-8")
    assert canonical(ox.parse(nquads, format=ox.RdfFormat.N_QUADS)) == expected


def test_rdflib_and_oxigraph_read_the_same_turtle(sample_graph: Graph, tmp_path: Path) -> None:
    data = export(sample_graph, "turtle", tmp_path / "图.ttl").read_text(encoding="utf-8")
    graph = rdflib.Graph()
    graph.parse(data=data, format="turtle")
    ntriples = graph.serialize(format="nt", encoding="utf-8")
    theirs = canonical(ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES))
    assert theirs == canonical(ox.parse(data, format=ox.RdfFormat.TURTLE))


def test_rdf_1_2_has_each_claim_as_a_triple_term(sample_graph: Graph, tmp_path: Path) -> None:
    store = ox.Store()
    store.load(export(sample_graph, "rdf12", tmp_path / "图.trig").read_bytes(), format=ox.RdfFormat.TRIG)
    claims = sample_graph.query(
        "SELECT ?s ?p ?o ?m WHERE { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; ek:evidence ?m }"
    )
    found = store.query(
        "SELECT ?s ?p ?o ?m WHERE { GRAPH g:inferred { ?c a ek:Claim }"
        " GRAPH ?g { ?c rdf:reifies <<( ?s ?p ?o )>> ; ek:evidence ?m } }",
        prefixes=PREFIXES,
    )
    assert len(claims) > 5
    assert sorted(claims.rows) == sorted(tuple(term.value for term in row) for row in found)
    cited = "SELECT DISTINCT ?c WHERE { GRAPH ?g { ?c rdf:reifies <<( ?s eli:cites ?o )>> ; ek:citedDocument ?o } }"
    told = sample_graph.query("SELECT DISTINCT ?c WHERE { ?c a ek:Citation }")
    assert len(list(store.query(cited, prefixes=PREFIXES))) == len(told) > 5
    assert not list(store.quads_for_pattern(None, ox.NamedNode(RDF.subject), None, None))


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_network_formats_come_back(sample_graph: Graph, tmp_path: Path, format: str) -> None:
    path = export(sample_graph, format, tmp_path / "网络")
    read: Callable[[Path], nx.MultiDiGraph] = getattr(nx, f"read_{format}")
    network, whole = read(path), sample_graph.to_networkx()
    assert network.number_of_nodes() == whole.number_of_nodes()
    assert network.number_of_edges() == whole.number_of_edges()
    labels = {str(facts["label"]) for _, facts in network.nodes(data=True)}
    assert "民政部" in labels
    ET.parse(path)


def test_csv_opens_in_excel_and_runs_no_formula(sample_graph: Graph, tmp_path: Path) -> None:
    folder = export(sample_graph, "csv", tmp_path / "表")
    assert {path.stem for path in folder.iterdir()} == set(TABLES)
    for path in folder.iterdir():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert len(rows) > 3, path.name
        assert {len(row) for row in rows} == {len(rows[0])}
    counts = list(csv.DictReader((folder / "counts.csv").read_text(encoding="utf-8-sig").splitlines()))
    for row in counts:
        text = sample_graph.text(row["document"])
        assert text[int(row["start"]) : int(row["end"])].split() == row["words"].split()


def test_parquet_has_typed_columns(sample_graph: Graph, tmp_path: Path) -> None:
    folder = export(sample_graph, "parquet", tmp_path / "表")
    table = pq.read_table(folder / "counts.parquet")
    assert {"int64", "double", "string"} >= {str(field.type) for field in table.schema}
    assert str(table.schema.field("start").type) == "int64"
    ((number,),) = sample_graph.query("SELECT (COUNT(*) AS ?n) { ?c ek:value ?v }").rows
    assert table.num_rows == number


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_is_the_same_bytes(sample_graph: Graph, tmp_path: Path, format: str) -> None:
    one, two = (export(sample_graph, format, tmp_path / name, **options(format)) for name in ("一", "二"))
    if format in FOLDERS:
        assert [p.read_bytes() for p in sorted(one.iterdir())] == [p.read_bytes() for p in sorted(two.iterdir())]
    else:
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_cell_that_looks_like_a_formula_is_made_text(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell
    assert Answer(("a",), ((cell,),)).to_csv().count("'") == 1


def test_numbers_below_zero_stay_numbers() -> None:
    assert safe_cell(-5) == -5


@pytest.mark.parametrize("format", FORMATS)
def test_a_failing_export_leaves_what_was_there(
    sample_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    target = tmp_path / "旧"
    export(sample_graph, format, target, **options(format))
    before = [p.read_bytes() for p in sorted(target.iterdir())] if target.is_dir() else target.read_bytes()

    def broken(graph: Graph, path: Path, **_: object) -> None:
        (path / "x" if path.is_dir() else path).write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr("kg.forms.export.broken", broken, raising=False)
    monkeypatch.setitem(FORMATS, format, "kg.forms.export:broken")
    with pytest.raises(OSError, match="disk full"):
        export(sample_graph, format, target, **options(format))
    after = [p.read_bytes() for p in sorted(target.iterdir())] if target.is_dir() else target.read_bytes()
    assert after == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["旧"]


def test_a_wrong_target_is_refused(sample_graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "信.txt").write_text("x")
    with pytest.raises(ValueError, match="new or an empty folder"):
        export(sample_graph, "csv", tmp_path / "满")
    with pytest.raises(ValueError, match="is a folder"):
        export(sample_graph, "turtle", tmp_path / "满")
    with pytest.raises(ValueError, match="no such folder"):
        export(sample_graph, "turtle", tmp_path / "无" / "图.ttl")
    with pytest.raises(ValueError, match="turtle"):
        export(sample_graph, "docx", tmp_path / "图")


class Page(HTMLParser):
    """What a page would fetch, and its parts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: list[str] = []
        self.lang: str | None = None
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.tags.append(tag)
        self.lang = facts.get("lang") or self.lang
        self.fetched += [value for name in ("src", "href", "data", "action", "srcset") if (value := facts.get(name))]
        if any(name.startswith("on") for name in facts):
            self.fetched.append(f"{tag} runs code from an attribute")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script":
            self.scripts.append(data)


def data_of(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(html.partition('id="data">')[2].partition("</script>")[0])
    return found


def test_the_pyvis_page_is_whole_in_one_file_and_fetches_nothing(sample_graph: Graph, tmp_path: Path) -> None:
    html = export(sample_graph, "pyvis", tmp_path / "图.html", center=CENTER).read_text(encoding="utf-8")
    parsed = Page(html)
    assert html.startswith("<!DOCTYPE html>")
    assert parsed.lang == "zh-Hans"
    assert parsed.fetched == []
    assert {"iframe", "link", "object", "embed", "img"}.isdisjoint(parsed.tags)
    assert re.findall(r"@import|url\((?!\s*['\"]?data:)", html.partition("</style>")[0]) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe-eval" not in policy[1]
    data = data_of(html)
    assert any("2,337" in node["label"] or "2337" in node["title"] for node in data["nodes"])
    assert all(isinstance(node["x"], int) for node in data["nodes"])
    assert {node["shape"] for node in data["nodes"]} > {"dot", "square", "triangle", "diamond"}


@pytest.mark.parametrize("name", [CENTER, "doc/渝北民-2024-61", f"{BASE}id/doc/渝北民-2024-61", "第355号提案的复函"])
def test_the_center_goes_by_any_of_its_names(sample_graph: Graph, name: str) -> None:
    drawn = sample_graph.to_pyvis(name)
    ids = {node["id"] for node in drawn.nodes}
    network = sample_graph.to_networkx()
    key = "doc/渝北民-2024-61"
    assert ids == {key, *network.successors(key), *network.predecessors(key)}
    assert len(sample_graph.to_pyvis(name, hops=2).nodes) > len(ids)
    assert [node["id"] for node in sample_graph.to_pyvis(name, hops=0).nodes] == [key]


def test_a_name_of_nothing_or_of_several_is_refused_with_what_comes_near(sample_graph: Graph) -> None:
    with pytest.raises(UnknownName, match="nothing is called '火星民政局'"):
        sample_graph.to_pyvis("火星民政局")
    with pytest.raises(UnknownName, match=r"several things .*重庆市渝北区医疗保障局"):
        sample_graph.to_pyvis("渝北区")


def test_more_than_can_be_moved_is_refused_with_the_way_on(sample_graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nodes within 2 steps, more than max_nodes=20.*eldercare-kg explore"):
        sample_graph.to_pyvis(CENTER, hops=2, max_nodes=20)
    with pytest.raises(ValueError, match=r"--center NAME.*eldercare-kg explore"):
        export(sample_graph, "pyvis", tmp_path / "图.html")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="only pyvis has a center"):
        export(sample_graph, "turtle", tmp_path / "图.ttl", center=CENTER)
    network = nx.path_graph([f"d{number}" for number in range(30)], create_using=nx.MultiDiGraph)
    with pytest.raises(ValueError, match="30 nodes, more than max_nodes=10"):
        page(network, max_nodes=10)


def test_it_is_a_pyvis_network_that_writes_our_page_and_shows_itself(sample_graph: Graph, tmp_path: Path) -> None:
    drawn = sample_graph.to_pyvis(CENTER)
    assert isinstance(drawn, pyvis.network.Network)
    assert drawn.show(str(tmp_path / "图.html")) is drawn
    assert (tmp_path / "图.html").read_text(encoding="utf-8") == drawn.generate_html()
    frame = drawn._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts" srcdoc="&lt;!DOCTYPE')
    assert frame.count('"') == 10 and "<script" not in frame


HOSTILE = '</script><img src=x onerror="alert(1)"> <a href="javascript:x">\u2028{{DATA}}'


def test_hostile_names_stay_text() -> None:
    network = nx.MultiDiGraph()
    network.add_node("a", kind="agency", label=HOSTILE)
    network.add_node("b", kind="document", label="{{LIBRARY}}", number=HOSTILE)
    network.add_edge("b", "a", key="issued_by", relation="issued_by", weight=1)
    before = network.copy()
    html = page(network, title=HOSTILE)
    parsed = Page(html)
    assert parsed.fetched == []
    assert "img" not in parsed.tags
    data = data_of(html)
    assert data["nodes"][0]["title"] == "机关：" + HOSTILE
    assert data["title"] == HOSTILE
    assert nx.utils.graphs_equal(network, before)


def test_an_empty_network_gives_a_page() -> None:
    assert "0 个节点" in page(nx.MultiDiGraph())
