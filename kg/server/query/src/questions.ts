// 现成的问题：可筛选的单子；选中后是一张表单，参数边输边提示。
import { at, make } from "./dom";
import { language, say } from "./words";

export interface Parameter { name: string; kind: string; default: string | null; help: string }
export interface Question { id: string; zh: string; en: string; columns: string[]; parameters: Parameter[]; note: string; query: string }

// 参数的种类在搜索里叫什么。
const SOUGHT: Record<string, string> = { document: "document", agency: "agency", area: "area", program: "program" };

export function titleOf(question: Question): string {
  return language === "en" ? question.en : question.zh;
}

export function listQuestions(questions: Question[], pick: (question: Question) => void): void {
  const filter = at<HTMLInputElement>("filter");
  const list = at("questions");
  const show = () => {
    const wanted = filter.value.trim().toLowerCase();
    const fitting = questions.filter(one => (one.zh + one.en + one.id).toLowerCase().includes(wanted));
    list.replaceChildren(...fitting.map(one => {
      const button = make("button", { type: "button", "data-id": one.id }, titleOf(one));
      button.addEventListener("click", () => pick(one));
      return make("li", {}, button);
    }));
    at("no-question").textContent = fitting.length ? "" : say("none");
  };
  filter.addEventListener("input", show);
  show();
}

export function showForm(question: Question, values: Record<string, string>, ask: (values: Record<string, string>) => void, toSparql: () => void, close: () => void): void {
  const fields = question.parameters.map(parameter => fieldOf(parameter, values[parameter.name] ?? ""));
  const sparql = make("button", { type: "button", class: "quiet" }, say("toSparql"));
  sparql.addEventListener("click", toSparql);
  const shut = make("button", { type: "button", class: "quiet" }, say("close"));
  shut.addEventListener("click", close);
  const form = make("form", {}, ...fields,
    question.parameters.length ? make("p", { class: "note" }, say("defaults")) : null,
    make("p", { class: "buttons" }, make("button", { type: "submit" }, say("ask")), sparql, shut));
  form.addEventListener("submit", event => {
    event.preventDefault();
    const given = [...new FormData(form).entries()].map(([name, value]) => [name, String(value).trim()] as const);
    ask(Object.fromEntries(given.filter(([, value]) => value)));
  });
  const note = question.note ? make("p", { class: "note" }, question.note) : null;
  const heading = make("h2", { tabindex: "-1" }, titleOf(question), " ", make("small", {}, question.id));
  at("question").replaceChildren(...[heading, form, note].filter(one => one !== null));
  at("question").hidden = false;
}

function fieldOf(parameter: Parameter, value: string): HTMLElement {
  const id = `p-${parameter.name}`;
  const input = make("input", {
    id, name: parameter.name, value, placeholder: parameter.default ?? "*", autocomplete: "off", "aria-describedby": id + "-help",
    ...(SOUGHT[parameter.kind] ? { list: id + "-list" } : {}),
  });
  const list = make("datalist", { id: id + "-list" });
  if (SOUGHT[parameter.kind]) suggest(input, list, SOUGHT[parameter.kind]!);
  return make("div", { class: "field" },
    make("label", { for: id }, parameter.help || parameter.name), input,
    make("small", { id: id + "-help" }, parameter.name + (parameter.default ? ` = ${parameter.default}` : "")), list);
}

function suggest(input: HTMLInputElement, list: HTMLDataListElement, kind: string): void {
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      if (!input.value.trim()) return;
      const response = await fetch(`/search?${new URLSearchParams({ q: input.value, kind, limit: "8", format: "json" })}`).catch(() => null);
      if (!response?.ok) return;
      const { hits } = await response.json();
      list.replaceChildren(...hits.map((hit: any) => make("option", { value: hit.number || hit.label }, hit.label)));
    }, 180);
  });
}
