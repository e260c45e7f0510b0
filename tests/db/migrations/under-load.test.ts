import { join } from "node:path";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations, DestructiveMigration } from "#scripts/migrations/apply-migrations.ts";
import { projectFolder } from "#scripts/stack/project.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/support/create-database.ts";
import { createCampaign, createSite, type TestSite } from "#tests/support/sites.ts";
import { fillOldReports } from "./fill-old-reports.ts";
import { runWriters, type WriterLog } from "./writers.ts";

/** The last one of the schema that is filled and then written to while the others come. */
const PREVIOUS = "0012_add_attribution_runs.sql";
const MIGRATIONS = join(projectFolder, "db", "migrations");
const MOST_MS = 2000;

let database: TestDatabase;
let client: Client;
let watcher: Client;
let reader: Client;
let site: TestSite;
let campaignId: number;

beforeAll(async () => {
  database = await createEmptyDatabase();
  client = await database.connect();
  watcher = await database.connect();
  reader = await database.connect();
  await applyMigrations(client, MIGRATIONS, { upTo: PREVIOUS });
  site = await createSite(database.db);
  campaignId = await createCampaign(database.db, site, { name: "Spring" });
  await fillOldReports(client, site.siteId);
});
afterAll(async () => {
  await Promise.all([client.end(), watcher.end(), reader.end()]);
});

test("the migrations since 0012 take something away, so they are refused unless that is allowed", async () => {
  await expect(applyMigrations(client, MIGRATIONS)).rejects.toBeInstanceOf(DestructiveMigration);
  await expect(applyMigrations(client, MIGRATIONS)).rejects.toThrow(
    "0014_extend_reports.sql: drops the table site.report_schedules",
  );
  const { rows } = await client.query("SELECT max(name) AS last FROM public.schema_migrations");
  expect(rows).toEqual([{ last: PREVIOUS }]);
});

test("while ingest and the api write, no write fails, and nobody waits for two seconds", async () => {
  const writers = runWriters({ db: database.db, site, campaignId });
  await writers.haveWritten(3);
  const locks = watchLocks();
  // A report that is being read holds up the migration, and must not hold up all others behind it.
  await reader.query("BEGIN; SELECT count(*) FROM site.reports");
  const migrated = applyMigrations(client, MIGRATIONS, { allowDestructive: true });
  const before = writers.written();
  await writers.haveWritten(before + 5);
  await reader.query("COMMIT");
  const applied = await migrated;
  const log = await writers.stop();
  const longestLockMs = await locks.stop();

  expect(applied[0]).toMatch(/^0013_/);
  expect(log.failures).toEqual([]);
  expect(log.written).toBeGreaterThan(before + 5);
  expect(longestOf(log)).toBeLessThan(MOST_MS);
  expect(longestLockMs).toBeLessThan(MOST_MS);
  await expectAllWritten(log);
});

function longestOf(log: WriterLog): number {
  return Math.max(...Object.values(log.longestMs));
}

/** What the writers were told is stored is there, and nothing else. */
async function expectAllWritten(log: WriterLog): Promise<void> {
  const { rows } = await client.query<{ events: number; spend: number; campaigns: number }>(
    `SELECT (SELECT count(*)::int FROM site.events WHERE site_id = $1) AS events,
       (SELECT count(*)::int FROM site.spend WHERE site_id = $1) AS spend,
       (SELECT count(*)::int FROM site.campaigns WHERE site_id = $1 AND name <> 'Spring') AS campaigns`,
    [site.siteId],
  );
  expect(rows[0]).toEqual(log.counts);
}

/** How long anybody's lock request has waited at most, ms, as Postgres sees it. */
function watchLocks(): { stop(): Promise<number> } {
  let isOver = false;
  const watching = (async () => {
    let longest = 0;
    while (!isOver) {
      const { rows } = await watcher.query<{ ms: number | null }>(
        `SELECT max(extract(epoch FROM clock_timestamp() - waitstart) * 1000)::float8 AS ms
         FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE NOT l.granted AND d.datname = current_database()`,
      );
      longest = Math.max(longest, rows[0]?.ms ?? 0);
    }
    return longest;
  })();
  return {
    async stop() {
      isOver = true;
      return await watching;
    },
  };
}
