"""A quotation on a page: the sentence with its words marked, and a link to where it stands."""

from __future__ import annotations

from typing import Any

from kg.server.frame import text_url
from kg.server.markup import Html, element

__all__ = ["blockquote"]


def blockquote(quote: dict[str, Any], lang: str) -> Html:
    """The sentence of ``kg.server.things.thing``'s quotation, its words marked and linked to the text."""
    where = f"{quote['start']}–{quote['end']}"
    reading = " · ".join(str(part) for part in (quote.get("rule"), quote.get("confidence")) if part is not None)
    label = f"Characters {where} of the text" if lang == "en" else f"原文第 {where} 字"
    return element(
        "blockquote",
        quote["before"],
        element("a", element("mark", quote["words"]), href=text_url(quote["text"], quote["start"], quote["end"])),
        quote["after"],
        element("small", label, f" · {reading}" if reading else ""),
    )
