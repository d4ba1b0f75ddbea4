"""版面：公文各要素认得对不对（GB/T 9704-2012），网页外壳、无题文本、怪文本都不出错。"""

from __future__ import annotations

import time

import pytest

from extractors.readers.folding import fold
from extractors.structure.layout import find_layout

NOTICE = """欢迎访问某某市民政局网站！
首页 > 政务公开 > 通知公告
某某市民政局 某某市财政局
关于提高高龄津贴标准的通知
发布时间：2023-03-08 10:20　来源：市民政局　字体：【大 中 小】
某民发〔2023〕7号

各县（市、区）民政局、财政局，
市属各养老机构：
　　现将提高高龄津贴标准的有关事项通知如下。
　　一、提高标准
　　八十周岁以上老年人每月增加二十元。
　　附件：1.发放标准表
　　　　　2.申请表

　　　　　　　　　　　　　某某市民政局
　　　　　　　　　　　　　财　政　局
　　　　　　　　　　　　　2023年3月6日
（此件主动公开）
联系人：某某，电话：000-0000000
抄送：省民政厅，市委办公室、
市政府办公室。
某某市民政局办公室　　2023年3月7日印发
附件1
发放标准表
打印 关闭
"""
LAW = """某某市敬老条例
（2019年10月30日某某市第九届人民代表大会常务委员会第五次会议通过
2019年11月29日某省第十三届人民代表大会常务委员会第八次会议批准）
第一条 为了弘扬敬老美德，制定本条例。
"""
ORDER = """某某省人民政府令
第 31 号
《某某省养老机构管理办法》已经省人民政府常务会议通过，现予公布，自2020年1月1日起施行。
省　长　某某某
2019年12月5日
某某省养老机构管理办法
第一条 为了规范养老机构，制定本办法。
"""
FORWARDED = """某县人民政府办公室转发县民政局关于
加强老年食堂管理意见的通知
某政办发〔2004〕12号
各乡镇人民政府：
县民政局《关于加强老年食堂管理的意见》已经县政府同意，现转发给你们。
某县人民政府办公室
二〇〇四年五月九日
（本文有删减）
关于加强老年食堂管理的意见
（县民政局　二〇〇四年四月二十日）
为加强老年食堂管理，提出以下意见。
"""
TABLE = """索引号：\t0001/2021-7\t主题分类：\t民政
发文机关：\t某省民政厅\t成文日期：\t2021年5月6日
标　　题：\t某省民政厅关于老年食堂的通知
发文字号：\t某民发〔2021〕9号\t发布日期：\t2021年5月8日
主 题 词：
各市民政局：
请认真做好老年食堂工作。
"""
REPLY = """类别：A
某民函〔2022〕18号
某市民政局对市人大六届二次会议第0031号
建议的答复
尊敬的某某代表：
您提出的建议收悉。
某市民政局
2022年6月1日
"""
REPORT = """政府工作报告
——2024年1月10日在某某市第九届人民代表大会第三次会议上
各位代表：
现在，我代表市人民政府报告工作。
"""
FORWARDED_REQUEST = """某省人民政府批转省劳动局关于调整工资请示的通知
（一九八一年三月二日）
某政发〔1981〕40号
省人民政府同意省劳动局的请示，现发给你们。
附：关于调整工资的请示
省人民政府：
根据会议精神，提出以下意见。
"""
STANDARD = """ICS 03.080
养老机构助餐服务规范
Specification of catering service in senior care homes
MZ/T 999-2020
1 范围
本文件适用于养老机构。
"""
BULLETIN = """2022年度某省老龄事业发展公报
某省卫生健康委　某省老龄办
一、老年人口
全省老年人口平稳增长。
"""
SEALED_FOR = """各单位：
请认真落实。
某某市民政局
（某某市民政局办公室代章）
某某市财政局
2023年9月8日
"""
TWICE = """某市养老服务规定
某市养老服务
规定
2020年5月6日 某市人民代表大会常务委员会第三次会议通过
第一条 制定本规定。
"""
BROKEN_NOTE = """某市委关于制定规划的建议
（2020年12月2日某市第七届委员会
第十一次全体会议通过）
为做好规划，提出以下建议。
"""
PLAIN = "为落实敬老政策，本市将增加老年食堂。\n一、增加供给。每个街道设一家。\n"
TWO_LINE_SIGNATURE = """关于做好消防检查的通知
各养老机构：
请于本月底前完成自查。
某某市养老服务工作
领导小组办公室（代章）
2021年4月2日
"""

CASES = [
    (NOTICE, "number", ["某民发〔2023〕7号"]),
    (NOTICE, "title", ["某某市民政局 某某市财政局\n关于提高高龄津贴标准的通知"]),
    (NOTICE, "published", ["2023-03-08 10:20"]),
    (NOTICE, "addressee", ["各县（市、区）民政局、财政局，\n市属各养老机构"]),
    (NOTICE, "signature", ["某某市民政局", "财　政　局"]),
    (NOTICE, "date", ["2023年3月6日"]),
    (NOTICE, "note", ["（此件主动公开）"]),
    (NOTICE, "contact", ["联系人：某某，电话：000-0000000"]),
    (NOTICE, "cc", ["省民政厅，市委办公室、\n市政府办公室。"]),
    (NOTICE, "printed_by", ["某某市民政局办公室"]),
    (NOTICE, "printed_date", ["2023年3月7日"]),
    (NOTICE, "attachment_title", ["发放标准表"]),
    (LAW, "title", ["某某市敬老条例"]),
    (LAW, "date", ["2019年10月30日"]),
    (ORDER, "number", ["某某省人民政府令\n第 31 号"]),
    (ORDER, "title", ["某某省养老机构管理办法"]),
    (ORDER, "date", ["2019年12月5日"]),
    (FORWARDED, "title", ["某县人民政府办公室转发县民政局关于\n加强老年食堂管理意见的通知"]),
    (FORWARDED, "date", ["二〇〇四年五月九日"]),
    (FORWARDED, "note", ["（本文有删减）"]),
    (FORWARDED, "attachment_title", ["关于加强老年食堂管理的意见"]),
    (TABLE, "number", ["某民发〔2021〕9号"]),
    (TABLE, "title", ["某省民政厅关于老年食堂的通知"]),
    (TABLE, "issuer", ["某省民政厅"]),
    (TABLE, "date", ["2021年5月6日"]),
    (TABLE, "published", ["2021年5月8日"]),
    (TABLE, "addressee", ["各市民政局"]),
    (REPLY, "title", ["某市民政局对市人大六届二次会议第0031号\n建议的答复"]),
    (REPLY, "addressee", ["尊敬的某某代表"]),
    (REPLY, "number", ["某民函〔2022〕18号"]),
    (TWO_LINE_SIGNATURE, "signature", ["某某市养老服务工作\n领导小组办公室"]),
    (REPORT, "title", ["政府工作报告"]),
    (REPORT, "date", ["2024年1月10日"]),
    (FORWARDED_REQUEST, "attachment_title", ["关于调整工资的请示"]),
    (FORWARDED_REQUEST, "date", ["一九八一年三月二日"]),
    (STANDARD, "number", ["MZ/T 999-2020"]),
    (STANDARD, "title", ["养老机构助餐服务规范"]),
    (BULLETIN, "signature", ["某省卫生健康委", "某省老龄办"]),
    (SEALED_FOR, "signature", ["某某市民政局", "某某市财政局"]),
    (TWICE, "title", ["某市养老服务\n规定"]),
    (BROKEN_NOTE, "title", ["某市委关于制定规划的建议"]),
    (BROKEN_NOTE, "date", ["2020年12月2日"]),
    (PLAIN, "title", []),
    (PLAIN, "addressee", []),
    (PLAIN, "body", [PLAIN.strip()]),
]


@pytest.mark.parametrize(("text", "element", "expected"), CASES)
def test_element(text: str, element: str, expected: list[str]) -> None:
    spans = find_layout(fold(text)).elements.get(element, ())
    assert [text[span.start : span.end] for span in spans] == expected


def test_chrome_is_not_body() -> None:
    layout = find_layout(fold(NOTICE))
    chrome = [NOTICE[span.start : span.end] for span in layout.elements["chrome"]]
    assert chrome[0].startswith("欢迎访问") and chrome[-1] == "打印 关闭"
    body = layout.elements["body"][0]
    assert NOTICE[body.start : body.end].startswith("现将") and NOTICE[body.start : body.end].endswith("申请表")


def test_body_may_begin_with_a_wrapped_line() -> None:
    text = "某市老年食堂管理办法\n老年食堂是居家养老服务的重要内容，是解决老年人就餐难\n问题的举措，应当积极推进。\n"
    layout = find_layout(text)
    assert [text[s.start : s.end] for s in layout.elements["title"]] == ["某市老年食堂管理办法"]
    assert text[layout.elements["body"][0].start :].startswith("老年食堂是")


def test_body_begins_in_the_line_of_the_addressee() -> None:
    text = "关于设立护理站的批复\n某市民政局：你局关于设立护理站的请示收悉。\n同意设立。"
    layout = find_layout(text)
    assert [text[s.start : s.end] for s in layout.elements["addressee"]] == ["某市民政局"]
    assert text[layout.elements["body"][0].start :].startswith("你局")


@pytest.mark.parametrize(
    "line", ["现将有关事项通知如下：", "联系电话：", "申报材料包括：", "问：", "注：", "一、工作目标："]
)
def test_no_addressee(line: str) -> None:
    assert "addressee" not in find_layout(f"关于老年食堂的通知\n{line}\n请认真落实。").elements


@pytest.mark.parametrize(
    "text", ["", "\n", " \n\t\n", "。", "：", "（", "附件", "附件1", "目录", "第一条", "号", "\u3000"]
)
def test_scraps_have_a_layout(text: str) -> None:
    layout = find_layout(fold(text))
    assert layout.sections[0].end == len(text)


@pytest.mark.parametrize(
    "unit", ["养老。", "养老", "（", "“", "《养", "第一条", "1.", "民政局 ", "各单位：", "养\n", "2024年5月1日\n"]
)
def test_long_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = fold(unit * (size // len(unit)))
        begin = time.process_time()
        find_layout(text)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(160_000) < 40 * max(seconds(20_000), 0.005)


def test_elements_lie_inside_the_text_in_order() -> None:
    for text in (NOTICE, LAW, ORDER, FORWARDED, TABLE, REPLY, PLAIN):
        for spans in find_layout(fold(text)).elements.values():
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert list(spans) == sorted(spans)
