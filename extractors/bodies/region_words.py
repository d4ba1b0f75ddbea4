"""What tells a place from a word that only holds its name, and the words and letters that stand for a place.

全省 and 我区 are places of the document; 福建 in 福建某某核电厂 and 深圳 in 平安深圳 belong to other names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.bodies.divisions import divisions

__all__ = ["area_behind", "behind_yours", "is_no_place", "letters", "standing_words", "town_behind", "town_lists"]

# 全省, 我区, 本市, 你省: the level word says which territory.
_STANDING = re.compile(
    r"[全我本你贵](?:(自治[区州县旗]|[省市区县州旗盟])(?![级场政容民属域块间])"
    r"|(?<=全)国(?!人民|性|人大|政协|委员会|哲学)|(?<=我)国)"
)
# 健全省、市…, 安全区, 保全市场: 全 ends another word.
_NOT_BEFORE_WHOLE = ("安", "健", "完", "保", "成")
# 全国文明城市, 全国物流百强企业, 第…届全国运动会: honours and games, not the country.
_HONOUR = re.compile(
    r"文明(?:城市|单位|村镇|家庭|校园|城区)|卫生(?:城市|县城)|双拥模范|劳动模范|五一劳动|三八红旗|[一-鿿]{0,6}?(?:百|千|\d{1,4})强"
    r"|(?:残疾人|青年|学生|大学生|少数民族传统体育)?运动会|重点文物保护单位"
)
# What may follow a place as its own lower part: towns, then villages.
_BELOW = re.compile(
    r"(?:[一-鿿]{1,6}?(?:街道(?!办)|镇|乡(?![镇村])|苏木))(?:[一-鿿]{1,6}?(?:社区|村(?![民委庄])))?|[一-鿿]{2,5}?村(?![民委庄])"
)
_NO_TOWN = re.compile(r"[的和与及在是由对等各全所有本农城为将向]|乡村|村镇|乡镇|新村|名村|小镇|古镇|旅游")
_YOURS = re.compile(r"[你我本][省市区县州]$")
# 中国 is a territory here, not a part of a name or a style (中国特色, 中国银行).
_COUNTRY = re.compile(
    r"境[内外]|内地|大陆|领[域土海空事]|政府|公民|国籍|籍|居民|管辖|法律|法人|经济(?!特区)|发展|社会(?!科学|主义|组织)|各族|主权|成立"
    r"|人民(?!银行|解放|武装|政治|抗日|志愿|大学|建设|保险|警察|政府|代表|法院|检察|财产|共和|公安|救济|邮政|团)|市场(?!监)|企业(?!联合|家协|改革)"
    r"|[的与和对是有已必将，。、；）]|(?<=在)$"
)
_STYLE = re.compile(
    r"(?:平安|法治|健康|美丽|数字|智慧|幸福|信用|文明|活力|清廉|书香|海绵|无废|质量|网络|科技|制造|教育|文化|人才|体育|航天|交通|贸易|韧性|诚信|富裕)$"
)
_NATION = re.compile(r"中华人民共和国(?=境[内外]|成立|领[土域海空]|公民|管辖|国籍|主权|居民|法人|国民经济)")
_LETTERS = re.compile(r"[来在赴驻离返进]([京沪津渝])(?=[^剧都城族客津冀])")
# The other letters are parts of many names (在粤东, 在晋城); what follows must begin another word.
_MORE_LETTERS = re.compile(
    r"[来在赴驻离返入]([豫粤川鄂皖赣浙苏闽鲁湘琼黔滇陕辽冀晋桂])(?=设[立置有]|建[设立]|举[办行]|开[展设工]|投资|注册|工作|就[业读]|创[业新]"
    r"|高校|企业|单位|中央|居[住留]|落[地户]|务工|参[加会与]|办[学公理]|发展|外[国商资籍]|人[才员]|机构|期间|院[校士]|科研|金融|养老|旅[游居]|[，。、；])"
)
_CITY_PROPER = re.compile(r"(?:中心|主|老|旧)?城区(?!别|域|[一-鿿]{0,3}街道)")
_CLUSTER = re.compile(
    r"(?:[—-]{1,2}[一-鿿]{2,4}){0,3}(?:都市圈|创新集群|城市群|经济圈|科创走廊|科技创新走廊|城镇群|合作先行区)"
)
# The place is the beginning of an organisation's name: 某市某某有限公司.
_ORGANIZATION = re.compile(
    r"[^\W\d_的和与及在是将等对为各有由把被至到向]{1,14}?"
    r"(?:有限公司|有限责任公司|医院|协会|学会|研究院|研究会|基金会|养老院|颐养院|敬老院|福利院|护理院|卫生院|老年公寓|养护院|疗养院|商会)"
)
# Works and games, whose names are shorter; no verb stands in them. Schools and firms are read by ``organizations``.
_WORKS = re.compile(
    r"(?![一-鿿]{0,5}(?:加快|支持|推进|鼓励|建设|设立|开展|新增|新建|引进|打造|规划|启动|实施))[^\W\d_的和与及在是将等对为各有由把被至到向]{1,6}?"
    r"(?:核电[厂站]|发电[厂站]|热电厂|电厂|水电站|变电站|抽水蓄能电站|钢铁厂|化工厂|机械厂|油田|煤矿"
    r"|(?:大运|亚运|奥运|冬奥|世博|进博|园博|残特奥)会|马拉松)"
)
_NOT_AFTER = re.compile(
    r"(?:[东西南北中]?(?:路|街(?!道))|大道|大街|大学|学院|医院|银行|公司|集团|日报|晚报|站|话|菜|人$|剧|鸭|时间|海关|海峡|大桥|机场|半岛|平原|白蛾"
    r"|(?:大运|亚运|奥运|冬奥|世博|进博|园博|世园)会|国际机场|马拉松|精神(?!文明|卫生|障碍|病|残疾|科|专科|健康))"
)


def standing_words(text: str) -> Iterator[tuple[int, int, str]]:
    """全省, 我区 and the like with their level word, 国 for the whole country."""
    for match in _STANDING.finditer(text):
        if match[0][0] == "全" and text[match.start() - 1 : match.start()] in _NOT_BEFORE_WHOLE:
            continue
        if match[0] == "全国" and (_HONOUR.match(text, match.end()) or text[match.start() - 1 : match.start()] == "届"):
            continue
        yield match.start(), match.end(), match[1] or "国"
    for match in _NATION.finditer(text):
        yield match.start(), match.end(), "国"


@cache
def _names_of_letters() -> dict[str, str]:
    """豫 for 河南省: a province's one-character names."""
    return {short: d.name for d in divisions() if d.level == "province" and not d.former for short in d.letters}


def letters(text: str) -> Iterator[tuple[int, int, str]]:
    """One character for a province behind a verb of place, with the province's name: 来京, 在豫."""
    for pattern in (_LETTERS, _MORE_LETTERS):
        for match in pattern.finditer(text):
            name = _names_of_letters().get(match[1])
            if name:
                yield match.start(1), match.end(1), name


def town_behind(text: str, end: int, word: str) -> str:
    """The town and village written behind a place, or nothing."""
    match = _BELOW.match(text, end)
    if match and not _NO_TOWN.search(match[0]) and word[-1] in "市区县旗州":
        return match[0]
    return ""


def is_no_place(text: str, start: int, end: int, word: str) -> bool:
    """True where the name of a place is only a part of another name: an organisation's, a game's, a slogan's."""
    if word == "中国" and not _COUNTRY.match(text, end):
        return True
    if text[start - 1 : start] and _STYLE.search(text, max(0, start - 2), start):
        return True
    return bool(_NOT_AFTER.match(text, end) or _ORGANIZATION.match(text, end) or _WORKS.match(text, end))


def area_behind(text: str, start: int, end: int) -> tuple[str, int]:
    """The own name of an area that begins with a place (成都都市圈), and where the place ends.

    绵阳城区 is the city.
    """
    cluster = _CLUSTER.match(text, end)
    if cluster:
        return text[start : cluster.end()], cluster.end()
    proper = _CITY_PROPER.match(text, end)
    return "", proper.end() if proper else end


def behind_yours(text: str, start: int) -> int:
    """The start moved over 你省, 我市 in front of the place."""
    match = _YOURS.search(text, max(0, start - 2), start)
    return match.start() if match else start


_TOWN = (
    r"(?![各所乡在除由从至]|民族|建制|重点|中心|当地|其他|文明|活力|宜居|美丽)"
    r"[^\W\d_的之]{2,3}(?:街道|镇|(?<![城镇])乡)"
)
_TOWN_LIST = re.compile(
    rf"(?:(?<![一-鿿])|(?<=[区县市在由除]))(?:{_TOWN}、)+{_TOWN}(?:[和及与]{_TOWN})?(?![政级村人居党社])"
)


def town_lists(text: str) -> Iterator[tuple[int, int]]:
    """Towns and streets one after another in a list: 狮岭镇、花东镇和梯面镇. One alone may be any word's end."""
    for match in _TOWN_LIST.finditer(text):
        for town in re.finditer(r"[^、和及与]+?(?:街道|[镇乡])(?=[、和及与]|$)", match[0]):
            yield match.start() + town.start(), match.start() + town.end()
