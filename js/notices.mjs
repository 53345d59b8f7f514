/** The licences of the packages whose code is in the bundle, as one text. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/**
 * Write the notices of a build.
 *
 * @param {string} js folder of package.json
 * @param {import("esbuild").Metafile} metafile which inputs ended in the output
 * @returns {Promise<string>}
 */
export async function notices(js, metafile) {
  const folders = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = packageFolder(input);
      // A style sheet that is left out leaves an empty module.
      if (folder !== null && bytesInOutput > 0 && !input.endsWith(".css")) folders.add(folder);
    }
  }
  const parts = await Promise.all([...folders].map((folder) => describe(path.join(js, folder))));
  const texts = [...new Map(parts.map((part) => [part.title, part.text])).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const head =
    "The JavaScript bundle of tbnotebook carries code of the packages below, each under its own licence.\n" +
    "This file is written by js/build.mjs from what the bundle holds.\n";
  return [head, ...texts.map(([title, text]) => `${"=".repeat(80)}\n${title}\n\n${text}\n`)].join("\n");
}

/** `node_modules/a/node_modules/@b/c/x.js` → `node_modules/a/node_modules/@b/c`. */
function packageFolder(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match === null ? null : match[1];
}

async function describe(folder) {
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const licence = typeof manifest.license === "string" ? manifest.license : (manifest.license?.type ?? manifest.licenses?.[0]?.type);
  const file = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying)/i.test(name)).sort()[0];
  if (licence === undefined && file === undefined) {
    throw new Error(`${manifest.name} is in the bundle and states no licence: leave it out or state its licence here`);
  }
  const text = file === undefined ? unwritten(manifest, licence) : await readFile(path.join(folder, file), "utf8");
  return { title: `${manifest.name} ${manifest.version} (${licence ?? "see below"})`, text: tidy(text) };
}

/** The text of a licence that a package names without carrying it. */
function unwritten(manifest, licence) {
  if (licence !== "MIT") throw new Error(`${manifest.name} names the licence ${licence} and carries no text of it: add the text here`);
  const author = typeof manifest.author === "string" ? manifest.author : (manifest.author?.name ?? `the authors of ${manifest.name}`);
  return `Copyright (c) ${author.replace(/\s*<[^>]*>/, "")}\n\n${MIT}`;
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

function tidy(text) {
  return text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").replace(/[ \t]+$/gm, "").trim();
}
