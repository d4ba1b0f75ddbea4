/** The network on a canvas: no library, no WebGL. While the hand moves, the last picture moves with it. */

import { Graph } from "./data";
import { outline, radius } from "./labels";
import { Camera, Colours, Picture, Renderer, Surface } from "./renderer";
import { Scene } from "./scene";
import { COLOURS, trace } from "./shapes";

/** Below this radius no shape can be told from a square, which costs a tenth of it. */
const TINY = 2.4;

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string): string => style.getPropertyValue(name).trim();
  return {
    paper: get("--paper"), ink: get("--ink"), soft: get("--soft"), line: get("--edge"), accent: get("--accent"),
    kinds: COLOURS.map((name) => get(`--${name}`)), font: getComputedStyle(document.body).fontFamily,
  };
}

function paintLinks(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera): void {
  const { graph, scene, paints, chosen, lit } = picture;
  const { k } = camera, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const { x, y } = scene, { from, to } = graph.links;
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
}

/** Draws a picture: links, things, names, the ring. */
export function paint(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera): void {
  const { graph, scene, paints, lit } = picture;
  const { k } = camera, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const { x, y } = scene;
  pen.globalAlpha = 1;
  pen.fillStyle = paints.paper;
  pen.fillRect(0, 0, width, height);
  paintLinks(pen, width, height, picture, camera);
  paints.kinds.forEach((colour, kind) => {
    for (const bright of lit ? [false, true] : [true]) {
      const tiny: number[] = [];
      pen.beginPath();
      for (let n = scene.nodes.length - 1; n >= 0; n--) {
        const i = scene.nodes[n];
        if (graph.things.kind[i] !== kind || (lit && lit.has(i) !== bright)) continue;
        const px = x[i] * k + ox, py = y[i] * k + oy;
        if (px < -20 || px > width + 20 || py < -20 || py > height + 20) continue;
        const r = radius(graph, i, k);
        if (r < TINY) tiny.push(px, py, r); else trace(pen, kind, px, py, r);
      }
      pen.globalAlpha = bright ? 1 : 0.22;
      pen.fillStyle = colour;
      pen.fill();
      pen.strokeStyle = paints.paper;
      pen.lineWidth = 1;
      pen.stroke();
      for (let n = 0; n < tiny.length; n += 3) {
        const side = Math.max(2, Math.round(1.8 * tiny[n + 2]));
        pen.fillRect(Math.round(tiny[n] - side / 2), Math.round(tiny[n + 1] - side / 2), side, side);
      }
    }
  });
  outline(pen, width, height, picture, camera);
}

export function nearest(graph: Graph, scene: Scene, camera: Camera, wx: number, wy: number): number {
  let best = -1, least = (16 / camera.k) ** 2;
  for (const i of scene.nodes) {
    const far = (scene.x[i] - wx) ** 2 + (scene.y[i] - wy) ** 2 - (radius(graph, i, camera.k) / camera.k) ** 2;
    if (far < least) { least = far; best = i; }
  }
  return best;
}

export function canvasRenderer({ top }: Surface): Renderer {
  const pen = top.getContext("2d") as CanvasRenderingContext2D;
  const under = document.createElement("canvas"), base = under.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  let picture: Picture, camera: Camera = { x: 0, y: 0, k: 1 }, drawn = camera;
  let width = 0, height = 0, ratio = 1, timer = 0, waiting = 0, cost = 0;

  function repaint(): void {
    const began = performance.now();
    base.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(base, width, height, picture, camera);
    drawn = { ...camera };
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(under, 0, 0);
    cost = performance.now() - began;
  }

  /** Between two repaints the last picture is moved and stretched. */
  function slide(): void {
    waiting = 0;
    const scale = camera.k / drawn.k;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = picture.paints.paper;
    pen.fillRect(0, 0, width, height);
    pen.drawImage(under, (drawn.x - camera.x) * camera.k + (width / 2) * (1 - scale),
      (drawn.y - camera.y) * camera.k + (height / 2) * (1 - scale), width * scale, height * scale);
  }

  return {
    name: "canvas", most: { nodes: 4000, links: 12000, moved: 2000 },
    show(next, from, wide, high, dense) {
      picture = next; camera = { ...from };
      if (wide !== width || high !== height || dense !== ratio || under.width === 0) {
        width = wide; height = high; ratio = dense;
        for (const one of [top, under]) { one.width = Math.round(wide * dense); one.height = Math.round(high * dense); }
      }
      clearTimeout(timer);
      repaint();
    },
    move(next) {
      camera = { ...next };
      waiting ||= requestAnimationFrame(slide);
      clearTimeout(timer);
      timer = window.setTimeout(repaint, cost > 8 ? 140 : 16);
    },
    shift() { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => { waiting = 0; repaint(); }); },
    destroy() { clearTimeout(timer); cancelAnimationFrame(waiting); },
  };
}
