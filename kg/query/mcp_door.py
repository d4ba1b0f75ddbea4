"""The graph for language models, over the Model Context Protocol: tools that answer with what can be cited.

Over a folder, queries pass the same guard, the same walls and the same limits as those of ``serve``; over the URL of a
service they pass the guard and meet what limits that service has (``kg.query.mcp_sources``). Nothing can be written.
Every answer carries quotations: the words, their sentence, the characters of the text where they stand, and under
``documents`` the title and number of the document that says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from kg.query.mcp_sources import Said, Source
from kg.server.citing import evidence_of, sources
from kg.server.problems import Problem
from kg.server.questions import answered, catalogue
from kg.server.search import KINDS
from kg.server.texts import passage as passage_of
from kg.server.things import thing
from ontology.terms import BASE, PREFIXES

if TYPE_CHECKING:
    from mcp.server import MCPServer

__all__ = ["door"]

_OURS = re.compile(re.escape(f"{BASE}id/") + r"\S+$")
_MOST_ROWS, _MOST_CITED = 200, 25
_TOLD = ("id", "zh", "en", "columns", "parameters", "note")
INSTRUCTIONS = f"""A knowledge graph of Chinese official documents on care for the elderly: agencies, documents,
programmes, figures, each statement with the exact characters that say so. Start with `search` for names or
`questions` for ready questions; use `sparql` for what these do not answer. When you state something from an answer,
cite the document's title and number and quote the words given as evidence. A figure is what one document says at one
place, for one period; do not add up figures of different documents. If an answer is empty, the graph does not say it.
SPARQL prefixes need no declaration: {", ".join(PREFIXES)}. Main classes: ek:OfficialDocument, ek:Agency, ek:Program,
ek:QuantityClaim (ek:value, ek:unit, ek:what, ek:place, ek:period), ek:Citation; names are skos:prefLabel."""


def door(source: Source) -> MCPServer:
    """The server of a graph; ``.run()`` speaks on standard input and output.

    Raises:
        ImportError: the SDK is not installed.
    """
    from mcp.server import MCPServer

    @asynccontextmanager
    async def running(_: MCPServer[None]) -> AsyncIterator[None]:
        async with source.running():
            yield

    server: MCPServer = MCPServer("eldercare-kg", instructions=INSTRUCTIONS, lifespan=running, log_level="ERROR")
    _offer(server, source)
    return server


def _offer(server: MCPServer, source: Source) -> None:
    """The tools. What they refuse, they refuse in words that say what to do."""
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations

    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    async def answer(asked: Awaitable[Any]) -> Any:
        try:
            return await asked
        except Problem as problem:
            raise ToolError(str(problem)) from None

    async def run(function: Any, *arguments: Any) -> Any:
        return await answer(source.run(function, *arguments))

    @server.tool(annotations=reading)
    async def search(query: str, kind: str = "", limit: int = 10) -> dict[str, Any]:
        """Find agencies, documents, programmes, places by name, document number (any brackets), alias or pinyin.

        Args:
            query: what it is called, such as 长护险, 渝北民〔2024〕61号, yubei.
            kind: agency, organization, document, program, area, proposal, group, unresolved; empty for all.
            limit: at most so many, up to 50.
        """
        if kind and kind not in KINDS:
            raise ToolError(f"kind {kind!r} is none of: {', '.join(KINDS)}")
        hits = await answer(source.find(query, kind, min(max(limit, 1), 50)))
        cited = await run(evidence_of, [hit.iri for hit in hits], 1)
        return {"hits": [hit._asdict() for hit in hits], **cited}

    @server.tool(annotations=reading)
    async def entity(iri: str) -> dict[str, Any]:
        """What the graph says of one thing: its facts and what points at it, each with the sentences that say so.

        Args:
            iri: as search, ask or sparql give it; a prefixed name such as id:area/500112 will do.
        """
        prefix, _, rest = iri.partition(":")
        card = await run(thing, PREFIXES[prefix] + rest if prefix in PREFIXES else iri, 10, 5)
        return {**card, "documents": await run(sources, sorted(set(_texts(card))))}

    @server.tool(name="questions", annotations=reading)
    async def list_questions() -> dict[str, Any]:
        """The ready questions with their parameters; put one with ask."""
        return {"questions": [{key: one[key] for key in _TOLD} for one in catalogue()]}

    @server.tool(annotations=reading)
    async def ask(question: str, values: dict[str, str] | None = None) -> dict[str, Any]:
        """Put a ready question; each row of the answer has the places that say so, in the same order.

        Args:
            question: its id, such as cq05 (see questions).
            values: values of its parameters by name, as people write them, such as {"region": "重庆市渝北区"};
                a parameter left out has its default, * asks for everything.
        """
        found = await run(answered, question, values or {}, True)
        told = {key: found[key] for key in ("id", "columns", "values")}
        told |= {key: found[key][:_MOST_ROWS] for key in ("rows", "evidence")}
        return {**told, "row_count": len(found["rows"]), "documents": await run(sources, sorted(set(_texts(told))))}

    @server.tool(annotations=reading)
    async def sparql(query: str) -> dict[str, Any]:
        """Run a read-only SPARQL 1.1 query; our own prefixes need no declaration. Use LIMIT.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE. SERVICE and updates are refused; so is what takes too long.
        """
        said: Said = await answer(source.query(query))
        if not said.results:
            lines = said.body.decode().splitlines()
            return {"triples": lines[:_MOST_ROWS], "triple_count": len(lines)}
        found = json.loads(said.body)
        if "boolean" in found:
            return {"answer": found["boolean"]}
        rows = found["results"]["bindings"]
        shown = [{name: term["value"] for name, term in row.items()} for row in rows[:_MOST_ROWS]]
        told = {"columns": found["head"]["vars"], "rows": shown, "row_count": len(rows)}
        things = dict.fromkeys(value for row in shown for value in row.values() if _OURS.match(value))
        return {**told, **await run(evidence_of, list(things)[:_MOST_CITED], 2)}

    @server.tool(annotations=reading)
    async def passage(text: str, start: int, end: int, around: int = 300) -> dict[str, Any]:
        """The words of a text at [start, end) and what stands round them, to read a quotation in its place.

        Args:
            text: the text's id as evidence gives it; or its document's number or title.
            start: the first character, counted from 0.
            end: the character after the last.
            around: so many characters before and after, up to 2000.
        """
        told = await run(passage_of, text, start, end, min(max(around, 0), 2000))
        return {**told, "documents": await run(sources, [told["id"]])}


def _texts(told: Any) -> Iterator[str]:
    """The hashes of the texts that an answer quotes, at any depth."""
    if isinstance(told, dict):
        if {"text", "start", "end"} <= told.keys():
            yield told["text"]
        for value in told.values():
            yield from _texts(value)
    elif isinstance(told, list):
        for value in told:
            yield from _texts(value)
