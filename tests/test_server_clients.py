"""Real clients, as the documentation shows them, against the service as a process of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from served import process

COUNT = "SELECT (COUNT(?d) AS ?n) { ?d a <https://w3id.org/cn-eldercare/ont#PolicyDocument> }"


@pytest.fixture(scope="module")
def url(sample_folder: Path) -> Iterator[str]:
    with process(sample_folder) as address:
        yield address


@pytest.fixture(scope="module")
def documents(sample_folder: Path) -> int:
    from kg import open_graph

    with open_graph(sample_folder) as graph:
        return int(str(graph.query(COUNT).rows[0][0]))


def test_sparqlwrapper(url: str, documents: int) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    asked = wrapper.SPARQLWrapper(f"{url}sparql")
    asked.setReturnFormat(wrapper.JSON)
    asked.setQuery(COUNT)
    for method in (wrapper.GET, wrapper.POST):
        asked.setMethod(method)
        bindings = asked.queryAndConvert()["results"]["bindings"]
        assert [int(row["n"]["value"]) for row in bindings] == [documents]
    asked.setQuery("CONSTRUCT WHERE { ?d <http://purl.org/dc/terms/title> ?t }")
    asked.setReturnFormat(wrapper.TURTLE)
    assert b"title" in asked.queryAndConvert()


def test_rdflib_sparql_store(url: str, documents: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(f"{url}sparql", method=method))
        assert [int(str(row[0])) for row in graph.query(COUNT)] == [documents]
    titles = list(graph.subject_objects(rdflib.DCTERMS.title))
    assert len(titles) >= documents


def test_pandas_reads_a_query_as_csv(url: str, documents: int) -> None:
    pandas = pytest.importorskip("pandas")
    from urllib.parse import urlencode

    frame = pandas.read_csv(f"{url}sparql?" + urlencode({"query": COUNT, "format": "csv"}))
    assert frame["n"].tolist() == [documents]
