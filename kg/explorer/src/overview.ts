/** The first screen: what the graph holds, and questions to begin with. No hairball. */

import { Graph, KIND, element } from "./data";
import { h, short } from "./dom";
import { figureText } from "./figures";
import { areaRows, sieve, tally } from "./filters";
import { sign } from "./shapes";
import { State, go, link, state } from "./state";
import { plain, w, english } from "./words";

interface Bar { name: string; count: number; change: Partial<State>; kind?: number; depth?: number }

function bars(title: string, rows: Bar[], most = 14): HTMLElement {
  const high = Math.max(1, ...rows.map((row) => row.count));
  const list = h("ul", { class: "bars" }, ...rows.slice(0, most).map((row) => h("li", {},
    h("button", { type: "button", onclick: () => go(row.change), title: row.name },
      h("span", { class: "barname" }, row.kind === undefined ? null : sign(row.kind), short(row.name, 14)),
      h("span", { class: "bar" }, bar(row.count / high, row.kind)),
      h("span", { class: "n" }, plain(row.count))))));
  return h("section", { class: "panel" }, h("h2", {}, title), list);
}

/** Years as columns on one ground, each a button: from the first year to the last, the empty ones too while there is room. */
function columns(title: string, years: Map<number, number>): HTMLElement {
  const told = [...years.keys()].sort((a, b) => a - b), last = told[told.length - 1] ?? 0;
  const span = Array.from({ length: last - (told[0] ?? 0) + 1 }, (_, i) => told[0] + i);
  const shown = span.length <= MOST_YEARS ? span : told.slice(-MOST_YEARS), high = Math.max(1, ...shown.map((year) => years.get(year) ?? 0));
  const each = Math.ceil(shown.length / 7);
  return h("section", { class: "panel" }, h("h2", {}, title),
    h("ul", { class: "columns" }, ...shown.map((year, i) => {
      const count = years.get(year) ?? 0, named = (shown.length - 1 - i) % each === 0;
      const column = h("span", { class: "column" });
      column.style.height = `${count ? Math.max(1.5, (count / high) * 84) : 0}%`;
      return h("li", {}, h("button", { type: "button", disabled: !count, "aria-label": `${year}: ${plain(count)}`, title: `${year}: ${plain(count)}`, onclick: () => go({ years: `${year}-${year}`, view: "time" }) },
        h("span", { class: "n", "aria-hidden": "true" }, count && shown.length <= 12 ? plain(count) : ""), column),
      h("span", { class: "yearname", "aria-hidden": "true" }, named ? String(year) : ""));
    })),
    shown.length < told.length ? h("p", { class: "note" }, w("olderYears", told[0])) : null);
}

function bar(share: number, kind?: number): Element {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("viewBox", "0 0 100 10");
  made.setAttribute("preserveAspectRatio", "none");
  made.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("width", String(Math.max(1.2, share * 100)));
  rect.setAttribute("height", "10");
  rect.setAttribute("class", kind === undefined ? "fill" : `fill k${kind}`);
  made.append(rect);
  return made;
}

/** So many columns can be told apart in a panel. */
const MOST_YEARS = 40;

/** Regions to show: provinces and the nation; where those are few, the ones below them too. */
function regions(graph: Graph, through: (i: number) => boolean): { area: number; depth: number; count: number }[] {
  const rows = areaRows(graph, through), top = rows.filter((row) => row.depth <= 1);
  return (top.length > 3 ? top : rows.filter((row) => row.depth <= 3)).sort((a, b) => b.count - a.count);
}

interface Question { zh: string; en: string; change: Partial<State> }

/** The thing of a kind that has most of something; -1 where none has any. */
function best(graph: Graph, kind: number, score: (i: number) => number): number {
  let found = -1, high = 0;
  graph.things.kind.forEach((one, i) => { const value = one === kind ? score(i) : 0; if (value > high) { high = value; found = i; } });
  return found;
}

/** Questions that this graph can answer, made from what it has most of. */
export function questions(graph: Graph): Question[] {
  const { figures, things, links } = graph;
  const found: Question[] = [];
  const name = (i: number): string => short(things.label[i], 40);
  const matter = (i: number): string => { const cut = things.label[i].indexOf("关于"); return short(cut > 0 ? things.label[i].slice(cut) : things.label[i], 36); };
  const times = new Uint32Array(graph.size);
  for (const list of [...figures.programs, ...figures.places]) for (const one of list) times[one]++;
  const about = (thing: number): number => times[thing];
  const program = best(graph, KIND.program, about);
  if (program >= 0) found.push({ zh: `“${name(program)}”惠及多少人、花了多少钱？`, en: `Whom does “${name(program)}” reach, and at what cost?`, change: { thing: things.key[program], view: "table" } });
  const county = best(graph, KIND.area, (i) => (things.level[i] === "nation" ? 0 : about(i)));
  if (county >= 0) found.push({ zh: `${name(county)}有哪些数，出自哪句话？`, en: `Which figures are there for ${name(county)}, and who says so?`, change: { area: things.key[county], view: "table", thing: "" } });
  const ties = (i: number): number => { let n = 0; for (let k = graph.starts[i]; k < graph.starts[i + 1]; k++) if (["eli:based_on", "cites"].includes(graph.relations[links.relation[graph.around[k]]][0])) n++; return n; };
  const held = best(graph, KIND.document, (i) => (graph.textOf[i] >= 0 ? ties(i) + 1 : 0));
  if (held >= 0) found.push({ zh: `《${matter(held)}》依据了哪些上级文件？`, en: `On which documents does “${matter(held)}” rest?`, change: { thing: things.key[held], view: "ladder" } });
  const targets = figures.kind.filter((kind) => kind === "c:kind-target").length;
  found.push({ zh: targets ? "哪些目标还在计划中，什么时候要做到？" : "这些数各是哪一年的？", en: targets ? "Which targets are planned, and by when?" : "Of which years are these figures?", change: { view: "time", thing: "" } });
  const agency = best(graph, KIND.agency, (i) => (things.level[i] === "nation" ? 0 : graph.degree[i]));
  const other = best(graph, KIND.agency, (i) => (things.level[i] === "nation" && i !== agency ? graph.degree[i] : 0));
  if (agency >= 0 && other >= 0) found.push({ zh: `${name(agency)}和${name(other)}之间隔着哪些文件？`, en: `What lies between ${name(agency)} and ${name(other)}?`, change: { view: "path", thing: things.key[agency], to: things.key[other] } });
  if (graph.findings.sort.length) found.push({ zh: "原文里有哪些值得核对的地方？", en: "What in the texts deserves a second look?", change: { view: "find", thing: "" } });
  return found.slice(0, 6);
}

export function drawOverview(graph: Graph, box: HTMLElement): void {
  const { things } = graph;
  const through = sieve(graph, state()).fits;
  const kinds = tally(graph.size, through, (i) => things.kind[i]);
  const years = tally(graph.size, through, (i) => things.year[i] || null);
  const held = graph.texts.hash.length;
  const sample = graph.figures.thing.length ? graph.figures.thing.length : 0;
  box.replaceChildren(h("div", { class: "home" },
    h("section", { class: "hero" }, h("h1", {}, graph.title), h("p", {}, w("lead", plain(held))),
      h("ul", { class: "tiles" }, ...graph.kinds.slice(0, 5).map((name, kind) => h("li", {},
        h("button", { type: "button", class: `tile k${kind}`, onclick: () => go(kind === KIND.count ? { view: "table", thing: "" } : { view: "net", kinds: name, thing: "", hops: "" }) },
          sign(kind), h("b", {}, plain(kinds.get(kind) ?? 0)), h("span", {}, w(name))))))),
    h("section", { class: "ask" }, h("h2", {}, w("questions")), h("ul", {}, ...questions(graph).map((question) => h("li", {},
      h("a", { href: link(question.change), onclick: ((event: MouseEvent) => { if (event.ctrlKey || event.metaKey) return; event.preventDefault(); go(question.change); }) as EventListener },
        english() ? question.en : question.zh))))),
    h("div", { class: "panels" },
      bars(w("byKind"), graph.kinds.map((name, kind) => ({ name: w(name), count: kinds.get(kind) ?? 0, kind, change: { view: "net", kinds: name, hops: "" } }))),
      bars(w("byRegion"), regions(graph, through).map((row) => ({ name: things.label[row.area], count: row.count, change: { area: things.key[row.area], view: "table" } }))),
      columns(w("byYear"), years)),
    sample ? h("p", { class: "foot" }, w("foot"), ` ${w("build")} ${graph.made.recipe} · `, figureExample(graph)) : null, licences()));
}

/** Whose work is in this page, and on what terms. */
function licences(): HTMLElement {
  const text = h("pre", { tabindex: 0 });
  const box = h("details", { class: "foot", ontoggle: () => { if (!text.textContent) void element("licences").then((words) => { text.textContent = words; }); } },
    h("summary", {}, w("licences")), text);
  return box;
}

function figureExample(graph: Graph): string {
  return `${plain(graph.links.from.length)} ${w("relation")} · ${graph.figures.thing.length ? figureText(graph, 0) && plain(graph.spans.text.length) : 0} ${w("evidence")}`;
}
