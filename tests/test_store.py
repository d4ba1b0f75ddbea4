"""库：STORES 里的每一个都守同一份约定。"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.folder.store import STORES, BadQuery, OxigraphStore, open_store, with_union

G1, G2 = "https://example.org/g1", "https://example.org/g2"


def quads(graph: str, *objects: str) -> bytes:
    return "".join(
        sorted(f'<https://example.org/s> <https://example.org/p> "{o}" <{graph}> .\n' for o in objects)
    ).encode()


@pytest.fixture(params=list(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    opened = open_store(request.param, tmp_path / "store")
    yield opened
    opened.close()


def values(store: Any, sparql: str = "SELECT ?o { ?s ?p ?o }") -> list[str]:
    return sorted(row[0].value for row in store.query(sparql))


def test_what_is_put_in_comes_out_sorted(store: Any) -> None:
    store.replace(G2, quads(G2, "乙"))
    store.replace(G1, quads(G1, "丙", "甲"))
    lines = quads(G1, "丙", "甲") + quads(G2, "乙")
    assert store.dump().splitlines() == sorted(lines.splitlines())
    assert store.dump(G2) == quads(G2, "乙")
    assert store.graphs() == [G1, G2]


def test_a_triple_that_two_documents_state_counts_once(store: Any) -> None:
    store.replace(G1, quads(G1, "同"))
    store.replace(G2, quads(G2, "同", "异"))
    assert values(store) == ["同", "异"]
    assert values(store, "SELECT ?g { GRAPH ?g { ?s ?p '同' } }") == [G1, G2]


def test_bulk_loading_gives_the_same_store(store: Any) -> None:
    store.load(with_union(quads(G1, "同"), G1) + with_union(quads(G2, "同"), G2))
    assert values(store) == ["同"]
    assert store.dump() == quads(G1, "同") + quads(G2, "同")


def test_replacing_drops_what_no_other_document_states(store: Any) -> None:
    store.replace(G1, quads(G1, "同", "旧"))
    store.replace(G2, quads(G2, "同"))
    store.replace(G1, quads(G1, "新"))
    assert values(store) == ["同", "新"]


def test_removing_leaves_no_trace(store: Any) -> None:
    store.replace(G1, quads(G1, "同", "独"))
    store.replace(G2, quads(G2, "同"))
    store.remove(G1)
    assert values(store) == ["同"]
    assert store.graphs() == [G2]
    store.remove(G2)
    assert store.dump() == b""
    assert values(store) == []


def test_values_are_bound_and_not_spliced_in(store: Any) -> None:
    hostile = '甲" } INSERT DATA { <x:y> <x:y> "z" } #'
    store.replace(G1, quads(G1, "甲"))
    assert list(store.query("SELECT ?o { ?s ?p ?o }", {"o": ox.Literal(hostile)})) == []
    assert [row[0].value for row in store.query("SELECT ?o { ?s ?p ?o }", {"o": ox.Literal("甲")})] == ["甲"]


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("SELECT ?x WHERE {", "cannot be read"),
        ("SELCT ?x {}", "cannot be read"),
        ("SELECT ?x { ?x ek2:p ?y }", "cannot be read"),
        ("SELECT * " + "{" * 3000 + "}" * 3000, "nests brackets"),
        ("SELECT ?x { ?x ?y '\udcff' }", "cannot be read"),
    ],
)
def test_a_bad_query_is_an_error_with_a_reason(store: Any, sparql: str, says: str) -> None:
    with pytest.raises(BadQuery, match=says):
        store.query(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_no_query_reaches_out_to_the_network(store: Any, sparql: str) -> None:
    with pytest.raises(BadQuery, match="SERVICE"):
        store.query(sparql)


def test_the_word_service_in_a_name_is_no_reaching_out(store: Any) -> None:
    assert list(store.query("SELECT ?o { ?s ?p ?o FILTER(?o = 'service <x>') } # SERVICE <x>")) == []


def test_an_unknown_store_is_refused_with_the_list() -> None:
    with pytest.raises(ValueError, match="oxigraph"):
        open_store("papyrus")


def test_a_closed_store_says_so() -> None:
    store = OxigraphStore()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.query("ASK {}")
