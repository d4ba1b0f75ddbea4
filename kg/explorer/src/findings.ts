/** What deserves a second look: doubts, sums, dated targets, duties, names that stay unsettled. */

import { Graph } from "./data";
import { h } from "./dom";
import { amount } from "./figures";
import { sieve } from "./filters";
import { longList, quotation, thingLink } from "./pieces";
import { state } from "./state";
import { nameOf, plain, w } from "./words";

const SORTS = ["conflict", "check", "doubt", "target", "alias", "duty"];

export function finding(graph: Graph, i: number): HTMLElement {
  const { findings } = graph;
  const codes = findings.codes[i].map((code) => nameOf(graph.codes[code], code.replace(/^c:\w+-/, "")));
  const sort = findings.sort[i];
  const words = !findings.words[i] ? "" : sort === "check" ? `${w("computed")} ${amount(findings.words[i])}`
    : sort === "doubt" ? `${w("meant")}「${findings.words[i]}」` : sort === "target" ? `${w("deadline")} ${findings.words[i]}` : findings.words[i];
  const wrong = findings.codes[i].includes("c:verdict-wrong") || sort === "conflict";
  return h("div", { class: `finding${wrong ? " wrong" : ""}` },
    h("p", {}, ...codes.map((code) => h("span", { class: "tag" }, code)), " ", words, " ",
      findings.about[i] >= 0 ? thingLink(graph, findings.about[i], 40) : null),
    findings.span[i] >= 0 ? quotation(graph, findings.span[i]) : null);
}

export function drawFindings(graph: Graph, box: HTMLElement): void {
  const through = sieve(graph, state());
  const fits = (i: number): boolean => {
    const span = graph.findings.span[i];
    const document = span < 0 ? -1 : graph.texts.document[graph.spans.text[span]];
    return !through.any || document < 0 || through.fits(document) || (graph.findings.about[i] >= 0 && through.fits(graph.findings.about[i]));
  };
  const all = graph.findings.sort.map((_, i) => i).filter(fits);
  box.replaceChildren(h("div", { class: "page" }, h("p", { class: "intro" }, w("findIntro")),
    all.length ? null : h("p", {}, w("empty")),
    ...SORTS.map((sort) => {
      const found = all.filter((i) => graph.findings.sort[i] === sort);
      return found.length ? h("details", { open: sort !== "duty" }, h("summary", {}, w(sort), h("span", { class: "n" }, plain(found.length))),
        longList(found.map((i) => () => finding(graph, i)), 8)) : null;
    })));
}
