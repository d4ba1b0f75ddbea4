/** What the network shows now: which things and links, and where they stand. */

import { Graph, KIND } from "./data";
import { Sieve } from "./filters";
import { Most } from "./renderer";

export interface Scene {
  /** Those with most links first. */
  nodes: number[]; links: number[]; x: Float32Array; y: Float32Array; has: Uint8Array;
  /** Links, and things, there are, when not all of them are drawn. */
  whole: number; things: number; centre: number; radial: boolean;
}

const MOST_RADIAL = 240;

/** All that is let through, up to what can be drawn; `tall` turns the map, which is wider than high, for a tall window. */
export function whole(graph: Graph, through: Sieve, areas: boolean, chosen: number, most: Most, tall: boolean): Scene {
  const { things, links } = graph;
  const has = new Uint8Array(graph.size);
  let nodes: number[] = [];
  for (let i = 0; i < graph.size; i++) {
    if (through.fits(i) && (areas || things.kind[i] !== KIND.area)) { has[i] = 1; nodes.push(i); }
  }
  nodes.sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
  const fitting = nodes.length;
  if (fitting > most.nodes) {
    const near = new Set([chosen]);
    if (chosen >= 0) for (let k = graph.starts[chosen]; k < graph.starts[chosen + 1]; k++) { near.add(links.from[graph.around[k]]); near.add(links.to[graph.around[k]]); }
    nodes = nodes.filter((one, i) => i < most.nodes || near.has(one));
    has.fill(0);
    for (const one of nodes) has[one] = 1;
  }
  const found: number[] = [];
  for (let i = 0; i < links.from.length; i++) {
    if (has[links.from[i]] && has[links.to[i]] && through.allows(i) && (areas || !graph.where.has(links.relation[i]))) found.push(i);
  }
  const all = found.length;
  if (all > most.links) {
    const weight = (i: number): number => graph.degree[links.from[i]] + graph.degree[links.to[i]];
    found.sort((a, b) => weight(b) - weight(a) || a - b);
    found.length = most.links;
  }
  const [x, y] = tall ? [things.y, things.x] : [things.x, things.y];
  return { nodes, links: found, x: Float32Array.from(x), y: Float32Array.from(y), has, whole: all, things: fitting, centre: -1, radial: false };
}

/** One thing in the middle, its neighbours on a ring, theirs on a second one behind them. */
export function ring(graph: Graph, through: Sieve, centre: number, hops: number, areas: boolean): Scene {
  const { links, things } = graph;
  const x = Float32Array.from(things.x), y = Float32Array.from(things.y), has = new Uint8Array(graph.size);
  const next = (thing: number): number[] => {
    const found = new Set<number>();
    for (let k = graph.starts[thing]; k < graph.starts[thing + 1]; k++) {
      const i = graph.around[k], other = links.from[i] === thing ? links.to[i] : links.from[i];
      if (has[other] || !through.fits(other) || !through.allows(i)) continue;
      const where = graph.where.has(links.relation[i]);
      if (where && !areas && things.kind[thing] !== KIND.area) continue;
      if (things.kind[other] === KIND.area && !areas) continue;
      found.add(other);
    }
    return [...found].sort((a, b) => things.kind[a] - things.kind[b] || graph.degree[b] - graph.degree[a] || a - b);
  };
  has[centre] = 1;
  const nodes = [centre];
  const first = next(centre).slice(0, MOST_RADIAL);
  for (const one of first) { has[one] = 1; nodes.push(one); }
  const radius = Math.max(150, (first.length * 34) / (2 * Math.PI));
  x[centre] = 0; y[centre] = 0;
  const second: [number, number][] = [];
  if (hops > 1) {
    for (const one of first) {
      for (const other of next(one)) {
        if (nodes.length >= MOST_RADIAL * 2) break;
        has[other] = 1; nodes.push(other); second.push([one, other]);
      }
    }
  }
  let turn = 0;
  const outer = Math.max(radius + 170, ((second.length + first.length) * 30) / (2 * Math.PI));
  const slots = second.length + first.length;
  for (const one of first) {
    const mine = second.filter(([parent]) => parent === one).map(([, other]) => other);
    const width = hops > 1 ? (2 * Math.PI * (mine.length + 1)) / slots : (2 * Math.PI) / first.length;
    const angle = -Math.PI / 2 + turn + width / 2;
    x[one] = radius * Math.cos(angle); y[one] = radius * Math.sin(angle);
    mine.forEach((other, i) => {
      const at = -Math.PI / 2 + turn + (width * (i + 1)) / (mine.length + 1);
      x[other] = outer * Math.cos(at); y[other] = outer * Math.sin(at);
    });
    turn += width;
  }
  nodes.sort((a, b) => graph.degree[b] - graph.degree[a] || a - b);
  const found: number[] = [];
  for (const one of nodes) {
    for (let k = graph.starts[one]; k < graph.starts[one + 1]; k++) {
      const i = graph.around[k];
      if (links.from[i] === one && has[links.to[i]] && through.allows(i) && (areas || !graph.where.has(links.relation[i]) || one === centre || links.to[i] === centre)) found.push(i);
    }
  }
  return { nodes, links: found, x, y, has, whole: found.length, things: nodes.length, centre, radial: true };
}
