"""网络：机关、文件、项目、数量，属性各有类型。"""

from __future__ import annotations

import pytest

from kg import Graph
from kg.analysis.network import KINDS, project


def test_every_kind_of_node_has_a_label_and_typed_facts(sample_graph: Graph) -> None:
    network = sample_graph.to_networkx()
    kinds = {facts["kind"] for _, facts in network.nodes(data=True)}
    assert kinds == {"agency", "document", "program", "count", "proposal"}
    types: dict[tuple[str, str], set[type]] = {}
    for _, facts in network.nodes(data=True):
        assert facts["label"]
        for name, value in facts.items():
            types.setdefault((facts["kind"], name), set()).add(type(value))
    assert types["count", "value"] == {float}
    assert all(len(found) == 1 for found in types.values())
    assert types["document", "held"] == {bool}
    assert {kind for kinds in types.values() for kind in kinds} <= {str, int, float, bool}


def test_documents_held_are_as_many_as_were_read(sample_graph: Graph) -> None:
    held = [node for node, facts in sample_graph.to_networkx().nodes(data=True) if facts.get("held")]
    assert len(held) == len(sample_graph.manifest.documents)


def test_edges_agree_with_the_graph(sample_graph: Graph) -> None:
    network = sample_graph.to_networkx()
    issued = {(s, t) for s, t, key in network.edges(keys=True) if key == "issued_by"}
    rows = sample_graph.query("SELECT DISTINCT ?d ?a { ?d ek:issuedBy ?a }")
    assert len(issued) == len(rows) > 10
    counts = [node for node, facts in network.nodes(data=True) if facts["kind"] == "count"]
    stated = [s for s, _, key in network.edges(keys=True) if key == "stated_in"]
    assert sorted(counts) == sorted(stated)


def test_weights_are_the_number_of_places(sample_graph: Graph) -> None:
    network = sample_graph.to_networkx()
    mentions = sum(f["weight"] for *_, key, f in network.edges(keys=True, data=True) if key == "mentions")
    ((number,),) = sample_graph.query(
        "SELECT (COUNT(DISTINCT ?m) AS ?n) { VALUES ?c { ek:Agency ek:Program } ?m ek:refersTo ?x . ?x a ?c }"
    ).rows
    assert mentions == number


@pytest.mark.parametrize("kind", KINDS)
def test_a_projection_holds_what_it_promises(sample_graph: Graph, kind: str) -> None:
    network = project(sample_graph, kind)
    nodes, relations = KINDS[kind]
    assert {facts["kind"] for _, facts in network.nodes(data=True)} <= set(nodes)
    assert {facts["relation"] for *_, facts in network.edges(data=True)} <= set(relations)
    assert network.number_of_edges() > 5


def test_the_projection_is_the_same_each_time(sample_graph: Graph) -> None:
    one, two = sample_graph.to_networkx(), sample_graph.to_networkx()
    assert list(one.nodes(data=True)) == list(two.nodes(data=True))
    assert sorted(one.edges(keys=True)) == sorted(two.edges(keys=True))


def test_an_unknown_projection_is_refused_with_the_list(sample_graph: Graph) -> None:
    with pytest.raises(ValueError, match="citations"):
        sample_graph.to_networkx("everything")
