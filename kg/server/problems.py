"""Refusals as answers: a status, what is wrong, and what to do, as RFC 9457 problem details."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["Problem", "problem_response"]

_TITLES = {
    400: "请求有误 Bad request",
    401: "需要令牌 Token needed",
    403: "只读服务 Read only",
    404: "没有此页 Not found",
    405: "方法不可用 Method not allowed",
    406: "没有所要的格式 Not acceptable",
    408: "请求太慢 Request timeout",
    413: "太大 Too large",
    415: "不认识的内容类型 Unsupported media type",
    421: "主机名不对 Misdirected request",
    429: "查询太多 Too many queries",
    503: "未能答完 Not answered",
}


class Problem(Exception):
    """A request that is refused, raised anywhere below a route.

    Args:
        status: 400 bad query, 413 too large, 429 busy, 503 out of time or memory …
        detail: what is wrong and what to do, for people.
        headers: such as ``Retry-After``.
    """

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


def problem_response(request: Request, error: Exception) -> Response:
    """The answer to a request that raised ``Problem``."""
    if not isinstance(error, Problem):
        raise error
    body = {
        "type": "about:blank",
        "title": _TITLES.get(error.status, "未能办理 Not done"),
        "status": error.status,
        "detail": error.detail,
    }
    return Response(
        json.dumps(body, ensure_ascii=False),
        error.status,
        {"cache-control": "no-store", **error.headers},
        "application/problem+json",
    )
