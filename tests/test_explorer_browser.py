"""浏览页：每个视图都有内容、放得下；搜得到，说得出为什么；三步读到原话，高亮的就是那几个字。"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from explored import REPLY, VIEWS, WATCH, Made, Opener, drawn, goes, look_for, needs_chromium, said, warmed

from kg import Graph
from kg.explorer.page import page as build_page
from kg.explorer.page import write_page

pytestmark = needs_chromium
# An empty tab has no clipboard.
COPIED = "if (navigator.clipboard) navigator.clipboard.writeText = async t => { window.copied = t; };"


@pytest.mark.parametrize("size", [1280, 360])
def test_every_view_shows_something_and_fits_its_window(opens: Opener, size: int) -> None:
    tab = opens(width=size)
    for view in VIEWS:
        goes(tab, f"#v={view}")
        assert len(tab.inner_text("#view")) > 10, view
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{view} scrolls sideways"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("渝北区民政局", "重庆市渝北区民政局"),
        ("渝北民〔2024〕61号", "渝北民〔2024〕61号"),
        ("渝北民[2024]61", "渝北民〔2024〕61号"),
        ("渝北民【２０２４】６１号", "渝北民〔2024〕61号"),
        ("渝北民 2024 61", "渝北民〔2024〕61号"),
        ("cqsybq", "重庆市渝北区"),
        ("chongqingshiyubei", "重庆市渝北区"),
        ("chang qi hu li", "长期护理"),
        ("渝北 长护险", "长护险"),
        ("渝北区长护险待遇有多少", "待遇 超2,347万元"),
        ("渝北区长期护理保险待遇", "待遇 超2,347万元"),
    ],
)
def test_search_finds(searching: Any, words: str, found: str) -> None:
    hits = look_for(searching, words)
    assert hits and any(found in hit for hit in hits[:3]), hits[:3]


@pytest.fixture(scope="module")
def searching(tabs: Any) -> Any:
    """One page for all that is typed."""
    return warmed(tabs.open(locale="zh-CN"))


def test_search_says_why(opens: Opener) -> None:
    tab = opens()
    assert "拼音首字母" in look_for(tab, "cqsybq")[0]
    assert tab.inner_text(".mainsearch [role=option] mark") == "重庆市渝北区"
    assert look_for(tab, "没有这样的词汇组合") == []
    assert "没有找到" in tab.inner_text(".told")


def test_enter_of_an_input_method_picks_nothing(opens: Opener) -> None:
    tab = opens()
    look_for(tab, "渝北")
    send = "b => b.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: %s, bubbles: true}))"
    tab.eval_on_selector(".mainsearch input", send % "true")
    assert not tab.is_visible("#card")
    tab.eval_on_selector(".mainsearch input", send % "false")
    assert tab.is_visible("#card")


def test_benefit_of_yubei_is_found_and_read(opens: Opener) -> None:
    """渝北区长护险：付了多少、给多少人、依据哪两件文件，三步之内读到原话。"""
    tab = opens()
    look_for(tab, "渝北 长护险 2347万")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#card:has-text('渝医保发')")
    card = tab.inner_text("#card")
    assert "2,347万元" in card and "2337名" in card
    assert "渝医保发〔2021〕63号" in card and "渝医保发〔2023〕40号" in card
    tab.click("#card .quote")
    assert "2347万" in said(tab)
    inside = """() => { const [r, b] = [[...CSS.highlights.get('said')][0], document.querySelector('.doc')].map(
        one => one.getBoundingClientRect()); return r.top >= b.top && r.bottom <= b.bottom; }"""
    tab.wait_for_function(inside)


def test_every_figure_highlights_its_words(opens: Opener, made: Made) -> None:
    data, texts = made
    tab = opens("#v=read")
    for index in range(0, len(data["figures"]["span"]), 11):
        span = data["figures"]["span"][index]
        which, start, end = (data["spans"][name][span] for name in ("text", "start", "end"))
        tab.evaluate(f"CSS.highlights.delete('said'); location.hash = '#v=read&at={which}:{start}-{end}'")
        assert said(tab) == texts[which][start:end]


def astral(made: Made) -> Made:
    """The same graph with two characters beyond the basic plane before the first text."""
    data, texts = json.loads(json.dumps(made[0])), list(made[1])
    texts[0] = "𠮷𠮷" + texts[0]
    data["texts"]["length"][0] += 2
    for index, which in enumerate(data["spans"]["text"]):
        if which == 0:
            data["spans"]["start"][index] += 2
            data["spans"]["end"][index] += 2
    return data, texts


@pytest.mark.parametrize("old", [False, True])
def test_offsets_are_code_points_also_in_old_browsers(opens: Opener, made: Made, tmp_path: Path, old: bool) -> None:
    data, texts = astral(made)
    path = tmp_path / "古字.html"
    path.write_text(build_page(data, texts), encoding="utf-8")
    span = next(one for one in data["figures"]["span"] if data["spans"]["text"][one] == 0)
    start, end = data["spans"]["start"][span], data["spans"]["end"][span]
    gone = "delete window.DecompressionStream; delete window.Highlight;" if old else ""
    tab = opens(f"#v=read&at=0:{start}-{end}", path=path, first=gone)
    assert (tab.inner_text("mark.said") if old else said(tab)) == texts[0][start:end]


def test_state_lives_in_the_address(opens: Opener) -> None:
    tab = opens()
    tab.click("#tab-table")
    tab.click(".switches button")
    tab.click("li:has(> [data-area='area/500000']) > .turn")
    tab.click("[data-area='area/500112']")
    rows = tab.inner_text("#view tbody")
    tab.click("#view td .thing")
    address, name = tab.url, tab.inner_text("#cardname")
    assert "渝北" in rows and "厦门" not in rows
    again = opens(address[address.index("#") :])
    assert again.inner_text("#cardname") == name and again.inner_text("#view tbody") == rows
    lost = opens("#e=" + quote("org/500112/没有这个机关"))
    assert "没有" in lost.inner_text("#live")


def test_path_has_words_for_each_step(opens: Opener, made: Made) -> None:
    keys = made[0]["things"]["key"]
    one, other = "org/500112/重庆市渝北区民政局", "org/000000/国务院办公厅"
    assert one in keys and other in keys
    tab = opens(f"#v=path&e={quote(one)}&to={quote(other)}")
    tab.wait_for_selector(".pathway mark")
    assert tab.locator(".pathway").first.locator(".stop").count() >= 3


def test_a_path_to_try_leads_to_a_path(opens: Opener) -> None:
    tab = opens("#v=path")
    assert tab.locator("#view .ask a").count() >= 3
    tab.click("#view .ask a")
    assert tab.locator(".pathway .stop").count() >= 3
    assert tab.locator("#view .ask").count() == 0


def test_ladder_shows_what_is_missing_and_how_each_is_tied(opens: Opener) -> None:
    tab = opens("#v=ladder&e=" + quote(REPLY))
    assert "直辖市没有这一级" in tab.inner_text(".ladder")
    tab.wait_for_selector(".wire", state="attached")
    assert tab.locator(".wire").count() >= 3
    assert tab.inner_text(".chip.chosen .tag") == "这一件"
    assert {"依据", "引用"} <= set(tab.locator(".chip:not(.chosen) .tag").all_inner_texts())


def test_a_line_of_time_joins_only_what_can_be_compared(opens: Opener) -> None:
    tab = opens("#v=time")
    lines = tab.evaluate("[...document.querySelectorAll('.series')].map(one => one.getAttribute('points').split(' '))")
    assert lines and all(len({point.split(",")[0] for point in line}) == len(line) >= 2 for line in lines)
    # 线图从零起：点到底线的高度与数成比例。
    row = tab.locator(".timerow:has(.series)").first
    ground = float(row.locator(".zero").get_attribute("y1"))
    tops = [ground - float(point.split(",")[1]) for point in lines[0]]
    words = [float(re.sub(r"[^\d.]", "", text)) for text in row.locator("text[text-anchor=middle]").all_text_contents()]
    assert tops[0] / tops[1] == pytest.approx(words[0] / words[1], rel=0.02)


def test_years_stand_as_columns_and_open_the_timeline(opens: Opener, made: Made) -> None:
    tab = opens()
    years = [year for year in made[0]["things"]["year"] if year]
    assert tab.locator(".columns li").count() == max(years) - min(years) + 1
    tab.click(".columns button:not([disabled]) >> nth=-1")
    assert f"y={max(years)}-{max(years)}" in tab.url and "v=time" in tab.url


def test_a_sort_of_findings_is_one_click_away(opens: Opener) -> None:
    tab = opens("#v=find")
    assert not tab.is_visible("#sort-duty .finding")
    tab.click(".jumps li:last-child button")
    assert tab.is_visible("#sort-duty .finding")


def test_values_that_disagree_stand_side_by_side(opens: Opener, made: Made) -> None:
    findings, things = made[0]["findings"], made[0]["things"]
    found = findings["things"][findings["sort"].index("values")]
    tab = opens(f"#e={quote(things['key'][found[0]])}")
    tab.wait_for_selector("#card .sides .side mark")
    sides = tab.locator("#card .sides").first.locator(".side")
    assert sides.count() == 2
    assert sides.nth(0).bounding_box()["y"] == sides.nth(1).bounding_box()["y"]
    assert {re.sub(r"\D", "", sides.nth(i).locator(".value").inner_text()) for i in (0, 1)} == {"3200", "3600"}
    assert sides.locator("mark").count() == 2


def test_a_document_is_cited_as_gb_t_7714_asks(opens: Opener) -> None:
    tab = opens(f"#e={quote(REPLY)}", first=COPIED)
    tab.click("#card button:has-text('复制引文')")
    assert tab.evaluate("window.copied") == (
        "重庆市渝北区民政局. 重庆市渝北区民政局关于区政协第十六届三次会议第355号提案的复函: "
        "渝北民〔2024〕61号[A]. 2024-05-21."
    )


def test_a_folder_beside_the_page_is_read_when_it_is_needed(opens: Opener, sample_graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "大 图#1.html"
    folder = write_page(sample_graph, path, most=1000)
    assert folder
    tab = opens(path=path)
    look_for(tab, "渝北 长护险 2347万")
    tab.keyboard.press("Enter")
    tab.click("#card .quote")
    assert "2347万" in said(tab)


def test_without_webgl_the_canvas_draws(play: Any, file: Path) -> None:
    from explored import CHROMIUM

    browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"])
    tab = browser.new_page(offline=True, locale="zh-CN")
    tab.add_init_script(WATCH)
    tab.goto(file.as_uri() + "#v=net&d=webgl")
    drawn(tab, "canvas")
    assert "事物" in tab.inner_text(".netnote")
    assert tab.evaluate("window.__seen") == []
    browser.close()


def test_the_carried_font_draws_every_character_where_no_other_does(opens: Opener) -> None:
    """Each character of a row drawn by the carried font alone, against the box that a missing one would be."""
    tab = opens()
    status, number, missing = tab.evaluate(
        """async () => {
          await document.fonts.load('32px "Carried Sans"', '养');
          const sheet = Object.assign(document.createElement('canvas'), {width: 40, height: 40});
          const pen = sheet.getContext('2d', {willReadFrequently: true});
          const draw = letter => {
            pen.clearRect(0, 0, 40, 40);
            pen.font = '32px "Carried Sans"';
            pen.fillText(letter, 2, 32);
            return pen.getImageData(0, 0, 40, 40).data.join();
          };
          const letters = [...new Set(document.body.innerText)].filter(one => one.trim());
          const face = [...document.fonts].find(one => one.family.includes('Carried'));
          return [face.status, letters.length, letters.filter(one => draw(one) === draw(' '))];
        }"""
    )
    assert status == "loaded" and number > 100 and missing == []
