// @module-tag long
import { join } from "node:path";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { applyMigrations, DestructiveMigration } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { fillOldReports } from "./fill-old-reports.ts";
import { runWriters, type WriterLog } from "./writers.ts";

/** The last one of the schema that is filled and then written to while the others come. */
const PREVIOUS = "0012_add_attribution_runs.sql";
const MIGRATIONS = join(projectFolder, "db", "migrations");

let database: TestDatabase;
let client: Client;
let reader: Client;
let site: TestSite;
let campaignId: number;

beforeAll(async () => {
  database = await createEmptyDatabase();
  await failAfterTwoSeconds(new URL(database.databaseUrl).pathname.slice(1));
  client = await database.connect();
  reader = await database.connect();
  await applyMigrations(client, MIGRATIONS, { upTo: PREVIOUS });
  // The events are written by the ingest of now, which reads a column that came since.
  await client.query("ALTER TABLE site.sources ADD COLUMN plain_id integer");
  site = await createSite(database.db);
  campaignId = await createCampaign(database.db, site, { name: "Spring" });
  await fillOldReports(client, site.siteId);
});
afterAll(async () => {
  await Promise.all([client.end(), reader.end()]);
});

/** Whoever waits longer for a lock is refused by Postgres itself: however slow the machine is, that is not its doing. */
async function failAfterTwoSeconds(name: string): Promise<void> {
  const owner = await database.connect();
  await owner.query(`ALTER DATABASE ${name} SET lock_timeout = '2s'`);
  await owner.end();
}

test("the migrations since 0012 take something away, so they are refused unless that is allowed", async () => {
  await expect(applyMigrations(client, MIGRATIONS)).rejects.toBeInstanceOf(DestructiveMigration);
  await expect(applyMigrations(client, MIGRATIONS)).rejects.toThrow(
    "0014_extend_reports.sql: drops the table site.report_schedules",
  );
  const { rows } = await client.query("SELECT max(name) AS last FROM public.schema_migrations");
  expect(rows).toEqual([{ last: PREVIOUS }]);
});

test("while ingest and the api write, no write fails, and none waits for a lock for two seconds", async () => {
  const writers = runWriters({ db: database.db, site, campaignId });
  await writers.haveWritten(3);
  // A report that is being read holds up the migration, and must not hold up all others behind it.
  await reader.query("BEGIN; SELECT count(*) FROM site.reports");
  const migrated = applyMigrations(client, MIGRATIONS, { allowDestructive: true });
  await waitsForReports();
  await writers.haveWritten(3);
  await reader.query("COMMIT");
  const applied = await migrated;
  const log = await writers.stop();

  expect(applied[0]).toMatch(/^0013_/);
  expect(log.failures).toEqual([]);
  await expectAllWritten(log);
});

/** Only the migration asks for a lock of reports that excludes everybody. */
async function waitsForReports(): Promise<void> {
  await vi.waitUntil(
    async () => {
      const waits = await reader.query(
        `SELECT FROM pg_locks WHERE relation = 'site.reports'::regclass AND NOT granted
           AND mode = 'AccessExclusiveLock'`,
      );
      return waits.rowCount === 1;
    },
    { timeout: 30_000, interval: 5 },
  );
}

/** What the writers were told is stored is there, and nothing else. */
async function expectAllWritten({ counts }: WriterLog): Promise<void> {
  const { rows } = await client.query(
    `SELECT (SELECT count(*)::int FROM site.events WHERE site_id = $1) AS events,
       (SELECT count(*)::int FROM site.spend WHERE site_id = $1) AS spend,
       (SELECT count(*)::int FROM site.campaigns WHERE site_id = $1 AND name <> 'Spring') AS campaigns,
       (SELECT count(*)::int FROM site.attribution_runs WHERE site_id = $1 AND name LIKE 'Run of load%') AS runs`,
    [site.siteId],
  );
  const { events, spend, campaigns, runs } = counts;
  expect(rows).toEqual([{ events, spend, campaigns, runs }]);
}
