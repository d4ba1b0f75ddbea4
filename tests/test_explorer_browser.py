"""探索页在真的浏览器里：不联网、无报错；搜得到，读得到原话；坏名字不会运行；只用键盘也能走完。"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx
import pytest
import rdflib

from kg import Graph
from kg.explorer.columns import columns
from kg.explorer.page import page as build_page
from kg.explorer.page import write_page
from kg.page import page as pyvis_page

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")

# WebGL through software, as no test machine has a graphics card; the page takes it only when its address asks for it.
FLAGS = (
    *(
        "--enable-unsafe-swiftshader",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
    ),
    *("--disable-component-update", "--disable-sync"),
)
RENDERERS = ("canvas", "webgl")
VIEWS = ("home", "net", "ladder", "time", "table", "read", "path", "find")
WCAG = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']"
CONTRAST = "runOnly: {type: 'rule', values: ['color-contrast']}"
BARRIERS = [("zh", "light", WCAG), ("en", "dark", WCAG), ("zh", "dark", CONTRAST), ("en", "light", CONTRAST)]
AXE = Path(__file__).parents[1] / "kg" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
WATCH = """window.__seen = []; window.__ran = 0;
document.addEventListener('securitypolicyviolation', e => window.__seen.push('CSP ' + e.violatedDirective));
addEventListener('error', e => window.__seen.push('error ' + e.message));
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.__ran++; };"""


def is_trouble(told: Any) -> bool:
    """Errors and warnings; but not what the driver of the software's WebGL says of its own speed."""
    return told.type in ("error", "warning") and "GL Driver Message" not in told.text


@pytest.fixture(scope="module")
def play() -> Iterator[Any]:
    with sync_api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(play: Any) -> Iterator[Any]:
    opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def made(sample_graph: Graph) -> tuple[dict[str, Any], list[str]]:
    return columns(sample_graph)


@pytest.fixture(scope="module")
def file(made: tuple[dict[str, Any], list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("探索") / "图谱 页.html"
    path.write_text(build_page(*made), encoding="utf-8")
    return path


Opener = Callable[..., Any]


@pytest.fixture
def opens(browser: Any, file: Path) -> Iterator[Opener]:
    """Open the page at a fragment; at the end nothing may have been asked for, reported or run."""
    contexts, troubles = [], []

    def open_page(fragment: str = "", *, path: Path = file, width: int = 1280, first: str = "", **options: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, offline=True, **{"locale": "zh-CN", **options}
        )
        contexts.append(context)
        tab = context.new_page()
        tab.add_init_script(WATCH + first)
        tab.on("request", lambda asked: asked.url.startswith(("file:", "blob:", "data:")) or troubles.append(asked.url))
        tab.on("console", lambda told: troubles.append(told.text) if is_trouble(told) else None)
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.goto(path.as_uri() + fragment)
        tab.wait_for_selector("html[data-ready]")
        tab.wait_for_timeout(150)
        return tab

    yield open_page
    for context in contexts:
        for tab in context.pages:
            troubles += tab.evaluate("[...window.__seen, ...(window.__ran ? ['a payload ran'] : [])]")
        context.close()
    assert not troubles


def look_for(tab: Any, words: str) -> list[str]:
    tab.fill(".mainsearch input", words)
    tab.wait_for_timeout(250)
    return [one.inner_text() for one in tab.query_selector_all(".mainsearch [role=option]")]


def said(tab: Any) -> str:
    """The highlighted words of the reading view."""
    return str(tab.evaluate("[...(CSS.highlights.get('said') || [])].map(String).join('|')"))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [1280, 360])
def test_every_view_shows_something_and_fits_its_window(opens: Opener, view: str, size: int) -> None:
    tab = opens(f"#v={view}", width=size)
    assert len(tab.inner_text("#view")) > 10
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


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
def test_search_finds(opens: Opener, words: str, found: str) -> None:
    hits = look_for(opens(), words)
    assert hits and any(found in hit for hit in hits[:3]), hits[:3]


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
    card = tab.inner_text("#card")
    assert "2,347万元" in card and "2337名" in card
    tab.click("#card .quote")
    tab.wait_for_timeout(200)
    assert "2347万" in said(tab)
    inside = """() => { const [r, b] = [[...CSS.highlights.get('said')][0], document.querySelector('.doc')].map(
        one => one.getBoundingClientRect()); return r.top >= b.top && r.bottom <= b.bottom; }"""
    assert tab.evaluate(inside), "the sentence is not in sight"


def test_every_figure_highlights_its_words(opens: Opener, made: tuple[dict[str, Any], list[str]]) -> None:
    data, texts = made
    tab = opens("#v=read")
    for index in range(0, len(data["figures"]["span"]), 23):
        span = data["figures"]["span"][index]
        which, start, end = (data["spans"][name][span] for name in ("text", "start", "end"))
        tab.evaluate(f"location.hash = '#v=read&at={which}:{start}-{end}'")
        tab.wait_for_timeout(120)
        assert said(tab) == texts[which][start:end]


def astral(made: tuple[dict[str, Any], list[str]]) -> tuple[dict[str, Any], list[str]]:
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
def test_offsets_are_code_points_also_in_old_browsers(
    opens: Opener, made: tuple[dict[str, Any], list[str]], tmp_path: Path, old: bool
) -> None:
    data, texts = astral(made)
    path = tmp_path / "古字.html"
    path.write_text(build_page(data, texts), encoding="utf-8")
    span = next(one for one in data["figures"]["span"] if data["spans"]["text"][one] == 0)
    start, end = data["spans"]["start"][span], data["spans"]["end"][span]
    gone = "delete window.DecompressionStream; delete window.Highlight;" if old else ""
    tab = opens(f"#v=read&at=0:{start}-{end}", path=path, first=gone)
    tab.wait_for_timeout(200)
    assert (tab.inner_text("mark.said") if old else said(tab)) == texts[0][start:end]


def test_state_lives_in_the_address(opens: Opener) -> None:
    tab = opens()
    tab.click("#tab-table")
    tab.click(".switches button")
    tab.click("li:has(> [data-area='area/500000']) > .turn")
    tab.click("[data-area='area/500112']")
    rows = tab.inner_text("#view tbody")
    tab.click("#view td .thing")
    address = tab.url
    name = tab.inner_text("#cardname")
    again = opens(address[address.index("#") :])
    assert again.inner_text("#cardname") == name and again.inner_text("#view tbody") == rows
    assert "渝北" in rows and "厦门" not in rows
    again.go_back() if again.evaluate("history.length") > 2 else None
    lost = opens("#e=" + quote("org/500112/没有这个机关"))
    assert "没有" in lost.inner_text("#live")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_keyboard_alone_goes_from_search_to_sentence_and_back(opens: Opener, renderer: str) -> None:
    tab = opens(f"#d={renderer}")
    tab.keyboard.press("/")
    tab.keyboard.type("渝北 长护险 2347万")
    tab.wait_for_timeout(250)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "cardname"
    for _ in range(12):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.className") == "quote":
            break
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(200)
    assert "2347万" in said(tab)
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#card")
    tab.keyboard.press("2")
    assert tab.get_attribute("#tab-net", "aria-selected") == "true"
    tab.focus(".frame > canvas")
    for key in ("ArrowLeft", "+", "-", "0"):
        tab.keyboard.press(key)
    tab.keyboard.press("Enter")
    first = tab.inner_text("#cardname")
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        tab.focus(".frame > canvas")
        tab.keyboard.press(key)
    assert tab.inner_text("#cardname") != first or tab.evaluate("location.hash").count("e=") == 1
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#card")


def focused(tab: Any) -> str:
    """What the keyboard is on: its identity, its label or its words."""
    return str(
        tab.evaluate("(a => a.id || a.getAttribute('aria-label') || a.textContent.trim())(document.activeElement)")
    )


def tab_to(tab: Any, selector: str, *, most: int = 400, key: str = "Tab") -> None:
    """Press the tabulator until the keyboard is on what is looked for."""
    for _ in range(most):
        if tab.evaluate("s => document.activeElement.matches(s)", selector):
            return
        tab.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached by keyboard; it is on {focused(tab)}")


def press(tab: Any, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_network_and_its_menu_by_keyboard_alone(opens: Opener, renderer: str) -> None:
    tab = opens(f"#d={renderer}")
    press(tab, "2")
    tab.wait_for_selector(f".frame[data-renderer={renderer}]")
    tab_to(tab, ".frame > canvas")
    press(tab, "+", "0", "Enter", "Enter")
    assert focused(tab) == "cardname"
    press(tab, "Escape")
    assert not tab.is_visible("#card")
    tab_to(tab, ".frame > canvas")
    press(tab, "Enter")
    tab_to(tab, "select[aria-label]", key="Shift+Tab")
    press(tab, "ArrowDown")
    assert "h=1" in tab.url and tab.evaluate("document.activeElement.value") == "1"
    tab_to(tab, ".menu summary")
    press(tab, "Enter", "Escape")
    assert not tab.evaluate("document.querySelector('.menu').open")
    press(tab, "Enter")
    tab_to(tab, "[data-save=csvThings]")
    with tab.expect_download() as saved:
        press(tab, "Enter")
    assert Path(saved.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    assert tab.evaluate("document.activeElement.matches('.menu summary')")


def test_every_view_opens_a_card_by_keyboard_and_gives_the_place_back(opens: Opener) -> None:
    tab = opens()
    for number, (name, opener) in enumerate(
        [("ladder", "#view a.thing"), ("time", ".point"), ("table", "td a.thing")], start=3
    ):
        press(tab, str(number))
        assert tab.get_attribute(f"#tab-{name}", "aria-selected") == "true"
        tab_to(tab, opener)
        words = focused(tab)
        press(tab, "Enter")
        assert focused(tab) == "cardname", name
        press(tab, "Escape")
        assert not tab.is_visible("#card") and focused(tab) == words, name
    tab_to(tab, "thead button", key="Shift+Tab")
    words = focused(tab)
    press(tab, "Enter")
    assert tab.locator("th[aria-sort=none]").count() == 3 and focused(tab)[:2] == words[:2]
    press(tab, "8")
    tab_to(tab, "#view .quote")
    press(tab, "Enter")
    tab.wait_for_selector(".doc")
    tab.wait_for_function("document.activeElement.matches('.doc')")
    assert said(tab)
    press(tab, "[")
    assert tab.get_attribute("#tab-find", "aria-selected") == "true"
    press(tab, "]")
    assert tab.get_attribute("#tab-read", "aria-selected") == "true"
    tab_to(tab, ".inside .link button")
    press(tab, "Enter")
    assert tab.is_visible("#card") and said(tab)


def test_filters_language_look_and_help_by_keyboard_alone(opens: Opener) -> None:
    tab = opens("#v=table")
    press(tab, "f")
    assert tab.is_visible("#filters") and tab.evaluate("document.activeElement.matches('#filters input')")
    words = tab.inner_text("#view .intro")
    tab_to(tab, "#filters .region[data-area='area/500000']")
    press(tab, "Enter")
    assert tab.inner_text("#view .intro") != words
    assert tab.evaluate("document.activeElement.dataset.area") == "area/500000", "a choice loses the keyboard"
    tab_to(tab, "#filters #level")
    press(tab, "ArrowDown")
    assert "l=" in tab.url and focused(tab) == "level"
    tab_to(tab, "#filters input[type=checkbox]", key="Shift+Tab")
    press(tab, "x")
    assert "r=" not in tab.url and "l=" not in tab.url
    tab_to(tab, ".switches button", key="Shift+Tab")
    press(tab, "Enter")
    before = tab.evaluate("document.documentElement.dataset.theme")
    assert focused(tab) == "关闭" and tab.is_visible("dialog")
    press(tab, "Escape")
    assert tab.locator("dialog").count() == 0 and focused(tab) == "按键"
    press(tab, "Shift+Tab", "Enter")
    assert tab.evaluate("document.documentElement.dataset.theme") != before and focused(tab) == "深浅"
    press(tab, "Shift+Tab", "Enter")
    assert tab.inner_text("#tab-home") == "Overview" and focused(tab) == "中文"
    press(tab, "?")
    assert "search" in tab.inner_text("dialog")


def test_a_path_is_found_by_keyboard_alone(opens: Opener) -> None:
    tab = opens()
    press(tab, "7")
    for end, words in (("起点", "渝北区民政局"), ("终点", "国务院办公厅")):
        tab_to(tab, "#view input:not([value*='民政局'])")
        assert focused(tab).startswith("box"), end
        tab.keyboard.type(words)
        tab.wait_for_selector("#view [role=option]")
        press(tab, "Enter")
        press(tab, "Tab")
    assert tab.locator(".pathway").first.locator(".stop").count() >= 3


def test_path_has_words_for_each_step(opens: Opener, made: tuple[dict[str, Any], list[str]]) -> None:
    keys = made[0]["things"]["key"]
    one, other = "org/500112/重庆市渝北区民政局", "org/000000/国务院办公厅"
    assert one in keys and other in keys
    tab = opens(f"#v=path&e={quote(one)}&to={quote(other)}")
    tab.wait_for_timeout(200)
    assert tab.locator(".pathway").first.locator(".stop").count() >= 3
    assert tab.locator(".pathway").first.locator("mark").count() >= 1


def test_ladder_shows_what_is_missing(opens: Opener) -> None:
    tab = opens("#v=ladder&e=" + quote("doc/渝北民-2024-61"))
    assert "直辖市没有这一级" in tab.inner_text(".ladder")
    assert tab.locator(".wire").count() >= 3


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
def test_hostile_names_run_nowhere(
    opens: Opener, made: tuple[dict[str, Any], list[str]], tmp_path: Path, renderer: str
) -> None:
    data, texts = json.loads(json.dumps(made[0])), list(made[1])
    bad = hostile()
    assert len(bad) == 200
    for table, names in {
        "things": ("label", "number", "names", "date", "genre", "pinyin"),
        "figures": ("value", "unit", "said", "group", "comparator", "kind"),
        "findings": ("words", "english"),
        "texts": ("name", "hash"),
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
        tab.evaluate(f"location.hash = '#d={renderer}&v={view}&e={quote(data['things']['key'][3])}&at=0:0-40'")
        tab.wait_for_timeout(120)
    look_for(tab, "<img src=x")
    tab.keyboard.press("Enter")
    assert tab.locator("#app img, #app iframe, #app script, #app b[onfocus]").count() == 0
    tab.click("#tab-net")
    drawn = save_as(tab, "svg").decode()
    assert "<img" not in drawn and "<script" not in drawn and "onerror=alert(1)&gt;" in drawn
    ElementTree.fromstring(drawn)
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


def save_as(tab: Any, name: str) -> bytes:
    """What the network's menu saves under a name."""
    tab.click(".menu summary")
    with tab.expect_download() as saved:
        tab.click(f"[data-save={name}]")
    return Path(saved.value.path()).read_bytes()


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_network_is_drawn_and_can_be_saved(opens: Opener, renderer: str) -> None:
    tab = opens(f"#v=net&d={renderer}&e={quote('doc/渝北民-2024-61')}")
    tab.wait_for_selector(f".frame[data-renderer={renderer}]")
    assert tab.locator(".webgl canvas").count() == (7 if renderer == "webgl" else 0)
    before = tab.locator(".frame").screenshot()
    assert len(before) > 20_000, "an empty picture"
    tab.mouse.move(300, 400)
    tab.mouse.wheel(0, -600)
    tab.wait_for_timeout(250)
    assert tab.locator(".frame").screenshot() != before
    png = save_as(tab, "png")
    assert png.startswith(b"\x89PNG") and len(png) > 20_000
    assert save_as(tab, "svg").startswith(b"<svg")


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_click_in_the_network_chooses_and_a_drag_moves(opens: Opener, renderer: str) -> None:
    key = "doc/渝北民-2024-61"
    tab = opens(f"#v=net&h=1&d={renderer}&e={quote(key)}")
    frame = tab.locator(".frame").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    tab.click("#card .close")
    assert not tab.is_visible("#card")
    tab.evaluate(f"location.hash = '#v=net&h=1&d={renderer}&e={quote(key)}'")
    tab.mouse.move(x + 5, y + 60)
    tab.mouse.down()
    tab.mouse.move(x + 40, y + 100, steps=4)
    tab.mouse.up()
    assert tab.inner_text("#cardname").endswith("第355号提案的复函"), "a drag is no click"
    tab.dblclick(".frame > canvas", position={"x": 12, "y": 12})
    tab.wait_for_timeout(200)


def test_saved_turtle_says_nothing_that_the_graph_does_not(opens: Opener, sample_graph: Graph) -> None:
    tab = opens(f"#v=net&h=1&e={quote('doc/渝北民-2024-61')}")
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
    tab = opens(f"#v=net&h=1&e={quote('doc/渝北民-2024-61')}")
    network = networkx.read_graphml(io.BytesIO(save_as(tab, "graphml")))
    shown = re.findall(r"\d+", tab.inner_text(".netnote").replace(",", ""))
    assert [network.number_of_nodes(), network.number_of_edges()] == [int(one) for one in shown[:2]]
    assert network.nodes["doc/渝北民-2024-61"]["kind"] == "document"


def test_a_document_is_cited_as_gb_t_7714_asks(opens: Opener) -> None:
    tab = opens(
        f"#e={quote('doc/渝北民-2024-61')}", first="navigator.clipboard.writeText = async t => { window.copied = t; };"
    )
    tab.click("#card button:has-text('复制引文')")
    assert tab.evaluate("window.copied") == (
        "重庆市渝北区民政局. 重庆市渝北区民政局关于区政协第十六届三次会议第355号提案的复函: "
        "渝北民〔2024〕61号[A]. 2024-05-21."
    )


def test_values_that_disagree_stand_side_by_side(opens: Opener, made: tuple[dict[str, Any], list[str]]) -> None:
    findings, things = made[0]["findings"], made[0]["things"]
    found = findings["things"][findings["sort"].index("values")]
    tab = opens(f"#e={quote(things['key'][found[0]])}")
    sides = tab.locator("#card .sides").first.locator(".side")
    assert sides.count() == 2
    assert sides.nth(0).bounding_box()["y"] == sides.nth(1).bounding_box()["y"]
    assert {re.sub(r"\D", "", sides.nth(i).locator(".value").inner_text()) for i in (0, 1)} == {"3200", "3600"}
    assert sides.locator("mark").count() == 2


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


def test_a_folder_beside_the_page_is_read_when_it_is_needed(opens: Opener, sample_graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "大 图#1.html"
    folder = write_page(sample_graph, path, most=1000)
    assert folder
    tab = opens(path=path)
    look_for(tab, "渝北 长护险 2347万")
    tab.keyboard.press("Enter")
    tab.click("#card .quote")
    tab.wait_for_timeout(300)
    assert "2347万" in said(tab)


def test_without_webgl_the_canvas_draws(play: Any, file: Path) -> None:
    browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"])
    tab = browser.new_page(offline=True, locale="zh-CN")
    tab.add_init_script(WATCH)
    tab.goto(file.as_uri() + "#v=net&d=webgl")
    tab.wait_for_selector(".frame[data-renderer=canvas]")
    assert "事物" in tab.inner_text(".netnote")
    assert tab.evaluate("window.__seen") == []
    browser.close()


def test_software_webgl_is_not_taken_for_a_graphics_card(opens: Opener) -> None:
    tab = opens("#v=net")
    tab.wait_for_selector(".frame[data-renderer=canvas]")


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
    tab.wait_for_timeout(400)
    box = tab.locator("#network canvas").bounding_box()
    for step in range(12):
        tab.mouse.move(box["x"] + box["width"] * (step + 0.5) / 12, box["y"] + box["height"] / 2)
        tab.wait_for_timeout(30)
    assert tab.inner_text("#card h2")
    assert tab.evaluate("window.__ran") == 0 and tab.evaluate("window.__seen") == []
    assert tab.locator("body img, body iframe, #card script, .vis-tooltip *").count() == 0
    assert [one for one in asked if not one.startswith(("file:", "data:", "blob:"))] == []
    tab.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci in kg/explorer")
@pytest.mark.parametrize(("language", "look", "rules"), BARRIERS)
def test_no_barriers(opens: Opener, language: str, look: str, rules: str) -> None:
    """Names and roles depend on the language, contrast on the look: so each is looked at in both."""
    tab = opens(color_scheme=look)
    tab.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    for view in VIEWS:
        tab.evaluate(f"location.hash = '#lang={language}&v={view}&e={quote('doc/渝北民-2024-61')}'")
        tab.wait_for_timeout(200)
        found = tab.evaluate(
            f"axe.run(document, {{{rules}, resultTypes: ['violations'], elementRef: false}})"
            ".then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
        )
        assert not found, view
