"""HanLP as a working engine: a component really trained, saved, loaded again and voting. Skipped without the extra."""

from __future__ import annotations

import random
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from extractors.model import Document, Mention
from extractors.models.training.weak_labels import Example
from extractors.reading import read_text
from extractors.registry import extract, load_model

HERE = find_spec("hanlp") is not None and find_spec("torch") is not None
PLACES = ["东湖", "西岭", "南浦", "北原", "青山", "白水", "红石", "绿洲", "金沙", "银川", "石桥", "柳河"]
DEEDS = ["暖心", "夕阳", "邻里", "长青", "同行", "相伴", "安居", "守望"]


def sentences(number: int, seed: int) -> list[Example]:
    """X区启动“Y”敬老行动: the action is the program, in sentences of one pattern."""
    chance = random.Random(seed)
    made = []
    for _ in range(number):
        lead = f"{chance.choice(PLACES)}今年启动"
        name = chance.choice(DEEDS) + "敬老行动"
        made.append(Example(f"{lead}{name}，覆盖全部社区。", ((len(lead), len(lead) + len(name), "PROGRAM"),)))
    return made


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "hanlp", None)
    with pytest.raises(ValueError, match=r"eldercare-kg\[hanlp\]"):
        load_model("hanlp:某个文件夹")


def test_a_model_must_be_named() -> None:
    with pytest.raises(ValueError, match="hanlp:FOLDER"):
        load_model("hanlp")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from extractors.models.training.hanlp_training import train

    folder = tmp_path_factory.mktemp("模型")
    train(sentences(120, seed=1), sentences(30, seed=2), folder, epochs=12)
    return folder


@pytest.mark.skipif(not HERE, reason="the extra eldercare-kg[hanlp] is not installed")
@pytest.mark.filterwarnings("ignore")
class TestTrained:
    def test_only_the_model_is_left_in_its_folder(self, folder: Path) -> None:
        assert {path.name for path in folder.iterdir()} >= {"config.json", "model.pt", "vocabs.json"}
        assert not list(folder.glob("*.tsv"))

    def test_offsets_are_those_of_the_text(self, folder: Path) -> None:
        text = "有关情况通报如下。\n青山今年启动相伴敬老行动，覆盖全部社区。"
        tag: Callable[[Document], list[Mention]] = load_model(f"hanlp:{folder}")
        found = [(text[m.start : m.end], m.type, m.rule) for m in tag(read_text(text, "例.txt"))]
        assert ("相伴敬老行动", "PROGRAM", f"hanlp:{folder.name}") in found

    def test_agreement_raises_confidence_and_rules_stand(self, folder: Path) -> None:
        doc = read_text("青山今年启动相伴敬老行动，覆盖全部社区。", "例.txt")
        alone = {m[:3]: m.confidence for m in extract(doc).mentions if m.type == "PROGRAM"}
        voted = {m[:3]: m.confidence for m in extract(doc, ner=[f"hanlp:{folder}"]).mentions if m.type == "PROGRAM"}
        assert alone and voted.keys() == alone.keys()
        assert all(voted[key] > alone[key] for key in alone)
