"""One thing and what lies round it, as pyvis draws it: a page that is whole in one file and asks for no network.

pyvis's own page fetches scripts from three hosts, has no doctype and runs names as HTML. Here its network and its copy
of vis-network go into a page of ours: nothing is fetched (the page's own policy forbids it), names are only text.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontology.terms import BASE

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph import Graph

__all__ = ["MAX_NODES", "draw", "page", "round_about", "to_pyvis", "write_pyvis"]

# vis-network moves about this many nodes without lag.
MAX_NODES = 300
TITLE = "养老政策知识图谱"
# Name, colour and shape of each kind, as in the explorer.
_KINDS = {
    "agency": ("机关", "#1f6fb4", "dot"),
    "document": ("文件", "#b8322a", "square"),
    "program": ("项目", "#0a7d62", "triangle"),
    "count": ("数量", "#b45f06", "diamond"),
    "proposal": ("建议提案", "#8a3fa0", "hexagon"),
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
_LONGEST = 18


def to_pyvis(graph: Graph, center: str, *, hops: int = 1, max_nodes: int = MAX_NODES) -> Any:
    """A pyvis network of a thing and what is joined to it within ``hops`` steps (see ``draw``).

    Args:
        center: a name, title, number or IRI.

    Raises:
        UnknownName: nothing, or more than one thing, is called so; the message lists what comes near.
        ValueError: it is more than ``max_nodes``; the message says what else to do.
    """
    network = graph.to_networkx()
    node = _named(graph, network, center)
    shown = round_about(network, node, hops)
    title = str(network.nodes[node]["label"])
    if len(shown) > max_nodes:
        raise ValueError(
            f"{title}: {len(shown)} nodes within {hops} steps, more than max_nodes={max_nodes}; ask for fewer steps, "
            "or for the page that holds any graph: eldercare-kg explore GRAPH -o explorer.html"
        )
    return draw(shown, title=title, center=node)


def write_pyvis(graph: Graph, path: Path, *, center: str | None = None, hops: int = 1) -> None:
    """Write the page of one thing and what is round it; without ``center`` of the whole graph, while it is small."""
    drawn = draw(_whole(graph)) if center is None else to_pyvis(graph, center, hops=hops)
    drawn.write_html(str(path))


def _whole(graph: Graph) -> nx.MultiDiGraph:
    network = graph.to_networkx()
    if len(network) > MAX_NODES:
        raise ValueError(
            f"the graph has {len(network)} nodes, more than the {MAX_NODES} that pyvis moves without lag; name the "
            "thing in the middle (--center NAME), or write the page that holds any graph: eldercare-kg explore"
        )
    return network


def _named(graph: Graph, network: nx.MultiDiGraph, center: str) -> str:
    """The node that is meant by a name."""
    from kg.analysis.show import find, similar
    from kg.query.meanings import UnknownName

    key = center.removeprefix(BASE + "id/")
    if key in network:
        return key
    found = {iri.removeprefix(BASE + "id/"): label for iri, _, label in find(graph, center)}
    known = [node for node in found if node in network]
    exact = [node for node in known if center in (found[node], network.nodes[node].get("number"))]
    if len(exact or known) == 1:
        return (exact or known)[0]
    near = [f"{found[node]} ({node})" for node in known] or similar(graph, center)
    said = "several things are" if known else "nothing is"
    hint = f": {'; '.join(near[:8])}" if near else ""
    raise UnknownName(f"{said} called {center!r} in this graph{hint}")


def round_about(network: nx.Graph, center: str, hops: int) -> nx.Graph:
    """The part of a network within so many steps of a node, against the arrows too. The network is left as it is."""
    reached = rim = {center}
    for _ in range(hops):
        beside = (network.adj, network.pred) if network.is_directed() else (network.adj,)
        rim = {other for node in rim for side in beside for other in side[node]} - reached
        reached = reached | rim
    return network.subgraph(reached)


def page(network: nx.Graph, *, max_nodes: int = MAX_NODES, title: str = TITLE) -> str:
    """The page of a whole network as HTML.

    Raises:
        ValueError: it has more than ``max_nodes`` nodes.
    """
    if len(network) > max_nodes:
        raise ValueError(f"{len(network)} nodes, more than max_nodes={max_nodes}: take a part of the network")
    return str(draw(network, title=title).generate_html())


def draw(network: nx.Graph, *, title: str = TITLE, center: str = "") -> Any:
    """A pyvis network in fixed places: physics would take a minute and end elsewhere each time.

    It is a ``pyvis.network.Network`` whose ``generate_html``, ``write_html`` and ``show`` give our page, and which
    shows itself in a notebook, in a frame of its own. The network is left as it is.
    """
    from kg.explorer.places import arrange

    drawn = _drawing()(title, network.is_directed())
    order = sorted(network)
    number = {node: index for index, node in enumerate(order)}
    places = arrange(len(order), [(number[one], number[other]) for one, other in network.edges()])
    for node, (x, y) in zip(order, places, strict=True):
        facts = network.nodes[node]
        label, (_, color, shape) = str(facts["label"]), _KINDS[facts["kind"]]
        short = label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
        size = min(10 + 2.2 * float(network.degree(node)) ** 0.5, 30)
        drawn.add_node(
            node, short, shape=shape, color=color, title=_title(facts), size=size, x=x * 3, y=y * 3,
            borderWidth=4 if node == center else 1,
        )  # fmt: skip
    for start, end, facts in sorted(network.edges(data=True), key=lambda edge: (*edge[:2], edge[2]["relation"])):
        drawn.add_edge(start, end, title=_RELATIONS[facts["relation"]], width=min(1 + facts["weight"] / 3, 5))
    return drawn


def _title(facts: dict[str, Any]) -> str:
    """What the pointer shows: the whole label and a few facts, a line each."""
    lines = [f"{_KINDS[facts['kind']][0]}：{facts['label']}"]
    lines += [f"{word}：{facts[name]}" for name, word in _FACTS.items() if facts.get(name)]
    return "\n".join(lines)


@cache
def _drawing() -> type:
    from pyvis.network import Network

    class Drawing(Network):  # type: ignore[misc]
        """pyvis's network, written as a page of ours."""

        def __init__(self, title: str, directed: bool) -> None:
            super().__init__(directed=directed)
            self.title = title

        def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
            return _html(self)

        def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
            Path(name).write_text(_html(self), encoding="utf-8", newline="\n")
            if open_browser:
                import webbrowser

                webbrowser.open(Path(name).resolve().as_uri())

        def show(self, name: str, local: bool = True, notebook: bool = True) -> Drawing:
            self.write_html(name, open_browser=not notebook)
            return self

        def _repr_html_(self) -> str:
            held = html.escape(_html(self), quote=True)
            return f'<iframe sandbox="allow-scripts" srcdoc="{held}" width="100%" height="600" title="网络"></iframe>'

    return Drawing


def _html(drawn: Any) -> str:
    kinds = [kind for kind in _KINDS.values() if any(node["color"] == kind[1] for node in drawn.nodes)]
    note = f"{len(drawn.nodes)} 个节点，{len(drawn.edges)} 条关系"
    data = {"nodes": drawn.nodes, "edges": drawn.edges, "kinds": kinds, "note": note, "title": drawn.title}
    assets = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    ours = files("kg.analysis")
    library = (assets / "vis-network.min.js").read_text(encoding="utf-8").replace("</script", "<\\/script")
    script = (ours / "page.js").read_text(encoding="utf-8")
    parts = {
        "POLICY": " ".join(_source(code) for code in (library, script)),
        "TITLE": html.escape(drawn.title),
        "STYLE": (assets / "vis-network.css").read_text(encoding="utf-8"),
        "DATA": json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"),
        "LIBRARY": library,
        "SCRIPT": script,
    }
    head, *rest = (ours / "page.html").read_text(encoding="utf-8").split("{{")
    return head + "".join(parts[name] + tail for name, _, tail in (piece.partition("}}") for piece in rest))


def _source(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
