"""One text in every form in which offices send it: made by the tools that people use, tables as tables."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from html import escape
from itertools import groupby
from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table
from test_readers_ofd import LEFT, RIGHT, SIZE, STEP, TOP, package, text_object

PAGE_HEIGHT = 220.0
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
BODY = ParagraphStyle("body", fontName=FONT, fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
FLUSH = ParagraphStyle("flush", parent=BODY, firstLineIndent=0)
NAVIGATION = '<div class="nav"><a href="/">首页</a> <a href="/zc">政策文件</a></div>'
FOOT = '<div class="footer">主办单位：海棠市人民政府 版权所有 <a href="/map">网站地图</a></div>'


def blocks(text: str) -> list[tuple[bool, list[str]]]:
    """Runs of lines, and whether they are the rows of a table."""
    return [(is_table, list(lines)) for is_table, lines in groupby(text.split("\n"), lambda line: "\t" in line)]


def is_body(line: str) -> bool:
    """Whether a line is printed with its first line indented."""
    return len(line) > 30 or line[:1].isspace()


def web_page(text: str) -> bytes:
    """A page of a site: navigation, the text with its tables, a foot."""
    parts = []
    for is_table, lines in blocks(text):
        if is_table:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) for line in lines)
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            parts += (f"<p>{escape(line)}</p>" for line in lines)
    style = "<style>body{font-family:'Noto Sans CJK SC';font-size:16pt}"
    style += "table{border-collapse:collapse;font-size:10pt} td{border:1px solid;padding:4px 10px}</style>"
    head = f'<html><head><meta charset="utf-8"><title>海棠市人民政府</title>{style}</head><body>'
    return f'{head}{NAVIGATION}<div class="content">{"".join(parts)}</div>{FOOT}</body></html>'.encode()


def printable_page(text: str) -> str:
    """The same page without what is round the text, as its print view shows it."""
    return web_page(text).decode().replace(NAVIGATION, "").replace(FOOT, "")


def word(text: str) -> bytes:
    """A Word document, by python-docx."""
    document = docx.Document()
    for is_table, lines in blocks(text.rstrip("\n")):
        if is_table:
            rows = [line.split("\t") for line in lines]
            table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=False):
                    cell.text = words
        else:
            for line in lines:
                document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf(text: str) -> bytes:
    """A PDF file, by reportlab, with page numbers."""
    flow: list[object] = []
    for is_table, lines in blocks(text):
        if is_table:
            table = Table([line.split("\t") for line in lines])
            table.setStyle([("FONT", (0, 0), (-1, -1), FONT, 14), ("GRID", (0, 0), (-1, -1), 0.5, "black")])
            flow.append(table)
        else:
            flow += (
                Paragraph(escape(line.strip()), BODY if is_body(line) else FLUSH) if line.strip() else Spacer(1, 10)
                for line in lines
            )

    def number(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont(FONT, 10)
        canvas.drawCentredString(A4[0] / 2, 30, f"— {document.page} —")

    file = io.BytesIO()
    template = SimpleDocTemplate(file, pagesize=A4, leftMargin=80, rightMargin=80)
    template.build(flow, onFirstPage=number, onLaterPages=number)
    return file.getvalue()


def ofd(text: str) -> bytes:
    """An OFD file: 20 lines a page, tables ruled, page numbers."""
    pages: list[list[str]] = [[]]
    place = 0.0

    def take(height: float) -> float:
        nonlocal place
        if place + height > PAGE_HEIGHT:
            pages.append([])
            place = 0.0
        place += height
        return TOP + place - height

    for is_table, lines in blocks(text.rstrip("\n")):
        if is_table:
            rows = [line.split("\t") for line in lines]
            widest = [max((len(row[i]) for row in rows if i < len(row)), default=1) for i in range(max(map(len, rows)))]
            edges = [LEFT + 150 * sum(widest[:i]) / sum(widest) for i in range(len(widest) + 1)]
            for row in rows:
                y = take(STEP)
                for i, words in enumerate(row):
                    if words:
                        pages[-1].append(text_object(words, edges[i] + 1, y + 3, 3.4))
                    box = f"M 0 0 L {edges[i + 1] - edges[i]} 0 L {edges[i + 1] - edges[i]} {STEP} L 0 {STEP} C"
                    pages[-1].append(path_object(edges[i], y, box))
            continue
        for line in lines:
            rest, indent = line.strip(), 2 * SIZE if is_body(line) else 0.0
            while rest:
                width, count = indent, 0
                while count < len(rest) and width + SIZE <= RIGHT - LEFT:
                    width += SIZE if ord(rest[count]) > 0x2000 else SIZE / 2
                    count += 1
                y = take(STEP)
                pages[-1].append(text_object(rest[:count], LEFT + indent, y))
                rest, indent = rest[count:], 0.0
    numbered = ("".join(page) + text_object(f"— {i} —", 95, 275, 4) for i, page in enumerate(pages, 1))
    return package(list(numbered))


def path_object(x: float, y: float, path: str) -> str:
    """Straight lines."""
    drawn = f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject Boundary="{x} {y} 150 20" LineWidth="0.35">{drawn}</ofd:PathObject>'


def by_libreoffice(files: Mapping[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """Files converted by LibreOffice, all in one run; stem -> bytes."""
    source, target = folder / "from", folder / "to"
    source.mkdir(parents=True)
    for name, data in files.items():
        (source / name).write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", kind, "--outdir", str(target), *map(str, sorted(source.iterdir()))]
    subprocess.run(command, check=True, capture_output=True, timeout=300, stdin=subprocess.DEVNULL)
    return {path.stem: path.read_bytes() for path in target.iterdir()}


def by_chromium(pages: Mapping[str, str]) -> dict[str, bytes]:
    """Pages printed to PDF by a headless browser."""
    from playwright.sync_api import sync_playwright

    printed = {}
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        for name, page in pages.items():
            tab.set_content(page)
            printed[name] = tab.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "2.5cm"))
        browser.close()
    return printed


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()
