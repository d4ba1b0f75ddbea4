"""What a running service may be attacked with: queries of death, nesting, attempts to reach another host or a file."""

from __future__ import annotations

from urllib.parse import quote, urlencode

__all__ = ["CROSS", "deadly", "nested", "reaching"]

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
FOUR = CROSS + " . ?j ?k ?l"
PATH = "(!<x:x>|^!<x:x>)"


def deadly() -> list[str]:
    """Sixty queries that would run for hours, or until memory ends."""
    found = [f"SELECT ({how} AS ?n) {{ {FOUR} }}" for how in ("COUNT(*)", "COUNT(DISTINCT ?a)", "SUM(STRLEN(STR(?l)))")]
    found += [f"SELECT (GROUP_CONCAT(?{v}) AS ?n) {{ {FOUR} }}" for v in "cfil"]
    found += [f"SELECT (MAX(CONCAT(STR(?a), STR(?{v}))) AS ?n) {{ {FOUR} }}" for v in "dgj"]
    found += [f"SELECT * {{ {FOUR} }} ORDER BY {way}(?{v})" for way in ("ASC", "DESC") for v in "cfil"]
    found += [f"SELECT DISTINCT ?{v} ?{w} {{ {FOUR} }}" for v, w in ("ad", "ag", "aj", "dg")]
    found += [f"SELECT * {{ {FOUR} FILTER({test}) }}" for test in (
        "REGEX(CONCAT(STR(?a), STR(?l)), '^(a+)+$')", "REGEX(STR(?l), '(x|y|xy)*z{20}')",
        "STR(?a) = CONCAT(STR(?l), '1')", "SHA512(STR(?l)) = '0'", "RAND() > 2",
        "STRLEN(REPLACE(STR(?l), '.', 'xxxxxxxxxx')) > 99999",
    )]  # fmt: skip
    found += [f"SELECT (COUNT(*) AS ?n) {{ ?a {PATH}{m} ?b . ?c {PATH}{m} ?d }}" for m in ("*", "+", "?")]
    found += [f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([PATH + '*'] * n)} ?b }}" for n in (2, 3, 5, 8)]
    found += [f"ASK {{ ?a ?p ?b . ?b {PATH}* ?c . ?c {PATH}* ?a FILTER(STR(?a) = 'x') }}"]
    found += [f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?l }} WHERE {{ {FOUR} }}", f"DESCRIBE * {{ {CROSS} }}"]
    found += [f"SELECT * {{ {CROSS} OPTIONAL {{ ?x ?y ?z . ?u ?v ?w FILTER(?z = ?w && ?x != ?a) }} }} ORDER BY ?w"]
    found += [f"SELECT * {{ {CROSS} MINUS {{ ?a ?q ?r . ?s ?t ?u . ?v ?w ?x }} }}"]
    found += [
        f"SELECT * {{ {CROSS} FILTER NOT EXISTS {{ ?a ?x ?y . ?z ?u ?v FILTER(STR(?y) > STR(?v) && ?c = ?x) }} }}"
    ]
    found += [
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(n)) + " }" for n in (5, 12, 60)
    ]
    found += [
        "SELECT * { " + " ".join(f"{{ ?s{i} ?p ?o{i} }} UNION {{ ?o{i} ?p ?s{i} }}" for i in range(n)) + " }"
        for n in (4, 9)
    ]
    values = " ".join(map(str, range(3_000)))
    found += [
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?{v} {{ {values} }}" for v in letters) + " }"
        for letters in ("xyz", "wxyz")
    ]
    for grow, first in (
        ("CONCAT(?x{0}, ?x{0})", "'养老'"),
        ("REPLACE(?x{0}, '.', 'abcdefgh')", "'x'"),
        ("ENCODE_FOR_URI(CONCAT(?x{0}, '%老'))", "'老'"),
    ):
        steps = " ".join(f"BIND({grow.format(i)} AS ?x{i + 1})" for i in range(60))
        found.append(f"SELECT ?x60 {{ BIND({first} AS ?x0) {steps} {CROSS} }}")
    found += [
        "SELECT * { " + "{ SELECT ?a (COUNT(*) AS ?n) { " + FOUR + f" }} GROUP BY ?a ?{v} ?{w} }} }}"
        for v, w in ("dg", "gj")
    ]
    found += [f"SELECT ?a (SAMPLE(?l) AS ?s) {{ {FOUR} }} GROUP BY ?a ?d HAVING (COUNT(*) > {n})" for n in (1, 10)]
    found += ["ASK { " + "?s <a:a>" + "/<a:a>" * n + " ?o }" for n in (900, 1_500, 3_000)]
    found += ["ASK { " + "?a ?b ?c ." * n + " }" for n in (400, 1_500)]
    found += ["ASK { {} " + "UNION {} " * 4_000 + "}", "ASK { " + "OPTIONAL { ?s ?p ?o } " * 2_000 + "}"]
    return found[:60]


SHAPES = {
    "groups": ("ASK", "{", "", "}", ""),
    "parentheses": ("ASK{FILTER(", "(", "true", ")", ")}"),
    "not": ("ASK{FILTER(", "!", "true", "", ")}"),
    "exists": ("ASK{", "FILTER EXISTS{", "?s ?p ?o", "}", "}"),
    "and": ("ASK{FILTER(true", "&&true", "", "", ")}"),
    "path": ("ASK{?s <a:a>", "/<a:a>", "", "", " ?o}"),
    "collections": ("ASK{?s ?p ", "(", "1", ")", "}"),
    "blank nodes": ("ASK{?s ?p ", "[?p ", "1", "]", "}"),
    "union": ("ASK{{}", "UNION{}", "", "", "}"),
    "optional": ("ASK{", "OPTIONAL{", "?s ?p ?o", "}", "}"),
    "subqueries": ("ASK{", "{SELECT*{", "?s ?p ?o", "}}", "}"),
}


def nested() -> list[str]:
    """Eleven shapes at six depths."""
    depths = (60, 300, 1_000, 5_000, 20_000, 100_000)
    return [a + b * n + c + d * n + e for a, b, c, d, e in SHAPES.values() for n in depths]


def reaching(port: int) -> list[tuple[str, str]]:
    """Attempts to have a host called or a file read: path and body of a POST, or a path to GET."""
    hosts = ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "2130706433", "0x7f000001",
             "0177.0.0.1", "127.1", "0", "127.0.0.1.nip.io", "user@127.0.0.1", "①②⑦.⓪.⓪.①")  # fmt: skip
    urls = [f"{scheme}://{host}:{port}/" for scheme in ("http", "https") for host in hosts]
    files = [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "/etc/passwd",
        "../../etc/passwd",
        "file:///proc/self/environ",
    ]
    queries = [f"ASK {{ SERVICE {silent}<{url}> {{ ?s ?p ?o }} }}" for url in urls for silent in ("", "SILENT ")]
    queries += [f"SELECT * FROM {named}<{url}> {{ ?s ?p ?o }}" for url in urls + files for named in ("", "NAMED ")]
    queries += [f"{verb} <{url}>" for verb in ("LOAD", "LOAD SILENT") for url in urls[:13] + files]
    queries += [f"PREFIX x: <{url}> ASK {{ SERVICEx:a {{ ?s ?p ?o }} }}" for url in urls[:6]]
    queries += [
        f"ASK {{ BIND(<{url}> AS ?e) BIND(1 AS ?a) FILTER(?a<?b)SERVICE?e#>\n{{ ?s ?p ?o }} }}" for url in urls[:6]
    ]
    queries += [rf"ASK {{ SERV\u0049CE <{url}> {{ ?s ?p ?o }} }}" for url in urls[:6]]
    posts = [("/sparql", urlencode({"query": query})) for query in queries]
    gets = [
        (f"/sparql?query=ASK%7B%7D&{name}={quote(iri)}", "")
        for name in ("default-graph-uri", "named-graph-uri")
        for iri in urls[:13] + files
    ]
    gets += [(f"/rdf-graph-store?graph={quote(iri)}", "") for iri in urls[:13] + files]
    gets += [(f"/{'../' * n}etc/passwd", "") for n in (0, 1, 3)] + [
        ("/%2e%2e/%2e%2e/etc/passwd", ""),
        (f"http://127.0.0.1:{port}/", ""),
    ]
    return posts + gets
