"""Figures as rows to compare: what is counted, how much and within which bounds, where, when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.query.answers import Answer

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["COLUMNS", "figures"]

COLUMNS = (
    "document",
    "what",
    "value",
    "comparator",
    "lower",
    "upper",
    "unit",
    "time",
    "time_start",
    "time_end",
    "region",
    "kind",
    "program",
    "evidence",
    "words",
    "confidence",
    "text",
    "start",
    "end",
    "count",
)
_COUNTS = """SELECT ?document ?what ?value ?comparator ?lower ?upper ?unit ?time ?time_start ?time_end
  (GROUP_CONCAT(DISTINCT ?area; separator="、") AS ?region) ?kind
  (GROUP_CONCAT(DISTINCT ?about; separator="、") AS ?program) ?confidence ?text ?start ?end ?count WHERE {
  ?count ek:value ?value ; ek:comparator ?cmp ; ek:quantityKind ?sort ; ek:evidence ?mention ;
         ek:readBy/ek:confidence ?confidence .
  ?mention nif:referenceContext ?text ; nif:beginIndex ?start ; nif:endIndex ?end .
  ?text eli:realizes ?doc .
  %s
  OPTIONAL { ?doc ek:documentNumber ?number } OPTIONAL { ?doc skos:prefLabel ?title }
  BIND(STR(COALESCE(?number, ?title, ?doc)) AS ?document)
  OPTIONAL { ?count ek:what ?what } OPTIONAL { ?count ek:unit/skos:prefLabel ?unit }
  OPTIONAL { ?count ek:lowerBound ?lower } OPTIONAL { ?count ek:upperBound ?upper }
  OPTIONAL { ?count ek:period ?time } OPTIONAL { ?count ek:periodStart ?time_start }
  OPTIONAL { ?count ek:periodEnd ?time_end } OPTIONAL { ?count ek:place/skos:prefLabel ?area }
  OPTIONAL { ?count ek:aboutProgram/skos:prefLabel ?about }
  BIND(STRAFTER(STR(?cmp), "cmp-") AS ?comparator) BIND(STRAFTER(STR(?sort), "kind-") AS ?kind)
} GROUP BY ?document ?what ?value ?comparator ?lower ?upper ?unit ?time ?time_start ?time_end ?kind ?confidence
           ?text ?start ?end ?count
ORDER BY ?document ?text ?start"""
_INDICATOR = """{ ?count ek:what ?said } UNION { ?count ek:aboutProgram/skos:prefLabel ?said }
  FILTER(CONTAINS(STR(?said), %s))"""
_REGION = "VALUES ?there { %s } ?count ek:place ?there ."
_WITHIN = "VALUES ?around { %s } ?count ek:place/ek:parentArea* ?around ."


def figures(
    graph: Graph,
    *,
    indicator: str | None = None,
    region: str | None = None,
    document: str | None = None,
    kind: str | None = None,
    unit: str | None = None,
    within: bool = False,
) -> Answer:
    """The counts that a graph states, as rows of ``COLUMNS`` in the order of document and place.

    ``value`` stands in base units (1500余万元 is 15000000 元) and ``lower``, ``upper`` bound what is asserted: both the
    value for a plain figure, one of them empty for 以上 or 不超过, both empty for 左右. ``comparator`` tells which word
    it was, ``time`` is ISO 8601 and empty where the text gives none, ``kind`` is actual, growth, target, standard or
    eligibility, ``evidence`` the sentence and ``words`` the very characters ``text[start:end]``.

    Args:
        indicator: what is counted, or the program it measures, has this in its name: ``养老床位``.
        region: the place it holds for, in full or short: ``重庆市渝北区``, ``渝北区``.
        document: only what this document says, by number, title or a part of it.
        kind: only figures of this kind.
        unit: only figures in this unit.
        within: with the places inside ``region``, too.

    Raises:
        UnknownName: ``region`` or ``document`` names nothing in the graph.
    """
    import pyoxigraph as ox

    from kg.query.meanings import meanings

    conditions = []
    if indicator is not None:
        conditions.append(_INDICATOR % ox.Literal(indicator))
    if region is not None:
        places = " ".join(str(term) for term in meanings(graph, "area", region))
        conditions.append((_WITHIN if within else _REGION) % places)
    if document is not None:
        meant = " ".join(str(term) for term in meanings(graph, "document", document))
        conditions.append(f"VALUES ?doc {{ {meant} }}")
    if kind is not None:
        conditions.append(f"FILTER(STRENDS(STR(?sort), {ox.Literal('kind-' + kind)}))")
    if unit is not None:
        conditions.append(f"?count ek:unit/skos:prefLabel ?in FILTER(STR(?in) = {ox.Literal(unit)})")
    rows = []
    for row in graph.query(_COUNTS.replace("%s", "\n  ".join(conditions))).dicts():
        quotation = graph.quote(str(row["text"]), int(str(row["start"])), int(str(row["end"])))
        row.update(evidence=quotation.sentence, words=quotation.words)
        rows.append(tuple(row[column] if row[column] != "" else None for column in COLUMNS))
    return Answer(COLUMNS, tuple(rows))
