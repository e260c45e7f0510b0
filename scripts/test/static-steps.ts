import { runProgram } from "#scripts/run-program.ts";
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

export const staticSteps: readonly Step[] = [
  { name: "format", run: async () => outcomeOf(await runProgram("oxfmt", ["--check", "."])) },
  { name: "lint", run: async () => outcomeOf(await runProgram("oxlint", ["--type-aware"])) },
  { name: "types", run: checkTypes },
  { name: "unused", run: async () => outcomeOf(await runProgram("knip", ["--no-progress"])) },
  { name: "docs", run: checkDocs },
];

async function checkTypes(): Promise<StepOutcome> {
  const outputs: string[] = [];
  for (const tsconfig of TSCONFIGS) {
    const { code, output } = await runProgram("tsc", ["-p", tsconfig]);
    if (code !== 0) outputs.push(`${tsconfig}:\n${output}`);
  }
  const failed = outputs.length > 0;
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, output: outputs.join("\n") };
}
