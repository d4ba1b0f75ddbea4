"""Saved web pages of government sites: the main text with its lines and tables, without the furniture round it.

What is kept is what a reader would call the document: title, the line with 发布时间 and source, the table of data
(索引号, 发文机关, 发文字号, 成文日期, 发布日期; each as a line ``label：value``), and the text. Tables of
figures come row by row, their cells joined by tabs. The site's metadata (政府网站发展指引, 国办发〔2017〕47号:
ArticleTitle, PubDate) fill what is not shown.
"""

from __future__ import annotations

import re

from extractors.readers import plain_text
from extractors.readers.markup import Page, attributes_of, parse
from extractors.readers.page_lines import lines_of, page_labels
from extractors.readers.refusals import refusal

__all__ = ["decode", "text_of"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9_-]{2,20})""")
_DROPPED = frozenset(
    "script style noscript template svg math iframe object nav footer aside select button textarea head".split()  # noqa: SIM905
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Names that site builders give to furniture.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|foot|footer|bottom|header|top|topbar|banner|bread|breadcrumb|crumbs?|position|location|"
    r"share|bdshare\w*|tools?|toolbar|print|search|login|side|sidebar|aside|related?|recommend|hot|copyright|links?|"
    r"friendlink|qrcode|ewm|erweima|wza|ads?|page|pager|pagination|comment|float|popup|modal|dialog|weixin|fx|dqwz)"
    r"(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_WORDS = re.compile("[\u3400-\u9fff，。；：、（）《》“”〔〕]")
_FURNITURE_SHARE = 0.25
_FURNITURE_SIZE = 400
# A table of data is small, and gives at least so many of the labels known.
_TABLE_EVENTS = 400
_LEAST_DATA = 3


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The main text of a page.

    Raises:
        BadDocument: the encoding cannot be made out, or the page has no text.
    """
    page = parse(decode(data, name, encoding).replace("\0", " "))
    dropped, weights = _weigh(page)
    lines = lines_of(page, _around(page, _main(page, weights), dropped), dropped)
    lines = _with_metadata(page, lines)
    if not any(map(_WORDS.search, lines)):
        raise refusal(name, "no_text")
    return "\n".join(lines) + "\n"


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """The page's source, by byte order mark, ``encoding`` (of the HTTP header), declared charset, UTF-8, GB18030."""
    declared = encoding
    found = _XML_ENCODING.search(data[:200]) or _CHARSET.search(data[:8192])
    if declared is None and found:
        declared = found[1].decode("ascii")
    if declared and declared.lower().replace("_", "-") not in {"utf-8", "utf8"}:
        try:
            text = plain_text.decode(data, name, declared)
        except ValueError:
            return plain_text.decode(data, name)
        return plain_text.decode(data, name) if plain_text.is_garbled(text) else text
    return plain_text.decode(data, name)


def _weigh(page: Page) -> tuple[set[int], list[int]]:
    """Which elements are furniture, and how much running text outside links and furniture each element holds."""
    elements, _, events = page
    own = [0] * len(elements)
    dropped: set[int] = set()
    stack, linked = list[int](), 0
    for event in events:
        if isinstance(event, str):
            own[stack[-1]] += 0 if linked else len(_WORDS.findall(event))
        elif event >= 0:
            tag, attributes = elements[event].tag, elements[event].attributes
            stack.append(event)
            linked += tag == "a"
            if tag in _DROPPED or (attributes and _is_hidden(attributes)):
                dropped.add(event)
        else:
            linked -= elements[stack.pop()].tag == "a"
    weights = _summed(page, own, dropped)
    limit = min(_FURNITURE_SIZE, int(weights[0] * _FURNITURE_SHARE) + 1)
    titled = {element.parent for element in elements if element.tag == "h1"}
    for index, element in enumerate(elements):
        if element.attributes and weights[index] < limit and index not in titled:
            named = attributes_of(element.attributes)
            if _FURNITURE.search(f"{named.get('class', '')} {named.get('id', '')}"):
                dropped.add(index)
    return dropped, _summed(page, own, dropped)


def _summed(page: Page, own: list[int], dropped: set[int]) -> list[int]:
    """The weight of each element with all that it holds, elements dropped left out."""
    sums = list(own)
    for index in range(len(sums) - 1, 0, -1):
        if index in dropped:
            sums[index] = 0
        sums[page.elements[index].parent] += sums[index]
    return sums


def _is_hidden(attributes: str) -> bool:
    return bool(_HIDDEN.search(attributes)) or bool(re.search(r"(?:^|\s)hidden(?:$|[\s=/])", attributes))


def _main(page: Page, weights: list[int]) -> int:
    """The innermost element outside which hardly any running text is left: a line or two, never a part."""
    heaviest: dict[int, int] = {}
    for index in range(len(page.elements) - 1, 0, -1):
        parent = page.elements[index].parent
        if weights[index] >= weights[heaviest.get(parent, index)]:
            heaviest[parent] = index
    least = weights[0] - min(_FURNITURE_SIZE, int(weights[0] * _FURNITURE_SHARE))
    main = 0
    while main in heaviest and weights[heaviest[main]] >= max(1, least):
        main = heaviest[main]
    return main


def _around(page: Page, main: int, dropped: set[int]) -> int:
    """The widest element round ``main`` that adds little: its title, the line with the date, its table of data."""
    elements, ends, events = page
    while elements[main].parent > 0:
        parent = elements[main].parent
        outside = [*events[elements[parent].first : elements[main].first], *events[ends[main] : ends[parent]]]
        if _length(outside, dropped) > _FURNITURE_SIZE:
            break
        main = parent
    return main


def _length(events: list[str | int], dropped: set[int]) -> int:
    """How many characters these events show."""
    length, hidden = 0, 0
    for event in events:
        if isinstance(event, str):
            length += 0 if hidden else len("".join(event.split()))
        elif event >= 0:
            hidden += event in dropped
        elif ~event in dropped and hidden:
            hidden -= 1
    return length


def _with_metadata(page: Page, lines: list[str]) -> list[str]:
    """The lines, headed by what the page's metadata or its other tables say and the lines do not."""
    said = "".join("".join(lines[:40]).split())
    head = [line for line in _data_lines(page) if "".join(line.split()) not in said]
    labels = page_labels()
    dated = any(labels.get(line.partition("：")[0]) == "published" for line in [*head, *lines[:40]])
    title = ""
    for element in page.elements:
        if element.tag == "meta":
            attributes = attributes_of(element.attributes)
            key, value = attributes.get("name", "").lower(), attributes.get("content", "").strip()
            if key == "articletitle":
                title = value
            elif key == "pubdate" and value and not dated and not re.search("发布(?:日期|时间)", said):
                head.append(f"发布时间：{value}")
    if title and "".join(title.split()) not in said:
        head.insert(0, title)
    return [*head, *lines]


def _data_lines(page: Page) -> list[str]:
    """``label：value`` lines of the page's table of data, wherever on the page it stands."""
    for index, element in enumerate(page.elements):
        if element.tag in ("table", "ul", "dl", "div") and page.ends[index] - element.first < _TABLE_EVENTS:
            pairs = [line.partition("：") for line in lines_of(page, index, set())]
            found = [f"{label}：{value}" for label, _, value in pairs if _is_datum(label) and value.strip()]
            if len(found) >= _LEAST_DATA:
                return found
    return []


def _is_datum(label: str) -> bool:
    return page_labels().get("".join(label.split()), "chrome") != "chrome"
