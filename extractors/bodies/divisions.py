"""The administrative divisions of China (GB/T 2260) and the named areas, by code and by name.

A division's canonical name is the chain of every existing level from the province down:
湖北省恩施土家族苗族自治州巴东县.
Placeholders of the code table (市辖区, 省直辖县级行政区划) are no levels and are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ontology import table

__all__ = ["Division", "by_name", "divisions", "narrow", "path_of", "place_of"]

NATION = "000000"


class Division(NamedTuple):
    """One division: ``path`` is the chain of names down to it, ``former`` where it no longer bears this name;
    ``letters`` its one-character names (豫)."""

    code: str
    name: str
    level: str
    path: tuple[str, ...]
    shorts: tuple[str, ...]
    former: bool
    letters: str = ""

    @property
    def canonical(self) -> str:
        """``重庆市渝北区``; ``中国`` for the nation."""
        return "".join(self.path) or self.name


@cache
def divisions() -> tuple[Division, ...]:
    """All rows of the table of regions, in its order."""
    rows = table("regions")
    current: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row["code"] not in current or not row["until"]:
            current[row["code"]] = (row["name"], row["parent"])

    def chain(name: str, parent: str) -> tuple[str, ...]:
        names = [name]
        while parent:
            above, parent = current[parent]
            names.append(above)
        return tuple(reversed(names))

    return tuple(
        Division(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            path=() if row["level"] == "nation" else chain(row["name"], row["parent"]),
            shorts=tuple(filter(None, row["shorts"].split("|"))),
            former=bool(row["until"]),
            letters=row["letters"].replace("|", ""),
        )
        for row in rows
    )


@cache
def by_name() -> dict[str, tuple[Division, ...]]:
    """Every full and short name, and the divisions it may mean: those of today first, the higher level first."""
    found: dict[str, list[Division]] = {}
    for division in divisions():
        for name in (division.name, *division.shorts):
            found.setdefault(name, []).append(division)
    rank = {"nation": 0, "area": 1, "province": 1, "prefecture": 2, "county": 3}
    return {
        name: tuple(sorted(group, key=lambda d: (d.former, rank[d.level], d.name != name)))
        for name, group in found.items()
    }


@cache
def _by_code() -> dict[str, Division]:
    return {division.code: division for division in reversed(divisions()) if not division.former}


def path_of(code: str) -> tuple[str, ...]:
    """The chain of full names of a GB/T 2260 code, empty for the nation.

    >>> path_of("422823")
    ('湖北省', '恩施土家族苗族自治州', '巴东县')

    Raises:
        KeyError: no such code in the table of regions.
    """
    return _by_code()[code].path


@cache
def _by_path() -> dict[tuple[str, ...], Division]:
    return {division.path: division for division in reversed(divisions())}


def place_of(path: tuple[str, ...]) -> Division | None:
    """The division with this chain of names, or None."""
    return _by_path().get(path)


def narrow(candidates: Iterable[Division], within: tuple[str, ...]) -> tuple[Division, ...]:
    """Those candidates that lie in (or are, or hold) the division with the path ``within``."""
    length = len(within)
    return tuple(c for c in candidates if c.path[:length] == within[: len(c.path)])
