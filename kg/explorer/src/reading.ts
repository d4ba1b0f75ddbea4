/** A document's own text in one text node; what was read from it is coloured over it, never woven into it. */

import { Graph, KIND, place, text } from "./data";
import { Child, h, short } from "./dom";
import { longList, nameOfThing, thingLink } from "./pieces";
import { sign } from "./shapes";
import { go, state } from "./state";
import { plain, w } from "./words";

interface Span { start: number; end: number; thing: number; span: number }

/** Everything that was read from one text, in its order. */
function spansOf(graph: Graph, which: number): Span[] {
  const found: Span[] = [];
  const add = (span: number, thing: number): void => {
    if (span >= 0 && graph.spans.text[span] === which) {
      const { start, end } = place(graph, span);
      found.push({ start, end, thing, span });
    }
  };
  graph.mentions.span.forEach((span, i) => add(span, graph.mentions.thing[i]));
  graph.figures.span.forEach((span, i) => add(span, graph.figures.thing[i]));
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

const canHighlight = (): boolean => typeof Highlight !== "undefined" && Boolean(CSS.highlights);

function paint(graph: Graph, box: HTMLElement, whole: string, spans: Span[], at: [number, number]): void {
  box.textContent = whole;
  const node = box.firstChild;
  if (!node) return;
  if (!canHighlight()) { weave(graph, box, whole, spans, at); return; }
  const range = (start: number, end: number): Range => {
    const made = new Range();
    made.setStart(node, start);
    made.setEnd(node, Math.max(start, end));
    return made;
  };
  graph.kinds.forEach((name, kind) => {
    const ranges = spans.filter((one) => graph.things.kind[one.thing] === kind).map((one) => range(one.start, one.end));
    CSS.highlights.set(`in-${name}`, new Highlight(...ranges));
  });
  const said = new Highlight(...(at[1] > at[0] ? [range(at[0], at[1])] : []));
  said.priority = 10;
  CSS.highlights.set("said", said);
}

/** For browsers without highlights: marks, one after the other, the outer of two that overlap. */
function weave(graph: Graph, box: HTMLElement, whole: string, spans: Span[], at: [number, number]): void {
  const cuts = [...spans];
  if (at[1] > at[0]) cuts.push({ start: at[0], end: at[1], thing: -1, span: -1 });
  cuts.sort((a, b) => Number(b.thing < 0) - Number(a.thing < 0) || a.start - b.start);
  const kept: Span[] = [];
  for (const cut of cuts) if (kept.every((one) => cut.end <= one.start || cut.start >= one.end)) kept.push(cut);
  kept.sort((a, b) => a.start - b.start);
  box.textContent = "";
  let to = 0;
  for (const { start, end, thing } of kept) {
    box.append(whole.slice(to, start), h("mark", { class: thing < 0 ? "said" : `in-${graph.kinds[graph.things.kind[thing]]}` }, whole.slice(start, end)));
    to = end;
  }
  box.append(whole.slice(to));
}

/** The place of a pointer in the text, in UTF-16 units; -1 outside. */
function caret(box: HTMLElement, event: MouseEvent): number {
  const page = document as Document & {
    caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
  };
  let node: Node | undefined, offset = -1;
  if (page.caretPositionFromPoint) {
    const found = page.caretPositionFromPoint(event.clientX, event.clientY);
    node = found?.offsetNode; offset = found?.offset ?? -1;
  } else if (page.caretRangeFromPoint) {
    const found = page.caretRangeFromPoint(event.clientX, event.clientY);
    node = found?.startContainer; offset = found?.startOffset ?? -1;
  }
  if (!node || !box.contains(node)) return -1;
  for (let one = (node === box ? null : node.parentNode === box ? node : node.parentNode)?.previousSibling; one; one = one.previousSibling) {
    offset += one.textContent?.length ?? 0;
  }
  return offset;
}

function scrollTo(box: HTMLElement, start: number): void {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  let left = start, node = walker.nextNode();
  while (node && left > (node.textContent?.length ?? 0)) { left -= node.textContent?.length ?? 0; node = walker.nextNode(); }
  if (!node) return;
  const range = document.createRange();
  range.setStart(node, left);
  range.setEnd(node, Math.min(left + 1, node.textContent?.length ?? left));
  const shown = range.getBoundingClientRect(), port = box.getBoundingClientRect();
  box.scrollTop += shown.top - port.top - box.clientHeight / 3;
  const outer = box.closest(".body");
  if (outer && box.scrollHeight <= box.clientHeight + 1) outer.scrollTop += shown.top - outer.getBoundingClientRect().top - outer.clientHeight / 6;
}

function parseAt(graph: Graph): { which: number; from: number; to: number } {
  const found = /^(\d+):(\d+)-(\d+)$/.exec(state().at);
  if (found && Number(found[1]) < graph.texts.hash.length) return { which: Number(found[1]), from: Number(found[2]), to: Number(found[3]) };
  const thing = graph.byKey.get(state().thing) ?? -1;
  if (thing < 0) return { which: -1, from: 0, to: 0 };
  const figure = graph.figureOf[thing];
  if (figure >= 0 && graph.figures.span[figure] >= 0) {
    const span = graph.figures.span[figure];
    return { which: graph.spans.text[span], from: graph.spans.start[span], to: graph.spans.end[span] };
  }
  if (graph.textOf[thing] >= 0) return { which: graph.textOf[thing], from: 0, to: 0 };
  const mention = graph.mentions.thing.indexOf(thing);
  if (mention < 0) return { which: -1, from: 0, to: 0 };
  const span = graph.mentions.span[mention];
  return { which: graph.spans.text[span], from: graph.spans.start[span], to: graph.spans.end[span] };
}

export function drawReading(graph: Graph, box: HTMLElement): void {
  const { which, from, to } = parseAt(graph);
  if (which < 0) { box.replaceChildren(picker(graph)); return; }
  const page = h("div", {
    class: "doc", tabindex: 0, role: "document", "aria-label": w("read"), lang: "zh-Hans",
  });
  const document = graph.texts.document[which];
  const side = h("aside", { class: "inside", "aria-label": w("inText") });
  box.replaceChildren(h("div", { class: "reading" },
    h("header", {},
      h("h2", {}, document >= 0 ? thingLink(graph, document) : graph.texts.name[which]),
      h("p", { class: "sub" }, w("file"), "：", graph.texts.name[which], " · ", ...origin(graph, which), w("hash"), "：",
        h("code", {}, graph.texts.hash[which].slice(0, 23)), "… · ", h("button", {
          type: "button", class: "linkish", onclick: () => go({ at: "", thing: "", view: "read" }),
        }, w("pickText"))),
      h("p", { class: "legend" }, ...graph.kinds.slice(0, 5).map((name, kind) =>
        h("span", { class: `in-${name}` }, sign(kind), w(name))), h("span", { class: "sub" }, w("click")))),
    page, side));
  void text(graph, which).then((whole) => fill(graph, page, side, whole, which, [from, to]));
}

/** Where the file was fetched from, as text and as a link where it is one of the web, and when. */
function origin(graph: Graph, which: number): Child[] {
  const url = graph.texts.url[which], day = graph.texts.retrieved[which];
  if (!url) return [];
  const shown = /^https?:\/\/\S+$/i.test(url) ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, short(url, 80)) : short(url, 80);
  return [w("origin"), "：", shown, day ? ` ${w("retrieved", day)}` : "", " · "];
}

function fill(graph: Graph, page: HTMLElement, side: HTMLElement, whole: string, which: number, at: [number, number]): void {
  const spans = spansOf(graph, which);
  const exact = spans.find((one) => graph.spans.start[one.span] === at[0] && graph.spans.end[one.span] === at[1]);
  const units: [number, number] = exact ? [exact.start, exact.end] : asUnits(whole, at);
  paint(graph, page, whole, spans, units);
  if (units[1] > units[0]) requestAnimationFrame(() => scrollTo(page, units[0]));
  page.onclick = (event) => {
    if (String(getSelection())) return;
    const offset = caret(page, event);
    const inside = spans.filter((one) => one.start <= offset && offset <= one.end);
    inside.sort((a, b) => a.end - a.start - (b.end - b.start));
    if (inside.length) go({ thing: graph.things.key[inside[0].thing] });
  };
  const counts = new Map<number, Span[]>();
  for (const one of spans) counts.set(one.thing, [...(counts.get(one.thing) ?? []), one]);
  const groups = graph.kinds.map((name, kind) => {
    const rows = [...counts].filter(([thing]) => graph.things.kind[thing] === kind);
    return rows.length ? h("details", { open: kind === KIND.count || rows.length < 9 },
      h("summary", {}, sign(kind), w(name), h("span", { class: "n" }, plain(rows.length))),
      longList(rows.map(([thing, places]) => () => h("div", { class: "link" },
        h("button", { type: "button", class: "linkish", title: nameOfThing(graph, thing), onclick: () => {
          const next = places[(places.findIndex((one) => at[0] === graph.spans.start[one.span]) + 1) % places.length];
          go({ at: `${which}:${graph.spans.start[next.span]}-${graph.spans.end[next.span]}`, thing: graph.things.key[thing] });
        } }, nameOfThing(graph, thing)), places.length > 1 ? h("span", { class: "n" }, `×${places.length}`) : null)), 15)) : null;
  });
  side.replaceChildren(h("h3", {}, w("inText")), ...groups.filter((one): one is HTMLDetailsElement => one !== null));
}

function asUnits(whole: string, [from, to]: [number, number]): [number, number] {
  const letters = Array.from(whole);
  if (letters.length === whole.length) return [Math.min(from, whole.length), Math.min(to, whole.length)];
  return [letters.slice(0, from).join("").length, letters.slice(0, to).join("").length];
}

function picker(graph: Graph): HTMLElement {
  return h("div", { class: "page" }, h("h2", {}, w("pickText")),
    h("ul", { class: "plainlist texts" }, ...graph.texts.document.map((document, which) => h("li", {},
      h("button", { type: "button", class: "linkish", onclick: () =>
        go({ at: `${which}:0-0`, thing: document >= 0 ? graph.things.key[document] : "" }) },
      document >= 0 ? graph.things.label[document] : graph.texts.name[which]),
      h("small", { class: "sub" }, [...(document >= 0 ? [graph.things.number[document], graph.things.date[document]] : []), w("letters", plain(graph.texts.length[which]))].filter(Boolean).join(" · "))))));
}
