"""几条规则在样例上不必有结果，用这里造的几句话来试：规则名到 Turtle。"""

from __future__ import annotations

__all__ = ["PLANTED"]

_FIGURE = """
<urn:t1/{n}> a ek:{kind} ; ek:what "家庭养老床位" ; ek:place id:area\\/500112 ; ek:unit c:unit-张 ; ek:value {value} ;
  ek:lowerBound {value} ; ek:upperBound {value} ; ek:period "{period}" ; ek:periodEnd "{end}"^^xsd:date ;
  ek:quantityKind c:kind-{sort} ; ek:evidence <urn:m/{n}> . <urn:m/{n}> nif:referenceContext <urn:text/{n}> .
"""


def _figure(n: int, kind: str, value: int, period: str, end: str, sort: str) -> str:
    return _FIGURE.format(n=n, kind=kind, value=value, period=period, end=end, sort=sort)


_BODY = '<urn:{n}> a ek:Agency ; skos:prefLabel "甲省乙市{name}"@zh ; ek:jurisdiction <urn:place> .\n'
_PLACE = '<urn:place> skos:prefLabel "甲省乙市"@zh .\n'

# 规则文件名 -> 应当使它得出结论的数据。
PLANTED = {
    "00-citations.rq": "<urn:c> ek:citationRole c:role-basis ; ek:evidence <urn:m> . <urn:text> eli:realizes <urn:d> ."
    " <urn:m> nif:referenceContext <urn:text> ; ek:refersTo id:doc\\/甲政发-2021-9 .",
    "23-exact.rq": "<urn:f> ek:value 640 . <urn:check> ek:computed 17.2 .",
    "24-kinds.rq": "<urn:f> a ek:AchievedQuantity . <urn:p> a ek:PlannedQuantity .",
    "81-measures-target.rq": _figure(1, "PlannedQuantity", 1000, "2025", "2025-12-31", "target")
    + _figure(2, "AchievedQuantity", 800, "2024", "2024-12-31", "actual")
    + '<urn:text/1> eli:realizes <urn:d1> . <urn:d1> eli:date_document "2023-05-01"^^xsd:date .\n',
    "82-value-conflicts.rq": _figure(1, "AchievedQuantity", 800, "2023", "2023-12-31", "actual")
    + _figure(2, "AchievedQuantity", 820, "2023", "2023-12-31", "actual")
    + "".join(
        f'<urn:text/{n}> eli:realizes <urn:d{n}> . <urn:d{n}> eli:date_document "2024-02-0{n}"^^xsd:date .\n'
        for n in (1, 2)
    ),
    "84-same-document.rq": '<urn:d1> ek:documentNumber "乙政发〔2021〕9号" ;'
    ' dct:title "养老服务促进办法"@zh ; eli:jurisdiction <urn:a> .'
    ' <urn:d2> dct:title "养老服务促进办法"@zh ; eli:jurisdiction <urn:a> .',
    "85-succeeded-by.rq": _PLACE
    + _BODY.format(n=1, name="卫生和计划生育委员会")
    + _BODY.format(n=2, name="卫生健康委员会"),
    "86-broader-program.rq": '<urn:p> a ek:Program ; skos:prefLabel "长期护理保险制度试点"@zh .'
    ' <urn:q> a ek:Program ; skos:prefLabel "长期护理保险"@zh .',
}
