"""Which form of an answer a client gets: by ``format`` in the address, else by its Accept header (RFC 9110 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from kg.server.problems import Problem

__all__ = ["HTML", "JSON", "choose", "language"]

HTML = "text/html"
JSON = "application/json"


def choose(request: Request, forms: Mapping[str, str]) -> str:
    """The name of the form to answer in. The first of ``forms`` serves those who take anything.

    Args:
        forms: name of a form, as ``format=`` gives it, to its media type.

    Raises:
        Problem: 406, none of the forms is acceptable; 400, ``format`` names none of them.
    """
    asked = request.query_params.get("format")
    if asked is not None:
        if asked not in forms:
            raise Problem(400, f"format={asked!r}: 可选 one of {', '.join(forms)}")
        return asked
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    weights = {name: _weight(accept, media) for name, media in forms.items()}
    best = max(weights, key=lambda name: weights[name])
    if weights[best] <= 0:
        raise Problem(406, f"这里有 offered: {', '.join(forms.values())}")
    return best


def _weight(accept: str, media: str) -> float:
    """What the client gives for a media type: by the most exact of its ranges; among equals the exact ones first."""
    found = (-1, 0.0)
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        exactness = {media: 2, media.partition("/")[0] + "/*": 1, "*/*": 0}.get(name, -1)
        if exactness > found[0]:
            found = (exactness, _quality(parameters))
    return found[1]


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def language(request: Request) -> str:
    """The language of a page: ``lang`` in the address, else Chinese unless the client asks for English alone."""
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return asked
    accepted = request.headers.get("accept-language", "").lower()
    return "en" if accepted.startswith("en") and "zh" not in accepted else "zh"
