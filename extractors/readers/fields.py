"""Metadata that come beside a text, such as a table's other columns: those that are a header's become its first lines.

So a header read from metadata has its evidence in the text, as one read from a page's table of data has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.readers.page_lines import page_labels
from ontology import table

__all__ = ["further", "url_of", "with_fields"]

_URL = "url"
_DATE = re.compile(r"\s*([12][0-9]{3})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?(?:[T ].*)?$")
_DATES = frozenset(("date", "published"))
_NOT_HEADER = frozenset(("chrome",))
_HEAD_LINES = 40


@cache
def _labels() -> dict[str, str]:
    """From a column's name to the label under which a page prints its values."""
    return {row["column"]: row["label"] for row in table("meta_columns")}


def url_of(fields: Mapping[str, str]) -> str | None:
    """The web address that the metadata give, None where they give none."""
    for column, value in fields.items():
        if _label(column) == _URL and value.startswith(("http://", "https://")):
            return value.strip()
    return None


def further(fields: Mapping[str, str]) -> dict[str, str]:
    """The metadata that are neither a header's nor the web address."""
    return {column: value for column, value in fields.items() if not (_element(column) or _label(column) == _URL)}


def _label(column: str) -> str:
    return _labels().get(column.lower(), column)


def _element(column: str) -> str | None:
    """The element of a header that a column gives, None where it gives none."""
    element = page_labels().get(_label(column), "chrome")
    return None if element in _NOT_HEADER else element


def with_fields(text: str, fields: Mapping[str, str]) -> str:
    """The text, headed by a line ``label：value`` for each field of a header that its own head does not print.

    >>> with_fields("关于开展助餐服务的通知\\n", {"doc_number": "海民发〔2023〕18号", "类别": "养老"})
    '发文字号：海民发〔2023〕18号\\n关于开展助餐服务的通知\\n'
    """
    printed = re.sub(r"\s", "", "".join(text.split("\n", _HEAD_LINES)[:_HEAD_LINES]))
    lines = []
    for column, value in fields.items():
        element, value = _element(column), " ".join(value.split())
        if element is None or not value:
            continue
        if element in _DATES:
            day = _DATE.match(value)
            value = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else value
        if "".join(value.split()) not in printed:
            lines.append(f"{_label(column)}：{value}\n")
    return "".join([*lines, text])
