// @module-tag long
import { Worker } from "node:worker_threads";

import { expect, it } from "vitest";

const ROWS = 100_000;

it("writes 100,000 rows in 64 MB of heap, the report itself included", async () => {
  const worker = new Worker(new URL("write-many-rows.ts", import.meta.url), {
    workerData: ROWS,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
  });
  const size = await new Promise<number>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`It ended with ${code}`)));
  });
  // Less would be a file without its rows.
  expect(size).toBeGreaterThan(40 * ROWS);
}, 90_000);
