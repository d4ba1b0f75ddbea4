/** What deserves a second look: values that disagree, sums, names left open, dated targets, duties. */

import { Graph } from "./data";
import { Child, h } from "./dom";
import { amount, boundText, figureText, kindText, periodText, placeText } from "./figures";
import { nothing, sieve } from "./filters";
import { longList, quotation, thingLink } from "./pieces";
import { state } from "./state";
import { english, nameOf, plain, w } from "./words";

const SORTS = ["values", "issuerlists", "members", "code", "check", "doubt", "target", "alias", "unresolved", "unnumbered", "duty"];
/** Lists that are long and calm stay folded. */
const FOLDED = new Set(["target", "alias", "unresolved", "unnumbered", "duty"]);
const ALARMS = new Set(["values", "issuerlists", "members", "code", "unresolved", "unnumbered"]);

/** Figures of one thing that two texts give differently, side by side: never averaged, none preferred. */
export function sideBySide(graph: Graph, things: number[]): HTMLElement {
  const { figures } = graph;
  const rows = things.map((thing) => graph.figureOf[thing]).filter((i) => i >= 0);
  return h("div", { class: "sides" }, ...rows.map((i) => h("div", { class: "side" },
    thingLink(graph, figures.thing[i], 60, graph.things.label[figures.thing[i]]),
    h("strong", { class: "value" }, figureText(graph, i)),
    h("small", { class: "sub" }, [periodText(graph, i) || w("noPeriod"), placeText(graph, i), kindText(graph, i), boundText(graph, i)].filter(Boolean).join(" · ")),
    figures.span[i] >= 0 ? quotation(graph, figures.span[i]) : null)));
}

function said(graph: Graph, i: number): string {
  const { findings } = graph, sort = findings.sort[i], words = english() ? findings.english[i] : findings.words[i];
  if (!words) return "";
  return sort === "check" ? `${w("computed")} ${amount(words)}` : sort === "doubt" ? `${w("meant")}「${words}」` : sort === "target" ? `${w("deadline")} ${words}` : words;
}

export function finding(graph: Graph, i: number): HTMLElement {
  const { findings } = graph, sort = findings.sort[i];
  const codes = findings.codes[i].map((code) => nameOf(graph.codes[code], code.replace(/^c:\w+-/, "")));
  const wrong = findings.codes[i].includes("c:verdict-wrong") || sort === "values";
  const about: Child = findings.about[i] >= 0 ? thingLink(graph, findings.about[i], 40) : null;
  return h("div", { class: `finding${wrong ? " wrong" : ""}` },
    h("p", {}, ...codes.map((code) => h("span", { class: "tag" }, code)), " ", said(graph, i), " ", ALARMS.has(sort) ? null : about),
    sort === "values" ? sideBySide(graph, findings.things[i])
      : h("div", {}, ...findings.spans[i].slice(0, ALARMS.has(sort) ? 4 : 1).map((span) => quotation(graph, span))));
}

/** Values that disagree with this figure's, or among a thing's figures. */
export function conflicts(graph: Graph, wanted: (thing: number) => boolean): number[] {
  return graph.findings.sort.map((_, i) => i).filter((i) => graph.findings.sort[i] === "values" && graph.findings.things[i].some(wanted));
}

/** Opens the findings of one sort, and goes there. */
function jump(sort: string): void {
  const box = document.getElementById(`sort-${sort}`) as HTMLDetailsElement;
  box.open = true;
  box.scrollIntoView({ block: "start" });
  (box.firstElementChild as HTMLElement).focus({ preventScroll: true });
}

export function drawFindings(graph: Graph, box: HTMLElement): void {
  const through = sieve(graph, state()), { findings, texts, spans } = graph;
  const fits = (i: number): boolean => {
    const documents = findings.spans[i].map((span) => texts.document[spans.text[span]]).filter((document) => document >= 0);
    return !through.any || [...documents, ...findings.things[i], findings.about[i]].some((thing) => thing >= 0 && through.fits(thing));
  };
  const all = findings.sort.map((_, i) => i).filter(fits);
  box.replaceChildren(h("div", { class: "page" }, h("p", { class: "intro" }, w("findIntro")),
    all.length ? h("ul", { class: "jumps" }, ...SORTS.filter((sort) => all.some((i) => findings.sort[i] === sort)).map((sort) => h("li", {},
      h("button", { type: "button", class: "plain", onclick: () => jump(sort) }, w(sort), h("span", { class: "n" }, plain(all.filter((i) => findings.sort[i] === sort).length)))))) : nothing(),
    ...SORTS.map((sort) => {
      const found = all.filter((i) => findings.sort[i] === sort);
      return found.length ? h("details", { open: !FOLDED.has(sort), id: `sort-${sort}` }, h("summary", {}, w(sort), h("span", { class: "n" }, plain(found.length))),
        longList(found.map((i) => () => finding(graph, i)), 8)) : null;
    })));
}
