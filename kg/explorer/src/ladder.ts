/** Documents by level, from the centre down: what one rests on, and what rests on it. */

import { Graph, KIND } from "./data";
import { h, s } from "./dom";
import { thingLink } from "./pieces";
import { go, state } from "./state";
import { nameOf, w } from "./words";

const RELATIONS = ["eli:based_on", "cites", "ek:promulgates", "eli:repeals", "eli:amends", "ek:implementsPolicy"];
const RUNGS = ["nation", "province", "prefecture", "county"];
const MOST = 18;

/** The document that most others are tied to. */
function busiest(graph: Graph): number {
  const ties = new Uint32Array(graph.size);
  graph.links.relation.forEach((relation, i) => {
    if (RELATIONS.includes(graph.relations[relation][0])) { ties[graph.links.from[i]]++; ties[graph.links.to[i]]++; }
  });
  let best = -1;
  for (let i = 0; i < graph.size; i++) if (graph.things.kind[i] === KIND.document && (best < 0 || ties[i] > ties[best])) best = i;
  return best;
}

/** Documents up to three steps up, and up to three steps down, with the links that lead to them. */
function climb(graph: Graph, start: number): { documents: Set<number>; links: Set<number> } {
  const documents = new Set([start]), links = new Set<number>();
  for (const up of [true, false]) {
    let rim = [start];
    for (let depth = 0; depth < 3; depth++) {
      const next: number[] = [];
      for (const one of rim) {
        for (let k = graph.starts[one]; k < graph.starts[one + 1]; k++) {
          const i = graph.around[k];
          if (!RELATIONS.includes(graph.relations[graph.links.relation[i]][0])) continue;
          if ((up ? graph.links.from[i] : graph.links.to[i]) !== one) continue;
          const other = up ? graph.links.to[i] : graph.links.from[i];
          links.add(i);
          if (!documents.has(other)) { documents.add(other); next.push(other); }
        }
      }
      rim = next;
    }
  }
  return { documents, links };
}

/** How a document stands to the chosen one: each relation, and whether it is the chosen one that says so. */
function ties(graph: Graph, document: number, chosen: number): string[] {
  const found = new Set<string>();
  for (let k = graph.starts[document]; k < graph.starts[document + 1]; k++) {
    const i = graph.around[k], [id, zh, en] = graph.relations[graph.links.relation[i]];
    if (!RELATIONS.includes(id)) continue;
    if (graph.links.from[i] === chosen) found.add(`${nameOf([zh, en], id)}`);
    else if (graph.links.to[i] === chosen) found.add(w("tiesBack", nameOf([zh, en], id)));
  }
  return document === chosen ? [w("thisOne")] : [...found];
}

function chip(graph: Graph, document: number, chosen: number): HTMLElement {
  const { things } = graph;
  return h("div", { class: `chip${graph.textOf[document] >= 0 ? " held" : ""}${document === chosen ? " chosen" : ""}`, "data-thing": document },
    thingLink(graph, document, 34),
    h("small", {}, ...ties(graph, document, chosen).map((words) => h("span", { class: "tag" }, words)), " ",
      [things.number[document], things.date[document] || things.year[document] || ""].filter(Boolean).join(" · ")));
}

export function drawLadder(graph: Graph, box: HTMLElement): void {
  const picked = graph.byKey.get(state().thing) ?? -1;
  const start = picked >= 0 && graph.things.kind[picked] === KIND.document ? picked : busiest(graph);
  if (start < 0) { box.replaceChildren(h("p", { class: "page" }, w("empty"))); return; }
  const { documents, links } = climb(graph, start);
  const rows = new Map<string, number[]>(RUNGS.map((rung) => [rung, []]));
  for (const document of documents) {
    const level = RUNGS.includes(graph.things.level[document]) ? graph.things.level[document]
      : graph.things.level[document] === "town" ? "county" : "unknown";
    rows.set(level, [...(rows.get(level) ?? []), document]);
  }
  const codes = [...documents].map((document) => graph.things.number[graph.things.area[document]] ?? "");
  const direct = codes.some((code) => /^(11|12|31|50)/.test(code));
  const near = (document: number): number => (document === start ? 0 : 1);
  const lines = s("svg", { class: "wires", "aria-hidden": "true" });
  const ladder = h("div", { class: "ladder", role: "list" }, lines, ...[...rows].map(([level, found]) => {
    found.sort((a, b) => near(a) - near(b) || graph.degree[b] - graph.degree[a] || a - b);
    const more = found.length - MOST;
    return h("div", { class: "rung", role: "listitem" }, h("h3", {}, w(level)),
      h("div", { class: "chips" }, ...(found.length ? found.slice(0, MOST).map((document) => chip(graph, document, start))
        : [h("div", { class: "chip ghost" }, direct && level === "prefecture" ? w("ghostSkip") : w("ghost"))]),
      more > 0 ? h("div", { class: "chip ghost" }, `+${more}`) : null));
  }));
  box.replaceChildren(h("div", { class: "page wide" },
    h("p", { class: "intro" }, w("ladderIntro"), " ", h("span", { class: "wirekey" }, "━ ", w("basis"), "　┄ ", w("cited"))),
    ladder, picker(graph, start)));
  const draw = (): void => wire(graph, ladder, lines, links);
  requestAnimationFrame(draw);
  // Lines within a level would run under its chips: they show for the chip one is on.
  const light = (event: Event): void => {
    const one = (event.target as HTMLElement).closest<HTMLElement>("[data-thing]"), thing = one && (event.type === "pointerover" || event.type === "focusin") ? one.dataset.thing : undefined;
    for (const path of Array.from(lines.children) as SVGElement[]) path.classList.toggle("lit", thing !== undefined && (path.dataset.from === thing || path.dataset.to === thing));
  };
  for (const name of ["pointerover", "pointerout", "focusin", "focusout"]) ladder.addEventListener(name, light);
  new ResizeObserver(draw).observe(ladder);
}

/** Lines between the chips, from where they have come to stand. */
function wire(graph: Graph, ladder: HTMLElement, lines: SVGElement, links: Set<number>): void {
  const frame = ladder.getBoundingClientRect();
  const spots = new Map<number, DOMRect>();
  for (const one of Array.from(ladder.querySelectorAll<HTMLElement>("[data-thing]"))) spots.set(Number(one.dataset.thing), one.getBoundingClientRect());
  const made: SVGElement[] = [];
  for (const i of links) {
    const a = spots.get(graph.links.from[i]), b = spots.get(graph.links.to[i]);
    if (!a || !b) continue;
    const down = a.top < b.top - 4, level = Math.abs(a.top - b.top) <= 4;
    const x0 = a.left + a.width / 2 - frame.left, x1 = b.left + b.width / 2 - frame.left;
    const y0 = (level ? a.bottom : down ? a.bottom : a.top) - frame.top, y1 = (level ? b.bottom : down ? b.top : b.bottom) - frame.top;
    const bend = level ? 26 : (y1 - y0) / 2;
    const basis = graph.relations[graph.links.relation[i]][0] !== "cites";
    made.push(s("path", { d: `M${x0} ${y0}C${x0} ${y0 + bend} ${x1} ${level ? y1 + bend : y1 - bend} ${x1} ${y1}`, class: `wire${basis ? " basis" : ""}${level || graph.things.level[graph.links.from[i]] === graph.things.level[graph.links.to[i]] ? " within" : ""}`,
      "data-from": graph.links.from[i], "data-to": graph.links.to[i] }));
  }
  lines.setAttribute("width", String(frame.width));
  lines.setAttribute("height", String(frame.height));
  lines.replaceChildren(...made);
}

function picker(graph: Graph, start: number): HTMLElement {
  const held = graph.texts.document.filter((document) => document >= 0);
  const box = h("select", { onchange: () => go({ thing: box.value }) },
    ...[...new Set([start, ...held])].map((document) => h("option", { value: graph.things.key[document] }, graph.things.label[document])));
  box.value = graph.things.key[start];
  return h("p", {}, h("label", { class: "stack" }, w("ladderPick"), box));
}
