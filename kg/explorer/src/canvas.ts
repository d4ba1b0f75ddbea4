/** The network on a canvas: no library, no WebGL. While the hand moves, the last picture moves with it. */

import { Graph } from "./data";
import { clean, short } from "./dom";
import { nameOfThing } from "./pieces";
import { Scene } from "./scene";
import { COLOURS, trace } from "./shapes";

export interface Camera { x: number; y: number; k: number }

export interface Colours { paper: string; ink: string; soft: string; line: string; accent: string; kinds: string[]; font: string }

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string): string => style.getPropertyValue(name).trim();
  return {
    paper: get("--paper"), ink: get("--ink"), soft: get("--soft"), line: get("--edge"), accent: get("--accent"),
    kinds: COLOURS.map((name) => get(`--${name}`)), font: getComputedStyle(document.body).fontFamily,
  };
}

export const radius = (graph: Graph, thing: number, k: number): number =>
  Math.max(1.2, (3.4 + 1.5 * Math.sqrt(graph.degree[thing])) * Math.min(1.7, Math.max(0.35, Math.sqrt(k))));

/** Draws a scene; `lit` are the things that are not dimmed, null when all are lit. */
export function paint(
  pen: CanvasRenderingContext2D, width: number, height: number, graph: Graph, scene: Scene, camera: Camera,
  paints: Colours, chosen: number, lit: Set<number> | null,
): void {
  const { k } = camera, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const { x, y } = scene;
  const { from, to } = graph.links;
  pen.fillStyle = paints.paper;
  pen.fillRect(0, 0, width, height);
  const focus = lit ? chosen : scene.centre;
  const line = (bright: boolean): void => {
    pen.beginPath();
    for (const i of scene.links) {
      const a = from[i], b = to[i];
      if (focus >= 0 ? bright !== (a === focus || b === focus) : bright) continue;
      const ax = x[a] * k + ox, ay = y[a] * k + oy, bx = x[b] * k + ox, by = y[b] * k + oy;
      if ((ax < 0 && bx < 0) || (ax > width && bx > width) || (ay < 0 && by < 0) || (ay > height && by > height)) continue;
      pen.moveTo(ax, ay);
      pen.lineTo(bx, by);
    }
    pen.stroke();
  };
  pen.strokeStyle = paints.line;
  pen.globalAlpha = focus >= 0 ? 0.32 : Math.max(0.2, Math.min(0.8, 2400 / Math.max(1, scene.links.length)));
  pen.lineWidth = 1;
  line(false);
  if (focus >= 0) { pen.globalAlpha = lit ? 0.85 : 0.45; pen.strokeStyle = paints.accent; pen.lineWidth = 1.4; line(true); }
  paints.kinds.forEach((colour, kind) => {
    for (const bright of lit ? [false, true] : [true]) {
      pen.beginPath();
      for (let n = scene.nodes.length - 1; n >= 0; n--) {
        const i = scene.nodes[n];
        if (graph.things.kind[i] !== kind || (lit && lit.has(i) !== bright)) continue;
        const px = x[i] * k + ox, py = y[i] * k + oy;
        if (px < -20 || px > width + 20 || py < -20 || py > height + 20) continue;
        trace(pen, kind, px, py, radius(graph, i, k));
      }
      pen.globalAlpha = bright ? 1 : 0.22;
      pen.fillStyle = colour;
      pen.fill();
      pen.strokeStyle = paints.paper;
      pen.lineWidth = 1;
      pen.stroke();
    }
  });
  pen.globalAlpha = 1;
  for (const label of labels(pen, width, height, graph, scene, camera, paints, chosen, lit)) {
    pen.font = `${label.strong ? 600 : 400} ${label.thing === chosen ? 14 : 12}px ${paints.font}`;
    pen.lineWidth = 3.5;
    pen.lineJoin = "round";
    pen.strokeStyle = paints.paper;
    pen.strokeText(label.text, label.x, label.y);
    pen.fillStyle = label.strong ? paints.ink : paints.soft;
    pen.fillText(label.text, label.x, label.y);
  }
  if (chosen >= 0 && scene.has[chosen]) {
    pen.strokeStyle = paints.accent;
    pen.lineWidth = 3;
    pen.beginPath();
    trace(pen, graph.things.kind[chosen], x[chosen] * k + ox, y[chosen] * k + oy, radius(graph, chosen, k) + 5);
    pen.stroke();
  }
}

export interface Label { text: string; x: number; y: number; strong: boolean; thing: number }

/** Names that do not lie over each other: the chosen one first, then by the number of links. */
export function labels(
  pen: CanvasRenderingContext2D, width: number, height: number, graph: Graph, scene: Scene, camera: Camera,
  paints: Colours, chosen: number, lit: Set<number> | null,
): Label[] {
  const { k } = camera, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const seen = (i: number): boolean => {
    const px = scene.x[i] * k + ox, py = scene.y[i] * k + oy;
    return px > -40 && px < width + 10 && py > 0 && py < height;
  };
  const pool = lit ? [...lit].sort((a, b) => graph.degree[b] - graph.degree[a] || a - b) : scene.nodes;
  const most = Math.round(Math.min(scene.radial ? 160 : 90, (width * height) / 7000) * Math.min(1.6, Math.max(0.7, k)));
  const taken: [number, number, number, number][] = [];
  const found: Label[] = [];
  pen.textBaseline = "middle";
  let tried = 0;
  for (const i of chosen >= 0 && scene.has[chosen] ? [chosen, ...pool] : pool) {
    if (found.length >= most || tried > most * 6) break;
    if (!seen(i) || (i === chosen && tried)) continue;
    tried++;
    const strong = i === chosen || graph.degree[i] > 12;
    const text = clean(short(nameOfThing(graph, i), i === chosen ? 30 : lit?.has(i) || scene.radial ? 18 : 12));
    pen.font = `${strong ? 600 : 400} ${i === chosen ? 14 : 12}px ${paints.font}`;
    const wide = pen.measureText(text).width, r = radius(graph, i, k);
    const px = scene.x[i] * k + ox, py = scene.y[i] * k + oy;
    const flip = px + r + 4 + wide > width && px - r - 4 - wide > 0;
    const centred = scene.radial && i === scene.centre;
    const left = centred ? px - wide / 2 : flip || scene.radial && scene.x[i] < -1 && i !== scene.centre ? px - r - 4 - wide : px + r + 4;
    const level = centred ? py + r + 16 : py;
    const box: [number, number, number, number] = [left - 2, level - 8, left + wide + 2, level + 8];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    found.push({ text, x: left, y: level, strong, thing: i });
  }
  pen.font = `12px ${paints.font}`;
  return found.reverse();
}

export function nearest(graph: Graph, scene: Scene, camera: Camera, wx: number, wy: number): number {
  let best = -1, least = (16 / camera.k) ** 2;
  for (const i of scene.nodes) {
    const far = (scene.x[i] - wx) ** 2 + (scene.y[i] - wy) ** 2 - (radius(graph, i, camera.k) / camera.k) ** 2;
    if (far < least) { least = far; best = i; }
  }
  return best;
}
