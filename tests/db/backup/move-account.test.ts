import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportAccount } from "#scripts/account/export-account.ts";
import { importAccount } from "#scripts/account/import-account.ts";
import { removeLeftFacts } from "#scripts/account/remove-account.ts";
import { accountTables } from "#scripts/account/account-tables.ts";
import { listTables } from "#scripts/backup/tables.ts";
import { createDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { type BusyAccount, createBusyAccount, figuresOf } from "./busy-account.ts";
import { contentsOf } from "./contents.ts";

const AT = new Date("2026-11-28T12:00:00Z");

let folder: string;
let file: string;
let source: TestDatabase;
let main: Client;
let account: BusyAccount;
let before: unknown[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-account-"));
  file = join(folder, "account.dump");
  source = await createDatabase();
  main = await source.connect();
  await createSite(source.db);
  account = await createBusyAccount(source.db);
  await main.query("SELECT site.ensure_event_partitions(now() - interval '30 months')");
  before = await figuresOf(source.db, account.sites);
  await exportAccount(opening({ main }), { account: account.email, file, at: AT });
});
afterAll(async () => {
  await main.end();
  await rm(folder, { recursive: true });
});

const opening =
  (clients: Record<string, Client>) =>
  (name: string): Client | null =>
    clients[name] ?? null;

test("an account goes to another installation: figures, ledger, credit and people are there, others' are not", async () => {
  const target = await createDatabase();
  const there = await target.connect();
  const outcome = await importAccount(opening({ main: there }), { file });

  expect(outcome.account.publicId).toBe(account.publicId);
  expect(await figuresOf(target.db, account.sites)).toEqual(before);
  const { rows } = await there.query(
    "SELECT u.email, m.role, u.is_superadmin AS super FROM control.members m JOIN control.users u ON u.id = m.user_id",
  );
  expect(rows).toEqual([{ email: account.email, role: "owner", super: false }]);
  const counts = await there.query("SELECT count(*)::int AS n FROM control.accounts");
  expect(counts.rows).toEqual([{ n: 1 }]);
  // What is made there next does not meet what came.
  const next = await createSite(target.db);
  expect(account.sites.map(({ siteId }) => siteId)).not.toContain(next.siteId);

  const once = await contentsOf(there);
  const again = await importAccount(opening({ main: there }), { file });
  expect(again).toMatchObject({ control: 0, facts: 0 });
  expect(await contentsOf(there)).toEqual(once);
  await there.end();
});

test("an account moves to a further database of its installation and leaves nothing behind", async () => {
  const further = await createDatabase();
  const second = await further.connect();
  await second.query("SELECT site.start_ids_at(500000000)");
  const numbering = await second.query("SELECT last_value FROM site.campaigns_id_seq");
  const open = opening({ main, second });
  const control = await main.query("SELECT * FROM control.users");
  const moved = await importAccount(open, { file, database: "second" });

  expect(moved.control).toBe(0);
  expect(moved.facts).toBeGreaterThan(0);
  expect((await main.query("SELECT * FROM control.users")).rows).toEqual(control.rows);
  const home = await main.query("SELECT database FROM control.accounts WHERE id = $1", [account.accountId]);
  expect(home.rows).toEqual([{ database: "second" }]);
  expect((await second.query("SELECT last_value FROM site.campaigns_id_seq")).rows).toEqual(numbering.rows);
  expect(await figuresOf(further.db, account.sites)).toEqual(before);

  await expect(removeLeftFacts(open, { account: account.publicId, from: "second" })).rejects.toThrow(
    "lives in second",
  );
  expect(await removeLeftFacts(open, { account: account.publicId, from: "main" })).toBeGreaterThan(0);
  const left = await main.query(
    "SELECT (SELECT count(*)::int FROM site.events) AS events, (SELECT count(*)::int FROM site.sites) AS sites",
  );
  expect(left.rows).toEqual([{ events: 0, sites: 1 }]);

  // From where it lives now it can be taken again, and brought back.
  const back = join(folder, "back.dump");
  await exportAccount(open, { account: account.publicId, file: back, at: AT });
  await importAccount(open, { file: back, database: "main" });
  expect(await figuresOf(source.db, account.sites)).toEqual(before);
  await second.end();
});

test("a broken file, or one whose ids are others' here, changes nothing", async () => {
  const target = await createDatabase();
  const there = await target.connect();
  const open = opening({ main: there });
  const text = gunzipSync(await readFile(file)).toString("utf8");
  const empty = await contentsOf(there);

  const broken = join(folder, "broken.dump");
  await writeFile(broken, (await readFile(file)).subarray(0, -50));
  await expect(importAccount(open, { file: broken })).rejects.toThrow("Cannot read");
  await writeFile(broken, gzipSync(text.replace("\tEUR\t", "\tEUR\t\t")));
  await expect(importAccount(open, { file: broken })).rejects.toThrow("extra data");
  expect(await contentsOf(there)).toMatchObject(rowsOf(empty));

  // Somebody else has these ids here.
  for (let n = 0; n < 3; n += 1) await createSite(target.db);
  const taken = await contentsOf(there);
  await expect(importAccount(open, { file })).rejects.toThrow(/the id \d+ is that of the account/);
  expect(await contentsOf(there)).toMatchObject(rowsOf(taken));
  await there.end();
});

/** Without the numberings, which a transaction that came to nothing may have moved. */
function rowsOf(contents: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(contents).filter(([name]) => !name.endsWith("_seq")));
}

test("an account that nobody has, or that several mean, is not exported", async () => {
  await source.db.execute(sql`insert into control.members (account_id, user_id, role, created_at)
    select (select min(id) from control.accounts), u.id, 'viewer', now() from control.users u`);
  await expect(
    exportAccount(opening({ main }), { account: "nobody@else.example", file, at: AT }),
  ).rejects.toThrow("There is no account nobody@else.example");
  await expect(exportAccount(opening({ main }), { account: account.email, file, at: AT })).rejects.toThrow(
    `${account.email} is in 2 accounts`,
  );
});

test("every table that is about an account or a site goes along, but sign-ins and what answers twice", async () => {
  const tables = await listTables(main);
  const key = { accountId: 1, siteIds: [1] };
  const carried = (["control", "site"] as const).flatMap((schema) => accountTables(tables, schema, key));
  const names = new Set(carried.map(({ table }) => table));
  const left = tables.filter(({ name }) => !names.has(name));
  const isAbout = (columns: string[]) =>
    columns.some((column) => ["account_id", "site_id", "user_id"].includes(column));
  expect(left.filter(({ columns }) => isAbout(columns)).map(({ name }) => name)).toEqual([
    "control.idempotency_keys",
    "control.mail_tokens",
    "control.user_sessions",
  ]);
  // These hold what the database itself is told.
  expect(left.map(({ name }) => name).filter((name) => name.startsWith("site."))).toEqual([
    "site.refusal_reports",
    "site.retention",
  ]);
});
