"""浏览页在真的浏览器里：打开一页，查它有没有联网、报错、运行坏名字；几件测试都用的手。"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import Graph
from kg.explorer.columns import Columns, columns
from kg.explorer.page import page

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")
# WebGL through software, as no test machine has a graphics card; the page takes it only when its address asks for it.
FLAGS = (
    *("--enable-unsafe-swiftshader", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
RENDERERS = ("canvas", "webgl")
VIEWS = ("home", "net", "ladder", "time", "table", "read", "path", "find")
REPLY = "doc/渝北民-2024-61"
WATCH = """window.__seen = []; window.__ran = 0;
document.addEventListener('securitypolicyviolation', e => window.__seen.push('CSP ' + e.violatedDirective));
addEventListener('error', e => window.__seen.push('error ' + e.message));
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.__ran++; };"""

Made = tuple[Columns, list[str]]
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def play() -> Iterator[Any]:
    """Playwright runs an event loop while it is open: closed with the module, it hinders nobody else's."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(play: Any) -> Iterator[Any]:
    opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def made(sample_graph: Graph) -> Made:
    return columns(sample_graph)


@pytest.fixture(scope="session")
def file(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("浏览") / "图谱 页.html"
    path.write_text(page(*made), encoding="utf-8")
    return path


class Tabs:
    """One tab for each kind of window; each page is loaded anew, and what it did wrong is kept."""

    def __init__(self, browser: Any, file: Path) -> None:
        self.browser, self.file = browser, file
        self.tabs: dict[str, Any] = {}
        self.troubles: list[str] = []

    def open(self, fragment: str = "", *, path: Path | None = None, first: str = "", **options: Any) -> Any:
        kind = repr((first, sorted(options.items())))
        tab = self.tabs.get(kind) or self._tab(first, options)
        self.tabs[kind] = tab
        self.gather()
        tab.goto("about:blank")
        tab.goto((path or self.file).as_uri() + fragment)
        tab.wait_for_selector("html[data-ready]")
        return tab

    def _tab(self, first: str, options: dict[str, Any]) -> Any:
        width = options.pop("width", 1280)
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, offline=True, **{"locale": "zh-CN", **options}
        )
        tab = context.new_page()
        tab.add_init_script(WATCH + first)
        tab.on("request", self._asked)
        tab.on("console", lambda told: self.troubles.append(told.text) if is_trouble(told) else None)
        tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        return tab

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(("file:", "blob:", "data:", "about:")):
            self.troubles.append(request.url)

    def gather(self) -> None:
        for tab in self.tabs.values():
            self.troubles += tab.evaluate(
                "(s => [...s, ...(window.__ran ? ['a payload ran'] : [])])((window.__seen || []).splice(0))"
            )

    def close(self) -> None:
        for tab in self.tabs.values():
            tab.context.close()


def is_trouble(told: Any) -> bool:
    """Errors and warnings; but not what the driver of the software's WebGL says of its own speed."""
    return told.type in ("error", "warning") and "GL Driver Message" not in told.text


@pytest.fixture(scope="module")
def tabs(browser: Any, file: Path) -> Iterator[Tabs]:
    opened = Tabs(browser, file)
    yield opened
    opened.close()


@pytest.fixture
def opens(tabs: Tabs) -> Iterator[Opener]:
    """Open the page at a fragment; at the end nothing may have been asked for, reported or run."""
    tabs.troubles.clear()
    yield tabs.open
    tabs.gather()
    if tabs.troubles:
        pytest.fail("; ".join(tabs.troubles))


def goes(tab: Any, fragment: str) -> None:
    """The same page at another fragment."""
    tab.evaluate("fragment => { location.hash = fragment; }", fragment)
    tab.wait_for_function("fragment => location.hash === fragment", arg=fragment)
    settles(tab)


def settles(tab: Any) -> None:
    """Two frames later: what is drawn after a change is drawn."""
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def warmed(tab: Any) -> Any:
    """Wait until every text is read, so that sentences are searched too."""
    tab.wait_for_selector("html[data-warm]")
    return tab


def look_for(tab: Any, words: str) -> list[str]:
    """The hits for what is typed."""
    warmed(tab)
    tab.fill(".mainsearch input", "")
    tab.wait_for_selector(".mainsearch .hits", state="hidden")
    tab.fill(".mainsearch input", words)
    tab.wait_for_selector(".mainsearch .hits")
    return [one.inner_text() for one in tab.query_selector_all(".mainsearch [role=option]")]


def said(tab: Any) -> str:
    """The highlighted words of the reading view."""
    tab.wait_for_function("[...(CSS.highlights.get('said') || [])].length")
    return str(tab.evaluate("[...(CSS.highlights.get('said') || [])].map(String).join('|')"))


def save_as(tab: Any, name: str) -> bytes:
    """What the network's menu saves under a name."""
    tab.click(".menu summary")
    with tab.expect_download() as saved:
        tab.click(f"[data-save={name}]")
    return Path(saved.value.path()).read_bytes()


def drawn(tab: Any, renderer: str = "") -> None:
    """Wait until the network is drawn, by the renderer that is asked for."""
    tab.wait_for_selector(f".frame[data-renderer{f'={renderer}' if renderer else ''}]")
    settles(tab)
