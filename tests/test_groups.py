"""人群：中心词加紧靠的限定语；并列的限定语各是一处；公众、机构、项目名里的不标。"""

from __future__ import annotations

import pytest

from extractors.model import Document, Found, Layout, Mention
from extractors.policy.groups import find
from extractors.reading import fold
from ontology import table


def groups(text: str, *, program: str | None = None) -> list[str]:
    found = Found(len(text))
    if program:
        start = text.index(program)
        found.add([Mention(start, start + len(program), "PROGRAM", "test", 1.0, {"canonical": program})])
    doc = Document("t", text, fold(text), "", Layout({}, (), ()))
    return [text[m.start : m.end] + ("*" if m.attributes.get("elliptical") else "") for m in find(doc, found)]


@pytest.mark.parametrize("row", table("groups"), ids=lambda row: row["word"] + row["role"])
def test_every_word_is_read_in_its_example(row: dict[str, str]) -> None:
    assert any(row["word"] in group for group in groups(row["example"]))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("为经济困难的高龄失能老年人上门服务", ["经济困难的高龄失能老年人"]),
        ("对特困、低保、失能等特殊老年人免费", ["特困*", "低保*", "失能*", "特殊老年人"]),
        ("关心独居、空巢老人", ["独居*", "空巢老人"]),
        ("提升城乡失能老年人照护水平", ["失能老年人"]),
        ("增加城乡居民收入", ["城乡居民"]),
        ("方便居民和群众办事，接受公众监督", []),
        ("配合残疾人联合会和退役军人事务部门", []),
        ("建设职工宿舍和青年人才驿站", []),
        ("切实保障残疾人权益", ["残疾人"]),
        ("全省农村民生工程", []),
        ("组织失业青年和离校未就业高校毕业生见习", ["失业青年", "离校未就业高校毕业生"]),
        ("一对夫妻、再婚夫妻", ["夫妻", "再婚夫妻"]),
        ("幼儿园接收幼儿", ["幼儿"]),
        ("方便消费者选购，吸引投资者", []),
        ("为行动不便老人上门办理", ["行动不便老人"]),
        ("夫妻双方缴存，照顾再婚夫妻", ["再婚夫妻"]),
        ("发展残疾人教育，邀请残疾人组织参加", ["残疾人"]),
        ("生态移民和移民安置问题，补助水库移民", ["移民"]),
        ("补贴发给购房人，购房人员登记", ["购房人"]),
        ("新生儿户口和儿科、妇女儿童专科医院", []),
    ],
)
def test_groups(text: str, want: list[str]) -> None:
    assert groups(text) == want


def test_a_group_inside_a_program_is_marked_only_after_an_age() -> None:
    name = "老年人健康管理服务"
    assert groups(f"开展{name}", program=name) == []
    assert groups(f"为65岁及以上{name}", program=name) == ["老年人"]


def test_in_statutes_the_general_words_are_not_groups() -> None:
    articles = "".join(f"第{n}条 职工和老年人的权益受保护。\n" for n in "一二三四五")
    assert groups(articles) == ["老年人"] * 5


def test_women_and_patients_are_groups_in_statutes_too() -> None:
    articles = "".join(f"第{n}条 保护妇女和患者。\n" for n in "一二三四五")
    assert groups(articles) == ["妇女", "患者"] * 5
