"""Extraction on Spark reads what extraction without it reads. Skipped where Java or pyspark is absent."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors import extract, read
from kg.privacy.masking import shown

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
SECRET = "机密★1年\n海棠市民政局文件\n海民发〔2024〕1号\n关于养老服务的通知\n各镇人民政府：\n现通知如下。\n"
PERSONAL = "关于养老服务的通知\n各镇人民政府：\n现印发给你们。\n联系人：王小明，电话：13800001111\n"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="the extra eldercare-kg[spark] is not installed")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(ROOT))
        session = (
            sql.SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )
        yield session
        session.stop()


# Spark's own sockets are left to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_frame_of_documents_is_read_as_files_are(spark: Any) -> None:
    from kg.forms.spark import extract_documents

    rows = [(path.name, path.read_text("utf-8")) for path in SAMPLES]
    rows += [("密.txt", SECRET), ("空.txt", None), ("人.txt", PERSONAL)]
    frame = spark.createDataFrame(rows, ["文件", "正文"])
    found = {row["name"]: row for row in extract_documents(frame, text="正文", name="文件").collect()}
    assert found.keys() == {name for name, _ in rows}
    for path in SAMPLES:
        row = found[path.name]
        doc = read(path)
        masked = shown(doc)
        assert (row["error"], row["text"]) == (None, masked)
        expected = extract(read(masked.encode(), path.name)).as_annotation()
        assert expected["mentions"]
        assert json.loads(row["annotation"]) == json.loads(json.dumps(expected))
    assert "机密★1年" in found["密.txt"]["error"]
    assert "空.txt" in found["空.txt"]["error"]
    for name in ("密.txt", "空.txt"):
        assert (found[name]["text"], found[name]["annotation"]) == (None, None)
    assert "王小明" not in str(found["人.txt"]) and "13800001111" not in str(found["人.txt"])
