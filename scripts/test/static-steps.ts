import { join } from "node:path";
import { runProgram } from "#scripts/run-program.ts";
import { stateFolder } from "#scripts/stack/project.ts";
import { checkDocs } from "./docs-step.ts";
import { outcomeOf, type Step, type StepOutcome } from "./step.ts";

/** One per platform: what a Worker may name, a page may not, and the other way round. */
const TSCONFIGS = [
  "workers/core",
  "workers",
  "frontend/tsconfig.json",
  "frontend/functions.tsconfig.json",
  "pixel",
  "tsconfig.json",
];

/**
 * For programs in Go, which have two cores for themselves otherwise and collect garbage all the time: in half of the
 * work, and beside the tests. What they hold then, less than 1 GB, is gone when they end.
 */
const MODEST = { GOMAXPROCS: "1", GOGC: "off", GOMEMLIMIT: "2GiB" };

export const staticSteps: readonly Step[] = [
  { name: "format", run: async () => outcomeOf(await runProgram("oxfmt", ["--check", "."])) },
  {
    name: "lint",
    run: async () => outcomeOf(await runProgram("oxlint", ["--type-aware", "--threads=1"], MODEST)),
  },
  { name: "types", run: checkTypes },
  {
    name: "unused",
    run: async () =>
      outcomeOf(await runProgram("knip", ["--no-progress", "--cache", `--cache-location=${kept("knip")}`])),
  },
  { name: "docs", run: checkDocs },
];

/** Where a program keeps what it knows of files, so that it does not look again at those that have not changed. */
function kept(name: string): string {
  return join(stateFolder(), "checked", name);
}

async function checkTypes(): Promise<StepOutcome> {
  const outputs: string[] = [];
  for (const tsconfig of TSCONFIGS) {
    const file = kept(`${tsconfig.replaceAll("/", "-")}.tsbuildinfo`);
    const args = ["-p", tsconfig, "--singleThreaded", "--incremental", "--tsBuildInfoFile", file];
    const { code, output } = await runProgram("tsc", args, MODEST);
    if (code !== 0) outputs.push(`${tsconfig}:\n${output}`);
  }
  const failed = outputs.length > 0;
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, output: outputs.join("\n") };
}
