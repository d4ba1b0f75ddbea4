"""标注行：把期望写在文字里，懂公文的人不写代码也能加用例。

``由[[AGENCY canonical=国家发展和改革委员会|国家发改委]]牵头`` 是文字 ``由国家发改委牵头`` 和一处期望。
标记可以套标记。属性之间用空格隔开；只写名字的是标志（``[[AGENCY elliptical|民政]]``）；``null`` 表示没有值；
``value``、``value_max`` 是数。文字里不能直接出现 ``[[``、``]]``；没有闭合、多余或写错的标记一律报错。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["MarkError", "Marked", "Wanted", "parse", "render"]

TYPES = (
    *("AGENCY", "ORGANIZATION", "DOCUMENT_TITLE", "DOCUMENT_NUMBER", "PROPOSAL_NUMBER", "PROGRAM", "COUNT"),
    *("REGION", "TIME", "GROUP"),
)
FLAGS = ("nested", "self", "anaphor", "bare", "elliptical")
NUMBERS = ("value", "value_max")
TEXTS = ("canonical", "document", "kind", "iso", "comparator", "unit", "what", "time", "region", "direction")
_TOKEN = re.compile(r"\[\[([^\[\]|]*)\||\[\[|\]\]")
_ATTRIBUTE = re.compile(r" +(?=[a-z_]+(?:[= ]|\Z))")


class MarkError(ValueError):
    """A line whose marks cannot be read; the message shows where."""


class Wanted(NamedTuple):
    """A mention that the line says must be found, with the attributes it lists."""

    start: int
    end: int
    type: str
    attributes: dict[str, Any]


class Marked(NamedTuple):
    """The text without marks, and what is wanted of it in text order, outer before inner."""

    text: str
    wanted: tuple[Wanted, ...]


def parse(line: str) -> Marked:
    """Take the marks out of a line.

    >>> parse("由[[AGENCY canonical=国家发展和改革委员会|国家发改委]]牵头")
    Marked(text='由国家发改委牵头', wanted=(Wanted(start=1, end=6, type='AGENCY', attributes={'canonical': \
'国家发展和改革委员会'}),))

    Raises:
        MarkError: a mark is not closed, closes nothing, names no type, or holds an attribute that there is not.
    """
    pieces: list[str] = []
    open_marks: list[tuple[int, str, dict[str, Any]]] = []
    wanted: list[Wanted] = []
    done = length = 0
    for token in _TOKEN.finditer(line):
        pieces.append(line[done : token.start()])
        length += len(pieces[-1])
        done = token.end()
        if token[0] == "]]":
            if not open_marks:
                raise MarkError(f"]] closes nothing: …{line[: token.end()][-40:]}")
            start, kind, attributes = open_marks.pop()
            if start == length:
                raise MarkError(f"an empty mark: …{line[: token.end()][-40:]}")
            wanted.append(Wanted(start, length, kind, attributes))
        elif token[1] is None:
            raise MarkError(f"[[ without TYPE|: {line[token.start() :][:40]}…")
        else:
            open_marks.append((length, *_head(token[1])))
    if open_marks:
        raise MarkError(f"{len(open_marks)} mark(s) not closed: {line[-40:]}")
    pieces.append(line[done:])
    return Marked("".join(pieces), tuple(sorted(wanted, key=lambda w: (w.start, -w.end))))


def _head(head: str) -> tuple[str, dict[str, Any]]:
    """``TYPE name=value flag`` to the type and its attributes."""
    kind, *parts = _ATTRIBUTE.split(head)
    if kind not in TYPES:
        raise MarkError(f"no such type: {kind!r} in [[{head}|")
    attributes: dict[str, Any] = {}
    for part in parts:
        name, equals, value = part.partition("=")
        if name in attributes or name not in (FLAGS + NUMBERS + TEXTS if equals else FLAGS):
            raise MarkError(f"unknown or repeated attribute {name!r} in [[{head}|")
        if not equals:
            attributes[name] = True
        elif value == "null":
            attributes[name] = None
        else:
            attributes[name] = float(value) if name in NUMBERS else value
    return kind, attributes


def render(text: str, mentions: Iterable[Mapping[str, Any]]) -> str:
    """The marked line of a text and its annotated mentions: what ``parse`` reads back.

    Raises:
        MarkError: two mentions cross, so that no nesting of marks can show them.
    """
    out: list[str] = []
    open_ends: list[int] = []
    done = 0
    for mention in sorted(mentions, key=lambda m: (m["start"], -m["end"])):
        start, end = mention["start"], mention["end"]
        while open_ends and open_ends[-1] <= start:
            out += [text[done : open_ends[-1]], "]]"]
            done = open_ends.pop()
        if open_ends and open_ends[-1] < end:
            raise MarkError(f"crossing mentions near {start}: {text[start:end]}")
        out += [text[done:start], f"[[{_written(mention)}|"]
        done = start
        open_ends.append(end)
    while open_ends:
        out += [text[done : open_ends[-1]], "]]"]
        done = open_ends.pop()
    return "".join([*out, text[done:]])


def _written(mention: Mapping[str, Any]) -> str:
    parts = [mention["type"]]
    for name in (*FLAGS, *TEXTS, *NUMBERS):
        if name not in mention or (name in FLAGS and not mention[name]):
            continue
        value = mention[name]
        parts.append(name if name in FLAGS else f"{name}={'null' if value is None else value}")
    return " ".join(parts)
