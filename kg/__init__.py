"""What we build: a graph folder from files, and an open graph to query, quote and export.

>>> from kg import build, open_graph
>>> callable(build), callable(open_graph)
(True, True)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.asking import ask, questions
    from kg.building import BuildReport, build
    from kg.graph import BadQuery, Graph, open_graph
    from kg.manifest import NotAGraph
    from kg.meanings import UnknownName
    from kg.plots import plot_figures, use_chinese_font
    from kg.reviewing import doubtful
    from kg.validate import check

__all__ = [
    "BadQuery",
    "BuildReport",
    "Graph",
    "NotAGraph",
    "UnknownName",
    "ask",
    "build",
    "check",
    "doubtful",
    "open_graph",
    "plot_figures",
    "questions",
    "use_chinese_font",
]

_PLACES = {
    "build": "kg.building",
    "BuildReport": "kg.building",
    "open_graph": "kg.graph",
    "Graph": "kg.graph",
    "BadQuery": "kg.graph",
    "NotAGraph": "kg.manifest",
    "UnknownName": "kg.meanings",
    "ask": "kg.asking",
    "check": "kg.validate",
    "doubtful": "kg.reviewing",
    "plot_figures": "kg.plots",
    "questions": "kg.asking",
    "use_chinese_font": "kg.plots",
}


def __getattr__(name: str) -> Any:
    """Names are loaded when first used, so that ``import kg`` costs nothing."""
    if name not in _PLACES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
