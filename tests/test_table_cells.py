"""表格里的数：单位在表头、在“单位”列、在表上方；序号、电话、年份、没有单位的列一律不读。"""

from __future__ import annotations

from typing import Any

import pytest

from extractors import extract, read

PLAN = """株洲市民政局关于印发《株洲市“十四五”养老服务发展规划》的通知

现将规划印发给你们，请认真贯彻执行。

表1 发展指标
序号\t指标\t单位\t2020年\t2025年\t属性
1\t养老床位\t张\t23500\t30000\t预期性
2\t护理型床位占比\t%\t41.5\t60\t约束性
3\t财政投入\t万元\t1,200\t3,000\t预期性

株洲市民政局
2022年3月1日
"""

REPORT = """株洲市民政局关于2023年养老服务资金使用情况的报告

2023年各县市区资金（单位：万元）
序号\t县市区\t资金\t人数（人）\t补贴标准（元/人）\t联系电话\t备注
1\t醴陵市\t320\t1200\t500\t23230001\t12
2\t攸县\t150.5\t\t600\t24220002\t
合计\t\t470.5\t2000\t\t\t

株洲市民政局
2024年3月1日
"""


def cells(text: str) -> list[dict[str, Any]]:
    mentions = extract(read(text.encode("utf-8"), "case.txt")).mentions
    return [{"text": text[m.start : m.end], **m.attributes} for m in mentions if m.rule == "quantities.cell"]


def said(text: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(cell[name] for name in names) for cell in cells(text)]


def test_a_row_names_its_own_unit() -> None:
    assert said(PLAN, "text", "value", "unit", "what") == [
        ("23500", 23500, "张", "养老床位"),
        ("30000", 30000, "张", "养老床位"),
        ("41.5", 41.5, "%", "护理型床位占比"),
        ("60", 60, "%", "护理型床位占比"),
        ("1,200", 12_000_000, "元", "财政投入"),
        ("3,000", 30_000_000, "元", "财政投入"),
    ]


def test_the_head_of_the_column_says_when() -> None:
    """2020年的数成文时已是过去，2025年的是目标。"""
    assert said(PLAN, "time", "kind") == [("2020", "actual"), ("2025", "target")] * 3


def test_the_unit_over_the_table_and_in_the_head() -> None:
    assert said(REPORT, "text", "value", "unit", "what") == [
        ("320", 3_200_000, "元", "资金"),
        ("1200", 1200, "人", "人数"),
        ("500", 500, "元", "补贴标准"),
        ("150.5", 1_505_000, "元", "资金"),
        ("600", 600, "元", "补贴标准"),
        ("470.5", 4_705_000, "元", "资金"),
        ("2000", 2000, "人", "人数"),
    ]


def test_the_place_is_in_the_row_and_the_time_over_the_table() -> None:
    rows = said(REPORT, "region", "time", "kind")
    assert rows[0] == ("湖南省株洲市醴陵市", "2023", "actual")
    assert rows[2] == ("湖南省株洲市醴陵市", "2023", "standard")
    assert rows[3] == ("湖南省株洲市攸县", "2023", "actual")
    assert rows[-1] == ("湖南省株洲市", "2023", "actual")


@pytest.mark.parametrize(
    "text",
    [
        "株洲市民政局关于值班安排的通知\n\n序号\t姓名\t房间\n1\t张某\t302\n2\t李某\t305\n",
        "株洲市民政局关于值班安排的通知\n\n年份\t编号（个）\n2021\t302\n2022\t305\n",
        "株洲市民政局关于值班安排的通知\n\n1\t20（人）\t302\n2\t30\t305\n",
    ],
)
def test_numbers_of_no_known_unit_are_left(text: str) -> None:
    assert cells(text) == []
