/** Small things that several views show: a thing's name as a link, the sentence that says so, a row of a figure. */

import { Graph, KIND, quote, text } from "./data";
import { Child, h, short } from "./dom";
import { figureText } from "./figures";
import { reached } from "./focus";
import { sign } from "./shapes";
import { go, link } from "./state";
import { w } from "./words";

/** The whole name: of a figure with its value. */
export function nameOfThing(graph: Graph, thing: number): string {
  const figure = graph.figureOf[thing];
  return figure >= 0 ? `${graph.things.label[thing]} ${figureText(graph, figure)}` : graph.things.label[thing];
}

/** A real link, so that it can be opened, copied and reached by keyboard. */
export function thingLink(graph: Graph, thing: number, most = 200, called = nameOfThing(graph, thing)): HTMLElement {
  const change = { thing: graph.things.key[thing], at: "" };
  return h("a", {
    href: link(change), class: "thing", title: nameOfThing(graph, thing),
    onclick: ((event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      go(change);
    }) as EventListener,
  }, sign(graph.things.kind[thing]), h("span", {}, short(called, most)));
}

/** Where a span stands, as the state names it: text, start, end. */
export const address = (graph: Graph, span: number): string =>
  `${graph.spans.text[span]}:${graph.spans.start[span]}-${graph.spans.end[span]}`;

export function openSpan(graph: Graph, span: number): void {
  go({ view: "read", at: address(graph, span) });
}

/** The sentence, its words marked; a button that opens the text there. */
export function quotation(graph: Graph, span: number, source = true): HTMLElement {
  const which = graph.spans.text[span];
  const box = h("button", { type: "button", class: "quote", onclick: () => openSpan(graph, span) });
  const fill = (): void => {
    const found = quote(graph, span);
    if (!found) return;
    const document = graph.texts.document[which];
    const rest: Child[] = source && document >= 0
      ? [h("cite", {}, short(graph.things.label[document], 44))] : [];
    box.replaceChildren(h("q", {}, tail(found.before), h("mark", {}, found.words), head(found.after)), ...rest as Node[]);
  };
  fill();
  if (!box.hasChildNodes() && which >= 0) void text(graph, which).then(fill);
  box.setAttribute("title", w("readText"));
  return box;
}

const MOST = 130;
const head = (words: string): string => (words.length > MOST ? words.slice(0, MOST) + "…" : words);
const tail = (words: string): string => (words.length > MOST ? "…" + words.slice(-MOST) : words);

/** A list that shows some and tells how many more there are. */
export function longList(items: (() => Node)[], first: number, kind = "ul"): HTMLElement {
  const list = h(kind === "ol" ? "ol" : "ul", { class: "plainlist" });
  let shown = 0;
  const more = h("button", { type: "button", class: "more" });
  const show = (count: number): void => {
    for (const item of items.slice(shown, shown + count)) list.insertBefore(h("li", {}, item()), more.parentElement);
    shown = Math.min(items.length, shown + count);
    const left = items.length - shown;
    if (left <= 0) more.parentElement?.remove();
    else more.textContent = `${w("more")} ${Math.min(left, 50)} ${w("moreTail")}（${left}）`;
  };
  more.addEventListener("click", () => { const next = shown; show(50); reached(list.children[next])[0]?.focus({ preventScroll: true }); });
  list.append(h("li", { class: "morerow" }, more));
  show(first);
  return list;
}

export const isFigure = (graph: Graph, thing: number): boolean => graph.things.kind[thing] === KIND.count;

export async function copy(words: string, button: HTMLElement): Promise<void> {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const box = h("textarea", { class: "hidden" });
    box.value = words;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  button.textContent = w("copied");
  setTimeout(() => { button.textContent = before; }, 1500);
}

export function row(name: string, ...value: Child[]): Node[] {
  return value.some((one) => one !== null && one !== "" && one !== undefined)
    ? [h("dt", {}, name), h("dd", {}, ...value)] : [];
}

export function lined(graph: Graph, things: number[]): Child[] {
  return things.length ? [h("ul", { class: "inline" }, ...things.map((thing) => h("li", {}, thingLink(graph, thing))))] : [];
}

/** The things at the other end of one relation. */
export function others(graph: Graph, thing: number, relation: string, out: boolean): number[] {
  const { from, to } = graph.links;
  const found: number[] = [];
  for (let k = graph.starts[thing]; k < graph.starts[thing + 1]; k++) {
    const i = graph.around[k];
    if (graph.relations[graph.links.relation[i]][0] === relation && (out ? from[i] : to[i]) === thing) found.push(out ? to[i] : from[i]);
  }
  return found;
}
