"""HTML that cannot be broken out of: elements made by calls, all text and every attribute escaped.

>>> str(element("p", "1 < 2 ", element("a", "看", href="/?q=\\"x"), class_="note"))
'<p class="note">1 &lt; 2 <a href="/?q=&quot;x">看</a></p>'
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

__all__ = ["Content", "Html", "element", "join"]

_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Html(NamedTuple):
    """A piece of HTML, made by ``element`` alone; a ``str`` is text and gets escaped."""

    source: str

    def __str__(self) -> str:
        return self.source


Content = Html | str | int | float | None


def element(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """An element. ``class_`` is ``class``, ``data_x`` is ``data-x``; attributes that are None or False are left out."""
    told = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    if name in _EMPTY:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{join(content)}</{name}>")


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def join(content: Iterable[Content]) -> Html:
    """Pieces one after another; None is nothing."""
    return Html("".join(_source(piece) for piece in content))


def _source(piece: Content) -> str:
    if piece is None:
        return ""
    return piece.source if isinstance(piece, Html) else escape(str(piece), quote=False)
