"""The competency questions: files of ``ontology/questions``, each a SPARQL query with a head that tells how to ask it.

A query runs as it stands, over the whole graph. A line ``#$name: …`` is a comment until a value of the parameter is
given; then the rest of the line counts, with ``$name`` replaced by the value's terms. Names are understood as people
write them: a document by number, title or a part of it, a place by its full or short name. A parameter may have a
default, which stands for what the question names in its wording; a default that means nothing in this graph falls
away, and ``*`` asks for everything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import ontology
from kg.graph import Graph, Quotation
from kg.query.answers import Answer, Value
from kg.query.meanings import UnknownName, meanings

__all__ = ["Parameter", "Question", "Reply", "UnknownQuestion", "ask", "question", "questions"]

_TITLE = re.compile(r"^# title\.(zh|en): (.+)$", re.MULTILINE)
_COLUMNS = re.compile(r"^# columns: (.+)$", re.MULTILINE)
_NOTE = re.compile(r"^# note: (.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"^# param (\w+): (\w+)(?: = (.+?))?(?: -- (.+))?$", re.MULTILINE)
_SLOT = re.compile(r"^(\s*)#\$(\w+): (.*)$", re.MULTILINE)
EVERYTHING = "*"
_QUOTED = ("text", "start", "end", "words", "sentence")


class UnknownQuestion(ValueError):
    """No such question, or no such parameter; the message lists those there are."""


class Parameter(NamedTuple):
    """A thing that a question may name: ``kind`` is document, agency, body, area, program, date, year, text, number."""

    name: str
    kind: str
    default: str | None
    help: str


class Question(NamedTuple):
    """A question of the catalogue. Rows have the ``columns``; what else the query selects is evidence."""

    id: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    note: str
    query: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a question: rows in the order of its columns, the values that were used, evidence for each row."""

    question: Question
    values: Mapping[str, str]
    rows: tuple[tuple[Value, ...], ...]
    nodes: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[Quotation, ...], ...] | None = None

    def answer(self) -> Answer:
        """As a table."""
        return Answer(self.question.columns, self.rows)

    def to_json(self) -> str:
        """``{"id", "columns", "rows"}``: rows as lists in the order of the columns; ``evidence`` where asked for."""
        found: dict[str, object] = {
            "id": self.question.id,
            "columns": list(self.question.columns),
            "rows": [[_plain(cell) for cell in row] for row in self.rows],
        }
        if self.evidence is not None:
            found["evidence"] = [
                [{name: getattr(quotation, name) for name in _QUOTED} for quotation in row] for row in self.evidence
            ]
        return json.dumps(found, ensure_ascii=False)


def _plain(cell: Value) -> str | int | float | bool | None:
    return cell if isinstance(cell, str | int | float | bool | None) else float(cell)


@cache
def questions() -> dict[str, Question]:
    """All questions by their ids, in order."""
    entries = sorted(ontology.resource("questions").iterdir(), key=lambda entry: str(entry.name))
    read = (_read(e.name[:-3], e.read_text(encoding="utf-8")) for e in entries if e.name.endswith(".rq"))
    return {found.id: found for found in read}


def _read(name: str, text: str) -> Question:
    titles = dict(_TITLE.findall(text))
    columns = _COLUMNS.search(text)
    note = _NOTE.search(text)
    return Question(
        id=name,
        zh=titles["zh"],
        en=titles["en"],
        parameters=tuple(Parameter(n, k, d or None, h) for n, k, d, h in _PARAMETER.findall(text)),
        columns=tuple(columns[1].split()) if columns else (),
        note=note[1] if note else "",
        query=text,
    )


def question(name: str) -> Question:
    """The question of that id.

    Raises:
        UnknownQuestion: there is none.
    """
    found = questions().get(name.lower().replace("-", ""))
    if found is None:
        raise UnknownQuestion(f"no question {name!r}; list them with: eldercare-kg ask GRAPH")
    return found


def ask(graph: Graph, name: str, values: Mapping[str, str] | None = None, *, evidence: bool = False) -> Reply:
    """Put a question to a graph.

    Args:
        values: values of parameters, by name, as people write them; ``*`` for no restriction.
        evidence: with the characters that say so, for each row.

    Raises:
        UnknownQuestion: no such question or parameter.
        UnknownName: a value names nothing in this graph.
    """
    asked = question(name)
    given = dict(values or {})
    known = {parameter.name: parameter for parameter in asked.parameters}
    for key in given:
        if key not in known:
            there = ", ".join(known) or "none"
            raise UnknownQuestion(f"{asked.id} has no parameter {key!r}; there are: {there}")
    used: dict[str, str] = {}
    terms: dict[str, str] = {}
    for parameter in asked.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None or value == EVERYTHING:
            continue
        try:
            meant = meanings(graph, parameter.kind, value)
        except UnknownName:
            if parameter.name in given:
                raise
            continue
        used[parameter.name] = value
        terms[parameter.name] = " ".join(str(term) for term in meant)
    reply = _run(graph, asked, used, terms)
    if not evidence:
        return reply
    quoted = tuple(tuple(q for node in nodes for q in graph.evidence(node)) for nodes in reply.nodes)
    return replace(reply, evidence=quoted)


def _filled(query: str, terms: Mapping[str, str]) -> str:
    """The query with the lines of the given parameters in force."""

    def line(match: re.Match[str]) -> str:
        indent, name, rest = match.groups()
        return match[0] if name not in terms else indent + rest.replace(f"${name}", terms[name])

    return _SLOT.sub(line, query)


def _run(graph: Graph, asked: Question, used: Mapping[str, str], terms: Mapping[str, str]) -> Reply:
    answer = graph.query(_filled(asked.query, terms))
    places = [answer.columns.index(column) for column in asked.columns]
    because = [index for index, name in enumerate(answer.columns) if name not in asked.columns]
    rows = tuple(tuple(row[index] for index in places) for row in answer.rows)
    nodes = tuple(
        tuple(dict.fromkeys(node for index in because for node in str(row[index] or "").split())) for row in answer.rows
    )
    return Reply(asked, used, rows, nodes)
