/** The shortest way between two things, with the words for each step. */

import { Graph, KIND } from "./data";
import { h } from "./dom";
import { longList, quotation, thingLink } from "./pieces";
import { Search } from "./search";
import { combobox } from "./combobox";
import { go, link, state } from "./state";
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

/** Pairs to begin with: bodies of different places, two or more steps apart, those with most links first. */
function examples(graph: Graph): [number, number][] {
  const { things, degree } = graph;
  const bodies = things.kind.map((_, i) => i).filter((i) => things.kind[i] === KIND.agency && things.area[i] >= 0 && degree[i] > 2)
    .sort((a, b) => degree[b] - degree[a] || a - b).slice(0, 16);
  const found: [number, number][] = [], used = new Set<number>();
  for (const from of bodies) {
    const to = used.has(from) ? undefined : bodies.find((other) => other !== from && !used.has(other) && things.area[other] !== things.area[from] && (shortest(graph, from, other)?.length ?? 0) > 1);
    if (to === undefined) continue;
    used.add(from).add(to);
    found.push([from, to]);
    if (found.length === 4) break;
  }
  return found;
}

/** Where no pair is chosen yet: some to try. */
function suggestions(graph: Graph): HTMLElement {
  return h("div", { class: "ask" }, h("h2", {}, w("pathTry")), h("ul", {}, ...examples(graph).map(([from, to]) => {
    const change = { view: "path", thing: graph.things.key[from], to: graph.things.key[to] };
    return h("li", {}, h("a", { href: link(change), onclick: ((event: MouseEvent) => { if (event.ctrlKey || event.metaKey) return; event.preventDefault(); go(change); }) as EventListener },
      w("pathBetween", graph.things.label[from], graph.things.label[to])));
  })));
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
    from < 0 || to < 0 ? suggestions(graph) : null,
    from >= 0 && to >= 0 && !found.length ? h("p", { class: "note" }, w("noPath")) : null,
    found.length ? longList(found.map((links, i) => () => h("div", {}, i ? h("h3", {}, w("otherPath")) : null, drawPath(graph, from, links))), 3, "ol") : null));
}
