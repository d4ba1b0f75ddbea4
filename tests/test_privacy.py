"""Contact data of persons is masked one character for one; figures, numbers of documents and hotlines stay."""

from __future__ import annotations

import itertools
import random
import re
import time

import pytest

from extractors.model import Document, Layout
from extractors.readers.privacy import MASK, contact_spans, mask, personal_spans
from extractors.reading import fold

# □ marks what must be masked; everything else must stay.
CASES = [
    "（联系人：【王小明】，联系电话：【68123456】，【13800001111】）",
    "联系人：【张三】 【李四】 联系电话：【023-68123456】转8002".replace("】转8002", "转8002】"),
    "联系人：养老服务处【赵一凡】，电话：【（010）66556677】",
    "联系人：核设施监管司处长【钱进】",
    "联系人及电话：【孙悦】，【0571-88112233】",
    "经办人：【周】科长 手机【139 1234 5678】",
    "联系人：【张 三】　　电话：【88112233】",
    "联系人\t【李雷】\t联系电话\t【13912345678】",
    "联系人：【阿依古丽·买买提】，电话【0991-2345678】",
    "联系人：【买买提江】",
    "联系人：【欧阳修远】、【诸葛亮】",
    "签发人：【何为民】",
    "责任编辑：【孙小】",
    "如有疑问，请与【王芳】（【13612345678】）联系。",
    "请联系【赵云飞】，电话【88112233】；养老科【田七】，【88112234】。",
    "养老处【刘洋】【13712345678】",
    "（【陈静】，【88112233】）",
    "邮箱：【wangfang88@163.com】，微信号：【wf_2020abc】，QQ：【123456789】",
    "身份证号：【500112198001011234】",
    "传真：【（0571）88112233】",
    "尊敬的【牛小宇】代表：",
    "尊敬的【周桂】、【李明】等代表：",
    "尊敬的各位代表：",
    "【张晓华】委员、【李明】委员：",
    "对省十四届人大二次会议【周桂香】等代表第0205号建议的答复",
    "对【王建国】代表提出的建议",
    "省长　【李某人】",
    "国务院总理　　【张 某】",
    "联系人：综合科 电话：【88112233】",
    "政策咨询电话：0571-88112233。",
    "监督电话：88112233，服务热线12345、96345。",
    "请拨打12345政务服务便民热线或400-810-1234。",
    "意见反馈邮箱：ylfw@mca.gov.cn",
    "联系人：【吴敏】，邮箱：【wumin@mca.gov.cn】",
    "法定代表人、企业代表、党代表、村民代表、双方代表和全体代表参加。",
    "常务委员会、专门委员会、纪检委员、宣传委员、国务委员列席。",
    "应当对代表建议认真研究，及时告知代表，由业主代表在会上表决，常驻代表、管理者代表列席。",
    "习近平总书记关于老龄工作的重要指示精神",
    "登记经办人的姓名、住址和身份证号码，密切联系人民群众。",
    "经办人：              电话：",
    "联系人：（签字）",
    "渝民发〔2021〕63号，国办发〔2022〕13800号",
    "安排资金13800000000元，惠及88112233人，合计68123456.78元",
    "统一社会信用代码：123456789012345678，账号：13800001111",
    "2021年至2025年，20210101开始，第13800001111号",
    "机构代码 88112233，备案号：68123456",
]


def document(text: str) -> Document:
    """A document without layout: masking looks at characters alone."""
    return Document("例.txt", text, fold(text), "", Layout({}, (), ()))


def marked(text: str) -> tuple[str, str]:
    """The text without the brackets, and with what they hold masked."""
    plain = re.sub("[【】]", "", text)
    masked = re.sub("【([^】]*)】", lambda m: re.sub(r"[^\s（）()]", MASK, m[1]), text)
    return plain, masked


@pytest.mark.parametrize("case", CASES)
def test_mask(case: str) -> None:
    plain, masked = marked(case)
    # A line of Chinese round it, as in a document.
    doc = document(f"各区民政局：\n{plain}\n特此通知。")
    assert mask(doc) == f"各区民政局：\n{masked}\n特此通知。"


def test_officials_are_kept_when_asked_for() -> None:
    doc = document("特此发布。\n市长　王某人\n联系人：李雷\n")
    assert mask(doc, keep_officials=True) == "特此发布。\n市长　王某人\n联系人：■■\n"
    assert mask(doc) == "特此发布。\n市长　■■■\n联系人：■■\n"


def test_contact_spans_cover_marks_names_numbers_and_hotlines_but_not_the_text_round_them() -> None:
    text = fold("现将46家机构名单印发。（联系人：市民政局 王小明，电话：68123456）服务热线：12345。共38人。")
    covered = "".join(text[s.start : s.end] for s in contact_spans(text))
    assert "联系人：市民政局 王小明" in covered and "68123456" in covered and "12345" in covered
    assert "46家" not in covered and "38人" not in covered


# ---- many lines from a grammar of contact lines, and as many figures that look like them

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超霞平刚桂兰辉玲斌鹏华飞鑫波宇浩凯健俊帆雪慧莹欣怡嘉佳琳晨晓梦思雨子涵博文志建国"
    "春梅红宝玉珍福祥庆学世成海东新立永清"
)
OFFICES = ["综合科", "养老服务处", "市民政局", "区卫生健康委老龄科", "县医保局", "办公室", "规划财务司", "社会事务股"]
AREAS = ["010", "021", "023", "0571", "0755", "028", "0991"]


def _name(rng: random.Random) -> str:
    given = "".join(rng.choice(GIVEN) for _ in range(rng.choice([1, 2, 2])))
    name = rng.choice(SURNAMES) + given
    if rng.random() < 0.05:
        name = rng.choice(["欧阳", "上官", "司马", "诸葛"]) + given
    if len(name) == 2 and rng.random() < 0.3:
        name = name[0] + rng.choice(["　", " ", "  "]) + name[1]
    return name


def _phone(rng: random.Random) -> str:
    local = str(rng.randint(2, 8)) + "".join(str(rng.randint(0, 9)) for _ in range(7))
    mobile = rng.choice(["138", "139", "150", "177", "186", "199"]) + "".join(str(rng.randint(0, 9)) for _ in range(8))
    area = rng.choice(AREAS)
    return rng.choice(
        [
            local,
            f"{area}-{local}",
            f"（{area}）{local}",
            f"({area}){local}",
            f"{area}—{local}",
            f"{area}{local}",
            mobile,
            mobile,
            f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}",
            f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
            f"+86 {mobile}",
        ]
    )


def contact_line(rng: random.Random) -> tuple[str, list[str], list[str]]:
    """A contact line, and the names and numbers in it."""
    name, other, phone, second = _name(rng), _name(rng), _phone(rng), _phone(rng)
    office, colon = rng.choice(OFFICES), rng.choice("：:")
    forms = [
        (f"联系人{colon}{name}，联系电话{colon}{phone}", [name], [phone]),
        (f"（联系人{colon}{name}，联系电话{colon}{phone}，{second}）", [name], [phone, second]),
        (f"联系人{colon}{name}  电话{colon}{phone}  传真{colon}{second}", [name], [phone, second]),
        (f"联系人{colon}{office}{name}，{phone}。", [name], [phone]),
        (f"联系人{colon}{office} {name} {phone}", [name], [phone]),
        (f"联系人及电话{colon}{name}，{phone}；{other}，{second}", [name, other], [phone, second]),
        (f"联系人{colon}{name}、{other}\n电  话{colon}{phone}、{second}", [name, other], [phone, second]),
        (f"经办人{colon}{name}    手机{colon}{phone}", [name], [phone]),
        (f"承办人{colon}{name}（{phone}）", [name], [phone]),
        (f"联 络 员{colon}".replace(" ", "") + f"{name}\t{phone}", [name], [phone]),
        (f"如有问题，请联系{office}{name}，电话{colon}{phone}。", [name], [phone]),
        (f"（{office}{name}，电话{colon}{phone}）", [name], [phone]),
        (f"业务咨询{colon}{name}，联系电话{phone}", [name], [phone]),
        (f"联系人\t{name}\t联系电话\t{phone}", [name], [phone]),
        (f"填表人{colon}{name}　审核人{colon}{other}　联系电话{colon}{phone}", [name, other], [phone]),
        (f"联系电话{colon}{phone}（{name}）", [name], [phone]),
        (f"联系电话{colon}{phone} {second}；微信{colon}wx{rng.randint(10000, 99999)}ab", [], [phone, second]),
        (f"联系人{colon}{name}；邮箱{colon}a{rng.randint(1, 99)}@163.com；电话{colon}{phone}", [name], [phone]),
    ]
    return rng.choice(forms)


def test_two_thousand_contact_lines_leave_no_number_and_hardly_a_name() -> None:
    rng = random.Random(20240521)
    left_names, all_names, left_numbers = [], 0, []
    for _ in range(2000):
        line, names, phones = contact_line(rng)
        masked = mask(document(f"特此函复。\n{line}\n"))
        assert len(masked) == len(f"特此函复。\n{line}\n")
        all_names += len(names)
        left_names += [line for name in names if name in masked]
        left_numbers += [line for phone in phones if re.search("[0-9]{3}", "".join(re.findall("[0-9]+", masked)))]
    assert not left_numbers, left_numbers[:10]
    assert len(left_names) <= all_names * 0.01, left_names[:20]


NEGATIVES = [
    lambda r: f"民发〔{r.randint(2000, 2024)}〕{r.randint(1, 9999)}号",
    lambda r: f"投入资金{r.randint(1000000, 99999999999)}元",
    lambda r: f"总产值达{r.randint(10**10, 2 * 10**10 - 1)}元，服务{r.randint(10**6, 10**8)}人次",
    lambda r: f"{r.randint(1990, 2030)}年{r.randint(1, 12)}月至{r.randint(2025, 2030)}年",
    lambda r: (
        f"{r.choice(['监督', '举报', '投诉', '咨询'])}电话：{r.choice(['023-', ''])}8{r.randint(10**6, 10**7 - 1)}"
    ),
    lambda r: f"服务热线：{r.choice(['12345', '12349', '96345', '12333', '12320', '96111'])}",
    lambda r: f"全省60岁以上老年人{r.randint(10**6, 99999999)}人，占{r.randint(10, 30)}.{r.randint(10, 99)}%",
    lambda r: f"建筑面积{r.randint(10**6, 10**8)}平方米、床位{r.randint(10**6, 10**8)}张",
    lambda r: f"合计\t{r.randint(10**7, 10**8 - 1)}\t{r.randint(10**7, 10**8 - 1)}",
    lambda r: f"财政拨款收入{r.randint(10**6, 10**8)}.{r.randint(10, 99)}",
    lambda r: f"第{r.randint(1, 999)}号提案、GB/T {r.randint(10000, 99999)}-{r.randint(2000, 2024)}标准",
    lambda r: f"国家税务总局公告{r.randint(2000, 2024)}年第{r.randint(1, 99)}号、令第{r.randint(100, 999)}号",
    lambda r: f"http://www.gov.cn/t{r.randint(20200101, 20241231)}_{r.randint(10**6, 10**7)}.html",
    lambda r: f"统一社会信用代码：{r.randint(11, 54)}{r.randint(10**15, 10**16 - 1)}",
    lambda r: (
        f"各位{r.choice(['代表', '委员'])}、{r.choice(['人大', '政协', '职工', '村民', '企业', '行业', '群众'])}代表"
    ),
    lambda r: f"{r.choice(['全国', '区', '省'])}人大代表{r.randint(100, 999)}名、政协委员{r.randint(100, 999)}名",
    lambda r: f"联系单位：{r.choice(OFFICES)}",
    lambda r: f"由{r.choice(OFFICES)}负责，{r.choice(OFFICES)}配合",
]


def test_two_thousand_figures_and_hotlines_are_hardly_ever_masked() -> None:
    rng = random.Random(20240522)
    wrong = []
    for _ in range(2000):
        line = rng.choice(NEGATIVES)(rng)
        text = f"一、主要情况\n{line}。\n{rng.choice(NEGATIVES)(rng)}\n"
        masked = mask(document(text))
        assert len(masked) == len(text)
        if masked != text:
            wrong.append(masked)
    assert len(wrong) <= 20, wrong[:20]


def test_spans_are_ordered_disjoint_and_within_the_text() -> None:
    rng = random.Random(7)
    text = fold("\n".join(contact_line(rng)[0] for _ in range(300)))
    for spans in (contact_spans(text), personal_spans(text)):
        assert all(a.end < b.start for a, b in itertools.pairwise(spans))
        assert spans[0].start >= 0 and spans[-1].end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "联系人：" * 20000,
        "1" * 100_000,
        "13800001111" * 9000,
        "0571-88112233、" * 8000,
        "张代表、" * 25000,
        "a@" * 50000,
        "省长 " * 30000,
        "尊敬的" * 30000,
        "电话" * 50000,
        "（" * 100_000,
        "张、" * 50000 + "代表",
        " " * 100_000,
        "a.b" * 33000 + "@",
    ],
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    start = time.process_time()
    personal_spans(text)
    contact_spans(text)
    assert time.process_time() - start < 4
