"""How models' finds meet those of rules, and a model from outside: an LLM behind a (fake, local) endpoint."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import EntryPoint

import pytest

from extractors import registry
from extractors.model import Document, Found, Mention
from extractors.reading import read_text
from extractors.voting import vote

TEXT = "市民政局今年启动暖巢探访，面向独居老年人。"
DOC = read_text(TEXT, "例.txt")


def mention(words: str, kind: str, confidence: float, rule: str = "某模型", **attributes: object) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), kind, rule, confidence, attributes)


def after_vote(rules: list[Mention], *ballots: list[Mention], threshold: float = 0.5) -> list[Mention]:
    found = Found(len(TEXT))
    found.add(rules)
    vote(DOC, found, ballots, threshold=threshold)
    return sorted(found)


RULE = mention("市民政局", "AGENCY", 0.9, "agencies.body")


def test_agreement_raises_confidence_and_keeps_the_rule() -> None:
    assert after_vote([RULE], [mention("市民政局", "AGENCY", 0.6)]) == [RULE._replace(confidence=0.935)]
    certain = RULE._replace(confidence=1.0)
    assert after_vote([certain], [mention("市民政局", "AGENCY", 0.6)]) == [certain]


def test_silence_lowers_what_is_unsure_and_follows_no_grammar() -> None:
    program, group = mention("暖巢探访", "PROGRAM", 0.8, "programs.head"), mention("独居老年人", "GROUP", 0.9)
    heard = mention("启动", "PROGRAM", 0.3)
    assert after_vote([program, RULE], [heard]) == [RULE, program._replace(confidence=0.545)]
    assert after_vote([program, RULE], [group]) == [RULE, program, group], "a model that finds no programs says nothing"
    assert after_vote([program._replace(confidence=0.95)], [heard])[0].confidence == 0.95, "a certain rule stands"


@pytest.mark.parametrize("words", ["民政局", "市民政局今年"])
def test_a_span_that_touches_a_rule_s_is_dropped(words: str) -> None:
    assert after_vote([RULE], [mention(words, "AGENCY", 0.99)]) == [RULE]


def test_a_type_that_a_rule_denies_is_dropped() -> None:
    assert after_vote([RULE], [mention("市民政局", "ORGANIZATION", 0.99)]) == [RULE]


def test_a_lone_find_enters_from_the_threshold_on() -> None:
    lone = mention("暖巢探访", "PROGRAM", 0.6, canonical="暖巢探访")
    assert after_vote([RULE], [lone]) == [RULE, lone]
    assert after_vote([RULE], [lone], threshold=0.7) == [RULE]


def test_models_that_agree_pass_together() -> None:
    one, other = mention("独居老年人", "GROUP", 0.6, "甲"), mention("独居老年人", "GROUP", 0.6, "乙")
    assert after_vote([], [one], [other], threshold=0.7) == [one._replace(rule="甲+乙", confidence=0.706)]


def test_the_longer_of_two_lone_finds_enters() -> None:
    short, long = mention("暖巢", "PROGRAM", 0.9), mention("暖巢探访", "PROGRAM", 0.6, canonical="暖巢探访")
    assert after_vote([], [short, long]) == [long]


@pytest.mark.parametrize(
    "wrong",
    [
        Mention(-1, 3, "AGENCY", "某模型", 0.9, {}),
        Mention(3, 3, "AGENCY", "某模型", 0.9, {}),
        Mention(0, len(TEXT) + 1, "AGENCY", "某模型", 0.9, {}),
        mention("启动", "VERB", 0.9),
        mention("启动", "COUNT", 0.9),
        mention("启动", "PROGRAM", 0.9, text="起动"),
    ],
    ids=["before the text", "empty", "past the text", "unknown type", "a type rules read", "other words"],
)
def test_every_span_is_checked_against_the_text(wrong: Mention) -> None:
    assert after_vote([], [wrong]) == []


class FakeLanguageModel(BaseHTTPRequestHandler):
    """Answers as a language model might: one name that stands in the text, one made up, one at a wrong place."""

    def do_POST(self) -> None:
        text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
        start = text.index("暖巢探访")
        answer = [
            {"start": start, "end": start + 4, "type": "PROGRAM", "text": "暖巢探访"},
            {"start": 0, "end": 4, "type": "AGENCY", "text": "市财政局"},
            {"start": start, "end": start + 400, "type": "PROGRAM", "text": "暖巢工程"},
        ]
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), FakeLanguageModel)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def tagger(url: str) -> object:
    """What docs/models.md shows: a package's entry point, called with what stands behind the colon."""

    def tag(doc: Document) -> Iterator[Mention]:
        request = urllib.request.Request(url, json.dumps({"text": doc.text}).encode())
        with urllib.request.urlopen(request, timeout=5) as response:
            for item in json.load(response):
                yield Mention(item["start"], item["end"], item["type"], "llm:示例", 0.6, {"text": item["text"]})

    return tag


def test_a_language_model_from_outside_is_checked_like_any_model(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = EntryPoint("llm", "test_voting:tagger", registry.ENTRY_POINTS)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point] if group == registry.ENTRY_POINTS else [])
    extraction = registry.extract(DOC, ner=[f"llm:{endpoint}"])
    read_by_model = [(TEXT[m.start : m.end], m.type) for m in extraction.mentions if m.rule == "llm:示例"]
    by_rules = {TEXT[m.start : m.end] for m in extraction.mentions if m.rule != "llm:示例"}
    assert read_by_model == [("暖巢探访", "PROGRAM")] and "市民政局" in by_rules
    assert not {"市财政局", "暖巢工程"} & ({words for words, _ in read_by_model} | by_rules)


def test_an_unknown_model_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="there are: none, spacy, hanlp"):
        registry.load_model("bert")
