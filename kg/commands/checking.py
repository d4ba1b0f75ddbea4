"""The command ``check``: does the graph keep to its shapes, and do the documents agree with themselves?"""

from __future__ import annotations

import enum
from typing import Annotated, Any

import typer

__all__ = ["check"]


class Form(enum.StrEnum):
    """How a report is printed."""

    text = "text"
    json = "json"


def check(
    graph: Annotated[
        str, typer.Argument(help="The graph's folder, or the URL of a SPARQL service. 图谱文件夹或服务的网址")
    ],
    format: Annotated[Form, typer.Option(help="How to print the report.")] = Form.text,
    audit: Annotated[
        list[str] | None, typer.Option("--audit", help="A kind of audit; may be given again; all for every kind.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="At most so many lines of one kind in the text.")] = 20,
) -> None:
    """Check the graph against its shapes, and audit what the documents say.

    Exit codes: 0 nothing grave, 1 warnings, 3 the graph breaks its shapes; 2 the command could not be carried out.

    Example: eldercare-kg check 图谱 --audit arithmetic --audit code
    """
    from kg.checking.auditing import AUDITS
    from kg.checking.validate import check as run
    from kg.graph import open_graph

    kinds = list(AUDITS) if audit and "all" in audit else audit or None
    with open_graph(graph) as opened:
        report = run(opened, kinds)
    if format is Form.json:
        print(report.to_json())
    else:
        _print(report, most)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _print(report: Any, most: int) -> None:
    print(f"规则校验 shapes: {len(report.findings)}")
    for finding in report.findings[:most]:
        print(
            f"  [{finding.severity}] {finding.shape} {finding.zh} / {finding.en}: {finding.node} {finding.value or ''}"
        )
    _more(len(report.findings), most)
    sums = "; ".join(
        f"{kind} " + ", ".join(f"{verdict} {count}" for verdict, count in verdicts.items())
        for kind, verdicts in report.checks.items()
    )
    print(f"核算 sums checked: {sums or 0}")
    kinds: dict[str, list[Any]] = {}
    for alarm in report.alarms:
        kinds.setdefault(alarm.kind, []).append(alarm)
    for kind, alarms in kinds.items():
        print(f"审计 audit {kind}: {len(alarms)}")
        for alarm in alarms[:most]:
            print(f"  [{alarm.severity}] {alarm.zh}\n      {alarm.en}")
        _more(len(alarms), most)


def _more(count: int, most: int) -> None:
    if count > most:
        print(f"  … {count - most} more")
