"""种在图里的错：每条规则至少五个，校验要一个不漏。每个错是一条 SPARQL 更新。"""

from __future__ import annotations

__all__ = ["MUTANTS"]

_ONE = "{ SELECT ?x WHERE { ?x a %s } ORDER BY ?x LIMIT 1 }"


def _drop(cls: str, predicate: str) -> str:
    return f"DELETE {{ ?x {predicate} ?v }} WHERE {{ {_ONE % cls} ?x {predicate} ?v }}"


def _add(cls: str, triple: str) -> str:
    return f"INSERT {{ ?x {triple} }} WHERE {{ {_ONE % cls} }}"


def _set(cls: str, predicate: str, value: str) -> str:
    change = f"DELETE {{ ?x {predicate} ?v }} INSERT {{ ?x {predicate} {value} }}"
    return f"{change} WHERE {{ {_ONE % cls} OPTIONAL {{ ?x {predicate} ?v }} }}"


def _first(predicate: str, value: str, also: str = "") -> str:
    """The first subject of a property (and of another) gets another value of it."""
    change = f"DELETE {{ ?x {predicate} ?v }} INSERT {{ ?x {predicate} {value} }}"
    one = f"SELECT ?x WHERE {{ ?x {predicate} ?any {f'; {also} ?other' if also else ''} }} ORDER BY ?x LIMIT 1"
    return f"{change} WHERE {{ {{ {one} }} ?x {predicate} ?v }}"


def _also(predicate: str, triple: str) -> str:
    return f"INSERT {{ ?x {triple} }} WHERE {{ {{ SELECT ?x WHERE {{ ?x {predicate} ?any }} ORDER BY ?x LIMIT 1 }} }}"


def _without(predicate: str, dropped: str) -> str:
    one = f"{{ SELECT ?x WHERE {{ ?x {predicate} ?any }} ORDER BY ?x LIMIT 1 }}"
    return f"DELETE {{ ?x {dropped} ?v }} WHERE {{ {one} ?x {dropped} ?v }}"


def _corrected(facts: str) -> str:
    """A correction with these facts, of the first text."""
    one = "{ SELECT ?text WHERE { ?text a ek:SourceText } ORDER BY ?text LIMIT 1 }"
    return f"INSERT {{ <urn:c> a ek:Correction ; nif:referenceContext ?text ; {facts} }} WHERE {one}"


_DOC, _ORG, _AREA, _SRC = "ek:OfficialDocument", "ek:Agency", "ek:AdministrativeArea", "ek:SourceText"
_Q, _P, _A = "ek:QuantityClaim", "ek:PlannedQuantity", "ek:AchievedQuantity"
_PHONE = '"联系人电话13800138000"'

MUTANTS: dict[str, list[str]] = {
    "S01-document": [
        _drop(_DOC, "rdfs:label"),
        _add(_DOC, 'rdfs:label "另一个名字"'),
        _first("ek:documentNumber", '"甲乙〔2021〕1号" , "甲乙〔2021〕2号"'),
        _first("eli:date_document", '"二〇二一年"'),
        _first("dct:issued", '"2021-13"^^xsd:gYearMonth'),
        _first("ek:documentNumber", '""'),
    ],
    "S02-document-iri": [
        _first("ek:documentNumber", f'"甲乙〔2021〕{number}号"') for number in ("1", "22", "333", "4444", "55555")
    ],
    "S03-agency": [
        _drop(_ORG, "skos:prefLabel"),
        _add(_ORG, 'skos:prefLabel "另一个全称"@zh'),
        _drop(_ORG, "ek:jurisdiction"),
        _add(_ORG, "ek:jurisdiction <urn:area>"),
        "INSERT DATA { <urn:org> a ek:Agency ; skos:prefLabel '某局'@zh ; ek:jurisdiction <urn:area> }",
    ],
    "S04-area": [
        _first("ek:gb2260", '"5001"'),
        _first("ek:gb2260", '"ABCDEF"'),
        _also("ek:parentArea", "ek:parentArea <urn:area>"),
        _drop(_AREA, "skos:prefLabel"),
        _add(_AREA, 'skos:prefLabel "另一个地名"@zh'),
        "INSERT { ?x ek:parentArea ?y } WHERE { ?x ek:gb2260 '500112' . ?y ek:gb2260 '510000' }",
    ],
    "S05-source": [
        _drop(_SRC, "dct:identifier"),
        _set(_SRC, "dct:identifier", '"sha256:xyz"'),
        _drop(_SRC, "nif:isString"),
        _drop(_SRC, "eli:realizes"),
        _add(_SRC, "eli:realizes <urn:another>"),
    ],
    "S06-mention": [
        _first("nif:beginIndex", "99999999"),
        _first("nif:beginIndex", '"0"'),
        _first("nif:endIndex", "0"),
        _without("nif:beginIndex", "nif:endIndex"),
        _without("nif:beginIndex", "nif:referenceContext"),
        _also("nif:beginIndex", "nif:referenceContext <urn:text>"),
    ],
    "S07-offsets": [
        _first("nif:beginIndex", "0"),
        _first("nif:endIndex", "99999999"),
        *(_also("nif:endIndex", f"nif:endIndex {end}") for end in (7777777, 8888888, 9999999)),
    ],
    "S08-evidenced": [
        *(_drop(cls, "ek:evidence") for cls in ("ek:Citation", "ek:Duty", "ek:Target")),
        _drop(_Q, "ek:readBy"),
        _add("ek:Issuance", "ek:evidence <urn:elsewhere>"),
        _add("ek:Claim", "ek:readBy <urn:reading>"),
    ],
    "S09-reading": [
        _set("ek:Reading", "ek:confidence", "1.2"),
        _set("ek:Reading", "ek:confidence", "-0.1"),
        _set("ek:Reading", "ek:confidence", '"high"'),
        _drop("ek:Reading", "ek:confidence"),
        _drop("ek:Reading", "ek:rule"),
    ],
    "S10-quantity": [
        _drop(_Q, "ek:value"),
        _set(_Q, "ek:value", "-99999999999.0"),
        _set(_Q, "ek:value", '"很多"'),
        _set(_Q, "ek:comparator", "c:cmp-some"),
        _add(_Q, "ek:quantityKind c:kind-growth , c:kind-target"),
        _set(_Q, "ek:multiplier", "7"),
        _add(_Q, "ek:unit c:unit-甲 , c:unit-乙"),
        _set(_Q, "ek:place", "<urn:nowhere>"),
    ],
    "S11-classes": [
        _add(_P, "a ek:AchievedQuantity"),
        _add(_P, "a ek:NormQuantity"),
        _add(_P, "a ek:AchievedQuantity , ek:NormQuantity"),
        "INSERT DATA { <urn:q> a ek:PlannedQuantity , ek:AchievedQuantity }",
        "INSERT DATA { <urn:q> a ek:PlannedQuantity , ek:NormQuantity }",
    ],
    "S12-facts": [
        _add(_A, "a ek:NormQuantity"),
        _add("ek:NormQuantity", "a ek:AchievedQuantity"),
        *(f"INSERT DATA {{ <urn:q{n}> a ek:AchievedQuantity , ek:NormQuantity }}" for n in range(3)),
    ],
    "S13-period": [
        _first("ek:period", '"去年"'),
        _also("ek:period", 'ek:period "1901"'),
        _first("ek:periodStart", '"9999-01-01"^^xsd:date', also="ek:periodEnd"),
        _first("ek:periodEnd", '"2023"'),
        _also("ek:periodEnd", 'ek:periodEnd "1901-01-01"^^xsd:date'),
    ],
    "S14-citation": [
        _drop("ek:Citation", "ek:citingDocument"),
        _drop("ek:Citation", "ek:citedDocument"),
        _drop("ek:Citation", "ek:citationRole"),
        _set("ek:Citation", "ek:citationRole", "c:role-unknown"),
        _set("ek:Citation", "ek:citedDocument", "<urn:no-document>"),
    ],
    "S15-issuance": [
        _drop("ek:Issuance", "ek:issuedDocument"),
        _drop("ek:Issuance", "ek:issuingAgency"),
        _set("ek:Issuance", "ek:issuingAgency", "<urn:no-agency>"),
        _set("ek:Issuance", "ek:declaredIssuerCount", "0"),
        _add("ek:Issuance", "ek:issuedDocument <urn:one> , <urn:two>"),
    ],
    "S16-claim": [
        *(_drop("ek:Claim", f"rdf:{part}") for part in ("subject", "predicate", "object")),
        _add("ek:Claim", "rdf:object <urn:another>"),
        _set("ek:Claim", "rdf:predicate", '"废止"'),
    ],
    "S17-alias": [
        _drop("ek:UnresolvedAlias", "ek:resolutionStatus"),
        _drop("ek:UnresolvedAlias", "rdfs:label"),
        _set("ek:UnresolvedAlias", "ek:resolutionStatus", "c:res-maybe"),
        _set("ek:UnresolvedAlias", "ek:resolutionStatus", "c:res-ambiguous"),
        _add("ek:UnresolvedAlias", "ek:resolvedTo <urn:thing>"),
    ],
    "S18-duty": [
        _drop("ek:Duty", "ek:dutyOf"),
        _drop("ek:Duty", "ek:inPart"),
        _set("ek:Duty", "ek:dutyOf", "<urn:nobody>"),
        _add("ek:Duty", "ek:inPart <urn:one> , <urn:two>"),
        _set("ek:Duty", "ek:inPart", '"第一部分"'),
    ],
    "S19-target": [
        _drop("ek:Target", "ek:deadline"),
        _drop("ek:Target", "ek:setBy"),
        _set("ek:Target", "ek:deadline", '"明年"'),
        _add("ek:Target", 'ek:deadline "1901"^^xsd:gYear'),
        _set("ek:Target", "ek:setBy", "<urn:no-document>"),
    ],
    "S20-check": [
        _drop("ek:Check", "ek:verdict"),
        _drop("ek:Check", "ek:computed"),
        _set("ek:Check", "ek:checkKind", "c:check-guess"),
        _set("ek:Check", "ek:verdict", "c:verdict-fine"),
        "DELETE { ?x ek:computed ?v } INSERT { ?x ek:computed 77.7 } WHERE"
        " { ?x ek:checkKind c:check-growth ; ek:computed ?v }",
    ],
    "S21-doubt": [
        _drop("ek:Doubt", "ek:doubtKind"),
        *(_set("ek:Doubt", "ek:doubtKind", value) for value in ("c:doubt-style", "<urn:x>", '"错字"')),
        _add("ek:Doubt", "ek:doubtKind c:doubt-space , c:doubt-doubled"),
    ],
    "S22-proposal": [
        *(_set("ek:Proposal", "ek:proposalNumber", f'"{value}"') for value in ("第355号", "", "三百", "35 5")),
        "INSERT DATA { <urn:proposal> a ek:Proposal }",
    ],
    "S23-conflict": [
        f"INSERT DATA {{ <urn:conflict> ek:conflictKind {kind} ; {rest} }}"
        for kind, rest in (
            ("c:conf-value", "ek:conflictStatus c:conf-open ; ek:conflictMember <urn:one>"),
            ("c:conf-value", "ek:conflictMember <urn:one> , <urn:two>"),
            ("c:conf-other", "ek:conflictStatus c:conf-open ; ek:conflictMember <urn:one> , <urn:two>"),
            ("c:conf-issuers", "ek:conflictStatus c:conf-maybe ; ek:conflictMember <urn:one> , <urn:two>"),
            ("c:conf-issuers , c:conf-value", "ek:conflictStatus c:conf-open ; ek:conflictMember <urn:a> , <urn:b>"),
        )
    ],
    "S24-privacy": [
        _set(_SRC, "nif:isString", _PHONE),
        _add(_DOC, f"dct:title {_PHONE}"),
        _add(_Q, f"ek:what {_PHONE}"),
        _add("ek:Section", 'rdfs:label "身份证号11010119900307123X"'),
        _first("ek:addressedTo", '"李某 15912345678"'),
    ],
    "S25-no-blank-nodes": [f"INSERT DATA {{ _:x a {cls} }}" for cls in (_DOC, _ORG, _AREA, _Q, "ek:Citation")],
    "S27-membership": [
        _drop("ek:Membership", "rdfs:label"),
        _drop("ek:Membership", "ek:complete"),
        _set("ek:Membership", "ek:complete", '"是"'),
        _set("ek:Membership", "ek:member", "<urn:nobody>"),
        _drop("ek:Membership", "ek:member"),
    ],
    "S28-correction": [
        _corrected("ek:correctionKind c:correction-drop"),
        _corrected('dct:identifier "0123456789abcdef:1-2:AGENCY"'),
        _corrected('ek:correctionKind c:correction-drop ; dct:identifier "第三条"'),
        _corrected('ek:correctionKind "删" ; dct:identifier "0123456789abcdef:1-2:AGENCY"'),
        _corrected(
            'ek:correctionKind c:correction-set ; ek:refusedBecause "" ; dct:identifier "0123456789abcdef:1-2:A"'
        ),
    ],
    "S26-fact-after-document": [
        "DELETE { ?x ek:periodEnd ?v } INSERT { ?x ek:periodEnd '" + year + "-12-31'^^xsd:date } WHERE { { SELECT ?x"
        " WHERE { ?x ek:quantityKind c:kind-actual ; ek:periodEnd ?any ; ek:evidence/nif:referenceContext/eli:realizes"
        "/eli:date_document ?written } ORDER BY ?x LIMIT 1 } ?x ek:periodEnd ?v }"
        for year in ("2031", "2040", "2050", "2077", "2099")
    ],
}
