/** A search box with its list of hits: for the page's head and for both ends of a path. */

import { Graph, KIND, quote } from "./data";
import { h, marked, short } from "./dom";
import { sieve } from "./filters";
import { nameOfThing } from "./pieces";
import { Hit, Search } from "./search";
import { sign } from "./shapes";
import { state } from "./state";
import { nameOf, w } from "./words";

let made = 0;
/** So many hits are shown before one scrolls. */
const AT_ONCE = 15;

function option(graph: Graph, hit: Hit, id: string, pick: () => void): HTMLElement {
  const { things } = graph;
  const figure = graph.figureOf[hit.thing];
  const named = hit.why === "whyName" || hit.why === "whyPinyin" || hit.why === "whyInitials";
  const title = named && figure < 0 ? marked(short(hit.text, 60), Math.min(hit.from, 59), Math.min(hit.to, 59)) : [short(nameOfThing(graph, hit.thing), 60)];
  const where = things.area[hit.thing] >= 0 && things.kind[hit.thing] !== KIND.area ? things.label[things.area[hit.thing]] : "";
  const sentence = figure >= 0 ? quote(graph, graph.figures.span[figure]) : null;
  const why = hit.why === "whyName" ? "" : named ? w(hit.why) : hit.why === "whyAlias" || hit.why === "whyNumber" ? "" : w(hit.why);
  const code = graph.codes[`c:level-${things.level[hit.thing]}`];
  return h("li", { role: "option", id, "aria-selected": "false", onpointerdown: ((event: Event) => { event.preventDefault(); pick(); }) as EventListener },
    h("div", { class: "hitname" }, sign(things.kind[hit.thing]), h("span", {}, ...title)),
    h("div", { class: "sub" },
      [w(things.kind[hit.thing] === KIND.document ? "document1of" : `${graph.kinds[things.kind[hit.thing]]}1`), things.number[hit.thing] && hit.why !== "whyNumber" ? things.number[hit.thing] : "",
        where || (things.kind[hit.thing] === KIND.area ? nameOf(code, "") : ""), why].filter(Boolean).join(" · "),
      hit.why === "whyAlias" || hit.why === "whyNumber" ? h("span", {}, ` · ${w(hit.why)}：`, ...marked(hit.text, hit.from, hit.to)) : null),
    sentence ? h("div", { class: "sub line" }, "…" + sentence.before.slice(-26), h("mark", {}, sentence.words), sentence.after.slice(0, 26) + "…") : null);
}

export function combobox(
  graph: Graph, search: Search, label: string, thing: number, picked: (thing: number) => void, keep = true,
): HTMLElement {
  const id = `box${++made}`;
  const input = h("input", {
    type: "search", role: "combobox", id, "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false", "aria-label": label, placeholder: label, value: thing >= 0 ? nameOfThing(graph, thing) : "",
  });
  const list = h("ul", { role: "listbox", id: `${id}-list`, "aria-label": w("results") });
  const told = h("p", { class: "sub told", role: "status" });
  const panel = h("div", { class: "hits", hidden: true }, told, list);
  let hits: Hit[] = [], active = -1, timer = 0;

  const close = (): void => {
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (i: number): void => {
    const hit = hits[i];
    if (!hit) return;
    close();
    if (keep) input.value = nameOfThing(graph, hit.thing); else input.value = "";
    picked(hit.thing);
  };
  /** The first of the hits; more when one goes down to them. */
  const grow = (to: number): void => {
    for (let i = list.childElementCount; i < Math.min(to, hits.length); i++) list.append(option(graph, hits[i], `${id}-${i}`, () => pick(i)));
  };
  panel.onscroll = () => { if (panel.scrollTop + panel.clientHeight > panel.scrollHeight - 200) grow(list.childElementCount + AT_ONCE); };
  const run = (): void => {
    const query = input.value;
    if (!query.trim()) { close(); return; }
    const found = search.find(query, sieve(graph, state()).fits);
    hits = found.hits;
    active = -1;
    list.replaceChildren();
    grow(AT_ONCE);
    told.textContent = hits.length ? (found.near ? w("near") : `${hits.length}${hits.length === 60 ? "+" : ""} ${w("results")}`) : `${w("none")} · ${w("noneHint")}`;
    panel.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const move = (to: number): void => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = Math.max(0, Math.min(hits.length - 1, to));
    grow(active + 3);
    const one = list.children[active];
    one?.setAttribute("aria-selected", "true");
    one?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${id}-${active}`);
  };
  input.oninput = () => { clearTimeout(timer); timer = window.setTimeout(run, 60); };
  input.onfocus = () => { if (keep) input.select(); };
  input.onblur = () => setTimeout(() => { if (!panel.contains(document.activeElement)) close(); }, 150);
  input.onkeydown = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) run();
      move(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (timer) { clearTimeout(timer); if (panel.hidden || !hits.length) run(); }
      pick(Math.max(0, active));
    } else if (event.key === "Escape") {
      if (!panel.hidden) close(); else input.value = "";
      event.stopPropagation();
    }
  };
  return h("div", { class: "combo" }, input, panel);
}
