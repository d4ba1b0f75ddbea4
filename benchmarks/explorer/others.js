// The same things, links and places in another library: with its defaults, but the layout given.
import cytoscape from "cytoscape";
import Graph from "graphology";
import Sigma from "sigma";

const { library, labels, x, y, from, to } = JSON.parse(document.getElementById("data").textContent);
const box = document.getElementById("box");
if (library === "sigma") {
  const graph = new Graph({ multi: true });
  labels.forEach((label, i) => graph.addNode(i, { label, x: x[i], y: -y[i], size: 3, color: "#1f6fb4" }));
  from.forEach((one, i) => graph.addEdge(one, to[i], { color: "#b9b6ad" }));
  window.shown = new Sigma(graph, box);
} else {
  const tuned = { hideEdgesOnViewport: true, textureOnViewport: true, pixelRatio: 1 };
  window.shown = cytoscape({
    container: box, ...tuned, layout: { name: "preset" },
    elements: [
      ...labels.map((label, i) => ({ data: { id: String(i), label }, position: { x: x[i], y: y[i] } })),
      ...from.map((one, i) => ({ data: { id: `e${i}`, source: String(one), target: String(to[i]) } })),
    ],
    style: [
      { selector: "node", style: { label: "data(label)", width: 6, height: 6, "font-size": 8, "min-zoomed-font-size": 8 } },
      { selector: "edge", style: { width: 1, "curve-style": "haystack" } },
    ],
  });
}
requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.ready = "1"; }));
