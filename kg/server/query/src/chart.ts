// 图表：横条图；标签列是年份或日期时画折线。
import type { Answer } from "./answer";
import { draw, make } from "./dom";
import { short } from "./terms";
import { say } from "./words";

const MOST = 60;
const YEAR = /^(19|20)\d\d(-\d\d){0,2}$/;

export function showChart(host: HTMLElement, answer: Answer): void {
  const numeric = answer.columns.map((_, at) => at).filter(at => answer.rows.some(row => row[at]?.number !== null && row[at]));
  if (!numeric.length) {
    host.replaceChildren(make("p", { class: "note" }, say("noChart")));
    return;
  }
  const others = answer.columns.map((_, at) => at).filter(at => !numeric.includes(at));
  const picture = make("div", { class: "picture" });
  const label = choice(say("label"), answer.columns, [...others, ...numeric], () => update());
  const value = choice(say("value"), answer.columns, numeric.slice().reverse(), () => update());
  const update = () => picture.replaceChildren(...pictureOf(answer, Number(label.select.value), Number(value.select.value)));
  update();
  host.replaceChildren(make("p", { class: "choices" }, label.whole, value.whole), picture);
}

function choice(name: string, columns: string[], offered: number[], changed: () => void) {
  const select = make("select", {}, ...offered.map(at => make("option", { value: String(at) }, columns[at]!)));
  select.addEventListener("change", changed);
  return { select, whole: make("label", {}, name + " ", select) };
}

function pictureOf(answer: Answer, labels: number, values: number): Node[] {
  const every = answer.rows.filter(row => row[values]?.number !== null && row[values]).map(row => ({
    name: row[labels] ? (row[labels]!.iri ? short(row[labels]!.value) : row[labels]!.value) : "",
    value: row[values]!.number!,
  }));
  const points = every.slice(0, MOST);
  const note = every.length > MOST ? [make("p", { class: "note" }, say("cutBars", MOST))] : [];
  const years = points.length > 1 && points.every(point => YEAR.test(point.name));
  return [...note, years ? lineOf(points, answer.columns[values]!) : barsOf(points, answer.columns[values]!)];
}

interface Point { name: string; value: number }
const told = (value: number) => value.toLocaleString("zh-CN", { maximumFractionDigits: 4 });
const cutOff = (name: string, most: number) => name.length > most ? name.slice(0, most - 1) + "…" : name;

function barsOf(points: Point[], name: string): SVGElement {
  const [height, left, width] = [26, 230, 800];
  const [low, high] = [Math.min(0, ...points.map(p => p.value)), Math.max(0, ...points.map(p => p.value))];
  const x = (value: number) => left + (value - low) / (high - low || 1) * (width - left - 90);
  const bars = points.flatMap((point, at) => [
    draw("text", { x: left - 8, y: at * height + 18, class: "name", "text-anchor": "end" }, cutOff(point.name, 17), draw("title", {}, point.name)),
    draw("rect", { x: Math.min(x(0), x(point.value)), y: at * height + 5, width: Math.max(1, Math.abs(x(point.value) - x(0))), height: height - 9, rx: 3, class: "bar" }),
    draw("text", { x: Math.max(x(0), x(point.value)) + 6, y: at * height + 18, class: "value" }, told(point.value)),
  ]);
  const attributes = { viewBox: `0 0 ${width} ${points.length * height + 8}`, role: "img", "aria-label": name, class: "chart" };
  return draw("svg", attributes, ...bars);
}

function lineOf(points: Point[], name: string): SVGElement {
  const sorted = points.slice().sort((a, b) => a.name.localeCompare(b.name));
  const [width, height, left, bottom] = [800, 320, 70, 40];
  const high = Math.max(0, ...sorted.map(p => p.value)) || 1;
  const low = Math.min(0, ...sorted.map(p => p.value));
  const x = (at: number) => left + at / Math.max(1, sorted.length - 1) * (width - left - 40);
  const y = (value: number) => 20 + (high - value) / (high - low || 1) * (height - bottom - 20);
  const every = Math.ceil(sorted.length / 10);
  return draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": name, class: "chart" },
    draw("line", { x1: left, y1: y(0), x2: width - 30, y2: y(0), class: "axis" }),
    draw("text", { x: left - 8, y: y(high) + 5, class: "value", "text-anchor": "end" }, told(high)),
    draw("text", { x: left - 8, y: y(0) + 5, class: "value", "text-anchor": "end" }, "0"),
    draw("polyline", { points: sorted.map((p, at) => `${x(at)},${y(p.value)}`).join(" "), class: "line" }),
    ...sorted.map((p, at) => draw("circle", { cx: x(at), cy: y(p.value), r: 4, class: "bar" }, draw("title", {}, `${p.name} ${told(p.value)}`))),
    ...sorted.flatMap((p, at) => at % every ? [] : [draw("text", { x: x(at), y: height - 14, class: "name", "text-anchor": "middle" }, p.name)]));
}
