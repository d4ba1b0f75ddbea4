/** The keys, in a window of their own. */

import { h } from "./dom";
import { w } from "./words";

export function openHelp(): void {
  const rows = w("keys").split(" · ").map((row) => row.split("\t"));
  const box = h("dialog", { class: "help", "aria-labelledby": "helpname", onclose: () => box.remove() },
    h("h2", { id: "helpname" }, w("help")),
    h("dl", { class: "facts" }, ...rows.flatMap(([keys, words]) => [h("dt", {}, ...keys.split(" ").map((key) => h("kbd", {}, key))), h("dd", {}, words)])),
    h("h3", {}, w("reading")), h("dl", { class: "facts" }, ...w("meanings").split(" · ").map((row) => row.split("\t")).flatMap(([sign, words]) => [h("dt", {}, sign), h("dd", {}, words)])),
    h("button", { type: "button", class: "plain", onclick: () => box.close() }, w("close")));
  document.body.append(box);
  box.showModal();
}
