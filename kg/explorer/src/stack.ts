/** Many names in one string, so that one search goes over all of them at the speed of the machine. */

const DROPPED = /[\s〔〕［］\[\]【】（）()《》〈〉“”"'‘’·•、，,.。:：;；—－\-_\/第号]/;
const ALL_DROPPED = new RegExp(DROPPED.source, "g");
/** Between things, and between the names of one. */
const END = "\u0001", NEXT = "\u0002";

/** As names are compared: one width, small letters, no brackets or spaces. */
export const norm = (name: string): string => name.normalize("NFKC").toLowerCase().replace(ALL_DROPPED, "");

/** The same, with the way back to the original. */
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

export class Stack {
  private readonly text: string;
  private readonly starts: Uint32Array;
  /** Where the first name of each thing ends. */
  private readonly firsts: Uint32Array;
  /** Where a syllable begins, in a stack of spelt names; else nothing. */
  private readonly begins: Uint8Array | null;

  /** `parts` are what each thing is called, made comparable by `fold`. */
  constructor(parts: string[][], fold: (text: string) => string = norm, spelt = false) {
    const plain = (part: string): string => (/[\u0001\u0002]/.test(part) ? part.replace(/[\u0001\u0002]/g, "") : part);
    const raw = parts.map((names) => names.map(plain).join(NEXT)).join(END);
    this.text = END + fold(raw) + END;
    this.begins = spelt ? syllables(raw) : null;
    this.starts = new Uint32Array(parts.length + 1);
    for (let i = 0, at = 0; i <= parts.length && at >= 0; i++) { this.starts[i] = at + 1; at = this.text.indexOf(END, at + 1); }
    this.firsts = this.starts.slice(1);
    for (let i = 0, at = this.text.indexOf(NEXT); i < parts.length && at >= 0; i++) {
      if (at < this.starts[i]) at = this.text.indexOf(NEXT, this.starts[i]);
      if (at >= 0) this.firsts[i] = Math.min(this.firsts[i], at);
    }
  }

  /** The names of a thing as they are compared. */
  of(thing: number): string[] {
    return this.text.slice(this.starts[thing], this.starts[thing + 1] - 1).split(NEXT);
  }

  whole(thing: number): string {
    return this.text.slice(this.starts[thing], this.starts[thing + 1] - 1);
  }

  /** Every place where a thing has the query: its number, whether a name begins there, whether it ends there, and which. */
  each(query: string, visit: (thing: number, begins: boolean, ends: boolean, first: boolean) => void): void {
    const { text, firsts, starts } = this;
    let thing = 0;
    for (let at = text.indexOf(query, 1); at >= 0; at = text.indexOf(query, at + 1)) {
      while (starts[thing + 1] <= at) thing++;
      const before = text[at - 1], after = text[at + query.length];
      const first = at < firsts[thing];
      if (this.begins && !this.begins[at]) continue;
      visit(thing, before === END || before === NEXT, after === END || after === NEXT, first);
    }
  }
}

/** Where syllables begin in a text whose spaces are left out, one place further on for the mark before it. */
function syllables(raw: string): Uint8Array {
  const found = new Uint8Array(raw.length + 2);
  let begin = true;
  for (let i = 0, at = 1; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code === 32) { begin = true; continue; }
    if (begin) found[at] = 1;
    begin = code < 3;
    at++;
  }
  return found;
}

/** The best of many, without sorting them all: least rank first, then most links, then the order of the graph. */
export class Best {
  readonly found: { rank: number; weight: number; thing: number; why: string }[] = [];

  constructor(private readonly most: number) {}

  add(rank: number, weight: number, thing: number, why: string): void {
    const { found, most } = this;
    const before = (one: { rank: number; weight: number; thing: number }): boolean =>
      rank < one.rank || (rank === one.rank && (weight > one.weight || (weight === one.weight && thing < one.thing)));
    if (found.length === most && !before(found[most - 1])) return;
    let low = 0, high = found.length;
    while (low < high) { const middle = (low + high) >> 1; if (before(found[middle])) high = middle; else low = middle + 1; }
    found.splice(low, 0, { rank, weight, thing, why });
    if (found.length > most) found.pop();
  }
}
