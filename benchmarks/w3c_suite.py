"""The W3C's SPARQL 1.1 query and syntax tests, through HTTP and directly in the store: is any lost on the way?

    pip download --no-binary :all: --no-deps rdflib && tar xf rdflib-*.tar.gz
    python benchmarks/w3c_suite.py rdflib-*/test/data/suites/w3c/sparql11

All data files become named graphs of one graph folder; a test's dataset is chosen by default-graph-uri and
named-graph-uri, its base by BASE. Federation, update and entailment are left out: the service refuses the first two
and does not do the third.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import rdflib
from rdflib.namespace import RDF, Namespace
from starlette.testclient import TestClient

from kg.folder.manifest import Manifest, write_manifest
from kg.query.guard import check
from kg.server import Limits, Settings, create_app

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
SUITE = "http://suite.example/"
EMPTY = SUITE + "empty"
LEFT_OUT = ("entailment", "service", "syntax-fed", "update", "http-rdf-update", "protocol", "service-description")
KINDS = {
    MF.QueryEvaluationTest: "evaluate",
    MF.CSVResultFormatTest: "evaluate",
    MF.PositiveSyntaxTest11: "read",
    MF.PositiveSyntaxTest: "read",
    MF.NegativeSyntaxTest11: "refuse",
    MF.NegativeSyntaxTest: "refuse",
}
RESULTS = {
    ".srx": (ox.QueryResultsFormat.XML, "application/sparql-results+xml"),
    ".srj": (ox.QueryResultsFormat.JSON, "application/sparql-results+json"),
    ".csv": (None, "text/csv"),
    ".tsv": (ox.QueryResultsFormat.TSV, "text/tab-separated-values"),
    ".ttl": (ox.RdfFormat.TURTLE, "text/turtle"),
    ".rdf": (ox.RdfFormat.RDF_XML, "application/rdf+xml"),
    ".nt": (ox.RdfFormat.N_TRIPLES, "application/n-triples"),
}


class Test(NamedTuple):
    """A test; ``default`` and ``named`` are IRIs of data files, ``result`` a file or None."""

    name: str
    kind: str
    query: str
    default: list[str]
    named: list[str]
    result: Path | None


def tests(root: Path) -> list[Test]:
    """All tests below a folder, by their manifests."""
    found = []
    for manifest in sorted(root.glob("*/manifest.ttl")):
        folder = manifest.parent
        if folder.name in LEFT_OUT or "update" in folder.name:
            continue
        graph = rdflib.Graph().parse(manifest, publicID=f"{SUITE}{folder.name}/")
        for subject, kind in ((s, KINDS[k]) for s, k in graph.subject_objects(RDF.type) if k in KINDS):
            action = graph.value(subject, MF.action)
            query = str(graph.value(action, QT.query) or action)
            data = [[str(iri) for iri in graph.objects(action, role)] for role in (QT.data, QT.graphData)]
            result = graph.value(subject, MF.result)
            if not (root / query.removeprefix(SUITE)).is_file():
                print("not in this copy of the suite:", query.removeprefix(SUITE))
                continue
            text = f"BASE <{query}>\n" + (root / query.removeprefix(SUITE)).read_text(encoding="utf-8")
            path = root / str(result).removeprefix(SUITE) if result else None
            found.append(Test(f"{folder.name}/{str(subject).rpartition('#')[2]}", kind, text, *data, path))
    return found


def load(store: ox.Store, root: Path, iris: set[str]) -> None:
    """Each data file as a named graph under its own IRI."""
    store.add_graph(ox.NamedNode(EMPTY))
    for iri in sorted(iris):
        path = root / iri.removeprefix(SUITE)
        name = ox.NamedNode(iri)
        store.add_graph(name)
        store.load(path.read_bytes(), format=RESULTS[path.suffix][0], base_iri=iri, to_graph=name)


def rows(data: bytes, format: Any) -> Any:
    """Results so that equal ones compare equal; blank nodes are all alike."""

    def shown(term: Any) -> str:
        return "_" if isinstance(term, ox.BlankNode) else str(term)

    if format is None:
        return sorted(line.strip() for line in data.decode().splitlines())
    if isinstance(format, ox.RdfFormat):
        return Counter(" ".join(map(shown, (t.subject, t.predicate, t.object))) for t in ox.parse(data, format=format))
    found = ox.parse_query_results(data, format=format)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return sorted(names), Counter(
        tuple(sorted((n, shown(row[n])) for n in names if row[n] is not None)) for row in found
    )


def passes(test: Test, status: int, body: bytes) -> bool:
    """Did the answer meet the test?"""
    if test.kind != "evaluate":
        return (status == 200) == (test.kind == "read")
    if status != 200 or test.result is None:
        return False
    format, _ = RESULTS[test.result.suffix]
    try:
        return bool(rows(body, format) == rows(test.result.read_bytes(), format))
    except (SyntaxError, ValueError):
        return False


def directly(store: ox.Store, test: Test, accept: str) -> tuple[int, bytes]:
    """What the store itself answers."""
    dataset: dict[str, Any] = {
        "default_graph": [ox.NamedNode(iri) for iri in test.default or [EMPTY]],
        "named_graphs": [ox.NamedNode(iri) for iri in test.named],
    }
    try:
        found = store.query(test.query, **({} if "FROM" in test.query else dataset))
        formats = {media: format for format, media in RESULTS.values()}
        formats["text/csv"] = ox.QueryResultsFormat.CSV
        wanted = formats[accept]
        if isinstance(found, ox.QueryTriples) != isinstance(wanted, ox.RdfFormat):
            wanted = ox.RdfFormat.TURTLE if isinstance(found, ox.QueryTriples) else ox.QueryResultsFormat.JSON
        return 200, found.serialize(format=wanted)
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return 400, b""


def over_http(client: TestClient, test: Test, accept: str) -> tuple[int, bytes]:
    """What the service answers."""
    dataset = [("default-graph-uri", iri) for iri in test.default or [EMPTY]]
    dataset += [("named-graph-uri", iri) for iri in test.named]
    form: dict[str, Any] = {"query": test.query}
    if "FROM" not in test.query:
        for name, iri in dataset:
            form.setdefault(name, []).append(iri)
    answer = client.post("/sparql", data=form, headers={"accept": accept + ", */*;q=0.1"})
    return answer.status_code, answer.content


def main() -> None:
    """Run all and compare."""
    root = Path(sys.argv[1])
    found = tests(root)
    data = {iri for test in found for iri in (*test.default, *test.named)}
    asked = {iri for test in found if test.kind == "read" for iri in check(test.query).graphs}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for part in ("texts", "graphs"):
            (folder / part).mkdir()
        (folder / "lock").touch()
        store = ox.Store(str(folder / "store-w3c"))
        load(store, root, data)
        for iri in asked - data:
            store.add_graph(ox.NamedNode(iri))
        store.flush()
        write_manifest(folder, Manifest("", "store-w3c"))
        verdicts: Counter[tuple[str, bool, bool]] = Counter()
        lost = []
        with TestClient(create_app(Settings(folder, limits=Limits(seconds=30))), base_url="http://127.0.0.1") as client:
            for test in found:
                accept = RESULTS[test.result.suffix][1] if test.result else "application/sparql-results+json"
                here = passes(test, *directly(store, test, accept))
                there = passes(test, *over_http(client, test, accept))
                verdicts[test.kind, here, there] += 1
                if here != there:
                    lost.append(f"{'lost' if here else 'gained'}: {test.name}")
    for kind in ("evaluate", "read", "refuse"):
        of = sum(count for (k, _, _), count in verdicts.items() if k == kind)
        store_passes = sum(count for (k, here, _), count in verdicts.items() if k == kind and here)
        http_passes = sum(count for (k, _, there), count in verdicts.items() if k == kind and there)
        print(f"{kind:9} {of:4} tests: store {store_passes}, through HTTP {http_passes}")
    print("\n".join(lost) or "none lost, none gained")


if __name__ == "__main__":
    main()
