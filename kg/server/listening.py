"""The port: uvicorn, with a limit on how large a request's head may be and how long it may take to arrive."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable
from typing import Any, ClassVar

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.server.app import create_app
from kg.server.settings import Settings

__all__ = ["listen"]

_HEAD_SECONDS = 10.0
_CONNECTIONS = 1_000
# Threads that read large queries hand back the interpreter so soon.
_TURN = 0.001


class _Patient(HttpToolsProtocol):
    """HTTP by httptools; who sends half a head and waits, or a head without end, is cut off."""

    most: ClassVar[int] = 0
    _head: int | None = 0
    _late: asyncio.TimerHandle

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._late.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._late.cancel()
        self._expect_head()

    def on_headers_complete(self) -> None:
        self._late.cancel()
        self._head = None
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > self.most and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def _expect_head(self) -> None:
        self._head = 0
        self._late = asyncio.get_running_loop().call_later(_HEAD_SECONDS, self.transport.close)


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def listen(settings: Settings, host: str, port: int, ready: Callable[[str], None]) -> bool:
    """Serve until told to end; False where it could not begin.

    Args:
        ready: called with the address when requests are answered.

    Raises:
        OSError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    address = host.strip("[]")
    try:
        listening = socket.create_server((address, port), family=family, backlog=2048)
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror}; give another --port", f"{host}:{port}") from error
    sys.setswitchinterval(_TURN)
    # In an address each byte of a Chinese character takes three.
    _Patient.most = 3 * settings.limits.query_bytes + 32_000
    config = uvicorn.Config(
        create_app(settings),
        http=_Patient,
        ws="none",
        loop="auto",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=int(settings.limits.seconds) + 2,
    )
    name = f"[{address}]" if family == socket.AF_INET6 else address
    url = f"http://{name}:{listening.getsockname()[1]}/"
    server = _Server(config, lambda: ready(url))
    server.run(sockets=[listening])
    return server.started
