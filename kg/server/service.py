"""What every page and door of the service asks: the published build, and work done in guarded workers.

This is the contract between the core and the modules that offer routes (see ``kg.server.app``)::

    answer = await service.query(text, accept="application/sparql-results+json")   # bytes, ready to send
    card = await service.run(entity_card, iri)                                     # entity_card(graph, iri)

Both run in a worker process without network, with a memory limit and a deadline, over one build; both raise
``Problem``, which the application turns into an answer. Nothing else touches the store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.manifest import Manifest
from kg.server.settings import Settings

__all__ = ["Answered", "Service", "Snapshot"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published build that does not change under its readers: ``build`` names it, same content, same name.

    ``folder`` is laid out as a graph folder (``kg.manifest.text_file(folder, stem)`` is a document's text) and stays
    as long as this snapshot is served.
    """

    folder: Path
    build: str
    manifest: Manifest


class Answered(NamedTuple):
    """A whole answer: its bytes, media type, the build it comes from, and whether asking again gives the same."""

    body: bytes
    media_type: str
    build: str
    lasting: bool = True


class Service:
    """The published graph, and the workers that read it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def snapshot(self) -> Snapshot:
        """The build that new requests are answered from. Take it once for each request."""
        raise NotImplementedError

    async def query(
        self,
        text: str,
        *,
        accept: str = "*/*",
        default_graphs: tuple[str, ...] = (),
        named_graphs: tuple[str, ...] = (),
    ) -> Answered:
        """Run SPARQL from anyone; the project's prefixes need no declaration.

        Args:
            accept: an Accept header; ``application/sparql-results+json``, ``text/csv``, ``text/turtle`` … or a list.
            default_graphs: IRIs of the graphs that make the default graph, in place of the union of all.
            named_graphs: IRIs of the graphs that GRAPH sees, in place of all.

        Raises:
            Problem: 400 bad query, 406 no such format, 413 too large, 429 busy, 503 out of time or memory.
        """
        raise NotImplementedError

    async def run(self, function: Callable[..., Any], *arguments: Any, seconds: float | None = None) -> Any:
        """Run a function of ours in a worker: ``function(graph, *arguments)`` with an open ``kg.graph.Graph``.

        Args:
            function: one at the top level of a module, which workers find by its name.
            arguments: what JSON can carry; so is what the function returns (tuples come back as lists), or bytes.
            seconds: a deadline other than that of queries.

        Raises:
            Problem: as raised by ``function``; ValueError and KeyError become 404; 429, 503 as for queries.
        """
        raise NotImplementedError

    async def start(self) -> None:
        """Publish the graph's present build and start the workers.

        Raises:
            NotAGraph: there is no graph.
        """
        raise NotImplementedError

    async def stop(self) -> None:
        """End the workers and drop the snapshot."""
        raise NotImplementedError
