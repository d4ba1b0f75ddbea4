"""Which form of an answer a client gets: by ``format`` in the address, else by its Accept header (RFC 9110 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from kg.server.negotiation import preferred
from kg.server.problems import Problem

__all__ = ["HTML", "JSON", "choose", "language"]

HTML = "text/html"
JSON = "application/json"


def choose(request: Request, forms: Mapping[str, str]) -> str:
    """The name of the form to answer in. The first of ``forms`` serves those who take anything.

    Args:
        forms: name of a form, as ``format=`` gives it, to its media type.

    Raises:
        Problem: 406, none of the forms is acceptable; 400, ``format`` names none of them, or ``lang`` no language.
    """
    language(request)
    asked = request.query_params.get("format")
    if asked is not None:
        if asked not in forms:
            raise Problem(400, f"format={asked!r}: 可选 one of {', '.join(forms)}")
        return asked
    found = preferred(",".join(request.headers.getlist("accept")), list(forms.values()))
    if found is None:
        raise Problem(406, f"这里有 offered: {', '.join(forms.values())}")
    return next(name for name, media in forms.items() if media == found)


def language(request: Request) -> str:
    """The language of a page: ``lang`` in the address, else Chinese unless the client asks for English alone.

    Raises:
        Problem: 400, ``lang`` is neither zh nor en.
    """
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return asked
    if asked is not None:
        raise Problem(400, f"lang={asked!r}: 可选 one of zh, en")
    accepted = request.headers.get("accept-language", "").lower()
    return "en" if accepted.startswith("en") and "zh" not in accepted else "zh"
