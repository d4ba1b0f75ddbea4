"""开发集（不随项目发布）：在旁边时对照它的标准答案，不在就跳过。

位置用环境变量 ELDERCARE_DEV 指明，默认是项目旁的 shared/annotation/dev。
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from floors import below_floor

from extractors import extract, read
from kg.checking.evaluate import evaluate

BESIDE = Path(__file__).parent.parent.parent / "shared" / "annotation" / "dev"
DEV = Path(os.environ.get("ELDERCARE_DEV", BESIDE))


@pytest.mark.skipif(not (DEV / "gold.jsonl").is_file(), reason="the development set is not here")
def test_development_set_stays_above_its_floors() -> None:
    gold = [json.loads(line) for line in (DEV / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    system = [extract(read(DEV / "texts" / wanted["doc"])).as_annotation() for wanted in gold]
    assert below_floor("dev", DEV / "gold.jsonl", evaluate(gold, system).figures()) == {}
