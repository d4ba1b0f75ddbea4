"""Fixtures that several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import Graph, build, open_graph

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder made of the samples."""
    folder = tmp_path_factory.mktemp("samples") / "图谱"
    report = build([SAMPLES], folder, workers=1)
    assert not report.failed
    return folder


@pytest.fixture(scope="session")
def sample_graph(sample_folder: Path) -> Iterator[Graph]:
    """The graph of the samples, open."""
    with open_graph(sample_folder) as graph:
        yield graph
