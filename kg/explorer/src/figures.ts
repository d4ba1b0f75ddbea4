/** A figure in words: its value as a reader would say it, its bounds, its time, what kind of figure it is. */

import { Graph } from "./data";
import { english, nameOf, plain, w } from "./words";

const SIGNS: Record<string, [string, string]> = {
  "c:cmp-about": ["约", ""], "c:cmp-nearly": ["近", ""], "c:cmp-over": ["超", ""], "c:cmp-below": ["不足", ""],
  "c:cmp-atleast": ["≥ ", ""], "c:cmp-atmost": ["≤ ", ""], "c:cmp-plus": ["", "余"],
};
const ENGLISH: Record<string, [string, string]> = {
  "c:cmp-about": ["about ", ""], "c:cmp-nearly": ["nearly ", ""], "c:cmp-over": ["over ", ""], "c:cmp-below": ["under ", ""],
  "c:cmp-atleast": ["≥ ", ""], "c:cmp-atmost": ["≤ ", ""], "c:cmp-plus": ["", "+"],
};

/** 23470000 as 2,347万 in Chinese, 23,470,000 in English. */
export function amount(value: string): string {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number)) return value;
  const size = Math.abs(number);
  if (english() || size < 10000) return plain(number);
  const [unit, name] = size >= 1e8 ? [1e8, "亿"] : [1e4, "万"];
  const cut = number / unit;
  return Math.abs(cut * 10000 - Math.round(cut * 10000)) < 1e-6 ? `${plain(Number(cut.toFixed(4)))}${name}` : plain(number);
}

export function figureText(graph: Graph, i: number): string {
  const { comparator, value, lower, upper, unit } = graph.figures;
  const [before, after] = (english() ? ENGLISH : SIGNS)[comparator[i]] ?? ["", ""];
  if (comparator[i] === "c:cmp-range" && lower[i] && upper[i]) return `${amount(lower[i])}–${amount(upper[i])}${unit[i]}`;
  return `${before}${amount(value[i])}${after}${english() ? " " : ""}${unit[i]}`;
}

/** The interval the text asserts, where it is more than a single value. */
export function boundText(graph: Graph, i: number): string {
  const { lower, upper, comparator } = graph.figures;
  if (comparator[i] === "c:cmp-exact" || (!lower[i] && !upper[i])) return "";
  const open = (value: string): string => (value ? amount(value) : "∞");
  return `[${lower[i] ? amount(lower[i]) : "−∞"}, ${open(upper[i])}${upper[i] ? "]" : ")"}`;
}

export function periodText(graph: Graph, i: number): string {
  const { said, period, from, to } = graph.figures;
  return said[i] || period[i] || (from[i] && from[i] === to[i] ? from[i] : [from[i], to[i]].filter(Boolean).join("—"));
}

export const kindText = (graph: Graph, i: number): string =>
  nameOf(graph.codes[graph.figures.kind[i]], graph.figures.kind[i].replace(/^c:kind-/, ""));

export const sureText = (sure: number): string => (sure >= 0.95 ? w("high") : sure >= 0.8 ? w("good") : w("fair"));

/** The year of a figure on a time axis: when its time ends, else when it begins; 0 where none is told. */
export function yearOf(graph: Graph, i: number): number {
  const found = /(?:19|20)\d\d/.exec(graph.figures.to[i]) ?? /(?:19|20)\d\d/.exec(graph.figures.from[i]);
  return found ? Number(found[0]) : 0;
}

export function placeText(graph: Graph, i: number): string {
  return graph.figures.places[i].map((area) => graph.things.label[area]).join("、");
}

/** What a figure tells, in one line. */
export function figureLine(graph: Graph, i: number): string {
  return `${graph.things.label[graph.figures.thing[i]]} ${figureText(graph, i)}`;
}
