"""文头各栏：编号、题、文种、发文机关、主送、抄送、日期、答复对象、公开属性。"""

from __future__ import annotations

from typing import Any

import pytest

from extractors import extract, read
from extractors.citations.header import iso_date
from extractors.structure.genres import genre_of
from ontology import table

REPLY = """类别：A
公开方式：主动公开
衢民提〔2023〕12号

衢州市民政局对市政协八届二次会议
第0123号提案的答复

张小明、李大山委员：

您提出的“关于加强农村互助养老服务的提案”（第0123号）收悉，现将办理情况答复如下：

一、我市已建成互助养老点120个。

衢州市民政局
2023年6月20日

抄送：市政协提案委(2份)，市政府督查室。
"""
LETTER = """关于省十三届人大五次会议第1123号建议答复的函

王小红代表：

您提出的关于完善失能老人照护保险制度的建议收悉。经商省财政厅，现答复如下：
感谢您的关心。

                                   湖北省医疗保障局
                                   2022年7月5日
"""
NATIONAL = """关于政协第十三届全国委员会第四次会议
第1234号（医疗体育类123号）提案答复的函
李某某委员：
你们提出的《关于加快发展安宁疗护的提案》收悉，经研究，现答复如下：
国家医保局
二〇二一年八月十六日
"""
JOINT = """民政部  财政部  国家卫生健康委
关于开展基本养老服务提升行动项目的通知
民发〔2023〕910号

各省、自治区、直辖市民政厅（局）、财政厅（局），新疆生产建设兵团民政局、财政局：
现就有关事项通知如下：
一、总体要求
民 政 部    财 政 部    国家卫生健康委
2023年4月26日
（此件公开发布）
"""
LAW = """绍兴市文明敬老条例
2020年6月5日 绍兴市第八届人民代表大会常务委员会第三十次会议通过
2020年7月31日 浙江省第十三届人民代表大会常务委员会第二十二次会议批准
第一条 为了弘扬敬老美德，制定本条例。
"""
ORDER = """宜昌市人民政府令
第 190 号
《宜昌市老年食堂管理办法》已经市人民政府常务会议通过，现予公布。
市长 某某某
2019年3月2日
宜昌市老年食堂管理办法
第一条 为了规范老年食堂，制定本办法。
"""
PAGE = """索引号：\t0001/2021-7\t主题分类：\t民政
发文机关：\t陕西省民政厅\t成文日期：\t2021年5月6日
标　　题：\t陕西省民政厅关于老年食堂的通知
发文字号：\t陕民发〔2021〕909号\t发布日期：\t2021年5月8日
各市民政局：
请认真做好老年食堂工作。
"""
SEALED = """广州市老龄工作委员会文件
穗老委〔2011〕903号
关于做好敬老月活动的通知
各区老龄委，市老龄委各成员单位：
　　现将活动安排通知如下。
二○一一年九月二日
广州市老龄工作委员会办公室          2011年9月5日印发
"""
NEWS = """我国养老床位持续增加
2023-01-17 22:52　来源：新华社　【字体：大 中 小】
记者获悉，全国养老床位持续增加。
"""
PLAIN = "北京市提振消费专项行动方案\n为提振消费，制定本方案。\n一、总体要求\n"

FIELDS: list[tuple[str, str, Any]] = [
    (REPLY, "number", "衢民提〔2023〕12号"),
    (REPLY, "title", "衢州市民政局对市政协八届二次会议第0123号提案的答复"),
    (REPLY, "genre", "答复"),
    (REPLY, "issuers", ["浙江省衢州市民政局"]),
    (REPLY, "addressees", ["政协委员"]),
    (REPLY, "cc", ["市政协提案委", "市政府督查室"]),
    (REPLY, "written_date", "2023-06-20"),
    (REPLY, "openness", "主动公开"),
    (
        REPLY,
        "replies_to",
        {
            "kind": "提案",
            "body": "中国人民政治协商会议浙江省衢州市委员会",
            "session": "八届二次会议",
            "number": "0123",
            "title": "关于加强农村互助养老服务的提案",
        },
    ),
    (LETTER, "genre", "函"),
    (LETTER, "addressees", ["人大代表"]),
    (
        LETTER,
        "replies_to",
        {
            "kind": "建议",
            "body": "湖北省人民代表大会",
            "session": "十三届五次会议",
            "number": "1123",
            "title": "关于完善失能老人照护保险制度的建议",
        },
    ),
    (NATIONAL, "issuers", ["国家医疗保障局"]),
    (NATIONAL, "written_date", "2021-08-16"),
    (
        NATIONAL,
        "replies_to",
        {
            "kind": "提案",
            "body": "中国人民政治协商会议全国委员会",
            "session": "第十三届第四次会议",
            "number": "1234",
            "title": "关于加快发展安宁疗护的提案",
        },
    ),
    (JOINT, "title", "民政部 财政部 国家卫生健康委关于开展基本养老服务提升行动项目的通知"),
    (JOINT, "issuers", ["民政部", "财政部", "国家卫生健康委员会"]),
    (
        JOINT,
        "addressees",
        ["各省、自治区、直辖市民政厅（局）、财政厅（局）", "新疆生产建设兵团民政局、财政局"],
    ),
    (JOINT, "openness", "公开发布"),
    (JOINT, "replies_to", None),
    (JOINT, "cc", None),
    (LAW, "issuers", ["浙江省绍兴市人民代表大会常务委员会"]),
    (LAW, "written_date", "2020-06-05"),
    (LAW, "number", None),
    (ORDER, "number", "宜昌市人民政府令第190号"),
    (ORDER, "title", "宜昌市老年食堂管理办法"),
    (ORDER, "issuers", ["湖北省宜昌市人民政府"]),
    (ORDER, "written_date", "2019-03-02"),
    (PAGE, "number", "陕民发〔2021〕909号"),
    (PAGE, "title", "陕西省民政厅关于老年食堂的通知"),
    (PAGE, "issuers", ["陕西省民政厅"]),
    (PAGE, "written_date", "2021-05-06"),
    (PAGE, "published_date", "2021-05-08"),
    (SEALED, "issuers", ["广东省广州市老龄工作委员会"]),
    (SEALED, "written_date", "2011-09-02"),
    (SEALED, "printed_by", "广州市老龄工作委员会办公室"),
    (SEALED, "printed_date", "2011-09-05"),
    (NEWS, "issuers", None),
    (NEWS, "published_date", "2023-01-17"),
    ("为规范老年助餐服务，制定本实施细则。\n第一条 助餐点应当公示价格。\n", "genre", "细则"),
    ("某市民政局：\n你局来函收悉。现函复如下：同意。\n", "genre", "复函"),
    (PLAIN, "title", "北京市提振消费专项行动方案"),
    (PLAIN, "issuers", None),
    (PLAIN, "written_date", None),
]


@pytest.mark.parametrize(("text", "field", "expected"), FIELDS)
def test_field(text: str, field: str, expected: Any) -> None:
    assert extract(read(text.encode(), "document.txt")).header[field] == expected


def test_every_field_is_there_and_empty_where_the_text_gives_none() -> None:
    header = extract(read("请认真做好老年食堂工作。\n".encode(), "document.txt")).header
    assert len(header) == 12 and set(header.values()) == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年5月21日", "2024-05-21"),
        ("2024 年 5 月 1 日", "2024-05-01"),
        ("2024-10-21 10:30", "2024-10-21"),
        ("2024.5.2", "2024-05-02"),
        ("2024/05/02", "2024-05-02"),
        ("二〇〇六年九月七日", "2006-09-07"),
        ("二零二一年十月三十一日", "2021-10-31"),
        ("一九九七年十二月二十日", "1997-12-20"),
        ("20220530", "2022-05-30"),
        ("2019年0929", "2019-09-29"),
        ("2024年13月1日", None),
        ("2024年2月30日", None),
        ("2024年", None),
        ("", None),
    ],
)
def test_iso_date(text: str, expected: str | None) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize("row", table("genres"), ids=lambda row: row["name"])
def test_genre_of_its_example(row: dict[str, str]) -> None:
    assert genre_of(row["example"]) == row["name"]


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("某县养老服务补贴暂行办法（试行）", "办法"),
        ("某省养老服务体系规划（2021—2025年）", "规划"),
        ("某区养老服务清单（2024年版）", "清单"),
        ("《某市敬老公约》", "公约"),
        ("关于印发《某某方案》的通知", "通知"),
        ("关于印发《某某方案》", None),
        ("老年人的一天", None),
        ("", None),
    ],
)
def test_genre(title: str, genre: str | None) -> None:
    assert genre_of(title) == genre
