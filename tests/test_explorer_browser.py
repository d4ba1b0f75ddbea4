"""探索页在真的浏览器里：不联网、无报错；搜得到，读得到原话；坏名字不会运行；只用键盘也能走完。"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg import Graph
from kg.explorer.columns import columns
from kg.explorer.page import page as build_page

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
VIEWS = ("home", "net", "ladder", "time", "table", "read", "path", "find")
AXE = Path(__file__).parents[1] / "kg" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
WATCH = """window.__seen = []; window.__ran = 0;
document.addEventListener('securitypolicyviolation', e => window.__seen.push('CSP ' + e.violatedDirective));
addEventListener('error', e => window.__seen.push('error ' + e.message));
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.__ran++; };"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
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
        tab.on("console", lambda said: said.type in ("error", "warning") and troubles.append(said.text))
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
        ("渝北区长护险待遇有多少", "长护险"),
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
    tab.select_option("#area", label=next(o for o in tab.locator("#area option").all_inner_texts() if "渝北区" in o))
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


def test_keyboard_alone_goes_from_search_to_sentence_and_back(opens: Opener) -> None:
    tab = opens()
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
    tab.focus("canvas")
    for key in ("ArrowLeft", "+", "-", "0"):
        tab.keyboard.press(key)


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


def test_hostile_names_run_nowhere(opens: Opener, made: tuple[dict[str, Any], list[str]], tmp_path: Path) -> None:
    data, texts = json.loads(json.dumps(made[0])), list(made[1])
    bad = hostile()
    assert len(bad) == 200
    for table, names in {
        "things": ("label", "number", "names", "date", "genre", "pinyin"),
        "figures": ("value", "unit", "said", "group", "comparator", "kind"),
        "findings": ("words",),
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
        tab.evaluate(f"location.hash = '#v={view}&e={quote(data['things']['key'][3])}&at=0:0-40'")
        tab.wait_for_timeout(120)
    look_for(tab, "<img src=x")
    tab.keyboard.press("Enter")
    assert tab.locator("#app img, #app iframe, #app script, #app b[onfocus]").count() == 0
    tab.click("#tab-net")
    with tab.expect_download() as saved:
        tab.click(".network .toolbar button:last-child")
    drawn = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "<img" not in drawn and "<script" not in drawn and "onerror=alert(1)&gt;" in drawn
    tab.click("#tab-table")
    with tab.expect_download() as saved:
        tab.click("#view .toolbar button:last-child")
    with Path(saved.value.path()).open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.reader(sheet))
    assert len(rows) == len(data["things"]["key"]) + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_pictures_and_tables_can_be_saved(opens: Opener) -> None:
    tab = opens("#v=net")
    for place, head in ((1, b"\x89PNG"), (2, b"<svg")):
        with tab.expect_download() as saved:
            tab.locator(".network .toolbar button").nth(2 + place).click()
        assert Path(saved.value.path()).read_bytes().startswith(head)


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci in kg/explorer")
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_barriers(opens: Opener, look: str, language: str) -> None:
    tab = opens(color_scheme=look)
    tab.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    options = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}"
    for view in VIEWS:
        tab.evaluate(f"location.hash = '#lang={language}&v={view}&e={quote('doc/渝北民-2024-61')}'")
        tab.wait_for_timeout(250)
        found = tab.evaluate(
            f"axe.run(document, {options}).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
        )
        assert not found, view
