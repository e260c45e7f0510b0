import { fileURLToPath } from "node:url";

import { createHarness } from "#scripts/stack/workers/harness.ts";
import { type BenchResult, median, SCALE, timedMs } from "./bench-result.ts";

const ROWS = Math.round(100_000 * SCALE);
const ROUNDS = 5;
const WORKER = fileURLToPath(new URL("../workers/rendering/xlsx-worker/", import.meta.url));

/** Both ways write the same cells of one report in workerd, in turns, and keep the file in R2. */
export async function bench(): Promise<BenchResult[]> {
  process.env["WRANGLER_LOG"] ??= "error";
  const server = await createHarness({ root: WORKER, workers: [{ configPath: "./wrangler.toml" }] });
  await server.listen();
  try {
    const write = async (path: string): Promise<number> => {
      const response = await server.fetch(path);
      if (!response.ok) throw new Error(`Cannot write ${path}: status ${response.status}`);
      return Number(await response.text());
    };
    await server.fetch(`/many?rows=${ROWS}`);
    const [ours, bare, csv] = [
      await write("/many/xlsx"),
      await write("/many/bare"),
      await write("/many/csv"),
    ];
    const seconds = { ours: [] as number[], bare: [] as number[], csv: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      seconds.ours.push((await timedMs(async () => await write("/many/xlsx"))) / 1000);
      seconds.bare.push((await timedMs(async () => await write("/many/bare"))) / 1000);
      seconds.csv.push((await timedMs(async () => await write("/many/csv"))) / 1000);
    }
    return resultsOf(seconds, { ours, bare, csv });
  } finally {
    await server.close();
  }
}

type Ways<T> = { ours: T; bare: T; csv: T };

function resultsOf(seconds: Ways<number[]>, bytes: Ways<number>): BenchResult[] {
  const [ours, bare, csv] = [median(seconds.ours), median(seconds.bare), median(seconds.csv)];
  const rows = ROWS.toLocaleString("en");
  return [
    {
      name: `XLSX of ${rows} rows of 16 columns ÷ the library's own stream of the same cells, in workerd`,
      ratio: ours / bare,
      target: 1.3,
      bound: "at most",
      detail: `medians of ${ROUNDS}: report ${told(ours, bytes.ours)}, library ${told(bare, bytes.bare)}`,
    },
    {
      name: `CSV of the same ${rows} rows ÷ the same`,
      ratio: csv / bare,
      target: null,
      detail: `median of ${ROUNDS}: ${told(csv, bytes.csv)}`,
    },
  ];
}

function told(seconds: number, bytes: number): string {
  return `${seconds.toFixed(2)} s (${(bytes / 1e6).toFixed(1)} MB)`;
}
