import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { projectFolder } from "#scripts/stack/project.ts";
import type { Step, StepOutcome } from "./step.ts";

type Lines = { covered: number; total: number };
type Summary = Record<string, { lines: Lines }>;
type Part = { name: string; holds: (file: string) => boolean; leastPercent: number };

/** Of the floors that hold the product's rules; the configuration of vitest says which those are. */
const PARTS: readonly Part[] = [
  { name: "core, contract, usecases, queries, rendering", holds: () => true, leastPercent: 80 },
  { name: "core", holds: (file) => file.startsWith("workers/core/"), leastPercent: 95 },
];
const WORST_SHOWN = 15;

/** Whether the tests reach as many lines as they must. */
export const coverageStep: Step = { name: "coverage", run: checkCoverage };

async function checkCoverage(): Promise<StepOutcome> {
  const text = await readFile(join(projectFolder, "coverage", "coverage-summary.json"), "utf8");
  const { total: _total, ...files } = JSON.parse(text) as Summary;
  const lines = new Map(
    Object.entries(files).map(([file, facts]) => [relative(projectFolder, file), facts.lines] as const),
  );
  const outcomes = PARTS.map((part) => judge(part, lines));
  const failed = outcomes.filter(({ isEnough }) => !isEnough).length;
  const figures = outcomes.map(({ text: line }) => line).join("\n");
  console.log(figures);
  return { passed: outcomes.length - failed, failed, output: `Least covered:\n${worstFiles(lines)}` };
}

function judge(part: Part, lines: ReadonlyMap<string, Lines>): { isEnough: boolean; text: string } {
  const counted = [...lines].filter(([file]) => part.holds(file)).map(([, count]) => count);
  const covered = counted.reduce((sum, count) => sum + count.covered, 0);
  const total = counted.reduce((sum, count) => sum + count.total, 0);
  const percent = total === 0 ? 0 : (100 * covered) / total;
  return {
    isEnough: percent >= part.leastPercent,
    text: `  ${percent.toFixed(1)} % of the lines of ${part.name} (at least ${part.leastPercent} %)`,
  };
}

function worstFiles(lines: ReadonlyMap<string, Lines>): string {
  return [...lines]
    .map(([file, { covered, total }]) => ({ file, missed: total - covered }))
    .toSorted((a, b) => b.missed - a.missed)
    .slice(0, WORST_SHOWN)
    .map(({ file, missed }) => `  ${String(missed).padStart(4)} lines of ${file}`)
    .join("\n");
}
