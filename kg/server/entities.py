"""``/entity/…``: what is said of one of our IRIs, as a page for people and as RDF for machines.

``https://w3id.org/cn-eldercare/X`` is answered at ``/entity/X``, whichever way X is percent-encoded; ``/entity?iri=``
leads there. A fact stands with the sentence that says so.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.server.caching import lasting, page_etag, page_not_modified
from kg.server.choosing import HTML, JSON, choose, language
from kg.server.described import LANGUAGE, answers, form
from kg.server.frame import entity_url, missing, page, text_url, word
from kg.server.markup import Content, Html, element
from kg.server.problems import Problem
from kg.server.quotes import blockquote
from kg.server.service import Service
from kg.server.things import MEDIA, describe, thing
from kg.server.vocabulary import terms, vocabulary
from kg.statements import link
from ontology.terms import BASE, PREFIXES

__all__ = ["OPENAPI", "routes"]

FORMS = {"html": HTML, **MEDIA, "json": JSON}
_ONTOLOGY = {"html": HTML, "turtle": MEDIA["turtle"], "json": JSON}
_WORDS = {
    "facts": ("说的是什么", "What is said"),
    "incoming": ("谁指向它", "What points at it"),
    "places": ("原文出处", "Where the texts say so"),
    "more": ("共 {} 条，这里列 {} 条；全部见", "{} in all, {} here; the rest by"),
    "query": ("查询", "a query"),
    "mentions": ("原文共提及 {} 处，这里列前 {} 处", "named {} times in the texts; the first {} here"),
    "none": ("这张图谱里没有", "This graph says nothing of"),
    "text": ("看原文这一处", "Read it in its text"),
    "ontology": ("本体：类与属性", "The ontology: classes and properties"),
    "class": ("类", "Class"),
    "property": ("属性", "Property"),
}


def routes(service: Service) -> list[BaseRoute]:
    """The routes of entities."""

    async def entity(request: Request) -> Response:
        raw = request.scope.get("raw_path") or quote(request.url.path).encode()
        iri = link.of_path(raw.decode("ascii", "replace").partition("?")[0].partition("/entity/")[2])
        ontology = iri.rstrip("/") == f"{BASE}ont"
        wanted = choose(request, _ONTOLOGY if ontology else FORMS)
        build = service.snapshot.build
        tag = page_etag(request, build, wanted)
        if known := page_not_modified(request, tag, wanted):
            return known
        if ontology:
            return lasting(_ontology(request, wanted), tag)
        return lasting(await described(request, iri, wanted, build), tag)

    async def described(request: Request, iri: str, wanted: str, build: str) -> Response:
        if wanted in MEDIA:
            body = await _asked(service, describe, iri, wanted)
            return Response(body, 200, _headers(iri), MEDIA[wanted])
        try:
            card = await _asked(service, thing, iri)
        except Problem as problem:
            if wanted == "html" and problem.status == 404:
                return missing(request, iri, str(problem))
            raise
        if wanted == "json":
            return Response(json.dumps(card, ensure_ascii=False), 200, _headers(iri), JSON)
        return _page(request, card, build)

    async def by_iri(request: Request) -> Response:
        iri = request.query_params.get("iri", "")
        name, _, rest = iri.partition(":")
        full = PREFIXES[name] + rest if name in PREFIXES else iri
        if not full.startswith(BASE):
            raise Problem(400, f"iri={iri!r}: 应以 {BASE} 开头 give an IRI of this graph")
        return RedirectResponse(entity_url(full), 303)

    return [
        Route("/entity", by_iri, methods=["GET"]),
        Route("/entity/{path:path}", entity, methods=["GET"]),
    ]


async def _asked(service: Service, function: Any, iri: str, *more: Any) -> Any:
    try:
        return await service.run(function, iri, *more)
    except Problem as problem:
        if problem.status != 404:
            raise
        raise Problem(404, f"{_WORDS['none'][0]} {_WORDS['none'][1]} {iri}") from None


def _headers(iri: str) -> dict[str, str]:
    target = quote(iri, safe=":/%#()!,;=~-._")
    return {"vary": "accept, accept-language", "link": f'<{target}>; rel="canonical"'}


def _page(request: Request, card: dict[str, Any], build: str) -> Response:
    lang = language(request)
    body: list[Content] = [
        element("h1", card["label"]),
        element("p", *(_badge(kind, lang) for kind in card["classes"]), class_="badges"),
        element("p", element("code", card["iri"]), class_="iri"),
    ]
    if card["text"]:
        body.append(element("p", element("a", word(_WORDS, "text", lang), href=text_url(*card["text"]))))
    own = [group for group in card["groups"] if group["way"] == "out"]
    others = [group for group in card["groups"] if group["way"] == "in"]
    if own:
        body += [element("h2", word(_WORDS, "facts", lang)), _facts(card, own, lang)]
    if card["quotations"]:
        body.append(element("h2", word(_WORDS, "places", lang)))
        if card["mentions"] > len(card["quotations"]):
            told = word(_WORDS, "mentions", lang).format(card["mentions"], len(card["quotations"]))
            body.append(element("p", told, class_="note"))
        body += [blockquote(one, lang) for one in card["quotations"]]
    if others:
        body += [element("h2", word(_WORDS, "incoming", lang)), _facts(card, others, lang)]
    forms = {name: media for name, media in FORMS.items() if name != "html"}
    return page(request, card["label"], *body, build=build, forms=forms)


def _badge(kind: dict[str, str], lang: str) -> Html:
    return element("a", _called(kind, lang), href=entity_url(kind["iri"]), class_="badge")


def _called(named: dict[str, str], lang: str) -> str:
    return named["en" if lang == "en" else "label"]


def _facts(card: dict[str, Any], groups: list[dict[str, Any]], lang: str) -> Html:
    rows: list[Content] = []
    for group in groups:
        arrow = "← " if group["way"] == "in" else ""
        rows.append(element("dt", arrow, _called(group, lang), title=group["property"]))
        values: list[Content] = [element("li", *_value(fact, lang)) for fact in group["facts"]]
        rest = [_rest(card, group, lang)] if group["count"] > len(values) else []
        rows.append(element("dd", element("ul", *values), *rest))
    return element("dl", *rows, class_="facts")


def _value(fact: dict[str, Any], lang: str) -> list[Content]:
    if "iri" not in fact:
        return [fact["value"]]
    href = entity_url(fact["iri"])
    return [element("a", fact["value"], href=href), *(blockquote(one, lang) for one in fact["evidence"])]


def _rest(card: dict[str, Any], group: dict[str, Any], lang: str) -> Html:
    pattern = f"<{card['iri']}> <{group['property']}> ?thing"
    if group["way"] == "in":
        pattern = f"?thing <{group['property']}> <{card['iri']}>"
    sparql = f"SELECT ?thing ?name WHERE {{\n  {pattern} .\n  OPTIONAL {{ ?thing skos:prefLabel ?name }}\n}} LIMIT 1000"
    told = word(_WORDS, "more", lang).format(group["count"], len(group["facts"])) + " "
    return element(
        "p", told, element("a", word(_WORDS, "query", lang), href="/#query=" + quote(sparql, safe="")), class_="note"
    )


def _ontology(request: Request, wanted: str) -> Response:
    """The terms themselves: ``ont`` has no page for each, as their IRIs have fragments."""
    if wanted == "turtle":
        return Response(vocabulary(), 200, _headers(f"{BASE}ont"), MEDIA["turtle"])
    if wanted == "json":
        return Response(json.dumps(terms(), ensure_ascii=False), 200, _headers(f"{BASE}ont"), JSON)
    lang = language(request)
    rows = [
        element(
            "tr",
            element("th", element("code", term["name"]), scope="row"),
            element("td", word(_WORDS, term["kind"], lang)),
            element("td", term["en"] if lang == "en" else term["zh"]),
            element("td", term["about_en"] if lang == "en" else term["about"]),
            id=term["name"].partition(":")[2],
        )
        for term in terms()
        if term["kind"] in ("class", "property") and term["name"].startswith("ek:")
    ]
    title = word(_WORDS, "ontology", lang)
    forms = {name: media for name, media in _ONTOLOGY.items() if name != "html"}
    table = element("div", element("table", element("tbody", *rows)), class_="wide", tabindex="0", role="region")
    return page(request, title, element("h1", title), table, forms=forms)


_OURS = "|".join([BASE.replace(".", "[.]"), *(f"{name}:" for name, iri in PREFIXES.items() if iri.startswith(BASE))])
_IRI = {"type": "string", "pattern": f"^({_OURS})"}
OPENAPI: dict[str, dict[str, Any]] = {
    "/entity/{path}": {
        "get": {
            "operationId": "entity",
            "summary": "一个资源：网页或 RDF What is said of one of our IRIs: a page, or RDF",
            "parameters": [
                {
                    "name": "path",
                    "in": "path",
                    "required": True,
                    "description": f"What follows {BASE} in the IRI, such as id/area/500112",
                    "schema": {"type": "string", "minLength": 1},
                },
                form(FORMS),
                LANGUAGE,
            ],
            "responses": answers("资源 The thing", FORMS, "304", "400", "404", "406", "429", "503"),
        }
    },
    "/entity": {
        "get": {
            "operationId": "entity_by_iri",
            "summary": "由 IRI 或带前缀的名字到它的页 Leads from an IRI, or a name with our prefix, to its page",
            "parameters": [{"name": "iri", "in": "query", "required": True, "schema": _IRI}],
            "responses": {
                "303": {"description": "到 To /entity/…"},
                "400": {"description": "不是本图谱的 IRI No IRI of this graph"},
            },
        }
    },
}
