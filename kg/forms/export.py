"""An open graph to files of other kinds. FORMATS is the table to extend."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.files import atomically, printable
from kg.forms.tables import TABLES
from kg.graph import Graph
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "export"]

# format -> "module:function", a function (graph, path) that writes the file, or fills the folder, at path.
FORMATS: dict[str, str] = {
    "turtle": "kg.forms.export:to_turtle",
    "nquads": "kg.forms.export:to_nquads",
    "trig": "kg.forms.export:to_trig",
    "jsonld": "kg.forms.export:to_jsonld",
    "rdf12": "kg.forms.export:to_rdf12",
    "graphml": "kg.forms.export:to_graphml",
    "gexf": "kg.forms.export:to_gexf",
    "csv": "kg.forms.export:to_csv",
    "parquet": "kg.forms.export:to_parquet",
    "pyvis": "kg.analysis.page:write_pyvis",
}
# Formats that are several tables: a folder with a file for each.
FOLDERS = ("csv", "parquet")

# Characters that XML 1.0 has no way to write.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GEXF_DATE = re.compile(rb' lastmodifieddate="[^"]*"')


def export(graph: Graph, format: str, out: str | Path, **options: Any) -> Path:
    """Write the graph to ``out``: whole, or not at all.

    Args:
        options: for ``pyvis``, ``center`` and ``hops``: which part of the graph.

    Raises:
        ValueError: no such format, or ``out`` cannot be its target.
    """
    if format not in FORMATS:
        raise ValueError(f"no format {format!r}; there are: {', '.join(FORMATS)}")
    module, name = FORMATS[format].split(":")
    write: Callable[..., None] = getattr(import_module(module), name)
    if options and format != "pyvis":
        raise ValueError(f"{format} is of the whole graph; only pyvis has a center")
    target = Path(out)
    if not target.parent.is_dir():
        raise ValueError(f"{printable(target.parent)}: no such folder; make it first")
    if format not in FOLDERS:
        if target.is_dir():
            raise ValueError(f"{printable(target)}: is a folder; name a file for {format}")
        atomically(target, lambda beside: write(graph, beside, **options))
        return target
    names = {f"{name}.{format}" for name in TABLES}
    if target.exists() and not (target.is_dir() and {entry.name for entry in target.iterdir()} <= names):
        raise ValueError(f"{printable(target)}: {format} is a folder of tables; name a new or an empty folder")
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        beside.mkdir()
        write(graph, beside)
        if target.exists():
            shutil.rmtree(target)
        beside.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return target


def to_nquads(graph: Graph, path: Path) -> None:
    """Sorted N-Quads: the same graph is the same bytes."""
    path.write_bytes(graph.store.dump())


def _sorted_quads(graph: Graph) -> list[ox.Quad]:
    return list(ox.parse(graph.store.dump(), format=ox.RdfFormat.N_QUADS))


def to_trig(graph: Graph, path: Path) -> None:
    """TriG: Turtle with a block for each document."""
    ox.serialize(_sorted_quads(graph), str(path), format=ox.RdfFormat.TRIG, prefixes=PREFIXES)


def to_jsonld(graph: Graph, path: Path) -> None:
    """JSON-LD, expanded, with a graph object for each document."""
    ox.serialize(_sorted_quads(graph), str(path), format=ox.RdfFormat.JSON_LD)


def to_rdf12(graph: Graph, path: Path) -> None:
    """TriG 1.2: nodes with evidence reify what they state, as triple terms (see ``kg.statements.reifying``)."""
    from kg.statements.reifying import REIFIES, reified

    prefixes = {**PREFIXES, "rdf": REIFIES.value.removesuffix("reifies")}
    ox.serialize(reified(graph), str(path), format=ox.RdfFormat.TRIG, prefixes=prefixes)


def to_turtle(graph: Graph, path: Path) -> None:
    """Turtle: the union of all documents' graphs, each triple once, without the graphs' names."""
    quads = graph.store.store.quads_for_pattern(None, None, None, None)
    lines = sorted({f"{quad.triple} .\n" for quad in quads})
    triples = ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    ox.serialize((quad.triple for quad in triples), str(path), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def _xml_safe(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    clean: Callable[[Any], Any] = lambda value: _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value  # noqa: E731
    for _, facts in network.nodes(data=True):
        facts.update({name: clean(value) for name, value in facts.items()})
    return network


def to_graphml(graph: Graph, path: Path) -> None:
    """GraphML of the network, for Gephi, yEd, igraph."""
    import networkx as nx

    nx.write_graphml(_xml_safe(graph.to_networkx()), path, encoding="utf-8", named_key_ids=True)


def to_gexf(graph: Graph, path: Path) -> None:
    """GEXF of the network, for Gephi."""
    import networkx as nx

    network = _xml_safe(graph.to_networkx())
    for *_, facts in network.edges(data=True):
        facts["kind"] = facts.pop("relation")
    nx.write_gexf(network, path, encoding="utf-8")
    path.write_bytes(_GEXF_DATE.sub(b"", path.read_bytes()))


def to_csv(graph: Graph, folder: Path) -> None:
    """A folder of CSV tables that Excel opens in Chinese; no cell runs as a formula."""
    for name, sparql in TABLES.items():
        answer = graph.query(f"{sparql} ORDER BY {_order(sparql)}")
        (folder / f"{name}.csv").write_text(answer.to_csv(), encoding="utf-8", newline="")


def to_parquet(graph: Graph, folder: Path) -> None:
    """A folder of Parquet tables with typed columns."""
    import pyarrow.parquet as pq

    for name, sparql in TABLES.items():
        answer = graph.query(f"{sparql} ORDER BY {_order(sparql)}")
        pq.write_table(answer.to_arrow(), folder / f"{name}.parquet")


def _order(sparql: str) -> str:
    """Every column in turn, so that rows always come in the same order."""
    head = sparql.partition("WHERE")[0]
    return " ".join(dict.fromkeys(re.findall(r"(?<=AS )\?\w+|\?\w+", re.sub(r"\([A-Z_]+\([^)]*\)", "", head))))
