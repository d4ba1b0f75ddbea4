/** Finding things by what people type: names, other names, numbers in any brackets, pinyin, initials, words of a sentence. */

import { Graph, KIND, quote } from "./data";
import { nameOfThing } from "./pieces";

export interface Hit { thing: number; why: string; text: string; from: number; to: number }

const DROPPED = /[\s〔〕［］\[\]【】（）()《》〈〉“”"'‘’·•、，,.。:：;；—－\-_\/第号]/;

/** As names are compared: one width, small letters, no brackets or spaces. `at` leads back to the original. */
export function normal(name: string): { text: string; at: number[] } {
  let text = "";
  const at: number[] = [];
  for (let i = 0; i < name.length; i++) {
    const letter = name[i];
    if (DROPPED.test(letter)) continue;
    const folded = letter.normalize("NFKC").toLowerCase();
    for (const part of folded) { text += part; for (let k = 0; k < part.length; k++) at.push(i); }
  }
  return { text, at };
}

const ALL_DROPPED = new RegExp(DROPPED.source, "g");
const norm = (name: string): string => name.normalize("NFKC").toLowerCase().replace(ALL_DROPPED, "");

interface Entry { label: string; names: string[]; number: string; full: string; starts: number[]; initials: string }

export interface Search {
  find(query: string, fits: (thing: number) => boolean, most?: number): { hits: Hit[]; near: boolean };
  /** Get some more things ready for searches by several words; true while there are more. */
  warm(): boolean;
}

export function makeSearch(graph: Graph): Search {
  const { things, figures } = graph;
  const entries: (Entry | undefined)[] = new Array(graph.size);
  /** How a thing is compared, made when it is first asked for. */
  function entryOf(i: number): Entry {
    const known = entries[i];
    if (known) return known;
    const parts = things.pinyin[i].split(" ").filter(Boolean), starts: number[] = [];
    let full = "";
    for (const part of parts) { starts.push(full.length); full += part; }
    const made = {
      label: norm(things.label[i]), names: things.names[i] ? things.names[i].split("\n").map(norm) : [],
      number: norm(things.number[i]), full, starts, initials: parts.map((part) => part[0]).join(""),
    };
    entries[i] = made;
    return made;
  }
  const hays = new Map<number, string>();

  /** All words by which a thing may be meant when several are typed. */
  function hay(i: number): string {
    const found = hays.get(i);
    if (found !== undefined) return found;
    const parts = [things.label[i], things.names[i], things.number[i], things.date[i], things.genre[i]];
    if (things.area[i] >= 0) parts.push(things.label[things.area[i]]);
    const figure = graph.figureOf[i];
    let ready = true;
    if (figure >= 0) {
      parts.push(figures.unit[figure], figures.value[figure], figures.said[figure]);
      for (const program of figures.programs[figure]) parts.push(things.label[program]);
      const sentence = quote(graph, figures.span[figure]);
      if (sentence) parts.push(sentence.before + sentence.words + sentence.after); else ready = false;
    }
    const made = norm(parts.join("|"));
    if (ready) hays.set(i, made);
    return made;
  }

  function rank(i: number, query: string): { rank: number; why: string } | null {
    const entry = entryOf(i);
    if (entry.label === query) return { rank: 0, why: "whyName" };
    if (entry.number && (entry.number === query || entry.number.startsWith(query))) return { rank: 1, why: "whyNumber" };
    if (entry.label.startsWith(query)) return { rank: 2, why: "whyName" };
    const alias = entry.names.findIndex((name) => name.startsWith(query));
    if (alias >= 0) return { rank: entry.names[alias] === query ? 1 : 3, why: "whyAlias" };
    if (entry.label.includes(query)) return { rank: 4, why: "whyName" };
    if (entry.names.some((name) => name.includes(query))) return { rank: 5, why: "whyAlias" };
    if (entry.number.includes(query) && query.length > 1) return { rank: 5, why: "whyNumber" };
    return null;
  }

  function spelt(i: number, query: string): { rank: number; why: string } | null {
    const entry = entryOf(i);
    if (query.length > 1 && entry.initials.startsWith(query)) return { rank: entry.initials === query ? 5.5 : 6, why: "whyInitials" };
    const at = entry.full.indexOf(query);
    if (at >= 0 && entry.starts.includes(at)) return { rank: at ? 7 : 6, why: "whyPinyin" };
    if (query.length > 1 && entry.initials.includes(query)) return { rank: 8, why: "whyInitials" };
    return null;
  }

  function shown(i: number, why: string, query: string): Hit {
    const text = why === "whyNumber" ? things.number[i]
      : why === "whyAlias" ? things.names[i].split("\n").find((name) => norm(name).includes(query)) ?? ""
        : things.label[i];
    if (why === "whyPinyin" || why === "whyInitials") return letters(i, why, query);
    const { text: folded, at } = normal(text);
    const found = folded.indexOf(query);
    return found < 0 ? { thing: i, why, text, from: 0, to: 0 }
      : { thing: i, why, text, from: at[found], to: at[found + query.length - 1] + 1 };
  }

  /** Which characters the typed letters stand for. */
  function letters(i: number, why: string, query: string): Hit {
    const entry = entryOf(i), label = things.label[i];
    const first = why === "whyInitials" ? entry.initials.indexOf(query) : entry.starts.indexOf(entry.full.indexOf(query));
    const end = entry.full.indexOf(query) + query.length;
    const last = why === "whyInitials" ? first + query.length : entry.starts.filter((start) => start < end).length;
    const { at, text } = normal(label);
    const even = text.length === entry.starts.length;
    return { thing: i, why, text: label, from: even ? at[first] : 0, to: even ? at[last - 1] + 1 : 0 };
  }

  function words(query: string, fits: (thing: number) => boolean): [number, number][] {
    const parts = query.trim().split(/\s+/).map(norm).filter(Boolean);
    const found: [number, number][] = [];
    for (let i = 0; i < graph.size; i++) {
      if (!fits(i)) continue;
      const all = hay(i);
      if (parts.every((part) => all.includes(part))) {
        const name = norm(nameOfThing(graph, i));
        const own = parts.filter((part) => name.includes(part)).length;
        found.push([10 - own / 10 + (things.kind[i] === KIND.count ? 0 : 1), i]);
      }
    }
    return found;
  }

  /** Two letters at a time: things that share most of the pairs of what was typed. */
  function alike(query: string, fits: (thing: number) => boolean): [number, number][] {
    const pairs = new Set<string>();
    for (let i = 0; i + 1 < query.length; i++) pairs.add(query.slice(i, i + 2));
    const found: [number, number][] = [];
    for (let i = 0; i < graph.size && pairs.size > 1; i++) {
      if (!fits(i)) continue;
      const all = hay(i);
      let same = 0;
      for (const pair of pairs) if (all.includes(pair)) same++;
      if (same / pairs.size >= 0.5) found.push([20 - same / pairs.size, i]);
    }
    return found;
  }

  function find(query: string, fits: (thing: number) => boolean, most = 60): { hits: Hit[]; near: boolean } {
    const wanted = norm(query);
    if (!wanted) return { hits: [], near: false };
    const latin = /^[a-z]+$/.test(wanted);
    const found: [number, number, string][] = [];
    const seen = new Set<number>();
    for (let i = 0; i < graph.size; i++) {
      if (!fits(i)) continue;
      const hit = rank(i, wanted) ?? (latin ? spelt(i, wanted) : null);
      if (hit) { found.push([hit.rank, i, hit.why]); seen.add(i); }
    }
    if (found.length < most && !latin) {
      const several = /\S\s+\S/.test(query.trim());
      for (const [order, i] of words(query, fits)) {
        if (!seen.has(i)) { found.push([order, i, several ? "whyWords" : "whySentence"]); seen.add(i); }
      }
    }
    let near = false;
    if (!found.length && wanted.length > 2) {
      near = true;
      for (const [order, i] of alike(wanted, fits)) found.push([order, i, "whyNear"]);
    }
    found.sort((a, b) => a[0] - b[0] || graph.degree[b[1]] - graph.degree[a[1]] || a[1] - b[1]);
    return { hits: found.slice(0, most).map(([, i, why]) => shown(i, why, wanted)), near };
  }
  let warmed = 0;
  function warm(): boolean {
    for (const end = Math.min(graph.size, warmed + 400); warmed < end; warmed++) { entryOf(warmed); hay(warmed); }
    return warmed < graph.size;
  }
  return { find, warm };
}
