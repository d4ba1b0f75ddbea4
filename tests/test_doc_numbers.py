"""文号：各式括号、空格、全角数字，代字的左边界，命令、公告和标准号，不是文号的写法。"""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors import read
from extractors.citations.doc_numbers import find, normal_form
from extractors.model import Document, Found


def document(text: str) -> Document:
    return read(f"关于养老服务工作的情况说明\n\n{text}\n以上情况请审阅。\n".encode(), "case.txt")


def numbers(text: str) -> list[tuple[str, str]]:
    """Surface and normal form of every number in a text."""
    doc = document(text)
    return [(doc.text[m.start : m.end], m.attributes["document"]) for m in find(doc, Found(len(doc.text)))]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("渝民发〔2021〕63号", "渝民发〔2021〕63号"),
        ("渝民发[2021]63号", "渝民发〔2021〕63号"),
        ("渝民发［２０２１］６３号", "渝民发〔2021〕63号"),
        ("渝民发(2021)063号", "渝民发〔2021〕63号"),
        ("渝民发【2021】63 号", "渝民发〔2021〕63号"),
        ("渝民发﹝2021﹞ 63号", "渝民发〔2021〕63号"),
        ("渝民发〈2021〉63号", "渝民发〔2021〕63号"),
        ("渝民发〔2021年〕63号", "渝民发〔2021〕63号"),
        ("渝民发〔2021〕\n63号", "渝民发〔2021〕63号"),
        ("渝民发〔2021)63号", "渝民发〔2021〕63号"),
        ("国发1997 15号", "国发〔1997〕15号"),
        ("国办发〔85〕49号", "国办发〔1985〕49号"),
        ("法〔2021〕7号", "法〔2021〕7号"),
        ("〔94〕财税字第089号", "〔94〕财税字第89号"),
        ("望残联字第012号", "望残联字第12号"),
        ("国务院令第722号", "国务院令第722号"),
        ("国务院令（第253号）", "国务院令第253号"),
        ("中华人民共和国主席令第七十三号", "中华人民共和国主席令第73号"),
        ("中国人民银行公告〔2024〕第11号", "中国人民银行公告〔2024〕第11号"),
        ("省医保局公告2021年第3号", "省医保局公告2021年第3号"),
        ("国家林业和草原局公告（2020年第13号）", "国家林业和草原局公告2020年第13号"),
        ("海关总署第61号令", "海关总署第61号令"),
        ("GB/T 42195—2022", "GB/T42195-2022"),
        ("DB51/T 2194-2016", "DB51/T2194-2016"),
        ("ＭＺ/Ｔ 131－2019", "MZ/T131-2019"),
    ],
)
def test_normal_form(written: str, normal: str) -> None:
    assert normal_form(written) == normal


@pytest.mark.parametrize("text", ["渝民发", "2021年63号楼", "第355号提案", "", "联系电话023-63110号"])
def test_what_is_no_number_has_no_normal_form(text: str) -> None:
    assert normal_form(text) is None


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("根据云政发〔2022〕3号文件精神", "云政发〔2022〕3号"),
        ("需要新建的，按国办发（1985）49号办理", "国办发（1985）49号"),
        ("应符合成办发〔2016〕37号规定", "成办发〔2016〕37号"),
        ("继续按成办发〔2016〕45号执行", "成办发〔2016〕45号"),
        ("与财综〔2020〕1号一并执行", "财综〔2020〕1号"),
        ("国务院国发〔1986〕10号文件", "国发〔1986〕10号"),
        ("省政府鲁政发〔2020〕4号文件", "鲁政发〔2020〕4号"),
        ("财政部财社〔2020〕4号文件", "财社〔2020〕4号"),
        ("你厅冀建房保函〔2020〕3号来函收悉", "冀建房保函〔2020〕3号"),
        ("（赣府厅发〔2025〕6号）", "赣府厅发〔2025〕6号"),
        ("（和政发〔2020〕5号）", "和政发〔2020〕5号"),
        ("（六盘水市住房公积金管委会通字〔2022〕5号）", "六盘水市住房公积金管委会通字〔2022〕5号"),
        ("延续实施赣市民字〔2022〕3号文件", "赣市民字〔2022〕3号"),
        ("对于工信部联企业〔2011〕300号所列企业", "工信部联企业〔2011〕300号"),
        ("一九八八年九月七日吉政文〔1988〕3号来文收悉", "吉政文〔1988〕3号"),
        ("2014年7月30日陕西省人民政府令第84号公布", "陕西省人民政府令第84号"),
        ("长沙市人民政府2020年第3号令公布", "长沙市人民政府2020年第3号令"),
        ("按照对原民政部令第48号的修改", "民政部令第48号"),
    ],
)
def test_where_the_code_begins(sentence: str, code: str) -> None:
    assert [surface for surface, _ in numbers(sentence)] == [code]


def test_joint_bodies_of_an_announcement_are_one_number() -> None:
    surface = "财政部 税务总局 民政部公告2024年第16号"
    assert numbers(f"依照{surface}办理") == [(surface, "财政部税务总局民政部公告2024年第16号")]


def test_later_serials_take_code_and_year_of_the_first() -> None:
    assert [normal for _, normal in numbers("云政〔1984〕53号、131号文收悉")] == [
        "云政〔1984〕53号",
        "云政〔1984〕131号",
    ]


def test_an_announcement_takes_its_issuer_from_the_title_before_it() -> None:
    found = numbers("《税务总局关于养老服务税收的公告》（2022年第21号）")
    assert found == [("2022年第21号", "税务总局公告2022年第21号")]


def test_a_number_inside_a_title_is_not_read_but_a_number_in_marks_is() -> None:
    assert numbers("《关于落实云政发〔2020〕3号文件的通知》已印发") == []
    assert numbers("《民政部公告2022年第14号》已印发") == [("民政部公告2022年第14号", "民政部公告2022年第14号")]


@pytest.mark.parametrize(
    "text",
    [
        "（2021）最高法民终123号判决",
        "国核安证字第1623号许可",
        "第355号提案、第0205号建议",
        "东风路128号3号楼，邮编412000",
        "2021年12月3日第5次会议",
        "苏ICP备2023017687号",
        "本办法第十二条、第3号表",
        "ABCGB 123",
    ],
)
def test_no_number(text: str) -> None:
    assert numbers(text) == []


def test_spans_are_disjoint_and_in_order() -> None:
    text = "根据国发〔2020〕1号、民发〔2020〕2号、GB/T 1.1-2020和国务院令第722号，" * 200
    doc = document(text)
    found = list(find(doc, Found(len(doc.text))))
    assert len(found) == 800
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("《关于报送材料的请示》（临平康养 20210517号）收悉。", ["临平康养20210517号"]),
        ("《放射装置运行许可证》（浙核安证字第1703号）范围增加两项。", ["浙核安证字第1703号"]),
        ("临平老年医院运行许可证\n浙核安证字2102号\n持证单位", ["浙核安证字2102号"]),
        ("持浙核安证字第1703号许可证的单位应当年检。", []),
        ("示范文本（GF—2021—2601）已经发布。", ["GF-2021-2601"]),
        ("《居家服务手册》（第3版）第20210517号房间。", []),
    ],
)
def test_numbers_without_a_bracketed_year(text: str, numbers: list[str]) -> None:
    doc = read(text.encode(), "case.txt")
    assert [m.attributes["document"] for m in find(doc, Found(len(doc.text)))] == numbers
