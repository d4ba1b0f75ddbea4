"""机关：从文字里读出整个名称。例子都是自拟的；〔〕之间是应认出的机关。"""

from __future__ import annotations

import re

import pytest

from extractors import read
from extractors.bodies.agencies import find, names_in, read_one
from extractors.model import Found, Mention
from ontology import table

CASES = [
    # 全称与带层级词的名称
    "由〔长沙市岳麓区民政局〕受理。",
    "〔国务院〕各部委、〔省政府〕各部门：",
    "〔市政府征兵办〕、〔市金融管理局〕参加，〔北京卫戍区〕、〔天津警备区〕协助。",
    "由〔文广影视〕、〔铁道〕、〔体育〕等部门办理",
    "由〔省人民政府信息化主管部门〕认定，〔市政府〕和有关部门配合",
    "〔桥东区〕、〔桥西区政府〕、〔经开区管委会〕接收",
    "建立〔助餐服务质量评估工作协调机制〕（以下简称“〔协调机制〕”），〔助餐服务质量评估工作协调机制办公室〕（以下简称“〔办公室〕”）审查。向〔办公室〕提交，业务办公室不受理。",
    "设在〔国家互联网信息办公室网络安全协调局〕。",
    "〔市政府新闻办〕发布，由审批部门办理",
    # 表格窄格里断成两行
    "部门\t职责\n〔省自然资源和\n规划厅〕\t安排养老用地。",
    "〔市财政局〕、〔区卫生健康委〕派员参加。",
    "报〔湖南省人民政府办公厅〕备案，〔省政府〕同意。",
    "〔州医保局〕、〔旗民政局〕、〔自治区残联〕已经到位。",
    "〔县卫生健康局老龄办公室〕负责；〔区政府办督查室〕督办。",
    "〔中华人民共和国民政部〕与〔民政部养老服务司〕。",
    # 连写
    "按照〔省委〕〔省政府〕部署",
    "〔中共中央〕〔国务院〕印发",
    "〔云南省委〕〔省政府〕要求",
    # 共用地区或中心词
    "会同〔省卫生健康委〕、〔医保局〕研究",
    "由〔民政〕、〔卫健〕、〔医保〕等部门组成",
    "征求〔民政〕、〔住房城乡建设部门〕意见",
    "经〔公安〕、〔工商行政〕、〔税务〕等有关部门核实",
    "（责任单位：〔市人社局〕、〔市财政局〕，各区人民政府）",
    # 按职能称呼
    "〔卫生健康主管部门〕应当公布名单，〔公安机关〕配合。",
    "〔国务院民政部门〕主管全国工作。",
    "各〔区民政局〕负责本辖区。",
    "〔消防救援机构〕应当指导。",
    "〔区财政〕等有关部门",
    "〔财政〕将足额保障。",
    "补贴资金由〔财政〕统一支付，个人部分由〔市财政〕给予补助；国家财政负担能力有限，省级财政承担一半。",
    "〔失业保险经办机构〕、〔医保经办机构〕和〔土地储备机构〕按季对账，各地医保经办机构跟进。",
    "向有关〔飞行管制部门〕申请，由县级以上地方〔气象主管机构〕备案。",
    # 法院：写明地方的和泛指的
    "由〔上海金融法院〕受理，不服〔上海市基层人民法院〕判决的，由〔北京市第二中级人民法院〕审理。",
    "依法应由〔中级人民法院〕、〔海事法院〕管辖的，人民法院应当移送，〔成渝金融法院〕除外。",
    # 党、人大、政协、群团、民主党派
    "落实〔中央〕关于托育的决策，中央财政补助不变，按照〔中央〕决策部署推进。",
    "〔左权县麻田镇党委〕书记、〔左权县辽阳镇党委〕委员，乡镇党委参照执行",
    "〔省委组织部〕、〔宣传部〕联合发文",
    "〔中共贵州省委〕办公会议",
    "〔省第十三届人民代表大会〕第二次会议",
    "十届〔全国人大〕四次会议",
    "〔市人大常委会〕听取报告",
    "〔区政协提案委〕转来",
    "〔政协衡阳市委员会〕委员",
    "〔民盟襄阳市委〕提出，〔团省委〕、〔共青团四川省委〕响应",
    "〔市总工会〕、〔妇联〕、〔残联〕共同举办",
    # 议事协调机构
    "成立〔养老服务工作领导小组〕，组长由副县长担任",
    "用好〔四川省养老服务联席会议〕机制",
    "召开〔国务院未成年人保护工作领导小组〕会议",
    "〔赣江新区管委会〕、〔达州高新区管委会〕负责",
    # 派出机构
    "〔中国人民银行长沙中心支行〕、〔国家税务总局益阳市税务局〕参加",
    # 未列入表的局，后文再称
    "〔县生态保护局〕牵头，〔生态保护局〕落实",
    "〔湖北省地震局〕报告",
    # 按职能称呼，职能不在表里
    "〔供热行政主管部门〕负责解释，由〔水上搜救机构〕组织救助。",
    "应当依法经〔海事管理机构〕批准，接受〔动物卫生监督机构〕检疫。",
    "〔负责老龄工作的部门〕、〔老干部工作部门〕和其他有关部门",
    "〔精神文明建设工作指导机构〕会同〔公共就业服务机构〕办理",
    "县级以上人民政府〔计量行政部门〕，〔国家著作权主管部门〕",
    "〔市公路管理机构〕审批。",
    "〔省人民政府水行政主管部门〕批准，各级人民政府〔教育行政部门〕配合",
    # 群团单独出现
    "〔工会〕、〔共产主义青年团〕、〔妇女联合会〕应当协助。",
    "第八条 〔工会〕依法维护职工权益。",
    # 人大常委会承前省写
    "〔省人民代表大会〕及其〔常务委员会〕",
    "〔全国人民代表大会〕及其〔常务委员会〕的决定",
    # 届次，也跨行
    "〔中国共产党长沙市第十四届委员会〕第三次全体会议",
    "〔中国共产党长沙市第十四届\n\n委员会〕第三次全体会议",
    # 第二名称、并列里的局、并列的功能区
    "〔生态环境部（国家核安全局）〕印发",
    "〔省财政厅〕、〔行政审批政务信息管理局〕等部门",
    "〔济源示范区〕、〔航空港区管委会〕负责落实",
    "〔国家科学技术奖励评审委员会〕评审",
    "〔国家金融监管总局岳阳监管分局〕、〔岳阳市住房和城市更新局〕",
    "由〔省军区〕组织，〔军委〕批准",
    # 在未标的词组里
    "〔省政府〕直属各单位，〔国务院〕有关部门",
]

NOT_AGENCIES = [
    "有关部门应当配合。",
    "主管部门责令改正。",
    "各市县人民政府要落实。",
    "县（市、区）人民政府应当制定办法。",
    "县级以上人民政府负责。",
    "我局、我厅已经答复。",
    "政府购买服务。",
    "各级政府和有关单位",
    "医保基金支付范围",
    "民政工作会议精神",
    "财政资金和教育培训",
    "基本建设部署与城市建设委托合同",
    "经济发展和科技进步布局",
    "业务主管部门和上级主管部门",
    "企业应当设置安全生产管理部门和财务管理部门。",
    "养老机构、医疗机构、评估机构、金融机构和中介机构",
    "社会工作服务机构，资产管理机构，第三方监管机构",
    "负责人所在的部门，负责日常管理的部门",
    "企业工会应当建账，职工的工会经费",
    "贯彻军委主席负责制",
    "合作协议、创新格局、干部队伍",
    "村民委员会、业主委员会、评审委员会",
    "中央政府门户网站开通",
    "依法向人民法院起诉",
    "市和县（市、区）人民政府应当将其纳入规划",
    "本市城市市区的区人民政府",
]


def unmark(marked: str) -> tuple[str, list[str]]:
    return re.sub("[〔〕]", "", marked), re.findall("〔([^〕]*)〕", marked)


@pytest.mark.parametrize("marked", CASES)
def test_names(marked: str) -> None:
    text, expected = unmark(marked)
    assert [text[name.start : name.end] for name in names_in(text)] == expected


@pytest.mark.parametrize("text", NOT_AGENCIES)
def test_unnamed_bodies_are_left_alone(text: str) -> None:
    assert [text[name.start : name.end] for name in names_in(text)] == []


def test_elliptical_marks_a_missing_head_only() -> None:
    text = "市民政局会同财政、医保等部门"
    assert {text[n.start : n.end]: n.elliptical for n in names_in(text)} == {
        "市民政局": False,
        "财政": True,
        "医保": True,
    }


def test_a_list_shares_its_region() -> None:
    first, second = names_in("省卫生健康委、医保局")
    assert (first.level, second.level) == ("省", "省")
    assert [name.level for name in names_in("省卫生健康委。医保局")] == ["省", ""]


@pytest.mark.parametrize(
    ("text", "alias", "count"),
    [
        ("成立县养老服务工作领导小组（以下简称领导小组）。领导小组每季度开会，报领导小组审定。", "领导小组", 3),
        (
            "成立市健康促进工作领导小组，领导小组下设办公室（简称：健康促进办）。健康促进办负责日常工作。",
            "健康促进办",
            2,
        ),
        ("市住房公积金管理中心（以下简称“中心”）审核，由中心发放。", "中心", 2),
    ],
)
def test_names_defined_in_brackets_are_found_again(text: str, alias: str, count: int) -> None:
    again = [name for name in names_in(text) if text[name.start : name.end] == alias]
    assert len(again) == count
    assert all(name.rule == "agencies.defined" for name in again)


def test_bodies_in_titles_are_nested_and_those_in_numbers_are_none() -> None:
    text = "按照《民政部关于某事的通知》和国务院令第722号，省民政厅负责。"
    found = Found(len(text))
    title = text.index("民政部"), text.index("》")
    number = text.index("国务院"), text.index("，")
    found.add([Mention(*title, "DOCUMENT_TITLE", "", 1.0, {}), Mention(*number, "DOCUMENT_NUMBER", "", 1.0, {})])
    mentions = list(find(read(text.encode(), "a.txt"), found))
    assert [(text[m.start : m.end], m.attributes.get("nested")) for m in mentions] == [
        ("民政部", True),
        ("省民政厅", None),
    ]


@pytest.mark.parametrize(
    "name", ["agencies", "agency_bodies", "party_departments", "democratic_parties", "vertical_agencies"]
)
def test_every_example_is_read_whole(name: str) -> None:
    wrong = [row["example"] for row in table(name) if read_one(row["example"]) is None]
    assert wrong == []


def test_every_field_is_read_whole() -> None:
    wrong = [row["example"] for row in table("agency_fields") if read_one(row["example"]) is None]
    assert wrong == []


def test_a_long_line_without_any_mark_is_read_in_linear_time() -> None:
    text = "建立健全工作机制领导小组办公室民政财政教育" * 2000
    assert names_in(text)
