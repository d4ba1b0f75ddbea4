/** The page: its frame, its views, its keys. */

import { drawCard } from "./card";
import { combobox } from "./combobox";
import { Graph, load, text } from "./data";
import { h, s } from "./dom";
import { clearFilters, drawFilters, sieve } from "./filters";
import { drawFindings } from "./findings";
import { hold, reached } from "./focus";
import { openHelp } from "./help";
import { drawLadder } from "./ladder";
import { makeNetwork } from "./network";
import { drawOverview } from "./overview";
import { drawPaths } from "./path";
import { nameOfThing } from "./pieces";
import { drawReading } from "./reading";
import { makeSearch } from "./search";
import { State, go, listen, state } from "./state";
import { drawTable } from "./table";
import { drawTimeline } from "./timeline";
import { english, w } from "./words";

const VIEWS = ["home", "net", "ladder", "time", "table", "read", "path", "find"];

/** The sun where it is dark, else the moon: what a click brings. */
function moon(dark: boolean): SVGElement {
  const rays = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `M${(8 + 5.2 * Math.cos(i * Math.PI / 4)).toFixed(1)} ${(8 + 5.2 * Math.sin(i * Math.PI / 4)).toFixed(1)}L${(8 + 7 * Math.cos(i * Math.PI / 4)).toFixed(1)} ${(8 + 7 * Math.sin(i * Math.PI / 4)).toFixed(1)}`).join("");
  return s("svg", { viewBox: "0 0 16 16", class: "moon", "aria-hidden": "true" }, dark
    ? s("path", { d: `M8 4.6a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8Z${rays}` }) : s("path", { d: "M13.5 9.8A6 6 0 0 1 6.2 2.5A6 6 0 1 0 13.5 9.8Z" }));
}

function start(graph: Graph): void {
  const root = document.documentElement, app = document.getElementById("app") as HTMLElement;
  const search = makeSearch(graph), network = makeNetwork(graph);
  const header = h("header", { class: "top" }), tabs = h("div", { role: "tablist" }), side = h("aside", { id: "filters" });
  const main = h("main", { id: "view", tabindex: -1 }), card = h("aside", { id: "card", hidden: true }), live = h("div", { class: "vh", "aria-live": "polite", id: "live" });
  app.replaceChildren(h("a", { class: "skip", href: "#view", onclick: ((event: Event) => { event.preventDefault(); main.focus(); }) as EventListener }, w("skip")),
    header, h("nav", { class: "tabs" }, tabs), h("div", { class: "body" }, side, main, card), live);
  let opened = false;

  const view = (): string => (VIEWS.includes(state().view) ? state().view : "home");
  const dark = (): boolean => (state().theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  function turnFilters(): void {
    const again = hold([header]);
    opened = !opened;
    drawHeader();
    again();
  }

  function drawHeader(): void {
    root.lang = english() ? "en" : "zh-Hans";
    document.title = graph.title;
    const box = combobox(graph, search, innerWidth < 700 ? w("searchShort") : w("search"), -1,
      (thing) => { go({ thing: graph.things.key[thing], at: "" }); document.getElementById("cardname")?.focus({ preventScroll: true }); }, false);
    box.classList.add("mainsearch");
    const toggle = h("button", { type: "button", class: "plain", "aria-expanded": String(opened), "aria-controls": "filters",
      onclick: turnFilters }, w("filters"), sieve(graph, state()).any ? " •" : "");
    header.replaceChildren(
      h("a", { class: "brand", href: "#", onclick: ((event: Event) => { event.preventDefault(); go({ view: "", thing: "", at: "", hops: "" }); }) as EventListener },
        h("span", { class: "seal", "aria-hidden": "true" }, "养"), h("span", {}, graph.title)),
      box,
      h("div", { class: "switches" }, toggle,
        h("button", { type: "button", class: "plain", lang: english() ? "zh" : "en", title: w("lang"), onclick: () => go({ lang: english() ? "zh" : "en" }, false) }, innerWidth < 700 ? w("langShort") : w("lang")),
        h("button", { type: "button", class: "plain", "aria-label": w("theme"), title: w("theme"), onclick: () => go({ theme: dark() ? "light" : "dark" }, false) }, moon(dark())),
        h("button", { type: "button", class: "plain", "aria-label": w("help"), title: w("help"), "aria-haspopup": "dialog", onclick: openHelp }, "?")));
    side.hidden = !opened;
    side.setAttribute("aria-label", w("filters"));
    main.setAttribute("aria-label", w(view()));
  }

  function drawTabs(): void {
    tabs.setAttribute("aria-label", graph.title);
    tabs.replaceChildren(...VIEWS.map((name) => h("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "view", "aria-selected": String(name === view()), tabindex: name === view() ? 0 : -1,
      onclick: () => go({ view: name === "home" ? "" : name }),
    }, w(name))));
    const chosen = document.getElementById(`tab-${view()}`);
    if (chosen && tabs.parentElement) tabs.parentElement.scrollLeft = chosen.offsetLeft + chosen.offsetWidth / 2 - innerWidth / 2;
  }
  tabs.onkeydown = (event) => {
    const turn = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!turn) return;
    const next = VIEWS[(VIEWS.indexOf(view()) + turn + VIEWS.length) % VIEWS.length];
    go({ view: next === "home" ? "" : next });
    document.getElementById(`tab-${next}`)?.focus();
  };

  function drawMain(): void {
    const name = view();
    main.className = `is-${name}`;
    main.setAttribute("role", "tabpanel");
    if (name === "net") {
      if (!main.contains(network.box)) main.replaceChildren(network.box);
      void network.draw();
    } else if (name === "ladder") drawLadder(graph, main);
    else if (name === "time") drawTimeline(graph, main);
    else if (name === "table") drawTable(graph, main);
    else if (name === "read") drawReading(graph, main);
    else if (name === "path") drawPaths(graph, main, search);
    else if (name === "find") drawFindings(graph, main);
    else drawOverview(graph, main);
  }

  function drawPanel(): void {
    const thing = graph.byKey.get(state().thing) ?? -1;
    card.hidden = thing < 0;
    app.classList.toggle("withcard", thing >= 0);
    card.setAttribute("aria-labelledby", "cardname");
    if (thing >= 0) { drawCard(graph, card, thing); card.scrollTop = 0; }
    else if (state().thing) live.textContent = `${w("gone")}：${state().thing}`;
    if (thing >= 0) live.textContent = nameOfThing(graph, thing);
  }

  /** Back to where the card was opened from. */
  let back: () => boolean = () => false;

  /** The keyboard stays where it was; it goes to a card that a link has opened, and back from a card that is closed. */
  function follow(was: Element | null, inCard: boolean, link: boolean, again: () => boolean, turned: boolean): void {
    const shown = !card.hidden;
    if (turned && shown && (link || inCard)) {
      if (!inCard) back = again;
      document.getElementById("cardname")?.focus({ preventScroll: true });
    } else if (turned && !shown && inCard ? !back() : !again()) {
      if (document.querySelector("dialog[open]") || was === document.body || was === null) return;
      // A text is laid out a little later.
      setTimeout(() => { if (document.activeElement === document.body && !again()) (main.querySelector<HTMLElement>(".doc, .frame > canvas") ?? main).focus({ preventScroll: true }); });
    }
  }

  /** Only what has changed is drawn again. */
  function draw(now: State, before: State | null): void {
    const differs = (...names: (keyof State)[]): boolean => !before || names.some((name) => now[name] !== before[name]);
    const was = document.activeElement, again = hold([header, tabs, side, main, card]);
    const inCard = card.contains(was), link = Boolean(was?.matches("a, .point")) && (inCard || main.contains(was));
    const sieved = differs("kinds", "area", "years", "genre", "level", "off", "sure", "said");
    if (differs("theme")) { if (now.theme) root.dataset.theme = now.theme; else delete root.dataset.theme; }
    if (differs("lang", "theme", "view") || sieved) { drawHeader(); drawTabs(); }
    if (differs("lang") || sieved) drawFilters(graph, side);
    if (differs("lang", "thing")) drawPanel();
    const uses = view() === "net" || view() === "ladder" || view() === "path" || (view() === "read" && !now.at);
    if (differs("lang", "view", "at", "to", "hops", "theme", "draw") || sieved || (uses && differs("thing"))) drawMain();
    // In a narrow window it is all of the page below the tabs that scrolls.
    if (differs("view") && before) for (const one of [main, main.parentElement]) one?.scrollTo(0, 0);
    if (before) follow(was, inCard, link, again, differs("thing"));
  }

  listen(draw);
  draw(state(), null);
  let width = innerWidth;
  addEventListener("resize", () => { if (Math.abs(innerWidth - width) > 40) { width = innerWidth; drawHeader(); if (view() === "time") drawMain(); } });
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    const typing = target.matches("textarea, select, input:not([type=checkbox])");
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && state().thing) { go({ thing: "", at: "" }); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "/") { event.preventDefault(); header.querySelector("input")?.focus(); }
    else if (/^[1-8]$/.test(event.key)) go({ view: event.key === "1" ? "" : VIEWS[Number(event.key) - 1] });
    else if (event.key === "[") history.back();
    else if (event.key === "]") history.forward();
    else if (event.key === "f") { turnFilters(); if (opened) reached(side)[0]?.focus(); }
    else if (event.key === "?") openHelp();
    else if (event.key === "x") clearFilters();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", () => draw(state(), null));
  const idle = (run: () => void): void => { if ("requestIdleCallback" in window) requestIdleCallback(run); else setTimeout(run, 30); };
  let next = 0;
  const warm = (): void => { if (search.warm()) idle(warm); else root.dataset.warm = "1"; };
  const readOn = (): void => { if (next < graph.texts.hash.length) void text(graph, next++).then(() => idle(readOn)); else idle(warm); };
  idle(readOn);
  root.dataset.ready = "1";
}

load().then(start).catch((error: unknown) => {
  const app = document.getElementById("app");
  if (app) app.replaceChildren(h("p", { role: "alert", class: "fatal" }, `无法打开 · This page could not be opened: ${String(error)}`));
  throw error;
});
