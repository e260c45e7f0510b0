import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "#scripts/stack/project.ts";
import type { BenchResult } from "#tests/bench/bench-result.ts";
import { figureOf, markOf } from "./print-result.ts";

export type Kept = { machine: string; results: Readonly<Record<string, readonly BenchResult[]>> };

const FILE = join(projectFolder, "docs", "benchmarks.md");

/**
 * Writes what was measured between the markers of docs/benchmarks.md, bench by bench: those that were not run keep
 * their figures, with the machine and the day on which they were measured.
 */
export async function keepResults({ machine, results }: Kept): Promise<void> {
  let text = await readFile(FILE, "utf8");
  for (const [name, measured] of Object.entries(results))
    text = replaced(text, name, tableOf(machine, measured));
  await writeFile(FILE, text);
}

function replaced(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`docs/benchmarks.md has no place for ${name}: ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
}

function tableOf(machine: string, measured: readonly BenchResult[]): string {
  const rows = measured.map((result) => {
    const cells = [result.name, `${figureOf(result)} ${markOf(result)}`.trim(), result.detail];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return [`_${machine}_`, "", "| | ratio | detail |", "| --- | --- | --- |", ...rows].join("\n");
}
