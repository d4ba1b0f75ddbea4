/** Figures in a card: one with all that bounds it, and rows of many, each over its sentence. */

import { Graph, KIND, paragraph, place, text } from "./data";
import { h } from "./dom";
import { boundText, figureText, kindText, periodText, placeText, sureText } from "./figures";
import { lined, longList, quotation, row, thingLink } from "./pieces";
import { plain, w } from "./words";

export function figureFacts(graph: Graph, i: number): HTMLElement {
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

/** Figures that a thing is about, states, or holds: of a document, a programme, an area, or beside another figure. */
export function figuresOf(graph: Graph, thing: number): number[] {
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

/** Documents and other figures of the paragraph that a figure stands in: under what, and beside what, it is said. */
export function besides(graph: Graph, figure: number): HTMLElement | null {
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
