// @module-tag long
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectFolder } from "#scripts/stack/project.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";

const { scripts } = JSON.parse(await readFile(join(projectFolder, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

let folder: string;
let source: TestDatabase;
let accountId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-commands-"));
  source = await createDatabase();
  await createSite(source.db);
  const client = await source.connect();
  const { rows } = await client.query<{ id: string }>("SELECT public_id AS id FROM control.accounts");
  accountId = rows[0]?.id ?? "";
  await client.end();
});
afterAll(async () => await rm(folder, { recursive: true }));

type Ended = { stdout: string; stderr: string; code: number };

/** As `npm run NAME -- …` does. */
async function run(name: string, args: string[], databaseUrl?: string): Promise<Ended> {
  const script = scripts[name]?.split(" ")[1] ?? "";
  const env = {
    PATH: process.env["PATH"] ?? "",
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  return await promisify(execFile)(process.execPath, [script, ...args], { cwd: projectFolder, env }).then(
    ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
    ({ stdout, stderr, code }: Ended) => ({ stdout, stderr, code }),
  );
}

test("a database goes by two commands into a file and into another one, and not over somebody's rows", async () => {
  const file = join(folder, "main.dump");
  const target = await createDatabase();
  expect(await run("backup", [file], source.databaseUrl)).toMatchObject({
    stdout: expect.stringMatching(/main\.dump: \d+ rows of \d+ tables\.\n$/),
    code: 0,
  });
  expect(await run("restore", [file], target.databaseUrl)).toMatchObject({
    stdout: expect.stringMatching(/main\.dump: \d+ rows restored\./),
    code: 0,
  });
  expect(await run("restore", [file], target.databaseUrl)).toEqual({
    stdout: "",
    stderr: "Cannot restore: the database is not empty\n",
    code: 1,
  });
});

test("an account goes by two commands to another installation", async () => {
  const file = join(folder, "account.dump");
  const target = await createDatabase();
  expect(await run("account", ["export", accountId, file], source.databaseUrl)).toMatchObject({ code: 0 });
  expect((await run("account", ["import", file], target.databaseUrl)).stdout).toBe(
    `Test account (${accountId}): 2 rows of people stored, 1 row of facts stored.\n`,
  );
});
