"""文件之间、文件与机关之间的关系。"""

from __future__ import annotations

import pytest

from extractors import extract, read

Triple = tuple[str, str, str]
OF_DOCUMENTS = {"issued_by", "replies_to", "based_on", "cites", "issues_text_of", "repeals", "amends"}


def relations(text: str) -> set[Triple]:
    doc = read(text.encode(), "case.txt")
    return {(r.subject, r.predicate, r.object) for r in extract(doc).relations if r.predicate in OF_DOCUMENTS}


def of_reply(sentence: str) -> set[Triple]:
    """What a sentence states in a reply of 四川省民政厅."""
    text = (
        "四川省民政厅关于省政协十二届二次会议第12号提案办理情况的函\n\n王某委员：\n"
        f"您提出的《关于发展助餐的提案》（第12号）收悉，现答复如下：\n{sentence}\n感谢您的关心。\n\n四川省民政厅\n2023年5月6日\n"
    )
    return relations(text) - {("self", "issued_by", "四川省民政厅"), ("self", "replies_to", "关于发展助餐的提案")}


def of_notice(heading: str, body: str) -> set[Triple]:
    """What a notice of 四川省民政厅 states beside its own issuer."""
    text = f"四川省民政厅{heading}\n川民发〔2023〕5号\n\n各市（州）民政局：\n{body}\n\n四川省民政厅\n2023年5月6日\n"
    return relations(text) - {("self", "issued_by", "四川省民政厅")}


def test_issuer_and_proposal_of_a_reply() -> None:
    text = (
        "四川省民政厅关于省政协十二届二次会议第12号提案办理情况的函\n\n王某委员：\n"
        "您提出的《关于发展助餐的提案》（第12号）收悉，现答复如下：\n我们将继续努力。\n\n四川省民政厅\n2023年5月6日\n"
    )
    assert relations(text) == {
        ("self", "issued_by", "四川省民政厅"),
        ("self", "replies_to", "关于发展助餐的提案"),
    }


@pytest.mark.parametrize(
    ("sentence", "triples"),
    [
        (
            "省医保局、省财政厅等5部门联合印发了《助餐方案》。",
            {("助餐方案", "issued_by", "四川省医疗保障局"), ("助餐方案", "issued_by", "四川省财政厅")},
        ),
        (
            "会同省财政厅印发《助餐方案》。",
            {("助餐方案", "issued_by", "四川省财政厅"), ("助餐方案", "issued_by", "四川省民政厅")},
        ),
        ("推动省政府出台《助餐方案》。", {("助餐方案", "issued_by", "四川省人民政府")}),
        ("以省政府办公厅名义印发《助餐方案》。", {("助餐方案", "issued_by", "四川省人民政府办公厅")}),
        ("我厅印发《助餐方案》。", {("助餐方案", "issued_by", "四川省民政厅")}),
        (
            "按照民政部、财政部一九八六年八月八日《助餐方案》执行。",
            {("助餐方案", "issued_by", "民政部"), ("助餐方案", "issued_by", "财政部")},
        ),
        (
            "同意《助餐方案》（以下简称《方案》），由民政部、财政部印发并组织实施。",
            {("助餐方案", "issued_by", "民政部"), ("助餐方案", "issued_by", "财政部")},
        ),
        ("执行《民政部助餐补贴管理办法》。", {("民政部助餐补贴管理办法", "issued_by", "民政部")}),
        ("先后出台《助餐方案》。", set()),
        ("四川省先后出台《助餐方案》。", set()),
        ("学习民政部《助餐方案》。", {("助餐方案", "issued_by", "民政部")}),
        ("根据国务院《助餐条例》《四川助餐办法》。", {("助餐条例", "issued_by", "国务院")}),
        ("学习民政部等9部门《助餐方案》。", {("助餐方案", "issued_by", "民政部")}),
        ("学习《助餐方案》（国务院令第722号）。", {("国务院令第722号", "issued_by", "国务院")}),
        ("学习《助餐方案》（民发〔2020〕7号）。", set()),
    ],
)
def test_who_issued_it(sentence: str, triples: set[Triple]) -> None:
    assert {t for t in of_reply(sentence) if t[1] == "issued_by"} == triples


def test_the_bodies_a_title_begins_with_issued_it() -> None:
    sentence = "学习《中共中央 国务院关于老龄工作的意见》《国务院机构改革方案》。"
    title = "中共中央 国务院关于老龄工作的意见"
    assert {t for t in of_reply(sentence) if t[1] == "issued_by"} == {
        (title, "issued_by", "中共中央"),
        (title, "issued_by", "国务院"),
    }


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("根据《助餐意见》《助餐办法》和《助餐细则》等文件精神，我省扩大了试点。", "based_on"),
        ("按照国家《助餐意见》（国办发〔2020〕5号）、《助餐办法》、《助餐细则》等要求，不断完善政策。", "based_on"),
        ("认真贯彻落实《助餐意见》《助餐办法》《助餐细则》，扩大试点。", "based_on"),
        ("政策依据：《助餐意见》《助餐办法》《助餐细则》。", "based_on"),
        ("按照统一部署印发《助餐意见》《助餐办法》《助餐细则》，扩大试点。", "cites"),
        ("制定《助餐意见》《助餐办法》《助餐细则》，扩大试点。", "cites"),
        ("各地应当按照《助餐意见》《助餐办法》《助餐细则》执行。", "cites"),
        ("参照《助餐意见》《助餐办法》《助餐细则》，扩大试点。", "cites"),
    ],
)
def test_a_cue_governs_its_list(sentence: str, predicate: str) -> None:
    found = {t for t in of_reply(sentence) if t[0] == "self"}
    assert len(found) == 3
    assert {t[1] for t in found} == {predicate}


def test_the_new_text_that_replaces_an_old_one_is_not_repealed() -> None:
    assert of_notice("关于助餐服务有关事项的通知", "《助餐办法》自2023年9月1日起施行，原办法同时废止。") == {
        ("self", "cites", "助餐办法")
    }


def test_what_is_made_on_a_ground_is_based_on_it_too() -> None:
    found = of_reply("按照《助餐意见》要求，我省出台《助餐细则》。")
    assert found == {
        ("self", "based_on", "助餐意见"),
        ("self", "cites", "助餐细则"),
        ("助餐细则", "based_on", "助餐意见"),
    }


def test_a_title_tells_what_its_document_does() -> None:
    found = of_reply(
        "见《关于印发〈助餐方案〉的通知》《关于废止〈助餐细则〉的决定》《关于贯彻落实〈助餐意见〉的通知》。"
    )
    assert found >= {
        ("关于印发〈助餐方案〉的通知", "issues_text_of", "助餐方案"),
        ("关于废止〈助餐细则〉的决定", "repeals", "助餐细则"),
        ("关于贯彻落实〈助餐意见〉的通知", "based_on", "助餐意见"),
    }


def test_a_notice_prints_a_plan() -> None:
    body = "现将《四川省助餐服务实施方案》印发给你们，请认真执行。"
    assert of_notice("关于印发《四川省助餐服务实施方案》的通知", body) == {
        ("self", "issues_text_of", "四川省助餐服务实施方案"),
        ("四川省助餐服务实施方案", "issued_by", "四川省民政厅"),
    }


def test_a_forwarded_text_keeps_its_own_issuer() -> None:
    body = "民政部《关于规范助餐服务的意见》已经省政府同意，现转发给你们，请认真执行。"
    assert of_notice("转发民政部关于规范助餐服务意见的通知", body) >= {
        ("self", "issues_text_of", "关于规范助餐服务的意见"),
        ("关于规范助餐服务的意见", "issued_by", "民政部"),
    }


@pytest.mark.parametrize(
    ("sentence", "triple"),
    [
        (
            "本通知自印发之日起施行，《助餐办法》（川民发〔2010〕8号）同时废止。",
            ("self", "repeals", "川民发〔2010〕8号"),
        ),
        ("对《助餐办法》作如下修改：", ("self", "amends", "助餐办法")),
    ],
)
def test_repeals_and_amends(sentence: str, triple: Triple) -> None:
    found = of_notice("关于助餐服务有关事项的通知", sentence)
    assert found == {triple}


def test_a_statute_is_based_on_its_grounds_and_cites_in_its_articles() -> None:
    text = (
        "成都市助餐服务条例\n\n2019年8月6日成都市第十七届人民代表大会常务委员会第十二次会议通过\n"
        "根据2021年6月3日成都市第十七届人民代表大会常务委员会第三十次会议《关于修改〈成都市助餐服务条例〉的决定》修正\n\n"
        "第一条　为了规范助餐服务，根据《中华人民共和国慈善法》等法律，结合本市实际，制定本条例。\n"
        "第二条　违反本条例的，依照《中华人民共和国治安管理处罚法》的规定处罚。\n"
        "第三条　本条例自2020年1月1日起施行。《成都市助餐服务办法》同时废止。\n"
    )
    decision = "关于修改〈成都市助餐服务条例〉的决定"
    assert relations(text) >= {
        ("self", "based_on", "中华人民共和国慈善法"),
        ("self", "cites", "中华人民共和国治安管理处罚法"),
        ("self", "repeals", "成都市助餐服务办法"),
        (decision, "amends", "self"),
        (decision, "issued_by", "四川省成都市人民代表大会常务委员会"),
    }
    # 修正决定改了它，不是它引用的
    assert not {("self", "based_on", decision), ("self", "cites", decision)} & relations(text)


def test_the_document_does_not_cite_itself() -> None:
    body = "按照《关于助餐服务有关事项的通知》（川民发〔2023〕5号），本《通知》自印发之日起施行。"
    assert of_notice("关于助餐服务有关事项的通知", body) == set()


def test_a_request_named_by_its_addressee_is_the_addressees() -> None:
    text = (
        "国务院办公厅关于助餐服务有关问题的复函\n国办函〔2004〕9号\n湖北省人民政府：\n"
        "你省《关于支持助餐服务的请示》（鄂政文〔2004〕5号）收悉。经国务院同意，现函复如下。\n国务院办公厅\n二〇〇四年五月四日\n"
    )
    assert relations(text) == {
        ("self", "issued_by", "国务院办公厅"),
        ("self", "cites", "鄂政文〔2004〕5号"),
        ("鄂政文〔2004〕5号", "issued_by", "湖北省人民政府"),
    }


def test_a_request_without_marks_is_of_all_the_addressees_called_you() -> None:
    text = (
        "国务院关于同意开展助餐服务综合试点的批复\n国函〔2019〕9号\n湖北省人民政府、民政部：\n"
        "你们关于开展助餐服务综合试点的请示（鄂政〔2019〕5号）收悉。现批复如下：\n一、同意开展试点。\n国务院\n2019年5月4日\n"
    )
    assert relations(text) == {
        ("self", "issued_by", "国务院"),
        ("self", "cites", "鄂政〔2019〕5号"),
        ("鄂政〔2019〕5号", "issued_by", "湖北省人民政府"),
        ("鄂政〔2019〕5号", "issued_by", "民政部"),
    }


def test_a_ground_noted_under_a_measure_is_the_papers() -> None:
    body = "一、发放助餐补贴\n按餐次给予补贴。\n政策依据：市政府办公厅《助餐补贴办法》（云府办〔2022〕6号）"
    assert ("self", "based_on", "云府办〔2022〕6号") in of_notice("关于助餐服务惠企政策的通知", body)


def test_licences_granted_are_texts_that_the_paper_issues() -> None:
    text = (
        "云门电站有限公司：\n根据《中华人民共和国核安全法》，决定颁发云门电站1、2号机组运行许可证（见附件）。\n"
        "附件：1.云门电站1号机组运行许可证\n2.云门电站2号机组运行许可证\n国家核安全局\n2021年3月4日\n\n"
        "云门电站1号机组运行许可证\n国核安证字第3001号\n根据《核电厂管理规定》，批准云门电站运行。\n一、遵守许可条件。\n\n"
        "云门电站2号机组运行许可证\n国核安证字第3002号\n根据《核电厂管理规定》，批准云门电站运行。\n一、遵守许可条件。\n"
    )
    numbers = ("国核安证字第3001号", "国核安证字第3002号")
    assert relations(text) == {
        ("self", "issued_by", "国家核安全局"),
        ("self", "based_on", "中华人民共和国核安全法"),
        *(("self", "issues_text_of", number) for number in numbers),
        *((number, "issued_by", "国家核安全局") for number in numbers),
        *((number, "based_on", "核电厂管理规定") for number in numbers),
    }
