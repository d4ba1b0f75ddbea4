"""What people have decided about readings: a plain file of corrections, checked line by line, and its normal form.

A file is CSV (the sheet that ``review`` writes, filled in), JSON Lines or, where openpyxl is installed, a workbook.
Each row has an ``id`` (``{first 16 digits of the text's hash}:{start}-{end}:{what}``), the ``words`` that stand there,
a ``verdict``, and where something changes a ``value``; ``who`` decided and a ``note``. Rows without a verdict are not
filled in. ``what`` is a type of mention, a relation, ``header.FIELD``, or the kind of another node of the graph.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kg.files import printable

__all__ = ["COLUMNS", "RELATIONS", "Correction", "by_text", "digest", "load", "pairs", "to_line"]

# Column and its heading in a sheet; a reader takes the first word.
COLUMNS = {
    "id": "编号",
    "document": "文件",
    "reason": "疑点",
    "confidence": "可信度",
    "sentence": "原句",
    "words": "文字",
    "read": "读作",
    "verdict": "判定（对 删 改 增）",
    "value": "改为",
    "who": "判定人",
    "note": "备注",
}
RELATIONS = ("issued_by", "replies_to", "based_on", "cites", "issues_text_of", "repeals", "amends", "runs", "measures")
_VERDICTS = {
    **dict.fromkeys(("confirm", "ok", "对", "是", "正确"), "confirm"),
    **dict.fromkeys(("drop", "删", "删除", "错", "误报"), "drop"),
    **dict.fromkeys(("set", "改", "修改", "更正"), "set"),
    **dict.fromkeys(("add", "增", "补", "增加", "补充"), "add"),
}
_ID = re.compile(r"(?P<text>[0-9a-f]{16}):(?P<start>\d{1,9})-(?P<end>\d{1,9}):(?P<what>[A-Za-z_.\d-]{1,40})")
_PAIR = re.compile(r"\s*([A-Za-z_]\w*)\s*[=＝]\s*(.*?)\s*", re.S)
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_REMEDY = "use a sheet that review wrote, or JSON Lines with the same columns"


class Correction(NamedTuple):
    """One decision: about ``[start, end)`` of a text, where ``words`` stand (white space does not count).

    ``value`` names what changes and what it becomes: attributes, ``type``, ``words`` of a better span, ``subject`` and
    ``object`` of a relation; a bare value, which means the chief one, is called ``""``. ``place`` is file and line.
    """

    text: str
    start: int
    end: int
    what: str
    verdict: str
    words: str = ""
    value: tuple[tuple[str, Any], ...] = ()
    who: str = ""
    note: str = ""
    document: str = ""
    place: str = ""

    @property
    def id(self) -> str:
        """The row's id."""
        return f"{self.text}:{self.start}-{self.end}:{self.what}"


def load(paths: Iterable[Path]) -> list[Correction]:
    """The corrections of these files, each once, in an order that does not depend on that of files and rows.

    Raises:
        ValueError: a file cannot be read, or a row says nothing that can be done; the message names file and line.
    """
    found: dict[Correction, Correction] = {}
    for path in paths:
        for number, row in _rows(path):
            place = f"{printable(path.name)}:{number}"
            if str(row.get("verdict") or "").strip():
                correction = _correction(row, place)
                found.setdefault(correction._replace(place="", document=""), correction)
    return sorted(found.values(), key=lambda c: (*c[:4], to_line(c)))


def by_text(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of each text."""
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        found.setdefault(correction.text, []).append(correction)
    return {text: tuple(those) for text, those in found.items()}


def digest(corrections: Iterable[Correction]) -> str:
    """Eight digits that change with what is decided, not with where it is written down; nothing for none."""
    lines = [to_line(correction._replace(document="")) for correction in corrections]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8] if lines else ""


def to_line(correction: Correction) -> str:
    """A correction as one line of JSON, which ``load`` reads back."""
    told: dict[str, Any] = {"id": correction.id, "words": correction.words, "verdict": correction.verdict}
    told |= {"value": dict(correction.value), "who": correction.who, "note": correction.note}
    told |= {"document": correction.document}
    return json.dumps({key: part for key, part in told.items() if part}, ensure_ascii=False, sort_keys=True)


def pairs(value: Any) -> tuple[tuple[str, Any], ...]:
    """``canonical=重庆市民政局; kind=target``, a JSON object or a bare value as pairs; a bare one is called ``""``.

    >>> pairs("canonical=重庆市民政局；kind="), pairs("重庆市民政局")
    ((('canonical', '重庆市民政局'), ('kind', None)), (('', '重庆市民政局'),))
    """
    if isinstance(value, str):
        value = value.strip()
        if value.startswith("{"):
            value = json.loads(value)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), _frozen(part)) for key, part in value.items()))
    if value in (None, ""):
        return ()
    if not isinstance(value, str) or not _PAIR.fullmatch(value.partition(";")[0].partition("；")[0]):
        return (("", _frozen(value)),)
    found = {}
    for part in re.split(r"[;；\n]", value):
        match = _PAIR.fullmatch(part)
        if match:
            found[match[1]] = match[2] or None
        elif part.strip():
            raise ValueError(f"{part.strip()!r} is not NAME=VALUE")
    return tuple(sorted(found.items()))


def _frozen(value: Any) -> Any:
    """A JSON value that can be hashed: lists as tuples, objects as JSON text."""
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _correction(row: Mapping[str, Any], place: str) -> Correction:
    match = _ID.fullmatch(str(row.get("id") or "").strip())
    if not match:
        raise ValueError(f"{place}: {str(row.get('id'))[:60]!r} is no id like 0123456789abcdef:12-18:AGENCY; {_REMEDY}")
    verdict = _VERDICTS.get(str(row["verdict"]).strip().lower())
    if verdict is None:
        raise ValueError(f"{place}: verdict {str(row['verdict'])[:20]!r} is none of 对 删 改 增 (confirm drop set add)")
    try:
        value = pairs(row.get("value"))
        if match["what"] in RELATIONS:
            value = tuple(sorted({**dict(pairs(row.get("read"))), **dict(value)}.items()))
    except ValueError as error:
        raise ValueError(f"{place}: the value cannot be read: {error}") from error
    if verdict == "set" and not value:
        raise ValueError(f"{place}: 改 (set) needs a value, such as canonical=重庆市民政局")
    words, who, note, document = (" ".join(str(row.get(n) or "").split()) for n in ("words", "who", "note", "document"))
    start, end, what = int(match["start"]), int(match["end"]), match["what"]
    return Correction(match["text"], start, end, what, verdict, words, value, who, note, document, place)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """A file's rows with their line numbers."""
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson", ".json"):
        yield from _json_rows(path)
    elif suffix == ".xlsx":
        yield from _sheet_rows(path, _workbook(path))
    else:
        text = _decoded(path)
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        yield from _sheet_rows(path, ((reader.line_num, row) for row in reader))


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(_decoded(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{printable(path)}:{number}: not a correction ({error!r}); {_REMEDY}") from error
        yield number, row


def _sheet_rows(path: Path, lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, dict[str, Any]]]:
    heads: list[str] = []
    for number, cells in lines:
        if not heads:
            heads = [(cell.split() or [""])[0].lower() for cell in cells]
            if not {"id", "words", "verdict"} <= set(heads):
                raise ValueError(f"{printable(path)}:{number}: no columns id, words and verdict; {_REMEDY}")
        elif any(cells):
            yield number, {head: _GUARDED.sub("", cell, count=1) for head, cell in zip(heads, cells, strict=False)}


def _workbook(path: Path) -> Iterator[tuple[int, list[str]]]:
    from kg.review.workbook import rows

    return enumerate(rows(path), 1)


def _decoded(path: Path) -> str:
    """A file's text: UTF-8, or GB 18030 as Excel saves it in Chinese."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{printable(path)}: neither UTF-8 nor GB 18030; save it as UTF-8")
