"""搜得到，搜得快：按每一种写法；索引和探索页在有人来问之前就做好，新版一出就换上。"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import PAGE, serving, when_ready
from starlette.testclient import TestClient

from kg import build
from kg.server import Settings, create_app
from kg.server.finding import Index
from kg.server.frame import entity_url
from kg.server.names import Named, write_index
from ontology.terms import BASE

BODY = f"{BASE}id/org/500112/重庆市渝北区民政局"


@pytest.fixture(scope="module")
def client(sample_folder: Path) -> Iterator[TestClient]:
    for client in serving(sample_folder):
        when_ready(client, "/search?q=x")
        yield client


class TestSearch:
    @pytest.mark.parametrize(
        ("asked", "found", "why"),
        [
            ("重庆市渝北区民政局", "重庆市渝北区民政局", "name"),
            ("渝北民〔2024〕61号", "重庆市渝北区民政局关于区政协", "number"),
            ("渝北民[2024]61", "重庆市渝北区民政局关于区政协", "number"),
            ("渝北民【２０２４】６１号", "重庆市渝北区民政局关于区政协", "number"),
            ("渝北民 2024 61", "重庆市渝北区民政局关于区政协", "number"),
            ("国办", "国务院办公厅", "alias"),
            ("长护险", "长期护理保险", "alias"),
            ("cqsybqmzj", "重庆市渝北区民政局", "initials"),
            ("chongqingshiyubei", "重庆市渝北区", "pinyin"),
            ("chang qi hu li", "长期护理保险", "pinyin"),
            ("渝北区长护险待遇有多少", "长期护理保险", "words"),
        ],
    )
    def test_finds_by_every_way_of_writing(self, client: TestClient, asked: str, found: str, why: str) -> None:
        hits = client.get("/search", params={"q": asked, "format": "json"}).json()["hits"]
        assert hits[0]["label"].startswith(found), [hit["label"] for hit in hits[:3]]
        assert hits[0]["why"] == why

    def test_page_and_kinds(self, client: TestClient) -> None:
        page = client.get("/search", params={"q": "渝北区民政局"}, headers=PAGE)
        assert f'href="{entity_url(BODY)}"' in page.text
        hits = client.get("/search", params={"q": "渝北", "kind": "area", "format": "json"}).json()["hits"]
        assert {hit["kind"] for hit in hits} == {"area"}

    @pytest.mark.parametrize("hostile", ['"', "((", 'x" OR grams:"民', "*", "NEAR(", "'; DROP TABLE x", "\x00", "民*"])
    def test_no_word_is_read_as_a_query_of_the_index(self, client: TestClient, hostile: str) -> None:
        assert client.get("/search", params={"q": hostile, "format": "json"}).status_code == 200

    def test_wrong_values_are_refused(self, client: TestClient) -> None:
        for wrong in ({"q": "民", "limit": "0"}, {"q": "民", "limit": "x"}, {"q": "民", "kind": "x"}, {"format": "x"}):
            assert client.get("/search", params=wrong).status_code == 400

    def test_the_most_named_comes_first_among_equals(self, tmp_path: Path) -> None:
        same = [Named(f"id/{number}", "agency", (f"某县民政局{number}",), "", "", 9 - number) for number in range(9)]
        write_index(same, tmp_path / "names")
        assert [hit.iri for hit in Index(tmp_path / "names").find("某县民政局", most=3)] == ["id/0", "id/1", "id/2"]


def test_what_is_made_of_a_build_is_made_before_anyone_asks(sample_folder: Path) -> None:
    app = create_app(Settings(graph=sample_folder))
    made: list[str] = []

    async def make() -> None:
        made.append(app.state.service.snapshot.build)

    app.state.service.ahead.append(make)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        build = client.get("/health").json()["build"]
        until = time.monotonic() + 180
        while not made and time.monotonic() < until:  # it comes after the index of names and the explorer's page
            time.sleep(0.05)
        assert made == [build]
        begun = time.monotonic()
        assert client.get("/search?q=民政&format=json").json()["hits"]
        assert client.get("/explorer").status_code == 200
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize("path", ["/search?q=民政", "/search?q=民政&format=json", "/explorer"])
def test_what_has_been_found_is_not_sent_again(client: TestClient, path: str) -> None:
    whole = when_ready(client, path)
    again = client.get(path, headers={"if-none-match": whole.headers["etag"]})
    assert (whole.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["content-security-policy"] == whole.headers["content-security-policy"]
    assert client.get("/search?q=渝北", headers={"if-none-match": whole.headers["etag"]}).status_code == 200


def test_the_explorer_brings_its_own_policy(client: TestClient) -> None:
    answer = when_ready(client, "/explorer")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src 'sha256-" in policy and "unsafe" not in policy
    assert html.unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', answer.text)[0]) in policy


def test_a_new_build_is_searched_soon(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "一.txt").write_text("民政部关于印发《某某办法》的通知\n", encoding="utf-8")
    build([source], tmp_path / "graph", workers=1)
    for client in serving(tmp_path / "graph"):
        assert when_ready(client, "/search?q=水利部&format=json").json()["hits"] == []
        (source / "二.txt").write_text("水利部关于印发《另一办法》的通知\n", encoding="utf-8")
        build([source], tmp_path / "graph", workers=1)
        until = time.monotonic() + 60
        while not (hits := client.get("/search?q=水利部&format=json").json()["hits"]) and time.monotonic() < until:
            time.sleep(0.2)
        assert hits[0]["label"] == "水利部"
