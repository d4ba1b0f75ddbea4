"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, font: { size: 14 } })));
  const edges = new vis.DataSet(data.edges.map((edge, id) => ({ ...edge, id, arrows: "to" })));
  const text = (id, words) => { document.getElementById(id).textContent = words; };
  text("title", data.title);
  text("note", data.note);
  const hidden = new Set();
  const view = new vis.DataView(nodes, { filter: (node) => !hidden.has(node.color) });
  const network = new vis.Network(document.getElementById("network"), { nodes: view, edges }, {
    physics: false,
    interaction: { hover: true, hideEdgesOnDrag: true, hideEdgesOnZoom: true, keyboard: { bindToWindow: false } },
    edges: { smooth: false, color: { color: "#bbb", highlight: "#444" }, arrows: { to: { scaleFactor: 0.5 } } },
  });
  // vis-network's own fit() knows only what it has drawn; the places are known here.
  function fit() {
    const box = document.getElementById("network");
    const range = (axis) => {
      const all = data.nodes.map((node) => node[axis]);
      return [Math.min(...all, 0), Math.max(...all, 0)];
    };
    const [left, right] = range("x");
    const [top, bottom] = range("y");
    const scale = Math.min(box.clientWidth / (right - left + 160), box.clientHeight / (bottom - top + 160), 1);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
  }
  fit();
  addEventListener("resize", fit);
  const legend = document.getElementById("legend");
  for (const [kind, color, shape] of data.kinds) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    box.addEventListener("change", () => { hidden[box.checked ? "delete" : "add"](color); view.refresh(); });
    const dot = document.createElement("span");
    dot.className = "dot dot-" + shape;
    dot.style.color = color;
    label.append(box, dot, kind + " ");
    legend.append(label);
  }
  const card = document.getElementById("card");
  function show(id) {
    const node = nodes.get(id);
    const head = document.createElement("h2");
    const facts = document.createElement("p");
    const lines = node.title.split("\n");
    head.textContent = lines[0];
    facts.textContent = lines.slice(1).join("\n");
    card.replaceChildren(head, facts);
    for (const edge of edges.get({ filter: (edge) => edge.from === id || edge.to === id })) {
      const other = edge.from === id ? edge.to : edge.from;
      const link = document.createElement("button");
      const name = nodes.get(other).title.split("\n")[0];
      link.textContent = (edge.from === id ? "→ " : "← ") + edge.title + "  " + name;
      link.addEventListener("click", () => go(other));
      card.append(link);
    }
  }
  function go(id) {
    if (!view.get(id)) return;
    network.selectNodes([id]);
    network.focus(id, { scale: 1, animation: true });
    show(id);
  }
  network.on("selectNode", (event) => show(event.nodes[0]));
  document.getElementById("find").addEventListener("change", (event) => {
    const words = event.target.value.trim();
    const found = words && view.get({ filter: (node) => node.title.includes(words) })[0];
    if (found) go(found.id);
  });
})();
