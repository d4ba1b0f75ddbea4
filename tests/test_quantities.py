"""计数的范围、数值、界限和单位；看着像数而不是计数的说法一处也不许读出来。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors import extract, read
from extractors.figures.numerals import NUMERAL, chinese_number, read_numeral
from extractors.figures.units import unit_at

TRAPS = [
    line
    for line in (Path(__file__).parent / "traps" / "numbers.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def counts(text: str) -> list[dict[str, Any]]:
    extraction = extract(read(text.encode("utf-8"), "case.txt"))
    return [{"text": text[m.start : m.end], **m.attributes} for m in extraction.mentions if m.type == "COUNT"]


def test_there_are_enough_traps() -> None:
    assert len(set(TRAPS)) >= 60


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_gives_no_count(text: str) -> None:
    assert counts(text) == []


# 文字 | 范围 | 值 | 上限 | 界限 | 单位
FORMS = [
    ("全区有床位1,200张。", "1,200张", 1200, None, "eq", "张"),
    ("全年投入1 500万元。", "1 500万元", 15_000_000, None, "eq", "元"),
    ("共投入1500余万元。", "1500余万元", 15_000_000, None, "gt", "元"),
    ("惠及3万余人。", "3万余人", 30_000, None, "gt", "人"),
    ("共有二十多个项目。", "二十多个", 20, None, "gt", "个"),
    ("近百名志愿者参与。", "近百名", 100, None, "approx", "名"),
    ("上千户家庭受益。", "上千户", 1000, None, "ge", "户"),
    ("总人口约1.5亿人。", "约1.5亿人", 150_000_000, None, "approx", "人"),
    ("培训护理员３２０人次。", "３２０人次", 320, None, "eq", "人次"),
    ("打造2—3个样板。", "2—3个", 2, 3, "range", "个"),
    ("任期三至五年。", "三至五年", 3, 5, "range", "年"),
    ("补贴100-200万元。", "100-200万元", 1_000_000, 2_000_000, "range", "元"),
    ("提高5%至10%。", "5%至10%", 5, 10, "range", "%"),
    ("处二万元以上十万元以下罚款。", "二万元以上十万元以下", 20_000, 100_000, "range", "元"),
    ("已满十四周岁不满十八周岁的未成年人。", "十四周岁不满十八周岁", 14, 18, "range", "周岁"),
    ("规模超过40套（含）不足90套的。", "超过40套（含）不足90套", 40, 90, "range", "套"),
    ("团购超过60套（含）的。", "超过60套（含）", 60, None, "ge", "套"),
    ("土地低于20亩（含20亩）的。", "低于20亩（含20亩）", 20, None, "le", "亩"),
    (
        "面积80平方米以上（含80平方米）至120平方米以下。",
        "80平方米以上（含80平方米）至120平方米以下",
        80,
        120,
        "range",
        "平方米",
    ),
    ("面积160（不含）平方米以上。", "160（不含）平方米以上", 160, None, "gt", "平方米"),
    ("净高高于或等于2.5米。", "高于或等于2.5米", 2.5, None, "ge", "米"),
    ("设备平台宽度不\n大于 2 米。", "不\n大于 2 米", 2, None, "le", "米"),
    ("支持三孩及以上家庭。", "三孩及以上", 3, None, "ge", "孩"),
    ("有两三个村参与。", "两三个", 2, 3, "range", "个"),
    ("三分之二以上的代表同意。", "三分之二以上", 66.67, None, "ge", "%"),
    ("占总数的1/3。", "1/3", 33.33, None, "eq", "%"),
    ("面积不少于千分之二。", "不少于千分之二", 2, None, "ge", "‰"),
    ("入住率超过七成。", "超过七成", 70, None, "gt", "%"),
    ("增长百分之十三点四。", "百分之十三点四", 13.4, None, "eq", "%"),
    ("上升0.5个百分点。", "0.5个百分点", 0.5, None, "eq", "百分点"),
    ("应当在十五个工作日内答复。", "十五个工作日内", 15, None, "le", "个工作日"),
    ("三十日内作出决定。", "三十日内", 30, None, "le", "日"),
    ("六个月内完成。", "六个月内", 6, None, "le", "月"),
    ("有效期为一年。", "一年", 1, None, "eq", "年"),
    ("年满60周岁的老年人。", "60周岁", 60, None, "ge", "周岁"),
    ("未满十六周岁的人。", "未满十六周岁", 16, None, "lt", "周岁"),
    ("最高不超过500元。", "不超过500元", 500, None, "le", "元"),
    ("最高500元。", "最高500元", 500, None, "le", "元"),
    ("边长大于等于四米。", "大于等于四米", 4, None, "ge", "米"),
    ("占总户数60%以上。", "60%以上", 60, None, "ge", "%"),
    ("新增装机超过全省一半。", "一半", 50, None, "gt", "%"),
    ("组织百家企业参展。", "百家", 100, None, "eq", "家"),
    ("自签订之日起一个月内缴清。", "一个月内", 1, None, "le", "月"),
    ("每人每年只享受一次。", "一次", 1, None, "le", "次"),
    ("最低工资标准为2200元。", "2200元", 2200, None, "eq", "元"),
    ("全文由两部分组成。", "两部分", 2, None, "eq", "部分"),
    ("国家、地方、学校三级联动。", "三级", 3, None, "eq", "级"),
    ("配备专职护士一名，", "一名", 1, None, "eq", "名"),
    ("每人每日最多支付40元。", "40元", 40, None, "le", "元"),
    ("每个村至少设置一处。", "一处", 1, None, "ge", "处"),
    ("面积500平方米（含）以上的设施。", "500平方米（含）以上", 500, None, "ge", "平方米"),
    ("每千名老人拥有床位35张。", "35张", 35, None, "eq", "张"),
    ("建设标准为2万元/张。", "2万元", 20_000, None, "eq", "元"),
    ("由10部门联合印发。", "10", 10, None, "eq", "个"),
    ("装机容量5000万千瓦。", "5000万千瓦", 50_000_000, None, "eq", "千瓦"),
    ("省、市、县三级联动。", "三级", 3, None, "eq", "级"),
    ("震级为2.5级。", "2.5级", 2.5, None, "eq", "级"),
    ("在25公里范围内设置。", "25公里", 25, None, "le", "公里"),
    ("享受待遇超2347万，群众满意。", "超2347万", 23_470_000, None, "gt", "元"),
    ("近两年内无违法记录。", "两年内", 2, None, "le", "年"),
    # 区间的端点注明含不含，或带着以上
    ("轮候期在12个月（不含）—24个月之间。", "12个月（不含）—24个月", 12, 24, "range", "月"),
    ("连续缴费3年以上至8年的，", "3年以上至8年", 3, 8, "range", "年"),
    ("三个或者三个以上单位共同承办的，", "三个或者三个以上", 3, None, "ge", "个"),
    ("使用期8年或更长。", "8年或更长", 8, None, "ge", "年"),
    # 最高、最低是名称的一部分时不定界
    ("首套住房最低首付款比例为25%。", "25%", 25, None, "eq", "%"),
    ("最高贷款额度调整为55万元。", "55万元", 550_000, None, "eq", "元"),
    ("补助额为同类最高额度的90%。", "90%", 90, None, "eq", "%"),
    ("最低不少于3人。", "不少于3人", 3, None, "ge", "人"),
    ("贷款总额不得超购房总价的70%。", "70%", 70, None, "le", "%"),
    # 满是界限，年满、届满是动词
    ("参保缴费满八年的，", "满八年", 8, None, "ge", "年"),
    ("服役满2年不满6年的，", "满2年不满6年", 2, 6, "range", "年"),
    ("有效期届满四十日前提出。", "四十日", 40, None, "eq", "日"),
    # 一个数里有两个倍数，或千分位用全角逗号
    ("用户增至3万5千多户。", "3万5千多户", 35_000, None, "gt", "户"),
    ("合计2亿6000万元。", "2亿6000万元", 260_000_000, None, "eq", "元"),
    ("生产粮食21，350万吨。", "21，350万吨", 213_500_000, None, "eq", "吨"),
    # 含不含端点写在单位前
    ("面积120(含120)平方米以上的住宅。", "120(含120)平方米以上", 120, None, "ge", "平方米"),
    ("面积70(含70)--110平方米的住宅。", "70(含70)--110平方米", 70, 110, "range", "平方米"),
    ("处30万以上60万以下的罚款。", "30万以上60万以下", 300_000, 600_000, "range", "元"),
    ("来访的只有六、七个人。", "六、七个", 6, 7, "range", "个"),
    ("应当自受理之日起一个工作日内答复。", "一个工作日内", 1, None, "le", "个工作日"),
    ("公示二十日期满无异议的，", "二十日", 20, None, "eq", "日"),
    ("招收未满四周岁的幼儿。", "未满四周岁", 4, None, "lt", "周岁"),
    ("达标率应当达到百分之百。", "百分之百", 100, None, "eq", "%"),
    ("林地郁闭度不低于零点三。", "不低于零点三", 0.3, None, "ge", None),
    ("每小时35蒸吨及以下的锅炉。", "35蒸吨及以下", 35, None, "le", "蒸吨"),
    ("含50年产权公寓。", "50年", 50, None, "eq", "年"),
    ("按照制度+3个平台推进。", "3个", 3, None, "eq", "个"),
    # 两不会是序数
    ("招收两届毕业生。", "两届", 2, None, "eq", "届"),
    ("历时五个多月。", "五个多月", 5, None, "gt", "月"),
    ("这项传统延续1300多年。", "1300多年", 1300, None, "gt", "年"),
    ("应当提前40日报原发证机关。", "40日", 40, None, "eq", "日"),
    ("考核中给予5分的加分奖励。", "5分", 5, None, "eq", "分"),
    ("有三千万农民受益。", "三千万", 30_000_000, None, "eq", "人"),
    ("税率由四档简并为三档。", "四档", 4, None, "eq", "档"),
    ("芯数为2芯～5芯。", "2芯～5芯", 2, 5, "range", "芯"),
    ("综合考虑甲、乙、丙三方面因素。", "三方面", 3, None, "eq", "方面"),
    ("发生6级以上地震。", "6级以上", 6, None, "ge", "级"),
    ("产能约为300吨。", "约为300吨", 300, None, "approx", "吨"),
    ("可按“层数≥5层”核算。", "≥5层", 5, None, "ge", "层"),
    # 没有单位的系数
    ("容积率不得低于1.5。", "不得低于1.5", 1.5, None, "ge", None),
    ("总产值翻两番。", "两番", 2, None, "eq", "番"),
    ("面积60平方米（含）以上至90平方米以下的补贴。", "60平方米（含）以上至90平方米以下", 60, 90, "range", "平方米"),
    # 繁体
    ("現有黨員三百五十人，另有兩萬餘名工人。", "三百五十人", 350, None, "eq", "人"),
    ("這十二個小組已經成立。", "十二個", 12, None, "eq", "個"),
]


@pytest.mark.parametrize(("text", "span", "value", "value_max", "comparator", "unit"), FORMS)
def test_form(text: str, span: str, value: float, value_max: float | None, comparator: str, unit: str | None) -> None:
    count = counts(text)[0]
    assert count["text"] == span
    assert count["value"] == value
    assert count.get("value_max") == value_max
    assert (count["comparator"], count["unit"]) == (comparator, unit)


def test_one_word_rules_a_list() -> None:
    assert [(c["text"], c["comparator"]) for c in counts("床位数分别不少于22个、20个。")] == [
        ("不少于22个", "ge"),
        ("20个", "ge"),
    ]


def test_the_last_bound_of_a_list_rules_all_of_it() -> None:
    found = counts("甲、乙、丙指标分别控制在9%、7%和3%以下。")
    assert [(c["text"], c["comparator"]) for c in found] == [("9%", "le"), ("7%", "le"), ("3%以下", "le")]


def test_each_of_a_list_counts_its_own() -> None:
    assert [c["text"] for c in counts("甲镇、乙镇、丙镇分别为3家、4家、5家。")] == ["3家", "4家", "5家"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("一百零五", 105),
        ("两千四百", 2400),
        ("三亿二千万", 320_000_000),
        ("二〇三", 203),
        ("十二点五", 12.5),
    ],
)
def test_chinese_numbers(text: str, value: float) -> None:
    assert float(chinese_number(text) or 0) == value


@pytest.mark.parametrize("text", ["三五", "百", "万"])
def test_what_is_no_chinese_number(text: str) -> None:
    assert chinese_number(text) is None


def test_thousand_of_kilowatt_is_no_multiplier() -> None:
    match = NUMERAL.match("3千瓦")
    assert match is not None
    numeral = read_numeral(match)
    assert numeral is not None and numeral.value == 3


@pytest.mark.parametrize(("text", "word"), [("人次参与", "人次"), ("个月", "个月"), ("平方米", "平方米"), ("m，", "m")])
def test_the_longest_unit(text: str, word: str) -> None:
    unit = unit_at(text, 0)
    assert unit is not None and unit.word == word


@pytest.mark.parametrize("text", ["人民政府", "mg3", "条例"])
def test_a_word_that_begins_like_a_unit(text: str) -> None:
    unit = unit_at(text, 0)
    assert unit is None or unit.word == "mg"
