"""OFD files as GB/T 33190 has them: pages, templates, boxes, matrices and steps."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from extractors import BadDocument, read
from extractors.readers.ofd import text_of

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE, LEFT, RIGHT, TOP, STEP = 5.6, 28.0, 182.0, 37.0, 10.0


def text_object(text: str, x: float, y: float, size: float = SIZE, **attributes: str) -> str:
    """A line of text: steps of one size for wide characters, half for narrow ones."""
    steps = " ".join(str(size if ord(char) > 0x2000 else size / 2) for char in text[:-1])
    extra = "".join(f' {key}="{value}"' for key, value in attributes.items())
    code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{x} {y} 150 {size}" Size="{size}"{extra}>{code}</ofd:TextObject>'


def package(pages: list[str], templates: dict[str, str] | None = None, **parts: bytes) -> bytes:
    """An OFD file of these pages' objects."""
    file = io.BytesIO()
    templates = templates or {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {NS} Version='1.0' DocType='OFD'>{root}</ofd:OFD>")
        area = "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        area += "".join(f'<ofd:TemplatePage ID="{key}" BaseLoc="Tpls/{key}.xml"/>' for key in templates)
        listed = "".join(f'<ofd:Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        document = f"<ofd:Document {NS}>{area}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        archive.writestr("Doc_0/Document.xml", document)
        used = "".join(f'<ofd:Template TemplateID="{key}"/>' for key in templates)
        for i, objects in enumerate(pages):
            archive.writestr(f"Doc_0/Pages/Page_{i}/Content.xml", page_xml(objects, used))
        for key, objects in templates.items():
            archive.writestr(f"Doc_0/Tpls/{key}.xml", page_xml(objects))
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def page_xml(objects: str, used: str = "") -> str:
    return f"<ofd:Page {NS}>{used}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def set_in_pages(text: str) -> bytes:
    """A text set like an official document: paragraphs indented by two characters, 22 lines a page, page numbers."""
    lines: list[tuple[str, float]] = []
    for paragraph in text.split("\n"):
        rest, indent = paragraph.strip(), 2 * SIZE if len(paragraph) > 26 or paragraph[:1].isspace() else 0.0
        while rest:
            width, count = indent, 0
            while count < len(rest) and width + SIZE <= RIGHT - LEFT:
                width += SIZE if ord(rest[count]) > 0x2000 else SIZE / 2
                count += 1
            lines.append((rest[:count], LEFT + indent))
            rest, indent = rest[count:], 0.0
    pages = []
    for start in range(0, len(lines), 22):
        objects = "".join(text_object(*line, TOP + i * STEP) for i, line in enumerate(lines[start : start + 22]))
        pages.append(objects + text_object(f"— {len(pages) + 1} —", 95, 275, 4))
    return package(pages)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_read_to_the_letter(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    found = text_of(set_in_pages(text), "样.ofd")
    assert "".join(found.split()) == "".join(text.split())


def test_paragraphs_come_back_together() -> None:
    text = "\n".join(
        f"第{i}段开头，全市建成老年食堂46家，服务老年人1.2万余人次，投入资金1500余万元。" * 3 for i in range(20)
    )
    assert text_of(set_in_pages(text), "段.ofd").splitlines() == text.split("\n")


def test_steps_matrices_and_several_codes() -> None:
    repeated = (
        '<ofd:TextObject Boundary="28 40 99 6" Size="5">'
        '<ofd:TextCode X="0" Y="5" DeltaX="g 4 5">民政部文件</ofd:TextCode>'
    )
    codes = '<ofd:TextCode X="30" Y="5" DeltaX="g 2 5 5">通知</ofd:TextCode></ofd:TextObject>'
    scaled = (
        '<ofd:TextObject Boundary="28 60 99 6" Size="1" CTM="5 0 0 5 0 0">'
        '<ofd:TextCode X="0" Y="1" DeltaX="1 1 1">第十八号</ofd:TextCode></ofd:TextObject>'
    )
    bare = (
        '<ofd:TextObject Boundary="28 80 99 6" Size="5">'
        '<ofd:TextCode X="0" Y="5">没有步长</ofd:TextCode></ofd:TextObject>'
    )
    found = text_of(package([repeated + codes + scaled + bare]), "步.ofd")
    assert found.splitlines() == ["民政部文件 通知", "第十八号", "没有步长"]


def test_a_red_head_in_a_template_is_read_and_a_repeated_head_is_not() -> None:
    red = {"2": text_object("海棠市民政局文件", 60, 50, 10)}
    one = text_of(package([text_object("海民发〔2023〕18号", 80, 90)], red), "红.ofd")
    assert one.splitlines() == ["海棠市民政局文件", "海民发〔2023〕18号"]
    head = {"2": text_object("海棠市人民政府公报", 60, 12, 4)}
    pages = [text_object(f"各区民政局报来的第{word}批名单。", 28, 90) for word in "一二三"]
    assert "公报" not in text_of(package(pages, head), "报.ofd")


def test_known_by_content_and_refused_when_damaged_or_without_text() -> None:
    data = set_in_pages("海棠市民政局关于老年助餐的通知")
    assert read(data, "通知.zip").text.strip() == "海棠市民政局关于老年助餐的通知"
    with pytest.raises(BadDocument, match="text layer"):
        text_of(package(["<ofd:ImageObject/>"]), "图.ofd")
    for damaged in (data[:200], package([])[:-30], package(["<ofd:TextObject>"])):
        with pytest.raises(BadDocument, match="damaged"):
            text_of(damaged, "坏.ofd")
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><OFD>&a;</OFD>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("OFD.xml", entity)
    with pytest.raises(BadDocument, match="document type"):
        text_of(file.getvalue(), "体.ofd")
