// SPARQL 编辑器：CodeMirror 6。装在影子根里，样式走 adoptedStyleSheets，所以页面不必放开内联样式。
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { vocabulary, type Term } from "./terms";
import { language, say } from "./words";

const THEME = EditorView.theme({
  "&": { color: "var(--fg)", backgroundColor: "var(--card)", fontSize: "14px", borderRadius: "8px" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--fg)", minHeight: "9em", padding: "8px 0" },
  ".cm-scroller": { maxHeight: "22em", overflow: "auto", lineHeight: "1.6" },
  ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--muted)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--line-soft)" },
  ".cm-cursor": { borderLeftColor: "var(--fg)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--selected) !important" },
  ".cm-matchingBracket": { backgroundColor: "var(--selected) !important" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--fg)", border: "1px solid var(--line)", borderRadius: "8px", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: ".8", marginLeft: "1em" },
  ".cm-completionInfo": { padding: "6px 10px", maxWidth: "22em" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad)" },
});
const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: [tags.variableName, tags.special(tags.variableName), tags.definition(tags.variableName)], color: "var(--variable)" },
  { tag: [tags.atom, tags.number, tags.bool], color: "var(--number)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.meta, tags.operator], color: "var(--muted)" },
]);
const KEYWORDS = "SELECT DISTINCT WHERE CONSTRUCT ASK DESCRIBE OPTIONAL UNION MINUS FILTER BIND VALUES GRAPH ORDER BY GROUP HAVING LIMIT OFFSET COUNT SUM AVG MIN MAX GROUP_CONCAT CONTAINS STRSTARTS REGEX EXISTS NOT IN AS DESC STR LANG BOUND COALESCE IF".split(" ");

function option(term: Term): Completion {
  const [label, about] = language === "en" ? [term.en, term.about_en] : [term.zh, term.about];
  const made: Completion = { label: term.name, detail: `${label} · ${say(term.kind)}`, type: term.kind };
  return about ? { ...made, info: about } : made;
}

// 按英文名或中文名补全：输入“数量”“ek:val”“发文”都行。
function complete(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[\w:.\-\u4e00-\u9fff]+/);
  if (!word && !context.explicit) return null;
  const typed = word?.text.toLowerCase() ?? "";
  const before = context.state.sliceDoc(Math.max(0, (word?.from ?? context.pos) - 1), word?.from ?? context.pos);
  if (before === "?" || before === "$") {
    const names = new Set([...context.state.doc.toString().matchAll(/[?$](\w+)/g)].map(found => found[1]!));
    names.delete(typed);
    return { from: word?.from ?? context.pos, options: [...names].map(label => ({ label, type: "variable" })) };
  }
  const bare = typed.includes(":") ? typed.slice(typed.indexOf(":") + 1) : typed;
  const fits = (term: Term) => term.name.toLowerCase().includes(typed) || (bare !== "" && (term.zh.includes(bare) || term.en.toLowerCase().includes(bare)));
  const order = { class: 0, property: 1, code: 2 };
  const found = vocabulary.terms.filter(fits).sort((a, b) => order[a.kind] - order[b.kind] || a.name.localeCompare(b.name));
  const words = KEYWORDS.filter(one => typed !== "" && one.toLowerCase().startsWith(typed)).map(label => ({ label, type: "keyword" }));
  const prefixes = Object.keys(vocabulary.prefixes).filter(one => one.startsWith(typed)).map(one => ({ label: one + ":", detail: vocabulary.prefixes[one]! }));
  return { from: word?.from ?? context.pos, options: [...words, ...found.slice(0, 80).map(option), ...prefixes], filter: false };
}

// 选中一段再打字时由我们来换：浏览器自己换会留下带 style 的 span，而内容策略不许。
function replaceSelected(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== "insertText" || event.isComposing || !event.data || view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  return true;
}

export class Editor {
  readonly view: EditorView;

  constructor(host: HTMLElement, text: string, run: () => void, changed: () => void) {
    const root = host.attachShadow({ mode: "open" });
    const parent = document.createElement("div");
    root.append(parent);
    const running = { key: "Mod-Enter", run: () => (run(), true) };
    this.view = new EditorView({
      root,
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          keymap.of([running, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
          StreamLanguage.define(sparql), syntaxHighlighting(COLOURS), THEME, EditorView.lineWrapping,
          autocompletion({ override: [complete], icons: false }),
          EditorView.contentAttributes.of({ "aria-label": "SPARQL", autocapitalize: "off" }),
          EditorView.domEventHandlers({ beforeinput: replaceSelected }),
          EditorView.updateListener.of(update => update.docChanged && changed()),
        ],
      }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    this.mark(null);
  }

  // 把服务说的错处标出来：“error at 2:10: …”。
  mark(message: string | null): void {
    const place = /\b(\d+):(\d+)\b/.exec(message ?? "");
    const marks: Diagnostic[] = [];
    if (message && place && Number(place[1]) >= 1 && Number(place[1]) <= this.view.state.doc.lines) {
      const line = this.view.state.doc.line(Number(place[1]));
      const from = Math.min(line.from + Math.max(0, Number(place[2]) - 1), line.to);
      marks.push({ from, to: Math.min(from + 1, this.view.state.doc.length), severity: "error", message });
    }
    this.view.dispatch(setDiagnostics(this.view.state, marks));
  }

  // 把用到的前缀声明写在最前面，好拿到别的服务去用。
  writePrefixes(): void {
    const text = this.text;
    const used = Object.entries(vocabulary.prefixes).filter(([name]) =>
      new RegExp(`(?<![\\w-])${name}:`).test(text) && !new RegExp(`prefix\\s+${name}:`, "i").test(text));
    if (used.length) this.text = used.map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("") + text;
  }
}
