/** The page's own words in two languages. Names from the graph stay as they are. */

import { state } from "./state";

const WORDS: Record<string, [string, string]> = {
  agency: ["机关", "Agencies"], document: ["文件", "Documents"], program: ["项目", "Programmes"],
  count: ["数量", "Figures"], proposal: ["建议提案", "Proposals"], area: ["地区", "Areas"],
  home: ["概览", "Overview"], net: ["关系图", "Network"], ladder: ["引用阶梯", "Citation ladder"],
  time: ["时间线", "Timeline"], table: ["数量表", "Figures by region"], read: ["原文", "Source text"],
  path: ["路径", "Path"], find: ["核查", "Findings"],
  search: ["搜索机关、文件、文号、项目、数量；可用拼音、首字母", "Search names, document numbers, figures; pinyin works"],
  searchShort: ["搜索名称、文号、拼音", "Search"],
  results: ["结果", "results"], none: ["没有找到", "Nothing found"],
  noneHint: ["试试更短的词，或只输入文号的年份和序号。", "Try a shorter word, or only the year and serial of a number."],
  near: ["没有完全相符的；下面的相近", "No exact match; these come near"],
  filters: ["筛选", "Filters"], openRegion: ["展开", "Open"], clear: ["清除筛选", "Clear filters"], all: ["全部", "All"],
  kind: ["类型", "Type"], region: ["地区", "Region"], year: ["年份", "Year"], genre: ["文种", "Genre"],
  relation: ["关系", "Relations"], sure: ["把握", "Confidence"], said: ["有原文依据", "With evidence"],
  sureAll: ["全部", "All"], sureHigh: ["较有把握（≥0.8）", "Strong (≥0.8)"], sureTop: ["很有把握（≥0.95）", "Very strong (≥0.95)"],
  close: ["关闭", "Close"], more: ["再显示", "Show"], moreTail: ["项", "more"],
  theme: ["深浅", "Light/dark"], lang: ["English", "中文"], langShort: ["EN", "中"], help: ["按键与说明", "Keys and signs"],
  names: ["又称", "Also called"], number: ["编号", "Number"], issuers: ["发文机关", "Issued by"],
  date: ["成文日期", "Date"], published: ["发布日期", "Published"], level: ["层级", "Level"],
  facts: ["数量", "Figures"], links: ["联系", "Links"], evidence: ["原文依据", "Evidence"],
  mentionsOf: ["文中出处", "Where it is named"], readText: ["读原文", "Read the text"], read1: ["原文", "text"],
  notHeld: ["图中没有这件文件的原文，只知道它被引用。", "The text of this document is not in the graph; it is only cited."],
  value: ["数值", "Value"], what: ["对象", "What"], period: ["时间", "Time"], sort: ["性质", "Kind"],
  noPeriod: ["未写明时间", "no time stated"], place: ["地区", "Region"], document1: ["出处", "Source"],
  conf: ["把握", "Confidence"], group: ["人群", "Population"],
  high: ["很有把握", "very strong"], good: ["较有把握", "strong"], fair: ["供参考", "tentative"],
  noEvidence: ["此关系来自知识表，不出自某一句话", "From reference tables, not from a sentence"],
  showNet: ["看关系图", "Show in network"], showLadder: ["看引用阶梯", "Show citation ladder"],
  pathFrom: ["由此找路径", "Find a path from here"], copyLink: ["复制链接", "Copy link"],
  cite: ["复制引文", "Copy citation"], copied: ["已复制", "Copied"],
  hops: ["范围", "Range"], hopsAll: ["全图", "Whole graph"], hops1: ["相邻一步", "1 step"], hops2: ["两步之内", "2 steps"],
  fit: ["适应窗口", "Fit"], zoomIn: ["放大", "Zoom in"], zoomOut: ["缩小", "Zoom out"],
  png: ["图片 PNG", "PNG"], svg: ["矢量 SVG", "SVG"], csv: ["表格 CSV", "CSV"],
  save: ["保存", "Save"], csvThings: ["事物表 CSV", "Things, CSV"], csvLinks: ["关系表 CSV（带原文）", "Links with evidence, CSV"],
  turtle: ["RDF Turtle", "RDF Turtle"], graphml: ["GraphML（Gephi、yEd）", "GraphML (Gephi, yEd)"],
  netLabel: ["关系图。方向键移动，加减号缩放，回车打开；同样的内容在右侧卡片的“联系”里。",
    "Network. Arrow keys move, plus and minus zoom, Enter opens; the card's list of links has the same content."],
  ties: ["{0} 条联系", "{0} links"],
  sampled: ["只画出 {0} 条关系，共 {1} 条", "{0} of {1} links are drawn"],
  most: ["只画出联系最多的，共 {0} 个；搜索或筛选可看其余", "those with most links, of {0}; search or filter for the rest"],
  shown: ["显示 {0} 个事物、{1} 条关系", "{0} things and {1} links shown"],
  nation: ["国家", "Nation"], province: ["省", "Province"], prefecture: ["市", "Prefecture"], county: ["县区", "County"], town: ["乡镇", "Town"],
  unknown: ["层级未明", "Level unknown"],
  ghost: ["图中没有这一级的文件", "No document of this level in the graph"],
  ghostSkip: ["直辖市没有这一级", "Municipalities under the centre have no such level"],
  ladderIntro: ["从这件文件出发：它依据、引用谁，谁又依据、引用它。", "From this document: what it rests on, and what rests on it."],
  thisOne: ["这一件", "this one"], tiesBack: ["{0}这一件", "{0} this one"],
  ladderPick: ["选一件文件", "Choose a document"],
  basis: ["依据", "as basis"], cited: ["引用", "by mention"],
  timeIntro: ["实心是已经达到的，空心是计划达到的；只有同一对象、单位、地区的数才连线，线图从零起。年份取自原文，不是发布日期。",
    "Filled: achieved. Hollow: planned. A line joins only figures of the same thing, unit and region; its scale begins at zero. Years are the text's, not the date of issue."],
  undated: ["另有 {0} 个数没有写明时间，见数量表。", "{0} more figures state no time; see the table."],
  achieved: ["已达到", "achieved"], planned: ["计划", "planned"], norm: ["标准", "standard"], growth: ["增幅", "growth"],
  tableIntro: ["每个数都可以点开它的原文。", "Every figure opens the sentence it stands in."],
  pathTry: ["比如", "For example"], pathBetween: ["{0} 和 {1}", "{0} and {1}"],
  pathIntro: ["两个事物之间最短的联系，每一步都有原文。", "The shortest way between two things, with the words for each step."],
  from: ["起点", "From"], to: ["终点", "To"], noPath: ["图中没有联系这两者的路径。", "Nothing in the graph joins these two."],
  otherPath: ["另一条", "Another way"],
  findIntro: ["读文件时值得再看一眼的地方：疑似错字、前后不符的数、有期限的目标、未能确定所指的名称。",
    "What deserves a second look: likely misspellings, sums, dated targets, names that the text does not settle."],
  doubt: ["文字疑点", "Doubtful wording"], check: ["核算", "Arithmetic"], values: ["两处写的数不一样", "Values that disagree"], issuerlists: ["发文机关前后不一", "Issuers that disagree"],
  members: ["成员名单不一", "Lists of members that disagree"], code: ["文号与发文机关不合", "Numbers of another body"],
  unresolved: ["被引用而图中没有原文的文件", "Cited and not held"], unnumbered: ["引用了没有文号的文件", "Cited without a number"],
  target: ["有期限的目标", "Dated targets"], duty: ["职责", "Duties"], alias: ["未能确定的名称", "Unsettled names"],
  inText: ["文中提到", "In this text"], click: ["点文中着色的词，打开它的卡片。", "Click a coloured word to open its card."],
  hash: ["文本指纹", "Text hash"], file: ["来源文件", "Source file"], origin: ["来源网址", "Address"], retrieved: ["（{0} 取得）", "(fetched {0})"],
  letters: ["{0} 字", "{0} characters"],
  pickText: ["选一件文件来读", "Choose a document to read"],
  questions: ["可以这样问", "Questions to begin with"], byKind: ["按类型", "By type"], byRegion: ["按地区", "By region"], byYear: ["按年份", "By year"],
  olderYears: ["更早的从 {0} 年起，见时间线。", "Earlier ones, from {0} on, are in the timeline."],
  lead: ["{0} 件文件的原文里读出来的机关、文件、项目和数量。每一条都能点回它出自的那句话。",
    "Agencies, documents, programmes and figures read from the text of {0} documents. Every statement leads back to its sentence."],
  foot: ["本页不联网；数据都在文件里。", "This page uses no network; all data is in the file."], build: ["版本", "build"], licences: ["字体与所用软件的许可", "Licences of the font and software used"],
  whyName: ["名称", "name"], whyAlias: ["又称", "also called"], whyNumber: ["编号", "number"], whyPinyin: ["拼音", "pinyin"],
  whyInitials: ["拼音首字母", "initials"], whySentence: ["原文", "sentence"], whyWords: ["这些词都有", "has these words"], whyNear: ["相近", "near"],
  empty: ["没有符合筛选的内容。", "Nothing fits the filters."], whoMeasure: ["说到它的数", "Figures about it"],
  skip: ["跳到内容", "Skip to content"], keys: [
    "/\t搜索 · ↑ ↓\t选择结果 · 回车\t打开 · Esc\t关闭 · 1 … 8\t换视图 · f\t筛选 · x\t清除筛选 · [ ]\t后退、前进 · ← ↑ → ↓\t关系图里：到下一个事物 · + - 0\t关系图里：放大、缩小、适应窗口 · ?\t这张表",
    "/\tsearch · ↑ ↓\tchoose a result · Enter\topen · Esc\tclose · 1 … 8\tviews · f\tfilters · x\tclear filters · [ ]\tback and forward · ← ↑ → ↓\tin the network: to the next thing · + - 0\tin the network: zoom in, zoom out, fit · ?\tthis list"],
  reading: ["怎么读", "How to read"], meanings: [
    "[820万, 830万]\t原文的话所说的范围：“820余万” · 事实 目标\t已经达到的；计划达到的 · 很有把握\t规则确证（≥0.95） · 较有把握\t规则可靠（≥0.8） · 供参考\t读法可疑，请看原文",
    "[8.2M, 8.3M]\tthe interval that the words assert · reported fact, target\tachieved; planned · very strong\ta rule proves it (≥0.95) · strong\ta reliable rule (≥0.8) · tentative\tcheck the sentence"],
  agency1: ["机关", "Agency"], document1of: ["文件", "Document"], program1: ["项目", "Programme"], count1: ["数量", "Figure"],
  proposal1: ["建议提案", "Proposal"], area1: ["地区", "Area"], sameParagraph: ["同一段里的文件和数", "In the same paragraph"],
  sameText: ["同一原文里的数", "Other figures of the same document"], computed: ["算得", "computed"], meant: ["应为", "meant"], deadline: ["期限", "deadline"],
  gone: ["这份图谱里没有", "Not in this graph"], repealed: ["已被废止", "Repealed"], upTo: ["至", "to"], since: ["自", "from"],
};

export const english = (): boolean =>
  (state().lang || (/^zh/i.test(navigator.language) || !navigator.language ? "zh" : "en")) === "en";

export function w(name: string, ...values: (string | number)[]): string {
  const pair = WORDS[name];
  const words = pair ? pair[english() ? 1 : 0] : name;
  return words.replace(/\{(\d)\}/g, (_, i: string) => String(values[Number(i)]));
}

export const nameOf = (pair: [string, string] | undefined, other: string): string =>
  (pair && pair[english() ? 1 : 0]) || other;

export const plain = (value: number): string => value.toLocaleString(english() ? "en" : "zh-CN");
