"""Web pages of government sites: the document kept whole, the furniture round it dropped, whatever the page's depth."""

from __future__ import annotations

import time
from html import escape
from pathlib import Path

import pytest

from extractors import BadDocument
from extractors.readers.markup import parse
from extractors.readers.web_page import text_of

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.txt"))
BODY = (
    "<p>各区民政局：</p><p>　　截至2022年底，全市建成老年食堂<b>46</b>家，服务老年人1.2万余人次。</p>"
    "<p>　　一是加强<span style='font-family:仿宋'>管理</span>；<br>　　二是落实补贴。</p>"
)
LINES = [
    "各区民政局：",
    "　　截至2022年底，全市建成老年食堂46家，服务老年人1.2万余人次。",
    "　　一是加强管理；",
    "　　二是落实补贴。",
]


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    return f"<!DOCTYPE html><html><head>{head}<title>民政网</title></head><body>{body}</body></html>".encode()


def lines(data: bytes, encoding: str | None = None) -> list[str]:
    return text_of(data, "页.html", encoding).rstrip("\n").split("\n")


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="header"><a href="/">首页</a><a>政务公开</a></div>{}<div class="footer">主办单位：某市民政局</div>',
        '<div id="nav"><ul><li><a>机构概况</a></li><li><a>通知公告</a></li></ul></div><div class="con">{}</div>',
        "<script>document.write('<p>广告</p>')</script><style>p{{color:red}}</style>{}",
        '{}<div style="display:none">隐藏的文字，不是正文。</div><noscript>请启用脚本</noscript>',
        "<!-- <p>注释</p> --><nav>当前位置：首页</nav><main><article>{}</article></main><footer>版权所有</footer>",
        '<table width="100%"><tr><td class="left"><a>栏目一</a></td><td>{}</td></tr></table>',
        "<form><select><option>选择</option></select><button>搜索</button></form><div><div><div>{}</div></div></div>",
    ],
)
def test_the_text_stays_and_the_furniture_goes(furniture: str) -> None:
    found = lines(page(furniture.format(BODY)))
    assert [line for line in found if line in LINES] == LINES
    extra = "".join(line for line in found if line not in LINES)
    assert len(extra) < 8, extra


def test_title_date_line_and_table_of_data_come_before_the_text() -> None:
    table = (
        "<table><tr><td>索 引 号：</td><td>0143/2023-1</td><td>主题分类：</td><td>民政</td></tr>"
        "<tr><td>发文机关：</td><td>海棠市民政局</td><td>成文日期：</td><td>2023年05月01日</td></tr>"
        "<tr><td>发文字号：</td><td>海民发〔2023〕18号</td><td>发布日期：</td><td>2023年05月06日</td></tr>"
        "<tr><td>主 题 词：</td><td></td><td></td><td></td></tr></table>"
    )
    body = f"<div>{table}<h1>海棠市民政局<br>关于印发办法的通知</h1><p>来源：本站</p><div>{BODY * 20}</div></div>"
    found = lines(page(body))
    assert "发文字号：海民发〔2023〕18号" in found and "成文日期：2023年05月01日" in found
    assert found.index("海棠市民政局") + 1 == found.index("关于印发办法的通知")
    far = f'<div class="box">{table}</div><div><p>{"无关的长文字，不在正文附近。" * 60}</p></div><div>{BODY * 20}</div>'
    assert "发文字号：海民发〔2023〕18号" in lines(page(far))


def test_metadata_of_the_site_fill_what_the_page_does_not_show() -> None:
    head = (
        '<meta charset="utf-8"><meta name="ArticleTitle" content="关于某事的通知">'
        '<meta name="PubDate" content="2023-05-06">'
    )
    assert lines(page(BODY, head))[:2] == ["关于某事的通知", "发布时间：2023-05-06"]
    shown = f"<h1>关于某事的通知</h1><p>发布日期：2023-05-06</p>{BODY}"
    assert lines(page(shown, head))[:2] == ["关于某事的通知", "发布日期：2023-05-06"]


def test_tables_of_figures_come_row_by_row_with_tabs() -> None:
    table = (
        "<table><thead><tr><th>区</th><th>床位<br>（张）</th></tr></thead><tbody><tr><td><p>东区</p></td><td>1200</td></tr>"
        "<tr><td>西区<td>900</table>"
    )
    assert lines(page(BODY + table))[-3:] == ["区\t床位 （张）", "东区\t1200", "西区\t900"]


def test_pages_laid_out_by_tables_keep_their_paragraphs() -> None:
    found = lines(page(f"<table><tr><td><table><tr><td>{BODY * 10}</td></tr></table></td></tr></table>"))
    assert found == LINES * 10


def test_a_second_part_outside_the_main_container_is_not_lost() -> None:
    found = lines(
        page(f'<div id="zoom">{BODY * 60}</div><div id="fulu"><p>{"附则：本办法由市民政局解释。" * 40}</p></div>')
    )
    assert "附则：本办法由市民政局解释。" in found[-1]


@pytest.mark.parametrize(("depth", "tags"), [(300, "font"), (1000, "ul li"), (10_000, "div"), (5_000, "table tr td")])
def test_nothing_is_lost_at_any_depth(depth: int, tags: str) -> None:
    opening = "".join(f"<{tag}>" for tag in tags.split())
    closing = "".join(f"</{tag}>" for tag in reversed(tags.split()))
    layers = "".join(f"{opening}第{i}层的文字。" for i in range(depth))
    text = text_of(page(f"<p>开头，</p>{layers}{closing * depth}<p>末尾。</p>"), "深.html")
    assert "开头，" in text and "末尾。" in text
    assert all(f"第{i}层的文字。" in text for i in range(depth))
    unclosed = text_of(page(f"<p>开头，</p>{layers}<p>末尾。"), "深.html")
    assert "末尾。" in unclosed and f"第{depth - 1}层的文字。" in unclosed


CHINESE = page(BODY.replace("管理", "朱镕基管理"), "").decode()


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8"])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
@pytest.mark.parametrize(
    "form", ['<meta charset="{}">', '<META http-equiv=Content-Type content="text/html; charset={}">']
)
def test_charsets_declared_rightly_and_wrongly(declared: str, codec: str, form: str) -> None:
    source = CHINESE.replace("<head>", "<head>" + form.format(declared))
    assert "朱镕基管理" in text_of(source.encode(codec), "页.html")


def test_big5_is_read_where_declared_and_refused_where_not() -> None:
    body = (
        "<p>關於長者社區照顧服務券計劃的公告：名額共一萬一千個，申請人須年滿六十歲，並經評估為身體機能中度或嚴重缺損。</p>"
        * 3
    )
    assert "關於長者" in text_of(page(body, '<meta charset="big5">').decode().encode("big5"), "页.html")
    assert "關於長者" in text_of(page(body, "").decode().encode("big5"), "页.html", "big5")
    with pytest.raises(BadDocument):
        text_of(page(body, "").decode().encode("big5"), "页.html")


@pytest.mark.parametrize(
    "source",
    [
        '<a href="' * 60_000,
        "<" * 1_000_000,
        "<!--" * 200_000,
        "<p>" * 60_000,
        "<script>" * 60_000,
        "</div>" * 200_000,
        "<td><div>" * 5_000 + "</div>" * 10_000 + "</span>" * 100_000,
        "&#" * 300_000,
        "<a b='\"" * 60_000,
        "<ul><li>" * 30_000,
        "<div hidden style=x>" * 30_000,
    ],
)
def test_hostile_pages_take_linear_time(source: str) -> None:
    start = time.process_time()
    parse(source)
    text_of(page("<p>养老服务的正文。</p>" + source), "恶.html") if "<p>" not in source else None
    assert time.process_time() - start < 10


def test_pages_without_text_are_refused() -> None:
    with pytest.raises(BadDocument, match="there is no text in it"):
        text_of(page("<script>x()</script><img src='1.png'>"), "空.html")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_put_on_a_page_are_read_to_the_letter(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    paragraphs = "".join(f"<p><span>{escape(line)}</span></p>\n" for line in text.split("\n"))
    source = (
        f'<div class="header"><a>首页</a></div><div id="zoom">{paragraphs}</div><div class="footer">主办：某厅</div>'
    )
    assert "".join(text_of(page(source), "样.html").split()) == "".join(text.split())
