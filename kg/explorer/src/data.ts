/** The graph in memory: columns as the page carries them, and what is worked out from them once. */

import { gunzip } from "./inflate";

export interface Data {
  title: string;
  kinds: string[];
  things: {
    key: string[]; kind: number[]; sort: string[]; label: string[]; number: string[]; date: string[];
    published: string[]; genre: string[]; area: number[]; level: string[]; year: number[]; names: string[];
    pinyin: string[]; x: number[]; y: number[];
  };
  links: { from: number[]; to: number[]; relation: number[]; weight: number[]; sure: number[]; spans: number[][] };
  figures: {
    thing: number[]; value: string[]; lower: string[]; upper: string[]; period: string[]; said: string[];
    from: string[]; to: string[]; comparator: string[]; kind: string[]; unit: string[]; group: string[];
    places: number[][]; programs: number[][]; span: number[]; document: number[]; rule: number[]; sure: number[];
  };
  mentions: { span: number[]; thing: number[]; rule: number[]; sure: number[] };
  findings: { sort: string[]; about: number[]; things: number[][]; codes: string[][]; words: string[]; english: string[]; sure: number[]; spans: number[][] };
  texts: { key: string[]; hash: string[]; name: string[]; url: string[]; retrieved: string[]; document: number[]; length: number[] };
  spans: { text: number[]; start: number[]; end: number[] };
  rules: string[];
  relations: [string, string, string][];
  codes: Record<string, [string, string]>;
  made: { recipe: string; characters: number; base: string; prefixes: Record<string, string>; parts?: number[] };
}

export interface Graph extends Data {
  size: number;
  /** Links of thing i: around[starts[i]] to around[starts[i + 1] - 1]. */
  starts: Uint32Array;
  around: Uint32Array;
  degree: Uint32Array;
  /** The figure of a thing, -1 where it is none; the text of a document, -1 where it is not held. */
  figureOf: Int32Array;
  textOf: Int32Array;
  byKey: Map<string, number>;
  /** Relations that say where a thing belongs. */
  where: Set<number>;
  /** Things that some text names or states. */
  said: Uint8Array;
}

export const KIND = { agency: 0, document: 1, program: 2, count: 3, proposal: 4, area: 5 };
const WHERE = new Set(["ek:jurisdiction", "ek:scope", "ek:place", "ek:parentArea", "ek:withinArea"]);

const handed = new Map<string, string>(), asked = new Map<string, Promise<void>>();
(window as unknown as { eldercarePart: unknown }).eldercarePart = (parts: Record<string, string>): void => {
  for (const [name, packed] of Object.entries(parts)) handed.set(name, packed);
};

/** A file of the folder beside a large page: a script that hands its data over, which also works from a disk. */
function part(name: string): Promise<void> {
  const folder = document.documentElement.dataset.parts ?? "";
  const known = asked.get(name) ?? new Promise<void>((done, failed) => {
    const script = document.createElement("script");
    script.src = `${folder}/part-${name}.js`;
    script.onload = () => done();
    script.onerror = () => failed(new Error(`${decodeURIComponent(folder)}/part-${name}.js 不在这一页旁边 is not beside this page`));
    document.head.append(script);
  });
  asked.set(name, known);
  return known;
}

/** What an element of the page, or of the files beside it, holds, unpacked. */
export async function element(id: string, from = ""): Promise<string> {
  const here = document.getElementById(id);
  if (!here && from) await part(from);
  const packed = here?.textContent ?? handed.get(id) ?? "";
  handed.delete(id);
  if (!packed) return "";
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  if (typeof DecompressionStream === "undefined") return new TextDecoder().decode(gunzip(bytes));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

export async function load(): Promise<Graph> {
  return index(JSON.parse(await element("data", "data")) as Data);
}

export function index(data: Data): Graph {
  const size = data.things.key.length;
  const { from, to } = data.links;
  const starts = new Uint32Array(size + 1);
  for (let i = 0; i < from.length; i++) { starts[from[i] + 1]++; starts[to[i] + 1]++; }
  for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
  const next = starts.slice(0, size), around = new Uint32Array(from.length * 2);
  for (let i = 0; i < from.length; i++) { around[next[from[i]]++] = i; around[next[to[i]]++] = i; }
  const degree = new Uint32Array(size);
  for (let i = 0; i < size; i++) degree[i] = starts[i + 1] - starts[i];
  const figureOf = new Int32Array(size).fill(-1), textOf = new Int32Array(size).fill(-1);
  data.figures.thing.forEach((thing, figure) => { figureOf[thing] = figure; });
  data.texts.document.forEach((thing, text) => { if (thing >= 0 && textOf[thing] < 0) textOf[thing] = text; });
  const where = new Set<number>();
  data.relations.forEach(([name], i) => { if (WHERE.has(name)) where.add(i); });
  const said = new Uint8Array(size);
  for (const thing of data.mentions.thing) said[thing] = 1;
  data.figures.thing.forEach((thing, figure) => { if (data.figures.span[figure] >= 0) said[thing] = 1; });
  for (const thing of data.texts.document) if (thing >= 0) said[thing] = 1;
  return {
    ...data, said, size, starts, around, degree, figureOf, textOf, where,
    byKey: new Map(data.things.key.map((key, i) => [key, i])),
  };
}

const texts = new Map<number, string>();
const offsets = new Map<number, Uint32Array>();

export async function text(graph: Graph, which: number): Promise<string> {
  let found = texts.get(which);
  if (found === undefined) {
    found = await element(`text-${which}`, String(graph.made.parts?.[which] ?? ""));
    if (found.length !== graph.texts.length[which]) offsets.set(which, units(found));
    texts.set(which, found);
  }
  return found;
}

/** How many texts have been read. */
export const heldTexts = (): number => texts.size;

/** A text that has been read already, else nothing. */
export function held(which: number): string | undefined {
  return texts.get(which);
}

/** From code points to UTF-16 units: 𠮷 is one of ours and two of the browser's. */
function units(value: string): Uint32Array {
  const places: number[] = [];
  let at = 0;
  for (const letter of value) { places.push(at); at += letter.length; }
  places.push(at);
  return Uint32Array.from(places);
}

export interface Place { text: number; start: number; end: number }

/** Where a span stands, in UTF-16 units of its text; the text must have been read. */
export function place(graph: Graph, span: number): Place {
  const which = graph.spans.text[span];
  const table = offsets.get(which);
  const start = graph.spans.start[span], end = graph.spans.end[span];
  const last = table ? table.length - 1 : 0;
  return table
    ? { text: which, start: table[Math.min(start, last)], end: table[Math.min(end, last)] }
    : { text: which, start, end };
}

export interface Quote { before: string; words: string; after: string }

/** Spans of a text that stand in the same paragraph as one of it; nothing while the text is not read. */
export function paragraph(graph: Graph, span: number): { start: number; end: number } | null {
  const whole = texts.get(graph.spans.text[span]);
  if (whole === undefined) return null;
  const { start, end } = place(graph, span);
  const stop = whole.indexOf("\n", end);
  return { start: whole.lastIndexOf("\n", Math.max(start - 1, 0)) + 1, end: stop < 0 ? whole.length : stop };
}

const STOPS = "。！？；\n";

/** The sentence round a span, in three pieces; nothing while its text is not read. */
export function quote(graph: Graph, span: number): Quote | null {
  const whole = texts.get(graph.spans.text[span]);
  if (span < 0 || whole === undefined) return null;
  const { start, end } = place(graph, span);
  let left = start, right = end;
  while (left > 0 && !STOPS.includes(whole[left - 1])) left--;
  if (!STOPS.includes(whole[Math.max(end - 1, 0)])) {
    while (right < whole.length && !STOPS.includes(whole[right])) right++;
    right = Math.min(right + 1, whole.length);
  }
  return {
    before: whole.slice(left, start).replace(/^\s+/, ""),
    words: whole.slice(start, end),
    after: whole.slice(end, right).replace(/\s+$/, ""),
  };
}
