"""Finding things by name in the index of ``kg.server.names``: exact names first, then parts, pinyin and initials."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from kg.server.names import SPELLED, grams, runs

__all__ = ["Hit", "Index"]

# So many of the best ranked are looked at; the index gives them in the order of their ranks.
_LOOKED_AT = 200
_LONGEST = 200
_COLUMNS = "id, iri, kind, label, number, date, mentions, spelled, initials"
_LAST = "\U0010ffff"


class Hit(NamedTuple):
    """A thing that was found: ``name`` is the one that fits, ``why`` name, number, alias, pinyin, initials or words."""

    iri: str
    kind: str
    label: str
    number: str
    date: str
    mentions: int
    name: str
    why: str


class Index:
    """An index of names, open for reading from any thread."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._own = threading.local()

    @property
    def _base(self) -> sqlite3.Connection:
        if not hasattr(self._own, "base"):
            self._own.base = sqlite3.connect(self._address, uri=True)
        base: sqlite3.Connection = self._own.base
        return base

    def find(self, asked: str, *, kind: str = "", most: int = 20) -> list[Hit]:
        """Things called so, the best first; none for a query without a letter, figure or character.

        Args:
            kind: agency, organization, document, program, proposal, area, group, unresolved; all where empty.
        """
        wanted = runs(asked[:_LONGEST])
        if not wanted:
            return []
        key = "".join(wanted)
        found: dict[int, tuple[Any, ...]] = {}
        for condition, values in (
            ("id IN (SELECT thing FROM names WHERE plain = ? LIMIT 200)", (key,)),
            ("id IN (SELECT thing FROM names WHERE plain >= ? AND plain < ? LIMIT 200)", (key, key + _LAST)),
            ("id IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT 200)", (_every(wanted),)),
        ):
            found.update((row[0], row) for row in self._rows(condition, values, kind))
            if len(found) >= 2 * most:
                break
        if not found:
            return self._loosely(wanted, kind, most)
        hits = [self._fits(row, key, wanted) for row in found.values()]
        return [hit for _, hit in sorted(hits, key=lambda pair: pair[0])[:most]]

    def _rows(self, condition: str, values: tuple[str, ...], kind: str) -> list[tuple[Any, ...]]:
        if kind:
            condition, values = f"({condition}) AND kind = ?", (*values, kind)
        query = f"SELECT {_COLUMNS} FROM things WHERE {condition} ORDER BY id LIMIT {_LOOKED_AT}"
        return self._base.execute(query, values).fetchall()

    def _names(self, thing: int) -> list[tuple[str, str]]:
        query = "SELECT plain, name FROM names WHERE thing = ? ORDER BY rowid"
        return self._base.execute(query, (thing,)).fetchall()

    def _fits(self, row: tuple[Any, ...], key: str, wanted: list[str]) -> tuple[tuple[Any, ...], Hit]:
        """How well a thing fits, the lower the better, and by which of its names."""
        number, iri, kind, label, code, date, mentions, spelled, initials = row
        fits = []
        for at, (bare, name) in enumerate(self._names(number)):
            grade = 0 if bare == key else 1 if bare.startswith(key) else 2 if key in bare else 3
            if grade == 3 and not all(run in bare for run in wanted):
                continue
            why = "number" if name == code else "name" if at == 0 else "alias"
            fits.append(((grade, len(bare) if grade else 0), name, why))
        if not fits:
            why = "initials" if key in initials else "pinyin" if key in spelled else "words"
            at = (initials if why == "initials" else spelled).find(key) if why != "words" else 0
            grade = 3 if key in (initials, spelled) else 4 if at == 0 else 5
            fits.append(((grade, len(label)), label, why))
        grade_, name, why = min(fits, key=lambda one: one[0])
        return (grade_[0], kind == "unresolved", -math.log1p(mentions) + grade_[1] / 20, number), Hit(
            iri, kind, label, code, date, mentions, name, why
        )

    def _loosely(self, wanted: list[str], kind: str, most: int) -> list[Hit]:
        """Things that share words with a whole sentence, the rare words first."""
        words = list(dict.fromkeys(gram for run in wanted for gram in grams(run) if len(gram) > 1))[:60]
        marks = ",".join("?" * len(words))
        counts = dict(self._base.execute(f"SELECT term, doc FROM frequencies WHERE term IN ({marks})", words))
        weights: dict[int, float] = defaultdict(float)
        for word in sorted(counts, key=lambda word: counts[word])[:12]:
            holding = self._base.execute("SELECT rowid FROM words WHERE words MATCH ? LIMIT 300", (f'grams:"{word}"',))
            for (number,) in holding:
                weights[number] += 1 / (1 + math.log1p(counts[word]))
        best = sorted(weights, key=lambda number: (-weights[number], number))[: 4 * most]
        found = {row[0]: row for number in best for row in self._rows("id = ?", (str(number),), kind)}
        rows = [found[number] for number in best if number in found][:most]
        return [Hit(r[1], r[2], r[3], r[4], r[5], r[6], name=r[3], why="words") for r in rows]


def _every(wanted: list[str]) -> str:
    """The index query for things that have all of these runs in their names, or are spelt so."""
    parts = []
    for at, run in enumerate(wanted):
        last = at == len(wanted) - 1
        if not run.isascii():
            pairs = grams(run)[:-1] or [run]
            parts += [f'grams:"{pair}"' + ("*" if len(run) == 1 else "") for pair in pairs]
        elif run.isdigit():
            parts.append(f'grams:"{run}"' + ("*" if last else ""))
        else:
            spelt = f'pinyin:"{run[:SPELLED]}"* OR initials:"{run[:12]}"*' if run.isalpha() else ""
            parts.append("(" + " OR ".join(filter(None, [f'grams:"{run}"*', spelt])) + ")")
    joined = "".join(wanted)
    if len(wanted) > 1 and joined.isascii() and joined.isalpha():
        return f'({" AND ".join(parts)}) OR pinyin:"{joined[:SPELLED]}"*'
    return " AND ".join(parts)
