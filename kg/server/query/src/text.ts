// 原文页：把网址 #char=起,止 指的那几个字标出来（RFC 5147），码位计。
function show(): void {
  const registry = (CSS as any).highlights;
  registry?.delete("said");
  const found = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
  const article = document.querySelector("article.text");
  if (!found || !article) return;
  const range = document.createRange();
  const wanted = [Number(found[1]), Number(found[2])];
  let begun = false;
  for (const piece of article.querySelectorAll<HTMLElement>("[data-at]")) {
    const from = Number(piece.dataset.at);
    const letters = [...(piece.textContent ?? "")];
    const node = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT).nextNode();
    if (!node) continue;
    const place = (at: number) => letters.slice(0, at - from).join("").length;
    if (!begun && wanted[0]! < from + letters.length) {
      range.setStart(node, place(Math.max(wanted[0]!, from)));
      begun = true;
    }
    if (begun && wanted[1]! <= from + letters.length) {
      range.setEnd(node, place(wanted[1]!));
      break;
    }
  }
  if (!begun) return;
  registry?.set("said", new (window as any).Highlight(range));
  const box = range.getBoundingClientRect();
  scrollTo({ top: box.top + scrollY - innerHeight / 3 });
}

addEventListener("hashchange", show);
show();
