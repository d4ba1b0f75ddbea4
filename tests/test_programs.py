"""项目：名字表的每个例子都读得到；中心词、引号、并列各有正例和反例。"""

from __future__ import annotations

import pytest

from extractors.model import Document, Found, Layout, Mention
from extractors.programs import find, is_statute
from extractors.reading import fold
from ontology import table


def document(text: str) -> Document:
    layout = Layout(elements={}, sections=(), sentences=())
    return Document(name="t", text=text, folded=fold(text), sha256="", layout=layout)


def programs(text: str, *, masks: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Surface and canonical name of each program; ``masks`` are stretches that other extractors have read."""
    found = Found(len(text))
    for surface, kind in (masks or {}).items():
        start = text.index(surface)
        found.add([Mention(start, start + len(surface), kind, "test", 1.0, {})])
    return [(text[m.start : m.end], m.attributes["canonical"]) for m in find(document(text), found)]


@pytest.mark.parametrize("row", table("programs"), ids=lambda row: row["name"])
def test_every_known_name_is_read_in_its_example(row: dict[str, str]) -> None:
    names = programs(row["example"])
    assert (row["name"], row["canonical"] or row["name"]) in [(s.replace("“", "“"), c) for s, c in names]


@pytest.mark.parametrize("row", table("program_heads"), ids=lambda row: row["head"])
def test_every_head_ends_a_name_in_its_example(row: dict[str, str]) -> None:
    assert [surface for surface, _ in programs(row["example"]) if row["head"] in surface]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("继续扩大长护险覆盖面。", [("长护险", "长期护理保险")]),
        ("推进长期护理保险制度试点工作。", [("长期护理保险制度试点", "长期护理保险制度试点")]),
        ("参加养老、失业和工伤保险。", [("养老", "养老保险"), ("失业", "失业保险"), ("工伤保险", "工伤保险")]),
        ("按月发放民办养老机构运营补贴，运营补贴按季结算。",
         [("民办养老机构运营补贴", "民办养老机构运营补贴"), ("运营补贴", "民办养老机构运营补贴")]),
        ("持续开展“银杏守护行动”。", [("银杏守护行动", "银杏守护行动")]),
        ("实施“物业+助老”促进行动。", [("“物业+助老”促进行动", "物业+助老促进行动")]),
        ("擦亮“暖心里弄”品牌。", [("暖心里弄", "暖心里弄")]),
        ("深化“桥乡”“书乡”建设。", [("桥乡", "桥乡"), ("书乡", "书乡")]),
        ("实施街区风貌与设施再提升行动。", [("街区风貌与设施再提升行动", "街区风貌与设施再提升行动")]),
        ("推进暖巢关爱行动和爱国卫生运动。", [("暖巢关爱行动", "暖巢关爱行动"), ("爱国卫生运动", "爱国卫生运动")]),
        ("建设“十分钟助餐服务圈”。", [("十分钟助餐服务圈", "十分钟助餐服务圈")]),
        ("实施减油减盐、科学健身等2个专项行动。",
         [("减油减盐", "减油减盐专项行动"), ("科学健身", "科学健身专项行动")]),
    ],
)  # fmt: skip
def test_names(text: str, names: list[tuple[str, str]]) -> None:
    assert programs(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "加大培训力度，加强组织领导。",
        "制定康养人才倍增行动计划实施方案。",
        "本市行政区域内的房屋建筑工程施工，应当遵守本办法。",
        "给予适当补贴，补贴金额不超过500元。",
        "坚持“两个毫不动摇”，发展“互联网+家政”新业态。",
        "打通服务群众“最后一公里”，避免“一刀切”。",
        "新增护理型床位，发展老年助餐，探索安宁疗护。",
        "依法成立的法律援助机构、社会保险经办机构。",
        "支持平台企业发展，与战略投资者合作。",
    ],
)
def test_what_is_no_program(text: str) -> None:
    assert programs(text) == []


def test_nothing_is_read_inside_what_others_have_read() -> None:
    text = "按照《关于开展适老化改造的通知》办理。"
    assert programs(text, masks={"关于开展适老化改造的通知": "DOCUMENT_TITLE"}) == []


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("实施柳江市银杏守护行动。", "柳江市", "银杏守护行动"),
        ("办好柳江市长者艺术节。", "柳江市", "柳江市长者艺术节"),
    ],
)
def test_a_place_belongs_to_events_only(text: str, place: str, name: str) -> None:
    assert [surface for surface, _ in programs(text, masks={place: "REGION"})] == [name]


def test_statutes_hold_institutions_not_schemes() -> None:
    articles = "".join(f"第{n}条 实施银杏守护行动，发放高龄津贴。\n" for n in "一二三四五")
    assert is_statute(articles)
    assert {surface for surface, _ in programs(articles)} == {"高龄津贴"}
    assert not is_statute("一、实施银杏守护行动。\n二、发放高龄津贴。")
