/** What draws a scene: a canvas, which always works, or WebGL through sigma.js where a graphics card does the work. */

import { Graph } from "./data";
import { Scene } from "./scene";

export interface Camera { x: number; y: number; k: number }

export interface Colours { paper: string; ink: string; soft: string; line: string; accent: string; kinds: string[]; font: string }

/** A scene and what is chosen in it; `lit` are the things that are not dimmed, null when all are lit. */
export interface Picture { graph: Graph; scene: Scene; paints: Colours; chosen: number; lit: Set<number> | null }

/** How much can be drawn without lag. */
export interface Most { nodes: number; links: number; moved: number }

export interface Renderer {
  readonly name: "canvas" | "webgl";
  readonly most: Most;
  /** All anew: another scene, other colours, another choice, another size. */
  show(picture: Picture, camera: Camera, width: number, height: number, ratio: number): void;
  /** The same picture seen from elsewhere. */
  move(camera: Camera): void;
  /** One thing has been put elsewhere in the scene. */
  shift(thing: number): void;
  /** The pointer is on a thing, -1 on none. */
  point(thing: number): void;
  destroy(): void;
}

/** What a renderer is given: the layer that hands and labels are on, and how things are sized and named. */
export interface Surface {
  frame: HTMLElement; top: HTMLCanvasElement;
  radius(graph: Graph, thing: number, k: number): number;
  scaleOf(k: number): number;
  outline(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera): void;
  emphasise(pen: CanvasRenderingContext2D, width: number, height: number, picture: Picture, camera: Camera, thing: number): void;
  lost(): void;
}

export type MakeRenderer = (surface: Surface) => Renderer;

const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render|mesa offscreen/i;

/** Whether a graphics card stands behind WebGL2: without one, software draws it a hundred times slower than a canvas. */
export function hardware(): boolean {
  return speaks({ failIfMajorPerformanceCaveat: true }, (name) => !SOFTWARE.test(name));
}

/** Whether there is WebGL2 at all, by software too. */
export const anyWebgl = (): boolean => speaks({}, () => true);

function speaks(options: WebGLContextAttributes, fits: (name: string) => boolean): boolean {
  const pen = document.createElement("canvas").getContext("webgl2", options);
  if (!pen) return false;
  const known = pen.getExtension("WEBGL_debug_renderer_info");
  const name = String(pen.getParameter(known ? known.UNMASKED_RENDERER_WEBGL : pen.RENDERER));
  pen.getExtension("WEBGL_lose_context")?.loseContext();
  return fits(name);
}
