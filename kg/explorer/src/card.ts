/** The card of one thing: what it is, its figures, its links, and the sentences that say so. */

import { Graph, KIND, paragraph, place, text } from "./data";
import { Child, h } from "./dom";
import { finding } from "./findings";
import { boundText, figureText, kindText, periodText, placeText, sureText } from "./figures";
import { address, copy, isFigure, longList, nameOfThing, quotation, thingLink } from "./pieces";
import { sign } from "./shapes";
import { go, link, state } from "./state";
import { nameOf, plain, w } from "./words";

function row(name: string, ...value: Child[]): Node[] {
  return value.some((one) => one !== null && one !== "" && one !== undefined)
    ? [h("dt", {}, name), h("dd", {}, ...value)] : [];
}

function lined(graph: Graph, things: number[]): Child[] {
  return things.length ? [h("ul", { class: "inline" }, ...things.map((thing) => h("li", {}, thingLink(graph, thing))))] : [];
}

/** The things at the other end of one relation. */
function others(graph: Graph, thing: number, relation: string, out: boolean): number[] {
  const { from, to } = graph.links;
  const found: number[] = [];
  for (let k = graph.starts[thing]; k < graph.starts[thing + 1]; k++) {
    const i = graph.around[k];
    if (graph.relations[graph.links.relation[i]][0] === relation && (out ? from[i] : to[i]) === thing) found.push(out ? to[i] : from[i]);
  }
  return found;
}

function figureFacts(graph: Graph, i: number): HTMLElement {
  const { figures } = graph;
  return h("dl", { class: "facts" },
    ...row(w("value"), h("strong", { class: "value" }, figureText(graph, i)), " ", h("small", {}, boundText(graph, i))),
    ...row(w("sort"), h("span", { class: `tag ${figures.kind[i].replace("c:kind-", "is-")}` }, kindText(graph, i))),
    ...row(w("period"), periodText(graph, i) || h("em", {}, w("noPeriod"))),
    ...row(w("place"), ...lined(graph, figures.places[i])),
    ...row(w("program"), ...lined(graph, figures.programs[i])),
    ...row(w("group"), figures.group[i]),
    ...row(w("document1"), ...lined(graph, figures.document[i] < 0 ? [] : [figures.document[i]])),
    ...row(w("conf"), `${sureText(figures.sure[i])}（${figures.sure[i].toFixed(2)}）`, " ", h("small", {}, graph.rules[figures.rule[i]])),
  );
}

function basics(graph: Graph, thing: number): HTMLElement {
  const { things } = graph;
  const code = graph.codes[`c:level-${things.level[thing]}`];
  return h("dl", { class: "facts" },
    ...row(w("number"), things.number[thing]),
    ...row(w("names"), things.names[thing].split("\n").filter(Boolean).join("；")),
    ...row(w("issuers"), ...lined(graph, others(graph, thing, "ek:issuedBy", true))),
    ...row(w("date"), things.date[thing]),
    ...row(w("published"), things.published[thing]),
    ...row(w("genre"), things.genre[thing]),
    ...row(w("level"), things.kind[thing] === KIND.area || things.area[thing] < 0 ? "" : things.label[things.area[thing]],
      things.level[thing] ? h("small", {}, ` ${nameOf(code, things.level[thing])}`) : null),
    ...row(w("repealed"), ...lined(graph, others(graph, thing, "eli:repeals", false))),
  );
}

/** Figures that a thing is about, states, or holds: of a document, a programme, an area, or beside another figure. */
function figuresOf(graph: Graph, thing: number): number[] {
  const { figures, things } = graph;
  const all = figures.thing.map((_, i) => i);
  const kind = things.kind[thing];
  if (kind === KIND.document) return all.filter((i) => figures.document[i] === thing);
  if (kind === KIND.program) return all.filter((i) => figures.programs[i].includes(thing));
  if (kind === KIND.area) return all.filter((i) => figures.places[i].includes(thing));
  return [];
}

/** A figure as a row, and under it the sentence. */
export function figureRow(graph: Graph, i: number): HTMLElement {
  const { figures } = graph;
  const details = [periodText(graph, i) || w("noPeriod"), placeText(graph, i)].filter(Boolean).join(" · ");
  return h("div", { class: "figure" },
    h("div", { class: "figurehead" }, thingLink(graph, figures.thing[i], 40),
      h("span", { class: `tag ${figures.kind[i].replace("c:kind-", "is-")}` }, kindText(graph, i))),
    h("div", { class: "sub" }, details, boundText(graph, i) ? ` · ${boundText(graph, i)}` : "", ` · ${sureText(figures.sure[i])}`),
    figures.span[i] >= 0 ? quotation(graph, figures.span[i], false) : null);
}

/** Links by relation and direction, each with its count; a link's sentence opens under it. */
function linkGroups(graph: Graph, thing: number): HTMLElement[] {
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

export function linkRow(graph: Graph, i: number, thing: number): HTMLElement {
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
  }, `“${spans.length > 1 ? spans.length : ""}”`);
  open.setAttribute("aria-label", `${w("evidence")} “${spans.length > 1 ? spans.length : ""}”`);
  box.append(open);
  return box;
}

function citation(graph: Graph, thing: number): string {
  const { things } = graph;
  const issuers = others(graph, thing, "ek:issuedBy", true).map((one) => things.label[one]);
  const named = issuers.length > 3 ? issuers.slice(0, 3).join("，") + "，等" : issuers.join("，");
  const number = things.number[thing] ? `：${things.number[thing]}` : "";
  return `${named ? named + ". " : ""}${things.label[thing]}${number}[A]. ${things.date[thing] || things.year[thing] || "[日期不详]"}.`;
}

function actions(graph: Graph, thing: number): HTMLElement {
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

function mentions(graph: Graph, thing: number): HTMLElement | null {
  const found = graph.mentions.thing.map((one, i) => (one === thing ? graph.mentions.span[i] : -1)).filter((span) => span >= 0);
  return found.length ? h("details", {}, h("summary", {}, w("mentionsOf"), h("span", { class: "n" }, plain(found.length))),
    longList(found.map((span) => () => quotation(graph, span)), 5)) : null;
}

/** What there is to look at again in a document's text. */
function flagged(graph: Graph, thing: number): HTMLElement | string {
  const which = graph.textOf[thing];
  const found = graph.findings.sort.map((_, i) => i).filter((i) => {
    const span = graph.findings.span[i];
    return graph.findings.about[i] === thing || (which >= 0 && span >= 0 && graph.spans.text[span] === which && graph.findings.sort[i] !== "duty");
  });
  return found.length ? h("section", {}, h("details", {}, h("summary", {}, w("find"), h("span", { class: "n" }, plain(found.length))),
    longList(found.map((i) => () => finding(graph, i)), 8))) : "";
}

/** Documents and other figures of the paragraph that a figure stands in: under what, and beside what, it is said. */
function besides(graph: Graph, figure: number): HTMLElement | null {
  const span = graph.figures.span[figure];
  if (span < 0 || graph.spans.text[span] < 0) return null;
  const box = h("section", { hidden: true });
  void text(graph, graph.spans.text[span]).then(() => {
    const within = paragraph(graph, span);
    if (!within) return;
    const inside = (other: number): boolean => {
      if (graph.spans.text[other] !== graph.spans.text[span]) return false;
      const { start, end } = place(graph, other);
      return start >= within.start && end <= within.end;
    };
    const documents = new Set<number>();
    graph.mentions.span.forEach((other, i) => {
      const thing = graph.mentions.thing[i];
      if (inside(other) && graph.things.kind[thing] === KIND.document) documents.add(thing);
    });
    const figures = graph.figures.span.map((other, i) => (i !== figure && other >= 0 && inside(other) ? graph.figures.thing[i] : -1)).filter((thing) => thing >= 0);
    const found = [...documents, ...figures];
    if (!found.length) return;
    box.append(h("h3", {}, w("sameParagraph"), h("span", { class: "n" }, plain(found.length))),
      longList(found.map((thing) => () => h("div", { class: "link" }, thingLink(graph, thing),
        graph.things.number[thing] ? h("small", { class: "sub" }, graph.things.number[thing]) : null)), 10));
    box.hidden = false;
  });
  return box;
}

export function drawCard(graph: Graph, box: HTMLElement, thing: number): void {
  const { things } = graph;
  const kind = things.kind[thing], figure = graph.figureOf[thing];
  const rows = figuresOf(graph, thing);
  const beside = figure >= 0 ? figuresOf(graph, graph.figures.document[figure]).filter((i) => i !== figure) : [];
  box.replaceChildren(
    h("header", { class: "cardhead" },
      h("div", { class: "over" }, sign(kind), w(kind === KIND.document ? "document1of" : `${graph.kinds[kind]}1`),
        h("button", { type: "button", class: "close", "aria-label": w("close"), onclick: () => go({ thing: "", at: "" }) }, "×")),
      h("h2", { id: "cardname", tabindex: -1 }, nameOfThing(graph, thing))),
    figure >= 0 ? figureFacts(graph, figure) : basics(graph, thing),
    figure >= 0 && graph.figures.span[figure] >= 0
      ? h("section", {}, h("h3", {}, w("evidence")), quotation(graph, graph.figures.span[figure])) : "",
    (figure >= 0 && besides(graph, figure)) || "",
    kind === KIND.document && graph.textOf[thing] < 0 ? h("p", { class: "note" }, w("notHeld")) : "",
    actions(graph, thing),
    rows.length ? h("section", {}, h("h3", {}, kind === KIND.program ? w("whoMeasure") : w("facts"), h("span", { class: "n" }, plain(rows.length))),
      longList(rows.map((i) => () => figureRow(graph, i)), 6)) : "",
    h("section", {}, h("h3", {}, w("links")), ...linkGroups(graph, thing), mentions(graph, thing)),
    flagged(graph, thing),
    beside.length ? h("section", {}, h("details", {}, h("summary", {}, w("sameText"), h("span", { class: "n" }, plain(beside.length))),
      longList(beside.map((i) => () => figureRow(graph, i)), 6))) : "",
    h("p", { class: "key" }, things.key[thing]),
  );
  const waiting = new Set(rows.map((i) => graph.spans.text[graph.figures.span[i]]));
  for (const which of waiting) if (which >= 0) void text(graph, which);
  if (figure >= 0 && state().view === "read") box.dataset.at = address(graph, graph.figures.span[figure]);
}
