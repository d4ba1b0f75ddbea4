"""What a text says of documents: whom they cite and as what, who issued them, which text they print."""

from __future__ import annotations

import re

from extractors.citations.issuer_codes import infer_issuer
from extractors.model import Mention, Relation
from kg.statements import link
from kg.statements.model import Evidence
from kg.statements.rdf import chinese, date, integer, string
from kg.statements.scopes import jurisdiction_in, territory_of
from kg.statements.sheet import Sheet
from ontology.terms import DCT, EK, ELI, RDF

__all__ = ["state_citations", "state_claims", "state_documents", "state_issuances"]

_ROLES = {
    "based_on": "basis",
    "cites": "mentions",
    "issues_text_of": "issues-text",
    "repeals": "repeals",
    "amends": "amends",
}
# 正在制定、尚未印发的文件：不是已有文件，不算引用了它。
_MAKING = "titles.bare_making"
_EDGES = {"issues_text_of": EK.promulgates, "repeals": ELI.repeals, "amends": ELI.amends}
_JOINT = re.compile(r"[\s《》〈〉（）()]*")
_BODIES = re.compile(r"(?:个|家)?(?:部门|部位|单位|机关|部委|委办局|厅局|委局|政府)")


def _is_document(mention: Mention) -> bool:
    facts = mention.attributes
    return bool(
        mention.type in ("DOCUMENT_TITLE", "DOCUMENT_NUMBER")
        and facts.get("document")
        and facts.get("kind") != "proposal"
    )


def state_documents(sheet: Sheet) -> None:
    """Every document the text names: its class, number and title."""
    titles: dict[str, str] = {}
    keys: dict[str, None] = {}
    for mention in filter(_is_document, sheet.extraction.mentions):
        key = str(mention.attributes["document"])
        keys.setdefault(key)
        if mention.type == "DOCUMENT_TITLE" and not mention.attributes.get("anaphor"):
            titles.setdefault(key, sheet.shown(mention.start, mention.end))
    for relation in sheet.extraction.relations:
        if relation.predicate in _ROLES:
            keys.setdefault(relation.object)
            keys.setdefault(relation.subject)
    if sheet.extraction.header.get("number"):
        _state_code(sheet, sheet.document("self"), sheet.extraction.header["number"])
    for key in keys:
        if sheet.is_self(key):
            continue
        iri = sheet.document(key)
        sheet.add(iri, RDF.type, EK.PolicyDocument)
        if link.is_number(key):
            sheet.add(iri, EK.documentNumber, string(key))
        title = titles.get(key) if link.is_number(key) else key
        if title:
            sheet.add(iri, DCT.title, chinese(sheet.clean(title)))
        scope = sheet.scopes.get(key)
        if scope is not None and not sheet.issuers(key):
            sheet.add(iri, EK.scope, sheet.area(scope.name))
        _state_code(sheet, iri, key)


def _state_code(sheet: Sheet, iri: str, key: str) -> None:
    """Who issues under a number's code, by the table of codes alone."""
    if link.is_number(key):
        issuers = sheet.issuers(key)
        area = link.territory(issuers[0]) if issuers else territory_of(sheet.extraction)
        inferred = infer_issuer(key, jurisdiction_in(area))
        if inferred.issuer:
            sheet.add(iri, EK.issuerByCode, sheet.agency(inferred.issuer))


def state_citations(sheet: Sheet) -> None:
    """One citation for each place where the text names another document; and what it says that others cite."""
    relations = [r for r in sheet.extraction.relations if r.predicate in _ROLES]
    cited: set[str] = set()
    last: Mention | None = None
    for mention in sheet.extraction.mentions:
        if not _is_document(mention) or mention.attributes.get("nested") or mention.attributes.get("self"):
            continue
        key = str(mention.attributes["document"])
        beside = last is not None and key == last.attributes["document"] and _beside(sheet, last, mention)
        last = mention
        if sheet.is_self(key) or beside:
            continue
        cited.add(key)
        role = (
            "planned"
            if mention.rule.endswith(_MAKING)
            else _role(sheet, mention, [r for r in relations if r.object == key and sheet.is_self(r.subject)])
        )
        _cite(sheet, "self", key, role, _form(mention), _evidence(mention))
    for relation in relations:
        if not sheet.is_self(relation.subject) or relation.object not in cited:
            if relation.predicate in _EDGES:
                continue
            _cite(sheet, relation.subject, relation.object, _ROLES[relation.predicate], None, _evidence(relation))


def _evidence(found: Mention | Relation) -> Evidence:
    return Evidence(found.start, found.end, found.rule, found.confidence)


def _beside(sheet: Sheet, title: Mention, number: Mention) -> bool:
    """True for a number in brackets behind its title: one citation, not two."""
    return number.type == "DOCUMENT_NUMBER" and bool(_JOINT.fullmatch(sheet.doc.text, title.end, number.start))


def _form(mention: Mention) -> str:
    if mention.type == "DOCUMENT_NUMBER":
        return "number"
    return next((form for form in ("anaphor", "bare") if mention.attributes.get(form)), "title")


def _role(sheet: Sheet, mention: Mention, relations: list[Relation]) -> str:
    """The role that this sentence gives the document; else the role that the whole text gives it."""
    here = sheet.doc.sentence_at(mention.start)
    near = [r for r in relations if here and r.start < here.end and here.start < r.end]
    return _ROLES[(near or relations)[0].predicate] if relations else "mentions"


def _cite(sheet: Sheet, citing: str, cited: str, role: str, form: str | None, evidence: Evidence) -> None:
    sha256 = sheet.doc.sha256
    iri = link.span(sha256, evidence.start, evidence.end, "cite")
    if citing != "self":
        said = sheet.document(cited), f"{evidence.start}-{evidence.end}"
        iri = link.claim(sha256, sheet.document(citing), EK.citedDocument, *said)
    sheet.evidenced(iri, evidence)
    # 本文件在此引用此处所指：不再写一遍，由规则 00-citations 得出。
    if citing != "self":
        sheet.add(iri, EK.citingDocument, sheet.document(citing))
    if form is None or sheet.is_masked(evidence.start, evidence.end):
        sheet.add(iri, EK.citedDocument, sheet.document(cited))
    sheet.add(iri, EK.citationRole, link.code("role", role))
    if form:
        sheet.add(iri, EK.citationForm, link.code("form", form))


def state_issuances(sheet: Sheet) -> None:
    """For each sentence that says who issued a document, the bodies it names there."""
    groups: dict[tuple[str, int], list[Relation]] = {}
    for relation in sheet.extraction.relations:
        if relation.predicate == "issued_by":
            relation = _placed(sheet, relation)
            if relation.start == relation.end:
                continue
            sentence = sheet.doc.sentence_at(relation.start)
            place = sentence.start if sentence else relation.start
            groups.setdefault((sheet.document(relation.subject), place), []).append(relation)
    for (issued, _), relations in groups.items():
        _issue(sheet, issued, relations)


def _placed(sheet: Sheet, relation: Relation) -> Relation:
    """A relation that no heading holds stands where the body is named last: at the signature."""
    if relation.start < relation.end:
        return relation
    named = [m for m in sheet.extraction.mentions if m.attributes.get("canonical") == relation.object]
    return relation._replace(start=named[-1].start, end=named[-1].end) if named else relation


def _issue(sheet: Sheet, issued: str, relations: list[Relation]) -> None:
    start = min(r.start for r in relations)
    end = max(r.end for r in relations)
    least = min(relations, key=lambda r: r.confidence)
    iri = link.claim(sheet.doc.sha256, issued, EK.issuedBy, "", f"{start}-{end}").replace("/claim/", "/issue/")
    sheet.evidenced(iri, Evidence(start, end, least.rule, least.confidence))
    sheet.add(iri, EK.issuedDocument, issued)
    for relation in relations:
        sheet.add(iri, EK.issuingAgency, sheet.agency(relation.object))
    if len({relation.object for relation in relations}) > 1:
        first = min(relations, key=lambda r: (r.start, relations.index(r)))
        sheet.add(iri, EK.firstIssuer, sheet.agency(first.object))
    sentence = sheet.doc.sentence_at(start)
    if issued == sheet.document("self") or sentence is None:
        return
    inside = [
        m for m in sheet.extraction.mentions if sentence.start <= m.start < end and not m.attributes.get("nested")
    ]
    for mention in inside:
        after = sheet.doc.folded[mention.end : mention.end + 6]
        if mention.type == "COUNT" and _BODIES.match(after) and sheet.doc.folded[mention.start - 1] == "等":
            sheet.add(iri, EK.declaredIssuerCount, integer(int(float(mention.attributes.get("value") or 0))))
    when = [m.attributes["iso"] for m in inside if m.type == "TIME" and m.start < start and m.attributes.get("iso")]
    if when and re.fullmatch(r"\d{4}(-\d\d){0,2}", when[-1]):
        sheet.add(iri, EK.issuanceDate, date(when[-1]))


def state_claims(sheet: Sheet) -> None:
    """Edges between shared things: a document prints, repeals or amends another; a body runs a program."""
    for relation in sheet.extraction.relations:
        if relation.predicate == "runs":
            subject = sheet.named("program", relation.object)
            _claim(sheet, subject, EK.operatedBy, sheet.agency(relation.subject), relation)
        elif relation.predicate in _EDGES:
            subject, target = sheet.document(relation.subject), sheet.document(relation.object)
            _claim(sheet, subject, _EDGES[relation.predicate], target, relation)


def _claim(sheet: Sheet, subject: str, predicate: str, target: str, relation: Relation) -> None:
    iri = link.claim(sheet.doc.sha256, subject, predicate, target, f"{relation.start}-{relation.end}")
    sheet.evidenced(iri, _evidence(relation))
    sheet.add(iri, RDF.subject, subject)
    sheet.add(iri, RDF.predicate, predicate)
    sheet.add(iri, RDF.object, target)
