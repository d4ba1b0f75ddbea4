"""准确率的底线：记在 floors.json，只升不降。

平时测试只要求不低于底线。RAISE_FLOORS=1 时，测得更高的项把底线提上去（留半个百分点），低的不动。
"""

from __future__ import annotations

import json
import os
from pathlib import Path

__all__ = ["below_floor"]

PATH = Path(__file__).parent / "floors.json"
SLACK = 0.005


def below_floor(corpus: str, measured: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The figures under their floor: name → (measured, floor). A floor whose figure is gone counts as zero."""
    floors: dict[str, dict[str, float]] = json.loads(PATH.read_text(encoding="utf-8"))
    mine = floors.setdefault(corpus, {})
    if os.environ.get("RAISE_FLOORS"):
        for name, value in measured.items():
            mine[name] = max(mine.get(name, 0.0), round(value - SLACK, 3))
        floors[corpus] = dict(sorted(mine.items()))
        PATH.write_text(json.dumps(floors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {name: (measured.get(name, 0.0), floor) for name, floor in mine.items() if measured.get(name, 0.0) < floor}
