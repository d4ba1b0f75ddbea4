/** The shortest way between two things, with the words for each step. */

import { Graph, KIND } from "./data";
import { h } from "./dom";
import { longList, quotation, thingLink } from "./pieces";
import { Search } from "./search";
import { combobox } from "./combobox";
import { go, state } from "./state";
import { nameOf, w } from "./words";

/** Steps between two things: thing, link, thing …; areas join everything and are passed over. */
export function shortest(graph: Graph, from: number, to: number, closed: Set<number> = new Set()): number[] | null {
  const came = new Int32Array(graph.size).fill(-2), by = new Int32Array(graph.size).fill(-1);
  came[from] = -1;
  let rim = [from];
  while (rim.length && came[to] === -2) {
    const next: number[] = [];
    for (const one of rim) {
      for (let k = graph.starts[one]; k < graph.starts[one + 1]; k++) {
        const i = graph.around[k];
        if (closed.has(i) || graph.where.has(graph.links.relation[i])) continue;
        const other = graph.links.from[i] === one ? graph.links.to[i] : graph.links.from[i];
        if (came[other] !== -2 || (graph.things.kind[other] === KIND.area && other !== to)) continue;
        came[other] = one; by[other] = i; next.push(other);
      }
    }
    rim = next;
  }
  if (came[to] === -2) return null;
  const links: number[] = [];
  for (let at = to; at !== from; at = came[at]) links.unshift(by[at]);
  return links;
}

function stepRow(graph: Graph, i: number, here: number): HTMLElement {
  const [id, zh, en] = graph.relations[graph.links.relation[i]];
  const out = graph.links.from[i] === here;
  const spans = graph.links.spans[i];
  return h("div", { class: "step" },
    h("p", { class: "relation" }, h("span", { "aria-hidden": "true" }, out ? "↓ " : "↑ "), nameOf([zh, en], id)),
    spans.length ? quotation(graph, spans[0]) : h("p", { class: "sub" }, w("noEvidence")));
}

function drawPath(graph: Graph, from: number, links: number[]): HTMLElement {
  const rows: Node[] = [h("div", { class: "stop" }, thingLink(graph, from))];
  let here = from;
  for (const i of links) {
    rows.push(stepRow(graph, i, here));
    here = graph.links.from[i] === here ? graph.links.to[i] : graph.links.from[i];
    rows.push(h("div", { class: "stop" }, thingLink(graph, here)));
  }
  return h("div", { class: "pathway" }, ...rows);
}

export function drawPaths(graph: Graph, box: HTMLElement, search: Search): void {
  const from = graph.byKey.get(state().thing) ?? -1, to = graph.byKey.get(state().to) ?? -1;
  const pick = (label: string, thing: number, change: (key: string) => void): HTMLElement =>
    combobox(graph, search, label, thing, (picked) => change(graph.things.key[picked]));
  const found: number[][] = [];
  if (from >= 0 && to >= 0 && from !== to) {
    const closed = new Set<number>();
    for (let i = 0; i < 3; i++) {
      const links = shortest(graph, from, to, closed);
      if (!links) break;
      found.push(links);
      links.forEach((one) => closed.add(one));
    }
  }
  box.replaceChildren(h("div", { class: "page" },
    h("p", { class: "intro" }, w("pathIntro")),
    h("div", { class: "pair ends" }, pick(w("from"), from, (thing) => go({ thing })), pick(w("to"), to, (other) => go({ to: other }))),
    from >= 0 && to >= 0 && !found.length ? h("p", { class: "note" }, w("noPath")) : null,
    found.length ? longList(found.map((links, i) => () => h("div", {}, i ? h("h3", {}, w("otherPath")) : null, drawPath(graph, from, links))), 3, "ol") : null));
}
