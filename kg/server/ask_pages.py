"""The pages of the named questions: their list, and for each its form and its answer as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.query.asking import EVERYTHING, Parameter, Question, questions
from kg.server.choosing import HTML, JSON, language
from kg.server.frame import entity_url, page, word
from kg.server.markup import Content, Html, element
from kg.server.problems import Problem
from kg.server.quotes import blockquote

__all__ = ["FORMS", "LISTS", "catalogue_page", "question_page"]

LISTS = {"html": HTML, "json": JSON}
FORMS = {"html": HTML, "json": JSON, "csv": "text/csv"}
_WORDS = {
    "title": ("问题", "Questions"),
    "lead": (
        "用平常话问图谱。选一个问题，填上地区、文件、年份；每一行答案都有原文。",
        "Put a ready question to the graph; every row of the answer leads to the words that say so.",
    ),
    "ask": ("查询", "Ask"),
    "rows": ("共 {} 行", "{} rows"),
    "none": ("没有答案：这张图谱里没有这样的陈述。", "No answer: this graph states nothing of the kind."),
    "evidence": ("显示原文", "Show the sentences"),
    "because": ("依据", "Evidence"),
    "everything": ("留空用默认值，* 表示不限", "leave empty for the default, * for everything"),
    "all": ("所有问题", "All questions"),
    "open": ("查看", "see"),
}
_KINDS = {
    "document": ("文件", "document"),
    "agency": ("机关", "agency"),
    "body": ("机关（不含地名）", "kind of body"),
    "area": ("地区", "area"),
    "program": ("项目", "programme"),
    "day": ("日期", "day"),
    "year": ("年份", "year"),
    "text": ("文字", "words"),
    "number": ("数", "number"),
}


def _title(asked: Question, lang: str) -> str:
    return asked.en if lang == "en" else asked.zh


def catalogue_page(request: Request) -> Response:
    """All questions, each with the kinds of its parameters."""
    lang = language(request)
    items = (
        element(
            "li",
            element("a", _title(q, lang), href=f"/ask/{q.id}"),
            " ",
            element("small", q.id, *(f" · {_kind(p, lang)}" for p in q.parameters)),
        )
        for q in questions().values()
    )
    title = word(_WORDS, "title", lang)
    lead = element("p", word(_WORDS, "lead", lang), class_="lead")
    body = (element("h1", title), lead, element("ol", *items, class_="questions"))
    return page(request, title, *body, forms={"json": JSON})


def _kind(parameter: Parameter, lang: str) -> str:
    return _KINDS.get(parameter.kind, (parameter.kind, parameter.kind))[lang == "en"]


def question_page(
    request: Request,
    asked: Question,
    values: Mapping[str, str],
    found: dict[str, Any] | None,
    build: str,
    refused: Problem | None = None,
) -> Response:
    """A question with its form.

    Args:
        found: its answer, as ``kg.server.questions.answered`` gives it; None where it was refused.
        refused: why it was.
    """
    lang = language(request)
    body: list[Content] = [
        element("p", element("a", "← " + word(_WORDS, "all", lang), href="/ask")),
        element("h1", _title(asked, lang)),
        _form(request, asked, values, lang),
    ]
    if refused:
        body.append(element("p", refused.detail, class_="refused", role="alert"))
    if found is not None:
        body += _answer(found, lang)
    if asked.note:
        body.append(element("p", asked.note, class_="note"))
    forms = {name: media for name, media in FORMS.items() if name != "html"}
    return page(
        request, _title(asked, lang), *body, build=build, forms=forms, status=refused.status if refused else 200
    )


def _form(request: Request, asked: Question, values: Mapping[str, str], lang: str) -> Html:
    fields: list[Content] = []
    for parameter in asked.parameters:
        fields += [
            element("label", f"{_kind(parameter, lang)}（{parameter.name}）", for_=f"p-{parameter.name}"),
            element(
                "input",
                id=f"p-{parameter.name}",
                name=parameter.name,
                value=values.get(parameter.name),
                placeholder=parameter.default or EVERYTHING,
                inputmode="numeric" if parameter.kind in ("year", "number") else None,
                aria_describedby=f"h-{parameter.name}",
            ),
            element("small", parameter.help or "", id=f"h-{parameter.name}"),
        ]
    if asked.parameters:
        fields.append(element("p", word(_WORDS, "everything", lang), class_="note"))
    fields += [
        element(
            "label",
            element(
                "input",
                type="checkbox",
                name="evidence",
                value="1",
                checked=request.query_params.get("evidence") == "1",
            ),
            " " + word(_WORDS, "evidence", lang),
            class_="check",
        ),
        element("input", type="hidden", name="lang", value=lang) if lang == "en" else None,
        element("button", word(_WORDS, "ask", lang), type="submit"),
    ]
    return element("form", *fields, method="get", class_="ask")


def _answer(found: dict[str, Any], lang: str) -> list[Content]:
    if not found["rows"]:
        return [element("p", word(_WORDS, "none", lang), class_="note")]
    head = [*(element("th", column, scope="col") for column in found["columns"])]
    head.append(element("th", word(_WORDS, "because", lang), scope="col"))
    rows = []
    for index, row in enumerate(found["rows"]):
        cells = [element("td", "" if cell is None else _cell(cell)) for cell in row]
        rows.append(element("tr", *cells, element("td", *_because(found, index, lang))))
    table = element("table", element("thead", element("tr", *head)), element("tbody", *rows))
    told = word(_WORDS, "rows", lang).format(len(rows))
    return [
        element("p", told, class_="note"),
        element("div", table, class_="wide", tabindex="0", role="region", aria_label=told),
    ]


def _cell(cell: Any) -> Content:
    if isinstance(cell, bool):
        return "✓" if cell else "✗"
    return cell if isinstance(cell, int | float) else str(cell)


def _because(found: dict[str, Any], index: int, lang: str) -> list[Content]:
    """Links to what the row rests on; with evidence the sentences themselves."""
    if "evidence" in found:
        return [blockquote(quote, lang) for quote in found["evidence"][index][:5]]
    links: list[Content] = []
    for number, node in enumerate(found["nodes"][index][:5], 1):
        links += [element("a", f"{word(_WORDS, 'open', lang)}{number}", href=entity_url(node)), " "]
    return links
