/** Finding things by what people type: names, other names, numbers in any brackets, pinyin, initials, words of a sentence. */

import { Graph, KIND, heldTexts, quote } from "./data";
import { nameOfThing } from "./pieces";
import { Best, Stack, norm, normal } from "./stack";

export interface Hit { thing: number; why: string; text: string; from: number; to: number }

/** Things already found. */
class Seen {
  private readonly of: Uint8Array;
  size = 0;

  constructor(size: number) { this.of = new Uint8Array(size); }
  has(thing: number): boolean { return this.of[thing] === 1; }
  add(thing: number): void { this.of[thing] = 1; this.size++; }
}

/** Words of a question that stand in no answer. */
const ASKING = /(?:一共|总共)?(?:有|是|花了?|付了?)?(?:多少|几个|几|哪些|什么|怎么样?|如何)(?:人|钱|件)?|[吗呢的了]/g;

type Fits = (thing: number) => boolean;

export interface Search {
  find(query: string, fits: Fits, most?: number): { hits: Hit[]; near: boolean };
  /** Get the next of the stacks ready; true while there are more. */
  warm(): boolean;
}

export function makeSearch(graph: Graph): Search {
  const { things, figures } = graph;
  let named: Stack | null = null, spelt: Stack | null = null, initials: Stack | null = null, said: Stack | null = null, saidOf = -1;
  /** What programmes and areas are called: names that people type in the middle of a question. */
  let calls: string[][] | null = null;
  const all = <T>(of: (i: number) => T): T[] => Array.from({ length: graph.size }, (_, i) => of(i));

  /** Its own name, its number, and what else it is called. */
  const names = (): Stack => (named ??= new Stack(all((i) => [things.label[i], things.number[i], ...(things.names[i] ? things.names[i].split("\n") : [])])));
  const letters = (): Stack => (spelt ??= new Stack(all((i) => [things.pinyin[i]]), (text) => text.replace(/ /g, ""), true));
  const firsts = (): Stack => (initials ??= new Stack(all((i) => [things.pinyin[i]]), (text) => text.replace(/([^ \u0001])[^ \u0001]* ?/g, "$1")));

  /** All words by which a thing may be meant when several are typed: with the sentence of a figure, once its text is read. */
  function sentences(): Stack {
    if (said && saidOf === heldTexts()) return said;
    saidOf = heldTexts();
    said = new Stack(all((i) => {
      const parts = [things.label[i], things.names[i].replace(/\n/g, "|"), things.number[i], things.date[i], things.genre[i], things.area[i] >= 0 ? things.label[things.area[i]] : ""];
      const figure = graph.figureOf[i];
      if (figure >= 0) {
        parts.push(figures.unit[figure], figures.value[figure], figures.said[figure], ...figures.programs[figure].map((one) => things.label[one]));
        const sentence = quote(graph, figures.span[figure]);
        if (sentence) parts.push(sentence.before + sentence.words + sentence.after);
      }
      return [parts.join("|")];
    }));
    return said;
  }

  /** Places come in the order of things: of each its best one is kept. */
  function gather(fits: Fits, best: Best, seen: Seen): { put(i: number, rank: number, why: string): void; end(): void } {
    let thing = -1, least = Infinity, reason = "";
    const end = (): void => {
      if (thing >= 0 && !seen.has(thing) && fits(thing)) { best.add(least, graph.degree[thing], thing, reason); seen.add(thing); }
    };
    return {
      put: (i, rank, why) => {
        if (i !== thing) { end(); thing = i; least = Infinity; }
        if (rank < least) { least = rank; reason = why; }
      },
      end,
    };
  }

  function byName(query: string, fits: Fits, best: Best, seen: Seen): void {
    const found = gather(fits, best, seen);
    names().each(query, (i, begins, ends, first) => {
      if (first) { found.put(i, begins ? (ends ? 0 : 2) : 4, "whyName"); return; }
      const number = things.number[i] ? norm(things.number[i]) : "";
      const numeral = begins && number !== "" && number.startsWith(query);
      found.put(i, numeral ? 1 : begins ? (ends ? 1 : 3) : 5, number.includes(query) ? "whyNumber" : "whyAlias");
    });
    found.end();
  }

  /** By the letters of its pinyin, from the beginning of a syllable on; or by the first letter of each. */
  function byLetters(query: string, fits: Fits, best: Best, seen: Seen): void {
    const first = gather(fits, best, seen);
    if (query.length > 1) firsts().each(query, (i, begins, ends) => { if (begins) first.put(i, ends ? 5.5 : 6, "whyInitials"); });
    first.end();
    const whole = gather(fits, best, seen);
    letters().each(query, (i, begins) => whole.put(i, begins ? 6.5 : 7, "whyPinyin"));
    whole.end();
    const within = gather(fits, best, seen);
    if (query.length > 1) firsts().each(query, (i) => within.put(i, 8, "whyInitials"));
    within.end();
  }

  /** The syllable at which the letters begin; -1 where they begin inside one. */
  function syllableAt(i: number, query: string): number {
    const parts = things.pinyin[i].split(" "), full = parts.join("");
    for (let at = full.indexOf(query); at >= 0; at = full.indexOf(query, at + 1)) {
      for (let k = 0, start = 0; k < parts.length && start <= at; start += parts[k++].length) if (start === at) return k;
    }
    return -1;
  }

  /** What is typed, in parts that must all be met: words between spaces, and names in them with what else these are called. */
  function partsOf(query: string): string[][] {
    const known: string[][] = [];
    let rest = ` ${query.trim().split(/\s+/).map(norm).filter(Boolean).join(" ")} `;
    calls ??= things.kind.flatMap((kind, i) => (kind === KIND.program || kind === KIND.area ? [names().of(i).filter((name) => name.length > 2)] : []));
    const spoken = calls.filter((called) => called.some((name) => rest.includes(name)));
    const longest = (called: string[]): string => called.filter((name) => rest.includes(name)).sort((a, b) => b.length - a.length)[0] ?? "";
    for (const called of spoken.sort((a, b) => longest(b).length - longest(a).length)) {
      const met = longest(called);
      if (met) { rest = rest.replace(met, " "); known.push([met, ...called.filter((name) => name !== met)]); }
    }
    const plain = rest.replace(ASKING, " ").split(" ").filter(Boolean).map((part) => [part]);
    return [...known, ...plain].sort((a, b) => b[0].length - a[0].length);
  }

  function byWords(query: string, fits: Fits, best: Best, seen: Seen): void {
    const parts = partsOf(query), stack = sentences(), why = parts.length > 1 ? "whyWords" : "whySentence";
    const checked = new Seen(graph.size);
    for (const start of parts.slice(0, 1).flat()) stack.each(start, (i) => {
      if (checked.has(i) || seen.has(i) || !fits(i)) return;
      checked.add(i);
      const whole = stack.whole(i);
      if (!parts.every((part) => part.some((one) => whole.includes(one)))) return;
      const name = graph.figureOf[i] < 0 ? names().whole(i) : norm(nameOfThing(graph, i));
      best.add(10 - parts.filter((part) => part.some((one) => name.includes(one))).length / 10 + (things.kind[i] === KIND.count ? 0 : 1), graph.degree[i], i, why);
      seen.add(i);
    });
  }

  /** Two letters at a time: things that share most of the pairs of what was typed. */
  function alike(query: string, fits: Fits, best: Best): void {
    const pairs = new Set<string>();
    for (let i = 0; i + 1 < query.length; i++) pairs.add(query.slice(i, i + 2));
    if (pairs.size < 2) return;
    const same = new Uint8Array(graph.size), last = new Int32Array(graph.size).fill(-1);
    let turn = 0;
    for (const pair of pairs) { sentences().each(pair, (i) => { if (last[i] !== turn) { last[i] = turn; same[i]++; } }); turn++; }
    for (let i = 0; i < graph.size; i++) if (same[i] / pairs.size >= 0.5 && fits(i)) best.add(20 - same[i] / pairs.size, graph.degree[i], i, "whyNear");
  }

  function shown(i: number, why: string, query: string): Hit {
    if (why === "whyPinyin" || why === "whyInitials") return lettered(i, why, query);
    const text = why === "whyNumber" ? things.number[i]
      : why === "whyAlias" ? things.names[i].split("\n").find((name) => norm(name).includes(query)) ?? "" : things.label[i];
    const { text: folded, at } = normal(text), found = folded.indexOf(query);
    return found < 0 ? { thing: i, why, text, from: 0, to: 0 } : { thing: i, why, text, from: at[found], to: at[found + query.length - 1] + 1 };
  }

  /** Which characters the typed letters stand for. */
  function lettered(i: number, why: string, query: string): Hit {
    const label = things.label[i], parts = things.pinyin[i].split(" ");
    const first = why === "whyInitials" ? parts.map((part) => part[0]).join("").indexOf(query) : syllableAt(i, query);
    let last = first + (why === "whyInitials" ? query.length : 0);
    if (why === "whyPinyin") for (let left = query.length; left > 0 && last < parts.length; last++) left -= parts[last].length;
    const { at, text } = normal(label), even = text.length === parts.length && first >= 0;
    return { thing: i, why, text: label, from: even ? at[first] : 0, to: even ? at[last - 1] + 1 : 0 };
  }

  function find(query: string, fits: Fits, most = 60): { hits: Hit[]; near: boolean } {
    const wanted = norm(query), best = new Best(most), seen = new Seen(graph.size);
    if (!wanted) return { hits: [], near: false };
    const latin = /^[a-z]+$/.test(wanted);
    byName(wanted, fits, best, seen);
    if (latin) byLetters(wanted, fits, best, seen);
    else if (seen.size < most) byWords(query, fits, best, seen);
    const near = !best.found.length && !latin;
    if (near) alike(wanted, fits, best);
    return { hits: best.found.map(({ thing, why }) => shown(thing, why, wanted)), near };
  }

  const steps = [names, sentences, letters, firsts];
  const ready = (): boolean => { const step = steps.shift(); step?.()?.each("\u0003", () => undefined); return steps.length > 0; };
  return { find, warm: ready };
}
