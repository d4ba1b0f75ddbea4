/** The names in a picture of the network, the ring round what is chosen, and what the pointer brings out. */

import { clean, short } from "./dom";
import { KIND, Graph } from "./data";
import { nameOfThing } from "./pieces";
import { Camera, Picture } from "./renderer";
import { trace } from "./shapes";

/** So many of those with most links are named also where things lie thick. */
const ALWAYS = 24;

export interface Label { text: string; x: number; y: number; strong: boolean; thing: number }

/** How the size of things goes with the scale: less than in step. */
export const scaleOf = (k: number): number => Math.min(1.7, Math.max(0.28, 1.35 * k ** 0.62));

/** More links make a thing no larger. */
const MOST_TIES = 160;

export const radius = (graph: Graph, thing: number, k: number): number =>
  Math.max(1.4, (3.4 + 1.5 * Math.sqrt(Math.min(graph.degree[thing], MOST_TIES))) * scaleOf(k));

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

/** The window in squares of eight pixels: where names stand, and where things. */
class Ground {
  private readonly across: number;
  private readonly down: number;
  private readonly names: Uint8Array;
  private readonly things: Uint8Array;

  constructor(width: number, height: number) {
    this.across = Math.ceil(width / 8) + 1;
    this.down = Math.ceil(height / 8) + 1;
    this.names = new Uint8Array(this.across * this.down);
    this.things = new Uint8Array(this.across * this.down);
  }

  private each(x0: number, y0: number, x1: number, y1: number, visit: (square: number) => void): void {
    const last = Math.min(this.across - 1, x1 >> 3), floor = Math.min(this.down - 1, y1 >> 3);
    for (let row = Math.max(0, y0 >> 3); row <= floor; row++) for (let one = Math.max(0, x0 >> 3); one <= last; one++) visit(row * this.across + one);
  }

  thing(x: number, y: number, r: number): void {
    if (r > 4) { this.each(x - r, y - r, x + r, y + r, (square) => { this.things[square] = 1; }); return; }
    if (x >= 0 && y >= 0 && x < this.across * 8 && y < this.down * 8) this.things[(y >> 3) * this.across + (x >> 3)] = 1;
  }
  name(x0: number, y0: number, x1: number, y1: number): void { this.each(x0, y0, x1, y1, (square) => { this.names[square] = 1; }); }

  /** How many squares with things a name would cover; infinite over another name. */
  price(x0: number, y0: number, x1: number, y1: number): number {
    let found = 0;
    this.each(x0, y0, x1, y1, (square) => { found += this.names[square] ? Infinity : this.things[square]; });
    return found;
  }
}

/** Names that lie neither over each other nor, where it can be helped, over things: the chosen one first, then by the number of links. */
export function labels(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera): Label[] {
  const { graph, scene, paints, chosen, lit } = picture;
  const { k } = camera, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const pool = lit ? [...lit].sort((a, b) => graph.degree[b] - graph.degree[a] || a - b) : scene.nodes;
  const most = Math.round(Math.min(scene.radial ? 160 : 90, (width * height) / 7000) * Math.min(1.6, Math.max(0.7, k)));
  const ground = new Ground(width, height), found: Label[] = [];
  for (const i of lit ?? scene.nodes) {
    const px = scene.x[i] * k + ox, py = scene.y[i] * k + oy;
    if (px > -20 && px < width + 20 && py > -20 && py < height + 20) ground.thing(px, py, Math.max(2, radius(graph, i, k) - 2));
  }
  let tried = 0;
  for (const i of chosen >= 0 && scene.has[chosen] ? [chosen, ...pool] : pool) {
    if (found.length >= most || tried > most * 4) break;
    const px = scene.x[i] * k + ox, py = scene.y[i] * k + oy;
    if (px < -40 || px > width + 10 || py < 0 || py > height || (i === chosen && tried)) continue;
    tried++;
    const strong = i === chosen || graph.degree[i] > 12;
    const text = called(graph, i, i === chosen ? (width < 500 ? 13 : 26) : lit?.has(i) || scene.radial ? 18 : strong ? 15 : 12);
    pen.font = `${strong ? 600 : 400} ${i === chosen ? 14 : 12}px ${paints.font}`;
    const wide = widthOf(pen, text), r = radius(graph, i, k), gap = r + (i === chosen ? 9 : 4);
    const right: [number, number] = [px + gap, py], left: [number, number] = [px - gap - wide, py];
    const above: [number, number] = [px - wide / 2, py - gap - 7], under: [number, number] = [px - wide / 2, py + gap + 8];
    const inward = scene.radial && scene.x[i] < -1;
    const spots = scene.radial ? (i === scene.centre ? [under] : [inward ? left : right, scene.y[i] < 0 ? above : under]) : [right, left, under, above];
    let best: [number, number] | null = null, least = scene.radial ? 2 : strong ? (found.length < ALWAYS ? Infinity : 12) : 4;
    for (const [x, y] of spots) {
      const kept = i === chosen ? Math.max(4, Math.min(x, width - wide - 4)) : x;
      if (kept < 2 || kept + wide > width - 2 || y < 8 || y > height - 8) continue;
      const price = ground.price(kept, y - 7, kept + wide, y + 7);
      if (price < least || (price < Infinity && !best && (i === chosen || i === scene.centre))) { least = price; best = [kept, y]; if (price < 1) break; }
    }
    if (!best) continue;
    const [x, y] = best;
    ground.name(x - 3, y - 7, x + wide + 3, y + 7);
    found.push({ text, x, y, strong, thing: i });
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

/** Of more links than these the pointer brings out none. */
const MOST_BROUGHT = 400;

/** Over a picture: what the pointer is on with its neighbours, all else faint. What is chosen keeps its own light. */
export function emphasise(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera, thing: number): void {
  const { graph, scene, paints, lit } = picture, { from, to } = graph.links;
  if (lit || !scene.has[thing] || graph.degree[thing] > MOST_BROUGHT) return;
  const mine = scene.links.filter((i) => from[i] === thing || to[i] === thing), near = new Set([thing]);
  for (const i of mine) { near.add(from[i]); near.add(to[i]); }
  const { k } = camera, px = (i: number): number => (scene.x[i] - camera.x) * k + width / 2, py = (i: number): number => (scene.y[i] - camera.y) * k + height / 2;
  pen.globalAlpha = 0.68;
  pen.fillStyle = paints.paper;
  pen.fillRect(0, 0, width, height);
  pen.globalAlpha = 0.7;
  pen.strokeStyle = paints.accent;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const i of mine) { pen.moveTo(px(from[i]), py(from[i])); pen.lineTo(px(to[i]), py(to[i])); }
  pen.stroke();
  pen.globalAlpha = 1;
  for (const i of near) {
    pen.beginPath();
    trace(pen, graph.things.kind[i], px(i), py(i), radius(graph, i, k));
    pen.fillStyle = paints.kinds[graph.things.kind[i]];
    pen.fill();
  }
  outline(pen, width, height, { ...picture, chosen: thing, lit: near }, camera);
}
