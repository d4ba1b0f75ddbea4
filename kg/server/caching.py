"""Answers kept for whoever asks the same of the same build, and the validators that spare the answer altogether."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response

from kg.server.choosing import language
from kg.server.frame import POLICY

__all__ = ["Cache", "etag", "lasting", "not_modified", "page_etag", "page_not_modified", "validators"]

_PAGES_VARY = "Accept, Accept-Language, Authorization"


class Cache:
    """The answers that were asked for last, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._answers: OrderedDict[str, tuple[bytes, str]] = OrderedDict()

    def get(self, key: str) -> tuple[bytes, str] | None:
        """The answer, with its media type, that has this validator."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: str, body: bytes, media_type: str) -> None:
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
    digest = hashlib.blake2b("\0".join(map(str, what)).encode("utf-8", "surrogatepass"), digest_size=16)
    return f'W/"{build}-{digest.hexdigest()}"'


def validators(tag: str) -> dict[str, str]:
    """The headers of an answer that stays as it is until the next build."""
    return {"etag": tag, "cache-control": "no-cache", "vary": "Accept, Authorization"}


def not_modified(request: Request, tag: str, headers: Mapping[str, str] | None = None) -> Response | None:
    """304, where the client has the answer already.

    Args:
        headers: what the answer itself would carry: a client puts those of the 304 in their place (RFC 9111 3.2).
    """
    given = request.headers.get("if-none-match", "")
    if tag.removeprefix("W/") in (part.strip().removeprefix("W/") for part in given.split(",")):
        return Response(status_code=304, headers={**validators(tag), **(headers or {})})
    return None


def page_etag(request: Request, build: str, form: str) -> str:
    """The validator of a page: a build, the address with its parameters, the form, the language, our version."""
    asked = request.scope.get("raw_path") or request.url.path
    return etag(build, version("eldercare-kg"), asked, request.url.query, form, language(request))


def page_not_modified(request: Request, tag: str, form: str) -> Response | None:
    """304, where the client has the page already, in this form."""
    policy = {"content-security-policy": POLICY} if form == "html" else {}
    return not_modified(request, tag, {"vary": _PAGES_VARY, **policy})


def lasting(answer: Response, tag: str) -> Response:
    """The answer with its validator; a refusal stays without."""
    if answer.status_code == 200:
        answer.headers.update({**validators(tag), "vary": _PAGES_VARY})
    return answer
