"""One page over the network: redirects followed by hand, sizes and times bounded, what is packed unpacked with care."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpcore
import httpx

from kg.fetching.limits import FetchError, Limits
from kg.fetching.network import CheckedTransport

__all__ = ["AGENT", "Answer", "Asker", "checked_url", "judged"]

AGENT = "eldercare-kg (+https://w3id.org/cn-eldercare/)"
_MOST_REDIRECTS = 5
_PAGES = (200, 203)
_REDIRECTS = (301, 302, 303, 307, 308)
# The server is busy or has broken down for a while (RFC 9110 15.6, RFC 6585 4).
_BUSY = (429, 500, 502, 503, 504)
_LONGEST_URL = 2_000
_BROKEN = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpx.TransportError, OSError)


class Answer(NamedTuple):
    """What a server has answered. ``body`` is empty where it says that nothing has changed (304)."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def checked_url(url: str) -> httpx.URL:
    """An address that may be fetched.

    Raises:
        FetchError: it is none, or neither http nor https, or carries a password.
    """
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{url[:200]}: no web address ({error})") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise FetchError(f"{url[:200]}: only http and https are fetched; save the page yourself and give the file")
    if parsed.userinfo:
        raise FetchError(f"{parsed.host}: the address carries a name or password; leave it out")
    if len(str(parsed)) > _LONGEST_URL:
        raise FetchError(f"{parsed.host}: the address is longer than {_LONGEST_URL} characters")
    return parsed.copy_with(fragment=None)


class Asker:
    """Asks servers for pages, one after the other, within limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.transport = CheckedTransport(private=limits.private)

    def close(self) -> None:
        """Let go of the network."""
        self.transport.close()

    def get(self, url: str, headers: Mapping[str, str], before: Callable[[httpx.URL], None]) -> Answer:
        """What the server at an address answers, through redirects.

        Args:
            before: called with each address before it is asked; it waits, or raises FetchError where none may ask.

        Raises:
            FetchError: there is no answer, or it breaks a limit.
        """
        seen: list[httpx.URL] = []
        target = checked_url(url)
        while True:
            if target in seen or len(seen) > _MOST_REDIRECTS:
                raise FetchError(f"{url}: redirects without end; open it in a browser and save the page")
            seen.append(target)
            before(target)
            self.transport.until(time.monotonic() + self.limits.seconds)
            answer = self._once(target, headers)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            try:
                following = target.join(answer.headers["location"])
            except (httpx.InvalidURL, ValueError):
                raise FetchError(f"{url}: redirects to what is no web address") from None
            target = checked_url(str(following))

    def _once(self, url: httpx.URL, headers: Mapping[str, str]) -> Answer:
        request = httpx.Request(
            "GET", url, headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", **headers}
        )
        try:
            response = self.transport.handle_request(request)
            try:
                told = {key.lower(): value for key, value in response.headers.items()}
                body = self._body(str(url), response, told) if response.status_code in _PAGES else b""
                return Answer(str(url), response.status_code, told, body)
            finally:
                response.close()
        except (httpcore.TimeoutException, httpx.TimeoutException, TimeoutError):
            raise FetchError(f"{url}: no whole page within {self.limits.seconds:g} seconds", again=True) from None
        except _BROKEN as error:
            raise FetchError(f"{url}: the connection failed ({error})", again=True) from None

    def _body(self, url: str, response: httpx.Response, headers: Mapping[str, str]) -> bytes:
        """The bytes of a page, unpacked.

        Raises:
            FetchError: they are too many, fewer than announced, or packed in a way not asked for.
        """
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self.limits.size:
            raise self._too_large(url)
        unpack = _Unpacked(url, headers.get("content-encoding", "").lower(), self.limits.size)
        body = bytearray()
        assert isinstance(response.stream, httpx.SyncByteStream)
        for piece in response.stream:
            for part in unpack(piece):
                body += part
                if len(body) > self.limits.size:
                    raise self._too_large(url)
        if not unpack.is_whole:
            raise FetchError(f"{url}: the page breaks off", again=True)
        return bytes(body)

    def _too_large(self, url: str) -> FetchError:
        return FetchError(f"{url}: larger than {self.limits.size:,} bytes; save it yourself, or raise --max-size")


def judged(url: str, answer: Answer) -> Answer:
    """An answer that is a page, or says that it has not changed.

    Raises:
        FetchError: it is neither.
    """
    if answer.status in (*_PAGES, 304):
        return answer
    if answer.status in _BUSY:
        after = _seconds(answer.headers.get("retry-after", ""))
        raise FetchError(f"{url}: the server answers {answer.status}; try again later", again=True, after=after)
    what = {404: "there is no such page", 410: "the page is gone", 401: "it needs a login", 403: "it is forbidden"}
    raise FetchError(f"{url}: the server answers {answer.status} ({what.get(answer.status, 'no page')})")


class _Unpacked:
    """Undoes a content coding, a bounded piece at a time."""

    _PIECE = 1 << 18

    def __init__(self, url: str, coding: str, size: int) -> None:
        self.url, self.size = url, size
        self.inner: zlib._Decompress | None = None
        if coding in ("gzip", "x-gzip"):
            self.inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif coding == "deflate":
            self.inner = zlib.decompressobj()
        elif coding not in ("", "identity"):
            raise FetchError(f"{url}: packed as {coding[:20]}, which was not asked for; save it yourself")
        self.begun = False

    def __call__(self, data: bytes) -> Iterator[bytes]:
        if self.inner is None:
            yield data
            return
        try:
            while data:
                self.begun = True
                yield self.inner.decompress(data, self._PIECE)
                data = self.inner.unconsumed_tail
        except zlib.error:
            raise FetchError(f"{self.url}: what it sends is not packed as it says; save it yourself") from None

    @property
    def is_whole(self) -> bool:
        """Whether the packed data have come to their end."""
        return self.inner is None or not self.begun or self.inner.eof


def _seconds(told: str) -> float | None:
    """How long Retry-After asks to wait: seconds, or a date."""
    if told.strip().isdigit():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
