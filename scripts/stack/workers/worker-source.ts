import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { projectFolder } from "#scripts/stack/project.ts";

/** Where `npm test` and `npm run check` bundle the Workers, a folder each, below the project's folder. */
export const BUNDLES = ".waymark/bundles";

/** wrangler.toml, with a rule that the bundle beside each entry is a module; written once all are bundled. */
export const BUNDLES_CONFIG = `${BUNDLES}/wrangler.toml`;
const ENTRY = "index.js";
const BUNDLE = "worker.js";

type WorkerSource = { configPath: string; env: string; prebuiltWorkerDir?: string };
type Rule = { type: string; globs: string[]; fallthrough?: boolean };
type Config = { env: Record<string, { rules?: Rule[] }> };

/**
 * A Worker of the one wrangler.toml for a test harness. In a run that has just bundled it the bundle is taken: dozens of
 * test files start Workers, and each bundling costs a second. Started by hand, a test bundles what is there now.
 */
export function workerSource(env: string): WorkerSource {
  return process.env["WAYMARK_BUNDLED"] === "1"
    ? { configPath: `./${BUNDLES_CONFIG}`, env, prebuiltWorkerDir: `./${BUNDLES}/${env}` }
    : { configPath: "./wrangler.toml", env };
}

/**
 * Puts the bundles just made into a form that starts sooner. Wrangler lets esbuild read a Worker's entry whenever it starts
 * one, to see what it exports; of five megabytes that is half a second of work. So the entry only passes the bundle on.
 */
export async function splitBundles(envs: readonly string[]): Promise<void> {
  await Promise.all(envs.map(splitBundle));
  const config = parse(await readFile(join(projectFolder, "wrangler.toml"), "utf8")) as Config;
  for (const worker of Object.values(config.env)) {
    worker.rules = [{ type: "ESModule", globs: [BUNDLE], fallthrough: true }, ...(worker.rules ?? [])];
  }
  await writeFile(join(projectFolder, BUNDLES_CONFIG), stringify(config));
}

async function splitBundle(env: string): Promise<void> {
  const folder = join(projectFolder, BUNDLES, env);
  await rename(join(folder, ENTRY), join(folder, BUNDLE));
  const passesOn = `export * from "./${BUNDLE}";\nexport { default } from "./${BUNDLE}";\n`;
  await writeFile(join(folder, ENTRY), passesOn);
}
