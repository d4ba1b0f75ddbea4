// 查询页：问题、编辑器、结果；现在问的是什么写在网址的 # 后面，可以转给别人。
import { askQuestion, csvOf, runSparql, type Answer } from "./answer";
import { showChart } from "./chart";
import { at, make } from "./dom";
import { Editor } from "./editor";
import { showGraph } from "./network";
import { listQuestions, showForm, titleOf, type Question } from "./questions";
import { showTable } from "./table";
import { readVocabulary } from "./terms";
import { language, say, type Key } from "./words";

const FIRST = `# ${language === "en" ? "The documents in the graph and who issued them" : "图谱里的文件和发文机关"}
SELECT ?document ?title ?agency ?name WHERE {
  ?text eli:realizes ?document .
  ?document skos:prefLabel ?title ;
            ek:issuedBy ?agency .
  ?agency skos:prefLabel ?name
} ORDER BY ?title LIMIT 100
`;
const VIEWS = { table: showTable, graph: showGraph, chart: showChart, raw: showRaw } as const;
type View = keyof typeof VIEWS;

let editor: Editor;
let answer: Answer | null = null;
let view: View = "table";
let running: AbortController | null = null;
let name = "query";

function showRaw(host: HTMLElement, shown: Answer): void {
  let text = shown.raw;
  try {
    text = JSON.stringify(JSON.parse(text), null, 1);
  } catch { /* 三元组照原样 */ }
  const pre = make("pre", { tabindex: "0", role: "region", "aria-label": say("raw") }, text.slice(0, 500_000));
  host.replaceChildren(pre);
}

function tell(message: string, bad = false): void {
  const status = at("status");
  status.textContent = message;
  status.classList.toggle("refused", bad);
}

async function carry(work: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
  running?.abort();
  const mine = running = new AbortController();
  at("stop").hidden = false;
  at("results").setAttribute("aria-busy", "true");
  tell(say("running"));
  editor.mark(null);
  try {
    answer = await work(mine.signal);
    tell(answer.rows.length ? say(answer.triples ? "triples" : "rows", answer.rows.length, answer.ms) : say("zero"));
  } catch (error) {
    if (running !== mine) return;
    answer = null;
    const message = (error as Error).name === "AbortError" ? say("stopped") : (error as Error).message;
    tell(message, true);
    editor.mark(message);
  }
  if (running !== mine) return;
  running = null;
  at("stop").hidden = true;
  at("results").removeAttribute("aria-busy");
  show();
}

function show(): void {
  for (const one of document.querySelectorAll<HTMLElement>("[role=tab]")) {
    const chosen = one.id === `tab-${view}`;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
  }
  at("panel").setAttribute("aria-labelledby", `tab-${view}`);
  at<HTMLButtonElement>("csv").disabled = !answer;
  if (answer) VIEWS[view](at("panel"), answer);
  else at("panel").replaceChildren();
}

function choose(wanted: View, focus = false): void {
  view = wanted;
  show();
  if (focus) at(`tab-${view}`).focus();
}

function run(): void {
  name = "query";
  history.replaceState(null, "", "#" + new URLSearchParams({ query: editor.text }));
  void carry(signal => runSparql(editor.text, signal));
}

function pick(question: Question, values: Record<string, string> = {}, at_once = false): void {
  const ask = (given: Record<string, string>) => {
    name = question.id;
    history.replaceState(null, "", "#" + new URLSearchParams({ ask: question.id, ...given }));
    void carry(signal => askQuestion(question.id, given, signal));
  };
  const toSparql = () => {
    at<HTMLDetailsElement>("write").open = true;
    editor.text = question.query;
    editor.view.focus();
  };
  const close = () => {
    at("question").hidden = true;
    at("filter").focus();
  };
  showForm(question, values, ask, toSparql, close);
  at<HTMLDetailsElement>("write").open = false;
  for (const one of document.querySelectorAll("#questions button")) {
    one.toggleAttribute("data-chosen", one.getAttribute("data-id") === question.id);
  }
  document.title = `${titleOf(question)} · ${say("title")}`;
  if (at_once || !question.parameters.length) ask(values);
  else at("question").querySelector<HTMLElement>("h2")?.focus();
}

function download(): void {
  if (!answer) return;
  const url = URL.createObjectURL(new Blob([csvOf(answer)], { type: "text/csv" }));
  make("a", { href: url, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function translate(): void {
  document.documentElement.lang = language === "en" ? "en" : "zh-Hans";
  document.title = say("title");
  for (const one of document.querySelectorAll<HTMLElement>("[data-say]")) one.textContent = say(one.dataset.say as Key);
  for (const one of document.querySelectorAll<HTMLElement>("[data-name]")) one.setAttribute("aria-label", say(one.dataset.name as Key));
  at<HTMLInputElement>("filter").placeholder = say("filter");
  const other = at<HTMLAnchorElement>("other");
  other.href = language === "en" ? "/?lang=zh" : "/?lang=en";
  other.lang = language === "en" ? "zh" : "en";
  if (language === "en") for (const one of document.querySelectorAll<HTMLAnchorElement>("nav a")) one.href += "?lang=en";
}

function listen(): void {
  at("run").addEventListener("click", run);
  at("stop").addEventListener("click", () => running?.abort());
  at("csv").addEventListener("click", download);
  at("prefixes").addEventListener("click", () => editor.writePrefixes());
  at("link").addEventListener("click", () => {
    history.replaceState(null, "", "#" + new URLSearchParams({ query: editor.text }));
    void navigator.clipboard?.writeText(location.href).then(() => tell(say("copied")), () => undefined);
  });
  const tabs = Object.keys(VIEWS) as View[];
  for (const one of tabs) at(`tab-${one}`).addEventListener("click", () => choose(one));
  at("tabs").addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) choose(tabs[(tabs.indexOf(view) + step + tabs.length) % tabs.length]!, true);
  });
}

async function start(): Promise<void> {
  translate();
  const asked = new URLSearchParams(location.hash.slice(1));
  editor = new Editor(at("editor"), asked.get("query") ?? FIRST, run, () => editor?.mark(null));
  listen();
  const [, questions] = await Promise.all([
    readVocabulary(),
    fetch("/ask?format=json").then(response => response.json() as Promise<Question[]>),
  ]);
  listQuestions(questions, question => pick(question));
  const question = questions.find(one => one.id === asked.get("ask"));
  const { ask: _, query: __, ...values } = Object.fromEntries(asked);
  if (question) pick(question, values, true);
  else if (asked.has("query")) run();
  else show();
  document.documentElement.dataset.ready = "";
}

void start();
