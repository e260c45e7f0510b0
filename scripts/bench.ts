import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type BenchResult, SCALE } from "#tests/bench/bench-result.ts";
import { describeMachine, loadNow } from "./bench/machine.ts";
import { keepResults } from "./bench/keep-results.ts";
import { printResult } from "./bench/print-result.ts";
import { projectFolder, stateFolder } from "./stack/project.ts";

/** In the order in which they are run: the short ones first. */
const BENCHES: Readonly<Record<string, string>> = {
  markov: "tests/bench/markov.ts",
  collect: "tests/bench/collect/requests.ts",
  "ingest-statements": "tests/bench/ingest-statements.ts",
  "ingest-worker": "tests/bench/ingest-worker.ts",
  "http-to-rollup": "tests/bench/http-to-rollup.ts",
  "report-delivery": "tests/bench/report-delivery.ts",
  "rollup-hour": "tests/bench/rollup-hour.ts",
  "stored-bytes": "tests/bench/stored-bytes.ts",
  growth: "tests/bench/growth.ts",
  "kept-answers": "tests/bench/kept-answers.ts",
  screens: "tests/bench/screens.ts",
  attribution: "tests/bench/attribution.ts",
  "attribution-memory": "tests/bench/attribution-memory.ts",
  "report-pdf": "tests/bench/report-pdf.ts",
  "report-xlsx": "tests/bench/report-xlsx.ts",
};

type Bench = { bench: () => Promise<BenchResult[]> };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: "boolean", default: false } },
});
stateFolder();
const known = Object.keys(BENCHES).filter((name) => existsSync(fileOf(name)));
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  process.exit(1);
}

if (values.keep && SCALE !== 1) {
  console.error("BENCH_SCALE is for trying out: its figures are not kept.");
  process.exit(1);
}

const machine = await describeMachine();
console.log(machine);
const results: Record<string, BenchResult[]> = {};
for (const name of positionals.length > 0 ? positionals : known) {
  const before = loadNow();
  const startedMs = performance.now();
  const { bench } = (await import(pathToFileURL(fileOf(name)).href)) as Bench;
  results[name] = await bench();
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(`\n${name} (${seconds} s, load ${before} before, ${loadNow()} after)`);
  for (const result of results[name]) console.log(printResult(result));
}
if (values.keep) await keepResults({ machine, results });

function fileOf(name: string): string {
  return join(projectFolder, BENCHES[name] ?? "");
}
