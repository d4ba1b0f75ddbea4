"""谁发的：并列的文件各有其主，题后括注，转发的来文机关，所印发的文本；废止、修改和依据记在谁头上。"""

from __future__ import annotations

import pytest

from extractors import extract, read
from extractors.citations.announced_lists import find_announced, heads_item

Triple = tuple[str, str, str]


def relations(text: str, *predicates: str) -> set[Triple]:
    doc = read(text.encode(), "case.txt")
    return {(r.subject, r.predicate, r.object) for r in extract(doc).relations if r.predicate in predicates}


def notice(heading: str, body: str, after: str = "") -> str:
    return (
        f"四川省民政厅{heading}\n川民发〔2023〕5号\n\n各市（州）民政局：\n{body}\n\n四川省民政厅\n2023年5月6日\n{after}"
    )


def issued(body: str) -> set[Triple]:
    found = relations(notice("关于助餐服务有关事项的通知", body), "issued_by")
    return found - {("self", "issued_by", "四川省民政厅")}


@pytest.mark.parametrize(
    ("body", "triples"),
    [
        (
            "民政部《助餐指导意见》和财政部《助餐资金办法》收悉。",
            {("助餐指导意见", "issued_by", "民政部"), ("助餐资金办法", "issued_by", "财政部")},
        ),
        (
            "民政部《助餐指导意见》《助餐标准》和财政部《助餐资金办法》收悉。",
            {
                ("助餐指导意见", "issued_by", "民政部"),
                ("助餐标准", "issued_by", "民政部"),
                ("助餐资金办法", "issued_by", "财政部"),
            },
        ),
        ("执行《助餐收费暂行规定》（1996年3月1日民政部发布）。", {("助餐收费暂行规定", "issued_by", "民政部")}),
        (
            "原民政部和原卫生部联合发布《助餐卫生办法》。",
            {("助餐卫生办法", "issued_by", "民政部"), ("助餐卫生办法", "issued_by", "卫生部")},
        ),
        (
            "落实《国务院办公厅转发民政部、财政部关于发展助餐服务意见的通知》（国办发〔2001〕7号）。",
            {
                ("国办发〔2001〕7号", "issued_by", "国务院办公厅"),
                ("关于发展助餐服务意见", "issued_by", "民政部"),
                ("关于发展助餐服务意见", "issued_by", "财政部"),
            },
        ),
    ],
)
def test_each_document_has_its_own_issuers(body: str, triples: set[Triple]) -> None:
    assert issued(body) == triples


def test_what_is_forwarded_is_printed() -> None:
    found = relations(
        notice("关于助餐的通知", "落实《国务院批转民政部关于助餐改革请示的通知》（国发〔1988〕7号）。"),
        "issues_text_of",
    )
    assert found == {("国发〔1988〕7号", "issues_text_of", "关于助餐改革请示")}


def test_an_attached_text_is_issued_with_the_notice_that_gives_it() -> None:
    body = "现将助餐办法印发给你们，请遵照执行。\n\n附件：四川省社区助餐服务管理办法"
    assert issued(body) == {("四川省社区助餐服务管理办法", "issued_by", "四川省民政厅")}
    assert issued("请对照附件开展自查。\n\n附件：四川省社区助餐服务管理办法") == set()


@pytest.mark.parametrize(
    ("body", "predicate"),
    [
        ("我厅决定对下列规范性文件予以废止。\n一、《助餐办法》\n二、《助餐细则》\n特此公告。", "repeals"),
        ("决定废止以下文件：\n1.《助餐办法》\n2.《助餐细则》", "repeals"),
        ("决定废止《助餐办法》《助餐细则》。", "repeals"),
        ("一、废止《助餐办法》《助餐细则》。", "repeals"),
        ("决定对下列规章作出修改：\n一、将《助餐办法》第三条删去。\n二、将《助餐细则》第五条删去。", "amends"),
        ("结合实际，对《助餐办法》《助餐细则》进行修订，现印发给你们。", "amends"),
        ("将《助餐办法》《助餐细则》有效期延长至2028年12月31日。", "amends"),
        ("环保部门正在对《助餐办法》《助餐细则》进行修订。", "cites"),
        ("废止《助餐办法》《助餐细则》有关规定的，另行通知。", "cites"),
        ("严格落实下列文件：\n一、《助餐办法》\n二、《助餐细则》", "cites"),
    ],
)
def test_what_a_sentence_does_to_documents(body: str, predicate: str) -> None:
    found = relations(notice("关于助餐服务有关事项的通知", body), "repeals", "amends", "cites", "based_on")
    assert found == {("self", predicate, "助餐办法"), ("self", predicate, "助餐细则")}


def test_the_list_of_what_is_repealed_ends_where_its_items_end() -> None:
    text = (
        "决定对下列文件予以废止。\n一、《甲办法》\n二、《乙办法》\n本公告自发布之日起施行。\n三、《丙办法》继续执行。\n"
    )
    (announced,) = find_announced(text)
    assert announced.predicate == "repeals"
    assert text[announced.span.start : announced.span.end].strip().endswith("《乙办法》")
    assert heads_item(text, text.index("《乙办法》"))
    assert not heads_item(text, text.index("办法》\n二"))


def test_a_schedule_of_repealed_documents() -> None:
    text = "附件\n宣布失效的文件目录（共2件）\n1.《甲办法》\n2.《乙办法》\n"
    assert [a.predicate for a in find_announced(text)] == ["repeals"]
    assert find_announced("有下列情形之一的，许可证失效：\n（一）甲\n") == []


def test_the_grounds_of_an_attached_text_are_its_own() -> None:
    after = (
        "\n四川省社区助餐服务管理办法\n\n第一条　根据《中华人民共和国慈善法》，制定本办法。\n"
        "第二条　本办法自2023年7月1日起施行，《助餐细则》同时废止。\n"
    )
    heading = "关于印发《四川省社区助餐服务管理办法》的通知"
    found = relations(
        notice(heading, "为做好助餐工作，现将《四川省社区助餐服务管理办法》印发给你们。", after), "based_on", "repeals"
    )
    assert found == {
        ("四川省社区助餐服务管理办法", "based_on", "中华人民共和国慈善法"),
        ("四川省社区助餐服务管理办法", "repeals", "助餐细则"),
    }


def test_law_and_ordinance_in_one_ground() -> None:
    body = "根据《中华人民共和国慈善法》等法律法规，以及《志愿服务条例》有关规定，现就助餐工作通知如下："
    assert relations(notice("关于助餐的通知", body), "based_on", "cites") == {
        ("self", "based_on", "中华人民共和国慈善法"),
        ("self", "based_on", "志愿服务条例"),
    }


STATUTE = """成都市社区助餐条例

2016年1月6日 成都市人民代表大会常务委员会公告第62号公布

2018年5月8日 《关于修改〈成都市老年食堂条例〉的决定》第一次修正

2020年5月8日 《关于修改〈成都市社区助餐条例〉的决定》第二次修正

第一条 为了规范助餐，制定本条例。

第二条 本条例自公布之日起施行。2011年3月1日成都市人民政府发布的《成都市社区助餐条例》同时废止。
"""


def test_a_decision_amends_the_statute_that_it_names() -> None:
    own = "关于修改〈成都市社区助餐条例〉的决定"
    other = "关于修改〈成都市老年食堂条例〉的决定"
    assert relations(STATUTE, "amends") == {(own, "amends", "self"), (other, "amends", "成都市老年食堂条例")}


def test_a_decision_may_call_the_statute_otherwise() -> None:
    text = STATUTE.replace("成都市社区助餐条例\n\n2016", "成都市实施《中华人民共和国慈善法》办法\n\n2016")
    text = text.replace("关于修改〈成都市社区助餐条例〉", "关于修改〈成都市慈善法实施办法〉")
    assert ("关于修改〈成都市慈善法实施办法〉的决定", "amends", "self") in relations(text, "amends")


def test_an_older_text_of_the_same_name_is_another_document() -> None:
    found = relations(STATUTE, "repeals", "issued_by")
    assert ("self", "repeals", "成都市社区助餐条例") in found
    assert ("成都市社区助餐条例", "issued_by", "四川省成都市人民政府") in found


def test_the_order_in_the_note_under_the_title_numbers_the_statute() -> None:
    extraction = extract(read(STATUTE.encode(), "case.txt"))
    assert extraction.header["number"] == "成都市人民代表大会常务委员会公告第62号"
    assert ("self", "cites", "成都市人民代表大会常务委员会公告第62号") not in relations(STATUTE, "cites")


def test_an_attached_text_may_go_on_without_a_heading() -> None:
    after = "附件：四川省社区助餐服务管理办法\n\n第一条　根据《中华人民共和国慈善法》，制定本办法。\n"
    text = notice("关于助餐的通知", "我厅制定了《四川省社区助餐服务管理办法》。现印发给你们。\n\n" + after)
    assert relations(text, "based_on", "cites") == {
        ("四川省社区助餐服务管理办法", "based_on", "中华人民共和国慈善法"),
    }


def test_what_a_part_is_based_on_is_not_cited_once_more() -> None:
    after = (
        "\n四川省社区助餐服务管理办法\n\n第一条　根据《中华人民共和国慈善法》，制定本办法。\n"
        "第二条　违反规定的，依照《中华人民共和国慈善法》处理。\n"
    )
    text = notice(
        "关于印发《四川省社区助餐服务管理办法》的通知", "现将《四川省社区助餐服务管理办法》印发给你们。", after
    )
    assert relations(text, "based_on", "cites") == {
        ("四川省社区助餐服务管理办法", "based_on", "中华人民共和国慈善法"),
    }
