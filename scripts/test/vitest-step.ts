import { mkdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { runProgram } from "#scripts/run-program.ts";
import { projectFolder, stateFolder } from "#scripts/stack/project.ts";
import type { StepOutcome } from "./step.ts";

/** The tag of those that the check leaves out (`vitest.config.ts`). */
const LONG = "long";

type Assertion = { status: string; tags: readonly string[] };
type FileResult = {
  name: string;
  status: string;
  startTime: number;
  endTime: number;
  assertionResults: Assertion[];
};
type Report = { testResults: FileResult[] };

export type VitestRun = {
  /** Vitest's projects to run, and to count. */
  projects: string[];
  /** All tests but those that take long. */
  withoutLong?: boolean;
  /** Count the lines they reach. */
  coverage?: boolean;
};

/** One vitest run's results, by project, and whether the run itself ended well. */
export type VitestOutcome = {
  byProject: Map<string, StepOutcome & { seconds: number }>;
  end: StepOutcome;
};

const PROJECT_OF_FOLDER: Readonly<Record<string, string>> = {
  db: "db",
  usecases: "db",
  stack: "stack",
  workers: "workers",
  browser: "browser",
  faults: "faults",
};

export async function runVitest({
  projects,
  withoutLong = false,
  coverage = false,
}: VitestRun): Promise<VitestOutcome> {
  const file = join(stateFolder(), "test-results", `${projects.join("-")}.json`);
  await mkdir(join(stateFolder(), "test-results"), { recursive: true });
  await rm(file, { force: true });
  const { code, output } = await runProgram("vitest", [
    "run",
    ...projects.map((project) => `--project=${project}`),
    ...(withoutLong ? [`--tags-filter=!${LONG}`] : []),
    ...(coverage ? ["--coverage"] : []),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const all = await readReport(file);
  const report = withoutLong ? leaveOutLong(all) : all;
  const failures = failuresOf(output);
  const byProject = new Map(
    projects.map((project) => [project, countProject(project, report, failures)] as const),
  );
  const failed = report.testResults.some(({ status }) => status === "failed");
  return { byProject, end: judgeEnd(code, failures, failed) };
}

/** Vitest tells first what went well. */
function failuresOf(output: string): string {
  const start = output.search(/^.*(?:Failed Suites|Failed Tests|Unhandled Errors|Startup Error)/m);
  return start < 0 ? output : output.slice(start);
}

async function readReport(file: string): Promise<Report> {
  const text = await readFile(file, "utf8").catch(() => '{"testResults":[]}');
  return JSON.parse(text) as Report;
}

/** Vitest reports what its filter left out as skipped. */
function leaveOutLong({ testResults }: Report): Report {
  const files = testResults.map((file) => ({
    ...file,
    assertionResults: file.assertionResults.filter(({ tags }) => !tags.includes(LONG)),
  }));
  return {
    testResults: files.filter(
      ({ status, assertionResults }) => status === "failed" || assertionResults.length > 0,
    ),
  };
}

function countProject(project: string, report: Report, failures: string): StepOutcome & { seconds: number } {
  const files = report.testResults.filter(({ name }) => projectOf(name) === project);
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === "passed").length;
  // A file that could not even be loaded has no tests to count; a test that was skipped proves nothing.
  const broken = files.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  const failed = tests.length - passed + broken;
  const nothing = tests.length === 0 && broken === 0;
  // Of projects that ran side by side each has its own span.
  const began = Math.min(...files.map(({ startTime }) => startTime));
  const ended = Math.max(...files.map(({ endTime }) => endTime));
  const seconds = files.length === 0 ? 0 : (ended - began) / 1000;
  return { passed, failed: nothing ? 1 : failed, output: failures, seconds };
}

function projectOf(file: string): string {
  const [, folder = ""] = relative(projectFolder, file).split(/[/\\]/);
  return PROJECT_OF_FOLDER[folder] ?? "unit";
}

/** Vitest ends with an error, though no test failed, when something outside the tests did. */
function judgeEnd(code: number, output: string, testsFailed: boolean): StepOutcome {
  const failed = code !== 0 && !testsFailed;
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, output };
}
