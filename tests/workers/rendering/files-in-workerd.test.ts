import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHarness } from "#scripts/stack/workers/harness.ts";

import { renderCsv } from "#rendering/render-csv.ts";
import { renderXlsx } from "#rendering/render-xlsx.ts";
import { readZip } from "#tests/rendering/read-zip.ts";
import { sampleReport } from "#tests/rendering/sample-report.ts";

const server = await createHarness({
  root: fileURLToPath(new URL("./xlsx-worker/", import.meta.url)),
  workers: [{ configPath: "./wrangler.toml" }],
});
beforeAll(async () => await server.listen(), 60_000);
afterAll(async () => await server.close(), 30_000);

async function fileOf(path: string): Promise<Uint8Array> {
  const response = await server.fetch(path, { method: "POST", body: JSON.stringify(sampleReport()) });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

/** Two runtimes may pack differently; what is packed must be the same. */
function unpacked(archive: Uint8Array): [string, string][] {
  return [...readZip(archive)].map(([path, file]) => [path, file.toString("utf8")]);
}

describe("the files of a report in the runtime of a Worker", () => {
  it("are the ones that Node writes", async () => {
    expect(unpacked(await fileOf("/xlsx"))).toEqual(unpacked(await renderXlsx(sampleReport())));
    expect(unpacked(await fileOf("/csv"))).toEqual(unpacked((await renderCsv(sampleReport())).bytes));
  });

  it("are the same to the byte when they are written again", async () => {
    const [first, second] = [await fileOf("/xlsx"), await fileOf("/xlsx")];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  it("of 10,000 rows are kept in R2, which must know their length", async () => {
    await server.fetch("/many?rows=10000");
    for (const path of ["/many/xlsx", "/many/csv"]) {
      const response = await server.fetch(path);
      expect(response.status).toBe(200);
      expect(Number(await response.text())).toBeGreaterThan(400_000);
    }
  }, 60_000);
});
