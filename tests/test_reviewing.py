"""人工审阅：存疑的列成表，填好的表每次建图重放，留在图里作人的依据，没有存疑的成为标准答案。"""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractors import extract, read
from extractors.model import Extraction
from kg import build, open_graph
from kg.checking.evaluate import evaluate
from kg.cli import app
from kg.review.correcting import apply
from kg.review.corrections import COLUMNS, Correction, load, pairs, to_line
from kg.review.replaying import kept
from kg.review.reviewing import doubtful, gold

REPLY = """渝江民〔2024〕12号
重庆市江北区民政局
关于办理区政协第十九届三次会议第88号提案的复函
某某委员：
　　经商区医保局，现答复如下。我区护理津贴由财政负责发放，2023年享受人数1200人。
　　按照《重庆市养老服务条例》，民政牵头落实智慧看护行动，推广夕阳红四步法。
重庆市江北区民政局
2024年5月6日
"""
NOTICE = """各区县民政局：
　　现将养老机构名单印发你们，请遵照执行。市民政局会同有关部门抓好落实。
重庆市民政局
2024年6月1日
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """两份文件的文件夹。"""
    papers = tmp_path / "公文"
    papers.mkdir()
    (papers / "复函.txt").write_text(REPLY, encoding="utf-8")
    (papers / "通知.txt").write_text(NOTICE, encoding="utf-8")
    return papers


@pytest.fixture
def reply() -> Extraction:
    return extract(read(REPLY.encode(), "复函.txt"))


def row(extraction: Extraction, words: str, what: str, verdict: str, value: Any = "", **more: Any) -> Correction:
    """A correction of the place where these words stand first."""
    start = extraction.doc.text.find(words) if words else 0
    span = (start, start + len(words))
    return Correction(extraction.doc.sha256[:16], *span, what, verdict, words, pairs(value), **more)


def named(extraction: Extraction, words: str) -> list[tuple[str, Any]]:
    text = extraction.doc.text
    return [
        (m.type, m.attributes.get("canonical") or m.attributes.get("value"))
        for m in extraction.mentions
        if text[m.start : m.end] == words
    ]


@pytest.mark.parametrize(
    ("words", "what", "verdict", "value", "where", "becomes"),
    [
        ("区医保局", "AGENCY", "confirm", "", "区医保局", [("AGENCY", "重庆市江北区医疗保障局")]),
        ("区医保局", "AGENCY", "drop", "", "区医保局", []),
        ("区医保局", "AGENCY", "set", "重庆市医疗保障局", "区医保局", [("AGENCY", "重庆市医疗保障局")]),
        ("区医保局", "AGENCY", "set", "canonical=", "区医保局", [("AGENCY", None)]),
        ("区医保局", "AGENCY", "set", "type=ORGANIZATION", "区医保局", [("ORGANIZATION", None)]),
        ("区医保局", "AGENCY", "set", "words=医保局", "医保局", [("AGENCY", "重庆市江北区医疗保障局")]),
        ("1200人", "COUNT", "set", "value=1300；kind=target", "1200人", [("COUNT", 1300)]),
        ("夕阳红四步法", "PROGRAM", "add", "", "夕阳红四步法", [("PROGRAM", "夕阳红四步法")]),
        ("夕阳红", "PROGRAM", "add", {"canonical": "夕阳红四步法"}, "夕阳红", [("PROGRAM", "夕阳红四步法")]),
    ],
)
def test_mentions_are_corrected(
    reply: Extraction, words: str, what: str, verdict: str, value: Any, where: str, becomes: list[tuple[str, Any]]
) -> None:
    after, (ruling,) = apply(reply, [row(reply, words, what, verdict, value, who="王敏")])
    assert ruling.refused == ""
    assert named(after, where) == becomes
    assert {m.rule.partition("+")[0] for m in after.mentions if after.doc.text[m.start : m.end] == where} <= {
        "human.王敏"
    }
    others = [m for m in after.mentions if m.rule.partition("+")[0] != "human.王敏"]
    assert all(m in reply.mentions for m in others)
    assert len(others) == len(reply.mentions) - (verdict != "add")


def test_an_added_mention_is_found_by_its_words_where_the_row_was_copied_from(reply: Extraction) -> None:
    beside = row(reply, "财政", "AGENCY", "add", "type=PROGRAM")._replace(words="夕阳红四步法")
    after, (ruling,) = apply(reply, [beside])
    assert ruling.refused == ""
    assert named(after, "夕阳红四步法") == [("PROGRAM", "夕阳红四步法")]
    _, (twice,) = apply(reply, [beside._replace(words="重庆市")])
    assert "stands 3 times" in twice.refused


def test_header_and_relations_are_corrected_and_relations_follow_from_names(reply: Extraction) -> None:
    place = row(reply, "智慧看护行动", "PROGRAM", "add")
    runs = row(reply, "民政牵头落实智慧看护行动", "runs", "add", "subject=重庆市江北区民政局; object=智慧看护行动")
    issuers = row(reply, "", "header.issuers", "set", "重庆市江北区民政局、重庆市江北区财政局")
    after, rulings = apply(reply, [issuers, place, runs])
    assert [ruling.refused for ruling in rulings] == ["", "", ""]
    assert after.header["issuers"] == ["重庆市江北区民政局", "重庆市江北区财政局"]
    said = {(r.subject, r.predicate, r.object) for r in after.relations}
    assert ("重庆市江北区民政局", "runs", "智慧看护行动") in said
    assert ("self", "issued_by", "重庆市江北区财政局") in said
    dropped, _ = apply(after, [runs._replace(verdict="drop")])
    assert not any(r.predicate == "runs" and r.object == "智慧看护行动" for r in dropped.relations)


@pytest.mark.parametrize(
    ("words", "what", "verdict", "value", "told"),
    [
        ("区医保局", "PROGRAM", "set", "canonical=医保", "no PROGRAM is read there now"),
        ("区医保局", "AGENCY", "set", "value=3", "no attribute 'value'"),
        ("1200人", "COUNT", "set", "value=许多", "give a number"),
        ("1200人", "COUNT", "set", "kind=fact", "give one of actual"),
        ("区医保局", "AGENCY", "set", "words=区民政局", "must overlap"),
        ("民政", "AGENCY", "set", "type=BODY", "no type 'BODY'"),
        ("", "header.written_date", "set", "去年", "YYYY-MM-DD"),
        ("", "header.size", "set", "3", "the header has no 'size'"),
        ("民政牵头", "runs", "confirm", "subject=重庆市江北区民政局; object=低保", "no such runs"),
        ("护理津贴", "doubt", "set", "x=1", "can only be confirmed"),
    ],
)
def test_what_does_not_hold_is_refused_and_changes_nothing(
    reply: Extraction, words: str, what: str, verdict: str, value: str, told: str
) -> None:
    after, (ruling,) = apply(reply, [row(reply, words, what, verdict, value)])
    assert told in ruling.refused
    assert after == reply


def test_other_words_at_the_place_and_contradictions_are_refused(reply: Extraction) -> None:
    moved = row(reply, "区医保局", "AGENCY", "drop")
    after, rulings = apply(reply, [moved._replace(start=moved.start - 1, end=moved.end - 1)])
    assert "does not stand there" in rulings[0].refused
    one, other = moved, moved._replace(verdict="set", value=pairs("重庆市医疗保障局"))
    for order in itertools.permutations((one, other)):
        after, rulings = apply(reply, order)
        assert all("says otherwise" in ruling.refused for ruling in rulings)
        assert after.mentions == reply.mentions


def fill(sheet: Path, decide: Callable[[dict[str, str]], dict[str, str]], encoding: str = "utf-8-sig") -> None:
    """Fill in a sheet as a person would, and save it as a spreadsheet program would."""
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    names = [head.split()[0] for head in rows[0]]
    with sheet.open("w", encoding=encoding, newline="") as stream:
        out = csv.writer(stream)
        out.writerow(rows[0])
        for cells in rows[1:]:
            cells = dict(zip(names, cells, strict=True))
            out.writerow([{**cells, **decide(cells)}[name] for name in names])


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done.output


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_round_trip_of_a_sheet(folder: Path, tmp_path: Path, encoding: str) -> None:
    graph, sheet = tmp_path / "图谱", tmp_path / "存疑.csv"
    run("build", folder, "-o", graph)
    run("review", graph, "-o", sheet, "--below", "0.99")
    before = sheet.read_text("utf-8-sig")
    assert "【财政】" in before and "所指未定" in before

    def decide(cells: dict[str, str]) -> dict[str, str]:
        if cells["words"] == "财政":
            return {"verdict": "改", "value": "canonical=重庆市财政局", "who": "王敏", "note": "市级发放"}
        return {"verdict": "对", "who": "王敏"}

    fill(sheet, decide, encoding)
    run("build", folder, "-o", graph, "--corrections", sheet)
    with open_graph(graph) as opened:
        assert doubtful(opened, below=0.99) == []
        told = opened.query(
            "SELECT ?after ?note ?who { ?c a ek:Correction ; ek:correctionKind c:correction-set ; ek:after ?after ;"
            " rdfs:comment ?note ; prov:wasAssociatedWith/rdfs:label ?who }"
        )
        assert [tuple(found) for found in told] == [
            ('AGENCY {"canonical": "重庆市财政局", "elliptical": true}', "市级发放", "王敏")
        ]
        quoted = opened.evidence("https://w3id.org/cn-eldercare/id/org/500000/重庆市财政局")
        assert [(q.words, q.rule, float(str(q.confidence))) for q in quoted] == [("财政", "human.王敏", 1.0)]
        documents, left = gold(opened)
    assert left == []
    assert {d["doc"] for d in documents} == {"复函.txt", "通知.txt"}
    report = evaluate(documents, [extract(read(folder / str(d["doc"]))).as_annotation() for d in documents])
    assert [(e.figure, e.gold["canonical"]) for e in report.errors] == [("AGENCY.canonical", "重庆市财政局")]
    assert "human.王敏" in run("show", graph, "重庆市财政局")
    assert run("check", graph, code=1 if "warning" in run_check(graph) else 0)


def run_check(graph: Path) -> str:
    return CliRunner().invoke(app, ["check", str(graph)]).output


def test_only_the_touched_document_is_read_anew_and_bytes_do_not_depend_on_order(folder: Path, tmp_path: Path) -> None:
    first = row(extract(read(NOTICE.encode(), "通知.txt")), "市民政局", "AGENCY", "drop")
    second = row(extract(read(NOTICE.encode(), "通知.txt")), "", "header.openness", "set", "公开")
    files = []
    for number, order in enumerate([(first, second), (second, first)]):
        files.append(tmp_path / f"更正{number}.jsonl")
        files[-1].write_text("".join(to_line(c) + "\n" for c in order), encoding="utf-8")
    graph = tmp_path / "图"
    build([folder], graph)
    again = build([folder], graph, corrections=[files[0]])
    assert (again.read, again.unchanged, again.unapplied) == (1, 1, ())
    assert [c[:5] for c in kept(graph)] == [second[:5], first[:5]]
    replayed = build([folder], graph)
    assert (replayed.read, replayed.unchanged) == (0, 2)
    build([folder], tmp_path / "图二", workers=2, corrections=files[1:])
    names = sorted(path.name for path in (graph / "graphs").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "图二/graphs").iterdir())
    assert all((graph / "graphs" / n).read_bytes() == (tmp_path / "图二/graphs" / n).read_bytes() for n in names)
    build([folder], tmp_path / "图三")
    taken_back = build([folder], graph, corrections=[])
    assert (taken_back.read, taken_back.unchanged) == (1, 1)
    assert {p.name for p in (graph / "graphs").iterdir()} == {p.name for p in (tmp_path / "图三/graphs").iterdir()}


def test_corrections_of_a_changed_text_are_reported_each_time(folder: Path, tmp_path: Path) -> None:
    graph, file = tmp_path / "图", tmp_path / "更正.jsonl"
    correction = row(extract(read(NOTICE.encode(), "通知.txt")), "市民政局", "AGENCY", "drop", document="通知.txt")
    file.write_text(to_line(correction), encoding="utf-8")
    build([folder], graph, corrections=[file])
    (folder / "通知.txt").write_text(NOTICE.replace("名单", "目录"), encoding="utf-8")
    for _ in range(2):
        (told,) = build([folder], graph).unapplied
        assert "通知.txt" in told and "it has changed or is gone" in told
    out = run("build", folder, "-o", graph, code=1)
    assert "not applied" in out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("编号,判定\n1,对\n", "no columns id, words and verdict"),
        ("id,words,verdict\n第三行,民政,对\n", "更正.csv:2: '第三行' is no id"),
        ("id,words,verdict\n0123456789abcdef:1-3:AGENCY,民政,也许\n", "更正.csv:2: verdict '也许'"),
        ("id,words,verdict,value\n0123456789abcdef:1-3:AGENCY,民政,改,\n", "更正.csv:2: 改 (set) needs a value"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_no_graph(folder: Path, tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "更正.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(told)):
        build([folder], tmp_path / "图", corrections=[file])
    assert not (tmp_path / "图").exists()


def test_cells_are_no_formulas_and_come_back_as_they_were(folder: Path, tmp_path: Path) -> None:
    (folder / "表.txt").write_text("关于养老的通知\n=1+1是所谓算式，超2347万，共1200元、30元。\n", encoding="utf-8")
    run("build", folder, "-o", tmp_path / "图")
    run("review", tmp_path / "图", "-o", tmp_path / "存疑.csv", "--below", "1", "--all")
    with (tmp_path / "存疑.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for line in csv.reader(stream) for cell in line]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    file = tmp_path / "更正.csv"
    file.write_text("id,words,verdict,who\n0123456789abcdef:1-3:AGENCY,'=1+1,删,'@王\n", encoding="utf-8")
    (correction,) = load([file])
    assert (correction.words, correction.who) == ("=1+1", "@王")


def test_workbook_and_json_lines_say_the_same(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    from kg.review.workbook import rows

    run("build", folder, "-o", tmp_path / "图")
    for name in ("存疑.xlsx", "存疑.jsonl"):
        run("review", tmp_path / "图", "-o", tmp_path / name)
    told = [json.loads(line) for line in (tmp_path / "存疑.jsonl").read_text("utf-8").splitlines()]
    lines = list(rows(tmp_path / "存疑.xlsx"))
    assert [head.split()[0] for head in lines[0]] == list(COLUMNS)
    assert [line[:7] for line in lines[1:]] == [[str(row[name]) for name in list(COLUMNS)[:7]] for row in told]
    run("review", tmp_path / "图", "-o", tmp_path / "存疑.doc", code=1)


def test_what_is_forgotten_leaves_the_kept_corrections_too(folder: Path, tmp_path: Path) -> None:
    from kg.privacy.takedown import take_down

    graph = tmp_path / "图"
    notice = row(extract(read(NOTICE.encode(), "通知.txt")), "市民政局", "AGENCY", "drop", note="欧阳小明来电核实")
    answer = row(extract(read(REPLY.encode(), "复函.txt")), "区医保局", "AGENCY", "confirm")
    file = tmp_path / "更正.jsonl"
    file.write_text(to_line(notice) + "\n" + to_line(answer) + "\n", encoding="utf-8")
    assert build([folder], graph, corrections=[file]).unapplied == ()
    take_down(graph, documents=["复函.txt"], persons=["欧阳小明"])
    assert [(c.text, c.note) for c in kept(graph)] == [(notice.text, "■■■■来电核实")]
    assert "欧阳小明" not in (graph / "corrections.jsonl").read_text("utf-8")
    with open_graph(graph) as opened:
        assert [row[0] for row in opened.query("SELECT ?note { ?c a ek:Correction ; rdfs:comment ?note }")] == [
            "■■■■来电核实"
        ]
    assert build([folder], graph).unchanged == 1
