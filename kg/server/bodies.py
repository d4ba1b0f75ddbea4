"""What comes with a request: its body, within a size and a time, and its parameters, each where it may stand once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.server.problems import Problem

__all__ = ["media_type", "once", "pairs", "read"]

_FIELDS = 1_000


async def read(request: Request, most: int, seconds: float) -> bytes:
    """The body of a request.

    Raises:
        Problem: 413 it is larger, 408 it does not arrive in time.
    """
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > most:
        raise Problem(413, f"the body is larger than {most:,} bytes")
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise Problem(413, f"the body is larger than {most:,} bytes")
    except (TimeoutError, ClientDisconnect):
        raise Problem(408, f"the body did not arrive within {seconds:g} seconds", {"connection": "close"}) from None
    return bytes(body)


def media_type(request: Request) -> str:
    """The media type of the body, without parameters.

    Raises:
        Problem: 415, it has another character set than UTF-8.
    """
    name, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "charset" and value.strip(" \"'") not in ("utf-8", "utf8"):
            raise Problem(415, "only UTF-8 is read")
    return name


def pairs(data: bytes) -> list[tuple[str, str]]:
    """Names and values of a query string or a form.

    Raises:
        Problem: 400, it is not UTF-8 or has too many parts.
    """
    try:
        text = data.decode("ascii", "strict") if data.isascii() else data.decode()
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise Problem(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise Problem(400, f"there are more than {_FIELDS} parameters") from None


def once(found: Iterable[tuple[str, str]], name: str) -> str | None:
    """The value of a parameter, None where it is missing.

    Raises:
        Problem: 400, it is given more than once.
    """
    values = [value for key, value in found if key == name]
    if len(values) > 1:
        raise Problem(400, f"{name} is given {len(values)} times; once is enough")
    return values[0] if values else None
