"""What a page saved by a browser tells of where and when it was saved."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

__all__ = ["saved_from"]

_HEAD = 8192
_COMMENT = re.compile(rb"<!--\s*saved from url=\(\d{4}\)(https?://[^\s<>\"]{1,2000}?)\s*-->")
_LOCATION = re.compile(rb"^(?:Snapshot-)?Content-Location:\s*(https?://[^\s<>\"]{1,2000})\s*$", re.I | re.M)
_DATE = re.compile(rb"^Date:\s*([^\r\n]{10,60})", re.I | re.M)


def saved_from(data: bytes, kind: str) -> dict[str, str]:
    """``url`` and ``retrieved`` (UTC, to the second) of a saved page, as far as it tells them.

    >>> saved_from(b"<!-- saved from url=(0020)http://www.gov.cn/a -->\\n<html>", ".html")
    {'url': 'http://www.gov.cn/a'}
    """
    head = data[:_HEAD]
    if kind in (".html", ".htm", ".shtml"):
        found = _COMMENT.search(head)
        return {"url": found[1].decode("ascii", "replace")} if found else {}
    if kind not in (".mht", ".mhtml"):
        return {}
    told = {}
    place, day = _LOCATION.search(head), _DATE.search(head)
    if place:
        told["url"] = place[1].decode("ascii", "replace")
    if day:
        try:
            saved = parsedate_to_datetime(day[1].decode("ascii", "replace").strip())
            told["retrieved"] = saved.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (ValueError, OverflowError):
            return told
    return told
