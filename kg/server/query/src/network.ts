// 图：三元组，或一行里前后相邻的资源，连成网络；布局算完才画，点是链接，键盘可到。
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Answer } from "./answer";
import { draw, make } from "./dom";
import { address, short } from "./terms";
import { say } from "./words";

const MOST = 250;
const LABELS = /[#/](prefLabel|label|title)$/;

interface Spot extends SimulationNodeDatum { id: string; label: string; links: number }
interface Edge { source: Spot; target: Spot; name: string }

export function showGraph(host: HTMLElement, answer: Answer): void {
  const spots = new Map<string, Spot>();
  const edges: Edge[] = [];
  const labels = new Map<string, string>();
  let cut = false;
  const spot = (id: string): Spot | null => {
    if (!spots.has(id) && spots.size >= MOST) {
      cut = true;
      return null;
    }
    if (!spots.has(id)) spots.set(id, { id, label: "", links: 0 });
    return spots.get(id)!;
  };
  const join = (from: string, to: string, name: string) => {
    const [source, target] = [spot(from), spot(to)];
    if (!source || !target || source === target) return;
    source.links++;
    target.links++;
    edges.push({ source, target, name });
  };
  for (const row of answer.rows) {
    if (answer.triples) {
      const [from, name, to] = [row[0]!, row[1]!, row[2]!];
      if (!to.iri && LABELS.test(name.value) && !labels.has(from.value)) labels.set(from.value, to.value);
      else if (to.iri) join(from.value, to.value, short(name.value));
    } else {
      row.forEach((cell, at) => {
        const next = row[at + 1];
        if (cell?.iri && next && !next.iri && next.number === null && !labels.has(cell.value)) labels.set(cell.value, next.value);
      });
      const things = row.flatMap((cell, at) => cell?.iri ? [{ iri: cell.value, name: answer.columns[at]! }] : []);
      things.slice(1).forEach((thing, at) => join(things[at]!.iri, thing.iri, thing.name));
    }
  }
  if (!edges.length) {
    host.replaceChildren(make("p", { class: "note" }, say("noGraph")));
    return;
  }
  const shown = [...spots.values()].filter(one => one.links);
  for (const one of shown) one.label = labels.get(one.id) ?? short(one.id).replace(/^.*[:/]/, "");
  host.replaceChildren(...(cut ? [make("p", { class: "note" }, say("cut", MOST))] : []), pictureOf(shown, edges));
}

function pictureOf(spots: Spot[], edges: Edge[]): HTMLElement {
  const simulation = forceSimulation(spots)
    .force("charge", forceManyBody().strength(-260).distanceMax(500))
    .force("link", forceLink(edges).distance(90).strength(0.5))
    .force("collide", forceCollide(26))
    .force("x", forceX(0).strength(0.04)).force("y", forceY(0).strength(0.06))
    .force("center", forceCenter(0, 0)).stop();
  simulation.tick(260);
  const xs = spots.map(one => one.x!), ys = spots.map(one => one.y!);
  const [left, top] = [Math.min(...xs) - 90, Math.min(...ys) - 40];
  const [width, height] = [Math.max(...xs) - left + 90, Math.max(...ys) - top + 50];
  const lines = edges.map(edge => draw("line", { x1: edge.source.x!, y1: edge.source.y!, x2: edge.target.x!, y2: edge.target.y!, class: "edge" }, draw("title", {}, edge.name)));
  const many = edges.length > 60;
  const names = many ? [] : edges.map(edge => draw("text", {
    x: (edge.source.x! + edge.target.x!) / 2, y: (edge.source.y! + edge.target.y!) / 2, class: "relation", "text-anchor": "middle",
  }, edge.name));
  const svg = draw("svg", { viewBox: `${left} ${top} ${width} ${height}`, class: "network", role: "group", "aria-label": say("graph") }, ...lines, ...names, ...spots.map(nodeOf));
  svg.style.minWidth = `${Math.min(width, 900)}px`;
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": say("graph") }, svg as unknown as HTMLElement);
}

function nodeOf(spot: Spot): SVGElement {
  const label = spot.label.length > 16 ? spot.label.slice(0, 15) + "…" : spot.label;
  const kind = /\/id\/(\w+)\//.exec(spot.id)?.[1] ?? "other";
  const node = [
    draw("circle", { cx: spot.x!, cy: spot.y!, r: 6 + Math.min(10, Math.sqrt(spot.links) * 2), class: `node ${kind}` }),
    draw("text", { x: spot.x!, y: spot.y! + 24, class: "name", "text-anchor": "middle" }, label),
    draw("title", {}, spot.label),
  ];
  const href = address(spot.id);
  return href ? draw("a", { href }, ...node) : draw("g", {}, ...node);
}
