// static/licences.json：query.js 里有哪些别人的包，各是什么许可。由 esbuild 的 metafile 得出，构建时写。
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const { outputs } = JSON.parse(readFileSync("static/meta.json", "utf8"));
const files = Object.values(outputs).flatMap(one => Object.entries(one.inputs)).filter(([, one]) => one.bytesInOutput > 0);
const names = new Set(files.map(([file]) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean));
const told = [...names].sort().map(name => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const text = ["LICENSE", "LICENSE.md", "license"].map(file => {
    try {
      return readFileSync(`node_modules/${name}/${file}`, "utf8").trim();
    } catch {
      return "";
    }
  }).find(Boolean) ?? "";
  return { name, version, license, text };
});
if (told.some(one => !one.text)) throw new Error("a package without its licence");
writeFileSync("static/licences.json", JSON.stringify(told, null, 1) + "\n");
rmSync("static/meta.json");
