"""HTML as a flat list of events: no recursion and no limit of depth, so that no page loses its tail.

libxml2 gives up silently below 256 nested elements (2,048 with ``huge_tree``), and pages made by offices' editors nest
deep. Time is linear in the length of the page, also where tags and quotes are left open.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import NamedTuple

__all__ = ["Element", "Page", "attributes_of", "parse"]

_OPEN = re.compile("<(?:!--|!|[?]|/?[a-zA-Z])")
_NAME = re.compile("</?([a-zA-Z][a-zA-Z0-9:-]*)")
_TAG_MARK = re.compile("[>\"']")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:@-][\w:.@-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_RAW = frozenset(("script", "style", "textarea", "title", "noscript", "iframe", "xmp", "template", "svg", "math"))
_SCRIPTS = frozenset(("script", "style"))
_VOID = frozenset("br img hr input meta link col base area embed source wbr param frame".split())  # noqa: SIM905
# An element that its next sibling closes, up to the element that holds such siblings.
_SIBLINGS = {
    "li": (("li",), ("ul", "ol")),
    "tr": (("tr",), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "option": (("option",), ("select",)),
}
_CLOSE_P = frozenset("p div table ul ol dl h1 h2 h3 h4 h5 h6 hr section article center form pre".split())  # noqa: SIM905
_WALLS = frozenset(("td", "th", "table", "body", "html"))
_TABLE_PARTS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "body", "html"))
_SEARCHED = 200
# Of a tag's attributes no more is looked at: what follows is an image's data.
_ATTRIBUTES_SIZE = 4_000


class Element(NamedTuple):
    """A tag with its raw attributes, its parent's index (-1 at the top) and where its events begin."""

    tag: str
    attributes: str
    parent: int
    first: int


class Page(NamedTuple):
    """Elements in document order; ``ends[i]`` is where the events of element ``i`` stop.

    An event is a text, or an element's index (it opens), or ``~index`` (it closes).
    """

    elements: list[Element]
    ends: list[int]
    events: list[str | int]


def attributes_of(raw: str) -> dict[str, str]:
    """Attributes of a tag, names in lower case, entities read."""
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(raw)}


class _Builder:
    """Builds a Page: the open elements, and how many of each tag are open."""

    def __init__(self) -> None:
        self.page = Page([Element("html", "", -1, 0)], [0], [0])
        self.open = [0]
        self.counts: Counter[str] = Counter(html=1)

    def text(self, text: str) -> None:
        if text:
            self.page.events.append(text)

    def start(self, tag: str, attributes: str) -> None:
        if tag in _CLOSE_P and self.counts["p"]:
            self._close_up_to(("p",), _WALLS)
        if tag in _SIBLINGS:
            self._close_up_to(*_SIBLINGS[tag])
        elements, ends, events = self.page
        elements.append(Element(tag, attributes, self.open[-1], len(events)))
        ends.append(0)
        events.append(len(elements) - 1)
        self.open.append(len(elements) - 1)
        self.counts[tag] += 1
        if tag in _VOID:
            self.pop()

    def end(self, tag: str) -> None:
        if self.counts[tag]:
            self._close_up_to((tag,), () if tag in _TABLE_PARTS else _WALLS)

    def _close_up_to(self, tags: tuple[str, ...], walls: tuple[str, ...] | frozenset[str]) -> None:
        """Close the nearest open element of these tags, and what is open in it, unless a wall stands between."""
        for depth in range(1, min(len(self.open), _SEARCHED)):
            tag = self.page.elements[self.open[-depth]].tag
            if tag in tags:
                for _ in range(depth):
                    self.pop()
                return
            if tag in walls:
                return

    def pop(self) -> None:
        if len(self.open) > 1:
            index = self.open.pop()
            self.counts[self.page.elements[index].tag] -= 1
            self.page.events.append(~index)
            self.page.ends[index] = len(self.page.events)


def parse(source: str) -> Page:
    """Parse a page's source. Comments and declarations are left out; scripts and styles are empty elements."""
    builder = _Builder()
    lower = source.lower() if len(source.lower()) == len(source) else source
    done, missing = 0, dict[str, int]()
    while mark := _OPEN.search(source, done):
        builder.text(unescape(source[done : mark.start()]))
        if mark[0] == "<!--":
            done = _find(source, "-->", mark.end(), missing) + 3
        elif mark[0] in ("<!", "<?"):
            done = _find(source, ">", mark.end(), missing) + 1
        else:
            done = _tag_end(source, mark.end(), missing)
            name = _NAME.match(source, mark.start())
            tag = name[1].lower() if name else ""
            if mark[0].startswith("</"):
                builder.end(tag)
                continue
            begin = name.end() if name else done
            builder.start(tag, source[begin : min(done - 1, begin + _ATTRIBUTES_SIZE)])
            if tag in _RAW and source[done - 2] != "/":
                close = _find(lower, f"</{tag}", done, missing)
                if close == len(source) and tag not in _SCRIPTS:
                    continue
                if tag == "title":
                    builder.text(unescape(source[done:close]))
                builder.end(tag)
                done = _tag_end(source, close, missing) if close < len(source) else close
    builder.text(unescape(source[done:]))
    while len(builder.open) > 1:
        builder.pop()
    builder.page.ends[0] = len(builder.page.events)
    return builder.page


def _find(source: str, mark: str, start: int, missing: dict[str, int]) -> int:
    """Where ``mark`` stands next, the end of the source if nowhere; a mark once missing is not looked for again."""
    if start >= missing.get(mark, len(source) + 1):
        return len(source)
    found = source.find(mark, start)
    if found < 0:
        missing[mark] = start
        return len(source)
    return found


def _tag_end(source: str, start: int, missing: dict[str, int]) -> int:
    """The offset after the ``>`` of a tag, quoted attribute values leapt over unless their quote never closes."""
    while True:
        mark = _TAG_MARK.search(source, start)
        if mark is None:
            return len(source)
        if mark[0] == ">":
            return mark.end()
        close = _find(source, mark[0], mark.end(), missing)
        start = mark.end() if close == len(source) else close + 1
