"""The graph as flat tables, one for each kind of thing, for spreadsheets and data frames."""

from __future__ import annotations

__all__ = ["TABLES"]

_OF = "nif:referenceContext ?text ; nif:beginIndex ?start ; nif:endIndex ?end"
_DOCUMENT = """?text eli:realizes ?doc . OPTIONAL { ?doc ek:documentNumber ?number } OPTIONAL { ?doc dct:title ?title }
  BIND(STR(COALESCE(?number, ?title, ?doc)) AS ?document)"""

# name -> query. Every row of a stated thing has the characters that say so: document, start, end, words.
TABLES: dict[str, str] = {
    "documents": """SELECT ?document ?number ?title ?genre ?written ?published ?held WHERE {
  VALUES ?class { ek:PolicyDocument ek:ReplyDocument } ?document a ?class .
  OPTIONAL { ?document ek:documentNumber ?number } OPTIONAL { ?document dct:title ?title }
  OPTIONAL { ?document eli:type_document ?code BIND(STRAFTER(STR(?code), "genre-") AS ?genre) }
  OPTIONAL { ?document eli:date_document ?written } OPTIONAL { ?document eli:date_publication ?published }
  BIND(EXISTS { ?text eli:realizes ?document } AS ?held) }""",
    "agencies": """SELECT ?agency ?name ?area ?code (COUNT(?mention) AS ?mentions) WHERE {
  ?agency a ek:Agency ; skos:prefLabel ?name ; ek:jurisdiction ?where . ?where skos:prefLabel ?area .
  OPTIONAL { ?where ek:gb2260 ?code } OPTIONAL { ?mention ek:refersTo ?agency } } GROUP BY ?agency ?name ?area ?code""",
    "programs": """SELECT ?program ?name (COUNT(?mention) AS ?mentions) WHERE {
  ?program a ek:Program ; skos:prefLabel ?name . OPTIONAL { ?mention ek:refersTo ?program } }
GROUP BY ?program ?name""",
    "counts": f"""SELECT ?count ?document ?what ?value ?comparator ?lower ?upper ?unit ?place ?period ?kind
  ?start ?end ?words ?confidence WHERE {{
  ?count ek:value ?value ; ek:comparator ?cmp ; ek:quantityKind ?sort ; ek:evidence ?mention .
  ?mention {_OF} . ?text nif:isString ?string . {_DOCUMENT}
  OPTIONAL {{ ?count ek:what ?what }} OPTIONAL {{ ?count ek:unit/skos:prefLabel ?unit }}
  OPTIONAL {{ ?count ek:lowerBound ?lower }} OPTIONAL {{ ?count ek:upperBound ?upper }}
  OPTIONAL {{ ?count ek:place/skos:prefLabel ?place }} OPTIONAL {{ ?count ek:period ?period }}
  ?count ek:readBy/ek:confidence ?confidence .
  BIND(STRAFTER(STR(?cmp), "cmp-") AS ?comparator) BIND(STRAFTER(STR(?sort), "kind-") AS ?kind)
  BIND(SUBSTR(?string, ?start + 1, ?end - ?start) AS ?words) }}""",
    "citations": f"""SELECT ?document ?cited_number ?cited_title ?role ?form ?start ?end ?words WHERE {{
  ?citation a ek:Citation ; ek:citedDocument ?cited ; ek:citationRole ?code ; ek:evidence ?mention .
  ?mention {_OF} . ?text nif:isString ?string . {_DOCUMENT}
  OPTIONAL {{ ?cited ek:documentNumber ?cited_number }} OPTIONAL {{ ?cited dct:title ?cited_title }}
  OPTIONAL {{ ?citation ek:citationForm ?shape BIND(STRAFTER(STR(?shape), "form-") AS ?form) }}
  BIND(STRAFTER(STR(?code), "role-") AS ?role) BIND(SUBSTR(?string, ?start + 1, ?end - ?start) AS ?words) }}""",
    "issuances": f"""SELECT ?issued_number ?issued_title ?agency ?date ?document ?start ?end ?words WHERE {{
  ?issuance a ek:Issuance ; ek:issuedDocument ?issued ; ek:issuingAgency/skos:prefLabel ?agency ; ek:evidence ?mention .
  ?mention {_OF} . ?text nif:isString ?string . {_DOCUMENT}
  OPTIONAL {{ ?issued ek:documentNumber ?issued_number }} OPTIONAL {{ ?issued dct:title ?issued_title }}
  OPTIONAL {{ ?issuance ek:issuanceDate ?date }} BIND(SUBSTR(?string, ?start + 1, ?end - ?start) AS ?words) }}""",
    "mentions": f"""SELECT ?document ?class ?name ?start ?end ?words WHERE {{
  ?mention ek:refersTo ?thing ; {_OF} . ?text nif:isString ?string . {_DOCUMENT}
  ?thing a ?type . FILTER(STRSTARTS(STR(?type), STR(ek:)) && ?type != ek:CitedOnlyDocument)
  OPTIONAL {{ ?thing skos:prefLabel|dct:title|rdfs:label ?name }} BIND(STRAFTER(STR(?type), "#") AS ?class)
  BIND(SUBSTR(?string, ?start + 1, ?end - ?start) AS ?words) }}""",
}
