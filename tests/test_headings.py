"""标题层次：章节条、一、（一）1.（1）①、一是二是；编号重来、附件另起、目录不算。"""

from __future__ import annotations

import pytest

from extractors.readers.folding import fold
from extractors.structure.headings import find_marker
from extractors.structure.layout import find_layout


def tree(text: str) -> list[tuple[int, str, str]]:
    layout = find_layout(fold(text))
    return [(s.level, s.marker, text[s.title.start : s.title.end]) for s in layout.sections[1:]]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("第一章 总则", "chapter"),
        ("第二节　服务", "division"),
        ("第十二条 老年人有权", "article"),
        ("第十二条之一 老年人有权", "article"),
        ("第12条 老年人有权", "article"),
        ("第一部分 总体要求", "part"),
        ("一、总体要求", "first"),
        ("二十三、附则", "first"),
        ("（一）目标", "second"),
        ("1.目标", "third"),
        ("12、目标", "third"),
        ("（3）目标", "fourth"),
        ("3）目标", "fourth"),
        ("①目标", "fifth"),
    ],
)
def test_marker(line: str, kind: str) -> None:
    marker = find_marker(fold(line))
    assert marker is not None and marker.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "1.5万名老年人",
        "第三条第二款规定的",
        "第五条规定",
        "第一季度增长",
        "（含七十岁）",
        "2023年目标",
        "一般公共预算",
        "（2021年修订）",
        "3个月内",
    ],
)
def test_no_marker(line: str) -> None:
    assert find_marker(fold(line)) is None


def test_plan() -> None:
    text = (
        "一、总体要求\n（一）目标。到明年底建成十家。\n1.设施。\n（1）食堂\n①选址\n二、任务\n"
        "（一）保障。一是加强领导。二是落实资金；三是做好宣传。\n其他事项另行通知。\n"
    )
    assert tree(text) == [
        (1, "一、", "总体要求"),
        (2, "（一）", "目标"),
        (3, "1.", "设施"),
        (4, "（1）", "食堂"),
        (5, "①", "选址"),
        (1, "二、", "任务"),
        (2, "（一）", "保障"),
        (5, "一是", ""),
        (5, "二是", ""),
        (5, "三是", ""),
    ]


def test_law_nests_items_under_articles() -> None:
    text = (
        "某市敬老条例\n第一章 总则\n第一条 为了敬老，制定本条例。\n第二条 应当：\n（一）办食堂；\n（二）建床位。\n"
        "第二章 附则\n第三条 本条例自公布之日起施行。\n"
    )
    assert [(level, marker) for level, marker, _ in tree(text)] == [
        (1, "第一章"),
        (3, "第一条"),
        (3, "第二条"),
        (4, "（一）"),
        (4, "（二）"),
        (1, "第二章"),
        (3, "第三条"),
    ]


def test_parts_end_where_the_next_of_their_rank_begins() -> None:
    text = "一、甲\n（一）乙\n丙。\n二、丁\n戊。\n"
    sections = find_layout(text).sections
    assert [text[s.start : s.end] for s in sections[1:]] == [
        "一、甲\n（一）乙\n丙。\n",
        "（一）乙\n丙。\n",
        "二、丁\n戊。\n",
    ]


def test_a_paragraph_after_items_belongs_to_the_article() -> None:
    text = "某市敬老条例\n第一条 应当：\n（一）办食堂；\n1.选址；\n（二）建床位。\n前款费用由财政承担。\n"
    layout = find_layout(text)
    assert layout.sections[layout.sentences[-1].section].marker == "第一条"
    assert [s.marker for s in layout.sections[1:]] == ["第一条", "（一）", "1.", "（二）"]
    item = layout.sections[2]
    assert text[item.start : item.end] == "（一）办食堂；\n1.选址；"


def test_numbering_may_repeat() -> None:
    assert [(level, marker) for level, marker, _ in tree("一、甲\n一、乙\n（一）丙\n")] == [
        (1, "一、"),
        (1, "一、"),
        (2, "（一）"),
    ]


def test_run_in_parts_end_with_their_paragraph() -> None:
    text = "一是办食堂。二是建床位。\n感谢支持。\n"
    sections = find_layout(text).sections
    assert [text[s.start : s.end] for s in sections[1:]] == ["一是办食堂。", "二是建床位。"]


@pytest.mark.parametrize("text", ["其中一是食堂。\n", "这是一是二的问题。\n", "要二是床位。一是食堂。\n"])
def test_a_lone_ordinal_is_no_series(text: str) -> None:
    assert tree(text) == []


def test_ordinal_words_make_a_series() -> None:
    assert [marker for _, marker, _ in tree("首先，办食堂。其次，建床位。最后，做宣传。\n")] == ["首先", "其次", "最后"]


def test_attached_text_starts_anew_and_sign_off_ends_the_parts() -> None:
    text = (
        "关于印发办法的通知\n各单位：\n一、认真落实。\n某市民政局\n2023年3月6日\n附件1\n老年食堂管理办法\n"
        "一、总则\n（一）目的\n附件2\n申请表\n一、姓名\n"
    )
    layout = find_layout(text)
    assert [(s.level, s.marker) for s in layout.sections] == [
        (0, ""),
        (1, "一、"),
        (0, "附件1"),
        (1, "一、"),
        (2, "（一）"),
        (0, "附件2"),
        (1, "一、"),
    ]
    first = layout.sections[1]
    assert text[first.start : first.end] == "一、认真落实。\n"
    assert text[layout.sections[2].end :].startswith("附件2")


def test_contents_and_attachment_names_are_no_parts() -> None:
    text = "某市敬老规划\n目　录\n一、基础……1\n二、任务……3\n一、基础\n良好。\n二、任务\n艰巨。\n附件：1.甲表\n2.乙表\n"
    assert tree(text) == [(1, "一、", "基础"), (1, "二、", "任务")]
