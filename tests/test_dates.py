"""日期与时期：范围连界限词，ISO 写法；省略的年月从上文或成文日期补。"""

from __future__ import annotations

import pytest

from extractors import extract, read
from extractors.figures.date_parts import Day, iso_of, join, read_point

SIGNED = "\n\n某市民政局\n2024年5月21日\n"


def times(text: str, signed: bool = True) -> list[tuple[str, str | None]]:
    whole = text + (SIGNED if signed else "")
    extraction = extract(read(whole.encode("utf-8"), "case.txt"))
    return [
        (whole[m.start : m.end], m.attributes["iso"])
        for m in extraction.mentions
        if m.type == "TIME" and m.end <= len(text)
    ]


CASES = [
    ("工作于2023年启动。", "2023年", "2023"),
    ("工作于2020年11月启动。", "2020年11月", "2020-11"),
    ("会议于2024 年 3 月 5 日召开。", "2024 年 3 月 5 日", "2024-03-05"),
    ("方案于二〇〇四年十一月四日印发。", "二〇〇四年十一月四日", "2004-11-04"),
    ("机构于一九九七年成立。", "一九九七年", "1997"),
    ("规划期为2021—2025年。", "2021—2025年", "2021/2025"),
    ("自查安排在1997年4―6月。", "1997年4―6月", "1997-04/1997-06"),
    ("检查在2004年4月13日至15日进行。", "2004年4月13日至15日", "2004-04-13/2004-04-15"),
    ("清理时限是1997年10月――1998年2月。", "1997年10月――1998年2月", "1997-10/1998-02"),
    ("截至2023年底建成。", "截至2023年底", "2023-12-31"),
    ("截至2024年6月末建成。", "截至2024年6月末", "2024-06-30"),
    ("“十四五”以来成效明显。", "“十四五”以来", "2021/.."),
    ("“十四五”期间投入加大。", "“十四五”期间", "2021/2025"),
    ("“十三五”末全面建成。", "“十三五”末", "2020"),
    ("2014年起发放。", "2014年起", "2014/.."),
    ("自2003年7月起监测。", "自2003年7月起", "2003-07/.."),
    ("自2003年7月下旬以来多发。", "自2003年7月下旬以来", "2003-07-21/.."),
    ("到2025年全面覆盖。", "到2025年", "2025"),
    ("2025年底前完成。", "2025年底前", "2025-12-31"),
    ("今年启动。", "今年", "2024"),
    ("去年底已完成。", "去年底", "2023-12-31"),
    ("明年推开。", "明年", "2025"),
    ("2023年上半年已完成。", "2023年上半年", "2023-01/2023-06"),
    ("2023年第三季度已完成。", "2023年第三季度", "2023-07/2023-09"),
    ("事发于2003年12月18日晚8时40分。", "2003年12月18日晚8时40分", "2003-12-18T20:40"),
    ("调查于4月15日进行。", "4月15日", "2024-04-15"),
    ("八十年代以来不断发展。", "八十年代以来", "1980/.."),
    ("近三年成效明显。", "近三年", None),
    ("疫情防控期间加大帮扶。", "疫情防控期间", None),
]


@pytest.mark.parametrize(("text", "span", "iso"), CASES)
def test_time(text: str, span: str, iso: str | None) -> None:
    assert times(text) == [(span, iso)]


def test_a_day_takes_month_and_year_from_the_date_before() -> None:
    assert times("2003年12月18日、19日和21日均有震感。") == [
        ("2003年12月18日", "2003-12-18"),
        ("19日", "2003-12-19"),
        ("21日", "2003-12-21"),
    ]


def test_a_month_takes_the_year_from_its_paragraph() -> None:
    assert times("2004年4月和9月两次调查。") == [("2004年4月", "2004-04"), ("9月", "2004-09")]


@pytest.mark.parametrize(
    "text",
    [
        "每年9月9日为敬老日。",
        "办公时间9时30分至17时。",
        "适用于6月龄婴儿。",
        "落实十四五规划。",
        "开展“一月一主题”活动。",
        "制定三年行动方案。",
    ],
)
def test_no_time(text: str) -> None:
    assert times(text) == []


def test_days_of_a_law_belong_to_every_year() -> None:
    articles = "\n".join(f"第{n}条 内容。" for n in "一二三四五六")
    assert ("3月31日前", None) in times(articles + "\n第七条 应当在3月31日前报送。")


def test_no_such_day() -> None:
    assert read_point("2023年2月30日", Day(None, None, None)) is None


def test_join_keeps_the_outer_ends() -> None:
    first, last = read_point("2023年上半年", Day(None, None, None)), read_point("2024年", Day(None, None, None))
    assert first and last
    assert iso_of(join(first, last)) == "2023-01/2024"
