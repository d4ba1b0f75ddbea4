/** Where the keyboard is, kept when what it was on is drawn anew. */

const REACHED = "a[href], button, input, select, summary, [tabindex='0']";

export const reached = (box: Element): HTMLElement[] => Array.from(box.querySelectorAll<HTMLElement>(REACHED));

/** By what a control is known again: counts and the numbers of made identities change. */
const called = (one: Element): string =>
  `${one.tagName} ${one.getAttribute("aria-label") ?? (one.closest(".tick") ?? one).textContent?.replace(/[\d,↑↓\s]+/g, "") ?? ""}`;

/** Remembers the control that has the focus; what is given back puts the focus there again and tells whether it could. */
export function hold(boxes: HTMLElement[]): () => boolean {
  const was = document.activeElement, box = boxes.find((one) => one !== was && one.contains(was));
  if (!was || !box) return () => document.activeElement !== document.body;
  const all = reached(box), name = called(was);
  const nth = all.filter((one) => called(one) === name).indexOf(was as HTMLElement), index = all.indexOf(was as HTMLElement);
  return () => {
    if (was.isConnected && box.contains(was)) { (was as HTMLElement).focus({ preventScroll: true }); return document.activeElement === was; }
    const now = reached(box);
    const found = now.filter((one) => called(one) === name)[nth] ?? (now.length === all.length ? now[index] : undefined);
    found?.focus({ preventScroll: true });
    return Boolean(found) && document.activeElement === found;
  };
}
