"""取网页：守规矩，有分寸；对方服务器怎样作怪，都说得清、停得住、不留半个文件。"""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from test_cli import run

from kg import build, open_graph
from kg.fetching import Fetched, Limits, fetch
from kg.fetching.network import _is_public
from kg.files import side_file

PAGE = (
    '<html><head><meta charset="{charset}"></head><body><h1>海棠市民政局关于开展社区助餐服务的通知</h1>'
    "<p>海民发〔2023〕18号</p><p>全市建成老年食堂46家，服务老年人1300人。</p></body></html>"
)
HTML = PAGE.format(charset="utf-8").encode()
QUICK = Limits(size=200_000, seconds=1.0, pause=0.0, tries=3, patience=1.0, private=True)
BOMB = gzip.compress(bytes(50_000_000))


class Site(BaseHTTPRequestHandler):
    """A server that misbehaves in every way; the path tells how."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[list[tuple[str, float, dict[str, str]]]] = []

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.close_connection = True
        name = self.path.partition("?")[0].strip("/").replace("-", "_").replace(".", "_")
        Site.asked.append((self.path, time.monotonic(), dict(self.headers)))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"page_{name}", self.page_missing)()

    def times(self) -> int:
        """How often this path has been asked for."""
        return sum(path == self.path for path, _, _ in Site.asked)

    def answer(self, body: bytes = HTML, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        headers = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body)), **headers}
        for header, value in headers.items():
            if value:
                self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, target: str) -> None:
        self.answer(b"", 302, Location=target)

    def page_robots_txt(self) -> None:
        self.answer(b"User-agent: *\nDisallow: /private/\nDisallow: /*.cgi$\n", Content_Type="text/plain")

    def page_missing(self) -> None:
        self.answer(b"<html>no</html>", 404)

    def page_good(self) -> None:
        self.answer()

    def page_gbk(self) -> None:
        self.answer(PAGE.format(charset="gb2312").encode("gb18030"), Content_Type="text/html; charset=gbk")

    def page_bad_charset(self) -> None:
        self.answer(Content_Type="text/html; charset=x-no-such-thing")

    def page_wrong_charset(self) -> None:
        self.answer(Content_Type="text/html; charset=iso-8859-1")

    def page_zipped(self) -> None:
        self.answer(gzip.compress(HTML), Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def page_zipped_half(self) -> None:
        self.answer(gzip.compress(HTML * 9)[:-30], Content_Encoding="gzip")

    def page_not_zipped(self) -> None:
        self.answer(Content_Encoding="gzip")

    def page_brotli(self) -> None:
        self.answer(Content_Encoding="br")

    def page_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "10000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"<")
            self.wfile.flush()
            time.sleep(0.1)

    def page_drip_headers(self) -> None:
        for char in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100:
            self.wfile.write(bytes([char]))
            self.wfile.flush()
            time.sleep(0.1)

    def page_silence(self) -> None:
        time.sleep(4)

    def page_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while True:
            self.wfile.write(b"<p>x</p>" * 1000)

    def page_huge_length(self) -> None:
        self.answer(b"<html>", Content_Length="99999999999")

    def page_cut_off(self) -> None:
        self.answer(HTML[:50], Content_Length=str(len(HTML)))

    def page_no_length(self) -> None:
        self.answer(Content_Length="")

    def page_negative(self) -> None:
        self.answer(Content_Length="-5")

    def page_garbage(self) -> None:
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")

    def page_endless_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X: " + b"y" * 10_000 + b"\r\n")

    def page_loop(self) -> None:
        self.redirect("/loop")

    def page_loop_growing(self) -> None:
        self.redirect(f"{self.path}{'&' if '?' in self.path else '?'}x=1")

    def page_to_good(self) -> None:
        self.redirect("good")

    def page_to_file(self) -> None:
        self.redirect("file:///etc/passwd")

    def page_to_ftp(self) -> None:
        self.redirect("ftp://127.0.0.1/x")

    def page_to_nonsense(self) -> None:
        self.redirect("http://[::bad/")

    def page_to_forbidden(self) -> None:
        self.redirect("/private/x")

    def page_busy_once(self) -> None:
        if self.times() == 1:
            self.answer(b"", 429, Retry_After="1")
        else:
            self.answer()

    def page_busy_for_days(self) -> None:
        self.answer(b"", 429, Retry_After="86400")

    def page_busy_until(self) -> None:
        self.answer(b"", 503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT")

    def page_broken(self) -> None:
        self.answer(b"", 503)

    def page_login(self) -> None:
        self.answer(b"", 401)

    def page_empty(self) -> None:
        self.answer(b"")

    def page_program(self) -> None:
        self.answer(b"MZ" + bytes(300), Content_Type="application/x-msdownload")

    def page_tagged(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.answer(b"", 304, Content_Length="")
        else:
            self.answer(ETag='"v1"')

    def page_dated(self) -> None:
        day = "Wed, 06 Mar 2024 01:02:03 GMT"
        if self.headers.get("If-Modified-Since") == day:
            self.answer(b"", 304, Content_Length="")
        else:
            self.answer(Last_Modified=day)

    def page_changing(self) -> None:
        self.answer(HTML.replace("46家".encode(), f"{46 + self.times()}家".encode()))


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def got(url: str, folder: Path, limits: Limits = QUICK) -> Fetched:
    (done,) = fetch([url], folder, limits)
    return done


@pytest.mark.parametrize(
    "path", ["good", "gbk", "bad-charset", "wrong-charset", "zipped", "no-length", "to-good", "busy-once"]
)
def test_a_page_is_saved_and_read_by_build_with_its_provenance(site: str, tmp_path: Path, path: str) -> None:
    done = got(f"{site}/{path}", tmp_path / "页")
    assert (done.state, done.path is not None) == ("new", True), done.message
    assert done.path and done.path.suffix == ".html" and len(done.path.stem) == 16
    report = build([tmp_path / "页"], tmp_path / "图")
    assert (report.documents, report.failed, report.passed_over) == (1, (), ())
    with open_graph(tmp_path / "图") as graph:
        rows = graph.query("SELECT ?n ?u ?t { ?d ek:documentNumber ?n . ?f dct:source ?u ; prov:generatedAtTime ?t }")
        ((number, url, retrieved),) = rows.rows
    told = json.loads(side_file(done.path).read_bytes())
    assert (str(number), str(url), str(retrieved)) == ("海民发〔2023〕18号", f"{site}/{path}", told["retrieved"])


REFUSED = {
    "missing": "404",
    "login": "401",
    "bomb": "larger than 200,000 bytes",
    "endless": "larger than 200,000 bytes",
    "huge-length": "larger than 200,000 bytes",
    "zipped-half": "breaks off",
    "not-zipped": "not packed as it says",
    "brotli": "packed as br",
    "drip": "within 1 seconds",
    "drip-headers": "within 1 seconds",
    "silence": "within 1 seconds",
    "cut-off": "connection failed",
    "negative": "connection failed",
    "garbage": "connection failed",
    "endless-headers": "connection failed",
    "loop": "redirects without end",
    "loop-growing": "redirects without end",
    "to-file": "only http and https",
    "to-ftp": "only http and https",
    "to-nonsense": "no web address",
    "to-forbidden": "robots.txt does not allow it",
    "private/page": "robots.txt does not allow it",
    "a/b.cgi": "robots.txt does not allow it",
    "busy-for-days": "answers 429",
    "busy-until": "answers 503",
    "broken": "answers 503",
    "empty": "empty",
    "program": "no document that can be read",
}


@pytest.mark.parametrize("path", REFUSED)
def test_what_a_server_does_wrong_is_told_in_time_and_leaves_nothing(site: str, tmp_path: Path, path: str) -> None:
    begun = time.monotonic()
    done = got(f"{site}/{path}", tmp_path / "页", QUICK._replace(tries=1))
    assert time.monotonic() - begun < 20
    assert done.state == "failed" and REFUSED[path] in done.message and f"{site}/{path}" in done.message
    assert list((tmp_path / "页").iterdir()) == []


def test_a_broken_server_is_asked_again_with_growing_pauses(site: str, tmp_path: Path) -> None:
    begun = len(Site.asked)
    assert got(f"{site}/broken?again", tmp_path, QUICK._replace(pause=0.1)).state == "failed"
    times = [at for path, at, _ in Site.asked[begun:] if path == "/broken?again"]
    assert len(times) == 3
    assert times[2] - times[1] > times[1] - times[0] >= 0.1


def test_requests_to_one_host_keep_their_distance(site: str, tmp_path: Path) -> None:
    begun = len(Site.asked)
    list(fetch([f"{site}/good?{number}" for number in range(3)], tmp_path, QUICK._replace(pause=0.2)))
    times = [at for _, at, _ in Site.asked[begun:]]
    # The first is robots.txt. A busy machine may note one request late, and so near to the next; not all of them.
    assert len(times) == 4 and times[-1] - times[0] >= 0.4
    agents = {headers["User-Agent"] for _, _, headers in Site.asked[begun:]}
    assert len(agents) == 1 and agents.pop().startswith("eldercare-kg")


@pytest.mark.parametrize("path", ["tagged", "dated", "good"])
def test_what_has_not_changed_is_not_fetched_anew(site: str, tmp_path: Path, path: str) -> None:
    first = got(f"{site}/{path}", tmp_path)
    assert first.path
    before = json.loads(side_file(first.path).read_bytes())
    again = got(f"{site}/{path}", tmp_path)
    after = json.loads(side_file(first.path).read_bytes())
    assert (again.state, again.path) == ("unchanged", first.path)
    assert after.pop("checked") and after == before
    first.path.write_bytes(b"damaged")
    assert got(f"{site}/{path}", tmp_path).state == "new"
    assert first.path.read_bytes() == HTML


def test_a_changed_page_replaces_the_old_one(site: str, tmp_path: Path) -> None:
    first = got(f"{site}/changing", tmp_path)
    again = got(f"{site}/changing", tmp_path)
    assert (again.state, again.path) == ("changed", first.path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("limits", [Limits(pause=0.0, tries=1)])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "10.0.0.1"]
)
def test_private_addresses_are_never_connected_to(
    site: str, tmp_path: Path, host: str, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, port = len(Site.asked), site.rpartition(":")[2]
    done = got(f"http://{host}:{port}/good", tmp_path, limits)
    assert done.state == "failed"
    assert "no public address" in done.message or "no address" in done.message
    assert len(Site.asked) == begun


def test_a_name_that_points_inwards_later_is_caught(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the address that was checked is the one connected to; each connection is checked anew."""
    port, begun = int(site.rpartition(":")[2]), len(Site.asked)
    answers = iter(["127.0.0.1"] * 3)

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "127.0.0.1"), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert "no public address" in got(f"http://www.example.org:{port}/good", tmp_path, Limits(tries=1)).message
    assert len(Site.asked) == begun


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert _is_public(address) is public


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "不是网址", "http://", "http://a:b@c.org/"],
)
def test_what_is_no_web_address_is_refused(tmp_path: Path, url: str) -> None:
    assert got(url, tmp_path).state == "failed"
    assert list(tmp_path.iterdir()) == []


def test_a_site_whose_robots_cannot_be_had_is_left_alone(tmp_path: Path) -> None:
    class Down(Site):
        def do_GET(self) -> None:
            self.answer(b"", 500 if self.path == "/robots.txt" else 200)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Down)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    done = got(f"http://127.0.0.1:{server.server_port}/good", tmp_path, QUICK._replace(tries=1))
    server.shutdown()
    server.server_close()
    assert done.state == "failed" and "robots.txt answers 500" in done.message


def test_the_command_tells_what_came_of_each_address(site: str, tmp_path: Path) -> None:
    (tmp_path / "网址.txt").write_text(f"# 单子\n{site}/good\n{site}/missing\n", encoding="utf-8")
    done = run("fetch", "-f", tmp_path / "网址.txt", "-o", tmp_path / "页", "--pause", "0", "--allow-private")
    assert done.returncode == 1
    assert f"new: {site}/good" in done.stderr and f"{site}/missing: the server answers 404" in done.stderr
    assert run("fetch", "-o", tmp_path / "页").returncode == 2
