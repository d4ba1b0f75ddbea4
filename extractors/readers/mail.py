"""Saved mail (EML, RFC 5322) and pages saved as one file (MHTML, RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from typing import Any

from extractors.readers import plain_text, web_page
from extractors.readers.item import Item
from extractors.readers.refusals import refusal

__all__ = ["items_of", "page_of"]

_MAX_PARTS = 300
# Lines that may part parts; more cost too long to look at.
_MAX_DASHES = 20_000
_BROKEN = (MessageError, LookupError, ValueError, RecursionError, TypeError, IndexError, KeyError, AttributeError)


def page_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The main text of a page saved as MHTML: of its first HTML part.

    Raises:
        BadDocument: the file is damaged, or holds no page.
    """
    for part in _parts(data, name):
        if part.get_content_type() == "text/html":
            return web_page.text_of(_payload(part, name), name, encoding or _charset(part))
    for part in _parts(data, name):
        if part.get_content_type() == "text/plain":
            return plain_text.text_of(_payload(part, name), name, encoding or _charset(part))
    raise refusal(name, "no_text")


def items_of(data: bytes, name: str, **_: object) -> Iterator[Item]:
    """What a mail holds: its own text (the plain one where both are sent), and each file attached."""
    bodies: dict[str, Message] = {}
    attached: list[tuple[str, Message]] = []
    for part in _parts(data, name):
        try:
            filename = part.get_filename()
        except _BROKEN:
            filename = f"part{len(attached) + 1}"
        if filename:
            attached.append((filename, part))
        elif part.get_content_type() in ("text/plain", "text/html"):
            bodies.setdefault(part.get_content_type(), part)
    for kind, suffix in (("text/plain", ".txt"), ("text/html", ".html")):
        if kind in bodies:
            body = _payload(bodies[kind], name)
            if body.strip():
                yield Item(f"{name}{suffix}", body, _charset(bodies[kind]))
                break
    for filename, part in attached:
        yield Item(f"{name}/{filename}", _payload(part, name), None)


def _parts(data: bytes, name: str) -> list[Message[Any, Any]]:
    """The leaves of a message, in order."""
    if data.count(b"\n--") > _MAX_DASHES:
        raise refusal(name, "too_many", limit=_MAX_PARTS, things="parts")
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=policy.compat32)
        parts: list[Message[Any, Any]] = []
        for part in message.walk():
            parts.append(part)
            if len(parts) > _MAX_PARTS:
                break
    except _BROKEN as error:
        raise refusal(name, "damaged", error=error) from None
    if len(parts) > _MAX_PARTS:
        raise refusal(name, "too_many", limit=_MAX_PARTS, things="parts")
    return [part for part in parts if not part.is_multipart()]


def _payload(part: Message[Any, Any], name: str) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _BROKEN as error:
        raise refusal(name, "damaged", error=error) from None
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message[Any, Any]) -> str | None:
    try:
        return part.get_content_charset()
    except _BROKEN:
        return None
