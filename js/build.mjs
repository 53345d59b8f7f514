/**
 * Builds what the Python package carries, into `tbnotebook/static` and `tbnotebook/labextension`, and THIRD_PARTY_NOTICES.
 * The outputs depend on the sources alone: no time, no path, no order of the file system.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { notices } from "./notices.mjs";

const js = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(js);
const target = path.join(root, "tbnotebook", "static");

const common = {
  absWorkingDir: js,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  write: false,
  metafile: true,
  logLevel: "warning",
  // An AMD page (nbconvert's HTML) would otherwise catch Plotly's d3, and a blob module knows no `global`.
  define: { "define.amd": "false", global: "globalThis" },
  // Plotly asks for the style sheet of its maps, which we do not carry.
  loader: { ".css": "empty" },
  plugins: [smallColorParser()],
};

/** Plotly takes the whole of culori; two colour spaces of it are enough. */
function smallColorParser() {
  return {
    name: "small-color-parser",
    setup({ onResolve }) {
      onResolve({ filter: /^culori$/ }, () => ({ path: path.join(js, "src", "plotly", "color-parser.ts") }));
    },
  };
}

async function bundle(entry, { define = {}, ...options } = {}) {
  const result = await build({ ...common, ...options, define: { ...common.define, ...define }, entryPoints: [entry] });
  return { code: Buffer.from(result.outputFiles[0].contents), metafile: result.metafile };
}

/** Compress so that the same text gives the same bytes on every machine: no time, and the OS byte says "unknown". */
function gzip(bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed.fill(0, 4, 8);
  packed[9] = 255;
  return packed;
}

/** Hash of all that the bundle is made of; `hatch_build.py` computes the same. */
async function sourcesHash() {
  const names = (await readdir(path.join(js, "src"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(js, path.join(entry.parentPath, entry.name)).split(path.sep));
  names.sort(compareParts);
  const digest = createHash("sha256");
  for (const parts of [...names, ["build.mjs"], ["notices.mjs"], ["package.json"], ["package-lock.json"]]) {
    digest.update(`${parts.join("/")}\0`);
    digest.update(await readFile(path.join(js, ...parts)));
    digest.update("\0");
  }
  return digest.digest("hex");
}

function compareParts(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return a.length - b.length;
}

const main = await bundle("src/entry/bundle.ts");
const loader = await bundle("src/entry/loader.ts");
const asset = await bundle("src/entry/asset.ts");

await mkdir(target, { recursive: true });
await writeFile(path.join(target, "tbnotebook.js"), main.code);
await writeFile(path.join(target, "tbnotebook.js.gz"), gzip(main.code));
await writeFile(path.join(target, "loader.js"), loader.code);
await writeFile(path.join(target, "asset.js"), asset.code);
await writeFile(path.join(root, "THIRD_PARTY_NOTICES"), await notices(js, main.metafile));
await writeFile(path.join(target, "sources.sha256"), `${await sourcesHash()}\n`);
const extension = await writeLabextension(path.join(root, "tbnotebook", "labextension"));

const kilobytes = (bytes) => `${(bytes.length / 1000).toFixed(1)} kB`;
console.log(
  `tbnotebook.js ${kilobytes(main.code)}, gzipped ${kilobytes(gzip(main.code))}; ` +
    `loader.js ${kilobytes(loader.code)}; asset.js ${kilobytes(asset.code)}; ` +
    `labextension ${kilobytes(extension)}, and the bundle when a saved view comes into sight`,
);
if (process.argv.includes("--sizes")) printSizes(main.metafile);

/**
 * Write the labextension as JupyterLab finds it, and return its entry. Its files are named by their content, so that no
 * browser draws with one that it kept from an earlier version.
 */
async function writeLabextension(folder) {
  const named = (name, code) => `${name}.${createHash("sha256").update(code).digest("hex").slice(0, 16)}.js`;
  const bundleFile = named("tbnotebook", main.code);
  const { code } = await bundle("src/entry/labextension.ts", {
    format: "iife",
    define: { BUNDLE_FILE: JSON.stringify(bundleFile) },
  });
  const entryFile = named("remoteEntry", code);
  const { name, version, license } = JSON.parse(await readFile(path.join(js, "package.json"), "utf8"));
  const manifest = {
    name,
    version,
    license,
    description: "Draws the views that tbnotebook has saved in a notebook, and follows the kernel that they are of.",
    jupyterlab: { _build: { load: `static/${entryFile}`, extension: "./extension", mimeExtension: "./mimeExtension" } },
  };
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, "static"), { recursive: true });
  await writeFile(path.join(folder, "static", bundleFile), main.code);
  await writeFile(path.join(folder, "static", entryFile), code);
  await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return code;
}

/** The largest packages of the bundle, for whoever wants it smaller. */
function printSizes(metafile) {
  const sizes = new Map();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const key = input.startsWith("node_modules/") ? input.split("/").slice(1, 6).join("/") : "ours";
      sizes.set(key, (sizes.get(key) ?? 0) + bytesInOutput);
    }
  }
  for (const [key, size] of [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 60)) console.log(`${size}\t${key}`);
}
