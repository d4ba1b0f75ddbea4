"""IRI：同一事物同一个 IRI，任何文字都成不了越界的路径。"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.statements import link
from ontology.terms import BASE


@pytest.mark.parametrize(
    ("key", "tail"),
    [
        ("渝民发〔2023〕7号", "渝民发-2023-7"),
        ("渝民发[2023]7号", "渝民发-2023-7"),
        ("渝民发［２０２３］７号", "渝民发-2023-7"),
        ("国务院令第722号", "国务院令-722"),
        ("民政部公告第523号", "民政部公告-523"),
        ("GB/T29353-2012", "GB%2FT29353-2012"),
    ],
)
def test_a_number_in_any_spelling_gives_one_iri(key: str, tail: str) -> None:
    assert link.document(key) == f"{BASE}id/doc/{tail}"


@pytest.mark.parametrize(
    "key", ["渝民发〔2023〕7号", "国务院令第722号", "GB/T 42195-2022", "DB51/T 2819-2021", "省医保局公告2021年第3号"]
)
def test_numbers_are_told_from_titles(key: str) -> None:
    assert link.is_number(key)


@pytest.mark.parametrize("key", ["养老机构管理办法", "关于第355号提案的复函", "老年人能力评估规范", "2023年工作要点"])
def test_titles_are_told_from_numbers(key: str) -> None:
    assert not link.is_number(key)


@pytest.mark.parametrize(
    ("title", "issuers", "scope"),
    [
        ("四川省养老服务条例", (), "510000"),
        ("渝北区养老服务清单", (), "x"),  # 题名自带地名，但不是全称：别处也用同一个 IRI
        ("渝北区养老服务清单", ("重庆市渝北区民政局",), "x"),
        ("居家养老服务实施方案", (), "x"),
        ("居家养老服务实施方案", ("四川省民政厅", "四川省财政厅"), "510000"),
        ("居家养老服务实施方案", ("四川省民政厅", "民政部"), "x"),
        ("关于推进养老服务发展的意见", ("国务院办公厅",), "x"),  # 无地名的题名多是全国性文件
    ],
)
def test_a_title_stands_under_its_territory(title: str, issuers: tuple[str, ...], scope: str) -> None:
    assert link.document(title, issuers) == f"{BASE}id/doc/{scope}/{title}"


def test_titles_meet_whatever_marks_and_spaces_they_have() -> None:
    spellings = ["关于印发《养老 清单》的通知", "关于印发〈养老清单〉的通知", "关于印发养老清单的通知"]
    assert len({link.document(title) for title in spellings}) == 1


def test_a_long_title_is_cut_and_stays_apart_from_its_like() -> None:
    one, two = link.document("养老" * 100), link.document("养老" * 99 + "老养")
    assert one != two
    assert len(one) < len(BASE) + 110


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("重庆市渝北区民政局", "500112"),
        ("中共重庆市委员会", "500000"),
        ("中国人民政治协商会议重庆市渝北区委员会", "500112"),
        ("国家税务总局重庆市税务局", "500000"),
        ("民政部", "000000"),
        ("中共中央", "000000"),
        ("新疆维吾尔自治区民政厅", "650000"),
        ("江苏省镇江市句容市人民政府", "321183"),
    ],
)
def test_a_body_stands_under_its_territory(name: str, code: str) -> None:
    assert link.agency(name) == f"{BASE}id/org/{code}/{name}"


def test_areas_hang_on_those_above() -> None:
    district = link.area("重庆市渝北区")
    assert (district.code, district.level) == ("500112", "county")
    assert district.parent is not None
    assert district.parent.name == "重庆市"
    village = link.area("重庆市渝北区石船镇")
    assert village.parent == district
    assert village.code is None
    assert link.area("中国").code == "000000"
    assert link.area("太平洋中部").iri == f"{BASE}id/area/x/太平洋中部"


@pytest.mark.parametrize("session", ["第十六届三次会议", "第十六届第三次会议", "十六届三次会议", "第16届3次会议"])
def test_a_session_in_any_wording_gives_one_proposal(session: str) -> None:
    body = "中国人民政治协商会议重庆市渝北区委员会"
    assert link.proposal("提案", body, session, "355", None) == f"{BASE}id/proposal/500112/提案-16-3-355"


@pytest.mark.parametrize(("numeral", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("三", 3)])
def test_sessions_count_in_tens(numeral: str, value: int) -> None:
    assert link.proposal("建议", "四川省人民代表大会", f"{numeral}届一次会议", "7", None).endswith(f"建议-{value}-1-7")


HOSTILE = [
    "../../etc/passwd",
    "..",
    ".",
    "a b",
    'a"b',
    "a<b>",
    "a\\b",
    "a{b}|^`",
    "a\u202eb",
    "a\u200bb",
    "a\x00b",
    "#?%",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_one_harmless_segment(text: str) -> None:
    safe = link.segment(text)
    assert not set(safe) & set('/ "<>\\{}|^`#?\x00\u202e\u200b')
    assert safe not in ("", ".", "..")
    ox.NamedNode(BASE + safe)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_any_text_gives_a_valid_iri_that_is_the_same_again(text: str) -> None:
    iri = link.named("program", text)
    assert ox.NamedNode(iri).value == iri == link.named("program", text)
    assert iri.count("/") == BASE.count("/") + 2


@given(st.text("养老0aA", min_size=1, max_size=10), st.text("养老0aA", min_size=1, max_size=10))
def test_different_names_give_different_iris(one: str, two: str) -> None:
    assert (link.agency(one) == link.agency(two)) == (one == two)
