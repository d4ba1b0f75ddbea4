"""The page's data: columns of numbers and names, and each text by itself. Offsets are code points."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.explorer import places, spelling, statements
from kg.explorer.facts import Facts, first, read_facts
from kg.explorer.findings import Finding, find_alarms, find_findings
from kg.explorer.statements import Link, Span
from kg.explorer.things import KINDS, Thing, find_things
from ontology.terms import BASE, PREFIXES

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Columns", "columns"]

# Relations of our own making; all others have their names in the ontology.
_NAMES = {
    "cites": ("引用", "cites"),
    "mentions": ("提及", "names"),
    "stated_in": ("出自", "stated in"),
    "eli:based_on": ("依据", "based on"),
    "eli:repeals": ("废止", "repeals"),
    "eli:amends": ("修订", "amends"),
    "eli:publisher_agent": ("印发单位", "published by"),
    "skos:broader": ("上位概念", "broader"),
}
# Links that say where a thing belongs, not what it has to do with others: they do not shape the map.
_WHERE = frozenset({"ek:jurisdiction", "ek:scope", "ek:place", "ek:parentArea", "ek:withinArea"})
_MOST_NAMES = 6
_FIGURE_TEXTS = {
    "value": "ek:value",
    "lower": "ek:lowerBound",
    "upper": "ek:upperBound",
    "period": "ek:period",
    "said": "ek:periodText",
    "from": "ek:periodStart",
    "to": "ek:periodEnd",
    "comparator": "ek:comparator",
    "kind": "ek:quantityKind",
}

Columns = dict[str, Any]


class _Index:
    """Numbers for names, in the order they are first met."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}

    def __call__(self, name: Any) -> int:
        return self.of.setdefault(name, len(self.of))


def columns(graph: Graph) -> tuple[Columns, list[str]]:
    """All that the page shows, and the texts as they may be shown, in the order of ``columns["texts"]``."""
    facts = read_facts(graph)
    things = find_things(facts)
    number = {thing.key: index for index, thing in enumerate(things)}
    texts = sorted(key for key, said in facts.items() if "ek:SourceText" in said.get("rdf:type", ()))
    words = [graph.text(key.rpartition("/")[2]) for key in texts]
    keys = set(number)
    mentions = statements.find_mentions(facts, keys)
    links = statements.find_links(facts, keys, mentions)
    spans, rules, relations = _Index(), _Index(), _Index()
    text_number = {key: index for index, key in enumerate(texts)}
    made: Columns = {
        "kinds": list(KINDS),
        "things": _things(things, links, number, _other_names(things, mentions, dict(zip(texts, words, strict=True)))),
        "links": _links(links, number, relations, spans),
        "figures": _figures(things, facts, number, spans, rules),
        "mentions": _mentions(mentions, facts, number, spans, rules),
        "findings": _findings([*find_alarms(graph, facts, keys), *find_findings(facts, keys)], number, spans),
        "texts": _texts(texts, words, facts, number),
    }
    made["spans"] = {
        "text": [text_number.get(span.text, -1) for span in spans.of],
        "start": [span.start for span in spans.of],
        "end": [span.end for span in spans.of],
    }
    made["rules"] = list(rules.of)
    made["relations"] = [[name, *_name_of(name, facts)] for name in relations.of]
    made["codes"] = _codes(facts)
    made["made"] = {
        "recipe": graph.manifest.recipe[:12],
        "characters": sum(map(len, words)),
        "base": f"{BASE}id/",
        "prefixes": dict(PREFIXES),
    }
    return made, words


def _things(things: list[Thing], links: list[Link], number: dict[str, int], others: dict[str, list[str]]) -> Columns:
    shaping = [(number[link.start], number[link.end]) for link in links if link.relation not in _WHERE]
    spots = places.arrange(len(things), shaping)
    made: Columns = {name: [getattr(thing, name) for thing in things] for name in Thing._fields}
    made["kind"] = [KINDS.index(thing.kind) for thing in things]
    made["area"] = [number.get(thing.area, -1) for thing in things]
    made["names"] = ["\n".join(others.get(thing.key, ())) for thing in things]
    made["pinyin"] = [spelling.syllables(thing.label) for thing in things]
    made["x"], made["y"] = [spot[0] for spot in spots], [spot[1] for spot in spots]
    return made


def _other_names(things: list[Thing], mentions: list[tuple[Span, str]], words: dict[str, str]) -> dict[str, list[str]]:
    """What the texts call a thing besides its own name: the most used first."""
    label = {thing.key: thing.label for thing in things}
    number = {thing.key: thing.number for thing in things}
    times: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for span, thing in mentions:
        name = "".join(words.get(span.text, "")[span.start : span.end].split()).strip("《》")
        if name and name != label[thing] and name != number[thing]:
            times[thing][name] += 1
    return {thing: sorted(found, key=lambda name: (-found[name], name))[:_MOST_NAMES] for thing, found in times.items()}


def _links(links: list[Link], number: dict[str, int], relations: _Index, spans: _Index) -> Columns:
    return {
        "from": [number[link.start] for link in links],
        "to": [number[link.end] for link in links],
        "relation": [relations(link.relation) for link in links],
        "weight": [link.weight for link in links],
        "sure": [link.sure for link in links],
        "spans": [[spans(span) for span in link.spans] for link in links],
    }


def _reading(said: dict[str, list[str]], facts: Facts) -> tuple[str, float]:
    """The rule that read a node, and how sure it is."""
    reading = facts.get(first(said, "ek:readBy"), {})
    return first(reading, "ek:rule"), float(first(reading, "ek:confidence") or 0)


def _figures(things: list[Thing], facts: Facts, number: dict[str, int], spans: _Index, rules: _Index) -> Columns:
    rows = [thing.key for thing in things if thing.kind == "count"]
    said = [facts[key] for key in rows]
    made: Columns = {name: [first(row, term) for row in said] for name, term in _FIGURE_TEXTS.items()}
    made["thing"] = [number[key] for key in rows]
    made["unit"] = [_label(first(row, "ek:unit"), facts) for row in said]
    made["group"] = [_label(first(row, "ek:population"), facts) for row in said]
    made["places"] = [_numbers(row.get("ek:place", ()), number) for row in said]
    made["programs"] = [_numbers(row.get("ek:aboutProgram", ()), number) for row in said]
    found = [statements.span_of(first(row, "ek:evidence"), facts) for row in said]
    made["span"] = [-1 if span is None else spans(span) for span in found]
    documents = ["" if span is None else first(facts.get(span.text, {}), "eli:realizes") for span in found]
    made["document"] = [number.get(document, -1) for document in documents]
    read = [_reading(row, facts) for row in said]
    made["rule"], made["sure"] = [rules(rule) for rule, _ in read], [sure for _, sure in read]
    return made


def _numbers(keys: Any, number: dict[str, int]) -> list[int]:
    return [number[key] for key in keys if key in number]


def _label(key: str, facts: Facts) -> str:
    return first(facts.get(key, {}), "skos:prefLabel@zh", "skos:prefLabel", "rdfs:label") or key.rpartition("-")[2]


def _mentions(
    mentions: list[tuple[Span, str]], facts: Facts, number: dict[str, int], spans: _Index, rules: _Index
) -> Columns:
    read = [_reading(facts.get(f"{span.text}/{span.start}-{span.end}", {}), facts) for span, _ in mentions]
    return {
        "span": [spans(span) for span, _ in mentions],
        "thing": [number[thing] for _, thing in mentions],
        "rule": [rules(rule) for rule, _ in read],
        "sure": [sure for _, sure in read],
    }


def _findings(findings: list[Finding], number: dict[str, int], spans: _Index) -> Columns:
    return {
        "sort": [item.sort for item in findings],
        "about": [number.get(item.about, -1) for item in findings],
        "things": [[number[key] for key in item.things] for item in findings],
        "codes": [list(item.codes) for item in findings],
        "words": [item.words for item in findings],
        "english": [item.english for item in findings],
        "sure": [float(item.confidence or 0) for item in findings],
        "spans": [[spans(span) for span in item.spans] for item in findings],
    }


def _texts(texts: list[str], words: list[str], facts: Facts, number: dict[str, int]) -> Columns:
    said = [facts[key] for key in texts]
    files = [facts.get(first(row, "prov:wasDerivedFrom"), {}) for row in said]
    return {
        "key": texts,
        "hash": [first(row, "dct:identifier") for row in said],
        "name": [first(row, "ek:fileName") for row in said],
        "url": [first(file, "dct:source") for file in files],
        "retrieved": [first(file, "prov:generatedAtTime")[:10] for file in files],
        "document": [number.get(first(row, "eli:realizes"), -1) for row in said],
        "length": [len(text) for text in words],
    }


def _name_of(relation: str, facts: Facts) -> tuple[str, str]:
    if relation in _NAMES:
        return _NAMES[relation]
    said = facts.get(relation, {})
    return first(said, "rdfs:label@zh") or relation, first(said, "rdfs:label@en") or relation


def _codes(facts: Facts) -> dict[str, list[str]]:
    """Code terms to their Chinese and English names."""
    return {
        key: [first(said, "skos:prefLabel@zh", "skos:prefLabel"), first(said, "skos:prefLabel@en", "skos:prefLabel")]
        for key, said in facts.items()
        if key.startswith("c:") and "skos:Concept" in said.get("rdf:type", ())
    }
