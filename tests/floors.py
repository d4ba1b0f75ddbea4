"""准确率的底线：记在 floors.json，只升不降；标准答案的摘要也钉在那里，答案一改就要重新认定底线。

平时测试只要求不低于底线。RAISE_FLOORS=1 时，测得更高的项把底线提上去（留半个百分点），低的不动，并记下新的摘要。
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

__all__ = ["below_floor"]

PATH = Path(__file__).parent / "floors.json"
SLACK = 0.005


def below_floor(corpus: str, gold: Path, measured: dict[str, float]) -> dict[str, tuple[Any, Any]]:
    """What is under its floor: name → (measured, floor). A floor whose figure is gone counts as zero.

    Other gold than the floors were measured on stands there as ``sha256``.
    """
    floors: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    mine = floors.setdefault(corpus, {"sha256": "", "figures": {}})
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    if os.environ.get("RAISE_FLOORS"):
        figures = mine["figures"]
        for name, value in measured.items():
            figures[name] = max(figures.get(name, 0.0), round(value - SLACK, 3))
        mine |= {"sha256": digest, "figures": dict(sorted(figures.items()))}
        PATH.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    below: dict[str, tuple[Any, Any]] = {
        name: (measured.get(name, 0.0), floor)
        for name, floor in mine["figures"].items()
        if measured.get(name, 0.0) < floor
    }
    if digest != mine["sha256"]:
        below["sha256"] = digest, mine["sha256"]
    return below
