"""服务给人看的一面：每个资源有页，事实带原文；搜得到；问得了；原文里每一处有锚点；网页里没有能运行的坏名字。"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from served import PAGE, serving, when_ready
from starlette.testclient import TestClient

from kg import Graph, build
from kg.server.frame import entity_url
from kg.server.markup import element
from kg.server.questions import answered
from kg.server.texts import marked, text
from kg.server.things import thing
from ontology.terms import BASE

DOC = f"{BASE}id/doc/渝北民-2024-61"
BODY = f"{BASE}id/org/500112/重庆市渝北区民政局"


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[TestClient]:
    for client in serving(sample_folder):
        when_ready(client, "/search?q=x")
        yield client


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page))


class TestEntities:
    def test_a_page_shows_facts_with_their_sentences(self, client: TestClient) -> None:
        page = client.get(entity_url(DOC), headers=PAGE)
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "发文字号" in page.text and "渝北民〔2024〕61号" in page.text
        assert f'href="{entity_url(BODY)}"' in page.text
        assert re.search(r'<blockquote>.*?href="/text/[0-9a-f]{16}#char=\d+,\d+"><mark>', page.text)

    @pytest.mark.parametrize(
        ("accept", "media", "sign"),
        [
            ("text/turtle", "text/turtle", "ek:documentNumber"),
            ("application/ld+json", "application/ld+json", '"@id"'),
            ("application/n-triples", "application/n-triples", f"<{DOC}> "),
            ("application/json", "application/json", '"groups"'),
            ("application/rdf+xml;q=0.1, text/turtle;q=0.5, text/html;q=0.2", "text/turtle", "渝北民〔2024〕61号"),
        ],
    )
    def test_machines_get_what_they_ask_for(self, client: TestClient, accept: str, media: str, sign: str) -> None:
        answer = client.get(entity_url(DOC), headers={"accept": accept})
        assert answer.headers["content-type"].startswith(media)
        assert sign in answer.text
        assert "accept" in answer.headers["vary"].lower()

    def test_every_encoding_of_an_iri_leads_to_the_same_thing(self, client: TestClient) -> None:
        path = DOC.removeprefix(BASE)
        for way in (quote(path), quote(path, safe="/").lower(), quote(path).replace("-", "%2D")):
            answer = client.get("/entity/" + way, headers={"accept": "application/json"})
            assert answer.json()["iri"] == DOC

    def test_an_iri_or_a_short_name_leads_to_the_page(self, client: TestClient) -> None:
        assert client.get("/entity", params={"iri": DOC}).headers["location"] == entity_url(DOC)
        assert client.get("/entity", params={"iri": "ek:Agency"}).headers["location"] == "/entity/ont#Agency"
        assert 'id="Agency"' in client.get("/entity/ont", headers=PAGE).text
        assert client.get("/entity", params={"iri": "http://example.org/"}).status_code == 400

    def test_what_is_not_there_is_missing_for_both(self, client: TestClient) -> None:
        page = client.get("/entity/id/doc/没有", headers=PAGE)
        assert page.status_code == 404 and "这里没有" in page.text and "/search?q=" in page.text
        assert client.get("/entity/id/doc/没有", headers={"accept": "text/turtle"}).status_code == 404
        assert client.get(entity_url(DOC), headers={"accept": "image/png"}).status_code == 406

    def test_the_evidence_of_a_fact_says_it(self, sample_graph: Graph) -> None:
        card = thing(sample_graph, DOC)
        (issued,) = (group for group in card["groups"] if group["property"].endswith("#issuedBy"))
        (quotation,) = issued["facts"][0]["evidence"]
        assert "渝北区民政局" in quotation["words"]
        whole = sample_graph.text(quotation["text"])
        assert whole[quotation["start"] : quotation["end"]] == quotation["words"]

    def test_the_first_of_many_and_how_many_there_are(self, sample_graph: Graph) -> None:
        card = thing(sample_graph, f"{BASE}id/area/500112", most=2)
        (figures,) = (group for group in card["groups"] if group["property"].endswith("#place"))
        assert len(figures["facts"]) == 2 < figures["count"]


class TestQuestions:
    def test_the_catalogue(self, client: TestClient) -> None:
        told = client.get("/ask", headers={"accept": "application/json"}).json()
        assert told[0]["id"] == "cq01" and told[0]["parameters"][0]["name"] == "document"
        assert 'href="/ask/cq05"' in client.get("/ask", headers=PAGE).text

    def test_an_answer_in_every_form(self, client: TestClient) -> None:
        values = {"region": "重庆市渝北区", "year": "2023", "what": "失能老人"}
        told = client.get("/ask/cq05", params={**values, "format": "json", "evidence": "1"}).json()
        assert told["rows"] == [[640, "名"]]
        assert told["evidence"][0][0]["words"] == "640名"
        rows = list(csv.reader(io.StringIO(client.get("/ask/cq05", params={**values, "format": "csv"}).text)))
        assert rows == [["\ufeffvalue", "unit"], ["640", "名"]]
        page = client.get("/ask/cq05", params={**values, "evidence": "1"}, headers=PAGE).text
        assert "<td>640</td>" in page and "<mark>640名</mark>" in page and 'value="重庆市渝北区"' in page

    def test_wrong_values_are_told_on_the_page_and_to_machines(self, client: TestClient) -> None:
        page = client.get("/ask/cq10", params={"document": "没有这份文件"}, headers=PAGE)
        assert page.status_code == 404 and 'role="alert"' in page.text and "没有这份文件" in page.text
        assert client.get("/ask/cq10", params={"document": "没有这份文件", "format": "json"}).status_code == 404
        assert client.get("/ask/cq13", params={"date": "x"}, headers=PAGE).status_code == 400
        assert client.get("/ask/cq10", params={"doc": "x"}).status_code == 400
        assert client.get("/ask/cq05", params={"evidence": "x"}).status_code == 400
        assert client.get("/ask/cq05", params={"lang": "x"}).status_code == 400
        assert client.get("/ask/cq999").status_code == 404

    def test_every_row_keeps_what_it_rests_on(self, sample_graph: Graph) -> None:
        told = answered(sample_graph, "cq13", {"date": "*"})
        assert told["rows"] and all(nodes for nodes in told["nodes"])


class TestTexts:
    def test_a_text_by_number_hash_and_title(self, client: TestClient, sample_graph: Graph) -> None:
        sha = sample_graph.sha("渝北民〔2024〕61号")
        for name in (sha, "渝北民〔2024〕61号"):
            told = client.get(f"/text/{quote(name)}", headers={"accept": "application/json"}).json()
            assert told["id"] == sha and told["text"] == sample_graph.text(sha)
        for mention in told["mentions"]:
            assert 0 <= mention["start"] < mention["end"] <= told["length"]
        assert client.get(f"/text/{sha}?format=text").text == sample_graph.text(sha)

    def test_the_page_has_the_text_and_an_anchor_for_each_place(self, client: TestClient, sample_graph: Graph) -> None:
        told = text(sample_graph, "渝北民〔2024〕61号")
        pieces = "".join(map(str, marked(told["text"], told["mentions"])))
        assert words_of(pieces) == told["text"]
        for mention in told["mentions"]:
            assert f'id="char={mention["start"]},{mention["end"]}"' in pieces
        assert pieces in client.get(f"/text/{told['id']}", headers=PAGE).text

    def test_places_that_cross_keep_every_character_once(self) -> None:
        def place(start: int, end: int) -> dict[str, Any]:
            told = {"thing": f"{BASE}id/org/{start}", "label": "某", "kind": "agency", "rule": "r", "confidence": 1.0}
            return {"start": start, "end": end, **told}

        made = marked("甲乙丙丁戊己", [place(0, 3), place(2, 5), place(2, 3)])
        assert words_of("".join(map(str, made))) == "甲乙丙丁戊己"

    def test_no_such_text(self, client: TestClient) -> None:
        assert client.get("/text/没有", headers=PAGE).status_code == 404
        assert client.get("/text/..%2F..%2Fmanifest.json", headers={"accept": "application/json"}).status_code == 404


def test_every_page_keeps_to_a_policy_without_inline_code(client: TestClient) -> None:
    for path in ("/", "/ask", "/ask/cq05", "/search?q=民政", entity_url(DOC), "/entity/ont"):
        answer = client.get(path, headers=PAGE)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
        assert not re.search(r"<style|style=|\son\w+=|<script(?! src=)", answer.text), path


@pytest.mark.parametrize("form", ["html", "json"])
@pytest.mark.parametrize(
    "path", [entity_url(DOC), "/entity/ont", "/ask", "/ask/cq01?evidence=1", f"/text/{quote(DOC)}"]
)
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str, form: str) -> None:
    address = f"{path}{'&' if '?' in path else '?'}format={form}"
    whole = client.get(address)
    tag = whole.headers["etag"]
    again = client.get(address, headers={"if-none-match": tag})
    assert (whole.status_code, again.status_code, again.content) == (200, 304, b"")
    assert "Accept-Language" in again.headers["vary"]
    # A client puts the headers of the 304 in the place of the old ones, the page's policy among them.
    for name in ("etag", "cache-control", "content-security-policy"):
        assert again.headers[name] == whole.headers[name]
    other = client.get(f"{address}&lang=en", headers={"if-none-match": tag})
    assert other.status_code == 200


def test_the_query_page_keeps_its_policy_when_it_has_not_changed(client: TestClient) -> None:
    whole = client.get("/")
    again = client.get("/", headers={"if-none-match": whole.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == whole.headers["content-security-policy"]


def test_a_refusal_is_asked_for_again(client: TestClient) -> None:
    for path in ("/entity/id/org/none", "/text/none", "/ask/cq01?year=x"):
        answer = client.get(path, headers=PAGE)
        assert answer.status_code >= 400
        assert "etag" not in answer.headers


def test_files_of_the_page_are_kept_by_clients(client: TestClient) -> None:
    first = client.get("/static/query.js")
    assert client.get("/static/query.js", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert client.get("/static/..%2F..%2Fapp.py").status_code == 404
    told = {term["name"]: term for term in client.get("/terms").json()["terms"]}
    assert told["ek:Agency"]["zh"] == "机关单位" and told["ek:issuedBy"]["kind"] == "property"


def test_every_route_of_the_pages_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/", "/search", "/ask", "/ask/cq05", "/text/{name}", "/entity/{path}", "/explorer", "/terms"} <= set(paths)
    assert [p["name"] for p in paths["/ask/cq05"]["get"]["parameters"]][:3] == ["what", "region", "year"]


def test_names_are_only_text(tmp_path: Path) -> None:
    """坏名字在每一页上都只是文字。"""
    bad = "<script>alert(1)</script>"
    (tmp_path / "in").mkdir()
    notice = f"某某县民政局关于印发《养老{bad}办法》的通知\n\n依据《养老{bad}条例》，某某县民政局制定本办法。\n"
    (tmp_path / "in" / "坏.txt").write_text(notice, encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "graph", workers=1)
    for client in serving(tmp_path / "graph"):
        hits = when_ready(client, "/search", params={"q": "养老", "format": "json"}).json()["hits"]
        for path in ["/search?q=养老", "/ask/cq10", *(entity_url(hit["iri"]) for hit in hits)]:
            assert "<script>alert" not in client.get(path, headers=PAGE).text
        assert "<script>alert" not in client.get("/search?q=" + quote(bad), headers=PAGE).text


def test_attributes_cannot_be_broken_out_of() -> None:
    made = str(element("a", "<b>", element("br"), href='" onload="x', hidden=False, data_x="&"))
    assert made == '<a href="&quot; onload=&quot;x" data-x="&amp;">&lt;b&gt;<br></a>'
