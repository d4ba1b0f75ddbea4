"""The named questions for pages and tools: the catalogue, and answers with what each row rests on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.graph import Graph
from kg.query.asking import UnknownQuestion, ask, questions
from kg.query.meanings import NoSuchValue, UnknownName
from kg.server.problems import Problem

__all__ = ["answered", "catalogue"]


def answered(graph: Graph, name: str, values: Mapping[str, str], evidence: bool = False) -> dict[str, Any]:
    """A question's answer, in a worker: ``rows`` and, for each row, ``nodes`` and perhaps ``evidence``.

    Raises:
        Problem: 400, a parameter is unknown or its value none of its kind; 404, a value names nothing here.
    """
    try:
        reply = ask(graph, name, values, evidence=evidence)
    except (NoSuchValue, UnknownQuestion) as error:
        raise Problem(400, str(error)) from None
    except UnknownName as error:
        raise Problem(404, str(error)) from None
    found: dict[str, Any] = json.loads(reply.to_json())
    found["values"] = dict(reply.values)
    found["nodes"] = [list(nodes) for nodes in reply.nodes]
    found["csv"] = reply.answer().to_csv()
    for row in found.get("evidence", ()):
        for quote in row:
            _parted(quote)
    return found


def _parted(quote: dict[str, Any]) -> None:
    """The sentence parted round the words, as pages show it."""
    before, _, after = quote["sentence"].partition(quote["words"])
    quote.update(text=quote["text"].rpartition("/")[2], before=before, after=after)


def catalogue() -> list[dict[str, Any]]:
    """The questions with their parameters, as JSON tells them."""
    return [
        {
            "id": q.id,
            "zh": q.zh,
            "en": q.en,
            "columns": list(q.columns),
            "parameters": [parameter._asdict() for parameter in q.parameters],
            "note": q.note,
            "query": q.query,
        }
        for q in questions().values()
    ]
