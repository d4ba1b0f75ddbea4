"""Connections to checked addresses only: what a name resolves to is looked at, and that very address is connected to.

So neither a name that points inwards, nor one that changes between the check and the use (DNS rebinding), nor a
redirect reaches a private address. Every wait is cut at the deadline of the fetch, however slowly bytes drip.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from kg.fetching.limits import FetchError

__all__ = ["CheckedTransport"]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    teredo = getattr(ip, "teredo", None)
    embedded = [inner] if inner else list(teredo or ())
    if ip in _NAT64:
        embedded.append(ipaddress.ip_address(int(ip) & 0xFFFFFFFF))
    return ip.is_global and not ip.is_multicast and all(part.is_global for part in embedded)


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _Backend(httpcore.NetworkBackend):
    """Connects where it is allowed, until the deadline."""

    def __init__(self, *, private: bool) -> None:
        self.private = private
        self.deadline = float("inf")
        self.inner = httpcore.SyncBackend()

    def left(self, timeout: float | None) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address ({error})") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        barred = [address for address in addresses if not self.private and not _is_public(address)]
        if barred:
            raise FetchError(
                f"{host} is {barred[0]}, which is no public address; --allow-private fetches from your own network"
            )
        problem: Exception | None = None
        for address in addresses:
            try:
                stream = self.inner.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Stream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError(f"{host} has no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise FetchError("only http and https are fetched")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, backend: _Backend) -> None:
        self.inner, self.backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.backend.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, self.backend.left(timeout)), self.backend)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    """The body of an answer as it comes."""

    def __init__(self, response: httpcore.Response) -> None:
        self.response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self.response.iter_stream()

    def close(self) -> None:
        self.response.close()


class CheckedTransport(httpx.BaseTransport):
    """httpx over such connections; one request at a time, each on a connection of its own."""

    def __init__(self, *, private: bool) -> None:
        self._backend = _Backend(private=private)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), max_keepalive_connections=0, network_backend=self._backend
        )

    def until(self, deadline: float) -> None:
        """Set the time (of ``time.monotonic``) at which every wait ends."""
        self._backend.deadline = deadline

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        assert isinstance(request.stream, httpx.SyncByteStream)
        asked = httpcore.Request(request.method, url, headers=request.headers.raw, content=request.stream)
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()
