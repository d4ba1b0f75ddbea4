"""机关代字：地区简称、机关字、中央机关代字，认不准时不推断。"""

from __future__ import annotations

import pytest

from extractors.citations.issuer_codes import infer_issuer
from extractors.model import Jurisdiction
from ontology import table


def place(*path: str) -> Jurisdiction:
    return Jurisdiction(path, "", "test", 1.0)


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("国发〔2021〕35号", "国务院"),
        ("国办函〔2004〕80号", "国务院办公厅"),
        ("中发〔2020〕5号", "中共中央"),
        ("民发〔2020〕86号", "民政部"),
        ("财社〔2017〕30号", "财政部"),
        ("国卫老龄发〔2015〕3号", "国家卫生和计划生育委员会"),
        ("国卫老龄发〔2022〕3号", "国家卫生健康委员会"),
        ("林规发〔2016〕1号", "国家林业局"),
        ("渝府发〔2021〕1号", "重庆市人民政府"),
        ("渝委发〔2022〕21号", "中共重庆市委员会"),
        ("渝民发〔2020〕1号", "重庆市民政局"),
        ("渝北民〔2024〕61号", "重庆市渝北区民政局"),
        ("川民函〔2020〕1号", "四川省民政厅"),
        ("川办发〔2020〕1号", "四川省人民政府办公厅"),
        ("鄂政文〔2004〕15号", "湖北省人民政府"),
        ("赣府厅发〔2025〕6号", "江西省人民政府办公厅"),
        ("粤办发〔2019〕3号", "中共广东省委员会办公厅"),
        ("穗民〔2020〕1号", "广东省广州市民政局"),
        ("豫卫健〔2020〕1号", "河南省卫生健康委员会"),
    ],
)
def test_codes(number: str, issuer: str) -> None:
    assert infer_issuer(number).issuer == issuer


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("宁政发〔2020〕1号", "宁夏还是南京"),
        ("青政〔2020〕1号", "青海还是青岛"),
        ("明政办〔2020〕1号", "三明还是明溪"),
        ("阳政办发〔2020〕1号", "阳泉、阳江还是别处"),
        ("穗府办函〔2020〕1号", "办公厅还是办公室"),
        ("苏上上〔2020〕5号", "企业"),
        ("农发〔2020〕1号", "部还是农安县"),
        ("", "没有代字"),
    ],
)
def test_what_cannot_be_told_is_refused(number: str, why: str) -> None:
    assert infer_issuer(number).issuer is None, why


@pytest.mark.parametrize(
    ("number", "jurisdiction", "issuer"),
    [
        ("宁政发〔2020〕1号", place("江苏省", "南京市"), "江苏省南京市人民政府"),
        ("宁政发〔2020〕1号", place("宁夏回族自治区"), "宁夏回族自治区人民政府"),
        (
            "阜蒙政办发〔2019〕75号",
            place("辽宁省", "阜新市", "阜新蒙古族自治县"),
            "辽宁省阜新市阜新蒙古族自治县人民政府办公室",
        ),
        ("明政〔2020〕1号", place("福建省", "三明市"), "福建省三明市人民政府"),
    ],
)
def test_the_jurisdiction_decides(number: str, jurisdiction: Jurisdiction, issuer: str) -> None:
    assert infer_issuer(number, jurisdiction).issuer == issuer


def test_every_national_code_of_the_table_names_its_issuer() -> None:
    for row in table("issuer_codes"):
        if row["kind"] == "prefix" and len(row["code"]) > 1:
            assert infer_issuer(row["example"]).issuer == row["issuer"], row["code"]
