/** All that a link can carry: the fragment of the address, and nothing else. */

export interface State {
  view: string; thing: string; query: string; kinds: string; area: string; years: string; genre: string; level: string; draw: string;
  off: string; sure: string; said: string; at: string; to: string; hops: string; lang: string; theme: string;
}

const SHORT: Record<keyof State, string> = {
  view: "v", thing: "e", query: "q", kinds: "k", area: "r", years: "y", genre: "g", level: "l", draw: "d", off: "x", sure: "c", said: "s",
  at: "at", to: "to", hops: "h", lang: "lang", theme: "theme",
};
const NAMES = Object.keys(SHORT) as (keyof State)[];

export function parse(fragment: string): State {
  const found = {} as State;
  const given = new Map<string, string>();
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    if (cut > 0) {
      try { given.set(part.slice(0, cut), decodeURIComponent(part.slice(cut + 1))); } catch { /* not ours */ }
    }
  }
  for (const name of NAMES) found[name] = given.get(SHORT[name]) ?? "";
  return found;
}

export function write(state: Partial<State>): string {
  const parts = NAMES.filter((name) => state[name]).map(
    (name) => `${SHORT[name]}=${encodeURIComponent(state[name] as string).replace(/%2F/g, "/").replace(/%2C/g, ",")}`,
  );
  return "#" + parts.join("&");
}

type Listener = (now: State, before: State) => void;

let now = parse(location.hash);
const listeners: Listener[] = [];

export const state = (): State => now;

export function listen(listener: Listener): void {
  listeners.push(listener);
}

/** Change some of the state. A step that one would want to go back from makes an entry in the history. */
export function go(change: Partial<State>, keep = true): void {
  const before = now;
  now = { ...now, ...change };
  const address = write(now);
  if (address !== write(before)) history[keep ? "pushState" : "replaceState"](null, "", address === "#" ? "#" : address);
  for (const listener of listeners) listener(now, before);
}

addEventListener("popstate", () => {
  const before = now;
  now = parse(location.hash);
  for (const listener of listeners) listener(now, before);
});

/** The address of a state that differs in some things from the present one. */
export const link = (change: Partial<State>): string => write({ ...now, ...change });
