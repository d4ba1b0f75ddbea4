// 页面用语：中文、英文。
export type Language = "zh" | "en";

const WORDS = {
  title: ["养老政策知识图谱", "Chinese eldercare policy graph"],
  lead: ["选一个现成的问题，或者自己写 SPARQL；每个答案都能读到原文。", "Pick a ready question or write SPARQL; every answer leads to the words that say so."],
  query: ["查询", "Query"],
  asks: ["问题", "Questions"],
  search: ["搜索", "Search"],
  explorer: ["探索", "Explorer"],
  other: ["English", "中文"],
  ready: ["现成的问题", "Ready questions"],
  filter: ["筛选问题", "Filter questions"],
  none: ["没有这样的问题", "No such question"],
  editor: ["SPARQL", "SPARQL"],
  hint: ["Ctrl+Enter 运行，Ctrl+空格 补全；ek: c: id: 等前缀不必声明。", "Ctrl+Enter runs, Ctrl+Space completes; ek: c: id: and the like need no PREFIX."],
  run: ["运行", "Run"],
  stop: ["停下", "Stop"],
  prefixes: ["写出前缀", "Write prefixes"],
  link: ["复制链接", "Copy link"],
  copied: ["已复制", "Copied"],
  ask: ["查询", "Ask"],
  toSparql: ["看它的 SPARQL", "Show its SPARQL"],
  evidence: ["原文", "Evidence"],
  close: ["收起这个问题", "Close this question"],
  table: ["表", "Table"],
  graph: ["图", "Graph"],
  chart: ["图表", "Chart"],
  raw: ["原始", "Raw"],
  csv: ["下载 CSV", "Download CSV"],
  results: ["结果", "Results"],
  empty: ["还没有运行查询。", "Nothing has been asked yet."],
  running: ["正在查询……", "Asking …"],
  rows: ["{} 行，{} 毫秒", "{} rows, {} ms"],
  triples: ["{} 条三元组，{} 毫秒", "{} triples, {} ms"],
  zero: ["没有结果。", "No results."],
  truth: ["是", "Yes"],
  falsehood: ["否", "No"],
  more: ["再列 {} 行", "{} more rows"],
  stopped: ["已停下。", "Stopped."],
  unreached: ["连不上服务。", "The service cannot be reached."],
  label: ["标签列", "Labels"],
  value: ["数值列", "Values"],
  noChart: ["没有数值列，画不成图表。", "No column of numbers to draw."],
  noGraph: ["没有可连成图的资源：用 CONSTRUCT，或让一行里有两个资源。", "Nothing to join: use CONSTRUCT, or select two resources in a row."],
  cut: ["只画出前 {} 个点。", "Only the first {} nodes are drawn."],
  cutBars: ["只画出前 {} 行。", "Only the first {} rows are drawn."],
  defaults: ["留空用默认值，* 表示不限。", "Leave empty for the default, * for everything."],
  see: ["查看", "see"],
  subject: ["主语", "subject"],
  predicate: ["谓语", "predicate"],
  object: ["宾语", "object"],
  skip: ["跳到正文", "Skip to content"],
  class: ["类", "class"],
  property: ["属性", "property"],
  code: ["代码", "code"],
  licences: ["所用软件的许可", "Licences of the software used"],
  description: ["服务说明", "Service description"],
  pages: ["各页", "Pages"],
} as const;

export type Key = keyof typeof WORDS;

export const language: Language = (() => {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked === "zh" || asked === "en") return asked;
  return navigator.languages.some(one => one.startsWith("zh")) || !navigator.language.startsWith("en") ? "zh" : "en";
})();

export function say(key: Key, ...values: (string | number)[]): string {
  let text: string = WORDS[key][language === "en" ? 1 : 0];
  for (const value of values) text = text.replace("{}", String(value));
  return text;
}
