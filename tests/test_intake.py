"""成图读一切文件：压缩包、网页、邮件、表格；每份文本从哪来，图里写得明明白白；涉密的拒收，忘掉的不再收。"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from test_cli import run
from test_privacy_of_outputs import contents

from extractors.readers.secrecy import find_internal, find_mark
from kg import build, open_graph
from kg.files import side_file
from kg.privacy.quarantine import read as quarantined

TEXT = """海棠市民政局关于印发《社区助餐服务办法》的通知
海民发〔2023〕18号

各区县民政局：
全市建成老年食堂46家，服务老年人1300人。

海棠市民政局
2023年5月6日

（联系人：诸葛子墨，电话：13900139000）
"""
PAGE = """<html><head><meta charset="utf-8"></head><body><div class="nav"><a>首页</a></div><table>
<tr><td>发文机关</td><td>海棠市医疗保障局</td><td>发文字号</td><td>海医保发〔2024〕7号</td></tr>
<tr><td>成文日期</td><td>2024年3月1日</td><td>发布日期</td><td>2024年3月5日</td></tr></table>
<h1>海棠市医疗保障局关于长期护理保险试点的通知</h1><p>各区县医疗保障局：</p><p>全市参保12万人，享受待遇3400人。</p></body></html>"""


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder of many kinds of files."""
    folder = tmp_path / "来文"
    (folder / "附件").mkdir(parents=True)
    (folder / "通知.txt").write_bytes(TEXT.encode("gb18030"))
    (folder / "没有后缀的网页").write_text(PAGE, encoding="utf-8")
    (folder / "附件" / "包.zip").write_bytes(
        zipped(
            {"内/复函.txt": TEXT.replace("18号", "19号").replace("46家", "47家").encode(), "标志.png": b"\x89PNG0000"}
        )
    )
    text = io.StringIO()
    rows = csv.DictWriter(text, ["编号", "内容", "title", "doc_number", "issue_date", "来源网址", "类别"])
    rows.writeheader()
    rows.writerow(
        {
            "编号": "甲",
            "内容": "全市新增护理型床位210张。\n",
            "title": "海棠市养老服务补贴办法",
            "doc_number": "海民规〔2022〕3号",
            "issue_date": "2022-08-09 00:00:00",
            "来源网址": "http://example.org/甲 乙.html",
            "类别": "养老",
        }
    )
    (folder / "库.csv").write_text(text.getvalue(), encoding="utf-8-sig")
    (folder / "照片.xyz").write_bytes(b"x")
    return folder


META = ("title", "doc_number", "issue_date", "来源网址", "类别")


def test_every_kind_of_file_is_read_and_what_is_none_is_passed_over(tmp_path: Path, inputs: Path) -> None:
    report = build([inputs], tmp_path / "图", meta=META)
    assert (report.documents, report.failed) == (4, ())
    assert report.passed_over == ("来文/照片.xyz", "来文/附件/包.zip/标志.png")
    with open_graph(tmp_path / "图") as graph:
        rows = graph.query("SELECT ?number { ?d ek:documentNumber ?number . ?t eli:realizes ?d }")
        assert {str(row[0]) for row in rows} == {
            "海民发〔2023〕18号",
            "海民发〔2023〕19号",
            "海医保发〔2024〕7号",
            "海民规〔2022〕3号",
        }


def test_metadata_columns_become_header_fields_with_evidence_in_the_text(tmp_path: Path, inputs: Path) -> None:
    build([inputs / "库.csv"], tmp_path / "图", meta=META)
    with open_graph(tmp_path / "图") as graph:
        ((title, day),) = graph.query("SELECT ?t ?d { ?doc dct:title ?t ; eli:date_document ?d }").rows
        assert (str(title), str(day)) == ("海棠市养老服务补贴办法", "2022-08-09")
        text = graph.text("海民规〔2022〕3号")
        assert text.startswith(
            "标题：海棠市养老服务补贴办法\n发文字号：海民规〔2022〕3号\n成文日期：2022-08-09\n全市新增"
        )
        (told,) = graph.query("SELECT ?d ?s { ?f dct:description ?d ; dct:source ?s }").rows
        assert [str(cell) for cell in told] == ["类别：养老", "http://example.org/%E7%94%B2%20%E4%B9%99.html"]


def test_a_table_without_texts_in_a_folder_is_passed_over_but_named_it_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "库").mkdir()
    (tmp_path / "库" / "名单.csv").write_text("姓名,年龄\n甲,70\n", encoding="utf-8")
    (tmp_path / "库" / "通知.txt").write_text(TEXT, encoding="utf-8")
    report = build([tmp_path / "库"], tmp_path / "图")
    assert (report.documents, report.failed, report.passed_over) == (1, (), ("库/名单.csv",))
    assert "no column" in build([tmp_path / "库" / "名单.csv", tmp_path / "库"], tmp_path / "图").failed[0]


def test_the_graph_tells_where_each_text_came_from(tmp_path: Path, inputs: Path) -> None:
    page = inputs / "没有后缀的网页"
    url, day = "https://www.example.org/a?b=1", "2024-03-06T01:02:03Z"
    told = {"url": url, "retrieved": day, "sha256": hashlib.sha256(page.read_bytes()).hexdigest()}
    side_file(page).write_text(json.dumps(told), encoding="utf-8")
    archive = inputs / "附件" / "包.zip"
    build([inputs], tmp_path / "图", meta=META)
    with open_graph(tmp_path / "图") as graph:
        rows = graph.query(
            """SELECT ?name ?hash ?whole ?url ?time ?reader { ?text prov:wasDerivedFrom ?file ; ek:fileName ?name ;
            prov:wasGeneratedBy ?run . ?run prov:used ?file ; prov:wasAssociatedWith/dct:identifier ?reader .
            ?file dct:identifier ?hash OPTIONAL { ?file dct:isPartOf/dct:identifier ?whole }
            OPTIONAL { ?file dct:source ?url } OPTIONAL { ?file prov:generatedAtTime ?time } }"""
        )
        found = {str(row[0]): [None if cell is None else str(cell) for cell in row[1:]] for row in rows}
    digest = "sha256:" + hashlib.sha256(page.read_bytes()).hexdigest()
    reader = "extractors.readers.web_page 0.1.0"
    assert found["来文/没有后缀的网页"] == [digest, None, url, day, reader]
    inner = "sha256:" + hashlib.sha256(zipfile.ZipFile(archive).read("内/复函.txt")).hexdigest()
    whole = "sha256:" + hashlib.sha256(archive.read_bytes()).hexdigest()
    assert found["来文/附件/包.zip/内/复函.txt"][:2] == [inner, whole]
    page.write_text(PAGE.replace("3400", "3500"), encoding="utf-8")
    build([inputs], tmp_path / "图", meta=META)
    with open_graph(tmp_path / "图") as graph:
        assert not graph.query("SELECT ?t { ?f prov:generatedAtTime ?t }").rows  # 文件改过，旁注不再算数


def test_parts_of_an_archive_are_known_again(tmp_path: Path, inputs: Path) -> None:
    build([inputs], tmp_path / "图", meta=META)
    again = build([inputs], tmp_path / "图", meta=META)
    assert (again.read, again.unchanged) == (0, 4)


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("机密★1年\n", "机密★1年"),
        ("000012\n机　密★１年\n特急\n", "机 密★1年"),
        ("000003  秘密★长期  加急\n", "秘密★长期"),
        ("绝密\n\n海棠市人民政府文件\n", "绝密"),
        ("密级：秘密\n", "秘密"),
        ("索引号：1\n发文机关：海棠市民政局\n密级\t机密★5年\n", "机密★5年"),
        ("特急  机密★2025年12月31日前\n", "机密★2025年12月31日前"),
        ("工作秘密★3年\n", "工作秘密★3年"),
    ],
)
def test_a_mark_of_secrecy_is_found(head: str, mark: str) -> None:
    found = find_mark(head + TEXT)
    assert found is not None and found.words == mark


@pytest.mark.parametrize(
    "head",
    [
        "海棠市关于保守国家秘密的通知\n",
        "密级：公开\n",
        "密级：\n",
        "机密文件管理办法\n",
        "第一章 国家秘密的范围和密级\n",
        "（一）机密级科研项目；\n",
        "文件标注为“机密★1年”的，应当专柜存放。\n",
        "内部资料\n",
        "\n" * 60 + "秘密★1年\n",
    ],
)
def test_words_about_secrets_are_no_mark(head: str) -> None:
    assert find_mark(head + TEXT) is None


def test_what_is_marked_internal_is_told_and_taken_in(tmp_path: Path) -> None:
    (tmp_path / "内.txt").write_text("内部资料　注意保存\n" + TEXT, encoding="utf-8")
    assert find_internal("内部控制制度\n") is None
    report = build([tmp_path / "内.txt"], tmp_path / "图")
    assert report.documents == 1
    assert "内部资料" in report.notes[0]


def test_secret_documents_are_quarantined_and_nothing_of_them_is_kept(tmp_path: Path, inputs: Path) -> None:
    secret = "秘密★5年\n" + TEXT.replace("老年食堂46家", "老年浴室46家")
    (inputs / "密.txt").write_text(secret, encoding="utf-8")
    report = build([inputs], tmp_path / "图", meta=META)
    assert report.documents == 4
    assert "bears the secrecy mark 秘密★5年" in report.quarantined[0]
    assert list(quarantined(tmp_path / "图")) == [hashlib.sha256(secret.encode()).hexdigest()]
    assert "老年浴室" not in contents(tmp_path / "图")
    done = run("build", inputs, "-o", tmp_path / "图")
    assert done.returncode == 1 and "quarantined: 来文/密.txt: line 1" in done.stderr


def test_names_of_persons_are_in_no_file_name_either(tmp_path: Path) -> None:
    (tmp_path / "诸葛子墨来电 13900139000.txt").write_text(TEXT, encoding="utf-8")
    build([tmp_path / "诸葛子墨来电 13900139000.txt"], tmp_path / "图")
    found = contents(tmp_path / "图")
    assert "■■■■来电 ■■■■■■■■■■■.txt" in found
    assert "诸葛子墨" not in found and "13900139000" not in found


OFFICIAL = "海棠市人民政府令\n第12号\n\n《海棠市助餐办法》已经审议通过，现予公布。\n\n市长　　慕容清远\n2023年5月6日\n"


def test_names_of_officials_stay_only_where_asked(tmp_path: Path) -> None:
    (tmp_path / "令.txt").write_text(OFFICIAL, encoding="utf-8")
    build([tmp_path / "令.txt"], tmp_path / "图")
    assert "慕容清远" not in contents(tmp_path / "图")
    build([tmp_path / "令.txt"], tmp_path / "图", keep_officials=True)
    assert "慕容清远" in contents(tmp_path / "图")
    build([tmp_path / "令.txt"], tmp_path / "图")
    assert "慕容清远" not in contents(tmp_path / "图")


def test_a_forgotten_document_is_gone_and_stays_out_in_any_form(tmp_path: Path, inputs: Path) -> None:
    folder = tmp_path / "图"
    build([inputs], folder, meta=META)
    done = run("forget", folder, "--document", "海民发〔2023〕18号")
    assert done.returncode == 0 and "1 documents taken out" in done.stderr
    assert "1300" in contents(folder)  # 包里的 19 号还在
    assert "海民发〔2023〕18号" not in contents(folder)
    (inputs / "另一份.html").write_text(f"<html><body><pre>{TEXT}</pre></body></html>", encoding="utf-8")
    (inputs / "改了一点.txt").write_text(TEXT.replace("46家", "48家"), encoding="utf-8")
    report = build([inputs], folder, meta=META)
    assert sorted(report.forgotten) == ["来文/另一份.html", "来文/改了一点.txt", "来文/通知.txt"]
    assert "海民发〔2023〕18号" not in contents(folder)


def test_a_forgotten_document_leaves_no_bytes_in_the_store_of_many(tmp_path: Path) -> None:
    """One of many: a store that is changed and not made anew would keep the words in its files."""
    (tmp_path / "来文").mkdir()
    for number in range(12):
        text = f"海棠市民政局\n\n关于第{number}号事项的通知\n\n全市有养老院{number + 3}家。WORD{number:03d}END\n"
        (tmp_path / "来文" / f"{number}.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "来文"], tmp_path / "图", workers=1)
    assert "WORD003END" in contents(tmp_path / "图")
    assert run("forget", tmp_path / "图", "--document", "3.txt").returncode == 0
    found = contents(tmp_path / "图")
    assert "WORD004END" in found
    assert "WORD003END" not in found


def test_a_forgotten_person_is_nowhere_and_stays_out(tmp_path: Path, inputs: Path) -> None:
    story = "海棠市民政局简报\n志愿者李念慈常年服务老人。李　念　慈说，全市有志愿者52人。\n"
    (inputs / "李念慈事迹.txt").write_text(story, encoding="utf-8")
    folder = tmp_path / "图"
    build([inputs], folder, meta=META)
    assert "李念慈" in contents(folder)
    done = run("forget", folder, "--person", "李念慈")
    assert done.returncode == 0 and "1 more masked" in done.stderr
    found = contents(folder)
    assert "李念慈" not in found and "李　念　慈" not in found
    assert "志愿者■■■常年服务老人。■　■　■说" in found
    again = build([inputs], folder, meta=META)
    assert (again.read, again.unchanged) == (0, 5)
    (inputs / "李念慈事迹.txt").write_text(story + "另有57人。\n", encoding="utf-8")
    build([inputs], folder, meta=META)
    found = contents(folder)
    assert "57人" in found and "李念慈" not in found


def test_forgetting_what_is_not_there_changes_nothing(tmp_path: Path, inputs: Path) -> None:
    build([inputs], tmp_path / "图")
    before = contents(tmp_path / "图")
    done = run("forget", tmp_path / "图", "--document", "没有这份")
    assert done.returncode == 2 and "no document '没有这份'" in done.stderr
    assert run("forget", tmp_path / "图", "--person", "李").returncode == 2
    assert contents(tmp_path / "图") == before
