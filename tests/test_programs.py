"""项目：名字表的每个例子都读得到；中心词、引号、并列各有正例和反例。"""

from __future__ import annotations

import time

import pytest

from extractors.model import Document, Found, Layout, Mention
from extractors.policy.programs import find, is_statute
from extractors.reading import fold
from ontology import table


def document(text: str) -> Document:
    layout = Layout(elements={}, sections=(), sentences=())
    return Document(name="t", text=text, folded=fold(text), sha256="", layout=layout)


def programs(text: str, *, masks: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Surface and canonical name of each program; ``masks`` are stretches that other extractors have read."""
    found = Found(len(text))
    for surface, kind in (masks or {}).items():
        start = text.index(surface)
        found.add([Mention(start, start + len(surface), kind, "test", 1.0, {})])
    return [(text[m.start : m.end], m.attributes["canonical"]) for m in find(document(text), found)]


@pytest.mark.parametrize("row", table("programs"), ids=lambda row: row["name"])
def test_every_known_name_is_read_in_its_example(row: dict[str, str]) -> None:
    # 住房“以旧换新”：只有末尾带引号的，范围是引号里的
    quoted = row["name"].find("“") if row["name"].endswith("”") else 0
    surface = row["name"][quoted + 1 : -1] if quoted > 0 else row["name"]
    assert (surface, row["canonical"] or row["name"]) in programs(row["example"])


@pytest.mark.parametrize("row", table("program_heads"), ids=lambda row: row["head"])
def test_every_head_ends_a_name_in_its_example(row: dict[str, str]) -> None:
    assert [surface for surface, _ in programs(row["example"]) if row["head"] in surface]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("继续扩大长护险覆盖面。", [("长护险", "长期护理保险")]),
        ("推进长期护理保险制度试点工作。", [("长期护理保险制度试点", "长期护理保险制度试点")]),
        ("参加养老、失业和工伤保险。", [("养老", "养老保险"), ("失业", "失业保险"), ("工伤保险", "工伤保险")]),
        ("按月发放民办养老机构运营补贴，运营补贴按季结算。",
         [("民办养老机构运营补贴", "民办养老机构运营补贴"), ("运营补贴", "民办养老机构运营补贴")]),
        ("持续开展“银杏守护行动”。", [("银杏守护行动", "银杏守护行动")]),
        # 名字里的“和”“年度”“认定”“高等”“在线”“一把手”
        ("建立在线课程学习认证和学分认定制度。", [("在线课程学习认证和学分认定制度",) * 2]),
        ("实施护理人才供需和就业年度报告制度。", [("护理人才供需和就业年度报告制度",) * 2]),
        ("深化高等护理教育改革。", [("高等护理教育改革",) * 2]),
        ("实施一把手助老工程。", [("一把手助老工程",) * 2]),
        ("实施好银发守护行动，构建全流程服务。", [("银发守护行动",) * 2]),
        # 表里的名字前还有话，动词紧接在前的，整个是名字
        ("深化水利投融资体制改革。", [("水利投融资体制改革",) * 2]),
        # 只有末尾一部分带引号的
        ("推动住房“以旧换新”。", [("以旧换新", "住房以旧换新")]),
        ("按月缴纳社会保险费。", []),
        # 热线、运动会、等专项行动
        ("实现96312、12366等热线互联。", [("96312", "96312热线"), ("12366", "12366热线")]),
        ("开通12399助老热线。", [("12399助老热线",) * 2]),
        ("举办第九届全省老年人运动会。", [("第九届全省老年人运动会",) * 2]),
        ("开展独居关爱、老伴同行等专项行动。",
         [("独居关爱", "独居关爱专项行动"), ("老伴同行", "老伴同行专项行动")]),
        # 定义里的名字，别处再说也是
        ("第一条 本办法所称助餐点运营补助，是指奖励资金。助餐点运营补助每季一次。", [("助餐点运营补助",) * 2] * 2),
        ("实施“物业+助老”促进行动。", [("“物业+助老”促进行动", "物业+助老促进行动")]),
        ("擦亮“暖心里弄”品牌。", [("暖心里弄", "暖心里弄")]),
        ("深化“桥乡”“书乡”建设。", [("桥乡", "桥乡"), ("书乡", "书乡")]),
        ("实施街区风貌与设施再提升行动。", [("街区风貌与设施再提升行动", "街区风貌与设施再提升行动")]),
        ("推进暖巢关爱行动和爱国卫生运动。", [("暖巢关爱行动", "暖巢关爱行动"), ("爱国卫生运动", "爱国卫生运动")]),
        ("建设“十分钟助餐服务圈”。", [("十分钟助餐服务圈", "十分钟助餐服务圈")]),
        ("实施减油减盐、科学健身等2个专项行动。",
         [("减油减盐", "减油减盐专项行动"), ("科学健身", "科学健身专项行动")]),
        # 奖的名字从颁奖的一方起
        ("授予桥梁抗风等3项成果国家科学技术进步奖二等奖。", [("国家科学技术进步奖", "国家科学技术进步奖")]),
        # 并列的名字合用一个中心词
        ("打好碧湖、清河、沃土保卫战。", [("碧湖、清河、沃土保卫战", "碧湖、清河、沃土保卫战")]),
        ("推进城中村和危旧房改造。", [("城中村", "城中村改造"), ("危旧房改造", "危旧房改造")]),
        # 资金的级次是名字的一部分
        ("用好省级康养产业发展专项资金。", [("省级康养产业发展专项资金", "省级康养产业发展专项资金")]),
        # 计划要实施才是项目，印发的是文件
        ("启动银龄助教结对计划。", [("银龄助教结对计划", "银龄助教结对计划")]),
        ("编制银龄助教结对计划。", []),
        # 动词紧靠中心词，属于名字
        ("实施县办医院改革深化提升行动。", [("县办医院改革深化提升行动", "县办医院改革深化提升行动")]),
        # 名在前，做事的人在后
        ("松柏育才工程是我局实施的培训项目。", [("松柏育才工程", "松柏育才工程")]),
        # 引号内的半截名字，前后接着表里的名字
        ("落实“三代同堂”个人所得税专项附加扣除。",
         [("“三代同堂”个人所得税专项附加扣除", "三代同堂个人所得税专项附加扣除")]),
        ("开展居家适老化改造“暖冬”活动。", [("居家适老化改造“暖冬”活动", "居家适老化改造暖冬活动")]),
        ("举办“松鹤延年”银发集市。", [("“松鹤延年”银发集市", "松鹤延年银发集市")]),
        # 简称
        ("开展长者暖餐行动（以下简称“暖餐”）。“暖餐”覆盖全县。",
         [("长者暖餐行动", "长者暖餐行动"), ("暖餐", "长者暖餐行动"), ("暖餐", "长者暖餐行动")]),
        ("建设医养康养融合先导区。支持先导区内的机构。",
         [("医养康养融合先导区", "医养康养融合先导区"), ("先导区", "医养康养融合先导区")]),
        # 比表里的短名更长的补贴是另一种
        ("发放技术技能提升补贴。", [("技术技能提升补贴", "技术技能提升补贴")]),
        ("启动首批碳达峰试点城市和园区建设。", [("碳达峰试点城市和园区建设", "碳达峰试点城市和园区建设")]),
        # 补贴给谁的，是名字的一部分
        ("发放多孩购房补贴、首套房购房补贴。", [("多孩购房补贴",) * 2, ("首套房购房补贴",) * 2]),
        # 制度的改革、联动的机制，是更长的名字；开放和发展不是
        ("推进养老保险制度改革。", [("养老保险制度改革",) * 2]),
        ("推进养老保险制度改革开放。", [("养老保险制度", "养老保险制度")]),
        ("健全生态补偿机制。", [("生态补偿机制",) * 2]),
        # 名字从哪里起：金额、数目、以下、本市、改革、规范之后
        ("设立200亿元养老服务提质专项资金。", [("养老服务提质专项资金",) * 2]),
        ("支持指导13个集体用地入市改革试点。", [("集体用地入市改革试点",) * 2]),
        ("深化资本市场融资综合改革。", [("资本市场融资综合改革",) * 2]),
        ("享受本市高龄关怀津贴。", [("高龄关怀津贴",) * 2]),
        ("由保险基金支付一次性照护补助金。", [("一次性照护补助金",) * 2]),
        ("深化对外养老技术合作体制改革。", [("对外养老技术合作体制改革",) * 2]),
        # 支持、实行之后独立成句的引号名字
        ("实行“先住后付”，减轻负担。", [("先住后付",) * 2]),
        # 实施一类动词后紧接的动词是名字的开头
        ("实施优化助餐环境三年行动。", [("优化助餐环境三年行动",) * 2]),
        ("实施提升居民助餐行动。", [("提升居民助餐行动",) * 2]),
        ("推动提升居民助餐行动。", [("居民助餐行动",) * 2]),
    ],
)  # fmt: skip
def test_names(text: str, names: list[tuple[str, str]]) -> None:
    assert programs(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "加大培训力度，加强组织领导。",
        "制定康养人才倍增行动计划实施方案。",
        "本市行政区域内的房屋建筑工程施工，应当遵守本办法。",
        "给予适当补贴，补贴金额不超过500元。",
        "坚持“两个毫不动摇”，发展“互联网+家政”新业态。",
        "打通服务群众“最后一公里”，避免“一刀切”。",
        "新增护理型床位，发展老年助餐，探索安宁疗护。",
        "依法成立的法律援助机构、社会保险经办机构。",
        "支持平台企业发展，与战略投资者合作。",
        "第三方健康信息查询平台应当备案。",
        "开展养老护理员表彰，颁发一等奖、二等奖。",
        "给予每亩100元/亩补贴。",
        "城乡结合部、城中村、背街小巷的卫生。",
        "实行岗位责任制和联席会议制度。",
        "正确处理改革发展稳定的关系，深化重点领域改革。",
        "推进医药卫生事业改革发展。",
        "推进协商听证制度化、法治化。",
        "填写《柳江市购房补贴申请表》和购房补贴发放审批表。",
        "坚决反对“分家”分裂活动，不搞“半拉子”工程。",
        "完成主体封顶工程，剥离地方融资平台。",
        "形成“1+3+N”格局，推出政策“大礼包”。",
        "推广“家家入股”“户户分红”等合作方式，支持“先住后付”服务。",
        "安排80亿元专项资金，按90平方米以下补贴。",
    ],
)
def test_what_is_no_program(text: str) -> None:
    assert programs(text) == []


def test_nothing_is_read_inside_what_others_have_read() -> None:
    text = "按照《关于开展适老化改造的通知》办理。"
    assert programs(text, masks={"关于开展适老化改造的通知": "DOCUMENT_TITLE"}) == []


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("实施柳江市银杏守护行动。", "柳江市", "银杏守护行动"),
        ("办好柳江市长者艺术节。", "柳江市", "柳江市长者艺术节"),
    ],
)
def test_a_place_belongs_to_events_only(text: str, place: str, name: str) -> None:
    assert [surface for surface, _ in programs(text, masks={place: "REGION"})] == [name]


def test_statutes_hold_institutions_not_schemes() -> None:
    articles = "".join(f"第{n}条 实施银杏守护行动，发放高龄津贴。\n" for n in "一二三四五")
    assert is_statute(articles)
    assert {surface for surface, _ in programs(articles)} == {"高龄津贴"}
    assert not is_statute("一、实施银杏守护行动。\n二、发放高龄津贴。")


def test_an_event_takes_the_place_it_is_named_after() -> None:
    text = "办好柳江市老年文化艺术节。"
    assert programs(text, masks={"柳江市": "REGION"}) == [("柳江市老年文化艺术节", "柳江市老年文化艺术节")]


@pytest.mark.parametrize("unit", ["补贴", "和行动", "实施工程", "“甲乙”行动"])
def test_repetition_costs_no_more_than_its_length(unit: str) -> None:
    def seconds(times: int) -> float:
        doc, found = document(unit * times), Found(len(unit) * times)
        begin = time.process_time()
        list(find(doc, found))
        return time.process_time() - begin

    seconds(10)
    assert seconds(8000) < 20 * max(seconds(1000), 0.002)


def test_what_a_title_names_is_a_name_in_the_text() -> None:
    title = "白鹭省敬老院设施提升奖励性后补助管理办法"
    text = f"《{title}》印发后，规范敬老院设施提升奖励性后补助管理，奖励性后补助每季一次，设施补助不变。"
    full = title.removesuffix("管理办法").removeprefix("白鹭省")
    assert programs(text, masks={title: "DOCUMENT_TITLE"}) == [(full, full), ("奖励性后补助", full)]


def test_a_statute_has_the_systems_that_the_territory_institutes() -> None:
    articles = "".join(f"第{n}条 依法办理。\n" for n in "一二三四五六")
    text = articles + "第七条 本市实行养老顾问备案登记制度。机构应当建立健全老年人档案管理制度。\n"
    assert programs(text) == [("养老顾问备案登记制度",) * 2]


def test_systems_of_a_statute_are_those_of_governments_not_of_firms() -> None:
    articles = "".join(f"第{n}条 依法办理。\n" for n in "一二三四五六")
    text = articles + (
        "第七条 区民政部门应当建立独居老人上门探访制度。经营者应当建立助餐食材来源追溯制度。\n"
        "第八条 政府支持企业建立助餐食材来源追溯制度，不实行照护用品备案制度。\n"
    )
    assert programs(text) == [("独居老人上门探访制度",) * 2]


@pytest.mark.parametrize(
    ("title", "name", "read"),
    [
        ("白鹭省法律援助条例", "法律援助", False),
        ("白鹭省社会救助工作暂行办法", "社会救助", False),
        ("白鹭省工伤保险条例", "工伤保险", True),
        ("白鹭省残疾人保障条例", "法律援助", True),
    ],
)
def test_what_a_statute_is_about_is_no_instrument(title: str, name: str, read: bool) -> None:
    articles = "".join(f"第{n}条 {name}遵循公平原则。\n" for n in "一二三四五")
    text = f"{title}\n{articles}"
    found = Found(len(text))
    found.add([Mention(0, len(title), "DOCUMENT_TITLE", "test", 1.0, {"self": True})])
    assert len(list(find(document(text), found))) == (5 if read else 0)


def test_a_system_is_not_repeated_without_its_head() -> None:
    text = "建立护理员资格审核备案制度。护理员资格审核备案办法另行规定。"
    assert programs(text) == [("护理员资格审核备案制度",) * 2]


def test_an_approval_names_its_project_place_and_all() -> None:
    title = "国务院关于同意新建\n白鹭湖畔民用机场的批复"
    text = f"{title}\n一、同意新建白鹭湖畔民用机场，优化湖畔民用机场空域。"
    full = "白鹭湖畔民用机场"
    assert programs(text, masks={title: "DOCUMENT_TITLE"}) == [(full, full), ("湖畔民用机场", full)]


def test_work_that_a_document_speaks_of_again_and_again_is_named() -> None:
    named = "".join(f"{verb}助餐点、照护点调查监测工作。" for verb in ("做好", "部署", "参与"))
    text = named + "开展用地调查监测工作。"
    assert programs(text) == [("助餐点、照护点调查监测",) * 2] * 3


def test_a_deployment_known_by_a_number() -> None:
    assert programs("落实省委“2468”具体部署，“2468”表示年份。") == [("“2468”具体部署", "2468具体部署")]
