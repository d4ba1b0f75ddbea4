"""句子：在。！？；和行末断开，书名号、引号、括号里不断；硬换行的段落接回成句。"""

from __future__ import annotations

import pytest

from extractors.readers.folding import fold
from extractors.structure.layout import find_layout


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find_layout(fold(text)).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办食堂。建床位！做宣传？好；", ["办食堂。", "建床位！", "做宣传？", "好；"]),
        ("办食堂\n建床位", ["办食堂", "建床位"]),
        ("印发《养老。服务；办法》执行。好。", ["印发《养老。服务；办法》执行。", "好。"]),
        ("落实责任（民政局负责。财政局配合）到位。好。", ["落实责任（民政局负责。财政局配合）到位。", "好。"]),
        ("老人说：“食堂好。”大家同意。", ["老人说：“食堂好。”", "大家同意。"]),
        ("修改为：“应当敬老。”，并重新公布。", ["修改为：“应当敬老。”，并重新公布。"]),
        ("坚持“老有所养；老有所乐”的方针。", ["坚持“老有所养；老有所乐”的方针。"]),
        ("好！！！对。", ["好！！！", "对。"]),
        ("未完“引号开了没关。下一句。", ["未完“引号开了没关。", "下一句。"]),
        ("未完（括号开了没关。下一句。", ["未完（括号开了没关。", "下一句。"]),
        ("办食堂，\n建床位。", ["办食堂，\n建床位。"]),
        ("好。\n印发了\n《敬老办法》\n，请执行。", ["好。", "印发了", "《敬老办法》\n，请执行。"]),
        ("好。\n根据《养老\n办法》执行。", ["好。", "根据《养老\n办法》执行。"]),
        ("  办食堂。  建床位。 ", ["办食堂。", "建床位。"]),
        ("", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


WRAPPED = """一、总体要求
各地要把养老服务摆在更加突出的位置，健全工作机制，压
实工作责任，加大资金投入，完善扶持政策，推动居家社区机
构相协调、医养康养相结合的养老服务体系不断完善。
（一）目标
到本规划期末全市每个街道至少建成一家综合养老服务中心，
每个社区至少建成一处老年助餐点，基本形成十五分钟养老服
务圈，更好满足老年人多层次多样化的养老服务需求，让老年
人有更多获得感。
"""


def test_hard_wrapped_lines_are_one_sentence() -> None:
    found = sentences(WRAPPED)
    assert len(found) == 4
    assert found[1].startswith("各地要") and found[1].endswith("不断完善。")
    assert found[2] == "（一）目标" and found[3].endswith("获得感。")


def test_lists_of_names_are_not_joined() -> None:
    text = "某甲  县民政局局长\n某乙  县财政局副局长\n某丙  县卫生健康局局长\n"
    assert len(sentences(text)) == 3


def test_a_title_over_lines_is_one_sentence() -> None:
    assert sentences("关于老年食堂\n建设的通知\n各单位：\n请落实。") == [
        "关于老年食堂\n建设的通知",
        "各单位：",
        "请落实。",
    ]


def test_sentence_knows_its_section() -> None:
    text = "前言。\n一、甲\n（一）乙。一是丙。二是丁。\n尾。\n二、戊\n己。\n"
    layout = find_layout(text)
    told = {text[s.start : s.end]: layout.sections[s.section].marker for s in layout.sentences}
    assert told == {
        "前言。": "",
        "一、甲": "一、",
        "（一）乙。": "（一）",
        "一是丙。": "一是",
        "二是丁。": "二是",
        "尾。": "（一）",
        "二、戊": "二、",
        "己。": "二、",
    }


def test_sentences_do_not_overlap_and_cover_every_character() -> None:
    layout = find_layout(fold(WRAPPED))
    ends = [0]
    for sentence in layout.sentences:
        assert sentence.start >= ends[-1]
        assert not WRAPPED[ends[-1] : sentence.start].strip()
        ends.append(sentence.end)
    assert not WRAPPED[ends[-1] :].strip()
