/** What is let through, as the state says, and how many of each there are. */

import { Graph, KIND } from "./data";
import { h } from "./dom";
import { sign } from "./shapes";
import { State, go, state } from "./state";
import { nameOf, plain, w } from "./words";

const LEVELS = ["nation", "province", "prefecture", "county", "town"];

export interface Sieve { fits(thing: number): boolean; allows(link: number): boolean; any: boolean }

/** The area itself and all below it. */
function below(graph: Graph, area: number): Set<number> {
  const found = new Set([area]);
  const code = graph.things.number[area];
  const stem = graph.things.level[area] === "nation" ? "" : code.replace(/(00)+$/, "");
  graph.things.kind.forEach((kind, i) => {
    if (kind === KIND.area && stem && graph.things.number[i].startsWith(stem)) found.add(i);
  });
  return found;
}

export function sieve(graph: Graph, given: State, without = ""): Sieve {
  const { things, figures, links } = graph;
  const kinds = without !== "kinds" && given.kinds ? new Set(given.kinds.split(",").map((name) => graph.kinds.indexOf(name))) : null;
  const top = without !== "area" && given.area ? graph.byKey.get(given.area) : undefined;
  const areas = top === undefined ? null : below(graph, top);
  const [low, high] = without !== "years" && given.years ? given.years.split("-").map(Number) : [0, 0];
  const genre = without !== "genre" ? given.genre : "";
  const level = without !== "level" ? given.level : "";
  const least = Number(given.sure || 0);
  const off = new Set(given.off ? given.off.split(",") : []);
  const fits = (i: number): boolean => {
    if (kinds && !kinds.has(things.kind[i])) return false;
    if (areas && !areas.has(things.area[i])) {
      const figure = graph.figureOf[i];
      if (figure < 0 || !figures.places[figure].some((place) => areas.has(place))) return false;
    }
    if (low && (things.year[i] < low || things.year[i] > (high || low))) return false;
    if (genre && things.genre[i] !== genre) return false;
    if (level && things.level[i] !== level) return false;
    if (given.said && !graph.said[i]) return false;
    return !(least && graph.figureOf[i] >= 0 && figures.sure[graph.figureOf[i]] < least);
  };
  const allows = (i: number): boolean =>
    !off.has(graph.relations[links.relation[i]][0]) && !(given.said && !links.spans[i].length) && !(least && links.sure[i] < least);
  return { fits, allows, any: Boolean(kinds || areas || low || genre || level || least || off.size || given.said) };
}

export function tally<T>(size: number, fits: (i: number) => boolean, of: (i: number) => T | null): Map<T, number> {
  const found = new Map<T, number>();
  for (let i = 0; i < size; i++) {
    const key = fits(i) ? of(i) : null;
    if (key !== null) found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** Areas as a tree with the number of things in each and below. */
export function areaRows(graph: Graph, fits: (i: number) => boolean): { area: number; depth: number; count: number }[] {
  const { things } = graph;
  const own = tally(graph.size, fits, (i) => (things.kind[i] === KIND.area || things.area[i] < 0 ? null : things.area[i]));
  const areas = things.kind.map((_, i) => i).filter((i) => things.kind[i] === KIND.area);
  areas.sort((a, b) => (things.number[a] || "9").localeCompare(things.number[b] || "9") || a - b);
  const depths: Record<string, number> = { nation: 0, province: 1, prefecture: 2, county: 3, town: 4, area: 1 };
  return areas.map((area) => {
    let count = 0;
    for (const one of below(graph, area)) count += own.get(one) ?? 0;
    return { area, depth: depths[things.level[area]] ?? 1, count };
  }).filter((row) => row.count > 0);
}

function toggle(list: string, name: string, all: string[]): string {
  const chosen = new Set(list ? list.split(",") : []);
  if (chosen.has(name)) chosen.delete(name); else chosen.add(name);
  const kept = all.filter((one) => chosen.has(one));
  return kept.length === all.length ? "" : kept.join(",");
}

function section(title: string, ...children: (Node | null)[]): HTMLElement {
  return h("fieldset", {}, h("legend", {}, title), ...children);
}

function tick(label: (Node | string)[], count: number | null, on: boolean, change: () => void): HTMLElement {
  const box = h("input", { type: "checkbox", onchange: change });
  box.checked = on;
  return h("label", { class: "tick" }, box, ...label, count === null ? null : h("span", { class: "n" }, plain(count)));
}

function choice(name: string, title: string, rows: [string, string][], chosen: string, change: (value: string) => void): HTMLElement {
  const box = h("select", { id: name, "aria-label": title, onchange: () => change(box.value) },
    ...rows.map(([value, label]) => h("option", { value }, label)));
  box.value = chosen;
  return box;
}

interface Branch { area: number; count: number; below: Branch[] }

/** Rows in the order of their codes, each under the last one before it that is higher. */
function branches(rows: { area: number; depth: number; count: number }[]): Branch[] {
  const top: Branch[] = [], open: { depth: number; branch: Branch }[] = [];
  for (const { area, depth, count } of rows) {
    const branch: Branch = { area, count, below: [] };
    while (open.length && open[open.length - 1].depth >= depth) open.pop();
    (open.length && depth > 1 ? open[open.length - 1].branch.below : top).push(branch);
    open.push({ depth, branch });
  }
  return top;
}

/** Regions one under the other: a click chooses one with all below it, the arrow opens it. */
function regionTree(graph: Graph, rows: Branch[], chosen: string): HTMLElement {
  const { things } = graph;
  const holds = (branch: Branch): boolean => branch.below.some((one) => things.key[one.area] === chosen || holds(one));
  return h("ul", { class: "tree" }, ...rows.map((branch) => {
    const name = things.label[branch.area], key = things.key[branch.area];
    const under = branch.below.length ? regionTree(graph, branch.below, chosen) : null;
    const turn = under && h("button", { type: "button", class: "turn", "aria-expanded": String(holds(branch)), "aria-label": `${w("openRegion")} ${name}`, onclick: () => {
      under.hidden = !under.hidden;
      turn?.setAttribute("aria-expanded", String(!under.hidden));
    } });
    if (under) under.hidden = !holds(branch);
    return h("li", {}, turn ?? h("span", { class: "turn none" }),
      h("button", { type: "button", class: "region", "aria-pressed": String(key === chosen), "data-area": key, onclick: () => go({ area: key === chosen ? "" : key }, false) }, name, h("span", { class: "n" }, plain(branch.count))),
      under);
  }));
}

export function drawFilters(graph: Graph, box: HTMLElement): void {
  const now = state();
  const { things, links } = graph;
  const kinds = tally(graph.size, sieve(graph, now, "kinds").fits, (i) => things.kind[i]);
  const genres = tally(graph.size, sieve(graph, now, "genre").fits, (i) => things.genre[i] || null);
  const levels = tally(graph.size, sieve(graph, now, "level").fits, (i) => things.level[i] || null);
  const years = tally(graph.size, sieve(graph, now, "years").fits, (i) => things.year[i] || null);
  const through = sieve(graph, now);
  const relations = tally(links.from.length, (i) => through.fits(links.from[i]) && through.fits(links.to[i]), (i) => links.relation[i]);
  const names = graph.kinds;
  const off = new Set(now.off ? now.off.split(",") : []);
  const span = [...years.keys()].sort((a, b) => a - b);
  const [low, high] = now.years ? now.years.split("-") : ["", ""];
  const yearBox = (id: string, title: string, value: string, other: (year: string) => string): HTMLElement =>
    choice(id, title, [["", w("all")], ...span.map((year): [string, string] => [String(year), `${year}`])], value,
      (year) => go({ years: other(year) }, false));
  const first = String(span[0] ?? ""), last = String(span[span.length - 1] ?? "");
  box.replaceChildren(
    section(w("kind"), ...names.map((name, i) => tick([sign(i), w(name)], kinds.get(i) ?? 0,
      !now.kinds || now.kinds.split(",").includes(name),
      () => go({ kinds: now.kinds ? toggle(now.kinds, name, names) : name }, false)))),
    section(w("region"), regionTree(graph, branches(areaRows(graph, sieve(graph, now, "area").fits)), now.area)),
    section(w("level"), choice("level", w("level"), [["", w("all")],
      ...LEVELS.filter((name) => levels.has(name)).map((name): [string, string] => [name, `${w(name)}（${plain(levels.get(name) ?? 0)}）`])],
    now.level, (value) => go({ level: value }, false))),
    section(w("year"), h("div", { class: "pair" },
      yearBox("low", w("since"), low, (year) => (year ? `${year}-${high || last}` : high ? `${first}-${high}` : "")),
      h("span", {}, "–"),
      yearBox("high", w("upTo"), high, (year) => (year ? `${low || first}-${year}` : low ? `${low}-${last}` : "")))),
    section(w("genre"), choice("genre", w("genre"), [["", w("all")],
      ...[...genres].sort((a, b) => b[1] - a[1]).map(([name, count]): [string, string] => [name, `${name}（${plain(count)}）`])],
    now.genre, (value) => go({ genre: value }, false))),
    section(w("sure"), choice("sure", w("sure"), [["", w("sureAll")], ["0.8", w("sureHigh")], ["0.95", w("sureTop")]],
      now.sure, (value) => go({ sure: value }, false)),
    tick([w("said")], null, Boolean(now.said), () => go({ said: now.said ? "" : "1" }, false))),
    section(w("relation"), ...[...relations].sort((a, b) => b[1] - a[1]).map(([i, count]) => {
      const [id, zh, en] = graph.relations[i];
      return tick([nameOf([zh, en], id)], count, !off.has(id), () => {
        if (off.has(id)) off.delete(id); else off.add(id);
        go({ off: [...off].sort().join(",") }, false);
      });
    })),
    h("button", { type: "button", class: "plain", disabled: !through.any, onclick: clearFilters }, w("clear")),
  );
}

export function clearFilters(): void {
  go({ kinds: "", area: "", years: "", genre: "", level: "", off: "", sure: "", said: "" }, false);
}

/** Where nothing is left: that it is the filters, and the way back. */
export function nothing(): HTMLElement {
  return h("div", { class: "nothing" }, h("p", {}, w("empty")), h("button", { type: "button", class: "plain", onclick: clearFilters }, w("clear")));
}
