/** The network view: its scene, its tools, and whichever renderer draws it. */

import { canvasRenderer, colours } from "./canvas";
import { Graph, KIND, element } from "./data";
import { clean, h } from "./dom";
import { sieve } from "./filters";
import { Stage, takeHands, zoom } from "./hands";
import { emphasise, outline, radius, scaleOf } from "./labels";
import { savePng, saveSvg } from "./pictures";
import { copy, nameOfThing } from "./pieces";
import { Camera, MakeRenderer, Picture, Renderer, Surface, anyWebgl, hardware } from "./renderer";
import { saveGraphml, saveLinks, saveThings, saveTurtle } from "./saves";
import { Scene, ring, whole } from "./scene";
import { sign } from "./shapes";
import { go, link, state } from "./state";
import { plain, w } from "./words";

/** So much of the picture's foot the legend covers. */
const LEGEND = 44;

export interface NetworkView { box: HTMLElement; draw(): Promise<void> }

/** A renderer for this machine, or the one that the address asks for. */
async function choose(surface: Surface, given: string): Promise<Renderer> {
  if (given === "webgl" ? anyWebgl() : given !== "canvas" && hardware()) {
    try {
      const code = await element("webgl");
      if (code) document.head.append(h("script", {}, new Text(code)));
      const make = (window as unknown as { eldercareWebgl?: MakeRenderer }).eldercareWebgl;
      if (make) return make(surface);
    } catch { /* no WebGL after all: the canvas will do */ }
  }
  return canvasRenderer(surface);
}

/** What the scene is made of: when it stays, so does the scene. */
function keyOf(graph: Graph, thing: number, areas: boolean, drawn: string): [string, string] {
  const now = state();
  const sieved = [now.kinds, now.area, now.years, now.genre, now.level, now.off, now.sure, now.said, now.hops, drawn].join("|");
  return [sieved, `${now.hops || graph.size > 4000 ? thing : ""}|${areas}`];
}

export function makeNetwork(graph: Graph): NetworkView {
  const canvas = h("canvas", { tabindex: 0, role: "application" });
  const note = h("p", { class: "note netnote", role: "status" });
  const tip = h("div", { class: "tip", hidden: true });
  const legend = h("ul", { class: "legend" }), bar = h("div", { class: "toolbar" });
  const frame = h("div", { class: "frame" }, canvas, tip, legend);
  const box = h("div", { class: "network" }, bar, frame, note);
  const camera: Camera = { x: 0, y: 0, k: 1 };
  let width = 0, height = 0, scene: Scene | null = null, keys: [string, string] = ["", ""], placed = false;
  let renderer: Renderer | null = null, asked = "", pointed = -1;
  const chosen = (): number => graph.byKey.get(state().thing) ?? -1;
  const ratio = (): number => Math.min(2, devicePixelRatio || 1);

  function build(drawing: Renderer): boolean {
    const now = state(), thing = chosen();
    const areas = now.kinds.split(",").includes("area") || (thing >= 0 && graph.things.kind[thing] === KIND.area && Boolean(now.hops));
    const tall = frame.clientHeight > 1.1 * frame.clientWidth;
    const next = keyOf(graph, thing, areas, `${drawing.name}${tall}`);
    if (scene && next[0] === keys[0] && next[1] === keys[1]) return false;
    const steady = scene && !scene.radial && !now.hops && next[0] === keys[0];
    keys = next;
    const through = sieve(graph, now);
    scene = now.hops && thing >= 0 ? ring(graph, through, thing, Number(now.hops), areas) : whole(graph, through, areas, thing, drawing.most, tall);
    if (!steady) placed = false;
    return !steady;
  }

  function fit(): void {
    if (!scene || !scene.nodes.length) return;
    const { x, y, nodes, radial } = scene;
    const xs = nodes.map((i) => x[i]).sort((a, b) => a - b), ys = nodes.map((i) => y[i]).sort((a, b) => a - b);
    const cut = radial || xs.length < 2000 ? 0 : Math.floor(xs.length * 0.01), last = xs.length - 1 - cut;
    const pad = radial ? Math.min(230, width * 0.24) : 50;
    const k = Math.min((width - 2 * pad) / Math.max(xs[last] - xs[cut], 60), (height - 70 - LEGEND) / Math.max(ys[last] - ys[cut], 60));
    camera.x = (xs[cut] + xs[last]) / 2; camera.y = (ys[cut] + ys[last]) / 2;
    camera.k = Math.min(radial ? 1.4 : 2.4, Math.max(k, 0.02));
    camera.y += LEGEND / 2 / camera.k;
  }

  /** The chosen thing and its neighbours; null when nothing is chosen, or all that is shown is about it. */
  function lit(): Set<number> | null {
    const thing = chosen();
    if (thing < 0 || !scene || !scene.has[thing] || scene.radial) return null;
    const found = new Set([thing]);
    for (const i of scene.links) {
      if (graph.links.from[i] === thing) found.add(graph.links.to[i]);
      if (graph.links.to[i] === thing) found.add(graph.links.from[i]);
    }
    return found;
  }

  const picture = (): Picture => ({ graph, scene: scene as Scene, paints: colours(), chosen: chosen(), lit: lit() });
  const show = (): void => {
    if (!scene || !width || !renderer) return;
    try { renderer.show(picture(), camera, width, height, ratio()); } catch (error) {
      if (renderer.name === "canvas") throw error;
      surface.lost();
    }
  };

  function resize(): void {
    const wide = frame.clientWidth, high = frame.clientHeight;
    if (!wide || !high || (wide === width && high === height)) return;
    width = wide; height = high;
    if (!placed) fit();
    show();
  }

  const stage: Stage = {
    camera, scene: () => scene, width: () => width, height: () => height, chosen, mostMoved: () => renderer?.most.moved ?? 0,
    moved: () => { placed = true; tip.hidden = true; pointed = -1; renderer?.move(camera); },
    shifted: (thing) => { placed = true; renderer?.shift(thing); },
    fit: () => { placed = false; fit(); show(); },
    pick: (thing) => { if (thing >= 0) go({ thing: graph.things.key[thing] }); else if (state().thing) go({ thing: "" }); },
    point: (thing) => {
      if (thing === pointed) return;
      pointed = thing;
      tip.hidden = thing < 0;
      renderer?.point(thing);
      if (thing < 0) return;
      const { kind, number } = graph.things;
      tip.replaceChildren(sign(kind[thing]), h("div", {}, clean(nameOfThing(graph, thing)), h("small", {}, [number[thing], w("ties", plain(graph.degree[thing]))].filter(Boolean).join(" · "))));
    },
  };
  takeHands(graph, canvas, stage);
  canvas.ondblclick = () => { if (chosen() >= 0) go({ hops: state().hops === "1" ? "2" : "1" }); };

  function tools(): void {
    const thing = chosen();
    const range = h("select", { "aria-label": w("hops"), onchange: () => go({ hops: range.value }, false) },
      ...[["", "hopsAll"], ["1", "hops1"], ["2", "hops2"]].map(([v, name]) => h("option", { value: v, disabled: v !== "" && thing < 0 }, w(name))));
    range.value = thing < 0 ? "" : state().hops;
    const button = (name: string, words: string, run: () => void): HTMLElement =>
      h("button", { type: "button", class: "plain", title: w(name), "aria-label": w(name), onclick: run }, words);
    const save = (name: string, run: (found: Scene) => void): HTMLElement =>
      h("li", {}, h("button", { type: "button", "data-save": name, onclick: () => { menu.open = false; (menu.firstElementChild as HTMLElement).focus(); if (scene) run(scene); } }, w(name)));
    const view = (): Parameters<typeof savePng>[0] => ({ picture: picture(), camera, width, height });
    const menu: HTMLDetailsElement = h("details", { class: "menu" }, h("summary", { class: "plain" }, w("save")), h("ul", {},
      save("png", () => savePng(view())), save("svg", () => saveSvg(view())),
      save("csvThings", (found) => saveThings(graph, found.nodes)), save("csvLinks", (found) => saveLinks(graph, found.links)),
      save("turtle", (found) => saveTurtle(graph, found.nodes, found.links)), save("graphml", (found) => saveGraphml(graph, found.nodes, found.links)),
      save("copyLink", () => void copy(location.href.replace(/#.*$/, "") + link({}), menu.firstElementChild as HTMLElement))));
    menu.onkeydown = (event) => { if (event.key === "Escape" && menu.open) { menu.open = false; (menu.firstElementChild as HTMLElement).focus(); event.stopPropagation(); } };
    bar.replaceChildren(h("label", {}, h("span", {}, `${w("hops")} `), range),
      button("zoomIn", "+", () => zoom(stage, 1.3)), button("zoomOut", "−", () => zoom(stage, 1 / 1.3)), button("fit", w("fit"), stage.fit),
      h("span", { class: "gap" }), menu);
    legend.replaceChildren(...graph.kinds.slice(0, 5).map((name, kind) => h("li", {}, sign(kind), w(name))));
    canvas.setAttribute("aria-label", w("netLabel"));
  }

  function tell(): void {
    if (!scene) return;
    const parts = [w("shown", plain(scene.nodes.length), plain(scene.links.length))];
    if (scene.things > scene.nodes.length) parts.push(w("most", plain(scene.things)));
    if (scene.whole > scene.links.length) parts.push(w("sampled", plain(scene.links.length), plain(scene.whole)));
    note.textContent = scene.nodes.length ? parts.join(" · ") : w("empty");
  }

  const surface: Surface = { frame, top: canvas, radius, scaleOf, outline, emphasise, lost: () => {
    if (renderer?.name !== "webgl") return;
    try { renderer.destroy(); } finally { renderer = canvasRenderer(surface); void draw(); }
  } };

  async function draw(): Promise<void> {
    if (!renderer || asked !== state().draw) {
      renderer?.destroy();
      asked = state().draw;
      renderer = await choose(surface, asked);
    }
    frame.dataset.renderer = renderer.name;
    const other = build(renderer);
    tools();
    resize();
    if (other) fit();
    const thing = chosen();
    if (thing >= 0 && scene && scene.has[thing] && !scene.radial) {
      const px = (scene.x[thing] - camera.x) * camera.k + width / 2, py = (scene.y[thing] - camera.y) * camera.k + height / 2;
      if (px < 40 || px > width - 40 || py < 40 || py > height - 40) { camera.x = scene.x[thing]; camera.y = scene.y[thing]; }
    }
    show();
    tell();
  }
  new ResizeObserver(() => resize()).observe(frame);
  document.fonts?.addEventListener("loadingdone", () => { if (frame.isConnected) show(); });
  return { box, draw };
}
