"""N-Quads：规范写法，两个引擎读来一样。"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.statements.model import Literal, Statement
from kg.statements.rdf import boolean, chinese, date, decimal, integer, n_quads, string

S, P, G = "https://example.org/主", "https://example.org/p", "https://example.org/g"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def written(*objects: str | Literal) -> bytes:
    return n_quads([Statement(S, P, o) for o in objects], G)


def test_lines_are_sorted_and_each_stands_once() -> None:
    lines = written(string("乙"), string("甲"), string("乙"), S).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == 3


def test_order_of_statements_does_not_matter() -> None:
    statements = [Statement(S, P, integer(i)) for i in range(50)]
    assert n_quads(statements, G) == n_quads(reversed(statements), G)


@given(TEXT)
def test_any_text_comes_back_from_oxigraph(text: str) -> None:
    (quad,) = ox.parse(written(chinese(text)), format=ox.RdfFormat.N_QUADS)
    assert isinstance(quad.object, ox.Literal)
    assert (quad.object.value, quad.object.language) == (text, "zh")


@given(TEXT)
def test_oxigraph_writes_the_same_line(text: str) -> None:
    ours = written(string(text))
    quads = list(ox.parse(ours, format=ox.RdfFormat.N_QUADS))
    assert ox.serialize(quads, format=ox.RdfFormat.N_QUADS) == ours


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib calls what it deprecates
@pytest.mark.parametrize(
    "value",
    [
        string('引号"、反斜杠\\、换行\n、制表\t'),
        chinese("渝民发〔2023〕7号"),
        integer(-7),
        decimal("17.2"),
        decimal("15000000"),
        date("2024-02-29"),
        date("2020-11"),
        date("2020"),
        boolean(True),
    ],
)
def test_both_engines_read_and_write_every_datatype_alike(value: Literal) -> None:
    ours = written(value)
    store = ox.Store()
    store.load(ours, format=ox.RdfFormat.N_QUADS)
    assert ox.serialize(store, format=ox.RdfFormat.N_QUADS) == ours
    dataset = rdflib.Dataset()
    dataset.parse(data=ours, format="nquads")
    (again,) = [line for line in dataset.serialize(format="nquads").splitlines() if line]
    (mine,) = ox.parse(ours, format=ox.RdfFormat.N_QUADS)
    (theirs,) = ox.parse(again.encode(), format=ox.RdfFormat.N_QUADS)
    assert theirs == mine
