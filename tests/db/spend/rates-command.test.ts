import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newestSharedRate } from "#db/queries/spend/rate-rows.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), "waymark-rates-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function rates(name: string, text: string, ...more: string[]) {
  const file = join(folder, name);
  await writeFile(file, text);
  const env = { ...process.env, DATABASE_URL: database.databaseUrl };
  return await new Promise<{ code: number; out: string; errors: string }>((resolve) => {
    const parameters = ["scripts/rates.ts", file, ...more];
    execFile(process.execPath, parameters, { cwd: projectFolder, env }, (error, out, errors) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, errors }),
    );
  });
}

it("stores a file's rates for everybody, once, from the day that is asked for on", async () => {
  const text = "Date,USD,JPY,\n2026-03-06,1.0843,160.05,\n2026-03-05,1.08,N/A,\n2020-01-02,1.11,121,\n";
  const first = await rates("eurofxref-hist.csv", text, "--since", "2026-01-01");
  expect(first).toMatchObject({ code: 0, out: "main: 3 rates read, 3 new or different.\n" });
  const again = await rates("eurofxref-hist.csv", text, "--since", "2026-01-01");
  expect(again.out).toBe("main: 3 rates read, 0 new or different.\n");
  expect(await newestSharedRate(database.db, "ECB")).toBe("2026-03-06");
});

it("stores nothing of a file with a line that cannot be read, and tells which", async () => {
  const wrong = await rates("bank.csv", "date,currency,rate\n2026-03-09,CHF,0.95\n2026-03-09,CHF,free\n");
  expect(wrong.code).toBe(1);
  expect(wrong.errors).toMatch(/bank\.csv:3: no decimal above zero\nNothing was stored\./);
  expect(await newestSharedRate(database.db, "bank.csv")).toBeNull();
});
