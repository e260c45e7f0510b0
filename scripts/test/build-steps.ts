import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { buildDashboard, buildPixel } from "#scripts/build/build-parts.ts";
import { ensureDashboard, ensureDocs, ensurePixel } from "#scripts/build/ensure-built.ts";
import { isStale } from "#scripts/build/is-stale.ts";
import { type ProgramResult, runProgram } from "#scripts/run-program.ts";
import { BUNDLES, BUNDLES_CONFIG, splitBundles } from "#scripts/stack/workers/worker-source.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { WORKERS } from "#scripts/stack/workers/workers.ts";
import { outcomeOf, type Step, type StepOutcome } from "./step.ts";

/** What the Workers and the Pages Function are bundled from. */
const BUNDLED = [
  "workers",
  "db",
  "frontend/functions",
  "pixel/dist/attribution.js.txt",
  "wrangler.toml",
  "package.json",
  "package-lock.json",
];

const OFFLINE = { WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: ".waymark/wrangler-logs" };

/** What is deployed, built as it is for a deployment; the later steps stand on it. */
export const buildStep: Step = {
  name: "build",
  async run() {
    await buildPixel();
    await buildDashboard();
    return await bundleAll();
  },
};

/** The same, but what is as new as its sources is left as it is. */
export const rebuildStep: Step = {
  name: "build",
  async run() {
    await ensurePixel();
    await ensureDashboard();
    await ensureDocs();
    const isAsNew = !(await isStale(BUNDLES_CONFIG, BUNDLED));
    return isAsNew ? { passed: BUNDLES_MADE, failed: 0, output: "" } : await bundleAll();
  },
};

export const sizesStep: Step = {
  name: "sizes",
  run: async () => outcomeOf(await runProgram("size-limit", [])),
};

/** One for each Worker, and the Pages Function's. */
const BUNDLES_MADE = Object.keys(WORKERS).length + 1;

async function bundleAll(): Promise<StepOutcome> {
  const startedAt = new Date();
  const results = await Promise.all([...Object.keys(WORKERS).map(bundleWorker), bundlePages()]);
  const failed = results.filter(({ code }) => code !== 0).length;
  if (failed === 0) {
    await splitBundles(Object.keys(WORKERS));
    // What changes while it is bundled may not be in it.
    await utimes(join(projectFolder, BUNDLES_CONFIG), startedAt, startedAt);
  }
  return {
    passed: results.length - failed,
    failed,
    output: results.map(({ output }) => output).join("\n"),
  };
}

async function bundleWorker(environment: string): Promise<ProgramResult> {
  const target = ["--env", environment, "--outdir", `${BUNDLES}/${environment}`];
  return await runProgram("wrangler", ["deploy", "--dry-run", ...target], OFFLINE);
}

async function bundlePages(): Promise<ProgramResult> {
  const target = ["--cwd", "frontend", "--outdir", `../${BUNDLES}/pages`];
  return await runProgram("wrangler", ["pages", "functions", "build", ...target], OFFLINE);
}
