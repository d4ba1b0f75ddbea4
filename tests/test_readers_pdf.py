"""PDF files: what is printed is read in reading order; page furniture goes, paragraphs come back together."""

from __future__ import annotations

import io
import logging
import zlib
from pathlib import Path

import pytest

from extractors import BadDocument, read
from extractors.readers.glyphs import Glyph, rows_of
from extractors.readers.pdf import text_of

pytest.importorskip("reportlab")
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Spacer, Table

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
INDENTED = ParagraphStyle("indented", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
FLUSH = ParagraphStyle("flush", parent=INDENTED, firstLineIndent=0)
SENTENCE = "全市建成老年食堂46家，服务老年人1.2万余人次，投入资金1500余万元。"


def printed(flow: list, head: str = "海棠市人民政府公报") -> bytes:  # type: ignore[type-arg]
    """A PDF of these flowables with a running head and decorated page numbers."""

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 10)
        canvas.drawCentredString(A4[0] / 2, 30, f"— {document.page} —")
        canvas.drawString(60, 812, head)

    file = io.BytesIO()
    template = SimpleDocTemplate(file, pagesize=A4, leftMargin=80, rightMargin=80)
    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return file.getvalue()


def flow_of(text: str, body: ParagraphStyle = INDENTED) -> list:  # type: ignore[type-arg]
    style = [(line, body if len(line) > 30 or line[:1].isspace() else FLUSH) for line in text.split("\n")]
    return [Paragraph(line.strip(), how) if line.strip() else Spacer(1, 10) for line, how in style]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("body", [INDENTED, FLUSH], ids=["indented", "flush"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_read_to_the_letter(sample: Path, body: ParagraphStyle) -> None:
    text = sample.read_text(encoding="utf-8")
    found = text_of(printed(flow_of(text, body), head=""), "样.pdf")
    assert squeezed(found) == squeezed(text)


def test_paragraphs_come_back_together_also_over_pages() -> None:
    text = "\n".join([f"第{i}段开头，{SENTENCE * 6}" for i in range(12)])
    found = text_of(printed(flow_of(text)), "段.pdf")
    assert found.splitlines() == text.split("\n")


def test_heads_feet_and_page_numbers_go_and_figures_at_the_edge_stay() -> None:
    text = "\n".join(["一、总体情况"] + [SENTENCE * 4] * 15 + ["1200"])
    found = text_of(printed(flow_of(text)), "页.pdf")
    assert "公报" not in found and "—" not in found
    assert squeezed(found) == squeezed(text)


def test_one_page_keeps_its_red_head_and_loses_its_number() -> None:
    found = text_of(printed(flow_of(f"海民发〔2023〕18号\n{SENTENCE}"), head="海棠市民政局文件"), "单.pdf")
    assert found.splitlines() == ["海棠市民政局文件", "海民发〔2023〕18号", SENTENCE]


def test_tables_come_row_by_row() -> None:
    table = Table([["区", "床位（张）", "增长"], ["东区", "1200", "5.6%"], ["西区", "900", "3%"]], colWidths=120)
    table.setStyle([("FONT", (0, 0), (-1, -1), FONT, 14)])
    found = text_of(printed([*flow_of("各区床位如下："), table, *flow_of("特此通报。")], head=""), "表.pdf")
    assert found.splitlines() == [
        "各区床位如下：",
        "区\t床位（张）\t增长",
        "东区\t1200\t5.6%",
        "西区\t900\t3%",
        "特此通报。",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    file = io.BytesIO()
    small = ParagraphStyle("small", parent=INDENTED, fontSize=10, leading=16, firstLineIndent=20)
    frames = [Frame(50, 60, 230, 700, id="left"), Frame(310, 60, 230, 700, id="right")]
    template = BaseDocTemplate(file, pagesize=A4, pageTemplates=[PageTemplate(frames=frames)])
    paragraphs = [f"第{i}段开头，{SENTENCE * 5}" for i in range(10)]
    template.build([Paragraph(text, small) for text in paragraphs])
    found = text_of(file.getvalue(), "栏.pdf")
    assert squeezed(found) == squeezed("".join(paragraphs))


def test_spaced_names_keep_a_space_and_mock_bold_is_read_once() -> None:
    def line(text: str, start: float, step: float = 10, shift: float = 0) -> list[Glyph]:
        return [Glyph(c, start + i * step + shift, start + i * step + 10 + shift, 500, 10) for i, c in enumerate(text)]

    assert [row.text for row in rows_of(line("财政局", 50, step=20))] == ["财 政 局"]
    assert [row.text for row in rows_of(line("民政局", 50) + line("民政局", 50, shift=0.4))] == ["民政局"]
    assert [row.text for row in rows_of(line("11", 50, step=5))] == ["11"]
    assert rows_of([]) == []


def canvas_pdf(draw, **options) -> bytes:  # type: ignore[no-untyped-def]
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def test_scans_say_what_to_do_and_single_pages_without_text_are_told(caplog: pytest.LogCaptureFixture) -> None:
    scan = canvas_pdf(
        lambda canvas: (canvas.rect(50, 50, 300, 300, fill=1), canvas.showPage(), canvas.rect(1, 1, 9, 9))
    )
    with pytest.raises(BadDocument, match=r"扫\.pdf: none of its 2 pages has a text layer.*--ocr"):
        read(scan, "扫.pdf")

    def half(canvas: Canvas) -> None:
        canvas.setFont(FONT, 16)
        canvas.drawString(80, 700, "海棠市民政局关于老年助餐的通知")
        canvas.showPage()
        canvas.rect(50, 50, 300, 300, fill=1)

    with caplog.at_level(logging.WARNING):
        assert "老年助餐" in text_of(canvas_pdf(half), "半.pdf")
    assert "半.pdf: no text on page 2 of 2" in caplog.text


def test_locked_and_damaged_files_are_refused() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "x")

    from reportlab.lib.pdfencrypt import StandardEncryption

    with pytest.raises(BadDocument, match="password"):
        text_of(canvas_pdf(draw, encrypt=StandardEncryption("secret", canPrint=0)), "锁.pdf")
    for damaged in (b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(1000), canvas_pdf(draw)[:200]):
        with pytest.raises(BadDocument, match=r"坏\.pdf: (the file is damaged|none of its)"):
            text_of(damaged, "坏.pdf")


@pytest.mark.parametrize("layers", [1, 2])
def test_streams_that_unpack_beyond_measure_are_refused_before_they_are_read(layers: int) -> None:
    stream = zlib.compress(bytes(100 * 1024 * 1024), 9)
    if layers == 2:
        stream = zlib.compress(stream)
    filters = b"/FlateDecode " * layers
    body = b"%PDF-1.5\n1 0 obj\n<</Filter[" + filters + b"]/Length %d>>\nstream\n" % len(stream) + stream
    with pytest.raises(BadDocument, match="would unpack"):
        text_of(body + b"\nendstream\nendobj\n", "弹.pdf")
