"""``/text/{id}``: a text as it may be shown, with all that was read from it; every place has its own fragment.

``/text/{id}#char=10,25`` (RFC 5147) is the place of characters ``[10, 25)``: code points, as everywhere in the graph.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import pairwise
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.graph import Graph
from kg.server import described
from kg.server.caching import lasting, page_etag, page_not_modified
from kg.server.choosing import HTML, JSON, choose, language
from kg.server.frame import entity_url, missing, page, word
from kg.server.markup import Content, Html, element
from kg.server.naming import names_of
from kg.server.problems import Problem
from kg.server.service import Service
from ontology.terms import BASE

__all__ = ["OPENAPI", "passage", "routes", "text"]

FORMS = {"html": HTML, "json": JSON, "text": "text/plain"}
_WORDS = {
    "read": ("读出 {} 处：", "{} places were read:"),
    "masked": ("个人联系方式已逐字遮盖；位置不变。", "Personal contact details are masked; places stay the same."),
    "document": ("文件", "Document"),
    "file": ("来源", "Source"),
}
# What a place tells, by the class of what was read there.
_KINDS = {
    "agency": ("机关", "bodies"),
    "document": ("文件", "documents"),
    "program": ("项目", "programmes"),
    "figure": ("数量", "figures"),
    "area": ("地区", "places"),
    "other": ("其他", "others"),
}
_KIND_OF = {
    "ek:Agency": "agency",
    "ek:Organization": "agency",
    "ek:UnresolvedAlias": "agency",
    "ek:PolicyDocument": "document",
    "ek:ReplyDocument": "document",
    "ek:OfficialDocument": "document",
    "ek:CitedOnlyDocument": "document",
    "ek:Citation": "document",
    "ek:Proposal": "document",
    "ek:Program": "program",
    "ek:ServiceOffering": "program",
    "ek:QuantityClaim": "figure",
    "ek:AchievedQuantity": "figure",
    "ek:PlannedQuantity": "figure",
    "ek:NormQuantity": "figure",
    "ek:AdministrativeArea": "area",
}
_READ = """SELECT ?mention ?start ?end ?thing ?rule ?confidence WHERE {
  ?mention nif:referenceContext <%s> ; nif:beginIndex ?start ; nif:endIndex ?end .
  { ?mention ek:refersTo ?thing ; ek:readBy ?reading } UNION { ?thing ek:evidence ?mention ; ek:readBy ?reading }
  ?reading ek:rule ?rule ; ek:confidence ?confidence } ORDER BY ?start ?end ?thing"""


def text(graph: Graph, name: str) -> dict[str, Any]:
    """A text with its mentions, in a worker: by its hash, its document's number, title or IRI, or its file's name.

    Raises:
        KeyError: no text of that name.
    """
    words = graph.text(name)
    sha = graph.sha(name)
    iri = f"{BASE}id/src/{sha}"
    rows = graph.query(_READ % iri).rows
    (document, *_), *_ = [*graph.query(f"SELECT ?doc {{ <{iri}> eli:realizes ?doc }} ORDER BY ?doc"), (None,)]
    names = names_of(graph, [*dict.fromkeys(str(row[3]) for row in rows), *([str(document)] if document else [])])
    mentions = [
        {
            "start": start,
            "end": end,
            "thing": thing,
            "label": names[str(thing)].label,
            "kind": _KIND_OF.get(names[str(thing)].kind, "other"),
            "rule": rule,
            "confidence": float(str(confidence)),
        }
        for _, start, end, thing, rule, confidence in rows
    ]
    entry = graph.manifest.documents.get(sha)
    return {
        "id": sha,
        "iri": iri,
        "document": document,
        "title": names[str(document)].label if document else sha,
        "files": list(entry.names) if entry else [],
        "length": len(words),
        "text": words,
        "mentions": mentions,
    }


def passage(graph: Graph, name: str, start: int, end: int, round_: int = 200) -> dict[str, Any]:
    """Characters ``[start, end)`` of a text, and what stands round them, in a worker.

    Raises:
        KeyError: no text of that name.
        ValueError: the text has no such characters.
    """
    words = graph.text(name)
    if not 0 <= start <= end <= len(words):
        raise ValueError(f"{name}: no characters {start} to {end}; it has {len(words)}")
    return {
        "id": graph.sha(name),
        "start": start,
        "end": end,
        "before": words[max(0, start - round_) : start],
        "words": words[start:end],
        "after": words[end : end + round_],
        "length": len(words),
    }


def routes(service: Service) -> list[BaseRoute]:
    """The route of texts."""

    async def one(request: Request) -> Response:
        form = choose(request, FORMS)
        build = service.snapshot.build
        tag = page_etag(request, build, form)
        if known := page_not_modified(request, tag, form):
            return known
        return lasting(await shown(request, request.path_params["name"], form, build), tag)

    async def shown(request: Request, name: str, form: str, build: str) -> Response:
        try:
            found = await service.run(text, name)
        except Problem as problem:
            if problem.status != 404:
                raise
            told = f"没有这份文本 no such text: {name}"
            if form == "html":
                return missing(request, name, told)
            raise Problem(404, told) from None
        if form == "text":
            return Response(found["text"], media_type=FORMS["text"])
        if form == "json":
            return Response(json.dumps(found, ensure_ascii=False), media_type=JSON)
        return _page(request, found, build)

    return [Route("/text/{name:path}", one, methods=["GET"])]


def _page(request: Request, found: dict[str, Any], build: str) -> Response:
    lang = language(request)
    counted: dict[str, int] = defaultdict(int)
    for mention in found["mentions"]:
        counted[mention["kind"]] += 1
    legend = [
        element("span", element("mark", word(_KINDS, kind, lang), class_=kind), f" {counted[kind]}")
        for kind in _KINDS
        if counted[kind]
    ]
    body: list[Content] = [element("h1", found["title"])]
    if found["document"]:
        link = element("a", found["title"], href=entity_url(found["document"]))
        body.append(element("p", word(_WORDS, "document", lang), "：", link))
    if found["files"]:
        body.append(element("p", word(_WORDS, "file", lang), "：", "、".join(found["files"]), class_="note"))
    total = word(_WORDS, "read", lang).format(len(found["mentions"]))
    body += [
        element("p", total, *legend, class_="legend"),
        element("article", *marked(found["text"], found["mentions"]), class_="text", lang="zh-Hans"),
        element("p", word(_WORDS, "masked", lang), class_="note"),
    ]
    forms = {name: media for name, media in FORMS.items() if name != "html"}
    return page(request, found["title"], *body, build=build, forms=forms, script="text.js")


def marked(words: str, mentions: list[dict[str, Any]]) -> list[Html]:
    """The text in pieces: each piece is a link to what the shortest place over it tells; each place begins with its
    anchor."""
    places: dict[tuple[int, int], dict[str, Any]] = {}
    for mention in mentions:
        known = places.setdefault((mention["start"], mention["end"]), mention)
        if known["kind"] == "other":
            places[mention["start"], mention["end"]] = mention
    cuts = sorted({0, len(words), *(cut for place in places for cut in place)})
    begins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in sorted(places, key=lambda place: place[1] - place[0]):
        begins[place[0]].append(place)
    pieces: list[Html] = []
    active: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        active = [place for place in active if place[1] > start] + begins[start]
        pieces += [element("span", id=f"char={s},{e}") for s, e in begins[start]]
        over = [places[place] for place in active if places[place]["kind"] != "other"]
        if not over:
            pieces.append(element("span", words[start:end], data_at=start))
            continue
        nearest = min(over, key=lambda one: one["end"] - one["start"])
        title = f"{nearest['label']} · {nearest['rule']} {nearest['confidence']}"
        mark = element("mark", words[start:end], class_=nearest["kind"])
        pieces.append(element("a", mark, href=entity_url(nearest["thing"]), title=title, data_at=start))
    return pieces


OPENAPI: dict[str, dict[str, Any]] = {
    "/text/{name}": {
        "get": {
            "operationId": "text",
            "summary": "一份文本和读出来的每一处 A text with what was read from it",
            "parameters": [
                {
                    "name": "name",
                    "in": "path",
                    "required": True,
                    "description": "The first 16 hex digits of its SHA-256; or its document's number, title or IRI",
                    "schema": {"type": "string", "minLength": 1},
                },
                described.form(FORMS),
                described.LANGUAGE,
            ],
            "responses": described.answers("文本 The text", FORMS, "304", "400", "404", "406", "429", "503"),
        }
    }
}
