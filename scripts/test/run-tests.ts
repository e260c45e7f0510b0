import { join } from "node:path";
import { parseArgs } from "node:util";
import { endProgramsWithUs } from "#scripts/run-program.ts";
import { stateFolder } from "#scripts/stack/project.ts";
import { coverageStep } from "./coverage-step.ts";
import { buildStep, rebuildStep, sizesStep } from "./build-steps.ts";
import { staticSteps } from "./static-steps.ts";
import { report, runStep, type Step, type StepResult } from "./step.ts";
import { runVitest, type VitestRun } from "./vitest-step.ts";

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, soak: { type: "boolean", default: false } },
});
if (values.soak) process.env["SOAK"] = "1";
stateFolder();
endProgramsWithUs();

const startedAtMs = Date.now();
const results: StepResult[] = [];

// Programs that start a dozen times are compiled once.
process.env["NODE_COMPILE_CACHE"] ??= join(stateFolder(), "compiled");

// Two cores: what reads the code goes beside the build, and beside the tests if it takes longer. What runs the code stands
// on the build.
const read = runSteps(staticSteps);
const built = await runSteps([values.check ? rebuildStep : buildStep, sizesStep]);
if (built) process.env["WAYMARK_BUNDLED"] = "1";
const inNode = ["unit", "db", "stack"];
if (values.check) {
  // One run for all: its processes always have a file to take, and another goes on while one waits for a queue.
  await runTests({ projects: built ? [...inNode, "workers"] : inNode, withoutLong: true });
} else {
  // Two processes more than cores: each of them waits at times, for a queue, a cron, an outage or a page.
  const onBuild = built ? [runTests({ projects: ["browser"] }), runTests({ projects: ["faults"] })] : [];
  await Promise.all([runOnNode(), ...onBuild]);
}
await read;

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`\n${((Date.now() - startedAtMs) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Runs steps one after the other; whether the first of them held. */
async function runSteps(steps: readonly Step[]): Promise<boolean> {
  const done: StepResult[] = [];
  for (const step of steps) done.push(await runStep(step));
  results.push(...done);
  return done[0]?.failed === 0;
}

/**
 * What waits comes first, and what never does fills the cores at the end. Lines are counted where there is no Worker
 * between: what only a Worker reaches is not.
 */
async function runOnNode(): Promise<void> {
  if (built) await runTests({ projects: ["workers"] });
  await runTests({ projects: inNode, coverage: true });
  await runSteps([coverageStep]);
}

async function runTests(run: VitestRun): Promise<void> {
  const { byProject, end } = await runVitest(run);
  for (const [project, result] of byProject) {
    results.push(result);
    report(project, result);
  }
  if (end.failed === 0) return;
  const result = { ...end, seconds: 0 };
  results.push(result);
  report("vitest", result);
}
