"""句中没有写明的时间、地点、事物和性质：由标题、领起句、前文和文种给出；不该给的一处也不给。"""

from __future__ import annotations

from typing import Any

import pytest

from extractors import extract, read


def counts(text: str, title: str = "", date: str = "2024年3月5日") -> list[dict[str, Any]]:
    whole = f"{title}\n\n各县区民政局：\n{text}\n\n天水市民政局\n{date}\n"
    extraction = extract(read(whole.encode("utf-8"), "case.txt"))
    found = sorted((m for m in extraction.mentions if m.type == "COUNT"), key=lambda m: m.start)
    return [{"text": whole[m.start : m.end], **m.attributes} for m in found]


REPORT = "天水市民政局关于养老工作情况的报告"
NOTICE = "天水市民政局关于做好养老服务工作的通知"
PLAN = "天水市养老服务提升行动实施方案"
CITY = "甘肃省天水市"


@pytest.mark.parametrize(
    ("title", "text", "times"),
    [
        # 标题年份管一节
        (REPORT, "一、2023年工作回顾\n床位使用情况良好。新建床位320张。", ["2023"]),
        (REPORT, "一、过去工作\n过去一年，新建床位320张。", ["2023"]),
        # 段首时间管到后面的句子，目前打断它
        (REPORT, "一、设施\n截至2023年底，有机构37家。护理型床位占68%。", ["2023-12-31"] * 2),
        (REPORT, "一、设施\n截至2023年底，有机构37家。目前护理型床位占68%。", ["2023-12-31", None]),
        (REPORT, "一、设施\n截至2023年三季度末，有机构37家。", ["2023-09-30"]),
        # 报告的题目有年份
        ("天水市民政局2023年养老服务统计公报", "一、设施\n全市有床位4000张。", ["2023"]),
        # 目标由领起句的期限管
        (PLAN, "一、目标\n到2026年，实现以下目标：\n（一）床位达到900张。\n（二）机构达到30家。", ["2026"] * 2),
        # 一项的期限不是下一项的
        (PLAN, "一、目标\n（一）到2026年，机构达到30家。\n（二）今后新建床位900张。", ["2026", None]),
        # 到某日为止的优惠
        (NOTICE, "一、优惠\n2027年12月31日前，减按50%征收费用。", ["../2027-12-31"]),
        # 自发文之日起的，成文晚于止期的没有起点
        (NOTICE, "一、优惠\n自本通知发布之日起至2024年12月31日，按契税的12%给予补贴。", ["2024-03-05/2024-12-31"]),
        (NOTICE, "一、优惠\n自本通知发布之日起至2023年12月31日，按契税的12%给予补贴。", ["../2023-12-31"]),
        # 各年都有的数有其起止
        (PLAN, "一、资金\n2022年至2025年每年安排资金500万元。", ["2022/2025"]),
    ],
)
def test_time_is_inherited(title: str, text: str, times: list[str | None]) -> None:
    assert [count["time"] for count in counts(text, title)] == times


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("秦安县、武山县分别有3家、5家机构。", [f"{CITY}秦安县", f"{CITY}武山县"]),
        ("重点支持秦安县、武山县两个县的36所敬老院。", [f"{CITY}秦安县、{CITY}武山县"] * 2),
        ("试点地区为秦安县、武山县，共2个。", [CITY]),
        ("老龄化率低于全国平均水平2%。", [CITY]),
        ("总量居全国城市前列，达到300家。", [CITY]),
        ("全国共有机构300家。", ["中国"]),
    ],
)
def test_region(text: str, regions: list[str]) -> None:
    assert [count["region"] for count in counts(f"一、情况\n{text}", REPORT)] == regions


def test_the_place_in_a_reply_s_title_is_where_its_figures_hold() -> None:
    text = "同意你市建设先导区。安排床位5000张。"
    title = "甘肃省人民政府关于同意天水市建设养老先导区的批复"
    whole = f"{title}\n\n天水市人民政府：\n{text}\n\n甘肃省人民政府\n2023年5月6日\n"
    extraction = extract(read(whole.encode("utf-8"), "case.txt"))
    (count,) = [m for m in extraction.mentions if m.type == "COUNT"]
    assert count.attributes["region"] == CITY


def test_without_an_issuer_the_place_most_named_holds() -> None:
    text = "稳定市场的若干措施\n\n一、在天水城区购房的，执行《天水市购房办法》。\n二、在天水缴存的，首付比例为20%。\n"
    extraction = extract(read(text.encode("utf-8"), "case.txt"))
    (count,) = [m for m in extraction.mentions if m.type == "COUNT"]
    assert count.attributes["region"] == CITY


@pytest.mark.parametrize(
    ("title", "text", "what"),
    [
        (NOTICE, "一、发放护理补贴\n失能老人每人每月200元。", "护理补贴"),
        (NOTICE, "一、标准\n给予就餐补贴：\n（一）低保对象，每人每餐8元；", "就餐补贴"),
        (NOTICE, "一、奖补\n对机构给予运营补助，最高不超过30万元。", "运营补助"),
        (REPORT, "一、情况\n服务业增加值占地区生产总值比重达42.3%。", "服务业增加值占地区生产总值比重"),
        (REPORT, "一、情况\n离开50%额定功率。", "额定功率"),
        (NOTICE, "一、时限\n各县区应在收到通知之日起30日内，制定实施办法。", "制定实施办法"),
        (NOTICE, "一、时限\n培训结束后一个月内，提交评估报告。", "评估报告"),
        (NOTICE, "一、配建\n新建小区按每百户不少于20平方米配建养老用房。", "养老用房"),
        (REPORT, "一、情况\n连续七次获评“全国文明城市”。", "全国文明城市"),
        (REPORT, "一、情况\n指标体系由质量、效率、发展、评价等4个方面构成。", "方面"),
        (REPORT, "一、情况\n家庭养老床位已为失能老人设置800张。", "家庭养老床位"),
    ],
)
def test_what_is_counted(title: str, text: str, what: str) -> None:
    assert counts(text, title)[0]["what"] == what


def test_what_is_handed_down() -> None:
    text = (
        "一、情况\n完成改造3600户。其中，秦安县1000户。收到意见46条，采纳41条。财政安排资金90万元，县级财政承担四成。"
    )
    assert [count["what"] for count in counts(text, REPORT)] == ["改造", "改造", "意见", "意见", "资金", "资金"]


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        # 规定给多少
        (PLAN, "一、扶持\n按实际缴费的50%返还。", "standard"),
        (PLAN, "一、扶持\n可申请最高不超过20万元的创业担保贷款。", "standard"),
        (PLAN, "一、服务\n对独居老人每周探访不少于2次。", "standard"),
        (PLAN, "一、服务\n服务清单包括甲、乙、丙三类。", "standard"),
        (NOTICE, "一、补贴\n对退役军人给予不低于每平方米300元的补贴。", "standard"),
        (NOTICE, "一、限制\n每户家庭限购一套。", "standard"),
        # 达到多少才有
        (PLAN, "一、扶持\n新招人员达到职工总数25%的，给予贷款支持。", "eligibility"),
        (PLAN, "一、扶持\n对床位不少于30张的机构，优先安排。", "eligibility"),
        (NOTICE, "一、补贴\n面积90平方米以下的给予支持。", "eligibility"),
        # 要做到多少
        (NOTICE, "一、任务\n新增示范单位不少于800家。", "target"),
        (NOTICE, "一、任务\n省级抽查，抽查比例不低于10%。", "target"),
        (NOTICE, "一、时限\n在结束后一个月内提交报告。", "target"),
        (REPORT, "二、安排\n到2026年，床位达到900张。", "target"),
        (REPORT, "一、情况\n为做到“两个确保”，2022年支出700亿元，增长19.9%。", "growth"),
        # 已经是多少
        (PLAN, "一、取得的成效\n现代服务业增加值占比达76%。", "actual"),
        (PLAN, "一、基础\n2022年，入住率为61%。", "actual"),
        ("天水市人民政府关于表彰先进集体的决定", "授予“敬老之家”等12家单位称号。", "actual"),
        (NOTICE, "一、进展\n截至2023年底，发放补贴175万元。", "actual"),
    ],
)
def test_kind(title: str, text: str, kind: str) -> None:
    assert counts(text, title)[-1]["kind"] == kind


def test_a_list_of_conditions_says_who_qualifies_and_one_of_fines_does_not() -> None:
    title = "天水市养老机构管理办法"
    asked = "第一条 申请的机构应当具备下列条件：\n（一）运营3个月以上；\n（二）护理员不少于10名。"
    fined = "第九条 有下列行为之一的，处以罚款：\n（一）拒绝检查的，处五百元以上一千元以下罚款。"
    assert [count["kind"] for count in counts(asked, title)] == ["eligibility", "eligibility"]
    assert [count["kind"] for count in counts(fined, title)] == ["standard"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("惠及6600多万纳税人。", "人"),
        ("务工规模超过3300万。", "人"),
        ("惠及1200万家庭。", "个"),
        ("贷款余额超过3300万。", "元"),
    ],
)
def test_the_unit_meant(text: str, unit: str) -> None:
    assert counts(f"一、情况\n{text}", REPORT)[0]["unit"] == unit


@pytest.mark.parametrize(
    ("text", "what"),
    [
        # 群体只是名称的一部分
        ("建成2所失能照护特困人员供养机构。", "失能照护特困人员供养机构"),
        ("为5万户特殊困难老年人家庭实施改造。", "特殊困难老年人家庭"),
        # 群体后面是谓语
        ("对780名寄宿学生补助了生活费。", "寄宿学生"),
        # 谁有多少，数的是前面说过的事物
        ("共有机构30家，其中秦安县12家，天水集团6家。", "机构"),
        ("共培训护理员900人，其中300人取得职业技能等级证书。", "护理员"),
    ],
)
def test_what_is_counted_beside_groups_and_holders(text: str, what: str) -> None:
    assert counts(text, REPORT)[-1]["what"] == what
