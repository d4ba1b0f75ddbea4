"""文字损坏：有把握的读得过去，偏移仍指原文；没把握的只提示。"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractors import damage, doubts, extract, read
from kg import build, open_graph
from kg.checking.validate import check

HEAD = "海棠市民政局关于开展社区助餐服务的通知\n海民发〔2023〕18号\n各区县民政局：\n"


def readings(text: str) -> dict[str, object]:
    """What is read of each stretch of the text as it is."""
    found = extract(read(text.encode(), "文.txt"))
    keys = ("value", "canonical", "time", "document")
    return {
        text[m.start : m.end]: next((m.attributes[key] for key in keys if m.attributes.get(key) is not None), None)
        for m in found.mentions
    }


@pytest.mark.parametrize(
    ("sentence", "surface", "value"),
    [
        ("截至2\n022年底，全市建成老年食堂46家。", "46家", 46),
        ("全市共有特困供养老年人13 46\n8人，已全部纳入保障。", "13 46\n8人", 13468),
        ("全市共有特困供养老年人13\n468人，已全部纳入保障。", "13\n468人", 13468),
        ("全年培训护理人员1 200 余人。", "1 200 余人", 1200),
        ("中央财政安排补助资金25l亿元。", "25l亿元", 25_100_000_000),
        ("每人每年补贴l000元。", "l000元", 1000),
        ("新增建筑面积1\ue0104万平方米。", "1\ue0104万平方米", 14_000),
    ],
)
def test_damaged_figures_are_read_where_they_stand(sentence: str, surface: str, value: object) -> None:
    assert readings(HEAD + sentence)[surface] == value


def test_a_broken_year_is_a_year() -> None:
    found = extract(read((HEAD + "截至2\n022年底，全市建成老年食堂46家。").encode(), "文.txt"))
    times = [found.doc.text[m.start : m.end] for m in found.mentions if m.type == "TIME"]
    assert times == ["截至2\n022年底"]
    (count,) = (m for m in found.mentions if m.type == "COUNT")
    assert str(count.attributes["time"]).startswith("2022")


def test_a_letter_spaced_signature_is_the_issuer() -> None:
    text = HEAD.replace("海棠市民政局关于", "关于") + "特此通知。\n\n杭　州　市　财　政　局\n2023年5月6日\n"
    found = extract(read(text.encode(), "文.txt"))
    assert found.header["issuers"] == ["浙江省杭州市财政局"]
    assert "杭　州　市　财　政　局" in [text[m.start : m.end] for m in found.mentions]


@pytest.mark.parametrize("number", ["海民发〔2022]18号", "海民发[2022〕18号", "海民发（2022]18号"])
def test_mixed_brackets_round_the_year_are_told_and_read(number: str) -> None:
    text = f"{HEAD}根据《关于助餐的意见》（{number}），制定本办法。\n"
    assert readings(text)[number] == "海民发〔2022〕18号"
    (found,) = damage.find(text)
    assert (found.kind, found.meant, found.certain) == ("bracket", "〔2022〕", True)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("全市建成老年食堂\ufffd家。", "replacement"),
        ("养老锟斤拷服务。", "replacement"),
        ("权利和义务。\ue493\n", "replacement"),
        ("各县〈市、区)民政局。", "bracket"),
        ("海民发2022]18]号。", "bracket"),
        ("全市共有特困供养老年人13\n468，其余另计。", "broken"),
    ],
)
def test_what_is_not_certain_is_only_told(words: str, kind: str) -> None:
    text = HEAD + words
    found = [hurt for hurt in damage.find(text) if not hurt.certain]
    assert [hurt.kind for hurt in found] == [kind]
    told = [doubt for doubt in doubts.find(extract(read(text.encode(), "文.txt"))) if doubt.kind == kind]
    assert [(doubt.start, doubt.end) for doubt in told] == [(hurt.start, hurt.end) for hurt in found]


@pytest.mark.parametrize(
    "text",
    [
        "附件1\n3家机构名单",
        "各地名单见本通知附件1\n3人以上的，由市民政局核定。",
        "截至2022\n2023年安排资金100万元。",
        "合计\t12\n13\t15人",
        "（一）\n2人以上",
        "第一章　总　则\n一、目　录",
        "（第12）号、（2022）第3号、GB/T 1.1—2020",
        "一 二 三 四",
        "10l水、I类、2022年第l卷",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert damage.find(HEAD + text) == []


def test_offsets_of_everything_lie_in_the_text_as_it_is() -> None:
    text = (
        HEAD
        + "一、总体要求\n全市共有特困供养老年人13 46\n8人。\n二、工作任务\n新建食堂20家。\n\n海　棠　市　民　政　局\n"
    )
    found = extract(read(text.encode(), "文.txt"))
    assert found.doc.text == text
    sections = [text[s.start : s.start + 2] for s in found.doc.layout.sections if s.marker]
    assert sections == ["一、", "二、"]
    assert all(0 <= m.start < m.end <= len(text) for m in found.mentions)
    assert "".join(text[s.start : s.end] for s in found.doc.layout.sentences).count("13 46\n8人") == 1


def test_build_and_check_tell_of_damage(tmp_path: Path) -> None:
    (tmp_path / "文.txt").write_text(HEAD + "全市建成老年食堂\ufffd家，每人补贴l000元。\n", encoding="utf-8")
    report = build([tmp_path / "文.txt"], tmp_path / "图")
    assert any("2 places" in note and "damaged" in note for note in report.notes)
    with open_graph(tmp_path / "图") as graph:
        assert not check(graph, []).findings
        told = [alarm.zh for alarm in check(graph, ["wording"]).alarms]
    assert any("\ufffd" in words for words in told) and any("l" in words for words in told)


@pytest.mark.parametrize(
    "text", ["1\n" * 50_000, "一 " * 50_000, "〔2022" * 20_000, "(" * 100_000, "2 " * 50_000, "1 1 " * 25_000]
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    begun = time.process_time()
    damage.find(text)
    assert time.process_time() - begun < 4


def test_a_sign_off_run_together_with_what_it_prints_is_told_apart() -> None:
    text = (
        "各区县民政局：现将《社区助餐服务办法》印发给你们。\n"
        "民政部 财政部2021年3月4日（此件公开发布）社区助餐服务办法\n第一条 为发展助餐，制定本办法。\n"
    )
    found = extract(read(text.encode(), "文.txt"))
    assert found.header["issuers"] == ["民政部", "财政部"]
    assert (found.header["written_date"], found.header["openness"]) == ("2021-03-04", "公开发布")
    assert ("self", "issues_text_of", "社区助餐服务办法") in {r[:3] for r in found.relations}
    assert {text[m.start : m.end] for m in found.mentions if m.type == "DOCUMENT_TITLE"} == {"社区助餐服务办法"}


def test_a_date_before_other_words_is_no_sign_off() -> None:
    assert not damage.find("《助餐办法》由民政部2021年3月4日公布。\n")
