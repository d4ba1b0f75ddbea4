"""个人联系方式不进图、不进任何导出、不进消息。"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from gold import SHARED

from kg import build, open_graph
from kg.forms.export import FORMATS, export

ROOT = Path(__file__).parents[1]
LETTER = """青民〔2024〕5号

四川省民政厅关于省第十四届人民代表大会第二次会议第0012号建议的答复

尊敬的欧阳若兰代表：

您提出的《关于发展社区助餐的建议》收悉。2023年，全省建成社区食堂120个，服务老年人3万余人次。

四川省民政厅
2024年5月20日

（联系人：诸葛子墨，联系电话：028-86112233，13900139000）
（电子邮箱：mz12@example.com）
"""
SECRETS = ("诸葛子墨", "欧阳若兰", "86112233", "13900139000", "mz12@example.com")


def contents(folder: Path) -> str:
    """Every byte under a folder as text, names and packed files included."""
    found = []
    for path in sorted(folder.rglob("*")):
        found.append(path.name)
        if path.is_file():
            data = path.read_bytes()
            found.append((gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace"))
    return "\n".join(found)


def everything(source: Path, tmp_path: Path) -> str:
    """A graph folder, all its exports, and what the command prints."""
    folder = tmp_path / "图谱"
    assert not build([source], folder).failed
    (tmp_path / "导出").mkdir()
    with open_graph(folder) as graph:
        for format in FORMATS:
            export(graph, format, tmp_path / "导出" / f"图.{format}")
        names = [str(name) for (name,) in graph.query("SELECT DISTINCT ?n { ?a a ek:Agency ; skos:prefLabel ?n }")]
    shown = "".join(
        subprocess.check_output([sys.executable, "-m", "kg.cli", "show", folder, name], cwd=ROOT, encoding="utf-8")
        for name in names[:3]
    )
    return contents(tmp_path) + shown


def test_a_contact_line_is_nowhere(tmp_path: Path) -> None:
    source = tmp_path.parent / f"{tmp_path.name}-信.txt"
    source.write_text(LETTER, encoding="utf-8")
    found = everything(source, tmp_path)
    assert "社区食堂" in found
    assert [secret for secret in SECRETS if secret in found] == []


def test_the_search_would_find_a_secret(tmp_path: Path) -> None:
    (tmp_path / "x.gz").write_bytes(gzip.compress("号码13900139000".encode()))
    assert "13900139000" in contents(tmp_path)


SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if (SHARED / "seeds").is_dir() else []


@pytest.mark.skipif(not SEEDS, reason="the seeds are not at hand")
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_the_digits_of_a_real_contact_line_are_nowhere(tmp_path: Path, seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    secrets = set(re.findall(r"(?<!\d)(?:1[3-9]\d{9}|[2-9]\d{6,7})(?!\d)", text))
    secrets |= set(re.findall(r"联系人：(\w{2,4})，", text))
    found = everything(seed, tmp_path)
    assert [secret for secret in secrets if secret in found] == []


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.txt")), ids=lambda path: path.name[:2])
def test_no_mobile_number_of_a_sample_is_stored(sample_folder: Path, sample: Path) -> None:
    numbers = set(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", sample.read_text(encoding="utf-8")))
    texts = "".join(path.read_text(encoding="utf-8") for path in (sample_folder / "texts").iterdir())
    assert not [number for number in numbers if number in texts]
