"""其他组织：有名有姓的才是；一类机构、机关不是。"""

from __future__ import annotations

import pytest

from extractors.model import Document, Found, Layout, Mention, Span
from extractors.policy.organizations import find
from extractors.reading import fold
from ontology import table


def organizations(text: str, *, masks: dict[str, str] | None = None) -> list[str]:
    found = Found(len(text))
    for surface, kind in (masks or {}).items():
        start = text.index(surface)
        found.add([Mention(start, start + len(surface), kind, "test", 1.0, {})])
    doc = Document("t", text, fold(text), "", Layout({}, (), ()))
    return [text[m.start : m.end] for m in find(doc, found)]


@pytest.mark.parametrize("row", table("organizations"), ids=lambda row: row["word"])
def test_every_word_is_read_in_its_example(row: dict[str, str]) -> None:
    assert any(row["word"] in name for name in organizations(row["example"]))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("由江南理工大学和中国科学院承担", ["江南理工大学", "中国科学院"]),
        ("县人民医院院长", ["县人民医院"]),
        ("委托中国地质大学（武汉）勘查", ["中国地质大学（武汉）"]),
        ("定点医院、职业院校、三级综合医院和行业协会均可报名", []),
        ("办好老年大学和各类职业学院", []),
        ("高校大学生就业", []),
        ("市级公共图书馆免费开放", []),
        ("引进滨江万象城和云锦大悦城", ["滨江万象城", "云锦大悦城"]),
        ("松鹤养老（柳江）有限公司承办", ["松鹤养老（柳江）有限公司"]),
        ("鼓励上市公司、国有股份公司参与", []),
        ("茶艺协会、书画学会等社会团体应当配合", ["茶艺协会", "书画学会"]),
        ("行业协会等社会组织", []),
    ],
)
def test_organizations(text: str, want: list[str]) -> None:
    assert organizations(text) == want


def test_a_place_before_the_name_belongs_to_it() -> None:
    assert organizations("走访柳江市松鹤养老院", masks={"柳江市": "REGION"}) == ["柳江市松鹤养老院"]


def test_an_agency_is_left_alone() -> None:
    text = "报柳江市老龄协会备案"
    assert organizations(text, masks={"柳江市老龄协会": "AGENCY"}) == []


def test_the_parties_that_a_letter_goes_to() -> None:
    text = "松鹤（海外）公司：\n抄送：各有关单位，云山设备可靠性中心。"
    elements = {"addressee": (Span(0, 8),), "cc": (Span(13, len(text)),)}
    doc = Document("t", text, fold(text), "", Layout(elements, (), ()))
    assert [text[m.start : m.end] for m in find(doc, Found(len(text)))] == ["松鹤（海外）公司", "云山设备可靠性中心"]
