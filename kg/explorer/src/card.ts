/** The card of one thing: what it is, its figures, its links, and the sentences that say so. */

import { besides, figureFacts, figureRow, figuresOf } from "./card-figures";
import { actions, linkGroups } from "./card-links";
import { Graph, KIND, text } from "./data";
import { h } from "./dom";
import { conflicts, finding, sideBySide } from "./findings";
import { address, lined, longList, nameOfThing, others, quotation, row } from "./pieces";
import { sign } from "./shapes";
import { go, state } from "./state";
import { nameOf, plain, w } from "./words";

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

function mentions(graph: Graph, thing: number): HTMLElement | null {
  const found = graph.mentions.thing.map((one, i) => (one === thing ? graph.mentions.span[i] : -1)).filter((span) => span >= 0);
  return found.length ? h("details", {}, h("summary", {}, w("mentionsOf"), h("span", { class: "n" }, plain(found.length))),
    longList(found.map((span) => () => quotation(graph, span)), 5)) : null;
}

/** What there is to look at again in a document's text. */
function flagged(graph: Graph, thing: number): HTMLElement | string {
  const which = graph.textOf[thing];
  const found = graph.findings.sort.map((_, i) => i).filter((i) => {
    const here = graph.findings.spans[i].some((span) => which >= 0 && graph.spans.text[span] === which);
    return graph.findings.about[i] === thing || graph.findings.things[i].includes(thing) || (here && graph.findings.sort[i] !== "duty");
  });
  return found.length ? h("section", {}, h("details", {}, h("summary", {}, w("find"), h("span", { class: "n" }, plain(found.length))),
    longList(found.map((i) => () => finding(graph, i)), 8))) : "";
}

/** What other texts say otherwise: of this figure, or of a figure of this programme, area or document. */
function disagreements(graph: Graph, thing: number, rows: number[]): HTMLElement | string {
  const mine = new Set([thing, ...rows.map((i) => graph.figures.thing[i])]);
  const found = conflicts(graph, (one) => mine.has(one));
  return found.length ? h("section", { class: "disagree" }, h("h3", {}, w("values"), h("span", { class: "n" }, plain(found.length))),
    ...found.slice(0, 5).map((i) => sideBySide(graph, graph.findings.things[i]))) : "";
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
    disagreements(graph, thing, rows),
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
