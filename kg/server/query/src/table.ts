// 表：一次列一百行；资源链接到它的页，原文里的一处链接到那一处。
import type { Answer, Cell, Quote } from "./answer";
import { make } from "./dom";
import { address, short } from "./terms";
import { say } from "./words";

const AT_ONCE = 100;

export function showTable(host: HTMLElement, answer: Answer): void {
  const withEvidence = answer.nodes?.some(nodes => nodes.length > 0) ?? false;
  const heads = [...answer.columns, ...(withEvidence ? [say("evidence")] : [])];
  const body = make("tbody");
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads.map(name => make("th", { scope: "col" }, name)))), body);
  const wide = make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": say("results") }, table);
  const more = make("button", { type: "button", class: "more" });
  let shown = 0;
  const grow = () => {
    const next = Math.min(shown + AT_ONCE, answer.rows.length);
    for (; shown < next; shown++) body.append(rowOf(answer, shown, withEvidence));
    more.hidden = shown >= answer.rows.length;
    more.textContent = say("more", Math.min(AT_ONCE, answer.rows.length - shown));
  };
  more.addEventListener("click", grow);
  grow();
  host.replaceChildren(wide, more);
}

function rowOf(answer: Answer, index: number, withEvidence: boolean): HTMLElement {
  const row = make("tr", {}, ...answer.rows[index]!.map(cellOf));
  if (withEvidence) row.append(make("td", { class: "said" }, ...evidenceOf(answer, index)));
  return row;
}

function cellOf(cell: Cell | null): HTMLElement {
  if (!cell) return make("td");
  if (cell.number !== null) return make("td", { class: "number" }, cell.value);
  return make("td", {}, cell.iri ? linkOf(cell.value) : cell.value);
}

export function linkOf(iri: string): Node {
  const href = address(iri);
  return href ? make("a", { href, title: iri }, short(iri)) : make("span", { title: iri }, short(iri));
}

function evidenceOf(answer: Answer, index: number): Node[] {
  const quotes = answer.quotes?.[index] ?? [];
  if (quotes.length) return quotes.slice(0, 3).map(quoteOf);
  return (answer.nodes?.[index] ?? []).slice(0, 5).flatMap((node, number) =>
    [make("a", { href: address(node) ?? "#" }, `${say("see")}${number + 1}`), document.createTextNode(" ")]);
}

function quoteOf(quote: Quote): HTMLElement {
  const href = `/text/${quote.text}#char=${quote.start},${quote.end}`;
  return make("blockquote", {}, quote.before, make("a", { href }, make("mark", {}, quote.words)), quote.after);
}
