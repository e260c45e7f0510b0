// @module-tag long
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const ENTRIES = ["workers/jobs/index.ts", "workers/api/index.ts", "workers/collect/index.ts"];

/** What writes PDF and spreadsheets: to set it up takes longer than all the rest of `jobs`. */
const WRITERS = ["pdf-lib", "@pdf-lib/fontkit", "hucre"];

let outputs: Metafile["outputs"];

/** The Workers cut into chunks wherever one imports by a call. */
beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outdir: "never-written",
    write: false,
    bundle: true,
    splitting: true,
    metafile: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:*", "#pixel/dist/*"],
    loader: { ".ttf": "empty" },
    logLevel: "error",
  });
  ({ outputs } = metafile);
}, 60_000);

/** The packages in a Worker's first chunk and those that it imports, by statements alone or by calls too. */
function packagesOf(entry: string, kinds: readonly string[]): Set<string> {
  const first = Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === entry);
  const chunks = new Set(first);
  for (const name of chunks) {
    for (const { path, kind } of outputs[name]?.imports ?? []) {
      if (kinds.includes(kind) && path in outputs) chunks.add(path);
    }
  }
  const files = [...chunks].flatMap((name) => Object.keys(outputs[name]?.inputs ?? {}));
  return new Set(files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
}

const atStart = (entry: string): Set<string> => packagesOf(entry, ["import-statement"]);
const inAll = (entry: string): Set<string> => packagesOf(entry, ["import-statement", "dynamic-import"]);

test("jobs starts without what writes PDF and spreadsheets, and has it when a report is due", () => {
  expect([...inAll("workers/jobs/index.ts")]).toEqual(expect.arrayContaining(WRITERS));
  expect(atStart("workers/jobs/index.ts")).toContain("drizzle-orm");
  expect(WRITERS.filter((name) => atStart("workers/jobs/index.ts").has(name))).toEqual([]);
});

test.each(["workers/api/index.ts", "workers/collect/index.ts"])("%s carries none of it", (entry) => {
  expect(inAll(entry)).toContain("hono");
  expect(WRITERS.filter((name) => inAll(entry).has(name))).toEqual([]);
});
