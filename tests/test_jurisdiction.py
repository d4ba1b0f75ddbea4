"""辖区：由发文机关推断，再据以定机关和地方的全称。例子都是自拟的。"""

from __future__ import annotations

import pytest

from extractors import extract, read
from extractors.bodies.agencies import find as find_agencies
from extractors.bodies.jurisdiction import canonical_agency, canonical_region, infer, resolve
from extractors.bodies.regions import find as find_regions
from extractors.model import Found, Jurisdiction, Mention


def of(*path: str) -> Jurisdiction:
    return Jurisdiction(path, "000000", "", 1.0)


YUBEI = of("重庆市", "渝北区")
SICHUAN = of("四川省")
JURONG = of("江苏省", "镇江市", "句容市")
FUMENG = of("辽宁省", "阜新市", "阜新蒙古族自治县")
NATION = of()


@pytest.mark.parametrize(
    ("surface", "territory", "expected"),
    [
        ("区医保局", YUBEI, "重庆市渝北区医疗保障局"),
        ("市医保局", YUBEI, "重庆市医疗保障局"),
        ("医保局", YUBEI, "重庆市渝北区医疗保障局"),
        ("国家医保局", YUBEI, "国家医疗保障局"),
        ("县医保局", YUBEI, None),
        ("省医保局", YUBEI, None),
        ("民政厅", SICHUAN, "四川省民政厅"),
        ("医保局", SICHUAN, "四川省医疗保障局"),
        ("省发改委", SICHUAN, "四川省发展和改革委员会"),
        ("省人社厅", SICHUAN, "四川省人力资源和社会保障厅"),
        ("省老龄办", SICHUAN, "四川省老龄工作委员会办公室"),
        ("省委", SICHUAN, "中共四川省委员会"),
        ("省委组织部", SICHUAN, "中共四川省委组织部"),
        ("宣传部", FUMENG, "中共辽宁省阜新市阜新蒙古族自治县委员会宣传部"),
        ("省政府办", SICHUAN, "四川省人民政府办公厅"),
        ("省第十四届人民代表大会", SICHUAN, "四川省人民代表大会"),
        ("团省委", SICHUAN, "共青团四川省委员会"),
        ("市民政局", SICHUAN, None),
        ("市民政局", JURONG, "江苏省镇江市句容市民政局"),
        ("省民政厅", JURONG, "江苏省民政厅"),
        ("民政厅", JURONG, "江苏省民政厅"),
        ("县卫生健康局", FUMENG, "辽宁省阜新市阜新蒙古族自治县卫生健康局"),
        ("县卫计局", FUMENG, "辽宁省阜新市阜新蒙古族自治县卫生和计划生育局"),
        ("阜蒙县人民政府", None, "辽宁省阜新市阜新蒙古族自治县人民政府"),
        ("市总工会", FUMENG, "辽宁省阜新市总工会"),
        ("区政协提案委", YUBEI, "中国人民政治协商会议重庆市渝北区委员会提案委员会"),
        ("民革渝北区委", None, "中国国民党革命委员会重庆市渝北区委员会"),
        ("区政府办督查室", YUBEI, "重庆市渝北区人民政府办公室督查室"),
        ("中共重庆市委", None, "中共重庆市委员会"),
        ("巫山县培石乡政府", None, "重庆市巫山县培石乡人民政府"),
        ("自治区残联", of("宁夏回族自治区"), "宁夏回族自治区残疾人联合会"),
        ("区民政厅", of("宁夏回族自治区"), "宁夏回族自治区民政厅"),
        ("州民政局", of("云南省", "大理白族自治州"), "云南省大理白族自治州民政局"),
        # 垂直管理的机关，全称不以区划开头
        ("税务局", SICHUAN, "国家税务总局四川省税务局"),
        ("市税务局", JURONG, "国家税务总局江苏省镇江市句容市税务局"),
        ("湖北金融监管局", None, "国家金融监督管理总局湖北监管局"),
        ("市金融监管局", JURONG, "江苏省镇江市句容市金融监督管理局"),
        ("省银保监局", SICHUAN, "中国银行保险监督管理委员会四川监管局"),
        ("武汉海关", None, "武汉海关"),
        ("市数据和政务服务局", JURONG, "江苏省镇江市句容市数据和政务服务局"),
        ("国家地震局", NATION, "国家地震局"),
        ("市国资委", JURONG, "江苏省镇江市句容市人民政府国有资产监督管理委员会"),
        ("市政府征兵办", JURONG, "江苏省镇江市句容市人民政府征兵办公室"),
        ("北京卫戍区", None, "北京卫戍区"),
        ("珠海边检总站", None, "珠海出入境边防检查总站"),
        ("省军区", SICHUAN, "四川省军区"),
        ("沈阳军区", None, "沈阳军区"),
        ("荆州军分区", None, "荆州军分区"),
        ("湖北调查总队", None, "国家统计局湖北调查总队"),
        ("航空港区管委会", None, "河南省郑州航空港经济综合实验区管理委员会"),
        # 第二名称、届次、按职能称呼
        ("市场监管局（知识产权局）", SICHUAN, "四川省市场监督管理局（知识产权局）"),
        ("生态环境部（国家核安全局）", NATION, "生态环境部（国家核安全局）"),
        ("中国共产党长沙市第十四届委员会", None, "中共湖南省长沙市委员会"),
        ("省人民政府民政部门", SICHUAN, "四川省民政厅"),
        ("供热行政主管部门", SICHUAN, None),
        ("养老服务工作领导小组", YUBEI, "重庆市渝北区养老服务工作领导小组"),
        ("养老服务工作领导小组", NATION, None),
        ("卫生健康委", NATION, "国家卫生健康委员会"),
        ("公安厅", NATION, None),
        ("新疆生产建设兵团民政局", NATION, "新疆生产建设兵团民政局"),
        ("中国人民银行长沙中心支行", NATION, "中国人民银行长沙中心支行"),
        ("卫生健康部门", YUBEI, None),
        ("市民政部门", YUBEI, "重庆市民政局"),
        ("区民政部门", of("重庆市"), None),
        ("市教育部门", of("北京市"), None),
        ("国务院民政部门", NATION, "民政部"),
        ("鼓楼区民政局", NATION, None),
        ("区医保局", None, None),
        ("有关部门", YUBEI, None),
    ],
)
def test_canonical_agency(surface: str, territory: Jurisdiction | None, expected: str | None) -> None:
    assert canonical_agency(surface, territory) == expected


@pytest.mark.parametrize(
    ("surface", "expected"), [("全市", "重庆市"), ("我区", "重庆市渝北区"), ("渝北区", "重庆市渝北区"), ("老人", None)]
)
def test_canonical_region(surface: str, expected: str | None) -> None:
    assert canonical_region(surface, YUBEI) == expected


def mentions(text: str) -> tuple[Jurisdiction | None, dict[str, Mention]]:
    doc = read(text.encode(), "a.txt")
    found = Found(len(doc.text))
    found.add(find_agencies(doc, found))
    found.add(find_regions(doc, found))
    territory = infer(doc, found)
    return territory, {doc.text[m.start : m.end]: m for m in resolve(doc, found, territory)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "关于做好巡访工作的通知\n\n各街道：\n\n现将有关事项通知如下。\n\n长沙市岳麓区民政局\n2023年5月6日\n",
            "湖南省长沙市岳麓区",
        ),
        ("绍兴市居家养老条例\n\n第一条 为了规范，结合本市实际，制定本条例。\n", "浙江省绍兴市"),
        ("国务院办公厅关于某项工作的通知\n\n各省人民政府：\n\n请遵照执行。\n\n国务院办公厅\n2019年3月1日\n", "中国"),
        ("中华人民共和国某法\n\n第一条 为了保障权益，制定本法。\n", "中国"),
        (
            "为落实要求，结合我市实际，制定本办法。请宜宾市翠屏区、宜宾市南溪区、宜宾市叙州区先行，我市各部门配合。\n",
            "四川省宜宾市",
        ),
    ],
)
def test_whose_territory(text: str, name: str) -> None:
    territory, _ = mentions(text)
    assert territory is not None
    assert territory.name == name


def test_no_evidence_no_territory() -> None:
    territory, found = mentions("为方便老年人，市民政局应当公布办事指南。\n")
    assert territory is None
    assert found["市民政局"].attributes["canonical"] is None
    assert found["市民政局"].attributes["unresolved"]


LETTER = """重庆市渝北区民政局
关于区政协第十六届三次会议第12号提案的复函

某某委员：

您的提案收悉。区医保局、民政局会同市卫生健康委研究，成立了由财政、医保等部门组成的工作专班。各级民政、残联等部门配合，民政部门负责统计，区人民政府已经同意，县人民政府不在其列，我区全面推开。

重庆市渝北区民政局
2024年5月21日
"""


def test_a_letter_resolves_its_bodies() -> None:
    _, found = mentions(LETTER)
    canonical = {surface: m.attributes["canonical"] for surface, m in found.items()}
    assert canonical["区医保局"] == "重庆市渝北区医疗保障局"
    assert canonical["民政局"] == "重庆市渝北区民政局"
    assert canonical["市卫生健康委"] == "重庆市卫生健康委员会"
    assert canonical["财政"] == "重庆市渝北区财政局"
    assert canonical["民政部门"] is None
    assert canonical["区人民政府"] == "重庆市渝北区人民政府"
    assert canonical["我区"] == "重庆市渝北区"
    assert "县人民政府" not in canonical
    assert all("parts" not in m.attributes for m in found.values())


def test_a_departments_function_in_a_countys_paper_is_the_countys_own() -> None:
    text = (
        "巴东县人民政府关于助餐服务的意见\n\n各乡镇人民政府：\n补贴由民政部门核定，由财政承担。\n"
        "有关医保部门配合。\n\n巴东县人民政府\n2024年5月21日\n"
    )
    _, found = mentions(text)
    canonical = {surface: m.attributes["canonical"] for surface, m in found.items()}
    assert canonical["民政部门"] == "湖北省恩施土家族苗族自治州巴东县民政局"
    assert canonical["财政"] == "湖北省恩施土家族苗族自治州巴东县财政局"
    assert canonical["医保部门"] is None


def test_a_regulation_names_any_body_of_its_kind() -> None:
    text = (
        "宁波市某项条例\n\n第一条 结合本市实际，制定本条例。\n\n第二条 市民政部门主管，残疾人联合会、老龄协会协助。\n\n"
        "第三条 民政、公安等部门按照职责负责。\n\n第四条 区人民政府制定办法，市人民政府批准。\n"
    )
    _, found = mentions(text)
    canonical = {surface: m.attributes["canonical"] for surface, m in found.items()}
    assert canonical["市民政部门"] == "浙江省宁波市民政局"
    assert canonical["残疾人联合会"] is None
    assert canonical["民政"] is None
    assert canonical["市人民政府"] == "浙江省宁波市人民政府"
    assert "区人民政府" not in canonical


def test_a_national_paper_speaks_of_the_province_it_is_addressed_to() -> None:
    text = (
        "国务院关于同意设立某某保护区的批复\n国函〔2003〕7号\n贵州省人民政府：\n"
        "具体范围由省人民政府划定，你省要加强管护。\n国务院\n2003年2月1日\n"
    )
    doc = read(text.encode(), "a.txt")
    found = Found(len(text))
    found.add(find_agencies(doc, found))
    found.add(find_regions(doc, found))
    resolved = resolve(doc, found, infer(doc, found))
    named = {(doc.text[m.start : m.end], m.attributes["canonical"]) for m in resolved}
    assert {("省人民政府", "贵州省人民政府"), ("你省", "贵州省")} <= named


def test_a_paper_without_issuer_is_of_the_city_that_it_names() -> None:
    text = "住房保障若干措施\n经市政府同意，凡在衡阳城区购房的给予补贴，衡阳户籍优先。\n由市政府负责解释。\n"
    doc = read(text.encode(), "a.txt")
    found = Found(len(text))
    found.add(find_agencies(doc, found))
    found.add(find_regions(doc, found))
    territory = infer(doc, found)
    assert territory is not None and territory.path == ("湖南省", "衡阳市") and territory.confidence <= 0.5


def test_what_is_listed_behind_any_of_a_kind_is_any_too() -> None:
    text = (
        "山西省民政厅关于某事的通知\n晋民发〔2021〕3号\n各县民政局、财政局：\n"
        "请抓好落实。\n山西省民政厅\n2021年5月6日\n"
    )
    doc = read(text.encode(), "a.txt")
    found = Found(len(text))
    found.add(find_agencies(doc, found))
    named = {doc.text[m.start : m.end]: m.attributes["canonical"] for m in resolve(doc, found, infer(doc, found))}
    assert named["山西省民政厅"] == "山西省民政厅"
    assert named["财政局"] is None


@pytest.mark.parametrize(("year", "name"), [("1996", "国家计划委员会"), ("2001", "国家发展计划委员会")])
def test_a_short_name_means_the_body_that_bore_it_then(year: str, name: str) -> None:
    text = f"国务院办公厅关于助餐价格的复函\n国办函〔{year}〕3号\n\n河北省人民政府：\n由国家计委核定。\n"
    found = [m for m in extract(read(text.encode(), "case.txt")).mentions if m.type == "AGENCY"]
    assert name in {m.attributes["canonical"] for m in found}


def test_a_bureau_written_short_is_the_one_that_the_document_names_in_full() -> None:
    body = "由市银发产业和养老局牵头，市银养局办理。"
    text = f"句容市民政局关于助餐的通知\n\n各镇：\n{body}\n\n句容市民政局\n2024年5月6日\n"
    found = {m.attributes["canonical"] for m in extract(read(text.encode(), "case.txt")).mentions if m.type == "AGENCY"}
    assert found == {"江苏省镇江市句容市民政局", "江苏省镇江市句容市银发产业和养老局"}


def test_a_mechanism_that_a_national_paper_sets_up_has_its_own_name() -> None:
    body = "建立助餐服务质量评估工作协调机制（以下简称“协调机制”）。协调机制定期会商。"
    text = f"民政部关于助餐的通知\n\n各省民政厅：\n{body}\n\n民政部\n2024年5月6日\n"
    found = [m for m in extract(read(text.encode(), "case.txt")).mentions if m.rule == "agencies.defined"]
    assert [m.attributes["canonical"] for m in found] == ["助餐服务质量评估工作协调机制"] * 2
