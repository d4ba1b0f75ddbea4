"""The service against its own description: schemathesis draws requests from the OpenAPI and judges the answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from served import process

SECONDS = 400
# All questions have one handler; one stands for each kind of parameter. The explorer's page takes long to make.
LEFT_OUT = r"^/(explorer|ask/cq(?!01|05|13|17|22|24).*)$"


def test_schemathesis_finds_no_fault(sample_folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "run", "--seed=8", "--max-examples=3", "--no-color"]
    command += [f"--exclude-path-regex={LEFT_OUT}", "--request-timeout=60"]
    hooks = {**os.environ, "SCHEMATHESIS_HOOKS": "openapi_hooks", "PYTHONPATH": str(Path(__file__).parent)}
    with process(sample_folder, "--quiet", "--seconds", "60") as address:
        told = subprocess.run(
            [*command, f"{address}openapi.json"],
            env=hooks, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False,
        )  # fmt: skip
    assert told.returncode == 0, told.stdout[-5000:] + told.stderr[-2000:]
