// @module-tag long
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backUp } from "#scripts/backup/back-up.ts";
import { restore } from "#scripts/backup/restore.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { runWriters } from "#tests/db/migrations/writers.ts";
import { createDatabase, createEmptyDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { type BusyAccount, createBusyAccount, figuresOf } from "./busy-account.ts";
import { contentsOf } from "./contents.ts";

const MIGRATIONS = join(projectFolder, "db", "migrations");
const AT = new Date("2026-11-28T12:00:00Z");

let folder: string;
let file: string;
let source: TestDatabase;
let account: BusyAccount;
let client: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-backup-"));
  file = join(folder, "main.dump");
  source = await createDatabase();
  client = await source.connect();
  account = await createBusyAccount(source.db);
  // Numbering has to go on where it stands, and an old month has to come along.
  await client.query("SELECT site.ensure_event_partitions(now() - interval '30 months')");
});
afterAll(async () => {
  await client.end();
  await rm(folder, { recursive: true });
});

async function emptyOne(): Promise<{ target: TestDatabase; into: Client }> {
  const target = await createEmptyDatabase();
  return { target, into: await target.connect() };
}

test("what is restored into an empty database is what was backed up, to the row, the ledger and the figure", async () => {
  const rows = await backUp(client, file, AT);
  const { target, into } = await emptyOne();
  const restored = await restore(into, file, MIGRATIONS);

  expect(restored).toBe(Object.values(rows).reduce((sum, count) => sum + count, 0));
  expect(rows["site.conversions"]).toBeGreaterThan(0);
  expect(rows["site.receipts"]).toBeGreaterThan(0);
  const figures = await figuresOf(source.db, account.sites);
  expect(figures).toEqual(
    account.sites.flatMap(() => [
      expect.objectContaining({ ok: true }),
      expect.objectContaining({ ok: true, value: expect.objectContaining({ status: "ready" }) }),
      expect.arrayContaining([expect.objectContaining({ received: expect.any(Number) })]),
    ]),
  );
  expect(await figuresOf(target.db, account.sites)).toEqual(figures);
  await into.query("DELETE FROM site.attribution_results; DELETE FROM site.credit_days");
  await client.query("DELETE FROM site.attribution_results; DELETE FROM site.credit_days");
  expect(await contentsOf(into)).toEqual(await contentsOf(client));
  // Constraints hold there, and numbering goes on behind what is there.
  const orphan =
    "INSERT INTO site.campaign_matchers (site_id, campaign_id, kind, value) VALUES (1, 0, 'utm_campaign', 'x')";
  await expect(into.query(orphan)).rejects.toThrow("foreign key");
  const next = await createSite(target.db);
  expect(account.sites.map(({ siteId }) => siteId)).not.toContain(next.siteId);
  await into.end();
  expect((await stat(file)).mode & 0o077).toBe(0);
});

test("a backup is of one instant, whatever is written meanwhile", async () => {
  const [site] = account.sites;
  const [campaign] = site?.campaigns ?? [];
  if (site === undefined || campaign === undefined) throw new Error("there is no site");
  const busy = join(folder, "busy.dump");
  const writers = runWriters({ db: source.db, site, campaignId: campaign.id }, ["events", "spend"]);
  await writers.haveWritten(2);
  await backUp(client, busy, AT);
  await writers.haveWritten(1);
  const log = await writers.stop();
  expect(log.failures).toEqual([]);

  const into = await (await createDatabase()).connect();
  await restore(into, busy, MIGRATIONS);
  const { rows } = await into.query<{ stored: number; present: number }>(
    `SELECT (SELECT sum(stored)::int FROM site.ledger_entries) AS stored, (SELECT count(*)::int FROM site.events) AS present`,
  );
  expect(rows[0]?.stored).toBe(rows[0]?.present);
  await into.end();
});

test("a file that was cut off, or has a row less than it says, changes nothing", async () => {
  const { into } = await emptyOne();
  const cut = join(folder, "cut.dump");
  await writeFile(cut, await readFile(file));
  await truncate(cut, (await stat(cut)).size - 100);
  await expect(restore(into, cut, MIGRATIONS)).rejects.toThrow(`Cannot read ${cut}`);

  const short = join(folder, "short.dump");
  const text = gunzipSync(await readFile(file)).toString("utf8");
  const [header = "", ...rest] = text.split("\n");
  const start = rest.findIndex((line) => line.startsWith('{"table":"site.visitors"'));
  await writeFile(short, gzipSync([header, ...rest.toSpliced(start + 1, 1)].join("\n")));
  await expect(restore(into, short, MIGRATIONS)).rejects.toThrow(/site\.visitors has \d+ rows instead of/);

  await writeFile(short, gzipSync("hello\n"));
  await expect(restore(into, short, MIGRATIONS)).rejects.toThrow("it is no dump");
  const { rows } = await into.query("SELECT count(*)::int AS n FROM pg_namespace WHERE nspname = 'site'");
  expect(rows).toEqual([{ n: 0 }]);
  await into.end();
});

test("a database that holds somebody's rows is left alone", async () => {
  const before = await contentsOf(client);
  await expect(restore(client, file, MIGRATIONS)).rejects.toThrow("the database is not empty");
  expect(await contentsOf(client)).toEqual(before);
});
