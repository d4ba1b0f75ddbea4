// Builds static/: two scripts, the style, the licences of what they contain, and a manifest that says what came from where.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const common = { bundle: true, format: "iife", target: "es2020", charset: "utf8", minify: true, legalComments: "none", metafile: true, logLevel: "error" };
const results = [
  await build({ ...common, entryPoints: ["src/main.ts"], outfile: "static/explorer.js" }),
  await build({ ...common, entryPoints: ["src/webgl.ts"], outfile: "static/webgl.js" }),
  await build({ ...common, entryPoints: ["src/explorer.css"], outfile: "static/explorer.css" }),
];
const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
const packages = [...new Set(inputs.map((name) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(name)?.[1]).filter(Boolean))].sort();
const read = (name) => readFileSync(name, "utf8").replace(/\r\n/g, "\n").trim();
const licence = (name) => read(`node_modules/${name}/${{ sigma: "LICENSE.txt", events: "LICENSE" }[name] ?? "LICENSE.txt"}`);
const described = packages.map((name) => {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  return { name, version, licence: license, in: "webgl.js" };
});
const font = { name: "Noto Sans SC", version: "2.004", licence: "OFL-1.1", in: "NotoSansSC-GBK.ttf.xz", from: "zhplot 1.0.0, NotoSansSC-Regular.ttf, cut to GBK by kg/explorer/font.py" };
const texts = [...described.map((one) => `${one.name} ${one.version} (${one.licence})\n\n${licence(one.name)}`), `Noto Sans SC (OFL-1.1)\n\n${read("static/NotoSansSC-OFL.txt")}`];
writeFileSync("static/licences.txt", texts.join(`\n\n${"-".repeat(72)}\n\n`) + "\n");
const hash = (name) => createHash("sha256").update(readFileSync(`static/${name}`)).digest("hex");
const outputs = ["explorer.js", "webgl.js", "explorer.css", "licences.txt", "NotoSansSC-GBK.ttf.xz", "NotoSansSC-OFL.txt"];
writeFileSync("static/manifest.json", JSON.stringify({ contains: [...described, font], sha256: Object.fromEntries(outputs.map((name) => [name, hash(name)])) }, null, 1) + "\n");
