import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Database } from "#db/database.ts";
import type { LogFacts } from "#platform/log.ts";
import { createDatabase } from "#tests/support/create-database.ts";
import { createSite } from "#tests/support/sites.ts";
import { watchIngestLag } from "#usecases/tracking-health/watch-ingest-lag.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");
let db: Database;

beforeEach(async () => {
  ({ db } = await createDatabase());
});

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

async function mark(minutes: number): Promise<void> {
  const { siteId } = await createSite(db);
  await db.execute(sql`
    insert into site.stale_hours (site_id, bucket, version, marked_at)
    values (${siteId}, ${NOW.toISOString()}::timestamptz, 1, ${minutesAgo(minutes).toISOString()}::timestamptz)`);
}

async function told(spilledAt: Date | null): Promise<[string, LogFacts][]> {
  const lines: [string, LogFacts][] = [];
  await watchIngestLag({
    databases: { named: () => db, names: () => ["main"] },
    clock: { now: () => NOW },
    log: (_level, event, facts) => void lines.push([event, facts]),
    spillAge: async () => spilledAt,
  });
  return lines;
}

test("what has waited for ten minutes or less is not spoken of", async () => {
  await mark(10);
  expect(await told(minutesAgo(10))).toEqual([]);
  expect(await told(null)).toEqual([]);
});

test("an hour and a spilled body that have waited longer are told, each with how long", async () => {
  await mark(2);
  await mark(11);
  expect(await told(minutesAgo(15))).toEqual([
    ["ingest_lagging", { waits: "rollup", database: "main", seconds: 660 }],
    ["ingest_lagging", { waits: "spill", database: null, seconds: 900 }],
  ]);
});
