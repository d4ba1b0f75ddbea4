"""名称都当作有敌意的：两百个攻击串走遍浏览页、pyvis 页和存下来的文件，没有一个运行。"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx
import pytest
import rdflib
from explored import RENDERERS, VIEWS, WATCH, Made, Opener, drawn, goes, look_for, needs_chromium, save_as, settles

from kg.analysis.page import page as pyvis_page
from kg.explorer.page import page as build_page

pytestmark = needs_chromium


def hostile() -> list[str]:
    """Two hundred names that would run, were they ever read as anything but names."""
    run = "alert(1)"
    shapes = [
        *(
            f"<img src=x onerror={run}>",
            f"<svg onload={run}>",
            f"</script><script>{run}</script>",
            f"\"'><b onfocus={run}>",
        ),
        *(f"javascript:{run}", f"<iframe srcdoc='<script>{run}</script>'>", f"${{{run}}}", f"{{{{{run}}}}}"),
        *(f"=cmd|'/c calc'!{run}", f"+{run}", f"-{run}", f"@SUM({run})", f"\t={run}", f"<style>*{{x:{run}}}</style>"),
        *(
            f"<math><mi href='javascript:{run}'>x",
            f"--><!--{run}",
            f"]]>{run}",
            f"\u202e{run}",
            f"\u2028{run}",
            "长" * 5000,
        ),
    ]
    return [
        f"{front}{shape}"
        for front in ("", "《", "href ", "\u0000", "&lt;", "%3C", "\\u003c", "民政局", "\n", '"')
        for shape in shapes
    ]


@pytest.mark.parametrize("renderer", RENDERERS)
def test_hostile_names_run_nowhere(opens: Opener, made: Made, tmp_path: Path, renderer: str) -> None:
    data, texts = json.loads(json.dumps(made[0])), list(made[1])
    bad = hostile()
    assert len(bad) == 200
    for table, names in {
        "things": ("label", "number", "names", "date", "genre", "pinyin"),
        "figures": ("value", "unit", "said", "group", "comparator", "kind"),
        "findings": ("words", "english"),
        "texts": ("name", "hash", "url", "retrieved"),
    }.items():
        for name in names:
            data[table][name] = [bad[index % 200] for index in range(len(data[table][name]))]
    data["relations"] = [[name, bad[index], bad[-index]] for index, (name, *_) in enumerate(data["relations"])]
    data["codes"] = {code: [bad[7], bad[8]] for code in data["codes"]}
    texts[0] = "".join(bad)[: len(texts[0])].ljust(len(texts[0]))
    path = tmp_path / "<img src=x onerror=alert(1)>.html"
    path.write_text(build_page(data, texts, title=bad[2]), encoding="utf-8", errors="surrogatepass")
    tab = opens(path=path)
    for view in VIEWS:
        goes(tab, f"#d={renderer}&v={view}&e={quote(data['things']['key'][3])}&at=0:0-40")
    look_for(tab, "<img src=x")
    tab.keyboard.press("Enter")
    assert tab.locator("#app img, #app iframe, #app script, #app b[onfocus]").count() == 0
    tab.click("#tab-net")
    drawn(tab, renderer)
    picture = save_as(tab, "svg").decode()
    assert "<img" not in picture and "<script" not in picture and "onerror=alert(1)&gt;" in picture
    ElementTree.fromstring(picture)
    ElementTree.fromstring(save_as(tab, "graphml"))
    rdflib.Graph().parse(data=save_as(tab, "turtle"), format="turtle")
    for name in ("csvThings", "csvLinks"):
        assert_no_formula(save_as(tab, name))
    tab.click("#tab-table")
    for button in tab.locator("#view .toolbar button").all():
        with tab.expect_download() as saved:
            button.click()
        assert_no_formula(Path(saved.value.path()).read_bytes())


def assert_no_formula(sheet: bytes) -> None:
    rows = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))
    assert sheet.startswith(b"\xef\xbb\xbf") and len(rows) > 5
    assert {len(row) for row in rows} == {len(rows[0])}
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "＝")), cell
            assert not cell.startswith("-") or re.fullmatch(r"-?\d+(\.\d+)?", cell), cell


def test_pyvis_runs_no_name(opens: Opener, browser: Any, tmp_path: Path) -> None:
    network = networkx.MultiDiGraph()
    for index, bad in enumerate(hostile()):
        network.add_node(f"n{index}{bad}", kind="agency", label=bad, number=bad)
        network.add_edge(f"n{index}{bad}", f"n0{hostile()[0]}", key="cites", relation="cites", weight=1)
    path = tmp_path / "<img src=x onerror=alert(1)>.html"
    path.write_text(pyvis_page(network, title=hostile()[2]), encoding="utf-8", errors="surrogatepass")
    tab = browser.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.add_init_script(WATCH)
    tab.goto(path.as_uri())
    tab.fill("#find", "img")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#card h2")
    box = tab.locator("#network canvas").bounding_box()
    for step in range(12):
        tab.mouse.move(box["x"] + box["width"] * (step + 0.5) / 12, box["y"] + box["height"] / 2)
        settles(tab)
    assert tab.inner_text("#card h2")
    assert tab.evaluate("window.__ran") == 0 and tab.evaluate("window.__seen") == []
    assert tab.locator("body img, body iframe, #card script, .vis-tooltip *").count() == 0
    assert [one for one in asked if not one.startswith(("file:", "data:", "blob:"))] == []
    tab.close()
