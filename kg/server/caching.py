"""Answers kept for whoever asks the same of the same build, and the validators that spare the answer altogether."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["Cache", "etag", "not_modified", "validators"]


class Cache:
    """The answers that were asked for last, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._answers: OrderedDict[tuple[object, ...], tuple[bytes, str]] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> tuple[bytes, str] | None:
        """An answer and its media type."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: tuple[object, ...], body: bytes, media_type: str) -> None:
        """Keep an answer, and let go of those not asked for the longest. A large one is not kept at all."""
        if len(body) * 8 > self._most or key in self._answers:
            return
        self._answers[key] = body, media_type
        self._size += len(body)
        while self._size > self._most:
            _, (gone, _) = self._answers.popitem(last=False)
            self._size -= len(gone)

    def clear(self) -> None:
        """Forget all of them."""
        self._answers.clear()
        self._size = 0


def etag(build: str, *what: object) -> str:
    """The validator of an answer: the build, and all that decides the answer besides. Weak: gzip may be round it."""
    digest = hashlib.blake2b("\0".join(map(str, what)).encode("utf-8", "surrogatepass"), digest_size=8)
    return f'W/"{build}-{digest.hexdigest()}"'


def validators(tag: str) -> dict[str, str]:
    """The headers of an answer that stays as it is until the next build."""
    return {"etag": tag, "cache-control": "no-cache", "vary": "Accept, Authorization"}


def not_modified(request: Request, tag: str) -> Response | None:
    """304, where the client has the answer already."""
    given = request.headers.get("if-none-match", "")
    if tag.removeprefix("W/") in (part.strip().removeprefix("W/") for part in given.split(",")):
        return Response(status_code=304, headers=validators(tag))
    return None
