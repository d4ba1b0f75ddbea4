"""Counts to quantity claims: value and interval, unit, what, where, when, and whether fact, plan or norm."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal

from extractors.model import Mention
from kg.statements import link
from kg.statements.bounds import interval, number, plain
from kg.statements.model import Evidence
from kg.statements.rdf import boolean, decimal, integer, string
from kg.statements.sheet import Sheet
from ontology.terms import EK, RDF

__all__ = ["state_figures"]

# What a figure is: a reported fact, a plan, or a norm set by rule; three disjoint classes, never a flag.
_CLASSES = {
    "actual": EK.AchievedQuantity,
    "growth": EK.AchievedQuantity,
    "target": EK.PlannedQuantity,
    "standard": EK.NormQuantity,
    "eligibility": EK.NormQuantity,
}
# 类别与类一一对应的，由规则 24 从类推出，不在每份文件里再写一遍；确数的比较词和上下界同此（规则 23）。
_PLAIN = ("actual", "target")
_PERSONS = ("人", "名", "位", "人次")
_REGION_JOINTS = "、"


def state_figures(sheet: Sheet) -> None:
    """Every COUNT with a value, and the programs it measures."""
    mentions = sheet.extraction.mentions
    times = [m for m in mentions if m.type == "TIME" and m.attributes.get("iso")]
    groups = [m for m in mentions if m.type == "GROUP"]
    programs = [m for m in mentions if m.type == "PROGRAM" and m.attributes.get("canonical")]
    measured = {r.subject for r in sheet.extraction.relations if r.predicate == "measures"}
    claims: dict[str, str] = {}
    for mention in mentions:
        value = number(mention.attributes.get("value")) if mention.type == "COUNT" else None
        if value is not None and not sheet.is_masked(mention.start, mention.end):
            claims[str(mention.start)] = _state(sheet, mention, value, times, groups)
            context = None if str(mention.start) in measured else _context(sheet, mention, programs)
            if context:
                sheet.add(claims[str(mention.start)], EK.contextProgram, sheet.named("program", context))
    for relation in sheet.extraction.relations:
        if relation.predicate == "measures" and relation.subject in claims:
            program = sheet.named("program", relation.object)
            sheet.add(claims[relation.subject], EK.aboutProgram, program)


def _context(sheet: Sheet, mention: Mention, programs: list[Mention]) -> str | None:
    """The program named last before the figure in its paragraph or run-in item."""
    last = bisect_right(programs, (mention.start,), key=lambda m: (m.start,)) - 1
    if last < 0:
        return None
    start = sheet.doc.folded.rfind("\n", 0, mention.start) + 1
    item = bisect_right(sheet.items, mention.start) - 1
    start = max(start, sheet.items[item]) if item >= 0 else start
    return str(programs[last].attributes["canonical"]) if programs[last].start >= start else None


def _state(sheet: Sheet, mention: Mention, value: Decimal, times: list[Mention], groups: list[Mention]) -> str:
    facts = mention.attributes
    iri = link.span(sheet.doc.sha256, mention.start, mention.end, "obs")
    kind = str(facts.get("kind") or "actual")
    evidence = Evidence(mention.start, mention.end, mention.rule, mention.confidence)
    sheet.add(iri, RDF.type, _CLASSES.get(kind, EK.AchievedQuantity))
    sheet.evidenced(iri, evidence)
    if kind not in _PLAIN:
        sheet.add(iri, EK.quantityKind, link.code("kind", kind))
    _state_value(sheet, iri, mention, value)
    if facts.get("what"):
        sheet.add(iri, EK.what, string(sheet.clean(str(facts["what"]))))
    group = _population(sheet, mention, str(facts.get("what") or ""), groups)
    if group:
        sheet.add(iri, EK.population, sheet.named("group", group))
    for place in str(facts.get("region") or "").split(_REGION_JOINTS):
        if place:
            sheet.add(iri, EK.place, sheet.area(place))
    if facts.get("direction"):
        sheet.add(iri, EK.direction, link.code("direction", str(facts["direction"])))
    if facts.get("time"):
        _state_period(sheet, iri, mention, str(facts["time"]), times)
    return iri


def _state_value(sheet: Sheet, iri: str, mention: Mention, value: Decimal) -> None:
    facts = mention.attributes
    surface = sheet.doc.folded[mention.start : mention.end]
    found = interval(surface, str(facts.get("comparator") or "eq"), value, number(facts.get("value_max")))
    sheet.add(iri, EK.value, decimal(plain(value)))
    if found.comparator == "exact":
        found = found._replace(lower=None, upper=None)
    else:
        sheet.add(iri, EK.comparator, link.code("cmp", found.comparator))
    if found.lower is not None:
        sheet.add(iri, EK.lowerBound, decimal(plain(found.lower)))
    if found.upper is not None:
        sheet.add(iri, EK.upperBound, decimal(plain(found.upper)))
    if found.multiplier:
        sheet.add(iri, EK.multiplier, integer(found.multiplier))
    if facts.get("unit"):
        unit = str(facts["unit"])
        sheet.add(iri, EK.unit, link.code("unit", unit))
        if unit not in surface and unit not in "%‰":
            sheet.add(iri, EK.unitImplied, boolean(True))


def _population(sheet: Sheet, mention: Mention, what: str, groups: list[Mention]) -> str | None:
    """The group that is counted: named in what is counted; of persons else the one named last in the sentence."""
    sentence = sheet.doc.sentence_at(mention.start)
    if sentence is None:
        return None
    first = bisect_left(groups, (sentence.start,), key=lambda m: (m.start,))
    named: list[Mention] = []
    for group in groups[first:]:
        if group.start >= sentence.end:
            break
        if not sheet.is_masked(group.start, group.end):
            named.append(group)
    inside = [group for group in named if _name_of(sheet, group) in what]
    if inside:
        return max((_name_of(sheet, group) for group in inside), key=len)
    if mention.attributes.get("unit") not in _PERSONS:
        return None
    before = [group for group in named if group.end <= mention.start]
    if before:
        return _name_of(sheet, before[-1])
    # …546人；2023年增加到640名: 分号隔开的后一句接着说同一群人。
    carried = not named and sheet.doc.folded[sentence.start - 1 : sentence.start] == "；"
    last = groups[first - 1] if carried and first else None
    near = sheet.doc.sentence_at(sentence.start - 1)
    return _name_of(sheet, last) if last is not None and near and last.start >= near.start else None


def _name_of(sheet: Sheet, group: Mention) -> str:
    return str(group.attributes.get("canonical") or sheet.doc.text[group.start : group.end])


def _state_period(sheet: Sheet, iri: str, mention: Mention, time: str, times: list[Mention]) -> None:
    """The period as ISO, and its wording where the text has one; its first and last day: rule 00-periods."""
    sheet.add(iri, EK.period, string(time))
    before = bisect_right(times, (mention.start,), key=lambda m: (m.start,))
    wording = next((m for m in reversed(times[:before]) if m.attributes["iso"] == time), None)
    if wording is not None:
        sheet.add(iri, EK.periodText, string(sheet.shown(wording.start, wording.end)))
