"""名称和数字之外：下一步、职责、目标、疑点、核算、被引文件的归属。例句都是本项目自拟的。"""

from __future__ import annotations

import time
from typing import Any

import pytest

from extractors import checks, doubts, duties, extract, memberships, read, steps, targets
from extractors.model import Extraction
from kg.statements.scopes import scopes

HEAD = "云南省昆明市五华区民政局\n关于养老服务工作的通知\n\n各街道办事处：\n\n"
FOOT = "\n\n昆明市五华区民政局\n2023年6月1日\n"


def of(body: str, *, head: str = HEAD, foot: str = FOOT) -> Extraction:
    return extract(read((head + body + foot).encode(), "例.txt"))


def words(extraction: Extraction, span: Any) -> str:
    return extraction.doc.text[span[0] : span[1]]


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("下一步，我局将做好两件事。一是建站点。二是管质量。", [2]),
        ("下一步，我们将继续努力，把养老服务办得更好更实更贴心。", [1]),
        ("一、进展\n\n已建成三处。\n\n二、下一步工作\n\n（一）加快建设。\n\n（二）加强监管。\n\n（三）做好宣传。", [3]),
        ("下一步，将做好以下工作：\n\n一、加快建设。\n\n二、加强监管。", [2]),
        ("前期建成三处。下一步，我们将加快推进第四处建设工作。", [1]),
        ("下一步骤由各街道自行决定，报区民政局备案后实施。", []),
        ("一是建站点。二是管质量。", []),
        ("今后，我局将一如既往做好这项工作，请予监督。", [1]),
    ],
)
def test_next_steps_are_counted_where_they_are_told(body: str, counts: list[int]) -> None:
    assert [len(found.steps) for found in steps.find(of(body).doc)] == counts


@pytest.mark.parametrize(
    ("body", "bodies"),
    [
        ("区民政局负责统筹协调，区财政局负责资金保障。", ["民政局", "财政局"]),
        ("由区民政局、区卫生健康局等部门各司其职，做好服务。", ["民政局", "卫生健康局"]),
        ("区医保局应当定期核查。", ["医疗保障局"]),
        ("开展入户评估。（区民政局牵头，区残联配合）", ["民政局", "残疾人联合会"]),
        ("完善设施。（责任单位：区民政局、区住房城乡建设局）", ["民政局", "住房和城乡建设局"]),
        ("区民政局联合区财政局印发了实施方案。", []),
        ("区民政局已加强监管并取得成效。", []),
        ("各街道将情况报区民政局。", []),
        ("成立由区民政局、区财政局为成员的领导小组。", []),
    ],
)
def test_duties_are_given_to_bodies_that_are_told_to_act(body: str, bodies: list[str]) -> None:
    found = [str(duty.body.attributes["canonical"]) for duty in duties.find(of(body))]
    assert [name.removeprefix("云南省昆明市五华区") for name in found] == bodies


def test_a_duty_stands_in_a_part_of_the_first_rank_or_among_the_next_steps() -> None:
    extraction = of(
        "一、分工\n\n区民政局负责统筹。\n\n二、其他\n\n办法另定。\n\n下一步，我区将推进工作，区财政局要保障经费。"
    )
    places = [words(extraction, duty.part)[:3] for duty in duties.find(extraction)]
    assert places == ["一、分", "下一步"]


def test_those_who_sign_and_receive_have_no_duties() -> None:
    assert (
        list(duties.find(of("请遵照执行。", foot="\n\n五华区民政局\n2023年6月1日\n抄送：区财政局，区残联。\n"))) == []
    )


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("建立由区民政局、区财政局组成的联席会议。", [("联席会议", 2, True)]),
        ("成立由区民政局、区财政局、区残联为成员的养老服务领导小组。", [("养老服务领导小组", 3, True)]),
        ("建立由区民政局、区财政局等部门参加的联席会议。", [("联席会议", 2, False)]),
        ("区民政局、区财政局参加了联席会议。", []),
        ("由区民政局组成的工作专班。", []),
    ],
)
def test_members_of_a_joint_body_are_listed(body: str, wanted: list[tuple[str, int, bool]]) -> None:
    found = [(m.name, len(m.members), m.complete) for m in memberships.find(of(body))]
    assert found == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("到2025年，基本实现街道养老服务中心全覆盖。", [("街道养老服务中心全覆盖", "2025")]),
        (
            "到2025年底，建成站点30个，床位达到500张。",
            [("建成站点30个", "2025-12-31"), ("床位达到500张", "2025-12-31")],
        ),
        ("2023年10月底前完成20户适老化改造。", [("完成20户适老化改造", "2023-10-31")]),
        ("到2020年，全区建成站点10个。", []),
        ("截至2023年5月底，建成站点10个。", []),
        ("2024年底，护理型床位占比达到60%。", [("护理型床位占比达到60%", "2024-12-31")]),
        ("各街道于2023年7月1日前将名单报送我局。", []),
    ],
)
def test_targets_have_words_and_a_deadline(body: str, wanted: list[tuple[str, str]]) -> None:
    extraction = of(body)
    found = [(words(extraction, target.words), target.deadline) for target in targets.find(extraction)]
    assert found == wanted


def test_a_target_is_set_by_the_document_that_the_sentence_lets_speak() -> None:
    extraction = of("《昆明市养老服务体系规划》提出，到2025年，建成站点100个。\n\n到2024年，我区建成站点20个。")
    assert [target.set_by for target in targets.find(extraction)] == ["昆明市养老服务体系规划", "self"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("各部门要各司其责，建全制度。", [("各司其责", "各司其职"), ("建全", "健全")]),
        ("构建全国统一市场，修建全区站点，新建全龄社区。", []),
        ("由区民政局等8部位联合印发。", [("8部位", "8部门")]),
        ("涉及身体3部位的康复。", []),
        ("按排序发放，按排污规定处理，既使用资金又配人员。", []),
        ("已按排车辆，既使下雨也要到位。", [("按排", "安排"), ("既使", "即使")]),
        ("投入资金30万元，发放补贴20万。", [("20万", "20万元")]),
        ("限额由30万提高到50万，最高60万、70万、80万。", []),
        ("按照五民发〔2022〕18 号执行。", [("五民发〔2022〕18 号", "五民发〔2022〕18号")]),
        ("由区民政局、区卫生健康局、区财政等部门负责。", [("区财政", "云南省昆明市五华区财政局")]),
        ("由民政、财政、卫生健康等部门负责。", []),
        ("截止2023年5月已建成3处。报名截止时间为6月30日，活动结束截止。", [("截止", "截至")]),
        ("以增强体质为目的的活动，标的的处置，大大的的确确。", []),
        ("站点的的建设，，要加快。", [("的的", "的"), ("，，", "，")]),
    ],
)
def test_doubtful_wording_is_pointed_at_and_good_wording_left_alone(body: str, wanted: list[tuple[str, str]]) -> None:
    extraction = of(body)
    assert [(words(extraction, doubt), doubt.meant) for doubt in doubts.find(extraction)] == wanted


def test_old_papers_are_not_blamed_for_old_spelling() -> None:
    old = of("注意复盖和布署。", foot="\n\n昆明市五华区民政局\n1985年6月1日\n")
    assert list(doubts.find(old)) == []
    assert len(list(doubts.find(of("注意复盖和布署。")))) == 2
    undated = "1957年全国注意复盖和布署，1962年完成。"
    assert list(doubts.find(of(undated, foot=""))) == []


def test_names_set_out_to_one_width_at_the_foot_are_no_doubt() -> None:
    foot = "\n\n昆明市五华区民政局\n五 华 区 财 政 局\n2023年6月1日\n"
    assert list(doubts.find(of("站点要加快建设。", foot=foot))) == []
    assert [d.kind for d in doubts.find(of("站点由 五 华 区 财 政 局 负责，要加快建设。"))] == ["letter-spaced"]


@pytest.mark.parametrize(
    ("body", "kind", "computed", "verdict"),
    [
        ("2022年全区服务老年人640人，比2021年的546人增长17.2%。", "growth", 17.2161, "rounded"),
        ("2022年服务老年人640人，较上年增长17.2%（2021年服务546人）。", "growth", 17.2161, "rounded"),
        ("床位由400张增加到500张，增长30%。", "growth", 25, "wrong"),
        ("床位由500张减少到400张，下降20%。", "growth", 20, "exact"),
        ("人员由93人增加到118人，增长26.8%。", "growth", 26.8817, "truncated"),
        ("按性质分，公办占40%，民办占35%，公建民营占30%。", "share", 105, "wrong"),
        ("费用由财政负担60%，个人负担40%。", "share", 100, "exact"),
        ("全区共建成站点30个。其中，老城10个，新城20个。", "sum", 30, "exact"),
        ("全区共建成站点30个。其中，老城15个，新城20个。", "sum", 35, "wrong"),
        ("本办法自2021年1月1日起施行，2025年12月31日失效，有效期5年。", "term", 5, "exact"),
        ("本办法自2021年1月1日起施行，2023年12月31日失效，有效期5年。", "term", 3, "wrong"),
        ("2022年，200名老人享受待遇10万元。", "per-head", 500, "derived"),
        ("街道\t床位（张）\n甲\t10\n乙\t20\n合计\t40\n", "total", 30, "wrong"),
        ("街道\t床位（张）\n甲\t10\n乙\t20\n丙\t5\n合计\t35\n", "total", 35, "exact"),
    ],
)
def test_figures_that_follow_from_each_other_are_checked(body: str, kind: str, computed: float, verdict: str) -> None:
    found = [check for check in checks.find(of(body)) if check.kind == kind]
    assert [(round(float(check.computed), 4), check.verdict) for check in found] == [(computed, verdict)]


@pytest.mark.parametrize(
    "body",
    [
        "产值由100亿元增加到150亿元，年均增长8.4%。",
        "产值由100亿元增加到150亿元，按可比价格计算增长30%。",
        "收入由100万元增加到150万元，扣除物价因素增长30%。",
        "床位由400张增加到近500张，增长25%。",
        "站点由40个减少到29个，人员精简一半。",
        "甲由10人增加到20人；乙增长30%。",
        "满意率98%，知晓率95%。",
        "投入2930亿元，比上年预计数增加439亿元，增长17.6%。",
        "按等级分别支付50%、40%、30%。",
        "全区共建成站点30个，其中老城10个，新城5个。",
        "3名老人、20万元补贴到位。",
    ],
)
def test_what_the_words_do_not_settle_is_not_checked(body: str) -> None:
    assert [check.kind for check in checks.find(of(body))] == []


@pytest.mark.parametrize(
    ("body", "title", "area"),
    [
        ("按照国家《关于推进养老服务发展的意见》要求办理。", "关于推进养老服务发展的意见", "中国"),
        ("落实省《关于推进养老服务发展的意见》。", "关于推进养老服务发展的意见", "云南省"),
        ("我区先后出台《助餐服务办法》《适老化改造方案》。", "适老化改造方案", "云南省昆明市五华区"),
        ("执行《昆明市助餐服务办法》。", "昆明市助餐服务办法", "云南省昆明市"),
        ("依据《中华人民共和国老年人权益保障法》。", "中华人民共和国老年人权益保障法", "中国"),
        ("印发了《助餐服务办法》。", "助餐服务办法", "云南省昆明市五华区"),
        ("学习《关于推进养老服务发展的意见》。", "关于推进养老服务发展的意见", None),
        ("各地印发《助餐服务办法》。", "助餐服务办法", None),
    ],
)
def test_a_document_known_by_its_title_belongs_where_the_sentence_says(body: str, title: str, area: str | None) -> None:
    found = scopes(of(body)).get(title)
    assert (found.name if found else None) == area


def test_all_of_it_stays_linear() -> None:
    body = "区民政局、区财政局负责，到2025年，建成站点30个，投入20万元，增长5%。各司其责。下一步，推进工作。\n" * 1500
    extraction = of(body)
    begun = time.process_time()
    for find in (duties.find, targets.find, doubts.find, checks.find, scopes):
        list(find(extraction))  # type: ignore[call-overload]
    list(steps.find(extraction.doc))
    assert time.process_time() - begun < 10
