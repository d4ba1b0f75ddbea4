"""Statements to N-Quads: canonical, sorted, without blank nodes, so that the same statements are the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.statements.model import Literal, Statement
from ontology.terms import XSD

__all__ = ["boolean", "chinese", "date", "decimal", "integer", "n_quads", "string"]

# RDF 1.1 N-Quads, canonical form: these have a letter of their own, other control characters their code.
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ODD = re.compile('[\x00-\x1f"\\\\\x7f]')


def string(value: str) -> Literal:
    """A plain string."""
    return Literal(value, XSD.string)


def chinese(value: str) -> Literal:
    """A Chinese label."""
    return Literal(value, "@zh")


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), XSD.integer)


def decimal(value: str) -> Literal:
    """A decimal in canonical form (``640``, not ``640.0``)."""
    return Literal(value, XSD.decimal)


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", XSD.boolean)


def date(value: str) -> Literal:
    """A day, month or year, as its ISO form tells: ``2020-11`` is an xsd:gYearMonth."""
    return Literal(value, {4: XSD.gYear, 7: XSD.gYearMonth}.get(len(value), XSD.date))


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _term(value: str | Literal) -> str:
    if isinstance(value, str):
        return f"<{value}>"
    text, kind = value
    quoted = f'"{_ODD.sub(_escape, text)}"'
    if kind == XSD.string:
        return quoted
    return quoted + kind if kind[0] == "@" else f"{quoted}^^<{kind}>"


def n_quads(statements: Iterable[Statement], graph: str) -> bytes:
    """The statements as sorted N-Quads lines (UTF-8) of the named graph, each once.

    >>> n_quads([Statement("urn:a", "urn:b", string('说"是"'))], "urn:g").decode()
    '<urn:a> <urn:b> "说\\\\"是\\\\"" <urn:g> .\\n'
    """
    lines = {f"<{s}> <{p}> {_term(o)} <{graph}> .\n" for s, p, o in set(statements)}
    return "".join(sorted(lines)).encode()
