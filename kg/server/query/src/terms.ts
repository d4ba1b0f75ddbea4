// 本体的词、前缀；资源的简写和网址。
export interface Term { name: string; kind: "class" | "property" | "code"; zh: string; en: string; about: string; about_en: string }
interface Vocabulary { base: string; prefixes: Record<string, string>; terms: Term[] }

export const vocabulary: Vocabulary = { base: "", prefixes: {}, terms: [] };

export async function readVocabulary(): Promise<void> {
  Object.assign(vocabulary, await (await fetch("/terms")).json());
}

function unquoted(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function short(iri: string): string {
  const known = Object.entries(vocabulary.prefixes).filter(([, long]) => iri.startsWith(long));
  const best = known.sort((a, b) => b[1].length - a[1].length)[0];
  return best ? `${best[0]}:${unquoted(iri.slice(best[1].length))}` : unquoted(iri);
}

// 我们的资源在本站的网址；原文里的一处直接到原文；别处的资源不链接。
export function address(iri: string): string | null {
  if (!vocabulary.base || !iri.startsWith(vocabulary.base)) return null;
  const path = iri.slice(vocabulary.base.length);
  const place = /^id\/src\/([0-9a-f]{16})(?:\/(\d+)-(\d+))?$/.exec(path);
  if (place) return `/text/${place[1]}${place[2] ? `#char=${place[2]},${place[3]}` : ""}`;
  return "/entity/" + path;
}
