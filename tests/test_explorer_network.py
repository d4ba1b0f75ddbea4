"""浏览页的关系图：两种画法都画得出、点得到、拖得动，指到的亮起来；存下来的就是图里的。"""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote

import networkx
import pytest
import rdflib
from explored import RENDERERS, REPLY, Opener, drawn, goes, needs_chromium, save_as, settles

from kg import Graph

pytestmark = needs_chromium


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_network_is_drawn_and_can_be_saved(opens: Opener, renderer: str) -> None:
    tab = opens(f"#v=net&d={renderer}&e={quote(REPLY)}")
    drawn(tab, renderer)
    assert tab.locator(".webgl canvas").count() == (7 if renderer == "webgl" else 0)
    before = tab.locator(".frame").screenshot()
    assert len(before) > 20_000, "an empty picture"
    tab.mouse.move(300, 400)
    tab.mouse.wheel(0, -600)
    settles(tab)
    assert tab.locator(".frame").screenshot() != before
    png = save_as(tab, "png")
    assert png.startswith(b"\x89PNG") and len(png) > 20_000
    assert save_as(tab, "svg").startswith(b"<svg")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_click_in_the_network_chooses_and_a_drag_moves(opens: Opener, renderer: str) -> None:
    key = REPLY
    tab = opens(f"#v=net&h=1&d={renderer}&e={quote(key)}")
    frame = tab.locator(".frame").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    tab.click("#card .close")
    assert not tab.is_visible("#card")
    goes(tab, f"#v=net&h=1&d={renderer}&e={quote(key)}")
    tab.mouse.move(x + 5, y + 60)
    tab.mouse.down()
    tab.mouse.move(x + 40, y + 100, steps=4)
    tab.mouse.up()
    assert tab.inner_text("#cardname").endswith("第355号提案的复函"), "a drag is no click"
    tab.dblclick(".frame > canvas", position={"x": 12, "y": 12})
    settles(tab)


def test_saved_turtle_says_nothing_that_the_graph_does_not(opens: Opener, sample_graph: Graph) -> None:
    tab = opens(f"#v=net&h=1&e={quote(REPLY)}")
    saved = rdflib.Graph().parse(data=save_as(tab, "turtle"), format="turtle")
    whole = {(str(s), str(p), str(o)) for s, p, o in sample_graph.query("SELECT ?s ?p ?o { ?s ?p ?o }")}
    said = {(str(s), str(p), str(o)) for s, p, o in saved if p != rdflib.RDFS.label}
    # Said by a node of its own in the graph (a citation, a claim), or suggested, which the union leaves out.
    derived = {"based_on", "repeals", "amends", "promulgates", "cites", "operatedBy", "higherCounterpart", "broader"}
    strange = {one for one in said - whole if one[1].rpartition("#")[2] not in derived}
    assert len(said) > 150
    assert {(p, o) for _, p, o in strange if "Bound" not in p and "value" not in p} == set()
    assert any("渝北民〔2024〕61号" in one for one in said)


def test_saved_graphml_is_what_is_shown(opens: Opener) -> None:
    tab = opens(f"#v=net&h=1&e={quote(REPLY)}")
    network = networkx.read_graphml(io.BytesIO(save_as(tab, "graphml")))
    shown = re.findall(r"\d+", tab.inner_text(".netnote").replace(",", ""))
    assert [network.number_of_nodes(), network.number_of_edges()] == [int(one) for one in shown[:2]]
    assert network.nodes["doc/渝北民-2024-61"]["kind"] == "document"


@pytest.mark.parametrize(
    ("fragment", "kept"),
    [
        ("l=county", "things.level[i] === 'county'"),
        ("k=agency", "things.kind[i] === 0"),
        ("g=" + quote("复函"), "things.genre[i] === '复函'"),
        ("y=2023-2023", "things.year[i] === 2023"),
    ],
)
def test_filters_let_through_what_they_say(opens: Opener, fragment: str, kept: str) -> None:
    tab = opens(f"#v=net&{fragment}")
    drawn(tab)
    with_filter = tab.inner_text(".netnote")
    rows = list(csv.DictReader(io.StringIO(save_as(tab, "csvThings").decode("utf-8-sig"))))
    whole = len(rows)
    assert 0 < whole < 400 and str(whole) in with_filter.replace(",", "")
    column, value = {"l": ("层级", "county"), "k": ("类型", "机关"), "g": ("文种", "复函"), "y": ("成文日期", "2023")}[
        fragment[0]
    ]
    assert all(row[column].startswith(value) or (column == "成文日期" and not row[column]) for row in rows)
    tab.click(".switches button")
    tab.click("#filters > button:last-child")
    assert tab.inner_text(".netnote") != with_filter


def test_software_webgl_is_not_taken_for_a_graphics_card(opens: Opener) -> None:
    drawn(opens("#v=net"), "canvas")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_what_the_pointer_is_on_is_brought_out(opens: Opener, renderer: str) -> None:
    tab = opens(f"#v=net&d={renderer}")
    drawn(tab, renderer)
    box = tab.locator(".frame").bounding_box()
    assert tab.locator(".tip").is_hidden()
    before = tab.locator(".frame > canvas").screenshot()
    for step in range(400):
        across, down = step % 20, step // 20
        tab.mouse.move(box["x"] + box["width"] * (0.3 + 0.02 * across), box["y"] + box["height"] * (0.3 + 0.02 * down))
        if tab.locator(".tip").is_visible():
            break
    assert re.search(r"\d+ 条联系", tab.inner_text(".tip"))
    settles(tab)
    assert tab.locator(".frame > canvas").screenshot() != before
    tab.mouse.move(5, 5)
    assert tab.locator(".tip").is_hidden()


def test_a_drawn_line_and_shape_have_the_colours_they_should(opens: Opener) -> None:
    """The rasteriser: a thing in the middle in its own colour, its link in the accent's, bare paper elsewhere."""
    tab = opens(f"#v=net&h=1&d=canvas&e={quote(REPLY)}")
    drawn(tab, "canvas")
    colours = tab.evaluate(
        """() => {
          const canvas = document.querySelector('.frame > canvas'), pen = canvas.getContext('2d');
          const style = getComputedStyle(document.documentElement);
          const { data } = pen.getImageData(0, 0, canvas.width, canvas.height), seen = new Map();
          for (let i = 0; i < data.length; i += 4) {
            const key = [0, 1, 2].map(k => data[i + k].toString(16).padStart(2, '0')).join('');
            seen.set(key, (seen.get(key) || 0) + 1);
          }
          const count = name => seen.get(style.getPropertyValue(name).trim().slice(1)) || 0;
          return Object.fromEntries(['--paper', '--document', '--agency', '--count'].map(one => [one, count(one)]));
        }"""
    )
    assert colours["--paper"] > 100_000
    assert min(colours[one] for one in ("--document", "--agency", "--count")) > 200
