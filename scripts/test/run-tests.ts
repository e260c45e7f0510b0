import { parseArgs } from "node:util";
import { endProgramsWithUs } from "#scripts/run-program.ts";
import { stateFolder } from "#scripts/stack/project.ts";
import { buildStep, sizesStep } from "./build-steps.ts";
import { staticSteps } from "./static-steps.ts";
import { report, runStep, type StepResult } from "./step.ts";
import { runVitest, type VitestRun } from "./vitest-step.ts";

const { values } = parseArgs({
  options: { check: { type: "boolean", default: false }, soak: { type: "boolean", default: false } },
});
if (values.soak) process.env["SOAK"] = "1";
stateFolder();
endProgramsWithUs();

const startedAtMs = Date.now();
const results: StepResult[] = [];

// Two lanes for two cores: what reads the code, and what runs it. The rest needs the build, or the machine alone.
const [, built] = await Promise.all([
  runTests({ projects: ["unit", "db", "stack"], coverage: true }),
  runStaticLane(),
]);
if (built) {
  await runTests({ projects: ["workers"] });
  if (!values.check) {
    await runTests({ projects: ["browser"] });
    await runTests({ projects: ["faults"] });
  }
}

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`\n${((Date.now() - startedAtMs) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Whether there is a build for the later steps to stand on. */
async function runStaticLane(): Promise<boolean> {
  const build = await runStep(buildStep);
  results.push(build);
  for (const step of [...staticSteps, sizesStep]) results.push(await runStep(step));
  return build.failed === 0;
}

async function runTests(run: VitestRun): Promise<void> {
  const { byProject, coverage } = await runVitest(run);
  for (const [project, result] of byProject) {
    results.push(result);
    report(project, result);
  }
  // Without coverage it still says whether vitest itself ended well.
  const result = { ...coverage, seconds: 0 };
  const isTold = [...byProject.values()].some((outcome) => outcome.failed > 0);
  if (run.coverage !== true && (coverage.failed === 0 || isTold)) return;
  results.push(result);
  report(run.coverage === true ? "coverage" : "vitest", result);
}
