"""探索页：同图同字节；每个数、每条联系都带着它的原文位置；页内没有一个字会被当作网页来读。"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from kg import Graph
from kg.explorer.columns import columns
from kg.explorer.facts import short
from kg.explorer.font import cut
from kg.explorer.page import page, write_page
from kg.explorer.places import arrange
from kg.explorer.spelling import syllables

HERE = Path(__file__).parents[1] / "kg" / "explorer"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@pytest.fixture(scope="module")
def made(sample_graph: Graph) -> tuple[dict[str, Any], list[str]]:
    return columns(sample_graph)


def hashed(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_same_graph_is_same_bytes(sample_graph: Graph, tmp_path: Path) -> None:
    for name in ("甲.html", "乙.html"):
        write_page(sample_graph, tmp_path / name)
    assert (tmp_path / "甲.html").read_bytes() == (tmp_path / "乙.html").read_bytes()


def test_policy_names_the_scripts_and_styles_and_nothing_else(made: tuple[dict[str, Any], list[str]]) -> None:
    html = page(*made)
    scripts, styles = SCRIPT.findall(html), STYLE.findall(html)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert len(scripts) == 1 and len(styles) == 2 and policy
    webgl = (HERE / "static" / "webgl.js").read_text(encoding="utf-8")
    assert f"script-src {hashed(scripts[0])} {hashed(webgl)};" in policy[1]
    assert f"style-src {' '.join(map(hashed, styles))};" in policy[1]
    assert "default-src 'none'" in policy[1] and "connect-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]


def test_page_names_no_address_to_fetch_from(made: tuple[dict[str, Any], list[str]]) -> None:
    html = page(*made)
    addresses = set(re.findall(r"https?://[\w./#-]+", html))
    names = {"http://www.w3.org/2000/svg", "http://graphml.graphdrawing.org/xmlns"}
    assert addresses == names, "only names of formats, which are never fetched"
    assert not re.search(r"\b(?:src|href)\s*=\s*[\"'](?!#)", html.replace(SCRIPT.findall(html)[0], ""))


def test_script_never_takes_text_for_html() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.srcdoc|DOMParser"
    )
    for source in sorted((HERE / "src").glob("*.ts")):
        assert not forbidden.search(source.read_text(encoding="utf-8")), source.name


@pytest.mark.parametrize(
    "payload",
    ["</script><script>alert(1)</script>", "--><img src=x onerror=alert(1)>", "]]>", "{{SCRIPT}}", "\u2028", "\ud800"],
)
def test_hostile_names_stay_data(made: tuple[dict[str, Any], list[str]], payload: str) -> None:
    data, texts = json.loads(json.dumps(made[0])), [*made[1][:1]]
    plain = page(data, texts)
    data["things"]["label"][0] = data["relations"][0][1] = data["texts"]["name"][0] = payload
    html = page(data, [payload + texts[0]])
    assert html.count("<script") == plain.count("<script")
    packed = re.search(r'id="data">([^<]+)<', html)
    assert packed
    assert json.loads(gzip.decompress(base64.b64decode(packed[1])))["things"]["label"][0] == payload


def test_title_is_escaped(made: tuple[dict[str, Any], list[str]]) -> None:
    assert "<title>&lt;b&gt;&quot;图&amp;谱</title>" in page(*made, title='<b>"图&谱')


def test_every_figure_points_at_its_own_characters(made: tuple[dict[str, Any], list[str]]) -> None:
    data, texts = made
    figures, spans = data["figures"], data["spans"]
    assert len(figures["thing"]) > 150
    for index, span in enumerate(figures["span"]):
        words = texts[spans["text"][span]][spans["start"][span] : spans["end"][span]]
        assert re.search(r"[\d０-９一二三四五六七八九十百千万亿两半全零〇]", words), words
        assert data["kinds"][data["things"]["kind"][figures["thing"][index]]] == "count"
        assert data["things"]["kind"][figures["document"][index]] == data["kinds"].index("document")


def test_a_citation_shows_the_cited_name(made: tuple[dict[str, Any], list[str]]) -> None:
    data, texts = made
    relations = [name for name, *_ in data["relations"]]
    basis = [i for i, number in enumerate(data["links"]["relation"]) if relations[number] == "eli:based_on"]
    assert len(basis) > 10
    for i in basis:
        assert data["links"]["spans"][i], "a basis without the words that say so"
        for span in data["links"]["spans"][i]:
            spans = data["spans"]
            assert texts[spans["text"][span]][spans["start"][span] : spans["end"][span]].strip()


def test_columns_are_of_one_length_and_point_at_what_is_there(made: tuple[dict[str, Any], list[str]]) -> None:
    data, texts = made
    for table in ("things", "links", "figures", "mentions", "findings", "texts", "spans"):
        assert len({len(column) for column in data[table].values()}) == 1, table
    size = len(data["things"]["key"])
    assert all(0 <= number < size for side in ("from", "to") for number in data["links"][side])
    assert all(-1 <= number < size for number in data["things"]["area"])
    assert len(texts) == len(data["texts"]["hash"])
    assert len(set(data["things"]["key"])) == size


def test_masked_text_is_what_is_shown(made: tuple[dict[str, Any], list[str]]) -> None:
    whole = "".join(made[1])
    assert "■" in whole and not re.search(r"1[3-9]\d{9}", whole)


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("重庆市长期护理保险", "chong qing shi chang qi hu li bao xian"),
        ("山东省单县民政局", "shan dong sheng shan xian min zheng ju"),
        ("厦门市长者食堂", "xia men shi zhang zhe shi tang"),
        ("国发〔2013〕35号", "guo fa 201335 hao"),
        ("", ""),
    ],
)
def test_pinyin_goes_by_phrases(name: str, spelt: str) -> None:
    assert syllables(name) == spelt


def test_map_is_fixed_and_keeps_neighbours_near() -> None:
    ring = [(i, (i + 1) % 30) for i in range(30)]
    spots = arrange(32, ring)
    assert spots == arrange(32, ring[::-1])
    near = sum(abs(complex(*spots[a]) - complex(*spots[b])) for a, b in ring) / 30
    far = sum(abs(complex(*spots[i]) - complex(*spots[(i + 15) % 30])) for i in range(30)) / 30
    assert near * 2 < far
    assert len(set(spots)) == 32


def test_short_names() -> None:
    assert short("http://www.w3.org/2004/02/skos/core#prefLabel") == "skos:prefLabel"


def test_lock_file_names_no_host() -> None:
    assert "resolved" not in (HERE / "package-lock.json").read_text(encoding="utf-8")


def test_manifest_names_what_is_carried_and_every_file_is_as_it_says() -> None:
    manifest = json.loads((HERE / "static" / "manifest.json").read_text(encoding="utf-8"))
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest() == digest, name
    held = {path.name for path in (HERE / "static").iterdir()}
    assert held == {*manifest["sha256"], "manifest.json"}
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for one in manifest["contains"]:
        assert one["licence"] in ("MIT", "OFL-1.1")
        assert one["in"] != "webgl.js" or lock[f"node_modules/{one['name']}"]["version"] == one["version"]
    texts = (HERE / "static" / "licences.txt").read_text(encoding="utf-8")
    parts = texts.split("-" * 72 + "\n\n")[: len(manifest["contains"])]
    for one, part in zip(manifest["contains"], parts, strict=True):
        assert part.strip().startswith(one["name"]) and "Copyright" in part, one["name"]


def test_font_has_every_character_of_the_page_and_its_licence(made: tuple[dict[str, Any], list[str]]) -> None:
    from fontTools.ttLib import TTFont

    html = page(*made)
    packed = re.search(r"data:font/woff;base64,([^)]+)\)", html)
    assert packed
    font = TTFont(io.BytesIO(base64.b64decode(packed[1])))
    script = (HERE / "static" / "explorer.js").read_text(encoding="utf-8")
    shown = set("".join(made[1]) + json.dumps(made[0], ensure_ascii=False) + script)
    missing = {one for one in shown if ord(one) not in font.getBestCmap() and one.isprintable()}
    assert not missing
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_font_covers_the_national_standard_and_is_the_same_each_time() -> None:
    from fontTools.ttLib import TTFont

    hanzi = {bytes([a, b]).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)} - {""}
    assert len(hanzi) == 6763
    wanted = {*sorted(hanzi)[::20], *"①Ⅲ▲※衞敎僑"}
    made = cut(wanted)
    assert made == cut(sorted(wanted))
    assert set(map(chr, TTFont(io.BytesIO(made)).getBestCmap())) == wanted


def test_a_large_graph_goes_into_a_folder_beside_the_page(
    made: tuple[dict[str, Any], list[str]], sample_graph: Graph, tmp_path: Path
) -> None:
    out = tmp_path / "大图.html"
    folder = write_page(sample_graph, out, most=1000)
    assert folder == tmp_path / "大图_files"
    html = out.read_text(encoding="utf-8")
    assert 'id="data"' not in html and "connect-src 'none'" in html and "unsafe" not in html
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"part-data.js", "part-0.js"} <= set(files)
    assert write_page(sample_graph, out, most=1000) == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    assert write_page(sample_graph, out) is None
    assert not folder.exists() and len(list(tmp_path.iterdir())) == 1


def test_a_folder_of_others_is_left_alone(sample_graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "图_files").mkdir()
    (tmp_path / "图_files" / "我的.docx").write_bytes(b"1")
    with pytest.raises(ValueError, match="not a page's"):
        write_page(sample_graph, tmp_path / "图.html")
    assert not (tmp_path / "图.html").exists()


@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm here")
def test_built_files_are_what_the_sources_make(tmp_path: Path) -> None:
    for name in ("package.json", "package-lock.json", "tsconfig.json", "build.mjs"):
        shutil.copy(HERE / name, tmp_path / name)
    shutil.copytree(HERE / "static", tmp_path / "static", ignore=shutil.ignore_patterns("*.js", "*.css", "*.json"))
    shutil.copytree(HERE / "src", tmp_path / "src")
    if (HERE / "node_modules").is_dir():
        (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    elif subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=tmp_path, capture_output=True).returncode:
        pytest.skip("npm could not fetch esbuild and typescript")
    built = subprocess.run(["npm", "run", "build"], cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    for name in ("explorer.js", "webgl.js", "explorer.css", "licences.txt", "manifest.json"):
        assert (tmp_path / "static" / name).read_bytes() == (HERE / "static" / name).read_bytes(), (
            f"run npm run build: {name}"
        )
