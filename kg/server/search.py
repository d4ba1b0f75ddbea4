"""``/search?q=``: things by name, number in any brackets, alias, pinyin or initials, from an index of the build."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.server import described
from kg.server.caching import lasting, page_etag, page_not_modified
from kg.server.choosing import HTML, JSON, choose, language
from kg.server.derived import Derived
from kg.server.finding import Hit, Index
from kg.server.frame import entity_url, page, word
from kg.server.markup import Content, Html, element
from kg.server.problems import Problem
from kg.server.service import Service

__all__ = ["KINDS", "OPENAPI", "routes"]

FORMS = {"html": HTML, "json": JSON}
MOST = 100
KINDS = {
    "document": ("文件", "document"),
    "agency": ("机关", "agency"),
    "organization": ("组织", "organisation"),
    "program": ("项目", "programme"),
    "area": ("地区", "area"),
    "proposal": ("建议提案", "proposal"),
    "group": ("人群", "population group"),
    "unresolved": ("未定名称", "unsettled name"),
}
_WHY = {
    "name": ("名称", "name"),
    "number": ("文号", "number"),
    "alias": ("别称", "other name"),
    "pinyin": ("拼音", "pinyin"),
    "initials": ("拼音首字母", "initials of the pinyin"),
    "words": ("含这些字", "these words"),
}
_WORDS = {
    "title": ("搜索", "Search"),
    "label": ("名称、文号、别称、拼音或首字母", "Name, number, alias, pinyin or initials"),
    "go": ("搜索", "Search"),
    "kind": ("种类", "Kind"),
    "all": ("全部", "all"),
    "none": ("没有找到。换一个说法，或只写其中几个字。", "Nothing found. Say it in other words, or give a part of it."),
    "hits": ("找到 {} 个", "{} found"),
    "times": ("原文提及 {} 处", "named {} times"),
}


def routes(service: Service) -> list[BaseRoute]:
    """The route of the search."""
    index = Derived(service, "kg.server.names", Index)

    async def search(request: Request) -> Response:
        form = choose(request, FORMS)
        asked = request.query_params.get("q", "").strip()
        kind = request.query_params.get("kind", "")
        if kind and kind not in KINDS:
            raise Problem(400, f"kind={kind!r}: 可选 one of {', '.join(KINDS)}")
        most = _most(request)
        made = await index.get()
        tag = page_etag(request, made.build, form)
        if known := page_not_modified(request, tag, form):
            return known
        hits = await asyncio.to_thread(made.opened.find, asked, kind=kind, most=most) if asked else []
        if form == "json":
            told = {"q": asked, "build": made.build, "hits": [hit._asdict() for hit in hits]}
            return lasting(Response(json.dumps(told, ensure_ascii=False), media_type=JSON), tag)
        return lasting(_page(request, asked, kind, hits, made.build), tag)

    return [Route("/search", search, methods=["GET"])]


def _most(request: Request) -> int:
    """How many hits are wanted.

    Raises:
        Problem: 400, no number from 1 to ``MOST``.
    """
    given = request.query_params.get("limit", "20")
    if not (given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= MOST):
        raise Problem(400, f"limit={given!r}: 应为 1 到 {MOST} a whole number from 1 to {MOST}")
    return int(given)


def _page(request: Request, asked: str, kind: str, hits: list[Hit], build: str) -> Response:
    lang = language(request)
    options = [element("option", word(_WORDS, "all", lang), value="")]
    options += [
        element("option", names[lang == "en"], value=name, selected=name == kind) for name, names in KINDS.items()
    ]
    form = element(
        "form",
        element("label", word(_WORDS, "label", lang), for_="q"),
        element("input", id="q", name="q", type="search", value=asked, maxlength=200, autofocus=not asked),
        element("label", word(_WORDS, "kind", lang), for_="kind"),
        element("select", *options, id="kind", name="kind"),
        element("input", type="hidden", name="lang", value=lang) if lang == "en" else None,
        element("button", word(_WORDS, "go", lang), type="submit"),
        method="get",
        class_="search",
        role="search",
    )
    body: list[Content] = [element("h1", word(_WORDS, "title", lang)), form]
    if hits:
        body.append(element("p", word(_WORDS, "hits", lang).format(len(hits)), class_="note", role="status"))
        body.append(element("ol", *(_hit(hit, lang) for hit in hits), class_="hits"))
    elif asked:
        body.append(element("p", word(_WORDS, "none", lang), class_="note", role="status"))
    return page(request, asked or word(_WORDS, "title", lang), *body, build=build, forms={"json": JSON})


def _hit(hit: Hit, lang: str) -> Html:
    why = word(_WHY, hit.why, lang)
    told = [why if hit.why in ("pinyin", "initials", "words") else f"{why} {hit.name}" if hit.name != hit.label else ""]
    told += [hit.number if hit.number != hit.name else "", hit.date]
    told.append(word(_WORDS, "times", lang).format(hit.mentions) if hit.mentions else "")
    return element(
        "li",
        element("a", hit.label, href=entity_url(hit.iri)),
        " ",
        element("span", KINDS[hit.kind][lang == "en"], class_="badge"),
        element("small", " · ".join(filter(None, told))),
    )


_LIMIT = {"type": "integer", "minimum": 1, "maximum": MOST, "default": 20}
OPENAPI: dict[str, dict[str, Any]] = {
    "/search": {
        "get": {
            "operationId": "search",
            "summary": "按名称、文号、别称、拼音、首字母找 Things by name, number, alias, pinyin or initials",
            "parameters": [
                {"name": "q", "in": "query", "required": False, "schema": {"type": "string"}},
                {"name": "kind", "in": "query", "required": False, "schema": {"enum": list(KINDS)}},
                {"name": "limit", "in": "query", "required": False, "schema": _LIMIT},
                described.form(FORMS),
                described.LANGUAGE,
            ],
            "responses": described.answers(
                "所得，最合的在前 The hits, the best first", FORMS, "304", "400", "406", "503"
            ),
        }
    }
}
