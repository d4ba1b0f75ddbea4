"""MCP：用官方 SDK 的客户端，经标准输入输出，真的对话一遍；每个答案都能引用。"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from served import process

from kg import Graph

mcp = pytest.importorskip("mcp")


def talk(graph: Path | str, say: Callable[[Any], Awaitable[None]]) -> None:
    """Start the command as a client of a language model does, and let ``say`` use it."""

    async def run() -> None:
        command = mcp.StdioServerParameters(command=sys.executable, args=["-m", "kg.cli", "mcp", str(graph)])
        async with mcp.Client(command, read_timeout_seconds=120) as client:
            await say(client)

    asyncio.run(run())


async def call(client: Any, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    told: dict[str, Any] = result.structured_content
    return told


def test_a_model_finds_asks_and_cites(sample_folder: Path, sample_graph: Graph) -> None:
    def stands(quotation: dict[str, Any]) -> bool:
        words = sample_graph.text(quotation["text"])[quotation["start"] : quotation["end"]]
        return bool(words) and words == quotation["words"]

    async def say(client: Any) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"search", "entity", "questions", "ask", "sparql", "passage"}
        assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())

        found = await call(client, "search", query="长护险")
        assert found["hits"][0]["label"] == "长期护理保险"
        (quotation,) = found["evidence"][found["hits"][0]["iri"]]
        assert stands(quotation) and quotation["text"] in found["documents"]

        card = await call(client, "entity", iri="id:doc/渝北民-2024-61")
        facts = {group["property"].rpartition("#")[2]: group["facts"] for group in card["groups"]}
        assert facts["documentNumber"][0]["value"] == "渝北民〔2024〕61号"
        assert all(map(stands, facts["issuedBy"][0]["evidence"]))

        known = await call(client, "questions")
        assert {"id": "cq05"}.items() <= known["questions"][4].items()
        values = {"region": "重庆市渝北区", "year": "2023", "what": "失能老人"}
        told = await call(client, "ask", question="cq05", values=values)
        assert told["rows"] == [[640, "名"]]
        (cited,) = told["evidence"][0]
        assert cited["words"] == "640名" and stands(cited)
        assert told["documents"][cited["text"]]["number"] == "渝北民〔2024〕61号"

        around = await call(client, "passage", text=cited["text"], start=cited["start"], end=cited["end"], around=20)
        assert around["words"] == "640名" and around["before"].endswith("2023年增加到")

        figure = "?q ek:value ?v ; ek:unit c:unit-名 FILTER(?v = 640)"
        rows = await call(client, "sparql", query=f"SELECT ?q WHERE {{ {figure} }}")
        assert rows["row_count"] == 1
        (quotation,) = rows["evidence"][rows["rows"][0]["q"]]
        assert quotation["words"] == "640名" and stands(quotation)
        assert (await call(client, "sparql", query="ASK { ?a a ek:Agency }"))["answer"] is True
        triples = await call(client, "sparql", query="CONSTRUCT { ?a a ek:Agency } WHERE { ?a a ek:Agency } LIMIT 3")
        assert triples["triple_count"] == 3

    talk(sample_folder, say)


def test_a_graph_behind_a_service_is_asked_by_its_url(sample_folder: Path) -> None:
    async def say(client: Any) -> None:
        found = await call(client, "search", query="长护险")
        assert found["hits"][0]["label"] == "长期护理保险"
        (quotation,) = found["evidence"][found["hits"][0]["iri"]]
        assert quotation["text"] in found["documents"]
        values = {"region": "重庆市渝北区", "year": "2023", "what": "失能老人"}
        told = await call(client, "ask", question="cq05", values=values)
        assert told["rows"] == [[640, "名"]] and told["evidence"][0][0]["words"] == "640名"
        assert (await call(client, "sparql", query="ASK { ?a a ek:Agency }"))["answer"] is True
        rows = await call(client, "sparql", query="SELECT ?a { ?a a ek:Agency } LIMIT 2")
        assert rows["row_count"] == 2 and len(rows["evidence"]) == 2
        for query, words in (("ASK { SERVICE <http://x/> {} }", "SERVICE"), ("ASK {", "1:")):
            refused = await client.call_tool("sparql", {"query": query})
            assert refused.is_error and words in refused.content[0].text

    with process(sample_folder, "--quiet", "--seconds", "60") as address:
        talk(f"{address}sparql", say)


def test_refusals_say_what_to_do(sample_folder: Path) -> None:
    refused = [
        ("sparql", {"query": "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "SERVICE"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "read"),
        ("sparql", {"query": "SELECT ?x WHERE { ?x "}, "1:"),
        ("ask", {"question": "cq10", "values": {"document": "没有这份文件"}}, "没有这份文件"),
        ("ask", {"question": "cq999"}, "cq999"),
        ("entity", {"iri": "https://w3id.org/cn-eldercare/id/doc/没有"}, "没有"),
        ("search", {"query": "民政", "kind": "x"}, "agency"),
        ("passage", {"text": "渝北民〔2024〕61号", "start": 5, "end": 10_000_000}, "characters"),
    ]

    async def say(client: Any) -> None:
        for tool, arguments, words in refused:
            result = await client.call_tool(tool, arguments)
            assert result.is_error, tool
            assert words in result.content[0].text, result.content[0].text

    talk(sample_folder, say)


def test_a_folder_without_a_graph_is_told_before_anything_else(tmp_path: Path) -> None:
    import subprocess

    command = [sys.executable, "-m", "kg.cli", "mcp", str(tmp_path)]
    done = subprocess.run(command, input=b"", capture_output=True)
    assert done.returncode == 2 and done.stdout == b""
    assert "no graph here" in done.stderr.decode()
