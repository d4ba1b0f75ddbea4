/** The network through sigma.js 3: a script of its own, unpacked and run only where a graphics card is at work. */

import Graphology from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { Camera, Picture, Renderer, Surface } from "./renderer";
import { ShapeProgram } from "./webgl-shapes";

/** A colour laid thinly over the paper, as one that hides what is under it. */
function over(colour: string, paper: string, share: number): string {
  const part = (hex: string, at: number): number => parseInt(hex.slice(at, at + 2), 16);
  return "#" + [1, 3, 5].map((at) => Math.round(part(colour, at) * share + part(paper, at) * (1 - share)).toString(16).padStart(2, "0")).join("");
}

function graphOf({ graph, scene }: Picture): Graphology {
  const made = new Graphology({ multi: true, type: "directed" });
  for (let n = scene.nodes.length - 1; n >= 0; n--) {
    const i = scene.nodes[n];
    made.addNode(i, { x: scene.x[i], y: -scene.y[i], shape: graph.things.kind[i] });
  }
  for (const i of scene.links) made.addEdgeWithKey(i, graph.links.from[i], graph.links.to[i]);
  return made;
}

export function make(surface: Surface): Renderer {
  const { frame, top } = surface;
  const box = document.createElement("div"), pen = top.getContext("2d") as CanvasRenderingContext2D;
  box.className = "webgl";
  frame.prepend(box);
  let picture: Picture, camera: Camera = { x: 0, y: 0, k: 1 }, sigma: Sigma | null = null, middle = { x: 0, y: 0, size: 1 };
  let width = 0, height = 0, ratio = 1, waiting = 0, pointed = -1;
  const faint = (): number => Math.max(0.2, Math.min(0.8, 2400 / Math.max(1, picture.scene.links.length)));
  const focus = (): number => (picture.lit ? picture.chosen : picture.scene.centre);

  const nodeStyle = (node: string): object => {
    const { graph, paints, lit } = picture, i = Number(node), colour = paints.kinds[graph.things.kind[i]];
    return { size: surface.radius(graph, i, 1), color: lit && !lit.has(i) ? over(colour, paints.paper, 0.22) : colour, zIndex: lit?.has(i) ? 1 : 0 };
  };
  const linkStyle = (link: string): object => {
    const { from, to } = picture.graph.links, { paints } = picture, i = Number(link), centre = focus();
    const bright = centre >= 0 && (from[i] === centre || to[i] === centre);
    return bright ? { type: "bold", size: 1.4, color: over(paints.accent, paints.paper, picture.lit ? 0.85 : 0.45), zIndex: 1 }
      : { type: "line", size: 1, color: over(paints.line, paints.paper, centre >= 0 ? 0.32 : faint()), zIndex: 0 };
  };

  function begin(): Sigma {
    const made = new Sigma(graphOf(picture), box, {
      allowInvalidContainer: true, renderLabels: false, zIndex: true, stagePadding: 0, itemSizesReference: "screen",
      zoomToSizeRatioFunction: () => 1 / surface.scaleOf(camera.k), defaultNodeType: "shape", defaultEdgeType: "line",
      nodeProgramClasses: { shape: ShapeProgram as never }, edgeProgramClasses: { line: EdgeLineProgram, bold: EdgeRectangleProgram },
      nodeReducer: (node, data) => ({ ...data, ...nodeStyle(node) }), edgeReducer: (link) => linkStyle(link),
    });
    for (const layer of Object.values(made.getCanvases())) layer.addEventListener("webglcontextlost", surface.lost);
    return made;
  }

  /** Sigma stretches a square of the graph over the smaller side of its box; so our scale is its ratio. */
  function aim(): void {
    if (!sigma) return;
    const side = Math.min(width, height) || 1;
    sigma.getCamera().setState({
      x: (camera.x - middle.x) / middle.size + 0.5, y: (middle.y - camera.y) / middle.size + 0.5, angle: 0, ratio: side / (camera.k * middle.size),
    });
  }

  function names(): void {
    waiting = 0;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    surface.outline(pen, width, height, picture, camera);
    if (pointed >= 0) surface.emphasise(pen, width, height, picture, camera, pointed);
  }

  return {
    name: "webgl", most: { nodes: 20000, links: 80000, moved: 20000 },
    show(next, from, wide, high, dense) {
      const other = !picture || next.scene !== picture.scene;
      picture = next; camera = { ...from }; pointed = -1; width = wide; height = high; ratio = dense;
      top.width = Math.round(wide * dense); top.height = Math.round(high * dense);
      if (other) {
        const { scene } = picture, xs = scene.nodes.map((i) => scene.x[i]), ys = scene.nodes.map((i) => scene.y[i]);
        const range = (all: number[]): [number, number] => all.reduce(([a, b], c) => [Math.min(a, c), Math.max(b, c)], [Infinity, -Infinity]);
        const [x0, x1] = xs.length ? range(xs) : [0, 1], [y0, y1] = ys.length ? range(ys) : [0, 1];
        middle = { x: (x0 + x1) / 2, y: (y0 + y1) / 2, size: Math.max(x1 - x0, y1 - y0, 1) };
        if (sigma) sigma.setGraph(graphOf(picture)); else sigma = begin();
        const half = middle.size / 2;
        sigma.setCustomBBox({ x: [middle.x - half, middle.x + half], y: [-middle.y - half, -middle.y + half] });
      }
      aim();
      sigma?.refresh();
      names();
    },
    move(next) { camera = { ...next }; pointed = -1; aim(); waiting ||= requestAnimationFrame(names); },
    shift(thing) {
      sigma?.getGraph().mergeNodeAttributes(thing, { x: picture.scene.x[thing], y: -picture.scene.y[thing] });
      waiting ||= requestAnimationFrame(names);
    },
    point(thing) {
      if (thing === pointed) return;
      pointed = thing;
      waiting ||= requestAnimationFrame(names);
    },
    destroy() { cancelAnimationFrame(waiting); sigma?.kill(); box.remove(); },
  };
}

(window as unknown as { eldercareWebgl: typeof make }).eldercareWebgl = make;
