"""Bureaux written short in a way no table knows, told by the full name that the same document gives.

市数政局 beside 市数据和政务服务局: the short name's characters stand in the full one in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.bodies.agency_names import Name

__all__ = ["full_bodies", "written_out"]

_LEAST_MORE = 2


def full_bodies(names: Iterable[Name]) -> frozenset[str]:
    """The bodies that a document names, without their regions."""
    return frozenset(name.body.name for name in names if not name.elliptical and len(name.body.name) >= 6)


def written_out(name: Name, bodies: frozenset[str]) -> Name:
    """The name with its body in full, where one body of the document alone can be meant; else as it is."""
    if name.rule not in ("agencies.bureau", "agencies.listed", "agencies.repeated") or len(name.body.name) > 6:
        return name
    full = [body for body in bodies if _is_short_for(name.body.name, body)]
    return name._replace(body=name.body._replace(name=full[0])) if len(full) == 1 else name


def _is_short_for(short: str, full: str) -> bool:
    if len(full) < len(short) + _LEAST_MORE or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(character in rest for character in short)
