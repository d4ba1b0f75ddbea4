"""One web page of bodies, documents, programs and counts: pyvis's network view, whole in one file.

pyvis's own page fetches scripts from three hosts, has no doctype and runs names as HTML. Here its network and its copy
of vis-network go into a page of ours: nothing is fetched (the page's own policy forbids it), names are only text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph import Graph

__all__ = ["MAX_NODES", "page", "to_html"]

# vis-network draws about this many nodes without lag.
MAX_NODES = 400
_KINDS = {
    "agency": ("机关", "#c0392b"),
    "document": ("文件", "#2c6fbb"),
    "program": ("项目", "#2e8b57"),
    "count": ("数量", "#b7791f"),
    "proposal": ("建议提案", "#7d3c98"),
}
_RELATIONS = {
    "issued_by": "发文机关",
    "co_issued": "联合发文",
    "cites": "引用",
    "based_on": "依据",
    "promulgates": "印发文本",
    "repeals": "废止",
    "amends": "修订",
    "responds_to": "答复",
    "operated_by": "实施机关",
    "measures": "所涉项目",
    "stated_in": "出自",
    "mentions": "提及",
}
_FACTS = {"number": "编号", "date": "成文日期", "genre": "文种", "area": "地区", "period": "时期", "place": "地区"}
_LONGEST = 14


def to_html(graph: Graph, path: Path) -> None:
    """Write the page of the whole graph, or of its most connected part where the graph is large."""
    path.write_text(page(graph.to_networkx()), encoding="utf-8", newline="\n")


def page(network: nx.MultiDiGraph, *, max_nodes: int = MAX_NODES, title: str = "养老政策知识图谱") -> str:
    """The page as HTML. The network is left as it is; a large one is cut, and the page says so."""
    shown = _most_connected(network, max_nodes)
    drawn = _draw(shown)
    note = f"{len(shown)} 个节点，{shown.number_of_edges()} 条关系"
    if len(shown) < len(network):
        note = (
            f"全图有 {len(network)} 个节点，这里只画出联系最多的 {len(shown)} 个；"
            "全图请用 export --format graphml，或用 query 查询"
        )
    data = {"nodes": drawn.nodes, "edges": drawn.edges, "kinds": list(_KINDS.values()), "note": note, "title": title}
    assets = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    ours = files("kg")
    library = (assets / "vis-network.min.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    script = (ours / "page.js").read_text(encoding="utf-8")
    parts = {
        "POLICY": " ".join(_source(code) for code in (library, script)),
        "STYLE": (assets / "vis-network.css").read_text(encoding="utf-8"),
        "DATA": json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"),
        "LIBRARY": library,
        "SCRIPT": script,
    }
    html = (ours / "page.html").read_text(encoding="utf-8")
    head, *rest = html.split("{{")
    return head + "".join(parts[name] + tail for name, _, tail in (piece.partition("}}") for piece in rest))


def _source(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _most_connected(network: nx.MultiDiGraph, most: int) -> nx.MultiDiGraph:
    """All nodes, or the ``most`` with the most edges."""
    if len(network) <= most:
        return network
    ranked = sorted(network.degree(), key=lambda pair: (-pair[1], pair[0]))
    return network.subgraph([node for node, _ in ranked[:most]])


def _draw(network: nx.MultiDiGraph) -> Any:
    """A pyvis network of the nodes in fixed places: physics would take a minute and end elsewhere each time."""
    import networkx as nx
    from pyvis.network import Network

    drawn = Network(directed=network.is_directed())
    order = sorted(network)
    simple = nx.Graph()
    simple.add_nodes_from(order)
    simple.add_edges_from(sorted({tuple(sorted(edge)) for edge in network.edges()}))
    places = nx.spring_layout(simple, seed=7, iterations=80, k=2.5 / max(len(order), 1) ** 0.5) if order else {}
    span = 120 * max(len(order), 4) ** 0.5
    for node in order:
        facts = network.nodes[node]
        label = str(facts["label"])
        drawn.add_node(
            node,
            label=label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…",
            title=_title(facts),
            color=_KINDS[facts["kind"]][1],
            value=network.degree(node),
            x=round(float(places[node][0]) * span),
            y=round(float(places[node][1]) * span),
        )
    for start, end, facts in sorted(network.edges(data=True), key=lambda edge: (*edge[:2], edge[2]["relation"])):
        drawn.add_edge(start, end, title=_RELATIONS[facts["relation"]], width=min(1 + facts["weight"] / 3, 5))
    return drawn


def _title(facts: dict[str, Any]) -> str:
    """What the pointer shows: the whole label and a few facts, a line each."""
    lines = [f"{_KINDS[facts['kind']][0]}：{facts['label']}"]
    lines += [f"{word}：{facts[name]}" for name, word in _FACTS.items() if facts.get(name)]
    return "\n".join(lines)
