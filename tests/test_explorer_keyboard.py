"""浏览页只用键盘：从搜索到原话，每个视图、筛选、语言、深浅、保存、路径，焦点不丢。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from explored import RENDERERS, Opener, drawn, needs_chromium, said, warmed

pytestmark = needs_chromium


@pytest.mark.parametrize("renderer", RENDERERS)
def test_keyboard_alone_goes_from_search_to_sentence_and_back(opens: Opener, renderer: str) -> None:
    tab = warmed(opens(f"#d={renderer}"))
    tab.keyboard.press("/")
    tab.keyboard.type("渝北 长护险 2347万")
    tab.wait_for_selector(".mainsearch [role=option]")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "cardname"
    for _ in range(12):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.className") == "quote":
            break
    tab.keyboard.press("Enter")
    assert "2347万" in said(tab)
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#card")
    tab.keyboard.press("2")
    assert tab.get_attribute("#tab-net", "aria-selected") == "true"
    drawn(tab, renderer)
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
    drawn(tab, renderer)
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
    tab.wait_for_selector("dialog", state="detached")
    assert focused(tab) == "按键与说明"
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
