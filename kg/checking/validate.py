"""The check of a graph: shapes that it must keep to, statements without evidence, and the audit of what it says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from kg.checking.auditing import Alarm, audit, verified
from kg.checking.evidence import unfounded
from kg.checking.shapes import constraints
from kg.graph import Graph

__all__ = ["Finding", "Report", "check", "validate"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of a shape: the node that breaks it and the value, in words."""

    shape: str
    severity: str
    zh: str
    en: str
    node: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. ``checks`` counts the sums that were done, by kind and verdict."""

    findings: tuple[Finding, ...]
    alarms: tuple[Alarm, ...]
    checks: dict[str, dict[str, int]]

    @property
    def exit_code(self) -> int:
        """0 nothing to worry about, 1 warnings, 3 the graph breaks its shapes."""
        severities = {finding.severity for finding in self.findings} | {alarm.severity for alarm in self.alarms}
        return 3 if "violation" in severities else 1 if "warning" in severities else 0

    def to_json(self) -> str:
        """One object: ``findings``, ``alarms``, ``checks``, ``exit_code``."""
        return json.dumps({**asdict(self), "exit_code": self.exit_code}, ensure_ascii=False, indent=1)


def validate(graph: Graph) -> tuple[Finding, ...]:
    """Breaches of the shapes, and statements that no characters stand for."""
    found = [
        Finding(c.shape, c.severity, c.zh, c.en, str(node), None if value is None else str(value))
        for c in constraints()
        for node, value in graph.query(c.query)
    ]
    found.extend(
        Finding(
            "evidence", "violation", "陈述没有原文依据", "a statement without evidence", said.subject, said.predicate
        )
        for said in unfounded(graph)
    )
    return tuple(found)


def check(graph: Graph, kinds: Iterable[str] | None = None) -> Report:
    """Validate a graph and audit what it says."""
    return Report(validate(graph), tuple(audit(graph, kinds)), verified(graph))
