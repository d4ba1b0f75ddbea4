"""Normal form to IRI: the only place where IRIs are minted.

The same thing read twice gets the same IRI, whichever document speaks of it; so documents meet in the store without
a second pass. An IRI depends on the normal form and the table of divisions (GB/T 2260), on nothing else.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from ontology import table
from ontology.terms import BASE

__all__ = [
    "Area",
    "agency",
    "alias",
    "area",
    "by_code",
    "claim",
    "code",
    "document",
    "graph",
    "is_number",
    "named",
    "of_path",
    "original",
    "proposal",
    "reading",
    "run",
    "segment",
    "software",
    "source",
    "span",
    "territory",
]

NATION = "000000"
# Letters and digits of any script stand as they are, and these marks of Chinese names; all else is percent-encoded.
_HOSTILE = re.compile(r"[^\w\-.~（）、，：·“”‘’〔〕【】〈〉《》＋—…！？；。]")
_NUMBER = re.compile(r"(?P<prefix>.+?)〔(?P<year>\d{4})〕(?:第)?(?P<serial>\d+(?:-\d+)?)号")
# Orders, announcements and standards: 国务院令第722号, 民政部公告2021年第3号, GB/T 42195-2022, DB51/T 2819-2021.
_OTHER_NUMBER = re.compile(r".{1,30}\d号|[A-Z]{2,}[A-Z0-9]*(?:/[A-Z]+)?\s*\d[\d.]*(?:[-—]\d{4})?")
_TITLE_MARKS = re.compile(r"[《》〈〉“”\"'\s]")
_NUMERALS = {digit: index for index, digit in enumerate("〇一二三四五六七八九")}
_LONGEST = 80


def _fold(text: str) -> str:
    """Look-alike characters made one; the reader is loaded only when something is minted."""
    from extractors.readers.folding import fold

    return fold(text)


def segment(text: str) -> str:
    """Text as one path segment of an IRI: no slash, space, control, quote or bidirectional mark gets through.

    >>> segment("关于A/B的通知 "), segment("../..")
    ('关于A%2FB的通知%20', '%2E%2E%2F%2E%2E')
    """
    text = unicodedata.normalize("NFC", text)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]}~{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    safe = _HOSTILE.sub(lambda match: quote(match[0], safe=""), text)
    return safe.replace(".", "%2E") if set(safe.replace("%2F", "")) <= {"."} else safe


def graph(name: str) -> str:
    """The IRI of a named graph: ``src-{hash}`` for a document's own."""
    return f"{BASE}graph/{name}"


def source(sha256: str) -> str:
    """The text itself, by the first 16 hex digits of its hash."""
    return f"{BASE}id/src/{sha256[:16]}"


def original(sha256: str) -> str:
    """A file's bytes as they came, by their hash."""
    return f"{BASE}id/file/{sha256[:32]}"


def software(reader: str) -> str:
    """A reader and its version."""
    return f"{BASE}id/software/{segment(reader)}"


def run(file: str, reader: str) -> str:
    """The reading of a file by a reader."""
    return f"{BASE}id/run/{file.rpartition('/')[2]}/{segment(reader)}"


def span(sha256: str, start: int, end: int, kind: str = "src") -> str:
    """A stretch of a text: ``src`` a mention, ``obs`` a count, ``cite``, ``issue``, ``section``."""
    return f"{BASE}id/{kind}/{sha256[:16]}/{start}-{end}"


def claim(sha256: str, subject: str, predicate: str, target: str, place: str) -> str:
    """The claim of one place in a text (``start-end``) that an edge holds between two shared things."""
    digest = hashlib.sha256(f"{subject}\n{predicate}\n{target}\n{place}".encode()).hexdigest()
    return f"{BASE}id/claim/{sha256[:16]}/{digest[:12]}"


def code(scheme: str, value: str) -> str:
    """A member of a code list: ``code("unit", "人次")``."""
    return f"{BASE}code/{scheme}-{segment(value)}"


def named(kind: str, name: str) -> str:
    """A thing known by its name alone: ``program``, ``group``, ``organization``."""
    return f"{BASE}id/{kind}/{segment(_TITLE_MARKS.sub('', _fold(name)))}"


def reading(rule: str, confidence: float) -> str:
    """A rule or model at one degree of sureness."""
    return f"{BASE}id/reading/{segment(rule)}/{confidence:.2f}"


class Area(NamedTuple):
    """An administrative area: IRI, full name, GB/T 2260 code (or None), level, and the area above it (or None)."""

    iri: str
    name: str
    code: str | None
    level: str | None
    parent: Area | None


@cache
def _divisions() -> tuple[dict[str, str], dict[str, tuple[str, str, str]], frozenset[str]]:
    """Full name to code; code to name, parent's code, level; and every single name."""
    rows = {row["code"]: row for row in table("regions")}
    names: dict[str, str] = {}
    facts: dict[str, tuple[str, str, str]] = {}
    for key, row in rows.items():
        chain, above = row["name"], row["parent"]
        while above and above in rows:
            chain, above = rows[above]["name"] + chain, rows[above]["parent"]
        facts[key] = (chain, row["parent"], row["level"])
        if chain not in names or not row.get("until"):
            names[chain] = key
    return names, facts, frozenset(row["name"] for row in rows.values() if len(row["name"]) > 2)


def _by_code(key: str) -> Area:
    name, parent, level = _divisions()[1][key]
    return Area(f"{BASE}id/area/{key}", name, key, level, _by_code(parent) if parent else None)


def by_code(code: str) -> Area | None:
    """The area of a GB/T 2260 code, None where the table has none."""
    return _by_code(code) if code in _divisions()[1] else None


@lru_cache(maxsize=65536)
def area(name: str) -> Area:
    """The area of a canonical name; a place below the table hangs on the longest part that is in it.

    >>> area("重庆市渝北区").iri
    'https://w3id.org/cn-eldercare/id/area/500112'
    >>> area("重庆市渝北区某镇").iri
    'https://w3id.org/cn-eldercare/id/area/500112/某镇'
    """
    names, _, _ = _divisions()
    for length in range(len(name), 1, -1):
        if name[:length] in names:
            known = _by_code(names[name[:length]])
            if length == len(name):
                return known
            return Area(f"{known.iri}/{segment(name[length:])}", name, None, None, known)
    return Area(f"{BASE}id/area/x/{segment(name)}", name, None, None, None)


@lru_cache(maxsize=65536)
def territory(name: str) -> Area:
    """The area whose name stands first in a body's full name; the nation where none does.

    >>> territory("中共重庆市委员会").code, territory("民政部").code
    ('500000', '000000')
    """
    names, _, _ = _divisions()
    for start in range(len(name)):
        for end in range(min(len(name), start + 30), start + 1, -1):
            if names.get(name[start:end], NATION) != NATION:
                return _by_code(names[name[start:end]])
    return _by_code(NATION)


def agency(canonical: str) -> str:
    """A body by the code of its territory and its full official name."""
    return f"{BASE}id/org/{territory(canonical).code}/{segment(canonical)}"


def is_number(key: str) -> bool:
    """True for the key of a document that is its number and not its title."""
    return bool(_NUMBER.fullmatch(key) or _OTHER_NUMBER.fullmatch(key))


@lru_cache(maxsize=4096)
def _scope(title: str) -> str | None:
    """The territory a title gives itself: a code, ``x`` where it names a place without its chain, None for none."""
    names, _, singles = _divisions()
    for length in range(min(len(title), 30), 1, -1):
        if title[:length] in names:
            return names[title[:length]]
    for start in range(len(title)):
        if any(title[start : start + length] in singles for length in range(3, 12)):
            return "x"
    return None


def document(key: str, issuers: tuple[str, ...] = (), territory_code: str | None = None) -> str:
    """A document by its number; without one by its title, and its issuers' territory where the title names no place.

    A title that names no place and has no known local issuer stands under ``x``: most such are national.
    ``territory_code`` is the territory that the citing text gives it.

    >>> document("渝医保发〔2021〕63号").removeprefix(BASE)
    'id/doc/渝医保发-2021-63'
    >>> document("长期护理成人失能分类规范", ("四川省民政厅",)).removeprefix(BASE)
    'id/doc/510000/长期护理成人失能分类规范'
    """
    key = _fold(key).strip()
    if match := _NUMBER.fullmatch(key):
        return f"{BASE}id/doc/{segment('{prefix}-{year}-{serial}'.format(**match.groupdict()))}"
    if is_number(key):
        return f"{BASE}id/doc/{segment(re.sub('[第号 ]+', '-', key).strip('-'))}"
    title = _TITLE_MARKS.sub("", key)
    scope = _scope(title)
    if scope is None:
        codes = {territory(name).code for name in issuers} or {territory_code}
        scope = codes.pop() if len(codes) == 1 else None
        scope = "x" if scope in (None, NATION) else scope
    return f"{BASE}id/doc/{scope}/{segment(title)}"


def _plain(session: str) -> str:
    """A session in figures: 第十六届三次会议, 第十六届第三次会议 and 十六届三次会议 are one (``16-3``)."""
    found = re.findall(r"([〇一二三四五六七八九十\d]+)(?=[届次])", session)
    return "-".join(part if part.isdigit() else str(_count(part)) for part in found) or segment(session)


def _count(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def proposal(kind: str, body: str | None, session: str | None, number: str | None, title: str | None) -> str:
    """A deputies' or members' proposal, by the body and session it was put to and its number; else by its title.

    >>> proposal("提案", "中国人民政治协商会议重庆市渝北区委员会", "第十六届三次会议", "355", None).removeprefix(BASE)
    'id/proposal/500112/提案-16-3-355'
    """
    if body and session and number:
        return f"{BASE}id/proposal/{territory(body).code}/{segment(f'{kind}-{_plain(session)}-{number}')}"
    return f"{BASE}id/proposal/x/{segment(_TITLE_MARKS.sub('', _fold(title or f'{kind}-{session}-{number}')))}"


def alias(sha256: str, surface: str) -> str:
    """A name that its text cannot settle: it belongs to that text alone."""
    return f"{BASE}id/alias/{sha256[:16]}/{segment(surface)}"


def of_path(path: str) -> str:
    """The IRI that a percent-encoded path below our base stands for, in whatever way a client has encoded it.

    >>> of_path("id/doc/%E6%B8%9D%E5%8C%97%E6%B0%91-2024-61").removeprefix(BASE)
    'id/doc/渝北民-2024-61'
    >>> of_path("code/unit-%25") == code("unit", "%")
    True
    """
    parts = (unicodedata.normalize("NFC", unquote(part)) for part in path.split("/"))
    return BASE + "/".join(_HOSTILE.sub(lambda match: quote(match[0], safe=""), part) for part in parts)
