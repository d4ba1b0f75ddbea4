/** The names in a picture of the network, and the ring round what is chosen. */

import { clean, short } from "./dom";
import { KIND, Graph } from "./data";
import { nameOfThing } from "./pieces";
import { Camera, Picture } from "./renderer";
import { trace } from "./shapes";

export interface Label { text: string; x: number; y: number; strong: boolean; thing: number }

/** How the size of things goes with the scale: less than in step. */
export const scaleOf = (k: number): number => Math.min(1.7, Math.max(0.35, Math.sqrt(k)));

export const radius = (graph: Graph, thing: number, k: number): number =>
  Math.max(1.2, (3.4 + 1.5 * Math.sqrt(graph.degree[thing])) * scaleOf(k));

const widths = new Map<string, number>();

function widthOf(pen: CanvasRenderingContext2D, text: string): number {
  const key = `${pen.font}|${text}`;
  let found = widths.get(key);
  if (found === undefined) { found = pen.measureText(text).width; widths.set(key, found); }
  return found;
}

/** What a name is called in a picture. A document's issuer stands beside it anyway; what it is about does not. */
function called(graph: Graph, thing: number, most: number): string {
  const name = nameOfThing(graph, thing);
  const cut = graph.things.kind[thing] === KIND.document && name.length > most ? name.indexOf("关于") : -1;
  return clean(short(cut > 0 ? name.slice(cut + 2) : name, most));
}

/** Names that do not lie over each other: the chosen one first, then by the number of links. */
export function labels(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera): Label[] {
  const { graph, scene, paints, chosen, lit } = picture;
  const { k } = camera, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const pool = lit ? [...lit].sort((a, b) => graph.degree[b] - graph.degree[a] || a - b) : scene.nodes;
  const most = Math.round(Math.min(scene.radial ? 160 : 90, (width * height) / 7000) * Math.min(1.6, Math.max(0.7, k)));
  const taken: [number, number, number, number][] = [], found: Label[] = [];
  let tried = 0;
  for (const i of chosen >= 0 && scene.has[chosen] ? [chosen, ...pool] : pool) {
    if (found.length >= most || tried > most * 6) break;
    const px = scene.x[i] * k + ox, py = scene.y[i] * k + oy;
    if (px < -40 || px > width + 10 || py < 0 || py > height || (i === chosen && tried)) continue;
    tried++;
    const strong = i === chosen || graph.degree[i] > 12;
    const text = called(graph, i, i === chosen ? (width < 500 ? 13 : 26) : lit?.has(i) || scene.radial ? 18 : 13);
    pen.font = `${strong ? 600 : 400} ${i === chosen ? 14 : 12}px ${paints.font}`;
    const wide = widthOf(pen, text), r = radius(graph, i, k);
    const flip = px + r + 4 + wide > width && px - r - 4 - wide > 0;
    const centred = scene.radial && i === scene.centre;
    const beside = centred ? px - wide / 2 : flip || scene.radial && scene.x[i] < -1 && i !== scene.centre ? px - r - 4 - wide : px + r + 4;
    const left = i === chosen ? Math.max(4, Math.min(beside, width - wide - 4)) : beside;
    const level = centred ? py + r + 16 : py;
    const box: [number, number, number, number] = [left - 2, level - 8, left + wide + 2, level + 8];
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    taken.push(box);
    found.push({ text, x: left, y: level, strong, thing: i });
  }
  return found.reverse();
}

/** Draws the names and the ring over what is there. */
export function outline(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera): void {
  const { graph, scene, paints, chosen } = picture;
  const { k } = camera;
  pen.globalAlpha = 1;
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (const label of labels(pen, width, height, picture, camera)) {
    pen.font = `${label.strong ? 600 : 400} ${label.thing === chosen ? 14 : 12}px ${paints.font}`;
    pen.lineWidth = 3.5;
    pen.strokeStyle = paints.paper;
    pen.strokeText(label.text, label.x, label.y);
    pen.fillStyle = label.strong ? paints.ink : paints.soft;
    pen.fillText(label.text, label.x, label.y);
  }
  if (chosen < 0 || !scene.has[chosen]) return;
  pen.strokeStyle = paints.accent;
  pen.lineWidth = 3;
  pen.beginPath();
  trace(pen, graph.things.kind[chosen], (scene.x[chosen] - camera.x) * k + width / 2, (scene.y[chosen] - camera.y) * k + height / 2, radius(graph, chosen, k) + 5);
  pen.stroke();
}
