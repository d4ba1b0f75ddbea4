"""The graph as flat tables, one for each kind of thing, for spreadsheets and data frames."""

from __future__ import annotations

__all__ = ["TABLES"]

# Where a statement stands: its text's document (number, else title), offsets, and the words there.
_PLACE = """
  ?mention nif:referenceContext ?text ; nif:beginIndex ?start ; nif:endIndex ?end .
  ?text nif:isString ?string ; eli:realizes ?doc .
  OPTIONAL { ?doc ek:documentNumber ?doc_number } OPTIONAL { ?doc skos:prefLabel ?doc_title }
  BIND(STR(COALESCE(?doc_number, ?doc_title, ?doc)) AS ?document)
  BIND(SUBSTR(?string, ?start + 1, ?end - ?start) AS ?words)"""

# name -> query. Every row of a stated thing has the characters that say so: document, start, end, words.
TABLES: dict[str, str] = {
    "documents": """SELECT DISTINCT ?iri ?number ?title ?genre ?written ?published ?held WHERE {
  VALUES ?class { ek:PolicyDocument ek:ReplyDocument } ?iri a ?class .
  OPTIONAL { ?iri ek:documentNumber ?number } OPTIONAL { ?iri skos:prefLabel ?title }
  OPTIONAL { ?iri eli:type_document ?code BIND(STRAFTER(STR(?code), "genre-") AS ?genre) }
  OPTIONAL { ?iri eli:date_document ?written } OPTIONAL { ?iri eli:date_publication ?published }
  BIND(EXISTS { ?any eli:realizes ?iri } AS ?held) }""",
    "agencies": """SELECT ?agency ?name ?area ?code (COUNT(?mention) AS ?mentions) WHERE {
  ?agency a ek:Agency ; skos:prefLabel ?name ; ek:jurisdiction ?where . ?where skos:prefLabel ?area .
  OPTIONAL { ?where ek:gb2260 ?code } OPTIONAL { ?mention ek:refersTo ?agency } } GROUP BY ?agency ?name ?area ?code""",
    "programs": """SELECT ?program (MIN(STR(?label)) AS ?name) (COUNT(DISTINCT ?mention) AS ?mentions) WHERE {
  ?program a ek:Program ; skos:prefLabel ?label . OPTIONAL { ?mention ek:refersTo ?program } } GROUP BY ?program""",
    "counts": f"""SELECT ?count ?document ?what ?value ?comparator ?lower ?upper ?unit
  (GROUP_CONCAT(DISTINCT ?area; separator="、") AS ?place) ?period ?kind ?start ?end ?words ?confidence WHERE {{
  ?count ek:value ?value ; ek:comparator ?cmp ; ek:quantityKind ?sort ; ek:evidence ?mention ;
         ek:readBy/ek:confidence ?confidence .{_PLACE}
  OPTIONAL {{ ?count ek:what ?what }} OPTIONAL {{ ?count ek:unit/skos:prefLabel ?unit }}
  OPTIONAL {{ ?count ek:lowerBound ?lower }} OPTIONAL {{ ?count ek:upperBound ?upper }}
  OPTIONAL {{ ?count ek:period ?period }} OPTIONAL {{ ?count ek:place/skos:prefLabel ?area }}
  BIND(STRAFTER(STR(?cmp), "cmp-") AS ?comparator) BIND(STRAFTER(STR(?sort), "kind-") AS ?kind) }}
GROUP BY ?count ?document ?what ?value ?comparator ?lower ?upper ?unit ?period ?kind ?start ?end ?words ?confidence""",
    "citations": f"""SELECT ?citation ?document ?cited_number ?cited_title ?role ?form ?start ?end ?words WHERE {{
  ?citation a ek:Citation ; ek:citedDocument ?cited ; ek:citationRole ?code ; ek:evidence ?mention .{_PLACE}
  OPTIONAL {{ ?cited ek:documentNumber ?cited_number }} OPTIONAL {{ ?cited skos:prefLabel ?cited_title }}
  OPTIONAL {{ ?citation ek:citationForm ?shape BIND(STRAFTER(STR(?shape), "form-") AS ?form) }}
  BIND(STRAFTER(STR(?code), "role-") AS ?role) }}""",
    "issuances": f"""SELECT ?issuance ?issued_number ?issued_title ?agency ?date ?document ?start ?end ?words WHERE {{
  ?issuance a ek:Issuance ; ek:issuedDocument ?issued ; ek:issuingAgency/skos:prefLabel ?agency ;
            ek:evidence ?mention .{_PLACE}
  OPTIONAL {{ ?issued ek:documentNumber ?issued_number }} OPTIONAL {{ ?issued skos:prefLabel ?issued_title }}
  OPTIONAL {{ ?issuance ek:issuanceDate ?date }} }}""",
    "mentions": f"""SELECT ?mention ?document ?class (MIN(STR(?label)) AS ?name) ?start ?end ?words WHERE {{
  ?mention ek:refersTo ?thing .{_PLACE}
  ?thing a ?type . FILTER(STRSTARTS(STR(?type), STR(ek:)) && ?type != ek:CitedOnlyDocument)
  OPTIONAL {{ ?thing skos:prefLabel|dct:title|rdfs:label ?label }} BIND(STRAFTER(STR(?type), "#") AS ?class)
}} GROUP BY ?mention ?document ?class ?start ?end ?words""",
}
