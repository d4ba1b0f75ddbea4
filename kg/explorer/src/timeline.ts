/** Figures on an axis of years: what is achieved, what is planned; lines only between figures that can be compared. */

import { Graph } from "./data";
import { h, s } from "./dom";
import { figureText, periodText, placeText, yearOf } from "./figures";
import { nothing, sieve } from "./filters";
import { longList } from "./pieces";
import { go, state } from "./state";
import { w } from "./words";

interface Dot { figure: number; year: number; x: number; lane: number }

const kindOf = (graph: Graph, i: number): string => graph.figures.kind[i].replace("c:kind-", "");

/** Of the same thing and people, in the same unit, at the same place, and of one kind: what is reached, or what is planned. */
const same = (graph: Graph, i: number): string =>
  [graph.things.label[graph.figures.thing[i]], graph.figures.unit[i], placeText(graph, i), graph.figures.group[i], kindOf(graph, i)].join("|");

/** Points that a line may join: those of years for which one value is told, not several. */
function comparable(graph: Graph, line: Dot[]): Dot[] {
  const values = new Map<number, Set<string>>();
  for (const dot of line) values.set(dot.year, (values.get(dot.year) ?? new Set()).add(graph.figures.value[dot.figure]));
  return ["actual", "target"].includes(kindOf(graph, line[0].figure)) ? line.filter((dot) => values.get(dot.year)?.size === 1) : [];
}

export function mark(kind: string, x: number, y: number): SVGElement {
  if (kind === "target") return s("circle", { cx: x, cy: y, r: 5, class: "dot planned" });
  if (kind === "growth") return s("path", { d: `M${x} ${y - 6}L${x + 6} ${y + 5}L${x - 6} ${y + 5}Z`, class: "dot growth" });
  if (kind === "actual") return s("circle", { cx: x, cy: y, r: 5, class: "dot achieved" });
  return s("rect", { x: x - 5, y: y - 5, width: 10, height: 10, class: "dot norm" });
}

function row(graph: Graph, title: string, figures: number[], width: number, scale: (year: number) => number): HTMLElement {
  const dots: Dot[] = figures.map((figure) => ({ figure, year: yearOf(graph, figure), x: 0, lane: 0 }));
  dots.sort((a, b) => a.year - b.year || a.figure - b.figure);
  const ends: number[] = [];
  for (const dot of dots) {
    dot.x = scale(dot.year);
    const wide = 26 + figureText(graph, dot.figure).length * 11;
    let lane = ends.findIndex((end) => end < dot.x - 8);
    if (lane < 0) { lane = ends.length; ends.push(0); }
    ends[lane] = dot.x + wide;
    dot.lane = lane;
  }
  const height = ends.length * 22 + 10;
  const picture = s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "strip" });
  const series = new Map<string, Dot[]>();
  for (const dot of dots) series.set(same(graph, dot.figure), [...(series.get(same(graph, dot.figure)) ?? []), dot]);
  const y = (dot: Dot): number => dot.lane * 22 + 16;
  for (const line of series.values()) {
    const joined = comparable(graph, line);
    if (new Set(joined.map((dot) => dot.year)).size > 1) picture.append(s("polyline", { points: joined.map((dot) => `${dot.x},${y(dot)}`).join(" "), class: "series" }));
  }
  for (const dot of dots) {
    const open = (): void => go({ thing: graph.things.key[graph.figures.thing[dot.figure]] });
    const words = figureText(graph, dot.figure), right = dot.x + 12 + words.length * 11 > width && dot.x > width / 2;
    const one = s("g", { role: "button", tabindex: 0, class: "point",
      onclick: open, onkeydown: ((event: KeyboardEvent) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } }) as EventListener },
    s("title", {}, `${title} ${words}，${periodText(graph, dot.figure)}，${placeText(graph, dot.figure)}`),
    s("rect", { x: right ? dot.x - 12 - words.length * 12 : dot.x - 10, y: y(dot) - 11, width: 24 + words.length * 12, height: 22, class: "hit" }),
    mark(kindOf(graph, dot.figure), dot.x, y(dot)),
    s("text", { x: right ? dot.x - 10 : dot.x + 10, y: y(dot) + 4, "text-anchor": right ? "end" : "start" }, words));
    picture.append(one);
  }
  const places = [...new Set(figures.map((i) => placeText(graph, i)))].filter(Boolean);
  return h("div", { class: "timerow" },
    h("div", { class: "timename" }, h("b", {}, title), h("small", { class: "sub" }, places.slice(0, 2).join("；") + (places.length > 2 ? "…" : ""))),
    picture as unknown as HTMLElement);
}

/** Where years stand. A slot for each year that occurs while there is room, the jumps marked; else even time. */
function axisOf(years: number[], width: number): { scale: (year: number) => number; ticks: [number, number][] } {
  const distinct = [...new Set(years)];
  const room = width - 110, slots = Math.max(1, distinct.length - 1);
  if (distinct.length * 40 <= room) {
    const x = new Map(distinct.map((year, i) => [year, 22 + (i / slots) * room]));
    const scale = (year: number): number => x.get(year) ?? 22;
    return { scale, ticks: distinct.map((year, i) => [year, i && year - distinct[i - 1] > 1 ? (scale(year) + scale(distinct[i - 1])) / 2 : 0]) };
  }
  const early = distinct[0], late = distinct[distinct.length - 1], step = Math.max(1, Math.ceil((late - early) / (width / 64)));
  const scale = (year: number): number => 22 + ((year - early) / Math.max(1, late - early)) * room;
  const ticks: [number, number][] = [];
  for (let year = early; year <= late; year += step) ticks.push([year, 0]);
  return { scale, ticks };
}

export function drawTimeline(graph: Graph, box: HTMLElement): void {
  const through = sieve(graph, state());
  const fitting = graph.figures.thing.map((_, i) => i).filter((i) => through.fits(graph.figures.thing[i]));
  const dated = fitting.filter((i) => yearOf(graph, i));
  const years = dated.map((i) => yearOf(graph, i)).sort((a, b) => a - b);
  if (!years.length) { box.replaceChildren(h("div", { class: "page" }, nothing())); return; }
  const narrow = box.clientWidth < 620;
  const width = Math.max(240, Math.min(box.clientWidth || 800, 1230) - (narrow ? 34 : 310));
  const { scale, ticks } = axisOf(years, width);
  const groups = new Map<string, number[]>();
  for (const i of dated) {
    const key = `${graph.things.label[graph.figures.thing[i]]}（${graph.figures.unit[i]}）`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  const order = [...groups].sort((a, b) => b[1].length - a[1].length || yearOf(graph, a[1][0]) - yearOf(graph, b[1][0]) || (a[0] < b[0] ? -1 : 1));
  const axis = s("svg", { width, height: 26, class: "strip axis", "aria-hidden": "true" });
  for (const [year, gap] of ticks) {
    axis.append(s("line", { x1: scale(year), x2: scale(year), y1: 18, y2: 26 }), s("text", { x: scale(year), y: 13, "text-anchor": "middle" }, String(year)));
    if (gap) axis.append(s("text", { x: gap, y: 13, "text-anchor": "middle" }, "⋯"));
  }
  const key = (name: string, kind: string): HTMLElement => {
    const sign = s("svg", { width: 16, height: 16, "aria-hidden": "true" }, mark(kind, 8, 8));
    return h("span", { class: "keyitem" }, sign as unknown as HTMLElement, w(name));
  };
  box.replaceChildren(h("div", { class: "page wide" },
    h("p", { class: "intro" }, w("timeIntro")),
    h("p", { class: "legend" }, key("achieved", "actual"), key("planned", "target"), key("norm", "standard"), key("growth", "growth")),
    h("div", { class: "timerow timehead" }, h("div", { class: "timename" }), axis as unknown as HTMLElement),
    longList(order.map(([title, found]) => () => row(graph, title, found, width, scale)), 40),
    fitting.length > dated.length ? h("p", { class: "note" }, w("undated", fitting.length - dated.length)) : null));
}
