/** What hands do on the network: drag, pinch, wheel, point, and the same by keys. */

import { nearest } from "./canvas";
import { Graph } from "./data";
import { Camera } from "./renderer";
import { Scene } from "./scene";

export interface Stage {
  scene(): Scene | null; camera: Camera; width(): number; height(): number; chosen(): number;
  /** In larger scenes a drag moves the map and never a single thing. */
  mostMoved(): number;
  moved(): void; shifted(thing: number): void; pick(thing: number): void; point(thing: number): void; fit(): void;
}

export function zoom(stage: Stage, by: number, px = stage.width() / 2, py = stage.height() / 2): void {
  const { camera } = stage, left = px - stage.width() / 2, top = py - stage.height() / 2;
  const wx = left / camera.k + camera.x, wy = top / camera.k + camera.y;
  camera.k = Math.min(12, Math.max(0.01, camera.k * by));
  camera.x = wx - left / camera.k;
  camera.y = wy - top / camera.k;
  stage.moved();
}

interface Grip { x: number; y: number; cx: number; cy: number; node: number; far: boolean; span: number }

export function takeHands(graph: Graph, canvas: HTMLCanvasElement, stage: Stage): void {
  const { camera } = stage;
  const world = (event: MouseEvent): [number, number] =>
    [(event.offsetX - stage.width() / 2) / camera.k + camera.x, (event.offsetY - stage.height() / 2) / camera.k + camera.y];
  const under = (event: MouseEvent): number => {
    const scene = stage.scene();
    return scene ? nearest(graph, scene, camera, ...world(event)) : -1;
  };
  const hands = new Map<number, PointerEvent>();
  let grip: Grip | null = null;
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    hands.set(event.pointerId, event);
    grip = { x: event.offsetX, y: event.offsetY, cx: camera.x, cy: camera.y, node: under(event), far: false, span: 0 };
  };
  const pinch = (was: Grip): void => {
    const [a, b] = [...hands.values()];
    const span = Math.hypot(a.offsetX - b.offsetX, a.offsetY - b.offsetY);
    if (was.span) zoom(stage, span / was.span, (a.offsetX + b.offsetX) / 2, (a.offsetY + b.offsetY) / 2);
    was.span = span; was.far = true;
  };
  canvas.onpointermove = (event) => {
    if (hands.has(event.pointerId)) hands.set(event.pointerId, event);
    const scene = stage.scene();
    if (!grip || !scene) {
      const node = under(event);
      canvas.style.cursor = node >= 0 ? "pointer" : "grab";
      stage.point(node);
      return;
    }
    if (hands.size === 2) { pinch(grip); return; }
    const dx = event.offsetX - grip.x, dy = event.offsetY - grip.y;
    if (!grip.far && Math.hypot(dx, dy) < 4) return;
    grip.far = true;
    if (grip.node >= 0 && scene.nodes.length < stage.mostMoved()) {
      [scene.x[grip.node], scene.y[grip.node]] = world(event);
      stage.shifted(grip.node);
    } else {
      camera.x = grip.cx - dx / camera.k; camera.y = grip.cy - dy / camera.k;
      stage.moved();
    }
  };
  const drop = (event: PointerEvent): void => {
    hands.delete(event.pointerId);
    const was = grip;
    if (!hands.size) grip = null;
    if (was && !was.far && event.type === "pointerup") stage.pick(was.node);
  };
  canvas.onpointerup = drop;
  canvas.onpointercancel = drop;
  canvas.onpointerleave = () => stage.point(-1);
  canvas.onwheel = (event) => { event.preventDefault(); zoom(stage, Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.offsetX, event.offsetY); };
  canvas.onkeydown = (event) => {
    const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (arrows[event.key]) step(stage, ...arrows[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(stage, 1.3);
    else if (event.key === "-") zoom(stage, 1 / 1.3);
    else if (event.key === "0") stage.fit();
    else if (event.key === "Enter" && stage.chosen() >= 0) document.getElementById("cardname")?.focus();
    else if (event.key === "Enter" && stage.scene()?.nodes.length) stage.pick(middle(stage));
    else return;
    event.preventDefault();
  };
}

/** The thing nearest to the middle of what is shown. */
function middle({ scene, camera }: Stage): number {
  const found = scene() as Scene;
  const far = (i: number): number => (found.x[i] - camera.x) ** 2 + (found.y[i] - camera.y) ** 2;
  return found.nodes.reduce((best, i) => (far(i) < far(best) ? i : best));
}

/** From the chosen thing to the next one in the direction of an arrow; where none is chosen, the map moves. */
function step(stage: Stage, dx: number, dy: number): void {
  const thing = stage.chosen(), scene = stage.scene(), { camera } = stage;
  if (thing < 0 || !scene || !scene.has[thing]) { camera.x += (dx * 80) / camera.k; camera.y += (dy * 80) / camera.k; stage.moved(); return; }
  let best = -1, least = Infinity;
  for (const i of scene.nodes) {
    const ax = scene.x[i] - scene.x[thing], ay = scene.y[i] - scene.y[thing];
    const along = ax * dx + ay * dy, across = Math.abs(ax * dy - ay * dx);
    if (i !== thing && along > 0 && along + 2 * across < least && across <= along * 1.2) { least = along + 2 * across; best = i; }
  }
  if (best >= 0) stage.pick(best);
}
