"""Word documents: every paragraph, number and table cell, nothing deleted or hidden; old formats by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from extractors import BadDocument, read
from extractors.readers.docx import text_of
from extractors.readers.numbering import chinese_number

docx = pytest.importorskip("docx")
SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document) -> bytes:  # type: ignore[no-untyped-def]
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def package(body: str, **parts: str) -> bytes:
    """A minimal DOCX of a body's XML, with further parts by name (numbering, styles, footnotes)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return file.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_written_by_python_docx_is_read_as_it_was(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    document = docx.Document()
    for line in text.rstrip("\n").split("\n"):
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = "页眉不是正文"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    assert text_of(saved(document), "样.docx").rstrip() == text.rstrip()


def test_tables_come_row_by_row_with_tabs_in_their_place() -> None:
    document = docx.Document()
    document.add_paragraph("各区床位如下：")
    table = document.add_table(2, 3)
    for row, cells in zip(table.rows, [("区", "床位（张）", "增长"), ("东区", "1200", "5.6%")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("特此通报。")
    assert text_of(saved(document), "表.docx").splitlines() == [
        "各区床位如下：",
        "区\t床位（张）\t增长",
        "东区\t1200\t5.6%",
        "特此通报。",
    ]


def test_what_is_deleted_hidden_or_said_twice_is_not_read_and_what_is_inserted_is() -> None:
    body = (
        "<w:p><w:r><w:t>现将</w:t></w:r><w:ins><w:r><w:t>有关</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删除</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>事项通知</w:t></w:r><w:r><w:tab/><w:t>如下</w:t>"
        "<w:br/><w:t>一、总体</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>文本框</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>文本框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的日期</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    expected = ["现将有关事项通知\t如下", "一、总体", "文本框", "控件里的日期"]
    assert text_of(package(body), "修.docx").splitlines() == expected


def test_automatic_numbers_are_written_out() -> None:
    chinese = "chineseCounting"
    levels = [(chinese, "%1、"), (chinese, "（%2）"), ("decimal", "%3."), ("decimalEnclosedCircle", "%4")]
    numbering = f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>" + "".join(
        f"<w:lvl w:ilvl='{i}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for i, (kind, text) in enumerate(levels)
    )
    numbering += "</w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    numbered = "<w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr>"
    styles = f"<w:styles {W}><w:style w:styleId='1'>{numbered}</w:style></w:styles>"

    def item(text: str, depth: int) -> str:
        return paragraph(text, f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='7'/></w:numPr>")

    body = paragraph("总体要求", "<w:pStyle w:val='1'/>") + item("原则", 1) + item("目标", 1) + item("床位", 2)
    body += item("甲", 3) + item("主要任务", 0) + item("服务", 1) + paragraph("无号")
    assert text_of(package(body, numbering=numbering, styles=styles), "号.docx").splitlines() == [
        "一、总体要求",
        "（一）原则",
        "（二）目标",
        "1.床位",
        "①甲",
        "二、主要任务",
        "（一）服务",
        "无号",
    ]
    assert [chinese_number(n) for n in (1, 10, 11, 20, 99, 100, 110, 101)] == [
        "一", "十", "十一", "二十", "九十九", "一百", "一百一十", "一百零一",
    ]  # fmt: skip


def test_footnotes_follow_the_text() -> None:
    line = f"<w:footnote w:type='separator'>{paragraph('线')}</w:footnote>"
    notes = f"<w:footnotes {W}>{line}<w:footnote>{paragraph('注一')}</w:footnote></w:footnotes>"
    assert text_of(package(paragraph("正文"), footnotes=notes), "注.docx").splitlines() == ["正文", "注一"]


def test_word_files_named_otherwise_are_known_by_content() -> None:
    document = docx.Document()
    document.add_paragraph("海棠市民政局关于开展老年助餐服务的通知")
    for name in ("通知.docx", "通知.doc", "通知", "通知.txt"):
        assert read(saved(document), name).text.startswith("海棠市民政局")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (package(""), "no text"),
        (package(paragraph("正文"))[:-30], "damaged"),
        (b"PK\x03\x04" + bytes(500), "damaged"),
        (package("<w:p><w:r><w:t>未完"), "damaged.*XML"),
    ],
)
def test_damaged_word_files_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadDocument, match=reason):
        text_of(data, "坏.docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_old_formats_are_read_by_libreoffice(kind: str, tmp_path: Path) -> None:
    lines = ["海棠市民政局文件", "海民发〔2023〕18号", "全市建成老年食堂46家，服务1.2万余人次。"]
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    (tmp_path / "a.docx").write_bytes(saved(document))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, capture_output=True)
    doc = read(tmp_path / f"a.{kind}")
    assert [line for line in doc.text.splitlines() if line] == lines


def test_old_formats_without_libreoffice_say_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(BadDocument, match=r"旧\.doc: this kind of file needs LibreOffice.*DOCX"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧.doc")
