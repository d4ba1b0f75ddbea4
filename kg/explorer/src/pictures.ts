/** The network as a file: PNG and SVG of what is in sight, with the legend and where it comes from. */

import { lay } from "./canvas";
import { h, s, save } from "./dom";
import { labels, outline as drawNames, radius } from "./labels";
import { nameOfThing } from "./pieces";
import { Sheet } from "./raster";
import { Camera, Picture } from "./renderer";
import { outline, trace } from "./shapes";
import { w } from "./words";

export interface View { picture: Picture; camera: Camera; width: number; height: number }

const FOOT = 34;
/** More marks than these no drawing program opens with pleasure. */
const MOST = 5000;

const source = ({ graph }: Picture): string => `${graph.title} · ${w("build")} ${graph.made.recipe}`;

/** The legend: where each sign stands and what it means. */
function legend({ graph }: Picture): { kind: number; x: number; name: string }[] {
  let x = 18;
  return graph.kinds.slice(0, 5).map((kind, i) => {
    const one = { kind: i, x, name: w(kind) };
    x += 26 + Array.from(w(kind)).reduce((sum, letter) => sum + (letter > "\u00ff" ? 12 : 7), 0);
    return one;
  });
}

export function saveSvg({ picture, camera, width, height }: View): void {
  const { graph, scene, paints } = picture;
  const { k } = camera, ox = width / 2 - camera.x * k, oy = height / 2 - camera.y * k;
  const px = (i: number): number => scene.x[i] * k + ox, py = (i: number): number => scene.y[i] * k + oy;
  const inside = (i: number): boolean => px(i) > 0 && px(i) < width && py(i) > 0 && py(i) < height;
  const made = s("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: height + FOOT, viewBox: `0 0 ${width} ${height + FOOT}`, "font-family": "Noto Sans SC, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif" },
    s("title", {}, source(picture)), s("rect", { width, height: height + FOOT, fill: paints.paper }));
  const links = scene.links.filter((i) => inside(graph.links.from[i]) || inside(graph.links.to[i]));
  const nodes = scene.nodes.filter(inside);
  made.append(s("path", {
    d: links.slice(0, MOST).map((i) => [graph.links.from[i], graph.links.to[i]].map((one, end) => `${end ? "L" : "M"}${px(one).toFixed(1)} ${py(one).toFixed(1)}`).join("")).join(""),
    stroke: paints.line, fill: "none",
  }));
  for (const i of nodes.slice(0, MOST)) {
    const kind = graph.things.kind[i];
    made.append(s("path", { d: outline(kind, px(i), py(i), radius(graph, i, k)), fill: paints.kinds[kind] }, s("title", {}, nameOfThing(graph, i))));
  }
  const pen = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  for (const label of labels(pen, width, height, picture, camera)) {
    made.append(s("text", { x: label.x.toFixed(1), y: (label.y + 4).toFixed(1), "font-size": 12, fill: paints.ink, stroke: paints.paper, "stroke-width": 3, "paint-order": "stroke" }, label.text));
  }
  for (const { kind, x, name } of legend(picture)) {
    made.append(s("path", { d: outline(kind, x, height + 17, 5), fill: paints.kinds[kind] }), s("text", { x: x + 9, y: height + 21, "font-size": 12, fill: paints.soft }, name));
  }
  const cut = links.length > MOST || nodes.length > MOST ? ` · ${w("sampled", Math.min(MOST, links.length), links.length)}` : "";
  made.append(s("text", { x: width - 12, y: height + 21, "font-size": 12, "text-anchor": "end", fill: paints.soft }, source(picture) + cut));
  save(`${graph.title}.svg`, [new XMLSerializer().serializeToString(made)], "image/svg+xml");
}

/** Twice as fine as the screen, so that it prints. */
export function savePng({ picture, camera, width, height }: View): void {
  const { graph, paints } = picture, fine = 2;
  const sheet = h("canvas");
  sheet.width = width * fine; sheet.height = (height + FOOT) * fine;
  const pen = sheet.getContext("2d") as CanvasRenderingContext2D;
  const laid = new Sheet(width * fine, height * fine);
  lay(laid, picture, camera, fine);
  pen.putImageData(laid.image, 0, 0);
  pen.scale(fine, fine);
  drawNames(pen, width, height, picture, camera);
  pen.fillStyle = paints.paper;
  pen.fillRect(0, height, width, FOOT);
  pen.font = `12px ${paints.font}`;
  pen.textBaseline = "middle";
  for (const { kind, x, name } of legend(picture)) {
    pen.beginPath();
    trace(pen, kind, x, height + 17, 5);
    pen.fillStyle = paints.kinds[kind];
    pen.fill();
    pen.fillStyle = paints.soft;
    pen.fillText(name, x + 9, height + 17);
  }
  pen.textAlign = "right";
  pen.fillText(source(picture), width - 12, height + 17);
  sheet.toBlob((blob) => { if (blob) save(`${graph.title}.png`, [blob], "image/png"); });
}
