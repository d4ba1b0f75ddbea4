/** The network view: a canvas to pan, zoom and pick from, its range, its legend, its pictures. */

import { Camera, colours, labels, nearest, paint, radius } from "./canvas";
import { Graph, KIND } from "./data";
import { clean, h, s, save } from "./dom";
import { sieve } from "./filters";
import { nameOfThing } from "./pieces";
import { Scene, ring, whole } from "./scene";
import { outline, sign } from "./shapes";
import { go, state } from "./state";
import { plain, w } from "./words";

/** In larger scenes a drag moves the map and never a single thing: each step would draw all anew. */
const MOST_MOVED = 2000;

export interface NetworkView { box: HTMLElement; draw(): void }

export function makeNetwork(graph: Graph): NetworkView {
  const canvas = h("canvas", { tabindex: 0, role: "application" });
  const note = h("p", { class: "note netnote", role: "status" });
  const tip = h("div", { class: "tip", hidden: true });
  const range = h("select", { onchange: () => go({ hops: range.value }, false) });
  const legend = h("ul", { class: "legend" });
  const bar = h("div", { class: "toolbar" });
  const frame = h("div", { class: "frame" }, canvas, tip, legend);
  const box = h("div", { class: "network" }, bar, frame, note);
  const pen = canvas.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  const under = document.createElement("canvas"), base = under.getContext("2d", { alpha: false }) as CanvasRenderingContext2D;
  let width = 0, height = 0, scene: Scene | null = null, key = "", timer = 0, waiting = 0, cost = 0, kept = false, moved = false;
  let camera: Camera = { x: 0, y: 0, k: 1 }, drawn: Camera = { ...camera };
  const chosen = (): number => graph.byKey.get(state().thing) ?? -1;
  const ratio = (): number => Math.min(2, devicePixelRatio || 1);

  function build(): void {
    const now = state();
    const through = sieve(graph, now), thing = chosen();
    const areas = Boolean(now.kinds && now.kinds.split(",").includes("area")) || (thing >= 0 && graph.things.kind[thing] === KIND.area && Boolean(now.hops));
    const mine = [now.kinds, now.area, now.years, now.genre, now.off, now.sure, now.said, now.hops, now.hops || graph.size > 4000 ? thing : "", areas].join("|");
    if (mine === key && scene) return;
    const steady = scene && !scene.radial && !now.hops && mine.replace(/\|[^|]*(\|[^|]*)$/, "$1") === key.replace(/\|[^|]*(\|[^|]*)$/, "$1");
    key = mine;
    scene = now.hops && thing >= 0 ? ring(graph, through, thing, Number(now.hops), areas) : whole(graph, through, areas, thing);
    kept = Boolean(steady);
    if (!kept) moved = false;
  }

  function fit(): void {
    if (!scene || !scene.nodes.length) return;
    const xs = scene.nodes.map((i) => scene!.x[i]).sort((a, b) => a - b), ys = scene.nodes.map((i) => scene!.y[i]).sort((a, b) => a - b);
    const cut = scene.radial || xs.length < 60 ? 0 : Math.floor(xs.length * 0.015);
    const [x0, x1, y0, y1] = [xs[cut], xs[xs.length - 1 - cut], ys[cut], ys[ys.length - 1 - cut]];
    const pad = scene.radial ? Math.min(230, width * 0.24) : 50;
    const k = Math.min((width - 2 * pad) / Math.max(x1 - x0, 60), (height - 70) / Math.max(y1 - y0, 60));
    camera = { x: (x0 + x1) / 2, y: (y0 + y1) / 2, k: Math.min(scene.radial ? 1.4 : 2.4, Math.max(k, 0.02)) };
  }

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

  function repaint(): void {
    if (!scene || !width) return;
    const began = performance.now();
    base.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    paint(base, width, height, graph, scene, camera, colours(), chosen(), lit());
    drawn = { ...camera };
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(under, 0, 0);
    cost = performance.now() - began;
  }

  /** Between two repaints the last picture is moved and stretched. */
  function slide(): void {
    moved = true;
    if (!waiting) {
      waiting = requestAnimationFrame(() => {
        waiting = 0;
        const scale = camera.k / drawn.k;
        pen.setTransform(ratio(), 0, 0, ratio(), 0, 0);
        pen.fillStyle = colours().paper;
        pen.fillRect(0, 0, width, height);
        pen.drawImage(under, (drawn.x - camera.x) * camera.k + (width / 2) * (1 - scale),
          (drawn.y - camera.y) * camera.k + (height / 2) * (1 - scale), width * scale, height * scale);
      });
    }
    clearTimeout(timer);
    timer = window.setTimeout(repaint, cost > 8 ? 140 : 16);
  }

  function resize(): void {
    const wide = frame.clientWidth, high = frame.clientHeight;
    if (!wide || !high || (wide === width && high === height)) return;
    width = wide; height = high;
    for (const one of [canvas, under]) { one.width = Math.round(wide * ratio()); one.height = Math.round(high * ratio()); }
    if (!moved) fit();
    repaint();
  }

  function zoom(by: number, px = width / 2, py = height / 2): void {
    const wx = (px - width / 2) / camera.k + camera.x, wy = (py - height / 2) / camera.k + camera.y;
    camera.k = Math.min(12, Math.max(0.01, camera.k * by));
    camera.x = wx - (px - width / 2) / camera.k;
    camera.y = wy - (py - height / 2) / camera.k;
    slide();
  }

  const world = (event: PointerEvent | WheelEvent): [number, number] =>
    [(event.offsetX - width / 2) / camera.k + camera.x, (event.offsetY - height / 2) / camera.k + camera.y];
  const hands = new Map<number, PointerEvent>();
  let grip: { x: number; y: number; cx: number; cy: number; node: number; far: boolean; span: number } | null = null;
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    hands.set(event.pointerId, event);
    const node = scene ? nearest(graph, scene, camera, ...world(event)) : -1;
    grip = { x: event.offsetX, y: event.offsetY, cx: camera.x, cy: camera.y, node, far: false, span: 0 };
  };
  canvas.onpointermove = (event) => {
    if (hands.has(event.pointerId)) hands.set(event.pointerId, event);
    if (!grip || !scene) { hover(event); return; }
    if (hands.size === 2) {
      const [a, b] = [...hands.values()];
      const span = Math.hypot(a.offsetX - b.offsetX, a.offsetY - b.offsetY);
      if (grip.span) zoom(span / grip.span, (a.offsetX + b.offsetX) / 2, (a.offsetY + b.offsetY) / 2);
      grip.span = span; grip.far = true;
      return;
    }
    const dx = event.offsetX - grip.x, dy = event.offsetY - grip.y;
    if (!grip.far && Math.hypot(dx, dy) < 4) return;
    grip.far = true;
    if (grip.node >= 0 && scene.nodes.length < MOST_MOVED) {
      [scene.x[grip.node], scene.y[grip.node]] = world(event);
      moved = true;
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => { waiting = 0; repaint(); });
    } else {
      camera.x = grip.cx - dx / camera.k; camera.y = grip.cy - dy / camera.k;
      slide();
    }
  };
  const drop = (event: PointerEvent): void => {
    hands.delete(event.pointerId);
    const was = grip;
    if (!hands.size) grip = null;
    if (was && !was.far && event.type === "pointerup") {
      if (was.node >= 0) go({ thing: graph.things.key[was.node] });
      else if (state().thing) go({ thing: "" });
    }
  };
  canvas.onpointerup = drop;
  canvas.onpointercancel = drop;
  canvas.onpointerleave = () => { tip.hidden = true; };
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 320), event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.ondblclick = () => { if (chosen() >= 0) go({ hops: state().hops === "1" ? "2" : "1" }); };

  function hover(event: PointerEvent): void {
    const node = scene ? nearest(graph, scene, camera, ...world(event)) : -1;
    canvas.style.cursor = node >= 0 ? "pointer" : "grab";
    tip.hidden = node < 0;
    if (node < 0) return;
    tip.textContent = clean(nameOfThing(graph, node));
    tip.style.left = `${Math.min(event.offsetX + 14, width - 240)}px`;
    tip.style.top = `${event.offsetY + 16}px`;
  }

  /** From the chosen thing to the next one in the direction of an arrow. */
  function step(dx: number, dy: number): void {
    const thing = chosen();
    if (thing < 0 || !scene || !scene.has[thing]) { camera.x += (dx * 80) / camera.k; camera.y += (dy * 80) / camera.k; slide(); return; }
    let best = -1, least = Infinity;
    for (const i of scene.nodes) {
      const ax = scene.x[i] - scene.x[thing], ay = scene.y[i] - scene.y[thing];
      const along = ax * dx + ay * dy, across = Math.abs(ax * dy - ay * dx);
      if (i !== thing && along > 0 && along + 2 * across < least && across <= along * 1.2) { least = along + 2 * across; best = i; }
    }
    if (best >= 0) go({ thing: graph.things.key[best] });
  }
  canvas.onkeydown = (event) => {
    const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (arrows[event.key]) step(...arrows[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") { fit(); repaint(); }
    else if (event.key === "Enter" && chosen() >= 0) document.getElementById("cardname")?.focus();
    else return;
    event.preventDefault();
  };

  function picture(): SVGElement {
    const paints = colours(), k = camera.k, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
    const made = s("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + 28, viewBox: `0 0 ${width} ${height + 28}`, "font-family": "sans-serif" },
      s("rect", { width, height: height + 28, fill: paints.paper }));
    if (!scene) return made;
    const inside = (i: number): boolean => { const px = scene!.x[i] * k + ox, py = scene!.y[i] * k + oy; return px > 0 && px < width && py > 0 && py < height; };
    const paths = scene.links.filter((i) => inside(graph.links.from[i]) || inside(graph.links.to[i])).slice(0, 5000).map((i) => {
      const a = graph.links.from[i], b = graph.links.to[i];
      return `M${(scene!.x[a] * k + ox).toFixed(1)} ${(scene!.y[a] * k + oy).toFixed(1)}L${(scene!.x[b] * k + ox).toFixed(1)} ${(scene!.y[b] * k + oy).toFixed(1)}`;
    });
    made.append(s("path", { d: paths.join(""), stroke: paints.line, fill: "none" }));
    for (const i of scene.nodes.filter(inside).slice(0, 5000)) {
      const kind = graph.things.kind[i];
      made.append(s("path", { d: outline(kind, scene.x[i] * k + ox, scene.y[i] * k + oy, radius(graph, i, k)), fill: paints.kinds[kind] }, s("title", {}, nameOfThing(graph, i))));
    }
    for (const label of labels(pen, width, height, graph, scene, camera, paints, chosen(), lit())) {
      made.append(s("text", { x: label.x.toFixed(1), y: (label.y + 4).toFixed(1), "font-size": 12, fill: paints.ink, stroke: paints.paper, "stroke-width": 3, "paint-order": "stroke" }, label.text));
    }
    made.append(s("text", { x: 12, y: height + 18, "font-size": 12, fill: paints.soft }, caption()));
    return made;
  }

  const caption = (): string => `${graph.title} · ${graph.kinds.slice(0, 5).map((name) => w(name)).join(" ")} · ${graph.made.recipe}`;

  function savePng(): void {
    const sheet = document.createElement("canvas");
    sheet.width = canvas.width; sheet.height = canvas.height + Math.round(28 * ratio());
    const ink = sheet.getContext("2d") as CanvasRenderingContext2D, paints = colours();
    repaint();
    ink.fillStyle = paints.paper;
    ink.fillRect(0, 0, sheet.width, sheet.height);
    ink.drawImage(under, 0, 0);
    ink.fillStyle = paints.soft;
    ink.font = `${12 * ratio()}px ${paints.font}`;
    ink.fillText(caption(), 12 * ratio(), canvas.height + 18 * ratio());
    sheet.toBlob((blob) => { if (blob) save(`${graph.title}.png`, [blob], "image/png"); });
  }

  function tools(): void {
    const thing = chosen(), value = thing < 0 ? "" : state().hops;
    range.replaceChildren(...[["", "hopsAll"], ["1", "hops1"], ["2", "hops2"]].map(([v, name]) =>
      h("option", { value: v, disabled: v !== "" && thing < 0 }, w(name))));
    range.value = value;
    range.setAttribute("aria-label", w("hops"));
    const button = (name: string, sign: string, run: () => void): HTMLElement =>
      h("button", { type: "button", class: "plain", title: w(name), "aria-label": w(name), onclick: run }, sign);
    bar.replaceChildren(h("label", {}, `${w("hops")} `, range),
      button("zoomIn", "+", () => zoom(1.3)), button("zoomOut", "−", () => zoom(1 / 1.3)),
      button("fit", w("fit"), () => { moved = false; fit(); repaint(); }),
      h("span", { class: "gap" }),
      button("png", w("png"), savePng),
      button("svg", w("svg"), () => save(`${graph.title}.svg`, [new XMLSerializer().serializeToString(picture())], "image/svg+xml")));
    legend.replaceChildren(...graph.kinds.slice(0, 5).map((name, kind) => h("li", {}, sign(kind), w(name))));
    canvas.setAttribute("aria-label", w("netLabel"));
  }

  function draw(): void {
    const before = scene;
    build();
    tools();
    resize();
    if (scene !== before && !kept) fit();
    const thing = chosen();
    if (thing >= 0 && scene && scene.has[thing] && !scene.radial) {
      const px = (scene.x[thing] - camera.x) * camera.k + width / 2, py = (scene.y[thing] - camera.y) * camera.k + height / 2;
      if (px < 40 || px > width - 40 || py < 40 || py > height - 40) { camera.x = scene.x[thing]; camera.y = scene.y[thing]; }
    }
    repaint();
    if (scene) {
      note.textContent = !scene.nodes.length ? w("empty") : w("shown", plain(scene.nodes.length), plain(scene.links.length))
        + (scene.things > scene.nodes.length ? ` · ${w("most", plain(scene.things))}` : "") + (scene.whole > scene.links.length ? ` · ${w("sampled", plain(scene.links.length), plain(scene.whole))}` : "");
    }
  }
  new ResizeObserver(() => resize()).observe(frame);
  return { box, draw };
}
