"""查询页在真的浏览器里：不报错、不越过内容策略；看得到原文；键盘走得完；axe 无一处不合；由源码能造出同样的文件。"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

HERE = Path(__file__).parents[1] / "kg" / "server" / "query"
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
WATCH = """window.__seen = [];
document.addEventListener('securitypolicyviolation', e => window.__seen.push('CSP ' + e.violatedDirective));
addEventListener('error', e => window.__seen.push('error ' + e.message));"""
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here")

Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(sample_folder: Path) -> Iterator[str]:
    """The service, started as people start it."""
    command = [sys.executable, "-m", "kg.cli", "serve", str(sample_folder), "--port", "0", "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "serving at" in line)
        yield re.findall(r"serving at (\S+)/", line)[0]
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture
def opens(browser: Any, site: str) -> Iterator[Opener]:
    """Open a page of the service; at the end nothing may have been reported, or asked of another host."""
    contexts, troubles = [], []

    def open_page(path: str = "/", *, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **{"locale": "zh-CN", **options})
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(60_000)
        tab.add_init_script(WATCH)
        tab.on("request", lambda asked: asked.url.startswith((site, "blob:", "data:")) or troubles.append(asked.url))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.goto(site + path)
        if path.startswith(("/#", "/?")) or path == "/":
            tab.wait_for_selector("html[data-ready]")
        return tab

    yield open_page
    for context in contexts:
        for tab in context.pages:
            troubles += tab.evaluate("window.__seen")
        context.close()
    assert not troubles


def done(tab: Any, words: str = "毫秒") -> None:
    tab.wait_for_function("words => document.querySelector('#status').textContent.includes(words)", arg=words)


def query(text: str) -> str:
    return "/#query=" + quote(text)


@needs_chromium
class TestPage:
    def test_a_question_is_asked_and_its_sentence_read(self, opens: Opener) -> None:
        tab = opens()
        tab.fill("#filter", "某年某地")
        tab.click("#questions button")
        tab.fill("#p-region", "重庆市渝北区")
        tab.fill("#p-year", "2023")
        tab.fill("#p-what", "失能老人")
        tab.click("#question button[type=submit]")
        done(tab)
        assert "640" in tab.inner_text("#panel") and tab.inner_text("#panel mark") == "640名"
        tab.click("#panel blockquote a")
        tab.wait_for_selector("article.text")
        said = "[...(CSS.highlights.get('said') || [])].map(String).join('')"
        assert tab.evaluate(said) == "640名"

    def test_a_query_is_written_completed_and_run_by_keyboard(self, opens: Opener) -> None:
        tab = opens()
        tab.click("#editor")
        tab.keyboard.press("Control+a")
        tab.keyboard.type("SELECT ?d ?n WHERE { ?d 文字号")
        tab.wait_for_selector(".cm-tooltip-autocomplete li[aria-selected]")
        tab.wait_for_timeout(200)  # 补全刚出来的一瞬，回车仍是换行
        tab.keyboard.press("Enter")
        tab.keyboard.type(" ?n } LIMIT 5")
        tab.keyboard.press("Escape")
        tab.keyboard.press("Control+Enter")
        done(tab)
        assert tab.eval_on_selector_all("#panel tbody tr", "rows => rows.length") == 5
        assert tab.get_attribute("#panel tbody a", "href").startswith("/entity/id/doc/")

    def test_the_results_as_graph_chart_and_csv(self, opens: Opener) -> None:
        tab = opens(query("SELECT ?name (COUNT(?d) AS ?n) { ?d ek:issuedBy/skos:prefLabel ?name } GROUP BY ?name"))
        done(tab)
        tab.focus("#tab-table")
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("ArrowRight")
        assert tab.get_attribute("#tab-chart", "aria-selected") == "true"
        assert tab.eval_on_selector_all("svg.chart rect", "bars => bars.length") > 5
        with tab.expect_download() as waiting:
            tab.click("#csv")
        assert "四川省民政厅" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
        tab = opens(query("CONSTRUCT { ?d ek:issuedBy ?a } WHERE { ?d ek:issuedBy ?a } LIMIT 20"))
        done(tab)
        tab.click("#tab-graph")
        assert tab.eval_on_selector_all("svg.network a[href^='/entity/']", "nodes => nodes.length") > 10

    def test_mistakes_are_told_and_shown_where_they_are(self, opens: Opener) -> None:
        tab = opens(query("SELECT ?s WHERE {\n ?s ?p }"))
        done(tab, "2:")
        assert tab.eval_on_selector(
            "#editor", "host => !!host.shadowRoot.querySelector('.cm-lintRange-error, .cm-lintPoint-error')"
        )

    def test_prefixes_are_written_for_other_services(self, opens: Opener) -> None:
        tab = opens(query("SELECT ?a { ?a a ek:Agency }"))
        tab.click("#prefixes")
        text = tab.eval_on_selector("#editor", "host => host.shadowRoot.querySelector('.cm-content').innerText")
        assert text.startswith("PREFIX ek: <https://w3id.org/cn-eldercare/ont#>")

    def test_names_in_results_are_only_text(self, opens: Opener) -> None:
        tab = opens(query('SELECT ("<img src=x onerror=alert(1)>" AS ?x) ("=1+1" AS ?y) {}'))
        done(tab)
        assert tab.inner_text("#panel td") == "<img src=x onerror=alert(1)>"
        with tab.expect_download() as waiting:
            tab.click("#csv")
        assert "'=1+1" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")

    @pytest.mark.parametrize("path", ["/", "/#ask=cq05", "/ask", "/search?q=民政", "/text/渝北民〔2024〕61号"])
    def test_fits_a_telephone(self, opens: Opener, path: str) -> None:
        tab = opens(path, width=360)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"

    @pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci in kg/server/query")
    @pytest.mark.parametrize(("look", "language"), [("light", "zh"), ("dark", "en")])
    def test_axe_finds_nothing(self, opens: Opener, look: str, language: str) -> None:
        chart = "query=" + quote("SELECT ?n (COUNT(*) AS ?c) { ?s ek:issuedBy/skos:prefLabel ?n } GROUP BY ?n")
        paths = [f"/?lang={language}#ask=cq05", f"/?lang={language}#{chart}"]
        paths += [f"/{page}lang={language}" for page in ("ask/cq05?evidence=1&", "search?q=民政局&")]
        paths += [f"/{page}?lang={language}" for page in ("entity/id/doc/渝北民-2024-61", "text/渝北民〔2024〕61号")]
        for path in paths:
            tab = opens(path, color_scheme=look, bypass_csp=True)
            tab.wait_for_timeout(200)
            if "query" in path:
                tab.click("#tab-chart")
            tab.evaluate(AXE.read_text(encoding="utf-8") + ";0")
            options = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}"
            found = tab.evaluate(
                f"axe.run(document, {options}).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
            )
            assert not found, path


def test_what_is_carried_is_named_with_its_licence() -> None:
    told = json.loads((HERE / "static" / "licences.json").read_text(encoding="utf-8"))
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {"@codemirror/view", "@codemirror/legacy-modes", "d3-force"} <= {one["name"] for one in told}
    for one in told:
        assert one["license"] in ("MIT", "ISC", "BSD-3-Clause") and len(one["text"]) > 200, one["name"]
        assert lock[f"node_modules/{one['name']}"]["version"] == one["version"]


def test_the_lock_file_names_no_host() -> None:
    assert "resolved" not in (HERE / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm here")
def test_the_built_files_come_from_the_sources(tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "query", ignore=shutil.ignore_patterns("node_modules", "*.js"))
    if (HERE / "node_modules").is_dir():
        (tmp_path / "query" / "node_modules").symlink_to(HERE / "node_modules")
    elif subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=tmp_path / "query", capture_output=True).returncode:
        pytest.skip("npm could not fetch the packages")
    built = subprocess.run(["npm", "run", "build"], cwd=tmp_path / "query", capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    for path in (HERE / "static").iterdir():
        made = tmp_path / "query" / "static" / path.name
        assert made.read_bytes() == path.read_bytes(), f"run npm run build: {path.name}"
