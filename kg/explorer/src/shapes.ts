/** A shape for each kind of thing, so that colour is never alone in telling them apart. */

import { s } from "./dom";

export const COLOURS = ["agency", "document", "program", "count", "proposal", "area"];

type Pen = Pick<CanvasRenderingContext2D, "moveTo" | "lineTo" | "arc" | "closePath">;

const POLYGONS: Record<number, [number, number][]> = {
  1: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  2: [[0, -1.15], [1.06, 0.72], [-1.06, 0.72]],
  3: [[0, -1.2], [1.05, 0], [0, 1.2], [-1.05, 0]],
  4: [[0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0], [-0.55, -0.95]],
  5: [[0, -1.15], [1.1, -0.36], [0.68, 0.93], [-0.68, 0.93], [-1.1, -0.36]],
};

export function trace(pen: Pen, kind: number, x: number, y: number, r: number): void {
  const corners = POLYGONS[kind];
  if (!corners) { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 2 * Math.PI); return; }
  corners.forEach(([dx, dy], i) => { if (i) pen.lineTo(x + dx * r, y + dy * r); else pen.moveTo(x + dx * r, y + dy * r); });
  pen.closePath();
}

export function outline(kind: number, x: number, y: number, r: number): string {
  const corners = POLYGONS[kind];
  const f = (value: number): string => value.toFixed(1);
  if (!corners) return `M${f(x - r)} ${f(y)}a${f(r)} ${f(r)} 0 1 0 ${f(2 * r)} 0a${f(r)} ${f(r)} 0 1 0 ${f(-2 * r)} 0Z`;
  return corners.map(([dx, dy], i) => `${i ? "L" : "M"}${f(x + dx * r)} ${f(y + dy * r)}`).join("") + "Z";
}

/** The small sign before a name. */
export function sign(kind: number): SVGElement {
  return s("svg", { viewBox: "0 0 16 16", class: `sign k${kind}`, "aria-hidden": "true" },
    s("path", { d: outline(kind, 8, 8, 5.6) }));
}
