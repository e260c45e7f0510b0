import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import { minify } from "terser";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const DIST = join(ROOT, "pixel/dist");
export const MAX_GZIP_BYTES = 1_800;

/** Any order of letters is as right; this one, found by trying many, leaves gzip the most to repeat: some 10 bytes. */
const LETTERS = "enaoitpluLyDAmkhcrsqbfvMwNxgCEBSdjWFQVKPIX_UzR$OJGHYTZ";

/** The nth short name. */
function shortName(n: number): string {
  const letter = LETTERS.charAt(n % LETTERS.length);
  return n < LETTERS.length ? letter : letter + shortName(Math.floor(n / LETTERS.length) - 1);
}

/** The pixel as one small script. Browsers of 2020 and later read its syntax. */
export async function bundlePixel(): Promise<string> {
  const bundled = await build({
    entryPoints: [join(ROOT, "pixel/index.ts")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    minifySyntax: true,
    tsconfigRaw: {},
    // Not even a page that lacks what we stand on may see an error of ours.
    banner: { js: "try{" },
    footer: { js: "}catch{}" },
  });
  // It compares values of one type only, so the short comparison says the same.
  const code = (bundled.outputFiles[0]?.text ?? "").replace(/([!=]=)=/g, "$1");
  const minified = await minify(code, {
    ecma: 2020,
    compress: {
      passes: 4,
      booleans_as_integers: true,
      unsafe: true,
      unsafe_arrows: true,
      pure_getters: true,
      hoist_funs: true,
    },
    mangle: { nth_identifier: { get: shortName } },
    format: { ascii_only: true, semicolons: true },
  });
  if (minified.code === undefined) throw new Error("The pixel could not be minified");
  return withoutItsFunction(minified.code);
}

/** `let` keeps a block's names from the page as well as a function does, in fewer bytes. */
function withoutItsFunction(code: string): string {
  const inside = /^try\{\(\(\)=>\{(.*)\}\)\(\)\}catch\{\}$/s.exec(code)?.[1];
  if (inside === undefined) throw new Error("The pixel is no function inside a try");
  return `try{${inside.replaceAll("var ", "let ")}}catch{}`;
}

/** Writes the script for size-limit and the same bytes, under a name that wrangler takes as text, for collect. */
export async function buildPixel(): Promise<{ bytes: number; gzipBytes: number }> {
  const code = await bundlePixel();
  await mkdir(DIST, { recursive: true });
  await replaceFile(join(DIST, "attribution.js"), code);
  await replaceFile(join(DIST, "attribution.js.txt"), code);
  const gzipBytes = gzipSync(code, { level: 9 }).length;
  if (gzipBytes > MAX_GZIP_BYTES)
    throw new Error(`The pixel has ${gzipBytes} B gzip, its limit is ${MAX_GZIP_BYTES} B`);
  return { bytes: Buffer.byteLength(code), gzipBytes };
}

/** In one step, and only when something changed: a Worker may be bundling the file at this moment. */
async function replaceFile(path: string, text: string): Promise<void> {
  const before = await readFile(path, "utf8").catch(() => null);
  if (before === text) return;
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { bytes, gzipBytes } = await buildPixel();
  console.log(`pixel/dist/attribution.js: ${bytes} B, ${gzipBytes} B gzip -9`);
}
