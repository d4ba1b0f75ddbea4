"""Round every route: who may ask, what every answer carries, compression, and a log that names no one.

One ASGI layer outside of everything, so that errors and refusals carry the same headers as pages do.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import gzip
import hmac
import logging
import time
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.problems import Problem, problem_response
from kg.server.settings import Settings

__all__ = ["SECURITY", "Surroundings"]

_log = logging.getLogger("kg.server.access")

# A route's own header of the same name stands.
SECURITY = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SECURITY = [(name.encode(), value.encode()) for name, value in SECURITY.items()]
# Whoever keeps a service running asks this without a token.
_OPEN = ("/health",)
_EXPOSED = "ETag, Retry-After, X-Build"
_SMALL, _LARGE = 1_000, 100_000
_TEXTUAL = ("text/", "application/")


class Surroundings:
    """The outermost layer. ``methods`` gives the methods of a path, empty where there is none."""

    def __init__(self, app: ASGIApp, settings: Settings, methods: Callable[[Scope], set[str]]) -> None:
        self._app = app
        self._settings = settings
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on to the application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send, Headers(scope=scope), self._settings)
        try:
            await self._pass(scope, receive, answer)
        except Exception:
            _log.exception("%s %s failed", scope["method"], _first(scope["path"]))
            if not answer.begun:
                problem = Problem(500, "this should not have happened; the log of the service tells more")
                await problem_response(Request(scope), problem)(scope, receive, answer)
        finally:
            _log.info(
                "%s %s %s %d bytes %.0f ms",
                scope["method"],
                _first(scope["path"]),
                answer.status,
                answer.size,
                answer.ms,
            )

    async def _pass(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await problem_response(Request(scope), refusal)(scope, receive, answer)
        elif scope["method"] == "OPTIONS":
            await self._options(scope, headers, answer)
        else:
            await self._app(scope, receive, answer)

    def _refusal(self, scope: Scope, headers: Headers) -> Problem | None:
        hosts, token = self._settings.hosts, self._settings.token
        if hosts is not None and _host(headers.get("host", "")) not in hosts:
            return Problem(421, f"this service answers to {', '.join(hosts)}; see serve --help for others")
        if token is None or scope["method"] == "OPTIONS" or scope["path"] in _OPEN:
            return None
        if not _bears(headers.get("authorization", ""), token):
            challenge = 'Bearer realm="eldercare-kg", Basic realm="eldercare-kg", charset="UTF-8"'
            detail = "send the token: Authorization: Bearer TOKEN, or as the password of any user"
            return Problem(401, detail, {"www-authenticate": challenge})
        return None

    async def _options(self, scope: Scope, headers: Headers, answer: _Answer) -> None:
        methods = self._methods(scope)
        if not methods:
            await problem_response(Request(scope), Problem(404, "there is no such page"))(scope, _nothing, answer)
            return
        allow = ", ".join(sorted({*methods, "OPTIONS"}))
        found = MutableHeaders({"allow": allow})
        if "access-control-request-method" in headers:
            found["access-control-allow-methods"] = allow
            found["access-control-allow-headers"] = "Accept, Authorization, Content-Type, If-None-Match"
            found["access-control-max-age"] = "600"
        await answer({"type": "http.response.start", "status": 204, "headers": found.raw})
        await answer({"type": "http.response.body", "body": b""})


class _Answer:
    """The way out: headers are added to the first message; a whole body is compressed where the client takes that."""

    def __init__(self, send: Send, asked: Headers, settings: Settings) -> None:
        self._send = send
        self._asked = asked
        self._settings = settings
        self._start: Message | None = None
        self._since = time.monotonic()
        self.begun = False
        self.status = 0
        self.size = 0

    @property
    def ms(self) -> float:
        """Milliseconds since the request came."""
        return (time.monotonic() - self._since) * 1000

    async def __call__(self, message: Message) -> None:
        """Send a message, the first one together with the second."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            raw = [*start["headers"]]
            there = {name for name, _ in raw}
            raw += [header for header in _SECURITY if header[0] not in there]
            headers = MutableHeaders(raw=raw)
            self._share(headers)
            if not message.get("more_body") and self.status == 200:
                message = {**message, "body": await self._compressed(headers, message.get("body", b""))}
            self.begun = True
            await self._send({**start, "headers": headers.raw})
        self.size += len(message.get("body", b""))
        await self._send(message)

    def _share(self, headers: MutableHeaders) -> None:
        if not self._settings.origins:
            return
        headers.add_vary_header("Origin")
        origin = self._asked.get("origin")
        if "*" in self._settings.origins or origin in self._settings.origins:
            headers["access-control-allow-origin"] = "*" if "*" in self._settings.origins else origin or ""
            headers["access-control-expose-headers"] = _EXPOSED
            headers["cross-origin-resource-policy"] = "cross-origin"

    async def _compressed(self, headers: MutableHeaders, body: bytes) -> bytes:
        if len(body) < _SMALL or "content-encoding" in headers or not _text(headers.get("content-type", "")):
            return body
        headers.add_vary_header("Accept-Encoding")
        if "gzip" not in self._asked.get("accept-encoding", ""):
            return body
        if len(body) > _LARGE:
            body = await asyncio.to_thread(gzip.compress, body, 1, mtime=0)
        else:
            body = gzip.compress(body, 1, mtime=0)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        return body


def _text(media_type: str) -> bool:
    return media_type.startswith(_TEXTUAL) or "svg" in media_type


def _first(path: str) -> str:
    """The first part of a path: what stands behind it may name someone."""
    first, _, rest = path.removeprefix("/").partition("/")
    return "/" + "".join(c for c in first[:40] if c.isalnum() or c in "-_.") + ("/…" if rest else "")


def _host(header: str) -> str:
    """The Host header without its port."""
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0].lower()


def _bears(header: str, token: str) -> bool:
    scheme, _, given = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode())


async def _nothing() -> Any:
    return {"type": "http.disconnect"}
