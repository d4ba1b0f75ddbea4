"""规章、房贷文件里的数：期限所管的事、罚则、调整前后的额度，谁符合条件，管到哪里。"""

from __future__ import annotations

from typing import Any

import pytest

from extractors import extract, read

LAW = "天水市养老服务条例"
NOTICE = "天水市民政局关于住房补贴的通知"


def counts(text: str, title: str = LAW) -> list[dict[str, Any]]:
    extraction = extract(read(f"{title}\n\n{text}\n".encode(), "case.txt"))
    return [{"text": text, **m.attributes} for m in extraction.mentions if m.type == "COUNT"]


# 文字 | 最后一个数数的是什么
WHATS = [
    ("受理机关应当在九日内裁定是否受理。", "裁定是否受理"),
    ("应当在接到通知十二日内向街道办事处提出。", "提出"),
    ("经营者应当提前八天向所在地街道办事处申报。", "申报"),
    ("审核工作一般在申请人提交材料后的25日内完成。", "审核工作"),
    ("应当在会议举行的六日前送交委员会。", "送交委员会"),
    ("活动开始前至少40日，应将方案报主管部门。", "方案报主管部门"),
    ("应当在八日内将处理意见反馈举报人。", "反馈举报人"),
    ("对其他直接责任人员处三日以上九日以下拘留。", "拘留"),
    ("自决定公布之日起满90日，无人认领的，予以注销。", "决定公布"),
    ("托养补贴额度由30万元调高至45万元。", "托养补贴额度"),
    ("贷款额度在可贷额度的基础上分别增加15万元。", "贷款额度"),
    ("缴费比例由原规定的8%调整为6%。", "缴费比例"),
    ("通车里程由1996年的88万公里增加到2003年的140万公里。", "通车里程"),
    ("每次拍卖的保留价不低于前次保留价的80%。", "保留价"),
    ("禁止新建每小时15蒸吨以下的燃煤锅炉。", "燃煤锅炉"),
    ("床位在四十张以上的养老院，", "床位"),
    ("单缴存职工家庭贷款额度上限由30万元调整为35万元。", "贷款额度上限"),
    ("购买首套住房的，贷款最高限额70万元。", "贷款最高限额"),
    ("购买第二套住房的，最低首付款比例不低于30%。", "最低首付款比例"),
    ("失业金缓缴期限最长不超过五个月。", "失业金缓缴期限"),
    ("设备平台宽度不大于2米。", "设备平台宽度"),
    ("爆炸事故造成19名矿工遇难。", "矿工"),
    ("其他14名相关责任人员也分别受到处分。", "相关责任人员"),
    ("对取得许可证后四个月内实质性开工的项目，", "实质性开工"),
    ("完成近百公里的河堤加固工程。", "河堤加固工程"),
    ("凡购房的，按80平方米以下每套6000元、80平方米以上每套9000元发放购房消费券。", "购房消费券"),
    ("购买市区130平方米以下(不含130平方米)新建商品住宅的，", "新建商品住宅"),
    ("写下了60本90多万字的心得笔记。", "心得笔记"),
    ("护理床位占全部床位的比例不低于55%。", "护理床位占全部床位的比例"),
    ("彩票公益金应当按照不低于百分之六十的比例用于发展养老服务。", "彩票公益金"),
]


@pytest.mark.parametrize(("text", "what"), WHATS)
def test_what_is_counted(text: str, what: str) -> None:
    assert counts(text)[-1]["what"] == what


# 题目 | 文字 | 最后一个数的性质
KINDS = [
    (NOTICE, "多子女家庭的贷款额度上浮15%。", "growth"),
    (NOTICE, "在原住房出售后2年内重新购买住房的给予补贴。", "eligibility"),
    (LAW, "判处四年以上有期徒刑的，并处罚金。", "standard"),
    (NOTICE, "家庭拥有1套住房且相应贷款未结清的，首付照旧。", "eligibility"),
    (NOTICE, "须提供连续缴纳18个月及以上社会保险证明。", "eligibility"),
    (NOTICE, "取得产权证满6年后方可上市交易。", "eligibility"),
    (NOTICE, "企业信用得分加8分。", "standard"),
    (NOTICE, "走访巡查每月开展一次。", "standard"),
    (LAW, "有下列情形之一的，处一百元罚款：\n\n（一）连续作业超过五小时，未安排轮换的；", "eligibility"),
    (LAW, "连续居住两年以上的外国人办理登记，应当提交证明。", "eligibility"),
    (LAW, "应当在会议举行的六日前将草案送交委员会。", "target"),
    ("天水市养老服务提升行动实施方案", "批准文件可以多次使用，但最多不超过九批。", "standard"),
    ("天水市养老服务提升行动实施方案", "确保老年人每天户外活动不少于2小时。", "standard"),
    ("天水市养老服务提升行动实施方案", "一、发展目标\n\n到2030年，推出80项精品服务。", "target"),
    ("天水市人民政府关于授予李某同志荣誉称号的命令", "李某牺牲时年仅33岁。", "actual"),
]


@pytest.mark.parametrize(("title", "text", "kind"), KINDS)
def test_kind(title: str, text: str, kind: str) -> None:
    assert counts(text, title)[-1]["kind"] == kind


# 文字 | 地域
REGIONS = [
    ("2021年全球共发生地震41次。", "全球"),
    ("陇南等9个城市已经开展试点。", "甘肃省天水市"),
]


@pytest.mark.parametrize(("text", "region"), REGIONS)
def test_region(text: str, region: str) -> None:
    assert counts(text)[-1]["region"] == region


def test_a_text_of_the_whole_country_without_issuer_holds_there() -> None:
    text = "我国人均收入逐年提高，全国建成养老院3万所。台湾、香港、澳门同胞回内地居住的，同样适用。"
    assert counts(text, "")[-1]["region"] == "中国"


def test_an_unknown_place_is_not_the_whole_country() -> None:
    text = "结合我州实际，按国务院部署，我州对六项政策进行调整。"
    assert counts(text, "")[-1]["region"] is None


def test_size_that_decides_a_payment_is_a_condition() -> None:
    told = counts("购房的，100平方米及以下补贴7000元，100平方米以上补贴9000元。", NOTICE)
    assert [count["kind"] for count in told] == ["eligibility", "standard", "eligibility", "standard"]


def test_bound_rules_the_next_of_its_list() -> None:
    told = counts("组织不少于200人、500人的旅行团，分别给予2万元、4万元奖励。", NOTICE)
    assert [count["comparator"] for count in told] == ["ge", "ge", "eq", "eq"]


def test_line_opens_with_its_place() -> None:
    told = counts("安徽某矿事故的三名责任人受到处分。其他18名人员受到警告。", "国务院关于事故处理情况的通报")
    assert {count["region"] for count in told} == {"安徽省"}
