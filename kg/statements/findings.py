"""What a text says beyond names and figures: next steps, duties, targets, doubtful wording, sums that must agree."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from extractors import checks, doubts, duties, memberships, steps, targets
from extractors.model import Span
from kg.statements import link
from kg.statements.bounds import plain
from kg.statements.heads import part_of
from kg.statements.model import Evidence
from kg.statements.rdf import boolean, chinese, date, decimal, string
from kg.statements.sheet import Sheet
from ontology.terms import EK, RDFS

__all__ = ["state_checks", "state_doubts", "state_duties", "state_memberships", "state_steps", "state_targets"]

# 人均之类是除出来的，不是原文写的，留四位小数就够复核。
_STEP = Decimal("0.0001")


def state_steps(sheet: Sheet) -> None:
    """The parts that tell the next steps, and each step."""
    for found in steps.find(sheet.doc):
        part = part_of(sheet, *found.part)
        sheet.add(part, EK.sectionKind, link.code("part", "next-steps"))
        for step in found.steps:
            if not sheet.is_masked(*step):
                node = part_of(sheet, *step)
                sheet.add(node, EK.sectionKind, link.code("part", "next-step"))


def state_duties(sheet: Sheet) -> None:
    """Which body is to do something, and in which part of the text it is told to."""
    for duty in duties.find(sheet.extraction):
        body = duty.body
        if sheet.is_masked(*duty.words):
            continue
        # 谁的职责：此处所指的机关，由规则 00-duties 得出。
        iri = link.span(sheet.doc.sha256, body.start, body.end, "duty")
        sheet.evidenced(iri, Evidence(body.start, body.end, duty.rule, duty.confidence))
        sheet.add(iri, EK.inPart, _part(sheet, duty.part))


def _part(sheet: Sheet, part: Span) -> str:
    """The node of a part; the whole text where it has no parts."""
    if part == (0, len(sheet.doc.text)):
        return sheet.source
    return part_of(sheet, *part)


def state_memberships(sheet: Sheet) -> None:
    """Which bodies sit in a joint body."""
    for found in memberships.find(sheet.extraction):
        if sheet.is_masked(found.start, found.end):
            continue
        iri = link.span(sheet.doc.sha256, found.start, found.end, "membership")
        evidence = Evidence(found.start, found.end, "memberships.listed", found.confidence)
        sheet.evidenced(iri, evidence)
        sheet.add(iri, RDFS.label, chinese(found.name))
        sheet.add(iri, EK.complete, boolean(found.complete))
        for member in found.members:
            sheet.add(iri, EK.member, sheet.agency(str(member.attributes["canonical"])))


def state_targets(sheet: Sheet) -> None:
    """What is to be reached by when, and which document says so."""
    for target in targets.find(sheet.extraction):
        start, end = target.words
        if sheet.is_masked(start, end):
            continue
        iri = link.span(sheet.doc.sha256, start, end, "target")
        sheet.evidenced(iri, Evidence(start, end, target.rule, target.confidence))
        sheet.add(iri, EK.deadline, date(target.deadline))
        sheet.add(iri, EK.setBy, sheet.document(target.set_by))
        figure = target.figure
        if figure is not None and not sheet.is_masked(figure.start, figure.end):
            sheet.add(iri, EK.targetFigure, link.span(sheet.doc.sha256, figure.start, figure.end, "obs"))


def state_doubts(sheet: Sheet) -> None:
    """Doubtful spots in the wording."""
    for doubt in doubts.find(sheet.extraction):
        if sheet.is_masked(doubt.start, doubt.end):
            continue
        iri = link.span(sheet.doc.sha256, doubt.start, doubt.end, "doubt")
        rule = f"doubts.{doubt.kind}"
        sheet.evidenced(iri, Evidence(doubt.start, doubt.end, rule, doubt.confidence))
        sheet.add(iri, EK.doubtKind, link.code("doubt", doubt.kind))
        if doubt.meant:
            sheet.add(iri, EK.meant, string(sheet.clean(doubt.meant)))


def state_checks(sheet: Sheet) -> None:
    """Figures that follow from others, and how the stated one stands to what comes out."""
    for check in checks.find(sheet.extraction):
        operands = [o for o in check.operands if not sheet.is_masked(o.start, o.end)]
        if sheet.is_masked(check.start, check.end) or len(operands) < len(check.operands):
            continue
        iri = link.span(sheet.doc.sha256, check.start, check.end, f"check-{check.kind}")
        evidence = Evidence(check.start, check.end, f"checks.{check.kind}", check.confidence)
        sheet.evidenced(iri, evidence)
        sheet.add(iri, EK.checkKind, link.code("check", check.kind))
        sheet.add(iri, EK.verdict, link.code("verdict", check.verdict))
        sheet.add(iri, EK.computed, decimal(plain(check.computed.quantize(_STEP, ROUND_HALF_UP))))
        if check.comparator in _COMPARATORS:
            sheet.add(iri, EK.comparator, link.code("cmp", _COMPARATORS[check.comparator]))
        figures = [link.span(sheet.doc.sha256, o.start, o.end, "obs") for o in operands]
        if check.kind == "per-head":
            sheet.add(iri, EK.dividend, figures[0])
            sheet.add(iri, EK.divisor, figures[1])
        else:
            for figure in figures:
                sheet.add(iri, EK.operand, figure)
        if check.stated is not None:
            stated = link.span(sheet.doc.sha256, check.stated.start, check.stated.end, "obs")
            sheet.add(iri, EK.stated, stated)
            if check.kind == "growth":
                sheet.add(stated, EK.growthOf, figures[0])
                sheet.add(stated, EK.comparedWith, figures[1])


# 推算值是确数的不写，规则 23 补上。
_COMPARATORS = {
    "gt": "over",
    "ge": "atleast",
    "lt": "below",
    "le": "atmost",
    "approx": "about",
}
