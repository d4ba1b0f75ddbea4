"""What a SPARQL query is made of, read before any parser sees it, and what of that is not let through.

The store's own parser cannot be left alone with a stranger's text: brackets nested some hundred deep overflow its
stack, and SERVICE makes it call other hosts. It also reads keywords without the space after them (``SERVICEex:a {``
is a call where ``ex`` is a prefix) and takes ``<`` for less-than where the grammar would see an IRI, so that words
inside names and IRIs can be keywords too. What could be read in more ways than one is refused.

Tokens are those of SPARQL 1.1 Query Language, 19.8; escapes of code points (19.2) are read both as they stand and as
what they stand for. Reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from ontology.terms import BASE, PREFIXES

__all__ = ["BadQuery", "Checked", "NoUpdate", "Token", "TooLong", "check", "refuse_dangers", "tokens"]

DEPTH = 64
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_PROLOGUE = {"BASE": 2, "PREFIX": 3}  # tokens of each declaration
_CHANGING = frozenset(("RAND", "NOW", "UUID", "STRUUID"))
_OPENING = frozenset(("{", "(", "[", "<<"))
_CLOSING = frozenset(("}", ")", "]", ">>"))
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LOCAL = r"[\w:·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""
    (?P<space> [ \t\r\n]+ | \#[^\n\r]* )
  | (?P<iri> <(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*> )
  | (?P<string> \"\"\"(?:[^"\\]+|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]+|\\.|'(?!''))*+'''
      | "(?!"")(?:[^"\\\n\r]+|\\.)*+" | '(?!'')(?:[^'\\\n\r]+|\\.)*+' )
  | (?P<open_string> ["'] )
  | (?P<variable> [?$]\w+ )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<number> \d+(?:\.\d+)?(?:[eE][+-]?\d+)? | \.\d+(?:[eE][+-]?\d+)? )
  | (?P<blank> _:\w(?:[\w.\-·]*[\w\-·])? )
  | (?P<name> (?:[^\W\d_](?:[\w.\-·]{{0,100}}[\w\-·])?)?:(?:(?:{_LOCAL})(?:(?:{_LOCAL}|[.\-])*(?:{_LOCAL}|-))?)? )
  | (?P<word> [^\W\d]\w* )
  | (?P<mark> << | >> | . )
    """,
    re.VERBOSE | re.DOTALL,
)
# Words that make the tokens of a query worth a look: what is refused, and what is told of those let through.
_WORTH_A_LOOK = ("service", "from", "now", "rand", "uuid", "base", "\\")
_AT_A_GLANCE = re.compile(
    r"[ \t\r\n]*+(?:PREFIX[ \t\r\n]++[\w-]*+:[ \t\r\n]*+<[^<>\"{}|^`\x00-\x20]*+>[ \t\r\n]*+)*+"
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)(?=[ \t\r\n{?$*(<])",
    re.IGNORECASE,
)
# Where the parser may see the keyword inside a name or an IRI: at the front, after a full stop, after a bracket.
_IN_NAME = re.compile(r"(?:^|\.)service", re.IGNORECASE)
_IN_IRI = re.compile(r"\)\.?service", re.IGNORECASE)


class BadQuery(ValueError):
    """A query that cannot be run; the message says where and why."""


class TooLong(BadQuery):
    """A query with more tokens than are allowed."""


class NoUpdate(BadQuery):
    """An update where only queries are answered."""


class Token(NamedTuple):
    """A token: iri, string, variable, language, number, blank, name (with a prefix), word, or a mark."""

    kind: str
    text: str
    start: int


class Checked(NamedTuple):
    """What is known of a query that was let through.

    ``form`` is SELECT, ASK, CONSTRUCT or DESCRIBE; ``graphs`` are the IRIs after FROM; ``changing`` says that the
    same query may answer otherwise tomorrow (NOW, RAND).
    """

    form: str
    graphs: tuple[str, ...]
    changing: bool


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, without white space and comments.

    Raises:
        BadQuery: a string that does not end.

    >>> [token.text for token in tokens('SELECT ?a { ?a ex:p "SERVICE" } # SERVICE')]
    ['SELECT', '?a', '{', '?a', 'ex:p', '"SERVICE"', '}']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind == "open_string":
            raise BadQuery(f"{_place(text, match.start())}: the string that begins here does not end")
        if kind != "space":
            yield Token(kind, match[0], match.start())


def check(text: str, *, most_tokens: int | None = None, depth: int = DEPTH) -> Checked:
    """Let a query through, or say why not.

    Args:
        most_tokens: at most so many tokens.
        depth: at most so many brackets inside each other.

    Raises:
        BadQuery: it is no query, nests too deep, or could reach out of the graph.
        TooLong: it has too many tokens.
        NoUpdate: it is an update.
    """
    if known := _at_a_glance(text, len(text) if most_tokens is None else most_tokens, depth):
        return known
    found = refuse_dangers(text, most_tokens=most_tokens, depth=depth)
    if "\\" in text and (plain := _ESCAPE.sub(_meant, text)) != text:
        refuse_dangers(plain, most_tokens=most_tokens, depth=depth)
    at = _begin(found)
    if at == len(found):
        raise BadQuery("the query is empty; write SELECT, ASK, CONSTRUCT or DESCRIBE")
    form = found[at].text.upper()
    if form in _UPDATES:
        raise NoUpdate(f"{form.split()[0]}: this graph is read only; it changes by a new build")
    if form not in FORMS:
        place = _place(text, found[at].start)
        raise BadQuery(f"the query cannot be read: {place}: it begins with {', '.join(FORMS)}, not {form[:40]!r}")
    words = {word.upper() for kind, word, _ in found if kind == "word"}
    graphs = tuple(_graphs(found, at)) if "FROM" in words else ()
    return Checked(form, graphs, not words.isdisjoint(_CHANGING))


def _at_a_glance(text: str, most_tokens: int, depth: int) -> Checked | None:
    """What is known of a query in which nothing can be wrong, as of most; None where its tokens must tell."""
    plain = text.casefold()
    if len(text) > most_tokens or any(word in plain for word in _WORTH_A_LOOK):
        return None
    if sum(map(text.count, "{([<")) > depth or text.count("'") % 2 or text.count('"') % 2:
        return None
    begun = _AT_A_GLANCE.match(text)
    return Checked(begun[1].upper(), (), False) if begun else None


def refuse_dangers(text: str, *, most_tokens: int | None = None, depth: int = DEPTH) -> list[Token]:
    """The tokens of a text without SERVICE and without deep nesting.

    Raises:
        BadQuery: it has either; the message says where.
        TooLong: it has too many tokens.
    """
    found: list[Token] = []
    open_now = 0
    calling: Token | None = None
    for token in tokens(text):
        kind, word, start = token
        found.append(token)
        danger = False
        if kind == "mark":
            if word in _OPENING:
                open_now += 1
            elif word in _CLOSING:
                open_now -= 1
            danger = calling is not None and word == "{"
        elif kind == "word":
            danger = word[:7].upper() == "SERVICE"
        elif kind == "iri":
            danger = _IN_IRI.search(word) is not None
        if open_now > depth or (kind == "iri" and open_now + word.count("(") > depth):
            raise BadQuery(f"{_place(text, start)}: the query nests brackets deeper than {depth}; write it flatter")
        if danger:
            where = _place(text, (calling or token).start)
            raise BadQuery(f"{where}: SERVICE is not allowed: a query asks this graph and nothing else")
        calling = token if kind == "name" and _IN_NAME.search(word) else None
        if most_tokens is not None and len(found) > most_tokens:
            raise TooLong(f"the query has more than {most_tokens:,} words and marks; split it")
    return found


def _meant(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]


def _begin(found: list[Token]) -> int:
    """Where the query itself begins, after BASE and PREFIX."""
    at = 0
    while at < len(found) and found[at].kind == "word" and (step := _PROLOGUE.get(found[at].text.upper())):
        at += step
    return min(at, len(found))


def _graphs(found: list[Token], begin: int) -> Iterator[str]:
    """The IRIs after FROM and FROM NAMED."""
    base, prefixes = BASE, dict(PREFIXES)
    for at, token in enumerate(found[: begin - 1]):
        if token.text.upper() == "BASE":
            base = urljoin(base, found[at + 1].text[1:-1])
        elif token.text.upper() == "PREFIX":
            prefixes[found[at + 1].text[:-1]] = urljoin(base, found[at + 2].text[1:-1])
    for at, token in enumerate(found[begin:-1], begin):
        if token.text == "{":
            return
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        named = found[at + 1]
        if named.text.upper() == "NAMED" and at + 2 < len(found):
            named = found[at + 2]
        if named.kind == "iri":
            yield urljoin(base, _ESCAPE.sub(_meant, named.text[1:-1]))
        elif named.kind == "name":
            prefix, _, local = named.text.partition(":")
            yield prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, column {at - (text.rfind(chr(10), 0, at) + 1) + 1}"
