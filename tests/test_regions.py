"""地方：行政区划表、文字里的地方、规范名称。例子都是自拟的；〔〕之间是应认出的地方。"""

from __future__ import annotations

import re

import pytest

from extractors import read
from extractors.bodies.agencies import find as find_agencies
from extractors.bodies.divisions import by_name, divisions, place_of
from extractors.bodies.regions import find, path_of, read_place, whole_name
from extractors.model import Found, Jurisdiction

YUBEI = Jurisdiction(("重庆市", "渝北区"), "500112", "", 1.0)


def regions(text: str) -> list[str]:
    doc = read(text.encode(), "a.txt")
    found = Found(len(text))
    found.add(find_agencies(doc, found))
    return [text[m.start : m.end] for m in find(doc, found)]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("000000", ()),
        ("110105", ("北京市", "朝阳区")),
        ("321183", ("江苏省", "镇江市", "句容市")),
        ("422823", ("湖北省", "恩施土家族苗族自治州", "巴东县")),
        ("429004", ("湖北省", "仙桃市")),
        ("152525", ("内蒙古自治区", "锡林郭勒盟", "东乌珠穆沁旗")),
        ("659001", ("新疆维吾尔自治区", "石河子市")),
        ("441900", ("广东省", "东莞市")),
        ("810000", ("香港特别行政区",)),
    ],
)
def test_the_chain_of_a_code(code: str, path: tuple[str, ...]) -> None:
    assert path_of(code) == path
    assert not path or place_of(path) is not None


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("恩施州", "湖北省恩施土家族苗族自治州"),
        ("阜蒙县", "辽宁省阜新市阜新蒙古族自治县"),
        ("内蒙古", "内蒙古自治区"),
        ("渝北", "重庆市渝北区"),
        ("襄樊市", "湖北省襄樊市"),
        ("密云县", "北京市密云县"),
        ("科左中旗", "内蒙古自治区通辽市科尔沁左翼中旗"),
        ("雄安新区", "河北省雄安新区"),
        ("长三角", "长三角"),
    ],
)
def test_names_and_short_names(name: str, canonical: str) -> None:
    assert by_name()[name][0].canonical == canonical


def test_every_division_has_the_chain_of_its_parent() -> None:
    paths = {division.path for division in divisions()}
    assert [d.path for d in divisions() if len(d.path) > 1 and d.path[:-1] not in paths] == []
    assert not {"市辖区", "县", "省直辖县级行政区划"} & {name for d in divisions() for name in d.path}


CASES = [
    "〔全省〕推广，〔我区〕先行，〔本市〕户籍，〔你省〕上报",
    "〔四川〕特色，在〔成都市〕试点，〔京津冀〕协同",
    "〔湖北省巴东县官渡口镇〕的群众",
    "〔江苏省镇江市句容市〕、〔丹阳市〕",
    "〔全国〕统一，〔我国〕人口",
    "〔狮岭镇〕、〔花东镇〕和〔梯面镇〕购房的，在〔邓埠街道〕、〔龙岗街道〕；乡、民族乡、镇，文明街道、活力街道、书画之乡",
    "来〔京〕就医，赴〔沪〕考察",
    "健全省、市、县三级网络，完全市场化",
    "加强县域统筹，提高县级水平",
    "城区和郊区、山区和矿区",
    "河北省廊坊市某某养老服务有限公司承办",
    "重庆市民政局和渝北区人民政府",
    "全省级财政、全市场主体",
    "中国特色社会主义",
    "龙湖区域发展，成都市场活跃",
    # 中国与外国
    "在〔中国〕境内销售，〔中国〕人民热爱和平，〔中国〕发展离不开世界",
    "〔中华人民共和国〕公民，〔中华人民共和国〕成立七十五周年",
    "中国人民银行、中国特色、中国式现代化、发展中国家",
    "向〔加拿大〕、〔越南〕出口；依法国际互认，朝鲜族群众",
    # 一个字的地方
    "支持企业在〔豫〕设立总部，鼓励人才入〔黔〕创业",
    "现豫剧、存粤菜、来川流不息的",
    # 名称里的地方
    "平安武汉和法治武汉建设，武汉亚运会",
    "湖南桃花江核电厂机组，福建平海发电厂",
    "填写《南昌市购房补贴申请表》。",
    "获评全国文明城市和全国物流百强企业，第十届全国运动会",
    "在〔衡阳城区〕购房",
    "〔武汉都市圈〕一体化，〔中西部地区〕承接产业，〔厦门经济特区〕立法",
]


@pytest.mark.parametrize("marked", CASES)
def test_regions(marked: str) -> None:
    text = re.sub("[〔〕]", "", marked)
    assert regions(text) == re.findall("〔([^〕]*)〕", marked)


def test_a_village_named_once_is_known_again() -> None:
    text = "赴甘肃省临夏州康乐县莲麓镇蛇路村调研。蛇路村有三个组，蛇路的老人多，莲麓距县城较远，蛇路村村民支持。"
    assert regions(text)[1:] == ["蛇路村", "蛇路", "莲麓", "蛇路村"]


@pytest.mark.parametrize(
    ("surface", "territory", "expected"),
    [
        ("全市", YUBEI, "重庆市"),
        ("我区", YUBEI, "重庆市渝北区"),
        ("全县", YUBEI, None),
        ("全国", YUBEI, "中国"),
        ("全国", None, "中国"),
        ("我省", None, None),
        ("全区", Jurisdiction(("广西壮族自治区",), "450000", "", 1.0), "广西壮族自治区"),
        ("全市", Jurisdiction(("江苏省", "镇江市", "句容市"), "321183", "", 1.0), "江苏省镇江市句容市"),
        ("全州", Jurisdiction(("湖北省", "恩施土家族苗族自治州"), "422800", "", 1.0), "湖北省恩施土家族苗族自治州"),
        ("鼓楼区", Jurisdiction(("福建省", "福州市"), "350100", "", 1.0), "福建省福州市鼓楼区"),
        ("鼓楼区", YUBEI, None),
        ("首都", YUBEI, "北京市"),
        ("海南", YUBEI, "海南省"),
        ("江苏省南京市鼓楼区", None, "江苏省南京市鼓楼区"),
        ("湖北巴东县", None, "湖北省恩施土家族苗族自治州巴东县"),
    ],
)
def test_whole_names(surface: str, territory: Jurisdiction | None, expected: str | None) -> None:
    place = read_place(surface)
    assert place is not None
    assert whole_name(place, territory) == expected


def test_the_place_before_settles_a_shared_name() -> None:
    place = read_place("海州区")
    assert place is not None
    assert whole_name(place, None) is None
    assert whole_name(place, None, ("江苏省", "连云港市", "连云区")) == "江苏省连云港市海州区"


@pytest.mark.parametrize(
    ("text", "expected"), [("山西省晋城市城区", ["山西省晋城市城区"]), ("兴文县城区内", ["兴文县城区"])]
)
def test_a_plain_word_is_a_division_only_behind_its_own_parent(text: str, expected: list[str]) -> None:
    assert regions(text) == expected
