"""What we build: a graph folder from files, and an open graph to query, quote and export.

>>> from kg import build, open_graph
>>> callable(build), callable(open_graph)
(True, True)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.analysis.plots import plot_figures, use_chinese_font
    from kg.checking.validate import check
    from kg.folder.building import BuildReport, build
    from kg.folder.manifest import NotAGraph
    from kg.graph import BadQuery, Graph, open_graph
    from kg.query.asking import ask, questions
    from kg.query.meanings import UnknownName
    from kg.review.reviewing import doubtful

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
    "build": "kg.folder.building",
    "BuildReport": "kg.folder.building",
    "open_graph": "kg.graph",
    "Graph": "kg.graph",
    "BadQuery": "kg.graph",
    "NotAGraph": "kg.folder.manifest",
    "UnknownName": "kg.query.meanings",
    "ask": "kg.query.asking",
    "check": "kg.checking.validate",
    "doubtful": "kg.review.reviewing",
    "plot_figures": "kg.analysis.plots",
    "questions": "kg.query.asking",
    "use_chinese_font": "kg.analysis.plots",
}


def __getattr__(name: str) -> Any:
    """Names are loaded when first used, so that ``import kg`` costs nothing."""
    if name not in _PLACES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
