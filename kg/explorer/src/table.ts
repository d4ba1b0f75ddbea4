/** All figures in a table, by region, each with the button that opens its sentence. */

import { Graph } from "./data";
import { h } from "./dom";
import { boundText, figureText, kindText, periodText, placeText, sureText, yearOf } from "./figures";
import { nothing, sieve } from "./filters";
import { hold } from "./focus";
import { openSpan, thingLink } from "./pieces";
import { saveFigures, saveThings } from "./saves";
import { state } from "./state";
import { plain, w } from "./words";

export function fitting(graph: Graph): number[] {
  const through = sieve(graph, state());
  const area = (i: number): string => {
    const place = graph.figures.places[i][0];
    return place === undefined ? "9" : graph.things.number[place] || "8";
  };
  return graph.figures.thing.map((_, i) => i).filter((i) => through.fits(graph.figures.thing[i]))
    .sort((a, b) => area(a).localeCompare(area(b)) || graph.figures.document[a] - graph.figures.document[b]
      || graph.spans.start[graph.figures.span[a]] - graph.spans.start[graph.figures.span[b]]);
}

type Key = "place" | "what" | "value" | "time" | "kind";
let sorted: Key = "place", falling = false;

function ordered(graph: Graph, found: number[]): number[] {
  if (sorted === "place") return falling ? [...found].reverse() : found;
  const by: Record<Exclude<Key, "place">, (i: number) => number | string> = {
    what: (i) => graph.things.label[graph.figures.thing[i]], value: (i) => Number(graph.figures.value[i]),
    time: (i) => yearOf(graph, i), kind: (i) => graph.figures.kind[i],
  };
  const of = by[sorted], turn = falling ? -1 : 1;
  return [...found].sort((a, b) => {
    const x = of(a), y = of(b);
    return turn * (typeof x === "string" ? x.localeCompare(String(y), "zh") : x - Number(y));
  });
}

function redraw(graph: Graph, box: HTMLElement): void {
  const again = hold([box]);
  drawTable(graph, box);
  if (!again()) box.focus({ preventScroll: true });
}

export function drawTable(graph: Graph, box: HTMLElement): void {
  const all = fitting(graph), found = ordered(graph, all);
  const { figures } = graph;
  const header = (key: Key, name: string): HTMLElement => h("th", { scope: "col", "aria-sort": sorted === key ? (falling ? "descending" : "ascending") : "none" },
    h("button", { type: "button", class: "linkish", onclick: () => { falling = sorted === key && !falling; sorted = key; redraw(graph, box); } },
      name, h("span", { "aria-hidden": "true" }, sorted === key ? (falling ? " ↓" : " ↑") : "")));
  const body = h("tbody");
  let before = "", shown = 0;
  const more = h("button", { type: "button", class: "more", onclick: () => show(300) });
  const show = (count: number): void => {
    for (const i of found.slice(shown, shown + count)) {
      const place = placeText(graph, i) || "—";
      if (sorted === "place" && place !== before) body.append(h("tr", { class: "grouphead" }, h("th", { colspan: 6, scope: "rowgroup" }, place)));
      before = place;
      body.append(h("tr", {},
        h("td", {}, thingLink(graph, figures.thing[i], 200, graph.things.label[figures.thing[i]]), sorted === "place" ? null : h("small", { class: "sub" }, ` ${place}`)),
        h("td", { class: "num" }, h("strong", {}, figureText(graph, i)), h("small", { class: "sub" }, ` ${boundText(graph, i)}`)),
        h("td", { class: "when" }, periodText(graph, i) || h("em", { class: "sub" }, w("noPeriod"))),
        h("td", { class: "sort" }, h("span", { class: `tag ${figures.kind[i].replace("c:kind-", "is-")}` }, kindText(graph, i))),
        h("td", { class: "for" }, ...figures.programs[i].map((one) => thingLink(graph, one, 22))),
        h("td", { class: "num cues" }, figures.span[i] < 0 ? null : h("button", { type: "button", class: "cue", title: w("readText"),
          "aria-label": `${w("read1")} ${figureText(graph, i)}`, onclick: () => openSpan(graph, figures.span[i]) }, w("read1")),
        h("small", { class: "sub" }, ` ${sureText(figures.sure[i])}`))));
    }
    shown = Math.min(found.length, shown + count);
    more.hidden = shown >= found.length;
    more.textContent = `${w("more")} ${Math.min(300, found.length - shown)} ${w("moreTail")}（${plain(found.length - shown)}）`;
  };
  show(300);
  box.replaceChildren(h("div", { class: "page wide" },
    h("div", { class: "toolbar" }, h("p", { class: "intro" }, w("tableIntro"), ` ${plain(found.length)}`), h("span", { class: "gap" }),
      sorted === "place" ? null : h("button", { type: "button", class: "plain", onclick: () => { sorted = "place"; falling = false; redraw(graph, box); } }, w("byRegion")),
      h("button", { type: "button", class: "plain", onclick: () => saveFigures(graph, all) }, `${w("count")} ${w("csv")}`),
      h("button", { type: "button", class: "plain", onclick: () => saveThings(graph, graph.things.key.map((_, i) => i).filter(sieve(graph, state()).fits)) }, `${w("all")} ${w("csv")}`)),
    found.length ? h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": w("table") }, h("table", {},
      h("thead", {}, h("tr", {}, header("what", w("what")), header("value", w("value")), header("time", w("period")), header("kind", w("sort")),
        h("th", { scope: "col" }, w("program")), h("th", { scope: "col" }, w("evidence")))), body), more) : nothing()));
}
