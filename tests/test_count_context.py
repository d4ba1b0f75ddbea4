"""每个数：数的是什么，何时、何地，是事实、目标、标准、资格还是增减。"""

from __future__ import annotations

from typing import Any

import pytest

from extractors.figures import count_context
from extractors.figures.clauses import clause_start, sentence_end, sentence_start
from extractors.figures.count_kind import change_of
from extractors.figures.dates import find as find_dates
from extractors.figures.genre_kind import document_kind
from extractors.figures.quantities import find as find_counts
from extractors.model import Found, Jurisdiction, Mention
from extractors.reading import read, read_text
from extractors.registry import extract

HOME = Jurisdiction(("江苏省", "镇江市"), "321100", "test", 1.0)


def resolved(text: str, title: str = "", jurisdiction: Jurisdiction | None = HOME) -> list[dict[str, Any]]:
    """The counts of a text, read with dates and counts only, places given as ``〖句容市〗``."""
    whole = f"{title}\n{text}" if title else text
    places = []
    while "〖" in whole:
        start = whole.index("〖")
        end = whole.index("〗") - 1
        whole = whole.replace("〖", "", 1).replace("〗", "", 1)
        name = whole[start:end]
        places.append(Mention(start, end, "REGION", "test", 1.0, {"canonical": f"江苏省镇江市{name}"}))
    doc = read(whole.encode("utf-8"), "case.txt")
    found = Found(len(doc.text))
    if title:
        found.add([Mention(0, len(title), "DOCUMENT_TITLE", "test", 1.0, {"self": True})])
    found.add(places)
    found.add(list(find_dates(doc, found)))
    found.add(list(find_counts(doc, found)))
    mentions = count_context.resolve(doc, jurisdiction, list(found))
    counts = sorted((m for m in mentions if m.type == "COUNT"), key=lambda m: m.start)
    return [{"text": whole[m.start : m.end], **m.attributes} for m in counts]


WHAT = [
    # 期限为的是做什么
    ("主管部门应当当场或者在三日内一次性告知申请人。", "告知申请人"),
    ("计划下达后2个月内，主编单位根据有关规定，组织成立编制组。", "组织成立编制组"),
    ("与其签订2年以上劳动合同的，", "劳动合同"),
    ("购买房龄超过15年的二手房的，", "房龄"),
    # 钱是什么钱
    ("给予300元/平方米购房补贴。", "购房补贴"),
    ("按800元/人标准给予一次性用工补助。", "一次性用工补助"),
    ("可预拨不超过40%的一次性吸纳就业补贴。", "一次性吸纳就业补贴"),
    ("调整贷款额度为单职工30万元。", "贷款额度"),
    # 动词后面的名词
    ("督促了对9宗未按期开工的土地。", "土地"),
    ("启动2个我国牵头组织的科学计划。", "科学计划"),
    ("提出整改意见6条。", "整改意见"),
    ("货邮吞吐量达到300吨的目标。", "货邮吞吐量"),
    ("组建500个造林（草）合作社。", "造林（草）合作社"),
    ("招用应届毕业生，比例不低于35%。", "应届毕业生比例"),
    ("拿出不低于25%的名额专门用于招聘毕业生。", "毕业生"),
    ("下调存量贷款利率0.3个百分点。", "存量贷款利率"),
    ("跑道长2400米。", "跑道长"),
    ("可以延期缴纳税款（最长不超过三个月）。", "税款"),
    ("女青年为年满18岁。", "女青年"),
    ("城镇居民人均可支配收入由2002年7703元增加。", "城镇居民可支配收入"),
    ("农业总产值每年要增长4%。", "农业总产值"),
    ("新增装机超过全省一半。", "装机"),
    ("严格控制商业用地比例，原则上控制在15%以内。", "商业用地比例"),
    ("维护资金由两级负担，市级承担30%。", "维护资金"),
    ("设立总规模3亿元的基金。", "总规模"),
    ("机组离开80%额定功率。", "额定功率"),
    ("总产值翻两番。", "总产值"),
    ("按照本科及以上5万元的标准，分期发放入职奖补。", "入职奖补"),
    ("减轻了约七成的照护负担。", "照护负担"),
    ("董事会设董事长一人。", "董事长"),
    ("全国、省、县三级体系。", "全国、省、县"),
    ("建成养老机构37家。", "养老机构"),
    ("全市共有23个街道综合体。", "街道综合体"),
    ("举办培训班4期。", "培训班"),
    ("群众满意率达98%。", "群众满意率"),
    ("参保人数增长3.2%。", "参保人数"),
    ("安排专项资金200万元。", "专项资金"),
    ("给予5000元补贴。", "补贴"),
    ("处一万元以上三万元以下的罚款。", "罚款"),
    ("处违法所得一倍以上五倍以下罚款。", "罚款"),
    ("用房面积不少于30平方米。", "用房面积"),
    ("三分之二以上的代表同意。", "代表"),
    ("自受理之日起十五日内作出决定。", "作出决定"),
    ("证书有效期五年。", "证书有效期"),
    ("东距县城18公里。", "东距县城"),
    ("推出100个具有自主品牌的产品。", "产品"),
    ("省、市、县三级联动。", "省、市、县"),
    ("发放生活补贴，每人每月300元。", "生活补贴"),
    ("有30余家托养机构、康复机构和助浴机构提供服务。", "托养机构、康复机构和助浴机构"),
    ("有30余家托养机构、社区和物业公司提供服务。", "托养机构"),
    ("共有12家培训机构备案“助浴师”资质。", "培训机构"),
]


@pytest.mark.parametrize(("text", "what"), WHAT)
def test_what(text: str, what: str) -> None:
    (count,) = resolved(text)
    assert count["what"] == what


TIMES = [
    ("2021年以来，培训300人次。全市有学校8所。", ["2021/..", None]),
    # 定语里的时间不管逗号后面的数
    ("2023年6月底前完成登记的住户，给予奖励500元。", [None]),
    ("2023年，建成综合体12个。", ["2023"]),
    ("截至2023年底，有机构37家；有床位800张。", ["2023-12-31", "2023-12-31"]),
    ("2023年服务640人，较2022年增长17.2%（2022年服务546人）。", ["2023", "2023", "2022"]),
    ("到2025年，床位达到900张。", ["2025"]),
    ("2023年启动建设，目前有床位800张。", [None]),
    ("2023年启动建设。建成床位800张。", ["2023"]),
    ("2023年启动建设。一是建房；二是建成床位800张。", [None]),
    ("年均投入1500万元。", [None]),
    ("自2021年以来培训300人次。", ["2021/.."]),
]


@pytest.mark.parametrize(("text", "times"), TIMES)
def test_time(text: str, times: list[str | None]) -> None:
    assert [count["time"] for count in resolved(text)] == times


def test_a_rule_in_force_from_its_issue_begins_on_the_documents_day() -> None:
    text = "某市补贴办法\n自本办法发布之日起至2025年6月30日期间，按200元/平方米补贴。\n某市民政局\n2024年1月5日"
    assert [count["time"] for count in resolved(text)] == ["2024-01-05/2025-06-30"]


def test_region_is_the_last_place_of_the_sentence_else_home() -> None:
    counts = resolved("〖句容市〗建成3家，〖扬中市〗建成2家。全市共有9家。", "某市关于养老工作的报告")
    assert [count["region"] for count in counts] == ["江苏省镇江市句容市", "江苏省镇江市扬中市", "江苏省镇江市扬中市"]
    (count,) = resolved("共有9家机构。")
    assert count["region"] == "江苏省镇江市"


def test_region_unknown_without_jurisdiction() -> None:
    (count,) = resolved("共有9家机构。", jurisdiction=None)
    assert count["region"] is None


KINDS = [
    # 期限是要做到的，法规里也是
    ("某市养老服务条例", "应当自受理之日起十五日内作出决定。", "target"),
    ("某市养老服务条例", "应当在有效期届满三十日前提出申请。", "target"),
    ("某市养老服务条例", "三年内不得再次申请。", "standard"),
    ("某市养老服务条例", "总投资超过1亿元的项目应当组织验收。", "eligibility"),
    ("某市养老服务条例", "涉及两个以上县区的，由市民政局负责。", "eligibility"),
    # 条件
    ("某市关于住房补贴的通知", "去化周期超30个月的县区，暂停供应。", "eligibility"),
    ("某市关于住房补贴的通知", "购买80平方米以下住房的补贴住户。", "eligibility"),
    ("某市关于住房补贴的通知", "对连续缴存满2年，可以申请贷款。", "eligibility"),
    # 价格、税率、份数
    ("某市关于住房补贴的通知", "减按1%征收。", "standard"),
    ("某市关于住房补贴的通知", "发放1800元/套。", "standard"),
    ("某市关于住房补贴的通知", "申请书一式三份。", "standard"),
    ("某市关于住房补贴的通知", "公示期为6个工作日。", "standard"),
    # 批复里要建的
    ("关于同意新建某机场的批复", "本期工程建设3000平方米的航站楼。", "target"),
    ("关于同意新建某机场的批复", "机场总投资5亿元。", "target"),
    ("关于同意新建某机场的批复", "场址位于县城东南9公里。", "actual"),
    # 文件本身
    ("某市关于住房补贴的通知", "会同9部门印发《若干措施》。", "actual"),
    ("某市关于住房补贴的通知", "《若干措施》共20条。", "actual"),
    ("某市关于住房补贴的通知", "下调贷款利率0.3个百分点。", "growth"),
    ("某市关于住房补贴的通知", "无房记录满3年，可认定为无房家庭。", "eligibility"),
    ("某市关于住房补贴的通知", "面积80平方米以下的补贴，分批发放。", "eligibility"),
    ("某市关于住房补贴的通知", "人民法院应当在两个月内重新审查。", "target"),
    ("某市政府工作报告", "农业总产值每年要增长4%。", "target"),
    ("某市政府工作报告", "利润为1997年的2.5倍。", "growth"),
    ("某市政府工作报告", "取消了700多亿元的收费，还取消了其他负担。", "actual"),
    (
        "",
        "第一条　为了规范管理，制定本办法。\n第二条　补助额度为20万元。\n第三条　本办法自发布之日起施行。",
        "standard",
    ),
    ("某市养老服务条例", "设施面积不少于300平方米。", "standard"),
    ("某市养老服务条例", "为八十周岁以上老年人发放津贴。", "eligibility"),
    ("某市养老服务条例", "造成损失一万元以上的，予以追偿。", "eligibility"),
    ("某市养老服务实施方案", "打造示范街区30条。", "target"),
    ("某市养老服务实施方案", "每户奖励5万元。", "standard"),
    ("关于印发某市养老服务规划的通知", "新增床位500张。", "target"),
    ("某市民政局关于某提案的复函", "已建成综合体12个。", "actual"),
    ("某市民政局关于某提案的复函", "较上年增长5%。", "growth"),
    ("某市民政局关于某提案的复函", "出台文件3个，将养老服务纳入20件民生实事。", "actual"),
    ("某市民政局关于某提案的复函", "实施技能培训计划，共培训900人次。", "actual"),
    ("某市民政局关于某提案的复函", "按照专科4万元、中职3万元的标准发放。", "standard"),
    ("某市民政局关于某提案的复函", "我们将继续改造，每户补贴不超过3000元。", "standard"),
    ("某市民政局关于某提案的复函", "下一步，力争新增床位500张。", "target"),
    ("某市关于调整补贴标准的通知", "补贴标准为每人每月300元。", "standard"),
    ("某市关于开展检查的通知", "请于3个工作日内报送材料。", "target"),
]


@pytest.mark.parametrize(("title", "text", "kind"), KINDS)
def test_kind(title: str, text: str, kind: str) -> None:
    assert resolved(text, title)[-1]["kind"] == kind


def test_each_of_a_list_has_its_own_thing_and_all_one_kind() -> None:
    counts = resolved("化学需氧量、二氧化硫排放量分别下降5.6%和4%。", "某局关于办理情况的报告")
    assert [(c["what"], c["kind"], c["direction"]) for c in counts] == [
        ("化学需氧量", "growth", "down"),
        ("二氧化硫排放量", "growth", "down"),
    ]
    spent = resolved("用于科技、教育的支出分别为7亿元、5亿元。")
    assert [c["what"] for c in spent] == ["科技支出", "教育支出"]


def test_a_decline_has_its_direction() -> None:
    (count,) = resolved("投诉量下降2.1%。", "某局关于办理情况的报告")
    assert (count["kind"], count["direction"], count["value"]) == ("growth", "down", 2.1)


@pytest.mark.parametrize(
    ("clause", "change"),
    [("投诉量下降了", "down"), ("同比增长约", "up"), ("比例达到", None), ("提高到", None), ("下调为", None)],
)
def test_change(clause: str, change: str | None) -> None:
    count = Mention(0, 1, "COUNT", "test", 1.0, {"unit": "%"})
    assert change_of(count, clause) == change


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某市居家养老服务条例", "standard"),
        ("某市养老服务管理办法（试行）", "standard"),
        ("关于印发《某市行动方案》的通知", "target"),
        ("关于某提案的答复", "actual"),
        ("关于做好值班工作的通知", "mixed"),
    ],
)
def test_document_kind(title: str, kind: str) -> None:
    assert document_kind(title, "") == kind


def test_a_unit_left_out_is_money_or_persons() -> None:
    assert [c["unit"] for c in resolved("共发放补贴超2347万，惠及1.5万老年人。")] == ["元", "人"]


def test_clauses_and_sentences() -> None:
    text = "甲，乙；丙。一是丁；二是戊，己。"
    at = text.index("己")
    assert text[clause_start(text, at) : at] == ""
    assert text[sentence_start(text, at) : sentence_end(text, at)] == "二是戊，己"


@pytest.mark.parametrize(
    ("text", "what"), [("（和甲方、乙方三方签订协议）。", "甲方、乙方"), ("1.和企业、银行三方签订协议。", "企业、银行")]
)
def test_a_list_that_begins_with_a_conjunction_is_read(text: str, what: str) -> None:
    """前一项不在句内（换行、截断），不能因此出错。"""
    assert [m.attributes["what"] for m in extract(read_text(text, "例.txt")).mentions if m.type == "COUNT"] == [what]
