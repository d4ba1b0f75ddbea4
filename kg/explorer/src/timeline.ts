/** Figures on an axis of years: what is achieved, what is planned; lines only between figures that can be compared. */

import { Graph } from "./data";
import { h, s } from "./dom";
import { figureText, periodText, placeText, yearOf } from "./figures";
import { nothing, sieve } from "./filters";
import { longList } from "./pieces";
import { go, state } from "./state";
import { w } from "./words";

interface Dot { figure: number; year: number; x: number; y: number }

/** The height of a chart of lines, and of a line of single points. */
const CHART = 92, LANE = 22;

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

/** The last part of a place's name: where one row has many places, that tells them apart. */
const nearName = (graph: Graph, i: number): string =>
  placeText(graph, i).split("、").map((name) => /[^省市区县旗州盟]+(?:省|市|区|县|旗|州|盟)$/.exec(name)?.[0] ?? name).join("、");

/** Series of points that can be compared, of two years at least. */
function seriesOf(graph: Graph, figures: number[]): Dot[][] {
  const found = new Map<string, Dot[]>();
  for (const figure of figures) {
    const dot = { figure, year: yearOf(graph, figure), x: 0, y: 0 };
    found.set(same(graph, figure), [...(found.get(same(graph, figure)) ?? []), dot]);
  }
  return [...found.values()].map((line) => comparable(graph, line).sort((a, b) => a.year - b.year || a.figure - b.figure))
    .filter((line) => new Set(line.map((dot) => dot.year)).size > 1);
}

/** A point with its words: a button that opens the figure's card. */
function point(graph: Graph, title: string, dot: Dot, words: string, at: "start" | "middle" | "end", y: number): SVGElement {
  const open = (): void => go({ thing: graph.things.key[graph.figures.thing[dot.figure]] });
  const wide = widthOf(words), x = at === "start" ? dot.x + 10 : at === "end" ? dot.x - 10 : dot.x;
  const left = at === "start" ? dot.x - 9 : at === "end" ? dot.x - 14 - wide : dot.x - Math.max(12, wide / 2 + 4), top = Math.min(dot.y - 10, y - 14);
  return s("g", { role: "button", tabindex: 0, class: "point", onclick: open,
    onkeydown: ((event: KeyboardEvent) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } }) as EventListener },
  s("title", {}, `${title} ${figureText(graph, dot.figure)}，${periodText(graph, dot.figure)}，${placeText(graph, dot.figure)}`),
  s("rect", { x: left, y: top, width: at === "middle" ? 2 * (dot.x - left) : wide + 23, height: Math.max(dot.y + 10, y + 5) - top, class: "hit" }),
  mark(kindOf(graph, dot.figure), dot.x, dot.y), s("text", { x, y, "text-anchor": at }, words));
}

/** About how wide words are: a Chinese character is as wide as it is high, a digit a little more than half. */
const widthOf = (words: string): number => Array.from(words).reduce((sum, letter) => sum + (letter > "\u2e80" ? 12.2 : 7.4), 0);

/** Lines that join comparable points, on a scale that begins at nothing. */
function chart(graph: Graph, title: string, lines: Dot[][], scale: (year: number) => number, many: boolean): SVGElement[] {
  const high = Math.max(...lines.flat().map((dot) => Number(graph.figures.value[dot.figure]))), ground = CHART - 12;
  const made: SVGElement[] = [s("line", { x1: scale(lines[0][0].year), x2: scale(lines[0][lines[0].length - 1].year), y1: ground, y2: ground, class: "zero" })], taken: [number, number][] = [];
  for (const line of lines) {
    for (const dot of line) { dot.x = scale(dot.year); dot.y = ground - (Number(graph.figures.value[dot.figure]) / high) * (ground - 30); }
    made.push(s("polyline", { points: line.map((dot) => `${dot.x},${dot.y}`).join(" "), class: `series is-${kindOf(graph, line[0].figure)}` }));
  }
  for (const line of lines) {
    line.forEach((dot, i) => {
      const words = `${many && i === line.length - 1 ? `${nearName(graph, dot.figure)} ` : ""}${figureText(graph, dot.figure)}`;
      const over = taken.some(([x, y]) => Math.abs(x - dot.x) < 50 && Math.abs(y - (dot.y - 11)) < 14);
      const y = over ? dot.y + 20 : dot.y - 11;
      taken.push([dot.x, y]);
      made.push(point(graph, title, dot, words, "middle", y));
    });
  }
  return made;
}

function row(graph: Graph, title: string, figures: number[], width: number, scale: (year: number) => number): HTMLElement {
  const lines = seriesOf(graph, figures), joined = new Set(lines.flat().map((dot) => dot.figure));
  const places = [...new Set(figures.map((i) => placeText(graph, i)))].filter(Boolean), many = places.length > 1;
  const dots: Dot[] = figures.filter((figure) => !joined.has(figure)).map((figure) => ({ figure, year: yearOf(graph, figure), x: 0, y: 0 }));
  dots.sort((a, b) => a.year - b.year || a.figure - b.figure);
  const ends: number[] = [], above = lines.length ? CHART : 0, made: SVGElement[] = lines.length ? chart(graph, title, lines, scale, many) : [];
  for (const dot of dots) {
    dot.x = scale(dot.year);
    const near = many ? nearName(graph, dot.figure) : "", words = near ? `${near} ${figureText(graph, dot.figure)}` : figureText(graph, dot.figure);
    const wide = widthOf(words) + 20, left = dot.x + wide > width && dot.x - wide > 0;
    const from = left ? dot.x - wide : dot.x - 8, to = left ? dot.x + 8 : dot.x + wide;
    let lane = ends.findIndex((end) => end < from);
    if (lane < 0) { lane = ends.length; ends.push(0); }
    ends[lane] = to;
    dot.y = above + lane * LANE + 16;
    made.push(point(graph, title, dot, words, left ? "end" : "start", dot.y + 4));
  }
  const height = above + ends.length * LANE + 10;
  return h("div", { class: "timerow" },
    h("div", { class: "timename" }, h("b", {}, title), h("small", { class: "sub" }, places.slice(0, 2).join("；") + (places.length > 2 ? "…" : ""))),
    s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "strip" }, ...made) as unknown as HTMLElement);
}

/** Where years stand. A slot for each year that occurs while there is room, the jumps marked; else even time. */
function axisOf(years: number[], width: number): { scale: (year: number) => number; ticks: [number, number][] } {
  const distinct = [...new Set(years)];
  const room = width - 110, slots = Math.max(1, distinct.length - 1);
  if (distinct.length * 22 <= room) {
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
  const joined = new Map([...groups].map(([name, found]) => [name, seriesOf(graph, found).length]));
  const order = [...groups].sort((a, b) => (joined.get(b[0]) ?? 0) - (joined.get(a[0]) ?? 0) || b[1].length - a[1].length || yearOf(graph, a[1][0]) - yearOf(graph, b[1][0]) || (a[0] < b[0] ? -1 : 1));
  const axis = s("svg", { width, height: 26, viewBox: `0 0 ${width} 26`, class: "strip axis", "aria-hidden": "true" });
  let free = Infinity;
  for (const [year, gap] of [...ticks].reverse()) {
    axis.append(s("line", { x1: scale(year), x2: scale(year), y1: 18, y2: 26 }));
    if (scale(year) + 17 > free) continue;
    free = scale(year) - 17;
    axis.append(s("text", { x: scale(year), y: 13, "text-anchor": "middle" }, String(year)));
    if (gap && scale(year) - gap > 24) axis.append(s("text", { x: gap, y: 13, "text-anchor": "middle" }, "⋯"));
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
