"""The index of names: every thing of a build by its names, numbers, aliases, pinyin and initials, in one SQLite file.

``python -m kg.server.names FOLDER FILE`` writes it; ``kg.server.finding`` reads it. Chinese is indexed by pairs of
characters, figures and letters by whole runs, so that 渝北民〔2024〕61号 is one thing in any brackets. Pinyin is
indexed from every syllable on, so that yubei finds 重庆市渝北区. Row numbers are ranks: the most mentioned thing is
the first, so the first hits of the index are the best ones and no query need sort all of them.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractors.readers.folding import fold
from kg.explorer.spelling import syllables
from ontology import table
from ontology.terms import BASE, DCT, EK, ELI, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["KINDS", "SPELLED", "Named", "grams", "named_things", "plain", "runs", "write_index"]

KINDS = {
    EK.Agency: "agency",
    EK.Organization: "organization",
    EK.PolicyDocument: "document",
    EK.ReplyDocument: "document",
    EK.OfficialDocument: "document",
    EK.Program: "program",
    EK.ServiceOffering: "program",
    EK.Proposal: "proposal",
    EK.AdministrativeArea: "area",
    EK.PopulationGroup: "group",
    EK.UnresolvedAlias: "unresolved",
}
# Letters of pinyin, and initials, that are indexed from each syllable on: nobody types more before the list is short.
SPELLED, _INITIALS = 24, 12
_SPELLED_NAME = 40
_ALIASES = 8
_RUN = re.compile(r"[㐀-鿿豈-﫿〇\U00020000-\U0003ffff]+|[a-z0-9]+")
_PLACE = re.compile(re.escape(f"{BASE}id/src/") + r"([0-9a-f]{16})/(\d+)-(\d+)$")
_NAMING = (SKOS.prefLabel, RDFS.label, DCT.title, EK.documentNumber, EK.proposalNumber, SKOS.altLabel, EK.gb2260)
_NUMBERS = (EK.documentNumber, EK.proposalNumber, EK.gb2260)
_SCHEMA = """
CREATE TABLE things(id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, number TEXT, date TEXT, mentions INT,
                    spelled TEXT, initials TEXT);
CREATE TABLE names(plain TEXT, name TEXT, thing INT);
CREATE VIRTUAL TABLE words USING fts5(grams, pinyin, initials, content='', detail=column, prefix='1 2 3',
                                      tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE frequencies USING fts5vocab(words, row);
"""
_INDEXES = """
INSERT INTO words(words) VALUES ('optimize');
CREATE INDEX by_name ON names(plain, thing);
CREATE INDEX by_thing ON names(thing);
"""


class Named(NamedTuple):
    """A thing with all its names, its own first; how often texts name it."""

    iri: str
    kind: str
    names: tuple[str, ...]
    number: str
    date: str
    mentions: int


def runs(text: str) -> list[str]:
    """Runs of Chinese characters and of figures and letters, look-alikes made one.

    >>> runs("渝北民［２０２４］61 号")
    ['渝北民', '2024', '61', '号']
    """
    return _RUN.findall(fold(text).lower())


def plain(text: str) -> str:
    """A name without brackets, marks and spaces.

    >>> plain("渝北民【2024】61号") == plain("渝北民〔2024〕 61号")
    True
    """
    return "".join(runs(text))


def grams(run: str) -> list[str]:
    """The words of a run in the index: pairs of Chinese characters and the last one; a run of figures or letters.

    >>> grams("民政局"), grams("2024")
    (['民政', '政局', '局'], ['2024'])
    """
    if run[0].isascii():
        return [run]
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def named_things(graph: Graph) -> list[Named]:
    """All things that have names, the most mentioned first."""

    def pairs(predicate: str) -> Iterator[tuple[str, str]]:
        for row in graph.store.query(f"SELECT ?thing ?name {{ ?thing <{predicate}> ?name }}"):
            yield row["thing"].value, row["name"].value

    kinds: dict[str, str] = {}
    for iri, kind in pairs(RDF.type):
        if kind in KINDS and iri.startswith(BASE):
            kinds[iri] = KINDS[kind]
    names: dict[str, dict[str, None]] = defaultdict(dict)
    numbers: dict[str, str] = {}
    for predicate in _NAMING:
        for iri, name in pairs(predicate):
            if iri in kinds:
                names[iri][name] = None
                if predicate in _NUMBERS:
                    numbers.setdefault(iri, name)
    dates = dict(pairs(ELI.date_document))
    called = _called(graph, pairs(EK.refersTo), kinds)
    listed = _listed()
    found = []
    for iri, kind in kinds.items():
        own = list(names[iri])
        aliases = [name for name, _ in called.get(iri, Counter()).most_common(_ALIASES)]
        every = dict.fromkeys([*own, *aliases, *(name for one in own for name in listed.get(one, ()))])
        if every:
            times = called.get(iri, Counter()).total()
            found.append(Named(iri, kind, tuple(every), numbers.get(iri, ""), dates.get(iri, ""), times))
    return sorted(found, key=lambda one: (-one.mentions, one.kind == "unresolved", len(one.names[0]), one.iri))


def _called(graph: Graph, refers: Iterable[tuple[str, str]], kinds: dict[str, str]) -> dict[str, Counter[str]]:
    """What the texts call each thing, and how often."""
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for mention, thing in refers:
        match = _PLACE.match(mention)
        if match and thing in kinds:
            places[match[1]].append((int(match[2]), int(match[3]), thing))
    called: dict[str, Counter[str]] = defaultdict(Counter)
    for sha, found in places.items():
        words = graph.text(sha)
        for start, end, thing in found:
            called[thing]["".join(words[start:end].split()).strip("《》〈〉“”")] += 1
    return called


def _listed() -> dict[str, list[str]]:
    """Other names that the tables know, by the name in full."""
    listed: dict[str, list[str]] = defaultdict(list)
    for row in table("programs"):
        if row["canonical"]:
            listed[row["canonical"]].append(row["name"])
    for row in table("agencies"):
        listed[row["name"]] += filter(None, row["aliases"].split("|"))
    return listed


def write_index(things: Iterable[Named], path: Path) -> int:
    """Write the index of things, which come in the order of their ranks; how many there were."""
    base = sqlite3.connect(path)
    base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    count = 0
    for count, thing in enumerate(things, 1):
        label = thing.names[0]
        read = syllables(label[:_SPELLED_NAME]).split()
        spelled, initials = "".join(read), "".join(part[0] for part in read)
        row = (count, thing.iri, thing.kind, label, thing.number, thing.date, thing.mentions, spelled, initials)
        base.execute("INSERT INTO things VALUES (?,?,?,?,?,?,?,?,?)", row)
        base.executemany("INSERT INTO names VALUES (?,?,?)", ((plain(name), name, count) for name in thing.names))
        words = dict.fromkeys(gram for name in thing.names for run in runs(name) for gram in grams(run))
        base.execute(
            "INSERT INTO words(rowid, grams, pinyin, initials) VALUES (?,?,?,?)",
            (count, " ".join(words), " ".join(_from_each(read)), " ".join(_tails(initials))),
        )
    base.executescript(_INDEXES)
    base.commit()
    base.close()
    return count


def _from_each(read: list[str]) -> Iterator[str]:
    """The spelling from each syllable on."""
    for at in range(len(read)):
        yield "".join(read[at : at + SPELLED])[:SPELLED]


def _tails(initials: str) -> Iterator[str]:
    for at in range(len(initials)):
        yield initials[at : at + _INITIALS]


def main() -> None:
    """Write the index of a graph folder to a file."""
    from kg.graph import open_graph

    with open_graph(sys.argv[1]) as graph:
        write_index(named_things(graph), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
