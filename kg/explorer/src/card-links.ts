/** A card's links, and what one can do with the thing: by relation and direction, with the sentence under each. */

import { Graph, KIND } from "./data";
import { h } from "./dom";
import { copy, isFigure, longList, others, quotation, thingLink } from "./pieces";
import { go, link } from "./state";
import { nameOf, plain, w } from "./words";

/** Links by relation and direction, each with its count; a link's sentence opens under it. */
export function linkGroups(graph: Graph, thing: number): HTMLElement[] {
  const { links, relations } = graph;
  const groups = new Map<string, number[]>();
  for (let k = graph.starts[thing]; k < graph.starts[thing + 1]; k++) {
    const i = graph.around[k];
    const other = links.from[i] === thing ? links.to[i] : links.from[i];
    if (isFigure(graph, other) && graph.things.kind[thing] !== KIND.count) continue;
    const key = `${links.relation[i]},${links.from[i] === thing ? 1 : 0}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).map(([key, found]) => {
    const [relation, out] = key.split(",").map(Number);
    const [id, zh, en] = relations[relation];
    found.sort((a, b) => links.weight[b] - links.weight[a]);
    return h("details", { open: found.length <= 6 },
      h("summary", {}, h("span", { class: "arrow", "aria-hidden": "true" }, out ? "→" : "←"), nameOf([zh, en], id),
        h("span", { class: "n" }, plain(found.length))),
      longList(found.map((i) => () => linkRow(graph, i, thing)), 12));
  });
}

function linkRow(graph: Graph, i: number, thing: number): HTMLElement {
  const { links } = graph;
  const spans = links.spans[i];
  const box = h("div", { class: "link" }, thingLink(graph, links.from[i] === thing ? links.to[i] : links.from[i], 60));
  if (!spans.length) {
    box.append(h("small", { class: "sub", title: w("noEvidence") }, "◦"));
    return box;
  }
  const open = h("button", {
    type: "button", class: "cue", "aria-expanded": "false", title: w("evidence"),
    onclick: () => {
      const shown = box.querySelector(".said");
      if (shown) shown.remove();
      else box.append(h("div", { class: "said" }, ...spans.slice(0, 5).map((span) => quotation(graph, span))));
      open.setAttribute("aria-expanded", String(!shown));
    },
  }, w("read1"), spans.length > 1 ? h("span", { class: "n" }, plain(spans.length)) : null);
  box.append(open);
  return box;
}

function citation(graph: Graph, thing: number): string {
  const { things } = graph;
  const issuers = others(graph, thing, "ek:issuedBy", true).map((one) => things.label[one]);
  const named = issuers.length > 3 ? issuers.slice(0, 3).join(", ") + ", 等" : issuers.join(", ");
  const number = things.number[thing] ? `: ${things.number[thing]}` : "";
  return `${named ? named + ". " : ""}${things.label[thing]}${number}[A]. ${things.date[thing] || things.year[thing] || "[日期不详]"}.`;
}

export function actions(graph: Graph, thing: number): HTMLElement {
  const { things } = graph;
  const to = (label: string, change: Parameters<typeof go>[0]): HTMLElement =>
    h("button", { type: "button", class: "plain", onclick: () => go(change) }, label);
  const held = graph.textOf[thing];
  const button = (label: string, words: () => string): HTMLElement => {
    const one: HTMLElement = h("button", { type: "button", class: "plain", onclick: () => void copy(words(), one) }, label);
    return one;
  };
  return h("div", { class: "actions" },
    held >= 0 ? to(w("readText"), { view: "read", at: `${held}:0-0` }) : null,
    to(w("showNet"), { view: "net" }),
    things.kind[thing] === KIND.document ? to(w("showLadder"), { view: "ladder" }) : null,
    to(w("pathFrom"), { view: "path", to: "" }),
    button(w("copyLink"), () => location.href.replace(/#.*$/, "") + link({ thing: things.key[thing] })),
    things.kind[thing] === KIND.document ? button(w("cite"), () => citation(graph, thing)) : null);
}
