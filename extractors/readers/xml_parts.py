"""XML parts of office files as a stream of events: no tree, no external entity, no document type, no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn
from xml.parsers import expat

from extractors.readers.refusals import refusal

__all__ = ["Handler", "parse_xml"]

_MAX_ELEMENTS = 3_000_000


class Handler:
    """What to do at each event; names are local names, without their namespace."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""

    def end(self, tag: str) -> None:
        """An element closes."""

    def text(self, text: str) -> None:
        """Characters between tags."""


def parse_xml(data: bytes, name: str, handler: Handler) -> None:
    """Run an XML part through a handler.

    Raises:
        BadDocument: the part is no well-formed XML, declares a document type, or has more elements than any document.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MAX_ELEMENTS:
            raise refusal(name, "too_many", limit=_MAX_ELEMENTS, things="elements")
        handler.start(_local(tag), {_local(key): value for key, value in attributes.items()} if attributes else {})

    def refuse(*_: object) -> NoReturn:
        raise refusal(name, "doctype")

    ends: Callable[[str], None] = lambda tag: handler.end(_local(tag))  # noqa: E731
    parser.StartElementHandler = start
    parser.EndElementHandler = ends
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refusal(name, "damaged", error=f"XML: {error}") from None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
