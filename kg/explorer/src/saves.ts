/** What is shown, as files that other programs read: CSV, Turtle, GraphML. No cell is ever a formula. */

import { Graph, KIND, held, quote, text } from "./data";
import { save } from "./dom";
import { kindText, periodText, placeText } from "./figures";
import { nameOf, w } from "./words";

const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell that no spreadsheet runs: text that begins like a formula gets an apostrophe, numbers stay numbers. */
export function cell(value: string | number): string {
  let words = String(value);
  if (FORMULA.test(words) && !/^-?\d+(\.\d+)?$/.test(words)) words = "'" + words;
  return `"${words.replace(/"/g, '""')}"`;
}

const csv = (rows: (string | number)[][]): string => "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
const put = (graph: Graph, ending: string, content: string, type: string): void => save(`${graph.title}${ending}`, [content], `${type};charset=utf-8`);

export function saveFigures(graph: Graph, found: number[]): void {
  const { figures, things, spans } = graph;
  const head = [w("region"), w("what"), w("value"), "lower", "upper", "unit", w("period"), "from", "to", w("sort"), w("program"), w("document1"), w("number"), "start", "end", w("conf"), "id"];
  put(graph, "-figures.csv", csv([head, ...found.map((i) => {
    const document = figures.document[i], span = figures.span[i];
    return [placeText(graph, i), things.label[figures.thing[i]], figures.value[i], figures.lower[i], figures.upper[i], figures.unit[i],
      periodText(graph, i), figures.from[i], figures.to[i], kindText(graph, i), figures.programs[i].map((one) => things.label[one]).join("、"),
      document < 0 ? "" : things.label[document], document < 0 ? "" : things.number[document], span < 0 ? "" : spans.start[span],
      span < 0 ? "" : spans.end[span], figures.sure[i], things.key[figures.thing[i]]];
  })]), "text/csv");
}

export function saveThings(graph: Graph, found: number[]): void {
  const { things } = graph;
  const head = ["id", w("kind"), w("whyName"), w("number"), w("date"), w("genre"), w("region"), w("level"), w("names")];
  const rows = [...found].sort((a, b) => a - b).map((i) => [things.key[i], w(graph.kinds[things.kind[i]]), things.label[i],
    things.number[i], things.date[i], things.genre[i], things.area[i] < 0 ? "" : things.label[things.area[i]], things.level[i], things.names[i].replace(/\n/g, "；")]);
  put(graph, ".csv", csv([head, ...rows]), "text/csv");
}

export async function saveLinks(graph: Graph, found: number[]): Promise<void> {
  const { links, things, relations, spans, texts } = graph;
  const needed = new Set(found.flatMap((i) => links.spans[i].slice(0, 1).map((span) => spans.text[span])).filter((which) => which >= 0));
  for (const which of needed) if (held(which) === undefined) await text(graph, which);
  const head = ["from", w("relation"), "to", w("from"), w("relation"), w("to"), "n", w("evidence"), w("file"), "start", "end"];
  put(graph, "-links.csv", csv([head, ...found.map((i) => {
    const [id, zh, en] = relations[links.relation[i]], span = links.spans[i][0] ?? -1;
    const said = span < 0 ? null : quote(graph, span);
    return [things.key[links.from[i]], id, things.key[links.to[i]], things.label[links.from[i]], nameOf([zh, en], id), things.label[links.to[i]], links.weight[i],
      said ? said.before + said.words + said.after : "", span < 0 ? "" : texts.name[spans.text[span]] ?? "", span < 0 ? "" : spans.start[span], span < 0 ? "" : spans.end[span]];
  })]), "text/csv");
}

/** In an IRI only letters, digits and what cannot end it. */
const iri = (graph: Graph, key: string): string => `<${(graph.made.base + key).replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => encodeURIComponent(letter))}>`;
const literal = (value: string): string => `"${value.replace(/[\\"\u0000-\u001f\u007f]/g, (letter) => (letter === "\\" || letter === '"' ? "\\" + letter : "\\u" + letter.charCodeAt(0).toString(16).padStart(4, "0")))}"`;
const NUMBERS: Record<number, string> = { [KIND.document]: "ek:documentNumber", [KIND.proposal]: "ek:proposalNumber", [KIND.area]: "ek:gb2260" };
/** Said in the graph by a mention in the document's text, not by a property of their own. */
const BY_MENTION = new Set(["mentions", "stated_in"]);
const RENAMED: Record<string, string> = { cites: "eli:cites" };

function turtleThing(graph: Graph, i: number): string {
  const { things, figures } = graph, figure = graph.figureOf[i];
  const said: string[] = [`a ek:${things.sort[i]}`, `rdfs:label ${literal(things.label[i])}`];
  if (things.number[i] && NUMBERS[things.kind[i]]) said.push(`${NUMBERS[things.kind[i]]} ${literal(things.number[i])}`);
  if (/^\d{4}-\d\d-\d\d$/.test(things.date[i])) said.push(`eli:date_document "${things.date[i]}"^^xsd:date`);
  if (figure >= 0) {
    for (const [property, value] of [["ek:value", figures.value[figure]], ["ek:lowerBound", figures.lower[figure]], ["ek:upperBound", figures.upper[figure]]]) {
      if (/^-?\d+(\.\d+)?$/.test(value)) said.push(`${property} "${value}"^^xsd:decimal`);
    }
    if (figures.said[figure]) said.push(`ek:periodText ${literal(figures.said[figure])}`);
    if (figures.span[figure] >= 0) said.push(`ek:evidence ${mention(graph, figures.span[figure])}`);
  }
  return `${iri(graph, things.key[i])} ${said.join(" ;\n    ")} .`;
}

const mention = (graph: Graph, span: number): string =>
  iri(graph, `${graph.texts.key[graph.spans.text[span]]}/${graph.spans.start[span]}-${graph.spans.end[span]}`);

/** Things, their links, and for each the characters that say so, in the graph's own words and names. */
export function saveTurtle(graph: Graph, nodes: number[], found: number[]): void {
  const { links, relations, spans, texts, things } = graph;
  const lines = Object.entries(graph.made.prefixes).map(([name, address]) => `@prefix ${name}: <${address}> .`);
  const shown = new Set<number>();
  lines.push("", ...[...nodes].sort((a, b) => a - b).map((i) => turtleThing(graph, i)), "");
  for (const i of found) {
    const name = relations[links.relation[i]][0];
    if (!BY_MENTION.has(name)) lines.push(`${iri(graph, things.key[links.from[i]])} ${RENAMED[name] ?? name} ${iri(graph, things.key[links.to[i]])} .`);
    for (const span of links.spans[i]) {
      if (spans.text[span] < 0) continue;
      shown.add(span);
      if (name === "mentions") lines.push(`${mention(graph, span)} ek:refersTo ${iri(graph, things.key[links.to[i]])} .`);
    }
  }
  for (const i of nodes) { const figure = graph.figureOf[i]; if (figure >= 0 && graph.figures.span[figure] >= 0) shown.add(graph.figures.span[figure]); }
  const used = new Set<number>();
  for (const span of [...shown].sort((a, b) => a - b)) {
    used.add(spans.text[span]);
    lines.push(`${mention(graph, span)} nif:referenceContext ${iri(graph, texts.key[spans.text[span]])} ; nif:beginIndex "${spans.start[span]}"^^xsd:nonNegativeInteger ; nif:endIndex "${spans.end[span]}"^^xsd:nonNegativeInteger .`);
  }
  for (const which of [...used].sort((a, b) => a - b)) {
    if (texts.document[which] >= 0) lines.push(`${iri(graph, texts.key[which])} eli:realizes ${iri(graph, things.key[texts.document[which]])} .`);
  }
  put(graph, ".ttl", lines.join("\n") + "\n", "text/turtle");
}

const ESCAPED: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const xml = (value: string): string => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "?").replace(/[&<>"]/g, (letter) => ESCAPED[letter]);

/** GraphML for Gephi, yEd, igraph. */
export function saveGraphml(graph: Graph, nodes: number[], found: number[]): void {
  const { things, links, relations } = graph;
  const texts: [string, (i: number) => string][] = [["label", (i) => things.label[i]], ["kind", (i) => graph.kinds[things.kind[i]]], ["number", (i) => things.number[i]],
    ["date", (i) => things.date[i]], ["genre", (i) => things.genre[i]], ["level", (i) => things.level[i]], ["area", (i) => (things.area[i] < 0 ? "" : things.label[things.area[i]])]];
  const data = (key: string, value: string): string => (value ? `<data key="${key}">${xml(value)}</data>` : "");
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`,
    ...texts.map(([name]) => `<key id="${name}" for="node" attr.name="${name}" attr.type="string"/>`),
    '<key id="relation" for="edge" attr.name="relation" attr.type="string"/>', '<key id="weight" for="edge" attr.name="weight" attr.type="int"/>', '<graph edgedefault="directed">',
    ...[...nodes].sort((a, b) => a - b).map((i) => `<node id="${xml(things.key[i])}">${texts.map(([name, of]) => data(name, of(i))).join("")}</node>`),
    ...found.map((i) => `<edge source="${xml(things.key[links.from[i]])}" target="${xml(things.key[links.to[i]])}">${data("relation", relations[links.relation[i]][0])}${data("weight", String(links.weight[i]))}</edge>`),
    "</graph>", "</graphml>"];
  put(graph, ".graphml", lines.join("\n") + "\n", "application/xml");
}
