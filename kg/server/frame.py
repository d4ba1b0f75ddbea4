"""The frame of every page for people: head, navigation, language; words in Chinese and English."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.server.choosing import language
from kg.server.markup import Content, Html, element, join
from ontology.terms import BASE

__all__ = ["POLICY", "address", "entity_url", "missing", "page", "text_url", "word"]

# Everything comes from this server; no script or style stands in a page itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
TITLE = {"zh": "养老政策知识图谱", "en": "Chinese eldercare policy graph"}
_NAVIGATION = (
    ("/", {"zh": "查询", "en": "Query"}),
    ("/ask", {"zh": "问题", "en": "Questions"}),
    ("/search", {"zh": "搜索", "en": "Search"}),
    ("/explorer", {"zh": "探索", "en": "Explorer"}),
)
_WORDS = {
    "skip": ("跳到正文", "Skip to content"),
    "pages": ("各页", "Pages"),
    "language": ("English", "中文"),
    "build": ("版本", "Build"),
    "machine": ("机器可读", "For machines"),
    "missing": ("这里没有", "Nothing here"),
    "search": ("搜一搜", "Search"),
}


def word(words: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    """A word of a page's own table of (Chinese, English)."""
    return words[key][lang == "en"]


def entity_url(iri: str) -> str:
    """Where one of our IRIs is described here; the IRI itself for those of others."""
    if not iri.startswith(BASE):
        return iri
    return "/entity/" + quote(iri[len(BASE) :], safe="/%#:@!$&'()*+,;=~-._")


def text_url(sha: str, start: int | None = None, end: int | None = None) -> str:
    """Where a text is shown, with its characters ``[start, end)`` marked (RFC 5147 fragments)."""
    return f"/text/{sha}" if start is None else f"/text/{sha}#char={start},{end}"


def address(request: Request, **changes: str) -> str:
    """The address of this very page with some of its parameters changed."""
    given = [(key, value) for key, value in request.query_params.multi_items() if key not in changes]
    return quote(request.url.path, safe="/%") + "?" + urlencode([*given, *changes.items()])


def page(
    request: Request,
    title: str,
    *body: Content,
    build: str = "",
    forms: dict[str, str] | None = None,
    script: str | None = None,
    status: int = 200,
) -> Response:
    """A page as an answer, with its policy.

    Args:
        forms: names of the other forms of this page to their media types; linked in head and foot.
        script: a file of ``/static/``.
    """
    lang = language(request)
    other = "zh" if lang == "en" else "en"
    head = join(
        (
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("title", f"{title} · {TITLE[lang]}"),
            element("link", rel="stylesheet", href="/static/pages.css"),
            element("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
            *(
                element("link", rel="alternate", type=media, href=address(request, format=name))
                for name, media in (forms or {}).items()
            ),
            element("script", src=f"/static/{script}", defer=True) if script else None,
        )
    )
    links = (
        element("a", names[lang], href=path, aria_current="page" if request.url.path == path else None)
        for path, names in _NAVIGATION
    )
    top = element(
        "header",
        element("a", word(_WORDS, "skip", lang), href="#main", class_="skip"),
        element("a", TITLE[lang], href="/", class_="brand"),
        element("nav", *links, aria_label=word(_WORDS, "pages", lang)),
        element("a", word(_WORDS, "language", lang), href=address(request, lang=other), class_="lang", lang=other),
    )
    foot = element("footer", *_foot(request, build, forms or {}, lang))
    whole = join(
        (
            Html(f'<!doctype html><html lang="{"zh-Hans" if lang == "zh" else "en"}">'),
            element("head", head),
            element("body", top, element("main", *body, id="main"), foot),
            Html("</html>"),
        )
    )
    headers = {
        "content-security-policy": POLICY,
        "content-language": lang,
        "vary": "accept, accept-language",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    return Response(whole.source, status, headers, "text/html")


def missing(request: Request, what: str, said: str) -> Response:
    """The page that says that there is nothing of this name, and leads to the search."""
    lang = language(request)
    last = what.rstrip("/").rpartition("/")[2]
    search = element("a", word(_WORDS, "search", lang), href="/search?" + urlencode({"q": last}))
    body = (element("h1", word(_WORDS, "missing", lang)), element("p", said), element("p", search))
    return page(request, word(_WORDS, "missing", lang), *body, status=404)


def _foot(request: Request, build: str, forms: dict[str, str], lang: str) -> list[Content]:
    told: list[Content] = []
    if forms:
        told.append(word(_WORDS, "machine", lang) + "：")
        for name in forms:
            told += [element("a", name, href=address(request, format=name), rel="alternate"), " "]
    if build:
        told.append(element("span", f"{word(_WORDS, 'build', lang)} {build[:12]}", class_="build"))
    return told
