// 答案：SELECT 和 ASK 的结果、CONSTRUCT 的三元组、现成问题的答复，都成为一张表。
import { say } from "./words";

export interface Cell { value: string; iri: boolean; number: number | null; lang?: string }
export interface Quote { text: string; start: number; end: number; before: string; words: string; after: string }
export interface Answer {
  columns: string[];
  rows: (Cell | null)[][];
  triples: boolean;
  raw: string;
  ms: number;
  truth?: boolean;
  nodes?: string[][];
  quotes?: Quote[][];
}

const NUMERIC = /#(integer|decimal|double|float|long|int|short|nonNegativeInteger|gYear)$/;

export class Refused extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

async function got(request: Promise<Response>): Promise<Response> {
  const response = await request.catch((error: Error) => {
    throw error.name === "AbortError" ? error : new Refused(say("unreached"), 0);
  });
  if (response.ok) return response;
  const text = await response.text();
  let detail = text;
  try {
    detail = JSON.parse(text).detail ?? text;
  } catch { /* 不是 JSON 就照原样 */ }
  throw new Refused(detail || `HTTP ${response.status}`, response.status);
}

export async function runSparql(query: string, signal: AbortSignal): Promise<Answer> {
  const begun = performance.now();
  const accept = "application/sparql-results+json, application/n-triples;q=0.9";
  const headers = { "content-type": "application/sparql-query", accept };
  const response = await got(fetch("/sparql", { method: "POST", body: query, headers, signal }));
  const raw = await response.text();
  const ms = Math.round(performance.now() - begun);
  if (response.headers.get("content-type")?.includes("n-triples")) {
    return { columns: [say("subject"), say("predicate"), say("object")], rows: triplesOf(raw), triples: true, raw, ms };
  }
  const found = JSON.parse(raw);
  if ("boolean" in found) {
    const value = say(found.boolean ? "truth" : "falsehood");
    const rows = [[{ value, iri: false, number: null }]];
    return { columns: ["ASK"], rows, triples: false, raw, ms, truth: found.boolean };
  }
  const columns: string[] = found.head.vars;
  const rows = found.results.bindings.map((row: any) => columns.map(name => cellOf(row[name])));
  return { columns, rows, triples: false, raw, ms };
}

function cellOf(term: any): Cell | null {
  if (!term) return null;
  const number = term.type !== "uri" && NUMERIC.test(term.datatype ?? "") ? Number(term.value) : null;
  return { value: term.value, iri: term.type === "uri", number, lang: term["xml:lang"] };
}

const TRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?) \.$/;

function triplesOf(text: string): (Cell | null)[][] {
  return text.split("\n").map(line => TRIPLE.exec(line)).filter(found => found !== null).map(found =>
    [found[1]!, found[2]!, found[3]!].map(termOf));
}

function termOf(text: string): Cell {
  if (text[0] === "<") return { value: unescaped(text.slice(1, -1)), iri: true, number: null };
  if (text[0] !== '"') return { value: text, iri: false, number: null };
  const end = text.lastIndexOf('"');
  const value = unescaped(text.slice(1, end));
  return { value, iri: false, number: NUMERIC.test(text.slice(end + 1, -1)) ? Number(value) : null };
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    four || eight ? String.fromCodePoint(parseInt(four || eight, 16)) : ESCAPES[one] ?? one);
}

export async function askQuestion(id: string, values: Record<string, string>, signal: AbortSignal): Promise<Answer> {
  const begun = performance.now();
  const address = `/ask/${id}?${new URLSearchParams({ ...values, format: "json", evidence: "1" })}`;
  const raw = await (await got(fetch(address, { signal }))).text();
  const found = JSON.parse(raw);
  const rows = found.rows.map((row: unknown[]) => row.map(plainCell));
  const ms = Math.round(performance.now() - begun);
  return { columns: found.columns, rows, triples: false, raw, ms, nodes: found.nodes, quotes: found.evidence };
}

function plainCell(value: unknown): Cell | null {
  if (value === null) return null;
  const text = typeof value === "boolean" ? say(value ? "truth" : "falsehood") : String(value);
  return { value: text, iri: /^https?:\/\/\S+$/.test(text), number: typeof value === "number" ? value : null };
}

// Excel 能打开中文（有 BOM），不会把单元格当公式执行。
export function csvOf(answer: Answer): string {
  const quoted = (text: string) => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const safe = (cell: Cell | null) => !cell ? "" : cell.number === null && /^[=+\-@\t\r]/.test(cell.value) ? "'" + cell.value : cell.value;
  const lines = [answer.columns, ...answer.rows.map(row => row.map(safe))];
  return "\ufeff" + lines.map(line => line.map(quoted).join(",")).join("\r\n") + "\r\n";
}
