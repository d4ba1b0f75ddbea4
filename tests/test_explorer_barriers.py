"""浏览页没有障碍：WCAG 2.1 AA，每个视图和窗口，两种语言，深浅两色。"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from explored import REPLY, VIEWS, Opener, drawn, goes, look_for, needs_chromium, settles

WCAG = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']"
CONTRAST = "runOnly: {type: 'rule', values: ['color-contrast']}"
# Names and roles depend on the language, contrast on the look: so each is looked at in both.
BARRIERS = [("zh", "light", WCAG), ("en", "dark", WCAG), ("zh", "dark", CONTRAST), ("en", "light", CONTRAST)]
# One province: every view has its parts, and few of each.
FEW = "&r=area/340000"
AXE = Path(__file__).parents[1] / "kg" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    needs_chromium,
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci in kg/explorer"),
]


def barriers(tab: Any, rules: str) -> list[str]:
    settles(tab)
    found = tab.evaluate(
        f"axe.run(document, {{{rules}, resultTypes: ['violations'], elementRef: false}})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    return [str(one) for one in found]


@pytest.mark.parametrize(("language", "look", "rules"), BARRIERS)
def test_no_barriers(opens: Opener, language: str, look: str, rules: str) -> None:
    tab = opens(f"#lang={language}", color_scheme=look)
    tab.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    for view in VIEWS:
        goes(tab, f"#lang={language}&v={view}&e={quote(REPLY)}{FEW}")
        if view == "net":
            drawn(tab)
        assert not barriers(tab, rules), view


@pytest.mark.parametrize(("language", "look", "rules"), BARRIERS)
def test_no_barriers_in_what_opens(opens: Opener, language: str, look: str, rules: str) -> None:
    """Help, filters, hits, the menu of the network, a path, the list of texts, findings unfolded, a narrow window."""
    tab = opens(f"#lang={language}", color_scheme=look)
    tab.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    tab.keyboard.press("?")
    assert tab.is_visible("dialog") and not barriers(tab, rules), "help"
    tab.keyboard.press("Escape")
    tab.keyboard.press("f")
    assert tab.is_visible("#filters") and not barriers(tab, rules), "filters"
    tab.keyboard.press("f")
    assert look_for(tab, "渝北 长护险") and not barriers(tab, rules), "hits"
    tab.keyboard.press("Escape")
    goes(tab, f"#lang={language}&v=net{FEW}")
    drawn(tab)
    tab.click(".menu summary")
    assert not barriers(tab, rules), "menu"
    goes(
        tab, f"#lang={language}&v=path&e={quote('org/500112/重庆市渝北区民政局')}&to={quote('org/000000/国务院办公厅')}"
    )
    assert tab.locator(".pathway").count() and not barriers(tab, rules), "path"
    goes(tab, f"#lang={language}&v=read{FEW}")
    assert tab.locator(".texts li").count() and not barriers(tab, rules), "texts"
    goes(tab, f"#lang={language}&v=find{FEW}")
    tab.click(".jumps li:last-child button")
    assert not barriers(tab, rules), "findings"
    tab.set_viewport_size({"width": 360, "height": 740})
    goes(tab, f"#lang={language}&v=table{FEW}")
    assert not barriers(tab, rules), "narrow table"
