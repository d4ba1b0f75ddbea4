/** The network on a canvas: no library, no WebGL. While the hand moves, the last picture moves with it. */

import { Graph } from "./data";
import { emphasise, outline, radius } from "./labels";
import { Sheet, Stamps, pixelOf } from "./raster";
import { Camera, Colours, Picture, Renderer, Surface } from "./renderer";
import { Scene } from "./scene";
import { COLOURS } from "./shapes";

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string): string => style.getPropertyValue(name).trim();
  return {
    paper: get("--paper"), ink: get("--ink"), soft: get("--soft"), line: get("--edge"), accent: get("--accent"),
    kinds: COLOURS.map((name) => get(`--${name}`)), font: getComputedStyle(document.body).fontFamily,
  };
}

/** How strong one line is: the more there are, the fainter each. */
const faint = (links: number): number => Math.max(0.2, Math.min(0.8, 2400 / Math.max(1, links)));

function layLinks(sheet: Sheet, { graph, scene, paints, chosen, lit }: Picture, ratio: number, x: Float32Array, y: Float32Array): void {
  const { from, to } = graph.links, focus = lit ? chosen : scene.centre, bright: number[] = [];
  for (const i of scene.links) {
    const a = from[i], b = to[i];
    if (a === focus || b === focus) bright.push(i);
    else sheet.line(x[a], y[a], x[b], y[b], ratio > 1.4 ? ratio : 1);
  }
  sheet.begin(pixelOf(paints.paper), pixelOf(paints.line), focus >= 0 ? 0.32 : faint(scene.links.length));
  if (!bright.length) return;
  for (const i of bright) sheet.line(x[from[i]], y[from[i]], x[to[i]], y[to[i]], 1.4 * ratio);
  sheet.ink(pixelOf(paints.accent), lit ? 0.85 : 0.45);
}

let stamps: Stamps | null = null;

function stampsOf({ paints }: Picture, rim: number): Stamps {
  const kinds = paints.kinds.map(pixelOf), paper = pixelOf(paints.paper);
  if (!stamps || stamps.paper !== paper || stamps.rim !== rim || stamps.kinds.join() !== kinds.join()) stamps = new Stamps(kinds, paper, rim);
  return stamps;
}

/** Lays a picture's links and things on a sheet whose pixels are `ratio` times as fine as those of the page. */
export function lay(sheet: Sheet, picture: Picture, camera: Camera, ratio: number): void {
  const { graph, scene, lit } = picture, { width, height } = sheet, made = stampsOf(picture, ratio);
  const k = camera.k * ratio, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const x = new Float32Array(graph.size), y = new Float32Array(graph.size);
  for (const i of scene.nodes) { x[i] = scene.x[i] * k + ox; y[i] = scene.y[i] * k + oy; }
  layLinks(sheet, picture, ratio, x, y);
  for (const bright of lit ? [false, true] : [true]) {
    for (let n = scene.nodes.length - 1; n >= 0; n--) {
      const i = scene.nodes[n];
      if (lit && lit.has(i) !== bright) continue;
      const r = radius(graph, i, camera.k) * ratio, far = r * 1.3 + 2;
      if (x[i] < -far || x[i] > width + far || y[i] < -far || y[i] > height + far) continue;
      sheet.stamp(made.of(graph.things.kind[i], r, !bright), x[i], y[i]);
    }
  }
}

export function nearest(graph: Graph, scene: Scene, camera: Camera, wx: number, wy: number): number {
  let best = -1, least = (16 / camera.k) ** 2;
  for (const i of scene.nodes) {
    const far = (scene.x[i] - wx) ** 2 + (scene.y[i] - wy) ** 2 - (radius(graph, i, camera.k) / camera.k) ** 2;
    if (far < least) { least = far; best = i; }
  }
  return best;
}

/** While it moves it is repainted only when the last picture leaves so much of the window bare, or is stretched so far. */
const BARE = 0.2, STRETCHED = 1.8;
/** A picture that takes no longer is painted at once for a single step of the wheel; the next steps stretch it. */
const QUICK = 60, PAUSE = 300;

export function canvasRenderer({ top }: Surface): Renderer {
  const pen = top.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  const copy = document.createElement("canvas"), kept = copy.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  let picture: Picture, camera: Camera = { x: 0, y: 0, k: 1 }, drawn = camera, sheet = new Sheet(1, 1);
  let width = 0, height = 0, ratio = 1, timer = 0, waiting = 0, cost = 0, painted = 0, pointed = -1, fresh = false;

  function repaint(): void {
    clearTimeout(timer);
    const began = performance.now();
    lay(sheet, picture, camera, ratio);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.putImageData(sheet.image, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    outline(pen, width, height, picture, camera);
    drawn = { ...camera };
    fresh = true;
    painted = performance.now();
    cost = painted - began;
    if (pointed >= 0) place();
  }

  /** The last picture where the camera now is, moved and stretched; over it what the pointer is on. */
  function place(): void {
    const scale = camera.k / drawn.k, same = scale === 1 && camera.x === drawn.x && camera.y === drawn.y;
    if (fresh) { kept.drawImage(top, 0, 0); fresh = false; }
    pen.globalAlpha = 1;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    if (same) pen.drawImage(copy, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (same && pointed >= 0) emphasise(pen, width, height, picture, camera, pointed);
    if (same) return;
    pen.fillStyle = picture.paints.paper;
    pen.fillRect(0, 0, width, height);
    pen.drawImage(copy, (drawn.x - camera.x) * camera.k + (width / 2) * (1 - scale),
      (drawn.y - camera.y) * camera.k + (height / 2) * (1 - scale), width * scale, height * scale);
  }

  function slide(): void {
    waiting = 0;
    const scale = camera.k / drawn.k, rested = performance.now() - painted;
    const bare = Math.max(Math.abs(drawn.x - camera.x) * camera.k / width, Math.abs(drawn.y - camera.y) * camera.k / height);
    const far = bare > BARE || scale > STRETCHED || scale < 1 / STRETCHED;
    if ((far && rested > 12 * cost) || (scale !== 1 && cost < QUICK && rested > PAUSE)) repaint(); else place();
  }

  return {
    name: "canvas", most: { nodes: 4000, links: 12000, moved: 2000 },
    show(next, from, wide, high, dense) {
      picture = next; camera = { ...from }; pointed = -1;
      const across = Math.max(1, Math.round(wide * dense)), down = Math.max(1, Math.round(high * dense));
      width = wide; height = high; ratio = dense;
      if (across !== sheet.width || down !== sheet.height) {
        for (const one of [top, copy]) { one.width = across; one.height = down; }
        sheet = new Sheet(across, down);
      }
      repaint();
    },
    move(next) {
      camera = { ...next }; pointed = -1;
      clearTimeout(timer);
      timer = window.setTimeout(repaint, cost > 8 ? 140 : 16);
      waiting ||= requestAnimationFrame(slide);
    },
    shift() { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => { waiting = 0; repaint(); }); },
    point(thing) {
      if (thing === pointed) return;
      pointed = thing;
      waiting ||= requestAnimationFrame(slide);
    },
    destroy() { clearTimeout(timer); cancelAnimationFrame(waiting); },
  };
}
